"""The name of a new branch."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from planner.text.editing import to_edit
from planner.text.visible import visible
from planner.tui.dialogs.editors import OneLine
from planner.tui.dialogs.panel import Dialog


class BranchDialog(Dialog[str | None]):
    """Returns the name, None on escape. `wrong` says why the last one was not taken."""

    DEFAULT_CSS = """
    BranchDialog .told { height: auto; margin-bottom: 1; color: $dim; }
    BranchDialog .told.-wrong { color: $critical; }
    """
    keys = (("enter", "make the branch"), ("esc", "cancel"))
    widest = 72

    def __init__(self, name: str, wrong: str = "") -> None:
        super().__init__()
        self.name_before, self.wrong = name, wrong

    def heading(self) -> Content:
        """What is asked."""
        return Content("Keep the what-if as which branch?")

    def body(self) -> ComposeResult:
        """The name, and what the branch will be."""
        yield OneLine(to_edit(self.name_before), "sso-8w", self._catch)
        told = self.wrong or "One commit on HEAD with the roadmap's files; nothing is checked out"
        classes = "told -wrong" if self.wrong else "told"
        yield Static(Content(visible(told)), classes=classes, markup=False)

    def on_mount(self) -> None:
        """Type at once, over what is proposed."""
        self.query_one(OneLine).focus()
        self.query_one(OneLine).select_all()

    def _catch(self, event: events.Key) -> bool:
        if event.key != "enter":
            return False
        self.dismiss(self.query_one(OneLine).typed.strip())
        return True
