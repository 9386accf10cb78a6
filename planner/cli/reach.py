"""`planner reach`: what can give, for an initiative to finish by a day."""

from __future__ import annotations

from collections.abc import Iterator

import click

from planner.cli.naming import known_initiative
from planner.cli.roadmap_option import open_session, opens_roadmap
from planner.conflicts.reach import Reach
from planner.consequence import day
from planner.errors import UsageError
from planner.plan import Plan
from planner.roadmap.typed import Unclear, typed_date
from planner.text.edits import as_command
from planner.text.visible import visible


@click.command("reach")
@click.argument("id")
@click.argument("finish", metavar="DAY")
@opens_roadmap(path_argument=False)
def command(id: str, finish: str, roadmap: str | None, as_of: str | None) -> int:
    """List what can give for ID to finish by DAY, and the shortest set that reaches it."""
    session = open_session(roadmap, as_of)
    wanted = typed_date(finish, session.plan.as_of)
    if isinstance(wanted, Unclear):
        raise UsageError(f"{finish!r} is not a day: {wanted}")
    found = session.reach(known_initiative(session.plan, id), wanted.value)
    for line in reach_text(session.plan, found):
        click.echo(visible(line))
    return 0


def reach_text(plan: Plan, found: Reach) -> Iterator[str]:
    """Where it stands, each lever with the days it wins, then the way that was found."""
    yield f"{found.id} finishes {day(found.finish)}; wanted by {day(found.day)}"
    if found.late is None:
        yield "nothing has to give"
        return
    days = "working days" if found.short else "calendar days, over days off,"
    yield f"{found.short or found.late.calendar} {days} to win. What can give:"
    for tried in found.levers:
        assumes = f" ({tried.lever.assumes})" if tried.lever.assumes else ""
        who = " and ".join(tried.lever.needs_yes)
        yes = f" · needs the yes of {who}" if who else ""
        yield f"  {tried.wins:>3}d  {tried.lever.title}{assumes}{yes}"
    if found.left_out:
        yield f"  {found.left_out} more were not tried"
    if not found.reached:
        yield f"None of this reaches {day(found.day)}; {_earliest(found)}"
        return
    if found.drops:
        yield f"Without dropping anything the earliest is {day(found.earliest)}"
    yield f"The shortest way found: {found.title}"
    if found.needs_yes:
        yield f"  needs the yes of {' and '.join(found.needs_yes)}"
    if found.edit is not None:
        yield f"  {as_command(found.edit, plan.roadmap)}"


def _earliest(found: Reach) -> str:
    """How early it gets, without dropping anything and with."""
    text = f"the earliest is {day(found.earliest)}"
    if found.earliest_dropping >= found.earliest:
        return text
    by_dropping = f"by dropping links or work {day(found.earliest_dropping)}"
    return f"{text} without dropping anything, and {by_dropping}"
