"""Exports of trackers: what stands in other cells than the thirty have, and JSON of any shape."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.analysis.importing import Incoming
from planner.errors import PlannerError
from planner.exchange.importing.presets import github, jira, linear, tools
from planner.exchange.sheets.sheet import sheet_of
from planner.roadmap.tables import read_table
from tests.imports.books import EXPORTS
from tests.imports.rows import losses, work

JIRA = ["Issue key", "Summary", "Issue Type", "Status"]


def of_jira(headings: list[str], *rows: list[Any]) -> Incoming:
    return jira.incoming([sheet_of("", [[*JIRA, *headings], *rows])], "jira.csv")


def test_a_link_type_says_which_end_waits() -> None:
    incoming = of_jira(
        ["Outward issue link (Depends)", "Inward issue link (Gantt End to Start)",
         "Outward issue link (Cloners)", "Inward issue link (Relates)"],
        ["A-1", "One", "Task", "To Do", "A-2", "", "", ""],
        ["A-2", "Two", "Task", "To Do", "", "A-3", "A-1", "A-3"],
        ["A-3", "Three", "Task", "To Do", "", "", "", ""],
    )  # fmt: skip

    links = [(each.predecessor, each.successor) for each in incoming.links]
    assert links == [("a-2-two", "a-1-one"), ("a-3-three", "a-2-two")]
    assert work(incoming, "a-2-two")["relates"] == ["a-3-three"]
    assert [loss.value for loss in losses(incoming, "Outward issue link (Cloners)")] == ["A-1"]


def test_an_epic_outside_the_file_is_a_group_by_its_summary() -> None:
    incoming = of_jira(
        ["Parent", "Parent summary"], ["A-1", "One", "Task", "To Do", "9001", "Members area"]
    )

    group = work(incoming, "a-1-one")["part_of"]
    assert incoming.tables["groups"][group] == {"title": "Members area"}


def test_an_epic_alone_is_work() -> None:
    incoming = of_jira(["Due date"], ["A-1", "One", "Epic", "To Do", "12/Apr/27 12:00 AM"])

    assert str(work(incoming, "a-1-one")["deadline"]) == "2027-04-12"


def test_a_resolution_without_work_is_dropped() -> None:
    incoming = of_jira(
        ["Resolution", "Resolved", "Status Category"],
        ["A-1", "One", "Task", "Done", "Won't Do", "16/Nov/26 11:00 AM", "Done"],
        ["A-2", "Two", "Task", "Signed off by Bob", "", "", "In Progress"],
    )

    assert work(incoming, "a-1-one")["status"] == "dropped"
    assert work(incoming, "a-2-two")["status"] == "active"


def test_a_description_of_jira_cloud_is_its_words() -> None:
    issue = {
        "key": "A-1",
        "fields": {
            "summary": "One",
            "description": {
                "type": "doc",
                "content": [
                    {"type": "heading", "content": [{"type": "text", "text": "Why"}]},
                    {"type": "paragraph", "content": [{"type": "text", "text": "The board."}]},
                ],
            },
        },
    }

    incoming = jira.incoming_json({"issues": [issue]}, "jira.json")

    assert work(incoming, "a-1-one")["notes"] == "Why\nThe board."


def test_a_body_names_issues_in_many_words() -> None:
    bodies = ["", "", "Blocked by: #1, #2", "depends on\nhttps://github.com/a/web/issues/1",
              "- [x] #1 is done", "see #2, a before/after picture"]  # fmt: skip
    issues = [
        {"number": at, "title": f"Issue {at}", "body": body,
         "url": f"https://github.com/a/web/issues/{at}"}
        for at, body in enumerate(bodies, 1)
    ]  # fmt: skip

    incoming = github.incoming_json(issues, "gh.json")

    keys = incoming.keys
    links = [(keys[each.predecessor], keys[each.successor]) for each in incoming.links]
    assert links == [("web#1", "web#3"), ("web#2", "web#3"), ("web#1", "web#4")]
    assert "web#5" not in keys.values()
    assert work(incoming, "web-1-issue-1")["part_of"] == "issue-5"


def test_a_row_of_linear_may_be_short() -> None:
    headings = ["ID", "Team", "Title", "Cycle Number", "Parent issue", "Project Milestone"]
    sheet = sheet_of("", [headings, ["A-1", "IT", "One"]])

    assert linear.recognises([sheet])
    assert work(linear.incoming([sheet], "linear.csv"), "a-1-one") == {
        "title": "One",
        "portfolio": "it",
    }


def test_summary_tasks_may_stand_in_each_other() -> None:
    incoming = tools.incoming(
        [
            sheet_of("", [
                ["Nr.", "Vorgangsname", "Gliederungsebene", "Dauer", "Vorgänger"],
                ["1", "Programm", "1", "20 Tage", ""],
                ["2", "Teil", "2", "10 Tage", ""],
                ["3", "Bau", "3", "10 Tage", ""],
                ["4", "Test", "2", "5 Tage", "3"],
            ])
        ],
        "plan.csv",
    )  # fmt: skip

    groups = incoming.tables["groups"]
    parts = {id: groups[table["part_of"]]["title"] for id, table in _initiatives(incoming).items()}
    assert parts == {"bau": "Teil", "test": "Programm"}
    assert [(each.predecessor, each.successor) for each in incoming.links] == [("bau", "test")]


def _initiatives(incoming: Incoming) -> dict[str, dict[str, Any]]:
    return {id: dict(table) for id, table in incoming.tables["initiatives"].items()}


# --- JSON of any shape ----------------------------------------------------------------------------

FILES = {
    name: json.loads((EXPORTS / name).read_text("utf-8-sig"))
    for name in ("jira-search.json", "github-issues.json", "github-api.json")
}
WRONG = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["#12", "SHOP-1 SS+5d", "2027-13-45", "\x00\u202e"]),
    st.lists(st.none(), max_size=2),
    st.dictionaries(st.sampled_from(["key", "name", "content", "text"]), st.none(), max_size=2),
)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inner if isinstance(value, (dict, list)) else ():
        yield (*path, key)
        if isinstance(each, (dict, list)):
            yield from _paths(each, (*path, key))


@given(st.data())
@settings(max_examples=60)
def test_json_of_any_shape_is_read_or_refused(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(FILES)))
    wrong = copy.deepcopy(FILES[name])
    *path, last = data.draw(st.sampled_from(list(_paths(wrong))))
    inner = wrong
    for key in path:
        inner = inner[key]
    inner[last] = data.draw(WRONG)
    preset = jira if name.startswith("jira") else github
    if not preset.recognises_json(wrong):
        return
    try:
        incoming = preset.incoming_json(wrong, name)
    except PlannerError:
        return
    for kind, tables in incoming.tables.items():
        for id, table in tables.items():
            assert not read_table(kind, id, table, name).problems
