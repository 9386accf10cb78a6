"""Keys as people write them, and which key does what.

A key is written as what it types (``J``, ``?``, ``=``), by the name on it (``enter``, ``pgdn``,
``f5``), or with what is held down (``ctrl+s``). The registry of actions, a person's own keymap, the
footer and the help all write it so; what Textual calls a key is translated where one is pressed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar

from msgspec import Struct

from planner.text.visible import visible

NAMED = {
    "escape": "esc",
    "return": "enter",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "del": "delete",
    "ins": "insert",
    "spacebar": "space",
}
"""Other names of keys, Textual's among them."""
NAMES = frozenset(
    (
        *("enter", "esc", "tab", "space", "backspace", "delete", "insert", "home", "end"),
        *("pgup", "pgdn", "up", "down", "left", "right"),
        *(f"f{number}" for number in range(1, 25)),
    )
)
"""Every key that types nothing, and space, which nobody would see."""
HELD = ("ctrl", "alt", "shift", "super", "meta", "hyper")
"""What can be held down with a key, in the order in which it is written."""
_LETTERS = {
    "minus": "-",
    "plus": "+",
    "slash": "/",
    "backslash": "\\",
    "at": "@",
    "underscore": "_",
}
"""What Textual calls by other names than Unicode does."""
_SHOWN = {"g": "gg", "down": "↓", "up": "↑", "left": "←", "right": "→"}


class Pressed(Protocol):
    """A key that was pressed, as Textual says it."""

    key: str
    character: str | None


class Bound(Protocol):
    """What keys do, with the keys that the registry gives it."""

    @property
    def id(self) -> str: ...

    @property
    def keys(self) -> tuple[str, ...]: ...


Does = TypeVar("Does", bound=Bound)


def shown(key: str) -> str:
    """A key as short as it is read: ``gg``, ``^r``, ``↓``."""
    return _SHOWN.get(key, "^" + key[5:] if key.startswith("ctrl+") else key)


def pressed(event: Pressed) -> str:
    """A key that was pressed, as it is written."""
    letter = event.character
    if letter and letter.isprintable() and letter != " " and not event.key.startswith(HELD):
        return letter
    return spelled(event.key) or event.key


def typed(event: Pressed) -> str:
    """A key that was pressed, as a message names it."""
    key = pressed(event)
    return visible(key) if len(key) == 1 else shown(key)


def spelled(text: str) -> str | None:
    """A key as somebody wrote it, in the one way in which it is written here; None for no key."""
    *held, key = _parts(text.strip())
    held = [each.lower() for each in held]
    if any(each not in HELD for each in held) or len(set(held)) < len(held):
        return None
    name = _name(key)
    if name is None:
        return None
    if len(name) == 1 and held == ["shift"]:
        return name.upper() if name.upper() != name and len(name.upper()) == 1 else None
    if held and len(name) == 1:
        name = name.lower()
    return "+".join([*(each for each in HELD if each in held), name])


def _parts(text: str) -> list[str]:
    """What is held down, then the key: ``ctrl+s``, ``ctrl-s``, ``^s``, ``ctrl++``."""
    if len(text) == 2 and text[0] == "^":
        return ["ctrl", text[1]]
    head, key = text[:-1], text[-1:]
    if key in ("+", "-") and head[-1:] in ("+", "-") and len(head) > 1:
        return [*head[:-1].replace("-", "+").split("+"), key]
    return text.replace("-", "+").split("+") if len(text) > 1 else [text]


def _name(key: str) -> str | None:
    """The key itself: a letter or a name."""
    if len(key) == 1:
        return key if key.isprintable() and key != " " else "space" if key == " " else None
    if key == "gg":
        return "g"
    name = NAMED.get(key.lower(), key.lower())
    if name in NAMES:
        return name
    return _LETTERS.get(name) or _by_unicode(name)


def _by_unicode(name: str) -> str | None:
    """``question_mark``, as Textual calls it."""
    for each in (name.replace("_", " "), name.replace("_than_", "-than ").replace("_", " ")):
        try:
            letter = unicodedata.lookup(each)
        except KeyError:
            continue
        return letter if letter.isprintable() and not letter.isalnum() else None
    return None


class Keymap(Struct, frozen=True):
    """Which keys do what: those of the registry, but for the actions that have their `own`."""

    own: Mapping[str, tuple[str, ...]] = {}

    def keys(self, action: Bound) -> tuple[str, ...]:
        """The keys of an action, as they are written; the first is the one shown."""
        return self.own.get(action.id, action.keys)

    def shown(self, action: Bound) -> str:
        """The first of its keys as a person reads it; empty where it has none."""
        return next(iter(self.all_shown(action)), "")

    def all_shown(self, action: Bound) -> tuple[str, ...]:
        """All its keys as a person reads them."""
        return tuple(shown(key) for key in self.keys(action))

    def does(self, key: str, among: Iterable[Does]) -> Does | None:
        """The one of these actions that a key does."""
        return next((action for action in among if key in self.keys(action)), None)


AS_REGISTERED = Keymap()
"""The keymap of whoever has none of their own."""
