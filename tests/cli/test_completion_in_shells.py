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
    "fish": ["fish", "--no-config", "-i"],
}
PREPARED = {
    "bash": "PS1='ready> '",
    "zsh": "PS1='ready> '; autoload -Uz compinit && compinit -u -D",
    "fish": "function fish_prompt; echo 'ready> '; end",
}
LOADED = {
    "bash": 'eval "$(planner completion bash)"',
    "zsh": 'eval "$(planner completion zsh)"',
    "fish": "planner completion fish | source",
}
"""As the scripts and `planner help commands` say."""


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    """A shell that has loaded its script, in a folder with the sample in `roadmaps`."""
    name = request.param
    if shutil.which(name) is None:
        pytest.skip(f"there is no {name} here")
    here = tmp_path / "here"
    shutil.copytree(ROOT / "roadmaps" / "acme-2027", here / "roadmaps" / "acme-2027")
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config"), "PATH": path}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        terminal = Terminal(START[name], 100, 40, fish_history="", **home)
    with terminal:
        for line in (PREPARED[name], LOADED[name], "clear"):
            terminal.press(line, "enter")
            terminal.wait_for("ready>")
            terminal.settle()
        yield terminal


def typed(shell: Terminal, text: str) -> str:
    """What stands on the screen when `text` was typed and tab pressed twice."""
    shell.press(text)
    shell.wait_for(text)
    shell.press("tab")
    shell.settle()
    shell.press("tab")
    shell.settle()
    return shell.shown


def test_tab_offers_the_commands_that_begin_so(shell: Terminal) -> None:
    shown = typed(shell, "planner s")
    assert {word for word in ("schema", "set", "show", "status") if word in shown} == {
        "schema",
        "set",
        "show",
        "status",
    }
    assert "remove" not in shown


def test_tab_ends_an_option(shell: Terminal) -> None:
    assert "planner check --select" in typed(shell, "planner check --sel")


def test_tab_offers_the_values_of_an_option_behind_its_sign(shell: Terminal) -> None:
    assert "planner check --format=sarif" in typed(shell, "planner check --format=s")


def test_tab_offers_files_where_no_command_begins_so(shell: Terminal) -> None:
    path = "planner roadmaps/acme-2027/it."
    assert f"{path}toml" in typed(shell, path)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("planner why customer-s", "planner why customer-sso"),
        ("planner check --for=customer-s", "planner check --for=customer-sso"),
        ("planner explain DATE0", "DATE06"),
        ("planner explain DATE01:customer-s", "planner explain DATE01:customer-sso"),
        ("planner check --select DATE01,SYS0", "SYS03"),
        ("planner set customer-sso esti", "planner set customer-sso estimate"),
        ("planner set customer-sso status=act", "planner set customer-sso status=active"),
    ],
)
def test_tab_knows_the_roadmap_and_the_rules(shell: Terminal, text: str, whole: str) -> None:
    assert whole in typed(shell, text)


def test_what_a_tab_finds_wrong_is_not_printed(shell: Terminal) -> None:
    shown = typed(shell, "planner path --roadmap=nowhere --to=")
    assert "Error" not in shown
    assert "planner:" not in shown


@pytest.mark.parametrize("name", SHELLS)
def test_the_script_says_how_to_install_it(name: str) -> None:
    first = script(name).split("\n\n")[0]
    assert f"planner completion {name}" in first
    assert all(line.startswith("#") for line in first.splitlines())


def test_the_shells_are_offered() -> None:
    assert offered("planner completion ") == [*SHELLS]
