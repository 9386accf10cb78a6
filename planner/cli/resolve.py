"""`planner resolve`: what a merge left open, key by key, settled by naming a side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import click

from planner.errors import UsageError
from planner.files.saving import Write, save
from planner.git.sides import OpenMerge, is_open, open_merge
from planner.session import find_one
from planner.text.merge import Conflict, Merged, Side, merge_bytes
from planner.text.telling import value
from planner.text.visible import visible

SIDES = ("ours", "theirs", "base")


@click.command("resolve")
@click.argument("path", required=False)
@click.option("-r", "--roadmap", metavar="PATH", help="The file, or a folder of files.")
@click.option("--ours", "side", flag_value="ours", help="Our side for all that is not named.")
@click.option("--theirs", "side", flag_value="theirs", help="Their side for all not named.")
@click.option("--base", "side", flag_value="base", help="What it was before, for all not named.")
@click.option(
    "--take",
    "taken",
    multiple=True,
    metavar="KEY=SIDE",
    help="One key: initiatives.web-push.estimate=theirs. As often as needed.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing.")
def command(
    path: str | None, roadmap: str | None, side: str | None, taken: tuple[str, ...], dry_run: bool
) -> int:
    """List what both sides changed, or settle it: for one key, or for all.

    Exit 1 while something is open. What is settled is written; `git add` it then.
    """
    named = path or roadmap
    files = _files(Path(named) if named else find_one(Path()))
    chosen = dict(_choice(each) for each in taken)
    merges = [(each, _merged(each, cast("Side | None", side), chosen)) for each in files]
    _refuse_unknown(chosen, [merged for _, merged in merges])
    for found, merged in merges:
        for line in _lines(found, merged):
            click.echo(visible(line))
        if not dry_run and (not merged.conflicts or side or _took(merged, chosen)):
            _write(found, merged)
    return int(any(merged.conflicts for _, merged in merges))


def _files(path: Path) -> list[OpenMerge]:
    if not path.is_dir():
        return [open_merge(path)]
    found = [open_merge(each) for each in sorted(path.glob("*.toml")) if is_open(each)]
    if not found:
        raise UsageError("no merge is open here", file=str(path))
    return found


def _choice(text: str) -> tuple[str, Side]:
    name, _, side = text.rpartition("=")
    if not name or side not in SIDES:
        raise UsageError(
            f"{text!r} names no key and side", hint="initiatives.web-push.estimate=theirs"
        )
    return name, cast("Side", side)


def _merged(found: OpenMerge, side: Side | None, chosen: Mapping[str, Side]) -> Merged:
    def decide(conflict: Conflict) -> Side | None:
        return chosen.get(conflict.name, side)

    return merge_bytes(found.base, found.ours, found.theirs, str(found.path), decide)


def _refuse_unknown(chosen: Mapping[str, Side], merges: list[Merged]) -> None:
    asked = {conflict.name for merged in merges for conflict in merged.asked}
    for name in chosen:
        if name not in asked:
            hint = f"open: {', '.join(sorted(asked))}" if asked else "nothing is open"
            raise UsageError(f"{name} is not in conflict", hint=hint)


def _took(merged: Merged, chosen: Mapping[str, Side]) -> bool:
    return any(conflict.name in chosen for conflict in merged.asked)


def _lines(found: OpenMerge, merged: Merged) -> Iterator[str]:
    for conflict in merged.conflicts:
        yield f"{found.path}: {conflict.name or 'text'}"
        yield f"  base   {_shown(conflict.base)}"
        yield f"  ours   {_shown(conflict.ours)}"
        yield f"  theirs {_shown(conflict.theirs)}"
    settled = len(merged.asked) - len(merged.conflicts)
    state = f"{len(merged.conflicts)} open" if merged.conflicts else "nothing open"
    yield f"{found.path}: {state}, {settled} settled" + (
        "" if merged.conflicts else f"; `git add {found.path}` when it is right"
    )


def _shown(found: Any) -> str:
    return "(not there)" if found is None else value(found)


def _write(found: OpenMerge, merged: Merged) -> None:
    """Write what is settled; what is not keeps its markers. It is read back before."""
    if not merged.conflicts and merged.is_roadmap:
        assert merged.document is not None
    new = merged.to_bytes()
    if new != found.raw:
        save([Write(found.path.absolute(), str(found.path), found.raw, new)])
