"""A bad value: what it says, what it costs, and that all are said at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.roadmap.quantities import Amount, Counter, Need
from planner.roadmap.reading import read
from tests.roadmap.samples import only_problem, reading


@pytest.mark.parametrize(
    ("line", "found", "nearest"),
    [
        ('estimate = "6 weeks"', '"6 weeks"', '"6w"'),
        ("estimate = 6", "6", '"6d"'),
        ('estimate = "-3w"', '"-3w"', None),
        ('estimate = "999w"', '"999w"', None),
        ("estimate = true", "true", None),
        ('deadline = "2027-03-01"', '"2027-03-01"', "2027-03-01"),
        ('deadline = "2027-02-30"', '"2027-02-30"', "2027-02-28"),
        ('deadline = "1 Mar 2027"', '"1 Mar 2027"', "2027-03-01"),
        ('deadline = "01.03.2027"', '"01.03.2027"', "2027-03-01"),
        ('deadline = "3/17/2027"', '"3/17/2027"', "2027-03-17"),
        ('deadline = "3/4/2027"', '"3/4/2027"', None),
        ("deadline = 20270301", "20270301", "2027-03-01"),
        ("deadline = 2027-03-01T10:00:00", "2027-03-01T10:00:00", "2027-03-01"),
        ("deadline = 2027-03-01T10:00:00Z", "2027-03-01T10:00:00+00:00", "2027-03-01"),
        ("deadline = 10:00:00", "10:00:00", None),
        ("deadline = 1989-12-31", "1989-12-31", None),
        ("deadline = 2201-01-01", "2201-01-01", None),
        ('deadline = "soon"', '"soon"', None),
        ('status = "in progress"', '"in progress"', '"active"'),
        ('status = "plannd"', '"plannd"', '"planned"'),
        ('status = "Done"', '"Done"', '"done"'),
        ('status = "blue"', '"blue"', None),
        ("status = 3", "3", None),
        ('kind = "integrations"', '"integrations"', '"integration"'),
        ("priority = 9", "9", None),
        ('deadline = "2027-03-01 or later"', '"2027-03-01 or later"', None),
        ('deadline = "not before march 2027"', '"not before march 2027"', None),
        ('deadline = "1st march 2027"', '"1st march 2027"', "2027-03-01"),
        ('estimate = "900 weeks"', '"900 weeks"', None),
        ("cost = -5", "-5", None),
        ("priority = 0", "0", None),
        ('priority = "2"', '"2"', "2"),
        ("priority = 2.0", "2.0", "2"),
        ("priority = true", "true", None),
        ('percent_complete = "40%"', '"40%"', "40"),
        ("percent_complete = -1", "-1", None),
        ("percent_complete = nan", "nan", None),
        ("percent_complete = inf", "inf", None),
        ("cost = inf", "inf", None),
        ("cost = nan", "nan", None),
        ("cost = 1e300", "1e+300", None),
        ("cost = true", "true", None),
        ('cost = "40000"', '"40000"', "40000"),
        ("cost = [1, 2]", "[1, 2]", None),
        ("cost = [1]", "[1]", "1"),
        ('cost = [1, 2, "3"]', '[1, 2, "3"]', None),
        ("accelerate = 12000", "12000", None),
        ('accelerate = "6w"', '"6w"', None),
        ('accelerate = { to = "6w" }', '{ to = "6w" }', None),
        ("accelerate = { cost = 12000 }", "{ cost = 12000 }", None),
        ('as_late_as_possible = "yes"', '"yes"', "true"),
        ("as_late_as_possible = 1", "1", "true"),
        ("title = 3", "3", '"3"'),
        ('owner = "Jane Doe"', '"Jane Doe"', '"jane-doe"'),
        ('owner = "crm, web"', '"crm, web"', '["crm", "web"]'),
        ('part_of = ["retention"]', '["retention"]', '"retention"'),
        ("tags = 3", "3", None),
        ("remaining = 5", "5", '"5d"'),
        ("value = 4", "4", None),
    ],
)
def test_a_bad_value_says_what_was_found_and_the_nearest_right_thing(
    line: str, found: str, nearest: str | None
) -> None:
    problem = only_problem(f"[initiatives.a]\n{line}")
    key = line.split(" = ")[0]
    assert (problem.code, problem.severity) == ("READ01", "error")
    assert (problem.kind, problem.id, problem.key) == ("initiatives", "a", (key,))
    assert problem.file == "plan.toml"
    assert problem.found == found
    assert problem.nearest == nearest
    assert problem.allowed
    assert f"(a.{key})" in problem.message
    assert problem.found in problem.message
    assert nearest is None or nearest in problem.message


@pytest.mark.parametrize(
    ("text", "message", "meant"),
    [
        (
            'estimate = ["7w", "4w", "3w"]',
            "the three estimates must grow: 3w, 4w, 7w? (a.estimate)",
            ["3w", "4w", "7w"],
        ),
        (
            "cost = { it = [30, 20, 10.5] }",
            "the three amounts must grow: 10.5, 20, 30? (a.cost.it)",
            [10.5, 20, 30],
        ),
        (
            "actual_start = 2027-03-02\nactual_finish = 2027-03-01",
            "actual_start and actual_finish are swapped (a.actual_finish)",
            date(2027, 3, 2),
        ),
    ],
)
def test_values_that_are_right_alone_and_wrong_together_name_the_cause(
    text: str, message: str, meant: object
) -> None:
    problem = only_problem(f"[initiatives.a]\n{text}")
    assert (problem.message, problem.meant) == (message, meant)


def test_a_freeze_that_ends_before_it_starts_says_so() -> None:
    problem = only_problem("[freezes.f]\nstart = 2027-05-10\nend = 2027-05-01")
    assert problem.message == "start and end are swapped (freezes.f.end)"


def test_a_huge_number_is_said_without_its_digits() -> None:
    files: dict[str, Any] = {"a.toml": {"initiatives": {"a": {"cost": 10**4000}}}}
    (problem,) = read(files).problems
    assert len(problem.message) < 200


def test_all_problems_are_said_at_once() -> None:
    found = reading("""
        [initiatives.a]
        estimate = "6 weeks"
        deadline = "2027-03-01"
        priority = 9
        [initiatives.b]
        status = "plannd"
        [teams.crm]
        capacity = -1
        [roadmap]
        start = "now"
    """)
    assert [(p.kind, p.id, p.key) for p in found.problems] == [
        ("roadmap", "", ("start",)),
        ("teams", "crm", ("capacity",)),
        ("initiatives", "a", ("estimate",)),
        ("initiatives", "a", ("deadline",)),
        ("initiatives", "a", ("priority",)),
        ("initiatives", "b", ("status",)),
    ]


def test_a_bad_value_costs_only_its_key() -> None:
    found = reading('[initiatives.a]\ntitle = "A"\nestimate = "6 weeks"\nowner = "crm"')
    a = found.roadmap.initiatives["a"]
    assert (a.title, a.estimate, a.owner) == ("A", None, ("crm",))
    assert found.invalid == {("initiatives", "a"): {"estimate"}}


@pytest.mark.parametrize(
    ("written", "key", "nearest"),
    [
        ('{ to = "6 weeks", cost = 12000 }', "to", '"6w"'),
        ('{ to = "6w", cost = -1 }', "cost", None),
        ('{ to = "6w", cost = "12000" }', "cost", "12000"),
    ],
)
def test_a_bad_part_of_an_acceleration_is_named(
    written: str, key: str, nearest: str | None
) -> None:
    found = reading(f'[initiatives.a]\nestimate = "9w"\naccelerate = {written}')
    (problem,) = found.problems
    assert (problem.key, problem.nearest) == (("accelerate", key), nearest)
    assert found.roadmap.initiatives["a"].accelerate is None
    assert found.roadmap.initiatives["a"].estimate is not None
    assert found.invalid == {("initiatives", "a"): {"accelerate"}}


def test_what_an_acceleration_does_not_know_is_kept_and_named() -> None:
    found = reading('[initiatives.a]\naccelerate = { to = "6w", costs = 1, cost = 12000 }')
    (problem,) = found.problems
    assert (problem.code, problem.key) == ("READ02", ("accelerate", "costs"))
    assert problem.nearest == "cost"
    assert found.roadmap.initiatives["a"].accelerate is not None


def test_a_bad_value_of_an_action_costs_only_itself() -> None:
    found = reading("""
        [actions.ask-legal]
        title = "Ask legal"
        owner = ["jo", "crm"]
        due = "soon"
        done = 2027-03-30
        meeting = 3
    """)
    action = found.roadmap.actions["ask-legal"]
    assert action.title == "Ask legal"
    assert (action.owner, action.due, action.meeting) == (None, None, None)
    assert str(action.done) == "2027-03-30"
    assert [problem.key for problem in found.problems] == [("owner",), ("due",), ("meeting",)]


def test_a_bad_day_or_number_of_a_small_table_costs_only_itself() -> None:
    found = reading("""
        [initiatives.a]
        cost = { marketing = [1, 2, 3], it = [3, 2, 1], joint = "much" }
        [checks]
        wip = { crm = 3, web = 2.5 }
        [teams.crm]
        capacity = 4
        [teams.crm.capacity_from]
        2027-06-01 = 5
        2027-07-01 = -1
        summer = 3
        [outcomes.o.answers]
        2027-06-01 = "go on"
        2027-07-01 = 4
    """)
    assert found.roadmap.initiatives["a"].cost == {"marketing": Amount(2, 1, 3)}
    assert found.roadmap.checks.wip == {"crm": 3}
    assert list(found.roadmap.teams["crm"].capacity_from.values()) == [5]
    assert list(found.roadmap.outcomes["o"].answers.values()) == ["go on"]
    assert found.invalid == {}
    assert len(found.problems) == 6


def test_a_bad_element_costs_only_itself() -> None:
    found = reading("""
        [initiatives.a]
        uses = ["cdp", 3, "CRM System", "esp"]
        staff = { data = "two", web = 1 }
        reviews = { privacy = "yes", legal = 2026-11-03, "Data Team" = 2026-11-03 }
        value = { marketing = 4, it = 9 }
        [calendars.uk]
        workdays = ["monday", "tue"]
        [calendars.uk.holidays]
        2027-12-24 = "Christmas Eve"
        2027-02-30 = "never"
        easter = "Easter"
    """)
    a = found.roadmap.initiatives["a"]
    assert a.uses == ("cdp", "esp")
    assert a.staff == {"web": 1}
    assert list(a.reviews) == ["legal"]
    assert a.value == {"marketing": 4}
    assert found.roadmap.calendars["uk"].workdays == ("tue",)
    assert len(found.roadmap.calendars["uk"].holidays) == 1
    assert found.invalid == {}
    assert len(found.problems) == 9


def test_when_nothing_of_a_list_is_left_the_key_is_absent() -> None:
    found = reading("[initiatives.a]\nuses = [3, 4]")
    assert found.roadmap.initiatives["a"].uses == ()
    assert found.invalid == {("initiatives", "a"): {"uses"}}


# --- links ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bad",
    ['"api SS + 5d"', "5", '{ type = "SS" }', "{ on = 3 }", '{ on = "x", lag = 5 }', '["api"]'],
)
def test_a_bad_link_keeps_the_others_and_leaves_the_schedule(bad: str) -> None:
    found = reading(f'[initiatives.a]\nneeds = ["b", {bad}, "c FF"]')
    assert found.roadmap.initiatives["a"].needs == (Need(on="b"), Need(on="c", type="FF"))
    assert "needs" in found.invalid["initiatives", "a"]
    assert found.problems[0].key[0] == "needs"


def test_what_a_link_only_says_costs_only_itself() -> None:
    found = reading('[initiatives.a]\nneeds = [{ on = "b", delivers = 3, promised = "soon" }]')
    assert found.roadmap.initiatives["a"].needs == (Need(on="b"),)
    assert found.invalid == {}
    assert [p.key for p in found.problems] == [("needs", "delivers"), ("needs", "promised")]


@pytest.mark.parametrize(
    ("counter", "kept", "wrong"),
    [
        ("{ by = 3, promised = 2027-05-26 }", Counter(promised=date(2027, 5, 26)), ("by",)),
        ('{ by = "it", on = "soon", type = "SS" }', Counter(by="it", type="SS"), ("on",)),
        ('{ by = "it", needed_by = "soon" }', None, ("needed_by",)),
        ('{ by = "it", on = 2027-03-22 }', None, ()),
        ('"26 may"', None, ()),
    ],
)
def test_a_bad_counter_costs_only_itself(
    counter: str, kept: Counter | None, wrong: tuple[str, ...]
) -> None:
    found = reading(f'[initiatives.a]\nneeds = [{{ on = "b", note = "n", counter = {counter} }}]')
    assert found.roadmap.initiatives["a"].needs == (Need(on="b", note="n", counter=kept),)
    (problem,) = found.problems
    assert (problem.code, problem.key) == ("READ01", ("needs", "counter", *wrong))
    assert not found.invalid


def test_a_counter_keeps_a_key_that_it_does_not_know() -> None:
    text = '[initiatives.a]\nneeds = [{ on = "b", counter = { promise = 2027-05-26, lag = "1w" } }]'
    (problem,) = reading(text).problems
    assert (problem.code, problem.key) == ("READ02", ("needs", "counter", "promise"))
    assert problem.nearest == "promised"


def test_an_unknown_key_of_a_link_is_said() -> None:
    found = reading('[initiatives.a]\nneeds = [{ on = "b", promise = 2027-03-01 }]')
    (problem,) = found.problems
    assert (problem.code, problem.nearest) == ("READ02", "promised")
    assert found.roadmap.initiatives["a"].needs == (Need(on="b"),)


# --- what contradicts itself ----------------------------------------------------------------------


def test_a_milestone_takes_no_time_and_stays_in_the_schedule() -> None:
    found = reading('[initiatives.a]\nkind = "milestone"\nestimate = "3w"')
    (problem,) = found.problems
    assert (problem.code, problem.key, problem.found) == ("READ01", ("estimate",), '"3w"')
    assert problem.nearest == '"0d"'
    assert found.roadmap.initiatives["a"].is_milestone
    assert found.invalid == {}


def test_what_is_finished_before_it_started_leaves_the_schedule() -> None:
    found = reading("[initiatives.a]\nactual_start = 2027-04-01\nactual_finish = 2027-03-01")
    assert found.problems[0].key == ("actual_finish",)
    assert found.invalid == {("initiatives", "a"): {"actual_finish"}}


def test_a_freeze_that_ends_before_it_starts_freezes_nothing() -> None:
    found = reading("[freezes.f]\nstart = 2027-04-01\nend = 2027-03-01")
    assert found.problems[0].key == ("end",)
    assert found.roadmap.freezes["f"].start is None


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("Web_Push", "web-push"), ('"web push"', "web-push"), ("a--b", "a-b"), ("x" * 65, "x" * 64)],
)
def test_a_bad_id_is_said_and_still_resolves(name: str, nearest: str) -> None:
    found = reading(f'[initiatives.{name}]\ntitle = "A"')
    (problem,) = found.problems
    assert (problem.code, problem.nearest) == ("READ01", nearest)
    assert [one.title for one in found.roadmap.initiatives.values()] == ["A"]


def test_a_table_without_a_name_is_said() -> None:
    found = reading('[initiatives.""]\ntitle = "A"')
    assert [problem.code for problem in found.problems] == ["READ01"]
    assert found.roadmap.initiatives == {}


@pytest.mark.parametrize(
    ("key", "nearest"),
    [
        ("estimat", "estimate"),
        ("depends_on", "needs"),
        ("blocked_by", "needs"),
        ("duration", "estimate"),
        ("due", "deadline"),
        ("team", "owner"),
        ("start", "start_no_earlier_than"),
        ("percent-complete", "percent_complete"),
        ("finish_no_later", "finish_no_later_than"),
        ("id", None),
        ("x_jira", None),
    ],
)
def test_an_unknown_key_is_kept_and_said(key: str, nearest: str | None) -> None:
    found = reading(f'[initiatives.a]\n{key} = "x"\ntitle = "A"')
    (problem,) = found.problems
    assert (problem.code, problem.severity) == ("READ02", "info")
    assert (problem.id, problem.key, problem.nearest) == ("a", (key,), nearest)
    assert found.roadmap.initiatives["a"].title == "A"
    assert found.roadmap.initiatives["a"].id == "a"


@pytest.mark.parametrize(
    ("text", "kind", "nearest"),
    [
        ("[initiative.a]", "initiative", "initiatives"),
        ("[tasks.a]", "tasks", "initiatives"),
        ("[calendar.uk]", "calendar", "calendars"),
        ('title = "A"', "title", "roadmap.title"),
        ("[unheard-of]", "unheard-of", None),
        ("near = 3", "near", None),
    ],
)
def test_an_unknown_table_is_kept_and_said(text: str, kind: str, nearest: str | None) -> None:
    problem = only_problem(text)
    assert (problem.code, problem.kind, problem.nearest) == ("READ02", kind, nearest)


@pytest.mark.parametrize(
    ("text", "kind", "id"),
    [
        ("initiatives = 3", "initiatives", ""),
        ('[[initiatives]]\nid = "a"', "initiatives", ""),
        ("initiatives = []", "initiatives", ""),
        ("roadmap = 3", "roadmap", ""),
        ("[[roadmap]]", "roadmap", ""),
        ("glossary = 3", "glossary", ""),
        ("checks = true", "checks", ""),
        ("[initiatives]\nx = 5", "initiatives", "x"),
        ("[[initiatives.x]]", "initiatives", "x"),
        ('[initiatives]\nx = "3w"', "initiatives", "x"),
        ("[teams]\nx = [1, 2]", "teams", "x"),
    ],
)
def test_a_table_of_the_wrong_shape_is_said(text: str, kind: str, id: str) -> None:
    problem = only_problem(text)
    assert (problem.code, problem.kind, problem.id, problem.key) == ("READ01", kind, id, ())
    assert "table" in problem.message


def test_an_initiative_that_is_no_table_resolves_and_is_not_scheduled() -> None:
    found = reading('[initiatives]\nx = 5\ny = { needs = ["x"] }')
    assert set(found.roadmap.initiatives) == {"x", "y"}
    assert "needs" in found.invalid["initiatives", "x"]


# --- checks and glossary --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("horizon = 30", ""),
        ("horizon = 2.5", ""),
        ('assumed_estimate = "2w"', ""),
        ("sys01 = { days = 3 }", ""),
        ('assumed_estimate = "2 weeks"', "READ01"),
        ("horizon = true", "READ01"),
        ("horizon = nan", "READ01"),
        ("horizon = [1]", "READ01"),
        ("horizon = 2027-03-01", "READ01"),
        ("sys01 = { days = [3] }", "READ01"),
        ('ignored = ["SYS01"]', "READ02"),
        ("Horizon = 30", "READ02"),
        ("near-critical = 30", "READ02"),
        ("ignore = 3", "READ01"),
        ('severity = { SYS01 = "warn" }', "READ01"),
        ('severity = "error"', "READ01"),
        ('reviews_for = { personal = "privacy" }', ""),
        ('reviews_for = { personal = "Privacy Team" }', "READ01"),
    ],
)
def test_checks_hold_numbers_lengths_and_tables_of_them(line: str, code: str) -> None:
    problems = reading(f"[checks]\n{line}").problems
    assert [problem.code for problem in problems] == ([code] if code else [])


def test_a_bad_threshold_is_absent() -> None:
    checks = reading("[checks]\nhorizon = true\nbuffer = 5").roadmap.checks
    assert checks.thresholds == {"buffer": 5}


def test_a_term_needs_a_meaning() -> None:
    found = reading('[glossary]\nlead = 3\nsegment = { marketing = 3, it = "rows", sales = "x" }')
    assert [(p.code, p.key) for p in found.problems] == [
        ("READ01", ("lead",)),
        ("READ01", ("segment", "marketing")),
        ("READ02", ("segment", "sales")),
    ]
    assert set(found.roadmap.glossary) == {"segment"}
    assert found.roadmap.glossary["segment"].it == "rows"


def test_a_bad_key_is_called_what_it_should_be() -> None:
    found = reading("[outcomes.o]\nreadings = { 2027-13-01 = 2, soon = 3 }")
    first, second = found.problems
    assert (first.key, first.nearest) == (("readings", "2027-13-01"), "2027-01-13")
    assert first.message.startswith("the key 2027-13-01 is not a date; nearest")
    assert (second.nearest, second.allowed) == (
        None,
        "a date such as 2027-03-01, from 1990 to 2200",
    )
