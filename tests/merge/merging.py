"""What a merge has to say, found another way: facts compared one by one, without any text.

A fact is one value at the end of a path, one item of a set, or one part of a link.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from planner.merge.three_way import merge_bytes
from planner.merge.values import link_parts
from planner.roadmap.entities import Tables
from planner.roadmap.fields import is_set
from planner.text.document import Document

Path = tuple[str, ...]
Facts = dict[Path, Any]
ABSENT = "absent"


class Meant(NamedTuple):
    """The facts of the merged roadmap, and what has to be asked about."""

    facts: Facts
    asked: set[Path]


def meant(base: Tables, ours: Tables, theirs: Tables) -> Meant:
    """What the merge of three roadmaps says. No side may have renamed a table."""
    facts: Facts = {}
    asked: set[Path] = set()
    sides = (base, ours, theirs)
    names = {(kind, id) for side in sides for kind, of_kind in side.items() for id in of_kind}
    for kind, id in sorted(names):
        tables = [side.get(kind, {}).get(id) for side in sides]
        if None in tables[1:]:
            side = _kept(kind, id, tables)
            if side is None:
                asked.add((kind, id))
            else:
                facts |= facts_of(kind, id, tables, side) or {}
            continue
        was, left, right = (facts_of(kind, id, tables, at) for at in range(3))
        assert left is not None
        assert right is not None
        asked |= set(_links_gone_and_changed(was or {}, left, right))
        for path in {*(was or {}), *left, *right}:
            one, mine, other = (each.get(path, ABSENT) for each in (was or {}, left, right))
            value = other if _same(mine, one) else mine
            if not (_same(mine, one) or _same(other, one) or _same(mine, other)):
                asked.add(path)
            elif value is not ABSENT:
                facts[path] = value
    return Meant(facts, {_question(path) for path in asked})


def _kept(kind: str, id: str, tables: list[Any]) -> int | None:
    """Which side a table is as that is not on both; None where that has to be asked."""
    there = [table for table in tables if table is not None]
    was, left, right = (
        None if table is None else facts_of(kind, id, [*there, table], len(there))
        for table in tables
    )
    return 2 if left == was else 1 if right == was or left == right else None


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


def _links_gone_and_changed(was: Facts, left: Facts, right: Facts) -> Iterator[Path]:
    """The links that one side took out while the other said something more about them."""
    for link in {path[:-1] for path in was if "#" in path and path[-2] != "#"}:
        before, one, other = (
            {path: value for path, value in each.items() if path[:-1] == link}
            for each in (was, left, right)
        )
        if bool(one) != bool(other) and (one or other) != before:
            yield link


def _question(path: Path) -> Path:
    """The question that a fact belongs to: of a link, one for all of its parts."""
    return path[: path.index("#") + 2] if "#" in path else path


def facts_of(kind: str, id: str, tables: list[Any], at: int) -> Facts | None:
    """The facts of a table on one of the sides; None where it is not there."""
    if tables[at] is None:
        return None
    return {(kind, id): True, **dict(_facts(kind, (kind, id), tables, at))}


def _facts(kind: str, path: Path, sides: list[Any], at: int) -> Iterator[tuple[Path, Any]]:
    here = sides[at]
    if here is None:
        return
    present = [each for each in sides if each is not None]
    key = path[2:]
    gone = bool(key) and sides[0] is not None and None in sides[1:3]
    if all(isinstance(each, Mapping) for each in present) and not gone:
        yield path, True
        for name in here:
            inner = [each.get(name) if each is not None else None for each in sides]
            yield from _facts(kind, (*path, name), inner, at)
    elif key == ("needs",) and kind == "initiatives":
        yield path, True
        yield from _links(path, [_listed(each) for each in sides], at)
    elif _is_set(kind, key) and all(isinstance(each, str | list) for each in present):
        yield path, True
        yield from (((*path, "#", repr(item)), True) for item in _listed(here))
    else:
        yield path, here


def _is_set(kind: str, key: Path) -> bool:
    nested = kind == "checks" and key[:1] == ("reviews_for",) and len(key) == 2
    return nested or (len(key) == 1 and is_set(kind, key[0]))


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _links(path: Path, sides: list[list[Any]], at: int) -> Iterator[tuple[Path, Any]]:
    counts = [Counter(link_parts(item)["on"] for item in each) for each in sides]
    for item in sides[at]:
        parts = link_parts(item)
        on = parts["on"]
        single = counts[0][on] == 1 and all(count[on] <= 1 for count in counts)
        name = on if single else f"{on} {parts.get('type', 'FS')}"
        for part, value in parts.items():
            yield (*path, "#", name, part), value


def check(base: bytes, ours: bytes, theirs: bytes) -> int:
    """Merge both ways and hold the results to what is meant; the number of questions.

    Raises AssertionError for an edit that is lost, a question too many or too few, or a result
    that depends on which side is called ours.
    """
    sides = [Document.parse(each, "").tables for each in (base, ours, theirs)]
    if any(_two_of_one_link(side) for side in sides):
        return 0
    expected = meant(sides[0], sides[1], sides[2])
    found = merge_bytes(base, ours, theirs)
    other = merge_bytes(base, theirs, ours)
    asked = {(c.kind, c.id, *c.key) for c in found.conflicts}
    assert asked == {_plain(path) for path in expected.asked}, f"asked {asked}"
    assert asked == {(c.kind, c.id, *c.key) for c in other.conflicts}
    if asked:
        return len(asked)
    assert found.document is not None
    assert other.document is not None
    assert found.document.data == other.document.data, "not the same both ways"
    holds(expected, sides, found.document.tables)
    keeps_comments(base, ours, theirs, found.to_bytes())
    return 0


def _two_of_one_link(tables: Tables) -> bool:
    """Whether a file contradicts itself about a link, so that nothing can be said about it."""
    lists = [_listed(table.get("needs")) for table in tables.get("initiatives", {}).values()]
    named = [
        [(parts["on"], parts.get("type")) for parts in map(link_parts, each)] for each in lists
    ]
    return any(len(set(each)) < len(each) for each in named)


def _plain(path: Path) -> Path:
    return tuple(part for part in path if part != "#") if "#" in path else path


def holds(meant: Meant, sides: list[Tables], tables: Tables) -> None:
    """Whether merged tables say what is meant. Raises AssertionError."""
    expected = meant.facts
    for kind, id in {path[:2] for path in expected}:
        here = [side.get(kind, {}).get(id) for side in sides]
        result = tables[kind][id]
        said = facts_of(kind, id, [*here, result], 3) or {}
        want = {path: value for path, value in expected.items() if path[:2] == (kind, id)}
        assert _values(said) == _values(want), f"{kind}.{id}: {said} for {want}"
    names = {(kind, id) for kind, of_kind in tables.items() for id in of_kind}
    assert names == {path[:2] for path in expected}


def _values(facts: Facts) -> Facts:
    """Without the tables on the way: whether an empty one stays says nothing."""
    return {path: value for path, value in facts.items() if value is not True or "#" in path}


def keeps_comments(base: bytes, ours: bytes, theirs: bytes, merged: bytes) -> None:
    """A comment line that a side has put in, or that all three have, is in the result, unless it
    went with the table that it stands above."""
    was, left, right, found = (_comments(each) for each in (base, ours, theirs, merged))
    lost = ((left | right) - was | (left & right)) - found
    lost = {each for each in lost if not _went(each, (ours, theirs), merged)}
    assert not lost, f"lost comments: {sorted(lost)}"


def _went(comment: str, sides: tuple[bytes, bytes], merged: bytes) -> bool:
    """Whether the table below a comment is gone."""
    for text in (side.decode() for side in sides):
        below = text.partition(comment)[2].splitlines()
        header = next((line for line in below if line.startswith("[")), None)
        if header is not None and header not in merged.decode():
            return True
    return False


def _comments(raw: bytes) -> set[str]:
    lines = (line.strip() for line in raw.decode().splitlines())
    return {line for line in lines if line.startswith(("# mark", "## "))}
