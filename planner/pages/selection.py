"""What is selected, in one line: how many, and what they come to together."""

from __future__ import annotations

from collections.abc import Iterable

from planner.conflicts.costs import cost
from planner.pages.lines import Line
from planner.plan.model import Plan
from planner.roadmap.figures import money_short, working_days
from planner.text.visible import visible


def selection_line(plan: Plan, ids: Iterable[str]) -> Line:
    """``3 selected · 45 working days · €120k``: the work left out that is finished or dropped."""
    known = [plan.roadmap.initiatives[id] for id in ids]
    dates = [found for one in known if one.open and (found := plan.schedule.get(one.id))]
    said = [working_days(sum(each.duration for each in dates))]
    if money := sum(map(cost, known)):
        said.append(visible(money_short(money, plan.roadmap.settings.currency)))
    critical = sum(1 for each in dates if each.critical)
    line: Line = ((f"{len(known)} selected", "key"), (f" · {' · '.join(said)}", "text"))
    return (*line, (f" · {critical} critical", "critical")) if critical else line
