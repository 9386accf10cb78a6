"""`planner merge`: what git runs to merge one roadmap file (`planner git install`).

Exit 0 says that the file is merged, 1 that there are markers in it. Anything else makes the
configured command fall back to git's own merge, so that nothing of either side is lost.
"""

from __future__ import annotations

import re
import stat
import sys
from pathlib import Path

import click

from planner.files.reading import read_file
from planner.files.whole_file import replace_whole
from planner.merge.commits import given_to_driver
from planner.merge.joint_files import moved_away
from planner.merge.lines import MARKER_SIZE
from planner.merge.moved_tables import Moved, ask_where
from planner.merge.references import beside
from planner.merge.three_way import Merged, merge_bytes
from planner.text.visible import visible

FAILED = 3


@click.command("merge")
@click.argument("base", metavar="BASE", type=click.Path(path_type=Path))
@click.argument("ours", metavar="OURS", type=click.Path(path_type=Path))
@click.argument("theirs", metavar="THEIRS", type=click.Path(path_type=Path))
@click.argument("size", metavar="[SIZE]", type=int, default=7)
@click.argument("name", metavar="[NAME]", default="")
def command(base: Path, ours: Path, theirs: Path, size: int, name: str) -> int:
    """Merge OURS and THEIRS, which come from BASE, into OURS, by table and key.

    Exit 0: merged. 1: merge conflicts, between markers of SIZE characters. Else OURS
    is as it was, and git merges by lines. NAME is what messages call the file.
    """
    try:
        merged, moved = _merge(base, ours, theirs, size, name or str(ours))
        _replace(ours, merged.to_bytes(max(size, 1)))
    except Exception as error:  # Git must go on with its own merge, whatever happens here.
        click.echo(f"planner: {visible(str(error))}; git merges this file by lines", err=True)
        return FAILED
    for conflict in merged.conflicts:
        where = visible(conflict.label)
        click.echo(f"planner: merge conflict in {visible(name)}: {where}", err=True)
    for each in moved:
        click.echo(visible(f"planner: {_told(each)}"), err=True)
    if merged.conflicts:
        click.echo("planner: `planner resolve` resolves them, key by key", err=True)
    sys.stderr.flush()
    return int(bool(merged.conflicts))


def _told(moved: Moved) -> str:
    name = f"{moved.kind}.{moved.id}"
    if not moved.removed:
        return f"version A has {name} in {moved.ours.file}, version B in {moved.theirs.file}"
    remover, mover = "BA" if moved.ours.file else "AB"
    return f"version {remover} removed {name}, version {mover} has it in {moved.kept.file}"


def _replace(file: Path, raw: bytes) -> None:
    """Write it whole or not at all: git's own merge would start from half a file."""
    replace_whole(file, raw, mode=stat.S_IMODE(file.stat().st_mode))


def _merge(
    base: Path, ours: Path, theirs: Path, size: int, name: str
) -> tuple[Merged, list[Moved]]:
    """The merge, read back whole before it counts, and the tables that went to other files.

    A file that both sides add has no base.
    """
    raw = read_file(base)
    sides = read_file(ours), read_file(theirs)
    once = size <= MARKER_SIZE and _may_be_moved(raw, *sides)
    files = given_to_driver(Path(name), sides[1]) if once else None
    elsewhere = None if files is None else beside(Path(name).name, *files)
    merged = merge_bytes(raw or None, *sides, name, elsewhere=elsewhere)
    merged.verify()
    moved = [] if files is None else moved_away(Path(name).name, files)
    ask_where(merged, moved)
    return merged, moved


def _may_be_moved(base: bytes, ours: bytes, theirs: bytes) -> bool:
    """Whether a side has a table more, or no more. The merge of bases, with longer markers, asks
    nobody."""
    was, *sides = (set(_HEADER.findall(each)) for each in (base, ours, theirs))
    return any(was ^ side for side in sides)


_HEADER = re.compile(rb"^[ \t]*\[[^\]\n]*\]", re.M)
