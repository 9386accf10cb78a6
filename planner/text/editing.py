"""Editable text: each invisible character is replaced by a visible sign, and back.

An editor shows one cell for each, so that a joiner can be stepped over, taken out and put in; what
was not touched comes back byte for byte. The signs are of a range for private use, so that no text
holds one by itself; where one does, another stands before it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from planner.text.visible import INVISIBLE

_STAND_INS = "\U00100000-\U0010ffff"
_AS_IT_IS = "\U0010f8ff"
"""Stands before a character that is in that range itself."""
_HIDDEN = re.compile(f"[\x00-\x1f\x7f-\x9f{INVISIBLE}{_STAND_INS}]")
_HIDDEN_IN_LINES = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f{INVISIBLE}{_STAND_INS}]")
_STAND_IN = re.compile(f"{_AS_IT_IS}(.)|[{_STAND_INS}]", re.DOTALL)
_IN_RANGE = re.compile(f"[{_STAND_INS}]")
_UNSEEN = re.compile(f"[{INVISIBLE}]")
_SEQUENCE = re.compile("\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)|[@-Z\\\\^_])")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_TAGS, _FIRST_TAG = 0x10E000, 0xE0000


def to_edit(text: str, *, lines: bool = False) -> str:
    """`text` as an editor has it; with `lines` its line ends stay line ends."""
    return (_HIDDEN_IN_LINES if lines else _HIDDEN).sub(_stand_in, text)


def from_edited(text: str) -> str:
    """What a text in an editor stands for."""
    return _STAND_IN.sub(_stood_for, text)


def unedited(text: str) -> str:
    """A text that was in no editor, as one that says the same: its own signs stay."""
    return _IN_RANGE.sub(_stand_in, text)


def in_value(value: Any, change: Callable[[str], str]) -> Any:
    """A plain value with every text in it changed, the names in tables too."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [in_value(each, change) for each in value]
    if isinstance(value, Mapping):
        return {change(str(key)): in_value(each, change) for key, each in value.items()}
    return value


def pictured(text: str) -> str:
    """The text of an editor as it is shown, a picture for each sign that stands in."""
    return _IN_RANGE.sub(_picture, text)


def unseen(text: str) -> list[str]:
    """What can't be seen in the text of an editor, by name, each once: ``zero width joiner``."""
    found = (_stood_for(each) for each in _STAND_IN.finditer(text))
    return list(dict.fromkeys(_name(char) for char in found))


def is_unseen(char: str) -> bool:
    """Whether a character that was typed can't be seen, and yet is part of a text."""
    return len(char) == 1 and _UNSEEN.fullmatch(char) is not None


class Pasted(Struct, frozen=True):
    """What was pasted, as an editor has it, and of how many lines it is made."""

    text: str
    lines: int


def pasted(text: str, joint: str | None = None) -> Pasted:
    """What a person meant to paste: without what only a terminal would obey; with a `joint` on one
    line, else with its lines and tabs.
    """
    clean = _CONTROL.sub("", _SEQUENCE.sub("", text).replace("\r\n", "\n").replace("\r", "\n"))
    if joint is None:
        return Pasted(to_edit(clean, lines=True), clean.count("\n") + 1)
    parts = [line for line in clean.replace("\t", " ").split("\n") if line.strip()]
    return Pasted(to_edit(_joined(parts, joint) if len(parts) > 1 else "".join(parts)), len(parts))


def _joined(lines: list[str], joint: str) -> str:
    """The lines as one; a comma that ends one and begins the joint is there once."""
    first, *others = (line.rstrip().removesuffix(joint.strip() or joint) for line in lines)
    return joint.join((first, *map(str.strip, others)))


def _stand_in(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code >= 0x100000:
        return _AS_IT_IS + match[0]
    if code >= _FIRST_TAG:
        return chr(_TAGS | (code & 0xFFF))
    return chr(0x100000 | (code & 0xFFFF))


def _stood_for(match: re.Match[str]) -> str:
    if match[1]:
        return match[1]
    low = ord(match[0]) & 0xFFFF
    if 0xE000 <= low < 0xF000:
        return chr(_FIRST_TAG | (low & 0xFFF))
    if 0xBCA0 <= low <= 0xBCA3 or 0xD173 <= low <= 0xD17A:
        return chr(0x10000 | low)
    return chr(low)


def _picture(match: re.Match[str]) -> str:
    """A control character's own picture; one sign for all others."""
    low = ord(match[0]) & 0xFFFF
    return chr(0x2400 + low) if low < 0x20 else "␡" if low == 0x7F else "␦"


def _name(char: str) -> str:
    known = {"\t": "tab", "\n": "line end"}
    return known.get(char) or unicodedata.name(char, f"U+{ord(char):04X}").lower()
