"""What the command palette offers: every action by name, themes, ids to jump to, kinds to add.

The palette is Textual's; this gives it its lines. It answers from what is in memory and starts no
work, so that it can be asked on every key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from msgspec import Struct
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider, SearchIcon
from textual.content import Content
from textual.widgets import Input

from planner.roadmap.entities import KINDS, SINGLES
from planner.text.visible import visible
from planner.tui.actions import ACTIONS, Group
from planner.tui.theme import THEMES

if TYPE_CHECKING:
    from planner.tui.screens.view import View

ONE = {
    "people": "person",
    "data": "data class",
    "freezes": "freeze",
}
"""Kinds whose singular is not the plural without its s."""


SINGLE = {
    "roadmap": "its title, first day, calendar, currency",
    "checks": "which rules speak, how loudly, and their thresholds",
    "glossary": "the common language",
}
"""What the tables that are one for the whole roadmap hold."""


FIRST: tuple[Group, ...] = ("views", "change", "look", "keep", "move")
"""The groups of actions in the order of the palette: what is done least by key comes last."""


class Command(Struct, frozen=True):
    """One line of the palette: its words, what it does in more words, and the doing."""

    words: str
    help: str
    run: Callable[[], object]


def commands(view: View) -> Iterator[Command]:
    """Everything that can be asked for by name in a view."""
    for action in sorted(
        (ACTIONS[id] for id in view.actions()), key=lambda a: FIRST.index(a.group)
    ):
        key = f"  {action.shown_key}" if action.keys else ""
        name = action.help if action.view is None else f"Go to {action.label}: {action.help}"
        yield Command(name, f"{action.label}{key}", partial(view.action_do, action.id))
    for theme in THEMES:
        name = theme.name.removeprefix("planner-")
        yield Command(f"Theme: {name}", "colours", partial(view.planner.show_theme, theme.name))
    for kind in KINDS:
        one = ONE.get(kind, kind.removesuffix("s"))
        yield Command(f"Add {one}", f"a new table of {kind}", partial(view.add, kind))
        name = "data classes" if kind == "data" else kind
        yield Command(f"List {name}", "look through, add, edit", partial(view.list_tables, kind))
    for single in SINGLES:
        yield Command(f"Edit {single}", SINGLE[single], partial(view.edit_fields, single, ""))
    yield Command("wq", "save and quit", view.save_and_leave)
    yield Command("q!", "quit, unsaved changes are lost", view.planner.exit)


def jumps(view: View) -> Iterator[Command]:
    """Everything that can be jumped to or opened by its id or title."""
    for kind in KINDS:
        for id, entity in view.plan.roadmap.table(kind).items():
            label = visible(entity.label)
            words = id if label == id else f"{id}  {label}"
            yield Command(words, kind, partial(view.jump, kind, id))


class QuietPalette(CommandPalette):
    """Textual's palette in our dress, on two lines less, and without a blinking cursor."""

    DEFAULT_CSS = """
    QuietPalette { background: $ground 60%; }
    QuietPalette > Vertical { margin-top: 2; max-width: 92; background: $panel-ground; }
    QuietPalette #--input { height: 1; border: none; background: $bar-ground; }
    QuietPalette SearchIcon { margin: 0 0 0 1; color: $key; text-style: bold; }
    QuietPalette CommandInput, QuietPalette CommandInput:focus { border: none; height: 1; }
    QuietPalette CommandList, QuietPalette CommandList:focus {
        border: none; scrollbar-size-vertical: 1;
    }
    QuietPalette CommandList > .option-list--option { text-style: none; padding: 0 1; }
    """

    def on_mount(self) -> None:
        """A cursor that blinks writes kilobytes to a slow line."""
        self.query_one(Input).cursor_blink = False
        self.query_one(SearchIcon).icon = ":"


class PlannerCommands(Provider):
    """The lines of the palette, from the view that it was opened over."""

    @property
    def view(self) -> View:
        """The view under the palette."""
        return cast("View", self.screen)

    async def discover(self) -> Hits:
        """Actions, before anything is typed."""
        for command in commands(self.view):
            yield DiscoveryHit(Content(command.words), command.run, command.words, command.help)

    async def search(self, query: str) -> Hits:
        """What matches, best first; ids count as much as names."""
        matcher = self.matcher(query)
        for command in (*commands(self.view), *jumps(self.view)):
            score = 2.0 if command.words.split()[0] == query else matcher.match(command.words)
            if score > 0:
                words = matcher.highlight(command.words)
                yield Hit(score, words, command.run, command.words, command.help)
