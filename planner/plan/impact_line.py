"""The line that says what a change does: its pieces, and which of them fit into a width."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from msgspec import Struct, structs

from planner.conflicts.changes import Change, Changes, Outcome, severities
from planner.conflicts.findings import SEVERITY_MARKS
from planner.conflicts.terms import new_counters, to_be_taken
from planner.plan.impact import Consequence
from planner.roadmap.entities import Severity
from planner.roadmap.figures import MINUS, count, date_text, listed, money_short
from planner.text.visible import visible

Role = Literal["plain", "good", "bad", "warn", "dim", "key"]
"""What colours a piece."""


FULL = 9
NAME = 16
"""Characters of a title in the line."""


class Part(Struct, frozen=True):
    """One piece of the consequence line with the role that colours it.

    Where there is little room, what has the least weight goes first: the whole part (`weight`), or
    what `brief` leaves out of it (`detail`). Parts of `FULL` weight go after all others, the last
    one first.
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


# --- a consequence --------------------------------------------------------------------------------


def line_of(found: Consequence) -> str:
    """The pieces in words alone: ``peak 15 Oct +5d · delay cost +€11k · 3 launches move ·
    errors: 1 new, 2 cleared``.
    """
    return " · ".join([joined(_plan_parts(found)), *finding_words(found.changes)])


def parts_of(found: Consequence) -> Iterator[Part]:
    """The line's pieces, always in the same order: the first one needs no findings."""
    yield from _plan_parts(found)
    yield from finding_parts(found.changes, told=found.target)


def _plan_parts(found: Consequence) -> Iterator[Part]:
    yield from target_parts(found)
    yield from _launch_parts(found)
    for counter in new_counters(found.before.context, found.after.context):
        yield Part(visible(to_be_taken(found.after.context, counter)), "warn", weight=8)


def target_parts(found: Consequence) -> Iterator[Part]:
    """The first of the line's pieces: where the target is then, and what that costs."""
    yield _target_part(found)
    yield from _date_parts(found)
    cost = found.cost
    if cost is not None and round(cost):
        amount = money_short(abs(cost), found.before.roadmap.settings.currency)
        sign = "+" if cost > 0 else MINUS
        yield Part(visible(f"delay cost {sign}{amount}"), tone(cost), weight=6)


def _target_part(found: Consequence) -> Part:
    target, finish = found.target, found.after_finish
    if target is None:
        return Part("no dates", "dim")
    name = _name(found, target)
    if finish is None:
        return Part(f"{name} has no dates: {found.why_left(target)}", "bad")
    where = f"{name} {date_text(finish, found.after.as_of)}"
    slip = found.slip
    if slip:
        colour: Role = tone(slip.calendar) if found.slip_by_edit else "warn"
        return Part(f"{where} {slip.short}", colour)
    if slip is not None:
        return Part(f"{where} unchanged", "dim", brief=where)
    is_new = found.id_before(target) not in found.before.roadmap.initiatives
    return Part(f"{where} {'is new' if is_new else 'scheduled again'}", "dim")


def _date_parts(found: Consequence) -> Iterator[Part]:
    if found.short:
        yield Part(f"{found.short.brief} late", "bad")
    if found.then is not found.before:
        yield _time_part(found)
    whole, slip = found.whole, found.slip
    if whole and whole != slip:
        finish = date_text(whole.last, found.after.as_of)
        yield Part(f"whole plan {finish} {whole.short}", tone(whole.calendar), weight=5)


def _time_part(found: Consequence) -> Part:
    day = date_text(found.after.as_of, found.before.as_of)
    way = "on" if found.after.as_of > found.before.as_of else "back"
    time, edit = found.slip_by_time, found.slip_by_edit
    text = f"time goes {way} to {day}"
    if time and edit:
        return Part(f"{text} {time.short}, edit {edit.short}", "warn")
    return Part(text, "warn", weight=7)


def _launch_parts(found: Consequence) -> Iterator[Part]:
    """Another launch is named only where the target does not move."""
    moved = found.launches_moved
    others = () if found.slip or found.left else moved
    if others:
        most = max(others, key=lambda each: (abs(each.days), abs(each.calendar_days), each.id))
        day = date_text(most.after, found.after.as_of)
        text = f"{_name(found, most.id)} {day} {most.shift.short}"
        yield Part(text, tone(most.calendar_days), weight=8)
    if len(moved) > bool(others):
        moves = "moves" if len(moved) == 1 else "move"
        yield Part(f"{count(len(moved), 'launch')} {moves}", "warn", weight=4)
    elif found.moved and not moved and found.after.schedule.launches:
        yield Part("no launch moves", "dim", weight=0)
    if others_left := [each for each in found.launches_left if each.id != found.target]:
        yield Part(f"{count(len(others_left), 'launch')} without dates", "bad", weight=7)


def _name(found: Consequence, id: str) -> str:
    """The first words of a title, at most 16 characters."""
    now = found.after.roadmap.initiatives.get(id)
    title = (now or found.before.roadmap.initiatives[found.id_before(id)]).label
    first, *words = visible(title).split() or [id]
    for word in words:
        if len(first) + 1 + len(word) > NAME:
            break
        first += f" {word}"
    return first[:NAME]


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
            text = f"{word} {', '.join(counted_changes(found))}".lstrip()
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


def counted_changes(found: Iterable[Change]) -> Iterator[str]:
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
    """The parts that fit into a width, and the first one in any case.

    `length` counts the columns of a text.
    """
    found = list(parts)
    while length(joined(found)) > width:
        least = min(range(len(found)), key=lambda number: found[number].first_to_go)
        if found[least].first_to_go == FULL:
            if len(found) == 1:
                break
            least = len(found) - 1
        less = found[least].less
        found[least : least + 1] = [] if less is None else [less]
    return found


def briefly(part: Part) -> Part:
    """The part in the fewest words that still say it."""
    return part.less or part


def joined(parts: Iterable[Part]) -> str:
    return " · ".join(part.text for part in parts)
