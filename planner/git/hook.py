"""Git hooks of a clone: the roadmaps that they check, and the hooks that were there before.

Pre-push checks the roadmaps. Pre-merge-commit looks for tables that each side moved to another
file, which git merges without a conflict and so leaves twice.

An existing hook is kept under another name; ours calls it first, with the same arguments and input,
and stops where it fails. Removing ours restores it.
"""

from __future__ import annotations

import os
import re
import shlex
import stat
from contextlib import suppress
from pathlib import Path

from planner.errors import UsageError
from planner.files.trusted import meant
from planner.files.whole_file import replace_whole
from planner.git.plumbing import GitError
from planner.git.program import choice, running
from planner.git.revisions import Repository
from planner.text.visible import visible

PUSH, MERGE = NAMES = ("pre-push", "pre-merge-commit")
KEPT = ".before-planner"
"""What the name of somebody else's hook ends in while ours calls it."""
_CHECK = re.compile(r"""^check ((?:'[^']*'|"[^"]*"|[^'"\s])+)(?: .*)?$""", re.MULTILINE)
"""A line of ours for one roadmap; a name in quotes may have line ends. What follows is how the
name is shown, where that is another way: nothing in it may reach a terminal as it is."""

_HEAD = """\
# Says which dates move by what is pushed, against what the other side has. Stops the push where
# that brings new errors, or where a roadmap can't be read. `git push --no-verify` pushes all the
# same. Of the commit that is checked out, the files are checked as they are here; it says so where
# that is not what is committed. Any other commit is checked as it is.
"""
_TOP = """\
own=$(git rev-parse --absolute-git-dir) || exit 0
up=$(git rev-parse --show-cdup)
case $up in
    /*) cd "$up" ;;
    *) cd "./$up" ;;
esac || exit 0
# Without these every folder finds its repository by itself, but one that is kept apart.
if [ "$(unset GIT_DIR GIT_WORK_TREE; git rev-parse --absolute-git-dir 2>/dev/null)" = "$own" ]
then unset GIT_DIR GIT_WORK_TREE
else GIT_DIR=$own GIT_WORK_TREE=$PWD && export GIT_DIR GIT_WORK_TREE
fi
"""
_TEXT = f"""
pushed=
[ -t 0 ] || pushed=$(cat)
given() {{ [ -z "$pushed" ] || printf '%s\n' "$pushed"; }}
if [ -x "$0{KEPT}" ]; then given | "$0{KEPT}" "$@" || exit; fi
printf '%s\n' "$pushed" | grep -qv '^(delete) ' || exit 0
command -v "$planner" >/dev/null 2>&1 || exit 0
{_TOP}remote=$1
stopped=0
say() {{ printf 'planner: %s\n' "$1" >&2; }}
hash() {{ git rev-parse --verify --quiet --short --end-of-options "$1^{{commit}}" 2>/dev/null; }}
# What the other side has of a commit, as far as it is known here.
shared() {{
    refs=$(git for-each-ref --format='%(objectname)' "refs/remotes/$remote/")
    hash "$(git merge-base "$1" $refs 2>/dev/null)" || hash '@{{upstream}}'
}}
# What a commit is compared with: what git says the other side has, else what both have.
base_of() {{
    case $2 in
        *[!0]*)
            hash "$2" && return
            say "what the other side has in the place of $1 is not here; git fetch brings it" ;;
    esac
    shared "$1"
}}
# A line for each commit that is pushed and what it is compared with. What is pushed is called by
# the first of four words, which may have blanks of its own; nothing is said on a deletion.
compared() {{
    while read -r line; do
        there=${{line##* }} && line=${{line% * *}}
        here=$(hash "${{line##* }}") && printf '%s %s\n' "$here" "$(base_of "$here" "$there")"
    done | sort -u
}}
head=$(hash HEAD) || head=none
if [ -n "$pushed" ]
then pairs=$(given | compared)
else pairs="$head $(shared "$head")"
fi
[ -n "$pairs" ] || exit 0
as_committed() {{
    if [ -d "$1" ]
    then set -- "$1" --glob-pathspecs '*.toml'
    else set -- . --literal-pathspecs "$1"
    fi
    git -C "$1" "$2" diff --quiet --no-ext-diff --no-textconv HEAD -- "$3" 2>/dev/null &&
        [ -z "$(git -C "$1" "$2" ls-files --others --exclude-standard -- "$3")" ]
}}
# Whether all of it is in the working tree: a sparse checkout leaves files out.
is_here() {{
    [ -e "$1" ] && ! git --literal-pathspecs ls-files -t -- "$1" | grep -q '^S '
}}
check() {{
    case $pairs in *"$head "*)
        ! is_here "$1" || as_committed "$1" ||
            say "${{2-$1}} is checked as it is here, with changes that are in no commit" ;;
    esac
    while read -r here base; do against "$@"; done <<END
$pairs
END
}}
against() {{
    at=
    if [ "$here" != "$head" ] || ! is_here "$1"
    then at=$here && [ "$at" != "$base" ] && git cat-file -e "$at:./$1" 2>/dev/null || return 0
    fi
    if [ -n "$base" ]; then
        "$planner" diff --dates "$base" $at -r "$1" >&2 </dev/null
        "$planner" check --base "$base" ${{at:+--at $at}} -r "$1" >&2 </dev/null
        case $? in
            0) return 0 ;;
            1) stopped=1; return 0 ;;
        esac
    fi
    "$planner" check ${{at:+--at $at}} -r "$1" >/dev/null </dev/null
    [ $? -le 1 ] && say "there is nothing to compare ${{2-$1}} with" && return 0
    stopped=1
}}
"""
_END = """\
if [ $stopped = 1 ]; then
    say 'the push is stopped; `git push --no-verify` pushes all the same'
fi
exit $stopped
"""
_MERGE_HEAD = """\
# Asks, before a merge is committed that stopped for nothing, whether one table is in two files now
# or stays where only one side wants it, or something refers to an id that a table no longer has.
# `git merge --no-verify` commits it all the same.
"""
_MERGE_TEXT = f"""
if [ -x "$0{KEPT}" ]; then "$0{KEPT}" "$@" || exit; fi
command -v "$planner" >/dev/null 2>&1 || exit 0
{_TOP}stopped=0
check() {{
    [ -e "$1" ] || return 0
    found=$("$planner" resolve --dry-run -r "$1" 2>/dev/null </dev/null)
    case $? in
        0 | 1) stopped=1 && printf '%s\n' "$found" >&2 ;;
    esac
}}
"""
_MERGE_END = """\
if [ $stopped = 1 ]; then
    echo 'planner: the merge is not committed: `planner resolve`, then `git commit`' >&2
fi
exit $stopped
"""


def hook_of(repository: Repository, name: str = PUSH) -> Path:
    """A hook of this clone, behind the links of the folder of hooks.

    Raises UsageError where that folder is not this clone's, or others have a say in it.
    """
    folder = _folder(repository)
    try:
        return meant(folder) / name
    except OSError as error:
        why = f"the folder of hooks is left alone: {error.strerror}"
        raise UsageError(why, file=str(error.filename or folder), hint=_BY_HAND) from None


_BY_HAND = "add this line to your hook: planner check --base @{upstream}"


def _folder(repository: Repository) -> Path:
    """Where this clone's configuration has the hooks; what all clones share is left alone."""
    asked = ["config", "-z", "--show-scope", "--type=path", "--get-all", "core.hooksPath"]
    try:
        found = repository.git(asked).split(b"\0")
    except GitError:
        found = []
    *_, scope, named = [b"", b"", *found[:-3]]  # the last is what we say ourselves
    if not named:
        return repository.common / "hooks"
    folder = repository.top / os.fsdecode(named)
    if scope not in (b"local", b"worktree"):
        why = "this clone keeps its hooks elsewhere, with those of others (core.hooksPath)"
        raise UsageError(why, file=str(folder), hint=_BY_HAND)
    return folder


def checked_by(repository: Repository, name: str = PUSH) -> list[str]:
    """The roadmaps that are checked before a push from this clone, or by another of its hooks."""
    try:
        return checked(hook_of(repository, name))
    except UsageError:
        return []


def checked(hook: Path) -> list[str]:
    """The roadmaps that our hook checks, as git names them; none where the hook is not ours."""
    text = _read(hook)
    if _mark(hook) not in text:
        return []
    return [shlex.split(quoted)[0].removeprefix("./") for quoted in _CHECK.findall(text)]


def place_for(repository: Repository, name: str = PUSH) -> Path:
    """Where our hook can stand. Raises UsageError where it can't."""
    hook = hook_of(repository, name)
    kept = _kept(hook)
    if not _is_foreign(hook):
        return _ours(hook)
    if os.path.lexists(kept):
        raise UsageError(
            f"there is a {hook.name} hook already, and one that was kept before",
            file=str(kept),
            hint=f"remove it, or {_BY_HAND}",
        )
    return hook


def _ours(hook: Path) -> Path:
    """Raises UsageError where it is a link that is not to be written through."""
    try:
        meant(hook)
    except OSError as error:
        raise UsageError(f"{error.strerror}", file=str(hook), hint="remove it") from None
    return hook


def add(hook: Path, name: str) -> None:
    """Have a hook check one more roadmap; somebody else's hook is kept and called first.

    Raises UsageError where nothing may be written there, with what was there as it was.
    """
    names = dict.fromkeys((*checked(hook), name))
    foreign = _is_foreign(hook)
    try:
        hook.parent.mkdir(parents=True, exist_ok=True)
        if foreign:
            hook.rename(_kept(hook))
        _write(hook, list(names))
    except OSError as error:
        if foreign and not os.path.lexists(hook):
            with suppress(OSError):
                _kept(hook).rename(hook)
        why = (error.strerror or str(error)).lower()
        raise UsageError(f"the hook can't be written: {why}", file=str(hook)) from None


def take_out(hook: Path, name: str) -> bool:
    """Check a roadmap no more; without any the hook goes, and what was there before is back."""
    if _is_foreign(hook) or not os.path.lexists(hook):
        return False
    before = checked(hook)
    rest = [each for each in before if each != name]
    if rest == before != []:
        return False
    if rest:
        _write(hook, rest)
        return True
    hook.unlink()
    if os.path.lexists(_kept(hook)):
        _kept(hook).rename(hook)
    return True


def _is_foreign(hook: Path) -> bool:
    return os.path.lexists(hook) and _mark(hook) not in _read(hook)


def _mark(hook: Path) -> str:
    return f"# planner: {hook.name} check (`planner git uninstall` takes this file out)"


def _kept(hook: Path) -> Path:
    return hook.with_name(hook.name + KEPT)


def _write(hook: Path, names: list[str]) -> None:
    lines = "".join(map(_line, names))
    parts = (_HEAD, _TEXT, _END) if hook.name == PUSH else (_MERGE_HEAD, _MERGE_TEXT, _MERGE_END)
    head = f"#!/bin/sh\n{_mark(hook)}\n{parts[0]}"
    text = f"{head}{choice(running())}{parts[1]}{lines}{parts[2]}".encode(errors="surrogateescape")
    # One of ours that is a link is brought up to date where it is kept: `place_for` asked whose.
    replace_whole(meant(hook), text, add=stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def _line(name: str) -> str:
    path = f"./{name}" if name.startswith("-") else name  # no command takes it for an option
    shown = visible(name)
    return f"check {shlex.join([path] if shown == path else [path, shown])}\n"


def _read(hook: Path) -> str:
    try:
        return hook.read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        return ""
