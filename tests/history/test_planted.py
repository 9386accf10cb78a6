"""`history --json` of stories whose effects are known: dates, parts, causes, authors, commits.

Nothing of what is expected comes from the program: see `tests.history.stories` for what is planted
and `tests.history.expected` for what history.md makes of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.history.conftest import Shown
from tests.history.expected import step
from tests.history.reckoning import Reckoning
from tests.history.repositories import written
from tests.history.roadmaps import LAUNCHES
from tests.history.stories import Revision, Told, story
from tests.long import examples

Row = dict[str, Any]
FIGURES = ("then", "seen", "now", "moved", "time", "edits")


@pytest.mark.parametrize("seed", range(examples(16, 300)))
def test_the_record_says_what_was_planted(seed: int, tmp_path: Path, shown: Shown) -> None:
    told = story(seed)
    path, hashes = written(tmp_path / "repository", told)
    said = shown(path, "history", "--as-of", str(told.as_of))
    gaps = [hashes[one.number or 0] for one in told.line if one.moment is None]
    assert [gap["revision"]["commit"] for gap in said["gaps"]] == gaps
    trends = {trend["id"]: trend for trend in said["trends"]}
    names = told.line[-1].names
    assert set(trends) >= set(names.values())
    for launch in LAUNCHES:
        _is_told(trends[names[launch]], told, launch, hashes)


def _is_told(trend: Row, told: Told, launch: str, hashes: Sequence[str]) -> None:
    points = [(*_revision(one["revision"]), one["finish"]) for one in trend["points"]]
    assert points == list(_points(told, launch, hashes))
    expected = list(_steps(told, launch, hashes))
    steps = trend["steps"]
    assert [_figures(row) for row in steps] == [_figures(row) for row in expected]
    for row, wanted in zip(steps, expected, strict=True):
        assert _causes(row) in wanted["causes"], wanted["kinds"]
        only = [row["edits"]] if len(row["causes"]) == 1 else [None] * len(row["causes"])
        assert [cause["days"] for cause in row["causes"]] == only
    for part in ("moved", "time", "edits"):
        assert trend[part] == sum(row[part] for row in steps)
    assert (trend["first"], trend["last"]) == (points[0][-1], points[-1][-1])
    assert trend["moved"] == _working_days(told, trend["first"], trend["last"])


# --- what is said ---------------------------------------------------------------------------------


def _revision(row: Row) -> tuple[Any, ...]:
    return row["commit"], row["author"], row["day"]


def _figures(row: Row) -> tuple[Any, ...]:
    return (*_revision(row["revision"]), *(row[name] for name in FIGURES))


def _causes(row: Row) -> frozenset[tuple[Any, ...]]:
    return frozenset(
        (cause["kind"], cause["id"], cause["author"], cause["commit"]) for cause in row["causes"]
    )


# --- what was planted -----------------------------------------------------------------------------


def _points(told: Told, launch: str, hashes: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    for one in told.line:
        if one.moment is not None:
            finish = Reckoning(one.moment.state.tables, one.moment.as_of).finish(one.names[launch])
            yield _hash(one.number, hashes), one.author, str(one.moment.as_of), str(finish)


def _steps(told: Told, launch: str, hashes: Sequence[str]) -> Iterator[Row]:
    """The steps in which anything moved, as the record has them."""
    readable = [one for one in told.line if one.moment]
    for before, after in pairwise(readable):
        row = _step(before, after, told, launch, hashes)
        if not row["then"] == row["seen"] == row["now"]:
            yield row


def _step(before: Revision, after: Revision, told: Told, launch: str, hashes: Sequence[str]) -> Row:
    last = told.line[-1].moment
    assert before.moment
    assert after.moment
    assert last
    found = step(before.moment, after.moment, after.names[launch], after.renames, last)
    by = {
        where: (author, _hash(number, hashes)) for where, (author, number) in after.changed.items()
    }
    return {
        "revision": {
            "commit": _hash(after.number, hashes),
            "author": after.author,
            "day": str(after.moment.as_of),
        },
        **{key: str(day) for key, day in zip(FIGURES[:3], found[:3], strict=True)},
        "moved": found.time + found.edits,
        "time": found.time,
        "edits": found.edits,
        "causes": {frozenset((*one, *by[one]) for one in named) for named in found.causes},
        "kinds": after.kinds,
    }


def _working_days(told: Told, first: str, last: str) -> int:
    now = told.line[-1].moment
    assert now
    calendar = Reckoning(now.state.tables, now.as_of).calendar
    closings = (date.fromisoformat(day).toordinal() + 1 for day in (last, first))
    return int.__sub__(*map(calendar.number, closings))


def _hash(number: int | None, hashes: Sequence[str]) -> str | None:
    return None if number is None else hashes[number]
