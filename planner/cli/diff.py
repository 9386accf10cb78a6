"""`planner diff`: what changed between revisions, in words; and a file's lines for `git diff`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from planner.analysis.changes import Change
from planner.analysis.compared import Compared, Move, shift_of
from planner.analysis.history import compared, revision_named
from planner.cli.shared.among import of_plan, takes_scope
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.printing import print_data
from planner.cli.shared.revisions import plan_beside
from planner.cli.shared.roadmap_option import opens_roadmap, roadmap_path
from planner.conflicts.changes import Change as FindingChange
from planner.conflicts.changes import Outcome
from planner.errors import UsageError
from planner.git.revisions import Repository
from planner.merge.textconv import lines_of
from planner.pages.changes import difference_lines, is_of, is_on, move_lines
from planner.roadmap.output_diff import (
    ChangeRow,
    DiffShown,
    FindingChangeRow,
    KeyRow,
    MovedRow,
    WasRow,
)
from planner.text.phrases import typed
from planner.text.visible import visible

SCHEMA = 1


@click.command("diff")
@click.argument("words", nargs=-1, metavar="[A [B]] [PATH]")
@opens_roadmap(path_argument=False)
@takes_scope
@takes_json()
@takes_markdown
@click.option(
    "--since",
    metavar="DATE",
    help="A as a date, or as `last` (the last joint meeting) or `looked` (your last look).",
)
@click.option("--dates", is_flag=True, help="Only the dates that moved, with their reasons.")
@click.option(
    "--textconv", is_flag=True, help="Show file A with one key on each line (git calls this)."
)
def command(
    words: tuple[str, ...],
    roadmap: str | None,
    as_of: str | None,
    whose: str | None,
    query: str | None,
    form: Form,
    as_markdown: bool,
    since: str | None,
    dates: bool,
    textconv: bool,
) -> int:
    """Show changes from A (default: HEAD) to B (default: the files): dates, tables and keys.

    A and B are revisions, or dates: the last revision up to then. Of each date that moved, what
    moved as time went by and what edits did are two figures.
    """
    if textconv:
        return _print_lines(words)
    revisions, roadmap = _told_apart(words, roadmap)
    if len(revisions) > 2:
        raise click.UsageError("diff takes two revisions at most")
    found, named = _compared(revisions, since, roadmap, as_of)
    ids = of_plan(found.now, roadmap_path(roadmap), query, whose)
    if form:
        print_json("diff", _document(found, named, ids), form)
        return 0
    lines = move_lines(found, ids) if dates else difference_lines(found, ids)
    print_page((((line, "text"),) for line in lines), as_markdown=as_markdown)
    return 0


def _print_lines(words: Sequence[str]) -> int:
    """A key a line of the one file that is named."""
    if len(words) != 1:
        raise click.UsageError("--textconv takes one file")
    lines = lines_of(Path(words[0]))
    print_data("".join(f"{visible(line)}\n" for line in lines), nl=False)
    return 0


def _told_apart(words: tuple[str, ...], roadmap: str | None) -> tuple[tuple[str, ...], str | None]:
    """The revisions among the words, and the roadmap: what is a file or a folder here, where `-r`
    names none. Raises UsageError where git knows that by the same name.
    """
    path = next((word for word in words if roadmap is None and _is_here(word)), None)
    if path is None:
        return words, roadmap
    if _is_revision(path):
        hint = "name the roadmap with -r PATH; every other word is a revision then"
        raise UsageError(f"{typed(path)} is a revision and a path", hint=hint)
    at = words.index(path)
    return (*words[:at], *words[at + 1 :]), path


def _is_here(word: str) -> bool:
    try:
        return Path(word).exists()
    except OSError:  # a name that is too long is none
        return False


def _is_revision(word: str) -> bool:
    try:
        return bool(Repository.around(Path(word)).commit(word))
    except UsageError:
        return False


def _compared(
    revisions: tuple[str, ...], since: str | None, roadmap: str | None, as_of: str | None
) -> tuple[Compared, tuple[str, ...]]:
    """What is compared, and the two words for it.

    For two revisions the files may be unreadable: there may be a merge open in them.
    """
    if since is not None and revisions:
        raise click.UsageError("--since and a revision say the same: leave out one")
    path = roadmap_path(roadmap)
    words = revisions or ((since or "HEAD"),)
    plan = plan_beside(roadmap, as_of, path, words[1] if len(words) > 1 else None)
    named = [revision_named(path, plan, each) for each in words]
    known = [_as_said(path, *each) for each in zip(words, named, strict=True)]
    return compared(path, plan, *known), words


def _as_said(path: Path, word: str, commit: str) -> str:
    """A revision as it was typed, which messages repeat; the commit of a date."""
    try:
        return word if Repository.around(path).commit(word) == commit else commit
    except UsageError:
        return commit


# --- JSON -----------------------------------------------------------------------------------------


def _document(found: Compared, words: tuple[str, ...], ids: frozenset[str] | None) -> DiffShown:
    moves = (move for move in found.moves if ids is None or move.id in ids)
    changes = (change for change in found.changes if ids is None or is_of(change, ids))
    return DiffShown(
        schema=SCHEMA,
        from_=words[0],
        to=words[1] if len(words) > 1 else None,
        as_of=found.now.as_of,
        base=found.base,
        revision=found.revision,
        moved=tuple(_move_row(found, move) for move in moves),
        changes=tuple(map(_change_row, changes)),
        gained=_became(found, ids, "new"),
        lost=_became(found, ids, "cleared", "waived", "unchecked"),
        better=_became(found, ids, "better"),
        worse=_became(found, ids, "worse"),
    )


def _move_row(found: Compared, move: Move) -> MovedRow:
    step = found.move(move.id, move.key)
    shift = shift_of(step, "moved")
    return MovedRow(
        id=move.id,
        key=move.key,
        before=step.then,
        after=step.now,
        days=step.moved,
        calendar_days=shift.calendar if shift is not None else None,
        because=(*step.waited, *(cause.text for cause in step.causes)),
        then=step.then,
        seen=step.seen,
        now=step.now,
        moved=step.moved,
        time=step.time,
        edits=step.edits,
        waited=step.waited,
        causes=step.causes,
    )


def _change_row(change: Change) -> ChangeRow:
    keys = (
        KeyRow(key=each.key, before=_plain(each.before), after=_plain(each.after))
        for each in change.keys
    )
    return ChangeRow(
        kind=change.kind, id=change.id, what=change.what, was=change.old, keys=tuple(keys)
    )


def _plain(value: Any) -> Any:
    """A value as JSON has it; days as text."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _became(
    found: Compared, ids: frozenset[str] | None, *outcomes: Outcome
) -> tuple[FindingChangeRow, ...]:
    """The findings of which one of these became."""
    changes = found.findings.of(*outcomes)
    return tuple(_finding_row(one) for one in changes if ids is None or is_on(one, ids))


def _finding_row(change: FindingChange) -> FindingChangeRow:
    """A finding as it is shown now, else as it was; `was` names it as it was shown before."""
    one = (change.after or change.before)[0]
    return FindingChangeRow(
        outcome=change.outcome,
        code=one.code,
        rule=one.rule,
        severity=one.severity,
        on=one.on,
        message=one.message,
        fingerprint=one.fingerprint,
        text=change.text,
        was=tuple(
            WasRow(fingerprint=each.fingerprint, severity=each.severity) for each in change.before
        ),
    )
