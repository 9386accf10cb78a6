"""Patch between two texts of a file, for `git apply` and `patch`.

Lines end at a line feed and nowhere else, whatever else Python takes for a line end; a last line
without one is marked. Names are quoted as git does.
"""

from __future__ import annotations

import difflib
import re

_LINES = re.compile(r"[^\n]*\n|[^\n]+\Z")
_QUOTED = re.compile(r'[\x00-\x1f"\\\x7f]')
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
UNENDED = "\\ No newline at end of file\n"


def patch(name: str, before: str | None, after: str) -> str:
    """What makes `after` of `before`, for the file of that name; empty where nothing does. None is
    a file that is not there yet.
    """
    name = name.lstrip("/")  # as git heads files outside the folder it is in
    was = "/dev/null" if before is None else _named(f"a/{name}")
    lines = difflib.unified_diff(
        _LINES.findall(before or ""), _LINES.findall(after), was, _named(f"b/{name}")
    )
    return "".join(line if line.endswith("\n") else f"{line}\n{UNENDED}" for line in lines)


def _named(name: str) -> str:
    if _QUOTED.search(name):
        return '"' + _QUOTED.sub(_escaped, name) + '"'
    return f"{name}\t" if " " in name else name


def _escaped(found: re.Match[str]) -> str:
    return _SHORT.get(found[0], f"\\{ord(found[0]):03o}")
