"""Words of the product: what is shown to a person never has a word that the product has left."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

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
RAISED = re.compile(r"Error$|Refused$|OnDisk$|^refused$")


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """A command with those below it."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for each in command.list_commands(context):
            found = command.get_command(context, each)
            assert found is not None
            yield from commands(found, f"{name} {each}")


def messages() -> Iterator[tuple[str, str]]:
    """Every text in a call that makes an error, with its place."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and RAISED.search(ast.unparse(node.func)):
                for part in ast.walk(node):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield f"{file.relative_to(PACKAGE)}:{part.lineno}", part.value


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
    found = list(messages())
    assert len(found) > 200
    assert [(at, text) for at, text in found if LEFT.search(text)] == []


def sentences() -> Iterator[tuple[str, str]]:
    """Every text of more than a word that is no docstring, with its place."""
    for file in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if id(node) in alone or not isinstance(node, ast.Constant):
                continue
            if isinstance(node.value, str) and " " in node.value.strip():
                yield f"{file.relative_to(PACKAGE)}:{node.lineno}", node.value


def test_sentences_have_no_word_that_was_left() -> None:
    found = list(sentences())
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
