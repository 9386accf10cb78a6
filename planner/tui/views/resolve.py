"""What a merge left open, key by key: a list of the questions, and below it the three values.

A small app of its own, since a file with markers in it is no plan yet. Nothing is written before
enter, and enter writes only when every question has an answer. The sides are called A and B as in
the markers: a rebase swaps "ours" and "theirs", so that neither word says whose it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from textwrap import wrap
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from planner.errors import PlannerError
from planner.merge.resolving import MergeResolution, file_phrases
from planner.merge.three_way import Conflict, Side
from planner.pages.signs import AGREED, ASKED, CURSOR
from planner.roadmap.figures import date_text
from planner.text.rendering import render
from planner.text.shell import git_add
from planner.text.visible import visible
from planner.tui.dialogs.options import Options, columns
from planner.tui.dialogs.panel import KeyLine, Keys
from planner.tui.shell.base_app import REDRAW, SUSPEND, GuardedApp
from planner.tui.shell.keys import typed

SIDES: Mapping[str, tuple[Side, str]] = {
    "b": ("base", "before"),
    "o": ("ours", "version A"),
    "t": ("theirs", "version B"),
}
"""Key → the side it chooses, and what that is called."""
NAMES = dict(SIDES.values())
TOLD = "Changed in both versions; → shows the dates that a choice gives."
REMOVED = "Removed in one version, changed in the other: (not there) removes the file."
MENDED = "The file was changed by hand after the merge: these changes stay."
LISTED = 8
"""Questions in view at once, so that three values of some lines fit below them at 80×24."""
LABEL = 15
"""Columns before a value."""
LINES = 40
"""More lines of one value are not shown: they are in the file."""
DECIDING: Keys = (
    ("o", "version A"),
    ("t", "version B"),
    ("b", "before"),
    ("O T B", "all unresolved"),
    ("esc", "cancel"),
    ("↓ ↑", "move"),
)
DECIDED: Keys = (("enter", "save"), ("o t b", "choose again"), *DECIDING[4:])
WRITTEN: Keys = (("enter", "continue"),)


class ResolveApp(GuardedApp[None], inherit_bindings=False):
    """Settles one file; `written` says whether it was written in the end."""

    CSS = """
    ResolveApp Screen { background: $ground; color: $text; scrollbar-color: $faint; }
    #title { height: 1; background: $bar-ground; color: $strong; padding: 0 1; }
    #told { height: auto; color: $dim; padding: 0 1; }
    Options { margin: 1 0; padding: 0 1; }
    #values { height: 1fr; border-top: solid $faint; padding: 0 1; scrollbar-size-vertical: 1; }
    #values Static { height: auto; }
    #said { height: auto; max-height: 4; padding: 0 1; }
    .keys { height: 1; background: $bar-ground; padding: 0 1; color: $dim; }
    """
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, resolution: MergeResolution, theme: str | None = None) -> None:
        super().__init__(theme)
        self.resolution = resolution
        self.questions = resolution.conflicts
        self.written = False

    @property
    def next_step(self) -> str:
        """What comes after it is written."""
        return git_add(*map(str, self.resolution.files))

    def compose(self) -> ComposeResult:
        """Title, questions, values, message, keys."""
        yield Static(id="title", markup=False)
        told = REMOVED if self.resolution.found.removed else TOLD
        yield Static(f"{told}\n{visible(self.resolution.sides_named())}", id="told", markup=False)
        yield Options(self._line, len(self.questions), LISTED, "all changes are merged")
        with VerticalScroll(id="values", can_focus=False):
            yield Static(markup=False)
        yield Static(id="said", markup=False)
        yield KeyLine(DECIDING)

    def on_mount(self) -> None:
        """The first question."""
        super().on_mount()
        self._show()
        if self.resolution.found.mended:
            self._say(MENDED, "$warning")

    def on_resize(self) -> None:
        """Values are wrapped anew."""
        self.call_after_refresh(self._show)

    # --- what is shown ----------------------------------------------------------------------------

    def _show(self) -> None:
        count, left = len(self.questions), self.resolution.unresolved
        title = f"Resolve {visible(self.resolution.path.name)} · {count - left} of {count} resolved"
        self.query_one("#title", Static).update(Content(title))
        self.query_one(Options).refresh()
        lines = list(self._values())
        self.query_one("#values Static", Static).update(Content("\n").join(lines))
        self.query_one(KeyLine).show(WRITTEN if self.written else DECIDING if left else DECIDED)
        if not left and not self.written:
            file = visible(self.resolution.path.name)
            self._say(f"All resolved: enter saves {file}", "$good")

    def _say(self, text: str, style: str = "") -> None:
        self.query_one("#said", Static).update(Content.styled(visible(text), style))

    @property
    def question(self) -> Conflict | None:
        """The one under the cursor."""
        return self.questions[self.query_one(Options).at] if self.questions else None

    def _line(self, at: int, width: int) -> Content:
        question = self.questions[at]
        side = self.resolution.choice(question)
        chosen = NAMES[side] if side else "unresolved"
        sign, style = (AGREED, "$good") if side else (ASKED, "$warning")
        return columns(
            [
                (sign, style, 1),
                (visible(question.label), "", max(10, width - 35)),
                (chosen, style, 6),
                (_one_line(question, side), "$dim", 22),
            ]
        )

    def _values(self) -> Iterator[Content]:
        question = self.question
        if question is None:
            return
        width = max(20, self.size.width - LABEL - 3)
        yield Content.styled(visible(question.label), "bold $strong")
        given = {side: self._gives(question, side) for side in NAMES}
        for key, (side, label) in SIDES.items():
            chosen = self.resolution.choice(question) == side
            style = "bold $good" if chosen else ""
            mark = CURSOR if chosen else " "
            lead = Content.assemble(f"{mark} ", (key, "bold $key"), (f"  {label:<9} ", style))
            for line in _wrapped(shown(question, side), width):
                yield lead + Content.styled(line, style)
                lead = Content(" " * LABEL)
            if len(set(given.values())) > 1 and given[side]:
                yield lead + Content.styled(given[side], "$dim")

    def _gives(self, question: Conflict, side: Side) -> str:
        """The days that an answer gives; empty where the files can't tell."""
        plan = self.resolution.plan(question, side, date.today())
        if plan is None:
            return ""
        dates = plan.schedule.get(question.id) if question.kind == "initiatives" else None
        days = [("finishes", dates.finish if dates else None), ("plan", plan.schedule.finish)]
        told = [f"{what} {date_text(when, plan.as_of)}" for what, when in days if when is not None]
        return "→ " + ", ".join(told) if told else ""

    # --- what a person does -----------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Move, decide, write, leave."""
        event.stop()
        key = event.key
        if key in ("escape", "q", "ctrl+c", "ctrl+q") or (self.written and key == "enter"):
            self.exit()
        elif self.written:
            return
        elif key == "enter":
            self._enter()
        elif key in SIDES:
            self._decide(SIDES[key][0])
        elif event.character and event.character in "OTB":
            self._decide_rest(SIDES[event.character.lower()][0])
        elif key in ("pagedown", "pageup"):
            self.query_one("#values").scroll_relative(y=5 if key == "pagedown" else -5)
        elif not self.query_one(Options).letter(key) and key not in (REDRAW, SUSPEND):
            self._say(f"{typed(event)} has no meaning here", "$warning")

    def on_options_moved(self) -> None:
        """Another question."""
        self._say("")
        self.query_one("#values").scroll_home(animate=False)
        self._show()

    def _decide(self, side: Side) -> None:
        if (question := self.question) is not None:
            self._say("")
            self.resolution.choose(question, side)
            self._ask_again(question)

    def _decide_rest(self, side: Side) -> None:
        if not self.resolution.unresolved:
            self._say("All resolved: o t b chooses again for one")
            return
        self._say("")
        self.resolution.choose_rest(side)
        self._ask_again(self.question)

    def _ask_again(self, last: Conflict | None) -> None:
        """The questions as they are now, the cursor on the next open one."""
        self.questions = self.resolution.conflicts
        count = len(self.questions)
        at = self.questions.index(last) if last in self.questions else 0
        ahead = [each % count for each in range(at + 1, at + count)]
        still = (each for each in ahead if self.resolution.choice(self.questions[each]) is None)
        options = self.query_one(Options)
        options.count = count
        options.go(next(still, at))
        options.refresh(layout=True)
        self._show()

    def _enter(self) -> None:
        if left := self.resolution.unresolved:
            self._say(f"{left} unresolved: o, t or b for each, O, T or B for all", "$warning")
            return
        try:
            self.resolution.write()
        except PlannerError as error:
            hint = f"; {error.hint}" if error.hint else ""
            self._say(f"Not saved: {error.message}{hint}", "$critical")
            return
        self.written = True
        self._show()
        self._say(f"Written. Next: {self.next_step}", "bold $good")


def shown(question: Conflict, side: Side) -> str:
    """What a side has, as the file would say it."""
    if question.label == "file":
        return "\n".join(file_phrases(question, side))
    value = getattr(question, side)
    if value is None:
        return "(not there)"
    if not question.kind:
        return str(value).rstrip("\n") or "(nothing)"
    if not question.key and isinstance(value, Mapping):
        return "\n".join(f"{key} = {_toml(each)}" for key, each in value.items()) or "(empty)"
    return _toml(value)


def _toml(value: Any) -> str:
    try:
        return render(value)
    except (TypeError, ValueError):
        return str(value)


def _one_line(question: Conflict, side: Side | None) -> str:
    lines = "" if side is None else shown(question, side)
    first, more, _ = lines.partition("\n")
    return visible(first) + (" …" if more else "")


def _wrapped(text: str, width: int) -> list[str]:
    lines = visible(text, keep_newlines=True).split("\n")
    parts = [part for line in lines for part in wrap(line, width) or [""]]
    return parts if len(parts) <= LINES else [*parts[:LINES], "…"]


def resolve(
    resolution: MergeResolution,
    theme: str | None = None,
    *,
    mouse: bool = True,
    glyphs: str | None = None,
) -> int:
    """Ask a person; 0 where the file was written, 1 where it was left as it was."""
    app = ResolveApp(resolution, theme)
    app.run(mouse=mouse, glyphs=glyphs)
    if app.fault is not None:
        raise app.fault
    return app.return_code or int(not app.written)
