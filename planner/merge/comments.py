"""Comments in a merge: what either side says beside its keys stays, whatever lines it stood at.

Merging by lines loses a comment where both sides changed its lines, or where there is no base to
compare with. So the comments of the result are counted against those of the three texts, and what
is missing is put in again: behind the same key where nothing stands there, else above what it stood
above, else behind what it stood behind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from planner.merge.lines import Piece, lines_of, merged_pieces

_TOKEN = re.compile(
    r'"{3}(?:[^"\\]++|\\.|"{1,2}(?!"))*+"{3,5}|' + r"'{3}(?:[^']++|'{1,2}(?!'))*+'{3,5}|"
    r'"(?:[^"\\\n]|\\.)*+"|' + r"'[^'\n]*+'|\#[^\n]*+",
    re.DOTALL,
)
"""Texts, which may hold a ``#``, and comments."""

Texts = tuple[str, str, str]


class Line(NamedTuple):
    """A line as what it says and the comment behind that; `inside` of a text of several lines."""

    code: str
    comment: str
    indent: str
    inside: bool

    @property
    def token(self) -> str:
        """What tells lines apart: a comma comes and goes with what follows."""
        return self.code.rstrip(", ") or self.comment


def comments(text: str) -> Counter[str]:
    """How often each comment stands in a text that is TOML."""
    if "#" not in text:
        return Counter()
    return Counter(each[0].rstrip() for each in _TOKEN.finditer(text) if each[0][0] == "#")


def said_more(base: str, side: str) -> bool:
    """Whether a side has a comment that the base does not have."""
    return bool(comments(side) - comments(base))


def missing(pieces: Sequence[Piece], texts: Texts) -> Counter[str]:
    """The comments that are new on a side, or on all of them, and not in the pieces.

    Between markers each side has its own.
    """
    was, left, right = map(comments, texts)
    meant = ((left - was) | (right - was)) + (was & left & right)
    return meant - _shown(pieces) if meant else meant


def doubled(pieces: Sequence[Piece], texts: Texts) -> bool:
    """Whether a comment is there more often than any text or both sides' own explain."""
    was, left, right = map(comments, texts)
    own = (left - was) + (right - was)
    return bool(own or was) and bool(_shown(pieces) - (was + own))


def _shown(pieces: Sequence[Piece]) -> Counter[str]:
    here, there = (comments("".join(_side(piece, at) for piece in pieces)) for at in (1, 2))
    return here | there


def with_comments(pieces: Sequence[Piece], texts: Texts) -> list[Piece]:
    """The pieces with what is missing put in where its side has it."""
    found = list(pieces)
    for at in (1, 2):
        if lost := missing(found, texts) & comments(texts[at]):
            found = _put_in(found, texts[at], lost, at)
    return found


def on_top(pieces: Sequence[Piece], texts: Texts) -> list[Piece]:
    """The pieces below all that is missing: there, a comment can be written whatever follows."""
    lines = (f"{comment}\n" for comment in missing(pieces, texts).elements())
    return merged_pieces(["".join(lines), *pieces])


def _side(piece: Piece, at: int) -> str:
    return piece if isinstance(piece, str) else (piece.base, piece.ours, piece.theirs)[at]


# --- putting in -----------------------------------------------------------------------------------


class _There(NamedTuple):
    """A line of the merged text, and the number of what holds it: a line, or a whole clash."""

    line: Line
    unit: int


def _put_in(pieces: list[Piece], text: str, lost: Counter[str], at: int) -> list[Piece]:
    units = list(_units(pieces))
    there = _placed(units, at)
    mine = _lines(text)
    alike = _alike(mine, [each.line for each in there])
    above: dict[int, list[str]] = {}
    for number, line in enumerate(mine):
        if not lost[line.comment]:
            continue
        twin = there[alike[number]] if number in alike else None
        if twin and twin.line.comment == line.comment:
            continue
        lost[line.comment] -= 1
        unit = units[twin.unit] if twin else None
        if twin and isinstance(unit, str) and not twin.line.comment:
            units[twin.unit] = _behind(unit, line.comment)
            there[alike[number]] = twin._replace(line=line)
        else:
            place, lines = _place(number, mine, alike, there, len(units))
            above.setdefault(place, []).extend(lines)
    return _joined(units, above)


def _units(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        yield from lines_of(piece) if isinstance(piece, str) else (piece,)


def _placed(units: Sequence[Piece], at: int) -> list[_There]:
    """The lines of one side, and what holds each."""
    owners = [number for number, unit in enumerate(units) for _ in lines_of(_side(unit, at))]
    lines = _lines("".join(_side(each, at) for each in units))
    return [_There(line, owner) for line, owner in zip(lines, owners, strict=True)]


def _lines(text: str) -> list[Line]:
    starts: dict[int, int] = {}
    inside: set[int] = set()
    for token in _TOKEN.finditer(text):
        if token[0][0] == "#":
            starts[text.rfind("\n", 0, token.start()) + 1] = token.start()
        elif "\n" in token[0]:
            inside.update(token.start() + at.end() for at in re.finditer("\n", token[0]))
    found: list[Line] = []
    at = 0
    for raw in lines_of(text):
        start = starts.get(at)
        code = raw if start is None else raw[: start - at]
        comment = "" if start is None else raw[start - at :].rstrip()
        indent = raw[: len(raw) - len(raw.lstrip(" \t"))]
        found.append(Line(code.strip(), comment, indent, at in inside))
        at += len(raw)
    return found


def _alike(mine: Sequence[Line], there: Sequence[Line]) -> dict[int, int]:
    """Lines of one text that are those of the other: alike, below the same header."""
    places = {name: at for at, name in enumerate(_names(there)) if name}
    return {at: places[name] for at, name in enumerate(_names(mine)) if name and name in places}


def _names(lines: Sequence[Line]) -> list[tuple[str, str, int] | None]:
    """What tells each line apart: its header, what it says, how often that was there before."""
    headers = [""] * len(lines)
    header = ""
    for at, line in enumerate(lines):
        if not line.inside and _HEADER.fullmatch(line.code):
            header = line.code
            above = at
            while above and _is_comment(lines[above - 1]):
                above -= 1
                headers[above] = header
        headers[at] = header
    known = Counter[tuple[str, str]]()
    names: list[tuple[str, str, int] | None] = []
    for head, line in zip(headers, lines, strict=True):
        known[head, line.token] += 1
        names.append((head, line.token, known[head, line.token]) if line.token else None)
    return names


_HEADER = re.compile(r"\[.*\]")


def _behind(line: str, comment: str) -> str:
    bare = line.rstrip("\r\n")
    return f"{bare.rstrip()}  {comment}{line[len(bare) :]}"


def _place(
    number: int,
    mine: Sequence[Line],
    alike: dict[int, int],
    there: Sequence[_There],
    end: int,
) -> tuple[int, list[str]]:
    """Above which unit a comment goes, and the lines it makes there.

    It stays below a blank line, and above none but what it stood right above: else it would be
    taken for a comment of the table that follows.
    """
    line = mine[number]
    below = number if line.code else number + 1
    while below + 1 < len(mine) and below not in alike and _is_comment(mine[below]):
        below += 1
    before = next((each for each in range(number - 1, -1, -1) if each in alike), None)
    if below not in alike and before is not None:
        blank = not line.code and number > 0 and not mine[number - 1].token
        return _end(there, alike[before]), ["\n"] * blank + [f"{line.indent}{line.comment}\n"]
    after = next((each for each in range(below, len(mine)) if each in alike), None)
    if after is None:
        return end, [f"{line.comment}\n"]
    indent = there[alike[after]].line.indent
    return _start(there, alike[after]), [f"{indent}{line.comment}\n"]


def _is_comment(line: Line) -> bool:
    return bool(line.comment) and not line.code


def _start(there: Sequence[_There], at: int) -> int:
    while there[at].line.inside:
        at -= 1
    return there[at].unit


def _end(there: Sequence[_There], at: int) -> int:
    while at + 1 < len(there) and there[at + 1].line.inside:
        at += 1
    return there[at].unit + 1


def _joined(units: Sequence[Piece], above: dict[int, list[str]]) -> list[Piece]:
    parts: list[Piece] = []
    for number in range(len(units) + 1):
        lines = above.get(number, [])
        last = parts[-1] if parts else None
        if lines and isinstance(last, str) and not last.endswith("\n"):
            parts[-1] = last + "\n"
        parts += [*lines, *units[number : number + 1]]
    return merged_pieces(parts)
