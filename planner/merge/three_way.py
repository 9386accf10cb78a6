"""Three-way merge by table and key: edits conflict only where both sides changed one key.

The data of the result does not depend on which side is called ours. Its text is ours, with what
the other side changed put in, comments and layout of both kept. Only tables whose text differs are
parsed, so a merge costs less than reading one of the files.

What both sides changed differently is a `Conflict`: a key, or a whole table where one side removed
what the other changed. `decide` resolves it; unresolved ones are written between markers.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from functools import cached_property

from planner.errors import ReadError
from planner.merge.blocks import FREE_PARTS, Block, Blocks, Known, blocks, is_free, joined
from planner.merge.comments import comments, said_more
from planner.merge.lines import Clash, Piece, clean, marked, unmarked
from planner.merge.names import Cut, Renames, Texts, changed_tables, new_names, to_one_name
from planner.merge.pieces import merge_as_lines, merge_piece, side_text
from planner.merge.renames import Elsewhere, blocks_renamed, text_renamed
from planner.merge.values import Conflict, Decide, Merger, Side
from planner.text.document import Document
from planner.text.sections import Unit

__all__ = ["Conflict", "Decide", "Merged", "Side", "merge", "merge_bytes"]

_BOM = "\ufeff"


class Merged:
    """Result of a merge. `conflicts` are unresolved; `asked` also has the resolved ones."""

    def __init__(
        self,
        pieces: Sequence[Piece],
        merger: Merger,
        file: str,
        *,
        bom: bool,
        newline: str,
        read: bool,
    ) -> None:
        self.pieces = list(pieces)
        self.conflicts = tuple(merger.conflicts)
        self.asked = tuple(merger.asked)
        self.file = file
        self._bom = bom
        self._newline = newline
        self._read = read

    @cached_property
    def text(self) -> str | None:
        """The merged text; None while there are unresolved conflicts."""
        return None if self.conflicts else clean(self.pieces)

    @cached_property
    def document(self) -> Document | None:
        """The merged document; None with unresolved conflicts. Raises ReadError for no TOML."""
        return None if self.text is None else Document.parse(self.to_bytes(), self.file)

    @property
    def is_roadmap(self) -> bool:
        """Whether all sides were readable roadmaps; else the files were merged by lines."""
        return self._read

    def verify(self) -> None:
        """Parse the merged text. Raises ReadError where it can't be read."""
        if not self.conflicts and self.is_roadmap:
            Document.parse(self.to_bytes(), self.file)

    def to_bytes(self, size: int = 7) -> bytes:
        """The file's bytes, each unresolved conflict between markers of `size` characters."""
        text = marked(_with_bom(self.pieces) if self._bom else self.pieces, size)
        if self._newline != "\n":
            text = text.replace("\n", self._newline)
        return text.encode()

    def side(self, side: Side) -> str:
        """The text with every unresolved conflict as on one side."""
        return side_text(self.pieces, ("base", "ours", "theirs").index(side))


def merge(
    base: Document | None,
    ours: Document,
    theirs: Document,
    decide: Decide | None = None,
    elsewhere: Elsewhere | None = None,
) -> Merged:
    """Merge two documents that come from one base; None where both are new.

    `decide` returns the side for each conflict, or None to leave it unresolved; `elsewhere` are
    the roadmap's other files, where they are known.
    """
    raw = None if base is None else base.to_bytes()
    return merge_bytes(raw, ours.to_bytes(), theirs.to_bytes(), ours.file, decide, elsewhere)


def merge_bytes(
    base: bytes | None,
    ours: bytes,
    theirs: bytes,
    file: str = "",
    decide: Decide | None = None,
    elsewhere: Elsewhere | None = None,
) -> Merged:
    """Merge three files' bytes. What can't be read as a roadmap is merged by lines.

    Raises ReadError for what is not UTF-8.
    """
    texts = [_decoded(each, file) for each in (base or b"", ours, theirs)]
    bom = _of_the_changed([each.startswith(_BOM) for each in texts], base is not None)
    returns = _of_the_changed(["\r\n" in each for each in texts], base is not None)
    was, left, right = (each.removeprefix(_BOM).replace("\r\n", "\n") for each in texts)
    was = _without_markers(was)
    merger = Merger(decide)
    pieces = _merge_texts((was, left, right), merger, elsewhere)
    read = pieces is not None
    if pieces is None:
        merger = Merger(decide)
        pieces = merge_as_lines(was, left, right, merger)
    newline = "\r\n" if returns else "\n"
    return Merged(pieces, merger, file, bom=bom, newline=newline, read=read)


def keep_or_remove(
    base: bytes | None,
    ours: bytes | None,
    theirs: bytes | None,
    file: str = "",
    decide: Decide | None = None,
) -> Merged:
    """Merge a file that one side removed (None) and the other changed: one conflict as a whole.

    The merged text is empty where the removal is chosen. Raises ReadError for no UTF-8.
    """
    texts = [None if each is None else _decoded(each, file) for each in (base, ours, theirs)]
    was, left, right = ("" if each is None else each for each in texts)
    merger = Merger(decide)
    piece = merger.ask(Conflict("", "", (), *texts), Clash(was, left, right))
    read = _can_be_read(left or right)
    return Merged([piece], merger, file, bom=False, newline="\n", read=read)


def _can_be_read(text: str) -> bool:
    try:
        Document.parse(text.encode(), "")
    except ReadError:
        return False
    return True


def _with_bom(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces behind a byte order mark; a marker at the top has to begin its line: below it."""
    first = pieces[0] if pieces else ""
    if isinstance(first, str):
        return [_BOM + first, *pieces[1:]]
    sides = (each and _BOM + each for each in (first.base, first.ours, first.theirs))
    return [Clash(*sides), *pieces[1:]]


def _decoded(raw: bytes, file: str) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise ReadError("it is not UTF-8 and can't be merged", file=file) from None


def _of_the_changed(three: list[bool], with_base: bool) -> bool:
    base, ours, theirs = three
    return theirs if with_base and ours == base else ours


def _without_markers(base: str) -> str:
    """A base that git made by a merge of its own may have markers: its own base counts then."""
    sides = unmarked(base) if "<<<<<<<" in base else None
    return base if sides is None else sides.ours if sides.base is None else sides.base


# --- by blocks ------------------------------------------------------------------------------------


def _merge_texts(texts: Texts, merger: Merger, elsewhere: Elsewhere | None) -> list[Piece] | None:
    """The pieces; None where a side is no roadmap that can be read."""
    merger.changed |= elsewhere.moved if elsewhere else set()
    whole = None if merger.changed else _whole_side(*texts)
    if whole is not None:
        return [whole] if whole else []
    cut = _cut(texts)
    try:
        sides = changed_tables(texts, cut)
        found = new_names(texts, cut, sides, elsewhere)
        edits, open_names = to_one_name(sides, found, merger)
        cut = cut and _cut_renamed(cut, edits)
        if cut is None:
            base, ours, theirs = map(text_renamed, texts, edits)
            return _merge_whole((base, ours, theirs), merger, bool(open_names))
    except ReadError:
        return None
    ends = [text.endswith("\n") or not text for text in texts]
    return _merge_blocks(cut, merger, open_names, _of_the_changed(ends, bool(texts[0])))


def _whole_side(base: str, ours: str, theirs: str) -> str | None:
    """The text of the one side that changed anything."""
    if ours == theirs or theirs == base:
        return ours
    return theirs if ours == base else None


def _cut(texts: Texts) -> Cut | None:
    known: Known = {}
    base, ours, theirs = (blocks(text, known) for text in texts)
    return None if base is None or ours is None or theirs is None else (base, ours, theirs)


def _cut_renamed(cut: Cut, edits: Renames) -> Cut | None:
    base, ours, theirs = map(blocks_renamed, cut, edits)
    return None if base is None or ours is None or theirs is None else (base, ours, theirs)


def _merge_whole(texts: Texts, merger: Merger, open_names: bool) -> list[Piece] | None:
    try:
        for text in texts:
            Document.parse(text.encode(), "")
    except ReadError:
        return None
    return [Clash(*texts)] if open_names else merge_piece(*texts, merger)


def _merge_blocks(cut: Cut, merger: Merger, open_names: list[set[Unit]], ends: bool) -> list[Piece]:
    base, ours, theirs = cut
    merged: dict[Unit, Block] = {}
    for units in open_names:
        opened = _open_block(units, *cut)
        merged[opened.unit] = opened
    apart = {unit for units in open_names for unit in units}
    for unit in dict.fromkeys((*ours, *theirs, *base)):
        mine = ours.get(unit)
        if mine is not None and mine is theirs.get(unit):
            merged[unit] = mine
        elif unit not in apart:
            three = (base.get(unit), mine, theirs.get(unit))
            block = _referring(three, apart) or _merge_block(unit, *three, merger)
            if block is not None:
                merged[unit] = block
    for unit in list(_taken_in(merged, ours, theirs)):
        merged.pop(unit, None)
    return joined([merged[unit] for unit in _arranged(merged, base, ours, theirs)], ends=ends)


def _open_block(units: set[Unit], base: Blocks, ours: Blocks, theirs: Blocks) -> Block:
    """The tables of which the name is open, as one clash."""
    found = [[side[unit] for unit in side if unit in units] for side in (base, ours, theirs)]
    near = (found[1] or found[2])[-1]
    texts = ("".join(map(str, joined(blocks, ends=True))) for blocks in found)
    return Block(near.unit, (Clash(*texts),), near.gap, near.last)


def _referring(three: tuple[Block | None, ...], open_names: set[Unit]) -> Block | None:
    """A table that both sides changed and that may refer to one whose name is open, as a clash:
    each side means its own."""
    was, left, right = (each.text if each else "" for each in three)
    near = three[1]
    if near is None or left in (was, right) or right in (was, ""):
        return None
    if not any(unit[1] in text for unit in open_names for text in (left, right)):
        return None
    return Block(near.unit, (Clash(was, left, right),), near.gap, near.last)


def _merge_block(
    unit: Unit, base: Block | None, ours: Block | None, theirs: Block | None, merger: Merger
) -> Block | None:
    was, left, right = (each.pieces if each else () for each in (base, ours, theirs))
    if unit not in merger.changed or (ours and theirs):
        if left == right or right == was:
            return ours
        if left == was:
            return theirs
    texts = [each.text if each else "" for each in (base, ours, theirs)]
    if unit and not (ours and theirs) and said_more(texts[0], texts[1] or texts[2]):
        merger.changed.add((unit[0], *(unit[1:] or ("",))))
    pieces = merge_piece(texts[0], texts[1], texts[2], merger)
    near = ours or theirs
    assert near is not None
    return Block(unit, tuple(pieces), near.gap, near.last) if pieces else None


def _taken_in(merged: Blocks, ours: Blocks, theirs: Blocks) -> Iterator[Unit]:
    """Comments that stand free on one side and on the other at the table next to them."""
    for side, other in ((ours, theirs), (theirs, ours)):
        free = {unit for unit in side.keys() - other.keys() if is_free(unit)}
        if not free:
            continue
        gained = {
            unit: comments(merged[unit].text) - comments(block.text)
            for unit, block in side.items()
            if unit in other and merged.get(unit, block) is not block
        }
        for unit, near in _neighbours(side):
            if unit in free and any(unit[1] in gained.get(each, ()) for each in near):
                yield unit


def _neighbours(side: Blocks) -> Iterator[tuple[Unit, tuple[Unit, ...]]]:
    """Each free comment with the tables before and behind it."""
    before: tuple[Unit, ...] = ()
    waiting: list[tuple[Unit, tuple[Unit, ...]]] = []
    for unit in side:
        if is_free(unit):
            waiting.append((unit, before))
        else:
            yield from ((each, (*above, unit)) for each, above in waiting)
            before, waiting = (unit,), []
    yield from waiting


# --- where tables stand ---------------------------------------------------------------------------


def _arranged(merged: Blocks, base: Blocks, ours: Blocks, theirs: Blocks) -> list[Unit]:
    """The units in ours' order, or theirs' if only they changed it; the other side's new ones by
    id where ids are in order, else behind what they stand behind."""
    spine, other = ours, theirs
    if _reordered(base, theirs) and not _reordered(base, ours):
        spine, other = theirs, ours
    order = [unit for unit in spine if unit in merged]
    kinds = _kinds_in_order(order)
    at = {unit: place for place, unit in enumerate(order)}
    above: set[Unit] = set()
    behind: dict[Unit | None, list[Unit]] = {}
    before: Unit | None = None
    for unit in other:
        if unit in merged and unit not in at:
            ids = kinds.get(unit[0]) if len(unit) == 2 else None
            place = _smaller(unit, ids, order, at) if ids else before
            behind.setdefault(_below(place, above, order, at), []).append(unit)
        if unit in merged:
            before = unit
        if len(unit) == FREE_PARTS and unit in at:
            above.add(unit)
    return list(_followed(None, behind, kinds)) + [
        each for unit in order for each in (unit, *_followed(unit, behind, kinds))
    ]


def _kinds_in_order(order: list[Unit]) -> dict[str, list[Unit]]:
    """The tables of each kind whose tables stand in the order of their ids."""
    kinds: dict[str, list[Unit]] = {}
    for unit in order:
        if len(unit) == 2:
            kinds.setdefault(unit[0], []).append(unit)
    return {kind: units for kind, units in kinds.items() if units == sorted(units)}


def _smaller(unit: Unit, ids: list[Unit], order: list[Unit], at: dict[Unit, int]) -> Unit | None:
    """What a new table stands behind: the one with the next smaller id, else what is before all."""
    place = bisect(ids, unit)
    first = at[ids[0]]
    return ids[place - 1] if place else order[first - 1] if first else None


def _below(
    place: Unit | None, above: set[Unit], order: list[Unit], at: dict[Unit, int]
) -> Unit | None:
    """What a new table stands behind, past the free comments that its side has above it."""
    while above and place in at and at[place] + 1 < len(order) and order[at[place] + 1] in above:
        place = order[at[place] + 1]
    return place


def _followed(
    unit: Unit | None, behind: dict[Unit | None, list[Unit]], kinds: dict[str, list[Unit]]
) -> Iterator[Unit]:
    """The new tables behind one, and those behind them: as many as there are, in a row or not."""
    waiting = _last_first(behind.get(unit, []), kinds)
    while waiting:
        each = waiting.pop()
        yield each
        waiting += _last_first(behind.get(each, []), kinds)


def _last_first(new: list[Unit], kinds: dict[str, list[Unit]]) -> list[Unit]:
    """New tables behind the same one, kind by kind, by id where ids are in order; from the end."""
    alike: dict[Unit, list[Unit]] = {}
    for each in new:
        alike.setdefault(each[:1], []).append(each)
    ordered = (
        sorted(found) if kind and kind[0] in kinds else found for kind, found in alike.items()
    )
    return [each for found in ordered for each in found][::-1]


def _reordered(base: Blocks, side: Blocks) -> bool:
    return [unit for unit in base if unit in side] != [unit for unit in side if unit in base]
