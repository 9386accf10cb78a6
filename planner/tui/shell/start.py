"""Before there is a session: which roadmap, or none here, or one that can't be read.

One small app with one list. It returns what was chosen; `planner.tui.shell.run` does it and comes
back.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice
from pathlib import Path
from typing import Literal

from msgspec import Struct
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from planner.errors import PlannerError
from planner.text.visible import visible
from planner.tui.dialogs.options import Options
from planner.tui.dialogs.panel import no_meaning
from planner.tui.shell.base_app import REDRAW, SUSPEND, GuardedApp
from planner.tui.shell.named_keys import named

Do = Literal[
    "open",
    "start",
    "start folder",
    "import",
    "sample",
    "edit",
    "resolve",
    "put back",
    "again",
    "quit",
]

KEYS = Content("   ").join(
    named(key, does, "") for key, does in (("↓ ↑", "select"), ("enter", "apply"), ("esc", "quit"))
)
CONTEXT = 4
"""Lines shown above and below the line that can't be read, where there is room."""
PADDING = 2
"""Rows around the card, and columns on each side of it."""


class Choice(Struct, frozen=True):
    """What to do next, and with which path."""

    do: Do
    label: str
    path: Path | None = None


class Excerpt(Struct, frozen=True):
    """Some lines of a file, and the one of them that it is about."""

    lines: tuple[Content, ...] = ()
    marked: int = 0

    def within(self, rows: int) -> tuple[Content, ...]:
        """As many of them as there are rows, those next to the marked line."""
        first = min(max(0, self.marked - rows // 2), max(0, len(self.lines) - rows))
        return self.lines[first : first + max(0, rows)]


NO_EXCERPT = Excerpt()


class StartApp(GuardedApp[Choice], inherit_bindings=False):
    """A heading, some lines that explain, and a list to choose from; escape quits."""

    CSS = """
    StartApp Screen { align: center middle; background: $ground; color: $text; }
    #card { width: 84; max-width: 100%; height: auto; padding: 1 2; }
    #card Static { width: 100%; height: auto; }
    #heading { text-style: bold; color: $strong; margin-bottom: 1; }
    #card.low { padding: 0 2; }
    #told { color: $text; margin-bottom: 1; }
    #keys { color: $dim; margin-top: 1; }
    """
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        heading: str,
        told: Content,
        choices: Sequence[Choice],
        theme: str | None = None,
        excerpt: Excerpt = NO_EXCERPT,
    ) -> None:
        super().__init__(theme)
        self.heading = heading
        self.told = told
        self.excerpt = excerpt
        self.choices = [*choices, Choice("quit", "Quit")]

    def compose(self) -> ComposeResult:
        """The card."""
        with Vertical(id="card"):
            yield Static(Content(visible(self.heading)), id="heading")
            yield Static(self.told, id="told")
            yield Options(self._line, len(self.choices))
            yield Static(KEYS, id="keys")

    def on_resize(self, event: events.Resize) -> None:
        """Show as much of the file as leaves room for all choices and the keys."""
        card = self.query_one("#card")
        width = min(84, event.size.width) - 2 * PADDING
        above = [*Content(visible(self.heading)).wrap(width), *self.told.wrap(width)]
        room = event.size.height - len(above) - len(self.choices) - len(KEYS.wrap(width)) - 4
        low = room - PADDING < len(self.excerpt.lines)
        card.set_class(low, "low")
        shown = self.excerpt.within(room if low else room - PADDING)
        parts = [self.told, Content(""), *shown] if shown else [self.told]
        self.query_one("#told", Static).update(Content("\n").join(parts))

    def _line(self, at: int, _width: int) -> Content:
        return Content(visible(self.choices[at].label))

    def on_key(self, event: events.Key) -> None:
        """Move, take, leave."""
        options = self.query_one(Options)
        event.stop()
        if event.key in ("escape", "q", "ctrl+c", "ctrl+q"):
            self.exit(Choice("quit", "Quit"))
        elif event.key == "enter":
            self.exit(self.choices[options.at])
        else:
            moved = options.letter(event.key)
            known = moved or event.key in (REDRAW, SUSPEND)
            self.query_one("#keys", Static).update(KEYS if known else no_meaning(event) + KEYS)

    def on_options_chosen(self, event: Options.Chosen) -> None:
        """A click takes it."""
        self.exit(self.choices[event.at])


def nothing_here(theme: str | None) -> StartApp:
    """No roadmap was found: offer to start one, or the sample."""
    told = Content(
        "There is no roadmap in this folder or its roadmaps/. A roadmap is a TOML file, or a "
        "folder with one file for each side."
    )
    choices = [
        Choice("start", "Start one here: roadmap.toml", Path("roadmap.toml")),
        Choice("start folder", "Start one with a file for each side: roadmap/", Path("roadmap")),
        Choice("import", "Import a sheet, or another tool's export"),
        Choice("sample", "Open the sample, a copy that is safe to edit"),
    ]
    return StartApp("No roadmap here yet", told, choices, theme)


def which_one(found: Sequence[Path], theme: str | None) -> StartApp:
    """Several roadmaps were found."""
    choices = [Choice("open", str(path), path) for path in found]
    told = Content(f"{len(found)} roadmaps are here.")
    return StartApp("Which roadmap?", told, choices, theme)


def cannot_read(error: PlannerError, theme: str | None, left: Collection[Path] = ()) -> StartApp:
    """A file can't be read: show it with the line marked, offer the editor; a merge comes first.

    `left` are files that are gone, of which a dead session has the text.
    """
    from planner.merge.resolving import (
        is_open,  # and merges with it, which other starts have no use for
    )

    file = Path(error.file) if error.file else None
    choices = [Choice("again", "Reload")]
    if left:
        names = ", ".join(each.name for each in left)
        word = f"Restore {names} as last read; then unsaved changes to it"
        choices.insert(0, Choice("put back", word))
    if file is not None and file.is_file():
        choices.insert(0, Choice("edit", f"Open {file} in $EDITOR at this line", file))
        if is_open(file):
            choices.insert(0, Choice("resolve", "Resolve the merge, key by key", file))
    told = Content.styled(visible(str(error)), "$critical")
    return StartApp("This roadmap can't be read", told, choices, theme, _excerpt(error))


def _excerpt(error: PlannerError) -> Excerpt:
    """The lines around the one that is wrong, with that one marked."""
    if not error.file or not error.line:
        return NO_EXCERPT
    first = max(1, error.line - CONTEXT)
    try:
        with Path(error.file).open(encoding="utf-8", errors="replace") as text:
            lines = [each.rstrip("\r\n") for each in islice(text, error.line + CONTEXT)]
    except OSError:
        return NO_EXCERPT
    numbered = enumerate(lines[first - 1 :], first)
    return Excerpt(
        tuple(_numbered(number, each, number == error.line) for number, each in numbered),
        error.line - first,
    )


def _numbered(number: int, text: str, wrong: bool) -> Content:
    style = "bold $critical" if wrong else "$dim"
    mark = "✗" if wrong else " "
    return Content.assemble((f"{mark}{number:>5} │ {visible(text[:200])}", style)).truncate(
        78, ellipsis=True
    )
