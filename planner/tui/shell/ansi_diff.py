"""Fewer bytes for the same screen: colours are sent only where they change.

Textual sends every run of text with all its colours before it and a reset after it, some forty
bytes around each. On a slow line that is most of what is sent. Here a terminal's state is followed
through each write, and only the difference is passed on, which halves what a scroll takes. Every
write ends with a reset, so that nothing hangs on what else may write to the terminal.
"""

from __future__ import annotations

import re
from functools import lru_cache

SGR = re.compile("\x1b\\[([0-9;]*)m")
MOVES = re.compile("(?:\r?\n|\x1b\\[[0-9;]*[HG])+")
"""What only moves the cursor: no colour shows in it."""
State = tuple[frozenset[str], str, str]
"""Attributes that are on, colour of text, colour of ground; each as the codes that set it."""
PLAIN: State = (frozenset(), "39", "49")
OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "7": "27", "9": "29"}
"""The code that ends an attribute; bold and dim end together."""


def lean(data: str) -> str:
    """The same text in the same colours, in fewer bytes."""
    if "\x1b[" not in data:
        return data
    sent = wanted = PLAIN
    found: list[str] = []
    for index, part in enumerate(SGR.split(data)):
        if index % 2:
            wanted = after(wanted, part)
        elif part:
            if wanted != sent and not MOVES.fullmatch(part):
                found.append(change(sent, wanted))
                sent = wanted
            found.append(part)
    if sent != PLAIN or wanted != PLAIN:
        found.append("\x1b[m")
    return "".join(found)


@lru_cache(maxsize=4096)
def after(state: State, codes: str) -> State:
    """The state after a sequence of codes."""
    attributes, colour, ground = state
    parts = iter(codes.split(";"))
    for code in parts:
        if code in ("", "0"):
            attributes, colour, ground = PLAIN
        elif code in ("38", "48"):
            kind = next(parts, "5")
            wanted = 3 if kind == "2" else 1
            value = ";".join([code, kind, *(next(parts, "0") for _ in range(wanted))])
            colour, ground = (value, ground) if code == "38" else (colour, value)
        elif code.startswith(("3", "9")) and len(code) == 2:
            colour = code
        elif code.startswith(("4", "10")) and len(code) > 1:
            ground = code
        else:
            attributes |= {code}
    return attributes, colour, ground


@lru_cache(maxsize=4096)
def change(sent: State, wanted: State) -> str:
    """The codes that lead from one state to the other."""
    gone = sent[0] - wanted[0]
    if gone - OFF.keys():
        return f"\x1b[;{';'.join([*sorted(wanted[0]), *wanted[1:]])}m"
    off = {OFF[code] for code in gone}
    kept = {code for code in sent[0] & wanted[0] if OFF.get(code) in off}
    codes = [*sorted(off), *sorted((wanted[0] - sent[0]) | kept)]
    codes += [new for old, new in zip(sent[1:], wanted[1:], strict=True) if old != new]
    return f"\x1b[{';'.join(codes)}m"
