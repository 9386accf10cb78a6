"""Render values as TOML text, in the spelling of the replaced text where possible.

A literal string stays literal, a multi-line one multi-line, ``40_000`` becomes ``45_000``. What has
no spelling yet gets tomli-w's. Whatever is written here is read back before it counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from functools import partial
from typing import Any

import tomli_w
from msgspec import Struct

from planner.text.respelling import respelled

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_PLAIN_TEXT = re.compile(r'[^\x00-\x1f\x7f"\\]*')
_LITERAL = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f']*")
_LITERAL_LINES = re.compile(r"(?:[^\x00-\x08\x0b-\x1f\x7f']|'(?!'')(?!\Z))*")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:_[0-9]{3})+(?:\.[0-9]+)?")
_ESCAPED = re.compile(r'\\|"(?="")|"\Z|[\x00-\x08\x0b-\x1f\x7f]')


class Style(Struct, frozen=True):
    """How what is around is written. `indent` is that of the key's line.

    `lines` says that several lines may be used; `one_per_line` asks for it in a growing list.
    `in_place` says that the items of a list are the same ones, each in its place.
    """

    newline: str = "\n"
    indent: str = ""
    lines: bool = False
    one_per_line: bool = False
    order: tuple[str, ...] = ()
    in_place: bool = False

    @property
    def inside(self) -> Style:
        """The style of what stands in an inline table or a list: one line, no order of its own."""
        return Style(self.newline, self.indent, order=self.order, in_place=self.in_place)


def render(value: Any, like: str = "", style: Style | None = None) -> str:
    """`value` as TOML; `like` is the text that it replaces, whose spelling is kept."""
    style = style or Style()
    if isinstance(value, str):
        return _text(value, like, style)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value, like)
    if isinstance(value, date | time):
        return _date_or_time(value, like)
    if isinstance(value, Mapping):
        return _table(value, style)
    return _list(value, style)


def render_key(path: tuple[str, ...]) -> str:
    """A dotted key, each part bare where it can be."""
    return ".".join(part if _BARE.fullmatch(part) else _text(part, "", Style()) for part in path)


def _table(value: Mapping[str, Any], style: Style) -> str:
    inside = style.inside
    pairs = [f"{render_key((key,))} = {render(each, '', inside)}" for key, each in value.items()]
    return "{ " + ", ".join(pairs) + " }" if pairs else "{}"


def _list(value: list[Any], style: Style) -> str:
    items = [render(each, "", style.inside) for each in value]
    if style.one_per_line and style.lines and len(items) > 1:
        row = f"{style.newline}{style.indent}    "
        return "[" + "".join(f"{row}{item}," for item in items) + f"{style.newline}{style.indent}]"
    return "[" + ", ".join(items) + "]"


def _text(value: str, like: str, style: Style) -> str:
    if "\\" in like and (made := _respelled(value, like, style)) is not None:
        return made
    if style.lines and "\n" in value and "\r" not in value:
        return _text_lines(value, like).replace("\n", style.newline)
    if like.startswith("'") and not like.startswith("'''") and _LITERAL.fullmatch(value):
        return f"'{value}'"
    if _PLAIN_TEXT.fullmatch(value):
        return f'"{value}"'
    return _by_library(value)


def _respelled(value: str, like: str, style: Style) -> str | None:
    """`value` with the escapes of `like`; None where it needs lines that `like` does not have."""
    lines = like.startswith('"""')
    if "\n" in value and style.lines and not lines and "\\n" not in like:
        return None
    return respelled(value, like, partial(_spelled, newline=style.newline if lines else "\\n"))


def _spelled(new: str, newline: str) -> str:
    """What is new in a text between double quotes, its line ends spelled as given."""
    parts = (p if _PLAIN_TEXT.fullmatch(p) else _by_library(p)[1:-1] for p in new.split("\n"))
    return newline.join(parts)


def _text_lines(value: str, like: str) -> str:
    """Several lines between triple quotes, opened as they were (or on a line of their own)."""
    literal = like.startswith("'''") and _LITERAL_LINES.fullmatch(value) is not None
    quotes = "'''" if literal else '"""'
    opened = like[3:].startswith(("\n", "\r\n")) or not like.startswith(('"""', "'''"))
    body = value if literal else _ESCAPED.sub(_escape, value)
    # A newline right after the quotes is no part of the text, so a text that starts with one
    # needs another before it.
    start = "\n" if opened or value.startswith("\n") else ""
    return f"{quotes}{start}{body}{quotes}"


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    return "\\" + char if char in '\\"' else f"\\u{ord(char):04X}"


def _number(value: int | float, like: str) -> str:
    if _GROUPED.fullmatch(like) and "e" not in repr(value):
        return f"{value:_}"
    return _by_library(value)


def _date_or_time(value: date | time, like: str) -> str:
    """As tomli-w writes it, but with the ``T`` (or ``t``) of the text that it replaces."""
    text = _by_library(value)
    return text.replace(" ", like[10]) if like[10:11] in ("T", "t") else text


def _by_library(value: object) -> str:
    return tomli_w.dumps({"x": value}).removeprefix("x = ").removesuffix("\n")
