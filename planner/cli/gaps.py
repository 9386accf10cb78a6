"""`planner gaps`: both sides next to each other, and what a lead brings to the other one."""

from __future__ import annotations

from collections.abc import Iterator

import click
from msgspec.structs import replace

from planner.analysis.gaps import STARTS, SUBJECTS, asked_by, gaps_of, standing_words
from planner.cli.printing import print_data
from planner.cli.roadmap_option import open_session, opens_roadmap
from planner.conflicts.context import JOINT, listed
from planner.errors import UsageError
from planner.exchange.report import as_json
from planner.roadmap.ids import plain_letters
from planner.roadmap.output_gaps import BridgeRow, GapsShown, OverlapRow
from planner.text.visible import visible


@click.command("gaps")
@opens_roadmap(path_argument=True)
@click.option("--json", "as_object", is_flag=True, help="Show one JSON object.")
@click.option("--questions", is_flag=True, help="Only the questions for the other side.")
@click.option(
    "--for",
    "side",
    metavar="SIDE",
    help="Only the questions that the lead of SIDE asks the other side.",
)
def command(
    path: str | None,
    roadmap: str | None,
    as_of: str | None,
    as_object: bool,
    questions: bool,
    side: str | None,
) -> int:
    """Compare both sides by capability, system, outcome, journey stage and skill."""
    gaps = gaps_of(open_session(roadmap, as_of, path).plan)
    lines = _questions(gaps) if questions else gaps_text(gaps)
    if side is not None:
        side = _side_named(gaps, side)
        lines = _brought(gaps, side)
        gaps = replace(gaps, rows=tuple(asked_by(gaps, side)))
    if as_object:
        print_data(as_json(gaps))
        return 0
    for line in lines:
        click.echo(visible(line))
    return 0


def _side_named(gaps: GapsShown, text: str) -> str:
    """The side with this id or title. Raises UsageError with those there are."""
    for id, title in gaps.sides.items():
        if id not in ("", JOINT) and plain_letters(text) in map(plain_letters, (id, title)):
            return id
    known = listed(id for id in gaps.sides if id not in ("", JOINT))
    raise UsageError(f"there is no side {text}", hint=f"the sides are {known}")


def _brought(gaps: GapsShown, side: str) -> Iterator[str]:
    """The list that a lead brings: each question, with who works on it and who owns it."""
    rows = asked_by(gaps, side)
    name = gaps.sides[side]
    if not rows:
        yield f"{name} has nothing to bring to the other side"
        return
    yield f"{name} brings to the other side: {len(rows)}"
    for row in rows:
        yield f"  {row.subject} {row.id}: {row.question}"
        yield from (f"    {line}" for line in _sides(gaps, row))


def gaps_text(gaps: GapsShown) -> Iterator[str]:
    """Every comparison, then the people between the sides."""
    for subject, heading in SUBJECTS.items():
        rows = [row for row in gaps.rows if row.subject == subject]
        yield heading if rows else f"{heading}: none yet; they come from {STARTS[subject]}"
        for row in rows:
            yield f"  {row.id}: {standing_words(row)}"
            if row.question:
                yield f"    ? {row.question}"
            yield from (f"    {line}" for line in _sides(gaps, row))
    yield "Bridging roles" if gaps.bridges else "Bridging roles: none; `bridges = true` marks one"
    for person in gaps.bridges:
        yield f"  {_bridge(gaps, person)}"


def _questions(gaps: GapsShown) -> Iterator[str]:
    asked = [row for row in gaps.rows if row.question]
    if not asked:
        yield "nothing to bring to the other side"
    for row in asked:
        yield f"{row.subject} {row.id}: {row.question}"


def _sides(gaps: GapsShown, row: OverlapRow) -> Iterator[str]:
    owner = "has it" if row.subject == "skill" else "owns it"
    for side in dict.fromkeys((*row.work, *row.owners)):
        parts = []
        if owners := row.owners.get(side):
            parts.append(f"{owner}: {', '.join(owners)}")
        if work := row.work.get(side):
            parts.append(f"work: {', '.join(work)}")
        yield f"{gaps.sides.get(side) or 'no side'}, {'; '.join(parts)}"
    if row.agreed:
        yield f"agreed: {', '.join(row.agreed)}"


def _bridge(gaps: GapsShown, person: BridgeRow) -> str:
    role = f", {person.role}" if person.role else ""
    work = "; ".join(
        f"{gaps.sides.get(side) or 'no side'}: {', '.join(ids)}"
        for side, ids in person.work.items()
    )
    unmarked = "" if person.marked else " (works on both sides, not marked `bridges`)"
    return f"{person.id}, {person.name}{role}{unmarked}; {work or 'responsible for no open work'}"
