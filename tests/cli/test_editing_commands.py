"""The commands that edit: the same edits as the terminal interface, with their consequence."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from planner.plan.offers import all_offers
from planner.session.session import Session
from planner.text.commands import as_command
from planner.text.edits import SetKey
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
    wrote, first, *rest = ran.out.splitlines()
    assert wrote == f"{copy}/it.toml: customer-sso.estimate 7w/9w/13w → 7w/10w/14w"
    assert first.startswith("Peak freeze 21 Oct +4d · 9d late · delay cost +€")
    assert "  peak-readiness: 15 Oct → 21 Oct (+4d)" in rest
    assert added(before, texts(copy)) == ['estimate = ["7w", "10w", "14w"]']


@pytest.mark.parametrize("words", [("set", "crm-golden-record", "estimate=9w", "-r"), ("fmt",)])
def test_what_can_not_be_saved_is_not_said_to_be_open(
    run: Run, copy: Path, words: tuple[str, ...]
) -> None:
    with (copy / "it.toml").open("a", encoding="utf-8") as file:
        file.write("\n\n\n")
    (copy / "it.toml").chmod(0o444)
    before = texts(copy)
    ran = run(*words, str(copy))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith(
        "/it.toml: not saved: the file is read-only; the file is as it was "
        "(make it writable, then run the command again; nothing was changed)\n"
    )
    assert texts(copy) == before


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
    assert f"{copy}/marketing.toml: peak-campaign.needs −sms-three" in removed.out
    assert texts(copy) == before


def test_a_printed_fix_is_a_command_that_does_it(run: Run, copy: Path) -> None:
    session = Session.open(copy)
    late = next(finding for finding in session.plan.findings if finding.code == "DATE01")
    fix = all_offers(session.plan, late).found[0].fix
    command = as_command(fix.edit, session.plan.roadmap) or ""
    session.apply(fix.edit)
    for part in command.split(" && "):
        program, *words = shlex.split(part)
        assert program == "planner"
        assert run(*words, "-r", str(copy)).code == 0
    assert Session.open(copy).plan.tables == session.plan.tables


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "customer-sos", "estimate=4w"), "did you mean `customer-sso`?"),
        (("set", "customer-sso", "estimat=4w"), "did you mean `estimate`?"),
        (("set", "customer-sso", "estimate=six sprints"), "estimate"),
        (("set", "customer-sso", "status=planed"), "planned"),
        (("set", "customer-sso", "estimate"), "KEY=VALUE"),
        (("add", "initiativ", "x"), "did you mean `initiative`?"),
        (("add", "initiative", "Web Push"), "web-push"),
        (("add", "initiative", "customer-sso"), "exists already"),
        (("rename", "customer-sso", "api-gateway"), "api-gateway"),
        (("set", "customer-sso"), "`planner set customer-sso estimate=4w`"),
        (("set", "roadmap"), "`planner set roadmap 'title=New words'`"),
        (("set", "peak-campaign", "title+=Peak"), "holds one value (`title=VALUE`"),
        (("set", "peak-campaign", "must_start_on+=4w"), "must_start_on has no value to move"),
        (("set", "peak-campaign", "estimate+=soon"), "estimate, moved by soon"),
        (("set", "peak-campaign", "reviews.legal+=4w"), "reviews.legal holds one value"),
        (("set", "peak-campaign", "tags+="), "name what to add"),
        (("set", "peak-campaign", "tags-="), "name what to remove"),
        (("set", "peak-campaign", "tags-=x"), "does not hold `x` (it holds nothing)"),
        (("set", "peak-campaign", "needs-=loyalty-relaunc"), "did you mean `loyalty-relaunch`?"),
        (("set", "peak-campaign", "needs-=loyalty-relaunch SS"), "does not hold"),
        (("set", "peak-campaign", "needs+=loyalty-relaunch +1w"), "needs-='loyalty-relaunch'"),
        (("set", "peak-campaign", "uses+=nowhere/else"), "no system"),
        (("set", "peak-campaign", "uses+={ a = 1 }"), "uses is a list"),
        (("set", "peak-campaign", "staff+=[1]"), "staff is a small table"),
        (("set", "peak-campaign", "staff+=brand 5"), "`staff.brand=VALUE` replaces it"),
        (("set", "peak-campaign", "staff-=brnd"), "did you mean `brand`?"),
        (("add", "initiative", "sms", "tags-=x"), "does not hold `x`"),
        (("link", "customer-sso", "peak-campaign", "-1x"), "is not a link"),
        (("link", "loyalty-relaunch", "peak-campaign"), "needs loyalty-relaunch already"),
        (("link", "loyalty-relaunch", "peak-campaign", "+2w"), "planner unlink loyalty-relaunch"),
        (("link", "customer-sso", "peak-campaign", "--dryrun"), "did you mean `--dry-run`?"),
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


def table(folder: Path, kind: str, id: str) -> dict[str, Any]:
    return dict(Session.open(folder).plan.tables[kind][id])


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (["needs+=customer-sso SS+5d"], ['    "customer-sso SS+5d",']),
        (["tags+=one", "tags+=two"], ['tags = ["one", "two"]']),
        (["tags+=one, two"], ['tags = ["one", "two"]']),
        (['tags+=["one", "two"]'], ['tags = ["one", "two"]']),
        (["responsible+=lucia-ferrari"], []),
        (["reviews+=privacy 2026-11-20"], ["reviews = { privacy = 2026-11-20 }"]),
        (["staff+=crm 2"], ["staff = { brand = 2, crm = 2 }"]),
        (["owner+=brand"], []),
        (["owner+=crm"], ["owner = [", '    "brand",', '    "crm",', "]"]),
    ],
)
def test_more_is_added_to_what_is_there(
    run: Run, copy: Path, words: list[str], lines: list[str]
) -> None:
    before = texts(copy)
    assert run("set", "peak-campaign", *words, "-r", str(copy)).code == 0
    known = {line for text in before.values() for line in text.splitlines()}
    assert added(before, texts(copy)) == [line for line in lines if line not in known]


@pytest.mark.parametrize(
    ("word", "back"),
    [
        ("needs-=audience-activation", "needs+=audience-activation"),
        ("staff-=brand", "staff+=brand 2"),
        ("responsible-=lucia-ferrari", "responsible+=lucia-ferrari"),
        ("responsible-=lucia-ferrari,lucia-ferrari", "responsible+=lucia-ferrari"),
    ],
)
def test_what_is_taken_out_and_added_again_comes_out_even(
    run: Run, copy: Path, word: str, back: str
) -> None:
    before = table(copy, "initiatives", "peak-campaign")
    assert run("set", "peak-campaign", word, "-r", str(copy)).code == 0
    key = word.partition("-=")[0]
    assert table(copy, "initiatives", "peak-campaign").get(key) != before[key]
    assert run("set", "peak-campaign", back, "-r", str(copy)).code == 0
    after = table(copy, "initiatives", "peak-campaign")[key]
    assert after == before[key] or [after] == before[key]


LINKED = """\
[initiatives.a]
estimate = "1w"
[initiatives.b]
estimate = "1w"
needs = ["a SS+1d", { on = "a", type = "FF", delivers = "all" }]
"""


@pytest.mark.parametrize(
    ("word", "left"),
    [
        ("needs-=a", None),
        ("needs-=a FF", ["a SS+1d"]),
        ("needs-=a SS", [{"on": "a", "type": "FF", "delivers": "all"}]),
        ("needs-=a SS+1d", [{"on": "a", "type": "FF", "delivers": "all"}]),
    ],
)
def test_links_are_taken_out_by_what_they_are_on_and_their_type(
    run: Run, tmp_path: Path, word: str, left: object
) -> None:
    (tmp_path / "plan.toml").write_text(LINKED, "utf-8")
    assert run("set", "b", word, "-r", str(tmp_path / "plan.toml")).code == 0
    assert table(tmp_path / "plan.toml", "initiatives", "b").get("needs") == left


def test_a_term_that_ends_like_a_sign_is_quoted(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text('[roadmap]\n[glossary]\n"lead-" = "one"\n', "utf-8")
    session = Session.open(path)
    session.apply(SetKey("glossary", "", ("lead-",), "two"))
    command = session.history.last_command()
    assert command is not None
    assert run(*shlex.split(command)[1:], "-r", str(path)).code == 0
    assert '"lead-" = "two"' in path.read_text("utf-8")


def test_a_lead_is_typed_as_it_is_read(run: Run, copy: Path) -> None:
    before = texts(copy)
    assert run("link", "customer-sso", "peak-campaign", "-1w", "-r", str(copy)).code == 0
    assert added(before, texts(copy)) == ['    "customer-sso -1w",']


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


def test_what_is_said_beside_a_list_stays_when_one_item_takes_anothers_place(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "roadmap.toml"
    head = "[roadmap]\n[initiatives.api]\n[initiatives.hub]\n[initiatives.push]\n"
    file.write_text(f'{head}needs = ["api"]  # agreed in May\n')
    assert run("set", "push", "needs-=api", "needs+=hub", "-r", str(file)).code == 0
    assert file.read_text() == f'{head}needs = ["hub"]  # agreed in May\n'
    assert run("set", "push", "uses+=cdp", "uses-=cdp", "-r", str(file)).code == 0
    words = ("reviews.privacy=2027-03-01", "uses+=cdp", "reviews.privacy=", "uses-=cdp")
    assert run("set", "push", *words, "reviews=", "-r", str(file)).code == 0
    assert file.read_text() == f'{head}needs = ["hub"]  # agreed in May\n'
