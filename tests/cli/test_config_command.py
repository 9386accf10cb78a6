"""`planner config`: where the settings are, what is in force, what is wrong, and a first file."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.__main__ import Terminal as Interface
from planner.cli.main import main
from planner.files.configuration import THEMES, Settings, config_file, configuration
from planner.tui.shell import themes
from planner.tui.shell.actions import ACTIONS
from tests.cli.conftest import Ran, Run, printed_json
from tests.terminals import Terminal

Say = Callable[[str], Path]


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Say:
    """Writes the configuration."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("NO_COLOR", raising=False)

    def write(text: str) -> Path:
        file = tmp_path / "planner" / "config.toml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def config(said: Say, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:  # noqa: ARG001
    """Runs `planner config` as the program does, which knows its actions."""

    def call(*words: str) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(("config", *words), Interface())
        captured = capsys.readouterr()
        return Ran(int(left.value.code or 0), captured.out, captured.err)

    return call


def test_the_themes_are_those_of_the_interface() -> None:
    assert tuple(each.name for each in themes.THEMES) == tuple(f"planner-{name}" for name in THEMES)


WRONG = [
    ("\nme = ", ":2", "", "invalid value"),
    ('theem = "dark"', ":1", "theem", "did you mean `theme`?"),
    ('\ntheme = "ligth"', ":2", "theme", "did you mean `light`?"),
    ('glyphs = "asci"', ":1", "glyphs", "did you mean `ascii`?"),
    ('mouse = "no"', ":1", "mouse", "true or false"),
    ("opening = 1", ":1", "opening", "true or false"),
    ('view = "conflict"', ":1", "view", "did you mean `conflicts`?"),
    ("me = 3", ":1", "me", 'such as "ana"'),
    ("keys = 3", ":1", "keys", "not a table"),
    ('[keys]\nudno = "z"', ":2", "keys.udno", "no action `udno` (did you mean `undo`?)"),
    ('[keys]\nundo = "contrl+s"', ":2", "keys.undo", "no key `contrl+s`"),
    ('[keys]\nundo = "esscape"', ":2", "keys.undo", "no key `esscape`"),
    ('[keys]\nundo = "entr"', ":2", "keys.undo", "did you mean `enter`?"),
    ("[keys]\nundo = 7", ":2", "keys.undo", "not a key in quotes"),
    ('[keys]\n# two\n"undo" = ["u", 7]', ":3", "keys.undo", "not a key in quotes"),
    ("[keys]\ndown = []", ":2", "keys.down", "needs a key"),
    ("keys.palette = []", ":1", "keys.palette", "needs a key"),
    ('[keys]\nundo = "Q"\nredo = "Q"', ":2", "keys.undo", "`Q` is given to `redo`, too (line 3)"),
    ('[keys]\nundo = "Q"\nredo = "Q"', ":3", "keys.redo", "`Q` is given to `undo`, too (line 2)"),
    ('[keys]\nundo = "esc"', ":2", "keys.undo", "`esc` is the last key of `escape`"),
    ("keys = { undo = 3 }", ":1", "keys.undo", "not a key in quotes"),
]


@pytest.mark.parametrize(("text", "line", "key", "told"), WRONG)
def test_what_is_wrong_has_its_line_its_key_and_what_to_do(
    said: Say, config: Callable[..., Ran], text: str, line: str, key: str, told: str
) -> None:
    file = said(text)
    ran = config("show")
    assert ran.code == 2
    where = f"planner: {file}{line}: {key}{': ' if key else ''}"
    assert any(told in each for each in ran.err.splitlines() if each.startswith(where)), ran.err
    assert json.loads(config("show", "--json").out)["troubles"]


def test_what_is_wrong_is_left_out_and_the_rest_counts(
    said: Say, config: Callable[..., Ran]
) -> None:
    said('theme = "pink"\nmouse = false\n[keys]\nudno = "z"\nundo = ["ctrl+y", "Z"]\nrules = []\n')
    ran = config("show", "--json")
    found = json.loads(ran.out)
    printed_json("ConfigShown").validate(found)
    settings = {each["key"]: each for each in found["settings"]}
    assert settings["theme"] == {"key": "theme", "value": None, "source": "default", "line": None}
    assert settings["mouse"] == {
        "key": "mouse", "value": False, "source": "configuration", "line": 2,
    }  # fmt: skip
    keys = {each["action"]: each for each in found["keys"]}
    assert keys.keys() == ACTIONS.keys()
    assert (keys["undo"]["keys"], keys["undo"]["line"]) == (["ctrl+y", "Z"], 5)
    assert (keys["rules"]["keys"], keys["rules"]["source"]) == ([], "configuration")
    assert (keys["redo"]["keys"], keys["redo"]["source"]) == (["U", "ctrl+r"], "default")
    assert keys["fold_all"]["keys"] == [], "Z is undo now"
    assert len(found["troubles"]) == 2
    assert ["`fold_all` has no key now" in each for each in found["warnings"]] == [True]


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("ctrl+i", "tab"), ("^M", "enter"), ("ctrl+h", "backspace"), ("ctrl+b", "tmux"),
        ("ctrl+a", "screen"), ("alt+x", "esc"), ("ctrl+enter", "held down"), ("f1", "help"),
    ],
)  # fmt: skip
def test_a_key_that_terminals_keep_is_warned_of(
    said: Say, config: Callable[..., Ran], key: str, why: str
) -> None:
    said(f'[keys]\nundo = ["{key}", "u"]')
    ran = config("show")
    assert ran.code == 0
    assert re.search(rf"config.toml:2: keys.undo: .* may not work: .*{why}", ran.err)


def test_keys_that_always_arrive_are_not_warned_of(said: Say, config: Callable[..., Ran]) -> None:
    said('[keys]\nundo = ["ctrl+s", "shift+tab", "ctrl+up", "shift+q", "f5", "é"]')
    ran = config("show")
    assert (ran.code, ran.err) == (0, "")
    assert "ctrl+s shift+tab ctrl+up Q f5 é" in ran.out


def test_the_environment_comes_before_the_configuration(
    said: Say, config: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    said('theme = "light"')
    monkeypatch.setenv("NO_COLOR", "1")
    settings = json.loads(config("show", "--json").out)["settings"]
    theme = next(each for each in settings if each["key"] == "theme")
    assert (theme["value"], theme["source"]) == ("terminal", "environment")


def test_the_page_on_keys_has_those_in_force(
    said: Say, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    before = run("help", "keys").out
    said('[keys]\nundo = "ctrl+y"\nrules = []\n')
    with pytest.raises(SystemExit):
        main(("help", "keys"), Interface())
    after = capsys.readouterr().out
    assert "| `u`" in before
    assert "| `ctrl+y`" in after
    assert "| `u`" not in after
    assert [line for line in after.splitlines() if not line.startswith("|")] == [
        line for line in before.splitlines() if not line.startswith("|")
    ]


def test_without_a_file_all_is_the_default(config: Callable[..., Ran], run: Run) -> None:
    ran = config("show", "--json")
    found = json.loads(ran.out)
    assert (ran.code, ran.err, found["read"]) == (0, "", False)
    assert {each["source"] for each in (*found["settings"], *found["keys"])} == {"default"}
    assert found["file"] == config("path").out.strip() == run("config", "path").out.strip()
    assert run("config", "show").code == 0


def test_the_place_is_the_platforms_and_an_older_file_is_still_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    older = tmp_path / ".config" / "planner" / "config.toml"
    assert config_file() == older
    monkeypatch.setattr(sys, "platform", "darwin")
    place = tmp_path / "Library" / "Application Support" / "planner" / "config.toml"
    assert config_file() == place
    older.parent.mkdir(parents=True)
    older.write_text('me = "ana"')
    assert (config_file(), configuration().settings.me) == (older, "ana")


def editing(tmp_path: Path, *commands: str) -> Terminal:
    """`planner config edit` with an editor that runs shell commands on the file, `$1`."""
    editor = tmp_path / "editor.sh"
    editor.write_text("\n".join(('for file; do :; done; set -- "$file"', *commands)))
    words = [sys.executable, "-m", "planner", "config", "edit"]
    return Terminal(words, XDG_CONFIG_HOME=str(tmp_path), VISUAL=f"sh {editor}")


def test_a_first_file_has_every_setting_and_key_as_a_comment(
    tmp_path: Path, said: Say, config: Callable[..., Ran]
) -> None:
    with editing(tmp_path, "echo in the editor") as terminal:
        assert terminal.wait_exit() == 0
        assert "in the editor" in terminal.left
    file = tmp_path / "planner" / "config.toml"
    assert file.stat().st_mode & 0o777 == 0o600
    text = file.read_text("utf-8")
    assert config("show").err == ""
    assert json.loads(config("show", "--json").out)["read"]
    said(re.sub(r"(?m)^# (\w+ +=)", r"\1", text))
    found = json.loads(config("show", "--json").out)
    assert found["troubles"] == found["warnings"] == []
    assert {each["key"] for each in found["settings"] if each["line"]} == {
        *Settings.__struct_fields__
    } - {"keys"}
    assert {each["action"]: tuple(each["keys"]) for each in found["keys"] if each["line"]} == {
        id: action.keys for id, action in ACTIONS.items()
    }


def test_what_was_edited_is_checked(tmp_path: Path, said: Say) -> None:
    file = said("")
    with editing(tmp_path, "echo 'theme = 3' >\"$1\"") as terminal:
        assert terminal.wait_exit() == 2
        assert "config.toml:1: theme:" in re.sub(r"\s*\n", "", terminal.left)
    assert file.read_text() == "theme = 3\n"


def test_nothing_is_made_through_a_link(tmp_path: Path, said: Say) -> None:
    file = said("")
    file.unlink()
    file.symlink_to(tmp_path / "elsewhere")
    with editing(tmp_path, "echo in the editor") as terminal:
        assert terminal.wait_exit() == 2
        assert "in the editor" not in terminal.left
    assert not (tmp_path / "elsewhere").exists()
