"""JSON of `config show --json`: what is in force, where each comes from, and what is wrong.

A setting comes from the `configuration` (then `line` says where), from the `environment` or is the
`default`; options of a command come before all of them. Every key is always there.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Source = Literal["default", "configuration", "environment"]


class SettingShown(Struct, frozen=True, kw_only=True):
    """One setting; without a value it is what suits the terminal, and `me` is whose address git
    commits with.
    """

    key: str
    value: str | bool | None
    source: Source
    line: int | None


class KeyShown(Struct, frozen=True, kw_only=True):
    """One action of the terminal interface and the keys that do it, as they are written."""

    action: str
    keys: tuple[str, ...]
    does: str
    group: str
    source: Source
    line: int | None


class ConfigShown(Struct, frozen=True, kw_only=True):
    """The settings and keys in force. `troubles` were left out; `warnings` are in force. Without a
    file `read` is false, and `file` is where it would be.
    """

    file: str | None
    read: bool
    settings: tuple[SettingShown, ...]
    keys: tuple[KeyShown, ...]
    troubles: tuple[str, ...]
    warnings: tuple[str, ...]
