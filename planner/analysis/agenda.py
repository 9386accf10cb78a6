"""What marketing and IT have to talk about when they meet, and who speaks to it.

It is made of what the plan says already: the questions that somebody has to answer, conflicts that
are late, handovers that are not agreed, measurements, waivers, launches. What moved since the last
meeting comes from the history, where there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from planner.analysis.agenda_items import SECTIONS, Material
from planner.analysis.history import Compared, compared, revision_named
from planner.analysis.meetings import (
    WITHOUT,
    joint_meeting,
    last_met,
    meets_after,
    meets_on,
    overdue_by,
)
from planner.analysis.raci import Handover
from planner.analysis.speakers import Speakers
from planner.errors import PlannerError
from planner.plan.model import Plan
from planner.query.party import Party, concerns
from planner.roadmap.entities import Meeting
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_agenda import (
    AgendaShown,
    MeetingRow,
    MovedRow,
    SectionRow,
    SpeakerRow,
    WaitRow,
)


def agenda_of(
    plan: Plan,
    meeting: Meeting | None = None,
    since: date | None = None,
    compared: Compared | None = None,
    unknown: str | None = None,
) -> AgendaShown:
    """The agenda of a meeting, by default of the joint one, with what changed since a day, by
    default since it was last held. `unknown` is why nothing is `compared`.
    """
    meeting = meeting or joint_meeting(plan)
    since = since or last_met(plan, meeting)
    speakers = Speakers(plan, meeting)
    row = _meeting(plan, meeting, speakers) if meeting is not None else None
    until = (row.following if row is not None else None) or plan.as_of + WITHOUT
    made = Material(plan, speakers, since, until, compared.then if compared is not None else None)
    return AgendaShown(
        schema=SCHEMA,
        title=plan.roadmap.title,
        as_of=plan.as_of,
        meeting=row,
        since=since,
        moved=tuple(_moved(plan, speakers, compared)) if compared is not None else None,
        unknown=None if compared is not None else unknown,
        waits=tuple(_waits(made.handovers)),
        sections=tuple(SectionRow(name=name, items=tuple(of(made))) for name, of in SECTIONS),
    )


def moves_since(path: Path, plan: Plan, day: date) -> tuple[Compared | None, str | None]:
    """What moved since a day, by the record of the roadmap at a path; or why nobody can tell."""
    try:
        return compared(path, plan, revision_named(path, plan, day.isoformat())), None
    except PlannerError as error:
        return None, error.message


def agenda_for(
    plan: Plan, shown: AgendaShown, party: Party | None, work: frozenset[str] | None
) -> AgendaShown:
    """What of an agenda is for a party to speak to, and is about some work; None asks for all."""

    def is_asked(ids: Sequence[str], speaks: Sequence[SpeakerRow]) -> bool:
        about = work is None or not work.isdisjoint(ids)
        return about and (party is None or any(_is_for(plan, party, one) for one in speaks))

    if party is None and work is None:
        return shown
    sections = (
        replace(each, items=tuple(one for one in each.items if is_asked(one.work, one.speaks)))
        for each in shown.sections
    )
    moved = shown.moved
    if moved is not None:
        moved = tuple(one for one in moved if is_asked((one.id,), one.speaks))
    side = party.id if party is not None and party.kind == "side" and work is None else None
    waits = tuple(one for one in shown.waits if one.side == side)
    return replace(shown, sections=tuple(sections), moved=moved, waits=waits)


def _is_for(plan: Plan, party: Party, speaker: SpeakerRow) -> bool:
    teams = (speaker.team, speaker.id)
    return any(concerns(plan, party, speaker.side, team) for team in teams)


def _meeting(plan: Plan, meeting: Meeting, speakers: Speakers) -> MeetingRow:
    day = meets_on(plan, meeting)
    return MeetingRow(
        id=meeting.id,
        title=meeting.label,
        last=meeting.last,
        next=day,
        following=meets_after(plan, meeting, day),
        overdue=overdue_by(plan, meeting),
        attends=tuple(each for party in meeting.attends for each in speakers.of(None, party)),
    )


# --- what moved, and who waits --------------------------------------------------------------------


def _moved(plan: Plan, speakers: Speakers, compared: Compared) -> Iterator[MovedRow]:
    """The launches that moved, the main one first."""
    for id in compared.launches:
        yield MovedRow(
            id=id,
            title=plan.roadmap.initiatives[id].label,
            step=compared.move(id),
            speaks=speakers.owner(id),
        )


def _waits(found: Iterable[Handover]) -> Iterator[WaitRow]:
    by_side: dict[str, list[tuple[int, str, str]]] = {}
    for one in found:
        if one.next_side is not None and one.waiting:
            row = (one.waiting, one.supplier, one.successor)
            by_side.setdefault(one.next_side, []).append(row)
    for side, rows in by_side.items():
        days, *pair = max(rows, key=lambda row: row[0])
        total = sum(row[0] for row in rows)
        yield WaitRow(
            side=side, days=total, number=len(rows), longest=(pair[0], pair[1]), longest_days=days
        )
