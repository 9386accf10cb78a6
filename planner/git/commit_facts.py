"""What a commit says of itself: author, time and message, as `git show` does, without a pager."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from planner.git.revisions import Repository


class CommitFacts(Struct, frozen=True):
    """A commit: its full hash, author, the author's local time (``2027-03-11 14:02``), message."""

    commit: str
    author: str
    email: str
    time: str
    subject: str
    body: str


def facts_of(path: Path, commit: str) -> CommitFacts:
    """What a commit (hash) of the repository around `path` says. Raises UsageError, GitError."""
    about = "--format=%an%x00%ae%x00%aI%x00%s%x00%b"
    asked = ["rev-list", "--max-count=1", "--encoding=UTF-8", about, commit, "--"]
    said = Repository.around(path).git(asked).decode(errors="replace")
    author, email, time, subject, body = said.partition("\n")[2].split("\0", 4)
    return CommitFacts(commit, author, email, time[:16].replace("T", " "), subject, body.strip())
