"""`planner git`: git set up for roadmap files, and back."""

from __future__ import annotations

from pathlib import Path

import click

from planner.git.hook import NAMES
from planner.git.install import Status
from planner.git.install import install as install_here
from planner.git.install import status as status_of
from planner.git.install import uninstall as uninstall_here
from planner.session.roadmaps import find_one
from planner.text.visible import visible

NOT_FOUND = (
    "git finds no `planner` on the PATH and merges by lines "
    "(put the folder of planner on the PATH of the shell that runs git)"
)
COMMIT = "commit .gitattributes; every other clone needs `planner git install` once"
NOT_SHARED = "git reads no .gitattributes here: every clone needs `planner git install` once"


@click.group("git")
def command() -> None:
    """Set git up for roadmap files in this clone, or undo that.

    Merges by table and key, diffs by key; with --hooks also a check before each push and before a
    merge without merge conflicts is committed.
    """


def _roadmap(path: str | None, named: str | None) -> Path:
    found = path or named
    return Path(found) if found else find_one(Path())


@command.command("install", short_help="Set up merge and diff; with --hooks also checks.")
@click.argument("path", required=False)
@click.option(
    "-r",
    "--roadmap",
    metavar="PATH",
    help="Roadmap: a file or a folder (default: the one found here).",
)
@click.option(
    "--hooks",
    is_flag=True,
    help="Also check before a push and before a merge is committed; other hooks run first.",
)
def install(path: str | None, roadmap: str | None, hooks: bool) -> int:
    """Write merge and diff driver to .gitattributes and this clone's configuration."""
    installed = install_here(_roadmap(path, roadmap), hooks=hooks)
    for line in installed.done:
        click.echo(visible(line))
    click.echo(COMMIT if installed.shared else NOT_SHARED)
    if installed.program is None:
        click.echo(f"planner: {NOT_FOUND}", err=True)
    if installed.no_hook is None:
        return 0
    said = f"merge and diff are set up, the hooks are not: {installed.no_hook}"
    click.echo(f"planner: {visible(said)}", err=True)
    return 2


@command.command("uninstall")
@click.argument("path", required=False)
@click.option(
    "-r",
    "--roadmap",
    metavar="PATH",
    help="Roadmap: a file or a folder (default: the one found here).",
)
def uninstall(path: str | None, roadmap: str | None) -> int:
    """Remove exactly the lines that install wrote."""
    done = uninstall_here(_roadmap(path, roadmap))
    for line in done:
        click.echo(f"removed {visible(line)}")
    if not done:
        click.echo("nothing was installed")
    return 0


@command.command("status", short_help="Show the setup; exit 1 without the merge driver.")
@click.argument("path", required=False)
@click.option(
    "-r",
    "--roadmap",
    metavar="PATH",
    help="Roadmap: a file or a folder (default: the one found here).",
)
def status(path: str | None, roadmap: str | None) -> int:
    """Show the setup; exit 1 if merges don't go through planner."""
    found = status_of(_roadmap(path, roadmap))
    for line in _lines(found):
        click.echo(visible(line))
    return int(not found.merges)


def _lines(found: Status) -> list[str]:
    return [
        f"{_place(found)}: {'set up' if found.attributes else 'not set up'}",
        f"configuration of this clone: {'set up' if found.configured else 'not set up'}",
        *(f"{name} check: {'' if name in found.hooks else 'not '}set up" for name in NAMES),
        f"run by git: {_program(found)}",
        *(f"  {pattern}" for pattern in found.patterns),
    ]


def _place(found: Status) -> str:
    return found.place.name if found.place.name == ".gitattributes" else str(found.place)


def _program(found: Status) -> str:
    """The planner that git runs; where the one that it was told of is gone, that too."""
    run = found.program or NOT_FOUND
    return run if found.named in (None, found.program) else f"{run} ({found.named} is gone)"
