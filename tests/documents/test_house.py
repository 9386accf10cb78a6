"""The house as architecture.md draws it: what the import contract alone does not see."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType

import grimp
import networkx
import pytest

from planner.cli.main import COMMANDS
from planner.tui.shell.app import VIEWS, PlannerApp, view_class
from planner.tui.shell.opening import OpeningApp
from planner.tui.shell.start import StartApp
from planner.tui.views.resolve import ResolveApp

HOUSE = Path(__file__).parents[2] / "planner"


def imports() -> networkx.DiGraph:
    """Who imports whom, for types and inside functions too."""
    graph = grimp.build_graph("planner")
    house = networkx.DiGraph()
    for module in graph.modules:
        imported = graph.find_modules_directly_imported_by(module)
        house.add_edges_from((module, each) for each in imported)
    return house


def test_no_module_imports_itself_by_way_of_others() -> None:
    circles = [sorted(each) for each in networkx.strongly_connected_components(imports())]
    assert [each for each in circles if len(each) > 1] == []


def test_each_module_of_the_command_line_is_a_command() -> None:
    """What they share is in a folder of its own; `main` is the door."""
    modules = {path.stem for path in (HOUSE / "cli").glob("*.py")} - {"__init__", "main"}
    assert modules == {module for module, _ in COMMANDS.values()}


OURS = [OpeningApp, PlannerApp, ResolveApp, StartApp, *map(view_class, VIEWS)]


@pytest.mark.parametrize("made", OURS)
def test_an_app_or_a_view_holds_its_parts_and_stands_on_two_of_our_classes(made: type) -> None:
    ours = [base for base in made.__mro__[1:] if base.__module__.startswith("planner.")]
    assert len(ours) <= 2, ours


HANDLERS = ("action_", "on_", "watch_", "_on_", "_watch_")
"""How methods begin that Textual calls, and nobody else."""


@pytest.mark.parametrize("view", [view_class(name) for name in VIEWS])
def test_about_sixty_of_our_methods_are_in_reach_of_a_view(view: type) -> None:
    ours = [base for base in view.__mro__ if base.__module__.startswith("planner.")]
    methods = {
        name
        for base in ours
        for name, value in vars(base).items()
        if isinstance(value, FunctionType | property) and not name.startswith(HANDLERS)
    }
    assert len(methods) <= 64, sorted(methods)


# --- who walks the dependency graph ---------------------------------------------------------------

NEIGHBOURS = frozenset(
    (
        "predecessors",
        "successors",
        "links_into",
        "links_out_of",
        "binding",
        "into_start",
        "into_finish",
        "out_of",
        "drivers",
        "driven_by",
        "driving_into",
    )
)
"""What leads from an initiative to those beside it, or from the end of one to those of others."""

PASSES = {("passes.py", "_forward")}
"""The forward pass begins again where it is with calendars over more years: no walk."""


def loops(function: ast.AST) -> Iterator[ast.AST]:
    """Loops that go on as long as they find more: `while`, and over a list that grows meanwhile."""
    for node in ast.walk(function):
        if isinstance(node, ast.While):
            yield node
        elif isinstance(node, ast.For) and isinstance(node.iter, ast.Name):
            grown = f"{node.iter.id}.append", f"{node.iter.id}.extend", f"{node.iter.id} +="
            if any(word in ast.unparse(node) for word in grown):
                yield node


def walks(module: Path) -> Iterator[str]:
    """The functions of a module that loop so, and ask what is beside an initiative."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and any(loops(node)):
            used = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
            if used & NEIGHBOURS and (module.name, node.name) not in PASSES:
                yield node.name


def test_only_the_network_goes_on_from_neighbour_to_neighbour() -> None:
    """Others say what leads on, and have `planner.network.walks` go there, or ask networkx."""
    asks = re.compile(rf"\.(?:{'|'.join(NEIGHBOURS)})\b")
    modules = (
        path
        for path in HOUSE.rglob("*.py")
        if path.parent.name != "network" and asks.search(path.read_text("utf-8"))
    )
    assert {path.name: found for path in modules if (found := [*walks(path)])} == {}


def test_a_walk_is_known_for_one(tmp_path: Path) -> None:
    module = tmp_path / "walking.py"
    module.write_text(
        "def down(network, node):\n"
        "    found = [node]\n"
        "    for each in found:\n"
        "        found.extend(network.successors[each])\n"
        "def back(schedule, id):\n"
        "    while dates := schedule.get(id):\n"
        "        id = dates.driven_by[0]\n"
        "def beside(network, node):\n"
        "    return [network.ids[each] for each in network.successors[node]]\n"
    )
    assert [*walks(module)] == ["down", "back"]
