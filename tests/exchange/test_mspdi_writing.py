"""What stands in a Microsoft Project XML that we write."""

from __future__ import annotations

from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from planner.exchange.mspdi import left_out, rows
from planner.files.workspace import Workspace
from planner.plan.model import Clock, Plan, plan_of
from tests.exchange.plans import plan_of as plan_of_tables
from tests.exchange.plans import whole
from tests.exchange.test_mspdi_dates import ROADMAPS, TODAY

NS = "{http://schemas.microsoft.com/project}"

TASK_ORDER = (
    "UID ID Name Active Manual Type IsNull OutlineLevel Priority Start Finish Duration "
    "DurationFormat Work EffortDriven Estimated Milestone Summary PercentComplete ActualStart "
    "ActualFinish ActualDuration RemainingDuration ConstraintType CalendarUID ConstraintDate "
    "Deadline HyperlinkAddress IgnoreResourceCalendar Notes PredecessorLink ExtendedAttribute"
)
"""A sequence in Microsoft's schema: what stands in another order is refused."""


@pytest.fixture
def acme() -> Plan:
    return plan_of(Workspace.open(ROADMAPS / "acme-2027"), Clock(TODAY))


def read(plan: Plan) -> ElementTree.Element:
    return ElementTree.fromstring(whole(plan))


def tasks(plan: Plan) -> dict[str, ElementTree.Element]:
    """The tasks by name."""
    return {text(task, "Name"): task for task in read(plan).iter(f"{NS}Task")}


def text(element: ElementTree.Element, name: str) -> str:
    return element.findtext(f"{NS}{name}") or ""


def made(**initiatives: dict[str, Any]) -> Plan:
    tables = {
        "roadmap": {"": {"start": date(2027, 3, 1), "status_date": date(2027, 3, 1)}},
        "teams": {
            "crm": {"portfolio": "marketing"},
            "data": {"portfolio": "it", "calendar": "four"},
        },
        "calendars": {"four": {"workdays": ["mon", "tue", "wed", "thu"]}},
        "initiatives": {id.replace("_", "-"): keys for id, keys in initiatives.items()},
    }
    return plan_of_tables(tables, date(2027, 3, 1))


def test_equal_plans_give_equal_bytes(acme: Plan) -> None:
    again = plan_of(Workspace.open(ROADMAPS / "acme-2027"), Clock(TODAY))
    assert whole(acme) == whole(again)


def test_fields_stand_in_the_order_of_the_schema(acme: Plan) -> None:
    for task in read(acme).iter(f"{NS}Task"):
        places = [TASK_ORDER.split().index(field.tag.removeprefix(NS)) for field in task]
        assert places == sorted(places)


def test_sides_and_groups_are_summary_tasks_without_links(acme: Plan) -> None:
    written = rows(acme, list(acme.roadmap.initiatives))
    kinds = {row.kind for row in written}
    assert kinds == {"portfolios", "groups", "initiatives"}
    for task, row in zip(list(read(acme).iter(f"{NS}Task"))[1:], written, strict=True):
        is_summary = row.kind != "initiatives"
        assert text(task, "Summary") == str(int(is_summary))
        assert not (is_summary and task.findall(f"{NS}PredecessorLink"))
        assert int(text(task, "OutlineLevel")) == row.level


def test_rows_are_numbered_through(acme: Plan) -> None:
    """Also where a group stands below both sides."""
    numbers = [text(task, "UID") for task in read(acme).iter(f"{NS}Task")]
    assert numbers == [str(n) for n in range(len(numbers))]
    assert numbers == [text(task, "ID") for task in read(acme).iter(f"{NS}Task")]


def test_a_summary_task_lasts_as_long_as_its_work(acme: Plan) -> None:
    joint = tasks(acme)["Joint"]
    mine = [
        dates
        for one in acme.roadmap.initiatives.values()
        if acme.roadmap.portfolio_of(one) == "joint" and (dates := acme.schedule.span(one.id))
    ]
    assert text(joint, "Start")[:10] == str(min(first for first, _ in mine))
    assert text(joint, "Finish")[:10] == str(max(last for _, last in mine))


def test_a_link_has_its_type_and_its_lag_in_tenths_of_minutes() -> None:
    plan = made(a={"estimate": "5d"}, b={"estimate": "5d", "needs": ["a SS+2d", "a FF-1d"]})
    links = [
        {field.tag.removeprefix(NS): field.text for field in link}
        for link in tasks(plan)["b"].iter(f"{NS}PredecessorLink")
    ]
    types = [(link["Type"], link["LinkLag"], link["LagFormat"]) for link in links]
    assert types == [("3", "9600", "7"), ("0", "-4800", "7")]


def test_a_lag_counts_in_the_successors_calendar_there() -> None:
    """Five days from Friday the 5th lead to Friday the 12th: four days of a week of four."""
    plan = made(a={"estimate": "5d"}, b={"estimate": "4d", "owner": "data", "needs": ["a +5d"]})
    (link,) = tasks(plan)["b"].iter(f"{NS}PredecessorLink")
    assert text(link, "LinkLag") == str(4 * 4800)
    assert plan.schedule.get("b").start == date(2027, 3, 15)  # type: ignore[union-attr]


def test_a_bound_that_is_not_kept_is_a_deadline_and_breaks_no_link() -> None:
    plan = made(
        a={"estimate": "10d"},
        b={"estimate": "5d", "needs": ["a"], "finish_no_later_than": date(2027, 3, 10)},
        c={"estimate": "5d", "finish_no_later_than": date(2027, 3, 10)},
    )
    late, kept = tasks(plan)["b"], tasks(plan)["c"]
    assert (text(late, "ConstraintType"), text(late, "Deadline")) == ("0", "2027-03-10T17:00:00")
    assert (text(kept, "ConstraintType"), text(kept, "Deadline")) == ("7", "")


def test_what_the_status_date_holds_starts_no_earlier() -> None:
    plan = plan_of_tables(
        {
            "roadmap": {"": {"start": date(2027, 3, 1), "status_date": date(2027, 3, 22)}},
            "initiatives": {"a": {"estimate": "5d"}},
        },
        date(2027, 3, 22),
    )
    task = tasks(plan)["a"]
    assert text(task, "ConstraintType") == "4"
    assert text(task, "ConstraintDate") == "2027-03-22T08:00:00"


def test_progress_adds_up() -> None:
    plan = made(
        a={"estimate": "20d", "actual_start": date(2027, 2, 15), "remaining": "5d"},
        b={"actual_start": date(2027, 2, 1), "actual_finish": date(2027, 2, 5), "estimate": "9d"},
    )
    begun, done = tasks(plan)["a"], tasks(plan)["b"]
    fields = ("Duration", "ActualDuration", "RemainingDuration", "PercentComplete")
    hours = ("PT120H0M0S", "PT80H0M0S", "PT40H0M0S", "66")
    assert tuple(text(begun, field) for field in fields) == hours
    assert text(begun, "ActualStart") == "2027-02-15T08:00:00"
    assert tuple(text(done, field) for field in fields[::3]) == ("PT40H0M0S", "100")
    assert text(done, "ActualFinish") == "2027-02-05T17:00:00"


def test_dropped_work_is_inactive_and_a_circle_has_no_links() -> None:
    plan = made(
        a={"estimate": "5d", "status": "dropped"},
        b={"estimate": "5d", "needs": ["c"]},
        c={"estimate": "5d", "needs": ["b"]},
    )
    assert text(tasks(plan)["a"], "Active") == "0"
    assert not list(read(plan).iter(f"{NS}PredecessorLink"))
    assert left_out(plan, list(plan.roadmap.initiatives))["links in circles"] == 2


def test_links_that_microsoft_project_does_not_keep_are_counted() -> None:
    plan = made(a={"estimate": "5d"}, b={"estimate": "5d", "needs": ["a SS+1d", "a FF+1d"]})
    assert left_out(plan, ["a", "b"])["second links of a pair"] == 1
    assert left_out(plan, ["b"])["links to other initiatives"] == 2


def test_calendars_have_their_week_and_their_days(acme: Plan) -> None:
    found = {text(each, "Name"): each for each in read(acme).iter(f"{NS}Calendar")}
    studio = found["Studio Halden, Monday to Thursday"]
    works = [text(day, "DayWorking") for day in studio.iter(f"{NS}WeekDay")]
    assert works == ["0", "1", "1", "1", "1", "0", "0"]
    days = {text(each, "Name"): each for each in studio.iter(f"{NS}Exception")}
    assert text(days["Easter Monday"], "DayWorking") == "0"


def test_public_holidays_are_written_out() -> None:
    tables = {
        "roadmap": {"": {"start": date(2027, 3, 1), "calendar": "de"}},
        "calendars": {"de": {"country": "DE"}},
        "initiatives": {"a": {"estimate": "5d"}},
    }
    names = [
        text(each, "Name") for each in read(plan_of_tables(tables, TODAY)).iter(f"{NS}Exception")
    ]
    assert "Good Friday" in names


HOSTILE = (
    "a < b & c > d ]]>",
    "\"quoted\" 'too'",
    "a\x07bell\x1b[31m",
    "line\nline\r\nline",
    "\u202eright to left",
    "\ufffe\uffff",
    "👩‍💻 emoji",
    "&#7; <!DOCTYPE x>",
)


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_are_no_markup(title: str) -> None:
    plan = made(a={"title": title, "estimate": "5d", "notes": title})
    (task,) = [task for task in read(plan).iter(f"{NS}Task") if text(task, "Summary") == "0"]
    assert not any(char in text(task, "Name") for char in "\x07\x1b\ufffe")
    assert len(text(task, "Name")) >= len(title.replace("\r\n", "\n"))


def test_what_has_no_place_is_counted(acme: Plan) -> None:
    found = left_out(acme, list(acme.roadmap.initiatives))
    assert found["systems"] == len(acme.roadmap.systems)
    assert found["uses"] == sum("uses" in of for of in acme.tables["initiatives"].values())
    assert not {"estimate", "needs", "deadline", "owner", "title"} & found.keys()
