"""Earlier revisions of a roadmap, by the hashes of their commits and contents.

What a user calls a revision becomes a hash before anything else is done with it. Contents come as
git stores them: no filter of the repository is run.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from planner.errors import PlannerError, ReadError, UsageError
from planner.git.plumbing import PARTIAL, SECONDS, GitError, git
from planner.roadmap.fields import TABLE_NAMES
from planner.text.document import Document
from planner.text.limits import refuse_size
from planner.text.phrases import typed
from planner.text.shell import line

MOST_GONE = 200
"""Of how many files that are gone since a revision it is asked whether they were the roadmap."""

PLAIN, LINK = ("100644", "100755"), "120000"
"""What git calls the kind of a file, and of a link."""

_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class Entry(Struct, frozen=True):
    """One file in a tree or in the index: its name from the top, its content's hash and mode.

    `stage` is 0 in a tree and for a file that is not in a merge; 1 is the base, 2 and 3 the sides.
    """

    path: str
    hash: str
    mode: str
    stage: int = 0


class Repository(Struct, frozen=True):
    """A working tree: its top folder and its git directory, both absolute and without links.

    `named` are the options that name both where the files do not tell: `around`.
    """

    top: Path
    directory: Path
    named: tuple[str, ...] = ()

    @classmethod
    def around(cls, path: Path) -> Repository:
        """The repository that a file or folder is in. Raises UsageError where it is in none.

        Where no folder around it is one, it is the one that ``GIT_DIR`` names, if its working tree
        has the file: so a repository is used that is kept apart from its files.
        """
        folder = path.absolute() if path.is_dir() else path.absolute().parent
        try:
            return cls(*_places(folder))
        except GitError as error:
            named = _named(folder)
            if named is None:
                raise _no_repository(path, error.message) from None
            return named

    def git(
        self, arguments: Sequence[str], *, given: bytes = b"", seconds: float = SECONDS
    ) -> bytes:
        """What git prints here. Raises GitError where it fails."""
        return git(self.top, [*self.named, *arguments], given=given, seconds=seconds)

    @property
    def common(self) -> Path:
        """The git directory that all working trees of the repository share."""
        said = self.git(["rev-parse", "--git-common-dir"])
        return (self.top / os.fsdecode(said.removesuffix(b"\n"))).resolve()

    def name(self, path: Path) -> str:
        """What git calls a file or folder: from the top, with ``/``; ``""`` for the top itself."""
        resolved = path.absolute().parent.resolve() / path.name if path.name else path.resolve()
        resolved = path.resolve() if path.is_dir() else resolved
        try:
            name = resolved.relative_to(self.top.resolve()).as_posix()
        except ValueError:
            raise UsageError(f"{path} is outside {self.top}") from None
        return "" if name == "." else name

    # --- hashes -----------------------------------------------------------------------------------

    def commit(self, revision: str) -> str:
        """The hash of the commit that a user's words name. Raises UsageError."""
        if "\0" in revision or "\n" in revision or not revision:
            raise UsageError(
                f"{typed(revision)} is not a revision", hint="a branch, a tag, a hash or HEAD~3"
            )
        words = f"{revision}^{{commit}}"
        try:
            found = self.git(["rev-parse", "--verify", "--quiet", "--end-of-options", words])
        except GitError:
            if revision == "HEAD":
                hint = "commit the roadmap first: `git add`, then `git commit`"
                raise UsageError("nothing is committed yet", hint=hint) from None
            hint = self._hint(revision)
            raise UsageError(f"git knows no revision {typed(revision)}", hint=hint) from None
        return _hash(found)

    def has_ref(self, name: str) -> bool:
        """Whether a branch or a tag has this name."""
        for kind in ("heads", "tags", "remotes"):
            with suppress(UsageError):
                return bool(self.commit(f"refs/{kind}/{name}"))
        return False

    def _hint(self, revision: str) -> str:
        """Where a revision is that is not here: on a remote, or behind what was fetched."""
        remotes = self.git(["for-each-ref", "--format=%(refname:lstrip=2)", "refs/remotes"])
        for name in remotes.decode(errors="replace").split():
            if name.partition("/")[2] == revision:
                return f"did you mean `{name}`?"
        if (self.directory / "shallow").exists():
            return "this clone has only the last commits; in a pipeline set fetch-depth: 0"
        return "a branch, a tag, a hash or HEAD~3"

    def parent(self, commit: str) -> str | None:
        """The first parent of a commit (hash); None where it has none."""
        words = f"{_known(commit)}^1"
        try:
            return _hash(self.git(["rev-parse", "--verify", "--quiet", words]))
        except GitError:
            return None

    def merge_base(self, one: str, other: str) -> str | None:
        """The best common ancestor of two commits (hashes); None where they have none."""
        try:
            return _hash(self.git(["merge-base", _known(one), _known(other)]))
        except GitError:
            return None

    def history(self, commit: str, path: str, limit: int = 1000) -> list[str]:
        """The commits that changed a path, newest first, from a commit (hash) back."""
        arguments = ["rev-list", f"--max-count={limit}", _known(commit), "--", path or "."]
        return self.git(arguments).decode().split()

    # --- contents ---------------------------------------------------------------------------------

    def files(self, commit: str, folder: str) -> list[Entry]:
        """The files and links directly in a folder at a commit (hash), or the one of that name."""
        found = self._listed(commit, folder) if folder else []
        if not found or found[0].mode == "040000":
            found = self._listed(commit, f"{folder}/" if folder else None)
        return [each for each in found if each.mode in (*PLAIN, LINK)]

    def _listed(self, commit: str, path: str | None) -> list[Entry]:
        within = [] if path is None else [path]
        arguments = ["ls-tree", "-z", "--full-tree", _known(commit), "--", *within]
        return list(_entries(self.git(arguments)))

    def everything(self, commit: str) -> list[Entry]:
        """Every file at a commit (hash), in all folders."""
        arguments = ["ls-tree", "-r", "-z", "--full-tree", _known(commit)]
        found = _entries(self.git(arguments))
        return [each for each in found if each.mode in PLAIN]

    def left_out(self) -> frozenset[str]:
        """The files of the index that a sparse checkout keeps out of the working tree."""
        if not (self.directory / "info" / "sparse-checkout").is_file():
            return frozenset()
        rows = self.git(["ls-files", "-t", "-z"]).decode(errors="surrogateescape").split("\0")
        return frozenset(row[2:] for row in rows if row.startswith("S "))

    def stages(self, path: str) -> dict[int, str]:
        """The hashes of a file in the index by stage: 1, 2 and 3 while it is in a merge, else 0."""
        rows = self.git(["ls-files", "-s", "-z", "--full-name", "--", path]).split(b"\0")
        found = {}
        for row in filter(None, rows):
            about, _, name = row.partition(b"\t")
            _, hash, stage = about.decode().split(" ")
            if name.decode(errors="surrogateescape") == path:
                found[int(stage)] = hash
        return found

    def left_by_merge(self, path: str) -> bytes | None:
        """What the merge that is open wrote to a file, as far as git remembers it."""
        asked = ["rev-parse", "--verify", "--end-of-options", "AUTO_MERGE^{tree}"]
        try:
            tree = _hash(self.git(asked))
            found = {entry.path: entry.hash for entry in self._listed(tree, path)}
            return self.blobs([found[path]])[found[path]] if path in found else None
        except (GitError, ReadError):
            return None

    def blobs(self, hashes: Iterable[str]) -> dict[str, bytes]:
        """Contents by hash, of trees too. Raises ReadError for what is not there or too large."""
        wanted = list(dict.fromkeys(map(_known, hashes)))
        if not wanted:
            return {}
        asked = "".join(f"{each}\n" for each in wanted).encode()
        try:
            rows = self.git(["cat-file", "--batch-check"], given=asked).decode().splitlines()
        except GitError as error:
            raise ReadError(error.message) from None
        for row in rows:
            size = row.rpartition(" ")[2]
            if not size.isdigit():
                raise ReadError(f"its content is not in this clone ({row})")
            refuse_size(int(size), "")
        return _contents(self.git(["cat-file", "--batch"], given=asked))


def _places(folder: Path, named: Sequence[str] = ()) -> tuple[Path, Path]:
    """Top folder and git directory; asked one by one where a name has line ends of its own."""
    asked = ["--show-toplevel", "--absolute-git-dir"]
    lines = git(folder, [*named, "rev-parse", *asked]).split(b"\n")
    if len(lines) != len(asked) + 1:
        lines = [git(folder, [*named, "rev-parse", each]).removesuffix(b"\n") for each in asked]
    top, directory = (Path(os.fsdecode(line)) for line in lines[: len(asked)])
    return top, directory


def _named(folder: Path) -> Repository | None:
    """The repository that the environment names, where a folder is in its working tree."""
    named = os.environ.get("GIT_DIR")
    if not named:
        return None
    tree = os.environ.get("GIT_WORK_TREE")
    options = [f"--git-dir={Path(named).absolute()}"]
    options += [f"--work-tree={Path(tree).absolute()}"] if tree else []
    try:
        top, directory = _places(Path.cwd(), options)
    except (GitError, UsageError, OSError):
        return None
    if not folder.resolve().is_relative_to(top):
        return None
    return Repository(top, directory, (f"--git-dir={directory}", f"--work-tree={top}"))


def _no_repository(path: Path, said: str) -> UsageError:
    if "cannot use bare repository" in said:
        hint = "it has no files to work on: clone it"
        return UsageError(f"{path} is in a bare repository", hint=hint)
    if "GIT_DIR" in os.environ and "not a git repository" in said:
        hint = "nor in the working tree of the repository that GIT_DIR names; GIT_WORK_TREE says it"
        return UsageError(f"{path} is in no git repository", hint=hint)
    _, distrusts, folder = said.partition("--add safe.directory ")
    if not distrusts:
        hint = "`git init` makes one" if "not a git repository" in said else said
        return UsageError(f"{path} is in no git repository", hint=hint)
    trust = line(["git", "config", "--global", "--add", "safe.directory", *_words(folder)])
    message = f"{path} is in a repository of somebody else, which git does not trust"
    return UsageError(message, hint=f"if you do: `{trust}`")


def _words(quoted: str) -> list[str]:
    """What git says is for a shell too, but with letters that can't be seen."""
    try:
        return shlex.split(quoted)
    except ValueError:
        return [quoted]


def _known(hash: str) -> str:
    """A hash; anything else is a bug, and is never passed to git."""
    if not _HASH.fullmatch(hash):
        raise ValueError(f"no hash of git: {hash!r}")
    return hash


def _hash(printed: bytes) -> str:
    return _known(printed.decode().split("\n", 1)[0].strip())


def _entries(printed: bytes) -> Iterable[Entry]:
    for row in filter(None, printed.split(b"\0")):
        about, _, name = row.partition(b"\t")
        mode, _, hash = about.decode().split(" ")
        yield Entry(name.decode(errors="surrogateescape"), hash, mode)


def _contents(printed: bytes) -> dict[str, bytes]:
    found = {}
    at = 0
    while at < len(printed):
        end = printed.index(b"\n", at)
        hash, _, size = printed[at:end].decode().split(" ")
        found[hash] = printed[end + 1 : end + 1 + int(size)]
        at = end + 1 + int(size) + 1
    return found


def tree_entries(
    repository: Repository, hashes: Iterable[str]
) -> dict[str, list[tuple[str, bytes, str]]]:
    """What stands in each tree (hash): mode, name and hash of each entry."""
    found: dict[str, list[tuple[str, bytes, str]]] = {}
    for tree, raw in repository.blobs(hashes).items():
        found[tree] = entries = []
        at, length = 0, len(tree) // 2
        while at < len(raw):
            end = raw.index(b"\0", at)
            mode, _, name = raw[at:end].partition(b" ")
            entries.append((mode.decode(), name, raw[end + 1 : end + 1 + length].hex()))
            at = end + 1 + length
    return found


# --- roadmaps -------------------------------------------------------------------------------------


def head_of(path: Path) -> str | None:
    """The commit that is checked out where a file or folder is; None without one."""
    try:
        return Repository.around(path).commit("HEAD")
    except (PlannerError, OSError):
        return None


def looked_at(path: Path, person: str | None) -> str | None:
    """The commit that a person (an id, None where nobody knows who it is) last looked at."""
    from planner.files.looked import last_look

    look = last_look(path, person)
    return None if look is None else look.commit


def documents_at(path: Path, revision: str) -> tuple[Document, ...]:
    """The documents of a roadmap, a file or a folder, as they were at a revision.

    They have the names that they have in the working tree. Empty where there was nothing yet.
    Raises UsageError for no such revision or no repository, ReadError for what can't be parsed.
    """
    repository = Repository.around(path)
    return documents_in(repository, repository.commit(revision), path, revision)


def documents_in(
    repository: Repository, commit: str, path: Path, revision: str | None = None
) -> tuple[Document, ...]:
    """The same of a commit (hash), which messages call `revision`. Raises ReadError."""
    name, revision = repository.name(path), revision or commit
    try:
        listed = repository.files(commit, name)
    except GitError as error:
        raise _as_it_was(ReadError(error.message), f"{revision}:{name}") from None
    entries = [each for each in listed if could_be(each.path, name)]
    found = []
    for each, raw in _contents_of(repository, entries, revision):
        file = path if each.path == name else path / each.path.rpartition("/")[2]
        found.append(_parsed(raw, str(file), f"{revision}:{each.path}"))
    return tuple(each for each in found if len(entries) == 1 or has_a_table(each.data))


def _contents_of(
    repository: Repository, entries: Sequence[Entry], revision: str
) -> Iterator[tuple[Entry, bytes]]:
    """The content of each; raises ReadError, which names the file, for one that can't be had."""
    try:
        blobs = repository.blobs(each.hash for each in entries if each.mode != LINK)
    except ReadError:
        blobs = {}
    for each in entries:
        try:
            if each.mode == LINK:
                raise ReadError("it is a link, not a file")
            yield each, blobs.get(each.hash) or repository.blobs([each.hash])[each.hash]
        except ReadError as error:
            raise _as_it_was(error, f"{revision}:{each.path}") from None


def gone_since(path: Path, revision: str) -> dict[Path, tuple[Document, ...]]:
    """What could have been a roadmap at a revision and is in the working tree no more.

    By place: every such file, and every folder with all that is gone from it. What can't be parsed
    is left out. The places are absolute.
    """
    repository = Repository.around(path)
    entries = repository.everything(repository.commit(revision))
    hidden, top = repository.left_out(), repository.top
    listed = [one for one in entries if could_be(one.path, "") and one.path not in hidden]
    gone = [one for one in listed if not os.path.lexists(top / one.path)]
    found: dict[Path, tuple[Document, ...]] = {}
    for one, raw in _readable(repository, gone[:MOST_GONE]):
        file = repository.top / one.path
        try:
            document = Document.parse(raw, str(file))
        except ReadError:
            continue
        if has_a_table(document.data):
            found[file] = (document,)
            found[file.parent] = (*found.get(file.parent, ()), document)
    return found


def _readable(repository: Repository, entries: Sequence[Entry]) -> Iterator[tuple[Entry, bytes]]:
    """Those whose content is here and no larger than a roadmap can be."""
    try:
        blobs = repository.blobs(one.hash for one in entries)
        yield from ((one, blobs[one.hash]) for one in entries)
    except ReadError:
        for one in entries:
            with suppress(ReadError):
                yield one, repository.blobs([one.hash])[one.hash]


def _parsed(raw: bytes, file: str, label: str) -> Document:
    try:
        return Document.parse(raw, file)
    except ReadError as error:
        raise _as_it_was(error, label) from None


def _as_it_was(error: ReadError, label: str) -> ReadError:
    """The same of a file at a revision; where it may be had, how."""
    revision = label.partition(":")[0]
    hint = f"as it was at {revision}"
    if error.message == PARTIAL:
        hint = f"`{line(['git', 'cat-file', '-e', label])}` brings it"
    return ReadError(error.message, file=label, line=error.line, key=error.key, hint=hint)


def could_be(path: str, name: str) -> bool:
    """Whether a file may be of the roadmap that is called `name`."""
    file = path.rpartition("/")[2]
    return path == name or (file.endswith(".toml") and not file.startswith("."))


def has_a_table(data: Mapping[str, object]) -> bool:
    """Whether any of it is of the format."""
    return any(isinstance(data.get(name), Mapping) for name in TABLE_NAMES)
