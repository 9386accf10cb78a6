"""iCalendar (RFC 5545): work, deadlines, launches announced and freezes as events of whole days.

An event keeps its UID from one export to the next, so that a calendar updates it; DTSTAMP is the
status date. The day after the last one ends an event. Nobody is shown as busy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from planner import __version__
from planner.exchange.dated import Work, dated, undated
from planner.exchange.sheets.guard import printable
from planner.plan.model import Plan
from planner.roadmap.figures import signed
from planner.roadmap.ids import make_id

_DAY = timedelta(days=1)
_LONGEST = 75
"""Bytes in a line, without its end."""


class Event(Struct, frozen=True):
    """Something on days, the last of them included."""

    name: str
    """What it is for a calendar, the same in each export."""
    title: str
    first: date
    last: date
    about: str = ""
    category: str = ""
    is_idea: bool = False


def export(plan: Plan, ids: Sequence[str]) -> bytes:
    """The calendar of these initiatives, and of the roadmap's freezes."""
    return b"".join(_folded(line) for line in _lines(plan, ids))


def left_out(plan: Plan, ids: Sequence[str]) -> Mapping[str, int]:
    """A calendar has no links."""
    return undated(plan, ids)


def _lines(plan: Plan, ids: Sequence[str]) -> Iterator[str]:
    whose = make_id(plan.roadmap.title, (), "roadmap")
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//planner//planner {__version__}//EN"
    yield "CALSCALE:GREGORIAN"
    yield f"X-WR-CALNAME:{_escaped(plan.roadmap.title)}"
    for event in (*_of_work(plan, ids), *_of_freezes(plan)):
        yield "BEGIN:VEVENT"
        yield f"UID:{event.name}.{whose}@planner"
        yield f"DTSTAMP:{plan.as_of:%Y%m%d}T000000Z"
        yield f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.last + _DAY:%Y%m%d}"
        yield f"SUMMARY:{_escaped(event.title)}"
        if event.about:
            yield f"DESCRIPTION:{_escaped(event.about)}"
        if event.category:
            yield f"CATEGORIES:{_escaped(event.category)}"
        yield f"STATUS:{'TENTATIVE' if event.is_idea else 'CONFIRMED'}"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _of_work(plan: Plan, ids: Sequence[str]) -> Iterator[Event]:
    for work in dated(plan, ids):
        initiative, dates = work
        title, side = initiative.label, plan.roadmap.portfolio_of(initiative)
        category = plan.roadmap.side_title(side)
        yield Event(
            f"initiative-{initiative.id}",
            title,
            dates.start,
            dates.finish,
            _about(plan, work),
            category,
            dates.idea,
        )
        for what, day in (("Deadline", initiative.deadline), ("Announced", initiative.announced)):
            if day is not None:
                name = f"{what.lower()}-{initiative.id}"
                yield Event(name, f"{what}: {title}", day, day, category=category)


def _about(plan: Plan, work: Work) -> str:
    initiative, dates = work
    owner = initiative.accountable
    facts = [plan.roadmap.party_title(owner)] if owner else []
    facts.append(initiative.status)
    if dates.total_float is not None:
        facts.append(f"float {signed(dates.total_float)}d")
    if dates.critical and not dates.finished:
        facts.append("critical")
    if (late := plan.schedule.missed(initiative.id)) is not None:
        facts.append(late.late)
    return " · ".join(facts)


def _of_freezes(plan: Plan) -> Iterator[Event]:
    for freeze in plan.roadmap.freezes.values():
        if freeze.start is not None and freeze.end is not None and freeze.start <= freeze.end:
            title = f"Freeze: {freeze.label}"
            yield Event(f"freeze-{freeze.id}", title, freeze.start, freeze.end, category="Freeze")


def _escaped(text: str) -> str:
    """Text as a value: what separates values, and line ends, are escaped."""
    safe = printable(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return safe.replace("\n", "\\n").replace("\t", " ")


def _folded(line: str) -> bytes:
    """A line in pieces of bearable length, each but the first behind a blank, letters whole."""
    pieces, piece = [], b""
    for letter in line:
        more = letter.encode()
        if len(piece) + len(more) > _LONGEST:
            pieces.append(piece)
            piece = b" "
        piece += more
    return b"\r\n".join((*pieces, piece)) + b"\r\n"
