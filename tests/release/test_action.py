"""The action for GitHub and the workflows of this repository, as far as they run without GitHub."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.git.clones import Clone, clone_at
from tests.release.distributions import ROOT
from tests.release.runner import ACTION, Runner, described, runner_with_planner
from tests.release.wheels import PYTHONS

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
CHECK, REPORT = "Check the roadmap", "Write the report"
PLAN = """\
[roadmap]
status_date = 2027-01-11
[initiatives.app]
estimate = "{estimate}"
deadline = 2027-01-29
"""


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A runner in which planner is installed, and a pull request that makes a plan late."""
    clone = clone_at(tmp_path / "checkout")
    _commit(clone, "3d")
    clone.git("update-ref", "refs/remotes/origin/main", "HEAD")
    _commit(clone, "30d")
    return runner_with_planner(tmp_path / "runner", clone.top, base_ref="main")


def _commit(clone: Clone, estimate: str) -> None:
    (clone.top / "plan.toml").write_text(PLAN.format(estimate=estimate), encoding="utf-8")
    clone.git("add", "plan.toml")
    clone.git("commit", "-qm", f"app takes {estimate}")


def test_an_error_that_a_pull_request_brings_fails_it(runner: Runner) -> None:
    step = runner.run(CHECK, path="plan.toml")
    assert (step.code, step.outputs["exit-code"]) == (1, "1")
    assert re.search(r"^::error file=plan\.toml,line=\d+,title=DATE01 ", step.out, re.MULTILINE)
    assert Path(step.outputs["file"]).read_text(encoding="utf-8") == step.out


def test_an_error_that_was_there_before_fails_nothing(runner: Runner) -> None:
    step = runner.run(CHECK, path="plan.toml", base="HEAD")
    assert (step.code, step.outputs["exit-code"], step.err) == (0, "0", "")
    assert "::error" not in step.out
    assert runner.run(CHECK, path="plan.toml", base="none").code == 1


def test_a_roadmap_that_cannot_be_read_is_told_where(runner: Runner) -> None:
    (runner.workspace / "plan.toml").write_text("[initiatives.app\n", encoding="utf-8")
    step = runner.run(CHECK, path="plan.toml", base="none")
    assert (step.code, step.outputs["exit-code"]) == (2, "2")
    assert "::error file=plan.toml,line=1," in step.out


def test_another_format_is_in_the_file_that_the_step_names(runner: Runner) -> None:
    step = runner.run(CHECK, path="plan.toml", format="sarif")
    assert step.outputs["file"].endswith(".sarif")
    assert '"DATE01"' in Path(step.outputs["file"]).read_text(encoding="utf-8")


def test_what_annotations_leave_out_is_in_the_summary(runner: Runner) -> None:
    late = "".join(
        f'[initiatives.app-{number}]\nestimate = "30d"\ndeadline = 2027-01-29\n'
        for number in range(12)
    )
    file = runner.workspace / "plan.toml"
    file.write_text(PLAN.format(estimate="3d") + late, encoding="utf-8")
    step = runner.run(CHECK, path="plan.toml", base="none")
    assert step.code == 1
    assert step.summary.count("| error |") == 3


def test_the_report_of_what_is_merged_is_written_errors_or_not(runner: Runner) -> None:
    step = runner.run(REPORT, path="plan.toml", report="index.html")
    assert step.code == 0
    (written,) = Path(step.outputs["folder"]).iterdir()
    assert written.name == "index.html"
    assert "2027" in written.read_text(encoding="utf-8")
    assert runner.run(REPORT, path="plan.toml", report="index.html").code == 0
    assert runner.run(REPORT, path="plan.toml", report="index.docx").code == 2


@pytest.mark.parametrize("given", ["$(touch ran)", "`touch ran`", '"; touch ran; "'])
def test_no_input_becomes_a_command(runner: Runner, given: str) -> None:
    for name in ("path", "base", "format"):
        assert runner.run(CHECK, **{name: given}).code == 2
    assert runner.run(REPORT, path="plan.toml", report=given).code == 2
    assert not [*runner.workspace.glob("ran"), *runner.temporary.glob("ran")]


def uses(part: Any) -> Iterator[str]:
    """Every action or workflow that is used somewhere in a description."""
    if isinstance(part, dict):
        yield from ([part["uses"]] if isinstance(part.get("uses"), str) else [])
        yield from (each for value in part.values() for each in uses(value))
    elif isinstance(part, list):
        yield from (each for value in part for each in uses(value))


@pytest.mark.parametrize("file", [ACTION, *WORKFLOWS], ids=lambda file: file.stem)
def test_others_actions_are_pinned_to_a_commit(file: Path) -> None:
    named = [*uses(described(file))]
    assert named
    loose = [each for each in named if not re.search(r"^\./|@[0-9a-f]{40}$", each)]
    assert loose == []


@pytest.mark.parametrize("file", [ACTION, *WORKFLOWS], ids=lambda file: file.stem)
def test_github_can_read_it(file: Path) -> None:
    kind = "github-actions" if file == ACTION else "github-workflows"
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{kind}"]
    ran = subprocess.run([*command, str(file)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_a_workflow_may_read_and_nothing_else_until_a_job_needs_more(file: Path) -> None:
    assert described(file)["permissions"] == {"contents": "read"}


def test_only_the_job_that_publishes_is_known_to_the_index() -> None:
    jobs = described(ROOT / ".github" / "workflows" / "release.yml")["jobs"]
    assert jobs["publish"]["permissions"] == {"id-token": "write"}
    assert jobs["publish"]["environment"]["name"] == "pypi"
    assert "password" not in str(jobs["publish"])
    with_write = {name for name, job in jobs.items() if "contents" in job.get("permissions", {})}
    assert with_write == {"attach"}


def test_each_python_that_is_promised_is_tried() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    kinds = [each.split(" :: ") for each in project["classifiers"]]
    promised = {kind[-1] for kind in kinds if re.fullmatch(r"3\.\d+", kind[-1])}
    jobs = described(ROOT / ".github" / "workflows" / "ci.yml")["jobs"]
    tried = [set(jobs[name]["strategy"]["matrix"]["python"]) for name in ("gate", "one-file-runs")]
    assert [promised, promised] == tried
    assert promised == {*PYTHONS}
    assert project["requires-python"] == f">={min(promised)}"
    systems = jobs["gate"]["strategy"]["matrix"]["system"]
    assert {each.partition("-")[0] for each in systems} == {"ubuntu", "macos"}


def test_a_reader_for_security_finds_nothing() -> None:
    if (zizmor := shutil.which("zizmor")) is None:
        pytest.skip("there is no zizmor here")
    command = [zizmor, "--offline", "--min-severity=medium", str(ACTION), *map(str, WORKFLOWS)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
