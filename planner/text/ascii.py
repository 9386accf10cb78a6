"""Signs for terminals that can draw nothing but ASCII: one letter for each of the program's own.

Only what the program draws has such a form; what stands in a file stays as it is. Widths stay, so
that nothing moves, and signs that stand in one legend keep apart. The screen (its driver) and what
commands print (its stream) go through `in_ascii` where `ascii_only` says so; data never does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain

GLYPHS = ("unicode", "ascii", "auto")
"""What a person can ask for; ``auto`` is what suits the terminal."""

_ONE_BY_ONE = {
    # bars, and what lies under them
    "█": "#", "▓": "%", "▒": "=", "░": "-", "═": "w", "□": "o", "╌": ".", "━": "~",
    "◆": "*", "◇": "!", "▁": "_", "▐": "[", "▌": "]", "┃": "|", "┊": ":", "·": "'", "▼": "v",
    "▶": ">", "◀": "<", "←": "<", "→": ">", "↑": "^", "↓": "v", "▴": "^", "▵": "^", "△": "^",
    "▷": ">", "▾": "-", "▹": "+", "▸": ">", "◂": "<",
    # statuses, and what was found, said and agreed
    "◌": ".", "○": "o", "●": "@", "‖": "=", "√": "+", "×": "x", "✗": "X", "▲": "^", "⇄": "%",
    "■": "#", "≠": "#", "≤": "<", "≥": ">", "•": "*", "⋯": ".",
    # letters in words
    "…": "~", "−": "-", "–": "-", "—": "-", "€": "E", "£": "L", "“": '"', "”": '"', "‘": "'",
    "’": "'", "½": "~", "÷": "/", "³": "3", "²": "2", "±": "+", "≈": "~",
    "¥": "Y", "«": "<", "»": ">", "‹": "<", "›": ">", "„": '"', "‐": "-", "‑": "-",
    # what is made visible: control characters, and the names of others
    **dict.fromkeys(map(chr, range(0x2400, 0x2427)), "?"), "⟨": "<", "⟩": ">",
}  # fmt: skip
_LINES = {
    "-": "─┄┈╴╶╼╾┍┑┅┉",
    "|": "│┆╎╵╷┇┋╽╿",
    "+": "┌┐└┘├┤┬┴┼╭╮╯╰┏┓┗┛┝┥┠┨┯┷┿╋╂┕┙╔╗╚╝╠╣╦╩╬",
    "#": "▀▄▔▎▍▋▊▉▏▕▂▃▅▆▇▖▗▘▙▚▛▜▝▞▟",
}

FORMS: Mapping[int, str] = {
    ord(sign): form
    for sign, form in chain(
        _ONE_BY_ONE.items(), ((sign, form) for form, signs in _LINES.items() for sign in signs)
    )
}
"""The ASCII form of each sign."""


def in_ascii(text: str) -> str:
    """The same text in the same width, the program's own signs in ASCII."""
    return text if text.isascii() else text.translate(FORMS)


_HARDWARE = re.compile(r"vt\d")
"""Terminals whose own signs are ASCII and lines."""


def ascii_only(glyphs: str | None, environment: Mapping[str, str]) -> bool:
    """Whether a terminal draws no more than ASCII.

    By what is asked for (`GLYPHS`); else by the encoding of the locale, where that names another
    than UTF-8, and by the kind of terminal. A locale that names none (``C``) is one that nobody
    has set, unless it is set for everything.
    """
    if glyphs in ("ascii", "unicode"):
        return glyphs == "ascii"
    named = (environment.get(key, "") for key in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next(filter(None, named), "")
    encoding = locale.partition(".")[2].partition("@")[0].lower().replace("-", "")
    return (
        encoding not in ("", "utf8")
        or environment.get("LC_ALL") in ("C", "POSIX")
        or _HARDWARE.match(environment.get("TERM", "")) is not None
    )
