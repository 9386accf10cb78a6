"""Names of the two sides of a merge in progress; a rebase swaps ours and theirs.

Read from the state files in the git directory; no program is run.
"""

from __future__ import annotations

from pathlib import Path

from planner.errors import UsageError
from planner.git.revisions import Repository

_HEADS = "refs/heads/"
_INTO_A_BRANCH = {
    "MERGE_HEAD": "what is merged into it",
    "CHERRY_PICK_HEAD": "the commit that is picked",
    "REVERT_HEAD": "what was before the commit that is reverted",
}


def sides_named(path: Path, a: str, b: str) -> str:
    """One sentence that says which side `a` and `b` are; both are inserted as given."""
    try:
        directory = Repository.around(path).directory
    except UsageError:
        return _unknown(a, b)
    for rebase in ("rebase-merge", "rebase-apply"):
        if (directory / rebase).is_dir():
            branch = _branch(directory / rebase / "head-name", "")
            return f"In this rebase {a} is what it goes onto, {b} your own work{branch}."
    for name, theirs in _INTO_A_BRANCH.items():
        if (directory / name).is_file():
            return f"Here {a} is your branch{_branch(directory / 'HEAD', 'ref: ')}, {b} {theirs}."
    return _unknown(a, b)


def _unknown(a: str, b: str) -> str:
    return f"In a merge {a} is your branch; in a rebase {b} is your own work."


def _branch(file: Path, before: str) -> str:
    """`` (main)``, or empty where there is no branch."""
    try:
        line = file.read_text("utf-8", "replace").strip()
    except OSError:
        return ""
    name = line.removeprefix(before + _HEADS)
    return f" ({name})" if name != line else ""
