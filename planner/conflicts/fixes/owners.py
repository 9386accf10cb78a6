"""OWN, SKILL, CAP, VIEW and DATA: who is asked, who does it, and who has said what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from planner.conflicts.context import BOTH, Context, listed
from planner.conflicts.fixes.choice import FIRST
from planner.conflicts.fixes.fix import Ask, Fix
from planner.conflicts.fixes.leaving import left_out
from planner.conflicts.fixes.timed import best_first, parted, timed
from planner.conflicts.levers import yes_of
from planner.conflicts.needs import added
from planner.conflicts.rules.capacity import people
from planner.conflicts.rules.data import reviewers
from planner.conflicts.trial import together
from planner.schedule.capacity import capacity_of
from planner.text.edits import Edit, SetKey

REVIEW_EVERY = timedelta(weeks=26)
"""How long a renewed agreement holds before it is looked at again."""

# --- agreements and owners ------------------------------------------------------------------------


def one_accountable(ask: Ask) -> Iterator[Fix]:
    """Each of those named as the one, the others responsible."""
    finding, context = ask.finding, ask.context
    parties, key = finding.data["accountable"], finding.data["key"]
    table = context.roadmap.table(finding.kind)[finding.id]
    doing: tuple[str, ...] = table.responsible  # type: ignore[attr-defined]
    for party in parties:
        others = [*doing, *(one for one in parties if one != party and one not in doing)]
        title = f"{party} is accountable, {listed(one for one in parties if one != party)} "
        title += "does it with them" if len(parties) == 2 else "do it with them"
        edits = [
            SetKey(finding.kind, finding.id, (key,), party),
            SetKey(finding.kind, finding.id, ("responsible",), others),
        ]
        yield Fix(title=title, edit=together(edits, title), needs_yes=tuple(parties))


def agreement(ask: Ask) -> Iterator[Fix]:
    """The yes that is missing, and the review that is due, recorded as of today."""
    finding, context = ask.finding, ask.context
    lacking: list[str] = finding.data["lacking"]
    known = context.roadmap.agreements[finding.id]
    due = known.review_by is not None and known.review_by < context.as_of
    sides = list(BOTH) if due else lacking
    names = tuple(context.side_name(side) for side in sides)
    agreed = {**known.agreed, **dict.fromkeys(sides, context.as_of)}
    edits: list[Edit] = [SetKey("agreements", known.id, ("agreed",), agreed)]
    title = f"record that {listed(names)} {'agrees' if len(names) == 1 else 'agree'} to {known.id}"
    if due:
        again = context.as_of + REVIEW_EVERY
        edits.append(SetKey("agreements", known.id, ("review_by",), again))
        title = f"{title}, to be looked at again by {context.day(again)}"
    yield Fix(title=title, edit=together(edits, title), needs_yes=names)


def relieve(ask: Ask) -> Iterator[Fix]:
    """One of them left to somebody else of its team, or one put after the one before it."""
    finding, context = ask.finding, ask.context
    person: str = finding.data["person"]
    found: list[Fix] = []
    for id in finding.on:
        initiative = context.roadmap.initiatives[id]
        if person in initiative.responsible:
            rest = [one for one in initiative.responsible if one != person]
            for stand_in in rest[:1] or _others(context, id, person)[:1]:
                title = f"leave {id} to {stand_in}"
                named = rest or [stand_in]
                edit = SetKey("initiatives", id, ("responsible",), named)
                found += timed(ask, title, [edit], id, needs_yes=(person, stand_in))
    for one, other in pairwise(finding.on):
        title, yes = f"put {other} after {one}", yes_of(context, other)
        link = added(context, other, one)
        found += timed(ask, title, [link], other, needs_yes=yes, choice=FIRST)
    yield from best_first(ask, found)


def _others(context: Context, id: str, person: str) -> list[str]:
    """Other people of the team that owns it."""
    team = context.team(id)
    people = context.roadmap.people.values()
    return [one.id for one in people if team and one.team == team and one.id != person]


def skilled(ask: Ask) -> Iterator[Fix]:
    """Somebody responsible who can; none where nobody on file can."""
    finding, context = ask.finding, ask.context
    doing = context.roadmap.initiatives[finding.id].responsible
    for person in finding.data["people"][:3]:
        named = [*doing, person]
        team = context.team_of_party(person)
        yield from timed(
            ask,
            f"{person} helps with {finding.id}",
            [SetKey("initiatives", finding.id, ("responsible",), named)],
            finding.id,
            needs_yes=(person, *((team,) if team and team != person else ())),
        )


# --- reviews --------------------------------------------------------------------------------------


def steward(ask: Ask) -> Iterator[Fix]:
    """The review of who looks after the data, recorded as given today."""
    data = ask.finding.data
    asked = [one for one in reviewers(ask.context, data["data"]) if one in data["reviewers"]]
    yield _reviewed(ask, asked)


def perspective(ask: Ask) -> Iterator[Fix]:
    """The review of those who own the systems, recorded as given today."""
    yield _reviewed(ask, ask.finding.data["teams"])


def looked_again(ask: Ask) -> Iterator[Fix]:
    """The reviews given anew today, by the calendar: git knows of no other."""
    parties: list[str] = ask.finding.data["reviewers"]
    yield _reviewed(ask, parties, max(ask.context.as_of, ask.context.today), " again")


def _reviewed(ask: Ask, parties: list[str], day: date | None = None, again: str = "") -> Fix:
    id, given = ask.finding.id, day or ask.context.as_of
    edits = [SetKey("initiatives", id, ("reviews", one), given) for one in parties]
    title = f"record that {listed(parties)} {'has' if len(parties) == 1 else 'have'} looked at {id}"
    title += again
    return Fix(title=title, edit=together(edits, title), needs_yes=tuple(parties))


def access(ask: Ask) -> Iterator[Fix]:
    """The access agreed anew as high as the data is, or the data left out."""
    finding, context = ask.finding, ask.context
    agreed_id, data = finding.data["agreement"], finding.data["data"]
    agreed = dict.fromkeys(BOTH, context.as_of)
    classification = context.classification(data)
    edits = [
        SetKey("agreements", agreed_id, ("access",), classification),
        SetKey("agreements", agreed_id, ("agreed",), agreed),
    ]
    title = f"record that both sides agree to {classification} data in {agreed_id}"
    steward = context.roadmap.data[data].steward
    yes = (*(context.side_name(side) for side in BOTH), *((steward,) if steward else ()))
    yield Fix(title=title, edit=together(edits, title), needs_yes=yes)
    without = [
        edit
        for id in finding.on
        for edit in left_out(context, id, data, ("processes", "activates"))
    ]
    title = f"leave {data} out of {listed(finding.on)}"
    yield Fix(title=title, edit=together(without, title), needs_yes=yes_of(context, *finding.on))


# --- capacity -------------------------------------------------------------------------------------


def level(ask: Ask) -> Iterator[Fix]:
    """One piece of work put after another, or held until another is done; best for dates first."""
    finding, context = ask.finding, ask.context
    ids: list[str] = [id for id in finding.data["initiatives"] if _can_wait(context, id)]
    found: list[Fix] = []
    for id in ids[:4]:
        for other in [one for one in finding.data["initiatives"] if one != id][:4]:
            found += timed(
                ask,
                f"put {id} after {other}",
                [added(context, id, other)],
                id,
                needs_yes=yes_of(context, id),
                choice=FIRST,
            )
    runs = finding.data["runs"]
    last = date.fromisoformat(runs[0]["last"])
    free = context.schedule.add_working_days(last, 1)
    for id in ids[:4]:
        hold = SetKey("initiatives", id, ("start_no_earlier_than",), free)
        title = f"hold {id} until {context.day(free)}"
        found += timed(ask, title, [hold], id, needs_yes=yes_of(context, id), choice=FIRST)
    good, bad = parted(ask, found)
    yield from good[:3]
    need = max(one["most"] for one in runs)
    number = int(need) if need == int(need) else need
    title = f"have {people(number)} in {finding.id}"
    edits = [SetKey("teams", finding.id, key, number) for key in _lacking(ask, need)]
    first = finding.data["initiatives"][0]
    yield from timed(ask, title, edits, first, needs_yes=(finding.id,))
    yield from bad[: 0 if good else 2]


def _lacking(ask: Ask, need: float) -> Iterator[tuple[str, ...]]:
    """Where it is written how many people there are while they are too few."""
    team = ask.context.roadmap.teams[ask.finding.id]
    runs: list[dict[str, str]] = ask.finding.data["runs"]
    for (day, there), (end, _) in pairwise((*capacity_of(team), (date.max, 0.0))):
        first, after = day.isoformat(), end.isoformat()
        if there < need and any(run["first"] < after and first <= run["last"] for run in runs):
            yield ("capacity",) if day == date.min else ("capacity_from", first)


def _can_wait(context: Context, id: str) -> bool:
    dates = context.dates(id)
    return dates is not None and not dates.started
