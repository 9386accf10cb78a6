"""The house as architecture.md draws it: what the import contract alone does not see."""

from __future__ import annotations

import grimp
import networkx


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
