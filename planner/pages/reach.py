"""What is said of reaching a date: the answer, the best set, those of other kinds, and the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from planner.analysis.aiming import first_aim, why_no_aim
from planner.conflicts.reach import another_day
from planner.pages.curve import Curve
from planner.pages.fixes import needs_agreement
from planner.pages.lines import Line, Page, Piece, fitted
from planner.pages.options import answer
from planner.plan.model import Plan
from planner.roadmap.figures import (
    count,
    date_text,
    days_short,
    money,
    money_short,
    priced,
    working_days,
)
from planner.roadmap.output_reach import CurvePoint, ReachOption, ReachShown
from planner.schedule.shift import Shift
from planner.text.commands import as_command
from planner.text.visible import visible

BARS = 6
"""Rows of the drawn curve."""
KIND = 11
"""Columns of what sets one apart."""


def reach_page(plan: Plan, shown: ReachShown, width: int) -> list[Line]:
    """The answer in a sentence, the best set and up to two others, what wins something alone, what
    gives something up, and what nobody has priced.
    """
    page = Page(width)
    finish, wanted = (_date(plan, day) for day in (shown.finish, shown.day))
    page.text(f"{visible(shown.id)} finishes {finish}; wanted by {wanted}", "title")
    if shown.late is None:
        page.text("On time: no option is needed", "good")
        return page.lines
    page.text(f"{_missed(shown)}. {search(shown)}".rstrip(), "dim")
    page.lines += answer(plan, shown, page.width)
    for one in filter(None, (shown.best, *shown.others)):
        _set(page, plan, shown, one)
    _options(page, plan, shown)
    _last(page, plan, shown)
    _unpriced(page, shown)
    later = another_day(plan.context, shown.id)
    if later is not None:
        page.text(f"Or set the date that is reached now, {finish}:")
        _command(page, as_command(later, plan.reading.roadmap))
    return page.lines


def search(shown: ReachShown) -> str:
    """Whether the best set is known to be the cheapest."""
    if shown.best is None or not shown.best.price:
        return ""
    return (
        "Cheapest: the search ended." if shown.cheapest else "Best found: the search did not end."
    )


def _missed(shown: ReachShown) -> str:
    assert shown.late is not None
    missed = Shift(shown.day, shown.finish, shown.late.working)
    return f"{working_days(missed.working)} to win" if missed.working else missed.late


def _set(page: Page, plan: Plan, shown: ReachShown, one: ReachOption) -> None:
    """A set of a kind, its price, finish and agreement, and its command."""
    page.line()
    assumes = f" ({one.assumes})" if one.assumes else ""
    page.labelled(one.kind, visible(one.title + assumes), "strong")
    facts: list[Piece] = [
        (_money(shown, one.price) if one.price else "no money", "text"),
        (_date(plan, one.finish), "text"),
        (needs_agreement(plan, one.needs_agreement), "joint"),
        (f"{one.loses} given up", "text"),
        *_consequence(shown, one),
    ]
    page.joined((piece for piece in facts if piece[0]), " " * page.label)
    _command(page, one.command)


def _consequence(shown: ReachShown, one: ReachOption) -> Iterable[Piece]:
    if one.delay_cost:
        yield f"delay cost {_short(shown, one.delay_cost)}", "text"
    if one.clears:
        yield f"clears {count(one.clears, 'conflict')}", "good"
    if one.new:
        yield f"{count(one.new, 'new conflict')}", "warning"


def _options(page: Page, plan: Plan, shown: ReachShown) -> None:
    """The options that win something alone and give nothing up."""
    alone = [one for one in shown.options if not one.gives_up]
    if alone:
        page.title("Options that win something alone")
    for one in alone:
        _option(page, plan, shown, one)
    if shown.not_tried:
        page.text(f"{count(shown.not_tried, 'more option')} not tried", "dim")


def _last(page: Page, plan: Plan, shown: ReachShown) -> None:
    """What gives something up."""
    lossy = [one for one in shown.options if one.gives_up]
    if lossy:
        page.title("Listed last: never applied unless chosen")
    for one in lossy:
        _option(page, plan, shown, one)


def _option(page: Page, plan: Plan, shown: ReachShown, one: ReachOption) -> None:
    won = plan.schedule.shift(one.finish, shown.finish)
    wins = days_short(won.working) if won.working else won.amount
    assumes = visible(f" ({one.assumes})") if one.assumes else ""
    title = visible(priced(one.title, one.price, shown.currency)) + assumes
    phrases: list[Line] = [((f"{wins:>4}  {title}", "text"),)]
    if needs := needs_agreement(plan, one.needs_agreement):
        phrases.append(((needs, "joint"),))
    page.flow(phrases, "  ", " " * 8)


def _unpriced(page: Page, shown: ReachShown) -> None:
    """What nobody has priced can be asked for."""
    if shown.unpriced:
        page.title("No price yet: ask, and keep the answer")
    for one in shown.unpriced:
        days = count(one.days, "day")
        page.text(f"What would {days} of {visible(one.id)} cost?")
        _command(page, f"{one.command}…")


def _command(page: Page, command: str | None) -> None:
    """What is typed for it, on one line."""
    page.line((f"  {visible(command or '')}", "key"))


def _date(plan: Plan, day: date) -> str:
    return date_text(day, plan.as_of)


def _money(shown: ReachShown, amount: float) -> str:
    return visible(money(amount, shown.currency))


def _short(shown: ReachShown, amount: float) -> str:
    return visible(money_short(amount, shown.currency))


# --- the curve ------------------------------------------------------------------------------------


def curve_page(plan: Plan, shown: ReachShown, width: int) -> list[Line]:
    """The price of each finish, of each day won, whose agreement it needs, and where to stop."""
    page = Page(width)
    finish = _date(plan, shown.finish)
    page.text(f"{visible(shown.id)} finishes {finish}: price of each day won", "title")
    if shown.delay_cost_per_day:
        page.text(f"One day of delay costs {_short(shown, shown.delay_cost_per_day)}")
    if not shown.curve:
        text = f"Nothing finishes it earlier than {finish}"
        if first_aim(plan, shown.id) is None:
            text = visible(why_no_aim(plan, shown.id))
        page.text(text, "warning")
    else:
        page.line()
        page.lines += Curve(plan, shown, page.width, BARS, shown.worth).lines()
        page.line()
        _table(page, plan, shown)
    _worth(page, plan, shown)
    _unpriced(page, shown)
    return page.lines


def _table(page: Page, plan: Plan, shown: ReachShown) -> None:
    heads = ("finish", "total", "this day", "needs agreement")
    rows = [_row(plan, shown, one) for one in shown.curve]
    sizes = [max(len(head), *(len(row[at]) for row in rows)) + 2 for at, head in enumerate(heads)]
    page.line((_cells(heads, sizes), "dim"))
    for one, row in zip(shown.curve, rows, strict=True):
        page.line((_cells(row, sizes), "good" if one.finish == shown.worth else "text"))


def _cells(row: Sequence[str], sizes: Sequence[int]) -> str:
    return "".join(fitted(cell, size) for cell, size in zip(row, sizes, strict=True))


def _row(plan: Plan, shown: ReachShown, one: CurvePoint) -> tuple[str, str, str, str]:
    price, step = (_short(shown, each) for each in (one.price, one.step))
    agreed = needs_agreement(plan, one.needs_agreement).removeprefix("needs agreement: ")
    return _date(plan, one.finish), price, step, agreed


def _worth(page: Page, plan: Plan, shown: ReachShown) -> None:
    """The date worth aiming for, with what the next day costs and saves; and the earliest."""
    if shown.worth is not None:
        after = next((one for one in shown.curve if one.finish < shown.worth), None)
        saves = _short(shown, shown.delay_cost_per_day or 0)
        more = (
            ""
            if after is None
            else (f": the next day costs {_short(shown, after.step)} and saves {saves}")
        )
        page.text(f"Worth aiming for: {_date(plan, shown.worth)}{more}", "good")
    elif shown.delay_cost_per_day and any(one.price for one in shown.curve):
        page.text("No day saves as much as it costs", "warning")
    if shown.curve:
        earliest = _date(plan, shown.curve[-1].finish)
        found = "the earliest" if shown.ended else "the earliest found"
        page.text(f"{earliest} is {found}" + _with_luck(plan, shown))


def _with_luck(plan: Plan, shown: ReachShown) -> str:
    """How early it gets with optimistic estimates and overlaps, where money alone is priced."""
    if not shown.curve[-1].price or shown.earliest >= shown.curve[-1].finish:
        return ""
    return f" for money; with optimistic estimates and overlaps {_date(plan, shown.earliest)}"
