"""The pre-push hook of a clone: which roadmaps it checks, and the hook that was there before it.

Somebody else's hook is kept beside ours under another name; ours calls it first, with the same
arguments and input, and stops where it does. Taking ours out puts it back as it was.
"""

from __future__ import annotations

import os
import re
import shlex
import stat
from contextlib import suppress
from pathlib import Path

from planner.errors import UsageError
from planner.files.anew import replace_whole
from planner.git.plumbing import GitError, git
from planner.git.revisions import Repository
from planner.text.visible import visible

MARK = "# planner: pre-push check (`planner git uninstall` takes this file out)"
KEPT = ".before-planner"
"""What the name of somebody else's hook ends in while ours calls it."""
_CHECK = re.compile(r"""^check ((?:'[^']*'|"[^"]*"|[^'"\s])+)(?: .*)?$""", re.MULTILINE)
"""A line of ours for one roadmap; a name in quotes may have line ends. What follows is how the
name is shown, where that is another way: nothing in it may reach a terminal as it is."""

_TEXT = f"""#!/bin/sh
{MARK}
# Says which dates move by what is pushed, against what the other side has. Stops the push where
# that brings new errors, or where a roadmap can't be read. `git push --no-verify` pushes all the
# same. Of the commit that is checked out, the files are checked as they are here; it says so where
# that is not what is committed. Any other commit is checked as it is.
pushed=
[ -t 0 ] || pushed=$(cat)
given() {{ [ -z "$pushed" ] || printf '%s\n' "$pushed"; }}
if [ -x "$0{KEPT}" ]; then given | "$0{KEPT}" "$@" || exit; fi
printf '%s\n' "$pushed" | grep -qv '^(delete) ' || exit 0
command -v planner >/dev/null 2>&1 || exit 0
cd "./$(git rev-parse --show-cdup)" || exit 0
unset GIT_DIR GIT_WORK_TREE
remote=$1
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
check() {{
    case $pairs in *"$head "*)
        [ ! -e "$1" ] || as_committed "$1" ||
            say "${{2-$1}} is checked as it is here, with changes that are in no commit" ;;
    esac
    while read -r here base; do against "$@"; done <<END
$pairs
END
}}
against() {{
    at=
    if [ "$here" = "$head" ]
    then [ -e "$1" ] || return 0
    else at=$here && [ "$at" != "$base" ] && git cat-file -e "$at:./$1" 2>/dev/null || return 0
    fi
    if [ -n "$base" ]; then
        planner diff --dates "$base" $at -r "$1" >&2 </dev/null
        planner check --base "$base" ${{at:+--at $at}} -r "$1" >&2 </dev/null
        case $? in
            0) return 0 ;;
            1) stopped=1; return 0 ;;
        esac
    fi
    planner check ${{at:+--at $at}} -r "$1" >/dev/null </dev/null
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


def hook_of(repository: Repository) -> Path | None:
    """The pre-push hook of this clone; None where hooks are kept somewhere else."""
    if _elsewhere(repository):
        return None
    common = git(repository.top, ["rev-parse", "--git-common-dir"]).decode().rstrip("\n")
    return (repository.top / common).resolve() / "hooks" / "pre-push"


def _elsewhere(repository: Repository) -> bool:
    """Whether any configuration names another folder; the last value is our own."""
    try:
        found = git(repository.top, ["config", "--get-all", "core.hooksPath"])
    except GitError:
        return False
    return found.count(b"\n") > 1


def checked(hook: Path | None) -> list[str]:
    """The roadmaps that our hook checks, as git names them; none where the hook is not ours."""
    text = "" if hook is None else _read(hook)
    if MARK not in text:
        return []
    return [shlex.split(quoted)[0].removeprefix("./") for quoted in _CHECK.findall(text)]


def place_for(repository: Repository) -> Path:
    """Where our hook can stand. Raises UsageError where it can't."""
    hook = hook_of(repository)
    advice = "add this line to your hook: planner check --base @{upstream}"
    if hook is None:
        raise UsageError("this clone keeps its hooks elsewhere (core.hooksPath)", hint=advice)
    kept = _kept(hook)
    if _is_foreign(hook) and os.path.lexists(kept):
        raise UsageError(
            "there is a pre-push hook already, and one that was kept before",
            file=str(kept),
            hint=f"remove it, or {advice}",
        )
    return hook


def add(hook: Path, name: str) -> None:
    """Check one more roadmap before a push; somebody else's hook is kept and called first.

    Raises UsageError where nothing may be written there, with what was there as it was.
    """
    names = dict.fromkeys((*checked(hook), name))
    foreign = _is_foreign(hook)
    try:
        hook.parent.mkdir(exist_ok=True)
        if foreign:
            hook.rename(_kept(hook))
        _write(hook, list(names))
    except OSError as error:
        if foreign and not os.path.lexists(hook):
            with suppress(OSError):
                _kept(hook).rename(hook)
        why = (error.strerror or str(error)).lower()
        raise UsageError(f"the hook can't be written: {why}", file=str(hook)) from None


def take_out(hook: Path | None, name: str) -> bool:
    """Check a roadmap no more; without any the hook goes, and what was there before is back."""
    if hook is None or _is_foreign(hook) or not os.path.lexists(hook):
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
    return os.path.lexists(hook) and MARK not in _read(hook)


def _kept(hook: Path) -> Path:
    return hook.with_name(hook.name + KEPT)


def _write(hook: Path, names: list[str]) -> None:
    lines = "".join(map(_line, names))
    text = (_TEXT + lines + _END).encode("utf-8", "surrogateescape")
    replace_whole(hook, text, add=stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def _line(name: str) -> str:
    path = f"./{name}" if name.startswith("-") else name  # no command takes it for an option
    shown = visible(name)
    return f"check {shlex.join([path] if shown == path else [path, shown])}\n"


def _read(hook: Path) -> str:
    try:
        return hook.read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        return ""
