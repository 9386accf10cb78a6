"""A text as blocks: each table with its comments above and all of its sections, to the next.

Two texts' blocks of one table can be compared and exchanged as text, so that a merge parses only
tables that differ. That takes a file in which every table stands in one place below headers of its
own; of any other there are no blocks, and it is merged as one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from planner.merge.lines import Piece, merged_pieces
from planner.roadmap.entities import KINDS
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
        return "".join(map(str, self.pieces))


Blocks = dict[Unit, Block]
"""The blocks of a text in its order."""


class _Cut(Struct, frozen=True):
    """A header's text, the comments behind it that belong to no table, and those that belong to
    the header after it."""

    block: Block
    free: str
    lead: str


Known = dict[str, _Cut]
"""What pieces of text were found to be, so that texts that share most of them are cut once."""


def blocks(text: str, known: Known | None = None) -> Blocks | None:
    """The blocks in the order of the text; None where a table can't be taken out by itself.

    Texts that are cut with one `known` share the blocks that are alike.
    """
    cuts = _cut_quickly(text, {} if known is None else known)
    if cuts is None:
        cuts = _cut_exactly(text)
    return None if cuts is None else _gathered(cuts)


def _gathered(cuts: list[_Cut]) -> Blocks | None:
    """The cuts of each unit as one; each has the comments above it, and lost those below."""
    found: Blocks = {}
    free, lead, last = "", "", None
    known = Counter[str]()
    for cut in cuts:
        unit = cut.block.unit
        if unit == last:
            before = found[unit]
            found[unit] = _block(unit, f"{before.text}{before.gap}{free}{lead}{_whole(cut)}")
        elif unit in found:
            return None
        else:
            if free:
                _add_free(found, free, known)
            found[unit] = _block(unit, lead + _whole(cut)) if lead else cut.block
        free, lead, last = cut.free, cut.lead, unit
    _add_free(found, free, known)
    if found:
        end = found.popitem()[1]
        found[end.unit] = Block(end.unit, end.pieces, end.gap, last=True)
    return found


def _add_free(found: Blocks, free: str, known: Counter[str]) -> None:
    """Each line of comments of no table as a block of its own, identified by its text."""
    for line in _FREE_LINE.findall(free):
        said = line.strip()
        unit = ("", said, str(known[said]))
        known[said] += 1
        found[unit] = _block(unit, line if line.endswith("\n") else f"{line}\n")


_FREE_LINE = re.compile(r"[^\n]*#[^\n]*\n?(?:[ \t]*\n)*(?:[ \t]+\Z)?")


def is_free(unit: Unit) -> bool:
    """Whether a unit is a line of comments that belongs to no table."""
    return len(unit) == FREE_PARTS


FREE_PARTS = 3


def _whole(cut: _Cut) -> str:
    return cut.block.text + cut.block.gap


# --- where to cut ---------------------------------------------------------------------------------


def _cut_quickly(text: str, known: Known) -> list[_Cut] | None:
    """The cuts of a text in which every line that begins with a bracket is a plain header; None
    for any other."""
    found = None if _INDENTED.search(text) else _pieces(text)
    if found is None:
        return None
    first, *pieces = found
    root = f"{first[1:]}\n" if pieces and first else first[1:]
    cuts = [_cut(Section(root), last=not pieces)]
    for at, piece in enumerate(pieces, 1):
        cut = known.get(piece) if at < len(pieces) else None
        if cut is None:
            cut = _plain_cut(piece, last=at == len(pieces))
            if cut is not None and at < len(pieces):
                known[piece] = cut
        cuts.append(cut)
    return [cut for cut in cuts if cut is not None] if None not in cuts else None


def _pieces(text: str) -> list[str] | None:
    """The text cut before lines that begin with a bracket outside of texts of several lines."""
    found = f"\n{text}".split("\n[")
    return found if '"""' not in text and "'''" not in text else _whole_pieces(found)


def _whole_pieces(pieces: list[str]) -> list[str] | None:
    """The pieces, joined again where the cut was in a text; None where that goes on for long."""
    whole: list[str] = []
    parts: list[str] = []
    for piece in pieces:
        parts.append(piece)
        one = "\n[".join(parts) if len(parts) > 1 else piece
        if _WHOLE.fullmatch(one) if '"""' in one or "'''" in one else True:
            whole.append(one)
            parts = []
        elif len(parts) > MOST_BRACKET_LINES:
            return None
    return None if parts else whole


MOST_BRACKET_LINES = 100
"""More lines of one text that begin with a bracket are not looked for: each is another look."""
_WHOLE = re.compile(
    r"""(?:[^"'#]++|\#[^\n]*+|"(?!"")(?:[^"\\\n]|\\.)*+"|'(?!'')[^'\n]*+'"""
    r"""|"{3}(?:[^"\\]++|\\.|"{1,2}(?!"))*+"{3,5}|'{3}(?:[^']++|'{1,2}(?!'))*+'{3,5})*+""",
    re.DOTALL,
)
"""Text in which every text that begins also ends."""


def _plain_cut(piece: str, *, last: bool) -> _Cut | None:
    header = _PLAIN.match(piece)
    if header is None:
        return None
    path = tuple(header[1].split("."))
    return _cut(Section(f"[{piece}" if last else f"[{piece}\n", path), last=last)


_PLAIN = re.compile(
    r"(?!(?:true|false|inf|nan)\])([A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*)\]"
    r"[ \t]*(?:#[^\n]*)?(?:\n|\Z)"
)
_INDENTED = re.compile(r"\n[ \t]+\[")


def _cut_exactly(text: str) -> list[_Cut] | None:
    try:
        sections = split(text)
    except ScanError:
        return None
    cuts = [_cut(each, last=at == len(sections)) for at, each in enumerate(sections, 1)]
    return [cut for cut in cuts if cut is not None] if None not in cuts else None


def _cut(section: Section, *, last: bool) -> _Cut | None:
    """One section; None where another one could write to its tables."""
    if section.path:
        regular = len(section.path) > 1 or section.path[0] not in KINDS
    else:
        regular = not _has_statements(section)
    if not regular:
        return None
    own, lead = _own(section, last)
    at = _free_start(own) if "#" in own else len(own)
    return _Cut(_block(unit_of(section.path), own[:at]), own[at:], lead)


def _free_start(text: str) -> int:
    """Where the comments behind a table begin that a blank line parts from it, and those above all
    tables, which directions to editors (``#:schema``) stay above; the end of the text without."""
    start = at = len(text)
    below = ""
    while at:
        line = text.rfind("\n", 0, at - 1) + 1
        here = text[line:at].strip()
        if here and not here.startswith("#"):
            break
        if below and not here:
            start = at
        at, below = line, here
    if not at and below:
        directions = _DIRECTIONS.match(text)
        start = directions.end() if directions else 0
    return len(text) if _QUOTES.search(text, start) else start


_DIRECTIONS = re.compile(r"(?:[ \t]*#:[^\n]*(?:\n|\Z)|[ \t]*\n)*")
_QUOTES = re.compile("\"\"\"|'''")
"""Behind them the end of a text of several lines can look like a comment."""


def _has_statements(section: Section) -> bool:
    try:
        return bool(section.statements)
    except ScanError:
        return True


def _own(section: Section, last: bool) -> tuple[str, str]:
    text = section.text
    line = text.rfind("\n", 0, len(text) - 1) + 1
    if last or not text[line:].lstrip(" \t").startswith("#"):
        return text, ""
    try:
        at = section.lead_start
    except ScanError:
        at = len(text)
    return text[:at], text[at:]


def _block(unit: Unit, text: str) -> Block:
    own = text.rstrip(" \t\r\n")
    end = (text.find("\n", len(own)) + 1 or len(text)) if own else 0
    return Block(unit, (text[:end],), text[end:])


def joined(found: Sequence[Block], *, ends: bool) -> list[Piece]:
    """The blocks in a row, blank lines between them; `ends` asks for a line end at the end."""
    parts: list[Piece] = []
    kept = [block for block in found if any(block.pieces) or block.gap]
    for block, following in pairwise(kept):
        parts += _ended(block.pieces)
        parts.append(block.gap or ("\n" if _apart(block, following) else ""))
    if kept:
        pieces = _ended(kept[-1].pieces)
        if not ends and isinstance(pieces[-1], str):
            pieces[-1] = pieces[-1].removesuffix("\n")
        parts += [*pieces, kept[-1].gap if kept[-1].last else ""]
    return merged_pieces(parts)


def _apart(block: Block, following: Block) -> bool:
    """Whether a blank line has to come between: a comment would be taken for the next table's."""
    last = str(block.pieces[-1]) if block.pieces else ""
    comment = last[last.rfind("\n", 0, -1) + 1 :].lstrip().startswith("#")
    free = is_free(block.unit), is_free(following.unit)
    return block.last or free[0] != free[1] or (comment and not free[0])


def _ended(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, the last with a line end."""
    last = pieces[-1] if pieces else ""
    if not isinstance(last, str) or not last or last.endswith("\n"):
        return list(pieces)
    return [*pieces[:-1], last + "\n"]
