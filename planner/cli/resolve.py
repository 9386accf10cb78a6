"""`planner resolve`: what a merge left open, key by key, settled by naming a side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import click

from planner.cli.shared.terminal_options import Interface, Look, has_terminal, opens_terminal
from planner.errors import UsageError
from planner.merge.joint_files import joint_merges
from planner.merge.resolving import MergeResolution, file_phrases, files_of, merge_open, write
from planner.merge.side_names import sides_named
from planner.merge.sides import OpenMerge, unmerged_files
from planner.merge.three_way import Conflict, Merged, Side
from planner.roadmap.figures import count
from planner.session.roadmaps import find_all
from planner.text.differences import change, in_full
from planner.text.edits import same
from planner.text.phrases import typed
from planner.text.shell import git_add
from planner.text.visible import visible

MENDED = "edited since the merge; the edits by hand stay"
GONE = "the file was removed; it is written again"
TOGETHER = "share moved tables: written when all merge conflicts are resolved"
SIDES = ("ours", "theirs", "base")


@click.command("resolve")
@click.argument("path", required=False)
@click.option(
    "-r",
    "--roadmap",
    metavar="PATH",
    help="Roadmap: a file or a folder (default: the open merge found here).",
)
@click.option("--ours", "side", flag_value="ours", help="Use our version of every other key.")
@click.option("--theirs", "side", flag_value="theirs", help="Use their version of every other key.")
@click.option(
    "--base",
    "side",
    flag_value="base",
    help="Use the version before both changes for every other key.",
)
@click.option(
    "--take",
    "taken",
    multiple=True,
    metavar="KEY=VERSION",
    help="Resolve one key: initiatives.web-push.estimate=theirs. Can be repeated.",
)
@click.option("--dry-run", is_flag=True, help="List merge conflicts; write nothing.")
@opens_terminal
@click.pass_obj
def command(
    interface: Interface,
    path: str | None,
    roadmap: str | None,
    side: str | None,
    taken: tuple[str, ...],
    dry_run: bool,
    look: Look,
) -> int:
    """Resolve merge conflicts, key by key: in the terminal, or by the options.

    Writes the resolved files; then run `git add`. Without a terminal, or with --dry-run, lists the
    unresolved keys. Exit 1 while there is one.
    """
    named = path or roadmap
    files = joint_merges(Path(named)) if named else _files_here()
    if has_terminal() and not (side or taken or dry_run):
        return max([_ask(each, interface, look) for each in files])
    chosen = dict(_choice(each) for each in taken)
    merges = [(each, _merged(each, cast("Side | None", side), chosen)) for each in files]
    _refuse_unknown(chosen, [merged for _, merged in merges])
    for found, merged in merges:
        for line in _lines(found, merged):
            click.echo(visible(line))
        if not dry_run and (not merged.conflicts or side or _took(merged, chosen)):
            write(found, merged)
    return int(any(merged.conflicts for _, merged in merges))


def _ask(found: OpenMerge, interface: Interface, look: Look) -> int:
    """Let a person decide; 1 where the file was left as it was. Tells what is next."""
    resolution = MergeResolution(found)
    code = 0
    if resolution.conflicts:
        code = interface.resolve(resolution, look)
    else:
        resolution.write()
    for line in _lines(found, resolution.merged) if not code else ():
        click.echo(visible(line))
    if code == 1:
        click.echo(visible(f"planner: {found.path} is unchanged"), err=True)
    return code


def _files_here() -> list[OpenMerge]:
    """What git has open here and below, else what is open in the one roadmap found here."""
    if unmerged_files(Path()):
        return joint_merges(Path(), below=True)
    found = find_all(Path())
    return joint_merges(found[0] if len(found) == 1 else Path())


def _choice(text: str) -> tuple[str, Side]:
    name, _, side = text.rpartition("=")
    if not name or side not in SIDES:
        raise UsageError(
            f"{typed(text)} is not KEY=VERSION",
            hint="for example `initiatives.web-push.estimate=theirs`",
        )
    return name, cast("Side", side)


def _merged(found: OpenMerge, side: Side | None, chosen: Mapping[str, Side]) -> Merged:
    def decide(conflict: Conflict) -> Side | None:
        return chosen.get(conflict.label, chosen.get(_table(conflict), side))

    return merge_open(found, decide)


def _table(conflict: Conflict) -> str:
    """What all questions about one table share: ``initiatives.web-push``."""
    return f"{conflict.kind}.{conflict.id}" if conflict.id else conflict.label


def _refuse_unknown(chosen: Mapping[str, Side], merges: list[Merged]) -> None:
    asked = {conflict.label for merged in merges for conflict in merged.asked}
    tables = {_table(conflict) for merged in merges for conflict in merged.asked}
    for name in chosen:
        if name not in asked | tables:
            hint = f"unresolved: {', '.join(sorted(asked))}" if asked else "all are resolved"
            raise UsageError(f"there is no merge conflict {typed(name)}", hint=hint)


def _took(merged: Merged, chosen: Mapping[str, Side]) -> bool:
    return any({conflict.label, _table(conflict)} & chosen.keys() for conflict in merged.asked)


def _lines(found: OpenMerge, merged: Merged) -> Iterator[str]:
    for each in (found, *found.also):
        if each.mended or each.raw is None:
            yield f"{each.path}: {MENDED if each.mended else GONE}"
    for conflict in merged.conflicts:
        yield f"{found.path}: {conflict.label}"
        yield f"  base   {_shown(conflict, 'base')}"
        yield f"  ours   {_shown(conflict, 'ours')}"
        yield f"  theirs {_shown(conflict, 'theirs')}"
    if merged.conflicts and found.together:
        yield f"{' and '.join(sorted(found.names))} {TOGETHER}"
    if merged.conflicts:
        yield sides_named(found.path, "ours", "theirs")
    settled = len(merged.asked) - len(merged.conflicts)
    state = f"{len(merged.conflicts)} unresolved" if merged.conflicts else "none unresolved"
    yield f"{found.path}: {state}, {settled} resolved" + (
        "" if merged.conflicts else f"; next: `{git_add(*map(str, files_of(found, merged)))}`"
    )


def _shown(conflict: Conflict, side: Side) -> str:
    """A side's value; of a whole table what the side made of it, of text how much it is."""
    found = getattr(conflict, side)
    if found is None:
        return "(not there)"
    if conflict.label == "file":
        return "; ".join(file_phrases(conflict, side))
    if not conflict.kind:
        lines = str(found).splitlines()
        return lines[0] if len(lines) == 1 else count(len(lines), "line")
    if not conflict.key and side != "base" and isinstance(found, Mapping):
        return "; ".join(_changes(conflict.base or {}, found)) or in_full(found)
    return in_full(found)


def _changes(base: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[str]:
    for key in dict.fromkeys((*found, *base)):
        if not same(base.get(key), found.get(key)):
            yield f"{key} {change(base.get(key), found.get(key))}"
