"""One field of a form: its name, its editor, what was understood, and what could be meant.

The row holds no value: it asks the draft what a text means and shows the answer under the editor.
Enter takes the nearest right thing where the text is unclear, else moves on; in a list of several
lines it makes a new line. Up and down move between fields, or in the suggestions while those show.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from planner.roadmap.typed import Unclear, Understood
from planner.text.visible import visible
from planner.tui.dialogs.draft import ID, Draft
from planner.tui.dialogs.shapes import Field
from planner.tui.dialogs.suggest import REFERRING, Suggestion, put, suggestions
from planner.tui.dialogs.values import Typed

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

EXAMPLES: dict[str, str] = {
    "date": "1 mar · mon · +2w · end q3",
    "length": "6w or 20d",
    "estimate": "4w, or 3w/4w/7w from short to long",
    "needs": "an initiative, then SS+5d; delivers …; agreed 5 nov",
    "days by id": "who, then the day: privacy 3 nov",
    "numbers by id": "who, then how much: data 2, web 1",
    "money": "40k, or marketing 40k, it 25k",
    "days": "a day and its name, one a line",
    "readings": "a day and what was read, one a line",
    "strings": "commas between them",
    "choices by name": "a rule, then how loud: DATE03 info, STALE01 warning",
    "lists by name": "a name, a colon, then who: personal: privacy, legal",
    "new term": "lead time = working days from brief to live",
}
"""What an empty field says about itself."""

Catch = Callable[[events.Key], bool]


class OneLine(Input):
    """An input whose row sees special keys first."""

    def __init__(self, value: str, placeholder: str, catch: Catch) -> None:
        super().__init__(value, placeholder=placeholder, compact=True, select_on_focus=False)
        self.cursor_blink = False
        self._catch = catch

    async def _on_key(self, event: events.Key) -> None:
        if self._catch(event):
            event.stop()
            event.prevent_default()
        else:
            await super()._on_key(event)


class Lines(TextArea):
    """Several lines, as high as they are many; its row sees special keys first."""

    DEFAULT_CSS = """
    Lines, Lines:focus {
        height: auto;
        max-height: 8;
        border: none;
        padding: 0 1;
        background: $panel-ground;
        color: $strong;
        scrollbar-size-vertical: 1;
    }
    Lines:focus {
        background: $cursor-ground;
    }
    Lines .text-area--cursor-line, Lines:focus .text-area--cursor-line {
        background: transparent;
    }
    Lines:ansi, Lines:ansi:focus {
        background: ansi_default;
        color: ansi_default;
    }
    """

    def __init__(self, text: str, placeholder: str, catch: Catch) -> None:
        super().__init__(
            text,
            compact=True,
            tab_behavior="focus",
            highlight_cursor_line=False,
            placeholder=Content(placeholder),
        )
        self.cursor_blink = False
        self._catch = catch

    def on_focus(self) -> None:
        """Go on after the last line."""
        self.move_cursor(self.document.end)

    def on_blur(self) -> None:
        """Show the beginning again."""
        self.scroll_home(animate=False)

    async def _on_key(self, event: events.Key) -> None:
        if self._catch(event):
            event.stop()
            event.prevent_default()
        else:
            await super()._on_key(event)


class SuggestionList(Static):
    """A few suggestions under the editor, over what is below; one of them is marked."""

    DEFAULT_CSS = """
    SuggestionList {
        display: none;
        overlay: screen;
        constrain: inside inflect;
        width: auto;
        height: auto;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        background: $bar-ground;
        border-left: outer $key;
        padding: 0 1 0 0;
    }
    SuggestionList:ansi {
        background: ansi_default;
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.found: list[Suggestion] = []
        self.at = 0

    def show(self, found: list[Suggestion]) -> None:
        """Show these, the first one marked; none hides the list."""
        self.found = found
        self.at = 0
        self.display = bool(found)
        self.styles.max_width = max(
            24, self.screen.size.width - int(self.styles.offset.x.value) - 5
        )
        self._draw()

    def move(self, by: int) -> None:
        """Mark the next or the one before."""
        self.at = (self.at + by) % len(self.found)
        self._draw()

    @property
    def marked(self) -> Suggestion | None:
        """The one that enter takes; None while nothing is suggested."""
        return self.found[self.at] if self.display and self.found else None

    def _draw(self) -> None:
        wide = max((len(each.word) for each in self.found if not each.create), default=0)
        self.update(Content("\n").join(self._line(at, wide) for at in range(len(self.found))))

    def _line(self, at: int, wide: int) -> Content:
        each = self.found[at]
        mark = ("▸ ", "bold $key") if at == self.at else ("  ", "")
        strong = "bold $strong" if at == self.at else "$text"
        if each.create is not None:
            return Content.assemble(mark, ("+ ", "$key"), (each.title, strong))
        return Content.assemble(mark, (each.word.ljust(wide), strong), (f"  {each.title}", "$dim"))


def _new_part(nearest: str | None, text: str) -> str | None:
    """What the nearest right thing changes, where it is one item of several."""
    if nearest is None:
        return None
    between = "\n" if "\n" in nearest else ", "
    parts = nearest.split(between)
    present = {part.strip() for part in text.split(between.strip(" "))}
    return next((part for part in parts if part not in present), nearest)


def label_width(draft: Draft) -> int:
    """Cells for the names of a table's fields, so that all editors stand in one column."""
    return min(26, max(6, *(len(each.label) for each in draft.fields)) + 2)


class FieldRow(Vertical):
    """One field and all that is said about it. `key` is a field's key, or the id's."""

    DEFAULT_CSS = """
    FieldRow {
        height: auto;
        width: 100%;
    }
    FieldRow .line {
        height: auto;
        width: 100%;
    }
    FieldRow .label {
        width: 24;
        height: auto;
        color: $dim;
        padding: 0 1 0 0;
    }
    FieldRow.-here .label {
        color: $strong;
        text-style: bold;
    }
    FieldRow OneLine, FieldRow Lines {
        width: 1fr;
    }
    FieldRow .note {
        display: none;
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
        self, draft: Draft, field: Field | None, key: str, wide: int | None = None
    ) -> None:
        super().__init__()
        self.draft = draft
        self.field = field
        self.key = key
        self.addition = ""
        """What the plan says about this field, after what was understood: ``ends 12 May``."""
        self.wide = wide or label_width(draft)
        self._focused = False
        self._everything = False
        self.typed: Typed = self._read()

    # --- what is on screen ------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Name and editor on one line, what was understood under it."""
        name = self.field.label if self.field is not None else self.key
        with Horizontal(classes="line"):
            label = Static(Content(name), classes="label", markup=False)
            label.styles.width = self.wide
            yield label
            yield self._make_editor()
        note = Static(classes="note", markup=False)
        note.styles.margin = (0, 0, 0, self.wide + 1)
        yield note
        suggested = SuggestionList()
        suggested.styles.offset = (self.wide - 1, 0)
        yield suggested

    def _make_editor(self) -> OneLine | Lines:
        if self.field is not None and self.field.several_lines:
            return Lines(self.text, self._placeholder(), self._catch)
        return OneLine(self.text, self._placeholder(), self._catch)

    def _placeholder(self) -> str:
        if self.field is None:
            return ""
        return self.field.default or EXAMPLES.get(self.field.shape, "")

    @property
    def text(self) -> str:
        """The text as the draft has it."""
        return self.draft.id_text if self.key == ID else self.draft.texts[self.key]

    @property
    def editor(self) -> OneLine | Lines:
        """The input."""
        lines = self.query(Lines)
        return lines.first() if lines else self.query_one(OneLine)

    @property
    def editor_text(self) -> str:
        """What stands in the input."""
        editor = self.editor
        return editor.text if isinstance(editor, Lines) else editor.value

    @property
    def note(self) -> str:
        """What is said under the editor, as text."""
        return self._note().plain

    def on_mount(self) -> None:
        """A value of the file that is wrong says so at once."""
        self._show_note()

    # --- typing -----------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """The text was changed, by a person or by taking a suggestion."""
        event.stop()
        self._take()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """The text was changed."""
        event.stop()
        self._take()

    def _take(self) -> None:
        if self.editor_text == self.text:
            return
        self.draft.type(self.key, self.editor_text)
        self._suggest()
        self._taken()

    def _taken(self) -> None:
        self.typed = self._read()
        self.addition = ""
        self._show_note()
        self.post_message(self.Edited(self))

    def put(self, text: str) -> None:
        """Another text from outside: the id that follows the title, a value that was settled."""
        editor = self.editor
        if isinstance(editor, Lines):
            editor.text = text
        else:
            editor.value = text
            editor.cursor_position = len(text)
        self.typed = self._read()
        self._show_note()

    def _read(self) -> Typed:
        return self.draft.read_id() if self.key == ID else self.draft.read(self.key)

    # --- suggestions ------------------------------------------------------------------------------

    @property
    def suggested(self) -> SuggestionList:
        """The list under the editor."""
        return self.query_one(SuggestionList)

    def _suggest(self) -> None:
        if self.field is None or self.field.shape not in REFERRING:
            return
        found = suggestions(self.field, self.editor_text, self._cursor(), self.draft.around)
        word = bool(found) and self.editor_text[found[0].start : found[0].end].strip()
        self.suggested.show(found if word or self._everything else [])
        self._everything = False

    def _cursor(self) -> int:
        editor = self.editor
        if isinstance(editor, Lines):
            row, column = editor.cursor_location
            lines = editor.text.split("\n")
            return sum(len(line) + 1 for line in lines[:row]) + column
        return editor.cursor_position

    def _accept(self, chosen: Suggestion) -> None:
        word = chosen
        if chosen.create is not None:
            id = self.draft.create(*chosen.create)
            word = Suggestion(id, "", chosen.start, chosen.end)
        text, cursor = put(word, self.editor_text)
        self.suggested.show([])
        editor = self.editor
        if isinstance(editor, Lines):
            editor.text = text
            before = text[:cursor].split("\n")
            editor.cursor_location = (len(before) - 1, len(before[-1]))
        else:
            editor.value = text
            editor.cursor_position = cursor
        if chosen.create is not None and text == self.text:
            self._taken()
        self.suggested.show([])

    # --- keys -------------------------------------------------------------------------------------

    def _catch(self, event: events.Key) -> bool:
        """Whether this row handles a key before its editor does."""
        if self.suggested.marked is not None:
            return self._choose(event.key)
        if event.key == "space" and self._wants_all():
            self._everything = True
            if not self.editor_text:
                self._suggest()
                return True
        if event.key == "enter":
            return self._enter()
        if event.key in ("up", "down"):
            by = 1 if event.key == "down" else -1
            if self._at_edge(by):
                self.post_message(self.Leave(self, by))
                return True
        return False

    def _choose(self, key: str) -> bool:
        chosen = self.suggested.marked
        if key in ("up", "down"):
            self.suggested.move(1 if key == "down" else -1)
        elif key in ("enter", "tab") and chosen is not None:
            self._accept(chosen)
        elif key == "escape":
            self.suggested.show([])
        else:
            return False
        return True

    def _wants_all(self) -> bool:
        """A blank where a word begins asks for everything there is."""
        if self.field is None or self.field.shape not in REFERRING:
            return False
        before = self.editor_text[: self._cursor()].rstrip(" ")
        return not before or before.endswith((",", "\n"))

    def _enter(self) -> bool:
        if isinstance(self.typed, Unclear) and self.typed.nearest is not None:
            self.put_nearest(self.typed.nearest)
            return True
        if isinstance(self.editor, Lines):
            return False
        self.post_message(self.Leave(self, 1, done=True))
        return True

    def put_nearest(self, text: str) -> None:
        """Take the nearest right thing as if it had been typed."""
        editor = self.editor
        if isinstance(editor, Lines):
            editor.text = text
            editor.move_cursor(editor.document.end)
        else:
            editor.value = text
            editor.cursor_position = len(text)

    def _at_edge(self, by: int) -> bool:
        editor = self.editor
        if not isinstance(editor, Lines):
            return True
        row = editor.cursor_location[0]
        return row == (editor.document.line_count - 1 if by > 0 else 0)

    # --- coming and going -------------------------------------------------------------------------

    def on_descendant_focus(self) -> None:
        """Say what is understood here."""
        self._focused = True
        self.add_class("-here")
        self._show_note()

    def on_descendant_blur(self) -> None:
        """Show the value as it will be written."""
        self._focused = False
        self.remove_class("-here")
        self.suggested.show([])
        settled = self.typed
        if (
            self.field is not None
            and self.field.shape in SETTLED
            and isinstance(settled, Understood)
            and self.key in self.draft.changed()
            and settled.text != self.editor_text
        ):
            self.draft.type(self.key, settled.text)
            self.put(settled.text)
        self._show_note()

    # --- what is said -----------------------------------------------------------------------------

    def add(self, text: str) -> None:
        """What the plan says about this field."""
        if text != self.addition:
            self.addition = text
            self._show_note()

    def _show_note(self) -> None:
        note = self.query_one(".note", Static)
        content = self._note()
        note.display = bool(content) and (self._focused or isinstance(self.typed, Unclear))
        note.update(content)

    def _note(self) -> Content:
        if isinstance(self.typed, Unclear):
            near = _new_part(self.typed.nearest, self.text)
            return Content.assemble(
                (f"✗ {visible(self.typed.why)}", "$critical"),
                (f" → {visible(near)}", "bold $strong") if near else "",
                (" enter", "$key") if near and self._focused else "",
            )
        if self.field is not None and self.field.choices and self._focused:
            return self._choices()
        said = [part for part in (self.typed.said, self.addition) if part]
        if said:
            return Content.assemble(("→ ", "$good"), (", ".join(said), "$text"))
        return Content.assemble((self._hint(), "$dim"))

    def _choices(self) -> Content:
        assert self.field is not None
        chosen = self.typed.text if isinstance(self.typed, Understood) else ""
        default = "" if chosen else self.field.default
        words = [
            (word, "bold $strong" if word in (chosen, default) else "$dim")
            for word in self.field.choices
        ]
        return Content.assemble((" · ", "$faint")).join(Content.assemble(word) for word in words)

    def _hint(self) -> str:
        """What the field is for, and how to look for what it may name."""
        if self.field is None or not self._focused:
            return ""
        about = self.field.about.rstrip(".")
        if self.field.shape not in REFERRING:
            return about
        count = len(self.draft.around.titles(self.field.kinds))
        return f"{about} · space lists all {count}" if count and not self.text else about
