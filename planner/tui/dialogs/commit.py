"""What would be committed, in words or as text, and the message for it."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from planner.roadmap.figures import count
from planner.session.committing import Draft
from planner.text.editing import to_edit
from planner.text.visible import visible
from planner.tui.dialogs.editors import OneLine
from planner.tui.dialogs.panel import Dialog, KeyLine, Rule

SCROLLS = {"down": 1, "up": -1, "pagedown": 10, "pageup": -10}
LOOKS = {"+": "$good", "-": "$critical", "@": "$dim"}
"""What a line of a patch looks like, by how it begins."""
FRAME = 10
"""Lines that frame, notes, message and keys take."""


class CommitDialog(Dialog[str | None]):
    """Returns the message, None on escape. What has no room in a proposed subject stays below it,
    as long as the subject is left as it is.
    """

    DEFAULT_CSS = """
    CommitDialog .difference, CommitDialog .notes { height: auto; }
    CommitDialog .notes { color: $warning; }
    CommitDialog .label { height: 1; color: $dim; }
    """

    widest = 110

    def __init__(self, draft: Draft, unsaved: int) -> None:
        super().__init__()
        self.draft = draft
        self.as_text = False
        """Whether the difference is shown as text, and not in words."""
        self._does = "save and commit" if unsaved else "commit"
        subject, _, self._body = draft.message.partition("\n")
        self._subject = subject

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:  # type: ignore[override]
        """What works here."""
        shows = "in words" if self.as_text else "as text"
        return (("enter", self._does), ("tab", shows), ("↓ ↑", "scroll"), ("esc", "cancel"))

    def heading(self) -> Content:
        """How much, and where."""
        found = self.draft.found
        where = "" if found.detached else f" on {found.branch}"
        return Content(visible(f"Commit {count(len(found.files), 'file')}{where}"))

    def body(self) -> ComposeResult:
        """The difference, what is to be known before, and the message."""
        with VerticalScroll(classes="scroll", can_focus=False):
            yield Static(self._difference(), classes="difference", markup=False)
        yield Rule()
        notes = "\n".join(f"▲ {visible(each)}" for each in self.draft.found.notes)
        if notes:
            yield Static(Content(notes), classes="notes", markup=False)
        yield Static("message", classes="label", markup=False)
        yield OneLine(to_edit(self._subject), "what changed, and why", self._catch)

    def on_mount(self) -> None:
        """Type at once, over what is proposed; an arrow goes on from it."""
        self.query_one(OneLine).focus()
        self.query_one(OneLine).select_all()
        self._fit()

    def on_resize(self) -> None:
        """The difference scrolls; message and keys always fit."""
        self._fit()

    def _fit(self) -> None:
        room = self.size.height - FRAME - len(self.draft.found.notes)
        self.query_one(".scroll").styles.max_height = max(2, room)

    def _difference(self) -> Content:
        if not self.as_text:
            return Content("\n").join(map(Content, self.draft.words))
        lines = (visible(line) for line in self.draft.patch.splitlines())
        return Content("\n").join(
            Content.styled(line, LOOKS.get(line[:1], "$text")) for line in lines
        )

    def _catch(self, event: events.Key) -> bool:
        """Keys of the difference, before the message has them."""
        if event.key == "tab":
            self.as_text = not self.as_text
            self.query_one(".difference", Static).update(self._difference())
            self.query_one(".scroll", VerticalScroll).scroll_home(animate=False)
            self.query_one(KeyLine).show(self.keys)
        elif event.key in SCROLLS:
            self.query_one(".scroll").scroll_relative(y=SCROLLS[event.key], animate=False)
        else:
            return False
        return True

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """That is the message."""
        event.stop()
        subject = self.query_one(OneLine).typed.strip()
        if not subject:
            self.query_one(KeyLine).say(Content.styled("▲ A commit needs a message   ", "$warning"))
            return
        body = f"\n{self._body}" if subject == self._subject.strip() and self._body else ""
        self.dismiss(f"{subject}{body}")
