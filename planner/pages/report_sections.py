"""What stands below the first page of the report: a heading, its answer, and tables.

A reader who opens nothing has still read the answers. Tables are words and signs: nothing is told
by a colour alone. HTML and Markdown show the same sections.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from msgspec import Struct

from planner.analysis.compared import Part, shift_of
from planner.analysis.outcomes import is_late
from planner.pages import signs
from planner.pages.promises import not_known
from planner.roadmap.figures import (
    MONTHS,
    count,
    date_text,
    listed,
    money,
    money_short,
    number,
    working_days,
)
from planner.roadmap.output_history import StepRow
from planner.roadmap.output_outcomes import OutcomeRow
from planner.roadmap.output_promises import PromisesGroup, Took
from planner.roadmap.output_report import Held, MovedLaunch, OwedRow, ReportShown, WordRow, WorkRow
from planner.roadmap.sides import in_order, title_of
from planner.schedule.shift import Shift
from planner.text.visible import visible

CellRole = Literal["text", "strong", "dim", "late", "figure"]
"""How a cell is meant: `late` is red and says so in words, `figure` stands at the right."""
UNKNOWN = "·"
"""What is not known."""


class Cell(Struct, frozen=True):
    """One cell; the first of a row is its header."""

    text: str
    role: CellRole = "text"


class Table(Struct, frozen=True):
    """A table with row headers; `title` stands above it, `note` below. `same` says that a row whose
    header is that of the row above belongs to it.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    same: bool = False


class Section(Struct, frozen=True):
    """A heading that folds, the answer beside it, and what is behind it."""

    key: str
    title: str
    answer: str
    tables: tuple[Table, ...]


ROOM = "how far it can slip until a date is missed or the whole roadmap ends later."
"""What "can slip" says: without a date that is promised, only the end of all work holds it."""


def sections(shown: ReportShown) -> tuple[Section, ...]:
    """The sections of the page; one about which nothing is known is left out."""
    made = (
        _owed(shown),
        _outcomes(shown),
        _risks(shown),
        _moved(shown),
        _promises(shown),
        _words(shown),
    )
    return tuple(one for one in made if one is not None)


def _day(shown: ReportShown, day: date | None) -> str:
    return date_text(day, shown.as_of) if day is not None else UNKNOWN


def work_table(shown: ReportShown) -> Table:
    """The picture as a table: all that has a bar in it."""
    return Table(
        title="",
        heads=("Work", "Side", "From", "To", "State", "Room"),
        rows=tuple(_work(shown, one) for one in shown.work),
        note=f"Room is {ROOM}",
    )


def _work(shown: ReportShown, one: WorkRow) -> tuple[Cell, ...]:
    state = f"{one.status}, on the critical path" if one.critical else one.status
    return (
        Cell(one.title, "strong"),
        Cell(_side(shown, one.side or "")),
        Cell(_day(shown, one.start), "figure"),
        Cell(_day(shown, one.finish), "figure"),
        Cell(state),
        _room(one.room),
    )


def _room(days: int | None) -> Cell:
    if days is None:
        return Cell(UNKNOWN)
    if days < 0:
        return Cell(f"{signs.ERROR} {working_days(-days)} late", "late")
    return Cell(f"can slip {working_days(days)}" if days else "can't slip")


# --- what the sides owe each other ----------------------------------------------------------------


def _owed(shown: ReportShown) -> Section | None:
    if not shown.owed:
        return None
    givers = _sides(shown)
    titles = [f"{_side(shown, side)} owes {_takers(shown, side)}" for side in givers]
    open_ = {side: _not_agreed(shown, side) for side in givers}
    open_texts = [f"{number} from {_side(shown, side)}" for side, number in open_.items() if number]
    late = sum(one.late for one in shown.owed)
    answer = f"not agreed or not asked: {', '.join(open_texts)}" if open_texts else "all agreed"
    if late:
        answer += f"; {late} late"
    return Section(
        key="owed",
        title=f"What {', '.join(titles[:-1])}{', and ' if titles[1:] else ''}{titles[-1]}",
        answer=answer,
        tables=tuple(_of_giver(shown, side) for side in givers),
    )


def _sides(shown: ReportShown) -> list[str]:
    """The sides that owe something: first what the reader's side is owed."""
    reader = next(iter(shown.sides), "")
    found = in_order((one.giver for one in shown.owed), shown.sides)
    return sorted(found, key=lambda side: side == reader)


def _side(shown: ReportShown, side: str) -> str:
    return shown.sides.get(side) or title_of(side)


def _takers(shown: ReportShown, giver: str) -> str:
    takers = {one.taker for one in shown.owed if one.giver == giver}
    return listed(_side(shown, side) for side in in_order(takers, shown.sides))


def _not_agreed(shown: ReportShown, side: str) -> int:
    return sum(one.giver == side and not one.agreed for one in shown.owed)


def _of_giver(shown: ReportShown, side: str) -> Table:
    rows = (one for one in shown.owed if one.giver == side)
    return Table(
        title=f"{_side(shown, side)} owes",
        heads=("Month", "Team", "What", "For", "By", "State"),
        rows=tuple(_owed_row(shown, one) for one in rows),
        same=True,
    )


def _owed_row(shown: ReportShown, one: OwedRow) -> tuple[Cell, ...]:
    return (
        Cell(_month(one.due or one.day), "strong"),
        Cell(one.team or "nobody named"),
        Cell(one.what),
        Cell(one.wanted_for),
        Cell(_day(shown, one.due or one.day), "figure"),
        _state(one),
    )


def _month(day: date | None) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}" if day is not None else "No date"


def _state(one: OwedRow) -> Cell:
    if one.late and one.due is not None and one.day is not None:
        late = Shift(one.due, one.day, one.days)
        return Cell(f"{signs.ERROR} {one.state}, {late.amount} late", "late")
    if one.agreed:
        return Cell(f"{signs.AGREED} agreed")
    sign = {"countered": signs.COUNTERED, "declined": signs.DECLINED}.get(one.state, signs.ASKED)
    words = {"asked": "asked, not agreed", "countered": "new terms, not agreed"}
    return Cell(f"{sign} {words.get(one.state, one.state)}", "late")


# --- outcomes -------------------------------------------------------------------------------------


def _outcomes(shown: ReportShown) -> Section | None:
    rows = shown.outcomes.outcomes
    if not rows:
        return None
    most = max(rows, key=lambda one: (one.value or 0, one.id))
    worth = ""
    if most.value:
        most_of = "is worth the most," if len(rows) > 1 else "is worth"
        worth = f"; {_name(most)} {most_of} {_money(shown, most.value)} a year"
    return Section(
        key="outcomes",
        title="Outcomes",
        answer=f"{count(len(rows), 'outcome')}{worth}",
        tables=(
            Table(
                title="",
                heads=("Outcome", "Measured by", "Now", "Target", "Complete", "Cost",
                       "Value a year", "A week later costs"),
                rows=tuple(_outcome(shown, one) for one in rows),
                note="Complete is when the last work for it ends. Value and cost are as written in "
                "the roadmap; return is value of a year over cost.",
            ),
        ),
    )  # fmt: skip


def _name(row: OutcomeRow) -> str:
    return visible(row.kpi or row.title)


def _money(shown: ReportShown, amount: float | None) -> str:
    return UNKNOWN if amount is None else visible(money_short(amount, shown.currency))


def _figure(shown: ReportShown, row: OutcomeRow) -> str:
    """The KPI target; one in money as all money of the page."""
    if row.unit and row.unit == shown.currency:
        return money(row.target or 0, shown.currency)
    return number(row.target or 0, row.unit)


def _outcome(shown: ReportShown, row: OutcomeRow) -> tuple[Cell, ...]:
    last = row.readings[max(row.readings)] if row.readings else None
    by = f" by {_day(shown, row.by)}" if row.by else ""
    target = f"{_figure(shown, row)}{by}" if row.target is not None else UNKNOWN
    late = is_late(row)
    complete = f"{_day(shown, row.lands)}{', too late' if late else ''}" if row.lands else "never"
    returns = f" (return {row.returns:.1f}×)" if row.returns is not None else ""
    return (
        Cell(visible(row.title), "strong"),
        Cell(visible(row.kpi or UNKNOWN)),
        Cell(UNKNOWN if last is None else visible(number(last)), "figure"),
        Cell(visible(target)),
        Cell(complete, "late" if late or not row.lands else "text"),
        Cell(_money(shown, row.total_cost or None), "figure"),
        Cell(f"{_money(shown, row.value)}{returns}", "figure"),
        Cell(_money(shown, row.delay_per_week), "figure"),
    )


# --- launches, risks and what could give ----------------------------------------------------------


def _risks(shown: ReportShown) -> Section | None:
    tables = [*_launches(shown), *_options(shown), *_dangers(shown)]
    if not tables:
        return None
    late = [one for one in shown.launches if one.late]
    if late:
        off = "" if not late[0].days else f": {working_days(late[0].days)} late"
        more = f", and {count(len(late) - 1, 'other launch', 'other launches')}" if late[1:] else ""
        answer = f"{visible(late[0].title)}{off}{more}"
    else:
        answer = "no launch is late" if shown.launches else ""
    return Section("risks", "Risks, and what could give", answer, tuple(tables))


def _launches(shown: ReportShown) -> Iterator[Table]:
    if shown.launches:
        yield Table(
            title="Launches",
            heads=("Launch", "Forecast", "Held to", "Distance", "Handovers not agreed"),
            rows=tuple(_launch(shown, one) for one in shown.launches),
            note=""
            if all(one.aim for one in shown.launches)
            else f"Without a promised date, the distance is {ROOM}",
        )


def _launch(shown: ReportShown, one: Held) -> tuple[Cell, ...]:
    held = {"announced": "announced ", "deadline": "deadline "}.get(one.aim_kind or "", "")
    return (
        Cell(visible(one.title), "strong"),
        Cell(_day(shown, one.finish)),
        Cell(f"{held}{_day(shown, one.aim)}" if one.aim else "no date is promised", "text"),
        _distance(one),
        Cell(
            str(one.not_agreed) if one.not_agreed else "none", "late" if one.not_agreed else "text"
        ),
    )


def _distance(one: Held) -> Cell:
    if one.aim is None:
        room = one.total_float
        if room is not None and room < 0:
            return Cell(f"{working_days(-room)} too late for what follows", "late")
        return _room(room)
    off = Shift(one.aim, one.finish, one.days or 0)
    if not off:
        return Cell("on the day")
    if off.later:
        return Cell(f"{signs.ERROR} {off.amount} late", "late")
    return Cell(f"{off.amount} early")


def _options(shown: ReportShown) -> Iterator[Table]:
    if shown.options and shown.launch is not None:
        yield Table(
            title=f"What could give, so that {visible(shown.launch.title)} is earlier",
            heads=("Option", "Wins", "Forecast", "Has to agree"),
            rows=tuple(
                (
                    Cell(one.text),
                    Cell(working_days(one.wins)),
                    Cell(_day(shown, one.finish)),
                    Cell(listed(one.agreement)),
                )
                for one in shown.options
            ),
        )


def _dangers(shown: ReportShown) -> Iterator[Table]:
    if shown.risks:
        yield Table(
            title="What costs most",
            heads=("Risk", "Next to move"),
            rows=tuple((Cell(one.text), Cell(one.next or "nobody named")) for one in shown.risks),
        )


# --- what moved -----------------------------------------------------------------------------------


def _moved(shown: ReportShown) -> Section | None:
    moved = shown.moved
    if moved is None:
        return None
    shifts = [shift_of(one.step, "moved") for one in moved.launches]
    later = sum(bool(shift and shift.later) for shift in shifts)
    earlier = sum(bool(shift and not shift.later) for shift in shifts)
    answer = f"{count(later, 'launch')} later, {earlier or 'none'} earlier" if shifts else "nothing"
    table = Table(
        title="",
        heads=("Launch", "Was", "Is", "Moved", "By time", "By changes", "Why, and who"),
        rows=tuple(_launch_moved(shown, one) for one in moved.launches),
        note="By time: what went slower or faster than planned. By changes: what somebody changed "
        "in the roadmap.",
    )
    title = f"What moved since {_day(shown, moved.day)}"
    return Section("moved", title, answer, (table,) if shifts else ())


def _launch_moved(shown: ReportShown, one: MovedLaunch) -> tuple[Cell, ...]:
    shift = shift_of(one.step, "moved")
    return (
        Cell(visible(one.title), "strong"),
        Cell(_day(shown, one.step.then), "figure"),
        Cell(_day(shown, one.step.now), "figure"),
        Cell(_part(one.step, "moved"), "late" if shift and shift.later else "text"),
        Cell(_part(one.step, "time")),
        Cell(_part(one.step, "edits")),
        Cell("; ".join(one.because) or UNKNOWN),
    )


def _part(step: StepRow, part: Part) -> str:
    shift = shift_of(step, part)
    if shift is None:
        return UNKNOWN
    return f"{shift.amount} {'later' if shift.later else 'earlier'}" if shift else "0"


# --- promises kept ----------------------------------------------------------------------------

FEW = "too few"


def _promises(shown: ReportShown) -> Section | None:
    promises = shown.promises
    if promises is None or not _tells(promises.all):
        return None
    rows = [_kept(one.title or "other", one) for one in promises.groups if _tells(one)]
    few, *unknown = not_known(promises)
    heads = ("Kind of work", "On the day first promised", "First day still holds",
             "Asked to agreed", "Asked to delivered")  # fmt: skip
    table = Table(
        title="",
        heads=heads,
        rows=(*rows, _kept("All together", promises.all)),
        note=f"Half of the cases took no longer than the days told. {few} "
        f"Not known: {' '.join(unknown)}",
    )
    return Section("promises", "Promises kept", _kept_answer(promises.all), (table,))


def _tells(group: PromisesGroup) -> bool:
    """Whether there are cases enough for any of its figures."""
    one = group
    figures = (one.delivered.kept, one.still_holds.holds, one.asked_to_agreed.median,
               one.asked_to_delivered.median)  # fmt: skip
    return any(figure is not None for figure in figures)


def _kept_answer(all: PromisesGroup) -> str:
    kept, holds = all.delivered, all.still_holds
    if kept.kept is not None:
        return f"{_of(kept.kept, kept.cases)} on the day first promised"
    if holds.holds is not None:
        return f"the day first promised still holds for {_of(holds.holds, holds.cases)}"
    took = all.asked_to_agreed
    if took.median is not None:
        return f"half of {took.cases} requests were agreed within {_days(took.median)}"
    return f"half of what was asked came within {_days(all.asked_to_delivered.median or 0)}"


def _days(median: float) -> str:
    return count(round(median, 1), "working day")


def _of(number: int, cases: int) -> str:
    return f"{number} of {count(cases, 'handover')}"


def _kept(title: str, group: PromisesGroup) -> tuple[Cell, ...]:
    kept, holds = group.delivered, group.still_holds
    return (
        Cell(visible(title), "strong"),
        Cell(FEW if kept.kept is None else f"{kept.kept} of {kept.cases}"),
        Cell(FEW if holds.holds is None else f"{holds.holds} of {holds.cases}"),
        _took(group.asked_to_agreed),
        _took(group.asked_to_delivered),
    )


def _took(took: Took) -> Cell:
    if took.median is None:
        return Cell(FEW)
    return Cell(f"{_days(took.median)}, {took.cases} cases")


# --- words ----------------------------------------------------------------------------------------


def _words(shown: ReportShown) -> Section | None:
    if not shown.words:
        return None
    apart = [one.term for one in shown.words if one.differs]
    answer = count(len(shown.words), "word")
    if apart:
        answer = f"{listed(apart, 3)}: the sides still differ"
    return Section(
        "words",
        "Words used",
        answer,
        (
            Table(
                title="",
                heads=("Word", "Meaning"),
                rows=tuple(
                    (Cell(one.term, "strong"), Cell(meaning(shown, one))) for one in shown.words
                ),
            ),
        ),
    )


def meaning(shown: ReportShown, one: WordRow) -> str:
    """What both agreed on, else what it means to each side, the reader's first."""
    if one.agreed:
        return one.agreed
    if not one.differs:
        return next(iter(one.senses.values()), "")
    return "; ".join(f"for {_side(shown, side)}: {text}" for side, text in one.senses.items())
