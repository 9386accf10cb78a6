"""References that name nothing.

Initiatives, groups, outcomes, decisions, calendars and portfolios are made by a table (the standard
portfolios and the calendar `standard` exist without one), so an id of theirs without a table names
nothing. Teams, people, systems and data are implied by being named; there a reference is unknown
only where a table has a near id, since then it is most likely that id mistyped. Teams and people
share one namespace.

Three letters are too few for likeness alone to tell a slip from another name: ``seo`` and ``ceo``
are two teams. There a near id is one with two letters swapped, or one letter taken for its
neighbour on the keyboard (``crn`` for ``crm``), and only where the written id is named once, and
the near one at least twice, or nowhere: then its table stands for this name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from planner.roadmap.entities import KINDS, STANDARD_PORTFOLIOS, Roadmap
from planner.roadmap.fields import RefShape, reference_shape, references
from planner.roadmap.ids import nearest

IMPLIED: frozenset[str] = frozenset({"teams", "people", "systems", "data"})
"""Kinds whose ids exist by being named."""

STANDARD: Mapping[str, tuple[str, ...]] = {
    "portfolios": STANDARD_PORTFOLIOS,
    "calendars": ("standard",),
}
"""Ids that exist without a table."""

MAX_GUESSES = 50
"""How many unknown ids get a nearest one: with one file of a folder open, thousands are unknown."""


KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
"""Rows of keys; each is shifted to the right by half a key against the one above."""


class UnknownReference(NamedTuple):
    """`ref`, named by `key` of a table, names nothing; `nearest` is what it most likely meant."""

    kind: str
    id: str
    key: str
    ref: str
    nearest: str | None


def unknown_references(roadmap: Roadmap) -> list[UnknownReference]:
    """Every reference that names nothing, by kind, in file order, by key.

    A waiver's `on` may name anything that a finding is on, so it is not looked at.
    """
    names = _Names(roadmap)
    found = []
    for kind, id, key, ref in _named(roadmap):
        kinds = _reference_kinds(kind)[key]
        if ref not in names.known(kinds) and names.is_unknown(kinds, ref):
            found.append(UnknownReference(kind, id, key, ref, names.nearest(kinds, ref)))
    return found


@lru_cache(maxsize=32)
def _reference_kinds(kind: str) -> Mapping[str, tuple[str, ...]]:
    found = references(kind)
    if kind == "waivers":
        del found["on"]
    return found


def _named(roadmap: Roadmap) -> Iterator[tuple[str, str, str, str]]:
    """All references of a roadmap: (kind, id, key, the id that is named)."""
    for kind in ("roadmap", *KINDS, "checks"):
        keys = tuple(_reference_kinds(kind))
        if not keys:
            continue
        tables: Mapping[str, Any] = {
            "roadmap": {"": roadmap.settings},
            "checks": {"": roadmap.checks},
        }
        table = tables[kind] if kind in tables else roadmap.table(kind)
        values_of = attrgetter(*keys) if len(keys) > 1 else _alone(keys[0])
        for id, entity in table.items():
            for key, value in zip(keys, values_of(entity), strict=True):
                if value:
                    for ref in ids_in(value, reference_shape(kind, key)):
                        yield kind, id, key, ref


def _alone(key: str) -> Any:
    value_of = attrgetter(key)
    return lambda entity: (value_of(entity),)


def ids_in(value: Any, shape: RefShape | None) -> Collection[str]:
    """The ids in the value of a reference key (see `planner.roadmap.fields.RefShape`)."""
    match shape:
        case "one":
            return (value,)
        case "needs":
            return [need.on for need in value]
        case "values":
            return [id for ids in value.values() for id in ids]
        case "keys":
            return value.keys() if isinstance(value, Mapping) else ()
        case _:
            return tuple(value)


class ShortSlips:
    """Ids of three letters that are most likely another one mistyped; for `IMPLIED` kinds only."""

    def __init__(self, roadmap: Roadmap) -> None:
        self._roadmap = roadmap

    def meant(self, ref: str, known: Collection[str]) -> str | None:
        """The one of the `known` ids that `ref` stands for; None where it may be its own name."""
        near = sorted(one for one in known if is_short_slip(ref, one))
        if not near or self._named[ref] != 1:
            return None
        return next((one for one in near if self._named[one] != 1), None)

    @cached_property
    def _named(self) -> Counter[str]:
        """How often each id is named where an implied kind is."""
        return Counter(
            ref
            for kind, _, key, ref in _named(self._roadmap)
            if not IMPLIED.isdisjoint(_reference_kinds(kind)[key])
        )


def is_short_slip(word: str, other: str) -> bool:
    """Whether two words of three letters are one slip apart: a swap, or the key beside."""
    if len(word) != 3 or len(other) != 3 or word == other:
        return False
    if other in (word[1] + word[0] + word[2], word[0] + word[2] + word[1]):
        return True
    wrong = [(one, meant) for one, meant in zip(word, other, strict=True) if one != meant]
    return len(wrong) == 1 and wrong[0][1] in _beside(wrong[0][0])


@lru_cache(maxsize=64)
def _beside(letter: str) -> str:
    """The keys beside a letter, above and below it included."""
    for row, keys in enumerate(KEYBOARD):
        at = keys.find(letter)
        if at >= 0:
            above = KEYBOARD[row - 1][at : at + 2] if row > 0 else ""
            below = KEYBOARD[row + 1][max(0, at - 1) : at + 1] if row < 2 else ""
            return keys[max(0, at - 1) : at] + keys[at + 1 : at + 2] + above + below
    return ""


class _Names:
    """Which ids exist, and which known one an unknown one is near."""

    def __init__(self, roadmap: Roadmap) -> None:
        self.roadmap = roadmap
        self._known: dict[tuple[str, ...], frozenset[str]] = {}
        self._nearest: dict[tuple[tuple[str, ...], str], str | None] = {}
        self._guesses = 0
        self._short = ShortSlips(roadmap)

    def known(self, kinds: tuple[str, ...]) -> frozenset[str]:
        """All ids of these kinds; teams and people are one namespace."""
        found = self._known.get(kinds)
        if found is None:
            if "teams" in kinds or "people" in kinds:
                kinds_meant: tuple[str, ...] = (*kinds, "teams", "people")
            else:
                kinds_meant = kinds
            ids = {id for kind in kinds_meant for id in self.roadmap.table(kind)}
            standard = {id for kind in kinds for id in STANDARD.get(kind, ())}
            found = self._known[kinds] = frozenset(ids | standard)
        return found

    def is_unknown(self, kinds: tuple[str, ...], ref: str) -> bool:
        return IMPLIED.isdisjoint(kinds) or self._near(kinds, ref) is not None

    def nearest(self, kinds: tuple[str, ...], ref: str) -> str | None:
        """The id most likely meant; for ids that are only implied, never a loose guess."""
        if not IMPLIED.isdisjoint(kinds):
            return self._near(kinds, ref)
        if (kinds, ref) not in self._nearest:
            if self._guesses == MAX_GUESSES:
                return None
            self._guesses += 1
        return self._near(kinds, ref, loose=True)

    def _near(self, kinds: tuple[str, ...], ref: str, loose: bool = False) -> str | None:
        if (kinds, ref) not in self._nearest:
            near = nearest(ref, self.known(kinds), loose=loose)
            if near is None and not IMPLIED.isdisjoint(kinds):
                near = self._short.meant(ref, self.known(kinds))
            self._nearest[kinds, ref] = near
        return self._nearest[kinds, ref]
