"""References to unknown ids.

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
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from planner.roadmap import sides
from planner.roadmap.entities import KINDS, Roadmap
from planner.roadmap.fields import RefShape, reference_shape, references
from planner.roadmap.ids import all_nearest, is_id

IMPLIED: frozenset[str] = frozenset({"teams", "people", "systems", "data"})
"""Kinds whose ids exist by being named."""

PARTIES = ("teams", "people")
"""The kinds that share one namespace."""

STANDARD: Mapping[str, tuple[str, ...]] = {
    "portfolios": sides.STANDARD,
    "calendars": ("standard",),
}
"""Ids that exist without a table."""

KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
"""Rows of keys; each is shifted to the right by half a key against the one above."""


class UnknownReference(NamedTuple):
    """`ref`, named by `key` of a table, names nothing; `nearest` is what it most likely meant."""

    kind: str
    id: str
    key: str
    ref: str
    nearest: str | None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of table that the key names."""
        return _reference_kinds(self.kind)[self.key]


def unknown_references(roadmap: Roadmap) -> list[UnknownReference]:
    """Every reference that names nothing, by kind, in file order, by key.

    A waiver's `on` may name anything that a finding is on, so it is not looked at.
    """
    names = _Names(roadmap)
    places = list(_outside(roadmap, names))
    words: dict[tuple[str, ...], dict[str, None]] = {}
    for kind, _, key, ref in places:
        words.setdefault(_reference_kinds(kind)[key], {})[ref] = None
    near = {kinds: names.nearest(kinds, refs) for kinds, refs in words.items()}
    found = []
    for kind, id, key, ref in places:
        kinds = _reference_kinds(kind)[key]
        if IMPLIED.isdisjoint(kinds) or ref in near[kinds]:
            found.append(UnknownReference(kind, id, key, ref, near[kinds].get(ref)))
    return found


def ids_in_force(roadmap: Roadmap) -> dict[str, dict[str, str]]:
    """The ids of each kind with what they are called: of tables, those that need none, and, behind
    them, those that are implied by being named.
    """
    found = {
        kind: {
            **dict.fromkeys(STANDARD.get(kind, ()), ""),
            **{id: entity.label for id, entity in roadmap.table(kind).items()},
        }
        for kind in KINDS
    }
    for kind, _, key, ref in _named(roadmap):
        kinds = _reference_kinds(kind)[key]
        if IMPLIED.isdisjoint(kinds) or not is_id(ref):
            continue
        if not any(ref in found[each] for each in PARTIES):
            implied = next(each for each in kinds if each in IMPLIED)
            found[implied].setdefault(ref, "")
    return found


def mistyped(roadmap: Roadmap, kind: str) -> set[str]:
    """The references to a kind of table that name nothing, and are not taken as implied."""
    return {one.ref for one in unknown_references(roadmap) if kind in one.kinds}


@lru_cache(maxsize=32)
def _reference_kinds(kind: str) -> Mapping[str, tuple[str, ...]]:
    found = references(kind)
    if kind == "waivers":
        del found["on"]
    return found


Place = tuple[str, str, str, str]
"""(kind, id, key, the id that is named)."""


def _named(roadmap: Roadmap) -> Iterator[Place]:
    """All references of a roadmap."""
    for kind in ("roadmap", *KINDS, "checks"):
        yield from _said(kind, tuple(_reference_kinds(kind)), _tables(roadmap, kind))


def _outside(roadmap: Roadmap, names: _Names) -> Iterator[Place]:
    """The references to what has no table. Few keys have any, so each is asked as a whole first."""
    for kind in ("roadmap", *KINDS, "checks"):
        tables, kinds = _tables(roadmap, kind), _reference_kinds(kind)
        known = {key: names.known(of) for key, of in kinds.items()}
        keys = [key for key in kinds if not _all_in(known[key], kind, key, tables)]
        for place in _said(kind, keys, tables):
            if place[3] not in known[place[2]]:
                yield place


def _all_in(known: frozenset[str], kind: str, key: str, tables: Mapping[str, Any]) -> bool:
    shape = reference_shape(kind, key)
    said = filter(None, map(attrgetter(key), tables.values()))
    return all(known.issuperset(ids_in(value, shape)) for value in said)


def _tables(roadmap: Roadmap, kind: str) -> Mapping[str, Any]:
    singles: Mapping[str, Any] = {"roadmap": roadmap.settings, "checks": roadmap.checks}
    return {"": singles[kind]} if kind in singles else roadmap.table(kind)


def _said(kind: str, keys: Sequence[str], tables: Mapping[str, Any]) -> Iterator[Place]:
    """The references under some keys of the tables of a kind."""
    if not keys:
        return
    values_of = attrgetter(*keys) if len(keys) > 1 else _alone(keys[0])
    for id, entity in tables.items():
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


class _Names:
    """Which ids exist, and which known one an unknown one is near."""

    def __init__(self, roadmap: Roadmap) -> None:
        self.roadmap = roadmap
        self._known: dict[tuple[str, ...], frozenset[str]] = {}

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

    def nearest(self, kinds: tuple[str, ...], refs: Collection[str]) -> dict[str, str]:
        """The ids most likely meant; for ids that are only implied, never a loose guess."""
        known = self.known(kinds)
        if IMPLIED.isdisjoint(kinds):
            return all_nearest(refs, known, loose=True)
        short = {ref: self._short(ref, known) for ref in refs if len(ref) == 3}
        slips = {ref: near for ref, near in short.items() if near is not None}
        return slips | all_nearest(refs, known)

    def _short(self, ref: str, known: frozenset[str]) -> str | None:
        """The id of three letters that `ref` stands for; None where it may be its own name."""
        near = sorted(known & short_slips(ref))
        if not near or self._times[ref] != 1:
            return None
        return next((one for one in near if self._times[one] != 1), None)

    @cached_property
    def _times(self) -> Counter[str]:
        """How often each id is named where an implied kind is."""
        return Counter(
            ref
            for kind, _, key, ref in _named(self.roadmap)
            if not IMPLIED.isdisjoint(_reference_kinds(kind)[key])
        )


def short_slips(word: str) -> set[str]:
    """The words of three letters that are one slip away: a swap, or the key beside."""
    if len(word) != 3:
        return set()
    swapped = {word[1] + word[0] + word[2], word[0] + word[2] + word[1]}
    beside = {word[:at] + key + word[at + 1 :] for at in range(3) for key in _beside(word[at])}
    return (swapped | beside) - {word}


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
