"""What goes wrong is said in one line on stderr, with the nearest right thing, and exits 2."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "nowhere.toml"), "nowhere.toml"),
        (("why", "peak-readines", "-r", "{acme}"), "did you mean `peak-readiness`?"),
        (("path", "{acme}", "--to", "peak-campain"), "did you mean `peak-campaign`?"),
        (("explain", "DATE1"), "did you mean `DATE01`?"),
        (("check", "{acme}", "--as-of", "soon"), "soon"),
        (("check", "{acme}", "--as-of", "0001-01-01"), "1990"),
        (("reach", "peak-readiness", "someday", "-r", "{acme}"), "someday"),
        (("check", "{acme}", "--fix", "DATE99"), "DATE99"),
        (("show", "{acme}", "-r", "elsewhere"), "two roadmaps"),
    ],
)
def test_one_line_and_exit_code_2(run: Run, acme: str, words: tuple[str, ...], said: str) -> None:
    ran = run(*(word.format(acme=acme) for word in words))
    assert ran.code == 2
    assert ran.out == ""
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_file_that_does_not_parse_says_where(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text('[initiatives.a]\nestimate = "1w\n', encoding="utf-8")
    for words in (("check", str(broken)), ("show", "--json", str(broken))):
        ran = run(*words)
        assert ran.code == 2
        assert ran.out == ""
        assert f"{broken}:2" in ran.err
        assert '  2 │ estimate = "1w' in ran.err


def test_a_bad_value_is_a_finding_not_the_end(run: Run, tmp_path: Path) -> None:
    odd = tmp_path / "odd.toml"
    odd.write_text(
        '[initiatives.a]\nestimate = "1w"\nstatus = "planed"\n'
        '[initiatives.b]\nestimate = "6 weeks"\n',
        encoding="utf-8",
    )
    ran = run("check", str(odd))
    assert ran.code == 1
    assert "odd.toml:3" in ran.out
    assert "planned" in ran.out
    assert "odd.toml:5" in ran.out
    assert "6w" in ran.out


def test_control_characters_never_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.toml"
    hostile.write_text(
        '[roadmap]\ntitle = "a\\u001b]52;c;x\\u0007b"\n'
        '[initiatives.a]\ntitle = "\\u001b[31mred\\u009b \\u202e"\nestimate = "1w"\n'
        'owner = "o\\u001b[2J"\ndeadline = 1999-01-01\n',
        encoding="utf-8",
    )
    for words in (("show",), ("check",), ("path",), ("show", "--json")):
        ran = run(*words, str(hostile))
        printed = ran.out + ran.err
        assert not [c for c in printed if c != "\n" and (ord(c) < 32 or 127 <= ord(c) < 160)]
        assert "\u202e" not in printed or words == ("show", "--json")


def test_the_interface_needs_a_terminal(run: Run, acme: str) -> None:
    ran = run(acme)
    assert ran.code == 2
    assert "needs a terminal" in ran.err


def test_init_starts_a_roadmap_and_overwrites_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init").out == "roadmap.toml\n"
    text = Path("roadmap.toml").read_text(encoding="utf-8")
    assert run("check").code in (0, 1)
    assert run("show").code == 0
    again = run("init")
    assert again.code == 2
    assert "exists already" in again.err
    assert Path("roadmap.toml").read_text(encoding="utf-8") == text
    assert run("init", "plan/").out.splitlines() == [
        "plan/roadmap.toml",
        "plan/it.toml",
        "plan/marketing.toml",
    ]
    assert run("show", "plan").code == 0


def test_a_misspelt_command_is_told_the_nearest(run: Run) -> None:
    ran = run("shwo")
    assert ran.code == 2
    assert "did you mean `planner show`?" in ran.err


@pytest.mark.parametrize(
    "words",
    [
        *(("check",), ("show",), ("init",), ("init", "site"), ("path",), ("diff",), ("fmt",)),
        *(("check", "--json"), ("why", "a"), ("reach", "a", "2027-03-01"), ("set", "a.owner=b")),
        *(("agree", "a"), ("explain", "DATE01:a"), ("git", "status"), ("resolve", "roadmap.toml")),
    ],
)
def test_in_a_folder_that_was_deleted_it_says_what_to_do(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    (gone := tmp_path / "gone").mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert "`cd`" in ran.err
    assert "bug" not in ran.err


def test_a_roadmap_elsewhere_is_read_from_a_folder_that_was_deleted(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, acme: str
) -> None:
    (gone := tmp_path / "gone").mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert run("show", acme).code == 0


@pytest.mark.parametrize(
    ("redirect", "code", "said"),
    [
        (">/dev/full", 2, "the output is not complete: No space left on device"),
        (">&-", 1, ""),
        (">/dev/null 2>&-", 1, ""),
        ("| head -c 10", 0, ""),
    ],
)
def test_a_check_whose_output_goes_nowhere_ends_in_order(
    acme: str, redirect: str, code: int, said: str
) -> None:
    command = shlex.join([sys.executable, "-m", "planner", "check", acme])
    ran = subprocess.run(
        ["sh", "-c", f"{command} {redirect}"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == code
    assert said in ran.stderr
    assert "bug" not in ran.stderr
    assert "Exception ignored" not in ran.stderr


def test_a_reader_that_has_enough_is_no_error(acme: str) -> None:
    command = [sys.executable, "-m", "planner", "show", acme]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
