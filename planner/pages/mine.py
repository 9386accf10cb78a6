"""What waits for one person, team or side: a line each, with the command that answers it."""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.registry import RULES
from planner.pages.lines import Line, Page, Piece
from planner.pages.parties import party_of_side, side_name
from planner.pages.roles import Role, side_role
from planner.plan.model import Plan
from planner.roadmap.figures import date_text, working_days
from planner.roadmap.output_mine import MineAct, MineRow, MineShown
from planner.text.visible import visible

NOTHING = "Nothing waits"

VERBS: dict[MineAct, str] = {
    "agree": "agree to",
    "take": "answer the counter-proposal for",
    "accept": "accept",
    "need": "ask for",
    "decide": "decide",
    "review": "review",
    "measure": "measure",
    "own": "assign",
    "why": "give the reason for",
    "sign": "agree to",
    "settle": "settle",
    "do": "do",
}
"""What there is to do, in a word or two before what it is about."""


def mine_page(plan: Plan, shown: MineShown, width: int) -> list[Line]:
    """What waits, the longest first."""
    page = Page(width)
    who = _who(plan, shown.who)
    page.text(f"Waits for {who}: {len(shown.rows)}" if shown.rows else f"{NOTHING} for {who}",
              "title")  # fmt: skip
    for row in shown.rows:
        page.flow([doing(plan, row), *_facts(plan, row)], "  ", "    ")
        if row.act == "settle":
            page.flow([((visible(row.text), "dim"),)], "    ", "    ")
        if row.command is not None:
            page.line((f"    {visible(row.command)}", "key"))
    return page.lines


def doing(plan: Plan, row: MineRow) -> Line:
    """``accept sending-domains``: what is to be done, and with what."""
    return ((f"{VERBS[row.act]} ", "text"), *about(plan, row))


def about(plan: Plan, row: MineRow) -> Line:
    """What it is about: an id in the colour of its side, of a handover both."""
    if row.act in ("agree", "take"):
        return (_work(plan, row.other), (" → ", "dim"), _work(plan, row.id))
    if row.act in ("accept", "need"):
        return (_work(plan, row.other),)
    if row.act == "do":
        return ((visible(row.text), "strong"),)
    name = _work(plan, row.id) if row.kind == "initiatives" else (visible(row.id), "strong")
    return ((f"{row.other} of ", "text"), name) if row.act == "own" else (name,)


def _work(plan: Plan, id: str) -> Piece:
    return (visible(id), side_role(plan.context.ends.get(id)))


def when(plan: Plan, row: MineRow) -> str:
    """``delivered 5 Mar``, ``due 12 Mar``: why it is looked at now; empty where nothing says."""
    if row.act == "accept" and row.since is not None:
        return f"delivered {date_text(row.since, plan.as_of)}"
    if row.overdue and row.due is not None:
        return f"due {date_text(row.due, plan.as_of)}"
    if row.since is not None:
        return f"asked {date_text(row.since, plan.as_of)}"
    return f"by {date_text(row.due, plan.as_of)}" if row.due is not None else ""


def _facts(plan: Plan, row: MineRow) -> Iterator[Line]:
    role: Role = "critical" if row.overdue else "warning" if row.waiting else "text"
    if said := when(plan, row):
        waits = f", {working_days(row.waiting)}" if row.waiting else ""
        yield ((f"{said}{waits}", role),)
    if row.act in ("accept", "need"):
        yield (("for ", "dim"), _work(plan, row.id))
    if row.act == "settle":
        yield ((f"{row.code} {RULES[row.code].name}", "dim"),)
    if row.launch is not None and row.launch not in (row.id, row.other):
        yield ((f"{visible(row.launch)} waits", "dim"),)


def _who(plan: Plan, id: str) -> str:
    if id in plan.roadmap.people or id in plan.roadmap.teams:
        return party_of_side(plan, id)
    return side_name(plan, id)
