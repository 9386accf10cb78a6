"""One table replaced: the same as reading everything again, without reading anything else."""

from __future__ import annotations

import time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.roadmap.entities import Roadmap
from planner.roadmap.quantities import Estimate, Length
from planner.roadmap.reading import Reading, in_file_order, read, reread
from tests.roadmap.samples import EVERYTHING, data, reading

PLAN = """
[roadmap]
title = "Acme"
[teams.crm]
[initiatives.a]
estimate = "1w"
[initiatives.b]
estimate = "6 weeks"
[initiatives.c]
needs = ["a"]
"""


def test_a_table_is_replaced_where_it_stands() -> None:
    before = reading(PLAN)
    after = reread(before, "initiatives", "b", {"estimate": "6w"})
    assert list(after.roadmap.initiatives) == ["a", "b", "c"]
    assert after.roadmap.initiatives["b"].estimate == Estimate(Length(6, "w"))
    assert after.problems == ()
    assert after.invalid == {}


def test_the_reading_before_is_as_it_was() -> None:
    before = reading(PLAN)
    reread(before, "initiatives", "a", None)
    reread(before, "initiatives", "a", {"estimate": "soon"})
    assert before.roadmap == reading(PLAN).roadmap
    assert before.problems == reading(PLAN).problems
    assert before.invalid == reading(PLAN).invalid


def test_other_tables_are_the_very_same() -> None:
    before = reading(PLAN)
    after = reread(before, "initiatives", "b", {"estimate": "soon"})
    assert after.roadmap.initiatives["a"] is before.roadmap.initiatives["a"]
    assert after.roadmap.teams is before.roadmap.teams


def test_a_table_is_added_last_and_then_stands_where_the_file_has_it() -> None:
    last = reread(reading(PLAN), "initiatives", "aa", {"estimate": "1w"})
    assert list(last.roadmap.initiatives) == ["a", "b", "c", "aa"]
    tables: dict[str, dict[str, Any]] = {"initiatives": {id: {} for id in ("a", "aa", "b", "c")}}
    assert list(in_file_order(last, tables).roadmap.initiatives) == ["a", "aa", "b", "c"]
    assert in_file_order(last, {"initiatives": last.roadmap.initiatives}) is last


def test_a_new_table_is_in_the_file_that_is_named_or_with_its_kind() -> None:
    before = reading(PLAN, it="[systems.cdp]")
    named = reread(before, "initiatives", "d", {}, "it.toml")
    assert named.roadmap.origins["initiatives", "d"].file == "it.toml"
    like_others = reread(before, "systems", "crm", {})
    assert like_others.roadmap.origins["systems", "crm"].file == "it.toml"
    of_a_new_kind = reread(before, "groups", "g", {})
    assert of_a_new_kind.roadmap.origins["groups", "g"].file == "plan.toml"


def test_a_removed_table_takes_its_problems_along() -> None:
    after = reread(reading(PLAN), "initiatives", "b", None)
    assert list(after.roadmap.initiatives) == ["a", "c"]
    assert ("initiatives", "b") not in after.roadmap.origins
    assert after.problems == ()
    assert after.invalid == {}
    assert reread(after, "initiatives", "b", None).roadmap == after.roadmap


def test_the_other_copy_of_a_doubled_id_comes_forward() -> None:
    doubled = reading(PLAN, it='[initiatives.a]\nestimate = "2w"')
    changed = reread(doubled, "initiatives", "a", {"estimate": "3w"})
    assert "PLAN03" in {problem.code for problem in changed.problems}
    removed = reread(doubled, "initiatives", "a", None)
    assert removed.roadmap.initiatives["a"].estimate == Estimate(Length(2, "w"))
    assert removed.roadmap.origins["initiatives", "a"].file == "it.toml"
    assert "PLAN03" not in {problem.code for problem in removed.problems}


def test_single_tables_are_given_whole() -> None:
    before = reading(PLAN)
    titled = reread(before, "roadmap", "", {"title": "Acme 2027", "start": "soon"})
    assert titled.roadmap.title == "Acme 2027"
    assert [problem.key for problem in titled.problems][:1] == [("start",)]
    checked = reread(before, "checks", "", {"horizon": 30})
    assert checked.roadmap.checks.thresholds == {"horizon": 30}
    worded = reread(before, "glossary", "", {"lead": "a contact"})
    assert worded.roadmap.glossary["lead"].agreed == "a contact"
    assert reread(worded, "glossary", "", None).roadmap.glossary == {}
    untitled = reread(read({"a.toml": data(PLAN)}, title="a"), "roadmap", "", None)
    assert untitled.roadmap.title == "a"


TABLES: list[dict[str, Any] | None] = [
    None,
    {},
    {"estimate": "2w"},
    {"estimate": "2 weeks", "title": 3},
    {"needs": ["a", "b SS+5d"], "uses": "cdp"},
    {"needs": ["a b"], "x_jira": 1},
    {"kind": "milestone", "estimate": "3w"},
]
edits = st.lists(
    st.tuples(
        st.sampled_from(["initiatives", "systems"]),
        st.sampled_from(["a", "b", "c", "Web_Push"]),
        st.sampled_from(TABLES),
    ),
    max_size=6,
)


@given(edits)
@settings(max_examples=60, deadline=None)
def test_many_edits_are_the_same_as_reading_the_result(
    changes: list[tuple[str, str, dict[str, Any] | None]],
) -> None:
    tables = data(PLAN)
    step = read({"plan.toml": tables})
    for kind, id, table in changes:
        step = reread(step, kind, id, table)
        if table is None:
            tables.get(kind, {}).pop(id, None)
        else:
            tables.setdefault(kind, {})[id] = table
    whole = read({"plan.toml": tables})
    assert said(step) == said(whole)


def said(found: Reading) -> tuple[Any, ...]:
    """Everything a reading says; the order of tables in a dict is not among it."""
    roadmap: Roadmap = found.roadmap
    return (roadmap, sorted(p.message for p in found.problems), found.invalid, found.copies)


def test_every_table_reread_as_it_was_changes_nothing() -> None:
    tables = data(EVERYTHING)
    before = read({"plan.toml": tables})
    for kind in tables:
        single = kind in ("roadmap", "checks", "glossary")
        for id, table in ({"": tables[kind]} if single else tables[kind]).items():
            after = reread(before, kind, id, table)
            assert after.roadmap == before.roadmap
            assert after.problems == ()


def test_ten_thousand_tables_cost_one() -> None:
    tables = {f"initiative-{n}": {"estimate": "1w"} for n in range(10_000)}
    before = read({"plan.toml": {"initiatives": tables}})
    started = time.process_time()
    for days in range(10):
        reread(before, "initiatives", "initiative-500", {"estimate": f"{days}d"})
    assert (time.process_time() - started) / 10 < 0.01


def test_a_person_with_the_id_of_a_team_is_said_as_long_as_both_are_there() -> None:
    before = reading("[teams.crm]\n[people.ana]\n")
    assert before.problems == ()
    both = reread(before, "people", "crm", {"team": "crm"})
    assert [problem.code for problem in both.problems] == ["PLAN03"]
    assert reread(both, "teams", "crm", None).problems == ()
    assert reread(both, "people", "crm", None).problems == ()
