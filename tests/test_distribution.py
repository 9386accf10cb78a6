"""What is installed is ours: the distribution's name, and what people are told to install."""

from __future__ import annotations

import re
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TELLS = [
    *ROOT.glob("*.md"),
    *ROOT.glob(".pre-commit-hooks.yaml"),
    *(ROOT / "planner").rglob("*.py"),
    *(ROOT / "planner").rglob("*.md"),
    *(ROOT / "roadmaps").rglob("*.toml"),
]
"""Every file that could tell somebody what to install."""
INSTALLS = re.compile(
    r"(?:pip3? install|pipx (?:install|run)|uvx|uv (?:tool install|add))([^`#\n]*)"
)
STRANGER = re.compile(r"planner(\[.*|[=<>~!@].*)?")
"""What a package index takes for somebody else's project."""


def strangers(text: str) -> list[str]:
    """The commands in a text that install another program than this."""
    return [
        match[0]
        for match in INSTALLS.finditer(text)
        if "--from" not in match[1]
        and any(STRANGER.fullmatch(word.strip("'\"),.")) for word in match[1].split())
    ]


def test_the_distribution_has_a_name_of_its_own() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["name"] == "joint-planner"
    assert set(project["scripts"]) == {"planner"}


def test_what_is_not_yet_a_version_one_has_an_upper_bound() -> None:
    """The next minor version of a 0.x may change anything."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    early = {each for each in wanted if re.search(r">=0\.", each)}
    assert {each.partition(">")[0] for each in early} >= {"msgspec", "holidays", "ruff"}
    assert not {each for each in early if ",<" not in each}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The files in the wheel and in the source distribution, without the folder they are in."""
    wheel, source = (
        pytest.importorskip(f"hatchling.builders.{kind}") for kind in ("wheel", "sdist")
    )
    folder = str(tmp_path_factory.mktemp("dist"))
    (whl,) = wheel.WheelBuilder(str(ROOT)).build(directory=folder, versions=["standard"])
    (sdist,) = source.SdistBuilder(str(ROOT)).build(directory=folder)
    assert Path(whl).name.startswith("joint_planner-")
    with zipfile.ZipFile(whl) as inside:
        names = set(inside.namelist())
    with tarfile.open(sdist) as packed:
        return {"wheel": names, "sdist": {name.partition("/")[2] for name in packed.getnames()}}


def test_the_pages_and_the_sample_are_installed(built: dict[str, set[str]]) -> None:
    pages = {str(path.relative_to(ROOT)) for path in (ROOT / "planner").rglob("*.md")}
    samples = {path.relative_to(ROOT / "roadmaps") for path in (ROOT / "roadmaps").rglob("*.toml")}
    assert len(pages) > 10
    assert pages | {f"planner/samples/{path}" for path in samples} <= built["wheel"]
    assert not any(name.startswith("tests/") for name in built["wheel"])


def test_the_source_has_all_that_its_tests_read(built: dict[str, set[str]]) -> None:
    named = {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", ".pre-commit-hooks.yaml"}
    pictures = {f".readme/{path.name}" for path in (ROOT / ".readme").iterdir()}
    assert named | pictures | {".ci/run", "tests/gate.py", "pyproject.toml"} <= built["sdist"]


def test_nobody_is_told_to_install_what_an_index_calls_planner() -> None:
    found = {path.name: strangers(path.read_text(encoding="utf-8")) for path in TELLS}
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize(
    ("line", "is_stranger"),
    [
        ("uvx planner demo", True),
        ("pipx install planner, or", True),
        ("uv tool install 'planner[graph]'", True),
        ("pip install --user planner==0.1", True),
        ("pip install joint-planner", False),
        ("uv tool install git+https://host/some/planner.git", False),
        ("uvx --from . planner demo", False),
    ],
)
def test_a_stranger_is_told_by_its_name(line: str, is_stranger: bool) -> None:
    assert bool(strangers(line)) is is_stranger
