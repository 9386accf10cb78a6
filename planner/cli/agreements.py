"""`planner agreements`: who answers for what, and what the sides hand to each other."""

from __future__ import annotations

import click
import msgspec

from planner.analysis.raci import (
    Duty,
    Handover,
    Matrix,
    Slip,
    freeing_of,
    handovers_of,
    matrix_of,
    slipped,
    waits_by_side,
)
from planner.cli.shared.findings_text import text_width
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.roadmap_option import open_session, opens_roadmap
from planner.pages.agreements import agreements_page
from planner.pages.lines import plain
from planner.plan.model import Plan
from planner.roadmap.output_agreements import Freeing

SCHEMA = 1
START = (
    "No responsibilities and no handovers yet.\n"
    "  planner add agreements.ID accountable=TEAM  a working agreement\n"
    "  planner set ID owner=TEAM                   who is accountable for an initiative\n"
    "  planner link SUPPLIER SUCCESSOR             a handover from side to side"
)


@click.command("agreements")
@opens_roadmap(path_argument=True)
@takes_json()
@click.option(
    "--slip",
    type=click.IntRange(1, 250),
    metavar="DAYS",
    help="Effect of each handover if it slips by DAYS working days.",
)
def command(
    path: str | None, roadmap: str | None, as_of: str | None, form: Form, slip: int | None
) -> int:
    """Show the responsibility matrix (RACI) and the handovers between the sides."""
    plan = open_session(roadmap, as_of, path).plan
    matrix, found = matrix_of(plan), handovers_of(plan)
    freed = freeing_of(plan, found)
    slips = _slips(plan, found, slip) if slip else {}
    if form:
        document = _document(plan, matrix, found, list(slips.values()), freed)
        print_json("agreements", document, form)
    elif not matrix.rows and not found:
        click.echo(START)
    else:
        for line in plain(agreements_page(plan, matrix, found, slips, freed, text_width())):
            click.echo(line)
    return 0


def _slips(plan: Plan, found: tuple[Handover, ...], days: int) -> dict[str, Slip]:
    suppliers = dict.fromkeys(one.supplier for one in found if one.open)
    made = ((id, slipped(plan, id, days)) for id in suppliers)
    return {id: slip for id, slip in made if slip is not None}


def _document(
    plan: Plan,
    matrix: Matrix,
    found: tuple[Handover, ...],
    slips: list[Slip],
    freed: tuple[Freeing, ...],
) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "title": plan.roadmap.title,
        "as_of": plan.as_of,
        "teams": matrix.columns,
        "agreements": [_duty(row) for row in matrix.agreements],
        "initiatives": [_duty(row) for row in matrix.initiatives],
        "handovers": found,
        "waits": waits_by_side(found),
        "freeing": freed,
        "slips": [_slip(slip) for slip in slips],
    }


def _duty(row: Duty) -> dict[str, object]:
    return {**msgspec.structs.asdict(row), "standing": row.standing}


def _slip(slip: Slip) -> dict[str, object]:
    missed = [(id, late.working, late.calendar) for id, late in slip.missed]
    return {**msgspec.structs.asdict(slip), "missed": missed}
