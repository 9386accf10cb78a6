"""What every editing command does with its edit: try it, save it, say what it does to the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import click

from planner.cli.shared.printing import print_data
from planner.cli.shared.roadmap_option import opens_roadmap
from planner.entry.progress import progress_notes
from planner.errors import SaveError
from planner.files.failures import to_a_command
from planner.files.workspace import Workspace
from planner.pages.changes import finding_change
from planner.pages.why import headline_text
from planner.plan.arrivals import arrivals
from planner.plan.impact import Consequence
from planner.plan.impact_line import line_of
from planner.roadmap.figures import date_text
from planner.session.session import Session
from planner.text.differences import written
from planner.text.edits import Edit, renames_of, touched
from planner.text.visible import visible, visible_page

Function = TypeVar("Function", bound=Callable[..., Any])


def edits_roadmap(function: Function) -> Function:
    """Give a command the options of every command that edits."""
    function = click.option(
        "--dry-run", is_flag=True, help="Show the changes as a patch; write nothing."
    )(function)
    return opens_roadmap(path_argument=False)(function)


def make(
    session: Session, edit: Edit, label: str, *, dry_run: bool, also: Iterable[str] = ()
) -> int:
    """Apply an edit and save it, or with `dry_run` print the diff. Then what was written is told,
    what there is to say `also`, and the consequence. In a what-if it is only tried.
    """
    before = session.workspace
    consequence = session.apply(edit, label=label)
    if session.what_if is not None:
        return 0
    if dry_run:
        print_difference(session)
        wrote: Iterable[str] = ()
    elif session.unsaved:
        wrote = [*written_text(before, session.workspace, edit)]
        keep(session)
    else:
        wrote = ()
        click.echo("planner: no change: the file says so already", err=True)
    for line in (*wrote, *also, *consequence_text(consequence), *_edited(session, edit)):
        click.echo(line)
    for said in progress_notes(session.plan, edit):
        click.echo(f"planner: {visible(said)}", err=True)
    return 0


def written_text(before: Workspace, after: Workspace, edit: Edit) -> Iterator[str]:
    """What an edit writes, a line for each key: ``it.toml: web-push.estimate 4w → 6w``."""
    for old, new in zip(before.documents, after.documents, strict=True):
        if new is not old:
            for line in written(old.tables, new.tables, renames_of(edit)):
                yield visible(f"{new.file}: {line}")


def print_difference(session: Session) -> None:
    """What saving would write, for `git apply` and `patch`; says where it can't be for them."""
    print_patch(session.diff())


def print_patch(difference: str) -> None:
    """A patch; says where it has characters that a terminal can't have, and git would miss."""
    shown = visible_page(difference)
    print_data(shown, nl=False)
    if shown != difference:
        click.echo(
            "planner: hidden characters are shown by name: this patch can't be applied", err=True
        )


def _edited(session: Session, edit: Edit) -> Iterator[str]:
    """The dates of the initiatives that the edit names, as they are now."""
    for kind, id in sorted(touched(edit)):
        dates = session.plan.schedule.get(id) if kind == "initiatives" else None
        if dates is not None:
            yield f"  {headline_text(session.plan, dates)}"


def keep(session: Session) -> None:
    """Save; what others wrote meanwhile was merged, and is reported on stderr."""
    try:
        saved = session.save()
    except SaveError as error:
        raise to_a_command(error) from error.__cause__
    if saved.merged:
        click.echo(f"planner: {visible(saved.merged)}", err=True)


def consequence_text(consequence: Consequence) -> Iterator[str]:
    """Finish, what follows if a named day comes true, launches that moved or have left, what
    became of the findings: a line each.
    """
    yield visible(line_of(consequence))
    for arrival in arrivals(consequence.before, consequence.after):
        yield visible(arrival.line)
    near = consequence.after.as_of
    for moved in consequence.launches_moved:
        days = f"{date_text(moved.before, near)} → {date_text(moved.after, near)}"
        yield f"  {visible(moved.id)}: {days} ({moved.shift.short})"
    for left in consequence.launches_left:
        before = date_text(left.before, near)
        yield f"  {visible(left.id)}: {before} → no dates ({visible(left.why)})"
    for change in consequence.changes.all:
        yield f"  {finding_change(change)}"
