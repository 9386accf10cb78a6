"""Comparisons of the two sides as rows of a list.

Pure: from what `planner.analysis.gaps` found to lines. The list begins with the questions for the
other side; below it every comparison says in numbers who works on a thing and who owns it.
"""

from __future__ import annotations

from planner.analysis.gaps import SHORT, SUBJECTS, standing_words
from planner.pages.canvas import shorten
from planner.pages.gaps import STANDING_ROLES, bridge_words, heading
from planner.pages.roles import side_role
from planner.pages.signs import ASKED, OWNS
from planner.roadmap.output_gaps import BridgeRow, GapsShown, OverlapRow, Subject
from planner.roadmap.sides import JOINT, LANES
from planner.text.visible import visible
from planner.tui.lines.cells import fitted
from planner.tui.lines.pages import Line, line_of
from planner.tui.lines.sides import SHORT_SIDES
from planner.tui.shell.themes import Role

NAME = 20
"""Columns of a name."""
SIDE = 7
"""Columns of what one side does."""
ASKER = 9
"""Columns that say whose question it is."""
TABLES: dict[Subject, str] = {"system": "systems", "outcome": "outcomes"}
"""Which of the things compared are tables of the file."""
COLUMNS = LANES


def subject_line(subject: Subject, rows: int, width: int) -> Line:
    """The heading of a comparison, with the headings of its columns."""
    if not rows:
        title = SUBJECTS[subject]
        empty = shorten(heading(subject, rows).removeprefix(title), width - len(title))
        return line_of((title, "strong", True), (empty, "dim"))
    sides = "".join(fitted(SHORT_SIDES[side] + "  ", SIDE, right=True) for side in COLUMNS)
    return line_of((fitted(SUBJECTS[subject], NAME + 2), "strong", True), (sides, "dim"))


def overlap_line(row: OverlapRow, width: int) -> Line:
    """One thing: how much work each side has on it, who owns it, and how the sides stand."""
    words, room = standing_words(row), max(0, width - NAME - 4 - SIDE * len(COLUMNS))
    said = "  " + fitted(words if len(words) <= room else SHORT[row.standing], room)
    return line_of(
        (f"{ASKED} " if row.question else "  ", "warning", True),
        (fitted(visible(row.id), NAME), "text"),
        *((fitted(_side(row, side), SIDE, right=True), side_role(side)) for side in COLUMNS),
        (said, STANDING_ROLES[row.standing]),
    )


def _side(row: OverlapRow, side: str) -> str:
    """``3 ■``: the number of initiatives of a side, and whether it owns the thing."""
    work = str(len(row.work[side])) if side in row.work else ""
    return f"{work} {OWNS if side in row.owners else ' '}"


def question_line(row: OverlapRow, width: int) -> Line:
    """A question for the other side, on one line."""
    room = NAME if width < 90 else NAME + 12
    about = visible(row.id) if width < 90 else f"{row.subject} {visible(row.id)}"
    who, role = _asker(row)
    return line_of(
        (f"{ASKED} ", "warning", True),
        (fitted(about, room), "text"),
        (" " + fitted(who, ASKER), role),
        (shorten(visible(row.question or ""), width - room - 3 - ASKER), "text"),
    )


def _asker(row: OverlapRow) -> tuple[str, Role]:
    """Whose lead asks it, in a word."""
    names = "+".join(SHORT_SIDES.get(side, visible(side)) for side in row.asked_by)
    return names, side_role(row.asked_by[0] if len(row.asked_by) == 1 else JOINT)


def bridge_line(gaps: GapsShown, person: BridgeRow, width: int) -> Line:
    """A person between the sides, and on which sides that person works."""
    said = f"  {bridge_words(gaps, person)}"
    return line_of(
        ("  ", "text"),
        (fitted(visible(person.name), NAME), side_role(person.side)),
        (shorten(said, width - NAME - 2), "dim" if person.marked else "warning"),
    )
