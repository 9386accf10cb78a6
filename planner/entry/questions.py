"""Findings that only a person can clear, and the field to fill in for each.

There is no fix for these: what a handover delivers, what both sides agree, what the other side
contributes. The field is opened with the known values filled in.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from planner.conflicts.findings import Finding
from planner.entry.links import need_text
from planner.entry.needs import need_on, needs_of
from planner.plan.model import Plan
from planner.roadmap.sides import BOTH


class Question(Struct, frozen=True, kw_only=True):
    """What to say, and where: one `key` of a table, or a form where it is empty.

    `text` stands in the field already; `prefill` is that for a form, by key. A new table is made
    where `id` is None.
    """

    title: str
    kind: str
    id: str | None
    key: str = ""
    text: str | None = None
    prefill: dict[str, str] = {}


def question(finding: Finding, plan: Plan) -> Question | None:
    """What somebody can answer to clear a finding; None where no one field would do it."""
    ask = QUESTIONS.get(finding.code)
    return None if ask is None or finding.waived else ask(finding, plan)


def _delivers(finding: Finding, plan: Plan) -> Question:
    many = finding.together
    successor, supplier = finding.data["each"][0] if many else finding.on
    needs = needs_of(plan, successor)
    first = next((at for at, one in enumerate(needs) if need_on(one) == supplier), None)
    lines = [
        need_text(one) + ("; delivers " if at == first else "") for at, one in enumerate(needs)
    ]
    return Question(
        title=f"set what {supplier} delivers to {successor}",
        kind="initiatives",
        id=successor,
        key="needs",
        text="\n".join(lines),
    )


def _value(finding: Finding, _plan: Plan) -> Question:
    title = f"discuss the scores of {finding.id}, then set both"
    return Question(title=title, kind="initiatives", id=finding.id, key="value")


def _other_part(finding: Finding, plan: Plan) -> Question:
    outcome = finding.id
    other = next(side for side in BOTH if side != finding.data[outcome]["side"])
    side = plan.roadmap.side_title(other)
    return Question(
        title=f"plan with {side} what it does for {outcome}",
        kind="initiatives",
        id=None,
        prefill={"portfolio": other, "outcomes": outcome},
    )


def _measure(finding: Finding, _plan: Plan) -> Question:
    return Question(title=f"set how {finding.id} is measured", kind="outcomes", id=finding.id)


def _reading(finding: Finding, _plan: Plan) -> Question:
    title = f"add a reading of {finding.id}"
    return Question(title=title, kind="outcomes", id=finding.id, key="readings")


QUESTIONS: dict[str, Callable[[Finding, Plan], Question]] = {
    "LINK03": _delivers,
    "VIEW02": _value,
    "GAP01": _other_part,
    "OUT02": _measure,
    "OUT04": _reading,
}
"""The rules that a person answers, each with what is asked."""
