"""JSON of `asks --json`: the questions that somebody has to answer, and what became of answers.

Keys and rules as in `planner.roadmap.output`.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

AskAct = Literal[
    "agree", "take", "accept", "need", "decide", "review", "measure", "own", "why", "sign", "settle"
]
"""What is asked: agree to deliver, take other terms, accept what was delivered, say by when it is
needed, decide, review, measure, name who owns it, say why, agree to a working agreement, or settle
a conflict.
"""


class AskRow(Struct, frozen=True, kw_only=True):
    """One question. `kind` and `id` are the table it is about, `other` the supplier, the reviewer
    or the key; `side` and `team` answer it. `since` is when it was asked, `waiting` the working
    days since then; `launch` waits for it, and `week` is what a week more costs. Of a list of
    `options` one is chosen. `key` stands in the sheet, and finds the question again.
    """

    number: int
    key: str
    act: AskAct
    kind: str
    id: str
    other: str
    side: str | None
    team: str | None
    question: str
    why: str
    answers: str
    options: tuple[str, ...]
    launch: str | None
    since: date | None
    waiting: int
    due: date | None
    week: float | None


class AsksShown(Struct, frozen=True, kw_only=True):
    """`asks --json`. `left_out` are the questions that only `--all` has."""

    schema: int
    title: str
    as_of: date
    asked: str
    questions: tuple[AskRow, ...]
    left_out: int


AnswerState = Literal["understood", "recorded already", "open", "asked back"]


class AnswerRow(Struct, frozen=True, kw_only=True):
    """One row of a sheet that came back: what was answered, and what that does or why it is asked
    back. `place` is where it stands in the file.
    """

    place: str
    key: str
    answer: str
    note: str
    state: AnswerState
    said: str
    consequence: str


class AnswersShown(Struct, frozen=True, kw_only=True):
    """`asks FILE --json`. `by` is who answered; `written` says whether the roadmap was saved."""

    schema: int
    title: str
    as_of: date
    by: str | None
    answers: tuple[AnswerRow, ...]
    consequence: str
    written: bool
