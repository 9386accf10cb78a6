"""The one file: where it unpacks to, which Pythons run it, and that it is the same bytes again."""

from __future__ import annotations

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest
from openpyxl import Workbook

from planner.files.trusted import is_settled
from tests.release.distributions import ROOT, wheel
from tests.release.here import built_here
from tests.release.measuring import bare_python
from tests.release.one_file import LAUNCH, MOST, launch_text, one_file
from tests.release.packages import from_here

NOBODY = 65534
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount, or be another user")


class Bare:
    """A Python without packages, in a home of its own, that runs the one file."""

    def __init__(self, folder: Path) -> None:
        self.python = bare_python(folder / "bare")
        self.home = folder / "home"
        self.temporary = folder / "temporary"
        for made in (self.home, self.temporary):
            made.mkdir()
        self.environment = {
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
        }

    def command(self, *words: str) -> list[str]:
        """What runs planner with these words."""
        return [str(self.python), str(built_here()), *words]

    def run(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run planner, with more in its environment."""
        return ran(self.command(*words), self.environment | environment)

    @property
    def cache(self) -> Path:
        """Where it unpacks to, where nothing stands against it."""
        return self.home / ".cache" / "planner"

    @property
    def aside(self) -> Path:
        """Where it unpacks to, where the home does not serve."""
        return self.temporary / f"planner-{os.getuid()}"


def ran(command: Sequence[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command in this environment alone."""
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.fixture
def bare(tmp_path: Path) -> Bare:
    return Bare(tmp_path)


def is_well(found: subprocess.CompletedProcess[str]) -> bool:
    """Whether a run said its version, and nothing else."""
    return (found.returncode, found.stderr) == (0, "") and "version" in found.stdout


def builds(place: Path) -> list[Path]:
    """What is unpacked in a place, whole."""
    return [path for path in place.glob("planner_*") if path.suffix != ".tmp"]


def test_it_is_small_and_runs_with_nothing_installed(bare: Bare) -> None:
    assert built_here().stat().st_size <= MOST
    assert is_well(bare.run("--version"))
    assert len(builds(bare.cache)) == 1
    assert bare.run("check", str(ROOT / "roadmaps" / "acme-2027"), "--json").returncode == 1


def test_a_sheet_of_excel_becomes_a_roadmap_with_nothing_installed(bare: Bare) -> None:
    """The reader of sheets is in the file."""
    book = Workbook()
    assert book.active is not None
    for row in (("Task", "Estimate", "Needs"), ("Consent API", "3w", ""), ("App", "5d", 1)):
        book.active.append(row)
    sheet = bare.home / "plan.xlsx"
    book.save(sheet)
    made = bare.home / "roadmap.toml"
    found = bare.run("import", str(sheet), str(made), "--links", "none")
    assert found.returncode == 0, found.stderr
    assert len(tomllib.loads(made.read_text(encoding="utf-8"))["initiatives"]) == 2


def test_git_runs_the_file_itself_where_it_was_set_up_with_it(bare: Bare) -> None:
    if not is_settled(built_here()):
        pytest.skip("others could put a program there: git is told of none")
    plan = bare.home / "plan.toml"
    plan.write_text('[initiatives.app]\nestimate = "3d"\n', encoding="utf-8")
    ran(["git", "init", "-q", str(bare.home)], bare.environment)
    assert bare.run("git", "install", str(plan)).returncode == 0
    config = (bare.home / ".git" / "config").read_text(encoding="utf-8")
    assert f"planner={built_here()}; " in config
    assert bare.run("git", "status", str(plan)).returncode == 0


def test_it_is_the_same_bytes_again(tmp_path: Path) -> None:
    packages = from_here(wheel(tmp_path), tmp_path / "packages")
    assert one_file(packages, tmp_path / "again.pyz").read_bytes() == built_here().read_bytes()


def test_a_home_that_cannot_be_written_is_not_needed(bare: Bare) -> None:
    assert is_well(bare.run("--version", HOME="/dev/null"))
    assert len(builds(bare.aside)) == 1
    assert bare.aside.stat().st_mode & 0o777 == 0o700


def test_where_nothing_can_be_written_it_says_what_to_do(bare: Bare) -> None:
    found = bare.run("--version", SHIV_ROOT="/dev/null/x")
    assert (found.returncode, found.stdout) == (2, "")
    assert "SHIV_ROOT" in found.stderr
    assert "Traceback" not in found.stderr


def test_another_place_can_be_said(bare: Bare, tmp_path: Path) -> None:
    assert is_well(bare.run("--version", SHIV_ROOT=str(tmp_path / "there")))
    assert len(builds(tmp_path / "there")) == 1
    assert not bare.cache.exists()


@needs_root
def test_what_somebody_else_unpacked_never_runs(bare: Bare, tmp_path: Path) -> None:
    assert is_well(bare.run("--version", HOME="/dev/null"))
    (unpacked,) = builds(bare.aside)
    (unpacked / "site-packages" / "planner" / "__init__.py").write_text("print('planted')\n")
    os.chown(bare.aside, NOBODY, NOBODY)
    found = bare.run("--version", HOME="/dev/null")
    assert (found.returncode, found.stdout) == (2, "")
    there = tmp_path / "there"
    there.mkdir(mode=0o777)
    shutil.move(unpacked, there)
    os.chown(there / unpacked.name, NOBODY, NOBODY)
    found = bare.run("--version", SHIV_ROOT=str(there))
    assert (found.returncode, found.stdout) == (2, "")


@needs_root
@pytest.mark.parametrize("options", ["noexec", "size=4m"])
def test_a_home_that_is_full_or_runs_nothing_is_not_used(bare: Bare, options: str) -> None:
    line = f'mount -t tmpfs -o {options} tmpfs {bare.home} && exec "$@"'
    isolated = ["unshare", "--mount", "sh", "-c", line, "sh"]
    if subprocess.run(["unshare", "--mount", "true"], check=False).returncode:
        pytest.skip("root may make no mount namespace here")
    assert is_well(ran([*isolated, *bare.command("--version")], bare.environment))
    assert len(builds(bare.aside)) == 1


def test_a_start_that_was_killed_leaves_no_half(bare: Bare) -> None:
    first = subprocess.Popen(bare.command("--version"), env=bare.environment)
    while not [*bare.cache.glob("*.tmp/site-packages/planner")]:
        assert first.poll() is None
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert builds(bare.cache) == []
    assert is_well(bare.run("--version"))
    assert [*bare.cache.glob("*.tmp")] == []


def test_first_starts_at_once_unpack_once(bare: Bare) -> None:
    command = bare.command("--version")
    starts = [
        subprocess.Popen(command, env=bare.environment, stdout=subprocess.PIPE) for _ in range(4)
    ]
    said = {start.communicate()[0] for start in starts}
    assert {start.returncode for start in starts} == {0}
    assert len(said) == len(builds(bare.cache)) == 1


def test_what_a_cleaner_took_from_the_temporary_folder_is_unpacked_again(bare: Bare) -> None:
    assert is_well(bare.run("--version", HOME="/dev/null"))
    (unpacked,) = builds(bare.aside)
    (unpacked / "site-packages" / "click" / "core.py").unlink()
    shutil.rmtree(unpacked / "site-packages" / "click" / "__pycache__")
    assert is_well(bare.run("--version", HOME="/dev/null"))


def test_it_is_compiled_once_whatever_the_shell_says(bare: Bare) -> None:
    assert is_well(bare.run("--version", PYTHONDONTWRITEBYTECODE="1"))
    assert [*bare.cache.rglob("main.cpython-*.pyc")]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """The start of a file that is for another Python than this one."""
    suffixes = ["_core.cpython-39-x.so", "_core.cpython-310-x.so"]
    start = tmp_path / "start.py"
    start.write_text(launch_text("none", suffixes) + "\nstart()\n", encoding="utf-8")
    return start


def test_a_python_that_cannot_run_it_says_which_can(elsewhere: Path) -> None:
    found = ran([sys.executable, str(elsewhere)], {"PATH": "/nowhere"})
    assert (found.returncode, found.stdout) == (2, "")
    assert "python3.9 or python3.10" in found.stderr


@pytest.mark.parametrize("works", [True, False])
def test_a_python_that_can_run_it_is_looked_for(
    elsewhere: Path, tmp_path: Path, works: bool
) -> None:
    """A name on the path may stand for an interpreter that was never installed."""
    other = tmp_path / "bin" / "python3.10"
    other.parent.mkdir()
    says = 'test "$1" = -c || echo "it goes on with $(basename "$1")" "$2"'
    other.write_text(f"#!/bin/sh\n{says if works else 'exit 127'}\n")
    other.chmod(0o755)
    found = ran([sys.executable, str(elsewhere), "show"], {"PATH": f"{other.parent}:/usr/bin:/bin"})
    if works:
        assert (found.returncode, found.stdout) == (0, "it goes on with start.py show\n")
    else:
        assert (found.returncode, found.stdout) == (2, "")


def test_old_pythons_read_the_start() -> None:
    ast.parse(LAUNCH.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_the_start_knows_what_it_is_built_for() -> None:
    names = [f"_core{EXTENSION_SUFFIXES[0]}", "_core.cpython-313-darwin.so"]
    text = launch_text("b", names)
    assert f'"{EXTENSION_SUFFIXES[0]}"' in text
    assert '"python3.13"' in text
    assert "@" not in text.replace("@property", "")


DAYS = """
import json, holidays
from planner.calendars.public import public_days
found = {code: list(public_days(code, None, 2026, 2027).holidays.values())
         for code in sorted(holidays.list_supported_countries())}
print(json.dumps(found))
"""


def test_holidays_are_called_the_same_without_their_other_languages(bare: Bare) -> None:
    assert is_well(bare.run("--version"))
    (unpacked,) = builds(bare.cache)
    there = ran([str(bare.python), "-c", DAYS], {"PYTHONPATH": str(unpacked / "site-packages")})
    here = ran([sys.executable, "-c", DAYS], {})
    assert len(json.loads(here.stdout)) > 150
    assert json.loads(there.stdout) == json.loads(here.stdout)
