"""A page: lines of (text, role) that the CLI prints, the TUI colours and a report prints too.

A role says what a text means and never how it looks; each front end has its own table of colours.
What a page says is safe to show: whoever puts text of a file into one passes it through `visible`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from planner.pages.canvas import cells, phrases, shorten, wrap
from planner.pages.roles import Role

Piece = tuple[str, Role]
Line = tuple[Piece, ...]

LABEL = 11
"""Columns of the labels at the left of a page."""
LEAST = 30
"""Columns of a page at least."""


def plain(lines: Iterable[Line]) -> Iterator[str]:
    """The texts alone, without blanks at the right."""
    for line in lines:
        yield "".join(text for text, _ in line).rstrip()


def markdown(lines: Iterable[Line]) -> Iterator[str]:
    """A page as Markdown: headings are headings, all else stands as it is laid out."""
    block: list[str] = []
    for line in lines:
        if line and {role for _, role in line} == {"title"}:
            yield from _fenced(block)
            yield f"## {''.join(text for text, _ in line).strip()}"
            yield ""
            block = []
        else:
            block += plain([line])
    yield from _fenced(block)


def _fenced(block: list[str]) -> Iterator[str]:
    """Lines as they are, and a blank one behind them; none where they are all blank."""
    text = "\n".join(block).strip("\n")
    if text:
        fence = "`" * max(3, *(len(ticks) + 1 for ticks in re.findall("`+", text)), 0)
        yield from (f"{fence}text", text, fence, "")


def fitted(text: str, width: int, *, right: bool = False) -> str:
    """Exactly `width` columns: cut with an ellipsis, or filled up with blanks."""
    text = shorten(text, width)
    blanks = " " * (width - cells(text))
    return blanks + text if right else text + blanks


def cut(line: Line, width: int) -> Line:
    """A line in at most `width` columns."""
    kept: list[Piece] = []
    for text, role in line:
        room = width - sum(cells(each) for each, _ in kept)
        if cells(text) > room:
            return (*kept, (shorten(text, room), role))
        kept.append((text, role))
    return tuple(kept)


def label_width(labels: Iterable[str]) -> int:
    """Columns for labels of which some may be longer than usual."""
    return min(30, max(LABEL, *(cells(label) + 2 for label in labels)))


def _with(line: list[Piece], piece: Piece) -> list[Piece]:
    """The line with one more piece; with the last one where the roles are the same."""
    if line and line[-1][1] == piece[1]:
        return [*line[:-1], (line[-1][0] + piece[0], piece[1])]
    return [*line, piece]


class Page:
    """Lines of at most `width` columns in the making, from top to bottom."""

    def __init__(self, width: int, label: int = LABEL) -> None:
        self.width = max(LEAST, width)
        self.label = label
        self.lines: list[Line] = []

    def line(self, *pieces: Piece) -> None:
        """One line as it is; without pieces a blank one."""
        self.lines.append(pieces)

    def title(self, text: str, role: Role = "title") -> None:
        """A heading, with a blank line above it where there is something above."""
        if self.lines:
            self.line()
        self.text(text, role)

    def text(self, text: str, role: Role = "text") -> None:
        """Words in as many lines as they need."""
        for part in wrap(text, self.width):
            self.line((part, role))

    def labelled(
        self, label: str, text: str, role: Role = "text", label_role: Role = "dim"
    ) -> None:
        """Words beside a label at the left, in as many lines as they need."""
        for at, part in enumerate(wrap(text, max(8, self.width - self.label)) or [""]):
            self.line((fitted("" if at else label, self.label - 1) + " ", label_role), (part, role))

    def paragraph(self, label: str, text: str, role: Role = "dim") -> None:
        """Words after a label as long as it likes; the lines after the first are set in."""
        first, *others = phrases([f"{label}:", *text.split()], self.width, "  ", " ")
        self.line((first[: len(label) + 1], role), (first[len(label) + 1 :], "text"))
        for each in others:
            self.line((each, "text"))

    def joined(self, pieces: Iterable[Piece], indent: str = "") -> None:
        """Whole phrases with dots between them, in as many lines as they need."""
        self.flow([(piece,) for piece in pieces], indent, indent)

    def flow(
        self,
        phrases: Iterable[Line],
        indent: str = "",
        hang: str | None = None,
        between: str = " · ",
    ) -> None:
        """Phrases of several pieces, each kept together, in as many lines as they need.

        The first line is set in by `indent`, the others by `hang`. A phrase that is wider than a
        line is broken between its words.
        """
        hang = indent if hang is None else hang
        line: list[Piece] = [(indent, "text")] if indent else []
        used, first = cells(indent), True
        for phrase in phrases:
            size = sum(cells(text) for text, _ in phrase)
            gap = 0 if first else cells(between)
            if not first and used + gap + size > self.width:
                self.line(*line, (between.strip(" ·"), "text"))
                line, used, gap = [(hang, "text")], cells(hang), 0
            elif gap:
                line.append((between, "faint"))
            line, used = self._words(phrase, line, used + gap, hang)
            first = False
        self.line(*line)

    def _words(
        self, phrase: Line, line: list[Piece], used: int, hang: str
    ) -> tuple[list[Piece], int]:
        """The phrase at the end of a line; where it does not fit, word by word over several."""
        if used + sum(cells(text) for text, _ in phrase) <= self.width:
            return [*line, *phrase], used + sum(cells(text) for text, _ in phrase)
        for text, role in phrase:
            for word in re.findall(r"\s*\S+|\s+", text):
                if used + cells(word) > self.width and used > cells(hang):
                    self.line(*line)
                    line, used, word = [(hang, "text")], cells(hang), word.lstrip()
                line = _with(line, (word, role))
                used += cells(word)
        return line, used

    def verbatim(self, lines: Iterable[str], indent: str = "    ") -> None:
        """Lines as they are written, cut where they are too long."""
        for text in lines:
            self.line((shorten(f"{indent}{text}".rstrip(), self.width), "key"))
