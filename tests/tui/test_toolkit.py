"""What planner calls of Textual that Textual keeps to itself is there, and called in one module."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import Screen

from planner.tui.shell import toolkit

PARTS: dict[str, type] = {
    "_check_bindings": App,
    "_handle_exception": App,
    "_close_messages_no_wait": App,
    "_suspend_signal": App,
    "_get_terminal_size": LinuxDriver,
    "_on_timer_update": Screen,
}
SET = {"_exception", "_driver"}
"""What Textual sets when an app is made."""


def called() -> set[str]:
    """Every private name that the module takes from something."""
    tree = ast.parse(Path(toolkit.__file__).read_text(encoding="utf-8"))
    attributes = (node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    return {name for name in attributes if name.startswith("_")}


@pytest.mark.parametrize("name", PARTS)
def test_textual_has_it(name: str) -> None:
    assert callable(getattr(PARTS[name], name))


@pytest.mark.parametrize("name", sorted(SET))
def test_an_app_of_textual_has_it(name: str) -> None:
    assert hasattr(App(), name)


def test_each_is_named_here() -> None:
    assert called() == {*PARTS, *SET}


@pytest.mark.parametrize("name", [*PARTS, "_driver"])
def test_no_other_module_calls_it(name: str) -> None:
    """But a class of Textual's own kind on itself."""
    found = {
        path.name
        for path in Path(toolkit.__file__).parent.parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == name
        if ast.unparse(node.value) not in ("self", "super()")
    }
    assert found <= {"toolkit.py"}
