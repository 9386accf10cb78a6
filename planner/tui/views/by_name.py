"""What can be asked for by name in a view: every action, themes, ids to go to, kinds to add."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from inspect import isawaitable

from msgspec import structs

from planner.conflicts.registry import RULES
from planner.entry.fuzzy import Candidate
from planner.errors import PlannerError
from planner.query.arrangement import GROUPINGS, Arrangement, saved
from planner.query.columns import SORTS
from planner.roadmap.entities import KINDS, SINGLES
from planner.session.roadmaps import option_for
from planner.text.shell import line
from planner.text.visible import visible
from planner.tui.shell.actions import ACTIONS, BY_KEY_ONLY, SYNONYMS, Action
from planner.tui.shell.commands import Command, one, places
from planner.tui.shell.stage import Stage
from planner.tui.shell.themes import THEMES
from planner.tui.views.edit_actions import Changes
from planner.tui.views.filtering import Filtering
from planner.tui.views.part import Part
from planner.tui.views.save_quit import Keeping
from planner.tui.views.trail import Trail

SINGLE = {
    "roadmap": "its title, first date, calendar, currency",
    "checks": "which rules speak, how loudly, and their thresholds",
    "glossary": "the common language",
}
"""What the tables that are one for the whole roadmap hold."""

FIRST = ("save", "undo", "fixes", "edit", "add", "filter", "help", "quit")
"""What stands first while nothing is typed, where it can be done now."""

IN_A_SHELL: dict[str, tuple[str, tuple[str, ...]]] = {
    "report": ("one page for people without a terminal", ("print", "html", "slides", "share")),
    "asks": ("questions for people without a terminal", ("ask", "questionnaire")),
    "compare": ("revisions or branches side by side", ("scenarios",)),
    "diff": ("changes since a revision, and why dates moved", ("changes",)),
    "ready": ("what can start now", ("next",)),
    "mine": ("what waits for you", ("todo", "my work", "inbox")),
    "minutes": ("what was agreed since the last meeting", ()),
    "promises": ("which promises were kept", ("reliability",)),
    "fmt": ("format the files", ("format",)),
    "git install": ("set git up for roadmap files", ("git", "merge")),
    "config edit": ("your settings and keys", ("settings", "preferences", "keymap", "options")),
}
"""What only a command does, what that is, and what people call it."""
OF_THE_USER = frozenset(("config edit",))
"""Those that are about no roadmap."""

VERBS = {"save": "w", "quit": "q"}
"""Short words for actions, beside their labels."""


class ByName(Part):
    """The palette of a view, made of what its parts can do."""

    def __init__(
        self, view: Stage, changes: Changes, keeping: Keeping, trail: Trail, filtering: Filtering
    ) -> None:
        super().__init__(view)
        self.changes, self.keeping = changes, keeping
        self.trail, self.filtering = trail, filtering

    def do_palette(self) -> None:
        """Any action by name, any id."""
        from planner.tui.dialogs.palette import PaletteDialog

        ids = partial(places, self.view.plan.roadmap)
        self.view.app.push_screen(PaletteDialog(self.commands(), ids, self.jump), self._run)

    async def _run(self, command: Command | None) -> None:
        """Do what was chosen."""
        if command is not None and isawaitable(doing := command.run()):
            await doing

    def jump(self, place: Candidate) -> Command:
        """The command that goes to a place; a saved view is shown."""
        run = partial(self.trail.jump, place.kind, place.id)
        if place.kind == "views":
            run = partial(self._show_saved, place.id)
        return Command(place.id, visible(place.title), run, one(place.kind))

    def commands(self) -> list[Command]:
        """Everything that can be asked for by name here, the most useful first."""
        actions = [ACTIONS[id] for id in self.view.actions() if id not in BY_KEY_ONLY]
        found = [self._of_action(action) for action in sorted(actions, key=_first)]
        return [
            *sorted(found, key=lambda each: each.reason is not None),
            *self._elsewhere(),
            *self._saved_views(),
            Command("wq", "Save and quit", self.keeping.save_and_leave),
            Command("q!", "Quit, unsaved changes are lost", self.keeping.lose_and_leave),
            *self._arranging(),
            *self._tables(),
            *self._themes(),
            *self._rules(),
            *self._in_a_shell(),
        ]

    def _of_action(self, action: Action) -> Command:
        words = action.help if action.view is None else f"Go to {action.label}: {action.help}"
        run = partial(self.view.action_do, action.id)
        return self._command(action, words, run, action.reason(self.view))

    def _command(
        self, action: Action, words: str, run: Callable[[], object], reason: str | None
    ) -> Command:
        return Command(
            VERBS.get(action.id, action.label),
            words,
            run,
            self.desk.keymap.shown(action),
            action.label,
            SYNONYMS.get(action.id, ()),
            reason,
        )

    def _elsewhere(self) -> Iterator[Command]:
        """Actions of other views, which say so."""
        for id, views in self.view.planner.elsewhere(self.view.actions()).items():
            if id not in BY_KEY_ONLY:
                reason = f"Only in {', '.join(views)}"
                say = partial(self.view.say, reason, "warning")
                yield self._command(ACTIONS[id], ACTIONS[id].help, say, reason)

    def _saved_views(self) -> Iterator[Command]:
        for id, entity in self.view.plan.roadmap.views.items():
            by = entity.group_by and f"by {entity.group_by}"
            words = ", ".join(filter(None, (entity.query, by, entity.sort)))
            run = partial(self._show_saved, id)
            here = "now: " if id == self.desk.view else ""
            yield Command(f"view: {visible(entity.label)}", here + visible(words), run, also=id)
        run = partial(self.filtering.show_view, Arrangement(), None)
        yield Command("view: usual", "The board as it is where nobody asks for another way", run)

    def _show_saved(self, id: str) -> None:
        try:
            self.filtering.show_view(saved(self.view.plan, id), id)
        except PlannerError as error:
            self.view.say(str(error), "error")

    def _arranging(self) -> Iterator[Command]:
        now = self.desk.arrangement
        for grouping in GROUPINGS:
            run = partial(self.filtering.rearrange, structs.replace(now, grouping=grouping))
            yield Command(f"group by {grouping}", "The board's headings", run)
        for sort in ("", *SORTS):
            run = partial(self.filtering.rearrange, structs.replace(now, sort=sort))
            yield Command(f"sort by {sort or 'file'}", "The board's rows under each heading", run)

    def _tables(self) -> Iterator[Command]:
        for kind in KINDS:
            many = "data classes" if kind == "data" else kind
            add = partial(self.changes.add, kind)
            yield Command(f"add {one(kind)}", f"A new table of {kind}", add)
            run = partial(self.changes.list_tables, kind)
            yield Command(f"list {many}", "Look through, add, edit", run, also=kind)
        for single in SINGLES:
            run = partial(self.changes.edit_fields, single, "")
            words = SINGLE[single]
            yield Command(f"edit {single}", words[:1].upper() + words[1:], run, also=single)

    def _themes(self) -> Iterator[Command]:
        for theme in THEMES:
            name = theme.name.removeprefix("planner-")
            run = partial(self.view.planner.show_theme, theme.name)
            yield Command(f"theme {name}", "Colours", run, also=name)

    def _rules(self) -> Iterator[Command]:
        for rule in RULES.values():
            run = partial(self._show_rule, rule.code)
            yield Command(rule.code, f"{rule.name}: {rule.summary}", run, "rule", rule.name)

    def _show_rule(self, code: str) -> None:
        self.desk.rule = code
        self.trail.go("rules")

    def _in_a_shell(self) -> Iterator[Command]:
        for name, (does, synonyms) in IN_A_SHELL.items():
            run = partial(self._copy_command, name)
            yield Command(name, f"In a shell: {does}", run, "copies", synonyms=synonyms)

    def _copy_command(self, name: str) -> None:
        """The command on the clipboard, for the roadmap that is open."""
        where = () if name in OF_THE_USER else option_for(self.session.path)
        words = ["planner", *name.split(), *where]
        command = visible(line(words))
        self.view.app.copy_to_clipboard(command)
        self.view.say(f"Copied {command}: run it in a shell")


def _first(action: Action) -> int:
    return FIRST.index(action.id) if action.id in FIRST else len(FIRST)
