"""Signs of printed pages: in ASCII where the terminal has no others, and data as it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from planner.cli.main import COMMANDS
from planner.text.ascii import in_ascii
from tests.cli.conftest import Run

PAGES = {
    "show": "show --width 100 PATH",
    "check": "check --all PATH",
    "capacity": "capacity PATH",
    "outcomes": "outcomes PATH",
    "agreements": "agreements PATH",
    "explain": "explain DATE01:peak-readiness -r PATH",
    "keys": "help keys",
    "help of a command": "help link",
}
DATA = {
    "JSON": "gaps --json PATH",
    "Markdown": "check --markdown PATH",
    "CSV": "export - --format csv PATH",
    "completion": "completion zsh",
    "schema": "schema",
}


def out(run: Run, path: str, line: str, *more: str) -> str:
    return run(*(path if word == "PATH" else word for word in line.split()), *more).out


@pytest.mark.parametrize("line", PAGES.values(), ids=PAGES)
def test_a_page_is_the_same_in_ascii(run: Run, acme: str, line: str) -> None:
    signs = out(run, acme, line)
    drawn = out(run, acme, line, "--glyphs", "ascii")
    assert drawn == in_ascii(signs)
    own = {*"".join(file.read_text("utf-8") for file in Path(acme).glob("*.toml"))}
    assert {letter for letter in drawn if not (letter.isascii() or letter.isalpha())} <= own


@pytest.mark.parametrize("line", DATA.values(), ids=DATA)
def test_data_keeps_its_letters(run: Run, acme: str, line: str) -> None:
    letters = out(run, acme, line)
    assert out(run, acme, line, "--glyphs", "ascii") == letters


def test_the_option_stands_before_a_command_or_behind_it(run: Run, acme: str) -> None:
    before = run("--glyphs=ascii", "show", acme)
    assert before.out == run("--glyphs", "ascii", "show", acme).out
    assert before.out == run("show", acme, "--glyphs", "ascii").out


def test_it_wins_over_the_configuration_and_that_over_the_terminal(
    run: Run, acme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_ascii(*words: str) -> bool:
        return "▲" not in run("show", acme, *words).out

    assert not is_ascii()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "planner").mkdir()
    (tmp_path / "planner" / "config.toml").write_text('glyphs = "ascii"\n', encoding="utf-8")
    assert is_ascii()
    assert not is_ascii("--glyphs", "unicode")
    assert not is_ascii("--glyphs", "auto")
    monkeypatch.setenv("TERM", "vt100")
    assert is_ascii("--glyphs", "auto")


def test_a_mistake_is_told_in_ascii(run: Run) -> None:
    ran = run("--glyphs", "ascii", "show", "no–such–file")
    assert ran.code == 2
    assert ran.err.isascii()
    ran = run("show", "--glyphs", "asci")
    assert ran.code == 2
    assert "--glyphs" in ran.err


def test_every_command_takes_it(run: Run) -> None:
    for name in COMMANDS:
        ran = run(name, "--glyphs", "ascii", "--help")
        assert (ran.code, ran.out.isascii()) == (0, True), name
        assert "--glyphs" in ran.out, name


@pytest.mark.parametrize(
    ("locale", "encoding"), [("de_DE.ISO-8859-1", "latin-1"), ("C", "ascii:strict")]
)
def test_no_locale_is_too_narrow(tmp_path: Path, locale: str, encoding: str) -> None:
    file = tmp_path / "roadmap.toml"
    file.write_text('[initiatives.a]\ntitle = "Ł → 计划"\nestimate = "4w"\n', encoding="utf-8")
    command = [sys.executable, "-m", "planner", "show", str(file)]
    environment = {**os.environ, "LC_ALL": locale, "PYTHONIOENCODING": encoding}
    ran = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"o a " in ran.stdout
