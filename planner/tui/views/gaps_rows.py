"""Comparisons of the two sides as rows and as pages.

Pure: from what `planner.analysis.gaps` found to lines. The list begins with what there is to bring
to the other side; below it every comparison says in numbers who works on a thing and who owns it.
"""

from __future__ import annotations

from planner.analysis.gaps import SHORT, STARTS, SUBJECTS, standing_words
from planner.pages.parties import party_name
from planner.pages.signs import ASKED, OWNS
from planner.plan.model import Plan
from planner.roadmap.output_gaps import BridgeRow, GapsShown, OverlapRow, Standing, Subject
from planner.text.visible import visible
from planner.tui.lines.cells import fitted
from planner.tui.lines.pages import LABEL, Explained, Line, Page, cut, line_of
from planner.tui.lines.sides import SHORT_SIDES
from planner.tui.shell.themes import Role
from planner.tui.shell.themes import side as side_role

NAME = 20
"""Columns of a name."""
SIDE = 7
"""Columns of what one side does."""
ASKER = 9
"""Columns that say whose question it is."""
STANDING_ROLES: dict[Standing, Role] = {
    "unowned": "critical",
    "across": "warning",
    "both": "text",
    "one_side": "dim",
    "no_work": "done",
}
TABLES: dict[Subject, str] = {"system": "systems", "outcome": "outcomes"}
"""Which of the things compared are tables of the file."""
COLUMNS = ("marketing", "joint", "it")


def subject_line(subject: Subject, rows: int, width: int) -> Line:
    """The heading of a comparison, with the headings of its columns."""
    if not rows:
        empty = cut(f" none yet; they come from {STARTS[subject]}", width - len(SUBJECTS[subject]))
        return line_of((SUBJECTS[subject], "strong", True), (empty, "dim"))
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
    """What to bring to the other side, on one line."""
    room = NAME if width < 90 else NAME + 12
    about = visible(row.id) if width < 90 else f"{row.subject} {visible(row.id)}"
    who, role = _asker(row)
    return line_of(
        (f"{ASKED} ", "warning", True),
        (fitted(about, room), "text"),
        (" " + fitted(who, ASKER), role),
        (cut(visible(row.question or ""), width - room - 3 - ASKER), "text"),
    )


def _asker(row: OverlapRow) -> tuple[str, Role]:
    """Whose lead brings it, in a word."""
    names = "+".join(SHORT_SIDES.get(side, visible(side)) for side in row.asked_by)
    return names, side_role(row.asked_by[0] if len(row.asked_by) == 1 else "joint")


def bridge_line(gaps: GapsShown, person: BridgeRow, width: int) -> Line:
    """A person between the sides, and on which sides that person works."""
    sides = ", ".join(f"{_name(gaps, s)} {len(ids)}" for s, ids in person.work.items())
    role = "" if person.marked else "not marked as a bridge · "
    said = f"  {role}{sides or 'responsible for no open work'}"
    return line_of(
        ("  ", "text"),
        (fitted(visible(person.name), NAME), side_role(person.side)),
        (cut(said, width - NAME - 2), "dim" if person.marked else "warning"),
    )


# --- pages ----------------------------------------------------------------------------------------


def overlap_page(plan: Plan, gaps: GapsShown, row: OverlapRow, width: int) -> Explained:
    """One thing in full: the question, and each side with what it owns and what it does."""
    page = Page(width)
    page.text(visible(row.title), "strong", bold=True)
    kind = row.subject if row.title == row.id else f"{row.subject} {visible(row.id)}"
    page.line((f"{kind} · ", "dim"), (standing_words(row), STANDING_ROLES[row.standing]))
    if row.question:
        page.line()
        page.labelled("to ask", visible(row.question), "warning")
        page.labelled("by", " and ".join(_name(gaps, side) for side in row.asked_by))
    owned = "has it" if row.subject == "skill" else "owns it"
    for side in _sides_of(row):
        page.line()
        page.line((_name(gaps, side), side_role(side), True))
        owners = [party_name(plan, party) for party in row.owners.get(side, ())]
        page.labelled(owned, ", ".join(owners) or "nobody here", "text" if owners else "dim")
        _work(page, plan, row.work.get(side, ()), side_role(side))
    if row.agreed:
        page.line()
        titles = [visible(plan.roadmap.agreements[id].label) for id in row.agreed]
        page.labelled("agreed", ", ".join(titles))
    return page.explained


def _sides_of(row: OverlapRow) -> list[str]:
    """Marketing and IT always, since what a side does not do is the point; then who else is in."""
    return list(dict.fromkeys(("marketing", "it", *row.work, *row.owners)))


def _work(page: Page, plan: Plan, ids: tuple[str, ...], role: Role) -> None:
    if not ids:
        page.labelled("work", "none", "dim")
    for at, id in enumerate(ids):
        title = visible(plan.roadmap.initiatives[id].label)
        label = f"{'' if at else 'work':<{LABEL}}"
        page.line((label, "dim"), (cut(title, page.width - LABEL), role))


def bridge_page(plan: Plan, gaps: GapsShown, person: BridgeRow, width: int) -> Explained:
    """A person between the sides, with the open work that person is responsible for."""
    page = Page(width)
    page.text(visible(person.name), "strong", bold=True)
    about = [visible(person.role)] if person.role else []
    page.text(" · ".join([*about, _name(gaps, person.side)]), "dim")
    if not person.marked:
        page.text(
            "Responsible for work on both sides. Where that is the role, `bridges = true` says so.",
            "warning",
        )
    for side in dict.fromkeys(("marketing", "it", *person.work)):
        page.line()
        page.line((_name(gaps, side), side_role(side), True))
        _work(page, plan, person.work.get(side, ()), side_role(side))
    return page.explained


def _name(gaps: GapsShown, side: str) -> str:
    return visible(gaps.sides.get(side) or "no side")
