"""`planner check --base`: what a change brings, in repositories as pipelines have them."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from planner.analysis.changes import new_findings
from planner.analysis.revisions import clock_of, plan_at
from planner.session.session import Session
from tests.cli.conftest import Ran, Run
from tests.git.clones import Clone, clone_at
from tests.release.runner import runner_with_planner

PLAN = """\
[roadmap]
start = 2027-01-04
status_date = 2027-01-04

[initiatives.tags]
estimate = "4w"

[initiatives.push]
estimate = "2w"
needs = ["tags"]
deadline = 2027-02-12

[initiatives.late]
estimate = "2w"
deadline = 2027-01-08
"""
LATER = ('[initiatives.tags]\nestimate = "4w"', '[initiatives.tags]\nestimate = "5w"')


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A repository with one commit: a roadmap in a folder, which has one error."""
    clone = clone_at(tmp_path / "clone")
    clone.commit("plans/acme.toml", PLAN)
    return clone


class Since:
    """What a check prints of a roadmap in a clone, since a revision."""

    def __init__(self, run: Run, clone: Clone, where: str = "plans/acme.toml") -> None:
        self.run, self.clone, self.where = run, clone, where

    def __call__(self, base: str, *words: str) -> Ran:
        return self.run("check", str(self.clone.top / self.where), "--base", base, *words)

    def codes(self, base: str, *words: str) -> list[str]:
        """The fingerprints of what is new."""
        found = json.loads(self(base, "--json", *words).out)["findings"]
        return [one["fingerprint"] for one in found]


def edited(clone: Clone, *pairs: tuple[str, str], name: str = "plans/acme.toml") -> None:
    text = clone.read(name)
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    clone.write(name, text)


def test_old_errors_pass_and_new_ones_fail(run: Run, clone: Clone) -> None:
    since = Since(run, clone)
    assert since("HEAD").code == 0
    edited(clone, LATER)
    ran = since("main")
    assert ran.code == 1
    assert "DATE01 push is 5 working days late" in " ".join(ran.out.split())
    assert "late is" not in ran.out
    assert ran.out.endswith("new since main: 1 error\n")
    assert since("main", "--severity", "error", "--ignore", "DATE").code == 0
    assert since("main", "--for", "tags").code == 0
    assert since("main", "--for", "push").code == 1


def test_what_is_new_in_many_places_is_told_only_of_what_is_asked_for(
    run: Run, clone: Clone
) -> None:
    tables = [f"[initiatives.w{number}]" for number in range(1, 8)]
    clone.commit("plans/acme.toml", "".join(f'{table}\nestimate = "1w"\n' for table in tables))
    clone.write("plans/acme.toml", "".join(f"{table}\n" for table in tables))
    since = Since(run, clone)
    assert "7 of 7 initiatives" in since("HEAD", "--select", "PLAN07").out
    assert since.codes("HEAD", "--select", "PLAN07", "--for", "w7") == ["PLAN07:w7"]


@pytest.mark.parametrize("base", ["HEAD~1", "v1", "main", "refs/heads/main"])
def test_every_name_of_a_revision_will_do(run: Run, clone: Clone, base: str) -> None:
    clone.git("tag", "-a", "v1", "-m", "one")
    clone.git("checkout", "-q", "--detach")
    edited(clone, LATER)
    clone.git("commit", "-qam", "two")
    assert Since(run, clone).codes(base) == ["DATE01:push"]
    assert Since(run, clone).codes("HEAD") == []


def test_an_unknown_revision_says_where_it_is(run: Run, clone: Clone, tmp_path: Path) -> None:
    edited(clone, LATER)
    clone.git("commit", "-qam", "two")
    clone.git("clone", "-q", "--depth", "1", clone.top.as_uri(), str(tmp_path / "shallow"))
    shallow = Clone(tmp_path / "shallow")
    shallow.git("checkout", "-q", "--detach")
    shallow.git("branch", "-qD", "main")
    since = Since(run, shallow)
    assert "did you mean `origin/main`?" in since("main").err
    assert "fetch-depth: 0" in since("HEAD~1").err
    assert "a branch, a tag" in Since(run, clone)("nowhere").err
    assert {since(base).code for base in ("main", "HEAD~1", "--all", "")} == {2}
    assert since("origin/main").code == 0


def test_a_roadmap_that_moved_is_compared_with_where_it_was(run: Run, clone: Clone) -> None:
    clone.git("mv", "plans/acme.toml", "plans/joint.toml")
    edited(clone, LATER, name="plans/joint.toml")
    ran = Since(run, clone, "plans/joint.toml")("HEAD")
    assert "new since HEAD, where it was plans/acme.toml: 1 error" in ran.out


def test_a_link_to_a_roadmap_is_that_roadmap(run: Run, clone: Clone) -> None:
    (clone.top / "link.toml").symlink_to("plans/acme.toml")
    assert "new since HEAD: no conflicts" in Since(run, clone, "link.toml")("HEAD").out


def test_a_file_that_became_a_folder_is_still_that_roadmap(run: Run, clone: Clone) -> None:
    head, it = PLAN.split("[initiatives.push]")
    clone.git("rm", "-q", "plans/acme.toml")
    clone.write("joint/roadmap.toml", head)
    clone.write("joint/it.toml", f"[initiatives.push]{it}")
    assert Since(run, clone, "joint")("HEAD").code == 0


def test_a_new_roadmap_is_new_in_all_it_says(run: Run, clone: Clone) -> None:
    clone.write("other/new.toml", '[initiatives.x]\nestimate = "1w"\nneeds = ["y"]\n')
    ran = Since(run, clone, "other/new.toml")("HEAD")
    assert ran.code == 1
    assert "where" in ran.out
    assert "is not yet: 1 error" in ran.out


def test_a_file_that_is_new_in_a_folder(run: Run, tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    clone.commit("plan/roadmap.toml", PLAN)
    clone.write("plan/it.toml", '[initiatives.x]\nestimate = "1w"\nneeds = ["nothing"]\n')
    found = Since(run, clone, "plan").codes("HEAD", "--severity", "error")
    assert found == ["PLAN02:initiatives:nothing"]


def test_a_base_that_can_not_be_read_is_named(run: Run, clone: Clone) -> None:
    clone.commit("plans/acme.toml", "x = = 1\n")
    clone.write("plans/acme.toml", PLAN)
    ran = Since(run, clone)("HEAD")
    assert ran.code == 2
    assert "HEAD:plans/acme.toml:1" in ran.err
    assert "as it was at HEAD" in ran.err


def test_another_id_brings_nothing_new(run: Run, clone: Clone) -> None:
    edited(clone, ("[initiatives.late]", "[initiatives.too-late]"))
    assert Since(run, clone)("HEAD").code == 0


@pytest.mark.parametrize("known", ["status_date = 2027-01-04\n", ""])
def test_the_clock_alone_makes_nothing_new(clone: Clone, known: str) -> None:
    clone.commit("plans/acme.toml", "# One.\n" + PLAN.replace("status_date = 2027-01-04\n", known))
    path = clone.top / "plans/acme.toml"
    plan = Session.open(path, today=date(2028, 1, 3)).plan
    assert {"DATE07"} & {one.code for one in plan.findings} == ({"DATE07"} if known else set())
    assert new_findings(plan, plan_at(path, "HEAD", clock_of(plan))) == ()


MANY = (
    PLAN
    + "".join(
        f'[initiatives.i{n}]\nestimate = "1w"\nstatus = "planned"\nprocesses = ["customer"]\n'
        for n in range(8)
    )
    + '[data.customer]\nclassification = "personal"\nsteward = "privacy"\n'
)


def test_what_is_missing_in_one_more_place_is_new(run: Run, clone: Clone) -> None:
    clone.commit("plans/acme.toml", MANY)
    assert Since(run, clone).codes("HEAD") == []
    edited(
        clone,
        (
            "[data.customer]",
            '[initiatives.more]\nprocesses = ["customer"]\nestimate = "1w"\n[data.customer]',
        ),
    )
    (new,) = (one for one in Since(run, clone).codes("HEAD") if one.startswith("DATA02"))
    assert new == "DATA02:customer"


def test_a_warning_that_becomes_an_error_is_new(run: Run, clone: Clone) -> None:
    clone.commit("plans/acme.toml", PLAN + '[checks.severity]\nDATE01 = "warning"\n')
    since = Since(run, clone)
    assert since("HEAD").code == 0
    edited(clone, ('DATE01 = "warning"', 'DATE01 = "error"'))
    assert since.codes("HEAD") == ["DATE01:late"]
    clone.git("commit", "-qam", "louder")
    edited(clone, ('DATE01 = "error"', 'DATE01 = "info"'))
    assert since.codes("HEAD") == []


def test_a_waiver_that_is_taken_out_brings_its_finding_back(run: Run, clone: Clone) -> None:
    waiver = '[waivers.w]\nrule = "DATE01"\non = ["late"]\nreason = "r"\nby = "ana"\n'
    clone.commit("plans/acme.toml", f"{PLAN}{waiver}until = 2027-12-01\n")
    clone.write("plans/acme.toml", PLAN)
    assert Since(run, clone).codes("HEAD") == ["DATE01:late"]
    assert Since(run, clone)("HEAD").code == 1


TOP = Path(__file__).parents[2]
PIPELINES = (TOP / "planner" / "cli" / "topics" / "ci.md").read_text(encoding="utf-8")


def test_the_workflow_that_is_told_fails_what_brings_an_error(clone: Clone, tmp_path: Path) -> None:
    """Its step runs as the action does that it uses."""
    (told,) = re.findall(r"```yaml\n(on: .*?)```", PIPELINES, re.DOTALL)
    (given,) = re.findall(r"- uses: REPOSITORY@v\S+\n +with: \{ path: (\S+) \}", told)
    (clone.top / given).mkdir()
    clone.git("mv", "plans/acme.toml", f"{given}/roadmap.toml")
    clone.git("commit", "-qm", "as it is told")
    clone.git("clone", "-q", str(clone.top), str(tmp_path / "checkout"))
    checkout = Clone(tmp_path / "checkout")
    runner = runner_with_planner(tmp_path / "runner", checkout.top, base_ref="main")
    assert runner.run("Check the roadmap", path=given).code == 0
    edited(checkout, LATER, name=f"{given}/roadmap.toml")
    step = runner.run("Check the roadmap", path=given)
    assert step.out.startswith(f"::error file={given}/roadmap.toml,line=11,title=DATE01")
    assert step.code == 1


def test_the_hook_that_is_told_is_there() -> None:
    (named,) = re.findall(r"- id: (\S+)", PIPELINES)
    hooks = (TOP / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert f"- id: {named}\n" in hooks


def test_a_commit_is_checked_as_it_is(run: Run, clone: Clone) -> None:
    edited(clone, LATER)
    late = clone.commit("plans/acme.toml", clone.read("plans/acme.toml"))
    clone.write("plans/acme.toml", "[roadmap\n")
    plan = str(clone.top / "plans/acme.toml")

    def found(*words: str) -> list[str]:
        return [one["on"][0] for one in json.loads(run("check", plan, *words).out)["findings"]]

    assert "push" in found("--json", "--at", late, "--select", "DATE01")
    assert found("--json", "--at", f"{late}^", "--select", "DATE01") == ["late"]
    assert found("--json", "--at", late, "--base", f"{late}^", "--select", "DATE01") == ["push"]
    assert run("check", plan, "--at", f"{late}^", "--base", late).code == 0
    assert run("check", plan).code == 2


def test_a_roadmap_that_was_not_there_is_said(run: Run, clone: Clone) -> None:
    clone.commit("plans/new.toml", PLAN.replace("push", "pull").replace("tags", "labels"))
    ran = run("check", str(clone.top / "plans/new.toml"), "--at", "HEAD^")
    assert (ran.code, ran.out) == (2, "")
    assert "was not there at HEAD^" in ran.err
    assert run("check", str(clone.top / "plans/new.toml"), "--at", "HEAD", "--fix").code == 2


GROUPED = """\
[roadmap]
start = 2027-01-04
status_date = 2027-01-04
[initiatives.a]
estimate = "2w"
deadline = 2027-01-13
[initiatives.b]
estimate = "2w"
needs = ["a"]
deadline = 2027-01-28
"""


def test_a_deadline_that_was_missed_with_another_is_not_new_by_itself(
    run: Run, clone: Clone
) -> None:
    """Before, b is told inside of a's; with a later deadline of a it is late alone."""
    clone.commit("plans/acme.toml", GROUPED.replace("2027-01-28", "2027-01-27"))
    clone.write(
        "plans/acme.toml", GROUPED.replace("2027-01-28", "2027-01-27").replace("-13", "-29")
    )
    since = Since(run, clone)
    assert (since("HEAD").code, since.codes("HEAD")) == (0, [])


def test_a_deadline_newly_missed_inside_of_another_is_new(run: Run, clone: Clone) -> None:
    clone.commit("plans/acme.toml", GROUPED.replace("2027-01-28", "2027-01-29"))
    clone.write("plans/acme.toml", GROUPED)
    since = Since(run, clone)
    assert (since("HEAD").code, since.codes("HEAD")) == (1, ["DATE01:a"])


def test_a_difference_has_the_groups_of_findings_with_both_figures(run: Run, clone: Clone) -> None:
    changed = PLAN.replace('"4w"', '"5w"').replace("2027-01-08", "2027-02-08")
    path = str(clone.top / "plans/acme.toml")
    clone.commit("plans/acme.toml", changed)
    clone.write("plans/acme.toml", changed.replace('"5w"', '"6w"'))
    found = json.loads(run("diff", "-r", path, "--json").out)
    assert [each["fingerprint"] for each in found["worse"]] == ["DATE01:push"]
    (worse,) = found["worse"]
    assert "10 working days late, was 5" in worse["text"]
    assert (found["gained"], found["lost"], found["better"]) == ([], [], [])
    found = json.loads(run("diff", "HEAD~1", "HEAD", "-r", path, "--json").out)
    assert [each["fingerprint"] for each in found["lost"]] == ["DATE01:late"]
    assert [each["fingerprint"] for each in found["gained"]] == ["DATE01:push"]
