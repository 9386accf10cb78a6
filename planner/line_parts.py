"""The pieces of the line that says what a change does, and which of them fit into a width."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from msgspec import Struct, structs

from planner.conflicts.changes import Change, Changes, Outcome, severities
from planner.conflicts.findings import SEVERITY_MARKS
from planner.roadmap.entities import Severity
from planner.text.visible import visible

Role = Literal["plain", "good", "bad", "warn", "dim", "key"]
"""What colours a piece."""


class Part(Struct, frozen=True):
    """One piece of the consequence line with the role that colours it.

    `brief` says it where there is little room; what has the least `weight` is left out first.
    """

    text: str
    role: Role = "plain"
    brief: str = ""
    weight: int = 9


def tone(amount: float) -> Role:
    return "bad" if amount > 0 else "good" if amount < 0 else "dim"


# --- findings -------------------------------------------------------------------------------------

GROUPS: tuple[tuple[Outcome, str, Role, int], ...] = (
    ("cleared", "clears", "good", 6),
    ("waived", "waives", "warn", 3),
    ("unchecked", "no longer checked:", "warn", 3),
    ("better", "better", "good", 1),
    ("regrouped", "", "dim", 2),
    ("worse", "worse", "bad", 9),
    ("new", "new", "bad", 9),
)
"""The outcomes in the order in which they are told, with their words and weights."""


def finding_parts(changes: Changes, *, named: bool) -> Iterator[Part]:
    """``clears ✗1 ▲3 · worse ▲1: IT €140,000 over budget, was €40,000 · new ▲2``.

    The counts before, less what went, with what is new and with what counts as another now
    (``▲1 now ✗1``, ``▲5 shown as ▲1``), are the counts afterwards.
    """
    for outcome, word, role, weight in GROUPS:
        found = changes.of(outcome)
        if found:
            text = f"{word} {', '.join(_counted(found))}".lstrip()
            name = f": {_worst(found).text}" if named and outcome == "worse" else ""
            yield Part(visible(text + name), role, brief=text, weight=weight)


def _counted(found: Iterable[Change]) -> Iterator[str]:
    alike = [each for each in found if each.same_counts or not (each.before and each.after)]
    if alike:
        yield marks(severities(one for each in alike for one in each.after or each.before))
    others = [each for each in found if each not in alike]
    if others:
        was = severities(one for each in others for one in each.before)
        now = severities(one for each in others for one in each.after)
        regrouped = all(each.outcome == "regrouped" for each in others)
        yield f"{marks(was)} {'shown as' if regrouped else 'now'} {marks(now)}"


def marks(counts: Counter[Severity]) -> str:
    """``✗1 ▲3``: the worst first."""
    return " ".join(
        f"{mark}{counts[name]}" for name, mark in SEVERITY_MARKS.items() if counts[name]
    )


def _worst(found: Iterable[Change]) -> Change:
    rank = list(SEVERITY_MARKS)
    return min(found, key=lambda each: rank.index(each.severity))


def fit(parts: Iterable[Part], width: int, length: Callable[[str], int] = len) -> list[Part]:
    """The parts as they fit into a width: briefer first, then without those of least weight.

    What has the full weight always stays. `length` counts the columns of a text.
    """
    found = list(parts)
    for change in (_briefer, _without_the_least):
        while length(joined(found)) > width and (less := change(found)) is not None:
            found = less
    return found


def briefly(part: Part) -> Part:
    """The part in fewer words, where it has any."""
    return structs.replace(part, text=part.brief) if part.brief else part


def _briefer(parts: list[Part]) -> list[Part] | None:
    at = next((n for n, each in enumerate(parts) if briefly(each) != each), None)
    return None if at is None else [*parts[:at], briefly(parts[at]), *parts[at + 1 :]]


def _without_the_least(parts: list[Part]) -> list[Part] | None:
    least = min(range(len(parts)), key=lambda n: parts[n].weight)
    return None if parts[least].weight == Part("").weight else parts[:least] + parts[least + 1 :]


def joined(parts: Iterable[Part]) -> str:
    return " · ".join(part.text for part in parts)
