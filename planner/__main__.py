"""The program: the command line, with the terminal interface for the commands that open it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from planner.cli.main import main as run_command

if TYPE_CHECKING:
    from planner.cli.shared.terminal_options import Look
    from planner.files.configuration import Configuration
    from planner.merge.resolving import MergeResolution
    from planner.roadmap.output_config import KeyShown
    from planner.tui.shell.own_keys import InForce


class Terminal:
    """The terminal interface, imported when a command opens it."""

    def open(
        self,
        found: Sequence[Path],
        *,
        as_of: date | None = None,
        look: Look,
        sample: Callable[[], Path] | None = None,
    ) -> int:
        from planner.tui.shell.run import Wish, run

        return run(found, Wish(as_of, look.theme, look.mouse, look.glyphs, sample))

    def resolve(self, resolution: MergeResolution, look: Look) -> int:
        from planner.tui.views.resolve import resolve

        return resolve(resolution, look.theme, mouse=look.mouse, glyphs=look.glyphs)

    def own(self, found: Configuration) -> InForce:
        from planner.tui.shell.app import offered
        from planner.tui.shell.own_keys import in_force

        return in_force(found, offered)

    def actions(self, found: Configuration | None = None) -> Sequence[KeyShown]:
        from planner.files.configuration import Configuration
        from planner.tui.shell.keys import AS_REGISTERED
        from planner.tui.shell.own_keys import shown_keys

        found = found or Configuration()
        return shown_keys(found, self.own(found).keymap if found.settings.keys else AS_REGISTERED)

    def edit(self, file: Path, line: int | None) -> None:
        from planner.tui.shell.editor import run_editor

        run_editor(str(file), line)


def main(args: Sequence[str] | None = None) -> NoReturn:
    """The console script `planner`, and `python -m planner`."""
    run_command(args, Terminal())


if __name__ == "__main__":
    main()
