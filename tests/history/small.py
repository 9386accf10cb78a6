"""Small roadmaps written by hand, one commit after the other, and what the commands say of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.history.repositories import written
from tests.history.stories import Commit, Told

Shown = Callable[..., dict[str, Any]]
Row = dict[str, Any]
DAY = date(2027, 3, 1)
HEAD = '[roadmap]\nstart = 2027-03-01\nstatus_date = 2027-03-01\nmain_launch = "launch"\n'


def work(id: str, estimate: str, *needs: str, more: str = "") -> str:
    return f'[initiatives.{id}]\nestimate = "{estimate}"\nneeds = {json.dumps(needs)}\n{more}'


def launch(*needs: str) -> str:
    return f'[initiatives.launch]\nkind = "milestone"\nneeds = {json.dumps(needs)}\n'


def line(*texts: str, authors: Sequence[str] = ("Ana", "Ben", "Chidi", "Dora")) -> list[Commit]:
    """One commit after the other, a day each."""
    return [
        Commit(
            number,
            (number - 1,) if number else (),
            authors[number % len(authors)],
            DAY + timedelta(number),
            f"Commit {number}",
            {"plan.toml": text},
        )
        for number, text in enumerate(texts)
    ]


class Record:
    """The record of some commits."""

    def __init__(self, shown: Shown, top: Path, commits: Sequence[Commit]) -> None:
        self._shown = shown
        self.told = Told(commits, (), commits[-1].texts, commits[-1].day)
        self.path, self.hashes = written(top / "repository", self.told)

    def history(self, *words: str, path: Path | None = None) -> Row:
        return self._shown((path or self.path) / "plan.toml", "history", *words)

    def difference(self, *words: str) -> Row:
        return self._shown(self.path / "plan.toml", "diff", *words)

    def trend(self, id: str = "launch") -> Row:
        return next(one for one in self.history()["trends"] if one["id"] == id)
