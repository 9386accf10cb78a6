"""User configuration, for all roadmaps.

`$XDG_CONFIG_HOME/planner/config.toml`, else `~/.config/planner/config.toml`. It is optional.
"""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from planner.errors import ReadError
from planner.files.reading import read_file
from planner.files.trusted import why_not_trusted
from planner.roadmap.ids import nearest
from planner.text.limits import decode
from planner.text.parsing import parse
from planner.text.phrases import did_you_mean

MAX_BYTES = 64 * 1024
"""Far more than a few keys need."""


class Configuration(Struct, frozen=True):
    """What the file says; its keys are these fields."""

    me: str | None = None
    """The id of a person or a team, in the roadmaps that are opened."""


def config_file() -> Path:
    """Where the configuration is looked for. Raises RuntimeError where there is no home."""
    named = os.environ.get("XDG_CONFIG_HOME", "")
    folder = Path(named) if Path(named).is_absolute() else Path.home() / ".config"
    return folder / "planner" / "config.toml"


def configuration() -> Configuration:
    """What the configuration says; nothing where there is none. Raises ReadError."""
    try:
        file = config_file()
    except RuntimeError:
        return Configuration()
    return _read(file) if os.path.lexists(file) else Configuration()


def _read(file: Path) -> Configuration:
    raw, name = read_file(file, why_not_trusted), str(file)
    if len(raw) > MAX_BYTES:
        raise ReadError(f"{len(raw)} bytes are too many for a configuration file", file=name)
    said = parse(raw, decode(raw, name), name).data
    for key, value in said.items():
        _refuse(key, value, name)
    return Configuration(**said)


def _refuse(key: str, value: object, file: str) -> None:
    """Raise ReadError for what is not a key, and for what is no text."""
    known = Configuration.__struct_fields__
    if key not in known:
        near = nearest(key, known) or known[0]
        raise ReadError("there is no such key", file=file, key=key, hint=did_you_mean(near))
    if not isinstance(value, str) or not value.strip():
        raise ReadError("not an id in quotes", file=file, key=key, hint='such as "ana"')
