"""Git set up for roadmap files: whole-table merges, readable diffs, and a check before a push.

What is written is written where anybody can see it, and can be taken out again to the byte: lines
of `.gitattributes` between two comments, two sections of the repository's own configuration, and,
if asked for, a hook. Each clone has to be set up: git takes no commands from a repository. Where
planner is missing, git falls back to its own merge with markers.

A file that one side renames is merged under its new name, which nobody can foresee: so TOML files
of any name get the merge driver, which merges any of them by table and key, but for those that are
there already and are not the roadmap's.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
from pathlib import Path

from msgspec import Struct

from planner.errors import PlannerError, UsageError
from planner.files.anew import replace_whole
from planner.files.reading import read_file
from planner.git import hook
from planner.git.plumbing import GitError, git
from planner.git.revisions import Repository
from planner.text.visible import visible

MERGE = (
    "command -v planner >/dev/null 2>&1 && { planner merge -- %O %A %B %L %P; s=$?; "
    "test $s = 0 && exit 0; test $s = 1 && grep -q '^<<<<<<<' %A && exit 1; }; "
    "git merge-file --diff3 --marker-size=%L -L 'side A' -L base -L 'side B' %A %O %B"
)
"""Exit 1 counts only with markers in the file: else git would go on as if our side were all."""

TEXTCONV = 'sh -c \'planner diff --textconv -- "$1" 2>/dev/null || cat -- "$1"\' --'

SETTINGS = (
    ("merge.planner.name", "planner: by table and key"),
    ("merge.planner.driver", MERGE),
    ("diff.planner.textconv", TEXTCONV),
    ("diff.planner.xfuncname", r"^(\[.*\].*)$"),
)
_ANY = "*.toml merge=planner"
_EXCEPT = " !merge"
_ROADMAP = " merge=planner diff=planner"
_BEGIN = "# planner: begin (`planner git uninstall` takes this out"
_END = "# planner: end"
_BLOCK = re.compile(rf"^{re.escape(_BEGIN)}([^\n)]*)\)\r?\n(.*?)^{_END}\r?\n", re.M | re.S)


class Status(Struct, frozen=True):
    """What is set up in a clone, for one roadmap."""

    attributes: bool
    configured: bool
    hook: bool
    patterns: tuple[str, ...]
    program: str | None
    """The planner that git finds on the PATH; without it git merges as it always did."""

    @property
    def installed(self) -> bool:
        """Whether git is told to have planner merge this roadmap's files."""
        return self.attributes and self.configured

    @property
    def merges(self) -> bool:
        """Whether merges of this roadmap's files go through planner here."""
        return self.installed and self.program is not None


class Installed(Struct, frozen=True):
    """What `install` wrote, in words, and why there is no hook where one was asked for."""

    done: tuple[str, ...]
    no_hook: PlannerError | None = None


def status(path: Path) -> Status:
    """What is set up for the roadmap at `path`. Raises UsageError outside a repository."""
    repository = Repository.around(path)
    pattern = pattern_of(repository, path)
    lines = _patterns(_read(_attributes(repository)))
    return Status(
        attributes=_line(pattern) in lines,
        configured=all(_setting(repository, name) == value for name, value in SETTINGS),
        hook=_roadmap(repository, path) in hook.checked(hook.hook_of(repository)),
        patterns=tuple(line.partition(" merge=")[0] for line in lines),
        program=program(),
    )


def program() -> str | None:
    """The planner that git runs: it looks on the PATH."""
    return shutil.which("planner")


def install(path: Path, *, hooks: bool = False) -> Installed:
    """Set git up for the roadmap at `path`: the drivers also where the hook can't be placed.

    Raises UsageError, with nothing written, where there is no place for the drivers.
    """
    repository = Repository.around(path)
    attributes = _attributes(repository)
    line = _line(pattern_of(repository, path))
    lines = _patterns(_read(attributes))
    if line not in lines or _ANY not in _lines(_read(attributes)):
        roadmaps = [each for each in lines if each != line] + [line]
        _write_lines(attributes, roadmaps, _others(repository, path))
    for name, value in SETTINGS:
        git(repository.top, ["config", "--local", name, value])
    done = (f"{attributes}: {line}", "the repository's configuration: merge.planner, diff.planner")
    if not hooks:
        return Installed(done)
    try:
        before_push = hook.place_for(repository)
        hook.add(before_push, _roadmap(repository, path))
    except UsageError as error:
        return Installed(done, error)
    return Installed((*done, f"{before_push}: checks before a push"))


def uninstall(path: Path) -> list[str]:
    """Take out what `install` wrote for the roadmap at `path`; what was taken out, in words.

    The configuration goes with the last roadmap, the hook with the last that it checks.
    """
    repository = Repository.around(path)
    attributes = _attributes(repository)
    line = _line(pattern_of(repository, path))
    lines = _patterns(_read(attributes))
    rest = [each for each in lines if each != line]
    done = []
    if rest != lines:
        _write_lines(attributes, rest, _exceptions(_read(attributes)))
        done.append(f"{attributes}: {line}")
    before_push = hook.hook_of(repository)
    if hook.take_out(before_push, _roadmap(repository, path)):
        done.append(f"{before_push}: no check of this roadmap before a push")
    if rest:
        return done
    for section in ("merge.planner", "diff.planner"):
        try:
            git(repository.top, ["config", "--local", "--remove-section", section])
            done.append(f"the repository's configuration: {section}")
        except GitError:
            continue
    return done


def _roadmap(repository: Repository, path: Path) -> str:
    """The roadmap as the hook names it, from the top."""
    return repository.name(path) or "."


def _setting(repository: Repository, name: str) -> str | None:
    try:
        found = git(repository.top, ["config", "--local", "--get", name])
    except GitError:
        return None
    return found.decode(errors="replace").removesuffix("\n")


# --- .gitattributes -------------------------------------------------------------------------------


def pattern_of(repository: Repository, path: Path) -> str:
    """The pattern of `.gitattributes` for a roadmap's files, and no others."""
    name = repository.name(path)
    if path.is_dir():
        return f"/{_escaped(name)}/*.toml" if name else "/*.toml"
    return f"/{_escaped(name)}"


def _escaped(name: str) -> str:
    return re.sub(r"([*?\[\\])", r"\\\1", name)


def _others(repository: Repository, path: Path) -> list[str]:
    """The lines for the TOML files that git knows and that are not of this roadmap: what is another
    roadmap's has a line of its own further down."""
    own = pattern_of(repository, path)
    names = git(repository.top, ["ls-files", "-z"]).decode(errors="surrogateescape").split("\0")
    patterns = [f"/{_escaped(name)}" for name in sorted(set(names)) if name.endswith(".toml")]
    folder = own.removesuffix("*.toml") if path.is_dir() else None
    others = [
        each
        for each in patterns
        if each != own and (folder is None or each.rpartition("/")[0] + "/" != folder)
    ]
    return [f"{_quoted(each)}{_EXCEPT}" for each in others]


def _line(pattern: str) -> str:
    return _quoted(pattern) + _ROADMAP


def _quoted(pattern: str) -> str:
    if re.search(r'[\s"]', pattern) or visible(pattern) != pattern:
        inside = pattern.replace("\\", "\\\\").replace('"', '\\"')
        pattern = f'"{"".join(map(_octal, inside))}"'
    return pattern


def _octal(letter: str) -> str:
    """A letter as it is, or its bytes where it can't be seen, or turns what others show."""
    if visible(letter) == letter:
        return letter
    return "".join(f"\\{byte:03o}" for byte in letter.encode("utf-8", "surrogateescape"))


def _attributes(repository: Repository) -> Path:
    file = repository.top / ".gitattributes"
    if file.is_symlink():
        raise UsageError(
            "git ignores a .gitattributes that is a link", file=str(file), hint="make it a file"
        )
    return file


def _read(file: Path) -> str:
    """The text as it is; ``""`` where there is nothing. Raises ReadError, for a pipe too."""
    if not os.path.lexists(file):
        return ""
    return read_file(file).decode("utf-8", "surrogateescape")


def _patterns(text: str) -> list[str]:
    """The lines of roadmaps."""
    return [line for line in _lines(text) if line.endswith(_ROADMAP)]


def _exceptions(text: str) -> list[str]:
    return [line for line in _lines(text) if line.endswith(_EXCEPT)]


def _lines(text: str) -> list[str]:
    found = _BLOCK.search(text)
    return [line.removesuffix("\r") for line in found[2].split("\n")[:-1]] if found else []


def _write_lines(file: Path, lines: list[str], exceptions: list[str]) -> None:
    """Bring the block to these roadmaps' lines; without any, the file is as it was before."""
    existed, text = file.exists(), _read(file)
    found = _BLOCK.search(text)
    note = found[1] if found else _note(existed, text)
    newline = "\r\n" if "\r\n" in text else "\n"
    before, after = (text[: found.start()], text[found.end() :]) if found else (text, "")
    if lines:
        before += newline if not found and note == _NO_END else ""
        rows = [f"{_BEGIN}{note})", _ANY, *exceptions, *lines, _END]
        _put(file, before + "".join(f"{row}{newline}" for row in rows) + after)
        return
    if note == _NO_END and not after:
        before = before.removesuffix("\n").removesuffix("\r")
    if before + after or note == _WAS_EMPTY:
        _put(file, before + after)
    else:
        file.unlink(missing_ok=True)


_NO_END = "; the line above had no end"
_WAS_EMPTY = "; the file was empty"


def _note(existed: bool, text: str) -> str:
    """What has to be known to restore the file to the byte."""
    if text and not text.endswith("\n"):
        return _NO_END
    return _WAS_EMPTY if existed and not text else ""


def _put(file: Path, text: str) -> None:
    mode = stat.S_IMODE(file.stat().st_mode) if file.exists() else None
    replace_whole(file, text.encode("utf-8", "surrogateescape"), mode=mode)
