"""READ: what was written wrongly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from planner.conflicts.context import Context
from planner.conflicts.findings import Finding
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_choice import FACTS, GIVEN_UP, SAID
from planner.conflicts.reading_problems import problem_of
from planner.conflicts.trial import tables_of, together
from planner.roadmap.reading import Problem
from planner.text.edits import Edit, RemoveKey, SetKey


def value(ask: Ask) -> Iterator[Fix]:
    """The nearest allowed value, or none."""
    finding, context = ask.finding, ask.context
    if not finding.key or _written(context, finding) is None:
        return
    problem = problem_of(context, finding)
    if problem is not None and _is_plain(problem.meant):
        title = f"write {problem.nearest}"
        edit = _mended(finding, problem, _written(context, finding), title)
        yield Fix(title=title, edit=edit, choice="" if _is_a_word(problem.meant) else None)
    if finding.kind == "waivers":
        return  # without it, the waiver would only lack something
    where = ".".join(finding.key)
    yield Fix(
        title=f"remove {where}",
        edit=RemoveKey(finding.kind, finding.id, finding.key),
        choice=GIVEN_UP,
    )


def _mended(finding: Finding, problem: Problem, written: Any, title: str) -> Edit:
    """The nearest value in the place of what is written, or its value under the nearest key."""
    kind, id, key = finding.kind, finding.id, finding.key
    if not problem.of_key:
        return SetKey(kind, id, key, problem.meant)
    new = SetKey(kind, id, (*key[:-1], str(problem.meant)), written)
    return together((RemoveKey(kind, id, key), new), title)


def _is_plain(value: Any) -> bool:
    """Whether a value can be written as it is."""
    if isinstance(value, list):
        return all(_is_plain(one) for one in value)
    return isinstance(value, str | bool | int | float | date)


def _is_a_word(value: Any) -> bool:
    """Whether a value is spelled otherwise only; a day or a number may have meant another."""
    return all(map(_is_a_word, value)) if isinstance(value, list) else isinstance(value, str)


def key(ask: Ask) -> Iterator[Fix]:
    """The nearest known key."""
    finding, context = ask.finding, ask.context
    near, value = finding.data.get("nearest"), _written(context, finding)
    if not finding.key or not near or value is None or isinstance(value, list):
        return
    new = (*finding.key[:-1], near)
    edits = (
        RemoveKey(finding.kind, finding.id, finding.key),
        SetKey(finding.kind, finding.id, new, value),
    )
    title = f"write {near} instead of {finding.key[-1]}"
    said = near in FACTS.get(finding.kind, ())
    yield Fix(title=title, edit=together(edits, title), choice=SAID if said else "")


def _written(context: Context, finding: Finding) -> Any:
    value: Any = tables_of(context).get(finding.kind, {}).get(finding.id)
    for part in finding.key:
        if not isinstance(value, Mapping) or part not in value:
            return None
        value = value[part]
    return value
