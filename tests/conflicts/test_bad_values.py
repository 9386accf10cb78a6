"""Fixes of what was written wrongly: the value that was meant, and never a failure."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.conflicts import fixing as offering
from planner.conflicts.context import Context
from planner.conflicts.fix import Ask
from planner.conflicts.fixes import plan as plan_fixes
from planner.conflicts.fixes.plan import estimate
from planner.conflicts.registry import RULES, check
from planner.conflicts.trial import tried
from planner.roadmap.entities import KINDS
from planner.roadmap.fields import fields
from planner.text.commands import as_command
from tests.conflicts.plans import after, findings, message, offered, plan, tells, the


def test_a_long_nearest_value_is_written_whole() -> None:
    context = plan('[calendars.x]\nworkdays = []\n[initiatives.a]\nestimate = "1w"\ncalendar = "x"')
    (title, _) = offered(context, "READ01")
    assert title == 'write ["mon", "tue", "wed", "thu", …]'
    made = after(context, "READ01", title)
    assert made.tables is not None
    assert made.tables["calendars"]["x"]["workdays"] == ["mon", "tue", "wed", "thu", "fri"]


def test_a_long_word_is_written_whole() -> None:
    written = "<" + "100 × " * 30 + "z>"
    context = plan(f'[systems.s]\nconnects = "{written}"')
    title = next(iter(offered(context, "READ01")))
    assert "…" in title
    made = after(context, "READ01", title)
    assert len(made.roadmap.systems["s"].connects[0]) > len("100-") * 15


def test_a_key_is_written_as_it_was_meant_and_keeps_its_value() -> None:
    context = plan('[outcomes.o.readings]\n"2027-2-1" = 3')
    made = after(context, "READ01", "write 2027-02-01")
    assert made.roadmap.outcomes["o"].readings == {date(2027, 2, 1): 3}


def test_what_reading_left_out_says_who_goes_on_without_it() -> None:
    text = (
        '[initiatives.f]\nestimate = "3 wks"\nowner = "Web"\n[initiatives.g]\nneeds = ["f"]\n'
        '[initiatives.h]\nneeds = ["f"]\n[initiatives.old]\nneeds = ["f"]\nstatus = "dropped"'
    )
    found = [one for one in check(plan(text)).findings if one.code == "READ01"]
    length, owner = sorted(found, key=lambda one: one.key)
    assert length.message.endswith("; g and h scheduled without it")
    assert (length.on, length.data["waiting"]) == (("f", "g", "h"), ["g", "h"])
    assert (owner.on, "waiting" in owner.data) == (("f",), False)


def test_a_value_in_the_place_of_a_table_says_who_goes_on_without_it() -> None:
    text = '[initiatives]\nf = 5\n[initiatives.g]\nneeds = ["f"]'
    assert message(text, "READ01").endswith("; g scheduled without it")


@pytest.mark.parametrize("key", ["calendar", "deadline", "owner", "part_of", "status", "uses"])
def test_a_bad_value_that_places_nothing_leaves_its_work_in_the_plan(key: str) -> None:
    bad = plan(f'[initiatives.a]\nestimate = "1w"\n{key} = 3')
    assert [one.key for one in check(bad).findings if one.code == "READ01"] == [(key,)]
    assert bad.dates("a") == plan('[initiatives.a]\nestimate = "1w"').dates("a")


@pytest.mark.parametrize("key", ["part_of", "outcomes", "relates"])
def test_what_could_not_be_read_ties_its_work_all_the_same(key: str) -> None:
    text = '[initiatives.a]\n{}\n[initiatives.b]\npart_of = "web"\n[initiatives.c]\nneeds = ["b"]'
    assert findings(text.format(""), "PLAN06")
    assert not findings(text.format(f"{key} = 3"), "PLAN06")


def test_a_setting_says_what_it_takes() -> None:
    assert message('[checks]\nassumed_estimate = ["1w", "2w"]', "READ01") == (
        '["1w", "2w"] is not a length of working time such as "20d" or "4w", at most 10 years '
        "(checks.assumed_estimate)"
    )


def test_a_bad_word_says_the_point_first() -> None:
    assert message('[initiatives.consent-center]\nstatus = "planed"', "READ01") == (
        '"planed" is not a status; nearest "planned" (consent-center.status)'
    )


def test_a_day_in_quotes_is_read_as_typing_it_would_be() -> None:
    text = "[roadmap]\nstatus_date = 2027-03-22\n[initiatives.a]\n"
    early = text + 'start_no_earlier_than = "1 apr"'
    assert "; nearest 2027-04-01 (a.start_no_earlier_than)" in message(early, "READ01")
    made = after(plan(early), "READ01", "write 2027-04-01")
    assert made.roadmap.initiatives["a"].start_no_earlier_than == date(2027, 4, 1)
    assert "nearest 2027-03-01" in message(text + 'actual_start = "1 mar"', "READ01")
    assert "nearest" not in message(text + 'deadline = "when it is done"', "READ01")


def test_a_way_out_that_fails_takes_no_other_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(ask: Ask) -> Any:
        yield from estimate(ask)
        raise ZeroDivisionError

    monkeypatch.setattr(plan_fixes, "estimate", failing)
    context = plan("[initiatives.a]")
    assert len(offering.fixes(the(context, "PLAN07"), context)) == 1


# --- any bad values -------------------------------------------------------------------------------

WORDS = (
    "",
    "a",
    "b",
    "<100 × z>",
    "a, b",
    "crn",
    "2w",
    "3 wks",
    "2027-13-40",
    "yes",
    "é" * 80,
)
SCALARS = st.one_of(
    st.sampled_from(WORDS),
    st.integers(-3, 120),
    st.sampled_from([10**30, 1.5, float("nan"), float("inf"), True, False]),
    st.sampled_from([date(1980, 1, 1), date(2027, 3, 1), date(2027, 6, 1), date(2999, 1, 1)]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.sampled_from(["a", "B C", "on", "2027-2-1", "lag", "agreed"]), inner)
    ),
    max_leaves=6,
)
ODD: tuple[Any, ...] = (*WORDS, -1, 1.5, True, [], ["A b", "c"], {}, {"B C": "x"}, [{}])
SANE: dict[str, dict[str, Any]] = {
    "initiatives": {
        "a": {"estimate": ["1w", "2w", "3w"], "portfolio": "it", "status": "planned"},
        "b": {"estimate": "2w", "portfolio": "marketing", "needs": ["a"], "owner": "crm"},
    },
    "teams": {"crm": {}},
}


@st.composite
def bad_roadmaps(draw: st.DrawFn) -> dict[str, Any]:
    """A small roadmap with a few keys of any kind written as anything."""
    data: dict[str, Any] = {kind: {k: dict(v) for k, v in t.items()} for kind, t in SANE.items()}
    for kind in draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=4)):
        id = draw(st.sampled_from(["a", "b", "c"]))
        table = data.setdefault(kind, {}).setdefault(id, {})
        for key in draw(st.lists(st.sampled_from(sorted(fields(kind))), max_size=4)):
            table[key] = draw(VALUES)
    return data


def unguarded(context: Context) -> None:
    """Ask for every fix, and for its command, where nothing hides a failure."""
    for finding in check(context).findings:
        assert finding.root != ("bug",), finding.message
        offering.fixes(finding, context)
        fixer = offering.fixer_of(RULES[finding.code])
        if fixer is not None and finding.root != ("*",):
            for fix in fixer(offering.asked(finding, context, 4)):
                as_command(fix.edit, context.roadmap)
                tried(context, fix.edit)


@settings(max_examples=150, deadline=None)
@given(bad_roadmaps())
def test_no_bad_value_makes_a_way_out_fail(data: dict[str, Any]) -> None:
    unguarded(plan(data))


def test_every_key_of_every_kind_may_hold_anything() -> None:
    for kind in KINDS:
        for key in fields(kind):
            for value in ODD:
                table = {**SANE.get(kind, {}).get("a", {}), key: value}
                unguarded(plan({**SANE, kind: {**SANE.get(kind, {}), "a": table}}))


def told(text: str) -> list[str]:
    """What is said of values that can't be, each at its place."""
    return [one.message for one in check(plan(text)).findings if one.code == "READ01"]


def test_a_circle_of_groups_is_told_once() -> None:
    circle = '[groups.g]\npart_of = "h"\n[groups.h]\npart_of = "i"\n[groups.i]\npart_of = "h"\n'
    assert tells(told(circle), "group h part itself h i h")
    assert tells(told('[groups.g]\npart_of = "g"'), "group g part itself")
    assert told('[groups.g]\npart_of = "h"\n[groups.h]\n') == []


def test_work_after_the_last_year_is_told_where_it_begins() -> None:
    text = (
        "[roadmap]\nstart = 2190-01-01\n"
        '[initiatives.a]\nestimate = "522w"\n'
        '[initiatives.b]\nestimate = "522w"\nneeds = ["a"]\n'
        '[initiatives.c]\nestimate = "1w"\nneeds = ["b"]\n'
    )
    assert tells(told(text), "b would finish after 2200")


SPELLINGS = (
    'initiatives.a.estimate = "1w"\ninitiatives.b.estimate = "1w"\ninitiatives.b.needs = ["a"]\n',
    'initiatives = { a = { estimate = "1w" }, b = { estimate = "1w", needs = ["a"] } }\n',
    (
        '["initiatives".\'a\']\n"estimate" = "1w"\n[ initiatives . "b" ]\n\'needs\' = ["a"]\n'
        'estimate = "1w"\n'
    ),
    '[initiatives.b]\nestimate = "1w"\nneeds = "a"\n[initiatives]\na = { estimate = "1w" }\n',
    (
        '[initiatives.a]\nestimate = "1w"\n[initiatives.b]\nestimate = "1w"\n'
        '[[initiatives.b.needs]]\non = "a"\n'
    ),
)


@pytest.mark.parametrize("text", SPELLINGS)
def test_every_spelling_of_toml_gives_the_same_dates(text: str) -> None:
    made = plan(text)
    assert told(text) == []
    first, second = made.schedule.get("a"), made.schedule.get("b")
    assert first is not None
    assert second is not None
    assert (second.start - first.start).days == 7


def test_a_link_that_can_not_be_read_is_corrected_beside_the_others() -> None:
    context = plan(
        '[initiatives.a]\n[initiatives.b]\n[initiatives.c]\nneeds = ["a FS+2", "b", "a SX"]'
    )
    assert [one.key for one in check(context).findings if one.code == "READ01"] == [("needs",)]
    two = plan('[initiatives.a]\n[initiatives.b]\n[initiatives.c]\nneeds = ["a FS+2", "b"]')
    made = after(two, "READ01", 'write "a FS+2d"')
    assert made.tables is not None
    assert made.tables["initiatives"]["c"]["needs"] == ["a FS+2d", "b"]


def test_bad_items_of_one_list_are_one_finding_and_one_fix() -> None:
    context = plan('[calendars.de]\nworkdays = ["mo", "tue", "we", "fr"]')
    (title, *_) = offered(context, "READ01")
    made = after(context, "READ01", title)
    assert made.roadmap.calendars["de"].workdays == ("mon", "tue", "wed", "fri")


def test_the_key_of_a_link_is_corrected_in_its_link() -> None:
    links = '"ab", {{ on = "b", delivers = "API", agreed = {} }}'
    text = '[initiatives.ab]\n[initiatives.b]\nstatus = "dropped"\n[initiatives.c]\nneeds = [{}]'
    context = plan(text.format(links.format('"20 Feb 2027"')))
    made = after(context, "READ01", "write 2027-02-20")
    assert made.roadmap.initiatives["c"].needs[1].agreed == date(2027, 2, 20)


@pytest.mark.parametrize("link", ['"agreed-scope"', '{ on = "agreed-scope" }'])
def test_a_link_named_like_a_key_is_left_alone(link: str) -> None:
    text = (
        "[initiatives.agreed-scope]\n[initiatives.b]\n[initiatives.c]\nneeds = [{}, "
        '{{ on = "b", agreed = {} }}]'
    )
    for day in ("true", "2027-04-01"):
        assert {one.code for one in check(plan(text.format(link, day))).findings} >= {
            "READ01" if day == "true" else "DATE05"
        }


UNREADABLE = ("note = 7, ", "counter = 2027-12-09, ", 'accepted = "soon", ')


@pytest.mark.parametrize("word", UNREADABLE)
def test_a_word_of_a_link_that_can_not_be_read_hides_no_fix_of_the_link(word: str) -> None:
    context = plan(
        '[portfolios.it]\n[portfolios.marketing]\n[initiatives.cms]\nportfolio = "it"\n'
        'estimate = "8w"\n[initiatives.pages]\nportfolio = "marketing"\n'
        f'needs = [{{ on = "cms", {word}promised = 2027-03-18 }}]\nestimate = "1w"'
    )
    told = offering.fixes(the(context, "DATE06"), context)
    assert (told.failed, len(told)) == ("", 1)
    made = tried(context, told.found[0].edit).roadmap.initiatives["pages"].needs[0].counter
    assert made is not None
    assert made.promised == date(2027, 4, 23)


def test_a_milestone_with_a_length_may_be_none() -> None:
    context = plan('[initiatives.m]\nestimate = "12w"\nkind = "milestone"')
    assert tells(the(context, "READ01").message, '"12w" milestone no time')
    first, _ = offering.fixes(the(context, "READ01"), context).found
    assert (first.title, bool(first.choice)) == ('write "0d"', True)


def test_an_estimate_of_a_milestone_that_is_spelled_wrongly_is_corrected() -> None:
    context = plan('[initiatives.m]\nestimate = "0 days"\nkind = "milestone"')
    first, _ = offering.fixes(the(context, "READ01"), context).found
    assert (first.title, first.choice) == ('write "0d"', "")
