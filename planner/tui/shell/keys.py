"""Keys as people write them, and which key does what.

A key is written as what it types (``J``, ``?``, ``=``), by the name on it (``enter``, ``pgdn``,
``f5``), or with what is held down (``ctrl+s``). The registry of actions, a person's own keymap, the
footer and the help all write it so; what Textual calls a key is translated where one is pressed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
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
_READ = {short: key for key, short in _SHOWN.items()}


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


def read(shown: str) -> str | None:
    """A key that is `shown` somewhere, as it is written; None for what is no key, ``1-9``."""
    return spelled(_READ.get(shown, shown))


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
    *held, key = _parts(text.strip() or text[:1])
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


_POSITIONS = (
    ("qwertyuiop[]asdfghjkl;'zxcvbnm,.`", "йцукенгшщзхъфывапролджэячсмитьбюё"),
    ("so]'", "іўїє"),
    ("wertyuiopasdfghjklzxcvbnm", "ςερτυθιοπασδφγηξκλζχψωβνμ"),
)
"""Latin letters and those of other alphabets on the same keys: Russian, what Ukrainian and
Belarusian have instead, and Greek."""
_UPPER = str.maketrans("[];',.`", '{}:"<>~')
"""What shift makes of the keys beside the Latin letters."""


def _aliases() -> Iterator[tuple[str, str]]:
    for latin, others in _POSITIONS:
        for letter, other in zip(latin, others, strict=True):
            yield other, letter
            if other.upper() not in (other, "Σ") or letter == "s":
                yield other.upper(), letter.upper().translate(_UPPER)


ALIASES: Mapping[str, str] = dict(_aliases())
"""Letters of keyboards that are not Latin, to what the same key types on one that is."""

SWALLOWED = {
    **dict.fromkeys(("ctrl+h",), "terminals send it as backspace"),
    **dict.fromkeys(("ctrl+i",), "terminals send it as tab"),
    **dict.fromkeys(("ctrl+j", "ctrl+m"), "terminals send it as enter"),
    "ctrl+[": "terminals send it as esc",
    "ctrl+a": "screen keeps it for itself",
    "ctrl+b": "tmux keeps it for itself",
    "f1": "many terminals open their own help",
    "f10": "many terminals open their menu",
    "f11": "many terminals change their size",
}
"""Keys that do not arrive everywhere, and why."""


def why_swallowed(key: str) -> str | None:
    """Why a key may not arrive; None where it does in every terminal."""
    *held, name = _parts(key)
    if key in SWALLOWED or not held or (held == ["ctrl"] and name.isalpha() and len(name) == 1):
        return SWALLOWED.get(key)
    if "alt" in held:
        return "many terminals send it as esc and the key after it"
    if (held == ["shift"] and name == "tab") or name in ("up", "down", "left", "right"):
        return None
    return "most terminals send the key without what is held down"


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

    def alias(self, event: Pressed) -> str | None:
        """What the same key types on a Latin keyboard, unless its own letter is bound."""
        letter = event.character
        if not letter or letter not in ALIASES or any(letter in each for each in self.own.values()):
            return None
        return ALIASES[letter]

    def does(self, key: str, among: Iterable[Does]) -> Does | None:
        """The one of these actions that a key does."""
        return next((action for action in among if key in self.keys(action)), None)


AS_REGISTERED = Keymap()
"""The keymap of whoever has none of their own."""
