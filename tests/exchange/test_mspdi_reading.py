"""What a Microsoft Project XML says: files as Microsoft Project writes them, in our terms."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.analysis.importing import Incoming, Link, Loss
from planner.exchange.importing.mspdi import read_mspdi
from planner.exchange.microsoft.records import read_records
from planner.exchange.microsoft.working_time import working_times
from tests.mspdi.files import (
    assignment,
    blank,
    calendar,
    exception,
    link,
    project,
    resource,
    summary,
    task,
    week_day,
    with_baseline,
)
from tests.mspdi.java import Mpxj


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def read(folder: Path, text: str, encoding: str = "utf-8") -> Incoming:
    file = folder / "relaunch.xml"
    file.write_bytes(text.encode(encoding))
    return read_mspdi(file)


def work(found: Incoming) -> dict[str, dict[str, Any]]:
    return {id: dict(keys) for id, keys in found.tables["initiatives"].items()}


def ties(found: Incoming) -> list[tuple[str, str, str, str]]:
    return [(one.successor, one.predecessor, one.type, one.lag) for one in found.links]


def losses(found: Incoming, row: int) -> list[tuple[str, str]]:
    return [(loss.column, loss.value) for loss in found.losses if loss.row == row]


# --- Project 2010: outline, links, notes ----------------------------------------------------------


def project_2010() -> str:
    return project(
        summary(1, "Marketing"),
        with_baseline(task(2, "Campaign pages", 10, level=2, Priority=800, Notes="Ask Jo & Al")),
        task(3, "Launch", 0, link(2), link(7, "SS", 14400), level=2,
             Deadline="2027-04-30T17:00:00"),
        blank(4),
        summary(5, "IT"),
        summary(6, "Foundations", 2),
        task(7, "API", 15, level=3, HyperlinkAddress="https://wiki.acme.example/api",
             DurationFormat=9),
        task(8, "Load test", 3.5, link(7, "FF", -4800), level=3, Cost=125000),
    )  # fmt: skip


def test_2010_outline_and_links(folder: Path) -> None:
    found = read(folder, project_2010())
    assert found.tables["roadmap"][""] == {
        "title": "Relaunch", "start": date(2027, 3, 1), "currency": "EUR",
    }  # fmt: skip
    assert found.tables["groups"] == {"foundations": {"title": "Foundations"}}
    assert work(found) == {
        "campaign-pages": {
            "title": "Campaign pages", "portfolio": "marketing", "priority": 1, "estimate": "10d",
            "notes": "Ask Jo & Al",
        },
        "launch": {
            "title": "Launch", "portfolio": "marketing", "kind": "milestone",
            "deadline": date(2027, 4, 30),
        },
        "api": {
            "title": "API", "part_of": "foundations", "portfolio": "it", "estimate": "3w",
            "urls": ["https://wiki.acme.example/api"],
        },
        "load-test": {
            "title": "Load test", "part_of": "foundations", "portfolio": "it", "estimate": "3.5d",
            "cost": 1250,
        },
    }  # fmt: skip
    assert ties(found) == [
        ("launch", "campaign-pages", "FS", ""),
        ("launch", "api", "SS", "+3d"),
        ("load-test", "api", "FF", "-1d"),
    ]
    assert found.rows == {"campaign-pages": 2, "launch": 3, "api": 7, "load-test": 8}
    assert found.keys["api"] == "7"
    assert losses(found, 8) == [("Duration", "28 hours")]
    assert len(found.dates) == 4
    assert any("1 tasks have a baseline" in note for note in found.notes)


def test_2010_with_another_row_order_keeps_its_keys(folder: Path) -> None:
    """The UID is what a second import finds a task by, wherever it stands."""
    found = read(folder, project(task(9, "API", UID=7, ID=1)))
    assert (found.keys["api"], found.rows["api"]) == ("7", 1)


# --- Project 2003: days of a calendar among its weekdays, UTF-16 ----------------------------------


def project_2003() -> str:
    day_off = (
        "<WeekDay><DayType>0</DayType><DayWorking>0</DayWorking><TimePeriod>"
        "<FromDate>2027-03-26T00:00:00</FromDate><ToDate>2027-03-29T23:59:00</ToDate>"
        "</TimePeriod></WeekDay>"
    )
    text = project(
        task(1, "API", 5),
        calendars=[calendar(1, "Standard").replace("</WeekDays>", f"{day_off}</WeekDays>")],
    )
    return text.replace("<Active>1</Active><Manual>0</Manual>", "")


def test_2003_exceptions_stand_among_the_weekdays(folder: Path) -> None:
    text = project_2003().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    found = read(folder, text, "utf-16")
    days = found.tables["calendars"]["standard"]["holidays"]
    assert list(days) == ["2027-03-26", "2027-03-27", "2027-03-28", "2027-03-29"]
    assert work(found)["api"]["estimate"] == "5d"


# --- Project 2016: calendars and resources --------------------------------------------------------


def project_2016() -> str:
    half = "<WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime>"
    standard = calendar(
        1,
        "Acme",
        exception("2027-12-24", "2027-12-26", "Christmas"),
        exception("2027-05-01", "2029-05-01", "May Day", Type=2, Month=4, MonthDay=1),
        exception("2027-04-03", name="Stocktaking", works=True),
        exception("2027-06-01", "2027-06-30", "First Friday", Type=5, Period=1, MonthItem=8,
                  MonthPosition=0),
    )  # fmt: skip
    four = calendar(2, "Studio", days=range(2, 6), base=1)
    nights = calendar(3, "Half days", days=None, base=1).replace(
        "</BaseCalendarUID>", f"</BaseCalendarUID><WeekDays>{week_day(6, True, half)}</WeekDays>"
    )
    return project(
        task(1, "Pictures", 8),
        task(2, "Retouching", 8, CalendarUID=3),
        task(3, "Texts", 8),
        calendars=[standard, four, nights, calendar(4, "Studio Halden", days=None, base=2),
                   calendar(5, "Anna Schmidt", exception("2027-03-15", "2027-03-19", "Holiday"),
                            days=None, base=1)],
        resources=[
            resource(1, "Studio Halden", Group="Marketing", CalendarUID=4, MaxUnits="2.00"),
            resource(2, "Anna Schmidt", EmailAddress="anna@acme.example", CalendarUID=5,
                     Group="CRM"),
            resource(3, "Paper", Type=0),
        ],
        assignments=[assignment(1, 1, 1, 2), assignment(2, 2, 1), assignment(3, 2, 2, 0.5),
                     assignment(4, 3, 2), assignment(5, 1, 3)],
    )  # fmt: skip


def test_2016_calendars(folder: Path) -> None:
    found = read(folder, project_2016())
    acme = found.tables["calendars"]["acme"]
    assert found.tables["roadmap"][""]["calendar"] == "acme"
    days = acme["holidays"]
    assert [day for day, name in days.items() if name == "Christmas"] == [
        "2027-12-24", "2027-12-25", "2027-12-26",
    ]  # fmt: skip
    assert [day for day, name in days.items() if name == "May Day"] == [
        "2027-05-01", "2028-05-01", "2029-05-01",
    ]  # fmt: skip
    assert days["2027-06-04"] == "First Friday"
    assert acme["working"] == {"2027-04-03": "Stocktaking"}
    assert found.tables["calendars"]["studio"]["workdays"] == ["mon", "tue", "wed", "thu"]
    assert found.tables["teams"]["studio-halden"]["calendar"] == "studio"
    short = [loss for loss in found.losses if loss.column == "Calendar"]
    assert {loss.value for loss in short} == {"Half days", "Anna Schmidt"}


def test_a_calendar_with_half_days_is_told_of(folder: Path) -> None:
    half = "<WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime>"
    fridays = calendar(1, "Standard").replace(week_day(6, True), week_day(6, True, half))
    found = read(folder, project(task(1, "API"), calendars=[fridays]))
    assert [(loss.column, loss.value) for loss in found.losses] == [("Calendar", "Standard")]


def test_2016_days_are_those_that_mpxj_reads(mpxj: Mpxj, folder: Path) -> None:
    """Exceptions that recur, ranges, a calendar on another: every day of three years."""
    read(folder, project_2016())
    ours = working_times(read_records(folder / "relaunch.xml").calendars)
    for uid, days in mpxj.working_days(folder / "relaunch.xml", 2027, 2029).items():
        span = [date(2027, 1, 1) + timedelta(days=n) for n in range(366 * 3)]
        assert [str(day) for day in span if ours[uid].is_working(day)] == days


def test_2016_resources_are_teams_and_people(folder: Path) -> None:
    found = read(folder, project_2016())
    assert found.tables["teams"]["studio-halden"] == {
        "title": "Studio Halden", "portfolio": "marketing", "capacity": 2, "calendar": "studio",
    }  # fmt: skip
    assert found.tables["people"]["anna-schmidt"]["email"] == "anna@acme.example"
    done = work(found)
    assert done["pictures"]["owner"] == "studio-halden"
    assert done["pictures"]["staff"] == {"studio-halden": 2}
    assert done["retouching"]["responsible"] == ["anna-schmidt"]
    assert done["texts"]["owner"] == "anna-schmidt"
    assert losses(found, 2) == [("Resource Names", "Anna Schmidt[50%]")]
    assert Loss(0, "Resource", "Paper", "a material or a cost is neither a team nor a person") in (
        found.losses
    )


# --- Project 365: manual, inactive, elapsed, of parts ---------------------------------------------


def project_365() -> str:
    return project(
        task(1, "Concept", 5, Manual=1, Start="2027-03-08T08:00:00", Finish="2027-03-12T17:00:00"),
        task(2, "Idea", 5, Active=0),
        task(3, "Drying", 10, DurationFormat=8, Duration="PT240H0M0S",
             Start="2027-03-01T08:00:00", Finish="2027-03-11T08:00:00"),
        task(4, "Build", 10, link(1, "FS", 14400 * 7, 8), EffortDriven=1, Estimated=1,
             DurationFormat=39, Start="2027-03-15T08:00:00", Finish="2027-03-26T17:00:00"),
        task(5, "Test", 4, link(4, "SS", 50, 19)),
        task(6, "Split", 5, Start="2027-03-01T08:00:00", Finish="2027-03-19T17:00:00"),
        task(7, "Unknown", 5, Manual=1, DurationText="about a month", Duration=""),
        task(8, "Odd", 5, Milestone=1),
        task(9, "Levelled", 5, LevelingDelay=4800),
    )  # fmt: skip


def test_365_what_differs_is_told_by_task(folder: Path) -> None:
    found = read(folder, project_365())
    done = work(found)
    assert done["concept"]["start_no_earlier_than"] == date(2027, 3, 8)
    assert done["idea"]["status"] == "dropped"
    assert done["drying"]["estimate"] == "9d"
    assert done["build"]["estimate"] == "10d"
    assert ("build", "concept", "FS", "+5d") in ties(found)
    assert ("test", "build", "SS", "+5d") in ties(found)
    assert losses(found, 1) == [("Task Mode", "Manually Scheduled")]
    assert losses(found, 3) == [("Duration", "10 edays")]
    assert losses(found, 4) == [("Predecessors", "1FS+7 edays")]
    assert losses(found, 5) == [("Predecessors", "4SS+50%")]
    assert losses(found, 6) == [("Duration", "5 days")]
    assert ("Duration", "about a month") in losses(found, 7)
    assert losses(found, 8) == [("Milestone", "Yes")]
    assert losses(found, 9) == [("Leveling Delay", "4800")]
    assert any("effort-driven" in note for note in found.notes)


# --- constraints ----------------------------------------------------------------------------------


def constrained(**fields: Any) -> str:
    day = "2027-04-12T08:00:00"
    return project(
        task(1, "First", 5),
        *(
            task(2 + type, f"Type {type}", 5, link(1), ConstraintType=type, ConstraintDate=day)
            for type in range(8)
        ),
        summary(20, "Group", ConstraintType=4, ConstraintDate=day, Deadline="2027-05-01T17:00:00"),
        task(21, "Inside", 5, level=2),
        **fields,
    )


def test_constraints_are_our_keys(folder: Path) -> None:
    done, day = work(read(folder, constrained())), date(2027, 4, 12)
    keys = {id: {k: v for k, v in of.items() if k not in ("title", "estimate", "part_of")}
            for id, of in done.items()}  # fmt: skip
    assert keys == {
        "first": {},
        "type-0": {},
        "type-1": {"as_late_as_possible": True},
        "type-2": {"must_start_on": day},
        "type-3": {"must_finish_on": day},
        "type-4": {"start_no_earlier_than": day},
        "type-5": {"start_no_later_than": day},
        "type-6": {"finish_no_earlier_than": day},
        "type-7": {"finish_no_later_than": day},
        "inside": {},
    }


def test_constraints_that_break_links_are_told(folder: Path) -> None:
    found = read(folder, constrained())
    told = {loss.row - 2: loss.value for loss in found.losses if loss.column == "Constraint Type"}
    assert told.keys() == {1, 2, 3, 5, 7, 18}
    assert told[7] == "Finish No Later Than 2027-04-12"
    assert losses(found, 20) == [
        ("Constraint Type", "Start No Earlier Than 2027-04-12"),
        ("Deadline", "2027-05-01"),
    ]


def test_constraints_that_break_no_links_are_not(folder: Path) -> None:
    """A project that does not honour its constraints keeps the logic, as we do."""
    found = read(folder, constrained(HonorConstraints=0))
    told = {loss.row - 2 for loss in found.losses if loss.column == "Constraint Type"}
    assert told == {1, 18}


# --- progress -------------------------------------------------------------------------------------


def in_progress(**fields: Any) -> str:
    return project(
        task(1, "Done", 5, PercentComplete=100, ActualStart="2027-03-01T08:00:00",
             ActualFinish="2027-03-05T17:00:00", RemainingDuration="PT0H0M0S"),
        task(2, "Half", 10, PercentComplete=50, ActualStart="2027-03-08T08:00:00",
             RemainingDuration="PT40H0M0S", Finish="2027-03-19T17:00:00"),
        task(3, "Longer", 10, PercentComplete=20, ActualStart="2027-03-08T08:00:00",
             RemainingDuration="PT80H0M0S", Finish="2027-03-19T17:00:00"),
        task(4, "Early", 10, link(2), PercentComplete=10, ActualStart="2027-03-09T08:00:00",
             RemainingDuration="PT72H0M0S", Finish="2027-03-22T17:00:00"),
        task(5, "Behind", 5, Start="2027-03-08T08:00:00", Finish="2027-03-12T17:00:00"),
        StatusDate="2027-03-12T17:00:00",
        **fields,
    )  # fmt: skip


def test_progress(folder: Path) -> None:
    found = read(folder, in_progress(CriticalSlackLimit=2, ScheduleFromStart=0))
    done = work(found)
    assert done["done"] == {
        "title": "Done", "estimate": "5d", "status": "done", "actual_start": date(2027, 3, 1),
        "actual_finish": date(2027, 3, 5),
    }  # fmt: skip
    assert done["half"] == {
        "title": "Half", "estimate": "10d", "status": "active", "actual_start": date(2027, 3, 8),
        "percent_complete": 50,
    }  # fmt: skip
    assert done["longer"]["remaining"] == "10d"
    assert found.tables["roadmap"][""]["status_date"] == date(2027, 3, 13)
    notes = " ".join(found.notes)
    assert "1 unfinished tasks lie before the status date" in notes
    assert "1 tasks were begun before" in notes
    assert "slack of 2 days" in notes
    assert "back from its finish" in notes


# --- summary tasks with links, other files, custom fields -----------------------------------------


def others() -> str:
    return project(
        summary(1, "Foundations"),
        task(2, "API", 5, level=2),
        task(3, "Gateway", 5, link(2), level=2),
        summary(4, "Shop", 1, link(1)),
        task(5, "Basket", 5, level=2),
        task(6, "Checkout", 5, link(5), level=2),
        summary(7, "Weekly meeting", Recurring=1),
        task(8, "Meeting 1", 1, level=2),
        task(9, "Elsewhere", 5, link(77, CrossProject=1, CrossProjectName="other.mpp\\\\77"),
             link(99), ExternalTask=0),
        task(10, "External", 5, ExternalTask=1),
        task(11, "Fields", 5, Contact="Jo", custom={101: "IT-Infra", 102: "R-7", 103: "x"}),
        task(12, "Starts of", 5, link(1, "SS")),
        aliases={101: "Department", 102: "Risk"},
    )  # fmt: skip


def test_links_of_summary_tasks_are_links_of_their_ends(folder: Path) -> None:
    found = read(folder, others())
    assert ("basket", "gateway", "FS", "") in ties(found)
    assert not {("checkout", "gateway"), ("basket", "api")} & {tie[:2] for tie in ties(found)}
    assert losses(found, 12) == [("Predecessors", "1SS")]
    assert any("1 links of summary tasks" in note for note in found.notes)


def test_no_link_is_lost_in_silence(folder: Path) -> None:
    found = read(folder, others())
    assert [value for _, value in losses(found, 9)] == ["other.mpp\\\\77", "99FS"]
    assert losses(found, 10) == [("External", "External")]
    assert losses(found, 7) == [("Recurring", "Weekly meeting")]


def test_custom_fields(folder: Path) -> None:
    found = read(folder, others())
    one = work(found)["fields"]
    assert (one["portfolio"], one["notes"]) == ("it", "Risk: R-7")
    assert set(losses(found, 11)) == {("Contact", "Jo"), ("103", "x")}


def test_days_of_seven_hours_and_a_link_by_the_week(folder: Path) -> None:
    text = project(
        task(1, "A", 5, Duration="PT35H0M0S"),
        task(2, "B", 5, link(1, "FS", 42000, 9), Duration="PT70H0M0S", DurationFormat=9),
        MinutesPerDay=420,
        MinutesPerWeek=2100,
    )
    found = read(folder, text)
    assert [one["estimate"] for one in work(found).values()] == ["5d", "2w"]
    assert ties(found) == [("b", "a", "FS", "+2w")]


def test_a_link_says_how_it_stood_there(folder: Path) -> None:
    found = read(folder, project(task(1, "A"), task(2, "B", 5, link(1, "SS", 24000))))
    assert found.links == (Link(2, "b", "a", "1SS+5 days", "SS", "+5d"),)
