"""A commit of the files of a roadmap alone, made on HEAD by plumbing.

What else is staged, changed or untracked stays as it is: only the entries of the committed files
change in the index. Where that could lose something (a merge under way, a file that is staged with
other content than it has here), nothing is done, and why is said. No hook runs and nothing is
signed; where a repository asks for either, that is said, too.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from msgspec import Struct

from planner.errors import PlannerError, UsageError
from planner.files.workspace import Workspace
from planner.git.branches import files_gone, name_in_git
from planner.git.commits import (
    commit_of,
    move_ref,
    refuse_filters,
    refuse_under_way,
    refuse_unknown_author,
    stored,
    tree_with,
)
from planner.git.head import branch_of
from planner.git.plumbing import GitError
from planner.git.revisions import PLAIN, Repository
from planner.roadmap.figures import count, listed
from planner.text.phrases import typed
from planner.text.shell import line

HOOKS = ("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit")
"""What `git commit` would run."""
LOCKS = ("index.lock", "HEAD.lock")
NOTHING = "nothing to commit: HEAD has the roadmap as it is"
SUBJECT = 200
"""Characters of a message that the log of HEAD gets."""


class File(Struct, frozen=True):
    """A file that the commit changes: its name from the top, and its bytes; None takes it out."""

    name: str
    content: bytes | None
    as_it_is: bool
    new: bool


class Committable(Struct, frozen=True):
    """What a commit would have. `head` is its parent; None where it is the first one."""

    repository: Repository
    head: str | None
    branch: str
    detached: bool
    files: tuple[File, ...]
    ignored: tuple[str, ...]
    """Files of the roadmap that git ignores: they are left out."""
    notes: tuple[str, ...]
    """What a person has to know before."""


class Committed(Struct, frozen=True):
    """A commit that was made (hash), and what could not be done after it."""

    commit: str
    branch: str
    files: tuple[str, ...]
    warning: str | None = None


def committable(disk: Workspace, after: Workspace) -> Committable:
    """What a commit of `after` would have, where `disk` is what is saved. Runs git.

    Raises UsageError where it can't be made now.
    """
    repository = Repository.around(after.path)
    refuse_under_way(repository)
    _refuse_locked(repository)
    refuse_unknown_author(repository)
    head = _head(repository)
    names = {file: name_in_git(repository, file) for file in after.absolute}
    refuse_filters(repository, names.values())
    ignored = _ignored(repository, [*names.values()])
    saved = dict(zip(disk.absolute, disk.documents, strict=True))
    files: list[File] = []
    for path, document in zip(after.absolute, after.documents, strict=True):
        if names[path] not in ignored:
            before = saved[path].to_bytes() if path in saved else None
            files += _changed(repository, head, names[path], before, document.to_bytes())
    if head is not None:
        gone = (repository.name(path) for path in files_gone(repository, head, after))
        files += [File(name, None, as_it_is=True, new=False) for name in gone]
    detached = _detached(repository)
    return Committable(
        repository,
        head,
        branch_of(after.path) or "",
        detached,
        tuple(files),
        tuple(sorted(ignored)),
        tuple(_notes(repository, ignored, detached=detached)),
    )


def commit(found: Committable, message: str) -> Committed:
    """Make the commit. Raises UsageError where HEAD moved meanwhile; nothing is changed then."""
    words = message.strip()
    if not found.files:
        raise UsageError(NOTHING)
    if not words:
        raise UsageError("a commit needs a message", hint="say what changed, and why")
    repository, files = found.repository, found.files
    contents = {file.name: _kept(repository, file) for file in files}
    tree = tree_with(repository, found.head, contents)
    parents = [] if found.head is None else [found.head]
    made = commit_of(repository, tree, parents, f"{_encodable(words)}\n")
    subject = words.splitlines()[0][:SUBJECT]
    why = f"commit{'' if parents else ' (initial)'}: {subject}"
    try:
        move_ref(repository, "HEAD", made, found.head, why)
    except GitError:
        hint = "somebody committed, or switched branches: look at the difference again"
        raise UsageError("not committed: HEAD is another commit now", hint=hint) from None
    names = tuple(file.name for file in files)
    return Committed(made, found.branch, names, _staged(repository, tree, contents))


# --- what would be committed ----------------------------------------------------------------------


def _refuse_locked(repository: Repository) -> None:
    for name in LOCKS:
        if (lock := repository.directory / name).exists():
            hint = f"wait until it is done; if none runs, remove {lock}"
            raise UsageError("another command of git is at work here", hint=hint)


def _head(repository: Repository) -> str | None:
    """The commit that is checked out; None on a branch without any."""
    try:
        return repository.commit("HEAD")
    except UsageError:
        if _detached(repository):
            raise
        return None


def _detached(repository: Repository) -> bool:
    try:
        return not repository.git(["symbolic-ref", "--quiet", "HEAD"])
    except GitError:
        return True


def _ignored(repository: Repository, names: list[str]) -> set[str]:
    """Those that git does not track because it is told to ignore them."""
    asked = ["ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--full-name", "--"]
    said = repository.git([*asked, *names]) if names else b""
    return {os.fsdecode(name) for name in said.split(b"\0") if name} & set(names)


def _changed(
    repository: Repository, head: str | None, name: str, saved: bytes | None, content: bytes
) -> Iterator[File]:
    """The file, where HEAD has it otherwise. Raises UsageError where the index speaks against."""
    listed = [] if head is None else repository.files(head, name)
    there = next((one for one in listed if one.path == name), None)
    if there is not None and there.mode not in PLAIN:
        raise UsageError(f"{typed(name)} is no file in git", hint="commit it with git")
    was = there.hash if there is not None else None
    as_it_is = was is not None and _keeps_line_ends(repository, name, was)
    now = stored(repository, name, content, as_it_is=as_it_is)
    before = None if saved is None else stored(repository, name, saved, as_it_is=as_it_is)
    _refuse_staged_otherwise(repository, name, was, {was, before, now})
    if was != now:
        yield File(name, content, as_it_is=as_it_is, new=was is None)


def _keeps_line_ends(repository: Repository, name: str, hash: str) -> bool:
    """Whether git keeps the line ends of a file as they are, as it does where it has CR LF."""
    if b"\r\n" not in repository.blobs([hash])[hash]:
        return False
    said = repository.git(["check-attr", "-z", "text", "eol", "--", name]).split(b"\0")
    return all(value in (b"unspecified", b"unset", b"auto") for value in said[2::3])


def _refuse_staged_otherwise(
    repository: Repository, name: str, was: str | None, known: set[str | None]
) -> None:
    """Raises UsageError where the index has what neither HEAD has nor the file: a part of it that
    somebody chose, or one side of a merge.
    """
    stages = repository.stages(name)
    empty = stored(repository, name, b"")  # what `git add -N` leaves
    removed = not stages and was is not None
    begun = was is None and stages.get(0) == empty
    if set(stages) <= {0} and not removed and (begun or stages.get(0) in known or not stages):
        return
    words = line(["git", "restore", "--staged", "--", name])
    what = "staged with other content than it has here" if stages else "staged to be removed"
    raise UsageError(f"{typed(name)} is {what}", hint=f"commit that first, or `{words}`")


def _notes(repository: Repository, ignored: set[str], *, detached: bool) -> Iterator[str]:
    if detached:
        yield "HEAD is detached: the commit will be on no branch"
    if ignored:
        yield f"left out, since git ignores it: {listed(sorted(ignored))}"
    if hooks := _hooks(repository):
        yield f"{count(len(hooks), 'hook')} not run: {listed(hooks)}"
    if _asked_for(repository, "commit.gpgsign"):
        yield "not signed, though commit.gpgsign asks for it"


def _hooks(repository: Repository) -> list[str]:
    """The hooks of a commit that are there; where they are, the configuration may say."""
    asked = ["config", "-z", "--show-scope", "--type=path", "--get-all", "core.hooksPath"]
    rows = repository.git(asked).split(b"\0")  # the last one is what we say ourselves
    *_, named = [b"", *rows[1:-3:2]]
    folder = repository.top / os.fsdecode(named) if named else repository.common / "hooks"
    return [name for name in HOOKS if os.access(folder / name, os.X_OK)]


def _asked_for(repository: Repository, key: str) -> bool:
    try:
        return repository.git(["config", "--type=bool", "--get", key]).strip() == b"true"
    except GitError:
        return False


# --- the commit -----------------------------------------------------------------------------------


def _kept(repository: Repository, file: File) -> str | None:
    if file.content is None:
        return None
    return stored(repository, file.name, file.content, as_it_is=file.as_it_is, keep=True)


def _encodable(words: str) -> str:
    try:
        words.encode()
    except UnicodeEncodeError:
        raise UsageError("the message is no UTF-8") from None
    if "\0" in words:
        raise UsageError("the message has a NUL character")
    return words


def _staged(repository: Repository, tree: str, contents: Mapping[str, str | None]) -> str | None:
    """Let the index have the committed files as the commit has them; why it can't, in words."""
    rows = []
    for name, hash in contents.items():
        mode = _mode(repository, tree, name) if hash is not None else "0"
        rows.append(f"{mode} {hash or '0' * len(tree)}\t".encode() + os.fsencode(name) + b"\0")
    try:
        repository.git(["update-index", "-z", "--index-info"], given=b"".join(rows))
    except PlannerError as error:
        words = line(["git", "reset", "-q", "--", *contents])
        return f"committed, but the index is as it was ({error.message}): `{words}`"
    return None


def _mode(repository: Repository, tree: str, name: str) -> str:
    row = repository.git(["ls-tree", "-z", "--full-tree", tree, "--", name])
    return row.split(b" ", 1)[0].decode()
