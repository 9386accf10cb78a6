"""A text as blocks: each table with its comments above and all of its sections, to the next.

Two texts' blocks of one table can be compared and exchanged as text, so that a merge parses only
tables that differ. That takes a file in which every table stands in one place below headers of its
own; of any other there are no blocks, and it is merged as one.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from planner.roadmap.entities import KINDS
from planner.text.merge_lines import Piece, merged_pieces
from planner.text.scanning import ScanError
from planner.text.sections import Section, Unit, split, unit_of


class Block(Struct, frozen=True):
    """`pieces` of one unit, and the blank lines behind it. The first block has the unit ``()``.

    `last` says that it was the end of its text, so that it has no blank lines of its own yet.
    """

    unit: Unit
    pieces: tuple[Piece, ...]
    gap: str = ""
    last: bool = False

    @property
    def text(self) -> str:
        """The text of a block that was read, in which nothing clashes."""
        return "".join(str(piece) for piece in self.pieces)


def blocks(text: str) -> dict[Unit, Block] | None:
    """The blocks in the order of the text; None where a table can't be taken out by itself."""
    try:
        sections = split(text)
    except ScanError:
        return None
    found: dict[Unit, list[str]] = {}
    lead, last = "", None
    for at, section in enumerate(sections):
        if not _regular(section):
            return None
        unit = unit_of(section.path)
        if unit != last and unit in found:
            return None
        own, following = _own(section, at + 1 == len(sections))
        found.setdefault(unit, []).append(lead + own)
        lead, last = following, unit
    return {unit: _block(unit, "".join(each), unit == last) for unit, each in found.items()}


def _regular(section: Section) -> bool:
    """Whether no other section can write to its tables."""
    if not section.path:
        return not _has_statements(section)
    return not (len(section.path) == 1 and section.path[0] in KINDS)


def _has_statements(section: Section) -> bool:
    try:
        return bool(section.statements)
    except ScanError:
        return True


def _own(section: Section, last: bool) -> tuple[str, str]:
    """A section's text without the comments that belong to the header after it, and those."""
    text = section.text
    line = text.rfind("\n", 0, len(text) - 1) + 1
    if last or not text[line:].lstrip(" \t").startswith("#"):
        return text, ""
    try:
        at = section.lead_start
    except ScanError:
        at = len(text)
    return text[:at], text[at:]


def _block(unit: Unit, text: str, last: bool) -> Block:
    own = text.rstrip(" \t\r\n")
    end = (text.find("\n", len(own)) + 1 or len(text)) if own else 0
    return Block(unit, (text[:end],), text[end:], last)


def joined(found: Sequence[Block], *, ends: bool) -> list[Piece]:
    """The blocks in a row, blank lines between them; `ends` asks for a line end at the end."""
    parts: list[Piece] = []
    kept = [block for block in found if any(block.pieces) or block.gap]
    for block in kept[:-1]:
        parts += _ended(block.pieces)
        parts.append(block.gap or ("\n" if block.last else ""))
    if kept:
        pieces = _ended(kept[-1].pieces)
        if not ends and isinstance(pieces[-1], str):
            pieces[-1] = pieces[-1].removesuffix("\n")
        parts += [*pieces, kept[-1].gap if kept[-1].last else ""]
    return merged_pieces(parts)


def _ended(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, the last with a line end."""
    last = pieces[-1] if pieces else ""
    if not isinstance(last, str) or not last or last.endswith("\n"):
        return list(pieces)
    return [*pieces[:-1], last + "\n"]
