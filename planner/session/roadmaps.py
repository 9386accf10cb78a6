"""Which roadmap a command means that names none: those of a folder, and of its `roadmaps/`.

What a sparse checkout of git keeps out of the working tree is no roadmap here, and says so.
"""

from __future__ import annotations

from pathlib import Path

from planner.errors import UsageError
from planner.files.workspace import find_roadmaps, unread_roadmap
from planner.git.directory import is_sparse


def find_all(folder: Path) -> list[Path]:
    """Roadmaps in a folder, else in its `roadmaps/`; unreadable ones too, so that opening fails."""
    below = folder / "roadmaps"
    return (
        find_roadmaps(folder)
        or find_roadmaps(below)
        or unread_roadmap(folder)
        or unread_roadmap(below, below=True)
    )


def find_one(folder: Path) -> Path:
    """The only roadmap of a folder. Raises UsageError where there is none, or more than one."""
    found = find_all(folder)
    if not found and (hidden := left_out(folder)):
        from planner.git.sparse import bringing, why_not_here

        raise UsageError(f"no roadmap here: {why_not_here(hidden)}", hint=bringing(hidden))
    if not found:
        raise UsageError("no roadmap in . or ./roadmaps", hint="give a path, or run `planner init`")
    if len(found) > 1:
        names = ", ".join(str(path) for path in found)
        raise UsageError(f"several roadmaps here: {names}", hint="choose one with -r PATH")
    return found[0]


def left_out(path: Path) -> list[Path]:
    """Roadmap files that a sparse checkout of git keeps out of the working tree."""
    if not is_sparse(path):
        return []
    from planner.git.sparse import left_out  # git is asked only here

    return left_out(path)


def refuse_left_out(path: Path) -> None:
    """Raise ReadError where a sparse checkout keeps part of the roadmap out of the working tree."""
    if is_sparse(path):
        from planner.git.sparse import refuse_left_out

        refuse_left_out(path)


def option_for(path: Path) -> tuple[str, ...]:
    """``-r PATH`` where a command in the working directory would not find that roadmap, else ()."""
    found = [each.resolve() for each in find_all(Path())]
    return () if found == [path.resolve()] else ("-r", from_here(str(path)))


def from_here(file: str) -> str:
    """Path of a file relative to the working directory; absolute where it is not below it."""
    path, here = Path(file).absolute(), Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()
