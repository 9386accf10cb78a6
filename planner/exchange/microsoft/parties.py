"""Resources of a file as teams and people, and who works on what.

A resource is a person where it has an address or an account, or is called as people are, and a team
otherwise. Its group is its department, or else a person's team. Materials and costs are neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from planner.analysis.importing import Loss
from planner.exchange.importing.parties import is_person
from planner.exchange.microsoft.records import Records, fields_of
from planner.exchange.microsoft.sides import side_named
from planner.exchange.microsoft.terms import number_of, plain
from planner.exchange.microsoft.working_time import Working
from planner.roadmap.ids import id_like, is_id, make_id

_WORK = 1


class Party(Struct, frozen=True):
    """A team or person: its table's kind and id, its side, and the resource's calendar."""

    kind: str
    id: str
    name: str
    side: str | None = None
    calendar: str = ""


class Parties(Struct):
    """Who there is, by the UID of the resource, and the tables that they make."""

    by_uid: dict[str, Party] = {}
    tables: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)

    def calendars(self) -> Iterator[Party]:
        """Those with a calendar."""
        return (party for party in self.by_uid.values() if party.calendar)


class Assigned(Struct, frozen=True):
    """Who works on a task, and how much of each."""

    party: Party
    units: float


def parties_of(records: Records) -> Parties:
    """The teams and people of a file."""
    found = Parties()
    taken: set[str] = set()
    resources = [one for one in records.resources if fields_of(one).get("Name", "").strip()]
    for record in sorted(resources, key=lambda one: not _own_id(fields_of(one))):
        _add(found, fields_of(record), taken)
    return found


def assigned_to(records: Records, parties: Parties) -> Mapping[str, list[Assigned]]:
    """Who works on each task, by its UID, in the order of the file."""
    found: dict[str, list[Assigned]] = {}
    for record in records.assignments:
        fields = fields_of(record)
        party = parties.by_uid.get(fields.get("ResourceUID", ""))
        if party is not None:
            units = _float(fields.get("Units"), 1.0)
            found.setdefault(fields.get("TaskUID", ""), []).append(Assigned(party, units))
    return found


def _add(found: Parties, fields: Mapping[str, str], taken: set[str]) -> None:
    name = fields["Name"].strip()
    if number_of(fields.get("Type"), _WORK) != _WORK or fields.get("IsCostResource") == "1":
        why = "a material or a cost is neither a team nor a person"
        found.losses.append(Loss(0, "Resource", name, why))
        return
    own = _own_id(fields)
    kind = own[0] if own else "people" if _is_person(fields, name) else "teams"
    id = own[1] if own and own[1] not in taken else make_id(name, taken, kind.rstrip("s"))
    taken.add(id)
    group = fields.get("Group", "").strip()
    side = side_named(group) or (group if own and kind == "teams" and is_id(group) else None)
    if group and side is None and kind == "teams":
        found.losses.append(
            Loss(0, "Resource group", group, f"no department that is known: {name}")
        )
    calendar = fields.get("CalendarUID", "")
    found.by_uid[fields.get("UID", "")] = Party(kind, id, name, side, calendar)
    keys = _person(fields, name, id, group) if kind == "people" else _team(fields, name, id, side)
    found.tables.setdefault(kind, {})[id] = keys
    if kind == "people" and "team" in keys:
        _team_of_group(found, keys["team"], group)


def _own_id(fields: Mapping[str, str]) -> tuple[str, str] | None:
    """Kind and id as they were written here."""
    kind, _, id = fields.get("Code", "").partition(".")
    return (kind, id) if kind in ("teams", "people") and is_id(id) else None


def _is_person(fields: Mapping[str, str], name: str) -> bool:
    if fields.get("IsGeneric") == "1":
        return False
    if fields.get("EmailAddress") or fields.get("NTAccount"):
        return True
    return is_person(name)


def _person(fields: Mapping[str, str], name: str, id: str, group: str) -> dict[str, Any]:
    keys: dict[str, Any] = {"name": name} if name != id else {}
    if fields.get("EmailAddress"):
        keys["email"] = fields["EmailAddress"]
    if group and side_named(group) is None and id_like(group):
        keys["team"] = id_like(group)
    return keys


def _team(fields: Mapping[str, str], name: str, id: str, side: str | None) -> dict[str, Any]:
    keys: dict[str, Any] = {"title": name} if name != id else {}
    keys |= {"portfolio": side} if side else {}
    units = _float(fields.get("MaxUnits"), 1.0)
    if units != 1 or (_own_id(fields) and "MaxUnits" in fields):
        keys["capacity"] = number(units)
    return keys


def _team_of_group(found: Parties, id: str, group: str) -> None:
    """A person's team has a table, unless it is called by its id alone."""
    teams = found.tables.setdefault("teams", {})
    if id not in teams and id != group:
        teams[id] = {"title": group}


def own_calendar(party: Party, times: Mapping[str, Working], standard: Working) -> Working | None:
    """The calendar that a resource works on, where it is another than the project's."""
    own = times.get(party.calendar)
    return None if own is None or own.is_same_time(standard) else own


def number(value: float) -> int | float:
    """A number as it is written: whole where it is."""
    return int(value) if value == int(value) else float(plain(value))


def _float(text: str | None, default: float) -> float:
    try:
        value = float(text) if text else default
    except ValueError:
        return default
    return value if 0 <= value < 1e6 else default
