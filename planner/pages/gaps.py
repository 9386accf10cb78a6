"""What is said of gaps and overlaps: how the sides stand on a thing, and their questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.analysis.gaps import STARTS, SUBJECTS, standing_words
from planner.pages.canvas import shorten
from planner.pages.lines import Line, Page, Piece, label_width
from planner.pages.parties import party_name
from planner.pages.roles import Role, side_role
from planner.plan.model import Plan
from planner.roadmap.figures import count, listed
from planner.roadmap.output_gaps import BridgeRow, GapsShown, OverlapRow, Standing, Subject
from planner.roadmap.sides import BOTH
from planner.text.visible import visible

STANDING_ROLES: dict[Standing, Role] = {
    "unowned": "critical",
    "across": "warning",
    "both": "text",
    "one_side": "dim",
    "no_work": "done",
}
QUESTIONS = "Questions for the other side"
NO_QUESTIONS = "No questions for the other side"
BRIDGES = "Bridging roles"
NO_BRIDGES = "Bridging roles: none (`bridges = true` marks a person)"
START = (
    ("systems", "with owner and capabilities, and initiatives that use or change them"),
    ("outcomes", "that initiatives contribute to"),
    ("journey", "stages of the customer's journey, on initiatives"),
    ("skills", "of people, and those that initiatives need"),
)
"""The keys that a comparison begins with, and whose they are."""


def heading(subject: Subject, rows: int) -> str:
    """The heading of a comparison; where it is empty, what it comes from."""
    title = SUBJECTS[subject]
    return title if rows else f"{title}: none yet ({STARTS[subject]})"


def questions_heading(number: int) -> str:
    """How many questions there are for the other side."""
    return f"{QUESTIONS}: {number}" if number else NO_QUESTIONS


def gaps_page(plan: Plan, gaps: GapsShown, width: int) -> list[Line]:
    """Every comparison, then the people between the sides."""
    page = Page(width)
    for subject in SUBJECTS:
        rows = [row for row in gaps.rows if row.subject == subject]
        page.text(heading(subject, len(rows)), "title")
        for row in rows:
            page.lines += _set_in(overlap_page(plan, gaps, row, width - 2))
    page.text(BRIDGES if gaps.bridges else NO_BRIDGES, "title")
    for person in gaps.bridges:
        page.lines += _set_in(bridge_page(gaps, person, width - 2))
    return page.lines


def questions_page(rows: list[OverlapRow], width: int) -> list[Line]:
    """The questions alone."""
    page = Page(width)
    page.text(questions_heading(len(rows)), "title")
    for row in rows:
        page.paragraph(f"{row.subject} {visible(row.id)}", visible(row.question or ""))
    return page.lines


def asked_page(plan: Plan, gaps: GapsShown, rows: list[OverlapRow], width: int) -> list[Line]:
    """The questions, each with who works on it and who owns it."""
    page = Page(width)
    page.text(questions_heading(len(rows)), "title")
    for row in rows:
        page.lines += _set_in(overlap_page(plan, gaps, row, width - 2))
    return page.lines


def overlap_page(plan: Plan, gaps: GapsShown, row: OverlapRow, width: int) -> list[Line]:
    """One thing in full: how the sides stand, the question, what each side owns and does."""
    sides = {side: side_of(gaps, side) for side in _sides_of(row)}
    page = Page(width, label_width(sides.values()))
    standing: Piece = (standing_words(row), STANDING_ROLES[row.standing])
    page.joined([(shorten(name_of(row), page.width), "title"), (row.subject, "dim"), standing])
    if row.question:
        page.labelled("Question", visible(row.question), "warning")
        page.labelled("Asked by", listed(side_of(gaps, side) for side in row.asked_by))
    for side, name in sides.items():
        page.labelled(name, "; ".join(_parts(plan, row, side)), label_role=side_role(side))
    if row.agreed:
        page.labelled("Agreed in", ", ".join(visible(id) for id in row.agreed), "done")
    return page.lines


def name_of(row: OverlapRow) -> str:
    """``crm, Customer relationship system``; the id alone where that is the title."""
    title = f", {visible(row.title)}" if row.title != row.id else ""
    return f"{visible(row.id)}{title}"


def _parts(plan: Plan, row: OverlapRow, side: str) -> Iterator[str]:
    """What a side owns and does; that it does nothing is said, too."""
    if owners := row.owners.get(side):
        label = "has it" if row.subject == "skill" else "owner"
        yield f"{label}: {', '.join(party_name(plan, party) for party in owners)}"
    work = row.work.get(side)
    yield f"work: {', '.join(visible(id) for id in work)}" if work else "no work"


def _sides_of(row: OverlapRow) -> list[str]:
    """Marketing and IT always, since what a side does not do is the point; then who else is in."""
    return list(dict.fromkeys((*BOTH, *row.work, *row.owners)))


def bridge_page(gaps: GapsShown, person: BridgeRow, width: int) -> list[Line]:
    """A person between the sides, with the open work that person is responsible for."""
    sides = {side: side_of(gaps, side) for side in (*BOTH, *person.work)}
    page = Page(width, label_width(sides.values()))
    about = [visible(person.role)] if person.role else []
    told: list[Piece] = [(text, "dim") for text in (*about, side_of(gaps, person.side))]
    page.joined([(shorten(visible(person.name), page.width), "title"), *told])
    if not person.marked:
        page.text(UNMARKED, "warning")
    for side, name in sides.items():
        ids = person.work.get(side, ())
        work = ", ".join(visible(id) for id in ids) if ids else "no open work"
        page.labelled(name, work, label_role=side_role(side))
    return page.lines


UNMARKED = "Responsible for work on both sides, but not marked as a bridge (`bridges = true`)"


def bridge_words(gaps: GapsShown, person: BridgeRow) -> str:
    """How much open work a person is responsible for on which sides, in a line of a list."""
    work = ", ".join(f"{side_of(gaps, side)} {len(ids)}" for side, ids in person.work.items())
    marked = "" if person.marked else "not marked as a bridge · "
    return f"{marked}{work or 'no open work'}"


def none_page(width: int) -> list[Line]:
    """How to start where there is nothing to compare."""
    page = Page(width)
    page.text("Nothing to compare yet", "title")
    page.text("Both sides stand here next to each other as soon as the file names:")
    page.line()
    for label, text in START:
        page.labelled(label, text)
    return page.lines


def side_of(gaps: GapsShown, side: str) -> str:
    """What a side is called."""
    return visible(gaps.sides.get(side) or "No side")


def summary(asked: int) -> str:
    """``5 questions``."""
    return count(asked, "question")


def _set_in(lines: Iterable[Line]) -> list[Line]:
    indent: Piece = ("  ", "text")
    return [(indent, *line) for line in lines]
