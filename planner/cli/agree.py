"""`planner agree`: record an agreement, an answer, a request, a counter, a delivery or a review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import click

from planner.cli.shared.edit import edits_roadmap, make
from planner.cli.shared.naming import NAMED, known_initiative, only, table_said
from planner.cli.shared.roadmap_option import day_in, open_session
from planner.conflicts.terms import Saying
from planner.entry.agreements import Wanted, chosen, party, records, speaker
from planner.entry.words import table_named
from planner.errors import UsageError
from planner.plan.model import Plan
from planner.roadmap.fields import kind_called
from planner.text.commands import link_line
from planner.text.edits import Edits
from planner.text.visible import visible


@click.command("agree", epilog=NAMED)
@click.argument("words", metavar="ID [SUPPLIER]", nargs=-1, required=True)
@click.option("--ask", "act", flag_value="ask", help="Ask the supplier for the delivery.")
@click.option(
    "--decline",
    "act",
    flag_value="decline",
    help="Decline the request, or the terms of the other side.",
)
@click.option("--take", "act", flag_value="take", help="Take the new terms of the other side.")
@click.option(
    "--not-take",
    "act",
    flag_value="not take",
    help="Decline the new terms: the old ones stay valid.",
)
@click.option("--accept", "act", flag_value="accept", help="Accept the delivery.")
@click.option(
    "--reject",
    "act",
    flag_value="not accept",
    help="Don't accept the delivery: the handover is open again.",
)
@click.option("--review", "act", flag_value="review", help="Record a review.")
@click.option("--again", is_flag=True, help="Record it again, with a new date.")
@click.option("--promise", metavar="DATE", help="Promise the delivery for this date.")
@click.option("--needed-by", metavar="DATE", help="Set the date by which it is needed.")
@click.option("--counter", metavar="DATE", help="Propose another date to the other side.")
@click.option(
    "--hold",
    is_flag=True,
    help="With --take: add a date constraint, so that the supplier finishes on that date.",
)
@click.option("--by", "who", metavar="WHO", help="Side, team or person that acts.")
@click.option("--note", metavar="TEXT", help="Text to record with it.")
@click.option("--on", metavar="DATE", help="Date of the act (default: the status date).")
@edits_roadmap
def command(
    words: tuple[str, ...],
    act: Wanted | None,
    again: bool,
    promise: str | None,
    needed_by: str | None,
    counter: str | None,
    hold: bool,
    who: str | None,
    note: str | None,
    on: str | None,
    roadmap: str | None,
    as_of: str | None,
    dry_run: bool,
) -> int:
    """Record a request, answer, agreement, delivery or review. ID is a working agreement, or an
    initiative that SUPPLIER delivers to.

    A date that asks more of the other side than agreed waits for its answer: `--take` or
    `--not-take`.
    """
    session = open_session(roadmap, as_of)
    plan = session.plan
    kind, id, supplier = _about(plan, words)
    wanted, text = _wanted(act, promise, needed_by, counter)
    day = _day(plan, text, past=False)
    saying = Saying(by=party(plan, who), on=_day(plan, on, past=True), note=note)
    found = records(plan, kind, id, supplier=supplier, day=day, saying=saying)
    said_by = speaker(plan, found, who) if who is not None else None
    where = ["-r", roadmap] if roadmap else []
    options = [day.isoformat() if day else "", *(["--note", note] if note else []), *where]
    about = None if supplier else id
    record = chosen(found, wanted, said_by, id=about, holds=hold, options=options)
    if record.restates and not again:
        stays = (
            f"recorded already on {record.before}; nothing is changed (--again replaces the date)"
        )
        click.echo(f"planner: {stays}", err=True)
        return make(session, Edits((), record.title), record.title, dry_run=dry_run)
    seen = visible(f"{record.title}; terms: {', '.join(record.seen) or 'none'}")
    return make(session, record.edit, record.title, dry_run=dry_run, also=[seen])


def _about(plan: Plan, words: Sequence[str]) -> tuple[str, str, str | None]:
    """The kind and id of what is agreed, and of a handover its supplier. Raises UsageError."""
    id, rest = table_said(plan, words)
    only([id, *rest], 2, "ID and SUPPLIER")
    if not rest:
        return *_agreed(plan, id), None
    id, supplier = known_initiative(plan, id), known_initiative(plan, rest[0])
    if not _needs(plan, id, supplier):
        raise _wrong_end(plan, id, supplier)
    return "initiatives", id, supplier


def _agreed(plan: Plan, name: str) -> tuple[str, str]:
    """The kind and id of what is agreed in itself; a working agreement comes first."""
    if name in plan.roadmap.agreements:
        return "agreements", name
    if name in plan.roadmap.systems and name not in plan.roadmap.initiatives:
        return "systems", name
    if kind_called(name.partition(".")[0]) in ("agreements", "systems"):
        return table_named(plan, name)
    return "initiatives", known_initiative(plan, name)


def _needs(plan: Plan, successor: str, supplier: str) -> bool:
    return any(need.on == supplier for need in plan.roadmap.initiatives[successor].needs)


def _wrong_end(plan: Plan, id: str, supplier: str) -> UsageError:
    """Why nothing is handed over this way: the two ids are swapped, or there is no link."""
    if _needs(plan, supplier, id):
        return UsageError(
            f"{id} does not need {supplier}, {supplier} needs {id}",
            hint=f"the successor comes first: `{link_line('agree', supplier, id)}`",
        )
    return UsageError(
        f"{id} does not need {supplier}", hint=f"`{link_line('link', supplier, id)}` adds the link"
    )


def _wanted(
    act: Wanted | None, promise: str | None, needed_by: str | None, counter: str | None
) -> tuple[Wanted, str | None]:
    """What is to be recorded, and the day in it as it was typed. Raises UsageError for several."""
    days: dict[Wanted, str | None] = {"promise": promise, "need": needed_by, "counter": counter}
    typed = [(name, text) for name, text in days.items() if text is not None]
    if act == "ask" and [name for name, _ in typed] == ["need"]:
        act = None
    if len(typed) > 1 or (typed and act is not None):
        raise UsageError("one act is recorded at a time", hint="leave out the other options")
    return typed[0] if typed else (act or "agree", None)


def _day(plan: Plan, text: str | None, *, past: bool) -> date | None:
    """The day meant; None for the plan's own. Raises UsageError."""
    return day_in(plan, text, past=past) if text is not None else None
