"""Adding a dependency: the predecessor, then the kind of link; and taking one out.

The consequence of the marked predecessor is shown already, as a plain finish-to-start link.
What would make a cycle is not offered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, Static

from planner.entry.context import Around
from planner.entry.links import need_text, read_need
from planner.entry.needs import need_on, needs_of, recorded
from planner.entry.status import named
from planner.roadmap.typed import Unclear
from planner.session.session import Session
from planner.text.editing import pictured
from planner.text.edits import Edit, Edits, RemoveKey, SetKey
from planner.text.visible import visible
from planner.tui.dialogs.ask import AskDialog
from planner.tui.dialogs.consequence_line import ConsequenceLine
from planner.tui.dialogs.editors import OneLine
from planner.tui.dialogs.options import Options, columns
from planner.tui.dialogs.panel import Dialog, KeyLine, Rule
from planner.tui.dialogs.pick import PickList, candidates

KEY = ("needs",)


class NeedDialog(Dialog[Edit | None]):
    """A new dependency of one initiative; returns the edit."""

    DEFAULT_CSS = """
    NeedDialog > .panel {
        max-width: 92;
    }
    NeedDialog .note {
        height: auto;
        min-height: 1;
    }
    """

    BINDINGS = [Binding("ctrl+s", "keep", "apply", show=False, id="need.keep", priority=True)]

    picking = (("enter", "select, then the link"), ("^s", "apply"), ("esc", "cancel"))
    linking = (("enter", "apply"), ("esc", "another predecessor"))
    keys = picking

    def __init__(self, session: Session, id: str) -> None:
        super().__init__()
        self.session = session
        self.initiative = id
        self.around = Around(session.plan)
        plan = session.plan
        after = plan.network.descendants(id) | {id}
        self.before = needs_of(plan, id)
        barred = after | {need_on(each) for each in self.before}
        self.found = candidates(
            plan, [each for each in plan.roadmap.initiatives if each not in barred]
        )
        self.left_out = len(after) - 1
        self.on: str | None = None

    def heading(self) -> Content:
        """``web-push needs …``."""
        return Content.assemble(f"{visible(self.initiative)} needs ", (self.on or "…", "bold $key"))

    def body(self) -> ComposeResult:
        """Input, list, what was understood, consequence."""
        yield OneLine("", "letters of the predecessor", self._catch)
        yield PickList(self.session.plan, self.found, most=10)
        yield Static(self._left_out(), classes="note", markup=False)
        yield Rule()
        yield ConsequenceLine(self.session)

    def _left_out(self) -> Content:
        if not self.left_out:
            return Content("")
        who = "it waits" if self.left_out == 1 else "they wait"
        text = f"  {self.left_out} left out, which would close a circle: {who} for this one"
        return Content.assemble((text, "$dim"))

    def on_mount(self) -> None:
        """Type at once."""
        self.input.focus()

    @property
    def input(self) -> OneLine:
        """First the search, then the link."""
        return self.query_one(OneLine)

    @property
    def offered(self) -> PickList:
        """The predecessors that can be picked."""
        return self.query_one(PickList)

    @property
    def consequence(self) -> ConsequenceLine:
        """What the link would do."""
        return self.query_one(ConsequenceLine)

    @property
    def note(self) -> str:
        """What was understood, as text."""
        return str(self.query_one(".note", Static).content)

    # --- typing -----------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list, or read the link."""
        if self.on is None:
            self.offered.narrow(self.input.typed)
        else:
            self._weigh()

    def on_options_moved(self, event: Options.Moved) -> None:
        """What the marked predecessor would do."""
        event.stop()
        if self.on is None:
            self._weigh()

    def on_options_chosen(self, event: Options.Chosen) -> None:
        """A click on what is marked picks it."""
        event.stop()
        self._pick()

    def _weigh(self) -> None:
        read = self._read()
        if isinstance(read, Unclear):
            near = f" → {read.nearest.partition(' ')[2]}" if read.nearest else ""
            self._note(Content.assemble((f"  ✗ {visible(read.why)}", "$critical"), near))
            self.consequence.unclear("the link")
            return
        if self.on is not None and read is not None:
            self._note(Content.assemble(("  → ", "$good"), read.said))
        self.consequence.ask(self.edit())

    def _note(self, content: Content) -> None:
        self.query_one(".note", Static).update(content)

    def _read(self) -> Any:
        """The link as understood so far; None where nothing matches."""
        marked = self.offered.marked
        on = self.on or (marked.id if marked is not None else None)
        if on is None:
            return None
        link = self.input.value.strip() if self.on is not None else ""
        return read_need(f"{on} {link}".strip(), {on: ""}, self.around)

    def edit(self) -> Edit | None:
        """The edit as it stands; None where nothing is clear."""
        read = self._read()
        if read is None or isinstance(read, Unclear):
            return None
        added = SetKey("initiatives", self.initiative, KEY, [*self.before, read.value])
        return Edits((added,), f"{self.initiative} needs {need_on(read.value)}")

    # --- keys -------------------------------------------------------------------------------------

    def _catch(self, event: events.Key) -> bool:
        if event.key == "enter":
            self._pick() if self.on is None else self.action_keep()
            return True
        return self.on is None and self.offered.key(event.key)

    def _pick(self) -> None:
        marked = self.offered.marked
        if marked is not None:
            self._stage(marked.id)

    def _stage(self, on: str | None) -> None:
        self.on = on
        self.offered.display = on is None
        self.input.placeholder = (
            "letters of the predecessor" if on is None else "FS, SS, FF or SF, and +5d or -1w"
        )
        self.input.value = ""
        self.panel.border_title = self.heading()
        self.query_one(KeyLine).show(self.picking if on is None else self.linking)
        self._note(self._left_out() if on is None else Content(""))
        self._weigh()

    def action_keep(self) -> None:
        """Return the edit; what is unclear takes the nearest instead."""
        read = self._read()
        if isinstance(read, Unclear):
            if read.nearest:
                self.input.value = read.nearest.partition(" ")[2]
            return
        if read is not None:
            self.dismiss(self.edit())

    def action_leave(self) -> None:
        """Escape: from the link back to the predecessors, from there nothing is kept."""
        if self.on is None:
            self.dismiss(None)
        else:
            self._stage(None)


class UnneedDialog(Dialog[Edit | None]):
    """Takes a dependency out; returns the edit."""

    DEFAULT_CSS = """
    UnneedDialog > .panel {
        max-width: 92;
    }
    """

    keys = (("enter", "unlink"), ("↓ ↑", "select"), ("esc", "cancel"))

    def __init__(self, session: Session, id: str) -> None:
        super().__init__()
        self.session = session
        self.initiative = id
        self.before = needs_of(session.plan, id)
        into = session.plan.schedule.links_into(id) if id in session.plan.network.index else ()
        self.slack = {link.on: link for link in into}

    def heading(self) -> Content:
        """What no longer waits."""
        return Content(f"{visible(self.initiative)} · unlink a predecessor")

    def body(self) -> ComposeResult:
        """The links, and what would become of the plan without the marked one."""
        yield Options(self._line, len(self.before), 14, "no predecessors")
        yield Rule()
        yield ConsequenceLine(self.session)

    def on_mount(self) -> None:
        """The first is weighed at once."""
        self._weigh()

    @property
    def offered(self) -> Options:
        """The links."""
        return self.query_one(Options)

    @property
    def consequence(self) -> ConsequenceLine:
        """What taking it out would do."""
        return self.query_one(ConsequenceLine)

    def _line(self, at: int, width: int) -> Content:
        written = self.before[at]
        link = self.slack.get(need_on(written))
        text = pictured(need_text(written)).replace("; ", " · ")
        if link is None:
            return columns(((text, "$text", width - 12), ("no effect", "$dim", 0)))
        driving = ("drives", "$critical") if link.driving else (f"{link.slack}d slack", "$dim")
        return columns(((text, "$text", width - 12), (*driving, 0)))

    def on_options_moved(self, event: Options.Moved) -> None:
        """Weigh what is marked."""
        event.stop()
        self._weigh()

    def _weigh(self) -> None:
        self.consequence.ask(self.edit())

    def edit(self) -> Edit | None:
        """The links without the marked one."""
        if not self.before:
            return None
        removed = need_on(self.before[self.offered.at])
        return Edits(tuple(self._edits()), f"{self.initiative} no longer needs {removed}")

    def _edits(self) -> Iterator[Edit]:
        rest = [each for at, each in enumerate(self.before) if at != self.offered.at]
        if rest:
            yield SetKey("initiatives", self.initiative, KEY, rest)
        else:
            yield RemoveKey("initiatives", self.initiative, KEY)

    def _take_out(self) -> None:
        """Take the marked one out; asks where something was said about it."""
        facts = recorded(self.before[self.offered.at])
        if not facts:
            self.dismiss(self.edit())
            return

        def answered(answer: str | None) -> None:
            if answer == "take":
                self.dismiss(self.edit())

        choices = {"leave": "Cancel", "take": "Unlink"}
        ask = AskDialog(
            "Unlink and remove what is recorded?", choices, "leave", visible(named(facts))
        )
        self.app.push_screen(ask, answered)

    def on_key(self, event: events.Key) -> None:
        """Arrows and j k move, enter takes the marked one out."""
        moved = {"j": "down", "k": "up"}.get(event.key, event.key)
        if event.key == "enter" and self.before:
            self._take_out()
        elif not self.offered.key(moved):
            return
        event.stop()

    def on_options_chosen(self, event: Options.Chosen) -> None:
        """A click on what is marked takes it out."""
        event.stop()
        self._take_out()
