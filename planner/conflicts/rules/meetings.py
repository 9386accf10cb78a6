"""MEET: whether the two sides meet as often as they meant to."""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.context import Context, by_count
from planner.conflicts.findings import Finding, Next
from planner.conflicts.rule import Limits, Rule
from planner.roadmap.entities import Meeting
from planner.roadmap.figures import working_days
from planner.roadmap.quantities import length_days
from planner.roadmap.sides import JOINT


def meeting_overdue(context: Context, limits: Limits) -> Iterator[Finding]:
    """Meetings that were last held too long ago, and those to which only one side comes."""
    for meeting in context.roadmap.meetings.values():
        late = _late(context, meeting, limits["meeting_overdue"])
        side = _only_side(context, meeting)
        why = [f"last held {working_days(late)} ago"] if late else []
        why += [f"only {context.roadmap.side_title(side)} attends"] if side else []
        if why:
            yield Finding(
                kind="meetings",
                on=(meeting.id,),
                key=("last",) if late else ("attends",),
                root=(meeting.id,),
                size=by_count(late, "working day", "since it was held"),
                message=f"{meeting.label}: {', '.join(why)}",
                who=Next(JOINT),
                data={"days": late, "side": side},
            )


def _late(context: Context, meeting: Meeting, share: int) -> int:
    """Working days since it was held, where they are more than a share of `every`; else 0."""
    if meeting.every is None or meeting.last is None:
        return 0
    every = length_days(meeting.every, context.network.week)
    gone = context.days(meeting.last, context.as_of)
    return gone if 100 * gone > share * every else 0


def _only_side(context: Context, meeting: Meeting) -> str | None:
    """The side of all who attend; None where there are several, or somebody of both."""
    sides = {context.roadmap.side_of_party(party) for party in meeting.attends} - {None}
    return sides.pop() if len(sides) == 1 and JOINT not in sides else None


RULES = (
    Rule(
        code="MEET01",
        name="meeting-overdue",
        severity="info",
        family="meetings",
        summary="a joint meeting that is overdue, or that one side attends alone",
        fires_when="a meeting was last held more than `meeting_overdue` per cent of its `every` "
        "ago, or all who attend are of one side",
        not_when="`every` or `last` is missing; somebody of a joint team attends",
        why_marketing="what IT decided meanwhile is learned from the plan, and late",
        why_it="promises are made without those who have to keep them",
        example='[checks.severity]\nMEET01 = "info"\n[meetings.joint]\nevery = "2w"\n'
        "last = 2026-12-10",
        thresholds={"meeting_overdue": 150},
        off=True,
        find=meeting_overdue,
        by_hand="hold it, with both sides, and write the day as its `last`",
    ),
)
