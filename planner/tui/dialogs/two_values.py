"""One key that was changed to two values: base, mine and theirs, for one key or for all."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from planner.text.merge import Conflict, Side
from planner.text.telling import value
from planner.text.visible import visible
from planner.tui.dialogs.ask import AskDialog

ALL = "all "
SIDES: dict[str, Side] = {"ours": "ours", "theirs": "theirs", "base": "base"}


class TwoValuesDialog(AskDialog):
    """Returns whose value counts, of the first question or of all; `answers` says it by name."""

    def __init__(self, questions: Sequence[Conflict]) -> None:
        first = questions[0]
        choices = {"ours": "Mine", "theirs": "Theirs", "base": "Before"}
        if len(questions) > 1:
            choices |= {f"{ALL}ours": f"All {len(questions)}: mine", f"{ALL}theirs": "All: theirs"}
        rows = (("before", first.base), ("mine", first.ours), ("theirs", first.theirs))
        detail = "\n".join(f"{name:<7} {_shown(found)}" for name, found in rows)
        super().__init__(
            f"Changed here and on disk: {_name(first)}",
            choices,
            "ours",
            Content(visible(detail, keep_newlines=True)),
        )
        self.questions = questions

    def answers(self, answer: str | None) -> dict[str, Side]:
        """The choices that an answer stands for; none on escape, which decides nothing."""
        if answer is None:
            return {}
        asked = self.questions if answer.startswith(ALL) else self.questions[:1]
        side: Side = SIDES[answer.removeprefix(ALL)]
        return {each.name: side for each in asked}


def _name(question: Conflict) -> str:
    return " ".join(part for part in (question.id or question.kind, *question.key) if part)


def _shown(found: object) -> str:
    return "(not there)" if found is None else value(found)
