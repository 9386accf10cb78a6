"""What is said on opening: what moved since somebody last looked, what waits for them, what is due.

Dates are compared as they were seen and as they are, so that a look at what was not committed
counts too; why a launch moved is asked of the history, and only where one moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from operator import attrgetter
from pathlib import Path

from msgspec import Struct, structs

from planner.analysis.agenda import agenda_of
from planner.errors import PlannerError
from planner.plan.model import Plan
from planner.roadmap.figures import listed
from planner.roadmap.output_history import StepRow
from planner.roadmap.output_mine import MineRow, MineShown
from planner.schedule.shift import Shift


class Moved(Struct, frozen=True):
    """A launch that is another day than when it was last looked at; without a day it is in a
    circle, or was not there. `why` and `who` are empty where the history does not say, and so are
    `time` and `edits`, the two parts of the move, where they are not of this move or only one is.
    """

    id: str
    before: date | None
    now: date | None
    shift: Shift | None
    why: str = ""
    who: str = ""
    time: int = 0
    edits: int = 0

    @property
    def size(self) -> int:
        """How far it moved, in working days; what has no date any more moved farthest."""
        return abs(self.shift.working) if self.shift is not None else 10_000


class Due(Struct, frozen=True):
    """What the next meeting is for: so many handovers to agree, so many decisions overdue."""

    meeting: str
    day: date
    agree: int
    decide: int


class Opening(Struct, frozen=True):
    """What is said. `since` is the status date of the last look, None for the first one; the main
    launch stands first, then what moved most. `mine` is empty where nobody knows who looks.
    """

    since: date | None
    moved: tuple[Moved, ...]
    mine: tuple[MineRow, ...]
    due: Due | None

    def __bool__(self) -> bool:
        return bool(self.moved or self.mine or self.due)


def opening_of(
    plan: Plan,
    mine: MineShown | None,
    since: date | None,
    seen: Mapping[str, date | None],
) -> Opening:
    """What is said to somebody who looked on a day, and saw each launch on some day; or of whom it
    is known what waits for them. To anybody else nothing.
    """
    if since is None and mine is None:
        return Opening(None, (), (), None)
    return Opening(
        since=since,
        moved=moved_since(plan, seen),
        mine=mine.rows if mine is not None else (),
        due=due_of(plan),
    )


def explained(opening: Opening, path: Path, plan: Plan, commit: str | None) -> Opening:
    """The same with why the first launch moved, and by whom, as far as the history since a commit
    tells. Runs git.
    """
    if not opening.moved or commit is None:
        return opening
    from planner.analysis.history import compared

    first, *others = opening.moved
    try:
        step = compared(path, plan, commit).move(first.id)
    except PlannerError:  # the commit is gone, or can't be read
        return opening
    time, edits = _parts(step, first)
    told = structs.replace(first, why=_why(step), who=_who(step), time=time, edits=edits)
    return structs.replace(opening, moved=(told, *others))


def _parts(step: StepRow, moved: Moved) -> tuple[int, int]:
    """What time and edits did, where both did something and they are the parts of this move."""
    whole = moved.shift.working if moved.shift is not None else None
    if step.time and step.edits and step.time + step.edits == whole:
        return step.time, step.edits
    return 0, 0


def _why(step: StepRow) -> str:
    """``quote-form 6w → 7w``: what moved it, edits before what time alone did."""
    return listed([one.text for one in step.causes] or step.waited, 2)


def _who(step: StepRow) -> str:
    return listed(dict.fromkeys(one.author for one in step.causes if one.author), 2)


def due_of(plan: Plan) -> Due | None:
    """What the sides have to agree on and to decide when they meet next; None for nothing."""
    if not plan.roadmap.meetings:
        return None
    agenda = agenda_of(plan)
    meeting = agenda.meeting
    agree = len(agenda.items("agree"))
    overdue = sum(item.state == "overdue" for item in agenda.items("decide"))
    if meeting is None or meeting.next is None or not (agree or overdue):
        return None
    return Due(meeting.title, meeting.next, agree, overdue)


def moved_since(plan: Plan, seen: Mapping[str, date | None]) -> tuple[Moved, ...]:
    """The launches that are elsewhere than they were seen, and those that are new or gone from the
    dated ones; the main one first.
    """
    found = sorted(_moved(plan, seen), key=attrgetter("size"), reverse=True)
    main = plan.schedule.main_launch
    return tuple(sorted(found, key=lambda one: one.id != main))


def _moved(plan: Plan, seen: Mapping[str, date | None]) -> Iterator[Moved]:
    for id, before in seen.items():
        dates = plan.schedule.get(id)
        now = dates.finish if dates is not None else None
        if id in plan.roadmap.initiatives and now != before:
            shift = plan.schedule.shift(before, now) if before and now else None
            yield Moved(id, before, now, shift)
