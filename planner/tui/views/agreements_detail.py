"""One row of the agreements view in words: who, what, since when, and what would break."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from planner.analysis.owes import owes_of
from planner.analysis.raci import LETTERS, Duty, Handover, Slip
from planner.pages import lines as pages
from planner.pages.agreements import (
    LABEL,
    STANDING_MARKS,
    STANDING_WORDS,
    duty_page,
    freeing_page,
    handover_page,
    waits_lines,
)
from planner.pages.conflicts import put_conflicts
from planner.pages.lines import Page
from planner.pages.owes import NOTHING, total_pieces
from planner.plan.model import Plan
from planner.roadmap.output_agreements import Freeing
from planner.text.visible import visible
from planner.tui.lines.pages import Explained, coloured
from planner.tui.shell.checking import known
from planner.tui.views.agreements_parts import Part

START = (
    ("a", "writes a working agreement: who is accountable, and who does it"),
    ("E", "on the board, then owner: who is accountable for an initiative"),
    ("d", "on the board: what an initiative needs from the other side, a handover"),
    ("A", "records what was asked for, agreed, declined, accepted or reviewed"),
)
ABOUT_OWED = "What is still to come, each under who delivers it; A answers, p shows its path."
ABOUT = {
    "agreements": "What both sides agreed on where their work overlaps, once for all work.",
    "initiatives": "Who is accountable for open work, does it, is asked about it, hears of it.",
    "handovers": "What one side's work needs from the other side's: asked, agreed, delivered.",
}


def nothing_agreed(width: int) -> Explained:
    """What the view says while there is nothing to show: what it is for, and how to start."""
    page = Page(width, 4)
    page.line()
    page.text("No responsibilities yet.", "title")
    page.line()
    page.text(
        "Here stand the working agreements of both sides, who is accountable for each initiative, "
        "and what the sides hand to each other."
    )
    page.line()
    for key, does in START:
        page.labelled(key, does, label_role="key")
    return coloured(page.lines)


def nothing_owed(width: int) -> Explained:
    """What the view says where neither side owes the other anything."""
    page = Page(width, 4)
    page.line()
    page.text(NOTHING, "title")
    page.labelled("r", "shows the responsibilities again", label_role="key")
    return coloured(page.lines)


def nothing_matches(width: int) -> Explained:
    """What the view says where a filter leaves nothing over."""
    page = Page(width)
    page.text(
        "Nothing here matches the filter: esc shows everything again, / asks for something else."
    )
    return coloured(page.lines)


def part_explained(
    plan: Plan,
    part: Part,
    found: Iterable[Handover],
    freed: tuple[Freeing, ...],
    short: Mapping[str, str],
    width: int,
) -> Explained:
    """A heading: what its rows are, and for the handovers who lets whom wait, and which launches
    they free. `short` are the names of teams in the matrix that are cut, with what they stand for.
    """
    page = Page(width)
    page.text(part.title, "title")
    page.text(ABOUT.get(part.key, ABOUT_OWED))
    if part.hands and part.key not in ABOUT:
        shown = owes_of(plan, found)
        for total in shown.totals:
            page.joined(total_pieces(shown, total))
    elif part.hands:
        for text in waits_lines(plan, found):
            page.text(text[:1].upper() + text[1:], "warning")
        page.lines += freeing_page(plan, freed, width)
    else:
        page.joined((f"{letter} {key}", "dim") for key, letter in LETTERS)
        page.joined(
            (f"{STANDING_MARKS[each][0]} {words}", "dim") for each, words in STANDING_WORDS.items()
        )
        page.joined((f"{name} {visible(id)}", "dim") for name, id in short.items())
    return coloured(page.lines)


def duty_explained(plan: Plan, row: Duty, width: int) -> Explained:
    """An agreement or an initiative, and its conflicts."""
    page = duty_page(plan, row, width)
    return coloured([*page, *_found(plan, row.kind, (row.id,), width)])


def handover_explained(
    plan: Plan,
    one: Handover,
    slip: Slip | None,
    freed: Sequence[Freeing],
    width: int,
    *,
    working: bool,
) -> Explained:
    """A handover, and its conflicts; `working` while what follows from a delay is calculated."""
    page = handover_page(plan, one, slip, width, freed=freed, working=working)
    return coloured([*page, *_found(plan, "", (one.supplier, one.successor), width)])


def _found(plan: Plan, kind: str, ids: tuple[str, ...], width: int) -> list[pages.Line]:
    """The conflicts that are about all of these; none while a large plan is still being checked."""
    page = Page(width, LABEL)
    findings = (
        finding
        for finding in (plan.findings if known(plan) else ())
        if not finding.waived and kind in ("", finding.kind) and {*ids} <= {*finding.on}
    )
    put_conflicts(page, findings)
    return page.lines
