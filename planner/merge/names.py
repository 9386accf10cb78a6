"""Ids of each table on both sides, and its id after the merge.

A table with two different new ids is a merge conflict about its id, and so is one id given to two
tables: the side that does not get it keeps its table's old id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from planner.merge.blocks import Block, Blocks
from planner.merge.renames import Elsewhere, refers
from planner.merge.values import Conflict, Merger, Side
from planner.roadmap.entities import KINDS, Tables
from planner.text.document import Document
from planner.text.edits import RenameId
from planner.text.renames import renames
from planner.text.sections import Unit

Texts = tuple[str, str, str]
Cut = tuple[Blocks, Blocks, Blocks]
Renames = tuple[list[RenameId], list[RenameId], list[RenameId]]
Table = dict[str, object]
Sides = tuple[Mapping[Unit, Table], Mapping[Unit, Table], Mapping[Unit, Table]]


class Names(NamedTuple):
    """What one table is called on each side; at least one of the two has changed it."""

    kind: str
    base: str
    ours: str
    theirs: str

    @property
    def units(self) -> set[Unit]:
        """The table on each side."""
        return {(self.kind, id) for id in (self.base, self.ours, self.theirs)}


class Taken(NamedTuple):
    """A new id of different tables: what the base calls what each side calls so; None where a side
    has put in a table of that name."""

    kind: str
    id: str
    ours: str | None
    theirs: str | None

    @property
    def units(self) -> set[Unit]:
        """The tables by their new id and by their old ones."""
        return {(self.kind, id) for id in (self.id, self.ours, self.theirs) if id is not None}


def changed_tables(texts: Texts, cut: Cut | None) -> Sides:
    """The tables of which a side may have changed the id. Raises ReadError."""
    if cut is None:
        all_of = [_units(Document.parse(text.encode(), "")) for text in texts]
        return all_of[0], all_of[1], all_of[2]
    was, left, right = cut
    if not any(len(unit) == 2 for side in (left, right) for unit in was.keys() - side.keys()):
        return {}, {}, {}
    wanted = was.keys() ^ left.keys() | was.keys() ^ right.keys()
    found: list[dict[Unit, Table]] = [
        {unit: _parsed(unit, side[unit]) for unit in side if unit in wanted and len(unit) == 2}
        for side in cut
    ]
    return found[0], found[1], found[2]


Found = dict[Unit, str]
"""Of tables of the base, by kind and id: the new id on a side."""


def _names(ours: Found, theirs: Found, there: set[Unit], here: set[Unit]) -> Iterator[Names]:
    """The tables with another id on a side, but for ids that the other side has for something else.

    `here` and `there` are what ours and theirs have.
    """
    for kind, id in {**ours, **theirs}:
        left, right = ours.get((kind, id)), theirs.get((kind, id))
        clash = (left and (kind, left) in there) or (right and (kind, right) in here)
        if left and right:
            yield Names(kind, id, left, right)
        elif not clash:
            yield Names(kind, id, left or id, right or id)


def _taken(found: tuple[Found, Found], sides: Sides) -> Iterator[Taken]:
    """The ids that one side has given to a table, and the other to another one."""
    ours, theirs = ({(unit[0], id): unit[1] for unit, id in each.items()} for each in found)
    for kind, id in {**ours, **theirs}:
        left, right = ours.get((kind, id)), theirs.get((kind, id))
        if left != right and (kind, id) in sides[1] and (kind, id) in sides[2]:
            yield Taken(kind, id, left, right)


def new_names(
    texts: Texts, cut: Cut | None, sides: Sides, elsewhere: Elsewhere | None
) -> tuple[Found, Found]:
    """The tables with another id on ours and on theirs. Raises ReadError.

    Where nobody knows what stands elsewhere, an id that the base refers to without a table of it
    has one there already.
    """
    base, *sides_now = sides
    if elsewhere is not None:
        now = (elsewhere.ours, elsewhere.theirs)
        found = [
            _found(base, side, elsewhere.base, beside)
            for side, beside in zip(sides_now, now, strict=True)
        ]
        return found[0], found[1]
    was = (texts[0], None if cut is None else cut[0])
    found = [
        {unit: new for unit, new in each.items() if not refers(*was, unit[0], new)}
        for each in (_found(base, side, {}, {}) for side in sides_now)
    ]
    return found[0], found[1]


def _found(
    base: Mapping[Unit, Table], side: Mapping[Unit, Table], was: Tables, now: Tables
) -> Found:
    """Of the tables of two texts; `was` and `now` are those of the files beside them."""
    found: Found = {}
    for kind in KINDS:
        before, after = ({u[1]: t for u, t in of.items() if u[0] == kind} for of in (base, side))
        if not before.keys() - after.keys() or not after.keys() - before.keys():
            continue
        old, new = {**was.get(kind, {}), **before}, {**now.get(kind, {}), **after}
        gone = {id: table for id, table in old.items() if id not in new}
        came = {id: table for id, table in new.items() if id not in old}
        both = renames(gone, came).items()
        found |= {(kind, id): to for id, to in both if id in before and to in after}
    return found


def to_one_name(
    sides: Sides, found: tuple[Found, Found], merger: Merger
) -> tuple[Renames, list[set[Unit]]]:
    """What to rename on each side for one name of each table, and the tables whose name is open."""
    _, ours, theirs = sides
    ids = (set(ours), set(theirs))
    edits: Renames = ([], [], [])
    open_names = []
    for taken in list(_taken(found, sides)):
        side = _decided(taken, merger)
        if side is None:
            open_names.append(taken.units)
        for at, was in enumerate((taken.ours, taken.theirs)):
            if was is None or side == ("ours", "theirs")[at]:
                continue
            del found[at][taken.kind, was]
            if side is not None:
                ids[at].remove((taken.kind, taken.id))
                edits[at + 1].append(RenameId(taken.kind, taken.id, was, as_it_was=True))
    for names in _names(*found, ids[1], ids[0]):
        id = _name(names, merger)
        if id is None:
            open_names.append(names.units)
            continue
        merger.changed.add((names.kind, id))
        for at, old in enumerate((names.base, names.ours, names.theirs)):
            if old != id:
                edits[at].append(RenameId(names.kind, old, id, as_it_was=True))
    return edits, open_names


def _decided(taken: Taken, merger: Merger) -> Side | None:
    """Which side has the id in the end; None while that is open."""
    return merger.choose(Conflict(taken.kind, taken.id, ("id",), None, taken.ours, taken.theirs))


def _name(names: Names, merger: Merger) -> str | None:
    """What a table is called in the end; None while that is open."""
    if names.ours == names.theirs or names.theirs == names.base:
        return names.ours
    if names.ours == names.base:
        return names.theirs
    side = merger.choose(Conflict(names.kind, names.base, ("id",), *names[1:]))
    return (
        None if side is None else {"base": names.base, "ours": names.ours}.get(side, names.theirs)
    )


def _parsed(unit: Unit, block: Block) -> Table:
    """What a block's table says. Raises ReadError."""
    return _units(Document.parse(block.text.encode(), "")).get(unit, {})


def _units(document: Document) -> Mapping[Unit, Table]:
    return {
        (kind, id): dict(table)
        for kind, of_kind in document.tables.items()
        if kind in KINDS
        for id, table in of_kind.items()
        if isinstance(table, dict)
    }
