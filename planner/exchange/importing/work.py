"""One row of a sheet as an initiative: each cell by its column's meaning, then all together."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from msgspec.structs import replace

from planner.analysis.importing import SheetDates
from planner.exchange.importing import parties
from planner.exchange.importing.amounts import currency_in, read_money, read_share
from planner.exchange.importing.building import MOST_TITLE, Draft, plain
from planner.exchange.importing.choices import colour_of, flag_of, kind_of, priority_of, status_of
from planner.exchange.importing.days import NoDay, Span, read_day, read_period, working_days
from planner.exchange.importing.durations import Duration, read_duration
from planner.exchange.importing.headings import ERROR, Headed, Heading, letter
from planner.exchange.importing.linking import NOTHING, Text
from planner.exchange.importing.ordering import Ordering
from planner.exchange.importing.owncells import own_value
from planner.exchange.sheets.sheet import Cell
from planner.roadmap.sides import title_of

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


class Columns:
    """What the columns of one sheet need to read a cell, and what is found out meanwhile."""

    def __init__(self, table: Headed, order: Ordering, draft: Draft, label: str) -> None:
        self.table, self.ordering, self.draft = table, order, draft
        self.label = label
        """``SHEET: `` before the headings, where several sheets are read."""
        self.asides: dict[int, dict[str, list[int]]] = {}
        self.people = {
            each.column
            for each in table.having("owner", "responsible")
            if parties.mostly_people(self._names(each.column))
        }
        self.fractions = {
            e.column for e in table.having("percent_complete") if self._is_fraction(e)
        }
        self._find_currency()
        self.legend: Mapping[str, str] = {}
        """Colour → status, as a legend of the sheet says."""
        self.down: Mapping[tuple[int, int], Cell] = {}
        """Empty cells that stand for one above."""
        self.made: set[str] = set()
        """The initiatives of the sheet."""

    def name(self, heading: Heading) -> str:
        return self.label + (heading.text or f"column {letter(heading.column)}")

    def aside(self, heading: Heading, what: str, row: int) -> None:
        """What holds for some cells of a column alike, told once with their rows."""
        self.asides.setdefault(heading.column, {}).setdefault(what, []).append(row)

    def _cells(self, column: int) -> list[Cell]:
        rows = range(self.table.row + 1, len(self.table.sheet.rows))
        return [self.table.sheet.cell(row, column) for row in rows]

    def _names(self, column: int) -> list[str]:
        return [name for cell in self._cells(column) for name in parties.named(cell.text)]

    def _find_currency(self) -> None:
        """The roadmap's currency is the one that most amounts name."""
        cells = (cell for each in self.table.having("cost") for cell in self._cells(each.column))
        found = Counter(money.currency for cell in cells if (money := read_money(cell.text)))
        found.pop("", None)
        found = found or Counter(
            filter(None, (currency_in(e.text) for e in self.table.having("cost")))
        )
        if found and not self.draft.currency:
            self.draft.currency = found.most_common(1)[0][0]
            self.draft.tables["roadmap"] = {"": {"currency": self.draft.currency}}
            self.draft.note(f"Amounts are in {self.draft.currency}.")

    def _is_fraction(self, heading: Heading) -> bool:
        values = [c.value for c in self._cells(heading.column) if isinstance(c.value, (int, float))]
        return bool(values) and max(values) <= 1 and any(value not in (0, 1) for value in values)


class Work:
    """The row while it is read; `row` counts from 1."""

    def __init__(self, columns: Columns, row: int, section: str | None, side: str | None) -> None:
        self.columns, self.draft, self.row = columns, columns.draft, row
        self.section, self.department = section, side
        self.title, self.key, self.id, self.grouped = "", "", "", ""
        self.values: dict[str, Any] = {}
        self.notes: list[str] = []
        self.days: dict[str, tuple[Span, Heading]] = {}
        self.lengths: dict[str, tuple[Duration, Heading, str]] = {}
        self.teams: list[str] = []
        self.persons: list[parties.Person] = []
        self.milestone = False
        self.texts: list[tuple[Heading, str, str]] = []
        self.vendors: list[str] = []

    # --- cells ------------------------------------------------------------------------------------

    def read(self, heading: Heading, cell: Cell) -> None:
        """Takes what one cell says."""
        text = plain(cell.text)
        if cell.note:
            self._comment(heading, plain(cell.note))
        if cell.link and heading.meaning:
            self._address(cell.link)
        if not text:
            if cell.text:
                self.columns.aside(heading, "nothing that can be seen", self.row)
            return
        if heading.meaning is None or self._says_nothing(heading, text):
            return
        if ERROR.fullmatch(text):
            self.lose(heading, text, "an error of the spreadsheet")
        elif text.startswith("=") and len(text) > 1 and heading.meaning not in _AS_TEXT:
            self.lose(heading, text, "a formula whose result the file does not have")
        elif heading.own or heading.meaning not in _READERS:
            self._own(heading, cell, text)
        else:
            _READERS[heading.meaning](self, heading, cell, text)

    def lose(self, heading: Heading, value: str, why: str) -> None:
        self.draft.lose(self.row, self.columns.name(heading), value, why)

    def _says_nothing(self, heading: Heading, text: str) -> bool:
        small = text.casefold()
        if heading.meaning in _AS_TEXT or heading.own:
            return False
        if heading.meaning in ("needs", "blocks") and small in NOTHING:
            self.columns.aside(heading, f"“{text}” read as none", self.row)
            return True
        if small in _DASHES and (heading.meaning != "milestone"):
            self.columns.aside(heading, f"“{text}” read as empty", self.row)
            return True
        if small in _UNKNOWN or (heading.meaning in _NAMES and not re.search(r"[^\W_]", text)):
            self.lose(heading, text, "not known yet" if small in _UNKNOWN else "no name")
            return True
        return False

    def _comment(self, heading: Heading, words: str) -> None:
        if words:
            self.notes.append(f"{heading.text or letter(heading.column)}: {words}")
            self.texts.append((heading, words, "note"))

    def _address(self, address: str) -> None:
        urls = self.values.setdefault("urls", [])
        if plain(address) and plain(address) not in urls:
            urls.append(plain(address))

    def _own(self, heading: Heading, cell: Cell, text: str) -> None:
        """A cell in the format's own words."""
        assert heading.meaning is not None
        value = own_value("initiatives", heading.meaning, cell)
        if value is None:
            self.lose(heading, text, f"not what `{heading.meaning}` may be")
        else:
            self.values[heading.meaning] = value

    def _title(self, heading: Heading, cell: Cell, text: str) -> None:
        words = " ".join(text.split())
        if "\n" in text or len(words) > MOST_TITLE:
            self.notes.append(text)
        if len(words) > MOST_TITLE:
            words = words[: words.rfind(" ", 40, MOST_TITLE)].rstrip(" ,;:–-") + "…"
            self.lose(heading, text, "a long title is cut; the notes have the whole of it")
        self.title = words
        self.texts.append((heading, text, "title"))

    def _key(self, heading: Heading, cell: Cell, text: str) -> None:
        self.key = " ".join(text.split())
        if re.match(r"https?://\S+$", text):
            self._address(text)
            self.key = text.rstrip("/").rpartition("/")[2]

    def _portfolio(self, heading: Heading, cell: Cell, text: str) -> None:
        self.department = " ".join(text.split())

    def _team(self, heading: Heading, cell: Cell, text: str) -> None:
        self.teams += parties.named(text)

    def _parties(self, heading: Heading, cell: Cell, text: str) -> None:
        """A column of owners: teams or people, as their names look."""
        for name in parties.named(text):
            clear = parties.is_person(name) or not parties.is_team(name)
            if parties.is_person(name) or (clear and heading.column in self.columns.people):
                self._one_person(name, heading)
            elif heading.meaning == "owner":
                self.teams.append(name)
            else:
                self._list("responsible", self.draft.named("teams", name))

    def _people(self, heading: Heading, cell: Cell, text: str) -> None:
        names = parties.named(text)
        if all("@" in name for name in names) and len(names) == len(self.persons):
            pairs = zip(self.persons, names, strict=True)
            self.persons = [
                (replace(p, email=p.email or parties.person(n).email)) for p, n in pairs
            ]
            return
        for name in names:
            self._one_person(name, heading)

    def _one_person(self, name: str, heading: Heading) -> None:
        person = parties.person(name)
        if person.share:
            self.lose(heading, name, f"the share of {person.share} is not carried over")
        self.persons.append(person)

    def _day(self, heading: Heading, cell: Cell, text: str) -> None:
        order, _ = self.columns.ordering.orders[self.columns.table.sheet.title, heading.column]
        near = self.columns.ordering.near
        read = read_day(cell, order, near)
        if isinstance(read, NoDay) and not isinstance(cell.value, (date, int, float)):
            longer = read_period(text, order or "dmy", near)
            read = longer if isinstance(longer, Span) else read
        if heading.meaning == "period" and not isinstance(cell.value, (date, int, float)):
            read = read_period(text, order or "dmy", near)
        if isinstance(read, NoDay):
            self.lose(heading, text, read.why)
            return
        self._tell(heading, cell, text, read)
        for meaning in (
            ("start", "end") if heading.meaning == "period" else (heading.meaning or "",)
        ):
            known = self.days.setdefault(meaning, (read, heading))
            if known[1] is not heading:
                self.lose(heading, text, f"“{known[1].text}” gives the {meaning}")

    def _tell(self, heading: Heading, cell: Cell, text: str, read: Span) -> None:
        """What was taken of a cell that says less, or more, than a day."""
        if read.guessed:
            year = read.first.year
            self.columns.aside(heading, f"a date without a year read as one of {year}", self.row)
        if read.period and heading.meaning != "period":
            which = "first" if heading.meaning in ("start", "actual_start") else "last"
            day = read.first if which == "first" else read.last
            self.lose(heading, text, f"read as its {which} day, {day.isoformat()}")
        if isinstance(cell.value, (int, float)) or re.fullmatch(r"\d{5}", text):
            self.columns.aside(heading, "a number read as a date of Excel", self.row)
        if isinstance(cell.value, datetime) and (cell.value.hour or cell.value.minute):
            self.columns.aside(heading, "the time of day is left out", self.row)

    def _length(self, heading: Heading, cell: Cell, text: str) -> None:
        found = read_duration(text, heading.detail)
        if found is None:
            self.lose(heading, text, "no duration")
            return
        if not found.unit:
            unit = _UNITS.get(heading.detail, "working days")
            self.columns.aside(heading, f"numbers read as {unit}", self.row)
        if "m" in (found.unit, "" if found.unit else heading.detail):
            self.draft.note("A month of duration is counted as 20 working days.")
        if found.least is not None:
            shown = "/".join(found.estimate)
            self.lose(heading, text, f"a range: optimistic, likely, pessimistic {shown}")
        self.lengths[heading.meaning or ""] = (found, heading, text)

    def _progress(self, heading: Heading, cell: Cell, text: str) -> None:
        if heading.column in self.columns.fractions and isinstance(cell.value, (int, float)):
            text = f"{round(100 * float(cell.value), 2):g}"
            self.columns.aside(heading, "parts of 1 read as per cent", self.row)
        flag = None if re.search(r"\d", text) else flag_of(text)
        if flag is False:
            self.columns.aside(heading, f"“{text}” read as not done", self.row)
            return
        share = 100.0 if flag else read_share(text)
        if share is None:
            self.lose(heading, text, "no per cent from 0 to 100")
        else:
            self.values["percent_complete"] = int(share) if share == int(share) else share

    def _status(self, heading: Heading, cell: Cell, text: str) -> None:
        status = None if text.endswith("?") else status_of(text)
        if flag_of(text) is False:
            self.columns.aside(heading, f"“{text}” read as not done", self.row)
            return
        if status is not None:
            self.values["status"] = status
            return
        if (share := read_share(text)) is not None and "%" in text:
            self.values.setdefault("percent_complete", int(share) if share == int(share) else share)
            return
        self.lose(heading, text, "no known status")

    def _priority(self, heading: Heading, cell: Cell, text: str) -> None:
        priority = priority_of(text)
        if priority:
            self.values["priority"] = priority
        elif priority is None:
            self.lose(heading, text, "no priority from 1 to 5")
        else:
            self.columns.aside(heading, f"“{text}” read as none", self.row)

    def _cost(self, heading: Heading, cell: Cell, text: str) -> None:
        money = read_money(text, heading.detail)
        if isinstance(cell.value, (int, float)) and cell.value >= 0 and math.isfinite(cell.value):
            money = read_money(f"{cell.value:.2f}", heading.detail)
        if money is None:
            self.lose(heading, text, "no amount of money")
            return
        if money.currency and money.currency != self.draft.currency:
            self.lose(heading, text, f"the other amounts are in {self.draft.currency}")
            return
        amount = money.amount
        self.values["cost"] = list(amount) if isinstance(amount, tuple) else amount

    def _named(self, heading: Heading, cell: Cell, text: str) -> None:
        """Systems, data or outcomes, each with a table of its own."""
        key = heading.meaning or ""
        kind = {"processes": "data", "outcomes": "outcomes"}.get(key, "systems")
        apart = (
            re.compile(r"\s*[;\n|]\s*")
            if kind == "outcomes"
            else re.compile(r"\s*(?:[,;\n|]|\s/\s|\s\+\s)\s*")
        )
        for name in apart.split(text):
            if re.search(r"[^\W_]", name):
                self._list(key, self.draft.named(kind, name))

    def _list(self, key: str, value: str) -> None:
        found = self.values.setdefault(key, [])
        if value not in found:
            found.append(value)

    def _needs(self, heading: Heading, cell: Cell, text: str) -> None:
        bare = re.sub(r"\s*\(https?://[^)\s]+\)", "", text)
        if bare != text:
            self.columns.aside(heading, "addresses in brackets are left out", self.row)
        self.texts.append((heading, bare, heading.meaning or ""))

    def _note(self, heading: Heading, cell: Cell, text: str) -> None:
        several = len(self.columns.table.having("notes")) > 1
        self.notes.append(f"{heading.text}: {text}" if several else text)
        self.texts.append((heading, text, "note"))

    def _tags(self, heading: Heading, cell: Cell, text: str) -> None:
        for tag in re.split(r"\s*[,;\n|]\s*", text):
            if tag.strip(" #"):
                self._list("tags", tag.strip(" #"))

    def _group(self, heading: Heading, cell: Cell, text: str) -> None:
        if self.grouped:
            self.lose(heading, text, f"another column has the group: {self.grouped}")
        else:
            self.section, self.grouped = self.draft.named("groups", text), text

    def _kind(self, heading: Heading, cell: Cell, text: str) -> None:
        kind = kind_of(text)
        if kind == "milestone":
            self.milestone = True
        elif kind is None:
            self._list("tags", text)
            self.columns.aside(heading, f"“{text}” is no kind of work: a tag", self.row)
        elif kind != "feature":
            self.values["kind"] = kind
        else:
            self.columns.aside(heading, f"“{text}” read as a feature", self.row)

    def _milestone(self, heading: Heading, cell: Cell, text: str) -> None:
        flag = flag_of(text)
        if text in ("◆", "♦"):
            flag = True
        if flag is None and text not in _NO_MILESTONE:
            self._group(heading, cell, text)
        elif not flag:
            self.columns.aside(heading, f"“{text}” read as no milestone", self.row)
        self.milestone = self.milestone or bool(flag)

    def _vendor(self, heading: Heading, cell: Cell, text: str) -> None:
        self.vendors.append(text)
        self.notes.append(f"{heading.text}: {text}")

    def _urls(self, heading: Heading, cell: Cell, text: str) -> None:
        for part in re.split(r"[\s,;|]+", text):
            if re.match(r"[a-z][\w+.-]*://|www\.|[\w-]+(?:\.[\w-]+)+(?:/|$)", part, re.IGNORECASE):
                self._address(part)
            elif part:
                self.notes.append(f"{heading.text}: {text}")
                return

    # --- all together -----------------------------------------------------------------------------

    def finish(self) -> None:
        """Makes the initiative of what was read."""
        if not self.title:
            self._without_title()
        if not self.title:
            return
        draft = self.draft
        self._say_doubles()
        self.id = draft.initiative(self.row, self.title, self.key)
        self.columns.made.add(self.id)
        self._department()
        self._owners()
        self._coloured()
        self._progressed()
        self._estimated()
        self._dated()
        if self.section:
            self.values["part_of"] = self.section
        if self.notes:
            self.values["notes"] = "\n".join(dict.fromkeys(self.notes))
        draft.tables["initiatives"][self.id].update(self.values)
        self._keep_texts()

    def _without_title(self) -> None:
        rest = [cell.text for cell in self.columns.table.sheet.rows[self.row - 1] if cell.text]
        name = next((e for e in self.columns.table.having("title")), None)
        label = self.columns.name(name) if name else ""
        if self.key and re.search(r"\w", self.key):
            self.title = self.key
            self.draft.lose(self.row, label, self.key, "no title: the key stands for it")
        else:
            said = " · ".join([*rest, *self.notes])
            self.draft.lose(self.row, label, said, "no title: the row is not carried over")

    def _say_doubles(self) -> None:
        """Keys and titles that an earlier row has too; numbers begin anew in each sheet."""
        sheet = self.columns.label if self.key.isdigit() else ""
        for column, value, where in (("key", self.key, sheet), ("title", self.title, "")):
            row = self.draft.stood(column + where, value, self.row) if value else None
            if row is not None:
                heading = self.columns.table.having(column)[:1]
                name = self.columns.name(heading[0]) if heading else column
                self.draft.lose(
                    self.row, name, value, f"row {row} has the same {column}; both stay"
                )

    def _department(self) -> None:
        if not self.department:
            return
        side, by_name = parties.side_of(self.department)
        draft, text = self.draft, self.department
        if side is None:
            side = draft.named("portfolios", text)
            draft.note(f"“{text}” is neither marketing nor IT: a portfolio of its own, `{side}`.")
        elif not by_name:
            if not self.teams:
                self.teams.append(text)
            draft.note(f"“{text}” is read as {title_of(side)}.")
        elif not parties.is_plain_side(text, side):
            draft.note(f"“{text}” is read as {title_of(side)}.")
        self.values["portfolio"] = side

    def _owners(self) -> None:
        draft = self.draft
        teams = [draft.named("teams", name) for name in self.teams]
        for team in teams[:1]:
            if self.values.get("portfolio"):
                draft.tables["teams"][team].setdefault("portfolio", self.values["portfolio"])
        people = [self._person(person, (*teams, "")[0]) for person in self.persons]
        owners = list(dict.fromkeys((*teams, *people)))
        if owners:
            self.values["owner"] = owners[0]
        others = [each for each in owners[1:] if each not in self.values.get("responsible", [])]
        for each in others:
            self._list("responsible", each)
        if others:
            draft.note(
                "Of several owners in a cell the first is accountable, the others responsible."
            )

    def _person(self, person: parties.Person, team: str) -> str:
        draft = self.draft
        id = draft.named("people", person.name, "name")
        table = draft.tables.get("people", {}).get(id)
        if table is not None:
            if person.email:
                table.setdefault("email", person.email)
            if team:
                table.setdefault("team", team)
        return id

    def _progressed(self) -> None:
        """A status from the per cent, where the row has none."""
        share = self.values.get("percent_complete")
        if share is None or "status" in self.values:
            return
        if share:
            self.values["status"] = "done" if share == 100 else "active"
            self.draft.note(
                "Where no status is written, 100% is read as done, and more than 0% as active."
            )

    def _coloured(self) -> None:
        """A status from a colour that a legend explains, where the row has none."""
        cells = self.columns.table.sheet.rows[self.row - 1]
        colours = (colour_of(cell.fill) or "" for cell in cells if cell.fill)
        status = next((self.columns.legend[c] for c in colours if c in self.columns.legend), None)
        if status and "status" not in self.values:
            self.values["status"] = status
            self.draft.note("Where no status is written, the legend's colours give it.")

    def _first(self, *meanings: str) -> tuple[date, Heading] | None:
        """The first of these that the row has: the first day of a start, the last of an end."""
        for meaning in meanings:
            if meaning in self.days:
                span, heading = self.days[meaning]
                starts = meaning in ("start", "actual_start")
                return (span.first if starts else span.last), heading
        return None

    def _estimated(self) -> None:
        start, end = self._first("start"), self._first("end", "deadline")
        duration = self.lengths.get("duration")
        effort = self.lengths.get("effort")
        length = duration or effort
        if self.milestone or (duration is not None and not duration[0].days):
            self._no_time(length, start, end)
        elif start and end and (self._first("end") or length is None):
            self._between(start[0], end, duration, effort)
        elif length is not None:
            self.values["estimate"] = length[0].estimate
            if duration and effort:
                self.lose(effort[1], effort[2], "the duration gives the estimate")

    def _no_time(self, length: Any, start: Any, end: Any) -> None:
        self.values["kind"], self.values["estimate"] = "milestone", "0d"
        if length is not None and length[0].days:
            self.lose(length[1], length[2], "a milestone takes no time")
        if start and end and start[0] != end[0]:
            self.lose(start[1], start[0].isoformat(), "a milestone has one day, its last")

    def _between(self, start: date, end: tuple[date, Heading], duration: Any, effort: Any) -> None:
        finish, heading = end
        if finish < start:
            self.lose(heading, finish.isoformat(), f"earlier than the start, {start.isoformat()}")
            if (length := duration or effort) is not None:
                self.values["estimate"] = length[0].estimate
            return
        days = working_days(start, finish)
        if not days:
            self.lose(heading, finish.isoformat(), "no day from Monday to Friday: counted as one")
            days = 1
        self.values["estimate"] = f"{days}d"
        for length in (duration, effort):
            if length is not None:
                self._compared(length, days, (finish - start).days)

    def _compared(self, length: tuple[Duration, Heading, str], days: int, calendar: int) -> None:
        """Says where a length is not the days from start to end, which are what counts."""
        found, heading, text = length
        if math.ceil(found.days) == days or found.days == days - 1:
            return
        if not found.unit and found.days in (calendar, calendar + 1):
            self.columns.aside(
                heading, "calendar days, of which start and end leave others out", self.row
            )
            return
        self.lose(heading, text, f"start and end give the estimate: {days}d")

    def _dated(self) -> None:
        start, due = self._first("start"), self._first("deadline")
        end = self._first("end") or due
        if due is not None:
            self.values["deadline"] = due[0]
        if (announced := self._first("announced")) is not None:
            self.values["announced"] = announced[0]
        if self.milestone and start is None and "deadline" not in self.values:
            start = end
        first = start[0] if start else None
        last, column = (end[0], self.columns.name(end[1])) if end else (None, "")
        if first or last:
            self.draft.dates.append(SheetDates(self.row, self.id, first, last, column))
        self._actual(first, end)

    def _actual(self, start: date | None, end: tuple[date, Heading] | None) -> None:
        status = self.values.get("status", "planned")
        finished = self._first("finished")
        if finished is not None and status not in ("done", "dropped"):
            status = self.values["status"] = "done"
        begun = self._first("actual_start")
        began = begun[0] if begun else start if status in ("done", "active", "paused") else None
        ended = finished or (end if status == "done" else None)
        if began and ended and began > ended[0]:
            began = None
        if began and began <= self.draft.today:
            self.values["actual_start"] = began
        elif begun:
            self.lose(begun[1], began.isoformat() if began else "", "a start that is still ahead")
        if ended and status == "done":
            if ended[0] <= self.draft.today:
                self.values["actual_finish"] = ended[0]
            else:
                self.lose(ended[1], ended[0].isoformat(), "done, though its end is still ahead")

    def _keep_texts(self) -> None:
        for heading, words, what in self.texts:
            needs, blocks = what == "needs", what == "blocks"
            text = Text(
                self.row, self.columns.name(heading), self.id, words, needs or blocks, blocks
            )
            self.draft.texts.append(text)
        for vendor in self.vendors:
            systems = [
                s for key in ("uses", "changes", "introduces") for s in self.values.get(key, ())
            ]
            if len(set(systems)) == 1:
                self.draft.tables["systems"][systems[0]].setdefault("vendor", vendor)


_UNITS = {"w": "weeks", "h": "hours of 8 a day", "m": "months of 20 days", "cd": "calendar days",
          "d": "working days"}  # fmt: skip

_READERS: Mapping[str, Callable[[Work, Heading, Cell, str], None]] = {
    "title": Work._title,
    "key": Work._key,
    "portfolio": Work._portfolio,
    "team": Work._team,
    "owner": Work._parties,
    "responsible": Work._parties,
    "person": Work._people,
    **dict.fromkeys(
        ("start", "end", "deadline", "period", "actual_start", "finished", "announced"), Work._day
    ),
    **dict.fromkeys(("duration", "effort"), Work._length),
    "percent_complete": Work._progress,
    "status": Work._status,
    "priority": Work._priority,
    "cost": Work._cost,
    **dict.fromkeys(
        ("uses", "changes", "introduces", "retires", "processes", "outcomes"), Work._named
    ),
    **dict.fromkeys(("needs", "blocks"), Work._needs),
    "notes": Work._note,
    "tags": Work._tags,
    "part_of": Work._group,
    "kind": Work._kind,
    "milestone": Work._milestone,
    "vendor": Work._vendor,
    "urls": Work._urls,
}
