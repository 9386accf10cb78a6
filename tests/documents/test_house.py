"""The house as architecture.md draws it: what the import contract alone does not see."""

from __future__ import annotations

import grimp
import networkx
import pytest

from planner.tui.shell.app import PlannerApp
from planner.tui.shell.opening import OpeningApp
from planner.tui.shell.start import StartApp
from planner.tui.views.resolve import ResolveApp


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


@pytest.mark.parametrize("app", [OpeningApp, PlannerApp, ResolveApp, StartApp])
def test_an_app_holds_its_parts_and_stands_on_two_of_our_classes_at_most(app: type) -> None:
    ours = [base for base in app.__mro__[1:] if base.__module__.startswith("planner.")]
    assert len(ours) <= 2, ours
