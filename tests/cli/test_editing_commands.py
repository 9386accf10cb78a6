"""The commands that edit: the same edits as the terminal interface, with their consequence."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from planner.session import Session
from tests.cli.conftest import ROADMAPS, Run


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the sample roadmap."""
    return Path(shutil.copytree(ROADMAPS / "acme-2027", tmp_path / "acme"))


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted(folder.iterdir())}


def added(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Lines that are new, over all files."""
    return [
        line
        for name, text in after.items()
        for line in text.splitlines()
        if line not in before.get(name, "").splitlines()
    ]


def test_set_says_what_it_does_to_the_plan(run: Run, copy: Path) -> None:
    before = texts(copy)
    ran = run("set", "customer-sso", "estimate=7w/10w/14w", "-r", str(copy))
    assert ran.code == 0
    first, *rest = ran.out.splitlines()
    assert first.startswith("Peak freeze 21 Oct +4d · 9d late · costs €")
    assert "  peak-readiness: 15 Oct → 21 Oct (+4d)" in rest
    assert added(before, texts(copy)) == ['estimate = ["7w", "10w", "14w"]']


def test_a_dry_run_prints_the_difference_and_writes_nothing(run: Run, copy: Path) -> None:
    before = texts(copy)
    ran = run("set", "peak-campaign", "deadline=15 oct", "-r", str(copy), "--dry-run")
    assert "+deadline = 2027-10-15" in ran.out
    assert texts(copy) == before


def test_an_empty_value_takes_the_key_out(run: Run, copy: Path) -> None:
    assert run("set", "peak-readiness", "deadline=", "-r", str(copy)).code == 0
    assert "deadline" not in Session.open(copy).plan.tables["initiatives"]["peak-readiness"]


def test_link_and_unlink_come_out_even(run: Run, copy: Path) -> None:
    before = texts(copy)
    assert run("link", "customer-sso", "peak-campaign", "SS+5d", "-r", str(copy)).code == 0
    assert added(before, texts(copy)) == ['    "customer-sso SS+5d",']
    assert run("unlink", "customer-sso", "peak-campaign", "-r", str(copy)).code == 0
    assert texts(copy) == before


def test_a_status_writes_the_date_that_it_states(run: Run, copy: Path) -> None:
    before = texts(copy)
    assert run("status", "api-gateway", "done", "--on", "19 mar", "-r", str(copy)).code == 0
    assert "actual_finish = 2027-03-19" in added(before, texts(copy))


def test_add_rename_and_remove_come_out_even(run: Run, copy: Path) -> None:
    before = texts(copy)
    words = ("add", "initiative", "sms-two", "estimate=2w", "owner=crm", "needs=ip-warm-up")
    assert run(*words, "-r", str(copy)).code == 0
    assert "[initiatives.sms-two]" in added(before, texts(copy))
    assert run("link", "sms-two", "peak-campaign", "-r", str(copy)).code == 0
    assert run("rename", "sms-two", "sms-three", "-r", str(copy)).code == 0
    assert '    "sms-three",' in added(before, texts(copy))
    removed = run("remove", "sms-three", "-r", str(copy))
    assert "initiatives.peak-campaign.needs no longer names it" in removed.err
    assert texts(copy) == before


def test_a_printed_fix_is_a_command_that_does_it(run: Run, copy: Path) -> None:
    session = Session.open(copy)
    late = next(finding for finding in session.plan.findings if finding.code == "DATE01")
    [(fix, _), *_] = session.fixes(late)
    command = session.commands(late)[0]
    session.apply(fix.edit)
    for part in command.split(" && "):
        program, *words = shlex.split(part)
        assert program == "planner"
        assert run(*words, "-r", str(copy)).code == 0
    assert Session.open(copy).plan.tables == session.plan.tables


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "customer-sos", "estimate=4w"), "did you mean customer-sso?"),
        (("set", "customer-sso", "estimat=4w"), "did you mean estimate?"),
        (("set", "customer-sso", "estimate=six weeks"), "estimate"),
        (("set", "customer-sso", "status=planed"), "planned"),
        (("set", "customer-sso", "estimate"), "KEY=VALUE"),
        (("add", "initiativ", "x"), "did you mean initiative?"),
        (("add", "initiative", "Web Push"), "web-push"),
        (("add", "initiative", "customer-sso"), "exists already"),
        (("rename", "customer-sso", "api-gateway"), "api-gateway"),
        (("link", "customer-sso", "peak-campaign", "SX+5d"), "SX+5d"),
        (("unlink", "customer-sso", "peak-campaign"), "does not need"),
        (("remove", "roadmap"), "can't be removed"),
    ],
)
def test_what_can_not_be_done_is_said_and_nothing_changes(
    run: Run, copy: Path, words: tuple[str, ...], said: str
) -> None:
    before = texts(copy)
    ran = run(*words, "-r", str(copy))
    assert ran.code == 2
    assert said in ran.err
    assert texts(copy) == before


ODD_LINES = (
    '# plan\n[initiatives.a]\n\testimate = "3w"',
    '# plan\r\n[initiatives.a]\r\n# caf\u00e9\r\nestimate = "3w"\r\n',
    '[initiatives.a]\nnotes = "one\x0ctwo"\nestimate = "3w"\n'.replace("\x0c", "\\f"),
)


@pytest.mark.parametrize("text", ODD_LINES)
@pytest.mark.parametrize("name", ["plan.toml", "two words.toml"])
def test_what_a_dry_run_prints_is_taken_by_git_apply(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    plan = tmp_path / name
    plan.write_bytes(text.encode())
    words = ("set", "a", "estimate=4w", "title=A", "-r", name)
    difference = run(*words, "--dry-run").out
    assert run(*words).code == 0
    edited = plan.read_bytes()
    plan.write_bytes(text.encode())
    done = subprocess.run(["git", "apply", "-"], input=difference.encode(), check=False)
    assert done.returncode == 0, difference
    assert plan.read_bytes() == edited != text.encode()
