"""`planner agree`: record an agreement, an answer, a request, an acceptance or a review."""

from __future__ import annotations

import click

from planner.cli.edit import edits_roadmap, make
from planner.cli.naming import known_initiative
from planner.cli.roadmap_option import open_session
from planner.entry.agreeing import Deed, chosen, records
from planner.entry.around import Around
from planner.errors import UsageError
from planner.roadmap.typed import Unclear


@click.command("agree")
@click.argument("id")
@click.argument("supplier", required=False)
@click.option("--ask", "deed", flag_value="ask", help="The supplier is asked for it.")
@click.option("--decline", "deed", flag_value="decline", help="The supplier says no.")
@click.option(
    "--accept", "deed", flag_value="accept", help="What was delivered is what was needed."
)
@click.option("--review", "deed", flag_value="review", help="Somebody has looked at it.")
@click.option("--by", "who", metavar="WHO", help="The side, team or person that says so.")
@click.option("--on", metavar="DAY", help="The day; the plan's own if left out.")
@edits_roadmap
def command(
    id: str,
    supplier: str | None,
    deed: Deed | None,
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
    day = Around(plan).day(on, past=True) if on is not None else None
    if isinstance(day, Unclear):
        raise UsageError(f"{on!r} is not a day: {day}")
    found = records(plan, kind, id, supplier=supplier, day=day.value if day else None)
    record = chosen(found, deed or "agree", who)
    return make(session, record.edit, record.title, dry_run=dry_run)
