"""A new branch on which the files of a roadmap are others: one commit on HEAD, nothing checked out.

Its base is HEAD. So HEAD has to have the roadmap as it is on disk, or what is not committed would
be missing on the branch, or look like a part of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from planner.errors import ReadError, UsageError
from planner.files.workspace import Workspace
from planner.git.commits import (
    branch_ref,
    commit_of,
    move_ref,
    refuse_filters,
    refuse_under_way,
    refuse_unknown_author,
    stored,
    tree_with,
)
from planner.git.directory import git_directory
from planner.git.head import branch_of
from planner.git.plumbing import GitError
from planner.git.revisions import LINK, PLAIN, Entry, Repository, could_be, has_a_table
from planner.text.document import Document
from planner.text.phrases import typed
from planner.text.shell import git_add

WHY = "branch: made by planner"
"""What the log of the new branch says."""


class NewBranch(Struct, frozen=True):
    """A branch that was made: its name, its commit (hash), and on what branch or commit it is."""

    name: str
    commit: str
    base: str


class _File(Struct, frozen=True):
    """A file of a roadmap in git: its name there, and whether it is stored byte for byte."""

    name: str
    as_it_is: bool


def make_branch(name: str, base: Workspace, after: Workspace, message: str) -> NewBranch:
    """Make a branch of HEAD with the files as in `after`; `base` is what is on disk.

    Nothing but the branch is new: no file, no index, no HEAD is touched. Raises UsageError where
    it can't be made: no git, no commit yet, a merge under way, `base` not committed, a name that is
    none or taken.
    """
    repository = Repository.around(base.path)
    ref = branch_ref(repository, name)
    refuse_under_way(repository)
    head = repository.commit("HEAD")
    refuse_unknown_author(repository)
    files = _files(repository, head, base)
    contents = {}
    for path, _, new in after.differing(base):
        file = files[path]
        contents[file.name] = stored(
            repository, file.name, new.to_bytes(), as_it_is=file.as_it_is, keep=True
        )
    tree = tree_with(repository, head, contents)
    commit = commit_of(repository, tree, [head], message)
    try:
        move_ref(repository, ref, commit, None, WHY)
    except GitError as error:
        raise UsageError(f"no branch {typed(name)}: {error.message}") from None
    return NewBranch(name, commit, branch_of(base.path) or head)


# --- is the base committed? -----------------------------------------------------------------------


def _files(repository: Repository, head: str, base: Workspace) -> dict[Path, _File]:
    """Each file of a roadmap in git. Raises UsageError unless HEAD has them as they are here."""
    names = {file: name_in_git(repository, file) for file in base.absolute}
    refuse_filters(repository, names.values())
    found, open = {}, [*files_gone(repository, head, base)]
    for file, document in zip(base.absolute, base.documents, strict=True):
        as_it_is = _as_committed(repository, head, names[file], document.to_bytes())
        if as_it_is is None or not _link_is_committed(repository, head, file):
            open.append(file)
        else:
            found[file] = _File(names[file], as_it_is)
    if open:
        shown = ", ".join(file.name for file in open)
        hint = f"`{git_add(*map(str, open))}` and `git commit`, then try again"
        raise UsageError(f"not committed yet: {shown}", hint=hint)
    return found


def name_in_git(repository: Repository, file: Path) -> str:
    """What git calls the file that a path leads to, through links. Raises UsageError."""
    real = Path(os.path.realpath(file))
    if git_directory(real) != git_directory(repository.top):
        hint = "a commit there would be without it"
        raise UsageError(f"{file.name} leads out of this repository", hint=hint)
    return repository.name(real)


def _as_committed(repository: Repository, head: str, name: str, content: bytes) -> bool | None:
    """Whether HEAD and the index have it byte for byte, or with other line ends; None for not."""
    there = [each for each in repository.files(head, name) if each.path == name]
    if not there or there[0].mode not in PLAIN:
        return None
    if repository.stages(name) != {0: there[0].hash}:
        return None
    for as_it_is in (False, True):
        if stored(repository, name, content, as_it_is=as_it_is) == there[0].hash:
            return as_it_is
    return None


def _link_is_committed(repository: Repository, head: str, file: Path) -> bool:
    """Whether HEAD has a link where there is one here, to the same place."""
    if not file.is_symlink():
        return True
    name = repository.name(file)
    there = [each for each in repository.files(head, name) if each.path == name]
    if not there or there[0].mode != LINK:
        return False
    return repository.blobs([there[0].hash])[there[0].hash] == os.fsencode(file.readlink())


def files_gone(repository: Repository, head: str, base: Workspace) -> Iterator[Path]:
    """The files of a roadmap that HEAD has and that are gone here."""
    if not base.path.is_dir():
        return
    folder = Path(os.path.realpath(base.path))
    name, hidden = repository.name(folder), repository.left_out()
    for entry in repository.files(head, name):
        file = repository.top / entry.path
        here = entry.path in hidden or os.path.lexists(file)
        if not here and could_be(entry.path, name) and _is_a_roadmap(repository, entry):
            yield file


def _is_a_roadmap(repository: Repository, entry: Entry) -> bool:
    if entry.mode == LINK:
        return True
    try:
        return has_a_table(Document.parse(repository.blobs([entry.hash])[entry.hash], "").data)
    except ReadError:
        return True
