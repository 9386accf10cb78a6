"""What is said of a budget: how far over it a side is, and the sets of work that could go."""

from __future__ import annotations

from planner.pages.fixes import needs_agreement
from planner.pages.lines import Line, Page, Piece
from planner.plan.model import Plan
from planner.roadmap.figures import count, date_text, listed, money, signed
from planner.roadmap.output_budget import BudgetLaunch, BudgetSet, BudgetShown
from planner.text.visible import visible

COMMANDS = 4
"""So many commands of a set are printed."""
THEN = " && planner "


def budget_page(plan: Plan, shown: BudgetShown, width: int) -> list[Line]:
    """Each side against its budget, then the sets; nothing is applied unless chosen."""
    page = Page(width, label=len("agreement") + 2)
    for one in shown.sides:
        side = visible(plan.roadmap.side_title(one.side))
        planned, budget = _money(shown, one.planned), _money(shown, one.budget)
        if one.over:
            over = _money(shown, one.over)
            page.text(f"{side} plans {planned}: {over} over a budget of {budget}", "title")
        else:
            page.text(f"{side} plans {planned}, within a budget of {budget}", "good")
    if not any(one.over for one in shown.sides):
        return page.lines
    if not shown.sets:
        saved = listed(
            f"{_money(shown, amount)} of {visible(plan.roadmap.side_title(side))}"
            for side, amount in shown.open.items()
        )
        page.text(f"Not possible by dropping work that has not started: that is {saved}", "warning")
        return page.lines
    for found in shown.sets:
        _set(page, plan, shown, found)
    page.line()
    page.text("Nothing is applied: run a command to choose it", "dim")
    return page.lines


def _set(page: Page, plan: Plan, shown: BudgetShown, one: BudgetSet) -> None:
    page.line()
    first = one is shown.sets[0]
    kind = "best found" if first and not shown.least else one.kind
    page.text(f"{kind}: drop {count(len(one.drops), 'initiative')}", "strong")
    page.labelled("drop", visible(", ".join(one.drops)))
    planned = (
        f"{visible(plan.roadmap.side_title(side))} then {_money(shown, amount)}"
        for side, amount in one.planned.items()
    )
    page.labelled("saves", f"{_money(shown, one.saves)} · {' · '.join(planned)}")
    page.labelled("loses", _lost(plan, shown, one), "critical" if one.value_lost else "text")
    moves = " · ".join(_launch(plan, each) for each in one.launches)
    page.labelled("launches", moves or "none moves")
    facts: list[Piece] = []
    if agreed := needs_agreement(plan, one.needs_agreement):
        facts.append((agreed, "joint"))
    facts.append((f"clears {count(one.clears, 'conflict')}", "good"))
    facts.append((count(one.new, "new conflict"), "warning" if one.new else "dim"))
    page.joined(facts, " " * page.label)
    _command(page, one.command or "")


def _command(page: Page, command: str) -> None:
    """What is typed for it; of many commands the first, one a line, and where all of them are."""
    first, *more = command.split(THEN)
    commands = [first, *(f"planner {one}" for one in more)]
    if len(commands) <= COMMANDS:
        page.line((f"  {visible(command)}", "key"))
        return
    for one in commands[:COMMANDS]:
        page.line((f"  {visible(one)}", "key"))
    rest = count(len(commands) - COMMANDS, "more command")
    page.line((f"  and {rest}, for what waits for them: --json has all", "dim"))


def _lost(plan: Plan, shown: BudgetShown, one: BudgetSet) -> str:
    if not one.outcomes:
        return "no outcome with a value"
    names = listed(visible(plan.roadmap.outcomes[id].label) for id in one.outcomes)
    return f"{_money(shown, one.value_lost)} per year: {names}"


def _launch(plan: Plan, one: BudgetLaunch) -> str:
    if one.after is None or one.days is None:
        return f"{visible(one.id)} dropped, was {date_text(one.before, plan.as_of)}"
    return f"{visible(one.id)} {date_text(one.after, plan.as_of)} {signed(one.days)}d"


def _money(shown: BudgetShown, amount: float) -> str:
    return visible(money(amount, shown.currency))
