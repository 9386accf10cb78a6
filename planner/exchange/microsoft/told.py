"""What Microsoft Project means otherwise than we do, told by task and for the whole file.

By the table at the end of the page on scheduling: what breaks links there and not here, what is
moved by total float, counted elapsed, split, held by hand, or not computed here at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from planner.analysis.importing import Link, Loss
from planner.exchange.microsoft.outline import Outline, Task
from planner.exchange.microsoft.records import inner
from planner.exchange.microsoft.terms import (
    CONSTRAINTS,
    DATES_FIELD,
    ID_FIELD,
    LATE,
    MOST_DAYS,
    Scale,
    day_of,
    is_elapsed,
    last_day_of,
    length_of,
    minutes_of,
    number_of,
)
from planner.exchange.microsoft.working_time import Working

_CONSTRAINT = "Constraint Type"
_NAMES = {
    0: "As Soon As Possible",
    1: "As Late As Possible",
    2: "Must Start On",
    3: "Must Finish On",
    4: "Start No Earlier Than",
    5: "Start No Later Than",
    6: "Finish No Earlier Than",
    7: "Finish No Later Than",
}
_BREAKING = (2, 3, 5, 7)
"""Constraints that move work there whatever it waits for."""


class Told:
    """What is told of one file."""

    def __init__(
        self,
        outline: Outline,
        project: Mapping[str, str],
        links: list[Link],
        calendar: Callable[[Task], Working],
        scale: Scale,
    ) -> None:
        self._outline = outline
        self._project = project
        self._waiting = {link.successor for link in links}
        self._links = links
        self._calendar = calendar
        self._scale = scale
        self._breaks = project.get("HonorConstraints", "1") != "0"

    # --- by task ----------------------------------------------------------------------------------

    def losses(self) -> Iterator[Loss]:
        """In the order of the file."""
        for task in self._outline.tasks:
            found = self._of_summary(task) if task.is_summary else self._of_work(task)
            yield from (Loss(task.row, column, value, why) for column, value, why in found)

    def _of_summary(self, task: Task) -> Iterator[tuple[str, str, str]]:
        fields = task.fields
        type = number_of(fields.get("ConstraintType"))
        if type:
            yield _CONSTRAINT, _dated(type, fields), "a summary task's; groups have no dates here"
        if day := last_day_of(fields.get("Deadline")):
            yield "Deadline", str(day), "a summary task's; groups have no dates here"
        if task.has("Recurring"):
            yield "Recurring", task.name, "it recurs: each time that the file has is work here"
        if task.has("Manual") and fields.get("Start"):
            yield (
                "Task Mode",
                "Manually Scheduled",
                "a summary task's dates are those of its work here",
            )
        if task.fields.get("Active") == "0":
            yield "Active", "No", "a summary task's; what is in it is taken for itself"
        if task.fields.get("Notes"):
            yield "Notes", task.fields["Notes"][:60], "a summary task's; groups have no notes here"

    def _of_work(self, task: Task) -> Iterator[tuple[str, str, str]]:
        yield from self._of_constraint(task)
        yield from self._of_mode(task)
        yield from self._of_length(task)
        yield from self._of_others(task)

    def _of_constraint(self, task: Task) -> Iterator[tuple[str, str, str]]:
        type = number_of(task.fields.get("ConstraintType"))
        if task.custom.get(DATES_FIELD) or type not in _NAMES:
            return
        said = _dated(type, task.fields)
        if type in _BREAKING and self._breaks and task.id in self._waiting:
            yield (
                _CONSTRAINT,
                said,
                "it moves work there and breaks links; here links win, and it is told",
            )
        elif type == LATE:
            yield _CONSTRAINT, said, "by total float there, dragging successors; by free float here"
        elif type in CONSTRAINTS and day_of(task.fields.get("ConstraintDate")) is None:
            yield _CONSTRAINT, said, "it has no date that can be read"

    def _of_mode(self, task: Task) -> Iterator[tuple[str, str, str]]:
        if task.has("Manual"):
            why = "it stays where it was put there; here that is when it starts at the earliest"
            yield "Task Mode", "Manually Scheduled", why
        for field, column in (("StartText", "Start"), ("FinishText", "Finish"),
                              ("DurationText", "Duration")):  # fmt: skip
            text = task.fields.get(field, "")
            if text and task.has("Manual") and minutes_of(text) is None and day_of(text) is None:
                yield column, text, "words in the place of a date or a length"

    def _of_length(self, task: Task) -> Iterator[tuple[str, str, str]]:
        fields = task.fields
        minutes = length_of(fields)
        if minutes is None:
            yield (
                "Duration",
                fields.get("Duration", ""),
                "no length that can be read; one is assumed",
            )
            return
        format = number_of(fields.get("DurationFormat"))
        if is_elapsed(format) and minutes:
            why = "elapsed time counts weekends; here it is the working days that are in it"
            yield "Duration", f"{minutes / 1440:g} edays", why
        elif minutes / self._scale.day > MOST_DAYS:
            yield "Duration", f"{minutes / 60:g} hours", "no length is more than ten years here"
        elif minutes % self._scale.day:
            yield "Duration", f"{minutes / 60:g} hours", "a length counts as whole days here"
        if minutes and task.has("Milestone"):
            yield "Milestone", "Yes", "it has a length, and a milestone has none here"
        if (span := self._split(task, minutes)) is not None:
            yield "Duration", f"{minutes / self._scale.day:g} days", span

    def _split(self, task: Task, minutes: float) -> str | None:
        """What is said of work that takes longer there than its length."""
        start, finish = day_of(task.fields.get("Start")), last_day_of(task.fields.get("Finish"))
        format = number_of(task.fields.get("DurationFormat"))
        if not start or not finish or not minutes or task.has("Manual") or is_elapsed(format):
            return None
        taken = working_days(self._calendar(task), task)
        if taken <= -(-minutes // self._scale.day) + 1:
            return None
        return f"there it takes {taken} working days (split, or held by a resource); here one piece"

    def _of_others(self, task: Task) -> Iterator[tuple[str, str, str]]:
        fields = task.fields
        if task.has("ExternalTask") or task.has("IsSubproject"):
            name = fields.get("SubprojectName", task.name)
            yield "External", name, "of another file: it is work of its own here"
        if number_of(fields.get("LevelingDelay")):
            yield (
                "Leveling Delay",
                fields["LevelingDelay"],
                "levelling is a proposal here",
            )
        if fields.get("Contact"):
            yield "Contact", fields["Contact"], "no key has it"
        for code in inner(task.record, "OutlineCode"):
            yield "Outline Code", str(code.get("ValueID", "")), "no key has it"

    # --- of the whole -----------------------------------------------------------------------------

    def notes(self) -> Iterator[str]:
        """What is to be known of the whole file."""
        project, work = self._project, self._outline.work
        if project.get("ScheduleFromStart") == "0":
            yield "it is scheduled back from its finish; here work starts as early as it can"
        limit = number_of(project.get("CriticalSlackLimit"))
        if limit:
            yield f"critical there is a total slack of {limit} days or less; here of 0 or less"
        if late := self._behind():
            yield (f"{late} unfinished tasks lie before the status date; Microsoft Project leaves "
                   "them there, here nothing unfinished is planned before it")  # fmt: skip
        if early := self._out_of_sequence():
            yield (f"{early} tasks were begun before what they wait for was done; there they run "
                   "on, here what remains of them waits")  # fmt: skip
        driven = sum(task.has("EffortDriven") for task in work)
        if driven:
            yield f"{driven} tasks are effort-driven: here more people make no length shorter"
        if baselines := sum("Baseline" in task.fields for task in work):
            yield f"{baselines} tasks have a baseline; here git has what the plan was"
        if any(ID_FIELD in task.custom for task in work):
            return
        calendars = {self._calendar(task).uid for task in work}
        if len(calendars) > 1 and any(link.lag for link in self._links):
            yield "lags count in the successor's calendar there, and in the roadmap's here"

    def _behind(self) -> int:
        status = day_of(self._project.get("StatusDate"))
        if status is None:
            return 0
        waiting = (task.fields for task in self._outline.work if not task.fields.get("ActualStart"))
        starts = (day_of(one.get("Start")) for one in waiting if one.get("Active") != "0")
        return sum(day is not None and day < status for day in starts)

    def _out_of_sequence(self) -> int:
        by_id = {task.id: task for task in self._outline.work}
        found = set()
        for link in self._links:
            before, after = by_id.get(link.predecessor), by_id.get(link.successor)
            if before is None or after is None or link.type != "FS":
                continue
            begun = after.fields.get("ActualStart") and not after.fields.get("ActualFinish")
            if begun and not before.fields.get("ActualFinish"):
                found.add(after.id)
        return len(found)


def working_days(calendar: Working, task: Task) -> int:
    """Working days from a task's start to its finish, both with; 0 without both."""
    start, finish = day_of(task.fields.get("Start")), last_day_of(task.fields.get("Finish"))
    if start is None or finish is None or finish < start:
        return 0
    return calendar.days(start, finish)


def _dated(type: int, fields: Mapping[str, str]) -> str:
    day = day_of(fields.get("ConstraintDate"))
    return _NAMES.get(type, str(type)) + (f" {day}" if day and type in CONSTRAINTS else "")
