"""`python -m tests.benchmarks links`: the bytes that each view sends for what a person does there.

A cursor move is what comes at once; what follows when the cursor rests has a column of its own.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from tests.terminals import KEYS, Terminal

ROOT = Path(__file__).resolve().parents[2]
SIZES = ((80, 24), (120, 36))
ENTER = KEYS["enter"]
VIEWS: Mapping[str, str] = {
    "board": "1",
    "conflicts": "2",
    "path": "3",
    "network": "4",
    "status": "5",
    "agreements": "6",
    "capacity": "7",
    "outcomes": "8",
    "history": "9",
    "meeting": "M",
    "gaps": f":gaps{ENTER}",
    "rules": f":rules{ENTER}",
}
"""What to type for each; a view that is not there yet says so, and is measured for nothing."""
MOVES = 10


class Sent(Struct, frozen=True):
    """Bytes in one view: of a cursor move (middle and most), when it rests, and of other things."""

    move: int
    worst: int
    rest: int
    page: int
    resize: int
    opened: int
    closed: int
    idle: int


def sent(terminal: Terminal, size: tuple[int, int], idle: float = 2.0) -> Sent:
    """What the view on screen sends, at rest before and after."""
    moves, rests = [], []
    for _ in range(MOVES):
        moves.append(terminal.timed("j", quiet=0.05)[0])
        rests.append(terminal.settle(0.3))
    page = typed(terminal, "pgdn")
    terminal.resize(size[0] - 2, size[1])
    resized = terminal.settle(0.8)
    terminal.resize(*size)
    terminal.settle(0.8)
    opened, closed = typed(terminal, ":"), typed(terminal, "esc")
    nothing = terminal.settle(idle)
    return Sent(
        int(statistics.median(moves)),
        max(moves),
        max(rests),
        page,
        resized,
        opened,
        closed,
        nothing,
    )


def typed(terminal: Terminal, text: str) -> int:
    """The bytes until all is quiet after a key, or after what is typed."""
    os.write(terminal.descriptor, KEYS.get(text, text).encode())
    return terminal.settle(0.8)


def main() -> None:
    """Print the table of every view at both sizes."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "acme-2027"
        shutil.copytree(ROOT / "roadmaps" / "acme-2027", copy)
        command = [sys.executable, "-m", "planner", "--as-of", "2027-03-22", str(copy)]
        for size in SIZES:
            print(f"\n{size[0]}×{size[1]:<8}" + "".join(f"{n:>9}" for n in Sent.__struct_fields__))
            with Terminal(command, *size, HOME=folder, XDG_STATE_HOME=folder) as terminal:
                terminal.wait_for("? help")
                terminal.settle(1.0)
                for view, keys in VIEWS.items():
                    typed(terminal, keys)
                    found = sent(terminal, size)
                    figures = (getattr(found, each) for each in Sent.__struct_fields__)
                    print(f"{view:<14}" + "".join(f"{each:>9}" for each in figures), flush=True)
