"""One field of a form: its name, its editor, what was understood, and what could be meant.

The row holds no value: it asks the draft what a text means and shows the answer under the editor.
Enter takes what is suggested and moves on (tab takes it and stays, for a list that goes on), or the
nearest right thing where the text is unclear, else moves on; in a list of several lines it makes a
new line. Up and down move between fields, or in the suggestions while those show.

A form has dozens of rows, and each widget in it takes time before the form is there: the row draws
the name itself, and what is said and suggested under the editor is mounted when there is some.
"""

from __future__ import annotations

from itertools import takewhile

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from planner.entry.context import Typed
from planner.entry.draft import ID, Draft
from planner.entry.shapes import Field
from planner.roadmap.typed import Unclear, Understood
from planner.tui.dialogs.editors import Catch, Editor, Lines, OneLine
from planner.tui.dialogs.notes import EXAMPLES, note
from planner.tui.dialogs.suggestion_list import SuggestionList

SETTLED = (
    "date",
    "choice",
    "choices",
    "bool",
    "estimate",
    "length",
    "number",
    "reference",
    "references",
)
"""Shapes whose text is rewritten as it will be in the file when the field is left."""


BETWEEN_COMMAS = (
    "references",
    "strings",
    "choices",
    "days by id",
    "numbers by id",
    "number or by id",
    "money",
    "choices by name",
)
"""Shapes with items between commas, as which lines are joined that are pasted."""


def label_width(draft: Draft) -> int:
    """Cells for the names of a table's fields, so that all editors stand in one column."""
    return min(26, max(6, *(len(each.label) for each in draft.fields)) + 2)


class FieldRow(Vertical):
    """One field and all that is said about it; its key is `ID` where it is the table's own id."""

    DEFAULT_CSS = """
    FieldRow {
        height: auto;
        width: 100%;
    }
    FieldRow OneLine, FieldRow Lines {
        width: 1fr;
    }
    FieldRow .note {
        height: auto;
        color: $dim;
    }
    """

    class Edited(Message):
        """The text was changed; the draft has it."""

        def __init__(self, row: FieldRow) -> None:
            super().__init__()
            self.row = row

    class Leave(Message):
        """Go on to the next field (`by` 1) or the one before; `done`: enter on a clear field."""

        def __init__(self, row: FieldRow, by: int, *, done: bool = False) -> None:
            super().__init__()
            self.row = row
            self.by = by
            self.done = done

    def __init__(
        self,
        draft: Draft,
        field: Field,
        wide: int | None = None,
        first: Catch = lambda _: False,
    ) -> None:
        super().__init__()
        self._first = first
        self.draft = draft
        self.field = field
        self.addition = ""
        """What the plan says about this field, after what was understood: ``ends 12 May``."""
        self.wide = wide or label_width(draft)
        self._joined = ""
        self._focused = False
        self._asked = bool(self.text)
        """Whether an error may be shown: nobody is wrong before a word is typed."""
        self.typed: Typed = draft.read(self.key)
        self.suggested = SuggestionList()
        """The list under the editor."""
        self._said: Static | None = None

    # --- what is on screen ------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The editor, beside the name."""
        editor = self._make_editor()
        editor.styles.margin = (0, 0, 0, self.wide)
        yield editor

    def render(self) -> Content:
        """The name, to the left of the editor."""
        shown = Content(self.label).truncate(self.wide - 1, ellipsis=True)
        quiet = "dim $dim" if self.app.native_ansi_color else "$dim"
        return shown.stylize("bold $strong" if self._focused else quiet)

    def _make_editor(self) -> Editor:
        if self.field.several_lines:
            return Lines(self.text, self._example, self._catch)
        joint = ", " if self.field.shape in BETWEEN_COMMAS else " "
        return OneLine(self.text, self._example, self._catch, joint=joint)

    @property
    def _example(self) -> str:
        """What the field says while it is empty."""
        return self.field.default or EXAMPLES.get(self.field.shape, "")

    @property
    def key(self) -> str:
        """The field's key."""
        return self.field.key

    @property
    def label(self) -> str:
        """What the field is called."""
        return self.field.label

    @property
    def text(self) -> str:
        """The text as the draft has it."""
        return self.draft.text(self.key)

    @property
    def editor(self) -> Editor:
        """The input."""
        return self.query_one(Lines) if self.field.several_lines else self.query_one(OneLine)

    @property
    def note(self) -> str:
        """What is said under the editor, as text."""
        return self._note().plain

    def on_mount(self) -> None:
        """A value of the file that is wrong says so at once."""
        self._show_note()

    # --- typing -----------------------------------------------------------------------------------

    @on(Input.Changed)
    @on(TextArea.Changed)
    def take(self, event: Input.Changed | TextArea.Changed) -> None:
        """The text was changed, by a person or by taking a suggestion."""
        event.stop()
        if self.editor.text == self.text:
            return
        self._joined = ""
        self.draft.type(self.key, self.editor.text)
        self._asked = True
        self._suggest()
        self._taken()

    def on_one_line_joined(self, event: OneLine.Joined) -> None:
        """Say that what was pasted is one line now."""
        event.stop()
        self._joined = event.said
        self._show_note()

    def _taken(self) -> None:
        self.typed = self.draft.read(self.key)
        self.addition = ""
        self._show_note()
        self.post_message(self.Edited(self))

    def put(self, text: str) -> None:
        """Another text from outside: the id that follows the title, a value that was settled."""
        self.editor.put(text)
        self.typed = self.draft.read(self.key)
        self._show_note()

    def turn_to(self, field: Field) -> None:
        """Ask for another field of the draft."""
        self.field = field
        self.editor.placeholder = self._example
        self.put(self.text)
        self.refresh()

    # --- suggestions ------------------------------------------------------------------------------

    def _suggest(self, *, all: bool = False) -> None:
        self.suggested.offer(self.field, self.draft, self.editor, all=all)
        if not self.suggested.display:
            return
        if not self.suggested.is_attached:
            self.suggested.styles.margin = (0, 0, 0, self.wide - 1)
            self.mount(self.suggested)
        self.call_after_refresh(self.scroll_visible, animate=False)

    # --- keys -------------------------------------------------------------------------------------

    def _catch(self, event: events.Key) -> bool:
        """Whether this row handles a key before its editor does; a dialog may before both."""
        if self._first(event):
            return True
        if self.suggested.display and self._choose(event.key):
            return True
        if event.key == "space" and not self.editor.text:
            self._suggest(all=True)
            return self.suggested.display
        if event.key == "enter":
            return self._enter()
        if event.key in ("up", "down"):
            by = 1 if event.key == "down" else -1
            if self.editor.at_edge(by):
                self.post_message(self.Leave(self, by))
                return True
        return False

    def _choose(self, key: str) -> bool:
        if key in ("up", "down"):
            self.suggested.move(1 if key == "down" else -1)
        elif key in ("enter", "tab") and self.suggested.marked is not None:
            if self.suggested.take(self.draft, self.editor) and self.editor.text == self.text:
                self._taken()
            if key == "enter" and not self.field.several_lines:
                self.post_message(self.Leave(self, 1))
        elif key == "escape":
            self.suggested.show([])
        else:
            return False
        return True

    def _enter(self) -> bool:
        if isinstance(self.typed, Unclear) and self.typed.nearest is not None:
            self.put_nearest(self.typed.nearest)
            return True
        if self.field.several_lines:
            return False
        self.post_message(self.Leave(self, 1, done=True))
        return True

    def put_nearest(self, text: str) -> None:
        """Take the nearest right thing as if it had been typed, and go on where it differs."""
        self.editor.put(text, _changed(self.editor.text, text))

    # --- coming and going -------------------------------------------------------------------------

    def on_descendant_focus(self) -> None:
        """Say what is understood here; an id that was made from the title is typed over.

        What is not clear is offered its ways again, so that coming back to it leads out.
        """
        self._focused = True
        if isinstance(self.typed, Unclear):
            self._suggest()
        if self.key == ID and not self.draft.id_typed and isinstance(self.editor, OneLine):
            self.editor.select_all()
        self.refresh()
        self._show_note()

    def on_descendant_blur(self) -> None:
        """Show the value as it will be written."""
        self._focused = False
        self.refresh()
        self.suggested.show([])
        settled = self.typed
        if (
            self.field.shape in SETTLED
            and isinstance(settled, Understood)
            and self.key in self.draft.changed()
            and settled.text != self.editor.text
        ):
            self.draft.type(self.key, settled.text)
            self.put(settled.text)
        self._show_note()

    # --- what is said -----------------------------------------------------------------------------

    def complain(self) -> None:
        """Say what is wrong, also where nothing was typed: it is wanted now."""
        self._asked = True
        self._show_note()

    def add(self, text: str) -> None:
        """What the plan says about this field."""
        if text != self.addition:
            self.addition = text
            self._show_note()

    def _show_note(self) -> None:
        content = self._note()
        wrong = self._asked and isinstance(self.typed, Unclear)
        shown = bool(content) and (self._focused or wrong)
        if self._said is None and shown:
            self._said = Static(content, classes="note", markup=False)
            self._said.styles.margin = (0, 0, 0, self.wide + 1)
            self.mount(self._said, after=self.editor)
        elif self._said is not None:
            self._said.display = shown
            self._said.update(content)

    def _note(self) -> Content:
        quiet = isinstance(self.typed, Unclear) and not self._asked
        said = note(
            Understood(None, "", "") if quiet else self.typed,
            self.field,
            self.text,
            self.draft.around,
            here=self._focused,
            addition=", ".join(filter(None, (self.addition, self._joined))),
        )
        told = not self._joined or self._joined in said.plain
        return said if told else Content.assemble(said, (f"  {self._joined}", "$text"))


def _changed(before: str, after: str) -> int:
    """The end of the first line of `after` that is not as before, else of the last."""
    lines, old = after.split("\n"), before.split("\n")
    same = list(takewhile(lambda pair: pair[0] == pair[1], zip(lines, old, strict=False)))
    return len("\n".join(lines[: len(same) + 1]))
