"""Lines of commands carried out on one session as a what-if: nothing they do is written.

The lines are those that the terminal interface copies: `planner` commands that edit, one or several
joined by ``&&`` in each. No shell runs: what one would do besides (variables, pipes, other
programs) is refused.
"""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

import click

from planner.errors import PlannerError, UsageError
from planner.session.session import Session
from planner.text.phrases import typed
from planner.text.shell import spoken

EDITING = ("set", "add", "remove", "rename", "link", "unlink", "agree", "status", "announce")
"""The commands that a what-if takes."""
_tried: list[Session] = []
"""The session on which lines are tried; none outside of a what-if."""


def tried(roadmap: str | None, as_of: str | None) -> Session | None:
    """The session on which lines are tried; None outside of a what-if.

    Raises UsageError for a line that is about another roadmap, or another day.
    """
    if not _tried:
        return None
    session = _tried[-1]
    if as_of is not None:
        raise UsageError("a line has its own --as-of", hint="give it to `planner what-if`")
    if roadmap is not None and Path(roadmap).resolve() != session.path.resolve():
        raise UsageError(f"{typed(roadmap)} is another roadmap than {session.path}")
    return session


@contextmanager
def _on(session: Session) -> Iterator[None]:
    _tried.append(session)
    try:
        yield
    finally:
        _tried.pop()


def try_lines(session: Session, lines: Iterable[str], source: str) -> None:
    """Begin a what-if with the edits of the lines. Raises UsageError, with the line."""
    session.begin_what_if()
    root = click.get_current_context().find_root()
    with _on(session), redirect_stdout(sys.stderr):
        for number, text in enumerate(lines, 1):
            try:
                for words in _commands(text):
                    _run(root, words)
            except click.ClickException as error:
                raise _at(UsageError(error.format_message()), source, number) from None
            except PlannerError as error:
                raise _at(error, source, number) from None


def _at(error: PlannerError, source: str, number: int) -> UsageError:
    return UsageError(error.message, file=source, line=number, key=error.key, hint=error.hint)


def _run(root: click.Context, words: list[str]) -> None:
    name, *rest = words
    group = root.command
    command = group.get_command(root, name) if isinstance(group, click.Group) else None
    if name not in EDITING or command is None or {"-h", "--help"} & {*rest}:
        raise UsageError(f"{typed(name)} is no edit", hint=f"one of {', '.join(EDITING)}")
    command.main(rest, prog_name=f"planner {name}", standalone_mode=False)


# --- lines ----------------------------------------------------------------------------------------


def _commands(text: str) -> Iterator[list[str]]:
    """The words of each command in a line, without ``planner``. Raises UsageError."""
    words = _words(text)
    while words:
        end = words.index("&&") if "&&" in words else len(words)
        command, words = words[:end], words[end + 1 :]
        if command[:1] == ["planner"]:
            command = command[1:]
        if not command or (end and not words and text.rstrip().endswith("&&")):
            raise UsageError("a command is missing")
        yield command


def _words(text: str) -> list[str]:
    if not text.strip() or text.lstrip().startswith("#"):
        return []
    lexer = shlex.shlex(text, posix=True, punctuation_chars=";&|<>()")
    lexer.whitespace_split, lexer.commenters = True, ""
    try:
        found = list(lexer)
    except ValueError as error:
        raise UsageError(f"the line is not complete: {error}") from None
    for word in found:
        if re.fullmatch(r"[;&|<>()]+", word) and word != "&&":
            raise UsageError(f"no shell runs here: {typed(word)}", hint="one command a line, or &&")
    return [spoken(word) for word in found]
