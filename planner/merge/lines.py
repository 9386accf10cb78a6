"""Three texts merged by lines: what one side changed, and where both did, as a list of pieces.

A piece is text that holds, or a clash with what each side and the base have there. Changes that
only touch are no clash here: the caller reads the result back. Pieces with the clashes in their
markers are what git shows; the three texts can be made from them again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from msgspec import Struct

MARKER_SIZE = 7
NOTE = "# planner: "
"""How a comment begins that stands between markers only to say what is open."""
SIDES = ("version A", "version B")
"""Rebase swaps the sides, so that neither "ours" nor "mine" would be true."""


class Clash(Struct, frozen=True):
    """Lines that both sides have otherwise than the base, and not alike."""

    base: str
    ours: str
    theirs: str


Piece = str | Clash


class Sides(Struct, frozen=True):
    """Three whole texts; `base` is None where the markers did not say it."""

    base: str | None
    ours: str
    theirs: str


class _Change(Struct, frozen=True):
    """Lines `start` to `end` of the base that a side has as `lines`."""

    start: int
    end: int
    lines: tuple[str, ...]


def merge_lines(base: str, ours: str, theirs: str) -> list[Piece]:
    """The pieces of the merge, in order; neighbours that hold are one."""
    if ours == theirs or theirs == base:
        return [ours]
    if ours == base:
        return [theirs]
    lines = lines_of(base)
    changes = (_changes(lines, ours), _changes(lines, theirs))
    return merged_pieces(_pieces(lines, *changes))


def _changes(base: Sequence[str], text: str) -> list[_Change]:
    lines = lines_of(text)
    codes = SequenceMatcher(None, base, lines, autojunk=False).get_opcodes()
    return [_Change(a, b, tuple(lines[c:d])) for tag, a, b, c, d in codes if tag != "equal"]


def _pieces(base: Sequence[str], ours: list[_Change], theirs: list[_Change]) -> Iterator[Piece]:
    at = 0
    for start, end, mine, other in _groups(ours, theirs):
        yield "".join(base[at:start])
        was = "".join(base[start:end])
        left, right = _applied(base, start, end, mine), _applied(base, start, end, other)
        if left == right or not other:
            yield left
        elif not mine:
            yield right
        else:
            yield Clash(was, left, right)
        at = end
    yield "".join(base[at:])


def _groups(
    ours: list[_Change], theirs: list[_Change]
) -> Iterator[tuple[int, int, list[_Change], list[_Change]]]:
    """Changes of both sides that meet, with the lines of the base that they cover together."""
    left, right = list(reversed(ours)), list(reversed(theirs))
    while left or right:
        first = min((each[-1].start, each[-1].end) for each in (left, right) if each)
        start, end = first
        mine: list[_Change] = []
        other: list[_Change] = []
        grown = True
        while grown:
            grown = False
            for queue, taken in ((left, mine), (right, other)):
                while queue and _meets(queue[-1], start, end):
                    taken.append(queue.pop())
                    end, grown = max(end, taken[-1].end), True
        yield start, end, mine, other


def _meets(change: _Change, start: int, end: int) -> bool:
    """Whether a change shares lines with a span, or both put lines in at the same place."""
    if start == end == change.end:
        return change.start == start
    return change.start < end


def _applied(base: Sequence[str], start: int, end: int, changes: list[_Change]) -> str:
    parts: list[str] = []
    at = start
    for change in changes:
        parts += [*base[at : change.start], *change.lines]
        at = change.end
    return "".join([*parts, *base[at:end]])


def merged_pieces(pieces: Iterable[Piece]) -> list[Piece]:
    """The same with neighbours that hold as one, and nothing empty."""
    found: list[Piece] = []
    for held, group in groupby(pieces, key=lambda piece: isinstance(piece, str)):
        if not held:
            found += group
        elif text := "".join(str(piece) for piece in group):
            found.append(text)
    return found


# --- what comes of the pieces ---------------------------------------------------------------------


def clean(pieces: Iterable[Piece]) -> str | None:
    """The text, None where anything clashes."""
    parts = list(pieces)
    return "".join(str(each) for each in parts) if not clashes(parts) else None


def clashes(pieces: Iterable[Piece]) -> list[Clash]:
    """Those of the pieces that clash."""
    return [each for each in pieces if isinstance(each, Clash)]


def marked(pieces: Iterable[Piece], size: int = MARKER_SIZE) -> str:
    """The text with each clash between markers of `size`, base included (git's diff3 style)."""
    return "".join(piece if isinstance(piece, str) else _marks(piece, size) for piece in pieces)


def _marks(clash: Clash, size: int) -> str:
    sample = clash.ours + clash.theirs + clash.base
    newline = "\r\n" if "\r\n" in sample else "\n"

    def ended(text: str) -> str:
        return text if not text or text.endswith("\n") else text + newline

    return "".join(
        (
            f"{'<' * size} {SIDES[0]}{newline}{ended(clash.ours)}",
            f"{'|' * size} base{newline}{ended(clash.base)}",
            f"{'=' * size}{newline}{ended(clash.theirs)}",
            f"{'>' * size} {SIDES[1]}{newline}",
        )
    )


_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_START = re.compile(r"(<{7,})(?: [^\r\n]*)?\r?\n?")
_NEXT = {
    "ours": (("|", "base"), ("=", "theirs")),
    "base": (("=", "theirs"),),
    "theirs": ((">", "all"),),
}


def lines_of(text: str) -> list[str]:
    """The lines of a text with their ends; only a line feed ends one."""
    return _LINE.findall(text)


def unmarked(text: str, *, notes: bool = True) -> Sides | None:
    """The three texts of one with markers; None where there are none, or they don't match up.

    Without `notes` they are left out.
    """
    sides: dict[str, list[str]] = {"ours": [], "base": [], "theirs": []}
    state, size = "all", 0
    found, based, has_base = False, True, False
    for line in lines_of(text):
        start = _START.fullmatch(line) if state == "all" else None
        following = _next_state(state, size, line)
        if start:
            state, size, found, has_base = "ours", len(start[1]), True, False
        elif following:
            state, has_base = following, has_base or following == "base"
            based = based and (has_base or state != "all")
        elif notes or state == "all" or not line.startswith(NOTE):
            for side in sides if state == "all" else (state,):
                sides[side].append(line)
    if not found or state != "all":
        return None
    base = "".join(sides["base"]) if based else None
    return Sides(base, "".join(sides["ours"]), "".join(sides["theirs"]))


def _next_state(state: str, size: int, line: str) -> str | None:
    bare = line.rstrip("\r\n")
    for sign, following in _NEXT.get(state, ()):
        if bare == sign * size or bare.startswith(sign * size + " "):
            return following
    return None
