"""What is said of answers that came back in a sheet: what each does, and what is asked back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from planner.roadmap.figures import count
from planner.roadmap.output_asks import AnswerRow
from planner.text.visible import visible

MOST = 60
"""Characters of an answer that are shown."""


def answer_lines(rows: Sequence[AnswerRow]) -> Iterator[str]:
    """The answers that are understood, each with what follows from it; what is recorded already;
    then what is asked back, by row.
    """
    for row in _those(rows, "understood"):
        yield f"{row.place}: {_short(row.answer)} → {visible(row.said)}"
        if row.consequence:
            yield f"  {row.consequence}"
    for row in _those(rows, "recorded already"):
        yield f"{row.place}: {_short(row.answer)} → {visible(row.said)}"
    back = list(_those(rows, "asked back"))
    if back:
        yield f"Asked back, {count(len(back), 'answer')}:"
    for row in back:
        yield f"  {row.place}: {_short(row.answer)}: {visible(row.said)}"
    open_ = sum(1 for _ in _those(rows, "open"))
    if open_:
        yield f"{count(open_, 'question')} not answered"


def _those(rows: Iterable[AnswerRow], state: str) -> Iterator[AnswerRow]:
    return (row for row in rows if row.state == state)


def _short(text: str) -> str:
    """``“yes, by 20 May”``, cut where it is long."""
    words = " ".join(text.split())
    return f"“{visible(words[:MOST])}{'…' if len(words) > MOST else ''}”"
