"""Files that a typed path may mean, for whoever is asked for one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

MOST = 2000
"""Of more entries of a folder nobody finds one by looking."""


def meant(typed: str) -> Path:
    """The path of what was typed; ``~`` is the person's own folder."""
    path = Path(typed.strip())
    try:
        return path.expanduser()
    except RuntimeError:  # no such person
        return path


def paths_like(typed: str, suffixes: Sequence[str]) -> list[str]:
    """What a text may become: folders, with ``/`` behind them, and files of these suffixes.

    What begins so comes before what has it elsewhere; hidden ones only where a dot is typed.
    """
    text = typed.lstrip()
    before, begun = text[: text.rfind("/") + 1], text[text.rfind("/") + 1 :]
    wanted = begun.casefold()
    with_hidden = begun.startswith(".")
    names = [each for each in _names(before, suffixes) if with_hidden or each[0] != "."]
    found = [each for each in names if wanted in each.casefold()]
    found.sort(key=lambda each: (not each.casefold().startswith(wanted), each.casefold()))
    return [f"{before}{each}" for each in found]


def _names(folder: str, suffixes: Sequence[str]) -> Iterator[str]:
    try:
        with os.scandir(meant(folder) if folder else Path()) as entries:
            for entry in islice(entries, MOST):
                if entry.is_dir():
                    yield f"{entry.name}/"
                elif entry.name.lower().endswith(tuple(suffixes)):
                    yield entry.name
    except OSError:
        return
