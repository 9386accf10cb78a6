"""What is said of conflicts: a line of each, totals, who moves next, why one is waived."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from planner.conflicts.findings import SEVERITY_MARKS, Finding
from planner.conflicts.roots import Root
from planner.pages.canvas import cells, phrases
from planner.pages.lines import Page
from planner.pages.parties import of_side, party_name, party_of_side, short_party, sides_acting
from planner.pages.roles import Role
from planner.plan.model import Plan
from planner.roadmap.entities import Severity
from planner.text.visible import visible

WIDTH = 100
"""Columns of a line of `planner check` at most; a terminal may have fewer."""
INDENT = "    "
NEXT = "next:"
DAYS = re.compile(r"(\d+) (?:working )?days?\b")
ASIDES = (
    re.compile(r"; [^;]*$"),
    re.compile(r" such as [^()]*(?= \()"),
    re.compile(r" \([^()]*\)$"),
)
"""What a line that has no room leaves out, one after the other: a consequence at the end, examples,
what stands in brackets at the end.
"""

SEVERITY_WORDS: dict[Severity, tuple[str, str]] = {
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "info": ("info", "info"),
}
"""Each severity in the singular and in the plural, worst first."""
SEVERITY_ROLES: dict[Severity, Role] = {"error": "critical", "warning": "warning", "info": "dim"}


def finding_lines(plan: Plan, finding: Finding, where: str, width: int = WIDTH) -> list[str]:
    """Place, code and message, and who moves next on the same line or the next.

    ``it.toml:210: ✗ DATE01 peak-readiness is 5 working days late · next: Studio (Marketing)``.
    """
    mark = SEVERITY_MARKS[finding.severity]
    head = f"{visible(where)}: {mark} {finding.code}"
    message = visible(finding.message)
    who = next_words(plan, finding)
    whole = f"{head} {message}{who and f' · {who}'}"
    if cells(whole) <= width:
        return [whole]
    lines = phrases([head, *message.split()], width, INDENT, " ")
    if who and cells(lines[-1]) + 3 + cells(who) <= width:
        return [*lines[:-1], f"{lines[-1]} · {who}"]
    return [*lines, f"{INDENT}{who}"] if who else lines


def root_lines(
    plan: Plan, roots: Sequence[Root], places: Sequence[str], width: int
) -> Iterator[str]:
    """A line of each root: what it is shown by, how many more have it, and who moves next.

    ``✗ DATE01 peak-readiness is 5d late for 8 Oct due to customer-sso (+8 more) · next: Identity``.
    Places stand before them where all have room for that, at least by the name of the file. All are
    in the same style, the longest in which each is one line; in a narrow terminal some are two.
    """
    named = [place.rpartition("/")[2] for place in places]
    for heads in (places, named, [""] * len(roots)):
        for brief in (False, True):
            lines = [
                _root_line(plan, *one, width, brief=brief) for one in zip(roots, heads, strict=True)
            ]
            if all(lines):
                yield from filter(None, lines)
                return
    for root in roots:
        yield from _folded(plan, root, width)


def _root_line(plan: Plan, root: Root, place: str, width: int, *, brief: bool) -> str | None:
    """A root in one line, a brief one with who moves next in as many words as there is room for."""
    names = _names(plan, root.first)
    for said in _said(root, brief=brief):
        whole = f"{visible(place)}: {said}" if place else said
        for name in names if brief else names[:1]:
            line = f"{whole} · {NEXT} {name}" if name else whole
            if cells(line) <= width:
                return line
    return None


def _folded(plan: Plan, root: Root, width: int) -> list[str]:
    """A root in one line or, where it has no room for that, in several of whole words."""
    line = _root_line(plan, root, "", width, brief=True)
    if line is not None:
        return [line]
    said, who = next(_said(root, brief=True)), next_words(plan, root.first)
    *lines, last = phrases(said.split(), width, INDENT, " ")
    return [*lines, *phrases([last, who] if who else [last], width, INDENT)]


def _said(root: Root, *, brief: bool) -> Iterator[str]:
    """Mark, code and message; brief: with the unit of days in one letter, then with less and less
    of what explains it.
    """
    first, more = root.first, len(root.findings) - 1
    text = visible(first.message)
    texts = [DAYS.sub(r"\1d", text) if brief else text]
    for aside in ASIDES if brief else ():
        texts.append(aside.sub("", texts[-1]))
    for each in dict.fromkeys(texts):
        said = f"{SEVERITY_MARKS[first.severity]} {first.code} {each}"
        yield f"{said} (+{more} more)" if more else said
    if brief and more:
        yield f"{said} +{more}"


def _names(plan: Plan, finding: Finding) -> tuple[str, ...]:
    """Who moves next, in fewer and fewer words: ``Identity and access (IT)``, ``Identity (IT)``,
    ``Identity``, ``IT``.
    """
    whole, team, side = next_name(plan, finding), finding.next_team, finding.next_side
    if not team:
        return (whole,)
    short = short_party(plan, team)
    of_side = f"{short}{whole.removeprefix(party_name(plan, team))}"
    return tuple(
        dict.fromkeys((whole, of_side, short, *((sides_acting(plan, side),) if side else ())))
    )


def put_conflicts(page: Page, findings: Iterable[Finding]) -> None:
    """Conflicts at the end of a page about something, each whole under its code."""
    for one in findings:
        head = f"{SEVERITY_MARKS[one.severity]} {one.code}"
        page.labelled(head, visible(one.message), label_role=SEVERITY_ROLES[one.severity])


def next_words(plan: Plan, finding: Finding) -> str:
    """``next: Identity and access (IT)``; empty where nobody is named."""
    who = next_name(plan, finding)
    return f"{NEXT} {who}" if who else ""


def next_name(plan: Plan, finding: Finding) -> str:
    """Who moves next, by title; empty where nobody is named."""
    if finding.next_team:
        return party_of_side(plan, finding.next_team, finding.next_side)
    return sides_acting(plan, finding.next_side) if finding.next_side else ""


def next_of_side(plan: Plan, finding: Finding) -> tuple[str, str | None]:
    """``IT · Identity and access``, and its side: who moves next, for a heading; empty where nobody
    is named.
    """
    if finding.next_team:
        return of_side(plan, finding.next_team, finding.next_side)
    return next_name(plan, finding), finding.next_side or None


def next_short(plan: Plan, finding: Finding) -> str:
    """The same for a column: the team or person without the side, if one is named."""
    team = finding.next_team
    return party_name(plan, team) if team else next_name(plan, finding)


def with_next(plan: Plan, finding: Finding) -> str:
    """The message and who moves next, for a place without a width."""
    who = next_words(plan, finding)
    return visible(f"{finding.message}{who and f' · {who}'}")


def totals(findings: Iterable[Finding]) -> str:
    """``3 errors, 4 warnings, 9 info, 1 waived``; says so where there is nothing."""
    found = list(findings)
    counts = Counter(finding.severity for finding in found if not finding.waived)
    return counted(counts, sum(finding.waived for finding in found))


def counted(counts: Mapping[Severity, int], waived: int) -> str:
    """How many there are of each severity, and how many more are waived."""
    said = [
        f"{counts[severity]} {words[counts[severity] != 1]}"
        for severity, words in SEVERITY_WORDS.items()
        if counts.get(severity)
    ]
    return ", ".join([*(said or ["no conflicts"]), *([f"{waived} waived"] if waived else [])])


def waived_because(plan: Plan, finding: Finding) -> str:
    """``until 30 Jun by ana: agreed in March``; empty where no waiver is in the file."""
    waiver = plan.roadmap.waivers.get(finding.waiver or "")
    if waiver is None:
        return ""
    until = f"until {plan.context.day(waiver.until)}" if waiver.until else ""
    by = f"by {waiver.by}" if waiver.by else ""
    text = " ".join(part for part in (until, by) if part)
    return visible(": ".join(part for part in (text, waiver.reason) if part))


def not_active(plan: Plan) -> str:
    """``rules not active: budgets, history``: of what nothing is in use; empty where all are."""
    return f"rules not active: {', '.join(plan.report.silent)}" if plan.report.silent else ""


def sentence(text: str) -> str:
    """The same with a capital letter, as a label of a screen begins."""
    return f"{text[:1].upper()}{text[1:]}"
