"""Mermaid: the plan as a gantt with the days that the schedule gives, for pages of Markdown.

Each bar has its first day and the day after its last one: what Mermaid would reckon itself
(`excludes`, `after`) knows none of our calendars. Names of bars are made; a text is escaped so that
no word, sign or directive in it is Mermaid's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from planner.exchange.dated import Work, sections, undated
from planner.exchange.sheets.guard import printable
from planner.plan.model import Plan

_NOT_PLAIN = re.compile(r"[^\w ,.()/+&–—-]")
_STATEMENT = re.compile(
    "title|section|click|call|href|gantt|dateformat|axisformat|tickinterval|excludes|includes"
    "|inclusiveenddates|topaxis|todaymarker|weekday|weekend|acctitle|accdescr",
    re.IGNORECASE,
)
_DAY = timedelta(days=1)
_LETTER, _MARGIN = 6, 20
"""Pixels that a heading takes beside the bars."""


def export(plan: Plan, ids: Sequence[str]) -> bytes:
    """The gantt of these initiatives."""
    return "".join(f"{line}\n" for line in _lines(plan, ids)).encode()


def left_out(plan: Plan, ids: Sequence[str]) -> Mapping[str, int]:
    """A gantt draws no links."""
    return undated(plan, ids)


def _lines(plan: Plan, ids: Sequence[str]) -> Iterator[str]:
    under = list(sections(plan, ids))
    room = max((len(heading) for heading, _ in under), default=0) * _LETTER + _MARGIN
    yield f'%%{{init: {{"gantt": {{"leftPadding": {room}}}}}}}%%'
    yield "gantt"
    yield f"    title {_text(plan.roadmap.title)}"
    yield "    dateFormat YYYY-MM-DD"
    yield "    axisFormat %e %b"
    number = 0
    for heading, rows in under:
        yield f"    section {_text(heading)}"
        for row in rows:
            number += 1
            yield f"    {_text(row[0].short or row[0].label)} :{_terms(row, number)}"


def _terms(work: Work, number: int) -> str:
    """Tags, a made name, the first day, and the day after the last one."""
    initiative, dates = work
    tags = {
        "milestone": initiative.is_milestone,
        "done": dates.finished,
        "active": dates.started and not dates.finished,
        "crit": dates.critical and not dates.finished,
    }
    said = [tag for tag, holds in tags.items() if holds]
    end = "0d" if initiative.is_milestone else (dates.finish + _DAY).isoformat()
    return ", ".join((*said, f"i{number}", dates.start.isoformat(), end))


def _text(text: str) -> str:
    """Text in one line, in which every sign that could mean something is a number.

    So is the first letter of one that would begin a statement.
    """
    words = " ".join(printable(text).split()) or "–"
    first = f"#{ord(words[0])};" if _STATEMENT.match(words) else _NOT_PLAIN.sub(_number, words[0])
    return first + _NOT_PLAIN.sub(_number, words[1:])


def _number(sign: re.Match[str]) -> str:
    return f"#{ord(sign[0])};"
