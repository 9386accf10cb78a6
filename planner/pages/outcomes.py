"""What is said of outcomes: KPI, completion, cost, value, delay cost, and initiatives behind each.

Every figure that is worked out stands with its arithmetic, so that nobody has to believe it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from planner.analysis.outcomes import CLASSES, FORMULAS, gap, is_late, spare
from planner.pages import signs
from planner.pages.canvas import shorten, wrap
from planner.pages.lines import Line, Page, Piece
from planner.pages.parties import party_name
from planner.pages.roles import Role, side_role
from planner.plan.model import Plan
from planner.roadmap.figures import (
    count,
    date_text,
    days_short,
    listed,
    money_short,
    number,
    per_cent,
    signed,
)
from planner.roadmap.output_outcomes import (
    BalanceRow,
    ContributionRow,
    MoneyRow,
    OutcomeRow,
    OutcomesShown,
    QuarterRow,
    UnrelatedRow,
)
from planner.schedule.delay import working_days_in_year
from planner.text.visible import visible

LABEL = 12
"""Columns of the labels of an outcome."""
DISAGREE = 4
"""How many initiatives that the sides score differently are named."""
MONEY, BALANCE, FORMULAS_TITLE = "Cost by side", "Balance of work", "How it is computed"
QUARTERS = "Cost by quarter"
UNRELATED = {
    False: "No outcome, neither directly nor through successors",
    True: "No outcome, but successors that contribute to one",
}
"""Headings of what contributes to no outcome, by whether its successors do."""
FORMULA_NAMES = {
    "lands": "complete",
    "delay_per_day": "cost of delay per working day",
    "delay_per_week": "cost of delay per week",
    "returns": "return",
    "realised": "realised value",
    "quarters": "cost by quarter",
}
"""What a figure is called where people read it, if not by its key."""


# --- one outcome ----------------------------------------------------------------------------------


def outcome_page(plan: Plan, shown: OutcomesShown, row: OutcomeRow, width: int) -> list[Line]:
    """One outcome in full: KPI, completion, cost, how return comes about, scores, initiatives."""
    page = Page(width, LABEL)
    title = f", {visible(row.title)}" if row.title != row.id else ""
    page.text(f"{visible(row.id)}{title}", "title")
    if hypothesis := plan.roadmap.outcomes[row.id].hypothesis:
        page.text(visible(hypothesis), "dim")
    page.labelled("KPI", kpi_words(row, plan.as_of))
    if row.readings:
        page.labelled("Readings", _readings(row, plan.as_of))
    for at, (when, answer) in enumerate(row.answers.items()):
        said = f"{date_text(when, plan.as_of)}: {visible(answer)}"
        page.labelled("" if at else "Decided", said)
    page.labelled("Owner", party_name(plan, row.owner) if row.owner else "nobody is named")
    page.labelled("Complete", *completion(row, plan.as_of))
    page.labelled("Cost", _cost(shown, row))
    for at, line in enumerate(working(plan, shown, row)):
        page.labelled("" if at else "Value", line)
    if row.scores:
        page.labelled("Scores", _scores(shown, row))
    _contributors(page, plan, shown, row)
    return page.lines


def _contributors(page: Page, plan: Plan, shown: OutcomesShown, row: OutcomeRow) -> None:
    if not row.contributors:
        page.text("No initiative contributes to it", "warning")
        return
    page.text(count(len(row.contributors), "initiative"), "strong")
    for one in row.contributors:
        pieces = _contribution(shown, one, plan.as_of)
        page.flow([(piece,) for piece in pieces], "  ", "      ")


def kpi_words(row: OutcomeRow, near: date) -> str:
    """``site conversion rate: from 2.1, now 2, to 2.5% by 31 Dec (−25% of the way)``."""
    said = [f"from {number(row.baseline)}"] if row.baseline is not None else []
    if row.readings:
        said.append(f"now {number(row.readings[max(row.readings)])}")
    if row.target is not None:
        by = f" by {date_text(row.by, near)}" if row.by else ""
        said.append(f"to {number(row.target, row.unit)}{by}")
    way = f" ({per_cent(row.progress)} of the way)" if row.progress is not None else ""
    figures = ", ".join(said) or "no baseline, reading or target"
    return visible(f"{row.kpi or 'no KPI'}: {figures}{way}")


def _readings(row: OutcomeRow, near: date) -> str:
    return ", ".join(
        f"{date_text(when, near)}: {number(value)}" for when, value in row.readings.items()
    )


def completion(row: OutcomeRow, near: date) -> tuple[str, Role]:
    """``15 Oct, 58 working days before its target date (7 Jan 2028)``."""
    if row.lands is None:
        return "never: no scheduled initiative contributes to it", "warning"
    text = f"{'since ' if row.landed else ''}{date_text(row.lands, near)}"
    left = spare(row)
    if left is None or row.by is None:
        return text, "text"
    target = f"its target date ({date_text(row.by, near)})"
    if not left:
        return f"{text}, on {target}", "text"
    when = "before" if left.later else "after"
    return f"{text}, {left.amount} {when} {target}", "critical" if is_late(row) else "text"


def _cost(shown: OutcomesShown, row: OutcomeRow) -> str:
    if not row.cost:
        return "none is set"
    sides = (f"{side_of(shown, side)} {money_of(shown, cost)}" for side, cost in row.cost.items())
    shared = any(one.share > 1 and one.cost for one in row.contributors)
    note = "; an initiative with several outcomes is shared equally" if shared else ""
    return f"{money_of(shown, row.total_cost)}: {', '.join(sides)}{note}"


def working(plan: Plan, shown: OutcomesShown, row: OutcomeRow) -> list[str]:
    """How return, payback and cost of delay come about, with this outcome's own figures."""
    if row.value is None:
        return ["none is set: return, payback and cost of delay need a value per year"]
    value, cost = money_of(shown, row.value), money_of(shown, row.total_cost)
    lines = []
    if row.realised is not None and row.progress is not None:
        now = money_of(shown, row.realised)
        lines.append(
            f"planned {value} a year, realised {now} ({per_cent(row.progress)} of the way)"
        )
    if row.returns is not None:
        lines.append(f"return {row.returns:.1f}× a year = {value} value / {cost} cost")
    if row.payback is not None:
        lines.append(f"payback {_months(row.payback)} = 12 × {cost} / {value}")
    if row.delay_per_day is not None and row.delay_per_week is not None and row.lands is not None:
        day, week = money_of(shown, row.delay_per_day), money_of(shown, row.delay_per_week)
        days = working_days_in_year(plan, row.lands.year)
        lines.append(
            f"cost of delay {day} per working day = {value} / {days} working days; {week} per week"
        )
    return lines


def _months(payback: float) -> str:
    return count(round(payback), "month") if round(payback) else "in less than a month"


def _scores(shown: OutcomesShown, row: OutcomeRow) -> str:
    scores = (f"{side_of(shown, side)} {score:.1f}" for side, score in row.scores.items())
    ids = listed(map(visible, row.disagree), DISAGREE)
    apart = f"; the sides differ on {ids}" if row.disagree else ""
    return f"{', '.join(scores)} of 5{apart}"


def _contribution(shown: OutcomesShown, one: ContributionRow, near: date) -> Iterator[Piece]:
    """``√ cdp-foundation · IT · done · 5 Mar, the last · €40k (1 of 2 shares) · 5/4``."""
    role = side_role(one.side)
    yield f"{signs.STATUS[one.status]} {visible(one.id)}", role
    yield side_of(shown, one.side), role
    yield one.status, "text" if one.open else "done"
    last = ", the last" if one.last else ""
    yield (f"{date_text(one.lands, near)}{last}" if one.lands else "no dates"), "text"
    if cost := sum(one.cost.values()):
        shared = f" (1 of {one.share} shares)" if one.share > 1 else ""
        yield money_of(shown, cost) + shared, "text"
    if one.scores:
        yield _scored(shown, one), "warning" if abs(gap(one)) > 1 else "dim"


def _scored(shown: OutcomesShown, one: ContributionRow) -> str:
    scores = ", ".join(f"{side_of(shown, side)} {score}" for side, score in one.scores.items())
    return f"score {scores}{f' ({signed(gap(one))})' if gap(one) else ''}"


# --- all of them together -------------------------------------------------------------------------


def outcomes_page(plan: Plan, shown: OutcomesShown, width: int) -> list[Line]:
    """Every outcome, then what sums them up."""
    page = Page(width)
    for row in shown.outcomes:
        page.lines += [*outcome_page(plan, shown, row, width), ()]
    for part in (
        money_page,
        balance_page,
        *((unrelated_page,) if shown.outcomes else ()),
    ):
        if lines := part(shown, width):
            page.lines += [*lines, ()]
    if shown.outcomes:
        page.lines += formulas_page(width)
    return page.lines


def money_page(shown: OutcomesShown, width: int) -> list[Line]:
    """Cost against the budget, side by side, then by quarter."""
    page = Page(width, LABEL)
    for row in shown.money:
        if not page.lines:
            page.text(MONEY, "title")
        role: Role = "critical" if (row.left or 0.0) < 0 else "text"
        page.labelled(visible(row.title), money_words(shown, row), role, side_role(row.side))
    if quarters := _quarters_page(shown, width):
        page.lines += [(), *quarters]
    return page.lines


def money_words(shown: OutcomesShown, row: MoneyRow) -> str:
    """``€1.02m, €1.01m of it open; budget €980k, €40k over``."""
    said = f"{money_of(shown, row.spent + row.open)}, {money_of(shown, row.open)} of it open"
    if row.budget is None or row.left is None:
        return f"{said}; no budget"
    left = f"{money_of(shown, abs(row.left))} {'over' if row.left < 0 else 'left'}"
    return f"{said}; budget {money_of(shown, row.budget)}, {left}"


def _quarters_page(shown: OutcomesShown, width: int) -> list[Line]:
    """Cost by quarter and side, with what it adds up to and what is left of the budget."""
    page = Page(width, LABEL)
    quarters = dict.fromkeys(row.quarter for row in shown.quarters)
    for quarter in quarters if len(quarters) > 1 else ():
        if not page.lines:
            page.text(QUARTERS, "title")
        rows = (row for row in shown.quarters if row.quarter == quarter)
        label = quarter.replace("-", " ") or "no date"
        head: Line = ((f"{label:<{LABEL}}", "dim"),)
        phrases: list[Line] = [
            ((f"{side_of(shown, row.side)} {_quarter(shown, row)}", _quarter_role(row)),)
            for row in rows
        ]
        page.flow([(*head, *phrases[0]), *phrases[1:]], "", " " * LABEL)
    return page.lines


def _quarter(shown: OutcomesShown, row: QuarterRow) -> str:
    """``€120k, €300k in all``; of a budget that is used up, by how much."""
    over = row.left is not None and row.left < 0
    more = f", {money_of(shown, -row.left)} over budget" if over and row.left is not None else ""
    return f"{money_of(shown, row.cost)}, {money_of(shown, row.total)} in all{more}"


def _quarter_role(row: QuarterRow) -> Role:
    return "critical" if row.left is not None and row.left < 0 else side_role(row.side)


def balance_page(shown: OutcomesShown, width: int) -> list[Line]:
    """Market-facing, integration and foundation work by side."""
    page = Page(width)
    for side in dict.fromkeys(row.side for row in shown.balance):
        if not page.lines:
            page.text(BALANCE, "title")
        rows = [row for row in shown.balance if row.side == side]
        total = sum(row.days for row in rows)
        for row in rows:
            page.joined(_balance(shown, row, total), "  ")
    return page.lines


def _balance(shown: OutcomesShown, row: BalanceRow, total: int) -> Iterator[Piece]:
    yield f"{side_of(shown, row.side)}, {CLASSES[row.work]}", side_role(row.side)
    yield count(row.initiatives, "initiative"), "text"
    yield days_short(row.days), "text"
    if row.cost:
        yield money_of(shown, row.cost), "text"
    yield per_cent(row.days / total if total else 0.0), "text"


def unrelated_page(shown: OutcomesShown, width: int) -> list[Line]:
    """What contributes to no outcome, and whether its successors do."""
    page = Page(width)
    for enables, heading in UNRELATED.items():
        found = [row for row in shown.no_outcome if row.enables is enables]
        page.text(f"{heading}: {len(found)}", "title")
        for row in found:
            page.joined(_unrelated(shown, row), "  ")
    return page.lines


def _unrelated(shown: OutcomesShown, row: UnrelatedRow) -> Iterator[Piece]:
    yield visible(row.id), side_role(row.side)
    yield f"{side_of(shown, row.side)} {row.kind}", "dim"
    if row.cost:
        yield money_of(shown, row.cost), "text"


def formulas_page(width: int) -> list[Line]:
    """How each figure comes about."""
    page = Page(width)
    page.text(FORMULAS_TITLE, "title")
    for name, words in FORMULAS.items():
        page.paragraph(FORMULA_NAMES.get(name, name), words)
    return page.lines


# --- in a line ------------------------------------------------------------------------------------


def money_summary(shown: OutcomesShown) -> list[str]:
    """``Marketing €945k of €960k``, ``IT €1.02m of €980k, €40k over``."""
    said = []
    for row in shown.money:
        of = f" of {money_of(shown, row.budget)}" if row.budget is not None else ""
        left = row.left or 0.0
        over = f", {money_of(shown, -left)} over" if left < 0 else ""
        said.append(f"{visible(row.title)} {money_of(shown, row.spent + row.open)}{of}{over}")
    return said or ["no cost is set"]


def balance_summary(shown: OutcomesShown) -> list[str]:
    """``market-facing: Marketing 73%``, ``IT 5%``: how much of each side's days that is."""
    said: list[str] = []
    for side in dict.fromkeys(row.side for row in shown.balance):
        days = {row.work: row.days for row in shown.balance if row.side == side}
        if total := sum(days.values()):
            share = per_cent(days.get("market", 0) / total)
            what = "" if said else "market-facing: "
            said.append(f"{what}{side_of(shown, side)} {share}")
    return said or ["no work yet"]


def unrelated_summary(shown: OutcomesShown) -> list[str]:
    """How many initiatives contribute to no outcome."""
    bare = sum(not row.enables for row in shown.no_outcome)
    enabling = len(shown.no_outcome) - bare
    said = [f"{bare} not even through successors"] if bare else []
    said += (
        [f"{enabling} only through them" if bare else f"{enabling} only through successors"]
        if enabling
        else []
    )
    return said or ["every initiative contributes to one"]


# --- where to begin -------------------------------------------------------------------------------


def none_page(how: Iterable[tuple[str, str]], width: int) -> list[Line]:
    """How to start: `how` are keys or commands with what they do."""
    page = Page(width)
    page.text("No outcomes yet", "title")
    page.text("An outcome has a KPI, where it stands, its target, and a value per year.")
    for label, text in how:
        page.line((shorten(f"  {label}", page.width), "key"))
        for part in wrap(text, page.width - 6):
            page.line((f"      {part}", "dim"))
    page.text("Then completion, cost, value and cost of delay of each stand here.", "dim")
    return page.lines


def side_of(shown: OutcomesShown, side: str) -> str:
    """What a side is called."""
    return visible(shown.sides[side])


def money_of(shown: OutcomesShown, amount: float) -> str:
    """``€1.02m``, ``CHF 40k``: in the currency that the file names."""
    return visible(money_short(amount, shown.currency))
