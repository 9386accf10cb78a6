"""`planner export`: the plan in a format of another program."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from planner.cli.shared.among import among
from planner.cli.shared.printing import print_data
from planner.cli.shared.roadmap_option import open_session, opens_roadmap, refuse_turned_round
from planner.errors import UsageError
from planner.exchange.exporting import FORMATS, exported, write_export
from planner.roadmap.figures import count
from planner.text.visible import visible

_STDOUT = "-"
_BINARY = (".xlsx",)


@click.command("export")
@click.argument("file")
@opens_roadmap(path_argument=True)
@click.option(
    "--format",
    "name",
    type=click.Choice([suffix[1:] for suffix in FORMATS]),
    help="Format (default: by the suffix of FILE).",
)
@click.option(
    "--filter",
    "query",
    metavar="QUERY",
    help="Only initiatives that match (see `planner help filters`).",
)
@click.option(
    "--for",
    "whose",
    metavar="WHO|ID",
    help="Only work of this side, team or person, or what this initiative waits for.",
)
@click.option("--side", metavar="SIDE", help="Of these, only work of this side.")
@click.option("--force", is_flag=True, help="Replace FILE where there is one already.")
def command(
    file: str,
    path: str | None,
    roadmap: str | None,
    as_of: str | None,
    name: str | None,
    query: str | None,
    whose: str | None,
    side: str | None,
    force: bool,
) -> int:
    """Write the plan to FILE, in the format of its suffix (`-`: to stdout, with --format)."""
    refuse_turned_round("export", file, path)
    suffix = _suffix(file, name)
    session = open_session(roadmap, as_of, path)
    plan, wanted = session.plan, among(session, query, whose, side)
    ids = tuple(id for id in plan.roadmap.initiatives if wanted is None or id in wanted)
    found = exported(plan, ids, suffix)
    if file == _STDOUT:
        _print(found.raw, suffix)
    else:
        is_new = write_export(Path(file), found.raw, replace=force)
        _say(f"{'wrote' if is_new else 'unchanged:'} {file}, {count(len(ids), 'initiative')}")
    if found.left_out:
        _say(f"not in {suffix}: {_counted(found.left_out)}")
    return 0


def _suffix(file: str, name: str | None) -> str:
    if name is not None:
        return f".{name}"
    if file == _STDOUT:
        known = ", ".join(suffix[1:] for suffix in FORMATS)
        raise UsageError("`-` has no suffix", hint=f"add --format and one of {known}")
    return Path(file).suffix


def _print(raw: bytes, suffix: str) -> None:
    """Print a text as all data is printed, without the mark of a file; a workbook as it is."""
    if suffix not in _BINARY:
        print_data(raw.decode("utf-8-sig"), nl=False)
    elif sys.stdout.isatty():
        raise UsageError(f"{suffix} can't be shown", hint="name a file, or pipe it to a program")
    else:
        click.echo(raw, nl=False)


def _counted(left_out: Mapping[str, int]) -> str:
    return ", ".join(f"{what} ({many})" for what, many in left_out.items())


def _say(text: str) -> None:
    click.echo(visible(f"planner: {text}"), err=True)
