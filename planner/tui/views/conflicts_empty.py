"""What the conflicts view says when there is nothing to list: what was checked, what was not.

An empty list is only good news where it is known what was looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from planner.conflicts.registry import RULES
from planner.conflicts.rule import Rule
from planner.pages.roles import wrap
from planner.plan.model import Plan
from planner.text.visible import visible
from planner.tui.views.conflicts_explained import Explained, Line


def nothing_found(plan: Plan, *, filter: str, waived: int, width: int) -> Explained:
    """Why the list is empty, and what that is worth, in lines of at most `width` columns."""
    lines: list[Line] = [[], _why(filter, waived), []]
    spoke = [rule for rule in RULES.values() if not _silent(plan, rule)]
    lines += _listing(f"Checked: {len(spoke)} rules", [rule.name for rule in spoke], width)
    starts = easiest_starts(RULES.values())
    silent = [f"{name}: once {starts[name]}" for name in plan.report.silent if name in starts]
    if silent:
        lines += [[], [("Not checked yet", ("dim", None, True))]]
        for text in silent:
            lines += [[("  " + part, ("dim", None, False))] for part in wrap(text, width - 2)]
    return Explained(tuple(lines), ())


def easiest_starts(rules: Iterable[Rule]) -> dict[str, str]:
    """What makes each subject checked: a table, what most of its rules ask for, the shortest."""
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


def _why(filter: str, waived: int) -> Line:
    if filter:
        text = f"No conflict matches the filter {visible(filter)} "
        return [(text, ("strong", None, True)), ("esc shows all", ("dim", None, False))]
    line: Line = [("√ ", ("good", None, True)), ("No conflicts", ("strong", None, True))]
    if waived:
        line.append((f" · {waived} waived, I shows them", ("dim", None, False)))
    return line


def _silent(plan: Plan, rule: Rule) -> bool:
    return rule.topic is not None and not rule.topic.used(plan.context)


def _listing(title: str, names: list[str], width: int) -> list[Line]:
    lines: list[Line] = [[(title, ("text", None, True))]]
    text = ", ".join(name.replace("-", " ") for name in names)
    lines += [[("  " + part, ("text", None, False))] for part in wrap(text, width - 2)]
    return lines
