"""Roots: findings by what is behind them, and the one order in which they are shown.

What costs most comes first, not code by code. A root is the head of the driving chain of a date
that is missed; what is late behind it, and what is not settled on the way from it, belongs to it.
A root stands where its best finding does; what has no root is its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from planner.conflicts.context import Context
from planner.conflicts.findings import NOBODY, SEVERITIES, Finding, Next, parts_of
from planner.conflicts.rules.dates import chain, head_of
from planner.network.marks import AT_ONCE, leading_to
from planner.schedule.dates import Dates
from planner.schedule.delay import CostsOfLateness

BOUND = frozenset(("DATE01", "DATE02"))
MISSED = BOUND | {"PROM01"}
"""The rules that tell of work that is late for its own day."""
LATE = MISSED | {"DATE06", "FREEZE01"}
"""The rules that tell of days on which work should not finish."""
ON_LINKS = frozenset(("LINK01", "LINK02", "LINK03", "LINK06"))
ON_THE_WAY = ON_LINKS | {"LINK04", "PRIO01", "OWN04", "FREEZE03"}
"""The rules that tell of what stands on the way from a root to what is late."""
SHARED = LATE | {"PRIO01"}
"""The rules whose findings are cleared where the root is: who moves there moves next."""
LATE_BY_DAYS = LATE | {"DATE04", "FREEZE04", "SYS03", "LINK02", "LINK04", "DEC01", "OUT05"}
"""The rules whose days tell how late something is, and not how long it lasts."""
SUBJECTS = 12
"""So many of what one finding is on are looked at."""

Rank = tuple[int, bool, int, int, float, float, float, str, tuple[str, ...], tuple[str, ...]]


class Root(Struct, frozen=True):
    """Findings with one root, the best first. `id` is the work that all hang on; empty for a
    finding that is its own.
    """

    id: str
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that the root is shown by."""
        return self.findings[0]


def ordered(context: Context, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in the order in which they are shown, each with who moves next."""
    order = Order(context)
    return tuple(one for root in order.roots(findings) for one in _moving(context, root))


def roots(context: Context, findings: Iterable[Finding]) -> tuple[Root, ...]:
    """The roots of findings that are not waived, what costs most first."""
    return tuple(Order(context).roots(one for one in findings if not one.waived))


class Order:
    """What findings of one plan are ordered by, worked out where it is asked for."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def roots(self, findings: Iterable[Finding]) -> list[Root]:
        """The findings by root, in order."""
        found = list(findings)
        of = self._root_of(found)
        grouped: dict[tuple[str, int], list[tuple[Rank, Finding]]] = {}
        for number, one in enumerate(found):
            root = of.get(one.fingerprint, "") if not one.waived else ""
            ranked = (self.rank(one, root), one)
            grouped.setdefault((root, 0 if root else number), []).append(ranked)
        for ranked_ones in grouped.values():
            ranked_ones.sort(key=lambda each: each[0])
        groups = sorted(grouped.items(), key=lambda each: (each[1][0][0], each[0]))
        return [Root(root, tuple(one for _, one in ones)) for (root, _), ones in groups]

    # --- the sort key -----------------------------------------------------------------------------

    def rank(self, finding: Finding, root: str) -> Rank:
        """(severity, announced and missed, launches behind it, money, days late, days until, code,
        ids), the worst first.
        """
        ids = _subjects(finding)
        return (
            SEVERITIES.index(finding.severity),
            not self._announced_missed(finding),
            *self._launches_behind(finding, [root] if self._late_launches[root] else ids),
            -self._money(finding),
            -_days_late(finding),
            self._days_until(ids),
            finding.code,
            finding.on,
            (*finding.root, *finding.key),
        )

    def _announced_missed(self, finding: Finding) -> bool:
        if finding.code not in LATE:
            return False
        announced = (
            (id, one.announced)
            for id in finding.on
            if (one := self.context.roadmap.initiatives.get(id)) is not None and one.open
        )
        schedule = self.context.schedule
        return any(
            day is not None and (span := schedule.span(id)) is not None and span[1] > day
            for id, day in announced
        )

    def _launches_behind(self, finding: Finding, ids: Iterable[str]) -> tuple[int, int]:
        """The launches that one of these drives, and those that wait for it, the most first.

        What has no dates drives all that waits for it.
        """
        if finding.code == "PLAN01":
            waiting = len(self.context.network.descendants(*ids).intersection(self._launches))
            return -waiting, -waiting
        return min(map(self._behind, ids), default=(0, 0))

    def _behind(self, id: str) -> tuple[int, int]:
        waiting = self._waiting.get(id, 0).bit_count()
        driven = waiting if self.context.dates(id) is None else self._driven[id]
        return -driven, -waiting

    @cached_property
    def _launches(self) -> list[str]:
        """The open launches, with dates or without, as many as are counted."""
        return [one.id for one in self.context.open if one.is_launch][:AT_ONCE]

    @cached_property
    def _waiting(self) -> dict[str, int]:
        """For each initiative the launches after it, and itself, each as a bit."""
        bits = {id: 1 << number for number, id in enumerate(self._launches)}
        return leading_to(self.context.network, bits)

    @cached_property
    def _driven(self) -> Counter[str]:
        """The number of launches that each initiative drives."""
        return self._driving(self.context.schedule.launches)

    @cached_property
    def _late_launches(self) -> Counter[str]:
        """The same of those launches that are late, or that make another one late."""
        dated = ((id, self.context.dates(id)) for id in self.context.schedule.launches)
        return self._driving([id for id, dates in dated if dates is not None and _is_late(dates)])

    def _driving(self, launches: Sequence[str]) -> Counter[str]:
        far = self.context.far(len(launches))
        return Counter(id for one in launches for id in self.context.schedule.path_to(one, far))

    def _money(self, finding: Finding) -> float:
        """The cost of delay of what is late; of a budget what it is exceeded by."""
        if finding.code == "COST01":
            return float(finding.size.amount[0]) if finding.size is not None else 0.0
        if finding.code not in MISSED or not self._costs:
            return 0.0
        ids = [id for id in finding.on if id in self.context.roadmap.initiatives]
        return self._costs.behind(ids, self.context.far(self.context.dated)) or 0.0

    @cached_property
    def _costs(self) -> CostsOfLateness:
        return CostsOfLateness(self.context)

    def _days_until(self, ids: Iterable[str]) -> float:
        """Days until the first of its work starts or, where that has started, finishes."""
        as_of = self.context.as_of
        spans = (self.context.schedule.span(id) for id in ids)
        days = [_next_day(span, as_of) for span in spans if span is not None]
        return float(min(days, default=date.max).toordinal() - as_of.toordinal())

    # --- which root -------------------------------------------------------------------------------

    def _root_of(self, findings: Iterable[Finding]) -> dict[str, str]:
        """The root of each finding that has one, by its fingerprint."""
        found: dict[str, str] = {}
        on_the_way: dict[str, str] = {}
        others = []
        heads: set[str] = set()
        for one in sorted(findings, key=lambda one: (one.code not in MISSED, one.code, one.on)):
            if one.waived:
                continue
            root = self._root_behind(one, heads)
            if root:
                found[one.fingerprint] = root
            elif one.code in ON_THE_WAY and not one.together:
                others.append(one)
            if root and one.code in MISSED:
                heads.add(root)
                for late in dict.fromkeys(part.id for part in parts_of(one)):
                    for id in (*chain(self.context, late), late):
                        on_the_way.setdefault(id, root)
        for one in others:
            if way := _way(one, on_the_way):
                found[one.fingerprint] = way
        return found

    def _root_behind(self, finding: Finding, heads: Container[str]) -> str:
        """The head of the driving chain of what is late; empty where no date hangs on it.

        `heads` are the roots of the days that are known to be missed.
        """
        if finding.code not in LATE:
            return ""
        if "driver" in finding.data:
            return str(finding.data["driver"])
        late = finding.on[1] if finding.code == "DATE06" else finding.id
        root = head_of(self.context, late)
        dates = self.context.dates(root)
        missed = finding.code in BOUND or root in heads or self._announced_missed(finding)
        return root if missed or (dates is not None and _is_late(dates)) else ""


def _is_late(dates: Dates) -> bool:
    """Whether some date is missed because of it."""
    return dates.total_float is not None and dates.total_float < 0


def _way(finding: Finding, on_the_way: dict[str, str]) -> str:
    """The root on whose way a finding stands: both ends of a link, or any of what it is on."""
    ways = [on_the_way.get(id, "") for id in finding.on]
    if finding.code in ON_LINKS and not all(ways[:2]):
        return ""
    return next(filter(None, ways), "")


def _subjects(finding: Finding) -> list[str]:
    """The initiatives that a finding is about, whichever kind of table it is on."""
    ids = finding.on if finding.kind == "initiatives" else finding.through
    return list(ids[:SUBJECTS])


def _days_late(finding: Finding) -> float:
    if finding.code not in LATE_BY_DAYS:
        return 0
    days = finding.data.get("days")
    if isinstance(days, int):
        return days
    return finding.size.amount[0] if finding.size is not None else 0


def _next_day(span: tuple[date, date], as_of: date) -> date:
    start, finish = span
    return start if start > as_of else max(finish, as_of)


# --- who moves next -------------------------------------------------------------------------------


def _moving(context: Context, root: Root) -> Iterator[Finding]:
    """The findings of a root with who moves next: one for all that is cleared where it is."""
    first = _mover(context, root.first)
    for one in root.findings:
        who = first if root.id and one.code in SHARED else _mover(context, one)
        yield one if who == one.who else replace(one, who=who)


def _mover(context: Context, finding: Finding) -> Next:
    """Who moves next; the owner, else the side, of what it is on where the rule names nobody."""
    if finding.who != NOBODY:
        return finding.who
    found = (_responsible(context, finding.kind, id) for id in finding.on)
    return next((who for who in found if who != NOBODY), NOBODY)


def _responsible(context: Context, kind: str, id: str) -> Next:
    if kind == "initiatives":
        return context.owner(id)
    tables = context.roadmap.table(kind) if hasattr(context.roadmap, kind) else {}
    entity = tables.get(id) if isinstance(tables, dict) else None
    party = next(filter(None, (getattr(entity, key, None) for key in PARTIES)), None)
    party = party[0] if isinstance(party, tuple) else party
    if isinstance(party, str):
        return context.party(party)
    side = getattr(entity, "portfolio", None)
    return Next(side) if isinstance(side, str) else NOBODY


PARTIES = ("accountable", "owner", "steward", "lead")
