"""What is imported of others' packages: by `check` and `show`, whatever they find, and until the
first paint. Each package costs every run what it takes to import (networkx 100 ms, textual 150).
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from shutil import copy, copytree

import pytest

from tests.benchmarks.rich import rich_text
from tests.terminals import Terminal

ACME = Path(__file__).parents[1] / "roadmaps" / "acme-2027"

COMMAND = {"click", "msgspec", "tomli", "tomli_w", "typing_extensions"}
TABLE = COMMAND | {"rich"}
"""Widths of letters are rich's, where a table is drawn."""
SCREEN = TABLE | {"platformdirs", "textual"}

RECORDED = """
import json, sys, sysconfig
from pathlib import Path

def record(path):
    inside = sysconfig.get_paths()["purelib"]
    files = ((name, getattr(module, "__file__", None)) for name, module in [*sys.modules.items()])
    found = {name.partition(".")[0] for name, file in files if str(file).startswith(inside)}
    Path(path).write_text(json.dumps(sorted(found - AT_START)))

AT_START = {name.partition(".")[0] for name in sys.modules}
out, *args = sys.argv[1:]
"""

A_COMMAND = """
import atexit
atexit.register(record, out)
from planner.__main__ import main
main(args)
"""

A_SCREEN = """
from planner.tui.shell.lean_driver import LeanDriver

write, title = LeanDriver.write, args.pop()

def written(self, data):
    if title in data and not Path(out).exists():
        record(out)
    write(self, data)

LeanDriver.write = written
from planner.__main__ import main
main(args)
"""

HOLIDAYS = '[calendars.standard]\ncountry = "DE"\n[initiatives.a]\nestimate = "1w"\n'
CIRCLE = '[initiatives.a]\nneeds = ["b"]\n[initiatives.b]\nneeds = ["a"]\n'


def loaded(out: Path, *args: str) -> set[str]:
    """The packages of others that a command imported."""
    subprocess.run(
        [sys.executable, "-c", RECORDED + A_COMMAND, str(out), *args],
        check=False,
        capture_output=True,
    )
    return _read(out)


def painted(out: Path, title: str, *args: str) -> set[str]:
    """Those that were imported when a title was first drawn on the screen."""
    code = RECORDED + A_SCREEN
    with Terminal([sys.executable, "-c", code, str(out), *args, title], 120, 36) as terminal:
        terminal.wait_for(title)
    return _read(out)


def _read(out: Path) -> set[str]:
    names: list[str] = json.loads(out.read_text("utf-8"))
    return {name for name in names if not name.endswith("__mypyc")}


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A roadmap on which every family of rules speaks, read while the screen is already there."""
    path = tmp_path_factory.mktemp("rich") / "plan.toml"
    path.write_text(rich_text(700), "utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("check", COMMAND),
        ("check --json", COMMAND),
        ("check --format sarif", COMMAND),
        ("show", TABLE),
        ("show --json", TABLE),
    ],
)
def test_a_command_imports_these_and_no_more(
    command: str, expected: set[str], rich: str, tmp_path: Path
) -> None:
    for number, roadmap in enumerate((rich, str(ACME))):
        assert loaded(tmp_path / f"{number}.json", *command.split(), roadmap) == expected


def test_a_check_without_a_repository_imports_neither_git_nor_filters_nor_the_record(
    tmp_path: Path,
) -> None:
    roadmap = tmp_path / "plan.toml"
    roadmap.write_text(CIRCLE, "utf-8")
    command = [sys.executable, "-X", "importtime", "-m", "planner", "check", str(roadmap)]
    said = subprocess.run(command, capture_output=True, check=False, text=True).stderr
    found = {row.rpartition("|")[2].strip() for row in said.splitlines()}
    assert "planner.conflicts.registry" in found
    unwanted = ("git.plumbing", "git.revisions", "query.filters", "analysis.history", "pages.trend")
    assert not found & {f"planner.{name}" for name in unwanted}


def test_holidays_are_imported_where_a_calendar_names_a_country(tmp_path: Path) -> None:
    roadmap = tmp_path / "plan.toml"
    roadmap.write_text(HOLIDAYS, "utf-8")
    found = loaded(tmp_path / "out.json", "check", str(roadmap))
    assert found == COMMAND | {"holidays", "dateutil", "six"}


@pytest.mark.parametrize("command", ["check", "show"])
def test_networkx_names_a_circle(command: str, tmp_path: Path) -> None:
    roadmap = tmp_path / "plan.toml"
    roadmap.write_text(CIRCLE, "utf-8")
    found = loaded(tmp_path / "out.json", command, str(roadmap))
    assert found - TABLE == {"networkx"}


@pytest.mark.parametrize("shown", ["Peak", "Initiative"])
def test_until_the_first_paint(shown: str, rich: str, tmp_path: Path) -> None:
    path = tmp_path / "plan"
    copytree(ACME, path) if shown == "Peak" else copy(rich, path)
    assert painted(tmp_path / "out.json", shown, "open", str(path)) == SCREEN
