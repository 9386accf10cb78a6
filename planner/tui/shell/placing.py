"""What is drawn stands on the column it is meant for, however wide a terminal draws a letter.

Programs and terminals don't agree on the width of emoji, of letters with marks, of what the East
writes wide. One cell of difference in a title would push all that follows in its line: dates, bars,
panes. So the column is followed through each write, and sent where it may not be the terminal's
own: behind every word that holds such a letter, before and behind bars, and where text begins again
behind our own signs. Under such a word the cells are emptied first, in case it is drawn narrower.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len

_BARS = "\u2580-\u259f"
_OURS = f"·…✗→←↓↑–−‖▸▾▹◂▴▲▼△▶◀◆■○●◌√×≠•≤≥\u2500-\u257f{_BARS}"
"""Signs that the program draws itself: of one cell, but for terminals that draw them wide."""
_UNSURE = re.compile(f"[^\x00-\x7f{_OURS}]")
_TOKEN = re.compile(
    r"\x1b\[(?P<codes>[0-9;?<>=]*)(?P<end>[@-~])"
    r"|(?P<gap>  +)"
    rf"|(?P<bar>(?P<sign>[{_BARS}])(?P=sign)*)"
    rf"|(?P<text>[^\x1b\r\n {_BARS}]+(?: [^\x1b\r\n {_BARS}]+)*)"
    r"|.",
    re.DOTALL,
)


def is_unsure(text: str) -> bool:
    """Whether terminals may not agree on how wide a text is."""
    return not text.isascii() and _UNSURE.search(text) is not None


def placed(data: str) -> str:
    """The same text in the same places, also where a terminal draws it wider or narrower."""
    return data if data.isascii() else "".join(_Line().through(data))


class _Line:
    """Follows the column through what is written. Before it is set once, nothing is known of it."""

    def __init__(self) -> None:
        self._column: int | None = None
        self._shaky = False
        """Whether the terminal may be elsewhere."""
        self._before = ""
        """What came last: a gap or a bar."""

    def through(self, data: str) -> Iterator[str]:
        for token in _TOKEN.finditer(data):
            kind, text = token.lastgroup or "", token[0]
            if token["end"] is not None:
                self._obey(token["codes"], token["end"])
                yield text
            elif self._column is None:
                yield text
            elif kind == "text" and _UNSURE.search(text):
                yield from self._unsure(text, self._column)
                self._before = ""
            elif token["gap"] or token["sign"] or token["text"]:
                yield from self._sure(text, "bar" if token["sign"] else kind)
            else:
                self._pass(text)
                yield text

    def _obey(self, codes: str, end: str) -> None:
        """Follow a sequence; of those that move the cursor only the ones that set its column."""
        if end == "H":
            column = codes.partition(";")[2]
            self._column, self._shaky, self._before = int(column or 1), False, ""
        elif end in "ABCDEFGfsu":
            self._column = None

    def _sure(self, text: str, kind: str) -> Iterator[str]:
        """Blanks, bars and texts whose width is plain, at their column where that is in doubt."""
        if self._shaky and (
            kind == "bar" or self._before == "bar" or (kind == "text" and self._before == "gap")
        ):
            yield self._here()
        self._column = (self._column or 1) + len(text)
        self._shaky = self._shaky or not text.isascii()
        self._before = kind
        yield text

    def _unsure(self, text: str, column: int) -> Iterator[str]:
        """A text that may be drawn wider or narrower: over empty cells, and then the column."""
        if self._shaky and self._before in ("gap", "bar"):
            yield self._here()
        found = _UNSURE.search(text)
        start = text.rfind(" ", 0, found.start() if found else 0) + 1
        yield text[:start]
        self._column = column + cell_len(text[:start])
        if width := cell_len(text[start:]):
            yield f"\x1b[{width}X"
        for word in re.split("(?= )", text[start:]):
            yield word
            self._column += cell_len(word)
            self._shaky = True
            if any(cell_len(letter) != 1 for letter in word):
                yield self._here()
        if self._shaky:
            yield self._here()

    def _here(self) -> str:
        self._shaky = False
        return f"\x1b[{self._column}G"

    def _pass(self, text: str) -> None:
        """A blank; after anything else the column is not known."""
        known = text == " " and self._column is not None
        self._column = (self._column or 0) + 1 if known else None
