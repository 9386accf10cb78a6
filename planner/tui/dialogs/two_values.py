"""One key that was changed to two values: base, mine and theirs, for one key or for all."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from planner.errors import PlannerError
from planner.merge.three_way import Conflict, Side
from planner.plan.model import plan_of
from planner.roadmap.figures import date_text
from planner.session.session import Session
from planner.text.differences import in_full
from planner.text.visible import visible
from planner.tui.dialogs.ask import AskDialog

ALL = "all "
NAMES: dict[Side, str] = {"base": "before", "ours": "mine", "theirs": "theirs"}
SIDES: dict[str, Side] = {side: side for side in NAMES}


class TwoValuesDialog(AskDialog):
    """Returns whose value counts, of the first question or of all; `answers` says it by name.

    Each value stands with the day that it gives, where it moves any.
    """

    keys = (("m t b", "choose"), ("↑ ↓ enter", "the same"), ("esc", "cancel"))

    def __init__(self, questions: Sequence[Conflict], session: Session) -> None:
        first = questions[0]
        choices = {"ours": "Mine", "theirs": "Theirs", "base": "Before"}
        if (count := len(questions)) > 1:
            choices |= {
                f"{ALL}ours": f"All {count}: mine",
                f"{ALL}theirs": f"All {count}: theirs",
            }
        super().__init__(
            f"Changed here and on disk: {_name(first)}",
            choices,
            "ours",
            Content(visible(_told(questions, session), keep_newlines=True)),
        )
        self.questions = questions

    def answers(self, answer: str | None) -> dict[str, Side]:
        """The choices that an answer stands for; none on escape, which decides nothing."""
        if answer is None:
            return {}
        asked = self.questions if answer.startswith(ALL) else self.questions[:1]
        side: Side = SIDES[answer.removeprefix(ALL)]
        return {each.name: side for each in asked}


def _told(questions: Sequence[Conflict], session: Session) -> str:
    first, *others = questions
    lines = [
        f"{name:<7} {_shown(getattr(first, side))}{_ends(first, side, session)}"
        for side, name in NAMES.items()
    ]
    if others:
        lines.append(f"then: {', '.join(map(_name, others))}")
    return "\n".join(lines)


def _ends(question: Conflict, side: Side, session: Session) -> str:
    """``, ends 12 May 2027``: what a value does to the initiative that it stands in."""
    if question.kind != "initiatives" or not (question.id and question.key):
        return ""
    if session.plan.is_large:
        return ""
    try:
        text = session.working_copy.with_choices(session.workspace, {question.name: side})
        plan = plan_of(text, session.clock, session.plan.evidence)
    except PlannerError:
        return ""
    dates = plan.schedule.get(question.id)
    return f", ends {date_text(dates.finish, plan.as_of)}" if dates else ""


def _name(question: Conflict) -> str:
    return " ".join(part for part in (question.id or question.kind, *question.key) if part)


def _shown(found: object) -> str:
    return "(not there)" if found is None else in_full(found)
