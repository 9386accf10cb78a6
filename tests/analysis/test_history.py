"""What moved a launch from commit to commit: dates, the two parts of each move, and its causes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.analysis.history import history_of
from planner.errors import UsageError
from planner.plan.model import Plan
from planner.roadmap.output_history import StepRow
from tests.analysis.records import Committed, causes

LONGER = ('[initiatives.second]\nestimate = "3w"', '[initiatives.second]\nestimate = "4w"')
LATER = ("status_date = 2027-03-01", "status_date = 2027-03-08")


@pytest.fixture
def roadmap(tmp_path: Path) -> Committed:
    return Committed(tmp_path)


def parts(step: StepRow) -> tuple[int | None, int | None, int | None]:
    return step.moved, step.time, step.edits


def test_an_edit_moves_a_launch_and_is_its_cause(roadmap: Committed) -> None:
    commit = roadmap.commit("Longer", LONGER, by="Ben")
    (step,) = roadmap.steps()
    assert (step.then, step.seen, step.now) == (
        date(2027, 4, 2),
        date(2027, 4, 2),
        date(2027, 4, 9),
    )
    assert parts(step) == (5, 0, 5)
    assert causes(step) == [("second 3w → 4w", "Ben", 5)]
    (cause,) = step.causes
    assert (cause.kind, cause.id, cause.keys) == ("initiatives", "second", (("estimate",),))
    assert cause.commit == step.revision.commit == commit


def test_time_moves_what_did_not_begin(roadmap: Committed) -> None:
    roadmap.commit("A week went by", LATER)
    (step,) = roadmap.steps()
    assert parts(step) == (5, 5, 0)
    assert step.causes == ()
    assert step.waited == ("first should have started on 1 Mar and has not",)


def test_time_and_an_edit_in_one_commit_add_up(roadmap: Committed) -> None:
    roadmap.commit("Both", LATER, LONGER)
    (step,) = roadmap.steps()
    assert parts(step) == (10, 5, 5)
    assert (step.then, step.seen, step.now) == (
        date(2027, 4, 2),
        date(2027, 4, 9),
        date(2027, 4, 16),
    )
    assert causes(step) == [("second 3w → 4w", "Ana", 5)]


def test_facts_are_time(roadmap: Committed) -> None:
    began = ('[initiatives.first]\nestimate = "2w"', ('[initiatives.first]\nestimate = "2w"\n'
             'status = "active"\nactual_start = 2027-03-03\nremaining = "8d"'))  # fmt: skip
    roadmap.commit("It began", LATER, began)
    (step,) = roadmap.steps()
    assert parts(step) == (3, 3, 0)
    assert step.waited[0] == "first should have started on 1 Mar and did not until 3 Mar"


@pytest.mark.parametrize(
    "edit",
    [
        ('estimate = "3w"', 'estimate = "3w"\ntitle = "Second"\nnotes = "Waits"'),
        ('needs = ["first"]', 'needs = [{ on = "first", agreed = 2027-03-01, delivers = "x" }]'),
        ('estimate = "1w"', 'estimate = "3w"'),  # it has float
        ('estimate = "3w"', 'estimate = ["3w", "3w", "9w"]'),
        ("[initiatives.first]", ("[freezes.all]\nstart = 2027-03-08\nend = 2027-03-19\n\n"
         "[initiatives.first]")),
    ],
)  # fmt: skip
def test_what_moves_nothing_is_no_step(roadmap: Committed, edit: tuple[str, str]) -> None:
    roadmap.commit("Nothing", edit)
    assert roadmap.steps() == []
    (trend,) = roadmap.history("launch").trends
    assert [point.finish for point in trend.points] == [date(2027, 4, 2)] * 2


def test_what_moves_nothing_is_no_cause_beside_what_does(roadmap: Committed) -> None:
    note = ("[initiatives.first]\n", '[initiatives.first]\nnotes = "n"\n')
    agreed = ('["first"]', '[{ on = "first", agreed = 2027-03-01 }]')
    roadmap.commit("All at once", LONGER, note, agreed, ('estimate = "1w"', 'estimate = "2w"'))
    (step,) = roadmap.steps()
    assert causes(step) == [("second 3w → 4w", "Ana", 5)]


def test_of_two_causes_either_of_which_would_do_both_are_named_without_figures(
    roadmap: Committed,
) -> None:
    roadmap.commit("Both paths", LONGER, ('estimate = "1w"', 'estimate = "6w"'))
    (step,) = roadmap.steps()
    assert parts(step) == (5, 0, 5)
    assert causes(step) == [("aside 1w → 6w", "Ana", None), ("second 3w → 4w", "Ana", None)]


def test_two_causes_that_need_each_other_are_both_named(roadmap: Committed) -> None:
    roadmap.commit("Aside too", ('estimate = "1w"', 'estimate = "5w"'))
    roadmap.commit("Shorter", ('estimate = "3w"', 'estimate = "2w"'), ('"5w"', '"4w"'))
    (step,) = roadmap.steps()
    assert parts(step) == (-5, 0, -5)
    assert causes(step) == [("aside 5w → 4w", "Ana", None), ("second 3w → 2w", "Ana", None)]


def test_where_no_table_is_a_cause_by_itself_it_is_the_smallest_set(tmp_path: Path) -> None:
    """Either of `a` and `b`, with either of `c` and `d`, brings the launch to where `rest` ends."""
    roadmap = Committed(
        tmp_path,
        """\
[roadmap]
start = 2027-03-01
status_date = 2027-03-01
[initiatives]
a = { estimate = "11d" }
b = { estimate = "11d", needs = ["a"] }
c = { estimate = "12d" }
d = { estimate = "10d", needs = ["c"] }
rest = { estimate = "17d" }
launch = { kind = "milestone", needs = ["b", "d", "rest"] }
""",
    )
    roadmap.commit(
        "Shorter",
        ('a = { estimate = "11d" }', 'a = { estimate = "6d" }'),
        ('b = { estimate = "11d"', 'b = { estimate = "6d"'),
        ('c = { estimate = "12d"', 'c = { estimate = "7d"'),
        ('d = { estimate = "10d"', 'd = { estimate = "5d"'),
    )
    (step,) = roadmap.steps()
    assert parts(step) == (-5, 0, -5)
    assert causes(step) == [("a 11d → 6d", "Ana", None), ("c 12d → 7d", "Ana", None)]


def test_a_calendar_and_an_owners_team_are_tables(roadmap: Committed) -> None:
    off = ("[initiatives.first]", ('[calendars.standard.holidays]\n2027-03-03 = "Off"\n\n'
           "[initiatives.first]"))  # fmt: skip
    roadmap.commit("A day off", off)
    team = ("[initiatives.first]", ('[calendars.four]\nworkdays = ["mon", "tue", "wed", "thu"]\n\n'
            '[teams.crm]\ncalendar = "four"\n\n[initiatives.first]\nowner = "crm"'))  # fmt: skip
    roadmap.commit("Four days a week", team)
    one, two = roadmap.steps()
    assert [(each.kind, each.id) for each in one.causes] == [("calendars", "standard")]
    assert {(each.kind, each.id) for each in two.causes} == {
        ("calendars", "four"),
        ("initiatives", "first"),
        ("teams", "crm"),
    }


@pytest.mark.parametrize(
    ("edit", "kind", "keys"),
    [
        (("start = 2027-03-01\nstatus", "start = 2027-03-08\nstatus"), "roadmap", (("start",),)),
        (
            ("[initiatives.first]\nestimate = \"2w\"", ("[checks]\nassumed_estimate = \"3w\"\n\n"
             "[initiatives.first]")),
            "checks",
            (("assumed_estimate",),),
        ),
    ],
)  # fmt: skip
def test_settings_of_the_roadmap_are_tables(
    roadmap: Committed, edit: tuple[str, str], kind: str, keys: tuple[tuple[str, ...], ...]
) -> None:
    roadmap.commit("Settings", edit)
    (step,) = roadmap.steps()
    assert step.edits == 5
    assert keys in [each.keys for each in step.causes if each.kind == kind]


def test_the_schedule_is_run_again_only_for_what_can_move_the_launch(
    roadmap: Committed, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = ("[initiatives.first]\n", '[initiatives.first]\nnotes = "n"\ntitle = "First"\n')
    other = ("[initiatives.launch]", '[initiatives.other]\nestimate = "9w"\n\n[initiatives.launch]')
    roadmap.commit("Much", LONGER, notes, other, ("kind =", "deadline = 2027-05-01\nkind ="))
    found = roadmap.compared("HEAD~1")
    assert found.seen is not found.now
    runs: list[Plan] = []
    with_tables = Plan.with_tables

    def counted(plan: Plan, *words: Any) -> Plan:
        runs.append(plan)
        return with_tables(plan, *words)

    monkeypatch.setattr(Plan, "with_tables", counted)
    assert [each.id for each in found.move("launch").causes] == ["second"]
    assert runs == []  # nothing else can have moved it
    roadmap.edit(("[initiatives.first]\n", '[initiatives.first]\nowner = "ana"\n'))
    found = roadmap.compared("HEAD~1")
    assert found.seen is not found.now
    runs.clear()
    assert [each.id for each in found.move("launch").causes] == ["second"]
    assert len(runs) == 3  # one for what moves it alone, two for what does not


def test_what_is_not_committed_is_the_last_step(roadmap: Committed) -> None:
    roadmap.edit(LONGER)
    (step,) = roadmap.steps()
    assert (step.revision.commit, step.revision.author) == (None, "")
    assert [(each.text, each.author, each.commit) for each in step.causes] == [
        ("second 3w → 4w", "", None)
    ]


def test_a_change_that_is_taken_back_moves_twice(roadmap: Committed) -> None:
    roadmap.commit("Longer", LONGER)
    roadmap.commit("Shorter", LONGER[::-1], by="Ben")
    assert [parts(step) for step in roadmap.steps()] == [(5, 0, 5), (-5, 0, -5)]
    (trend,) = roadmap.history("launch").trends
    assert (trend.moved, trend.time, trend.edits) == (0, 0, 0)


def test_the_moment_is_the_status_date_else_the_authors_day_and_never_goes_back(
    roadmap: Committed,
) -> None:
    roadmap.commit("No status date", ("status_date = 2027-03-01\n", ""), day="2027-03-10")
    roadmap.commit("By an older date", ('"1w"', '"2w"'), day="2027-03-05")
    roadmap.commit("Written", ("start =", "status_date = 2027-03-15\nstart ="), day="2027-03-12")
    roadmap.commit("Written earlier", ("2027-03-15", "2027-03-08"), day="2027-03-16")
    (trend,) = roadmap.history("launch").trends
    days = [point.revision.day.day for point in trend.points]
    assert days == [1, 10, 10, 15, 15]


def test_a_renamed_initiative_is_the_same_one(roadmap: Committed) -> None:
    roadmap.commit("Longer", LONGER)
    roadmap.commit("Renamed", ("[initiatives.launch]", "[initiatives.go-live]"),
                   ('main_launch = "launch"', 'main_launch = "go-live"'))  # fmt: skip
    roadmap.commit("Shorter", LONGER[::-1])
    (trend,) = roadmap.history("go-live").trends
    assert [point.finish for point in trend.points] == [
        date(2027, 4, 2),
        date(2027, 4, 9),
        date(2027, 4, 9),
        date(2027, 4, 2),
    ]
    assert [causes(step)[0][0] for step in trend.steps] == ["second 3w → 4w", "second 4w → 3w"]


def test_a_renamed_predecessor_is_no_cause(roadmap: Committed) -> None:
    roadmap.commit("Renamed", ("[initiatives.first]", "[initiatives.one]"),
                   ('needs = ["first"]', 'needs = ["one"]'))  # fmt: skip
    assert roadmap.steps() == []


def test_a_file_that_became_a_folder_is_followed(roadmap: Committed) -> None:
    roadmap.commit("Longer", LONGER, by="Ben")
    text = roadmap.text
    roadmap.path.unlink()
    roadmap.path = roadmap.clone.top / "plan"
    head, launch = text.split("[initiatives.launch]")
    roadmap.clone.write("plan/roadmap.toml", head)
    roadmap.clone.write("plan/joint.toml", f"[initiatives.launch]{launch}")
    roadmap.clone.git("add", "-A")
    roadmap.clone.git("commit", "-q", "-m", "A folder")
    (trend,) = roadmap.history("launch").trends
    assert len(trend.points) == 3
    assert [causes(step) for step in trend.steps] == [[("second 3w → 4w", "Ben", 5)]]


def test_a_revision_that_cannot_be_read_is_a_gap(roadmap: Committed) -> None:
    whole = roadmap.text
    roadmap.text = whole + "not toml\n"
    broken = roadmap.commit("Broken")
    roadmap.text = whole
    roadmap.commit("Mended and longer", LONGER, by="Ben")
    shown = roadmap.history("launch")
    assert [gap.revision.commit for gap in shown.gaps] == [broken]
    (trend,) = shown.trends
    assert len(trend.points) == 2
    assert [causes(step) for step in trend.steps] == [[("second 3w → 4w", "Ben", 5)]]


def test_a_launch_that_came_and_went(roadmap: Committed) -> None:
    fair = '\n[initiatives.fair]\nkind = "milestone"\nneeds = ["first"]\n'
    last = 'needs = ["second", "aside"]\n'
    roadmap.commit("A fair", (last, last + fair))
    roadmap.commit("No fair", (fair, ""))
    shown = roadmap.history()
    assert {trend.id for trend in shown.trends} == {"launch", "fair"}
    fair_row = next(trend for trend in shown.trends if trend.id == "fair")
    assert [(step.then, step.now) for step in fair_row.steps] == [
        (None, date(2027, 3, 12)),
        (date(2027, 3, 12), None),
    ]
    assert [causes(step)[0][0] for step in fair_row.steps] == ["fair is new", "fair is gone"]
    assert (fair_row.first, fair_row.last) == (date(2027, 3, 12), None)
    assert roadmap.history("fair").trends == (fair_row,)


def test_dates_in_a_circle_are_none(roadmap: Committed) -> None:
    roadmap.commit("A circle", ("[initiatives.first]", '[initiatives.first]\nneeds = ["second"]'))
    (step,) = roadmap.steps()
    assert (step.now, step.moved, step.edits) == (None, None, None)
    assert [cause.id for cause in step.causes] == ["first"]


def test_an_unknown_id_is_refused(roadmap: Committed) -> None:
    with pytest.raises(UsageError, match="launhc"):
        roadmap.history("launhc")


class Enough(Exception):
    """Somebody ended the reading."""


def test_reading_tells_how_far_it_is_and_can_be_ended(roadmap: Committed) -> None:
    roadmap.commit("Longer", LONGER)

    def stop(_: int, __: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        history_of(roadmap.path, roadmap.plan, progress=stop)
    seen: list[tuple[int, int]] = []
    history_of(roadmap.path, roadmap.plan, progress=lambda at, of: seen.append((at, of)))
    assert seen == sorted(seen)
    assert all(at <= of for at, of in seen)


# --- the command ----------------------------------------------------------------------------------


def test_the_command_says_the_same(roadmap: Committed) -> None:
    roadmap.commit("Longer", LONGER, by="Ben\x1b[31m")
    shown = json.loads(roadmap.clone.planner("history", "-r", "roadmap.toml", "--json"))
    (trend,) = shown["trends"]
    assert [(step["then"], step["now"], step["edits"]) for step in trend["steps"]] == [
        ("2027-04-02", "2027-04-09", 5)
    ]
    page = roadmap.clone.planner("history", "launch", "-r", "roadmap.toml")
    assert "second 3w → 4w" in page
    assert "\x1b" not in page


def test_without_git_it_says_so(roadmap: Committed) -> None:
    roadmap.clone.run("rm", "-rf", ".git")
    done = roadmap.clone.run("planner", "history", "-r", "roadmap.toml")
    assert done.returncode == 2
    assert "no git repository" in done.stderr
