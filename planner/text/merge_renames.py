"""Which of one side's removed and added tables are one table under another id, and its new name.

They are if they share most of their keys and values, and no other pair is as good; anything less
sure is no rename, and a table that one side removed and the other changed is asked about.

A rename reads only the blocks that may say the old id or the new one: few of a large file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from msgspec import Struct

from planner.errors import EditRefused
from planner.roadmap.entities import KINDS
from planner.text.document import Document
from planner.text.edits import RenameId, apply_to_data, same
from planner.text.merge_blocks import Block, Blocks, blocks, is_free
from planner.text.references import mentions

ENOUGH = 0.6
"""The share of all keys on either side that has to be there on both with the same value."""

PAIRS = 10_000
"""Past so many pairs of tables that differ, nobody renamed: it is another roadmap."""

Tables = Mapping[str, Mapping[str, Any]]


class Elsewhere(Struct, frozen=True):
    """The tables of the roadmap's other files on each side: one that went there, or that came from
    there, has no other id.

    `moved` are tables by kind and id that a side took here: who removes one meets a change.
    """

    base: Tables
    ours: Tables
    theirs: Tables
    moved: frozenset[tuple[str, str]] = frozenset()


def renamed_tables(before: Tables, after: Tables) -> dict[tuple[str, str], str]:
    """(kind, id before) → id afterwards, of whole roadmaps: of one of several files, a table that
    went to another file or came from there can seem to be a table with another id."""
    found: dict[tuple[str, str], str] = {}
    for kind in KINDS:
        old, new = before.get(kind, {}), after.get(kind, {})
        gone = {id: old[id] for id in old if id not in new and isinstance(old[id], Mapping)}
        came = {id: new[id] for id in new if id not in old and isinstance(new[id], Mapping)}
        if gone and came and len(gone) * len(came) <= PAIRS:
            found |= {(kind, was): now for was, now in renames(gone, came).items()}
    return found


def with_renames(tables: Tables, renamed: Mapping[tuple[str, str], str]) -> Tables:
    """The tables under the ids of afterwards, as far as those are free."""
    for (kind, old), new in renamed.items():
        with suppress(EditRefused):
            tables = apply_to_data(RenameId(kind, old, new, as_it_was=True), tables)
    return tables


def renames(gone: Tables, new: Tables) -> dict[str, str]:
    """Old id → new id, among the tables of one kind that a side no longer has and newly has."""
    found = _word_for_word(gone, new)
    taken = set(found.values())
    gone = {id: table for id, table in gone.items() if id not in found}
    new = {id: table for id, table in new.items() if id not in taken}
    return found | _alike(gone, new) if len(gone) * len(new) <= PAIRS else found


def _word_for_word(gone: Tables, new: Tables) -> dict[str, str]:
    """Those that say the same, where no other one says it."""
    old, came = _by_content(gone), _by_content(new)
    return {
        ids[0]: came[said][0]
        for said, ids in old.items()
        if len(ids) == 1 and len(came.get(said, ())) == 1
    }


def _by_content(tables: Tables) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id, table in tables.items():
        if table:
            found.setdefault(repr(sorted(table.items(), key=str)), []).append(id)
    return found


def _alike(gone: Tables, new: Tables) -> dict[str, str]:
    """Those that are alike enough, and more so than with any other."""
    likeness = [
        (share, old, id)
        for old, table in gone.items()
        for id, other in new.items()
        if (share := _likeness(table, other)) >= ENOUGH
    ]
    best_old = _best((old, share) for share, old, _ in likeness)
    best_new = _best((id, share) for share, _, id in likeness)
    return {
        old: id
        for share, old, id in likeness
        if best_old[old][0] == share and best_new[id][0] == share
        if share not in best_old[old][1:] and share not in best_new[id][1:]
    }


def _best(pairs: Iterable[tuple[str, float]]) -> dict[str, list[float]]:
    """For each name its shares, the largest first."""
    found: dict[str, list[float]] = {}
    for name, share in pairs:
        found.setdefault(name, []).append(share)
    return {name: sorted(shares, reverse=True) for name, shares in found.items()}


def _likeness(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    keys = one.keys() | other.keys()
    alike = sum(key in one and key in other and same(one[key], other[key]) for key in keys)
    return alike / len(keys) if keys else 0.0


# --- under the new name ---------------------------------------------------------------------------


def text_renamed(text: str, edits: Sequence[RenameId]) -> str:
    """The text after those of the renames that it allows. Raises ReadError."""
    if not edits:
        return text
    document = Document.parse(text.encode(), "")
    for edit in edits:
        with suppress(EditRefused):  # Nothing here has that name, or refers to it.
            document = document.apply(edit)
    return document.text


def refers(text: str, found: Blocks | None, kind: str, id: str) -> bool:
    """Whether anything in a text, or in its blocks, refers to an id. Raises ReadError."""
    if found is not None:
        near = _that_may_say([id], found)
        text = "".join(each.text + each.gap for each in near.values())
    return bool(mentions(Document.parse(text.encode(), "").tables, kind, id))


def blocks_renamed(found: Blocks, edits: Sequence[RenameId]) -> Blocks | None:
    """The blocks of the text after the renames; None where it can't be cut. Raises ReadError."""
    if not edits:
        return found
    near = _that_may_say({id for edit in edits for id in (edit.old, edit.new)}, found)
    again = blocks(text_renamed("".join(each.text + each.gap for each in near.values()), edits))
    if again is None or len(again) != len(near):
        return None
    after = {
        old.unit: Block(new.unit, new.pieces, old.gap, old.last)
        for old, new in zip(near.values(), again.values(), strict=True)
    }
    return {each.unit: each for each in (after.get(unit, old) for unit, old in found.items())}


def _that_may_say(ids: Iterable[str], found: Blocks) -> Blocks:
    """The blocks in which one of the ids may stand as an id, in their order. An escape can spell
    any, a query in any case; what stands above all tables is always one of them."""
    texts = [(unit, block.text) for unit, block in found.items() if not is_free(unit)]
    near = {unit for word in (*ids, "\\") for unit, text in texts if word in text}
    return {
        unit: block
        for unit, block in found.items()
        if unit in near or not unit or unit[0] == "views"
    }
