"""The program: the command line, with the terminal interface for the commands that open it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from planner.cli.main import main as run_command

if TYPE_CHECKING:
    from planner.merge.resolving import MergeResolution


class Terminal:
    """The terminal interface, imported when a command opens it."""

    def open(
        self,
        found: Sequence[Path],
        *,
        as_of: date | None = None,
        theme: str | None = None,
        mouse: bool = True,
        sample: Callable[[], Path] | None = None,
    ) -> int:
        from planner.tui.shell.run import Wish, run

        return run(found, Wish(as_of=as_of, theme=theme, mouse=mouse, sample=sample))

    def resolve(self, resolution: MergeResolution, theme: str | None, *, mouse: bool) -> int:
        from planner.tui.views.resolve import resolve

        return resolve(resolution, theme, mouse=mouse)


def main(args: Sequence[str] | None = None) -> NoReturn:
    """The console script `planner`, and `python -m planner`."""
    run_command(args, Terminal())


if __name__ == "__main__":
    main()
