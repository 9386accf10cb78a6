"""One conflict in full: what it is, why it matters to each side, who moves next, its fixes.

Also what stands in its place: what a heading of conflicts holds, and why there is no conflict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from planner.conflicts.findings import Finding
from planner.conflicts.registry import RULES
from planner.conflicts.rule import Rule
from planner.pages.canvas import cells
from planner.pages.conflicts import (
    SEVERITY_ROLES,
    SEVERITY_WORDS,
    counted,
    next_name,
    waived_because,
)
from planner.pages.fixes import TESTING, fix_lines
from planner.pages.lines import Line, Page, Piece, fitted
from planner.pages.network_facts import after, delay_cost, labelled
from planner.pages.parties import side_of_party
from planner.pages.roles import Role, side_role
from planner.pages.signs import CURSOR
from planner.plan.model import Plan
from planner.plan.offers import Offers
from planner.roadmap.entities import Severity
from planner.roadmap.figures import date_range, days_short
from planner.roadmap.output_network import HangingRow
from planner.text.visible import visible

INVOLVED = 12
"""How many of what is involved are listed."""


class FindingPage(Struct, frozen=True):
    """The lines of a conflict explained, and the (first, last) lines of each of its fixes."""

    lines: tuple[Line, ...]
    places: tuple[tuple[int, int], ...]


class Shown(Struct, frozen=True):
    """How the fixes of a conflict stand: the `marked` one, the words after their heading, and what
    to do where none is ready.
    """

    marked: int | None = None
    keys: str = ""
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
    """What it is, why it matters to each side, what is involved and what hangs on that, who moves
    next, its fixes.
    """
    page = Page(width)
    _head(page, plan, finding)
    if finding.code in RULES:
        _why(page, RULES[finding.code])
    _involved(page, plan, finding)
    if hanging is not None and hanging.initiatives:
        labelled(page, "After", _hanging(plan, hanging))
    page.line()
    _next(page, plan, finding, where)
    places = tuple(_fixes(page, plan, offers, shown))
    return FindingPage(tuple(page.lines), places)


def _head(page: Page, plan: Plan, finding: Finding) -> None:
    role = SEVERITY_ROLES[finding.severity]
    severity = SEVERITY_WORDS[finding.severity][0]
    page.line((f"{finding.code} ", role), (f"{finding.rule}  ", "title"), (severity, role))
    page.text(visible(finding.message), "strong")
    if finding.waived:
        page.labelled("Waived", waived_because(plan, finding), "done")
    page.line()


def _why(page: Page, rule: Rule) -> None:
    """Why the rule matters, to each side as to an equal."""
    page.labelled("Marketing", rule.why_marketing, label_role="marketing")
    page.labelled("IT", rule.why_it, label_role="it")
    page.line()


def _involved(page: Page, plan: Plan, finding: Finding) -> None:
    """The tables that the conflict is about, with dates where they have any."""
    ids = finding.on[:INVOLVED]
    column = min(max((cells(visible(id)) for id in ids), default=0), page.width // 2, 28)
    for at, id in enumerate(ids):
        label = "" if at else "Involved"
        page.line((f"{label:<{page.label}}", "dim"), *_subject(plan, finding, id, column))
    if len(finding.on) > INVOLVED:
        page.labelled("", f"and {len(finding.on) - INVOLVED} more", "dim")
    if finding.through:
        label = "" if ids else "Involved"
        page.labelled(label, ", ".join(visible(id) for id in finding.through), "joint")


def _hanging(plan: Plan, hanging: HangingRow) -> Iterator[Line]:
    """``12 initiatives · 3 launches · 8 handovers · delay cost €2.2k for the next working day``."""
    yield from after(hanging, launches=True)
    if hanging.delay_cost:
        yield ((f"delay cost {delay_cost(plan, hanging.delay_cost)}", "text"),)


def _subject(plan: Plan, finding: Finding, id: str, column: int) -> Iterator[Piece]:
    initiative = plan.roadmap.initiatives.get(id) if finding.kind == "initiatives" else None
    if initiative is None:
        yield f"{visible(finding.kind.removesuffix('s'))} {visible(id)}", "text"
        return
    yield fitted(visible(id), column) + "  ", side_role(plan.roadmap.portfolio_of(initiative))
    dates = plan.schedule.get(id)
    if dates is None:
        yield visible(plan.schedule.unscheduled.get(id, initiative.status)), "dim"
        return
    yield f"{date_range(dates.start, dates.finish, plan.as_of):<15}", "text"
    if dates.total_float is not None:
        role: Role = "critical" if dates.critical else "dim"
        yield f"  float {days_short(dates.total_float)}", role


def _next(page: Page, plan: Plan, finding: Finding, where: str) -> None:
    """Who moves next, and where it stands in the file."""
    team, side = finding.next_team, finding.next_side
    if team:
        side = side or side_of_party(plan, team)
    role = side_role(side) if side else "dim"
    name, place = next_name(plan, finding) or "nobody is named", f"  in {visible(where)}"
    if page.label + cells(name) + cells(place) <= page.width:
        page.line((f"{'Next':<{page.label}}", "dim"), (name, role), (place, "dim"))
    else:
        page.labelled("Next", name, role)
        page.labelled("In", visible(where), "dim")
    page.line()


def _fixes(page: Page, plan: Plan, offers: Offers, shown: Shown) -> Iterator[tuple[int, int]]:
    """Each fix with its consequence, and what is still being tested."""
    if offers.found:
        page.line(("Fixes", "title"), (shown.keys and f" · {shown.keys}", "dim"))
    yield from offered(page, plan, offers, shown.marked)
    if not offers.complete:
        page.line((f"  {TESTING}", "dim"))
    elif offers.failed:
        page.labelled("" if offers.found else "Fixes", visible(offers.failed), "critical")
    elif not offers.found:
        page.labelled("Fixes", f"none ready: {shown.instead}" if shown.instead else "none", "dim")


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
