"""`planner gaps`: both sides next to each other, and what a lead brings to the other one."""

from __future__ import annotations

from collections.abc import Iterator

import click

from planner.cli.roadmap_option import open_session, opens_roadmap
from planner.overlaps import STARTS, SUBJECTS, gaps_of, standing_words
from planner.report import as_json
from planner.roadmap.output_overlaps import BridgeRow, GapsShown, OverlapRow
from planner.text.visible import visible


@click.command("gaps")
@opens_roadmap(path_argument=True)
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object.")
@click.option("--questions", is_flag=True, help="Only what to bring to the other side.")
def command(
    path: str | None, roadmap: str | None, as_of: str | None, as_object: bool, questions: bool
) -> int:
    """Compare both sides by capability, system, outcome, journey stage and skill."""
    gaps = gaps_of(open_session(roadmap, as_of, path).plan)
    lines = _questions(gaps) if questions else gaps_text(gaps)
    for line in [as_json(gaps)] if as_object else map(visible, lines):
        click.echo(line)
    return 0


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
