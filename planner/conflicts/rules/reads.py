"""READ: what reading could not take as written.

Reading itself finds these; here they become findings. A bad value counts as absent, so each of
them costs as little as possible.
"""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.context import Context
from planner.conflicts.findings import NOBODY, Finding, Next
from planner.conflicts.rule import Limits, Rule
from planner.roadmap.reading import Problem


def reported(context: Context, code: str) -> Iterator[Finding]:
    """The problems that reading and the calendars found under one code."""
    problems = (*context.reading.problems, *context.calendars.problems)
    return (_finding(context, problem) for problem in problems if problem.code == code)


def invalid_value(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Values that the format does not allow."""
    return reported(context, "READ01")


def unknown_key(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Keys and tables that the format does not know."""
    return reported(context, "READ02")


def _finding(context: Context, problem: Problem) -> Finding:
    who = _next(context, problem.kind, problem.id)
    return Finding(
        code=problem.code,
        severity=problem.severity,
        kind=problem.kind,
        on=(problem.id,) if problem.id else (),
        key=problem.key,
        root=tuple(part for part in (problem.kind, problem.id, ".".join(problem.key)) if part),
        message=problem.message,
        who=who,
        data={"found": problem.found, "allowed": problem.allowed, "nearest": problem.nearest},
        file=problem.file,
    )


def _next(context: Context, kind: str, id: str) -> Next:
    return context.owner(id) if kind == "initiatives" else NOBODY


RULES = (
    Rule(
        code="READ01",
        name="invalid-value",
        severity="error",
        family="reads",
        summary="a value that the format does not allow",
        fires_when="a value is of the wrong type, out of its range, or not a word that the key "
        "takes; it then counts as absent",
        why_marketing="a date or an estimate that can't be read is not in the plan",
        why_it="the plan was computed without what somebody meant to say",
        example='[initiatives.web-push]\nestimate = "3 wks"',
        fixes=("write an allowed value", "remove the key"),
        find=invalid_value,
    ),
    Rule(
        code="READ02",
        name="unknown-key",
        severity="info",
        family="reads",
        summary="a key or table that the format does not know",
        fires_when="a key is not one of its table's, a table is of no known kind, or `[checks]` "
        "names a setting that no rule has; it is kept as it is",
        why_marketing="a misspelt key says nothing, though it looks as if it did",
        why_it="a setting that is not read changes nothing",
        example='[initiatives.web-push]\nestimat = "3w"',
        fixes=("use the nearest known key",),
        find=unknown_key,
    ),
)
