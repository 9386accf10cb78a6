"""Findings: what a rule says about the plan, as values.

A finding names no line: it names the table and key where a person looks first, and whoever holds
the text turns that into file and line. Its fingerprint is made of the rule and of ids only, so that
waivers and comparisons survive changed dates and words. It blames nobody: it says who moves next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, cast

from msgspec import Struct

from planner.roadmap.entities import Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""Worst first, the order in which findings are shown."""
SEVERITY_MARKS: dict[Severity, str] = {
    "error": "✗",
    "warning": "▲",
    "info": "·",
}


class Next(Struct, frozen=True):
    """Who moves next: a side (portfolio id) and a team or person; None where the file is silent."""

    side: str | None = None
    team: str | None = None


NOBODY = Next()


class Size(Struct, frozen=True):
    """How large a finding is: what an edit makes better or worse of it, and how that is told.

    Of two sizes of one finding the larger `amount` is the worse one. `figure` is the amount as a
    person reads it (``€140,000``), `what` goes on from it (``over budget``), and `subject` is what
    it is said of, where that is not the id to look at.
    """

    amount: tuple[float, ...]
    figure: str
    what: str = ""
    subject: str = ""

    @property
    def text(self) -> str:
        """``€140,000 over budget``."""
        return f"{self.figure} {self.what}".rstrip()

    def since(self, before: Size) -> str:
        """``€140,000 over budget, was €40,000``; the unit of days is said once."""
        earlier = before.figure if before.what == self.what else before.text
        return f"{self.text}, was {re.sub(' working days?$', '', earlier)}"


class Also(Struct, frozen=True):
    """What a finding tells beside itself and that could be one of its own, by its root."""

    root: tuple[str, ...]
    size: Size | None = None


TOGETHER = ("*",)
"""The root of what is reported as one: its members change, and it stays the same finding."""


FROM_RULE = cast("Severity", "")
"""The severity that its rule has: what a finding says that does not depart from it."""


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that is wrong, with all that it affects.

    Code, name and severity are those of the rule that finds it: `Rule.findings` fills them in.

    `on` are ids of `kind`; the first is the table to look at, and `key` the key in it (empty: the
    table itself). `through` are ids of other kinds that are involved: a system, a freeze. `root`
    are the ids that make this finding this one, and `also` what else it stands for. `data` are the
    figures of the message, in working days and ISO dates; `size` is the one that grows or shrinks.
    """

    on: tuple[str, ...]
    message: str
    code: str = ""
    rule: str = ""
    """The rule's name."""
    severity: Severity = FROM_RULE
    kind: str = "initiatives"
    who: Next = NOBODY
    data: dict[str, Any] = {}
    key: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    root: tuple[str, ...] = ()
    size: Size | None = None
    also: tuple[Also, ...] = ()
    file: str | None = None
    """The file it was read in, where no table can say it (the same id in two files)."""
    waived: bool = False
    waiver: str | None = None
    parts: tuple[Finding, ...] = ()
    """The findings that it stands for, itself among them; none where it is told alone."""

    @property
    def fingerprint(self) -> str:
        """The rule and the ids that make it this finding: ``DATE01:peak-readiness``."""
        return ":".join((self.code, *self.root))

    @property
    def together(self) -> bool:
        """Whether it stands for many that are reported as one; an id may be ``*`` too."""
        return "each" in self.data and ("driver" in self.data or self.root == TOGETHER)

    @property
    def next_side(self) -> str | None:
        """The side that moves next; `joint` where both do."""
        return self.who.side

    @property
    def next_team(self) -> str | None:
        """The team or person that moves next; None where it is several, or nobody is named."""
        return self.who.team

    @property
    def id(self) -> str:
        """The table to look at; empty for a table that is one for the whole roadmap."""
        return self.on[0] if self.on else ""

    @property
    def initiatives(self) -> tuple[str, ...]:
        """The initiatives involved: what a board marks."""
        return self.on if self.kind == "initiatives" else ()


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By severity (worst first), then code, then ids."""
    rank = {severity: index for index, severity in enumerate(SEVERITIES)}
    return tuple(sorted(findings, key=lambda f: (rank[f.severity], f.code, f.on, f.root, f.key)))


def parts_of(finding: Finding) -> tuple[Finding, ...]:
    """The findings that one stands for: itself, or those that are told as one."""
    return finding.parts or (finding,)


def taken_in(finding: Finding) -> list[Finding]:
    """The other findings that one stands for."""
    return [one for one in finding.parts if one.fingerprint != finding.fingerprint]


def worst(findings: Iterable[Finding]) -> Severity:
    """The worst severity among findings; at least one is needed."""
    return min((f.severity for f in findings), key=SEVERITIES.index)
