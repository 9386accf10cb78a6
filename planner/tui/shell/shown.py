"""Only what differs goes to the terminal: what each of its cells shows is known.

Textual draws whole widgets, often more than once for one key: a dialog that opened was the screen
three times over. On a slow line that is what a person waits for. Here every write is laid over the
cells that were written before, and only those are sent that show something else then. Colours are
most of what is left, and a way to another place is shorter than another colour: so what has one
colour is sent together, wherever it stands; only what follows a sign that a terminal may draw wide
is sent after it. What is not drawing passes as it is; whatever that may have done to the screen,
nothing is known of it afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat

from rich.cells import cell_len

from planner.tui.shell.ansi_diff import PLAIN, State, after, change, lean
from planner.tui.shell.placing import is_unsure

Cell = tuple[str, State]
"""A letter with its colours; nothing, behind a wide one."""
Piece = tuple[int, list[Cell]]
"""Cells that are written from a column on."""
Run = tuple[int, State, str]
"""A text of one colour, from a column on."""

TOKEN = re.compile(
    "\x1b\\[(?P<row>[0-9]*);(?P<column>[0-9]*)H|\x1b\\[(?P<codes>[0-9;]*)m|(?P<end>\r?\n)"
    "|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
)
HARMLESS = re.compile(
    "(?:\x1b\\[\\?(?:2026|25|1000|1002|1006|2004)[hl]"
    "|\x1b\\][0-9]+;[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\\\))*"
)
"""What changes no cell: pictures as one, cursor, mouse, pasting; the shape of the mouse's pointer,
what is copied.
"""
GAP = 6
"""So many cells that stay, in the colours of those before, are sent again rather than moved over.
"""
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
            self._lay(row, pieces, sending)
        return sending.end(drawing.place)

    def _lay(self, row: int, pieces: Sequence[Piece], sending: Sending) -> None:
        """Lay the pieces of a row over what is shown, and send what differs."""
        old = self._rows.get(row, [])
        end = max(at + len(cells) for at, cells in pieces)
        new: list[Cell | None] = [*old, *repeat(None, end - len(old))]
        for at, cells in pieces:
            new[at : at + len(cells)] = cells
        if new == old:
            return
        self._rows[row] = new
        if any(cell is not None and is_unsure(cell[0]) for cell in (*old, *new)):
            for at, cells in pieces:  # how wide its letters are, terminals don't agree on
                sending.in_order(row, at, cells)
            return
        sending.anywhere(row, _runs(old, new))


def _runs(old: Sequence[Cell | None], new: Sequence[Cell | None]) -> Iterator[Run]:
    """What is new of a row, by colours; a few cells that stay within."""
    was = [*old, *repeat(None, len(new) - len(old))]
    changed = [at for at, (one, other) in enumerate(zip(was, new, strict=True)) if one != other]
    text, first, state = "", 0, PLAIN
    for at in changed:
        end = first + len(text)
        more = new[end : at + 1]
        if text and len(more) <= GAP + 1 and all(_fits(cell, state) for cell in more):
            text += "".join(cell[0] for cell in more if cell is not None)
            continue
        if text:
            yield first, state, text
        cell = new[at]
        assert cell is not None
        first, (text, state) = at, cell
    yield first, state, text


def _fits(cell: Cell | None, state: State) -> bool:
    """Whether a cell looks the same in these colours; of a blank only its ground is seen."""
    if cell is None:
        return False
    letter, own = cell
    return own == state or (
        letter == " " and own[2] == state[2] and ON_BLANKS.isdisjoint(own[0] | state[0])
    )


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
        self._rows: dict[int, list[Run]] = {}

    def anywhere(self, row: int, runs: Iterable[Run]) -> None:
        """Write what is new of a row, together with all else of the same colours."""
        self._rows[row] = list(runs)

    def in_order(self, row: int, column: int, cells: Sequence[Cell]) -> None:
        """Write cells one after the other, whatever their colours."""
        self._parts.append(f"\x1b[{row + 1};{column + 1}H")
        for letter, state in cells:
            if letter == " " and state[0].isdisjoint(ON_BLANKS):
                self._turn_to((self._state[0] - ON_BLANKS, self._state[1], state[2]))
            else:
                self._turn_to(state)
            self._parts.append(letter)

    def _ready(self) -> dict[State, list[tuple[int, Run]]]:
        """What may be sent next, by colours: all but what a sign before it would cover that is yet
        to be sent and may be drawn wide.
        """
        found: dict[State, list[tuple[int, Run]]] = {}
        for row, runs in self._rows.items():
            covered = 0
            for run in runs:
                at, state, text = run
                if at >= covered:
                    found.setdefault(state, []).append((row, run))
                if not text.isascii():
                    covered = at + len(text) + sum(not letter.isascii() for letter in text)
        return found

    def _turn_to(self, state: State) -> None:
        if state != self._state:
            self._parts.append(change(self._state, state))
            self._state = state

    def end(self, place: str) -> str:
        """All of it, and the cursor to its place; nothing where nothing is sent."""
        while ready := self._ready():
            self._turn_to(self._state if self._state in ready else max(ready, key=_worth(ready)))
            for row, run in ready[self._state]:
                self._rows[row].remove(run)
                self._parts.append(f"\x1b[{row + 1};{run[0] + 1}H{run[2]}")
        if not self._parts:
            return ""
        if self._state != PLAIN:
            self._parts.append("\x1b[m")
        return "".join((*self._parts, place))


def _worth(ready: Mapping[State, Sequence[object]]) -> Callable[[State], tuple[int, str]]:
    """Orders colours: first the one that most has, and those of one ground together."""
    return lambda state: (len(ready[state]), state[2])
