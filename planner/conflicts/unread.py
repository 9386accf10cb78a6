"""Findings that miss what stands in the file and could not be read.

A key that can't be read (READ01) is no key that is missing, and nor is a side that no table has
(PLAN02); in a circle (PLAN01) nothing comes first. Which keys a rule misses is named here, by rule,
since what clears a finding may stand in other tables than those that it is on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from planner.conflicts.context import Context
from planner.conflicts.findings import Finding
from planner.roadmap.entities import Agreement
from planner.roadmap.fields import SCHEDULED, keys_naming

MISSING: Mapping[str, tuple[str, ...]] = {
    "DATE04": ("status",),
    "SYS01": ("needs", "relates"),
    "SYS05": ("connects",),
    "VIEW01": ("status", "reviews", "kind", "responsible", "staff"),
    "DATA02": ("status", "reviews", "owner"),
    "DATA04": ("status", "owner", "responsible", "uses", "changes", "introduces"),
    "SKILL01": ("status", "owner", "responsible", "skills", "staff"),
    "OWN01": ("status",),
    "PLAN06": ("status",),
    "PLAN07": ("status",),
    "OUT01": ("status", "outcomes", "kind"),
    "GAP01": ("outcomes",),
    "OWN03": ("agreed",),
    "DEC01": ("decided",),
    "DEC02": ("decided", "options", "choice", "needed_by", "owner"),
    "OUT06": ("baseline", "target"),
}
"""By rule the keys of what it is on whose absence it reports."""

ELSEWHERE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "SYS02": {"initiatives": ("introduces",)},
    "SYS05": {"systems": ("connects",)},
    "SYS07": {"systems": ("capabilities",), "initiatives": ("introduces",)},
    "DATA01": {"systems": ("capabilities",)},
    "DATA04": {"systems": ("data", "owner")},
    "GAP01": {"initiatives": ("outcomes",)},
    "SKILL01": {"people": ("skills", "team")},
}
"""By rule the keys, by kind of table, under which any table could say what it misses."""

FIRST = frozenset(("SYS02", "STD01", "DATA01", "DATA02"))
"""Rules that report what does not come before work: it, or its predecessor, may say so."""
BEFORE = (*SCHEDULED, "introduces", "kind", "reviews", "uses", "processes")

DATED = frozenset(("FREEZE01", "FREEZE02", "FREEZE03", "SYS01"))
"""Rules for which work may be too early: what it waits for may not be scheduled."""

ALLOWED = frozenset(("DATA02", "DATA04", "STD01", "VIEW01"))
"""Rules of which a working agreement clears what it allows."""
NAMES = ("systems", "data", "capabilities")
"""What an agreement is about."""

CROSSING = ("LINK", "PROM01", "VIEW01")
"""How the codes of rules begin that ask whether two ends are on two sides."""


class Unread:
    """What stands in the tables of a plan and could not be read."""

    def __init__(self, context: Context, slips: Iterable[Finding]) -> None:
        self._context = context
        self._keys: dict[tuple[str, str], set[str]] = {}
        self._of_kind: dict[str, set[str]] = {}
        self._after: dict[tuple[str, ...], set[str]] = {}
        for (kind, id), keys in context.reading.invalid.items():
            self._add(kind, id, *keys)
        for one in context.reading.problems:
            if one.code == "READ01" and one.key:
                self._add(one.kind, one.id, one.key[0])
        self._circles: set[str] = set()
        for slip in slips:
            if slip.code == "PLAN01":
                self._circles.update(slip.on)
            if slip.code == "PLAN02" and not slip.data.get("nearest"):
                for kind, id, key in slip.data["places"]:
                    if key in keys_naming(kind, "portfolios"):
                        self._add(kind, id, key)

    def _add(self, kind: str, id: str, *keys: str) -> None:
        self._keys.setdefault((kind, id), set()).update(keys)
        self._of_kind.setdefault(kind, set()).update(keys)

    def says(self, kind: str, id: str, *keys: str) -> bool:
        """Whether a table has something under one of these keys that could not be read."""
        return not self._keys.get((kind, id), set()).isdisjoint(keys)

    def _anywhere(self, kind: str, keys: Iterable[str]) -> bool:
        return not self._of_kind.get(kind, set()).isdisjoint(keys)

    def covers(self, finding: Finding) -> bool:
        """Whether what a finding misses may stand in what could not be read."""
        code = finding.code
        if code in FIRST and self._waits_for_a_circle(finding):
            return True
        if not self._keys:
            return False
        return (
            any(self.says(finding.kind, id, *MISSING.get(code, ())) for id in finding.on)
            or any(self._anywhere(*each) for each in ELSEWHERE.get(code, {}).items())
            or (code.startswith(CROSSING) and self._may_be_inside(finding))
            or (code in FIRST and self._may_come_first(finding, BEFORE))
            or (code in DATED and self._may_come_first(finding, SCHEDULED))
            or (code in ALLOWED and self._may_be_allowed(finding))
            or (code == "SYS07" and self._may_be_there)
        )

    def _work(self, finding: Finding) -> list[str]:
        """The work that a finding is on, and that at the other end of what it counts."""
        pairs = (id for pair in finding.data.get("unagreed", ()) for id in pair)
        ids = dict.fromkeys((*finding.on, *pairs))
        return [id for id in ids if id in self._context.roadmap.initiatives]

    def _may_be_inside(self, finding: Finding) -> bool:
        """Whether nobody can tell that it crosses sides, or what a link of it says."""
        work = self._work(finding)
        keys = ("portfolio",) if finding.code == "VIEW01" else ("portfolio", "needs")
        teams = (*map(self._context.team, work), *finding.data.get("teams", ()))
        return any(self.says("initiatives", id, *keys) for id in work) or any(
            self.says("teams", team, "portfolio") for team in teams if team
        )

    def _may_come_first(self, finding: Finding, keys: Iterable[str]) -> bool:
        """Whether it, or what is before it, has one of these keys."""
        keys = tuple(keys)
        if keys not in self._after:
            saying = [id for kind, id in self._keys if kind == "initiatives"]
            saying = [id for id in saying if self.says("initiatives", id, *keys)]
            self._after[keys] = self._context.network.descendants(*saying).union(saying)
        return not self._after[keys].isdisjoint(self._work(finding))

    def _waits_for_a_circle(self, finding: Finding) -> bool:
        """Whether all of it waits for a circle, in which nothing is first."""
        work, before = self._work(finding), self._context.network.ancestors
        return bool(work and self._circles) and not any(
            self._circles.isdisjoint((id, *before(id))) for id in work
        )

    def _may_be_allowed(self, finding: Finding) -> bool:
        """Whether an agreement on it has something that can't be read."""
        about = {*finding.on, *finding.through}
        systems = self._context.roadmap.systems
        known = [systems[id] for id in about if id in systems]
        about.update(name for one in known for name in (*one.capabilities, *one.data))
        return any(
            self.says("agreements", one.id, *NAMES)
            or not about.isdisjoint((*one.systems, *one.data, *one.capabilities))
            for one in self._agreements()
        )

    def _agreements(self) -> Iterator[Agreement]:
        of = self._context.roadmap.agreements
        return (of[id] for kind, id in self._keys if kind == "agreements" and id in of)

    @cached_property
    def _may_be_there(self) -> bool:
        """Whether what brings a system has no dates."""
        bringing = self._context.having("introduces")
        return any(self.says("initiatives", one.id, *SCHEDULED) for one in bringing)
