"""Three-way merge of one piece of a roadmap (a table or a whole file): data first, then text.

Each side's text is first edited key by key to the merged data, which keeps the rest as its author
wrote it. The three texts then differ in comments, layout and unresolved conflicts only, so that a
merge by lines keeps both sides' comments and a conflict is as small as its key. The result is
parsed and must equal the merged data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from planner.errors import EditRefused, ReadError
from planner.merge.comments import Texts, doubled, missing, on_top, with_comments
from planner.merge.lines import Clash, Piece, clashes, merge_lines, merged_pieces
from planner.merge.values import Conflict, Merger, Three
from planner.roadmap.entities import KINDS, SINGLES
from planner.text.document import Document
from planner.text.edits import AddTable, Edit, Edits, Key, RemoveKey, RemoveTable, SetKey, same
from planner.text.locations import MISSING

Name = tuple[str, str]


class _Side(NamedTuple):
    """One side's document and what each of its tables shall say."""

    document: Document
    targets: dict[Name, Any]


def merge_piece(base: str, ours: str, theirs: str, merger: Merger) -> list[Piece]:
    """The pieces of the merged text; what is undecided clashes, and `merger` knows what it is."""
    try:
        documents = tuple(Document.parse(text.encode(), "") for text in (base, ours, theirs))
    except ReadError:
        return merge_as_lines(base, ours, theirs, merger)
    texts: Texts = (base, ours, theirs)
    known = len(merger.conflicts)
    sides = _sides(documents, merger)
    brought = [_with_table_in(side) for side in sides]
    undecided = len(merger.conflicts) > known
    near = texts if None in brought else (brought[0] or "", brought[1] or "", brought[2] or "")
    for each in dict.fromkeys((near, texts)):
        if (best := _best(each, texts, sides, undecided)) is not None:
            return best
    clash = Clash(*near)
    return [clash if undecided else merger.ask(Conflict("", "", (), base, ours, theirs), clash)]


def _best(
    brought: Texts, texts: Texts, sides: tuple[_Side, ...], undecided: bool
) -> list[Piece] | None:
    """The first that says what it shall, with every comment, if can be once; None without any."""
    first = None
    for pieces in _candidates(brought, undecided):
        found = _commented(pieces, texts, sides) if _holds(pieces, sides) else None
        if found is not None and not doubled(found, texts):
            return found
        first = first or found
    return first


def _candidates(brought: Texts, undecided: bool) -> Iterator[list[Piece]]:
    """What the merged text could be, the best first; whether it is has to be read back."""
    base, ours, theirs = brought
    found = merge_lines(base, ours, theirs)
    yield merged_pieces(
        piece if isinstance(piece, str) or (undecided and not _alike(piece)) else piece.ours
        for piece in found
    )
    if undecided:
        yield [Clash(base, ours, theirs)]
        return
    for at in (1, 2, 0):
        yield [side_text(found, at)]
    yield [ours]
    yield [theirs]


def _commented(pieces: list[Piece], texts: Texts, sides: tuple[_Side, ...]) -> list[Piece] | None:
    """The pieces with the comments of both sides; None where they can't be written there."""
    if not missing(pieces, texts):
        return pieces
    for put_in in (with_comments, on_top):
        found = put_in(pieces, texts)
        if not missing(found, texts) and _holds(found, sides):
            return found
    return None


def merge_as_lines(base: str, ours: str, theirs: str, merger: Merger) -> list[Piece]:
    """Text that is no roadmap, merged by lines alone; a clash is a question about the file."""
    found: list[Piece] = []
    for piece in merge_lines(base, ours, theirs):
        if isinstance(piece, str) or not piece.ours.strip() + piece.theirs.strip():
            found.append(piece if isinstance(piece, str) else piece.ours)
            continue
        conflict = Conflict("", "", (), piece.base, piece.ours, piece.theirs)
        found.append(merger.ask(conflict, piece))
    return merged_pieces(found)


# --- data -----------------------------------------------------------------------------------------


def _sides(documents: tuple[Document, ...], merger: Merger) -> tuple[_Side, ...]:
    tables = [_tables(document) for document in documents]
    names = dict.fromkeys(name for each in tables for name in each)
    merged = {
        name: merger.table(*name, Three(*(each.get(name, MISSING) for each in tables)))
        for name in names
    }
    found = [
        _Side(document, {name: three.all[at] for name, three in merged.items()})
        for at, document in enumerate(documents)
    ]
    new = [name for name in names if name not in tables[0]]
    if new and not tables[0]:
        # Without a base of its own the text of one side stands in for it: what agrees is alike.
        found[0] = _Side(documents[1], found[0].targets)
    return tuple(found)


def _tables(document: Document) -> dict[Name, Any]:
    """The tables of the format, and with the id ``""`` whatever else the text says."""
    tables = document.tables
    found = {(kind, ""): value for kind, value in document.data.items() if not _ours(kind, tables)}
    return found | {
        (kind, id): table
        for kind, of_kind in tables.items()
        if _ours(kind, tables)
        for id, table in of_kind.items()
    }


def _ours(kind: str, tables: Mapping[str, Any]) -> bool:
    """Whether a kind is the format's, so that edits can reach it."""
    return kind in tables and (kind in KINDS or kind in SINGLES)


# --- text -----------------------------------------------------------------------------------------


def _with_table_in(side: _Side) -> str | None:
    """The side's text with its tables as they shall be; None where an edit is refused."""
    tables = _tables(side.document)
    try:
        edits = [
            edit
            for name, target in side.targets.items()
            if name[0] in SINGLES or name[1]
            for edit in edits_between(*name, tables.get(name, MISSING), target)
        ]
        return side.document.apply(Edits(tuple(edits))).text
    except EditRefused:
        return None


def edits_between(kind: str, id: str, old: Any, new: Any) -> Iterator[Edit]:
    """The edits that make one table of another; MISSING is no table."""
    if same(old, new):
        return
    if new is MISSING:
        yield RemoveTable(kind, id)
    elif not isinstance(new, Mapping):
        raise EditRefused(f"{kind}.{id} is no table")
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _key_edits(kind, id, (), old, new)
    else:
        if old is not MISSING:
            yield RemoveTable(kind, id)
        yield AddTable(kind, id, dict(new), as_it_was=True)


def _key_edits(
    kind: str, id: str, key: Key, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Edit]:
    for name in old:
        if name not in new:
            yield RemoveKey(kind, id, (*key, name))
    for name, value in new.items():
        was = old.get(name, MISSING)
        if isinstance(was, Mapping) and isinstance(value, Mapping):
            yield from _key_edits(kind, id, (*key, name), was, value)
        elif not same(was, value):
            yield SetKey(kind, id, (*key, name), value)


def _alike(clash: Clash) -> bool:
    """Whether the two sides differ in comments and blank lines only."""
    return _bare(clash.ours) == _bare(clash.theirs)


def _bare(text: str) -> list[str]:
    lines = (line.strip() for line in text.split("\n"))
    return [line for line in lines if line and not line.startswith("#")]


# --- reading back ---------------------------------------------------------------------------------


def _holds(pieces: list[Piece], sides: tuple[_Side, ...]) -> bool:
    """Whether each side's text, put together from the pieces, says what that side shall say."""
    return all(_says(side_text(pieces, at), side.targets) for at, side in enumerate(sides))


def side_text(pieces: list[Piece], at: int) -> str:
    """The text of a side (0 base, 1 ours, 2 theirs), taken where it clashes."""
    return "".join(
        piece if isinstance(piece, str) else (piece.base, piece.ours, piece.theirs)[at]
        for piece in pieces
    )


def _says(text: str, targets: Mapping[Name, Any]) -> bool:
    try:
        found = _tables(Document.parse(text.encode(), ""))
    except ReadError:
        return False
    meant = {name: value for name, value in targets.items() if value is not MISSING}
    return found.keys() == meant.keys() and all(same(found[name], meant[name]) for name in meant)


def undecided(pieces: list[Piece]) -> bool:
    """Whether anything clashes."""
    return bool(clashes(pieces))
