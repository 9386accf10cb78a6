"""The guard of what is written: no formula, and nothing that a terminal would obey.

Text that a spreadsheet would run gets a ``'`` in front. What begins so already gets one more, so
that reading takes away exactly what writing has put there.
"""

from __future__ import annotations

import re

from planner.text.visible import visible

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n?")

_RUNS = re.compile("'*(?:[\t\r\n]|\\s*[=+\\-@＝＋－＠])")
"""Also behind blanks, and in the wide letters of East Asia: some programs take them for a formula.
"""
_GUARDED = re.compile("'+(?:[\t\r\n]|\\s*[=+\\-@＝＋－＠])")


def plain_lines(text: str) -> str:
    """`text` with its line ends as ``\\n``."""
    return _LINE_ENDS.sub("\n", text) if "\r" in text else text


def printable(text: str) -> str:
    """`text` as any file can hold it: control characters, and what turns the letters of others
    round, as pictures or by name; lines as above.

    Signs that join letters or mark a direction stay: emoji and other scripts are written with them.
    """
    return _CONTROL.sub(lambda found: visible(found[0]), plain_lines(text))


def guarded(text: str) -> str:
    """`text` so that no program takes it for a formula."""
    return f"'{text}" if _RUNS.match(text) else text


def guarded_again(text: str) -> str:
    """`text` for a file whose cells say themselves that they are text: only what looks guarded."""
    return f"'{text}" if _GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """The text that was guarded."""
    return text[1:] if text[:1] == "'" and _GUARDED.match(text) else text
