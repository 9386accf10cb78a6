"""User configuration, for all roadmaps: who somebody is, how the screen looks, which keys do what.

It is optional, and never keeps anybody out: what is wrong in it is left out and told (`troubles`),
and the rest counts. It is read where `config_file` says; what is made there is the user's own.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from planner.errors import ReadError
from planner.files.reading import read_file
from planner.files.state import PRIVATE_FILE, PRIVATE_FOLDER
from planner.files.trusted import why_not_trusted
from planner.roadmap.ids import nearest
from planner.text.ascii import GLYPHS
from planner.text.document import Document
from planner.text.limits import decode
from planner.text.parsing import parse
from planner.text.phrases import did_you_mean

MAX_BYTES = 64 * 1024
"""Far more than a few keys need."""
THEMES = ("dark", "light", "terminal", "high-contrast", "high-contrast-light")
"""Names of the themes; the terminal interface has each of them."""
Key = tuple[str, ...]
"""A key of the file: ``("theme",)``, ``("keys", "undo")``."""


class Settings(Struct, frozen=True):
    """What can be set, with the defaults; the keys of the file are these fields."""

    me: str | None = None
    """The id of a person or a team, in the roadmaps that are opened."""
    theme: str | None = None
    """One of `THEMES`; None for what suits the terminal."""
    glyphs: str | None = None
    """One of `GLYPHS`; None for what suits the terminal."""
    mouse: bool = True
    """Whether the mouse is used, too."""
    opening: bool = True
    """Whether the screen says on opening what moved and what waits."""
    view: str = "board"
    """The view that is opened first."""
    keys: Mapping[str, tuple[str, ...]] = {}
    """Keys by action, as they are written in the file; an action may have none."""


CHOICES = {"theme": THEMES, "glyphs": GLYPHS}


class Configuration(Struct, frozen=True):
    """The settings, which of them the file has, and what is wrong with it."""

    file: Path | None = None
    """The file that was read; None where there is none."""
    settings: Settings = Settings()
    said: tuple[Key, ...] = ()
    """What the file sets, in its order, and what counts of it."""
    troubles: tuple[ReadError, ...] = ()
    """What is wrong, each with its place and what to do."""
    raw: bytes = b""

    def line(self, key: Key) -> int | None:
        """Where a key stands in the file."""
        return Document.parse(self.raw, "").line_of(key) if self.raw else None

    def trouble(self, key: Key, message: str, hint: str | None = None) -> ReadError:
        """Something wrong with a key."""
        where, dotted = str(self.file), ".".join(key)
        return ReadError(message, file=where, line=self.line(key), key=dotted, hint=hint)

    def about(self, key: str) -> ReadError | None:
        """Why it is not known what the file says of a key; None where it is."""
        if (key,) in self.said:
            return None
        others = {*Settings.__struct_fields__} - {key}
        at_the_top = (each for each in self.troubles if "." not in (each.key or ""))
        return next((each for each in at_the_top if each.key not in others), None)


def config_file() -> Path:
    """Where the configuration is. Raises RuntimeError where there is no home.

    `$XDG_CONFIG_HOME/planner/config.toml`, else the platform's place: on macOS
    `~/Library/Application Support/planner`, unless there is one in `~/.config/planner`, which is
    the place everywhere else.
    """
    named = os.environ.get("XDG_CONFIG_HOME", "")
    folder = Path(named) if Path(named).is_absolute() else Path.home() / ".config"
    file = folder / "planner" / "config.toml"
    if sys.platform == "darwin" and not named and not os.path.lexists(file):
        return Path.home() / "Library" / "Application Support" / "planner" / "config.toml"
    return file


def configuration() -> Configuration:
    """What the configuration says; the defaults where there is none, or it can't be read."""
    try:
        file = config_file()
    except RuntimeError:
        return Configuration()
    if not os.path.lexists(file):
        return Configuration()
    try:
        return _read(file)
    except ReadError as error:
        return Configuration(file, troubles=(error,))


def _read(file: Path) -> Configuration:
    raw, name = read_file(file, why_not_trusted), str(file)
    if len(raw) > MAX_BYTES:
        raise ReadError(f"{len(raw)} bytes are too many for a configuration file", file=name)
    said = parse(raw, decode(raw, name), name).data
    found, troubles, values = Configuration(file, raw=raw), [], {}
    for key, value in said.items():
        if (wrong := _wrong(found, key, value)) is not None:
            troubles.append(wrong)
        elif key != "keys":
            values[key] = value
    keys, more = _keys(found, said.get("keys", {}))
    return Configuration(
        file,
        Settings(**values, keys=keys),
        (*((key,) for key in values), *(("keys", id) for id in keys)),
        (*troubles, *more),
        raw,
    )


def _wrong(found: Configuration, key: str, value: object) -> ReadError | None:
    """What is wrong with a key at the top, and its value."""
    known = Settings.__struct_fields__
    if key not in known:
        hint = did_you_mean(_near(key, known), ", ".join(known))
        return found.trouble((key,), "there is no such key", hint)
    if key == "keys":
        said = 'such as [keys], and below it undo = "u"'
        return None if isinstance(value, dict) else found.trouble((key,), "not a table", said)
    example: str | None
    if key in ("mouse", "opening"):
        right, example = isinstance(value, bool), "true or false"
    elif key in CHOICES:
        near = nearest(str(value), CHOICES[key], loose=True)
        all = ", ".join(f'"{each}"' for each in CHOICES[key])
        right, example = value in CHOICES[key], did_you_mean(near, all)
    else:
        right = isinstance(value, str) and bool(value.strip())
        example = 'such as "ana"' if key == "me" else 'such as "board"'
    what = "not an id in quotes" if key == "me" else "not one of its values"
    return None if right else found.trouble((key,), what, example)


def _near(word: str, known: Sequence[str]) -> str | None:
    from difflib import get_close_matches  # only what went wrong pays for it

    return nearest(word, known, loose=True) or next(iter(get_close_matches(word, known)), None)


def _keys(found: Configuration, said: Any) -> tuple[dict[str, tuple[str, ...]], list[ReadError]]:
    """The keys of each action, as far as they are texts, and what is not."""
    keys: dict[str, tuple[str, ...]] = {}
    troubles = []
    for id, value in said.items() if isinstance(said, dict) else ():
        texts = [value] if isinstance(value, str) else value
        if isinstance(texts, list) and all(isinstance(each, str) for each in texts):
            keys[id] = tuple(texts)
        else:
            hint = 'such as "ctrl+s", ["J", "down"], or [] for none'
            troubles.append(found.trouble(("keys", id), "not a key in quotes, nor a list", hint))
    return keys, troubles


TEMPLATE = """\
# planner's configuration. Each line that begins with "# " is a default: take the sign away to
# change it. `planner config show` says what is in force, and which lines are not.

# me = "ana"            # who @me is: the id of a person or a team (default: by git's user.email)
# theme = "dark"        # or {themes}
# glyphs = "auto"       # or "unicode", "ascii"
# mouse = true          # use the mouse, too
# opening = true        # say on opening what moved and what waits
# view = "board"        # the view that is opened first

[keys]
# An action and its key, or a list of keys; [] for none. As they are written: "J", "?", "ctrl+s".
"""


def make_file(file: Path, actions: Mapping[str, tuple[tuple[str, ...], str]]) -> None:
    """Write the defaults as comments where there is no file; with each action its keys and what it
    does. Raises OSError, also where there is one, or a link: nothing is made through it.
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    lines = [_line(id, keys, does) for id, (keys, does) in actions.items()]
    text = TEMPLATE.format(themes=", ".join(f'"{each}"' for each in THEMES[1:])) + "".join(lines)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(file, flags, PRIVATE_FILE), "wb") as made:
        made.write(text.encode())


def _line(id: str, keys: tuple[str, ...], does: str) -> str:
    quoted = [json.dumps(key, ensure_ascii=False) for key in keys]
    value = quoted[0] if len(quoted) == 1 else f"[{', '.join(quoted)}]"
    return f"# {f'{id} = {value}':<32} # {does}\n"
