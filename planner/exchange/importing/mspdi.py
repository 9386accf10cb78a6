"""Microsoft Project's XML (MSPDI) as what it says in the roadmap's terms, read without Java.

Summary tasks become groups, or sides where they are called like a department; resources become
teams and people; custom fields with a name go into the notes. Rows are the tasks' IDs, keys their
UIDs, which stay when a task moves. What Microsoft means otherwise is told (`microsoft.told`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from planner.analysis.importing import Incoming, Loss, SheetDates
from planner.errors import ReadError
from planner.exchange.importing.parties import side_of
from planner.exchange.microsoft.links import tied
from planner.exchange.microsoft.outline import Outline, Task, outline_of
from planner.exchange.microsoft.parties import (
    Assigned,
    Parties,
    assigned_to,
    number,
    parties_of,
)
from planner.exchange.microsoft.records import Records, read_records
from planner.exchange.microsoft.sides import is_department
from planner.exchange.microsoft.terms import (
    DATE_FIELDS,
    DATE_KEYS,
    DATES_FIELD,
    DAY,
    ID_FIELD,
    KEYS_FIELD,
    LENGTH_FIELD,
    LENGTH_FIELDS,
    LENGTH_KEYS,
    OPEN_KEYS,
    OWN_FIELDS,
    Scale,
    date_keys,
    day_of,
    is_elapsed,
    last_day_of,
    length_keys,
    moment_of,
    number_of,
    plain,
    priority_of,
    unpacked,
    unsealed,
)
from planner.exchange.microsoft.told import Told, working_days
from planner.exchange.microsoft.used_calendars import UsedCalendars
from planner.roadmap.ids import id_like
from planner.roadmap.sides import STANDARD as KNOWN_SIDES
from planner.roadmap.sides import title_of

_NOON = 12
MOST_MINUTES = 24 * 60


def read_mspdi(path: Path, source: str | None = None) -> Incoming:
    """What a file says; `source` is what to call it. Raises ReadError for what is no such file."""
    try:
        return incoming_of(read_records(path), source or path.name)
    except ReadError as error:
        error.file = error.file or str(path)
        raise


def incoming_of(records: Records, source: str) -> Incoming:
    """What the records of a file say."""
    return _Reading(records, source).incoming()


class _Reading:
    """One file, as it is taken apart."""

    def __init__(self, records: Records, source: str) -> None:
        self.records = records
        self.source = source
        self.project = records.project
        self.outline: Outline = outline_of(records)
        self.settings = _settings(self.outline.project)
        self.parties: Parties = parties_of(records)
        self.assigned = assigned_to(records, self.parties)
        self.scale = _scale(self.project)
        self.calendars = UsedCalendars(
            records, self.parties, self.assigned, self.settings["calendars"], self.scale.day / 60
        )
        self.losses: list[Loss] = []

    def incoming(self) -> Incoming:
        """All of it."""
        links = tied(self.outline, self.scale)
        initiatives = {task.id: self._initiative(task) for task in self.outline.work}
        teams, calendars = self._teams(), self.calendars.tables()
        told = Told(self.outline, self.project, links.links, self.calendars.of_task, self.scale)
        losses = [*self.losses, *self.calendars.losses, *self.parties.losses]
        losses += [*links.losses, *told.losses()]
        notes = [*told.notes()]
        if links.of_summaries:
            notes.append(f"{links.of_summaries} links of summary tasks are links of the first and "
                         "the last work in them")  # fmt: skip
        tables = {
            "roadmap": {"": self._settings()},
            "portfolios": self._portfolios(),
            "calendars": calendars,
            **teams,
            "groups": self._groups(),
            "initiatives": initiatives,
        }
        return Incoming(
            source=self.source,
            tables={kind: table for kind, table in tables.items() if table},
            rows={task.id: task.row for task in self.outline.work},
            keys={task.id: task.custom.get(ID_FIELD) or task.uid for task in self.outline.work},
            links=tuple(links.links),
            dates=tuple(self._dates()),
            losses=tuple(sorted(losses, key=lambda loss: loss.row)),
            notes=tuple(notes),
            is_own=all(task.custom.get(ID_FIELD) == task.id for task in self.outline.work),
        )

    # --- the roadmap ------------------------------------------------------------------------------

    def _settings(self) -> dict[str, Any]:
        project, own = self.project, self.settings
        title = project.get("Title") or project.get("Name", "")
        keys: dict[str, Any] = {"title": title.removesuffix(".xml").removesuffix(".mpp")}
        keys |= {"start": day_of(project.get("StartDate")), "status_date": self._status_date()}
        if self.calendars.standard_id() != "standard" or own["calendars"]:
            keys["calendar"] = self.calendars.standard_id()
        keys["currency"] = project.get("CurrencyCode")
        absent = own["absent"]
        keys |= {key: own[key] for key in ("near_critical", "main_launch") if key in own}
        return {key: value for key, value in keys.items() if value and key not in absent}

    def _status_date(self) -> date | None:
        """The day whose opening is meant: a status as of an evening is that of the next morning."""
        found = moment_of(self.project.get("StatusDate"))
        if found is None:
            return None
        return found.date() + timedelta(days=found.hour >= _NOON)

    def _portfolios(self) -> dict[str, dict[str, Any]]:
        """The sides that are called something else than they are known by."""
        tasks = [task for task in self.outline.tasks if task.kind == "portfolios"]
        known = {task.id: task.name for task in tasks}
        return {
            id: {"title": name}
            for id, name in known.items()
            if id not in KNOWN_SIDES or name != title_of(id)
        }

    def _groups(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for task in self.outline.tasks:
            if task.kind == "groups":
                keys: dict[str, Any] = {"title": task.name} if task.name != task.id else {}
                above = task.upper("groups")
                found.setdefault(task.id, keys | ({"part_of": above.id} if above else {}))
        return found

    # --- calendars --------------------------------------------------------------------------------

    # --- teams ------------------------------------------------------------------------------------

    def _teams(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Teams and people; a team's calendar where it is not the project's."""
        tables = self.parties.tables
        for party in self.parties.calendars():
            own = self.calendars.own[party.id]
            if own is None or (party.kind == "people" and self.calendars.is_the_teams(party, own)):
                continue
            if party.kind == "teams":
                tables["teams"][party.id]["calendar"] = self.calendars.use(self.calendars.base(own))
            else:
                why = "a person has no calendar of their own here; their team may have one"
                self.losses.append(Loss(0, "Calendar", own.name or party.name, why))
        return {kind: tables[kind] for kind in ("teams", "people") if kind in tables}

    # --- initiatives ------------------------------------------------------------------------------

    def _initiative(self, task: Task) -> dict[str, Any]:
        own = unpacked(task.custom.get(KEYS_FIELD)) or {}
        own = {key: own[key] for key in OPEN_KEYS if key in own and _is_text(own[key])}
        keys: dict[str, Any] = {} if task.name == task.id else {"title": task.name}
        keys |= {
            key: value for key, value in own.items() if key != "calendar" and value is not None
        }
        group = task.upper("groups")
        keys |= {"part_of": group.id} if group else {}
        who = self._who(task)
        keys |= who
        if (side := self._side(task, who)) is not None and "portfolio" not in own:
            keys["portfolio"] = side
        priority = priority_of(task.fields.get("Priority"))
        keys |= {"priority": priority} if priority else {}
        keys |= self._length(task)
        keys |= self.calendars.key(task, own)
        keys |= self._set_dates(task, keys)
        return keys | self._words(task) | self._cost(task)

    def _length(self, task: Task) -> dict[str, Any]:
        own = unsealed(task.custom.get(LENGTH_FIELD), task.fields, LENGTH_FIELDS)
        if own is not None:
            return {key: own[key] for key in (*LENGTH_KEYS, "kind") if key in own}
        keys = length_keys(task.fields, self.scale)
        if is_elapsed(number_of(task.fields.get("DurationFormat"))) and "estimate" in keys:
            days = working_days(self.calendars.of_task(task), task)
            keys["estimate"] = f"{days}d" if days else keys["estimate"]
        if task.has("Manual") and "estimate" not in keys and "kind" not in keys:
            manual = {**task.fields, "Duration": task.fields.get("ManualDuration", "")}
            keys = length_keys(manual, self.scale) | keys
        return keys

    def _set_dates(self, task: Task, keys: Mapping[str, Any]) -> dict[str, Any]:
        own = unsealed(task.custom.get(DATES_FIELD), task.fields, DATE_FIELDS)
        if own is not None:
            return {key: own[key] for key in DATE_KEYS if key in own}
        found = date_keys(task.fields)
        start = day_of(task.fields.get("Start"))
        if task.has("Manual") and start and "actual_start" not in keys:
            found.setdefault("start_no_earlier_than", start)
        return found

    # --- who --------------------------------------------------------------------------------------

    def _who(self, task: Task) -> dict[str, Any]:
        assigned = self.assigned.get(task.uid, [])
        if not assigned:
            return {}
        keys: dict[str, Any] = {"owner": assigned[0].party.id}
        others = [each.party.id for each in assigned[1:] if each.party.kind == "people"]
        if others:
            keys["responsible"] = list(dict.fromkeys(others))
        staff = {each.party.id: number(each.units) for each in assigned
                 if each.party.kind == "teams" and each.units}  # fmt: skip
        if staff and staff != {assigned[0].party.id: 1}:
            keys["staff"] = staff
        self.losses += _part_time(task, assigned)
        return keys

    def _side(self, task: Task, who: Mapping[str, Any]) -> str | None:
        """Its side where its owner does not say it: a department field, the outline, the group."""
        for name, value in task.custom.items():
            if is_department(name) and value.strip():
                return side_of(value)[0] or id_like(value) or None
        assigned = self.assigned.get(task.uid, [])
        owners = assigned[0].party.side if assigned else None
        above = task.upper("portfolios")
        if above is not None:
            is_known = assigned and assigned[0].party.kind == "teams" and owners == above.id
            return None if is_known else above.id
        return owners if assigned and assigned[0].party.kind == "people" else None

    # --- words ------------------------------------------------------------------------------------

    def _words(self, task: Task) -> dict[str, Any]:
        """Notes, with the custom fields that have a name; what has none is lost, and told."""
        fields = task.fields
        lines = [fields["Notes"]] if fields.get("Notes") else []
        for name, value in task.custom.items():
            if name in OWN_FIELDS or is_department(name):
                continue
            if name.isdigit():
                self.losses.append(Loss(task.row, name, value, "a custom field without a name"))
            else:
                lines.append(f"{name}: {' '.join(value.split())}")
        address = fields.get("HyperlinkAddress", "")
        if address and fields.get("HyperlinkSubAddress"):
            address += f"#{fields['HyperlinkSubAddress']}"
        keys: dict[str, Any] = {"notes": "\n".join(lines)} if lines else {}
        return keys | ({"urls": [address]} if address else {})

    def _cost(self, task: Task) -> dict[str, Any]:
        """The cost, which the file counts in hundredths."""
        try:
            cost = float(task.fields.get("Cost", "0")) / 100
        except ValueError:
            return {}
        return {"cost": number(float(plain(cost)))} if 0 < cost < 1e12 else {}

    def _dates(self) -> Iterator[SheetDates]:
        for task in self.outline.work:
            start, finish = day_of(task.fields.get("Start")), last_day_of(task.fields.get("Finish"))
            if (start or finish) and task.fields.get("Active") != "0":
                yield SheetDates(task.row, task.id, start, finish, "Finish")


def _settings(fields: Mapping[str, str]) -> dict[str, Any]:
    """What was written of the roadmap that has no field, with what nobody else could write."""
    own = unpacked(fields.get(KEYS_FIELD)) or {}
    calendars, absent = own.get("calendars"), own.get("absent")
    found: dict[str, Any] = {k: own[k] for k in ("near_critical", "main_launch") if k in own}
    known = calendars.items() if isinstance(calendars, dict) else ()
    return {
        **found,
        "calendars": {uid: id for uid, id in known if isinstance(id, str)},
        "absent": absent if isinstance(absent, list) else [],
    }


def _scale(project: Mapping[str, str]) -> Scale:
    """How long a day and a week are, where the file says something that can be."""
    day = number_of(project.get("MinutesPerDay"), DAY)
    day = day if 0 < day <= MOST_MINUTES else DAY
    week = number_of(project.get("MinutesPerWeek"), 5 * day) / day
    return Scale(day, week if 0 < week <= 7 else 5)


def _is_text(value: Any) -> bool:
    """Whether a value is text, or some, or none."""
    if isinstance(value, list):
        return all(isinstance(each, str) for each in value)
    return value is None or isinstance(value, str)


def _part_time(task: Task, assigned: list[Assigned]) -> Iterator[Loss]:
    for each in assigned:
        if each.party.kind == "people" and each.units != 1:
            said = f"{each.party.name}[{each.units:.0%}]"
            yield Loss(task.row, "Resource Names", said, "how much of a person's time has no key")
