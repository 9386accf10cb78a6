"""Files of a roadmap that git's sparse checkout keeps out of the working tree.

They are committed, and not here: a roadmap without them would be another one, and what is missing
looks as if somebody had removed it. Where there is no sparse checkout, that is found without git.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from planner.errors import PlannerError, ReadError
from planner.git.directory import is_sparse
from planner.git.revisions import Repository, has_a_table
from planner.text.document import Document
from planner.text.shell import git_on


def left_out(path: Path) -> list[Path]:
    """The roadmap files that are not here: the file itself, or those of a folder or its `roadmaps`.

    One whose content this clone does not have either may be one.
    """
    if not is_sparse(path):
        return []
    try:
        repository = Repository.around(path)
        name = repository.name(path)
        names = [each for each in sorted(repository.left_out()) if _is_of(each, name)]
        hidden = [each for each in names if each == name or _is_roadmap(repository, each)]
    except (PlannerError, ValueError):
        return []
    return [path if each == name else path / os.path.relpath(each, name or ".") for each in hidden]


def _is_of(each: str, name: str) -> bool:
    folder, _, file = each.rpartition("/")
    within = folder in (name, f"{name}/roadmaps" if name else "roadmaps")
    return each == name or (within and file.endswith(".toml") and not file.startswith("."))


def _is_roadmap(repository: Repository, name: str) -> bool:
    held = repository.stages(name).get(0)
    try:
        return held is not None and has_a_table(_parsed(repository, held).data)
    except PlannerError:
        return True


def _parsed(repository: Repository, hash: str) -> Document:
    return Document.parse(repository.blobs([hash])[hash], "")


def why_not_here(files: Sequence[Path]) -> str:
    """What is said of them."""
    return f"a sparse checkout leaves out {', '.join(map(str, files))}"


def bringing(files: Sequence[Path]) -> str:
    """What to do, with a command that brings them whatever their names are."""
    words = ["checkout", "--ignore-skip-worktree-bits"]
    return f"`{git_on(words, *map(str, files))}` brings it"


def refuse_left_out(path: Path) -> None:
    """Raises ReadError where a file of the roadmap at `path` is left out, or the whole of it."""
    if files := [each for each in left_out(path) if path in (each, each.parent)]:
        raise ReadError(why_not_here(files), file=str(path), hint=bringing(files))
