"""The agenda of a joint meeting: what stands in which section, in which order, and who speaks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations, groupby
from pathlib import Path
from random import Random

import pytest

from planner.analysis.agenda import agenda_of
from planner.analysis.compared import Compared
from planner.analysis.meetings import last_held
from planner.files.workspace import Workspace
from planner.plan.model import Clock, Plan, plan_of
from planner.roadmap.output_agenda import AgendaShown, ItemRow, SectionName
from planner.roadmap.output_history import RevisionRow
from planner.tui.dialogs.baseline import BaselineDialog
from tests.query.plans import plan

SAMPLE = Path(__file__).parents[2] / "roadmaps" / "acme-2027"
TEAMS = """
[roadmap]
status_date = 2027-03-22
[teams.data]
portfolio = "it"
lead = "omar"
[teams.crm]
portfolio = "marketing"
[people.omar]
name = "Omar"
team = "data"
"""

FEED = """
[initiatives.feed]
owner = "data"
estimate = "4w"
[initiatives.mails]
owner = "crm"
"""


@pytest.fixture(scope="module")
def acme() -> AgendaShown:
    """The agenda of the sample."""
    return agenda_of(plan_of(Workspace.open(SAMPLE), Clock(date(2027, 3, 22))))


def named(shown: AgendaShown, section: SectionName) -> list[tuple[str, str]]:
    return [(one.id, one.other) for one in shown.items(section)]


def test_the_meeting_to_which_both_sides_come(acme: AgendaShown) -> None:
    assert acme.meeting is not None
    assert (acme.meeting.id, acme.meeting.last) == ("joint-review", date(2027, 3, 11))
    assert (acme.meeting.next, acme.meeting.following) == (date(2027, 3, 25), date(2027, 4, 8))
    assert [one.name for one in acme.meeting.attends][:2] == ["Mara Lindqvist", "Piotr Zieliński"]
    assert acme.since == date(2027, 3, 11)


def test_the_last_meeting_is_the_joint_one_not_a_later_one_of_some() -> None:
    made = plan_of(Workspace.open(SAMPLE), Clock(date(2027, 3, 22)))
    assert made.roadmap.meetings["launch-desk"].last == date(2027, 3, 18)
    assert last_held(made) == date(2027, 3, 11)
    assert "11 Mar" in BaselineDialog(made).matches().found[0].title
    assert last_held(made.at(date(2027, 3, 1))) is None


def test_what_stands_where(acme: AgendaShown) -> None:
    late = [(one.id, one.other, one.days) for one in acme.items("late")]
    assert ("peak-readiness", "", 5) in late
    assert ("loyalty-relaunch", "pim-commerce", 6) in late
    assert ("legacy-esp-switch-off", "ip-warm-up", 3) in late
    assert [id for id, _ in named(acme, "decide")] == [
        "points-expiry",
        "consent-retention",
        "sms-provider",
        "profile-region",
    ]
    assert [id for id, _ in named(acme, "owner")] == ["dam-cms-connector", "influencer-pages"]
    assert named(acme, "action") == [("sms-contract-terms", "")]
    assert [id for id, _ in named(acme, "ends")][1:4] == ["dam", "pim", "gateway-test-stage"]
    assert "peak-readiness" in [id for id, _ in named(acme, "launch")]
    assert {(one.side, one.days) for one in acme.waits} == {("it", 35), ("marketing", 38)}


def test_what_frees_a_launch_comes_first_and_together(acme: AgendaShown) -> None:
    rows = [(one.other, one.id, one.frees, one.group) for one in acme.items("agree")]
    assert rows[:6] == [
        ("customer-sso", "loyalty-relaunch", ("loyalty-relaunch",), None),
        ("autumn-content", "autumn-range-load", ("autumn-range-live",), None),
        ("customer-sso", "segment-definitions", ("peak-campaign",), 1),
        ("segment-definitions", "consent-signals", ("peak-campaign",), 1),
        ("consent-signals", "lifecycle-journeys", ("peak-campaign",), 1),
        ("server-side-tagging", "on-site-personalisation", ("peak-readiness",), None),
    ]


def test_everything_but_a_waiver_by_nobody_has_who_speaks(acme: AgendaShown) -> None:
    for section in acme.sections:
        assert all(one.speaks and one.speaks[0].name for one in section.items), section.name
    sso = acme.items("agree")[0].speaks[0]
    assert (sso.id, sso.team, sso.side, sso.attends) == ("nadia-haddad", "identity", "it", False)


def test_a_counter_waits_for_the_other_side() -> None:
    counter = 'counter = { by = "crm", on = 2027-03-15, needed_by = 2027-04-19 }'
    link = f'on = "feed", asked = 2027-03-01, agreed = 2027-03-03, promised = 2027-05-03, {counter}'
    [one] = agenda_of(plan(f"{TEAMS}{FEED}needs = [{{ {link} }}]")).items("agree")
    assert (one.act, one.state, one.days) == ("take", "countered", 5)
    assert [each.id for each in one.speaks] == ["omar"]
    assert "19 Apr" in one.text


def test_what_is_new_since_then_is_for_the_other_side_to_review() -> None:
    before = plan(f"{TEAMS}{FEED}")
    now = plan(f"{TEAMS}{FEED}[initiatives.push]\nowner = 'crm'\n[initiatives.api]\nowner = 'data'")
    row = RevisionRow(commit=None, author="", day=now.as_of, subject="")
    moves = Compared(before, now, row, row, lambda _: {})
    found = agenda_of(now, compared=moves)
    assert [(one.id, one.speaks[0].side) for one in found.items("new")] == [
        ("push", "it"),
        ("api", "marketing"),
    ]
    assert found.moved == ()
    seen = plan(f"{TEAMS}{FEED}[initiatives.push]\nowner = 'crm'\nreviews.omar = 2027-03-20")
    assert (
        agenda_of(seen, compared=Compared(before, seen, row, row, lambda _: {})).items("new") == ()
    )


def test_what_ends_and_what_was_measured() -> None:
    text = """
[systems.cms]
standing = "exception"
standing_until = 2027-03-31
[systems.old]
supported_until = 2027-12-31
[outcomes.sales]
baseline = 2
target = 4
readings = { 2027-02-01 = 3, 2027-03-01 = 2.5 }
[outcomes.visits]
baseline = 10
target = 5
readings = { 2027-03-15 = 9 }
[outcomes.reached]
baseline = 10
target = 5
readings = { 2027-01-15 = 4, 2027-02-15 = 5 }
"""
    found = agenda_of(plan(TEAMS + FEED + text))
    assert [(one.id, one.days) for one in found.items("ends")] == [("cms", 7)]
    measured = [(one.id, one.state) for one in found.items("measured")]
    assert measured == [("sales", "away"), ("visits", "measured")]


# --- the fewest that free a launch, against trying all --------------------------------------------

Pair = tuple[str, str]


def random_plan(seed: int) -> Plan:
    """Up to eight pieces of work of two sides with links at random, some of them agreed."""
    random = Random(seed)
    ids = [f"w{number}" for number in range(random.randint(3, 8))]
    tables = []
    for at, id in enumerate(ids):
        before = random.sample(ids[:at], min(at, random.randint(0, 2)))
        words = ["asked = 2027-03-01", "agreed = 2027-03-02", "delivers = 'x'"]
        needs = [f'{{ on = "{each}", {random.choice(words)} }}' for each in before]
        kind = random.choice(("milestone", "campaign", "feature"))
        tables.append(
            f'[initiatives.{id}]\nkind = "{kind}"\nowner = "{random.choice(("data", "crm"))}"\n'
            f'estimate = "{0 if kind == "milestone" else 5}d"\nneeds = [{", ".join(needs)}]\n'
        )
    return plan(TEAMS + "".join(tables))


def open_pairs(of: Plan) -> list[Pair]:
    """The links between the sides that nobody has agreed to."""
    return [
        (need.on, one.id)
        for one in of.roadmap.initiatives.values()
        for need in one.needs
        if one.owner != of.roadmap.initiatives[need.on].owner and need.agreed is None
    ]


def is_free(of: Plan, launch: str, waiting: set[Pair]) -> bool:
    """Whether nothing that is not agreed is before a launch."""
    needs = of.roadmap.initiatives[launch].needs
    return all((need.on, launch) not in waiting and is_free(of, need.on, waiting) for need in needs)


def steps(items: tuple[ItemRow, ...]) -> Iterator[tuple[set[Pair], set[str]]]:
    """The handovers that are agreed at a time, and what they free."""
    freeing = [one for one in items if one.frees]
    for _, together in groupby(freeing, lambda one: one.group or (one.other, one.id)):
        rows = [*together]
        yield {(one.other, one.id) for one in rows}, set(rows[0].frees)


@pytest.mark.parametrize("seed", range(100))
def test_the_fewest_that_free_a_launch_are_those_of_trying_all(seed: int) -> None:
    made = random_plan(seed)
    waiting = set(open_pairs(made))
    launches = [one.id for one in made.roadmap.initiatives.values() if one.is_launch]
    items = agenda_of(made).items("agree")
    assert {(one.other, one.id) for one in items} == waiting
    for agreed, frees in steps(items):
        held = {id for id in launches if not is_free(made, id, waiting)}
        fewest = next(
            number
            for number in range(1, len(waiting) + 1)
            for tried in combinations(sorted(waiting), number)
            if any(is_free(made, id, waiting - {*tried}) for id in held)
        )
        assert len(agreed) == fewest
        waiting -= agreed
        assert frees == {id for id in held if is_free(made, id, waiting)}
    assert all(is_free(made, id, waiting) for id in launches)
