"""Whether the terminal draws more than ASCII: what the person set, else what the locale names."""

from __future__ import annotations

from collections.abc import Mapping


def ascii_only(glyphs: str | None, environment: Mapping[str, str]) -> bool:
    """By the setting; else by the encoding of the locale, where that names another than UTF-8.

    A locale that names none (``C``) is one that nobody has set, unless it is set for everything.
    """
    if glyphs is not None:
        return glyphs == "ascii"
    named = (environment.get(key, "") for key in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next(filter(None, named), "")
    encoding = locale.partition(".")[2].partition("@")[0].lower().replace("-", "")
    return encoding not in ("", "utf8") or environment.get("LC_ALL") in ("C", "POSIX")
