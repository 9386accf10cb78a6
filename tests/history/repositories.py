"""A story as a git repository, by one `git fast-import`: as quick as writing the files."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.git.clones import environment
from tests.history.stories import Commit, Told

FOLDER = "roadmap"
NIGHT = ((" +0200", timedelta(minutes=30)), (" -0700", timedelta(hours=23)))
"""Hours at which the author's day is not that of UTC, or is only just."""


def written(top: Path, told: Told) -> tuple[Path, Sequence[str]]:
    """The roadmap of a story in a new repository, and the hash of each of its commits."""
    top.mkdir(parents=True)
    _git(top, "init", "-q", "-b", "main", ".")
    marks = top / ".git" / "marks"
    stream = b"".join(_stream(told.commits, f"{FOLDER}/"))
    _git(top, "fast-import", "--quiet", f"--export-marks={marks}", given=stream)
    _git(top, "reset", "-q", "--hard")
    for file, text in told.texts.items():
        (top / FOLDER / file).write_text(text, encoding="utf-8")
    hashes = dict(line.split() for line in marks.read_text().splitlines())
    return top / FOLDER, [hashes[f":{number + 1}"] for number in range(len(told.commits))]


def _git(top: Path, *arguments: str, given: bytes = b"") -> None:
    command, env = ["git", *arguments], environment()
    subprocess.run(command, cwd=top, input=given, env=env, check=True, capture_output=True)


def _stream(commits: Sequence[Commit], folder: str) -> Iterator[bytes]:
    """The commits as `git fast-import` reads them, each with its whole folder."""
    last_of_main = _first_parents(commits)
    for commit in commits:
        first, *merged = commit.parents or (None,)
        branch = "main" if commit.number in last_of_main else f"branch-{commit.number}"
        yield f"commit refs/heads/{branch}\nmark :{commit.number + 1}\n".encode()
        yield _person("author", commit.author, _moment(commit))
        yield _person("committer", "Build", f"{1_800_000_000 + 600 * commit.number} +0000")
        yield _data(commit.subject)
        if first is not None:
            yield f"from :{first + 1}\n".encode()
        yield from (f"merge :{number + 1}\n".encode() for number in merged)
        yield b"deleteall\n"
        for file, text in commit.texts.items():
            yield f"M 100644 inline {folder}{file}\n".encode() + _data(text)


def _first_parents(commits: Sequence[Commit]) -> set[int]:
    """The numbers of the commits on the first-parent line of the last one."""
    found, number = {commits[-1].number}, commits[-1].number
    while parents := commits[number].parents:
        number = parents[0]
        found.add(number)
    return found


def _person(role: str, name: str, when: str) -> bytes:
    return f"{role} {name} <{name.split()[0].lower()}@example.com> {when}\n".encode()


def _moment(commit: Commit) -> str:
    """Some time of the author's day, now and then near midnight."""
    zone, hour = (" +0000", timedelta(hours=9)) if commit.number % 3 else NIGHT[commit.number % 2]
    offset = timedelta(hours=int(zone[1:4]))
    local = datetime.combine(commit.day, datetime.min.time(), UTC) + hour
    return f"{int((local - offset).timestamp())}{zone}"


def _data(text: str) -> bytes:
    raw = text.encode()
    return f"data {len(raw)}\n".encode() + raw + b"\n"
