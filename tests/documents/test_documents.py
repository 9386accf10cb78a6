"""Our documents are up to date, and what they tell people to type is there."""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest

from planner.cli.main import COMMANDS, group
from planner.conflicts.registry import RULES
from planner.query.filters import compile_filter
from planner.roadmap.fields import TABLES, fields
from planner.session.session import Session
from planner.tui.shell.actions import ACTIONS
from tests.cli.conftest import ROADMAPS, Run, run
from tests.documents.made import DOCUMENTS, README, ROOT, TOPICS, remade
from tests.documents.picture import MOVING, PICTURE, REPORT
from tests.documents.samples import COUNTS, counts

__all__ = ["run"]

MOST_LINES = 157
"""The README is read in five minutes; everything else has a page."""


def text(name: str) -> str:
    (path,) = (path for path in DOCUMENTS if path.stem == name)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_what_is_made_is_up_to_date(path: Path) -> None:
    written = path.read_text(encoding="utf-8")
    assert remade(written) == written, "run `python -m tests.documents`"


def test_the_counts_on_the_samples_are_up_to_date() -> None:
    assert COUNTS.read_text(encoding="utf-8") == counts(), "run `python -m tests.documents`"


def test_what_is_stale_is_made_anew() -> None:
    for page in ("keys", "README"):
        stale = re.sub(r"(?s)(<!-- (?:made|printed).*?)(<!-- end -->)", r"\1stale\n\2", text(page))
        assert stale != text(page) == remade(stale)


def test_the_readme_is_short() -> None:
    assert len(text("README").splitlines()) <= MOST_LINES


def test_its_pictures_are_there() -> None:
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text("README"))
    assert [ROOT / name for name in shown] == [PICTURE, MOVING, REPORT]
    for path in (PICTURE, MOVING, REPORT):
        assert ElementTree.parse(path).getroot().tag.endswith("svg")


# --- nothing is missing ---------------------------------------------------------------------------


def test_every_command_key_rule_and_key_of_the_format_has_its_place() -> None:
    assert [name for name in COMMANDS if f"`planner {name}" not in text("commands")] == []
    assert [one.id for one in ACTIONS.values() if f"| {one.help} " not in text("keys")] == []
    assert [code for code in RULES if f"- `{code}` " not in text("rules")] == []
    named = {(kind, key) for kind in TABLES for key in fields(kind) if f"- `{key}`" in _of(kind)}
    assert {(kind, key) for kind in TABLES for key in fields(kind)} - named == set()


def _of(kind: str) -> str:
    """The section of a table."""
    heads = (f"## [{kind}.ID]\n", f"## [{kind}]\n")
    (after,) = (text("tables").split(head)[1] for head in heads if head in text("tables"))
    return after.split("\n## [")[0]


def test_every_page_is_linked_from_the_readme() -> None:
    linked = re.findall(r"\]\((planner/cli/topics/\w+\.md)\)", text("README"))
    assert sorted(linked) == [str(path.relative_to(README.parent)) for path in TOPICS]


def test_every_folder_of_the_code_is_on_the_map() -> None:
    folders = [path.parent for path in (ROOT / "planner").rglob("__init__.py")]
    named = {f"`{path.relative_to(ROOT)}/`" for path in folders if path != ROOT / "planner"}
    assert {name for name in named if f"| {name} " not in text("CONTRIBUTING")} == set()


FILES = sorted(set(re.findall(r"`((?:planner|tests)/[\w./]+)`", text("CONTRIBUTING"))))


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_named_is_there(name: str) -> None:
    """Words in capitals stand for any."""
    assert [*ROOT.glob(re.sub(r"\b[A-Z]+(?=[_.])|(?<=_)[A-Z]+(?=[_.])", "*", name))], name


MODULES = sorted(
    set(re.findall(r"python -m ([\w.]+)", "".join(map(text, ("README", "CONTRIBUTING")))))
)


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("tests")])
def test_a_module_that_is_run_is_there(name: str) -> None:
    assert find_spec(name) is not None


# --- what is told can be done ---------------------------------------------------------------------

TYPED = [
    (path.stem, typed)
    for path in DOCUMENTS
    for typed in re.findall(
        r"(?:^ {4}|`|\$ |run: )planner ([a-z][^`\n#]*)", path.read_text("utf-8"), re.MULTILINE
    )
]


@pytest.mark.parametrize(("page", "typed"), TYPED)
def test_a_command_that_is_told_exists_with_its_options(page: str, typed: str) -> None:
    name, *words = typed.split()
    assert name in COMMANDS, page
    with click.Context(group, info_name="planner") as context:
        command = group.get_command(context, name)
    assert command is not None
    if isinstance(command, click.Group):
        command = command.commands.get(words[0], command) if words else command
    known = {option for each in command.params for option in (*each.opts, *each.secondary_opts)}
    options = {word.split("=")[0] for word in words if re.match(r"--?[a-z]", word)}
    assert options - {*known, "--help"} == set()


OPTIONS = sorted(set(re.findall(r"`(--[a-z-]+)", "".join(map(text, (p.stem for p in DOCUMENTS))))))


@pytest.mark.parametrize("option", OPTIONS)
def test_an_option_that_is_told_is_one_of_a_command(option: str) -> None:
    assert option in _options(), option


def _options() -> set[str]:
    with click.Context(group, info_name="planner") as context:
        found = [group.get_command(context, name) for name in COMMANDS]
        groups = [one for one in found if isinstance(one, click.Group)]
        found += [each for one in groups for each in one.commands.values()]
    params = [param for one in found if one is not None for param in one.params]
    return {word for param in params for word in (*param.opts, *param.secondary_opts)} | {"--help"}


FILTERS = [
    line.split("  ")[0] for line in re.findall(r"^ {4}(\S.*?  +.*)$", text("filters"), re.MULTILINE)
]


@pytest.mark.parametrize("query", FILTERS)
def test_a_filter_of_the_page_means_something(query: str) -> None:
    plan = Session.open(ROADMAPS / "acme-2027").plan
    found = compile_filter(query, plan, me=next(iter(plan.roadmap.people)))
    assert found.error is None


SHOWN = {
    f"{path.stem}-{number}": toml
    for path in DOCUMENTS
    for number, toml in enumerate(re.findall(r"```toml\n(.*?)```", path.read_text("utf-8"), re.S))
    if not toml.startswith("me = ")
}


@pytest.mark.parametrize("toml", SHOWN.values(), ids=SHOWN)
def test_a_roadmap_that_is_shown_can_be_read(run: Run, tmp_path: Path, toml: str) -> None:
    path = tmp_path / "roadmap.toml"
    path.write_text(toml, encoding="utf-8")
    found = json.loads(run("check", str(path), "--select", "READ,PLAN03", "--json").out)
    assert found["findings"] == []


def test_the_sheet_of_the_readme_becomes_a_roadmap_that_its_edits_fit(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (sheet,) = re.findall(r"```csv\n(.*?)```", text("README"), re.S)
    Path("plan.csv").write_text(sheet, encoding="utf-8")
    assert len(sheet.splitlines()) <= 6
    ran = run("import", "plan.csv", "--links", "take", "--as-of", "2027-01-11", "--json")
    said = json.loads(ran.out)
    assert (said["phrases"], said["losses"], said["conflict"]["code"]) == ([], [], "SYS01")
    assert [(each["id"], each["days"]) for each in said["dates"] if each["days"] > 0] == [
        ("web-push", 10)
    ]
    edits = re.findall(r"`planner ((?:set|link|status|agree) [^`]*)`", text("README"))
    assert len(edits) == 4
    for edit in edits:
        assert run(*edit.split(), "--dry-run", "--as-of", "2027-01-11").code == 0, edit


# --- the changelog --------------------------------------------------------------------------------


def test_the_changelog_has_a_line_for_each_change_under_one_of_three_heads() -> None:
    lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    version = lines.index("## 0.1.0 (unreleased)")
    body = [line for line in lines[version + 1 :] if line]
    assert body[0] == "### Added"
    assert {line for line in body if line.startswith("#")} == {
        f"### {head}" for head in ("Added", "Changed", "Fixed")
    }
    said = [line for line in body if not line.startswith("#")]
    assert [line for line in said if not line.startswith("- ") or len(line) > 100] == []
    assert len(set(said)) == len(said)
