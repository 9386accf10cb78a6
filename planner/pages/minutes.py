"""The minutes in Markdown: what was agreed, decided and promised, who said it and who typed it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from planner.pages.agenda import flowed
from planner.pages.asks import plain_markdown
from planner.plan.model import Plan
from planner.roadmap.figures import date_text, day_of_week
from planner.roadmap.output_minutes import MinuteAct, MinuteRow, MinutesShown
from planner.text.visible import visible

TITLES: dict[MinuteAct, str] = {
    "agreed": "Agreed",
    "countered": "Counter-proposals",
    "declined": "Declined",
    "decided": "Decided",
    "waived": "Waived",
    "assigned": "Accountable from now on",
    "action": "Actions",
    "done": "Actions done",
    "reviewed": "Reviewed",
    "measured": "Measured",
    "announced": "Announced",
    "asked": "Asked",
    "promised": "Promised",
    "accepted": "Accepted",
    "not accepted": "Not accepted",
    "closed": "Closed",
}


def who_text(row: MinuteRow) -> str:
    """``Elena Voss (recorded by Ruth Adler)``; one name where both are one, empty where neither is
    known.
    """
    said = visible(row.said.name) if row.said is not None else ""
    typed = visible(row.typed or "")
    if not typed or said == typed:
        return said
    return f"{said} (recorded by {typed})" if said else f"recorded by {typed}"


def said_text(row: MinuteRow) -> str:
    """``by 5 Aug: the agency has people again``: what was said, and the reason."""
    return visible(": ".join(filter(None, (row.text, row.reason))))


def minutes_markdown(plan: Plan, shown: MinutesShown, width: int) -> Iterator[str]:
    """The whole page."""
    yield from _head(plan, shown, width)
    for act, together in groupby(shown.rows, lambda row: row.act):
        yield ""
        yield f"## {TITLES[act]}"
        yield ""
        for row in together:
            yield from flowed(_parts(row), width, "- ", "  ")
    if shown.unknown is not None:
        yield ""
        yield from flowed([f"Not known: {plain_markdown(visible(shown.unknown))}."], width)


def _parts(row: MinuteRow) -> list[str]:
    subject = f"**{plain_markdown(visible(row.subject))}**"
    who = plain_markdown(who_text(row))
    told = f"{subject} {plain_markdown(said_text(row))}".rstrip()
    return [told, *([f"*{who}*"] if who else [])]


def _head(plan: Plan, shown: MinutesShown, width: int) -> Iterator[str]:
    of = (
        f"of {day_of_week(shown.held, date.min)}"
        if shown.held
        else f"since {date_text(shown.since, date.min)}"
    )
    yield f"# {plain_markdown(visible(plan.roadmap.title))}: minutes {of}"
    yield ""
    if about := [*_about(plan, shown)]:
        yield from flowed(about, width)
    if not shown.rows:
        yield ""
        known = "" if shown.unknown is None else " that is known"
        yield f"Nothing{known} was recorded."


def _about(plan: Plan, shown: MinutesShown) -> Iterator[str]:
    if shown.meeting_title is not None:
        yield f"**{plain_markdown(visible(shown.meeting_title))}**"
    if not shown.held:
        yield f"what the file records since {date_text(shown.since, plan.as_of)}"
