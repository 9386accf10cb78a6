"""Values merged three ways: keys of tables one by one, sets of references item by item.

The result does not depend on which side is called ours: sets keep the order of the base (or of the
one side that changed it), with what both sides put in at one place in the order of the alphabet.
A key with two different values is a merge conflict: `decide` names the side, or it is unresolved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct

from planner.merge.lines import Clash, Piece
from planner.roadmap.fields import is_set, list_key, reference_shape
from planner.text.edits import Key, same
from planner.text.locations import MISSING

Side = Literal["ours", "theirs", "base"]


class Conflict(Struct, frozen=True):
    """One key (or a whole table: `key` is ``()``) that both sides changed to different values.

    Values are as parsed, None where a side does not have it. Of a link, `key` ends in its id.
    """

    kind: str
    id: str
    key: Key
    base: Any
    ours: Any
    theirs: Any

    @property
    def name(self) -> str:
        """``initiatives.web-push.estimate``"""
        return ".".join(part for part in (self.kind, self.id, *self.key) if part)

    @property
    def label(self) -> str:
        """The name; ``file`` where a side removed all of it, ``text`` for what is no key."""
        whole = not self.kind and (self.ours is None or self.theirs is None)
        return self.name or ("file" if whole else "text")


Decide = Callable[[Conflict], Side | None]


class Question(Exception):
    """Both sides have it otherwise, and not alike."""


class Three(Struct, frozen=True):
    """A value on three sides, MISSING where it is not."""

    base: Any
    ours: Any
    theirs: Any

    def at(self, key: str) -> Three:
        """The values of a key, on sides that are tables."""
        return Three(*(_at(each, key) for each in (self.base, self.ours, self.theirs)))

    def of(self, side: Side) -> Any:
        """The value of one side."""
        return {"base": self.base, "ours": self.ours, "theirs": self.theirs}[side]

    @property
    def all(self) -> tuple[Any, Any, Any]:
        """Base, ours and theirs."""
        return self.base, self.ours, self.theirs

    @property
    def agreed(self) -> Any:
        """What plain comparison says; raises Question where both sides changed it differently."""
        if same(self.ours, self.theirs) or same(self.theirs, self.base):
            return self.ours
        if same(self.ours, self.base):
            return self.theirs
        raise Question


def _at(value: Any, key: str) -> Any:
    return value.get(key, MISSING) if isinstance(value, Mapping) else MISSING


class Merger:
    """Merges the values of one table after another; collects the conflicts, resolved or not."""

    def __init__(self, decide: Decide | None = None) -> None:
        self.decide = decide
        self.conflicts: list[Conflict] = []
        self.asked: list[Conflict] = []
        self.changed: set[tuple[str, ...]] = set()
        """Tables with a new id or a comment more: who removes one meets a change, whatever its keys
        say."""

    def table(self, kind: str, id: str, three: Three) -> Three:
        """What each side should say for the merge to be done: alike but for what is undecided."""
        return self._value(kind, id, (), three)

    def _value(self, kind: str, id: str, key: Key, three: Three) -> Three:
        removed = not key and (three.ours is MISSING) != (three.theirs is MISSING)
        if removed and three.base is not MISSING and (kind, id) in self.changed:
            return self._ask(kind, id, key, three)
        try:
            merged = three.agreed
        except Question:
            pass
        else:
            return Three(merged, merged, merged)
        if _are_tables(three) and not _is_whole(key):
            return self._keys(kind, id, key, three)
        if removed and _only_reordered(kind, three):
            return Three(MISSING, MISSING, MISSING)
        if key and (identify := _identity_of(kind, key, three)):
            return self._items(kind, id, key, three, identify)
        return self._ask(kind, id, key, three)

    def _keys(self, kind: str, id: str, key: Key, three: Three) -> Three:
        sides = [each if each is not MISSING else {} for each in three.all]
        names = dict.fromkeys(name for each in sides for name in each)
        found = {name: self._value(kind, id, (*key, name), three.at(name)) for name in names}
        made = [
            {name: value for name, each in found.items() if (value := each.all[at]) is not MISSING}
            for at in range(3)
        ]
        agreed = all(same(each.base, each.ours) for each in found.values())
        undecided_before = three.base is MISSING and not agreed
        return Three(MISSING if undecided_before and not made[0] else made[0], made[1], made[2])

    def _ask(self, kind: str, id: str, key: Key, three: Three) -> Three:
        conflict = Conflict(kind, id, key, *(None if v is MISSING else v for v in three.all))
        side = self.choose(conflict)
        if side is None:
            return three
        value = three.of(side)
        return Three(value, value, value)

    def ask(self, conflict: Conflict, clash: Clash) -> Piece:
        """Ask about text: the side's text as decided, else the clash."""
        side = self.choose(conflict)
        if side is None:
            return clash
        return {"base": clash.base, "ours": clash.ours, "theirs": clash.theirs}[side]

    def choose(self, conflict: Conflict) -> Side | None:
        """The side that was decided for; None, and the conflict is open, where there is none."""
        self.asked.append(conflict)
        side = self.decide(conflict) if self.decide else None
        if side is None:
            self.conflicts.append(conflict)
        return side

    # --- lists ------------------------------------------------------------------------------------

    def _items(
        self, kind: str, id: str, key: Key, three: Three, identify: Callable[[Any], Hashable]
    ) -> Three:
        lists = [_as_list(each) for each in three.all]
        by_name = [{identify(item): item for item in each} for each in lists]
        for listed, named in zip(lists, by_name, strict=True):
            if not all(same(item, named[identify(item)]) for item in listed):
                return self._ask(kind, id, key, three)
        names = [list(each) for each in by_name]
        found: dict[Hashable, Three] = {}
        for name in dict.fromkeys(name for each in names for name in each):
            each = Three(*(named.get(name, MISSING) for named in by_name))
            found[name] = self._item(kind, id, (*key, _label(name)), each)
        order = _order(*names)
        made = [
            [value for name in order if (value := found[name].all[at]) is not MISSING]
            for at in range(3)
        ]
        emptied = any(each is MISSING for each in (three.ours, three.theirs))
        return Three(*(MISSING if emptied and not each else each for each in made))

    def _item(self, kind: str, id: str, key: Key, three: Three) -> Three:
        try:
            merged = three.agreed
        except Question:
            return self._link(kind, id, key, three)
        return Three(merged, merged, merged)

    def _link(self, kind: str, id: str, key: Key, three: Three) -> Three:
        """One link that both sides changed: its parts one by one, as text again if text says it."""
        if three.ours is MISSING or three.theirs is MISSING:
            return self._ask(kind, id, key, three)
        parts = Three(*(link_parts(each) for each in three.all))
        trial = Merger()
        merged = trial._keys(kind, id, key, parts)
        if trial.conflicts:
            return self._ask(kind, id, key, three)
        as_table = any(isinstance(each, Mapping) for each in three.all)
        value = link_value(merged.ours, as_table)
        return Three(value, value, value)


def _are_tables(three: Three) -> bool:
    sides = (three.ours, three.theirs)
    return all(isinstance(each, Mapping) for each in sides) and (
        three.base is MISSING or isinstance(three.base, Mapping)
    )


def _is_whole(key: Key) -> bool:
    """Whether a table has one meaning: a counter of two halves is nobody's."""
    return key[-1:] == ("counter",) and reference_shape("initiatives", key[0]) == "needs"


def _only_reordered(kind: str, three: Three) -> bool:
    """Whether the side that kept a table changed no more than the order of its sets."""
    kept = three.theirs if three.ours is MISSING else three.ours
    tables = [each for each in (three.base, kept) if isinstance(each, Mapping)]
    if len(tables) < 2:
        return False
    plain = [{key: _unordered(kind, key, each[key]) for key in each} for each in tables]
    return same(plain[0], plain[1])


def _unordered(kind: str, key: str, value: Any) -> Any:
    """A set without its order; any other value as it is."""
    unordered = isinstance(value, list) and (is_set(kind, key) or bool(list_key(kind, key)))
    return sorted(set(map(repr, value))) if unordered else value


def _as_list(value: Any) -> list[Any]:
    if value is MISSING:
        return []
    return value if isinstance(value, list) else [value]


# --- what tells items apart -----------------------------------------------------------------------


def _identity_of(kind: str, key: Key, three: Three) -> Callable[[Any], Hashable] | None:
    """Key that identifies items of a list; None for what is no set."""
    present = [each for each in three.all if each is not MISSING]
    if not all(isinstance(each, list | str) for each in present):
        return None
    if len(key) == 1 and list_key(kind, key[0]):
        return _link_identity([_as_list(each) for each in three.all])
    nested = len(key) == 2 and reference_shape(kind, key[0]) == "values"
    if nested or (len(key) == 1 and is_set(kind, key[0])):
        return repr
    return None


def _link_identity(lists: Sequence[list[Any]]) -> Callable[[Any], Hashable]:
    """A link by what it is on and its type; by what it is on alone where the base has it and no
    side has two of them, so that a link whose type changed is still the same link."""
    counts = [Counter(str(link_parts(item).get("on")) for item in each) for each in lists]

    def identify(item: Any) -> Hashable:
        parts = link_parts(item)
        on = str(parts.get("on"))
        if counts[0][on] == 1 and all(count[on] <= 1 for count in counts):
            return on
        return on, str(parts.get("type", "FS"))

    return identify


def _label(name: Hashable) -> str:
    return " ".join(name) if isinstance(name, tuple) else str(name)


def link_parts(item: Any) -> dict[str, Any]:
    """A link as the keys of its table: text is split where its blank is. Empty for MISSING."""
    if isinstance(item, Mapping):
        parts = dict(item)
        if isinstance(parts.get("type"), str):
            parts["type"] = parts["type"].upper()
        return parts if parts.get("type") != "FS" else _without(parts, "type")
    if not isinstance(item, str):
        return {} if item is MISSING else {"on": repr(item)}
    on, _, end = item.partition(" ")
    type = end[:2].upper() if end[:2].isalpha() else ""
    lag = end[2:] if type else end
    return {"on": on, **({"type": type} if type not in ("", "FS") else {}), **_lag(lag)}


def _lag(text: str) -> dict[str, str]:
    return {"lag": text} if text else {}


def _without(parts: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in parts.items() if name != key}


def link_value(parts: Mapping[str, Any], as_table: bool) -> Any:
    """A link's parts as its value, text where text says it all."""
    if as_table or parts.keys() - {"on", "type", "lag"}:
        return dict(parts)
    lag = str(parts.get("lag", ""))
    lag = lag if not lag or lag[0] in "+-" else f"+{lag}"
    end = f"{parts.get('type', '')}{lag}"
    return f"{parts['on']} {end}" if end else parts["on"]


# --- order ----------------------------------------------------------------------------------------


def _order(
    base: Sequence[Hashable], ours: Sequence[Hashable], theirs: Sequence[Hashable]
) -> list[Hashable]:
    """All names in one order: the base's, or that of the one side that has changed it, with what
    is new behind what it stands behind."""
    spine = list(base)
    moved = [each for each in (ours, theirs) if _sorted_otherwise(base, each)]
    if len(moved) == 1:
        spine = _respined(base, moved[0])
    new: dict[int, list[Hashable]] = {}
    known = set(spine)
    for each in sorted((ours, theirs), key=lambda side: list(map(str, side))):
        at = 0
        for name in each:
            if name in spine:
                at = spine.index(name) + 1
            elif name not in known:
                new.setdefault(at, []).append(name)
                known.add(name)
    return [
        name
        for at in range(len(spine) + 1)
        for name in (*spine[max(at - 1, 0) : at], *new.get(at, ()))
    ]


def _sorted_otherwise(base: Sequence[Hashable], side: Sequence[Hashable]) -> bool:
    kept = [name for name in base if name in side]
    return kept != [name for name in side if name in base]


def _respined(base: Sequence[Hashable], side: Sequence[Hashable]) -> list[Hashable]:
    """The names of the base in a side's order; one that the side lacks stays behind the same."""
    spine = [name for name in side if name in base]
    for at, name in enumerate(base):
        if name not in spine:
            before = base[at - 1] if at else None
            spine.insert(spine.index(before) + 1 if before in spine else 0, name)
    return spine
