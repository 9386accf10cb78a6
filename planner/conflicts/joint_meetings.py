"""Which meeting is the joint one, and when it was last held.

Several teams may meet in between; what both sides have seen is what they met about together.
"""

from __future__ import annotations

from datetime import date

from planner.conflicts.context import Context
from planner.roadmap.entities import Meeting
from planner.roadmap.sides import belongs_to


def joint_meeting(context: Context) -> Meeting | None:
    """The meeting that is meant where none is named: to which most sides come, then most parties,
    then the first in the file.
    """
    meetings = context.roadmap.meetings.values()
    return max(meetings, key=lambda one: (_sides(context, one), len(one.attends)), default=None)


def _sides(context: Context, meeting: Meeting) -> int:
    parties = (context.party(party).side for party in meeting.attends)
    return len({side for each in parties for side in belongs_to(each)})


def last_held(context: Context, until: date) -> date | None:
    """When the joint meeting was last held, up to a day; where nobody says, any meeting."""
    every = context.roadmap.meetings.values()
    held = {one.id: one.last for one in every if one.last is not None and one.last <= until}
    joint = joint_meeting(context)
    latest = max(held.values(), default=None)
    return held.get(joint.id, latest) if joint is not None else latest
