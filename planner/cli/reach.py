"""`planner reach`: options for an initiative to finish by a date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from planner.cli.naming import known_initiative
from planner.cli.roadmap_option import day_in, open_session, opens_roadmap
from planner.conflicts.context import count
from planner.conflicts.option_sets import OptionSet
from planner.conflicts.reach import Reach, another_day
from planner.errors import UsageError
from planner.pages.fixes import needs_agreement
from planner.plan.model import Plan
from planner.roadmap.days import named_day
from planner.schedule.shift import Shift
from planner.text.commands import as_command, link_line
from planner.text.visible import visible


@click.command("reach")
@click.argument("id")
@click.argument("finish", metavar="DATE", required=False)
@opens_roadmap(path_argument=False)
def command(id: str, finish: str | None, roadmap: str | None, as_of: str | None) -> int:
    """List options to finish ID by DATE, and the best set that reaches it."""
    session = open_session(roadmap, as_of)
    if finish is None:
        raise UsageError("no DATE is given", hint=_example(session.plan, id))
    wanted = day_in(session.plan, finish)
    found = session.reach(known_initiative(session.plan, id), wanted)
    for line in reach_text(session.plan, found):
        click.echo(visible(line))
    return 0


def _example(plan: Plan, id: str) -> str:
    """The command with a day: the deadline, or else the day on which the initiative finishes."""
    id = known_initiative(plan, id)
    dates = plan.schedule.get(id)
    day = plan.roadmap.initiatives[id].deadline or (dates.finish if dates else plan.as_of)
    return f"`{link_line('reach', id)} {day}`, for example"


def reach_text(plan: Plan, found: Reach) -> Iterator[str]:
    """Where it stands, each option with the days it wins, then the best set that was found."""
    yield f"{found.id} finishes {_day(plan, found.finish)}; wanted by {_day(plan, found.day)}"
    if found.late is None:
        yield "no option is needed"
        return
    yield f"{_missed(found.late)}.{' Options:' if found.options else ''}"
    for option in found.options:
        yield from _option(plan, found, option)
    if found.left_out:
        yield f"  {found.left_out} more were not tried"
    yield from _best(plan, found)
    later = another_day(plan.context, found.id)
    if later is not None:
        yield f"Or another day, {_day(plan, found.finish)}:"
        yield f"  {as_command(later, plan.roadmap)}"


def _missed(late: Shift) -> str:
    return f"{count(late.working, 'working day')} to win" if late.working else late.late


def _option(plan: Plan, found: Reach, option: OptionSet) -> Iterator[str]:
    assumes = f" ({option.assumes})" if option.assumes else ""
    needs = needs_agreement(plan, option.needs_agreement)
    agreement = f" · {needs}" if needs else ""
    won = plan.schedule.shift(option.finish, found.finish)
    wins = f"{won.working}d" if won.working else won.amount
    yield f"  {wins:>4}  {option.title}{assumes}{agreement}"


def _best(plan: Plan, found: Reach) -> Iterator[str]:
    best = found.best
    if best is None:
        yield f"No option reaches {_day(plan, found.day)}; {_earliest(plan, found)}"
        return
    if best.gives_up:
        yield f"Without dropping anything {_the_earliest(found)} {_day(plan, found.earliest)}"
    yield f"Best option found: {best.title}"
    if best.needs_agreement:
        yield f"  {needs_agreement(plan, best.needs_agreement)}"
    yield f"  {as_command(best.edit, plan.roadmap)}"


def _earliest(plan: Plan, found: Reach) -> str:
    """How early it gets, without dropping anything and with."""
    text = f"{_the_earliest(found)} {_day(plan, found.earliest)}"
    if found.earliest_dropping >= found.earliest:
        return text
    by_dropping = f"by dropping links or work {_day(plan, found.earliest_dropping)}"
    return f"{text} without dropping anything, and {by_dropping}"


def _the_earliest(found: Reach) -> str:
    return "the earliest is" if found.ended else "the earliest found is"


def _day(plan: Plan, day: date) -> str:
    """A day with its year where that is not the plan's, so that no other one is taken for it."""
    return named_day(day, plan.as_of)
