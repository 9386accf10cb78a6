"""What stands above and below the page of the report, and above its asks: names and dates."""

from __future__ import annotations

from datetime import date

from planner.pages.report import NUMBERS
from planner.roadmap.figures import date_text, listed
from planner.roadmap.output_report import AskShown, ReportShown, WhoRow
from planner.roadmap.sides import JOINT

NO_YEAR = date.min
"""A year that no date is of, so that each has its own."""


def subtitle(shown: ReportShown) -> str:
    """``the joint roadmap of Marketing and IT``."""
    sides = [title for side, title in shown.sides.items() if side != JOINT]
    return f"the joint roadmap of {listed(sides)}" if len(sides) > 1 else "the roadmap"


def status(shown: ReportShown) -> str:
    """``As of 22 Mar 2027, next joint roadmap review 25 Mar``."""
    said = f"As of {date_text(shown.as_of, NO_YEAR)}"
    if shown.meeting is None:
        return said
    return f"{said}, next {meeting_name(shown)} {date_text(shown.meeting.day, shown.as_of)}"


def meeting_name(shown: ReportShown) -> str:
    """The title of the joint meeting as it stands in a sentence."""
    title = shown.meeting.title if shown.meeting is not None else ""
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"


def asks_heading(shown: ReportShown) -> str:
    """``Five asks, each wanted by the joint roadmap review``."""
    number = len(shown.asks)
    asks = f"{NUMBERS[number]} ask{'' if number == 1 else 's'}"
    if not number:
        return "Nothing is asked for"
    if shown.meeting is None:
        return asks
    return f"{asks}, {'each ' if number > 1 else ''}wanted by the {meeting_name(shown)}"


def names(ask: AskShown) -> list[str]:
    """Who answers, by name."""
    return [one.name for one in ask.who]


def belongs(ask: AskShown) -> str:
    """``Identity and access, IT``; of those in no team their roles: ``CMO, CIO``."""
    return ", ".join(dict.fromkeys(filter(None, map(_of, ask.who))))


def _of(one: WhoRow) -> str:
    if one.team is None and one.role:
        return one.role
    return ", ".join(each for each in (one.team, one.side) if each and each != one.name)


def by(shown: ReportShown, ask: AskShown) -> str:
    """The day by which an answer is wanted."""
    return date_text(ask.answer_by, shown.as_of) if ask.answer_by is not None else "soon"


def more_asks(shown: ReportShown) -> str:
    """What is left out; empty where nothing is."""
    number = shown.more_asks
    return f"{number} more {'waits' if number == 1 else 'wait'} for an answer." if number else ""


def footer(shown: ReportShown) -> str:
    """``Acme 2027 as of 22 Mar 2027, revision cb95c96. Days are working days.``"""
    revision = f", revision {shown.revision}" if shown.revision else ""
    day = date_text(shown.as_of, NO_YEAR)
    return f"{shown.title} as of {day}{revision}. Days are working days."
