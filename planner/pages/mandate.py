"""What is said of a side, a team or a person: what it may do, whom it asks, what it owes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.analysis.raci import Handover
from planner.pages.agreements import dates_said, finish_text, mark_of, next_text
from planner.pages.lines import Line, Page
from planner.pages.parties import names, party_name, party_of_side, side_name
from planner.plan.model import Plan
from planner.roadmap.figures import date_text, listed, money
from planner.roadmap.output_agreements import Allowance, HasToAsk, Mandate
from planner.text.visible import visible

MOST = 4
"""So much work is named behind what has to be asked about."""


def mandate_page(plan: Plan, mandate: Mandate, found: Iterable[Handover], width: int) -> list[Line]:
    """What it may do, whom it asks, what it owes and awaits; each in a line or two."""
    page, pairs = Page(width), {(one.supplier, one.successor): one for one in found}
    page.title(mandate_title(plan, mandate))
    _section(page, "May do without asking", (_may(plan, one) for one in mandate.allowed))
    _section(page, "Has to ask", _asking(plan, mandate.asks))
    owed = (_handover(plan, pairs[pair]) for pair in mandate.owes if pair in pairs)
    _section(page, "Owes", (*owed, *_to_do(plan, mandate)))
    awaited = (_handover(plan, pairs[pair]) for pair in mandate.awaits if pair in pairs)
    _section(page, "Awaits", awaited)
    return page.lines


def mandate_title(plan: Plan, mandate: Mandate) -> str:
    """``Growth (Marketing)``; a side by its name."""
    if mandate.who == mandate.side:
        return side_name(plan, mandate.who)
    return party_of_side(plan, mandate.who, mandate.side)


def _section(page: Page, title: str, lines: Iterable[str]) -> None:
    page.title(title)
    told = list(lines)
    for text in told:
        words = text.split(" ")
        page.flow([((word, "text"),) for word in words], indent="  ", hang="    ", between=" ")
    if not told:
        page.line(("  nothing", "dim"))


def _may(plan: Plan, one: Allowance) -> str:
    """``up to €15,000, data up to personal, tagging (Tags on the site, Growth)``."""
    said = ", ".join(_terms(plan, one)) or "no terms written"
    doing = listed(party_name(plan, each) for each in one.doing)
    where = f"({visible(one.title)}, {doing})"
    if one.lacking:
        return f"not yet: {said} {where}: not agreed by {names(plan, one.lacking)}"
    due = ""
    if one.review_by is not None:
        verb = "was to be reviewed" if one.review_by < plan.as_of else "review"
        due = f", {verb} by {date_text(one.review_by, plan.as_of)}"
    return f"{said} {where}{due}"


def _terms(plan: Plan, one: Allowance) -> Iterator[str]:
    if one.limit is not None:
        yield f"up to {visible(money(one.limit, plan.roadmap.settings.currency))}"
    if one.access:
        yield f"data up to {one.access}"
    yield from map(visible, one.capabilities)
    yield from (_titled(plan, "systems", id) for id in one.systems)
    yield from (_titled(plan, "data", id) for id in one.data)


def _titled(plan: Plan, kind: str, id: str) -> str:
    entity = plan.roadmap.table(kind).get(id)
    return visible(entity.label if entity is not None else id)


def _asking(plan: Plan, asks: Iterable[HasToAsk]) -> Iterator[str]:
    """A line for each of those whom it has to ask, with what about and for which work."""
    by_whom: dict[str, list[HasToAsk]] = {}
    for one in asks:
        by_whom.setdefault(one.whom, []).append(one)
    for whom, each in by_whom.items():
        about = listed((_titled(plan, one.kind, one.id) for one in each), MOST)
        work = dict.fromkeys(id for one in each for id in one.work)
        behind = f", for {visible(listed(work, MOST))}" if work else ""
        yield f"{party_of_side(plan, whom)}: {about}{behind}"


def _handover(plan: Plan, one: Handover) -> str:
    glyph, _ = mark_of(one)
    pair = f"{visible(one.supplier)} → {visible(one.successor)}"
    said = ", ".join(dates_said(plan, one)) or "no dates"
    finish = finish_text(plan, one)
    return f"{pair}: {glyph} {one.state}; {said}; finish {finish}; next: {next_text(plan, one)}"


def _to_do(plan: Plan, mandate: Mandate) -> Iterator[str]:
    for id in mandate.decides:
        decision = plan.roadmap.decisions[id]
        due = f", by {date_text(decision.needed_by, plan.as_of)}" if decision.needed_by else ""
        yield f"decision: {visible(decision.label)}{due}"
    for id in mandate.does:
        action = plan.roadmap.actions[id]
        due = f", by {date_text(action.due, plan.as_of)}" if action.due else ""
        yield f"action: {visible(action.label)}{due}"
