"""`planner [PATH]`: open a roadmap in the terminal interface."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from planner.cli.shared.roadmap_option import opens_roadmap, parse_day
from planner.cli.shared.terminal_options import Interface, Look, need_terminal, opens_terminal
from planner.errors import UsageError
from planner.roadmap.ids import nearest
from planner.session.roadmaps import find_all, left_out
from planner.text.phrases import did_you_mean, typed


@click.command("open")
@opens_roadmap(path_argument=True)
@opens_terminal
@click.pass_obj
def command(
    interface: Interface,
    path: str | None,
    roadmap: str | None,
    as_of: str | None,
    look: Look,
) -> int:
    """Open the roadmap at PATH (default: the one in . or ./roadmaps)."""
    named = path if path is not None else roadmap
    day = parse_day(as_of) if as_of else None
    if named is None or Path(named).exists():
        need_terminal()
    from planner.cli.demo import copy_sample

    if named is not None:
        found = [Path(named)]
        must_be_there(found[0])
        if found[0].is_dir():
            found = find_all(found[0]) or found
    else:
        found = find_all(Path()) or left_out(Path())
    return interface.open(found, as_of=day, look=look, sample=copy_sample)


def must_be_there(path: Path) -> None:
    """Refuse what is no roadmap, nor was one in which something was left unsaved."""
    with suppress(OSError):  # a name that is too long is none
        if path.exists():
            return
    from planner.session.dead_sessions import left_behind

    if not left_behind(path) and not left_out(path):
        raise UsageError(
            f"there is no command and no file {typed(str(path))}", hint=_meant(str(path))
        )


def _meant(word: str) -> str | None:
    """The command that a word was most likely meant to be, or what there is."""
    context = click.get_current_context().find_root()
    assert isinstance(context.command, click.Group)
    near = nearest(word, context.command.list_commands(context), loose=True)
    return did_you_mean(near and f"planner {near}", "`planner init` starts a roadmap")
