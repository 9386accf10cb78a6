"""One conflict in full: what it is, why it matters to each side, who moves next, its fixes.

Also what stands in its place: what a heading of conflicts holds, and why there is no conflict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from msgspec import Struct

from planner.conflicts.findings import SEVERITY_MARKS, Finding, parts_of
from planner.conflicts.handovers import answer
from planner.conflicts.registry import RULES
from planner.conflicts.roots import LATE
from planner.conflicts.rule import Rule
from planner.conflicts.rules.dates import head_of, line
from planner.pages.agreements import STATE_MARKS
from planner.pages.canvas import cells
from planner.pages.conflicts import (
    SEVERITY_ROLES,
    counted,
    next_name,
    waived_because,
)
from planner.pages.fix_table import FixTable
from planner.pages.fixes import TESTING, fix_lines
from planner.pages.lines import Line, Page, Piece
from planner.pages.network_facts import after, delay_cost, labelled
from planner.pages.parties import side_of_party
from planner.pages.roles import Role, side_role
from planner.pages.signs import CURSOR
from planner.pages.why import DRIVEN_BY, work
from planner.plan.model import Plan
from planner.plan.offers import Offers
from planner.roadmap.entities import Severity
from planner.roadmap.figures import date_range, days_short
from planner.roadmap.output_network import HangingRow
from planner.text.visible import visible

INVOLVED = 12
"""How many of what is involved are listed."""
STEPS = 10
"""How many steps of a driving chain are told; of a longer one its ends."""
BETWEEN = "    "
"""What stands between the sentences for the two sides."""


class FindingPage(Struct, frozen=True):
    """The lines of a conflict explained, and the (first, last) lines of each of its fixes."""

    lines: tuple[Line, ...]
    places: tuple[tuple[int, int], ...]


class Shown(Struct, frozen=True):
    """How the fixes of a conflict stand: the `marked` one, and what to do where none is ready."""

    marked: int | None = None
    instead: str = ""


def finding_page(
    plan: Plan,
    finding: Finding,
    offers: Offers,
    where: str,
    width: int,
    shown: Shown,
    hanging: HangingRow | None = None,
) -> FindingPage:
    """What it is, what drives it or is involved, why it matters to each side, who moves next and
    what waits for that, its fixes.
    """
    page = Page(width)
    _head(page, plan, finding, where)
    _involved(page, plan, finding)
    if finding.code in RULES:
        _why(page, RULES[finding.code])
    labelled(page, "next", _next(plan, finding, hanging))
    page.line()
    places = tuple(_fixes(page, plan, finding, offers, shown))
    return FindingPage(tuple(page.lines), places)


def _head(page: Page, plan: Plan, finding: Finding, where: str) -> None:
    """``✗ peak-readiness is 5 working days late  DATE01 deadline-missed · roadmap.toml:354``."""
    role = SEVERITY_ROLES[finding.severity]
    mark = SEVERITY_MARKS[finding.severity]
    told = [f"{finding.code} {finding.rule}", visible(where)]
    aside = " · ".join(part for part in told if part)
    cause: Line = ()
    root = _cause(plan, finding)
    if root and root not in finding.message.split():
        cause = ((" · cause ", "dim"), work(plan, root))
    said: Line = ((f"{mark} ", role), (visible(finding.message), "title"))
    page.flow([said, ((aside, "dim"), *cause)], hang="  ", between="  ")
    if finding.waived:
        page.labelled("waived", waived_because(plan, finding), "done")
    for one in finding.parts:
        if one.fingerprint != finding.fingerprint and one.code != finding.code:
            page.labelled("with it", f"{visible(one.message)} ({one.code})", "text")


def _why(page: Page, rule: Rule) -> None:
    """Why the rule matters, to each side as to an equal; on one line where there is room."""
    marketing = f"{'Marketing':<{page.label}}", rule.why_marketing
    it = f"{BETWEEN}IT  ", rule.why_it
    if sum(map(cells, (*marketing, *it))) <= page.width:
        label: Piece = (marketing[0], "marketing")
        page.line(label, (marketing[1], "text"), (it[0], "it"), (it[1], "text"))
        return
    page.labelled("Marketing", rule.why_marketing, label_role="marketing")
    page.labelled("IT", rule.why_it, label_role="it")


# --- what drives it, and what is involved ---------------------------------------------------------


def _late(finding: Finding) -> str | None:
    """The initiative whose date a conflict is about, where it is about one."""
    first = parts_of(finding)[0]
    if first.code not in LATE or finding.kind != "initiatives":
        return None
    return first.on[1] if first.code == "DATE06" else first.id


def _cause(plan: Plan, finding: Finding) -> str:
    """The work that the date hangs on; empty where that is no other."""
    late = _late(finding)
    head = head_of(plan.context, late) if late in plan.roadmap.initiatives else ""
    return head if head != late else ""


def _involved(page: Page, plan: Plan, finding: Finding) -> None:
    """The chain that drives the date, step by step; else the tables that the conflict is about."""
    late = _late(finding)
    driving = list(_driving(plan, late)) if late in plan.roadmap.initiatives else []
    if driving:
        inner = Page(page.width - page.label)
        inner.flow(driving, between=" ")
        for at, line in enumerate(inner.lines):
            page.line((f"{'' if at else DRIVEN_BY:<{page.label}}", "dim"), *line)
    phrases = [] if driving else [*_subjects(plan, finding)]
    if finding.through:
        phrases.append(((", ".join(visible(id) for id in finding.through), "joint"),))
    labelled(page, "involved", phrases)


def _driving(plan: Plan, late: str) -> Iterator[Line]:
    """``customer-sso ?━▶ segment-definitions ━▶ peak-campaign``: with each step how it is reached,
    and a sign where that handover is not agreed. Of a long chain its ends.
    """
    steps = line(plan.context, late)
    hidden = len(steps) - STEPS
    for at, (before, id) in enumerate(pairwise(["", *steps])):
        if hidden > 0 and STEPS // 2 < at < STEPS // 2 + hidden:
            continue
        if hidden > 0 and at == STEPS // 2:
            yield ((f"… {hidden} more …", "dim"),)
        elif before:
            yield (*_arrow(plan, before, id), work(plan, id))
        else:
            yield (work(plan, id),)


def _arrow(plan: Plan, before: str, id: str) -> Iterator[Piece]:
    context, dates = plan.context, plan.schedule.get(id)
    state = answer(context, id, before)[0] if context.across(before, id) else "agreed"
    if state != "agreed":
        yield STATE_MARKS[state]
    critical = dates is not None and dates.critical
    yield ("━▶ ", "critical") if critical else ("─▶ ", "dim")


def _subjects(plan: Plan, finding: Finding) -> Iterator[Line]:
    for id in finding.on[:INVOLVED]:
        yield _subject(plan, finding, id)
    if len(finding.on) > INVOLVED:
        yield ((f"and {len(finding.on) - INVOLVED} more", "dim"),)


def _subject(plan: Plan, finding: Finding, id: str) -> Line:
    """``web-push 7 Jan – 3 Feb, float −5d``; what is no initiative by its kind."""
    if finding.kind != "initiatives" or id not in plan.roadmap.initiatives:
        return ((f"{visible(finding.kind.removesuffix('s'))} {visible(id)}", "text"),)
    dates, name = plan.schedule.get(id), work(plan, id)
    if dates is None:
        why = plan.schedule.unscheduled.get(id, plan.roadmap.initiatives[id].status)
        return (name, (f" {visible(why)}", "dim"))
    days: Piece = (f" {date_range(dates.start, dates.finish, plan.as_of)}", "text")
    if dates.total_float is None:
        return (name, days)
    role: Role = "critical" if dates.critical else "dim"
    return (name, days, (f" float {days_short(dates.total_float)}", role))


def _next(plan: Plan, finding: Finding, hanging: HangingRow | None) -> Iterator[Line]:
    """Who moves next, and what waits for the initiative that the conflict is about."""
    side = finding.next_side
    if finding.next_team:
        side = side or side_of_party(plan, finding.next_team)
    name = next_name(plan, finding) or "nobody is named"
    yield ((name, side_role(side) if side else "dim"),)
    if hanging is None or not hanging.initiatives:
        return
    first, *others = after(hanging, launches=True)
    yield ((f"after {visible(finding.id)}: ", "dim"), *first)
    yield from others
    if hanging.delay_cost:
        yield ((f"delay cost {delay_cost(plan, hanging.delay_cost)}", "text"),)


# --- its fixes ------------------------------------------------------------------------------------


def _fixes(
    page: Page, plan: Plan, finding: Finding, offers: Offers, shown: Shown
) -> Iterator[tuple[int, int]]:
    """The table of fixes, what the marked one does, and what is still being tested."""
    table = FixTable(page, plan, finding, offers, shown.marked)
    yield from table.put()
    if not offers.complete:
        page.line((f"  {TESTING}", "dim"))
    elif offers.failed:
        page.labelled("" if offers.found else "fixes", visible(offers.failed), "critical")
    elif not offers.found:
        page.labelled("fixes", f"none ready: {shown.instead}" if shown.instead else "none", "dim")
    table.put_marked()


def offered(
    page: Page, plan: Plan, offers: Offers, marked: int | None
) -> Iterator[tuple[int, int]]:
    """Each fix with its consequence, and the (first, last) lines that it takes."""
    for at, offer in enumerate(offers.found):
        first, here = len(page.lines), at == marked
        mark = f"{CURSOR} " if here else "  "
        page.lines += fix_lines(plan, offer.fix, offer.parts, page.width, mark, marked=here)
        yield first, len(page.lines) - 1


def group_page(
    title: str, role: Role, counts: Mapping[Severity, int], waived: int, code: str, width: int
) -> list[Line]:
    """A heading in words: how many are below it and, of a rule, what that reports."""
    page = Page(width)
    page.text(title, role)
    page.text(counted(counts, waived), "dim")
    if code in RULES:
        page.line()
        page.labelled("What", RULES[code].summary)
        page.labelled("When", RULES[code].fires_when)
        page.labelled("Marketing", RULES[code].why_marketing, label_role="marketing")
        page.labelled("IT", RULES[code].why_it, label_role="it")
    return page.lines


# --- no conflict ----------------------------------------------------------------------------------


def none_page(plan: Plan, first: Line, width: int) -> list[Line]:
    """What was checked and what was not, under a `first` line: an empty list is only good news
    where it is known what was looked at.
    """
    page = Page(width)
    page.line()
    page.line(*first)
    active = [
        rule for rule in RULES.values() if rule.topic is None or rule.topic.used(plan.context)
    ]
    page.title(f"Rules active: {len(active)}")
    page.text(", ".join(rule.name.replace("-", " ") for rule in active))
    starts = easiest_starts(RULES.values())
    silent = [f"{name}: once {starts[name]}" for name in plan.report.silent if name in starts]
    if silent:
        page.title("Rules not active")
        for text in silent:
            page.text(text, "dim")
    return page.lines


def easiest_starts(rules: Iterable[Rule]) -> dict[str, str]:
    """What makes each subject active: a table, what most of its rules ask for, the shortest."""
    starts: dict[str, Counter[str]] = {}
    for rule in rules:
        if rule.topic is not None:
            starts.setdefault(rule.topic.name, Counter())[rule.topic.start] += 1
    return {
        name: max(said, key=lambda start: (_is_table(start), said[start], -len(start)))
        for name, said in starts.items()
    }


def _is_table(start: str) -> bool:
    return start.startswith("there is ") and " and " not in start
