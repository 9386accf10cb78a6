"""Signs for terminals that can draw nothing but ASCII: one letter for each of the program's own.

Only what the program draws has such a form; what stands in a file stays as it is. Widths stay, so
that nothing moves, and signs that stand in one legend keep apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

_ONE_BY_ONE = {
    # bars, and what lies under them
    "█": "#", "▓": "%", "▒": "=", "░": "-", "═": "w", "□": "o", "╌": ".", "━": "~",
    "◆": "*", "◇": "!", "▁": "_", "▐": "[", "▌": "]", "┃": "|", "┊": ":", "·": "'", "▼": "v",
    "▶": ">", "◀": "<", "←": "<", "→": ">", "↑": "^", "↓": "v", "▴": "^", "▵": "^", "△": "^",
    "▷": ">", "▾": "-", "▸": ">", "◂": "<",
    # statuses, and what was found, said and agreed
    "◌": ".", "○": "o", "●": "@", "‖": "=", "√": "+", "×": "x", "✗": "X", "▲": "^", "⇄": "%",
    "■": "#", "≠": "#", "≤": "<", "≥": ">", "•": "*", "⋯": ".",
    # letters in words
    "…": "~", "−": "-", "–": "-", "—": "-", "€": "E", "£": "L", "“": '"', "”": '"', "‘": "'",
    "’": "'", "½": "~", "÷": "/", "³": "3", "²": "2",
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
