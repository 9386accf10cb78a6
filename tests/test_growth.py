"""Time grows no faster than the file, whatever is in it: the work of `check` and an edit, counted.

Work is the lines of Python that run, so the figures are the same on every machine. What N odd
things cost beyond a start is taken from the difference between N, 2 N and 4 N of them: twice as
many more should cost about twice as much more, and a comparison of all with all four times.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from planner.analysis.compared import Compared
from planner.cli.main import main
from planner.conflicts import fix, trial
from planner.conflicts.context import NEAR
from planner.conflicts.reach import reach
from planner.conflicts.registry import check
from planner.conflicts.rules import freezes
from planner.exchange import report
from planner.exchange.importing.reading import read_incoming
from planner.files.workspace import Workspace
from planner.pages.changes import move_lines
from planner.plan.offers import all_offers
from planner.roadmap import ids
from planner.roadmap.reading import reread
from planner.schedule.compute import compute
from planner.session.session import Session
from planner.text.edits import AddTable, Edit, Edits
from tests.benchmarks.growing import KINDS
from tests.long import of_length

FEW = 32
MOST = 2.8
"""So many times as much may the second doubling cost as the first."""


def lines(call: Callable[[], object]) -> int:
    """How many lines of Python run."""
    seen = 0

    def trace(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal seen
        seen += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return seen


def growth(kind: str, folder: Path, *words: str) -> float:
    """How many times as much the second doubling of a file costs a command as the first."""

    def work(count: int) -> int:
        file = folder / f"{kind}-{count}.toml"
        file.write_text(KINDS[kind](count), encoding="utf-8")
        return lines(lambda: command(*words, file))

    return doubled(work)


def doubled(work: Callable[[int], int]) -> float:
    """How many times as much the second doubling of a number of things costs as the first.

    What happens once, at one of the sizes, is told from growth by sizes that are twice as large.
    """
    found = _doubled(FEW, work)
    return found if found < MOST else _doubled(2 * FEW, work)


def _doubled(count: int, work: Callable[[int], int]) -> float:
    work(count // 4)  # imports what the others need
    first, second, third = (work(times * count) for times in (1, 2, 4))
    return (third - second) / max(second - first, count)


def command(*words: object) -> None:
    """Run `planner` in this process."""
    with (
        pytest.raises(SystemExit) as left,
        redirect_stdout(StringIO()),
        redirect_stderr(StringIO()),
    ):
        main([str(word) for word in words])
    assert left.value.code in (None, 0, 1)


@pytest.fixture(autouse=True)
def few_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done at most so often whatever the file is, is done so often in a small one too."""
    monkeypatch.setattr(ids, "MOST_LOOKS", FEW)
    monkeypatch.setattr(freezes, "MOST", 2)


@pytest.mark.one_in(4)
@pytest.mark.parametrize("kind", KINDS)
def test_the_work_of_a_check_grows_no_faster_than_the_file(kind: str, tmp_path: Path) -> None:
    assert growth(kind, tmp_path, "check") < MOST


@pytest.mark.parametrize("kind", of_length(KINDS, [*{*KINDS} - {*[*KINDS][::8]}]))
def test_the_work_of_an_edit_grows_no_faster_than_the_file(kind: str, tmp_path: Path) -> None:
    assert growth(kind, tmp_path, "set", "roadmap", "near_critical=3", "--roadmap") < MOST


HEAD = "Title,Department,Owner,Start,End,Depends on,Comment,Tools"
SHEETS: dict[str, Callable[[int], str]] = {
    "phrases": lambda n: (
        f"Work {name(n)},{'Marketing' if n % 2 else 'IT'},Ann Lee,2027-03-01,2027-03-12,,"
        f"needs {name(n + 7)} from IT,"
    ),
    "chain": lambda n: f"Work {name(n)},IT,Ann Lee,,2027-03-12,Work {name(n - 1)},,",
    "chain_upwards": lambda n: f"Work {name(n)},IT,Ann Lee,,2027-03-12,Work {name(n + 1)},,",
    "parties": lambda n: f"Work {name(n)},Marketing,Ann {name(n)} Lee,,2027-03-12,,,{name(n)}",
    "slips": lambda n: f"Work {name(n)},IT,Ann Lee,,2027-03-12,Wrk {name(n - 1)},,",
}


def name(number: int) -> str:
    """A word of its own for each number."""
    return "".join("bdfghklmnp"[int(digit)] + "aeiou"[int(digit) % 5] for digit in str(number))


@pytest.mark.one_in(2)
@pytest.mark.parametrize("kind", SHEETS)
def test_the_work_of_an_import_grows_no_faster_than_the_sheet(kind: str, tmp_path: Path) -> None:
    def work(count: int) -> int:
        file = tmp_path / f"{kind}-{count}.csv"
        made = tmp_path / f"new-{len([*tmp_path.iterdir()])}"
        rows = [SHEETS[kind](number) for number in range(1, count + 1)]
        file.write_text("\n".join((HEAD, *rows)), encoding="utf-8")
        return lines(lambda: command("import", file, made, "--links", "none"))

    assert doubled(work) < MOST


def test_the_work_of_an_import_grows_no_faster_than_the_names_of_one_cell(tmp_path: Path) -> None:
    def work(count: int) -> int:
        file = tmp_path / f"names-{count}.csv"
        made = tmp_path / f"new-{len([*tmp_path.iterdir()])}"
        needs = "; ".join(f"Work {name(number)}" for number in range(1, count + 1))
        file.write_text(f"Title,Depends on\nA,{needs}\nB,\n", encoding="utf-8")
        return lines(lambda: command("import", file, made, "--links", "none"))

    assert doubled(work) < MOST


CELLS: dict[str, Callable[[int], str]] = {
    "names": lambda n: "; ".join(map(name, range(n))),
    "ands": lambda n: " and ".join(map(name, range(n))),
    "triggers": lambda n: "after it " * n,
    "initials": lambda n: "+1" * n,
}


@pytest.mark.parametrize("column", ["Depends on", "Comment"])
@pytest.mark.parametrize("kind", CELLS)
def test_the_work_of_an_import_grows_no_faster_than_a_cell(
    kind: str, column: str, tmp_path: Path
) -> None:
    def work(count: int) -> int:
        file = tmp_path / f"{kind}-{count}.csv"
        file.write_text(f"Title,Owner,{column}\nWork,Ann Lee,{CELLS[kind](count)}\n", "utf-8")
        return lines(lambda: read_incoming(file))

    assert doubled(work) < MOST


def test_many_new_tables_go_to_the_files_that_each_would_go_to_alone(tmp_path: Path) -> None:
    (tmp_path / "roadmap.toml").write_text("[roadmap]\n", encoding="utf-8")
    for side in ("marketing", "it"):
        (tmp_path / f"{side}.toml").write_text(
            f'[teams.{side}-1]\nportfolio = "{side}"\n', encoding="utf-8"
        )
    owners = ("it-1", "ann", "marketing-1", "nobody", "bob")
    edits: list[Edit] = []
    for number in range(30):
        edits.append(AddTable("initiatives", f"work-{number}", {"owner": owners[number % 5]}))
        if number % 9 == 4:
            edits.append(AddTable("people", ("ann", "bob", "cleo")[number // 9], {"team": "it-1"}))
        if number % 7 == 3:
            edits.append(AddTable("systems", f"system-{number}", {"owner": owners[number % 3]}))
    before = Workspace.open(tmp_path)
    together = before.apply(Edits(tuple(edits)))
    for edit in edits:
        alone = before.apply(edit)
        before = Workspace(alone.path, alone.files, alone.documents)
    assert [each.text for each in together.documents] == [each.text for each in before.documents]
    assert all("work-" in each.text for each in before.documents[:2])


LATER = "time"
LONGER: dict[str, Callable[[str], str]] = {
    "everywhere": lambda text: text.replace('"1w"', '"2w"'),
    "first": lambda text: text.replace('"1w"', '"2w"', 1),
    "start": lambda text: text.replace("start = 2027-03-01", "start = 2027-03-08"),
    LATER: lambda text: text,
}
"""How a plan becomes another one of which every date differs."""


@pytest.mark.parametrize("what", LONGER)
def test_the_work_of_a_comparison_grows_no_faster_than_the_plans(what: str, tmp_path: Path) -> None:
    def work(count: int) -> int:
        text = KINDS["chain"](count)
        before, after = (tmp_path / f"{side}-{count}.toml" for side in ("before", "after"))
        before.write_text(text, encoding="utf-8")
        after.write_text(LONGER[what](text), encoding="utf-8")
        was = Session.open(before, date(2027, 3, 1)).plan
        now = Session.open(after, date(2027, 3, 8 if what == LATER else 1)).plan
        return lines(lambda: _told(Compared(was, now)))

    assert doubled(work) < MOST


def _told(found: Compared) -> list[str]:
    assert found.changes or found.then.as_of != found.now.as_of
    return list(move_lines(found))


def test_each_side_of_a_merge_adds_more_tables_than_calls_may_be_nested(tmp_path: Path) -> None:
    count = 2 * sys.getrecursionlimit()
    base, ours, theirs = (tmp_path / f"{side}.toml" for side in ("base", "ours", "theirs"))
    base.write_text("[initiatives.launch]\n", encoding="utf-8")
    for side in (ours, theirs):
        added = (f'\n[initiatives.{side.stem}-{n}]\nestimate = "{n}d"\n' for n in range(count))
        side.write_text("[initiatives.launch]\n" + "".join(added), encoding="utf-8")
    command("merge", base, ours, theirs)
    assert len(Session.open(ours).plan.roadmap.initiatives) == 2 * count + 1


def test_the_paths_that_json_tells_are_no_longer_than_a_few_times_the_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "EFFORT", 0)
    file = tmp_path / "row.toml"
    file.write_text(KINDS["launches_in_a_row"](200), encoding="utf-8")
    paths = json.loads(report.show_json(Session.open(file)))["paths"]
    assert len(paths) == 200
    assert sum(len(one["initiatives"]) for one in paths) <= 200 * NEAR + 200
    assert max(len(one["initiatives"]) for one in paths) == 200


class Tried:
    """Counts the schedules that are made to try edits, and the tables that these write."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.schedules = self.tables = 0

        def scheduled(*arguments: Any, **more: Any) -> Any:
            self.schedules += 1
            return compute(*arguments, **more)

        def read_again(*arguments: Any) -> Any:
            self.tables += 1
            return reread(*arguments)

        monkeypatch.setattr(trial, "compute", scheduled)
        monkeypatch.setattr(trial, "reread", read_again)


def opened(kind: str, count: int, folder: Path) -> Session:
    file = folder / f"{kind}.toml"
    file.write_text(KINDS[kind](count), encoding="utf-8")
    return Session.open(file, date(2027, 3, 1))


LATE = ("launches_in_a_row", "handovers", "against_logic")


@pytest.mark.parametrize("kind", of_length(LATE, ["handovers"]))
def test_json_tries_so_many_edits_whatever_is_late(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, tried = opened(kind, 100, tmp_path), Tried(monkeypatch)
    fixes = [one["fixes"] for one in json.loads(report.show_json(session))["findings"]]
    assert tried.schedules * 100 < 2 * report.EFFORT
    assert fixes[0]
    sought = [one is not None for one in fixes]
    assert sought == sorted(sought, reverse=True)


def test_the_ways_out_of_one_finding_write_so_many_tables_however_long_its_chain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, tried = opened("against_logic", 200, tmp_path), Tried(monkeypatch)
    assert all_offers(session.plan, session.plan.findings[-1]).found
    assert tried.tables < 20_000


def test_the_same_launch_is_sought_once_for_all_its_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "TRIALS", report.EFFORT)
    session = opened("launches_in_a_row", 10, tmp_path)
    asked: list[Any] = []

    def counted(context: Any, *question: Any, **more: Any) -> Any:
        asked.append(question)
        return reach(context, *question, **more)

    monkeypatch.setattr(fix, "reach", counted)
    report.show_json(session)
    assert 0 < len(asked) == len(set(asked)) <= 10


@pytest.mark.parametrize("kind", ["one_system_introduced", "consent_from_all"])
def test_what_brings_a_system_is_held_once_for_all_who_use_it(kind: str, tmp_path: Path) -> None:
    each = check(opened(kind, 40, tmp_path).plan.context).each
    held = {id(found): found for one in each if (found := one.data.get("providers"))}
    assert [len(found) for found in held.values()] == [20]
