"""READ: what was written wrongly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_choice import FACTS, GIVEN_UP, MEANT, SAID
from planner.conflicts.reading_problems import problems_of
from planner.conflicts.slips import mended, written
from planner.conflicts.trial import together
from planner.roadmap.problems import Problem
from planner.roadmap.tables import NO_TIME
from planner.text.edits import RemoveKey, SetKey


def value(ask: Ask) -> Iterator[Fix]:
    """The nearest allowed value, or none."""
    finding, context = ask.finding, ask.context
    told = problems_of(context, finding)
    title = f"write {', '.join(one.nearest or '' for one in told)}"
    if told and told[0].swapped:
        title = f"swap {told[0].swapped} and {finding.key[-1]}"
    if finding.key and (edit := mended(context, finding, title)) is not None:
        yield Fix(title=title, edit=edit, choice=_why_chosen(told))
    if not finding.key or written(context, finding) is None or finding.kind == "waivers":
        return  # without it, the waiver would only lack something
    where = ".".join(finding.key)
    yield Fix(
        title=f"remove {where}",
        edit=RemoveKey(finding.kind, finding.id, finding.key),
        choice=GIVEN_UP,
    )


def _why_chosen(told: Sequence[Problem]) -> str | None:
    """Nothing where values are spelled otherwise only; None where what changes decides."""
    if any(one.allowed == NO_TIME for one in told):
        return MEANT  # it may be no milestone
    return "" if all(_is_a_word(one.meant) for one in told) else None


def _is_a_word(value: Any) -> bool:
    """Whether a value is spelled otherwise only; a day or a number may have meant another."""
    return all(map(_is_a_word, value)) if isinstance(value, list) else isinstance(value, str)


def key(ask: Ask) -> Iterator[Fix]:
    """The nearest known key."""
    finding, context = ask.finding, ask.context
    near, value = finding.data.get("nearest"), written(context, finding)
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
