"""Saving what is shown as a view: under a name, also over one that is there, which asks."""

from __future__ import annotations

from textual.content import Content

from planner.entry.draft import Draft
from planner.entry.saved_views import saved_view, view_called
from planner.entry.shapes import Field
from planner.query.arrangement import Arrangement, arrangement_of
from planner.session.session import Session
from planner.text.edits import Edit
from planner.text.visible import visible
from planner.tui.dialogs.ask import Sure
from planner.tui.dialogs.edit_dialog import EditDialog

NAME = Field(key="name", shape="text", required="what is it called?")


class SaveViewDialog(EditDialog):
    """A name for what is shown; returns the edit that saves it. `now` is the view in force."""

    keys = (("enter", "save"), ("esc", "cancel"))
    idle = "A saved view needs a name"
    types_over = True

    def __init__(self, session: Session, wanted: Arrangement, now: str | None) -> None:
        draft = Draft(session.plan, "", None, fields=(NAME,))
        view = session.plan.roadmap.views.get(now or "")
        draft.texts[NAME.key] = visible(view.label) if view is not None else ""
        super().__init__(session, draft, (NAME,))
        self.wanted = wanted

    @property
    def name_typed(self) -> str:
        """The name, as it is typed."""
        return self.draft.texts[NAME.key].strip()

    @property
    def id_meant(self) -> str:
        """The id of the view."""
        return view_called(self.session.plan, self.name_typed)

    def heading(self) -> Content:
        """What is asked."""
        return Content("Save as a view")

    def about(self) -> Content:
        """What is saved, and under which id."""
        said = [visible(self.wanted.query or "all rows"), self.wanted.said]
        if self.wanted.columns:
            said.append(f"columns {', '.join(self.wanted.columns)}")
        lines = [Content.assemble((" · ".join(said), "$text"))]
        if self.name_typed:
            there = self.id_meant in self.session.plan.roadmap.views
            words = "replaces the view of that id" if there else "a new view"
            lines.append(Content.assemble((f"[views.{self.id_meant}]  {words}", "$dim")))
        return Content("\n").join([*lines, Content("")])

    def edit(self) -> Edit | None:
        """The view; None until it has a name."""
        if not self.name_typed:
            return None
        return saved_view(self.session.plan, self.name_typed, self.wanted)

    def sure(self) -> Sure | None:
        """Whether another view may go that has this name."""
        view = self.session.plan.roadmap.views.get(self.id_meant)
        if view is None or arrangement_of(view) == self.wanted:
            return None
        had = arrangement_of(view)
        detail = f"It is {had.query or 'all rows'}, {had.said}"
        return Sure(f"Replace the saved view {visible(view.id)}?", "Replace", detail)
