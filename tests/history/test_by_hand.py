"""`history --json` of small histories written by hand: what random stories meet too seldom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.git.clones import clone_at
from tests.history.small import DAY, HEAD, Row, launch, line, work
from tests.history.stories import Commit


def named(step: Row) -> dict[str, int | None]:
    """The causes of a step with their figures."""
    return {cause["id"]: cause["days"] for cause in step["causes"]}


def test_where_no_table_moves_it_by_itself_the_smallest_set_is_named(record: Any) -> None:
    def plan(a: int, b: int, c: int, d: int, e: int) -> str:
        return HEAD + "\n".join(
            (
                work("driver", "20d"),
                work("a", f"{a}d"),
                work("b", f"{b}d", "a"),
                work("c", f"{c}d"),
                work("d", f"{d}d", "c"),
                work("e", f"{e}d", "d"),
                launch("driver", "b", "e"),
            )
        )

    told = record(*line(plan(9, 9, 6, 6, 6), plan(11, 11, 7, 7, 8)))
    (step,) = told.trend()["steps"]
    assert (step["time"], step["edits"]) == (0, 2)
    assert named(step) == {"a": None, "b": None}


def test_of_several_smallest_sets_one_is_named(record: Any) -> None:
    def plan(*days: int) -> str:
        return HEAD + "\n".join(
            (
                work("driver", "20d"),
                work("a", f"{days[0]}d"),
                work("b", f"{days[1]}d", "a"),
                work("c", f"{days[2]}d"),
                work("d", f"{days[3]}d", "c"),
                launch("driver", "b", "d"),
            )
        )

    told = record(*line(plan(9, 9, 9, 9), plan(11, 11, 11, 11)))
    (step,) = told.trend()["steps"]
    assert step["edits"] == 2
    assert named(step) in ({"a": None, "b": None}, {"c": None, "d": None})


def test_edits_that_cancel_each_other_are_no_step(record: Any) -> None:
    before = HEAD + work("a", "10d") + work("b", "10d", "a") + launch("b")
    after = HEAD + work("a", "15d") + work("b", "5d", "a") + launch("b")
    trend = record(*line(before, after)).trend()
    assert trend["steps"] == []
    assert (trend["first"], trend["last"], trend["moved"]) == ("2027-03-26", "2027-03-26", 0)


def test_a_move_over_a_weekend_is_a_move(record: Any) -> None:
    def plan(calendar: str) -> str:
        week = 'workdays = ["tue", "wed", "thu", "fri", "sat"]\n'
        more = f'calendar = "{calendar}"\n'
        return HEAD + f"[calendars.shop]\n{week}" + work("a", "5d", more=more) + launch("a")

    told = record(*line(plan("standard"), plan("shop")))
    (step,) = told.trend()["steps"]
    assert (step["then"], step["now"], step["edits"]) == ("2027-03-05", "2027-03-06", 0)
    assert named(step) == {"a": 0}


def test_what_a_merge_itself_changes_is_of_who_merged(record: Any) -> None:
    def plan(a: int, b: int) -> str:
        return HEAD + work("a", f"{a}d") + work("b", f"{b}d", "a") + launch("b")

    begin, branch = line(plan(5, 5), plan(8, 5))
    texts = {"plan.toml": plan(8, 9)}
    merge = Commit(2, (0, 1), "Merle", DAY, "Merge, and change b", texts)
    told = record(begin, branch, merge)
    (step,) = told.trend()["steps"]
    assert step["revision"]["commit"] == told.hashes[2]
    assert {c["id"]: (c["author"], c["commit"]) for c in step["causes"]} == {
        "a": ("Ben", told.hashes[1]),
        "b": ("Merle", told.hashes[2]),
    }


@pytest.mark.parametrize("broken", ["= =", "<<<<<<< ours\n", "[initiatives"])
def test_revisions_that_cant_be_read_are_gaps_and_the_line_goes_on(
    record: Any, broken: str
) -> None:
    def plan(days: int) -> str:
        return HEAD + work("a", f"{days}d") + launch("a")

    told = record(*line(plan(5), plan(5) + broken, broken, plan(7)))
    said = told.history()
    assert [gap["revision"]["commit"] for gap in said["gaps"]] == list(told.hashes[1:3])
    assert all(gap["message"] for gap in said["gaps"])
    (trend,) = said["trends"]
    assert [point["revision"]["commit"] for point in trend["points"]] == [
        told.hashes[0],
        told.hashes[3],
    ]
    (step,) = trend["steps"]
    assert (step["revision"]["commit"], step["edits"], named(step)) == (
        told.hashes[3],
        2,
        {"a": 2},
    )


def test_a_circle_has_no_date_and_the_line_goes_on(record: Any) -> None:
    def plan(*needs: str) -> str:
        return HEAD + work("a", "5d", *needs) + work("b", "5d", "a") + launch("b")

    told = record(*line(plan(), plan("b"), plan()))
    trend = told.trend()
    assert [point["finish"] for point in trend["points"]] == ["2027-03-12", None, "2027-03-12"]
    assert (trend["first"], trend["last"], trend["moved"]) == ("2027-03-12", "2027-03-12", 0)


def test_a_launch_that_is_new_begins_where_it_is_first_there(record: Any) -> None:
    before = HEAD + work("a", "5d")
    told = record(*line(before, before + launch("a"), before.replace("5d", "6d") + launch("a")))
    trend = told.trend()
    dated = [point for point in trend["points"] if point["finish"]]
    assert [point["revision"]["commit"] for point in dated] == list(told.hashes[1:])
    assert (trend["first"], trend["last"], trend["moved"]) == ("2027-03-05", "2027-03-08", 1)


def test_days_that_went_by_since_the_last_commit_are_the_last_step(record: Any) -> None:
    plan = "[roadmap]\nstart = 2027-03-01\n" + work("a", "5d") + launch("a")
    said = record(*line(plan)).history("--as-of", "2027-03-10")
    (step,) = said["trends"][0]["steps"]
    assert step["revision"] == {"commit": None, "author": "", "day": "2027-03-10", "subject": ""}
    assert (step["then"], step["seen"], step["now"]) == ("2027-03-05", "2027-03-16", "2027-03-16")
    assert (step["time"], step["edits"], step["causes"]) == (7, 0, [])


def test_another_roadmap_in_the_repository_moves_nothing_here(record: Any) -> None:
    def texts(days: int, other: int) -> dict[str, str]:
        mine, others = (HEAD + work("a", f"{each}d") + launch("a") for each in (days, other))
        return {"plan.toml": mine, "other.toml": others}

    commits = line("", "", "")
    told = record(
        *(
            one._replace(texts=texts(*days))
            for one, days in zip(commits, ((5, 5), (5, 9), (6, 9)), strict=True)
        )
    )
    trend = told.trend()
    assert [point["revision"]["commit"] for point in trend["points"]] == [
        told.hashes[0],
        told.hashes[2],
    ]
    assert [(step["edits"], named(step)) for step in trend["steps"]] == [(1, {"a": 1})]


def test_a_file_with_another_name_goes_on(record: Any) -> None:
    def plan(days: int) -> str:
        return HEAD + work("a", f"{days}d") + launch("a")

    first, second, third = line(plan(5), plan(5), plan(6))
    told = record(first._replace(texts={"roadmap.toml": plan(5)}), second, third)
    trend = told.trend()
    assert (trend["first"], trend["last"]) == ("2027-03-05", "2027-03-08")
    assert [step["revision"]["commit"] for step in trend["steps"]] == [told.hashes[2]]


def test_a_shallow_clone_says_from_where_the_record_starts(record: Any, tmp_path: Path) -> None:
    def plan(days: int) -> str:
        return HEAD + work("a", f"{days}d") + launch("a")

    told = record(*line(plan(5), plan(6), plan(7)))
    source = f"file://{told.path.parent}"
    clone_at(tmp_path / "other").run("git", "clone", "-q", "--depth", "2", source, "clone")
    said = told.history(path=tmp_path / "other" / "clone" / told.path.name)
    assert said["shallow"]
    assert not told.history()["shallow"]
    (trend,) = said["trends"]
    assert [point["revision"]["commit"] for point in trend["points"]] == list(told.hashes[1:])
    assert (trend["first"], trend["moved"]) == ("2027-03-08", 1)


def test_what_was_renamed_is_followed_though_nothing_of_it_is_as_it_was(record: Any) -> None:
    def plan(id: str, days: int, more: str) -> str:
        return HEAD + work(id, f"{days}d", more=more) + launch(id)

    before = 'title = "Push"\nowner = "crm"\nnotes = "One"\npriority = 1\n'
    after = 'title = "Mobile push"\nowner = "data"\nnotes = "Two"\npriority = 3\n'
    told = record(*line(plan("a", 5, before), plan("b", 5, before), plan("b", 7, after)))
    said = told.difference("HEAD~2")
    assert [(each["id"], each["was"]) for each in said["changes"] if each["was"]] == [("b", "a")]
    assert {row["id"]: (row["then"], row["now"], named(row)) for row in said["moved"]} == {
        "b": ("2027-03-05", "2027-03-09", {"b": 2}),
        "launch": ("2027-03-05", "2027-03-09", {"b": 2}),
    }


def test_a_table_that_both_sides_changed_is_of_who_changed_what_moved(record: Any) -> None:
    def plan(days: int, more: str = "") -> str:
        return HEAD + work("a", f"{days}d", more=more) + launch("a")

    bound = "start_no_earlier_than = 2027-03-01\n"
    texts = (plan(5), plan(8), plan(5, bound), plan(8, bound), plan(8, bound))
    parents = ((), (0,), (0,), (1, 2), (2, 3))
    authors = ("Ana", "Ben", "Chidi", "Dora", "Emil")
    commits = line(*texts, authors=authors)
    told = record(*(one._replace(parents=parents[one.number]) for one in commits))
    (step,) = told.trend()["steps"]
    (row,) = (row for row in told.difference(told.hashes[0])["moved"] if row["id"] == "launch")
    for causes in (step["causes"], row["causes"]):
        assert [(c["author"], c["commit"]) for c in causes] == [("Ben", told.hashes[1])]


def test_work_that_is_late_is_no_reason_for_an_earlier_date(record: Any) -> None:
    def plan(day: str, more: str) -> str:
        begun = 'status = "active"\nactual_start = 2027-03-01\n'
        tables = work("copy", "5d", more=begun) + work("platform", "20d", "copy", more=begun + more)
        return HEAD.replace("status_date = 2027-03-01", f"status_date = {day}") + tables

    told = record(*line(plan("2027-03-01", ""), plan("2027-03-15", 'remaining = "3d"\n')))
    moved = {row["id"]: row for row in told.difference("HEAD~1")["moved"]}
    assert {id: row["time"] for id, row in moved.items()} == {"copy": 10, "platform": -7}
    assert [words.split()[0] for words in moved["platform"]["waited"]] == ["platform"]
    assert [words.split()[0] for words in moved["copy"]["waited"]] == ["copy", "copy"]


def test_who_gives_work_another_id_is_not_who_linked_to_it(record: Any) -> None:
    def plan(id: str, *needs: str) -> str:
        return HEAD + work(id, "5d") + work("b", "5d", *needs) + launch("b")

    told = record(*line(plan("a"), plan("a", "a"), plan("new", "new")))
    (row,) = (row for row in told.difference("HEAD~2")["moved"] if row["id"] == "launch")
    assert [(c["id"], c["author"]) for c in row["causes"]] == [("b", "Ben")]


def test_who_wrote_what_was_asked_of_a_link_did_not_lag_it(record: Any) -> None:
    def plan(need: str, days: int) -> str:
        written = f'[initiatives.b]\nestimate = "{days}d"\nneeds = [{need}]\n'
        return HEAD + work("a", "5d") + written + launch("b")

    asked = '{ on = "a", type = "FS", lag = "+0d", asked = 2027-03-01 }'
    told = record(*line(plan('"a"', 5), plan('"a"', 7), plan(asked, 7)))
    (row,) = (row for row in told.difference("HEAD~2")["moved"] if row["id"] == "launch")
    assert [(c["author"], c["keys"]) for c in row["causes"]] == [("Ben", [["estimate"]])]


def test_a_status_date_that_went_back_is_as_late_as_the_one_before(record: Any) -> None:
    def plan(day: str) -> str:
        head = HEAD.replace("status_date = 2027-03-01", f"status_date = {day}")
        return head + work("a", "5d") + launch("a")

    told = record(*line(*map(plan, ("2027-03-01", "2027-03-15", "2027-03-08"))))
    trend = told.trend()
    points = [(point["revision"]["day"], point["finish"]) for point in trend["points"]]
    assert points == [
        ("2027-03-01", "2027-03-05"),
        ("2027-03-15", "2027-03-19"),
        ("2027-03-15", "2027-03-19"),
    ]
    assert [(step["time"], step["edits"]) for step in trend["steps"]] == [(10, 0)]
    assert told.difference("HEAD~1")["moved"] == []


def test_the_main_launch_that_is_named_has_a_record_whatever_kind_it_is(record: Any) -> None:
    def plan(estimate: str) -> str:
        return HEAD + work("launch", estimate) + work("other", "1d")

    told = record(*line(plan("5d"), plan("7d")))
    assert [(one["id"], one["main"], one["moved"]) for one in told.history()["trends"]] == [
        ("launch", True, 2)
    ]
