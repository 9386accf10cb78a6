"""`planner capacity`: people needed by team and week, against the people there are."""

from __future__ import annotations

import click
from msgspec.structs import replace

from planner.analysis.capacity import Capacities, of_party, overload_found, telling
from planner.analysis.capacity import by_load as heaviest_first
from planner.cli.shared.among import party_or_work, takes_scope
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.page_width import page_width, takes_width
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.roadmap_option import day_in, open_session, opens_roadmap
from planner.errors import UsageError
from planner.pages.capacity import capacity_page
from planner.plan.model import Plan
from planner.plan.offers import Offers, all_offers
from planner.query.party import parties_called
from planner.roadmap.ids import nearest
from planner.roadmap.output_capacity import CapacityShown, PeriodKind
from planner.session.session import Session
from planner.text.phrases import did_you_mean, typed


@click.command("capacity")
@opens_roadmap(path_argument=True)
@click.option("--team", metavar="TEAM", help="Only this team, with what runs and who could help.")
@click.option("--on", "day", metavar="DATE", help="Tell of the period with this date what runs.")
@click.option("--weeks", "by", flag_value="week", default=True, help="By week (default).")
@click.option("--months", "by", flag_value="month", help="By month.")
@click.option("--quarters", "by", flag_value="quarter", help="By quarter.")
@click.option("--by-load", is_flag=True, help="The teams with the most load first, not by side.")
@takes_json()
@takes_scope
@takes_markdown
@takes_width
def command(
    path: str | None,
    roadmap: str | None,
    as_of: str | None,
    team: str | None,
    day: str | None,
    by: PeriodKind,
    by_load: bool,
    whose: str | None,
    query: str | None,
    form: Form,
    as_markdown: bool,
    width: int | None,
) -> int:
    """Show how many people each team needs by week, against how many it has."""
    session = open_session(roadmap, as_of, path)
    plan = session.plan
    of = Capacities(plan)
    on = day_in(plan, day) if day is not None else None
    only = None if team is None else {_team_named(plan, of, team)}
    shown = _shown(session, of, by, only, query, whose)
    if only is not None or on is not None:
        shown = replace(shown, cells=telling(of, shown, on))
    if by_load:
        shown = replace(shown, teams=tuple(heaviest_first(shown.teams)))
    if form:
        print_json("capacity", shown, form)
    else:
        lines = capacity_page(plan, shown, page_width(width), _fixes(plan, shown))
        print_page(lines, as_markdown=as_markdown)
    return 0


def _shown(
    session: Session,
    of: Capacities,
    by: PeriodKind,
    only: set[str] | None,
    query: str | None,
    whose: str | None,
) -> CapacityShown:
    """The teams that are asked for: a party's, and those that some work needs."""
    party, ids = party_or_work(session, query, whose)
    asked = [only] if only is not None else []
    asked += [of_party(of, party)] if party is not None else []
    asked += [of.working(ids)] if ids is not None else []
    return of.shown(by, set.intersection(*asked) if asked else None, ids)


def _team_named(plan: Plan, of: Capacities, text: str) -> str:
    """The team with this id or title. Raises UsageError with the nearest one."""
    found = parties_called(plan, text, ("team",))
    if len(found) == 1 and found[0].id in of.teams:
        return found[0].id
    near = nearest(text, of.teams, loose=True)
    hint = did_you_mean(near, "`planner capacity` lists them")
    raise UsageError(f"there is no team {typed(text)}", hint=hint)


def _fixes(plan: Plan, shown: CapacityShown) -> dict[str, Offers]:
    """The fixes of the overloads that are told in full."""
    teams = dict.fromkeys(cell.team for cell in shown.cells if cell.overload is not None)
    found = {team: overload_found(plan, team) for team in teams}
    return {team: all_offers(plan, one) for team, one in found.items() if one is not None}
