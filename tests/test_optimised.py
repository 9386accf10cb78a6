"""Python without its asserts (`python -O`): whatever has to hold, holds there too."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PLANNER = Path(__file__).parents[1] / "planner"

BROKEN = """
import sys
from planner.cli.main import main
from planner.merge import three_way

made = three_way.marked
three_way.marked = lambda *words: made(*words) + "= no roadmap"
main(sys.argv[1:])
"""
"""The program with a merge that makes no roadmap of two."""

BASE = '[initiatives.a]\nestimate = "1w"\n'
OURS = BASE + 'title = "A"\n'
THEIRS = BASE.replace("1w", "2w")
OPEN = f"<<<<<<< ours\n{OURS}||||||| base\n{BASE}=======\n{THEIRS}>>>>>>> theirs\n"


def optimised(script: str, *words: str) -> int:
    """The exit code of a program that is run without asserts."""
    command = [sys.executable, "-O", "-c", script, *words]
    return subprocess.run(command, capture_output=True, check=False).returncode


def test_a_merge_that_makes_no_roadmap_is_left_to_git(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("base", "ours", "theirs")]
    for file, text in zip(files, (BASE, OURS, THEIRS), strict=True):
        file.write_text(text, encoding="utf-8")
    assert optimised(BROKEN, "merge", *map(str, files)) == 3
    assert files[1].read_text("utf-8") == OURS


def test_a_settled_file_that_is_no_roadmap_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(OPEN, encoding="utf-8")
    assert optimised(BROKEN, "resolve", str(path), "--ours") == 2
    assert path.read_text("utf-8") == OPEN


def test_what_is_no_hash_is_not_told_to_git() -> None:
    script = "from planner.git import revisions as r; r._known('--output=x')"
    assert optimised(script) == 1


def statements() -> Iterator[tuple[str, ast.expr]]:
    """What is said in every assert of the program, with where it stands."""
    for path in sorted(PLANNER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Assert):
                yield f"{path.relative_to(PLANNER)}:{node.lineno}", node.test


def narrows(said: ast.expr) -> bool:
    """Whether an assert only tells the type checker what a name is: it calls and makes nothing."""
    parts = [*ast.walk(said)]
    calls = [each.func for each in parts if isinstance(each, ast.Call)]
    asked = all(isinstance(each, ast.Name) and each.id == "isinstance" for each in calls)
    return asked and not any(isinstance(each, ast.NamedExpr) for each in parts)


def test_asserts_only_narrow_types() -> None:
    assert not [where for where, said in statements() if not narrows(said)]
