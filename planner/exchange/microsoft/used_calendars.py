"""Which calendars of a file are used, by what, and what they are called here.

A calendar is a table where the project, a task or a team works on it, or where it was one before it
went out. What is worked in part is told: here a day is worked or it is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.analysis.importing import Loss
from planner.exchange.microsoft.outline import Task
from planner.exchange.microsoft.parties import Assigned, Parties, Party, own_calendar
from planner.exchange.microsoft.records import Records
from planner.exchange.microsoft.working_time import STANDARD, Working, working_times
from planner.roadmap.ids import is_id, make_id


class UsedCalendars:
    """The calendars of one file. `own` has for each team and person the one that is not the
    project's, or None; `losses` what is told of them.
    """

    def __init__(
        self,
        records: Records,
        parties: Parties,
        assigned: Mapping[str, list[Assigned]],
        ids: Mapping[str, str],
        full: float,
    ) -> None:
        self._parties = parties
        self._assigned = assigned
        self._own_ids = ids
        self._full = full
        self.times = working_times(records.calendars)
        self.standard = self.times.get(records.project.get("CalendarUID", ""), STANDARD)
        self.own = {
            party.id: own_calendar(party, self.times, self.standard)
            for party in parties.by_uid.values()
        }
        self.names = self._calendar_ids()
        self._used: dict[str, Working] = {}
        self._short: set[str] = set()
        self._same: dict[tuple[str, str], bool] = {}
        self.losses: list[Loss] = []

    def _calendar_ids(self) -> dict[str, str]:
        """An id for each base calendar: the one it had here, else by its name."""
        own = self._own_ids
        found: dict[str, str] = {}
        for uid, one in self.times.items():
            id = own.get(uid)
            taken = found.values()
            found[uid] = id if id and is_id(id) else make_id(one.name, {*taken}, "calendar")
        return found

    def standard_id(self) -> str:
        """The id of the project's calendar."""
        uid = self.standard.uid
        if uid not in self.names or self.standard.is_same_time(STANDARD):
            own = self._own_ids
            return self.names[uid] if uid in self.names and uid in own else "standard"
        return self.names[uid]

    def use(self, one: Working) -> str:
        """The id of a calendar that something works on."""
        if one.uid == self.standard.uid:
            return self.standard_id()
        self._used[one.uid] = one
        return self.names[one.uid]

    def tables(self) -> dict[str, dict[str, Any]]:
        """Those that are used, as the roadmap writes them."""
        found = {}
        if self.standard.uid:
            found[self.standard_id()] = self._table(self.standard, self.standard_id())
        for uid, one in self._used.items():
            found[self.names[uid]] = self._table(one, self.names[uid])
        for uid in self._own_ids:
            if uid in self.times and self.names[uid] not in found:
                found[self.names[uid]] = self._table(self.times[uid], self.names[uid])
        return {id: table for id, table in found.items() if table or id != "standard"}

    def _table(self, one: Working, id: str) -> dict[str, Any]:
        self.tell_short(one)
        table = one.table(id)
        if id == "standard" and table.get("title", "").casefold() == "standard":
            del table["title"]
        return table

    def tell_short(self, one: Working) -> None:
        """Tell once of days that are worked in part."""
        short = one.short_days(self._full)
        if short and one.uid not in self._short:
            self._short.add(one.uid)
            why = f"{short} of its days have fewer hours; here a day is worked or it is not"
            self.losses.append(Loss(0, "Calendar", one.name, why))

    def of_task(self, task: Task) -> Working:
        """What a task works on: its own, else its first resource's, else the project's."""
        own = self.times.get(task.fields.get("CalendarUID", ""))
        if own is not None:
            return own
        for each in self._assigned.get(task.uid, ()):
            calendar = self.own[each.party.id]
            if calendar is not None and each.party.kind == "teams":
                return calendar
        return self.standard

    def is_the_teams(self, person: Party, own: Working) -> bool:
        """Whether a person works on the calendar that their team does."""
        teams = self.own.get(self._team(person).id)
        return teams is not None and teams.is_same_time(own)

    def base(self, one: Working) -> Working:
        """The calendar a resource's own is derived from, where it adds nothing to that."""
        base = self.times.get(one.base)
        return base if base is not None and base.is_same_time(one) else one

    def is_same(self, one: Working, other: Working) -> bool:
        """Whether both work the same days, asked once of each two."""
        pair = one.uid, other.uid
        if pair not in self._same:
            self._same[pair] = one.is_same_time(other)
        return self._same[pair]

    def usual(self, task: Task) -> Working:
        """What a task works on without a calendar of its own."""
        for each in self._assigned.get(task.uid, ())[:1]:
            return self.own.get(self._team(each.party).id) or self.standard
        return self.standard

    def _team(self, party: Party) -> Party:
        """A party, or the team that a person is in, whose calendar counts."""
        team = self._parties.tables.get("people", {}).get(party.id, {}).get("team")
        teams = (each for each in self._parties.by_uid.values() if each.kind == "teams")
        nobody = Party("teams", "", "")
        if party.kind == "teams":
            return party
        return next((each for each in teams if each.id == team), nobody)

    def key(self, task: Task, own: Mapping[str, Any]) -> dict[str, Any]:
        """The calendar of a task, where its owner's or the project's is another."""
        if "calendar" in own:
            id = own["calendar"]
            uid = next((uid for uid, name in self.names.items() if name == id), None)
            if uid is not None:
                self.use(self.times[uid])
            return {"calendar": id} if id else {}
        calendar = self.times.get(task.fields.get("CalendarUID", ""))
        if calendar is None:
            return {}
        self.tell_short(calendar)
        if self.is_same(calendar, self.usual(task)):
            return {}
        return {"calendar": self.use(calendar)}
