"""A merge under new ids: what the tables of other files are called, and text after renames.

A rename reads only the blocks that may say the old id or the new one: few of a large file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from msgspec import Struct

from planner.errors import EditRefused
from planner.merge.blocks import Block, Blocks, blocks, is_free
from planner.roadmap.entities import Tables
from planner.text.document import Document
from planner.text.edits import RenameId
from planner.text.references import mentions


class Elsewhere(Struct, frozen=True):
    """The tables of the roadmap's other files on each side: one that went there, or that came from
    there, has no other id.

    `moved` are tables by kind and id that a side took here: who removes one meets a change.
    """

    base: Tables
    ours: Tables
    theirs: Tables
    moved: frozenset[tuple[str, str]] = frozenset()


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
