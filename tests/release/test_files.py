"""What a release has beside the one file: wheels for offline installs, the manual, checksums."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import struct
import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest

from planner.cli.main import COMMANDS
from tests.release.archive import packed
from tests.release.macho import joined
from tests.release.manual import manual
from tests.release.packages import from_wheels
from tests.release.slim import is_left_out, slimmed
from tests.release.wheelhouse import FOLDER, wheelhouse

INTEL, ARM = 0x01000007, 0x0100000C


def library(processor: int, size: int) -> bytes:
    """What begins as a library for one kind of Mac."""
    return b"\xcf\xfa\xed\xfe" + struct.pack("<II", processor, 3) + bytes([processor % 251]) * size


def made_wheel(folder: Path, name: str, files: dict[str, bytes]) -> Path:
    """A wheel that has these files."""
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for file, data in files.items():
            archive.writestr(file, data)
    return path


def test_both_kinds_of_mac_find_their_half() -> None:
    arm, intel = library(ARM, 50_000), library(INTEL, 7)
    both = joined(arm, intel)
    assert both == joined(intel, arm)
    magic, count = struct.unpack(">II", both[:8])
    assert (magic, count) == (0xCAFEBABE, 2)
    halves = [struct.unpack(">IIIII", both[at : at + 20]) for at in (8, 28)]
    assert [both[start : start + size] for _, _, start, size, _ in halves] == [intel, arm]
    assert all(start % (1 << aligned) == 0 for _, _, start, _, aligned in halves)


@pytest.mark.parametrize("other", [library(ARM, 9), b"\x7fELF"])
def test_what_is_no_pair_is_refused(other: bytes) -> None:
    with pytest.raises(ValueError, match=r"processor|library"):
        joined(library(ARM, 1), other)


def test_wheels_of_several_systems_stand_beside_each_other(tmp_path: Path) -> None:
    wheels = [
        made_wheel(tmp_path, f"a-1-cp311-cp311-{system}.whl", {f"a/_c.cpython-{end}": data})
        for system, end, data in (
            ("manylinux2014_x86_64", "311-x86_64-linux-gnu.so", b"one"),
            ("manylinux2014_aarch64", "311-aarch64-linux-gnu.so", b"two"),
            ("macosx_11_0_arm64", "311-darwin.so", library(ARM, 1)),
            ("macosx_10_9_x86_64", "311-darwin.so", library(INTEL, 1)),
        )
    ]
    laid = from_wheels(wheels, tmp_path / "laid")
    found = {path.name: path.read_bytes() for path in (laid / "a").iterdir()}
    assert found.pop("_c.cpython-311-darwin.so") == joined(library(ARM, 1), library(INTEL, 1))
    assert sorted(found.values()) == [b"one", b"two"]


@pytest.mark.parametrize(
    ("path", "left_out"),
    [
        ("networkx/algorithms/tests/test_dag.py", True),
        ("networkx/algorithms/dag.py", False),
        ("click-8.dist-info/RECORD", True),
        ("click-8.dist-info/licenses/LICENSE.txt", False),
        ("holidays/locale/de/LC_MESSAGES/DE.mo", True),
        ("holidays/locale/en_US/LC_MESSAGES/DE.mo", False),
        ("msgspec/_core.cpython-311-x86_64-linux-gnu.so", False),
        ("tomli/_parser.cpython-311-x86_64-linux-gnu.so", True),
        ("tomli/_parser.py", False),
        ("planner/samples/acme-2027/it.toml", False),
        ("planner/cli/topics/commands.md", False),
        ("planner/cli/shells/planner.zsh", False),
    ],
)
def test_what_no_run_reads_is_left_out(path: str, left_out: bool) -> None:
    assert is_left_out(path) is left_out


def test_a_language_that_is_left_out_is_one_that_is_not_known(tmp_path: Path) -> None:
    installed = distribution("pygments").locate_file("pygments")
    shutil.copytree(str(installed), tmp_path / "pygments")
    slimmed(tmp_path)
    asked = (
        "from pygments.lexers import get_lexer_by_name, guess_lexer_for_filename as guess\n"
        "from pygments.util import ClassNotFound\n"
        "print(get_lexer_by_name('python').name, guess('x.toml', '').name)\n"
        "try: get_lexer_by_name('haskell')\n"
        "except ClassNotFound: print('unknown')\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", asked],
        env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.split() == ["Python", "TOML", "unknown"], ran.stderr


def test_the_wheelhouse_lists_each_wheel_with_its_checksum(tmp_path: Path) -> None:
    wheels = [
        made_wheel(tmp_path, f"{name}.whl", {"x": name.encode()})
        for name in ("b_c-2-py3-none-any", "a-1-cp311-cp311-x", "a-1-cp312-cp312-x")
    ]
    with tarfile.open(wheelhouse(wheels, tmp_path / "all.tar.gz")) as archive:
        names = set(archive.getnames())
        listed = archive.extractfile(f"{FOLDER}/requirements.txt")
        assert listed is not None
        lines = listed.read().decode().replace("\\\n", "").splitlines()
    assert names == {f"{FOLDER}/{each.name}" for each in wheels} | {f"{FOLDER}/requirements.txt"}
    sums = [hashlib.sha256(each.read_bytes()).hexdigest() for each in wheels]
    words = [line.split() for line in lines if not line.startswith("#")]
    assert [(first, len(rest)) for first, *rest in words] == [("a==1", 2), ("b-c==2", 1)]
    assert {each.removeprefix("--hash=sha256:") for _, *rest in words for each in rest} == {*sums}


def test_an_archive_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    one, other = (packed({"a": b"1"}, tmp_path / name).read_bytes() for name in ("x", "y"))
    assert one == other
    assert gzip.decompress(one)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The manual, by the names of its pages."""
    return {path.stem: path for path in manual(tmp_path_factory.mktemp("man"))}


def test_each_command_has_a_page_of_the_manual(pages: dict[str, Path]) -> None:
    commands = {f"planner-{name}" for name in COMMANDS}
    assert pages.keys() >= commands | {"planner", "planner-git-install"}
    assert "--select" in pages["planner-check"].read_text(encoding="utf-8").replace("\\-", "-")


def test_the_manual_is_shown_without_a_warning(pages: dict[str, Path]) -> None:
    if shutil.which("groff") is None:
        pytest.skip("there is no groff here")
    command = ["groff", "-man", "-Tutf8", "-Kutf8", "-ww", *map(str, pages.values())]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "KEY+=VALUE adds to a list" in ran.stdout


def test_the_manual_passes_the_strictest_reader(pages: dict[str, Path]) -> None:
    if shutil.which("mandoc") is None:
        pytest.skip("there is no mandoc here")
    command = ["mandoc", "-T", "lint", "-W", "warning", *map(str, pages.values())]
    assert subprocess.run(command, capture_output=True, text=True, check=False).stdout == ""
