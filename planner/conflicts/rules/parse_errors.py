"""READ: what reading could not take as written.

Reading itself finds these; here they become findings. A bad value counts as absent, so each of
them costs as little as possible.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from msgspec.structs import replace

from planner.conflicts.context import Context, briefly
from planner.conflicts.findings import NOBODY, Finding, Next
from planner.conflicts.reading_problems import problems
from planner.conflicts.rule import Limits, Rule
from planner.conflicts.settings import ELSEWHERE
from planner.roadmap.fields import unscheduled_key
from planner.roadmap.figures import count, listed
from planner.roadmap.quantities import LENGTH_WORDS
from planner.roadmap.reading import Problem
from planner.roadmap.values import LAST_DAY
from planner.schedule.compute import TOO_LATE

LINE = 92
"""The columns of a message with those who go on without what could not be read."""


def reported(context: Context, code: str) -> Iterator[Finding]:
    """The problems that reading and the calendars found under one code, one for each value."""
    found: dict[tuple[object, ...], list[Problem]] = {}
    for number, one in enumerate(problems(context)):
        if one.code == code:
            alone = number if code != "READ01" or not one.key else 0
            found.setdefault((one.kind, one.id, one.key, alone), []).append(one)
    return (_finding(context, _as_one(told)) for told in found.values())


def _as_one(told: list[Problem]) -> Problem:
    """Several bad items of one list as one problem: ``… (calendars.de.workdays; 4 more)``."""
    first, more = told[0], len(told) - 1
    if not more:
        return first
    return replace(first, message=f"{first.message.removesuffix(')')}; {more} more)")


def invalid_value(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Values that the format does not allow, freezes that lack a day, groups that hold themselves,
    and work that would go on after the last year there is."""
    told = (reported(context, "READ01"), _half_written(context))
    return chain(*told, _circles(context), _after_all_years(context))


def _half_written(context: Context) -> Iterator[Finding]:
    """Freezes that stop nothing, since nobody wrote when they begin or end."""
    for freeze in context.roadmap.freezes.values():
        unread = context.reading.invalid.get(("freezes", freeze.id), ())
        lacking = [key for key in ("start", "end") if getattr(freeze, key) is None]
        if lacking and not any(key in unread for key in lacking):
            keys = listed(f"`{key}`" for key in lacking)
            yield Finding(
                kind="freezes",
                on=(freeze.id,),
                root=("freezes", freeze.id),
                message=f"freeze {freeze.id} needs {keys} to have an effect",
                data={"missing": lacking},
            )


def _circles(context: Context) -> Iterator[Finding]:
    """Groups that are part of themselves: reported once for a circle."""
    parents = {id: group.part_of for id, group in context.roadmap.groups.items()}
    seen: set[str] = set()
    for id in parents:
        way: list[str] = []
        at: str | None = id
        while at in parents and at not in seen:
            seen.add(at)
            way.append(at)
            at = parents[at]
        if at in way:
            yield _circle(way[way.index(at) :])


def _circle(ids: list[str]) -> Finding:
    ways = " in ".join([*ids, ids[0]])
    return Finding(
        kind="groups",
        on=tuple(ids),
        key=("part_of",),
        root=("groups", *sorted(ids), "part_of"),
        message=f"group {ids[0]} is part of itself ({ways})",
        data={"circle": ids},
    )


def _after_all_years(context: Context) -> Iterator[Finding]:
    """Work that no day is left for, and what waits for it: reported once for each at its start."""
    beyond = {id for id, why in context.schedule.unscheduled.items() if why == TOO_LATE}
    for id in context.schedule.unscheduled:
        if id in beyond and not any(on.pred in beyond for on in context.network.links_into(id)):
            yield Finding(
                kind="initiatives",
                on=(id,),
                root=("initiatives", id, TOO_LATE),
                message=f"{id} {TOO_LATE}: no dates for it and its successors",
                who=context.owner(id),
                data={"last": LAST_DAY.isoformat()},
            )


def unknown_key(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Keys and tables that the format does not know."""
    return reported(context, "READ02")


def _finding(context: Context, problem: Problem) -> Finding:
    out = _takes_it_out(context, problem)
    waiting = _left_alone(context, problem.id) if out else ()
    allowed = _allowed(problem)
    data = {"found": problem.found, "allowed": allowed, "nearest": problem.nearest}
    message = problem.message.replace(problem.allowed, allowed)
    return Finding(
        kind=problem.kind,
        on=(*((problem.id,) if problem.id else ()), *waiting),
        key=problem.key,
        root=tuple(part for part in (problem.kind, problem.id, ".".join(problem.key)) if part),
        message=message + (_without(waiting, LINE - len(message)) if out else ""),
        who=_next(context, problem.kind, problem.id),
        data={**data, "waiting": list(waiting)} if waiting else data,
        file=problem.file,
    )


def _takes_it_out(context: Context, problem: Problem) -> bool:
    """Whether it takes its initiative out of the schedule."""
    if problem.code != "READ01" or problem.kind != "initiatives":
        return False
    key = unscheduled_key(context.network.invalid.get(problem.id, ()))
    return key is not None and (not problem.key or problem.key[0] == key)


def _left_alone(context: Context, id: str) -> tuple[str, ...]:
    """The open work that waits for what is out of the schedule."""
    waiting = dict.fromkeys(link.succ for link in context.network.links_out_of(id))
    return tuple(one for one in waiting if context.is_open(one) and one != id)


def _without(waiting: tuple[str, ...], columns: int) -> str:
    """``; web-push and 1 more scheduled without it``: how many where no name fits."""
    if not waiting:
        return "; no dates for it"
    text = f"; {briefly(waiting, 20)} scheduled without it"
    few = f"; {count(len(waiting), 'successor')} scheduled without it"
    return text if len(text) <= columns else min(text, few, key=len)


def _allowed(problem: Problem) -> str:
    """What may stand there: of the free keys of `[checks]`, reading knows only the shape."""
    if problem.kind == "checks" and problem.key and problem.key[0] in ELSEWHERE:
        return LENGTH_WORDS
    return problem.allowed


def _next(context: Context, kind: str, id: str) -> Next:
    return context.owner(id) if kind == "initiatives" else NOBODY


RULES = (
    Rule(
        code="READ01",
        name="invalid-value",
        severity="error",
        family="reads",
        summary="a value that the format does not allow",
        fires_when="a value has the wrong type, is out of range, or is not a word that the key "
        "takes; the key then counts as absent. A freeze or a waiver lacks a key that it needs",
        why_marketing="a date or an estimate that can't be read is not in the plan",
        why_it="the plan is computed without a value that somebody set",
        example='[initiatives.web-push]\nestimate = "3 wks"',
        fix_kinds=("write an allowed value", "remove the key"),
        find=invalid_value,
        fixes="parse_errors.value",
    ),
    Rule(
        code="READ02",
        name="unknown-key",
        severity="info",
        family="reads",
        summary="a key or table that the format does not know",
        fires_when="a table has an unknown key, the file has an unknown table, or `[checks]` has "
        "an unknown setting; planner keeps it as it is",
        why_marketing="a misspelt key has no effect, though it looks as if it had",
        why_it="a setting that is not read changes nothing",
        example='[initiatives.web-push]\nestimat = "3w"',
        fix_kinds=("use the nearest known key",),
        find=unknown_key,
        fixes="parse_errors.key",
    ),
)
