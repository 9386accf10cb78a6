"""The pieces of the line that says what a change does, and which of them fit into a width."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from msgspec import Struct, structs

from planner.conflicts.changes import Change, Changes, Outcome, severities
from planner.conflicts.findings import SEVERITY_MARKS
from planner.roadmap.entities import Severity
from planner.roadmap.figures import count, listed
from planner.text.visible import visible

Role = Literal["plain", "good", "bad", "warn", "dim", "key"]
"""What colours a piece."""


FULL = 9


class Part(Struct, frozen=True):
    """One piece of the consequence line with the role that colours it.

    Where there is little room, what has the least weight goes first: the whole part (`weight`), or
    what `brief` leaves out of it (`detail`). A part of `FULL` weight stays.
    """

    text: str
    role: Role = "plain"
    brief: str = ""
    weight: int = FULL
    detail: int = 0

    @property
    def first_to_go(self) -> int:
        """The weight of what it gives up next."""
        return self.detail if self.brief else self.weight

    @property
    def less(self) -> Part | None:
        """The part in fewer words; None where it is left out."""
        return structs.replace(self, text=self.brief, brief="") if self.brief else None


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
"""The outcomes in the order in which they are shown, with their words and weights."""

WORDS: dict[Outcome, str] = {
    "new": "new",
    "worse": "worse",
    "better": "better",
    "cleared": "cleared",
    "waived": "waived",
    "unchecked": "no longer checked",
    "regrouped": "shown together or apart",
}
"""The outcomes in words, the worst first."""

SEVERITY_NOUNS: dict[Severity, tuple[str, str]] = {
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "info": ("info", "info"),
}
"""One conflict of a severity, and several."""


def finding_parts(changes: Changes, *, told: str | None = None) -> Iterator[Part]:
    """``clears ✗1 ▲3 · worse ▲1: IT €140,000 over budget, was €40,000 · new ▲2``.

    The counts before, less what went, with what is new and with what counts as another now
    (``▲1 now ✗1``, ``▲5 shown as ▲1``), are the counts afterwards. The worst of what got worse is
    named, but for a deadline of `told`, which the line already has.
    """
    for outcome, word, role, weight in GROUPS:
        found = changes.of(outcome)
        if found:
            text = f"{word} {', '.join(_counted(found))}".lstrip()
            name = _worst(found, told) if outcome == "worse" else ""
            if name:
                yield Part(visible(f"{text}: {name}"), role, brief=text, detail=5)
            else:
                yield Part(text, role, weight=weight)


def finding_words(changes: Changes) -> Iterator[str]:
    """``errors: 1 new, 2 cleared``, ``warnings: 1 worse``, ``worse: 1 warning, now 1 error``."""
    found = [(word, *_split(changes.of(outcome))) for outcome, word in WORDS.items()]
    counts = [(word, _shown(alike)) for word, alike, _ in found]
    for severity, (_, nouns) in SEVERITY_NOUNS.items():
        of_it = [f"{number[severity]} {word}" for word, number in counts if number[severity]]
        if of_it:
            yield f"{nouns}: {', '.join(of_it)}"
    for word, _, others in found:
        if others:
            was, now = _before_and_after(others)
            yield f"{word}: {_in_words(was)}, now {_in_words(now)}"


def _in_words(counts: Counter[Severity]) -> str:
    names = SEVERITY_NOUNS.items()
    return listed(count(counts[name], *nouns) for name, nouns in names if counts[name])


def _counted(found: Iterable[Change]) -> Iterator[str]:
    alike, others = _split(found)
    if alike:
        yield marks(_shown(alike))
    if others:
        was, now = _before_and_after(others)
        regrouped = all(each.outcome == "regrouped" for each in others)
        yield f"{marks(was)} {'shown as' if regrouped else 'now'} {marks(now)}"


def _split(found: Iterable[Change]) -> tuple[list[Change], list[Change]]:
    """Those that are counted once, and those whose counts are others afterwards."""
    alike: list[Change] = []
    others: list[Change] = []
    for each in found:
        once = each.same_counts or not (each.before and each.after)
        (alike if once else others).append(each)
    return alike, others


def _shown(changes: Iterable[Change]) -> Counter[Severity]:
    return severities(one for each in changes for one in each.after or each.before)


def _before_and_after(changes: Iterable[Change]) -> tuple[Counter[Severity], Counter[Severity]]:
    found = [*changes]
    return (
        severities(one for each in found for one in each.before),
        severities(one for each in found for one in each.after),
    )


def marks(counts: Counter[Severity]) -> str:
    """``✗1 ▲3``: the worst first."""
    return " ".join(
        f"{mark}{counts[name]}" for name, mark in SEVERITY_MARKS.items() if counts[name]
    )


def _worst(found: Iterable[Change], told: str | None) -> str:
    rank = list(SEVERITY_MARKS)
    others = (each for each in found if each.code != "DATE01" or each.after[0].id != told)
    worst = min(others, key=lambda each: rank.index(each.severity), default=None)
    return worst.text if worst is not None else ""


def fit(parts: Iterable[Part], width: int, length: Callable[[str], int] = len) -> list[Part]:
    """The parts as they fit into a width, if they do without what has full weight.

    `length` counts the columns of a text.
    """
    found = list(parts)
    while length(joined(found)) > width:
        least = min(range(len(found)), key=lambda number: found[number].first_to_go)
        if found[least].first_to_go == FULL:
            break
        less = found[least].less
        found[least : least + 1] = [] if less is None else [less]
    return found


def briefly(part: Part) -> Part:
    """The part in the fewest words that still say it."""
    return part.less or part


def joined(parts: Iterable[Part]) -> str:
    return " · ".join(part.text for part in parts)
