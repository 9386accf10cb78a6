"""Commits made of the contents of some files: no checkout, no hook, no change of the index.

Only plumbing runs. What a file's bytes become in git (line ends, encoding) is what `git add` would
make of them; where that would run a program of the repository's configuration, it is refused. Every
other file is as it was in the parent. Nothing is signed. The author is whom git would name.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from planner.errors import UsageError
from planner.git.plumbing import GitError
from planner.git.revisions import PLAIN, Repository
from planner.text.phrases import typed

UNDER_WAY: Mapping[str, str] = {
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "BISECT_LOG": "bisect",
}
"""Files of a git directory that are there while something is under way, and what it is."""

Path = tuple[bytes, ...]
Row = tuple[str, str, str]
"""Mode, type and hash of an entry of a tree."""


def under_way(repository: Repository) -> str | None:
    """What is under way in a working tree, in one word; None for nothing."""
    found = (word for name, word in UNDER_WAY.items() if (repository.directory / name).exists())
    return next(found, None)


def refuse_under_way(repository: Repository) -> None:
    """Raises UsageError while a merge or the like is under way."""
    if word := under_way(repository):
        hint = f"finish it first, or `git {word} {'reset' if word == 'bisect' else '--abort'}`"
        raise UsageError(f"a {word} is under way", hint=hint)


def refuse_unknown_author(repository: Repository) -> None:
    """Raises UsageError where git could not say who makes a commit."""
    try:
        for who in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
            repository.git(["var", who])
    except GitError:
        hint = "`git config user.name NAME` and `git config user.email ADDRESS`"
        raise UsageError("git does not know who you are", hint=hint) from None


def refuse_filters(repository: Repository, names: Iterable[str]) -> None:
    """Raises UsageError where git would run a program on what is in these files."""
    asked = b"".join(os.fsencode(name) + b"\0" for name in names)
    said = repository.git(["check-attr", "-z", "--stdin", "filter"], given=asked).split(b"\0")
    for name, value in zip(said[0::3], said[2::3], strict=False):
        if value not in (b"unspecified", b"unset", b"set") and _runs(repository, value):
            shown = typed(os.fsdecode(name))
            hint = "commit it with git"
            raise UsageError(f"git runs a filter on {shown}, planner runs none", hint=hint)


def _runs(repository: Repository, driver: bytes) -> bool:
    name = os.fsdecode(driver)
    for key in ("clean", "process"):
        try:
            repository.git(["config", "--get", f"filter.{name}.{key}"])
        except GitError:
            continue
        return True
    return False


# --- contents -------------------------------------------------------------------------------------


def stored(
    repository: Repository, name: str, content: bytes, *, as_it_is: bool = False, keep: bool = False
) -> str:
    """The hash of what git stores of a file's bytes, `as_it_is` without changing line ends.

    With `keep` it is stored. See `refuse_filters` first.
    """
    way = "--no-filters" if as_it_is else f"--path={name}"
    words = ["hash-object", "--stdin", way, *(["-w"] if keep else [])]
    return repository.git(words, given=content).decode().strip()


def tree_with(
    repository: Repository, commit: str | None, contents: Mapping[str, str | None]
) -> str:
    """The tree (hash) of a commit with other contents (hashes) of some files; None takes one out.
    Without a commit it has these alone.

    Modes stay, new files are plain. Raises UsageError where a name is a link, or below one.
    """
    paths = {tuple(os.fsencode(name).split(b"/")): hash for name, hash in contents.items()}
    return _tree(repository, commit and f"{commit}^{{tree}}", paths)


def _tree(repository: Repository, tree: str | None, contents: Mapping[Path, str | None]) -> str:
    rows = _rows(repository, tree) if tree else {}
    for name in dict.fromkeys(path[0] for path in contents):
        below = {path[1:]: hash for path, hash in contents.items() if path[0] == name}
        row = _entry(repository, name, rows.get(name), below)
        rows.pop(name, None)
        if row is not None:
            rows[name] = row
    given = b"".join(f"{' '.join(row)}\t".encode() + name + b"\0" for name, row in rows.items())
    return repository.git(["mktree", "-z", "--missing"], given=given).decode().strip()


def _rows(repository: Repository, tree: str) -> dict[bytes, Row]:
    found: dict[bytes, Row] = {}
    for entry in filter(None, repository.git(["ls-tree", "-z", tree]).split(b"\0")):
        about, _, name = entry.partition(b"\t")
        mode, type, hash = about.decode().split(" ")
        found[name] = mode, type, hash
    return found


def _entry(
    repository: Repository, name: bytes, row: Row | None, below: Mapping[Path, str | None]
) -> Row | None:
    """What stands in a tree for a name; None for nothing any more."""
    if () in below:
        hash = below[()]
        if row is not None and row[0] not in PLAIN:
            raise UsageError(f"{typed(os.fsdecode(name))} is no file in git")
        return None if hash is None else (row[0] if row else PLAIN[0], "blob", hash)
    if row is not None and row[1] != "tree":
        raise UsageError(f"{typed(os.fsdecode(name))} is no folder in git")
    made = _tree(repository, row and row[2], below)
    return ("040000", "tree", made) if _rows(repository, made) else None


# --- commits --------------------------------------------------------------------------------------


def commit_of(repository: Repository, tree: str, parents: Iterable[str], message: str) -> str:
    """Make a commit (hash) of a tree. No branch has it yet. Raises UsageError, GitError."""
    refuse_unknown_author(repository)
    words = ["-c", "i18n.commitEncoding=UTF-8", "commit-tree", tree]
    words += [word for parent in parents for word in ("-p", parent)]
    return repository.git(words, given=message.encode()).decode().strip()


def move_ref(repository: Repository, ref: str, new: str, old: str | None, why: str) -> None:
    """Let a ref, or what HEAD stands for, name another commit; `old` is what it names now, None
    where it must not be there. Raises GitError where it is otherwise, with nothing changed.
    """
    before = "0" * len(new) if old is None else old
    repository.git(["update-ref", "-m", why, ref, new, before])


def branch_ref(repository: Repository, name: str) -> str:
    """The ref of a new branch. Raises UsageError for what is no name, or is one already."""
    try:
        found = repository.git(["check-ref-format", "--branch", name]).removesuffix(b"\n")
    except (GitError, ValueError):
        found = b""
    if not name or found != os.fsencode(name):
        raise UsageError(
            f"{typed(name)} can't be the name of a branch", hint="for example `sso-8w`"
        )
    ref = f"refs/heads/{name}"
    if repository.git(["for-each-ref", "--format=%(refname)", ref]):
        raise UsageError(f"there is a branch {typed(name)} already", hint="choose another name")
    return ref
