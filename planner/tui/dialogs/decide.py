"""Deciding: one of the options, or words of one's own, with the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from textual.content import Content

from planner.entry.deciding import decided
from planner.entry.draft import Draft
from planner.entry.shapes import Field
from planner.pages import signs
from planner.roadmap.figures import date_text
from planner.roadmap.typed import Unclear, Understood
from planner.session.session import Session
from planner.text.edits import Edit
from planner.text.visible import visible
from planner.tui.dialogs.ask import Sure
from planner.tui.dialogs.edit_dialog import EditDialog
from planner.tui.dialogs.options import columns

DAY = Field(key="decided", shape="date", required="when?")
WORDS = Field(key="choice", shape="text", required="what was decided?")
OTHER = "something else"


class DecideDialog(EditDialog):
    """The options of a decision, and one for what is none of them; returns the edit."""

    types_over = True
    keys = (
        ("enter", "apply"),
        ("↓ ↑", "which"),
        ("type", "a date or words"),
        ("esc", "cancel"),
    )
    beside = 3

    def __init__(self, session: Session, id: str) -> None:
        self.decision = session.plan.roadmap.decisions[id]
        self.choices_made = (*self.decision.options, OTHER)
        draft = Draft(session.plan, "", None, fields=(DAY, WORDS))
        draft.texts[DAY.key] = session.plan.as_of.isoformat()
        chosen = self.decision.choice
        at = self.choices_made.index(chosen) if chosen in self.decision.options else 0
        super().__init__(session, draft, (DAY,), len(self.choices_made), at)

    def heading(self) -> Content:
        """What is decided."""
        return self.titled("decisions", self.decision.id, "decide")

    def choice(self, at: int, width: int) -> Content:
        """One option, and whether it is what was chosen before."""
        option = self.choices_made[at]
        now = "now" if option == self.decision.choice else ""
        return columns(
            (
                (signs.AGREED if option != OTHER else "·", "$good", 1),
                (visible(option), "$text", max(10, width - 8)),
                (now, "$dim", len(now)),
            )
        )

    @property
    def is_other(self) -> bool:
        """Whether none of the options is marked."""
        return self.options.at == len(self.choices_made) - 1

    def about(self) -> Content:
        """Who decides, and what waits for it."""
        plan, one = self.session.plan, self.decision
        waits = [each.id for each in plan.context.open if one.id in each.awaits]
        said = [plan.roadmap.party_title(one.owner)] if one.owner else []
        said += [f"needed by {date_text(one.needed_by, plan.as_of)}"] if one.needed_by else []
        said += [f"{', '.join(waits)} waits" if len(waits) == 1 else f"{len(waits)} wait"] * bool(
            waits
        )
        return Content.styled(visible(" · ".join(said)), "$dim")

    def asked(self) -> Field | None:
        """The day; of something else the words."""
        return WORDS if self.is_other else DAY

    def edit(self) -> Edit | None:
        """The decision; None where the day or the words are not said."""
        day, words = self.draft.read(DAY.key), self.draft.read(WORDS.key)
        when = day.value if isinstance(day, Understood) else None
        text = words.value if isinstance(words, Understood) else None
        choice = text if self.is_other else self.choices_made[self.options.at]
        if not isinstance(when, date) or not choice:
            return None
        return decided(self.decision.id, choice, when)

    def lacks(self) -> Mapping[str, Unclear]:
        """Something else has to be said."""
        if self.is_other and not self.draft.texts[WORDS.key].strip():
            return {WORDS.key: Unclear("what was decided?")}
        return super().lacks()

    def sure(self) -> Sure | None:
        """What is decided already changes only where that is meant."""
        before = self.decision.decided
        if before is None:
            return None
        return Sure(
            f"Decided on {before} already: replace it?", "Replace", self.decision.choice or ""
        )
