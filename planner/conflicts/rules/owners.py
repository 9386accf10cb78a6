"""OWN: who is accountable: one team or person for each initiative, who can be asked, and stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from planner.conflicts.context import Context, briefly, by_count, by_days, shared
from planner.conflicts.findings import Finding, Next
from planner.conflicts.rule import Limits, RollUp, Rule, Topic, where_others_do
from planner.roadmap.entities import Agreement, Initiative, Person
from planner.roadmap.figures import count, listed
from planner.roadmap.ids import as_one_word
from planner.roadmap.sides import JOINT
from planner.schedule.worked import Days, at_once, concurrent

MOST_ASKED = 50
"""So many people of a team, or with a skill, are looked at to stand in for one."""


def no_accountable(context: Context, limits: Limits) -> Iterator[Finding]:
    """Open work without an owner; a warning where it starts within the horizon."""
    for initiative in context.open:
        if not initiative.owner and not context.unread("initiatives", initiative.id, "owner"):
            yield _finding(context, initiative, limits["horizon"])


def _finding(context: Context, initiative: Initiative, horizon: int) -> Finding:
    soon = context.starts_within(initiative.id, horizon)
    dates = context.dates(initiative.id)
    side = context.sides[initiative.id]
    lead = context.roadmap.portfolios[side].lead if side in context.roadmap.portfolios else None
    when = ""
    if dates is not None:
        when = " and has started" if dates.started else f" (starts {context.day(dates.start)})"
    return Finding(
        severity="warning" if soon else "info",
        on=(initiative.id,),
        root=(initiative.id,),
        message=f"{initiative.id} has no owner{when}",
        who=Next(side, lead),
        data={"start": dates.start.isoformat() if dates is not None else None},
    )


# --- OWN02 ----------------------------------------------------------------------------------------


def two_accountables(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Agreements and open work that name more than one accountable."""
    for agreement in context.roadmap.agreements.values():
        several = tuple(dict.fromkeys(agreement.accountable))
        if len(several) > 1:
            yield _two(context, "agreements", agreement.id, several, "accountable")
    for initiative in context.open_having("owner"):
        several = tuple(dict.fromkeys(initiative.owner))
        if len(several) > 1:
            yield _two(context, "initiatives", initiative.id, several, "owner")


def _two(context: Context, kind: str, id: str, parties: tuple[str, ...], key: str) -> Finding:
    what = f"working agreement {id}" if kind == "agreements" else id
    noun = "people" if all(one in context.roadmap.people for one in parties) else "teams"
    nexts = [context.party(one) for one in parties]
    return Finding(
        kind=kind,
        on=(id,),
        key=(key,),
        root=(kind, id),
        size=by_count(len(parties), "owner", "named"),
        message=f"{what} has {len(parties)} accountable {noun}: keep one",
        who=shared(nexts),
        data={"accountable": list(parties), "key": key},
    )


# --- OWN03 ----------------------------------------------------------------------------------------


def unagreed_agreement(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Working agreements that a side has not agreed to, or whose review is due."""
    for agreement in context.roadmap.agreements.values():
        lacking = context.roadmap.yet_to_agree(agreement)
        due = agreement.review_by is not None and agreement.review_by < context.as_of
        if lacking or due:
            yield _open_agreement(context, agreement, lacking)


def _open_agreement(context: Context, agreement: Agreement, lacking: list[str]) -> Finding:
    due = agreement.review_by
    said = []
    if lacking:
        sides = listed(context.roadmap.side_title(side) for side in lacking)
        said.append(f"{sides} {'has' if len(lacking) == 1 else 'have'} not agreed")
    if due is not None and due < context.as_of:
        said.append(f"review overdue since {context.day(due)}")
    who = Next(lacking[0], _lead(context, lacking[0])) if len(lacking) == 1 else Next(JOINT)
    if not lacking:
        who = context.party(next(iter(agreement.accountable), None))
    return Finding(
        kind="agreements",
        on=(agreement.id,),
        key=("agreed",) if lacking else ("review_by",),
        root=(agreement.id,),
        size=by_count(len(lacking), "side", "not agreed"),
        message=f"working agreement {agreement.id}: {', '.join(said)}",
        who=who,
        data={"lacking": lacking, "review_by": due.isoformat() if due else None},
    )


def _lead(context: Context, side: str) -> str | None:
    known = context.roadmap.portfolios.get(side)
    return known.lead if known is not None else None


# --- OWN04 ----------------------------------------------------------------------------------------


def carried(context: Context) -> dict[str, list[Initiative]]:
    """The open work that each person owns or is responsible for."""
    people = context.roadmap.people
    found: dict[str, list[Initiative]] = {}
    for initiative in context.open_having("responsible", "owner") if people else ():
        for party in dict.fromkeys((*initiative.owner[:1], *initiative.responsible)):
            if party in people:
                found.setdefault(party, []).append(initiative)
    return found


def role(initiative: Initiative, person: str) -> str:
    """The key under which a person carries work: the one to look at first."""
    return "owner" if person == initiative.accountable else "responsible"


def key_person(context: Context, _limits: Limits) -> Iterator[Finding]:
    """People with several critical initiatives at once; one for each person."""
    for person, carries in carried(context).items():
        work = [one.id for one in carries if _is_critical(context, one.id)]
        ids = context.by_start(work)
        worked = [found for id in ids if (found := context.schedule.worked(id))]
        most = max(concurrent(worked), key=len, default=[])
        days = at_once(worked[place] for place in most)
        if days is not None:
            yield _carries(context, person, [ids[place] for place in sorted(most)], days)


def _is_critical(context: Context, id: str) -> bool:
    dates = context.dates(id)
    return dates is not None and dates.critical and not dates.finished


def _carries(context: Context, person: str, ids: list[str], days: Days) -> Finding:
    return Finding(
        on=tuple(ids),
        key=(role(context.roadmap.initiatives[ids[0]], person),),
        through=(person,),
        root=(person,),
        size=by_count(days.days, "working day", "on several in parallel", person),
        message=f"{briefly(ids, 31)} need {context.roadmap.party_title(person)} in parallel for "
        f"{count(days.days, 'working day')}",
        who=Next(context.party(person).side or context.together(ids).side, person),
        data={
            "person": person,
            "others": {id: stand_ins(context, id, person) for id in ids},
            "start": days.first.isoformat(),
            "finish": days.last.isoformat(),
            "days": days.days,
        },
    )


# --- OWN05 ----------------------------------------------------------------------------------------


def leaves_before(context: Context, _limits: Limits) -> Iterator[Finding]:
    """People who leave before their work finishes; one for each person."""
    for id, work in carried(context).items():
        person = context.roadmap.people[id]
        if person.until is not None:
            late = [one.id for one in work if not _is_here(context, person, one.id)]
            if late:
                yield _leaves(context, person, person.until, context.by_start(late))


def _is_here(context: Context, person: Person, id: str) -> bool:
    """Whether a person is still here when work finishes; it is not known of work without dates."""
    dates = context.dates(id)
    return person.until is None or dates is None or dates.finish <= person.until


def stand_ins(context: Context, id: str, person: str) -> list[str]:
    """Who else could do what a person does for work: those on it with them, then their team, then
    others with the skills that the work asks of them; all are here until it finishes. Of very many
    the first `MOST_ASKED` are looked at.
    """
    initiative, people = context.roadmap.initiatives[id], context.roadmap.people
    asked = _words(initiative.skills) & _words(people[person].skills)

    def able(candidates: Iterable[str]) -> list[str]:
        known = (people[one] for one in candidates if one in people and one != person)
        return [
            one.id
            for one in islice(known, MOST_ASKED)
            if asked <= _words(one.skills) and _is_here(context, one, id)
        ]

    team = people[person].team or context.team(id)
    near = able(initiative.responsible) + able(context.members.get(team or "", ()))
    skilled: list[str] = min((context.skilled.get(one, []) for one in asked), key=len, default=[])
    return list(dict.fromkeys(near or able(skilled)))


def _words(skills: tuple[str, ...]) -> set[str]:
    return set(map(as_one_word, skills))


def _leaves(context: Context, person: Person, until: date, ids: list[str]) -> Finding:
    finishes = [dates.finish for id in ids if (dates := context.dates(id)) is not None]
    gap = context.schedule.shift(until, max(finishes))
    title = context.roadmap.party_title(person.id)
    others = {id: stand_ins(context, id, person.id) for id in ids}
    verb = "ends" if len(ids) == 1 else "end up to"
    leaves = "leaves" if until >= context.as_of else "left"
    return Finding(
        on=tuple(ids),
        key=(role(context.roadmap.initiatives[ids[0]], person.id),),
        through=(person.id,),
        root=(person.id,),
        size=by_days(gap, f"after {title} {leaves}", person.id),
        message=f"{briefly(ids, 25)} {verb} {gap.amount} after {title} {leaves}: "
        f"{_who_else(context, others)}",
        who=shared(Next(context.sides[id], context.team(id)) for id in ids),
        data={"person": person.id, "until": until.isoformat(), "others": others},
    )


def _who_else(context: Context, others: dict[str, list[str]]) -> str:
    """``ask Ben Ode``: the first who could do any of it."""
    first = next((one for able in others.values() for one in able), None)
    return f"ask {context.roadmap.party_title(first)}" if first else "nobody else could"


AGREEMENTS = Topic(
    "working agreements",
    "there is an `[agreements]` table",
    lambda context: bool(context.roadmap.agreements),
)

RULES = (
    Rule(
        code="OWN01",
        name="no-accountable",
        severity="warning",
        family="owners",
        summary="an initiative without an owner",
        fires_when="an open initiative has no `owner`; info where it starts after the horizon",
        not_when="its `owner` is written and could not be read",
        why_marketing="there is nobody to ask when the date moves",
        why_it="what belongs to everybody is started by nobody",
        example='[initiatives.web-push]\nestimate = "3w"\n[initiatives.cdp]\nowner = "data"',
        fix_kinds=("name an owner",),
        thresholds={"horizon": 65},
        topic=where_others_do(
            "owners",
            "three initiatives, or a third of them, have an `owner`",
            lambda context: (len(context.having("owner")), len(context.roadmap.initiatives)),
        ),
        roll_up=RollUp(
            lambda context, _limits: len(context.open),
            lambda number, total: f"{number} of {count(total, 'open initiative')} have no owner",
        ),
        find=no_accountable,
        fixes="owners.owner",
    ),
    Rule(
        code="OWN02",
        name="two-accountables",
        severity="warning",
        family="owners",
        summary="more than one team or person is accountable",
        fires_when="a working agreement's `accountable` or an initiative's `owner` lists more than "
        "one; only the first counts",
        why_marketing="each of the two waits for the other to decide",
        why_it="in an incident nobody knows whom to call",
        example='[agreements.publishing]\naccountable = ["web", "web-eng"]\n'
        "agreed = { marketing = 2027-01-18, it = 2027-01-25 }",
        fix_kinds=("keep one accountable, make the others responsible",),
        topic=Topic(
            "owners",
            "a working agreement has an `accountable`, or an initiative an `owner`",
            lambda context: (
                bool(context.having("owner"))
                or any(one.accountable for one in context.roadmap.agreements.values())
            ),
        ),
        find=two_accountables,
        fixes="owners.one_accountable",
    ),
    Rule(
        code="OWN03",
        name="unagreed-agreement",
        severity="warning",
        family="owners",
        summary="a working agreement that is not agreed, or whose review is overdue",
        fires_when="`agreed` lacks a side whose teams or people the agreement names (marketing and "
        "IT where it names neither), or `review_by` has passed",
        why_marketing="one side works by a rule that the other side has never agreed",
        why_it="teams still follow what was agreed for another contract or tool",
        example='[agreements.testing]\naccountable = "growth"\nagreed = { marketing = 2027-01-18 }',
        fix_kinds=("record the agreement", "record its review"),
        topic=AGREEMENTS,
        find=unagreed_agreement,
        fixes="owners.agreement",
    ),
    Rule(
        code="OWN04",
        name="key-person",
        severity="warning",
        family="owners",
        summary="one person on two critical initiatives in parallel",
        fires_when="a person owns, or is `responsible` for, two critical initiatives that overlap",
        not_when="one of the two is not critical",
        why_marketing="a holiday or an illness moves the launch",
        why_it="each initiative gets half of the person who knows it",
        example='[people.ines]\nname = "Ines"\n[initiatives.a]\nestimate = "4w"\n'
        'responsible = ["ines"]\n[initiatives.b]\nestimate = "4w"\nresponsible = ["ines"]',
        fix_kinds=("assign one to somebody else", "put one after the other"),
        topic=Topic(
            "owners",
            "a person with a `[people]` table owns an initiative or is `responsible` for it",
            lambda context: bool(carried(context)),
        ),
        find=key_person,
        fixes="owners.relieve",
    ),
    Rule(
        code="OWN05",
        name="leaves-before",
        severity="warning",
        family="owners",
        summary="a person who leaves before their initiative finishes",
        fires_when="an open initiative finishes after the `until` of its owner or of a person "
        "`responsible` for it; who else could do it is named",
        not_when="it finishes on that day",
        why_marketing="who knows why it was promised is gone when it is handed over",
        why_it="what only one person knows leaves with them",
        example='[people.ines]\nname = "Ines"\nteam = "data"\nuntil = 2027-03-12\n[people.ben]\n'
        'team = "data"\n[initiatives.cdp]\nestimate = "4w"\nresponsible = ["ines"]',
        fix_kinds=("assign it to somebody who stays",),
        find=leaves_before,
        fixes="owners.succeed",
    ),
)
