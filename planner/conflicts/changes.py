"""What became of the findings: two reports compared by their parts and counted as they are shown.

Several findings may be shown as one: for what is missing in many places, for dates that are missed
together. What is compared are the parts, each by its rule and root, so that a part that is only
shown with others now is neither new nor cleared. What is counted is what is shown, so that the
counts before, less what went and with what came, are always the counts afterwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from functools import cached_property
from typing import Literal, NamedTuple

from msgspec import Struct

from planner.conflicts.findings import SEVERITIES, Finding, Size, parts_of, worst
from planner.conflicts.lost import CORRECTED
from planner.conflicts.report import Report
from planner.roadmap.entities import Severity
from planner.roadmap.figures import listed

Renamed = Mapping[tuple[str, str], str]
"""(kind, id before) → id afterwards."""

Outcome = Literal["cleared", "waived", "unchecked", "better", "worse", "regrouped", "new"]
"""`unchecked`: it is not found any more, because the person, the reading or the check that it needs
is gone. `regrouped`: the same findings, shown together or one by one now.
"""


class Change(Struct, frozen=True):
    """What is shown before and afterwards of findings that have parts in common, with what became
    of it in words: both figures of what grew or shrank, else the message.
    """

    outcome: Outcome
    before: tuple[Finding, ...]
    after: tuple[Finding, ...]
    text: str

    @property
    def severity(self) -> Severity:
        """The worst that is shown now; where nothing is, that was shown."""
        return worst(self.after or self.before)

    @property
    def code(self) -> str:
        """The rule of the first finding."""
        return (self.after or self.before)[0].code

    @property
    def same_counts(self) -> bool:
        """Whether as many findings of each severity are shown as before."""
        return severities(self.before) == severities(self.after)


def severities(findings: Iterable[Finding]) -> Counter[Severity]:
    """How many there are of each severity."""
    return Counter(one.severity for one in findings)


# --- the parts of one report ----------------------------------------------------------------------

Key = tuple[str, tuple[str, ...]]
"""What makes a part the same one: its rule, and its root under the ids of afterwards."""


class Part(NamedTuple):
    """One finding, or what one tells beside itself: in which of those that are shown, how large."""

    shown: int
    finding: Finding
    size: Size | None
    own: bool = True

    @property
    def rank(self) -> int:
        """0 is the worst severity."""
        return SEVERITIES.index(self.finding.severity)

    @property
    def name(self) -> str:
        """What it is about: ``IT``, ``peak-readiness``."""
        subject = self.size.subject if self.size is not None else ""
        return subject or self.finding.id or self.finding.code

    @property
    def involved(self) -> set[str]:
        """What it is on, without what is told beside it."""
        if not self.own:
            return set()
        return set(self.finding.on).difference(id for also in self.finding.also for id in also.root)


class Parts:
    """The parts of one report that are not waived, and which of them are shown together."""

    def __init__(self, report: Report) -> None:
        self.waived = {(one.code, one.root) for one in report.each if one.waived}
        self.too_few = report.too_few
        self.shown = [one for one in report.findings if not one.waived]
        self.by_key: dict[Key, Part] = {}
        self._times: Counter[Key] = Counter()
        self.keys: list[list[Key]] = []
        for number, shown in enumerate(self.shown):
            self.keys.append([])
            for one in parts_of(shown):
                self._add((one.code, one.root), Part(number, one, one.size))
                for also in one.also:
                    self._add((one.code, also.root), Part(number, one, also.size, own=False))

    def _add(self, key: Key, part: Part) -> None:
        self._times[key] += 1
        if self._times[key] > 1:  # Those of one name are told apart by their order.
            key = (key[0], (*key[1], f" {self._times[key]}"))
        self.by_key[key] = part
        self.keys[part.shown].append(key)

    def under(self, renamed: Renamed, other: Parts) -> Parts:
        """The same parts under the ids, and with the keys, that they have in `other`."""
        now = {
            key: _renamed(key, each.finding, renamed, other) for key, each in self.by_key.items()
        }
        found = copy(self)
        found.by_key = {now[key]: part for key, part in self.by_key.items()}
        found.keys = [[now[key] for key in keys] for keys in self.keys]
        return found


def _renamed(key: Key, finding: Finding, renamed: Renamed, known: Parts) -> Key:
    """A root under other ids, in the order that it has then where ids were in order."""
    code, root = key
    ids = tuple(_id_now(id, finding, renamed) for id in root)
    in_order = tuple(sorted(ids))
    return (code, in_order if (code, in_order) in known.by_key else ids)


def _id_now(id: str, finding: Finding, renamed: Renamed) -> str:
    if id in finding.on:
        return renamed.get((finding.kind, id), id)
    return next((now for (_, was), now in renamed.items() if was == id), id)


# --- two reports ----------------------------------------------------------------------------------


class Changes:
    """All changes from one report's parts to another's; what is shown is in one of them at most.

    `renamed` are ids that only changed their names. `unlost` makes the report that there would be
    if nothing had been lost that findings are made of, such as people and readings; it is asked
    only where something got better.
    """

    def __init__(
        self,
        before: Parts,
        after: Parts,
        renamed: Renamed | None = None,
        unlost: Callable[[], Parts | None] = lambda: None,
    ) -> None:
        self._renames = renamed or {}
        self._old = before.under(self._renames, after) if self._renames else before
        self._new = after
        self._unlost = unlost

    @cached_property
    def all(self) -> tuple[Change, ...]:
        """What was shown and is another, or gone, in the order it was shown in; then what came."""
        found = (self._change(old, new) for old, new in self._linked())
        return tuple(each for each in found if each is not None)

    def of(self, *outcomes: Outcome) -> tuple[Change, ...]:
        """The changes with one of these outcomes."""
        return tuple(each for each in self.all if each.outcome in outcomes)

    @property
    def fresh(self) -> tuple[Finding, ...]:
        """The findings, one by one, of which some part is new, or was milder."""
        old = self._old.by_key
        found = {
            part.finding.fingerprint: part.finding
            for key, part in self._new.by_key.items()
            if key not in old or part.rank < old[key].rank
        }
        return tuple(found.values())

    @property
    def harm(self) -> tuple[Finding, ...]:
        """The errors, one by one, that came, or of which there is more than before."""
        old, new = self._old.by_key, self._new.by_key
        more = (new[key].finding for key in new if key in old and self._grown(key) > 0)
        found = {one.fingerprint: one for one in (*self.fresh, *more) if one.severity == "error"}
        return tuple(found.values())

    def _linked(self) -> Iterator[tuple[set[int], set[int]]]:
        """The numbers of what is shown before and afterwards, where parts are common, by chains."""
        old, new = self._old, self._new
        seen: set[int] = set()
        for number in range(len(old.shown)):
            if number not in seen and not self._same(number):
                before, after = self._together(number)
                seen |= before
                yield before, after
        for number, keys in enumerate(new.keys):
            if old.by_key.keys().isdisjoint(keys):
                yield set(), {number}

    def _same(self, number: int) -> bool:
        """Whether nothing about it is another: so it is with nearly all, and found out first."""
        keys = self._old.keys[number]
        part = self._new.by_key.get(keys[0])
        if part is None or len(keys) > 1 or len(self._new.keys[part.shown]) > 1:
            return False
        return _alike(self._old.by_key[keys[0]], part)

    def _together(self, number: int) -> tuple[set[int], set[int]]:
        before, after = {number}, set[int]()
        waiting = list(self._old.keys[number])
        while waiting:
            key = waiting.pop()
            for parts, numbers in ((self._old, before), (self._new, after)):
                part = parts.by_key.get(key)
                if part is not None and part.shown not in numbers:
                    numbers.add(part.shown)
                    waiting += parts.keys[part.shown]
        return before, after

    # --- what became of it ------------------------------------------------------------------------

    def _change(self, old: set[int], new: set[int]) -> Change | None:
        before = tuple(self._old.shown[number] for number in sorted(old))
        after = tuple(self._new.shown[number] for number in sorted(new))
        was = {key for number in old for key in self._old.keys[number]}
        now = {key for number in new for key in self._new.keys[number]}
        grown = {key: by for key in was & now if (by := self._grown(key))}
        outcome = self._outcome(was, now, grown)
        if outcome == "regrouped" and severities(before) == severities(after):
            return None
        return Change(outcome, before, after, self._text(before, after, was, now, grown))

    def _outcome(self, was: set[Key], now: set[Key], grown: Mapping[Key, int]) -> Outcome:
        if not was:
            return "new"
        if not now:
            return self._gone(was)
        if not now <= was or 1 in grown.values():
            return "worse"
        return "better" if any(map(self._really, (*grown, *(was - now)))) else "regrouped"

    def _gone(self, keys: set[Key]) -> Outcome:
        if any(map(self._really, keys)):
            return "cleared"
        return "waived" if keys <= self._new.waived else "unchecked"

    def _grown(self, key: Key) -> int:
        old, new = self._old.by_key[key], self._new.by_key[key]
        return 0 if _alike(old, new) else self._growth(old, new)

    def _growth(self, old: Part, new: Part) -> int:
        """1 for what got worse, −1 for better: by severity, else size, else all it involves."""
        if old.rank != new.rank:
            return 1 if new.rank < old.rank else -1
        if old.size is not None and new.size is not None and old.size.amount != new.size.amount:
            return 1 if new.size.amount > old.size.amount else -1
        if old.own != new.own:
            return 0
        was, now = self._involved(old), new.involved
        return (now > was) - (was > now)

    def _involved(self, old: Part) -> set[str]:
        kind = old.finding.kind
        return {self._renames.get((kind, id), id) for id in old.involved}

    def _really(self, key: Key) -> bool:
        """Whether what got better would be better too if nothing had been lost."""
        if key in self._new.waived or key[0] in self._new.too_few:
            return False
        if key[0] in CORRECTED:
            return True
        still = self._whole.by_key.get(key) if self._whole is not None else None
        return still is None or self._growth(self._old.by_key[key], still) < 0

    @cached_property
    def _whole(self) -> Parts | None:
        return self._unlost()

    # --- in words ---------------------------------------------------------------------------------

    def _text(
        self,
        before: tuple[Finding, ...],
        after: tuple[Finding, ...],
        was: set[Key],
        now: set[Key],
        grown: Mapping[Key, int],
    ) -> str:
        if not before or not after:
            return (after or before)[0].message
        said = [self._told(key) for key in sorted(grown)]
        if any(one.together for one in (*before, *after)):
            number = f" ({len(now)}, was {len(was)})" if len(now) != len(was) else ""
            return "; ".join([f"{after[0].message}{number}", *said])
        said += [_brief(self._new.by_key[key]) for key in sorted(now - was)]
        said += [f"no longer {_brief(self._old.by_key[key])}" for key in sorted(was - now)]
        return "; ".join(said) or after[0].message

    def _told(self, key: Key) -> str:
        """Both figures: ``IT €140,000 over budget, was €40,000``."""
        old, new = self._old.by_key[key], self._new.by_key[key]
        text = new.finding.message
        if old.size is not None and new.size is not None and old.size != new.size:
            text = f"{new.name} {new.size.since(old.size)}"
        elif old.rank == new.rank:
            came = new.involved - self._involved(old)
            went = self._involved(old) - new.involved
            text = f"{new.name}: {'also' if came else 'no longer'} {listed(sorted(came or went))}"
        return text if old.rank == new.rank else f"{text} ({ARTICLES[old.finding.severity]} before)"


def _alike(old: Part, new: Part) -> bool:
    """Whether nothing that is compared is another: so it is with nearly all."""
    return (
        old.finding.severity == new.finding.severity
        and old.size == new.size
        and (not old.own or old.finding.on == new.finding.on)
    )


ARTICLES: dict[Severity, str] = {"error": "an error", "warning": "a warning", "info": "an info"}


def _brief(part: Part) -> str:
    return f"{part.name} {part.size.text}" if part.size is not None else part.finding.message
