"""`diff A B --json` between any two revisions of the stories: one step, whatever lies between.

The cause of a move is of whoever changed the table last on the way, in what moves dates: words and
facts that somebody wrote later are no change of it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.history.conftest import Shown
from tests.history.expected import FACTS, renamed, step
from tests.history.reckoning import Table, links
from tests.history.repositories import written
from tests.history.roadmaps import LAUNCHES, Where
from tests.history.stories import Revision, Told, story
from tests.long import examples

Row = dict[str, Any]
INERT = {*FACTS, "title", "notes", "deadline", "announced", "priority", "cost", "tags"}
INERT |= {"status_date", "main_launch"}


@pytest.mark.parametrize("seed", range(examples(12, 300)))
def test_a_difference_says_what_was_planted_between(
    seed: int, tmp_path: Path, shown: Shown
) -> None:
    told = story(seed)
    path, hashes = written(tmp_path / "repository", told)
    readable = [number for number, one in enumerate(told.line) if one.moment]
    first, last = sorted(random.Random(seed).sample(readable, 2))
    a, b = told.line[first], told.line[last]
    words = [hashes[one.number] for one in (a, b) if one.number is not None]
    as_of = ["--as-of", str(told.as_of)] if b.number is None else []
    said = shown(path, "diff", *words, *as_of)
    moved = {row["id"]: row for row in said["moved"] if row["key"] == "finish"}
    for launch in LAUNCHES:
        _is_told(moved.get(b.names[launch]), told, first, last, launch, hashes)


def _is_told(
    row: Row | None, told: Told, first: int, last: int, launch: str, hashes: Sequence[str]
) -> None:
    a, b = told.line[first], told.line[last]
    renames = _renames(told.line[first + 1 : last + 1])
    assert a.moment
    assert b.moment
    found = step(a.moment, b.moment, b.names[launch], renames, b.moment)
    if found.then == found.seen == found.now:
        assert row is None
        return
    assert row is not None
    dates = tuple(str(day) for day in (found.then, found.seen, found.now))
    assert tuple(row[key] for key in ("then", "seen", "now")) == dates
    assert (row["time"], row["edits"]) == (found.time, found.edits)
    assert row["moved"] == found.time + found.edits
    causes = {(cause["kind"], cause["id"]) for cause in row["causes"]}
    assert causes in found.causes
    for cause in row["causes"]:
        where = cause["kind"], cause["id"]
        author, number = _changed_last(told.line[first : last + 1], where)
        assert cause["author"] == author, where
        assert cause["commit"] == (None if number is None else hashes[number])
        assert cause["days"] == (found.edits if len(causes) == 1 else None)


def _renames(line: Sequence[Revision]) -> Mapping[str, str]:
    """Ids at the beginning and at the end of what was renamed on the way."""
    found: dict[str, str] = {}
    for one in line:
        for old, new in one.renames.items():
            first = next((a for a, b in found.items() if b == old), old)
            found[first] = new
    return found


def _changed_last(line: Sequence[Revision], where: Where) -> tuple[str, int | None]:
    """Who changed a table last, in a key that moves dates and is another one from end to end.

    Looked for from the end; ids are as they are there.
    """
    tables = [(one, _moving(one, where, line)) for one in line if one.moment]
    keys = _differing(tables[0][1], tables[-1][1])
    for (_, before), (after, now) in zip(reversed(tables[:-1]), reversed(tables[1:]), strict=True):
        if keys & _differing(before, now):
            return next(by for (k, i), by in after.changed.items() if (k, i) in _names(line, where))
    raise AssertionError(f"{where} was not changed")


def _names(line: Sequence[Revision], where: Where) -> set[Where]:
    """What a table is called on the way, by its name at the end."""
    kind, id = where
    found = {where}
    for one in reversed(line):
        id = next((old for old, new in one.renames.items() if new == id), id)
        found.add((kind, id))
    return found


def _moving(one: Revision, where: Where, line: Sequence[Revision]) -> Table:
    """What moves dates of a table at a revision, with the ids of the end; empty where it is not."""
    assert one.moment
    later = _renames(line[line.index(one) + 1 :])
    kind, id = where
    table = renamed(one.moment.state, later).tables.get(kind, {}).get(id)
    if table is None:
        return {}
    kept = {key: value for key, value in table.items() if key not in INERT}
    return kept | {"needs": list(links(table)), "": "there"}


def _differing(before: Table, after: Table) -> set[str]:
    return {key for key in {*before, *after} if before.get(key) != after.get(key)}
