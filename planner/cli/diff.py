"""`planner diff`: what changed between revisions, in words; and a file's lines for `git diff`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from planner.analysis.changes import Change, Differences
from planner.analysis.revisions import clock_of, plan_at
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.printing import print_data
from planner.cli.shared.roadmap_option import open_session, opens_roadmap, parse_day, roadmap_path
from planner.conflicts.changes import Change as FindingChange
from planner.conflicts.changes import Outcome
from planner.errors import UsageError
from planner.git.revisions import Repository
from planner.merge.textconv import lines_of
from planner.pages.changes import difference_lines, move_lines
from planner.plan.model import Clock
from planner.text.phrases import typed
from planner.text.visible import visible

SCHEMA = 1


@click.command("diff")
@click.argument("words", nargs=-1, metavar="[A [B]] [PATH]")
@opens_roadmap(path_argument=False)
@takes_json()
@click.option("--dates", is_flag=True, help="Only the dates that moved, with their reasons.")
@click.option(
    "--textconv", is_flag=True, help="Show file A with one key on each line (git calls this)."
)
def command(
    words: tuple[str, ...],
    roadmap: str | None,
    as_of: str | None,
    form: Form,
    dates: bool,
    textconv: bool,
) -> int:
    """Show changes from revision A (default: HEAD) to B (default: the files), by table and key."""
    if textconv:
        return _print_lines(words)
    revisions, roadmap = _told_apart(words, roadmap)
    if len(revisions) > 2:
        raise click.UsageError("diff takes two revisions at most")
    found = _differences(revisions, roadmap, as_of)
    if form:
        print_json("diff", _document(found, revisions), form)
        return 0
    for line in move_lines(found) if dates else difference_lines(found):
        click.echo(line)
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


def _differences(revisions: tuple[str, ...], roadmap: str | None, as_of: str | None) -> Differences:
    """Both plans at the status date of the later. For two revisions the files may be unreadable:
    there may be a merge open in them."""
    path = roadmap_path(roadmap)
    if len(revisions) == 2:
        clock = Clock(date.today(), parse_day(as_of) if as_of else None)
        plan = plan_at(path, revisions[1], clock)
    else:
        plan = open_session(roadmap, as_of).plan
    base = revisions[0] if revisions else "HEAD"
    return Differences(plan_at(path, base, clock_of(plan)), plan)


# --- JSON -----------------------------------------------------------------------------------------


def _document(found: Differences, revisions: tuple[str, ...]) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "from": revisions[0] if revisions else "HEAD",
        "to": revisions[1] if len(revisions) > 1 else None,
        "as_of": found.after.as_of,
        "moved": [
            {
                "id": move.id,
                "key": move.key,
                "before": move.before,
                "after": move.after,
                "days": move.days,
                "calendar_days": move.calendar_days,
                "because": move.because,
            }
            for move in found.moves
        ],
        "changes": [_change_row(change) for change in found.changes],
        **{
            name: [_finding_row(each) for each in found.findings.of(*outcomes)]
            for name, outcomes in GROUPS.items()
        },
    }


def _change_row(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "id": change.id,
        "what": change.what,
        "was": change.old,
        "keys": [
            {"key": list(each.key), "before": _plain(each.before), "after": _plain(each.after)}
            for each in change.keys
        ],
    }


def _plain(value: Any) -> Any:
    """A value as JSON has it; days as text."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


GROUPS: dict[str, tuple[Outcome, ...]] = {
    "gained": ("new",),
    "lost": ("cleared", "waived", "unchecked"),
    "better": ("better",),
    "worse": ("worse",),
}
"""The keys of what became of findings, each with its outcomes."""


def _finding_row(change: FindingChange) -> dict[str, Any]:
    """A finding as it is shown now, else as it was; `was` names it as it was shown before."""
    one = (change.after or change.before)[0]
    return {
        "outcome": change.outcome,
        "code": one.code,
        "rule": one.rule,
        "severity": one.severity,
        "on": list(one.on),
        "message": one.message,
        "fingerprint": one.fingerprint,
        "text": change.text,
        "was": [
            {"fingerprint": each.fingerprint, "severity": each.severity} for each in change.before
        ],
    }
