"""What is said of a rule: what it reports and when, why it matters to each side, its fixes.

It is made from the registry, and every front end (the view of rules, `planner explain`, the
Markdown of `planner rules`) shows these lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from planner.conflicts.evidence import HISTORY
from planner.conflicts.findings import SEVERITY_MARKS
from planner.conflicts.ideas import CODES, ONLY_PROPOSED
from planner.conflicts.rule import Rule
from planner.pages.conflicts import SEVERITY_ROLES, SEVERITY_WORDS
from planner.pages.lines import Line, Page
from planner.pages.on_samples import ON_SAMPLES
from planner.pages.roles import Role
from planner.roadmap.figures import count


class Fact(Struct, frozen=True):
    """One thing said of a rule under a label, with the role of the label."""

    label: str
    text: str
    role: Role = "dim"


def rule_page(rule: Rule, width: int) -> list[Line]:
    """Code, name and severity, then everything about a rule and an example."""
    page, role = Page(width), SEVERITY_ROLES[rule.severity]
    mark = SEVERITY_MARKS[rule.severity]
    severity = SEVERITY_WORDS[rule.severity][0]
    page.line((f"{mark} {rule.code} ", role), (f"{rule.name}  ", "title"), (severity, role))
    page.text(rule.summary)
    page.line()
    for fact in facts(rule):
        page.paragraph(fact.label, fact.text, fact.role)
    page.line(("Example:", "dim"))
    page.verbatim(rule.example.strip().splitlines())
    return page.lines


def facts(rule: Rule) -> Iterator[Fact]:
    """Everything about a rule below its code, name, severity and summary but its example."""
    yield Fact("Reported when", rule.fires_when)
    if rule.not_when:
        yield Fact("Not reported when", rule.not_when)
    if rule.code in CODES:
        yield Fact("Milder", f"a warning where it is so only {ONLY_PROPOSED}")
    yield Fact("Active once", rule.subject) if rule.subject else Fact("Active", "always")
    yield Fact("Why it matters to marketing", rule.why_marketing, "marketing")
    yield Fact("Why it matters to IT", rule.why_it, "it")
    yield Fact("Fixes", fixes_of(rule))
    for name, value in rule.thresholds.items():
        yield Fact("Setting", f"[checks] {name} = {value}")
    yield Fact("On the samples", on_samples(rule))


def on_samples(rule: Rule) -> str:
    """``4 conflicts in acme-2027, none in minimal``: how often it reports on them."""
    if rule.topic is not None and rule.topic.name == HISTORY:
        return "not counted: it asks git"
    found = ON_SAMPLES.get(rule.code, {}).items()
    return ", ".join(f"{count(n, 'conflict') if n else 'none'} in {name}" for name, n in found)


def fixes_of(rule: Rule) -> str:
    """The kinds of fix that are offered; where no edit can be offered, why not."""
    offered = "; ".join((*rule.fix_kinds, "waive it, with a reason and an end date"))
    if rule.code.startswith(("WAIVE", "READ")):
        offered = "; ".join(rule.fix_kinds)
    return f"{offered} (by hand: {rule.by_hand})" if rule.by_hand else offered
