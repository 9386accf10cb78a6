"""The sample's past: about twenty commits by both sides that end in the sample as it stands.

Nothing of the sample is written twice. Each commit of `demo_history.toml` names what stood there
`before` it and what is `new` with it, so that an earlier state is the sample with those taken back,
and without what bears a later date: requests and answers, work begun and done, measurements,
reviews, meetings. Its status date is the day of its commit.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct

from planner.files.looked import Look, keep_look
from planner.files.workspace import Workspace
from planner.git.plumbing import git
from planner.plan.model import Clock, plan_of
from planner.roadmap.entities import Tables
from planner.roadmap.quantities import parse_length
from planner.schedule.delay import finish_of
from planner.text.edits import Edit, RemoveKey, RemoveTable, SetKey, same

HISTORY = Path(__file__).with_name("demo_history.toml")
BRANCH = "refs/heads/main"
ME = "ruth-adler"
"""Who sits at the keys of the demo: the programme lead of both sides."""
LOOKED = date(2027, 3, 18)
"""When they last looked at the roadmap."""

_RECORDS = {"asked": ("needed_by", "promised", "agreed", "accepted"), "agreed": ("promised",)}
"""Of a handover: what was not there yet before a date of this name."""
_DATED = (
    ("initiatives", "reviews"),
    ("systems", "reviews"),
    ("outcomes", "readings"),
    ("agreements", "agreed"),
)
"""Kinds whose tables have a table of days under this key, or by party."""
_PROGRESS = ("actual_start", "actual_finish", "percent_complete", "remaining", "status")


class _Commit(Struct, frozen=True):
    """One commit: `before` has dotted keys and what stood there, `new` what was not there."""

    at: datetime
    by: str
    message: str
    before: dict[str, Any]
    new: list[str]


def write_history(folder: Path) -> None:
    """Make a repository in the sample's folder, whose last commit is the files that are there.

    Raises UsageError where there is no git, GitError where it fails.
    """
    sample = Workspace.open(folder)
    git(folder, ["init", "-q", "--template=", f"--initial-branch={BRANCH.rpartition('/')[2]}"])
    people = sample.tables["people"]
    for key in ("name", "email"):
        git(folder, ["config", f"user.{key}", people[ME][key]])
    commits = _commits()
    states = _states(sample, commits)
    git(folder, ["fast-import", "--quiet"], given=b"".join(_stream(people, commits, states)))
    git(folder, ["read-tree", BRANCH])
    git(folder, ["update-index", "-q", "--refresh"])
    at = max(at for at, each in enumerate(commits) if each.at.date() <= LOOKED)
    _keep_look(folder, at, states[at])


def _keep_look(folder: Path, at: int, state: Workspace) -> None:
    """Let it be known that the person at the keys looked at a state, the first of which is 0."""
    hashes = git(folder, ["rev-list", "--reverse", BRANCH]).decode().split()
    plan = plan_of(state, Clock(LOOKED))
    launches = {id: finish_of(plan, id) for id in plan.schedule.launches}
    keep_look(folder, ME, Look(commit=hashes[at], day=plan.as_of, launches=launches))


def _commits() -> list[_Commit]:
    written = tomllib.loads(HISTORY.read_text(encoding="utf-8"))["commits"]
    return [
        _Commit(
            each["at"], each["by"], each["message"], each.get("before", {}), each.get("new", [])
        )
        for each in written
    ]


def _stream(
    people: Mapping[str, Any], commits: list[_Commit], states: list[Workspace]
) -> Iterator[bytes]:
    """What `git fast-import` reads: the commits, the oldest first."""
    for mark, (commit, state) in enumerate(zip(commits, states, strict=True)):
        person = people[commit.by]
        at = int(commit.at.replace(tzinfo=UTC).timestamp())
        who = f"{person['name']} <{person['email']}> {at} +0000"
        yield f"commit {BRANCH}\nmark :{mark + 1}\nauthor {who}\ncommitter {who}\n".encode()
        yield _data(commit.message.strip().encode())
        for file, document in zip(state.files, state.documents, strict=True):
            yield f"M 100644 inline {file.name}\n".encode()
            yield _data(document.text.encode())


def _data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)


def _states(sample: Workspace, commits: list[_Commit]) -> list[Workspace]:
    """The roadmap after each commit: taken back from the sample, the newest first."""
    found = [sample]
    planned = sample
    for later, commit in zip(reversed(commits), reversed(commits[:-1]), strict=False):
        planned = _apply(planned, _taken_back(later))
        day = commit.at.date()
        found.append(_apply(planned, [*_undated(planned.tables, day), _status_date(day)]))
    return list(reversed(found))


def _apply(workspace: Workspace, edits: Iterable[Edit]) -> Workspace:
    for edit in edits:
        workspace = workspace.apply(edit)
    return workspace


def _taken_back(commit: _Commit) -> Iterator[Edit]:
    for dotted, value in commit.before.items():
        kind, id, *key = dotted.split(".")
        yield SetKey(kind, id, tuple(key), value)
    for dotted in commit.new:
        kind, id, *key = dotted.split(".")
        yield RemoveKey(kind, id, tuple(key)) if key else RemoveTable(kind, id)


def _status_date(day: date) -> Edit:
    return SetKey("roadmap", "", ("status_date",), day)


# --- what bears a later date ----------------------------------------------------------------------


def _undated(tables: Tables, day: date) -> Iterator[Edit]:
    """The edits that take out what had not happened by the end of a day."""
    for id, initiative in tables["initiatives"].items():
        yield from _unbegun(id, initiative, day)
        needs = [_unanswered(each, day) for each in initiative.get("needs", [])]
        if not same(needs, initiative.get("needs", [])):
            yield SetKey("initiatives", id, ("needs",), needs)
    for kind, key in _DATED:
        for id, table in tables[kind].items():
            for name, value in _days(table.get(key, {})):
                if value > day:
                    yield RemoveKey(kind, id, (key, name))
    for id, meeting in tables["meetings"].items():
        every = timedelta(weeks=parse_length(meeting["every"]).number)
        if meeting["last"] > day:
            passed = -((day - meeting["last"]) // every)
            yield SetKey("meetings", id, ("last",), meeting["last"] - passed * every)


def _days(table: Mapping[str, Any]) -> Iterator[tuple[str, date]]:
    """The days of a table: its values, or its keys where those are days."""
    for name, value in table.items():
        yield name, value if isinstance(value, date) else date.fromisoformat(str(name))


def _unbegun(id: str, initiative: Mapping[str, Any], day: date) -> Iterator[Edit]:
    if initiative.get("actual_start", day) > day:
        for key in _PROGRESS:
            if key in initiative:
                yield RemoveKey("initiatives", id, (key,))
    elif initiative.get("actual_finish", day) > day:
        yield RemoveKey("initiatives", id, ("actual_finish",))
        yield SetKey("initiatives", id, ("status",), "active")


def _unanswered(need: Any, day: date) -> Any:
    """A dependency without what was asked or answered later."""
    if not isinstance(need, Mapping):
        return need
    kept = dict(need)
    for key, records in _RECORDS.items():
        if need.get(key, day) > day:
            kept = {name: value for name, value in kept.items() if name not in (key, *records)}
    return {name: value for name, value in kept.items() if name != "accepted" or value <= day}
