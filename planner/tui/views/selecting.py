"""Selecting several initiatives, on which keys act together: one by one, or a range of rows."""

from __future__ import annotations

from planner.tui.shell.stage import Stage
from planner.tui.views.part import Part


class Selecting(Part):
    """What is selected is the desk's, so that it stays from view to view."""

    def __init__(self, view: Stage) -> None:
        super().__init__(view)
        self._start: int | None = None
        """The row from which a range is being selected; None while none is."""
        self._before: tuple[str, ...] = ()

    def do_select(self) -> None:
        """Select the marked initiative, or no longer."""
        self.end_range()
        id = self.view.mark.initiative
        if id is not None:
            chosen = self.desk.together
            self._choose(
                (*(each for each in chosen if each != id), *(() if id in chosen else (id,)))
            )

    def do_select_range(self) -> None:
        """Begin a range at the marked row; again, and it is ended."""
        line = self.view.line
        if line is None:
            self.view.say("Ranges are selected on the board and in lists", "warning")
        elif self._start is not None:
            self.end_range()
            self.view.say(f"{len(self.desk.together)} selected: keys act on all; esc clears")
        else:
            self._start, self._before = line, self.desk.together
            self.follow()

    def follow(self) -> None:
        """The mark was moved: select what lies between."""
        line = self.view.line
        if self._start is None or line is None:
            return
        first, last = sorted((self._start, line))
        self._choose(
            tuple(dict.fromkeys((*self._before, *self.view.ids_on(range(first, last + 1)))))
        )

    def end_range(self) -> None:
        """Moving the mark selects no more."""
        self._start = None

    def clear(self) -> bool:
        """Select nothing; whether anything was."""
        self.end_range()
        had = bool(self.desk.together)
        if self.desk.chosen:
            self._choose(())
        return had

    def _choose(self, ids: tuple[str, ...]) -> None:
        if ids != self.desk.chosen:
            self.desk.chosen = ids
            self.view.show_chosen()
            self.view.refresh_lines()
