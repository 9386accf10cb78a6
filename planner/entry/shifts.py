"""Move a value by so much: ``deadline+=2w``, ``estimate-=3d``, ``priority+=1``.

A date moves as dates are typed: weeks are calendar time, days working days. An estimate moves by
working days, all three values alike, so that the spread stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from planner.entry.context import Around
from planner.entry.shapes import Field, Shape
from planner.errors import UsageError
from planner.roadmap.quantities import (
    Estimate,
    Length,
    QuantityError,
    format_estimate,
    format_length,
    length_days,
    parse_estimate,
    parse_length,
)
from planner.roadmap.typed import Unclear, typed_length, typed_number
from planner.text.phrases import typed
from planner.text.visible import visible

Shifted = Callable[[Field, Any, str, int, Around], Any]


def shifted(field: Field, before: Any, text: str, by: int, around: Around) -> Any:
    """The value later or larger (`by` 1), earlier or smaller (-1) by what is typed.

    Raises UsageError.
    """
    if before is None:
        name = field.key
        raise UsageError(f"{name} has no value to move", hint=f"{typed(f'{name}=VALUE')} sets one")
    try:
        return SHIFTS[field.shape](field, before, text, by, around)
    except (QuantityError, TypeError):
        said = visible(str(before))
        raise UsageError(f"{field.key} is {said}, which can't be moved") from None


def in_days(days: int, like: Length, week: int) -> Length:
    """A length of so many working days, in weeks where it was in weeks and still is a whole one."""
    if like.unit == "w" and days % week == 0:
        return Length(days // week, "w")
    return Length(days, "d")


def stretched(estimate: Estimate, days: int, week: int) -> Estimate:
    """An estimate longer by so many working days, of three values each; never less than a day."""
    three = (estimate.likely, estimate.optimistic, estimate.pessimistic)
    likely, best, worst = (
        None if each is None else in_days(max(1, length_days(each, week) + days), each, week)
        for each in three
    )
    assert likely is not None
    return Estimate(likely, best, worst)


def _day(field: Field, before: Any, text: str, by: int, around: Around) -> Any:
    if not isinstance(before, date):
        raise TypeError
    read = Around(around.plan, before).day(f"{'+' if by > 0 else '-'}{text}")
    return _clear(field, text, read)


def _estimate(field: Field, before: Any, text: str, by: int, around: Around) -> Any:
    length = _clear(field, text, typed_length(text, around.week))
    days = by * length_days(length, around.week)
    return format_estimate(stretched(parse_estimate(before), days, around.week))


def _length(field: Field, before: Any, text: str, by: int, around: Around) -> Any:
    length = _clear(field, text, typed_length(text, around.week))
    old = parse_length(before)
    days = length_days(old, around.week) + by * length_days(length, around.week)
    return format_length(in_days(max(1, days), old, around.week))


def _number(field: Field, before: Any, text: str, by: int, _around: Around) -> Any:
    more = _clear(field, text, typed_number(text))
    read = typed_number(f"{before + by * more:g}", field.low, field.high, whole=field.whole)
    return _clear(field, text, read)


def _clear(field: Field, text: str, read: Any) -> Any:
    if isinstance(read, Unclear):
        raise UsageError(f"{field.key}, moved by {text}: {read}")
    return read.value


SHIFTS: Mapping[Shape, Shifted] = {
    "date": _day,
    "estimate": _estimate,
    "length": _length,
    "number": _number,
}
"""How values of these shapes are moved."""
