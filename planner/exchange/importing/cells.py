"""One cell of a row, by the meaning of its column: what it says of the work of its row."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from msgspec.structs import replace

from planner.exchange.importing import parties
from planner.exchange.importing.amounts import read_money, read_share
from planner.exchange.importing.building import MOST_TITLE, plain
from planner.exchange.importing.choices import (
    flag_of,
    is_milestone,
    kind_of,
    priority_of,
    status_of,
)
from planner.exchange.importing.days import NoDay, Span, read_day, read_period
from planner.exchange.importing.durations import read_duration
from planner.exchange.importing.headings import ERROR, Heading, letter
from planner.exchange.importing.linking import NOTHING
from planner.exchange.importing.owncells import own_value
from planner.exchange.importing.work import Work
from planner.exchange.sheets.sheet import Cell

_NO_WORDS = "- – — -- --- . / ./. n/a na n.a. k.a. nv nc nod none null keine keiner"
_DASHES = frozenset(_NO_WORDS.split())
_OPEN = """
n/d s/d tbd tbc tba tbd. t.b.d. ? ?? ??? xx unklar unknown inconnu desconocido offen? noch+offen
zu+klären wird+geklärt nicht+bekannt to+be+defined to+be+confirmed to+be+decided not+yet+known
à+définir à+confirmer à+préciser por+definir por+confirmar a+definir sin+definir
pendiente+de+definir
"""
_UNKNOWN = frozenset(word.replace("+", " ") for word in _OPEN.split())
_NO_MILESTONE = frozenset(("-", "–", "—"))
_AS_TEXT = frozenset(("title", "notes", "key"))
"""The meanings for which a dash or a question mark is a text like others."""
_NAMES = frozenset(
    ("portfolio", "owner", "team", "person", "responsible", "uses", "changes", "introduces",
     "retires", "processes", "outcomes", "tags", "part_of", "vendor", "kind", "needs", "blocks")
)  # fmt: skip
"""The meanings whose cells have a letter or a figure at least."""


class Told(NamedTuple):
    """A cell that says something, under its heading; `text` has no character that hides."""

    heading: Heading
    cell: Cell
    text: str


def read_cell(work: Work, heading: Heading, cell: Cell) -> None:
    """Takes what one cell says."""
    text = plain(cell.text)
    if cell.note:
        _comment(work, heading, plain(cell.note))
    if cell.link and heading.meaning:
        work.address(cell.link)
    if not text:
        if cell.text:
            work.columns.aside(heading, "nothing that can be seen", work.row)
        return
    if heading.meaning is None or _says_nothing(work, heading, text):
        return
    if ERROR.fullmatch(text):
        work.lose(heading, text, "an error of the spreadsheet")
    elif text.startswith("=") and len(text) > 1 and heading.meaning not in _AS_TEXT:
        work.lose(heading, text, "a formula whose result the file does not have")
    elif heading.own or heading.meaning not in _READERS:
        _own(work, Told(heading, cell, text))
    else:
        _READERS[heading.meaning](work, Told(heading, cell, text))


def _says_nothing(work: Work, heading: Heading, text: str) -> bool:
    small = text.casefold()
    if heading.meaning in _AS_TEXT or heading.own:
        return False
    if heading.meaning in ("needs", "blocks") and small in NOTHING:
        work.columns.aside(heading, f"“{text}” read as none", work.row)
        return True
    if small in _DASHES and (heading.meaning != "milestone"):
        work.columns.aside(heading, f"“{text}” read as empty", work.row)
        return True
    if small in _UNKNOWN or (heading.meaning in _NAMES and not re.search(r"[^\W_]", text)):
        work.lose(heading, text, "not known yet" if small in _UNKNOWN else "no name")
        return True
    return False


def _comment(work: Work, heading: Heading, words: str) -> None:
    if words:
        work.notes.append(f"{heading.text or letter(heading.column)}: {words}")
        work.texts.append((heading, words, "note"))


def _own(work: Work, told: Told) -> None:
    """A cell in the format's own words."""
    heading, cell, text = told.heading, told.cell, told.text
    assert heading.meaning is not None
    value = own_value("initiatives", heading.meaning, cell)
    if value is None:
        work.lose(heading, text, f"not what `{heading.meaning}` may be")
    else:
        work.values[heading.meaning] = value


def _title(work: Work, told: Told) -> None:
    heading, text = told.heading, told.text
    words = " ".join(text.split())
    if "\n" in text or len(words) > MOST_TITLE:
        work.notes.append(text)
    if len(words) > MOST_TITLE:
        end = max(words.rfind(" ", 40, MOST_TITLE), 0) or MOST_TITLE - 1
        words = words[:end].rstrip(" ,;:–-") + "…"
        work.lose(heading, text, "a long title is cut; the notes have the whole of it")
    work.title = words
    work.texts.append((heading, text, "title"))


def _key(work: Work, told: Told) -> None:
    text = told.text
    work.key = " ".join(text.split())
    if re.match(r"https?://\S+$", text):
        work.address(text)
        work.key = text.rstrip("/").rpartition("/")[2]


def _portfolio(work: Work, told: Told) -> None:
    work.department = " ".join(told.text.split())


def _team(work: Work, told: Told) -> None:
    work.teams += parties.named(told.text)


def _parties(work: Work, told: Told) -> None:
    """A column of owners: teams or people, as their names look."""
    heading, text = told.heading, told.text
    for name in parties.named(text):
        clear = parties.is_person(name) or not parties.is_team(name)
        if parties.is_person(name) or (clear and heading.column in work.columns.people):
            _one_person(work, name, heading)
        elif heading.meaning == "owner":
            work.teams.append(name)
        else:
            work.add("responsible", work.draft.named("teams", name))


def _people(work: Work, told: Told) -> None:
    heading, text = told.heading, told.text
    names = parties.named(text)
    if all("@" in name for name in names) and len(names) == len(work.persons):
        pairs = zip(work.persons, names, strict=True)
        work.persons = [(replace(p, email=p.email or parties.person(n).email)) for p, n in pairs]
        return
    for name in names:
        _one_person(work, name, heading)


def _one_person(work: Work, name: str, heading: Heading) -> None:
    person = parties.person(name)
    if person.share:
        work.lose(heading, name, f"the share of {person.share} is not carried over")
    work.persons.append(person)


def _day(work: Work, told: Told) -> None:
    heading, cell, text = told.heading, told.cell, told.text
    order, _ = work.columns.ordering.orders[work.columns.table.sheet.title, heading.column]
    near = work.columns.ordering.near
    if heading.detail == "w" and re.fullmatch(r"\d{1,2}", text):
        text = f"{text}. KW"
        cell = Cell(text)
    read = read_day(cell, order, near)
    if isinstance(read, NoDay) and not isinstance(cell.value, (date, int, float)):
        longer = read_period(text, order or "dmy", near)
        read = longer if isinstance(longer, Span) else read
    if heading.meaning == "period" and not isinstance(cell.value, (date, int, float)):
        read = read_period(text, order or "dmy", near)
    if isinstance(read, NoDay):
        work.lose(heading, text, read.why)
        return
    _tell(work, heading, cell, text, read)
    for meaning in ("start", "end") if heading.meaning == "period" else (heading.meaning or "",):
        known = work.days.setdefault(meaning, (read, heading))
        if known[1] is not heading:
            work.lose(heading, text, f"“{known[1].text}” gives the {meaning}")


def _tell(work: Work, heading: Heading, cell: Cell, text: str, read: Span) -> None:
    """What was taken of a cell that says less, or more, than a day."""
    if read.guessed:
        year = read.first.year
        work.columns.aside(heading, f"a date without a year read as one of {year}", work.row)
    if read.period and heading.meaning != "period":
        which = "first" if heading.meaning in ("start", "actual_start") else "last"
        day = read.first if which == "first" else read.last
        work.lose(heading, text, f"read as its {which} day, {day.isoformat()}")
    if isinstance(cell.value, (int, float)) or re.fullmatch(r"\d{5}", text):
        work.columns.aside(heading, "a number read as a date of Excel", work.row)
    if isinstance(cell.value, datetime) and (cell.value.hour or cell.value.minute):
        work.columns.aside(heading, "the time of day is left out", work.row)


def _length(work: Work, told: Told) -> None:
    heading, text = told.heading, told.text
    found = read_duration(text, heading.detail)
    if found is None:
        work.lose(heading, text, "no duration")
        return
    if not found.unit:
        unit = _UNITS.get(heading.detail, "working days")
        work.columns.aside(heading, f"numbers read as {unit}", work.row)
    if "m" in (found.unit, "" if found.unit else heading.detail):
        work.draft.note("A month of duration is counted as 20 working days.")
    if found.least is not None:
        shown = "/".join(found.estimate)
        work.lose(heading, text, f"a range: optimistic, likely, pessimistic {shown}")
    work.lengths[heading.meaning or ""] = (found, heading, text)


def _progress(work: Work, told: Told) -> None:
    heading, cell, text = told.heading, told.cell, told.text
    if heading.column in work.columns.fractions and isinstance(cell.value, (int, float)):
        text = f"{round(100 * float(cell.value), 2):g}"
        work.columns.aside(heading, "parts of 1 read as per cent", work.row)
    flag = None if re.search(r"\d", text) else flag_of(text)
    if flag is False:
        work.columns.aside(heading, f"“{text}” read as not done", work.row)
        return
    share = 100.0 if flag else read_share(text)
    if share is None:
        work.lose(heading, text, "no per cent from 0 to 100")
    else:
        work.values["percent_complete"] = int(share) if share == int(share) else share


def _status(work: Work, told: Told) -> None:
    heading, text = told.heading, told.text
    status = None if text.endswith("?") else status_of(text)
    if flag_of(text) is False:
        work.columns.aside(heading, f"“{text}” read as not done", work.row)
        return
    if status is not None:
        work.values["status"] = status
        return
    if is_milestone(text):
        work.milestone = True
        work.columns.aside(heading, f"“{text}” read as a milestone", work.row)
        return
    if (share := read_share(text)) is not None and "%" in text:
        work.values.setdefault("percent_complete", int(share) if share == int(share) else share)
        return
    work.lose(heading, text, "no known status")


def _priority(work: Work, told: Told) -> None:
    heading, text = told.heading, told.text
    priority = priority_of(text)
    if priority:
        work.values["priority"] = priority
    elif priority is None:
        work.lose(heading, text, "no priority from 1 to 5")
    else:
        work.columns.aside(heading, f"“{text}” read as none", work.row)


def _cost(work: Work, told: Told) -> None:
    heading, cell, text = told.heading, told.cell, told.text
    money = read_money(text, heading.detail)
    if isinstance(cell.value, (int, float)) and cell.value >= 0 and math.isfinite(cell.value):
        money = read_money(f"{cell.value:.2f}", heading.detail)
    if money is None:
        work.lose(heading, text, "no amount of money")
        return
    if money.currency and money.currency != work.draft.currency:
        work.lose(heading, text, f"the other amounts are in {work.draft.currency}")
        return
    amount = money.amount
    work.values["cost"] = list(amount) if isinstance(amount, tuple) else amount


def _named(work: Work, told: Told) -> None:
    """Systems, data or outcomes, each with a table of its own."""
    heading, text = told.heading, told.text
    key = heading.meaning or ""
    kind = {"processes": "data", "outcomes": "outcomes"}.get(key, "systems")
    apart = (
        re.compile(r"\s*[;\n|]\s*")
        if kind == "outcomes"
        else re.compile(r"\s*(?:[,;\n|]|\s/\s|\s\+\s)\s*")
    )
    for name in apart.split(text):
        if re.search(r"[^\W_]", name):
            work.add(key, work.draft.named(kind, name))


def _needs(work: Work, told: Told) -> None:
    heading, text = told.heading, told.text
    bare = re.sub(r"\s*\(https?://[^)\s]+\)", "", text)
    if bare != text:
        work.columns.aside(heading, "addresses in brackets are left out", work.row)
    work.texts.append((heading, bare, heading.meaning or ""))


def _note(work: Work, told: Told) -> None:
    heading, text = told.heading, told.text
    several = len(work.columns.table.having("notes")) > 1
    work.notes.append(f"{heading.text}: {text}" if several else text)
    work.texts.append((heading, text, "note"))


def _tags(work: Work, told: Told) -> None:
    text = told.text
    for tag in re.split(r"\s*[,;\n|]\s*", text):
        if tag.strip(" #"):
            work.add("tags", tag.strip(" #"))


def _group(work: Work, told: Told) -> None:
    heading, text = told.heading, told.text
    if work.grouped:
        work.lose(heading, text, f"another column has the group: {work.grouped}")
    else:
        work.section, work.grouped = work.draft.named("groups", text), text


def _kind(work: Work, told: Told) -> None:
    heading, text = told.heading, told.text
    kind = kind_of(text)
    if kind == "milestone":
        work.milestone = True
    elif kind is None:
        work.add("tags", text)
        work.columns.aside(heading, f"“{text}” is no kind of work: a tag", work.row)
    elif kind != "feature":
        work.values["kind"] = kind
    else:
        work.columns.aside(heading, f"“{text}” read as a feature", work.row)


def _milestone(work: Work, told: Told) -> None:
    heading, text = told.heading, told.text
    flag = flag_of(text)
    if text in ("◆", "♦"):
        flag = True
    if flag is None and text not in _NO_MILESTONE:
        _group(work, told)
    elif not flag:
        work.columns.aside(heading, f"“{text}” read as no milestone", work.row)
    work.milestone = work.milestone or bool(flag)


def _vendor(work: Work, told: Told) -> None:
    heading, text = told.heading, told.text
    work.vendors.append(text)
    work.notes.append(f"{heading.text}: {text}")


def _urls(work: Work, told: Told) -> None:
    heading, text = told.heading, told.text
    for part in re.split(r"[\s,;|]+", text):
        if re.match(r"[a-z][\w+.-]*://|www\.|[\w-]+(?:\.[\w-]+)+(?:/|$)", part, re.IGNORECASE):
            work.address(part)
        elif part:
            work.notes.append(f"{heading.text}: {text}")
            return


_UNITS = {"w": "weeks", "h": "hours of 8 a day", "m": "months of 20 days", "cd": "calendar days",
          "d": "working days"}  # fmt: skip

_READERS: Mapping[str, Callable[[Work, Told], None]] = {
    "title": _title,
    "key": _key,
    "portfolio": _portfolio,
    "team": _team,
    "owner": _parties,
    "responsible": _parties,
    "person": _people,
    **dict.fromkeys(
        ("start", "end", "deadline", "period", "actual_start", "finished", "announced"), _day
    ),
    **dict.fromkeys(("duration", "effort"), _length),
    "percent_complete": _progress,
    "status": _status,
    "priority": _priority,
    "cost": _cost,
    **dict.fromkeys(("uses", "changes", "introduces", "retires", "processes", "outcomes"), _named),
    **dict.fromkeys(("needs", "blocks"), _needs),
    "notes": _note,
    "tags": _tags,
    "part_of": _group,
    "kind": _kind,
    "milestone": _milestone,
    "vendor": _vendor,
    "urls": _urls,
}
