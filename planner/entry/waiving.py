"""Edit that waives a finding: a table with the rule, what it is on, and what a person said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.conflicts.findings import Finding
from planner.plan.model import Plan
from planner.roadmap.ids import make_id
from planner.text.edits import AddTable, Edits


def waived(plan: Plan, finding: Finding, said: Mapping[str, Any]) -> Edits:
    """A waiver of one finding; `said` is its reason, by whom, and until when.

    It names only what makes the finding this one, so that work that joins later is not waived too;
    of what is told together it names all.
    """
    whole = bool(finding.root) and set(finding.root) <= set(finding.on) and not finding.together
    on = list(finding.root if whole else finding.on)
    id = make_id("-".join([finding.rule, *on[:1]]), plan.tables.get("waivers", {}), "waiver")
    added = AddTable("waivers", id, {"rule": finding.code, "on": on, **said})
    return Edits((added,), f"waive {finding.code} on {on[0]}")
