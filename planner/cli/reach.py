"""`planner reach`: options to finish by a date, the price of each date, and work for a budget."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import click

from planner.analysis.budget import budget_shown
from planner.analysis.options import reach_shown
from planner.cli.shared.findings_text import text_width
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.naming import known_initiative
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.roadmap_option import day_in, open_session, opens_roadmap
from planner.conflicts.costs import costs
from planner.conflicts.curve import curve
from planner.conflicts.reach import reach
from planner.errors import UsageError
from planner.pages.budget import budget_page
from planner.pages.reach import curve_page, reach_page
from planner.plan.model import Plan
from planner.roadmap.figures import listed
from planner.roadmap.ids import nearest
from planner.text.commands import link_line
from planner.text.phrases import did_you_mean, typed

AMOUNT = re.compile(r"(?P<number>[0-9][0-9_]{0,14}(\.[0-9]{1,9})?)(?P<unit>[km]?)")
"""An amount of money as it is typed."""
TIMES = {"": 1, "k": 1_000, "m": 1_000_000}
MOST = 10**12
"""Below it an amount is printed to the cent as it was typed."""


@click.command("reach")
@click.argument("id", required=False)
@click.argument("finish", metavar="DATE", required=False)
@click.option("--curve", "all_dates", is_flag=True, help="Show the cheapest price of each date.")
@click.option(
    "--budget",
    "budgets",
    metavar="SIDE=AMOUNT",
    multiple=True,
    help="List work to drop so that SIDE stays under AMOUNT; repeat for several sides.",
)
@opens_roadmap(path_argument=False)
@takes_json()
@takes_markdown
def command(
    id: str | None,
    finish: str | None,
    all_dates: bool,
    budgets: tuple[str, ...],
    roadmap: str | None,
    as_of: str | None,
    form: Form,
    as_markdown: bool,
) -> int:
    """List options to finish ID by DATE, and the best set that reaches it.

    With `--budget`: sets of work that has not started and could be dropped, by the outcome value
    that is lost with them. Nothing is applied.
    """
    if bool(id) == bool(budgets):
        hint = "`planner reach ID DATE`, or `planner reach --budget it=880000`"
        raise UsageError("name an initiative, or a budget and no initiative", hint=hint)
    if budgets and all_dates:
        hint = "`planner reach ID --curve`, or a budget without `--curve`"
        raise UsageError("a budget has no curve", hint=hint)
    plan = open_session(roadmap, as_of).plan
    if id is None:
        return _of_budget(plan, budgets, form, as_markdown=as_markdown)
    id = known_initiative(plan, id)
    if finish is None and not all_dates:
        raise UsageError("no DATE is given", hint=_example(plan, id))
    along = curve(plan.context, id) if all_dates else None
    wanted = day_in(plan, finish) if finish is not None else _wanted(plan, id)
    shown = reach_shown(plan, reach(plan.context, id, wanted), along)
    if form:
        print_json("reach", shown, form)
        return 0
    page = curve_page if all_dates else reach_page
    print_page(page(plan, shown, text_width()), as_markdown=as_markdown)
    return 0


def _of_budget(plan: Plan, budgets: tuple[str, ...], form: Form, *, as_markdown: bool) -> int:
    """Which work to drop so that sides stay under their budgets."""
    shown = budget_shown(plan, _budgets(plan, budgets))
    if form:
        print_json("budget", shown, form)
    else:
        print_page(budget_page(plan, shown, text_width()), as_markdown=as_markdown)
    return 0


def _budgets(plan: Plan, typed_budgets: tuple[str, ...]) -> dict[str, float]:
    """What each side may spend. Raises UsageError, also for two budgets of one side."""
    found: dict[str, float] = {}
    for text in typed_budgets:
        side, amount = _budget(plan, text)
        if side in found:
            raise UsageError(f"{typed(side)} has two budgets", hint="give each side one `--budget`")
        found[side] = amount
    return found


def _budget(plan: Plan, text: str) -> tuple[str, float]:
    """A side and an amount as typed: ``it=880000``, ``it=880k``. Raises UsageError."""
    side, equals, typed_amount = text.partition("=")
    amount = AMOUNT.fullmatch(typed_amount.strip().lower())
    if not equals or amount is None:
        raise UsageError(f"{typed(text)} is no budget", hint="`--budget it=880000`, for example")
    exact = Decimal(amount["number"].replace("_", "")) * TIMES[amount["unit"]]
    if exact != round(exact, 2) or exact >= MOST:
        hint = f"whole cents, and less than {MOST:,}"
        raise UsageError(f"{typed(text)} is no amount of money", hint=hint)
    known = costs(plan.context)
    if side not in known:
        hint = f"the sides with costs are {listed(sorted(known))}" if known else "no `cost` is set"
        near = nearest(side, known, loose=True)
        raise UsageError(f"nothing of {typed(side)} has a cost", hint=did_you_mean(near, hint))
    return side, float(exact)


def _example(plan: Plan, id: str) -> str:
    """The command with a day: the deadline, or else the day on which the initiative finishes."""
    dates = plan.schedule.get(id)
    day = plan.roadmap.initiatives[id].deadline or (dates.finish if dates else plan.as_of)
    return f"`{link_line('reach', id)} {day}`, for example"


def _wanted(plan: Plan, id: str) -> date:
    """The day by which it is wanted: the one that it misses, else the day before it finishes."""
    initiative, dates = plan.roadmap.initiatives[id], plan.schedule.get(id)
    finish = dates.finish if dates else plan.as_of
    missed = (day for day in (initiative.deadline, initiative.announced) if day and day < finish)
    return min(missed, default=finish - timedelta(days=1))
