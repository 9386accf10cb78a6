"""One row of a sheet as an initiative: what its cells said, all together."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Any

from planner.analysis.importing import SheetDates
from planner.exchange.importing import parties
from planner.exchange.importing.building import plain
from planner.exchange.importing.choices import colour_of
from planner.exchange.importing.columns import Columns
from planner.exchange.importing.days import Span, working_days
from planner.exchange.importing.durations import Duration
from planner.exchange.importing.headings import Heading
from planner.exchange.importing.linking import Text
from planner.roadmap.sides import title_of


class Work:
    """The row while it is read; `row` counts from 1."""

    def __init__(self, columns: Columns, row: int, section: str | None, side: str | None) -> None:
        self.columns, self.draft, self.row = columns, columns.draft, row
        self.section, self.department = section, side
        self.title, self.key, self.id, self.grouped = "", "", "", ""
        self.unit = ""
        """The department where that is a part of a side, and so a team."""
        self.values: dict[str, Any] = {}
        self.notes: list[str] = []
        self.days: dict[str, tuple[Span, Heading]] = {}
        self.lengths: dict[str, tuple[Duration, Heading, str]] = {}
        self.teams: list[str] = []
        self.persons: list[parties.Person] = []
        self.milestone = False
        self.texts: list[tuple[Heading, str, str]] = []
        self.vendors: list[str] = []

    def lose(self, heading: Heading, value: str, why: str) -> None:
        self.draft.lose(self.row, self.columns.name(heading), value, why)

    def address(self, address: str) -> None:
        urls = self.values.setdefault("urls", [])
        if plain(address) and plain(address) not in urls:
            urls.append(plain(address))

    def add(self, key: str, value: str) -> None:
        found = self.values.setdefault(key, [])
        if value not in found:
            found.append(value)

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
            self._side_of_team()
            return
        side, by_name = parties.side_of(self.department)
        draft, text = self.draft, self.department
        if side is None:
            side = draft.named("portfolios", text)
            draft.note(f"“{text}” is neither marketing nor IT: a portfolio of its own, `{side}`.")
        elif not by_name:
            self.unit = text
            draft.note(f"“{text}” is read as {title_of(side)}.")
        elif not parties.is_plain_side(text, side):
            draft.note(f"“{text}” is read as {title_of(side)}.")
        self.values["portfolio"] = side

    def _side_of_team(self) -> None:
        """The side by the name of the owning team, where the sheet has no departments."""
        if not self.teams or self.columns.has_sides:
            return
        side, _ = parties.side_of(self.teams[0])
        if side is not None:
            self.draft.note(f"The team “{self.teams[0]}” is read as one of {title_of(side)}.")
            self.values["portfolio"] = side

    def _owners(self) -> None:
        draft = self.draft
        teams = [draft.named("teams", name) for name in self.teams or [self.unit] if name]
        for team in teams[:1]:
            # What is a team here may be a person of another row: it has no table of a team then.
            table = draft.tables.get("teams", {}).get(team)
            if self.values.get("portfolio") and table is not None:
                table.setdefault("portfolio", self.values["portfolio"])
        people = [self._person(person, (*teams, "")[0]) for person in self.persons]
        owners = list(dict.fromkeys((*(teams if self.teams or not people else ()), *people)))
        if owners:
            self.values["owner"] = owners[0]
        others = [each for each in owners[1:] if each not in self.values.get("responsible", [])]
        for each in others:
            self.add("responsible", each)
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
        elif (alone := self._first("end")) is not None and start is None:
            self._without_length(alone)

    def _without_length(self, end: tuple[date, Heading]) -> None:
        """An end alone says when work without a length is over only where it is over."""
        if self.values.get("status") != "done":
            why = "an end without a start or a duration: it places no work without a length"
            self.lose(end[1], end[0].isoformat(), why)

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
