"""Meetings of the two sides: which one is meant, when it was held, and when it is held again.

A meeting has a rhythm: the days at `every` after its `last`. The one that an agenda is for is the
nearest day of the rhythm to the status date, so that whoever closes it a day later still closes the
right one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from planner.calendars.working import Calendars
from planner.conflicts import joint_meetings
from planner.errors import UsageError
from planner.plan.model import Plan
from planner.roadmap.entities import Meeting
from planner.roadmap.figures import listed
from planner.roadmap.ids import nearest, plain_letters
from planner.roadmap.quantities import Length, length_days
from planner.roadmap.values import FIRST_DAY, LAST_DAY
from planner.text.edits import Edit, SetKey
from planner.text.phrases import did_you_mean, typed

WITHOUT = timedelta(weeks=2)
"""How far back is looked where no meeting says when it was last held."""


def meeting_named(plan: Plan, text: str) -> Meeting:
    """The meeting with this id or title. Raises UsageError with those there are."""
    meetings = plan.roadmap.meetings
    for one in meetings.values():
        if plain_letters(text) in map(plain_letters, (one.id, one.label)):
            return one
    near = nearest(text, meetings, loose=True)
    hint = f"the meetings are {listed(meetings)}" if meetings else ADD
    raise UsageError(f"there is no meeting {typed(text)}", hint=did_you_mean(near, hint))


def meeting_meant(plan: Plan, text: str | None) -> Meeting | None:
    """The meeting that is named, else the joint one. Raises UsageError."""
    return meeting_named(plan, text) if text is not None else joint_meeting(plan)


ADD = "`planner add meetings.ID every=2w attends=TEAM,TEAM`"
"""How a meeting comes into the file."""


def joint_meeting(plan: Plan) -> Meeting | None:
    """The meeting that is meant where none is named."""
    return joint_meetings.joint_meeting(plan.context)


def last_held(plan: Plan) -> date | None:
    """When the joint meeting was last held; where nobody says, the latest of all meetings."""
    return joint_meetings.last_held(plan.context, plan.as_of)


def last_met(plan: Plan, meeting: Meeting | None) -> date:
    """When a meeting was last held; where nobody says, when it should have been."""
    if meeting is not None and meeting.last is not None:
        return meeting.last
    every = meeting.every if meeting is not None else None
    before = _step(plan.calendars, plan.as_of, every, -1) if every is not None else None
    return before or plan.as_of - WITHOUT


def meets_on(plan: Plan, meeting: Meeting) -> date | None:
    """The day that an agenda is for; None where no rhythm tells."""
    if meeting.last is None:
        return None
    before: date | None = None
    for day in _rhythm(plan, meeting.last, meeting.every):
        if day >= plan.as_of:
            near = before is not None and plan.as_of - before < day - plan.as_of
            return before if near else day
        before = day
    return None


def meets_after(plan: Plan, meeting: Meeting, day: date | None) -> date | None:
    """The day of the rhythm after one of its days."""
    if day is None or meeting.every is None:
        return None
    return _step(plan.calendars, day, meeting.every, 1)


def overdue_by(plan: Plan, meeting: Meeting) -> int:
    """Working days since a meeting should have been held again."""
    due = meets_after(plan, meeting, meeting.last)
    return max(0, plan.context.days(due, plan.as_of)) if due is not None else 0


def _rhythm(plan: Plan, last: date, every: Length | None) -> Iterator[date]:
    day = _step(plan.calendars, last, every, 1) if every is not None else None
    while day is not None:
        yield day
        assert every is not None
        day = _step(plan.calendars, day, every, 1)


def _step(calendars: Calendars, day: date, every: Length, sign: int) -> date | None:
    """A day some weeks on, or some working days; None where that is no day any more."""
    try:
        if every.unit == "w" and every.number == int(every.number):
            moved = day + timedelta(weeks=sign * int(every.number))
        else:
            moved = calendars.roadmap.add(day, sign * length_days(every, 5))
    except (OverflowError, ValueError):
        return None
    return moved if moved != day and FIRST_DAY <= moved <= LAST_DAY else None


def closing(plan: Plan, meeting: Meeting, day: date | None = None) -> Edit:
    """The edit that closes a meeting: it was held on this day, by default on that of the agenda; on
    the status date where the last one is nearer than that, since it is one between.
    """
    held = day or meets_on(plan, meeting) or plan.as_of
    last = meeting.last
    if day is None and last is not None and last <= plan.as_of:
        held = plan.as_of if plan.as_of - last < held - plan.as_of else held
    return SetKey("meetings", meeting.id, ("last",), held)
