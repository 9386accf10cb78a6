"""A person's own keymap: keys do what it says, and footer, help and palette show them."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.files.configuration import Configuration, Settings
from planner.session.session import Session
from planner.tui.shell.actions import ACTIONS, BY_KEY_ONLY, VIEWS
from planner.tui.shell.app import PlannerApp, offered
from planner.tui.shell.keys import ALIASES, NAMES, spelled
from planner.tui.shell.own_keys import InForce, in_force
from tests.long import examples
from tests.terminals import Terminal, in_line
from tests.tui.conftest import SMALL
from tests.tui.looking import Looked, looking

FILE = Path("config.toml")


def own(keys: Mapping[str, tuple[str, ...]]) -> InForce:
    """What is in force of keys that the configuration says."""
    text = "[keys]\n" + "".join(f"{id} = []\n" for id in keys)
    found = Configuration(FILE, Settings(keys=keys), raw=text.encode())
    return in_force(found, offered)


# --- any keymap -----------------------------------------------------------------------------------

PLAIN = [chr(code) for code in range(0x21, 0x7F)]
KEYS = st.sampled_from([*PLAIN, *NAMES, "ctrl+s", "ctrl+y", "f5", "ш"])


@settings(max_examples=examples(60, 3000), deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(sorted(ACTIONS)), st.lists(KEYS, max_size=3).map(tuple), max_size=8
    )
)
def test_whatever_is_said_each_action_of_a_view_can_be_done(
    said: dict[str, tuple[str, ...]],
) -> None:
    found = own(said)
    keymap = found.keymap
    refused = {each.key for each in found.troubles}
    for ids in offered():
        here = [ACTIONS[id] for id in ACTIONS if id in ids]
        for action in here:
            keys = keymap.keys(action)
            assert all(keymap.does(key, here) is action for key in keys), "no key means two things"
            assert keys or action.id not in BY_KEY_ONLY, action.id
    for id, keys in said.items():
        wanted = tuple(dict.fromkeys(map(spelled, keys)))
        assert f"keys.{id}" in refused or keymap.keys(ACTIONS[id]) == wanted
    for id in ACTIONS.keys() - said.keys():
        assert set(keymap.keys(ACTIONS[id])) <= set(ACTIONS[id].keys)


def test_the_keys_of_others_are_swapped_without_a_word() -> None:
    found = own({"undo": ("U",), "redo": ("u",), "down": ("k",), "up": ("j",)})
    assert found.troubles == found.warnings == ()


def test_a_key_of_another_view_is_no_clash() -> None:
    found = own({"today": ("x1",)})
    assert [each.key for each in found.troubles] == ["keys.today"]
    found = own({"zoom_in": ("n",)})
    assert ACTIONS["next_launch"].keys == ("n",)
    assert found.troubles == ()
    assert found.keymap.keys(ACTIONS["next_launch"]) == ("n",)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ctrl+s", "ctrl+s"), ("Ctrl-S", "ctrl+s"), ("^s", "ctrl+s"), ("J", "J"),
        ("shift+j", "J"), ("Escape", "esc"), ("PageDown", "pgdn"), (" ", "space"),
        ("question_mark", "?"), ("less_than_sign", "<"), ("+", "+"), ("ctrl++", "ctrl++"),
        ("gg", "g"), ("shift+tab", "shift+tab"), ("alt+ctrl+x", "ctrl+alt+x"), ("-", "-"),
        ("", None), ("foo", None), ("hyperspace+x", None), ("ctrl+", None), ("ctrl+ctrl+x", None),
        ("jj", None), ("a b", None),
    ],
)  # fmt: skip
def test_keys_are_read_as_people_write_them(text: str, key: str | None) -> None:
    assert spelled(text) == key


# --- on the screen --------------------------------------------------------------------------------


async def test_footer_help_and_palette_show_the_keys_in_force(small: Session) -> None:
    found = own(
        {
            "edit": ("ctrl+e",),
            "down": ("n", "down"),
            "help": ("f5",),
            "undo": (),
            "move": ("ctrl+y",),
        }
    )
    app = PlannerApp(small, "dark", found)
    async with app.run_test(size=(120, 60)) as pilot:
        board = Looked(app, pilot)
        await board.rest()
        assert "^e edit" in board.foot
        assert board.foot.endswith("f5 help")
        assert " u undo" not in board.foot
        await board.press("g")
        first = board.selected
        await board.press("n")
        assert board.selected != first
        await board.press("j")
        assert board.foot == "▲ j has no meaning here; f5 shows the keys that have one"
        await board.press("H")
        assert board.foot == "▲ Press ^y on a row first to move its bar"
        await board.press("f5")
        assert {"^e", "n", "f5"} <= {*board.text.split()}
        assert re.search(r"By name :.* undo", board.text)
        await board.press("f5")
        assert "ten minutes" in board.text
        await board.press("escape", "colon", *"edit the cell")
        assert "^e" in board.text


@pytest.mark.parametrize(
    ("width", "end"),
    [(50, "? help"), (60, "1-9 views  ? help"), (80, ": palette  1-9 views  ? help")],
)
async def test_the_footer_hints_at_the_views_beside_the_most_useful_keys(
    small: Session, width: int, end: str
) -> None:
    async with looking(small, (width, 24)) as board:
        assert board.lines[-1].strip().endswith(end)
        assert board.foot.startswith("e edit  = estimate  m move")


async def test_the_palette_gives_way_to_undo_and_save_once_they_can_act(small: Session) -> None:
    async with looking(small, (80, 24)) as board:
        assert "save" not in board.foot
        await board.press("G", "equals_sign", *"9w", "enter", "k")
        assert "u undo  w save" in board.foot
        assert "palette" not in board.foot
        await board.press("2")
        assert board.foot.endswith("u undo  w save  1-9 views  ? help"), "in every view"


async def test_where_there_is_room_the_footer_names_every_view(small: Session) -> None:
    async with looking(small, (300, 24)) as board:
        named = [f"{ACTIONS[id].keys[0]} {ACTIONS[id].label}" for id in VIEWS if ACTIONS[id].keys]
        assert board.foot.endswith("  ".join([*named, "? help"]))
        assert ": palette" in board.foot


async def test_keys_to_get_around_with_hold_in_pages_and_dialogs(small: Session) -> None:
    app = PlannerApp(small, "dark", own({"down": ("n",), "up": ("e",), "edit": ("ctrl+e",)}))
    async with app.run_test(size=(80, 24)) as pilot:
        board = Looked(app, pilot)
        await board.press("question_mark")
        before = board.lines
        await board.press("n", "n")
        assert board.lines != before
        await board.press("e", "e")
        assert board.lines == before


async def test_letters_of_other_alphabets_are_the_keys_that_they_are_on(small: Session) -> None:
    app = PlannerApp(small, "dark", own({"undo": ("л",)}))
    async with app.run_test(size=(80, 24)) as pilot:
        board = Looked(app, pilot)
        await board.press("g")
        first = board.selected
        for down in ("о", "ξ"):
            await board.press(down)
            assert board.selected != first
            await board.press("g")
        await board.press("л")
        assert "Nothing to undo" in board.foot, "its own key comes first"
        await board.press("Ж", "о", "ξ")
        assert "oξ" not in board.text
        assert "оξ" in board.text


def test_no_alias_is_a_key_of_the_registry() -> None:
    assert not {key for action in ACTIONS.values() for key in action.keys} & ALIASES.keys()


# --- in a terminal --------------------------------------------------------------------------------


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    file = tmp_path / "roadmap.toml"
    file.write_text(SMALL, encoding="utf-8")
    return [sys.executable, "-m", "planner", str(file)]


def write(tmp_path: Path, text: str) -> str:
    file = tmp_path / "config" / "planner" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return str(tmp_path / "config")


def started(command: list[str], tmp_path: Path, text: str) -> Terminal:
    config = write(tmp_path, text)
    return Terminal(command, XDG_CONFIG_HOME=config, XDG_STATE_HOME=str(tmp_path / "state"))


MOUSE, LIGHT = b"\x1b[?1000h", b"48;2;251;251;253"


def test_settings_and_letters_of_another_alphabet_in_a_terminal(
    command: list[str], tmp_path: Path
) -> None:
    said = 'theme = "light"\nmouse = false\nview = "outcomes"\n[keys]\nquit = "ctrl+y"\n'
    with started(command, tmp_path, said) as terminal:
        terminal.wait_for("Outcomes", in_line(23, "? help"))
        assert MOUSE not in terminal.written
        assert LIGHT in terminal.written
        terminal.press("1")
        terminal.wait_for("Profile API")
        terminal.press("g", "y")
        terminal.wait_for("Copied marketing")
        terminal.press("о", "о", "о", "н")  # j, j, j, y
        terminal.wait_for("Copied spring-launch")
        terminal.press("л", "л", "н")  # k, k, y
        terminal.wait_for("Copied web-push")
        terminal.press("/", "о", "б")
        terminal.wait_for("об")
        terminal.press("esc", "q")
        terminal.wait_for("q has no meaning here")
        terminal.press("\x19")
        assert terminal.wait_exit() == 0


def test_options_come_before_the_configuration(command: list[str], tmp_path: Path) -> None:
    options = [*command, "--theme", "dark", "--mouse"]
    with started(options, tmp_path, 'theme = "light"\nmouse = false\n') as terminal:
        terminal.wait_for("Profile API", in_line(23, "? help"))
        assert MOUSE in terminal.written
        assert LIGHT not in terminal.written


def test_a_configuration_that_is_wrong_stops_nobody_and_is_told_first(
    command: list[str], tmp_path: Path
) -> None:
    with started(command, tmp_path, '[keys]\nudno = "z"\nvieww = 3\n') as terminal:
        terminal.wait_for("Profile API", "config.toml:2: keys.udno", "`undo`", "config show")
        terminal.press("q")
        assert terminal.wait_exit() == 0
