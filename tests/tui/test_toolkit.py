"""What planner uses of Textual that Textual keeps to itself: each is named here, and is there.

Where Textual renames one, the test that fails says which, and where planner has it.
"""

from __future__ import annotations

import ast
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from textwrap import dedent

import pytest
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import Screen

import planner.tui
from planner.tui.shell import toolkit
from planner.tui.shell.base_app import GuardedApp
from planner.tui.shell.lean_driver import LeanDriver
from planner.tui.shell.listening import ListeningDriver
from planner.tui.shell.stylesheet import KeptStylesheet

CALLED: dict[str, type] = {
    "_check_bindings": App,
    "_close_messages_no_wait": App,
    "_background_screens": App,
    "_display": App,
    "_driver": App,
    "_exception": App,
    "_handle_exception": App,
    "_suspend_signal": App,
    "_app": Driver,
    "_loop": Driver,
    "_get_terminal_size": LinuxDriver,
    "_compositor": Screen,
    "_dirty_widgets": Screen,
    "_layout_required": Screen,
    "_on_timer_update": Screen,
    "_repaint_required": Screen,
    "_sequence_to_key_events": XTermParser,
}
"""What `toolkit.py` takes from something of Textual."""

MODULES = {
    "textual.keys": {"_character_to_key"},
    "textual._keyboard_protocol": {"FUNCTIONAL_KEYS"},
    "textual._xterm_parser": {"FOCUSIN", "FOCUSOUT", "XTermParser", "_re_extended_key"},
}
"""What it imports from Textual's private modules."""

OVERRIDDEN: dict[type, set[str]] = {
    GuardedApp: {"_display", "_fatal_error", "_handle_exception", "_shutdown"},
    KeptStylesheet: {"_parse_cache", "_variables"},
    LeanDriver: {"_disable_mouse_support", "_enable_mouse_support", "_mouse"},
    ListeningDriver: {
        "_auto_restart",
        "_file",
        "_get_terminal_size",
        "_must_signal_resume",
        "_query_in_band_window_resize",
        "_run_input_thread",
        "_sigcont_application",
        "_size",
    },
}
"""What a class defines again, or uses of itself: that can't stand anywhere else."""


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


@cache
def tree_of(part: type) -> ast.AST:
    return ast.parse(dedent(inspect.getsource(part)))


@cache
def names_of(part: type) -> set[str]:
    """What a class defines or takes of itself, as its source has it."""
    found = set()
    for node in ast.walk(tree_of(part)):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("self", "super()"):
            found.add(node.attr)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {each.id for each in targets if isinstance(each, ast.Name)}
    return found


@cache
def has(part: type) -> set[str]:
    """The private names that Textual gives a class, among them those it sets on each object."""
    textual = [each for each in part.__mro__ if each.__module__.startswith("textual.")]
    return {name for each in textual for name in (*vars(each), *names_of(each)) if is_private(name)}


def own_classes() -> Iterator[type]:
    for module in pkgutil.walk_packages(planner.tui.__path__, "planner.tui."):
        for part in vars(import_module(module.name)).values():
            if isinstance(part, type) and part.__module__ == module.name:
                yield part


def sources() -> Iterator[tuple[str, ast.AST]]:
    for path in Path(toolkit.__file__).parents[1].rglob("*.py"):
        yield path.name, ast.parse(path.read_text(encoding="utf-8"))


def taken(tree: ast.AST) -> set[str]:
    """The private names that a module takes from something else than itself."""
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and is_private(node.attr)
        if ast.unparse(node.value) not in ("self", "super()")
    }


@pytest.mark.parametrize("name", CALLED)
def test_textual_has_what_is_called(name: str) -> None:
    part = CALLED[name]
    assert name in has(part), f"Textual's {part.__name__} has no {name} now: see toolkit.py"


@pytest.mark.parametrize("name", MODULES)
def test_textual_has_what_is_imported(name: str) -> None:
    missing = {each for each in MODULES[name] if not hasattr(import_module(name), each)}
    assert not missing, f"{name} has no {', '.join(sorted(missing))} now: see toolkit.py"


@pytest.mark.parametrize("part", OVERRIDDEN)
def test_textual_has_what_is_overridden(part: type) -> None:
    missing = OVERRIDDEN[part] - has(part)
    where = f"{part.__module__}.{part.__name__}"
    assert not missing, f"Textual has no {', '.join(sorted(missing))} now, which {where} changes"


def test_all_that_is_called_is_named_here() -> None:
    assert taken(dict(sources())["toolkit.py"]) == set(CALLED)


def test_all_that_is_overridden_is_named_here() -> None:
    """Nor has a class a private name of Textual's by chance."""
    found = {
        part: names
        for part in own_classes()
        if (names := {name for name in names_of(part) if is_private(name)} & has(part))
    }
    assert found == OVERRIDDEN


def test_no_other_module_takes_what_is_private() -> None:
    named = {*CALLED, *(name for names in OVERRIDDEN.values() for name in names)}
    found = {file: taken(tree) & named for file, tree in sources()}
    assert {file for file, names in found.items() if names} == {"toolkit.py"}


def test_no_other_module_imports_what_is_private() -> None:
    found: dict[tuple[str, str], set[str]] = {}
    for file, tree in sources():
        for node in ast.walk(tree):
            module = f"{node.module}" if isinstance(node, ast.ImportFrom) else ""
            if isinstance(node, ast.ImportFrom) and module.startswith("textual"):
                names = {each.name for each in node.names}
                if "._" in module or any(map(is_private, names)):
                    found.setdefault((file, module), set()).update(names)
    assert found == {("toolkit.py", module): names for module, names in MODULES.items()}
