"""Whatever a file holds, reading answers with a roadmap and what is wrong; it never fails."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import convert
from msgspec.structs import asdict

from planner.roadmap.entities import KINDS, SINGLES
from planner.roadmap.fields import fields
from planner.roadmap.reading import read, reread
from planner.roadmap.references import unknown_references
from tests.roadmap.samples import EVERYTHING, data

WRITTEN = data(EVERYTHING)
RIGHT = [value for kind in KINDS for table in WRITTEN[kind].values() for value in table.values()]

scalars = (
    st.none().map(lambda _: "6 weeks")
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**30, -(10**30), 10**4000, 2**63, 0, 5])
    | st.floats()
    | st.text(max_size=8)
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.sampled_from(["api", "api SS+5d", "3w", "done", "mon", "\x1b[31m", "\u202e", "[/]", ""])
)
values = st.recursive(
    scalars | st.sampled_from(RIGHT),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
keys = st.sampled_from(sorted({key for kind in KINDS for key in fields(kind)})) | st.text(
    max_size=6
)
named = st.sampled_from(["a", "web-push", "Web_Push", "", "x" * 65, "\x00", "é"])
shapes = values | st.dictionaries(named, values | st.dictionaries(keys, values, max_size=5))
files = st.dictionaries(
    st.sampled_from(["a.toml", "it.toml"]),
    st.dictionaries(st.sampled_from([*KINDS, *SINGLES]) | st.text(max_size=6), shapes, max_size=4),
    max_size=2,
)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(files)
@QUICK
def test_anything_is_read(found: dict[str, dict[str, Any]]) -> None:
    reading = read(found)
    for problem in reading.problems:
        assert problem.code in ("READ01", "READ02", "PLAN03")
        assert problem.message
        assert len(problem.message) < 1000
    unknown_references(reading.roadmap)


@given(st.sampled_from(sorted(KINDS)), named, st.dictionaries(keys, values, max_size=4))
@QUICK
def test_anything_is_reread(kind: str, id: str, table: dict[str, Any]) -> None:
    reading = reread(read({"plan.toml": WRITTEN}), kind, id, table)
    assert None not in reading.roadmap.table(kind).values()
    assert id not in reread(reading, kind, id, None).roadmap.table(kind)


@st.composite
def tables_of_a_kind(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A table with some of its own keys, most with values of the right form, some with others'."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    right = next(iter(reversed(WRITTEN[kind].values())))
    table = {key: right[key] for key in draw(st.sets(st.sampled_from(sorted(right)), max_size=6))}
    if draw(st.booleans()):
        key = draw(st.sampled_from(sorted(fields(kind))))
        table[key] = draw(values)
    return kind, table


@given(tables_of_a_kind())
@QUICK
def test_whatever_a_table_says_its_entity_has_what_the_types_allow(
    found: tuple[str, dict[str, Any]],
) -> None:
    kind, table = found
    reading = read({"plan.toml": {kind: {"a": table}}})
    entity = reading.roadmap.table(kind)["a"]
    assert convert(asdict(entity), type(entity)) == entity
    again = reread(read({"plan.toml": {}}), kind, "a", table, "plan.toml")
    assert again.roadmap.table(kind)["a"] == entity
    assert again.problems == reading.problems
    assert again.invalid == reading.invalid


def test_days_at_the_edges_are_days() -> None:
    first, last = date(1990, 1, 1), date(2200, 12, 31)
    for day, right in [
        (first, True),
        (last, True),
        (first - timedelta(1), False),
        (last + timedelta(1), False),
        (date.min, False),
        (date.max, False),
    ]:
        found = read({"a.toml": {"initiatives": {"a": {"deadline": day}}}})
        assert (found.problems == ()) is right
        assert (found.roadmap.initiatives["a"].deadline == day) is right


def test_a_moment_is_not_a_day() -> None:
    for moment in (datetime(2027, 3, 1), time(10, 0)):
        found = read({"a.toml": {"initiatives": {"a": {"deadline": moment}}}})
        assert found.invalid == {("initiatives", "a"): {"deadline"}}
