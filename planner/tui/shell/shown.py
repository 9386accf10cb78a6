"""Only what differs goes to the terminal: what each of its cells shows is known.

Textual draws whole widgets, often more than once for one key: a dialog that opened was the screen
three times over. On a slow line that is what a person waits for. Here every write is laid over the
cells that were written before, and only those are sent that show something else then, in as few
colour codes as lead from one to the next. What is not drawing passes as it is; whatever that may
have done to the screen, nothing is known of it afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import repeat

from rich.cells import cell_len

from planner.tui.shell.ansi_diff import PLAIN, State, after, change, lean
from planner.tui.shell.placing import is_unsure

Cell = tuple[str, State]
"""A letter with its colours; nothing, behind a wide one."""
Piece = tuple[int, list[Cell]]
"""Cells that are written from a column on."""

TOKEN = re.compile(
    "\x1b\\[(?P<row>[0-9]*);(?P<column>[0-9]*)H|\x1b\\[(?P<codes>[0-9;]*)m|(?P<end>\r?\n)"
    "|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
)
HARMLESS = re.compile("(?:\x1b\\[\\?(?:2026|25|1000|1002|1006|2004)[hl])*")
"""Modes that change no cell: pictures as one, cursor, mouse, pasting."""
GAP = 6
"""So many cells that stay are sent again rather than moved over."""
ON_BLANKS = frozenset(("4", "7", "9"))
"""Attributes that can be seen where there is no letter."""


class Shown:
    """What a terminal shows, by rows; None is a cell of which nothing is known."""

    def __init__(self) -> None:
        self._rows: dict[int, list[Cell | None]] = {}

    def forget(self) -> None:
        """The terminal may show anything."""
        self._rows.clear()

    def update(self, data: str) -> str:
        """What has to be written so that the terminal shows what `data` draws."""
        drawing = Drawing()
        if not drawing.take(data):
            if not HARMLESS.fullmatch(data):
                self.forget()
            return lean(data)
        sending = Sending()
        for row, pieces in drawing.rows.items():
            for at, cells in self._differing(row, pieces):
                sending.add(row, at, cells)
        return sending.end(drawing.place)

    def _differing(self, row: int, pieces: Sequence[Piece]) -> Iterator[Piece]:
        """The pieces of a row that have to be sent, which then are known."""
        old = self._rows.get(row, [])
        end = max(at + len(cells) for at, cells in pieces)
        new: list[Cell | None] = [*old, *repeat(None, end - len(old))]
        for at, cells in pieces:
            new[at : at + len(cells)] = cells
        if new == old:
            return
        self._rows[row] = new
        if any(cell is not None and is_unsure(cell[0]) for cell in (*old, *new)):
            yield from pieces  # how wide its letters are, terminals don't agree on
        else:
            yield from _runs(old, new)


def _runs(old: Sequence[Cell | None], new: Sequence[Cell | None]) -> Iterator[Piece]:
    """What is new of a row, a few cells that stay within."""
    was = [*old, *repeat(None, len(new) - len(old))]
    changed = [at for at, (one, other) in enumerate(zip(was, new, strict=True)) if one != other]
    first = last = changed[0]
    for at in changed[1:]:
        if at - last > GAP or None in new[last:at]:
            yield first, [cell for cell in new[first : last + 1] if cell is not None]
            first = at
        last = at
    yield first, [cell for cell in new[first : last + 1] if cell is not None]


class Drawing:
    """Cells as some data draws them, by rows, and where the cursor goes last."""

    def __init__(self) -> None:
        self.rows: dict[int, list[Piece]] = {}
        self.place = ""
        self._state = PLAIN
        self._row, self._column = -1, 0

    def take(self, data: str) -> bool:
        """Take what `data` draws; whether all of it is drawing, in places that it names."""
        at = 0
        for token in TOKEN.finditer(data):
            if token.start() != at:
                return False
            at = token.end()
            if token["text"] is not None:
                self._write(token["text"])
            elif token["codes"] is not None:
                self._state = after(self._state, token["codes"])
            elif token["row"] is not None:
                self._go(int(token["row"] or 1) - 1, int(token["column"] or 1) - 1)
                self.place = token[0]
        return at == len(data) and -1 not in self.rows

    def _go(self, row: int, column: int) -> None:
        self._row, self._column = row, column

    def _write(self, text: str) -> None:
        cells = list(_cells(text, self._state))
        self.rows.setdefault(self._row, []).append((self._column, cells))
        self._column += len(cells)
        self.place = ""


def _cells(text: str, state: State) -> Iterator[Cell]:
    """A letter each; one of no width goes with the one before it, a wide one takes two."""
    if text.isspace() and state[0].isdisjoint(ON_BLANKS):
        state = (PLAIN[0], PLAIN[1], state[2])
    if not is_unsure(text):
        return zip(text, repeat(state))
    found: list[Cell] = []
    for letter in text:
        width = cell_len(letter)
        if not width and found:
            found[-1] = (found[-1][0] + letter, state)
        else:
            found += [(letter, state), ("", state)][: max(1, width)]
    return iter(found)


class Sending:
    """Makes what is sent, and follows the colours that are in force at its end."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._state = PLAIN

    def add(self, row: int, column: int, cells: Sequence[Cell]) -> None:
        """Write these cells."""
        self._parts.append(f"\x1b[{row + 1};{column + 1}H")
        for letter, state in cells:
            if letter == " " and state[0].isdisjoint(ON_BLANKS):
                wanted = (self._state[0] - ON_BLANKS, self._state[1], state[2])
            else:
                wanted = state
            if wanted != self._state:
                self._parts.append(change(self._state, wanted))
                self._state = wanted
            self._parts.append(letter)

    def end(self, place: str) -> str:
        """All of it, and the cursor to its place; nothing where nothing is sent."""
        if not self._parts:
            return ""
        if self._state != PLAIN:
            self._parts.append("\x1b[m")
        return "".join((*self._parts, place))
