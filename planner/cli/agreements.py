"""`planner agreements`: who answers for what, and what the sides hand to each other."""

from __future__ import annotations

import click
import msgspec

from planner.analysis.mandate import concerns_handover, mandate_of, parties_of
from planner.analysis.raci import (
    Duty,
    Handover,
    Matrix,
    Slip,
    agreements_on,
    freeing_of,
    handovers_of,
    matrix_of,
    slipped,
    waits_by_side,
)
from planner.cli.shared.among import among
from planner.cli.shared.findings_text import text_width
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.roadmap_option import open_session, opens_roadmap
from planner.pages.agreements import agreements_page
from planner.pages.mandate import mandate_page
from planner.plan.model import Plan
from planner.query.party import Party, party_named
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
    "--for",
    "whom",
    metavar="WHO",
    help="What this side, team or person may do without asking, whom it asks, owes and awaits.",
)
@click.option(
    "--filter",
    "query",
    metavar="QUERY",
    help="Only initiatives that match, their handovers, and the agreements on what they touch.",
)
@takes_markdown
@click.option(
    "--slip",
    type=click.IntRange(1, 250),
    metavar="DAYS",
    help="Effect of each handover if it slips by DAYS working days.",
)
def command(
    path: str | None,
    roadmap: str | None,
    as_of: str | None,
    form: Form,
    whom: str | None,
    query: str | None,
    as_markdown: bool,
    slip: int | None,
) -> int:
    """Show the responsibility matrix (RACI) and the handovers between the sides."""
    session = open_session(roadmap, as_of, path)
    plan = session.plan
    party = party_named(plan, whom) if whom is not None else None
    ids = among(session, query)
    matrix, found = _chosen(plan, party, ids)
    freed = freeing_of(plan, found)
    slips = _slips(plan, found, slip) if slip else {}
    if form:
        document = _document(plan, matrix, found, list(slips.values()), freed)
        if party is not None:
            document["mandate"] = mandate_of(plan, party)
        print_json("agreements", document, form)
        return 0
    if party is not None:
        lines = mandate_page(plan, mandate_of(plan, party), found, text_width())
    elif not matrix.rows and not found:
        click.echo(START if query is None else "No initiative matches.")
        return 0
    else:
        lines = agreements_page(plan, matrix, found, slips, freed, text_width())
    print_page(lines, as_markdown=as_markdown)
    return 0


def _chosen(
    plan: Plan, party: Party | None, ids: frozenset[str] | None
) -> tuple[Matrix, tuple[Handover, ...]]:
    """The rows and the handovers that are asked for: of a party, and of some initiatives."""
    matrix, found = matrix_of(plan), handovers_of(plan)
    if ids is not None:
        covering = agreements_on(plan, ids)
        agreements = tuple(row for row in matrix.agreements if row.id in covering)
        initiatives = tuple(row for row in matrix.initiatives if row.id in ids)
        matrix = Matrix(matrix.columns, agreements, initiatives)
        found = tuple(one for one in found if {one.supplier, one.successor} & ids)
    if party is not None:
        who = parties_of(plan, party)
        agreements, initiatives = (
            tuple(row for row in rows if _names(plan, who, row))
            for rows in (matrix.agreements, matrix.initiatives)
        )
        matrix = Matrix(matrix.columns, agreements, initiatives)
        found = tuple(one for one in found if concerns_handover(plan, party, one))
    return matrix, found


def _names(plan: Plan, who: set[str], row: Duty) -> bool:
    return not {plan.context.team_of_party(one) for one in who}.isdisjoint(row.letters)


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
