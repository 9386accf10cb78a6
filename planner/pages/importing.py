"""What is said of an import: first the dates and the conflict that the sheet could not show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from planner.analysis.importing import Arrived
from planner.conflicts.findings import SEVERITY_MARKS
from planner.pages.conflicts import SEVERITY_ROLES
from planner.pages.lines import Line, Page, Piece, cut
from planner.pages.roles import Role
from planner.roadmap.figures import count, date_text, working_days
from planner.roadmap.output_importing import (
    AcrossSides,
    ImportClash,
    ImportShown,
    Likeliest,
    MayMean,
    OpenPhrase,
    SheetColumn,
    SheetDate,
    SheetLink,
    SheetLoss,
)
from planner.text.differences import in_full
from planner.text.shell import line as typed_line
from planner.text.visible import visible

MOST_DATES = 5
"""So many dates that don't hold are named."""
FOLDED, MOST_COLUMNS = 8, 16
"""So many lines of a list, and so many columns, are shown unless all are asked for."""


def import_page(shown: ImportShown, width: int, *, all: bool = False) -> list[Line]:
    """Everything that is to be known of an import, what matters most first."""
    page = Page(width)
    most = None if all else FOLDED
    _dates(page, shown, None if all else MOST_DATES)
    _conflict(page, shown)
    _clashes(page, shown)
    for title, lines in columns_listed(shown):
        _listed(page, title, lines, None if all else MOST_COLUMNS)
    _listed(page, *links_listed(shown), most)
    _phrases(page, shown, most)
    _listed(page, *losses_listed(shown), most, "warning")
    for title, lines in others_listed(shown):
        _listed(page, title, lines, most)
    return page.lines


def first_lines(shown: ImportShown, width: int, room: int) -> list[Line]:
    """What the sheet could not say, in as many lines as there is room: of the dates that don't hold
    as many as fit, the worst first, how many hold, and the first conflict.
    """
    found: list[Line] = []
    for most in range(MOST_DATES, 0, -1):
        page = Page(width)
        _dates(page, shown, most)
        if shown.conflict is not None:
            _conflict_line(page, shown.conflict)
        found = page.lines
        if len(found) <= room:
            return found
    return [*found[: room - 1], cut((*found[room - 1], (" ".ljust(width), "text")), width)]


# --- the dates of the sheet -----------------------------------------------------------------------


def _dates(page: Page, shown: ImportShown, most: int | None) -> None:
    tried = shown.likeliest
    late = [each for each in (tried or shown).dates if each.days > 0]
    to_come = [each for each in late if each.id not in shown.overdue]
    for each in to_come[:most]:
        words = late_words(each, shown.as_of, is_tried=each not in shown.dates)
        page.flow([((words, "critical"),)], hang="  ")
    if shown.dates:
        page.text(held_words(shown), "warning" if late else "good")
    if shown.overdue:
        page.text(overdue_words(shown), "warning")


def late_words(late: SheetDate, near: date, *, is_tried: bool = False) -> str:
    """``Your sheet says Spring campaign 12 Apr; with what it says it needs, 3 May: 15 working days
    later``; with what it likely needs where answers to phrases are only tried; as it stands on 18
    Jan where it waits for nothing."""
    said, planned, today = (date_text(day, near) for day in (late.said, late.planned, near))
    why = "with what it likely needs" if is_tried else "with what it says it needs"
    if not late.waits:
        why = f"as it stands on {today}"
    return (
        f"Your sheet says {visible(late.title)} {said}; {why}, {planned}: "
        f"{working_days(late.days)} later"
    )


def answers_words(likeliest: Likeliest) -> str:
    """``the likeliest answers to 4 phrases``."""
    answers = "answer" if likeliest.phrases == 1 else "answers"
    return f"the likeliest {answers} to {count(likeliest.phrases, 'phrase')}"


def overdue_words(shown: ImportShown) -> str:
    """``3 dates are before the status date, 30 Nov, of work that is not done``, and what to do."""
    number = count(len(shown.overdue), "date")
    are = "is" if len(shown.overdue) == 1 else "are"
    near = date_text(shown.as_of, shown.as_of)
    return (
        f"{number} {are} before the status date, {near}, of work that is not done: a column of "
        "status, `planner status ID done`, or `--as-of DATE`"
    )


def held_words(shown: ImportShown) -> str:
    """``31 of 40 dates hold (4 earlier than the sheet's)``; what was only tried is told apart from
    what is planned.
    """
    number = count(len(shown.dates), "date")
    earlier = sum(each.days < 0 for each in (shown.likeliest or shown).dates)
    hold = f"hold ({earlier} earlier than the sheet's)" if earlier else "hold"
    if shown.likeliest is None:
        return f"{shown.held} of {number} {hold}"
    it = "it" if shown.likeliest.phrases == 1 else "them"
    return (
        f"{shown.likeliest.held} of {number} {hold} with {answers_words(shown.likeliest)}, "
        f"{shown.held} without {it}; none is taken yet: `--links take` takes {it}"
    )


def _conflict(page: Page, shown: ImportShown) -> None:
    if shown.conflict is not None:
        page.title("First conflict between the sides")
        _conflict_line(page, shown.conflict)
    elif shown.unagreed:
        page.title("Handovers between the sides")
        number = count(shown.handovers, "handover")
        page.text(f"{number}, {shown.unagreed} not agreed: `planner agreements`", "warning")


def _conflict_line(page: Page, one: AcrossSides) -> None:
    mark: Piece = (f"{SEVERITY_MARKS[one.severity]} ", SEVERITY_ROLES[one.severity])
    page.flow([(mark, (visible(one.message), "text")), ((f"{one.code}", "dim"),)], hang="  ")


# --- keys that both changed -----------------------------------------------------------------------


def _clashes(page: Page, shown: ImportShown) -> None:
    if shown.clashes:
        number = count(len(shown.clashes), "key")
        page.title(f"Unresolved: {number} that the sheet and the roadmap changed", "warning")
    for clash in shown.clashes:
        clash_lines(page, clash, shown.as_of)


def clash_lines(page: Page, clash: ImportClash, near: date) -> None:
    """A key that both changed: its value before, the roadmap's and the sheet's."""
    page.flow([((visible(clash.name), "strong"),)], hang="  ")
    page.labelled("base", _value(clash.base))
    differ = clash.finish_mine != clash.finish_sheet
    for label, value, finish in (
        ("mine", clash.mine, clash.finish_mine),
        ("sheet", clash.sheet, clash.finish_sheet),
    ):
        told = f" (finish {date_text(finish, near)})" if finish and differ else ""
        page.labelled(label, f"{_value(value)}{told}")


def _value(value: object) -> str:
    return "(not there)" if value is None else visible(in_full(value))


# --- columns, links and phrases -------------------------------------------------------------------


Listed = tuple[str, list[str]]
"""A title, and what is listed below it, a line each."""


def columns_listed(shown: ImportShown) -> list[Listed]:
    """What each column was taken for."""
    taken = [each for each in shown.columns if each.meaning is not None]
    left = [visible(each.heading) for each in shown.columns if each.meaning is None]
    return [
        ("Columns", [column_words(each) for each in taken]),
        ("Columns that are not carried over", left),
    ]


def column_words(column: SheetColumn) -> str:
    """``Start: start (day before month, by row 14)``."""
    why = f" ({visible(column.why)})" if column.why else ""
    return f"{visible(column.heading)}: {column.meaning or 'not carried over'}{why}"


def links_listed(shown: ImportShown) -> Listed:
    """The dependencies of the file and of the answers."""
    return "Dependencies", [link_words(each) for each in shown.links]


def link_words(link: SheetLink) -> str:
    """``row 4: spring-campaign needs consent-api SS+5d (“3SS+5d”)``."""
    end = f"{link.type if link.type != 'FS' else ''}{link.lag}"
    tie = f"{link.predecessor} {end}".rstrip()
    return f"row {link.row}: {link.successor} needs {tie} (“{visible(link.words)}”)"


def _phrases(page: Page, shown: ImportShown, most: int | None) -> None:
    if not shown.phrases:
        return
    page.title(f"Phrases without an answer: {len(shown.phrases)}", "warning")
    for phrase in shown.phrases[:most]:
        phrase_lines(page, phrase)
    _more(page, len(shown.phrases), most)


def phrase_lines(page: Page, phrase: OpenPhrase) -> None:
    """A phrase with its row, and what it may mean."""
    waits = "waits for it" if phrase.is_predecessor else "is needed"
    said = f"row {phrase.row}, {visible(phrase.id)}: “{visible(phrase.words)}”"
    page.flow([((said, "strong"),)], hang="  ")
    told = ", which waits for it" if phrase.is_predecessor else ""
    for at, each in enumerate(phrase.candidates, 1):
        words = f"{at} {candidate_words(each)}{told}"
        page.flow([((words, "text"),)], indent="  ", hang="    ")
    if not phrase.candidates:
        which = f": which work {waits}?" if phrase.names else ""
        page.flow([((f"{none_called_words(phrase.names)}{which}", "dim"),)], indent="  ")


def none_called_words(names: str) -> str:
    """Why a phrase has no candidates: nothing is called so, or it names nothing."""
    return "no work is called so" if names else "it says that nothing is waited for"


def arrived_words(arrived: Arrived) -> str:
    """``Imported plan.xlsx: 40 initiatives added, 2 changed``."""
    parts = [
        f"{count(arrived.added, 'initiative')} added" if arrived.added else "",
        f"{arrived.changed} changed" if arrived.changed else "",
    ]
    return f"Imported {visible(arrived.source)}: {', '.join(filter(None, parts)) or 'tables only'}"


def candidate_words(candidate: MayMean) -> str:
    """``Customer single sign-on (customer-sso)``."""
    tool = ", a system" if candidate.kind == "systems" else ""
    return f"{visible(candidate.title)} ({visible(candidate.id)}{tool})"


# --- what is lost, and the rest -------------------------------------------------------------------


def losses_listed(shown: ImportShown) -> Listed:
    """What could not be carried over, or not as it stands."""
    return "Not carried over", [loss_words(each) for each in shown.losses]


def loss_words(loss: SheetLoss) -> str:
    """``row 7, Status: “on hold?”: no status is called so``."""
    row = f"row {loss.row}" if loss.row else ""
    place = ", ".join(part for part in (row, visible(loss.column)) if part)
    value = f"“{visible(loss.value)}”" if loss.value else ""
    return ": ".join(part for part in (place, value, visible(loss.why)) if part)


def others_listed(shown: ImportShown) -> list[Listed]:
    """What else is to be known."""
    gone = [f"{visible(id)}: `{typed_line(['planner', 'remove', id])}`" for id in shown.gone]
    return [
        ("To be known", [visible(each) for each in shown.notes]),
        ("There before, by their title", [visible(each) for each in shown.met]),
        ("No longer in the file, kept in the roadmap", gone),
        ("Removed from the roadmap, still in the file", [visible(id) for id in shown.removed]),
        ("Changes", [visible(each) for each in shown.edits]),
    ]


def _listed(
    page: Page, title: str, found: Sequence[str], most: int | None, role: Role = "title"
) -> None:
    if not found:
        return
    page.title(f"{title}: {len(found)}", role)
    for each in found[:most]:
        page.flow([((each, "text"),)], hang="  ")
    _more(page, len(found), most)


def _more(page: Page, number: int, most: int | None) -> None:
    if most is not None and number > most:
        page.text(f"{number - most} more: --all", "dim")
