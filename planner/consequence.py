"""What a change does to the whole plan: two plans compared, in the order in which a lead asks.

Both plans are of the same moment. Days are working days on the roadmap's calendar. The cost of a
delay is its working days times the yearly value of each outcome that lands later, divided by the
working days of the year in which it would have landed; an outcome lands when its last open
contributor finishes. Nothing here is a guess: both plans have been scheduled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Literal

from msgspec import Struct

from planner.conflicts.findings import Finding
from planner.plan import Plan
from planner.roadmap.days import named_day
from planner.roadmap.entities import Severity
from planner.schedule.shift import Shift
from planner.text.visible import visible

Role = Literal["plain", "good", "bad", "warn", "dim", "key"]

SEVERITY_MARKS: dict[Severity, str] = {"error": "✗", "warning": "▲", "info": "·"}
CURRENCY_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
MINUS = "−"


class Moved(Struct, frozen=True):
    """An initiative whose finish changed; `days` is signed, later is positive.

    Over a weekend `days` is 0 and `calendar_days` is not: a move all the same.
    """

    id: str
    before: date
    after: date
    days: int
    calendar_days: int

    @property
    def shift(self) -> Shift:
        """From the finish before to the finish after."""
        return Shift(self.before, self.after, self.days)


class Part(Struct, frozen=True):
    """One piece of the consequence line with the role that colours it."""

    text: str
    role: Role = "plain"


class Consequence:
    """`after` seen from `before`; the findings are compared when they are first asked for."""

    def __init__(self, before: Plan, after: Plan) -> None:
        self.before = before
        self.after = after

    @cached_property
    def target(self) -> str | None:
        """What the line is about: what finishes last before the change, else after it."""
        old, new = self.before.schedule.main_launch, self.after.schedule.main_launch
        return old if old is not None and self.after.schedule.get(old) is not None else new

    @property
    def before_finish(self) -> date | None:
        """The target's last working day before the change, inclusive."""
        return _finish(self.before, self.target)

    @property
    def after_finish(self) -> date | None:
        """The target's last working day after the change, inclusive."""
        return _finish(self.after, self.target)

    @cached_property
    def slip(self) -> Shift | None:
        """How far the target moves; None where it has no dates on one side."""
        return _shift(self.before, self.before_finish, self.after_finish)

    @cached_property
    def short(self) -> Shift | None:
        """By how much the target misses its deadline afterwards; None if it doesn't."""
        return lateness(self.after, self.target)

    @cached_property
    def moved(self) -> tuple[Moved, ...]:
        """Every initiative whose finish changed, by its finish afterwards, then id."""
        found = [self._move(id) for id in self.after.schedule.moved_since(self.before.schedule)]
        return tuple(sorted((m for m in found if m), key=lambda m: (m.after, m.id)))

    def _move(self, id: str) -> Moved | None:
        shift = _shift(self.before, _finish(self.before, id), _finish(self.after, id))
        if not shift:
            return None
        return Moved(id, shift.first, shift.last, shift.working, shift.calendar)

    @cached_property
    def launches_moved(self) -> tuple[Moved, ...]:
        """Those of `moved` that are milestones, campaigns or have a deadline."""
        launches = {*self.before.schedule.launches, *self.after.schedule.launches}
        found = (self._move(id) for id in launches if id in self.after.roadmap.initiatives)
        return tuple(sorted((m for m in found if m), key=lambda m: (m.after, m.id)))

    @cached_property
    def cost(self) -> float | None:
        """What later landing of outcomes costs (negative: saves); None without values."""
        outcomes = self.before.roadmap.outcomes.values()
        if not any(outcome.value for outcome in outcomes):
            return None
        return sum(self._cost_of(outcome.id, float(outcome.value or 0)) for outcome in outcomes)

    def _cost_of(self, outcome: str, value: float) -> float:
        shift = _shift(self.before, landing(self.before, outcome), landing(self.after, outcome))
        if shift is None:
            return 0.0
        return shift.working * value / working_days_in_year(self.before, shift.first.year)

    @cached_property
    def gained(self) -> tuple[Finding, ...]:
        """Findings, not waived, that the change brings."""
        return _without(self.after, self.before)

    @cached_property
    def lost(self) -> tuple[Finding, ...]:
        """Findings, not waived, that the change clears."""
        return _without(self.before, self.after)

    @property
    def nothing(self) -> bool:
        """Neither a date nor a finding changes."""
        return not (self.moved or self.gained or self.lost)

    def parts(self) -> Iterator[Part]:
        """The line's pieces, always in the same order."""
        yield from self._target_parts()
        cost = self.cost
        if cost is not None and round(cost):
            amount = money(abs(cost), self.before.roadmap.settings.currency)
            yield Part(f"costs {amount}" if cost > 0 else f"saves {amount}", _tone(cost))
        if moved := len(self.launches_moved):
            yield Part(f"{moved} move" if moved > 1 else "1 moves", "warn")
        elif self.moved:
            yield Part("no launch moves", "dim")
        yield from self._finding_parts()

    def _target_parts(self) -> Iterator[Part]:
        if self.target is None or self.after_finish is None:
            yield Part("no dates", "dim")
            return
        name = short_name(self.after, self.target)
        slip = self.slip
        told = slip.short if slip else "unchanged"
        if slip is None:
            told = "is new" if self._is_new else "has dates again"
        finish = named_day(self.after_finish, self.after.as_of)
        yield Part(f"{name} {finish} {told}", _tone(slip.calendar if slip else 0))
        if self.short:
            yield Part(f"{self.short.brief} late", "bad")

    @property
    def _is_new(self) -> bool:
        return self.target not in self.before.roadmap.initiatives

    def _finding_parts(self) -> Iterator[Part]:
        gained = Counter(finding.severity for finding in self.gained)
        lost = Counter(finding.severity for finding in self.lost)
        marks = [
            f"{mark}{f'+{gained[name]}' if gained[name] else ''}"
            f"{f'{MINUS}{lost[name]}' if lost[name] else ''}"
            for name, mark in SEVERITY_MARKS.items()
            if gained[name] or lost[name]
        ]
        if marks:
            change = (gained[name] - lost[name] for name in SEVERITY_MARKS)
            yield Part(" ".join(marks), _tone(next(filter(None, change), 0)))

    def line(self, width: int | None = None, keys: str = "") -> str:
        """``peak 15 Oct +5d · costs €11k · 3 move · ✗+1 ▲−2``, with `keys` where there is room."""
        text = " · ".join(part.text for part in self.parts())
        whole = f"{text} · {keys}" if keys else text
        if width is None or len(whole) <= width:
            return whole
        return text if len(text) <= width else text[: max(0, width - 1)] + "…"


def compare(before: Plan, after: Plan) -> Consequence:
    """What changed from `before` to `after`; both are read at the same `as_of`."""
    return Consequence(before, after)


def landing(plan: Plan, outcome: str) -> date | None:
    """The day an outcome lands: the finish of its last open contributor; None without one."""
    found = lander(plan, outcome)
    return None if found is None else _finish(plan, found)


def lander(plan: Plan, outcome: str) -> str | None:
    """The open contributor of an outcome that finishes last, then by id."""
    contributors = contributors_to(plan, outcome)
    dated = [(finish, id) for id in contributors if (finish := _finish(plan, id)) is not None]
    return max(dated)[1] if dated else None


def contributors_to(plan: Plan, outcome: str) -> list[str]:
    """The open initiatives that name an outcome, in file order."""
    return [i.id for i in plan.roadmap.initiatives.values() if outcome in i.outcomes and i.open]


def lateness(plan: Plan, id: str | None) -> Shift | None:
    """By how much an initiative misses its deadline; None where it is met or not set."""
    deadline = plan.roadmap.initiatives[id].deadline if id in plan.roadmap.initiatives else None
    return plan.schedule.late(deadline, _finish(plan, id))


def cost_of_lateness(plan: Plan, launch: str) -> float | None:
    """What it costs that `launch` is late: each outcome whose last contributor is the launch or
    before it, and has negative float, lands as many working days too late as it finishes after its
    late finish. None without values.
    """
    before = plan.network.ancestors(launch) | {launch}
    found = []
    for outcome in plan.roadmap.outcomes.values():
        last = lander(plan, outcome.id) if outcome.value else None
        dates = plan.schedule.get(last) if last in before else None
        late = plan.schedule.late(dates.late_finish, dates.finish) if dates is not None else None
        if late is not None:
            year = working_days_in_year(plan, late.last.year)
            found.append(late.working * float(outcome.value or 0) / year)
    return sum(found) if found else None


def working_days_in_year(plan: Plan, year: int) -> int:
    """Working days of a calendar year on the roadmap's calendar; at least 1."""
    before, last = date(year - 1, 12, 31), date(year, 12, 31)
    return max(1, plan.schedule.working_days(before, last))


def money(amount: float, currency: str | None) -> str:
    """``€11k``, ``€1.2m``, ``CHF 900``: rounded to what a person would say."""
    sign = CURRENCY_SIGNS.get(currency or "", f"{visible(currency)} " if currency else "")
    for limit, unit in ((1_000_000, "m"), (1_000, "k")):
        if amount >= limit * 0.9995:
            scaled = amount / limit
            digits = f"{scaled:.1f}".removesuffix(".0") if scaled < 10 else f"{scaled:.0f}"
            return f"{sign}{digits}{unit}"
    return f"{sign}{amount:.0f}"


def day(value: date) -> str:
    """``15 Oct``: how a day is named where the year is plain."""
    return named_day(value, value)


def signed(days: int) -> str:
    """``+5`` or ``−5``, with a real minus sign."""
    return f"+{days}" if days > 0 else f"{MINUS}{-days}" if days < 0 else "0"


def short_name(plan: Plan, id: str) -> str:
    """The first words of a title, at most 16 characters, for the consequence line."""
    title = visible(plan.roadmap.initiatives[id].label)
    words = title.split()
    name = words[0] if words else id
    for word in words[1:]:
        if len(name) + 1 + len(word) > 16:
            break
        name += f" {word}"
    return name[:16]


def _finish(plan: Plan, id: str | None) -> date | None:
    dates = plan.schedule.get(id) if id is not None else None
    return None if dates is None else dates.finish


def _shift(plan: Plan, before: date | None, after: date | None) -> Shift | None:
    if before is None or after is None:
        return None
    return plan.schedule.shift(before, after)


def _without(plan: Plan, other: Plan) -> tuple[Finding, ...]:
    """Findings that the other plan does not have, neither by itself nor told as one with others."""
    there = (*other.findings, *other.report.each)
    known = {finding.fingerprint for finding in there if not finding.waived}
    return tuple(f for f in plan.findings if not f.waived and not _is_known(plan, f, known))


def _is_known(plan: Plan, finding: Finding, known: set[str]) -> bool:
    if finding.fingerprint in known:
        return True
    return all(one.fingerprint in known for one in plan.report.parts(finding))


def _tone(amount: float) -> Role:
    return "bad" if amount > 0 else "good" if amount < 0 else "dim"
