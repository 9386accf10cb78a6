"""Git setup for roadmap files: merge driver, readable diffs, and a check before a push.

Everything written is visible and can be removed to the byte: lines of `.gitattributes` between two
comments, two sections of the repository's configuration and, on request, hooks. Each clone needs
its own setup: git takes no commands from a repository. Where planner is missing, git falls back to
its own merge with markers. Where git does not read `.gitattributes` of the working tree, the lines
go to `info/attributes`. A link is followed only where nobody else can change it.

A file that one side renames is merged under its new name, which nobody can foresee: so TOML files
of any name get the merge driver, which merges any of them by table and key, but for those that are
there already and are not the roadmap's.
"""

from __future__ import annotations

import os
import re
import shlex
import stat
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from planner.errors import PlannerError, UsageError
from planner.files.reading import read_file
from planner.files.trusted import meant
from planner.files.whole_file import replace_whole
from planner.git import hook
from planner.git.plumbing import GitError
from planner.git.program import choice, named_in, run_by_git, running
from planner.git.revisions import Repository
from planner.text.visible import visible

_MERGE = (
    'command -v "$planner" >/dev/null 2>&1 && { "$planner" merge -- %O %A %B %L %P; s=$?; '
    "test $s = 0 && exit 0; test $s = 1 && grep -q '^<<<<<<<' %A && exit 1; }; "
    "git merge-file --diff3 --marker-size=%L -L 'version A' -L base -L 'version B' %A %O %B"
)
"""Exit 1 counts only with markers in the file: else git would go on as if our side were all."""

_TEXTCONV = '"$planner" diff --textconv -- "$1" 2>/dev/null || cat -- "$1"'

_DRIVER = "merge.planner.driver"


def settings(program: str | None) -> dict[str, str]:
    """The configuration that has git run a planner by its path; without one, the PATH's."""
    chosen = choice(program)
    return {
        "merge.planner.name": "planner: by table and key",
        _DRIVER: chosen.replace("%", "%%") + _MERGE,
        "diff.planner.textconv": f"sh -c {shlex.quote(chosen + _TEXTCONV)} --",
        "diff.planner.xfuncname": r"^(\[.*\].*)$",
    }


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
    hooks: tuple[str, ...]
    """The hooks that check it."""
    patterns: tuple[str, ...]
    named: str | None
    """The planner that git was told to run; None where it looks on the PATH."""
    program: str | None
    """The one that it does run; without it git merges as it always did."""
    place: Path
    """The file that has the lines for git's attributes, or would have them."""

    @property
    def hook(self) -> bool:
        """Whether it is checked before a push."""
        return hook.PUSH in self.hooks

    @property
    def installed(self) -> bool:
        """Whether git is set up to merge this roadmap's files with planner."""
        return self.attributes and self.configured

    @property
    def merges(self) -> bool:
        """Whether merges of this roadmap's files go through planner here."""
        return self.installed and self.program is not None


class Installed(Struct, frozen=True):
    """What `install` wrote, in words, and why there is no hook where one was asked for."""

    done: tuple[str, ...]
    program: str | None
    shared: bool
    """Whether the lines for git's attributes are in a file that can be committed."""
    no_hook: PlannerError | None = None


def status(path: Path) -> Status:
    """What is set up for the roadmap at `path`. Raises UsageError outside a repository."""
    repository = Repository.around(path)
    pattern = pattern_of(repository, path)
    lines = [line for each in _all_attributes(repository) for line in _patterns(each.text)]
    found = {name: _setting(repository, name) for name in settings(None)}
    own = _roadmap(repository, path)
    named = named_in((found[_DRIVER] or "").replace("%%", "%"))
    return Status(
        attributes=_line(pattern) in lines,
        configured=found == settings(named),
        hooks=tuple(each for each in hook.NAMES if own in hook.checked_by(repository, each)),
        patterns=tuple(line.partition(" merge=")[0] for line in lines),
        named=named,
        program=run_by_git(named),
        place=_attributes(repository).file,
    )


def install(path: Path, *, hooks: bool = False) -> Installed:
    """Set git up for the roadmap at `path`: the drivers also where the hook can't be placed.

    Raises UsageError, with nothing written, where there is no place for the drivers.
    """
    repository = Repository.around(path)
    line = _line(pattern_of(repository, path))
    attributes, config = _attributes(repository), _config(repository)
    attributes.refuse()
    lines = _patterns(attributes.text)
    if line not in lines or _ANY not in _lines(attributes.text):
        roadmaps = [each for each in lines if each != line] + [line]
        _write_lines(attributes.file, roadmaps, _others(repository, path))
    program = running()
    for name, value in settings(program).items():
        repository.git(["config", "--file", str(config), name, value])
    done: tuple[str, ...] = (f"{attributes.file}: {line}",)
    done = (*done, f"{config}: merge.planner, diff.planner")
    installed = Installed(done, run_by_git(program), attributes.shared)
    if not hooks:
        return installed
    for name, what in _CHECKS.items():
        try:
            place = hook.place_for(repository, name)
            hook.add(place, _roadmap(repository, path))
        except UsageError as error:
            return replace(installed, done=done, no_hook=error)
        done = (*done, f"{place}: checks {what}")
    return replace(installed, done=done)


_CHECKS = {hook.PUSH: "before a push", hook.MERGE: "before a merge is committed"}


def uninstall(path: Path) -> list[str]:
    """Take out what `install` wrote for the roadmap at `path`; what was taken out, in words.

    The configuration goes with the last roadmap, the hook with the last that it checks. Raises
    UsageError, with nothing written, where what was installed is others' by now.
    """
    repository = Repository.around(path)
    line = _line(pattern_of(repository, path))
    config = _config(repository)
    done, left = [], False
    for attributes in _all_attributes(repository):
        lines = _patterns(attributes.text)
        rest = [each for each in lines if each != line]
        left = left or bool(rest)
        if rest != lines:
            attributes.refuse()
            _write_lines(attributes.file, rest, _exceptions(attributes.text))
            done.append(f"{attributes.file}: {line}")
    done += _without_hooks(repository, path)
    return done if left else done + _without_settings(repository, config)


def _without_hooks(repository: Repository, path: Path) -> list[str]:
    done = []
    for name, what in _CHECKS.items():
        with suppress(UsageError):
            place = hook.hook_of(repository, name)
            if hook.take_out(place, _roadmap(repository, path)):
                done.append(f"{place}: no check of this roadmap {what}")
    return done


def _without_settings(repository: Repository, config: Path) -> list[str]:
    done = []
    for section in ("merge.planner", "diff.planner"):
        with suppress(GitError):
            repository.git(["config", "--file", str(config), "--remove-section", section])
            done.append(f"{config}: {section}")
    return done


def _config(repository: Repository) -> Path:
    """The clone's own configuration, behind its links. Raises UsageError where it is others'."""
    file = repository.common / "config"
    try:
        return meant(file)
    except OSError as error:
        raise _left_alone(file, error) from None


def _left_alone(file: Path, error: OSError) -> UsageError:
    where = f" ({error.filename})" if error.filename != str(file) else ""
    why = f"not changed: {error.strerror}{where}"
    return UsageError(why, file=str(file), hint="make it a file of its own; nothing was written")


def _roadmap(repository: Repository, path: Path) -> str:
    """The roadmap as the hook names it, from the top."""
    return repository.name(path) or "."


def _setting(repository: Repository, name: str) -> str | None:
    try:
        found = repository.git(["config", "--local", "--get", name])
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
    names = repository.git(["ls-files", "-z"]).decode(errors="surrogateescape").split("\0")
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


class Attributes(Struct, frozen=True):
    """A file that git reads attributes from, and its text: what git reads, if it is not there.

    `shared` is the file that is committed; `why_not` says why nothing is written there.
    """

    file: Path
    text: str
    shared: bool
    why_not: UsageError | None = None

    def refuse(self) -> None:
        """Raises UsageError where nothing is to be written here."""
        if self.why_not:
            raise self.why_not


def _attributes(repository: Repository) -> Attributes:
    """Where lines go: to the committed file, else to the clone's own. Raises ReadError."""
    return next(
        each for each in _all_attributes(repository) if each.why_not is None or not each.shared
    )


def _all_attributes(repository: Repository) -> list[Attributes]:
    return [_committed(repository), _own(repository)]


def _committed(repository: Repository) -> Attributes:
    """The `.gitattributes` at the top. Git ignores one that is a link, and reads the index's where
    a sparse checkout leaves it out: written anew, it would take the place of that one."""
    file = repository.top / ".gitattributes"
    if file.is_symlink():
        return Attributes(file, "", True, UsageError("git ignores a link", file=str(file)))
    if not os.path.lexists(file) and file.name in repository.left_out():
        held = repository.stages(file.name).get(0)
        raw = repository.blobs([held])[held] if held else b""
        why = UsageError("a sparse checkout leaves it out", file=str(file))
        return Attributes(file, raw.decode("utf-8", "surrogateescape"), True, why)
    return Attributes(file, _read(file), True)


def _own(repository: Repository) -> Attributes:
    """The clone's own attributes, behind their links."""
    file = repository.common / "info" / "attributes"
    try:
        real = meant(meant(file.parent) / file.name)
    except OSError as error:
        return Attributes(file, "", False, _left_alone(file, error))
    return Attributes(real, _read(real), False)


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
    file.parent.mkdir(exist_ok=True)
    mode = stat.S_IMODE(file.stat().st_mode) if file.exists() else None
    replace_whole(file, text.encode("utf-8", "surrogateescape"), mode=mode)
