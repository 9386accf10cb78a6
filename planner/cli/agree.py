"""`planner agree`: record an agreement, an answer, a request, an acceptance or a review."""

from __future__ import annotations

from datetime import date

import click

from planner.cli.edit import edits_roadmap, make
from planner.cli.naming import known_initiative
from planner.cli.roadmap_option import open_session
from planner.entry.agreeing import Deed, chosen, records, speaker
from planner.entry.around import Around
from planner.errors import UsageError
from planner.plan import Plan
from planner.roadmap.typed import Unclear
from planner.text.visible import visible


@click.command("agree")
@click.argument("id")
@click.argument("supplier", required=False)
@click.option("--ask", "deed", flag_value="ask", help="The supplier is asked for it.")
@click.option("--decline", "deed", flag_value="decline", help="The supplier says no.")
@click.option(
    "--accept", "deed", flag_value="accept", help="What was delivered is what was needed."
)
@click.option("--review", "deed", flag_value="review", help="Somebody has looked at it.")
@click.option("--promise", metavar="DAY", help="The supplier promises it for this day.")
@click.option("--by", "who", metavar="WHO", help="The side, team or person that says so.")
@click.option("--on", metavar="DAY", help="The day; the plan's own if left out.")
@edits_roadmap
def command(
    id: str,
    supplier: str | None,
    deed: Deed | None,
    promise: str | None,
    who: str | None,
    on: str | None,
    roadmap: str | None,
    as_of: str | None,
    dry_run: bool,
) -> int:
    """Record what was agreed: ID is an agreement, or an initiative that SUPPLIER hands over to."""
    session = open_session(roadmap, as_of)
    plan = session.plan
    kind = "agreements" if id in plan.roadmap.agreements and supplier is None else "initiatives"
    if kind == "initiatives":
        if supplier is None and id in plan.roadmap.systems and id not in plan.roadmap.initiatives:
            kind = "systems"
        else:
            id = known_initiative(plan, id)
            supplier = known_initiative(plan, supplier) if supplier is not None else None
    if promise is not None and (deed or on):
        raise UsageError("--promise says by itself what is recorded", hint="leave out the others")
    if supplier is not None and supplier not in {n.on for n in plan.roadmap.initiatives[id].needs}:
        raise UsageError(f"{id} does not need {supplier}", hint=f"planner link {supplier} {id}")
    day = _day(plan, promise, past=False) if promise else _day(plan, on, past=True)
    found = records(plan, kind, id, supplier=supplier, day=day)
    who = speaker(plan, found, who) if who is not None else None
    record = chosen(found, "promise" if promise else deed or "agree", who)
    click.echo(visible(f"{record.title}; seen: {', '.join(record.seen) or 'nothing is written'}"))
    return make(session, record.edit, record.title, dry_run=dry_run)


def _day(plan: Plan, text: str | None, *, past: bool) -> date | None:
    """The day meant; None for the plan's own. Raises UsageError."""
    day = Around(plan).day(text, past=past) if text is not None else None
    if isinstance(day, Unclear):
        raise UsageError(f"{text!r} is not a day: {day}")
    return day.value if day else None
