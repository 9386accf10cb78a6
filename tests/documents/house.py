"""The map of the code: every folder in the order in which data flows, with what it knows.

The order is that of the import contract, the words are those of each package's docstring.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.documents.layout import table
from tests.faults.__main__ import RUNS

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "planner"
DATA = ("samples",)
"""Folders of the package that hold no code."""


def house() -> str:
    """Every folder and loose module, with the first sentence of its docstring."""
    rows = ((f"`{_named(place)}`", _sentence(_docstring(place))) for place in _places())
    return table(("folder", "what it knows"), rows)


def _places() -> Iterator[Path]:
    """Each place and the folders in it; one that the contract does not name comes last."""
    found = [path for path in _in(CODE) if path.stem not in ("__init__", "__main__")]
    order = list(_contract())
    for path in sorted(found, key=lambda path: _index(order, path.stem)):
        yield path
        yield from _folders_in(path)


def _folders_in(folder: Path) -> Iterator[Path]:
    for path in _in(folder):
        if path.is_dir():
            yield path
            yield from _folders_in(path)


def _in(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    )


def _contract() -> Iterator[str]:
    """The modules of the layers, the lowest first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for contract in settings["tool"]["importlinter"]["contracts"]:
        for layer in reversed(contract.get("layers", [])):
            yield from re.findall(r"planner\.(\w+)(?![.\w])", layer)


def _index(order: list[str], name: str) -> int:
    return order.index(name) if name in order else len(order)


def _named(place: Path) -> str:
    return f"{place.relative_to(ROOT)}{'/' if place.is_dir() else ''}"


def _docstring(place: Path) -> str:
    module = place / "__init__.py" if place.is_dir() else place
    said = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    assert said, f"{_named(place)} says nothing of what it knows"
    return said


def _sentence(said: str) -> str:
    """The first sentence, or the part of it before a colon and a list."""
    first = " ".join(said.split("\n\n")[0].split())
    return re.split(r"(?<=[a-z)`])\. ", first)[0].removesuffix(".") + "."


def faults() -> str:
    """Every run of the fault harness."""
    rows = ((f"`{name}`", _sentence(run.__doc__ or "")) for name, run in RUNS.items())
    return table(("run", "what is done to planner"), rows)
