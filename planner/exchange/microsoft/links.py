"""Links of a file as links here: those of summary tasks too; other lags are converted and told.

A link to a summary task holds all that is in it, and one from it waits for all of that. Here groups
have no links, so it becomes links of the work at its ends, where these say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from itertools import product

from msgspec import Struct

from planner.analysis.importing import Link, Loss
from planner.exchange.microsoft.outline import Outline, Task
from planner.exchange.microsoft.records import Record, fields_of, inner
from planner.exchange.microsoft.terms import (
    DAYS,
    LINK_TYPES,
    LINKS_FIELD,
    WEEKS,
    Scale,
    is_elapsed,
    is_percent,
    lag_days,
    lag_text,
    length_of,
    link_fields,
    number_of,
    unsealed,
)
from planner.roadmap.quantities import QuantityError, format_lag, parse_need

COLUMN = "Predecessors"
MOST_OF_SUMMARIES = 200
"""So many links one link of summary tasks may become."""


Leaves = Callable[[Task], list[Task]]
"""The work at one end of a summary task; a task that is none is its own."""


class Tied(Struct):
    """The links of a file, what could not be carried, and how many were of summary tasks."""

    links: list[Link]
    losses: list[Loss]
    of_summaries: int = 0


def tied(outline: Outline, scale: Scale) -> Tied:
    """All links of a file."""
    found = Tied([], [])
    by_uid = {task.uid: task for task in outline.tasks}
    ends = cache(_ends)
    begins = cache(partial(_begins, inside=_inside(outline)))
    for task in outline.tasks:
        written = inner(task.record, "PredecessorLink")
        own = _own(task, written, by_uid)
        if own is not None:
            found.links += own
            continue
        for record in written:
            _add(found, task, record, by_uid, (begins, ends), scale)
    return found


def _own(task: Task, written: list[Record], by_uid: Mapping[str, Task]) -> list[Link] | None:
    """The links as they were here, where they are still the file's."""
    said = link_fields(map(fields_of, written))
    keys = unsealed(task.custom.get(LINKS_FIELD), said, ("links",))
    if keys is None or not isinstance(keys.get("needs"), list):
        return None
    known = {each.id for each in by_uid.values() if each.kind == "initiatives"}
    try:
        needs = [parse_need(str(text)) for text in keys["needs"]]
    except QuantityError:
        return None
    return [
        Link(task.row, task.id, need.on, f"{need.on} {need.type}", need.type,
             "" if need.lag is None or not need.lag.number else format_lag(need.lag))
        for need in needs if need.on in known
    ]  # fmt: skip


def _add(
    found: Tied,
    task: Task,
    record: Record,
    by_uid: Mapping[str, Task],
    of_summary: tuple[Leaves, Leaves],
    scale: Scale,
) -> None:
    link = fields_of(record)
    before = by_uid.get(link.get("PredecessorUID", ""))
    words = _words(link, before, scale)
    if link.get("CrossProject") in ("1", "true"):
        name = link.get("CrossProjectName", words)
        found.losses.append(Loss(task.row, COLUMN, name, "it waits for a task of another file"))
    elif before is None:
        found.losses.append(
            Loss(task.row, COLUMN, words, "the task it waits for is not in the file")
        )
    elif task.is_summary or before.is_summary:
        _of_summaries(found, task, before, link, of_summary, scale)
    else:
        found.links.append(_link(task, before, link, scale, words))
        found.losses += _converted(task, before, link, scale, words)


def _link(task: Task, before: Task, link: Mapping[str, str], scale: Scale, words: str) -> Link:
    days = lag_days(link, scale, length_of(before.fields) or 0)
    in_weeks = number_of(link.get("LagFormat")) == WEEKS
    lag = lag_text(days, scale.week if in_weeks else None)
    return Link(task.row, task.id, before.id, words, _type(link), lag)


def _type(link: Mapping[str, str]) -> str:
    number = number_of(link.get("Type"), 1)
    return LINK_TYPES[number] if 0 <= number < len(LINK_TYPES) else "FS"


def _words(link: Mapping[str, str], before: Task | None, scale: Scale) -> str:
    """The link as Microsoft Project's table shows it: ``12SS+5 days``."""
    row = before.row if before else link.get("PredecessorUID", "?")
    lag, format = number_of(link.get("LinkLag")), number_of(link.get("LagFormat"), DAYS)
    if not lag:
        return f"{row}{_type(link)}"
    if is_percent(format):
        return f"{row}{_type(link)}{lag:+d}%"
    unit = "edays" if is_elapsed(format) else "days"
    each = 1440 if is_elapsed(format) else scale.day
    return f"{row}{_type(link)}{lag / 10 / each:+g} {unit}"


def _converted(
    task: Task, before: Task, link: Mapping[str, str], scale: Scale, words: str
) -> Iterator[Loss]:
    format = number_of(link.get("LagFormat"), DAYS)
    if not number_of(link.get("LinkLag")):
        return
    days = lag_days(link, scale, length_of(before.fields) or 0)
    said = lag_text(days) or "no lag"
    if is_elapsed(format):
        why = f"elapsed days count weekends; it is {said} of working time here"
        yield Loss(task.row, COLUMN, words, why)
    elif is_percent(format):
        why = f"a part of the predecessor's length is {said} now, whatever becomes of that length"
        yield Loss(task.row, COLUMN, words, why)
    elif days != int(days):
        yield Loss(task.row, COLUMN, words, f"{said} is counted as whole days here")


# --- summary tasks --------------------------------------------------------------------------------


def _of_summaries(
    found: Tied,
    task: Task,
    before: Task,
    link: Mapping[str, str],
    of_summary: tuple[Leaves, Leaves],
    scale: Scale,
) -> None:
    words, type = _words(link, before, scale), _type(link)
    why = _untieable(task, before, type)
    begins, ends = of_summary[0](task), of_summary[1](before)
    if not why and len(ends) * len(begins) > MOST_OF_SUMMARIES:
        why = f"a link of summary tasks that would be {len(ends) * len(begins)} links here"
    if why:
        found.losses.append(Loss(task.row, COLUMN, words, why))
        return
    found.of_summaries += 1
    for one, other in product(begins, ends):
        found.links.append(_link(one, other, link, scale, words))
        found.losses += _converted(one, other, link, scale, words)


def _untieable(task: Task, before: Task, type: str) -> str:
    """Why a link of summary tasks is none of the work in them; empty where it is."""
    if before in _line(task) or task in _line(before):
        return "a link between a summary task and what is in it"
    if before.is_summary and type[0] == "S":
        return "it waits for the start of a summary task, and groups have no dates here"
    if task.is_summary and type[1] == "F":
        return "it holds the finish of a summary task, and groups have no dates here"
    return ""


def _line(task: Task) -> list[Task]:
    found = [task]
    while (above := found[-1].above) is not None:
        found.append(above)
    return found


def _inside(outline: Outline) -> dict[str, set[str]]:
    """For each task the UIDs that it starts after, by links that can hold nothing before those."""
    found: dict[str, set[str]] = {}
    for task in outline.work:
        for record in inner(task.record, "PredecessorLink"):
            link = fields_of(record)
            if _type(link)[1] == "S" and number_of(link.get("LinkLag")) >= 0:
                found.setdefault(task.uid, set()).add(link.get("PredecessorUID", ""))
    return found


def _begins(task: Task, inside: Mapping[str, set[str]]) -> list[Task]:
    """The work in a summary task that nothing else in it is before."""
    leaves = list(task.leaves())
    uids = {leaf.uid for leaf in leaves}
    return [leaf for leaf in leaves if not inside.get(leaf.uid, set()) & uids] or leaves


def _ends(task: Task) -> list[Task]:
    """The work in a summary task that nothing else in it is after."""
    leaves = list(task.leaves())
    followed = {
        fields_of(record).get("PredecessorUID", "")
        for leaf in leaves
        for record in inner(leaf.record, "PredecessorLink")
        if _type(fields_of(record)) in ("FS", "FF") and number_of(record.get("LinkLag")) >= 0
    }
    return [leaf for leaf in leaves if leaf.uid not in followed] or leaves
