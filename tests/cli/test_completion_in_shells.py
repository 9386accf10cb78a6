"""A real bash, zsh and fish, each in a pseudo-terminal, in which a person presses tab."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.cli.completion import SHELLS, script
from tests.cli.test_completion import offered
from tests.terminals import Terminal

ROOT = Path(__file__).resolve().parents[2]
START = {
    "bash": ["bash", "--noprofile", "--norc", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "-i"],
}
LOADED = {
    "bash": 'eval "$(planner completion bash)"',
    "zsh": 'autoload -Uz compinit && compinit -u -D; eval "$(planner completion zsh)"',
    "fish": "planner completion fish | source",
}
"""As the scripts and `planner help commands` say."""
AS_FILES = {
    "zsh": (".zfunc/_planner", "fpath=(~/.zfunc $fpath); autoload -Uz compinit && compinit -u -D"),
    "fish": (".config/fish/completions/planner.fish", "true"),
}
"""Where a shell looks by itself, and what a person has in their configuration for that."""


def started(name: str, home: Path, first: str) -> Terminal:
    """A shell in a home of its own that has run its first line."""
    if shutil.which(name) is None:
        pytest.skip(f"there is no {name} here")
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    own = {"HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"), "PATH": path}
    terminal = Terminal(START[name], 100, 40, fish_history="", **own)
    terminal.wait_for(lambda shown: shown.strip() != "")
    said(terminal, first)
    return terminal


def said(shell: Terminal, line: str) -> None:
    """Run a line, and wait until the shell has done it."""
    shell.press(f"{line}; clear; echo the shell is rea''dy", "enter")
    shell.wait_for("the shell is ready")


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    """A shell that has loaded its script, in a folder with the sample in `roadmaps`."""
    here = tmp_path / "here"
    shutil.copytree(ROOT / "roadmaps" / "acme-2027", here / "roadmaps" / "acme-2027")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        terminal = started(request.param, tmp_path, LOADED[request.param])
    with terminal:
        yield terminal


def tab(shell: Terminal, text: str, *shows: str) -> None:
    """Type `text`, press tab twice, and wait until the screen shows what is looked for."""
    shell.press(text)
    shell.wait_for(text)
    shell.press("tab", "tab")
    shell.wait_for(*shows)


def test_tab_offers_the_commands_that_begin_so(shell: Terminal) -> None:
    tab(shell, "planner s", "schema", "set", "show", "status")
    assert "remove" not in shell.shown


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("planner check --sel", "planner check --select"),
        ("planner check --format=s", "planner check --format=sarif"),
        ("planner roadmaps/acme-2027/it.", "planner roadmaps/acme-2027/it.toml"),
        ("planner why customer-s", "planner why customer-sso"),
        ("planner check --for=customer-s", "planner check --for=customer-sso"),
        ("planner explain DATE0", "DATE06"),
        ("planner explain DATE01:customer-s", "planner explain DATE01:customer-sso"),
        ("planner check --select DATE01,SYS0", "SYS03"),
        ("planner set customer-sso esti", "planner set customer-sso estimate"),
        ("planner set customer-sso status=act", "planner set customer-sso status=active"),
    ],
)
def test_tab_goes_on_with(shell: Terminal, text: str, shows: str) -> None:
    tab(shell, text, shows)


def test_what_a_tab_finds_wrong_is_not_printed(shell: Terminal) -> None:
    shell.press("planner path --roadmap=nowhere --to=", "tab", "tab", "\x15")
    shell.press("echo it goes o''n", "enter")
    shell.wait_for("it goes on")
    assert "planner:" not in shell.shown
    assert "Traceback" not in shell.shown


@pytest.mark.parametrize("name", AS_FILES)
def test_a_script_that_lies_where_a_shell_looks_is_found(name: str, tmp_path: Path) -> None:
    file, first = AS_FILES[name]
    place = tmp_path / file
    place.parent.mkdir(parents=True)
    place.write_text(script(name), encoding="utf-8")
    with started(name, tmp_path, first) as shell:
        tab(shell, "planner outc", "planner outcomes")


@pytest.mark.parametrize("name", SHELLS)
def test_the_script_says_how_to_install_it(name: str) -> None:
    first = script(name).split("\n\n")[0]
    assert f"planner completion {name}" in first
    assert all(line.startswith("#") for line in first.splitlines())


def test_the_shells_are_offered() -> None:
    assert offered("planner completion ") == [*SHELLS]
