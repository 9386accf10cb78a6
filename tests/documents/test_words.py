"""Words of the product: what is shown to a person never has a word that the product has left."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest

import planner
from planner.cli.main import COMMANDS, group
from planner.roadmap.descriptions import describe
from planner.roadmap.entities import KINDS

PACKAGE = Path(planner.__file__).parent
LEFT = re.compile(
    r"hand-over|undepend|\bways? out\b|\bsettle[sd]?\b|\bjournal\b|\bnormal form\b|\b1 days\b"
    r"|what is wrong|what can give|fires when|throw away|\bside [AB]\b|\bSay (what|why|how)\b"
    r"|\bPrint\b|\bDAY\b|\blooked at\b|\bin hand\b|\bmoment\b|\banswers for it\b|\b[Ww]hich day\b",
)
TOPICS = [each for each in (PACKAGE / "cli" / "topics").glob("*.md") if each.stem != "keys"]
PAGES = [PACKAGE.parent / "README.md", *TOPICS]
RAISED = re.compile(r"(?:Error|Refused|OnDisk|^refused)$")


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """A command with those below it."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for each in command.list_commands(context):
            found = command.get_command(context, each)
            assert found is not None
            yield from commands(found, f"{name} {each}")


def _called(function: ast.expr) -> str:
    """The last word of what is called, or all of it where it has one word."""
    if isinstance(function, ast.Attribute):
        return f".{function.attr}"
    return function.id if isinstance(function, ast.Name) else ""


@cache
def texts() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Every text in a call that makes an error, and every one of more than a word that is no
    docstring; each with its place.
    """
    errors, sentences = [], []
    for file in sorted(PACKAGE.rglob("*.py")):
        nodes = [*ast.walk(ast.parse(file.read_text("utf-8")))]
        docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        for node in nodes:
            if isinstance(node, ast.Call) and RAISED.search(_called(node.func)):
                errors += [(_place(file, part), part.value) for part in _strings(ast.walk(node))]
        sentences += [
            (_place(file, node), node.value)
            for node in _strings(nodes)
            if " " in node.value.strip() and id(node) not in docstrings
        ]
    return errors, sentences


def _strings(nodes: Iterable[ast.AST]) -> Iterator[Any]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


def _place(file: Path, node: ast.Constant) -> str:
    return f"{file.relative_to(PACKAGE)}:{node.lineno}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages_have_no_word_that_was_left(page: Path) -> None:
    lines = page.read_text("utf-8").splitlines()
    assert [line for line in lines if LEFT.search(line)] == []


def test_help_has_no_word_that_was_left() -> None:
    shown = {
        name: command.get_help(click.Context(command, info_name=name))
        for name, command in commands(group, "planner")
    }
    assert set(COMMANDS) <= {name.split(" ")[-1] for name in shown}
    found = {name: LEFT.findall(text) for name, text in shown.items() if LEFT.search(text)}
    assert found == {}


def test_errors_have_no_word_that_was_left() -> None:
    found, _ = texts()
    assert len(found) > 200
    assert [(at, text) for at, text in found if LEFT.search(text)] == []


def test_sentences_have_no_word_that_was_left() -> None:
    _, found = texts()
    assert len(found) > 2000
    assert [(at, text) for at, text in found if LEFT.search(text)] == []


def test_descriptions_of_keys_have_no_word_that_was_left() -> None:
    found = {
        f"{kind}.{field}": describe(kind, field)
        for kind, entity in KINDS.items()
        for field in entity.__struct_fields__
    }
    assert len(found) > 100
    assert {key: text for key, text in found.items() if LEFT.search(text)} == {}


def test_a_command_is_summed_up_by_a_verb_in_one_line_of_a_terminal() -> None:
    for name, (_, line) in COMMANDS.items():
        assert re.match(r"[A-Z][a-z]+ ", line), name
        assert line.endswith((".", "…")), name
        assert len(line) <= 68, name
