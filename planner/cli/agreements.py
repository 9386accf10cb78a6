"""`planner agreements`: who answers for what, and what the sides hand to each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click
import msgspec

from planner.analysis.raci import (
    Duty,
    Handover,
    Matrix,
    Slip,
    handovers_of,
    matrix_of,
    slipped,
    waits_by_side,
)
from planner.cli.printing import print_data
from planner.cli.roadmap_option import open_session, opens_roadmap
from planner.exchange.report import as_json
from planner.plan.model import Plan
from planner.text.visible import visible

SCHEMA = 1
WORDS = {
    "gap": "nobody is accountable",
    "double": "more than one accountable",
    "unagreed": "not agreed",
    "due": "review due",
    "settled": "",
}
START = (
    "No responsibilities and no handovers yet.\n"
    "  planner add agreements.ID accountable=TEAM  a working agreement\n"
    "  planner set ID owner=TEAM                   who is accountable for an initiative\n"
    "  planner link SUPPLIER SUCCESSOR             a handover from side to side"
)


@click.command("agreements")
@opens_roadmap(path_argument=True)
@click.option("--json", "as_json", is_flag=True, help="Show one JSON object.")
@click.option(
    "--slip",
    type=click.IntRange(1, 250),
    metavar="DAYS",
    help="Effect of each handover if it slips by DAYS working days.",
)
def command(
    path: str | None, roadmap: str | None, as_of: str | None, as_json: bool, slip: int | None
) -> int:
    """Show the responsibility matrix (RACI) and the handovers between the sides."""
    plan = open_session(roadmap, as_of, path).plan
    matrix, found = matrix_of(plan), handovers_of(plan)
    slips = _slips(plan, found, slip) if slip else {}
    if as_json:
        print_data(_json(plan, matrix, found, list(slips.values())))
    elif not matrix.rows and not found:
        click.echo(START)
    else:
        for line in (*_matrix(matrix, plan), *_handovers(plan, found, slips)):
            click.echo(visible(line))
    return 0


def _slips(plan: Plan, found: tuple[Handover, ...], days: int) -> dict[str, Slip]:
    suppliers = dict.fromkeys(one.supplier for one in found if one.open)
    made = ((id, slipped(plan, id, days)) for id in suppliers)
    return {id: slip for id, slip in made if slip is not None}


def _json(plan: Plan, matrix: Matrix, found: tuple[Handover, ...], slips: list[Slip]) -> str:
    shown = {
        "schema": SCHEMA,
        "title": plan.roadmap.title,
        "as_of": plan.as_of,
        "teams": matrix.columns,
        "agreements": [_duty(row) for row in matrix.agreements],
        "initiatives": [_duty(row) for row in matrix.initiatives],
        "handovers": found,
        "waits": waits_by_side(found),
        "slips": [_slip(slip) for slip in slips],
    }
    return as_json(shown)


def _duty(row: Duty) -> dict[str, object]:
    return {**msgspec.structs.asdict(row), "standing": row.standing}


def _slip(slip: Slip) -> dict[str, object]:
    missed = [(id, late.working, late.calendar) for id, late in slip.missed]
    return {**msgspec.structs.asdict(slip), "missed": missed}


def _matrix(matrix: Matrix, plan: Plan) -> Iterator[str]:
    for title, rows in (("Agreements", matrix.agreements), ("Initiatives", matrix.initiatives)):
        if not rows:
            continue
        yield title
        width = max(len(row.id) for row in rows)
        for row in rows:
            letters = "  ".join(
                f"{'/'.join(row.letters[one.id])} {one.id}"
                for one in matrix.columns
                if one.id in row.letters
            )
            said = WORDS[row.standing]
            if row.standing == "unagreed":
                said += " by " + " and ".join(map(plan.context.side_name, row.lacking))
            yield f"  {row.id:<{width}}  {letters}{f'  [{said}]' if said else ''}"
        yield ""


def _handovers(plan: Plan, found: tuple[Handover, ...], slips: dict[str, Slip]) -> Iterator[str]:
    if not found:
        return
    yield "Hand-overs"
    for one in found:
        yield f"  {one.supplier} → {one.successor}  ({_from_to(plan, one)})"
        yield f"    {_said(plan, one)}"
        if slip := slips.get(one.supplier):
            yield f"    {_breaks(slip)}"
    waits = waits_by_side(found)
    if waits:
        told = (f"{plan.context.side_name(side)} {days}d" for side, days in waits.items())
        yield f"Waited for now, in all: {', '.join(told)}"


def _from_to(plan: Plan, one: Handover) -> str:
    sides = (plan.context.side_name(side) for side in (one.supplier_side, one.successor_side))
    what = f": {one.delivers}" if one.delivers else ""
    return " to ".join(sides) + what


def _said(plan: Plan, one: Handover) -> str:
    def told(word: str, day: date | None) -> str:
        return f"{word} {plan.context.day(day)}" if day else ""

    keys = ("asked", "agreed", "declined", "needed_by", "promised", "accepted", "rejected")
    days = [told(key.replace("_", " "), getattr(one, key)) for key in keys]
    finish = told("finishes" if one.open else "delivered", one.finish)
    wants = one.wants or ""
    late = f"{one.lateness.brief} late" if one.lateness else ""
    moves = ""
    if one.next_side and one.state != "agreed":
        moves = f"waits for {plan.context.side_name(one.next_side)}"
        moves += f" {one.waiting}d" if one.waiting else ""
    first = one.state if one.state == "not asked" else ""
    return " · ".join(part for part in (first, *days, wants, finish, late, moves) if part)


def _breaks(slip: Slip) -> str:
    if not slip.launches:
        return f"{slip.days}d later: no launch moves; beside it {slip.moved} do"
    moved = ", ".join(f"{one.id} {one.shift.short}" for one in slip.launches)
    missed = ", ".join(id for id, _ in slip.missed)
    return f"{slip.days}d later: {moved}" + (f"; then late: {missed}" if missed else "")
