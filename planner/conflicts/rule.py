"""Rules: how each is explained, when it is active, its thresholds, and the function that finds.

A rule is a pure function from a plan and its thresholds to findings. Everything that pages and
commands say about it is written here once, beside that function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from planner.conflicts.context import Context
from planner.conflicts.evidence import Wanted
from planner.conflicts.findings import FROM_RULE, Finding
from planner.roadmap.entities import Severity

Limits = Mapping[str, int]
"""A rule's thresholds by their name in `[checks]`: whole numbers, mostly working days."""

Find = Callable[[Context, Limits], Iterable[Finding]]


class Topic(Struct, frozen=True):
    """What must be in use before a rule is active.

    `name` stands in the line of rules not active, `start` ends "active once …", and `used`
    looks whether it is so. `missing`: its rules report what some do not say and others do.
    """

    name: str
    start: str
    used: Callable[[Context], bool]
    missing: bool = False


def in_use(number: int, candidates: int) -> bool:
    """Whether so many of its candidates say something that its absence is worth a finding: three,
    or a third of them, whichever is fewer.
    """
    return number > 0 and number >= min(3, candidates / 3)


def where_others_do(name: str, start: str, share: Callable[[Context], tuple[int, int]]) -> Topic:
    """The topic of a rule that reports what is missing: `share` counts those who say it, and all
    who could.
    """
    return Topic(name, start, lambda context: in_use(*share(context)), missing=True)


class RollUp(Struct, frozen=True):
    """How a rule that fires in many places, mostly about something missing, becomes one finding.

    `candidates` counts where it could fire; `text` gets how many do and that count. `by_share`:
    more than half of them are many, from `least` on; more than `few` always are. `named` is what
    one is called in the list.
    """

    candidates: Callable[[Context, Limits], int]
    text: Callable[[int, int], str]
    by_share: bool = True
    least: int = 3
    few: int = 5
    named: Callable[[Finding], str] = attrgetter("id")


class Rule(Struct, frozen=True, kw_only=True):
    """One rule of the catalogue. Texts are sentences without a final full stop."""

    code: str
    name: str
    severity: Severity
    family: str
    summary: str
    fires_when: str
    not_when: str = ""
    why_marketing: str
    why_it: str
    example: str
    fix_kinds: tuple[str, ...] = ()
    """The kinds of fix, best first."""
    fixes: str = ""
    """The function of `planner.conflicts.fixes` that offers its fixes, as FAMILY.FUNCTION. It is
    named and not imported: that takes 30 ms, for which a check has no use.
    """
    by_hand: str = ""
    """Why no edit can clear its findings, where it has no fixes."""
    thresholds: dict[str, int] = {}
    topic: Topic | None = None
    off: bool = False
    """Whether it is silent until `[checks.severity]` gives it a severity, or a run asks for it."""
    roll_up: RollUp | None = None
    asks: Callable[[Context, Limits], Wanted] | None = None
    """What it asks git about a plan; None for a rule that looks at the plan alone."""
    told: bool = False
    """Whether only a person is told: it fires by the clock alone."""
    find: Find

    @property
    def subject(self) -> str:
        """Ends the sentence "active once …"; empty where the rule is always active."""
        if self.off:
            return f'`[checks.severity]` has `{self.code} = "{self.severity}"`, or --select asks'
        return self.topic.start if self.topic is not None else ""

    def findings(self, context: Context, limits: Limits) -> Iterator[Finding]:
        """What its function finds, each with its code, its name and a severity."""
        return map(self.filled, self.find(context, limits))

    def filled(self, finding: Finding) -> Finding:
        """A finding with what is said once for all of this rule."""
        severity = self.severity if finding.severity == FROM_RULE else finding.severity
        return replace(finding, code=self.code, rule=self.name, severity=severity)
