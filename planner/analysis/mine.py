"""What waits for one person, team or side: questions, conflicts and actions of which it moves next.

The questions are those of `planner asks`, so that a list, a sheet and a header count the same. What
is for a team is for each person of it; what is for another person is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from planner.analysis.asks import Ask, asks_of
from planner.plan.model import Plan
from planner.query.party import Party, concerns
from planner.roadmap.entities import Action
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_mine import MineAct, MineRow, MineShown
from planner.text.commands import initiative_name
from planner.text.shell import line, sayable


def mine_of(
    plan: Plan,
    party: Party,
    among: frozenset[str] | None = None,
    options: Sequence[str] = (),
) -> MineShown:
    """What waits for a party, of all or only of what concerns some initiatives; `options` stand at
    the end of each command.
    """
    rows = [*_asked(plan, party, among, options), *_promised(plan, party, among, options)]
    first = sorted((row for row in rows if _waits(plan, row)), key=_day)
    after = [row for row in rows if not _waits(plan, row)]
    return MineShown(
        schema=SCHEMA,
        title=plan.roadmap.title,
        as_of=plan.as_of,
        who=party.id,
        rows=(*first, *after),
    )


def party_of(plan: Plan, me: str) -> Party:
    """The person or team that the current user is."""
    side = plan.context.party(me).side
    return Party("person" if me in plan.roadmap.people else "team", me, side)


def _day(row: MineRow) -> date:
    return min(day for day in (row.since, row.due) if day is not None)


def _waits(plan: Plan, row: MineRow) -> bool:
    """Whether it was asked before the status date, or is due by it."""
    return any(day is not None and day <= plan.as_of for day in (row.since, row.due))


def _asked(
    plan: Plan, party: Party, among: frozenset[str] | None, options: Sequence[str]
) -> Iterator[MineRow]:
    for ask in asks_of(plan):
        meant = among is None or not among.isdisjoint(ask.initiatives)
        if meant and _is_for(plan, party, ask.side, ask.team):
            act, due = _act(ask), _due(ask)
            yield MineRow(
                act=act,
                kind=ask.kind,
                id=ask.id,
                other=ask.other,
                text=_text(plan, ask),
                code=ask.finding.code if ask.finding is not None else "",
                what="" if act == "review" else ask.what,
                side=ask.side,
                team=ask.team,
                since=ask.since,
                waiting=ask.waiting,
                due=due,
                overdue=due is not None and due < plan.as_of,
                launch=ask.launch,
                command=_command(_words(plan, ask, act), options),
            )


def _promised(
    plan: Plan, party: Party, among: frozenset[str] | None, options: Sequence[str]
) -> Iterator[MineRow]:
    """The open actions, the first that is due first; they are about no initiative."""
    if among is not None:
        return
    every = (one for one in plan.roadmap.actions.values() if one.done is None)
    for one in sorted(every, key=lambda one: (one.due or date.max, one.id)):
        who = plan.context.party(one.owner)
        if one.owner is not None and _is_for(plan, party, who.side, who.team):
            yield _action(plan, one, options)


def _action(plan: Plan, one: Action, options: Sequence[str]) -> MineRow:
    who = plan.context.party(one.owner)
    words = ["set", f"actions.{one.id}", f"done={plan.as_of}"]
    return MineRow(
        act="do",
        kind="actions",
        id=one.id,
        other="",
        text=one.label,
        code="",
        what="",
        side=who.side,
        team=who.team,
        since=None,
        waiting=0,
        due=one.due,
        overdue=one.due is not None and one.due < plan.as_of,
        launch=None,
        command=_command(words, options),
    )


# --- whose ----------------------------------------------------------------------------------------


def _is_for(plan: Plan, party: Party, side: str | None, team: str | None) -> bool:
    """Whether it is a party's own, or for the team of a person; not what is another person's."""
    if concerns(plan, party, side, team):
        return True
    person = plan.roadmap.people.get(party.id) if party.kind == "person" else None
    own = person.team if person is not None else None
    return own is not None and team == own


# --- what -----------------------------------------------------------------------------------------


def _act(ask: Ask) -> MineAct:
    """What is to be done; an agreement of both sides whose date has passed is reviewed."""
    return "review" if _review_due(ask) else ask.act


def _review_due(ask: Ask) -> str | None:
    """The day on which both sides wanted to review a working agreement, where that has passed."""
    said = ask.finding.data if ask.finding is not None and ask.kind == "agreements" else {}
    return None if said.get("lacking") else said.get("review_by")


def _due(ask: Ask) -> date | None:
    """When it is needed; a delivery is, as soon as it is there."""
    if due := _review_due(ask):
        return date.fromisoformat(due)
    return None if ask.act == "accept" else ask.due


def _text(plan: Plan, ask: Ask) -> str:
    if ask.finding is not None:
        return ask.finding.message
    entity = plan.roadmap.table(ask.kind).get(ask.id)
    return entity.label if entity is not None else ask.id


def _words(plan: Plan, ask: Ask, act: MineAct) -> list[str]:
    """The command that answers; what only a person can say stands in capitals."""
    work = initiative_name(ask.id)
    table = work if ask.kind == "initiatives" else f"{ask.kind}.{ask.id}"
    handover = ["agree", work, ask.other]
    if act == "review" and ask.kind == "agreements":
        return ["agree", table, "--review"]
    return {
        "agree": handover,
        "take": [*handover, "--take"],
        "accept": [*handover, "--accept"],
        "need": [*handover, "--needed-by", ask.what or "DATE"],
        "decide": ["set", table, f"decided={plan.as_of}", "choice=CHOICE"],
        "review": ["agree", table, "--review", "--by", ask.other],
        "measure": ["set", table, f"readings.{plan.as_of}=VALUE"],
        "own": ["set", table, f"{ask.other}=WHO"],
        "why": ["set", table, "why=TEXT"],
        "sign": ["agree", table, "--by", ask.other],
        "settle": ["explain", f"{ask.other}:{ask.id}"],
    }[act]


def _command(words: Sequence[str], options: Sequence[str]) -> str | None:
    every = ["planner", *words, *options]
    return line(every) if all(map(sayable, every)) else None
