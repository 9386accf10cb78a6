"""What is said of reaching a date: how far it is, the options with what each wins, the best set."""

from __future__ import annotations

from datetime import date

from planner.conflicts.option_sets import OptionSet
from planner.conflicts.reach import Reach, another_day
from planner.pages.fixes import needs_agreement
from planner.pages.lines import Line, Page, Piece
from planner.plan.model import Plan
from planner.roadmap.figures import count, date_text, days_short, working_days
from planner.schedule.shift import Shift
from planner.text.commands import as_command
from planner.text.edits import Edit
from planner.text.visible import visible


def reach_page(plan: Plan, found: Reach, width: int) -> list[Line]:
    """Where it stands, each option with the working days it wins, then the best set found."""
    page = Page(width)
    finish, wanted = (_date(plan, day) for day in (found.finish, found.day))
    page.text(f"{visible(found.id)} finishes {finish}; wanted by {wanted}", "title")
    if found.late is None:
        page.text("On time: no option is needed", "good")
        return page.lines
    page.text(f"{_missed(found.late)}.{' Options:' if found.options else ''}")
    for option in found.options:
        _option(page, plan, found, option)
    if found.left_out:
        page.text(f"{count(found.left_out, 'more option')} not tried", "dim")
    _best(page, plan, found)
    later = another_day(plan.context, found.id)
    if later is not None:
        page.text(f"Or set the date that is reached now, {finish}:")
        _command(page, plan, later)
    return page.lines


def _missed(late: Shift) -> str:
    return f"{working_days(late.working)} to win" if late.working else late.late


def _option(page: Page, plan: Plan, found: Reach, option: OptionSet) -> None:
    won = plan.schedule.shift(option.finish, found.finish)
    wins = days_short(won.working) if won.working else won.amount
    assumes = f" ({option.assumes})" if option.assumes else ""
    phrases: list[Line] = [((f"{wins:>4}  {visible(option.title + assumes)}", "text"),)]
    if needs := needs_agreement(plan, option.needs_agreement):
        phrases.append(((needs, "joint"),))
    page.flow(phrases, "  ", " " * 8)


def _best(page: Page, plan: Plan, found: Reach) -> None:
    best = found.best
    if best is None:
        page.text(
            f"No option reaches {_date(plan, found.day)}; {_earliest(plan, found)}", "warning"
        )
        return
    if best.gives_up:
        earliest = f"{_the_earliest(found)} {_date(plan, found.earliest)}"
        page.text(f"Without dropping anything {earliest}")
    phrases: list[Line] = [_phrase(f"Best option found: {visible(best.title)}")]
    if needs := needs_agreement(plan, best.needs_agreement):
        phrases.append(((needs, "joint"),))
    page.flow(phrases, "", "  ")
    _command(page, plan, best.edit)


def _command(page: Page, plan: Plan, edit: Edit) -> None:
    """What is typed for it, on one line."""
    page.line((f"  {visible(as_command(edit, plan.reading.roadmap) or '')}", "key"))


def _phrase(text: str) -> Line:
    piece: Piece = (text, "strong")
    return (piece,)


def _earliest(plan: Plan, found: Reach) -> str:
    """How early it gets, without dropping anything and with."""
    text = f"{_the_earliest(found)} {_date(plan, found.earliest)}"
    if found.earliest_dropping >= found.earliest:
        return text
    dropping = f"by dropping links or initiatives {_date(plan, found.earliest_dropping)}"
    return f"{text} without dropping anything, and {dropping}"


def _the_earliest(found: Reach) -> str:
    return "the earliest is" if found.ended else "the earliest found is"


def _date(plan: Plan, day: date) -> str:
    return date_text(day, plan.as_of)
