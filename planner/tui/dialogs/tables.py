"""All tables of one kind, to look through, add to, edit and remove from.

Edits are made by whoever opened the list, so that they are told and undone like any other; the list
shows the plan as it is after each.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.binding import Binding
from textual.content import Content

from planner.entry.fuzzy import Candidate, rank
from planner.entry.shapes import NOUNS, fields_of
from planner.entry.values import as_text
from planner.session.session import Session
from planner.text.editing import pictured
from planner.text.edits import Edit, named_by
from planner.text.visible import visible
from planner.tui.dialogs.options import Options, columns
from planner.tui.dialogs.search import SearchDialog

Keep = Callable[[Edit], object]
"""Makes an edit: the plan, every view, and a message."""


class TablesDialog(SearchDialog[None]):
    """Everything of one kind; `keep` takes each edit that is made here."""

    DEFAULT_CSS = """
    TablesDialog .count { height: auto; min-height: 3; border-top: solid $faint; }
    """

    BINDINGS = [
        Binding("enter,e", "edit", "edit", show=False),
        Binding("a", "add", "add", show=False),
        Binding("x", "remove", "remove", show=False),
        Binding("slash", "search", "search", show=False),
    ]

    AUTO_FOCUS = ""
    widest = 104
    keys = (("enter", "edit"), ("a", "add"), ("x", "remove"), ("/", "search"), ("esc", "close"))

    def __init__(self, session: Session, kind: str, keep: Keep) -> None:
        super().__init__()
        self.session = session
        self.kind = kind
        self.keep = keep
        self.ids: list[str] = []
        self.wide = 12

    def heading(self) -> Content:
        """``Systems · 12``."""
        name = "data classes" if self.kind == "data" else self.kind
        return Content.assemble(f"{name.capitalize()} ", (str(len(self.ids)), "$dim"))

    def matches(self) -> Options:
        """The tables."""
        noun = NOUNS[self.kind]
        return Options(self._line, 0, 14, f"no {noun} in this roadmap yet. a: add one")

    def on_mount(self) -> None:
        """Hear of every change; the search shows when it is asked for."""
        self.search.display = False
        self._stop = self.session.history.subscribe(lambda *_: self.narrow(self.asked))
        self.narrow("")

    def on_unmount(self) -> None:
        """Stop hearing."""
        self._stop()

    @property
    def marked(self) -> str | None:
        """The id under the mark."""
        return self.ids[self.options.at] if self.ids else None

    def narrow(self, typed: str) -> None:
        """The tables as they are now, those that match."""
        table = self.session.plan.roadmap.table(self.kind)
        labels = {id: entity.label for id, entity in table.items()}
        found = [Candidate(id, "" if label == id else label) for id, label in labels.items()]
        marked = self.marked
        self.ids = [each.id for each in rank(typed, found, len(found) + 1)]
        self.wide = min(30, max((len(id) for id in self.ids), default=12))
        at = self.ids.index(marked) if marked in self.ids else self.options.at
        self.options.show(len(self.ids), at)
        self.panel.border_title = self.heading()

    def _line(self, at: int, width: int) -> Content:
        id = self.ids[at]
        entity = self.session.plan.roadmap.table(self.kind)[id]
        title = entity.label if entity.label != id else ""
        told = " · ".join(text for _, text in self._facts(id)[:3])
        room = max(12, (width - self.wide - 4) // 2)
        return columns(
            (
                (visible(id), "$strong", self.wide),
                (visible(title), "$text", room),
                (told.replace("\n", ", "), "$dim", 0),
            )
        )

    def _facts(self, id: str) -> list[tuple[str, str]]:
        """The keys of a table that are filled in, beyond what it is called."""
        written = self.session.plan.written(self.kind, id)
        return [
            (field.label, pictured(as_text(field, written[field.key])))
            for field in fields_of(self.kind)
            if field.key in written and field.key not in ("title", "name")
        ]

    def on_options_moved(self, event: Options.Moved) -> None:
        """All keys of the marked one."""
        event.stop()
        facts = self._facts(self.marked) if self.marked else []
        parts = [
            Content.assemble((f"{key} ", "$dim"), (text.replace("\n", ", "), "$text"))
            for key, text in facts
        ]
        self.say(Content.assemble((" · ", "$faint")).join(parts))

    # --- keys -------------------------------------------------------------------------------------

    def catch(self, event: events.Key) -> bool:
        """Escape ends a search first."""
        if event.key != "escape":
            return super().catch(event)
        self.search.value = ""
        self.search.display = False
        self.set_focus(None)
        return True

    def on_key(self, event: events.Key) -> None:
        """Arrows and letters mark while nothing is searched for."""
        if self.focused is None and self.options.letter(event.key):
            event.stop()

    def action_search(self) -> None:
        """Look for letters of an id or a title."""
        self.search.display = True
        self.search.focus()

    def take(self) -> None:
        """Enter and a click edit."""
        self.action_edit()

    def action_edit(self) -> None:
        """The form of the marked one."""
        if self.marked is not None:
            self._form(self.marked)

    def action_add(self) -> None:
        """The form of a new one."""
        self._form(None)

    def _form(self, id: str | None) -> None:
        from planner.tui.dialogs.form import FormDialog

        self.app.push_screen(FormDialog(self.session, self.kind, id), self._keep)

    def action_remove(self) -> None:
        """Ask how the marked one is to go."""
        from planner.tui.dialogs.remove import RemoveDialog

        if self.marked is not None:
            dialog = RemoveDialog(self.session, self.kind, self.marked)
            self.app.push_screen(dialog, self._keep)

    def _keep(self, edit: Edit | None) -> None:
        if edit is None:
            return
        self.keep(edit)
        _, id = named_by(edit) or ("", "")
        if id in self.ids:
            self.options.go(self.ids.index(id))
