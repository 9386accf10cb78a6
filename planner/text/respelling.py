"""Change a TOML string and keep the spelling of the rest: its escapes stay byte for byte.

A file may say ``caf\\u00e9`` or a joiner as ``\\u200d``. Where one letter is typed, the others are
not written anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import tomli
from msgspec import Struct

_UNIT = re.compile(r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\[ \t]*\r?\n\s*|\\.|\r\n|.", re.DOTALL)
_LINE_END = re.compile(r"\r?\n")
_QUOTES = '"""'


class _Unit(Struct, frozen=True):
    """A character and how it is spelled; empty for a line end that is escaped."""

    char: str
    source: str


def respelled(value: str, like: str, escape: Callable[[str], str]) -> str | None:
    """`value` in double quotes as in `like`, a TOML text that says nearly the same; `escape` spells
    what is new. None where `like` is no such text.
    """
    if not like.startswith('"'):
        return None
    quotes = _QUOTES if like.startswith(_QUOTES) and len(like) > 5 else '"'
    body = like[len(quotes) : -len(quotes)]
    start = _LINE_END.match(body) if quotes == _QUOTES else None
    opened = start[0] if start else ""
    units = [_Unit(_said(each), each) for each in _UNIT.findall(body[len(opened) :])]
    made = f"{quotes}{opened}{_spliced(units, value, escape)}{quotes}"
    return made if _reads_as(made, value) else None


def _said(source: str) -> str:
    """The character that one spelling stands for."""
    if source == "\r\n":
        return "\n"
    if not source.startswith("\\"):
        return source
    return "" if source[1] in " \t\r\n" else str(tomli.loads(f'x = "{source}"')["x"])


def _spliced(units: Sequence[_Unit], value: str, escape: Callable[[str], str]) -> str:
    """The spelling of what stays at both ends, with what is new in the middle spelled anew."""
    before = _alike(units, value)
    rest = value[sum(len(each.char) for each in units[:before]) :]
    after = _alike(units[before:][::-1], rest[::-1])
    kept = units[len(units) - after :]
    new = rest[: len(rest) - sum(len(each.char) for each in kept)]
    return "".join(
        [*(each.source for each in units[:before]), escape(new), *(each.source for each in kept)]
    )


def _alike(units: Sequence[_Unit], value: str) -> int:
    """How many units in a row say what the text begins with."""
    at = 0
    for count, unit in enumerate(units):
        if value[at : at + len(unit.char)] != unit.char:
            return count
        at += len(unit.char)
    return len(units)


def _reads_as(made: str, value: str) -> bool:
    try:
        return bool(tomli.loads(f"x = {made}")["x"] == value)
    except tomli.TOMLDecodeError:
        return False
