"""One key that was changed to two values: base, mine and theirs, for one key or for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.content import Content

from planner.conflicts.needs import Written, parsed, set_needs, written_needs
from planner.errors import EditRefused
from planner.merge.three_way import Conflict, Side
from planner.roadmap.figures import date_text
from planner.session.session import Session
from planner.text.differences import in_full
from planner.text.edits import Edit, RemoveKey, SetKey
from planner.text.visible import visible
from planner.tui.dialogs.ask import AskDialog

ALL = "all "
SIDES: dict[str, Side] = {"ours": "ours", "theirs": "theirs", "base": "base"}


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
    rows = (("before", first.base), ("mine", first.ours), ("theirs", first.theirs))
    lines = [f"{name:<7} {_shown(found)}{_ends(first, found, session)}" for name, found in rows]
    if others:
        lines.append(f"then: {', '.join(map(_name, others))}")
    return "\n".join(lines)


def _ends(question: Conflict, found: object, session: Session) -> str:
    """``, ends 12 May 2027``: what a value does to the initiative that it stands in."""
    if question.kind != "initiatives" or not question.key or not question.id:
        return ""
    if session.plan.is_large:
        return ""
    try:
        plan = session.preview(_edit(question, found, session)).plan
    except EditRefused:
        return ""
    dates = plan.schedule.get(question.id)
    return f", ends {date_text(dates.finish, plan.as_of)}" if dates else ""


def _edit(question: Conflict, found: Any, session: Session) -> Edit:
    """What makes a value count; a link is named as in a merge, ``sso`` or ``sso SS``."""
    if question.key[0] == "needs" and len(question.key) > 1:
        kept = [found] if found is not None else []
        written = written_needs(session.plan.context, question.id)
        others = [one for one in written if not _is_link(one, question.key[1])]
        return set_needs(question.id, [*others, *kept])
    place = (question.kind, question.id, question.key)
    return RemoveKey(*place) if found is None else SetKey(*place, found)


def _is_link(written: Written, name: str) -> bool:
    need = parsed(written)
    return need is not None and name in (need.on, f"{need.on} {need.type}")


def _name(question: Conflict) -> str:
    return " ".join(part for part in (question.id or question.kind, *question.key) if part)


def _shown(found: object) -> str:
    return "(not there)" if found is None else in_full(found)
