"""Shell quoting with visible characters only, on one line.

Printed commands are copied from a screen, where an invisible character is lost or replaced: so a
word with one is spelled in bytes, for `printf`, which every shell has.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Sequence

from planner.text.visible import visible

_SPELLED = re.compile(r"\$\(printf -- '([^']*)'\)")
_AS_IT_IS = re.compile(r"[A-Za-z0-9 _./=+:,-]")


def word(text: str) -> str:
    """One word; see `sayable` for those that no shell can be given."""
    if visible(text) == text:
        return shlex.quote(text)
    return f"\"$(printf -- '{''.join(map(_spelled, text))}')\""


def line(words: Iterable[str]) -> str:
    """A command of these words."""
    return " ".join(map(word, words))


def git_add(*paths: str) -> str:
    """The command that adds these files to git's index, and no others that git's patterns mean."""
    return git_on(["add"], *paths)


def git_on(words: Sequence[str], *paths: str) -> str:
    """A command of git that takes files: these, and no others that git's patterns mean."""
    if any(re.search(r"^[-:]|[*?\[\\]", path) for path in paths):
        return line(["git", "--literal-pathspecs", *words, "--", *paths])
    return line(["git", *words, *paths])


def sayable(text: str) -> bool:
    """Whether a shell can be given a word: none holds a NUL, and the last line ends are lost."""
    return "\0" not in text and not text.endswith("\n")


def spoken(word: str) -> str:
    """The text that a word of `line` stands for, where that is spelled in bytes; else the word."""
    spelled = _SPELLED.fullmatch(word)
    if spelled is None:
        return word
    raw = spelled[1].encode("utf-8", "surrogateescape")
    whole = re.sub(rb"\\([0-7]{3})", lambda each: bytes([int(each[1], 8) & 255]), raw)
    return whole.decode("utf-8", "surrogateescape")


def _spelled(letter: str) -> str:
    if _AS_IT_IS.fullmatch(letter):
        return letter
    return "".join(f"\\{byte:03o}" for byte in letter.encode("utf-8", "surrogateescape"))
