"""What the cells of a table of initiatives say: one text for each column, on the board and printed.

Empty where an initiative has no such thing. What a cell means has a role; the title's cell and how
it is set in are the table's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from planner.analysis.baseline import Against
from planner.conflicts.costs import cost
from planner.conflicts.findings import SEVERITY_MARKS
from planner.pages.baseline import MOVED, moved_role, moved_short
from planner.pages.parties import party_name, side_name, side_of_party
from planner.pages.roles import Role, side_role
from planner.query.columns import HEADINGS, Facts, value_of
from planner.roadmap.entities import ColumnName, Initiative
from planner.roadmap.figures import date_text, days_short, money_short, number, per_cent
from planner.roadmap.quantities import Estimate, format_estimate, format_length
from planner.roadmap.sides import BOTH, in_order
from planner.text.visible import visible

Text = tuple[str, Role]
Cell = Callable[[Facts, Initiative, int], Text]
"""The text of a cell of so many columns, which only an estimate heeds, and its role."""

DAY = 6
"""Cells of a day without a year."""
WIDTHS: Mapping[ColumnName, int] = {
    "title": 27,
    "id": 20,
    "kind": 11,
    "portfolio": 9,
    "group": 14,
    "owner": 11,
    "status": 8,
    "priority": 4,
    "start": DAY,
    "estimate": 11,
    "duration": 6,
    "finish": DAY,
    "deadline": 8,
    "announced": 9,
    "moved": MOVED,
    "float": 5,
    "free_float": 5,
    "progress": 8,
    "value": 5,
    "cost": 6,
    "delay_cost": 6,
    "outcomes": 16,
    "journey": 14,
    "uses": 14,
    "skills": 12,
    "tags": 12,
    "conflicts": 3,
    "next": 14,
}
"""Cells of each column, of dates in the year of the status date."""
DATES: tuple[ColumnName, ...] = ("start", "finish", "deadline", "announced")
RIGHT: frozenset[ColumnName] = frozenset(
    (*DATES, "priority", "estimate", "duration", "moved", "float", "free_float", "progress")
) | {"value", "cost", "delay_cost"}
"""The columns of figures, which stand at the right."""


def width(name: ColumnName, day: int = DAY) -> int:
    """Cells of a column, where a day takes so many."""
    return max(WIDTHS[name], day) if name in DATES else WIDTHS[name]


def heading(name: ColumnName, sort: str, cells: int) -> str:
    """What stands over a column of so many cells, with an arrow where rows are sorted by it."""
    text = HEADINGS[name].text
    if sort.removeprefix("-") != name:
        return text
    return f"{text[: max(1, cells - 1)]}{'↓' if sort.startswith('-') else '↑'}"


def cell(
    name: ColumnName, facts: Facts, initiative: Initiative, cells: int, against: Against | None
) -> Text:
    """What a cell says."""
    if name == "moved":
        was = None if against is None else against.was(initiative.id)
        return ("", "dim") if was is None else (moved_short(was), moved_role(was))
    return _CELLS[name](facts, initiative, cells)


def quiet(initiative: Initiative) -> Role:
    """The role of what matters less than dates."""
    return "dim" if initiative.open else "done"


def _names(ids: Iterable[str]) -> str:
    return ", ".join(map(visible, ids))


def _word(name: ColumnName) -> Cell:
    def shown(facts: Facts, initiative: Initiative, _cells: int) -> Text:
        value = value_of(name)(facts, initiative)
        return "" if value is None else visible(str(value)), quiet(initiative)

    return shown


def _list(key: str) -> Cell:
    return lambda _, initiative, __: (_names(getattr(initiative, key)), quiet(initiative))


def _written_day(key: str) -> Cell:
    return lambda facts, initiative, _: (
        _day(facts, getattr(initiative, key)),
        quiet(initiative),
    )


def _day(facts: Facts, value: date | None) -> str:
    return "" if value is None else date_text(value, facts.plan.as_of)


def _start(facts: Facts, initiative: Initiative, _cells: int) -> Text:
    dates = facts.dates(initiative)
    return _day(facts, dates.start if dates else None), quiet(initiative)


def _finish(facts: Facts, initiative: Initiative, _cells: int) -> Text:
    dates = facts.dates(initiative)
    if dates is None:
        return "", "done"
    late = initiative.deadline is not None and dates.finish > initiative.deadline
    role: Role = "done" if dates.finished else "critical" if late else "text"
    return _day(facts, dates.finish), role


def _estimate(facts: Facts, initiative: Initiative, cells: int) -> Text:
    estimate, dates = initiative.estimate, facts.dates(initiative)
    if estimate is None:
        return f"~{days_short(dates.duration)}" if dates else "", quiet(initiative)
    words = estimate_words(estimate)
    return words if len(words) <= cells else format_length(estimate.likely), quiet(initiative)


def estimate_words(estimate: Estimate) -> str:
    """``6w``, or ``4w/6w/10w``: as people say it."""
    text = format_estimate(estimate)
    return text if isinstance(text, str) else "/".join(text)


def _duration(facts: Facts, initiative: Initiative, _cells: int) -> Text:
    dates = facts.dates(initiative)
    if dates is None:
        return "", "done"
    return f"{'~' if 'estimate' in dates.assumed else ''}{dates.duration}", quiet(initiative)


def _float(facts: Facts, initiative: Initiative, _cells: int) -> Text:
    dates = facts.dates(initiative)
    if dates is None or dates.total_float is None:
        return "", "done"
    role: Role = "critical" if dates.critical else "warning" if dates.near_critical else "dim"
    return number(dates.total_float), role


def _free_float(facts: Facts, initiative: Initiative, _cells: int) -> Text:
    dates = facts.dates(initiative)
    free = None if dates is None else dates.free_float
    return "" if free is None else number(free), "dim"


def _side(facts: Facts, initiative: Initiative, _cells: int) -> Text:
    side = facts.plan.roadmap.portfolio_of(initiative)
    return "" if side is None else side_name(facts.plan, side), side_role(side)


def _group(facts: Facts, initiative: Initiative, _cells: int) -> Text:
    group = facts.plan.roadmap.groups.get(initiative.part_of or "")
    return visible(group.label if group else initiative.part_of or ""), quiet(initiative)


def _progress(facts: Facts, initiative: Initiative, _cells: int) -> Text:
    share = facts.progress(initiative)
    return "" if share is None else per_cent(share), quiet(initiative)


def _value(_facts: Facts, initiative: Initiative, _cells: int) -> Text:
    """Each side's score, those of both first: ``4/2``, ``–/3``."""
    if not initiative.value:
        return "", "dim"
    sides = in_order((*BOTH, *initiative.value))
    return "/".join(str(initiative.value.get(side, "–")) for side in sides), quiet(initiative)


def _cost(facts: Facts, initiative: Initiative, _cells: int) -> Text:
    currency = facts.plan.roadmap.settings.currency
    words = "" if initiative.cost is None else money_short(cost(initiative), currency)
    return visible(words), quiet(initiative)


def _delay_cost(facts: Facts, initiative: Initiative, _cells: int) -> Text:
    amount = facts.delay_costs.get(initiative.id)
    currency = facts.plan.roadmap.settings.currency
    return "" if amount is None else visible(money_short(amount, currency)), "critical"


def _conflicts(facts: Facts, initiative: Initiative, cells: int) -> Text:
    """The sign of the worst; where there is room for more than that, how many there are."""
    found = facts.conflicts(initiative)
    if not found:
        return "", "dim"
    words = f"{SEVERITY_MARKS[found[0].severity]}{len(found) if cells > 1 else ''}"
    return words, "critical" if found[0].severity == "error" else "warning"


def _next(facts: Facts, initiative: Initiative, _cells: int) -> Text:
    found = facts.next_side(initiative)
    if found is None:
        return "", "dim"
    side, team = found
    role = side_role(side or side_of_party(facts.plan, team))
    return party_name(facts.plan, team) if team else side_name(facts.plan, side), role


_CELLS: Mapping[ColumnName, Cell] = {
    "title": lambda _, initiative, __: (visible(initiative.label), "text"),
    "id": _word("id"),
    "kind": _word("kind"),
    "portfolio": _side,
    "group": _group,
    "owner": _word("owner"),
    "status": lambda _, initiative, __: (initiative.status, quiet(initiative)),
    "priority": _word("priority"),
    "start": _start,
    "estimate": _estimate,
    "duration": _duration,
    "finish": _finish,
    "deadline": _written_day("deadline"),
    "announced": _written_day("announced"),
    "float": _float,
    "free_float": _free_float,
    "progress": _progress,
    "value": _value,
    "cost": _cost,
    "delay_cost": _delay_cost,
    "outcomes": _list("outcomes"),
    "journey": _list("journey"),
    "uses": _list("uses"),
    "skills": _list("skills"),
    "tags": _list("tags"),
    "conflicts": _conflicts,
    "next": _next,
}
