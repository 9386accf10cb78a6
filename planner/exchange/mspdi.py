"""A plan as Microsoft Project's XML (MSPDI), written without Java.

Portfolios and groups are summary tasks, which have no links; initiatives are tasks of fixed length
on a calendar of their own, so that no resource changes a date. What Microsoft Project means
otherwise than we do is written so that it computes our dates (`microsoft.carrying`), and what its
fields can't say stands in text fields of our own (`microsoft.terms`), so that the plan comes back
as it was. The same plan at the same status date gives the same bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import starmap, takewhile
from typing import Any

from msgspec import Struct

from planner.exchange.microsoft.calendars import calendar_elements, derived_calendar
from planner.exchange.microsoft.carrying import EVERY_DAY, Carrying, LinkOut, is_dropped, written
from planner.exchange.microsoft.elements import Element, document
from planner.exchange.microsoft.terms import (
    CONSTRAINTS,
    DATE_FIELDS,
    DATE_KEYS,
    DATES_FIELD,
    DAY,
    DAYS,
    ELAPSED_DAYS,
    ID_FIELD,
    KEYS_FIELD,
    LENGTH_FIELD,
    LENGTH_FIELDS,
    LENGTH_KEYS,
    LINK_TYPES,
    LINKS_FIELD,
    NAMESPACE,
    OPEN_KEYS,
    OWN_FIELDS,
    PRIORITIES,
    WEEKS,
    Scale,
    date_keys,
    duration,
    lag_days,
    length_keys,
    link_fields,
    sealed,
)
from planner.exchange.own_sheets import links_outside
from planner.network.graph import FINISHED, STARTED
from planner.plan.model import Plan
from planner.roadmap.entities import Initiative
from planner.roadmap.quantities import Need, format_need_text, length_days
from planner.roadmap.sides import in_order, title_of

CARRIED = frozenset(("title", "part_of", "portfolio", "priority", "notes", "urls", "owner", "staff",
                     "calendar", "needs", "kind", *LENGTH_KEYS, *DATE_KEYS))  # fmt: skip
"""The keys of an initiative that the file has a place for."""

TEXT = 255
"""So long a text field can be."""


class Row(Struct, frozen=True):
    """A row of the file: a portfolio, a group or an initiative, and how deep it stands."""

    kind: str
    id: str
    level: int


def export(plan: Plan, ids: Sequence[str]) -> bytes:
    """The file with these initiatives."""
    return document("Project", NAMESPACE, _Writer(plan, ids).project())


def left_out(plan: Plan, ids: Sequence[str]) -> Mapping[str, int]:
    """What the file has no place for: keys of initiatives, and how many have them; kinds of table
    with how many there are.
    """
    roadmap, kept = plan.roadmap, CARRIED | {*OPEN_KEYS}
    found = Counter(_links_left_out(plan, ids))
    written = (plan.written("initiatives", id) for id in ids)
    for table in written:
        found.update(key for key in table if key not in kept)
        found["terms of handovers"] += _terms(table)
    kinds = ("freezes", "systems", "data", "outcomes", "agreements", "decisions", "actions",
             "meetings", "waivers", "views")  # fmt: skip
    found.update({kind: len(roadmap.table(kind)) for kind in kinds if roadmap.table(kind)})
    return dict(found)


def _terms(table: Mapping[str, Any]) -> int:
    """How many links of an initiative, as it is written, say more than what binds the dates."""
    needs = table.get("needs", ())
    return sum(isinstance(need, Mapping) and not LINK_KEYS.issuperset(need) for need in needs)


LINK_KEYS = frozenset(("on", "type", "lag"))


def _links_left_out(plan: Plan, ids: Sequence[str]) -> Mapping[str, int]:
    """Links out of the file, those that could bind nothing, and second ones between two tasks,
    which are written, and of which Microsoft Project keeps one.
    """
    carrying, among = Carrying(plan, ids), frozenset(ids)
    initiatives = [plan.roadmap.initiatives[id] for id in ids]
    links = [carrying.links(one) for one in initiatives]
    written = sum(map(len, links))
    inside = sum(need.on in among for one in initiatives for need in one.needs)
    return {
        "links to other initiatives": links_outside(plan, ids),
        "links in circles": inside - written,
        "second links of a pair": written - sum(len({to.on for to in each}) for each in links),
    }


def rows(plan: Plan, ids: Sequence[str]) -> list[Row]:
    """The rows in the order of the file: sides, in them groups, in those the work."""
    roadmap = plan.roadmap
    below: dict[tuple[str, str], list[str]] = {}
    for one in (roadmap.initiatives[id] for id in ids):
        side = roadmap.portfolio_of(one) or ""
        below.setdefault((side, _group(plan, one.part_of)), []).append(one.id)
    found: list[Row] = []
    for side in in_order({side for side, _ in below}):
        found += _side(plan, side, below)
    return found


def _group(plan: Plan, id: str | None) -> str:
    return id if id is not None and id in plan.roadmap.groups else ""


def _side(plan: Plan, side: str, below: Mapping[tuple[str, str], list[str]]) -> Iterator[Row]:
    level = 1 if side else 0
    if side:
        yield Row("portfolios", side, 1)
    yield from (Row("initiatives", id, level + 1) for id in below.get((side, ""), ()))
    used = {group for each, group in below if each == side and group}
    tree = _tree(plan, used)
    yield from _groups(tree, "", level + 1, {g: below.get((side, g), []) for g in tree})


def _tree(plan: Plan, used: set[str]) -> dict[str, str]:
    """The groups in use and those above them, with the one above each; a circle is cut."""
    found: dict[str, str] = {}
    for id in sorted(used, key=list(plan.roadmap.groups).index):
        seen: set[str] = set()
        while id and id not in found and id not in seen:
            seen.add(id)
            upper = _group(plan, plan.roadmap.groups[id].part_of)
            found[id] = "" if upper in seen else upper
            id = upper
    return found


def _groups(
    tree: Mapping[str, str], above: str, level: int, work: Mapping[str, list[str]]
) -> Iterator[Row]:
    for id in (id for id, upper in tree.items() if upper == above):
        yield Row("groups", id, level)
        yield from (Row("initiatives", one, level + 1) for one in work.get(id, ()))
        yield from _groups(tree, id, level + 1, work)


class _Writer:
    """What the parts of one file share: rows, their numbers, and what carries our dates."""

    def __init__(self, plan: Plan, ids: Sequence[str]) -> None:
        self.plan = plan
        self.initiatives = [plan.roadmap.initiatives[id] for id in ids]
        self.rows = rows(plan, ids)
        self.carrying = Carrying(plan, ids)
        self.uids = {row.id: n for n, row in enumerate(self.rows, 1) if row.kind == "initiatives"}
        self.week = plan.calendars.roadmap.days_per_week
        self.scale = Scale(DAY, self.week)
        self.parties = self._parties()
        self.others = {EVERY_DAY} & set(map(self.carrying.calendar, self.initiatives))
        calendars = (*plan.calendars.all, *self.others)
        self.places = {one: place for place, one in enumerate(calendars)}

    def _parties(self) -> dict[str, int]:
        """Who owns or staffs work, and every team and person with a table: to their UID."""
        roadmap = self.plan.roadmap
        named = [*roadmap.teams, *roadmap.people]
        for one in self.initiatives:
            named += [*one.owner[:1], *one.staff]
        return {id: uid for uid, id in enumerate(dict.fromkeys(named), 1)}

    # --- the project ------------------------------------------------------------------------------

    def project(self) -> Iterator[Element]:
        plan, schedule = self.plan, self.plan.schedule
        finish = schedule.last_day or self.carrying.start
        yield from (
            ("SaveVersion", 14),
            ("Name", plan.roadmap.title),
            ("Title", plan.roadmap.title),
        )
        yield "ScheduleFromStart", 1
        yield "StartDate", f"{self.carrying.start}T08:00:00"
        yield "FinishDate", f"{finish}T17:00:00"
        yield "CriticalSlackLimit", 0
        if plan.roadmap.settings.currency:
            yield "CurrencyCode", plan.roadmap.settings.currency
        yield "CalendarUID", self.places[plan.calendars.roadmap] + 1
        yield from (("DefaultStartTime", "08:00:00"), ("DefaultFinishTime", "17:00:00"))
        yield from (("MinutesPerDay", DAY), ("MinutesPerWeek", DAY * self.week))
        yield from (("DaysPerMonth", 20), ("DefaultTaskType", 1), ("DurationFormat", DAYS))
        yield from (("HonorConstraints", 0), ("NewTasksEffortDriven", 0), ("NewTasksAreManual", 0))
        yield "StatusDate", f"{plan.as_of}T08:00:00"
        yield "CurrentDate", f"{plan.as_of}T08:00:00"
        yield "ExtendedAttributes", [_definition(alias) for alias in OWN_FIELDS]
        yield "Calendars", [*calendar_elements(plan, self.others), *self._resource_calendars()]
        yield "Tasks", [self._project_task(), *starmap(self._row, enumerate(self.rows, 1))]
        yield "Resources", [self._resource(id) for id in self.parties]
        yield "Assignments", list(self._assignments())

    def _project_task(self) -> Element:
        """The task that stands for the project, with the settings that have no field."""
        settings = self.plan.written("roadmap", "")
        keys = {k: settings[k] for k in ("near_critical", "main_launch") if k in settings}
        absent = [key for key in ("start", "status_date", "calendar") if key not in settings]
        keys |= {"absent": absent} if absent else {}
        known = self.plan.roadmap.calendars
        keys["calendars"] = {
            str(place + 1): one.id for one, place in self.places.items() if one.id in known
        }
        fields: list[Element] = [
            ("UID", 0),
            ("ID", 0),
            ("Name", self.plan.roadmap.title),
            ("Type", 1),
        ]
        span = self._spanned(self.rows, 0)
        tail = [
            ("OutlineLevel", 0),
            *span,
            ("Work", duration(0)),
            ("Summary", 1),
            ("CalendarUID", -1),
        ]
        own = _own(KEYS_FIELD, _json(keys)) if keys else []
        return "Task", [*fields, *tail, *own]

    # --- rows -------------------------------------------------------------------------------------

    def _row(self, number: int, row: Row) -> Element:
        if row.kind == "initiatives":
            return self._task(row, number, self.plan.roadmap.initiatives[row.id])
        table = self.plan.roadmap.table(row.kind).get(row.id)
        title = getattr(table, "title", None)
        name = title_of(row.id, title) if row.kind == "portfolios" else title or row.id
        return "Task", [
            ("UID", number),
            ("ID", number),
            ("Name", name),
            ("Active", 1),
            ("Manual", 0),
            ("Type", 1),
            ("OutlineLevel", row.level),
            *self._spanned(self.rows[number:], row.level),
            ("Work", duration(0)),
            ("Summary", 1),
            ("CalendarUID", -1),
            *_own(ID_FIELD, f"{row.kind}.{row.id}"),
        ]

    def _spanned(self, after: Sequence[Row], level: int) -> list[Element]:
        """From when to when there is work in a summary task, the rows after it given."""
        below = takewhile(lambda row: row.level > level, after)
        moments = (self.carrying.moments(row.id) for row in below if row.kind == "initiatives")
        found = [each for each in moments if each is not None]
        if not found:
            return []
        first, last = min(each[0] for each in found), max(each[1] for each in found)
        return [("Start", written(first)), ("Finish", written(last))]

    def _task(self, row: Row, number: int, one: Initiative) -> Element:
        links = self.carrying.links(one)
        said = self._fields(one)
        own = self._own_fields(one, said, links)
        moments = self.carrying.moments(one.id)
        start = written(moments[0]) if moments else f"{self.carrying.start}T08:00:00"
        finish = written(moments[1]) if moments else start
        return "Task", [
            ("UID", number),
            ("ID", number),
            ("Name", one.label),
            ("Active", said["Active"]),
            ("Manual", 0),
            ("Type", 1),
            ("OutlineLevel", row.level),
            ("Priority", PRIORITIES[one.priority - 1] if one.priority else 500),
            ("Start", start),
            ("Finish", finish),
            *_some(said, "Duration", "DurationFormat"),
            ("Work", duration(self._work(one))),
            ("EffortDriven", 0),
            ("Estimated", 0),
            ("Milestone", int(said["Duration"] == duration(0))),
            ("Summary", 0),
            *_some(said, "PercentComplete", "ActualStart", "ActualFinish", "ActualDuration"),
            *_some(said, "RemainingDuration", "ConstraintType"),
            ("CalendarUID", self._calendar_uid(one)),
            *_some(said, "ConstraintDate", "Deadline"),
            *([("HyperlinkAddress", one.urls[0])] if one.urls else []),
            ("IgnoreResourceCalendar", 1),
            *([("Notes", one.notes)] if one.notes else []),
            *(self._link(link) for link in links),
            *(element for alias, text in own.items() for element in _own(alias, text)),
        ]

    def _work(self, one: Initiative) -> float:
        """Days of work: of all who are on it together."""
        return self.carrying.days(one) * sum(self._assigned(one).values())

    def _calendar_uid(self, one: Initiative) -> int:
        return self.places[self.carrying.calendar(one)] + 1

    def _link(self, link: LinkOut) -> Element:
        return "PredecessorLink", [*self._link_fields(link).items()]

    def _link_fields(self, link: LinkOut) -> dict[str, str]:
        return {
            "PredecessorUID": str(self.uids[link.on]),
            "Type": str(LINK_TYPES.index(link.type)),
            "CrossProject": "0",
            "LinkLag": str(link.lag),
            "LagFormat": str(link.format),
        }

    # --- fields of a task -------------------------------------------------------------------------

    def _fields(self, one: Initiative) -> dict[str, str]:
        """Its length, progress and set dates as Microsoft Project has them."""
        carried = self.carrying.carried(one)
        fields = {"Active": str(int(not is_dropped(self.plan, one.id))), **self._progress(one)}
        fields["ConstraintType"] = str(carried.constraint)
        if carried.at is not None and carried.constraint in CONSTRAINTS:
            fields["ConstraintDate"] = written(carried.at)
        if carried.deadline is not None:
            fields["Deadline"] = written(carried.deadline)
        return fields

    def _progress(self, one: Initiative) -> dict[str, str]:
        plan, days = self.plan, self.carrying.days(one)
        node = plan.network.index[one.id]
        standing, moments = plan.network.standing[node], self.carrying.moments(one.id)
        in_weeks = one.estimate is not None and one.estimate.likely.unit == "w"
        week = plan.calendars.for_initiative(one).days_per_week
        weeks = in_weeks and week == self.week and days and days % week == 0
        fields = {"Duration": duration(days), "DurationFormat": str(WEEKS if weeks else DAYS)}
        left = plan.schedule.work.left[node] if standing == STARTED else 0 if moments else days
        left = days if standing < STARTED or moments is None else min(left, days)
        done = days - left
        percent = 100 if standing == FINISHED else int(100 * done / days) if days else 0
        fields |= {"PercentComplete": str(percent), "ActualDuration": duration(done)}
        fields["RemainingDuration"] = duration(left)
        if moments is not None and standing in (STARTED, FINISHED):
            fields["ActualStart"] = written(moments[0])
        if moments is not None and standing == FINISHED:
            fields["ActualFinish"] = written(moments[1])
        return fields

    def _own_fields(
        self, one: Initiative, said: Mapping[str, str], links: tuple[LinkOut, ...]
    ) -> dict[str, str]:
        """What Microsoft Project's fields don't say, by the name of our field."""
        table = self.plan.written("initiatives", one.id)
        own = {ID_FIELD: one.id}
        if keys := self._open_keys(one, table):
            own[KEYS_FIELD] = keys
        meant = _meant(table, DATE_KEYS)
        if meant != date_keys(said):
            own[DATES_FIELD] = sealed(meant, said, DATE_FIELDS)
        meant = _meant(table, (*LENGTH_KEYS, "kind"))
        if meant != length_keys(said, self.scale):
            own[LENGTH_FIELD] = sealed(meant, said, LENGTH_FIELDS)
        if self._is_reckoned(one, links):
            needs = [format_need_text(need) for need in one.needs]
            fields = link_fields(map(self._link_fields, links))
            own[LINKS_FIELD] = sealed({"needs": needs}, fields, ("links",))
        return own

    def _open_keys(self, one: Initiative, table: Mapping[str, Any]) -> str:
        """Keys without a field, as JSON; the longest are left out until it is short enough."""
        keys = {key: table[key] for key in OPEN_KEYS if key in table}
        if keys.get("kind") == "milestone":
            del keys["kind"]
        if self.carrying.calendar(one) is EVERY_DAY:
            keys.setdefault("calendar", None)
        while keys and len(_json(keys)) > TEXT:
            del keys[max(keys, key=lambda key: len(_json(keys[key])))]
        return _json(keys) if keys else ""

    def _is_reckoned(self, one: Initiative, links: tuple[LinkOut, ...]) -> bool:
        """Whether the file's links say something else than ours."""
        said = [(link.on, link.type, lag_days(self._link_fields(link), self.scale, 0))
                for link in links]  # fmt: skip
        if any(link.format == ELAPSED_DAYS for link in links):
            return True
        return said != [(need.on, need.type, self._lag(need)) for need in one.needs]

    def _lag(self, need: Need) -> int:
        return 0 if need.lag is None else length_days(need.lag, self.plan.network.week)

    # --- resources --------------------------------------------------------------------------------

    def _resource_calendars(self) -> Iterator[Element]:
        for id, uid in self.parties.items():
            yield derived_calendar(self._own_calendar(uid), self._base(id), self._name(id))

    def _own_calendar(self, uid: int) -> int:
        return len(self.places) + uid

    def _base(self, id: str) -> int:
        one = Initiative(id=id, owner=(id,))
        return self.places[self.plan.calendars.for_initiative(one)] + 1

    def _name(self, id: str) -> str:
        roadmap = self.plan.roadmap
        table = roadmap.teams.get(id) or roadmap.people.get(id)
        return table.label if table is not None else id

    def _resource(self, id: str) -> Element:
        roadmap, uid = self.plan.roadmap, self.parties[id]
        person, team = roadmap.people.get(id), roadmap.teams.get(id)
        group = person.team if person else team.portfolio if team else None
        return "Resource", [
            ("UID", uid),
            ("ID", uid),
            ("Name", self._name(id)),
            ("Type", 1),
            ("Code", f"{'people' if person else 'teams'}.{id}"),
            *([("Group", group)] if group else []),
            *([("EmailAddress", person.email)] if person and person.email else []),
            *([("MaxUnits", team.capacity)] if team and team.capacity is not None else []),
            ("CalendarUID", self._own_calendar(uid)),
        ]

    def _assignments(self) -> Iterator[Element]:
        uid = 0
        for one in self.initiatives:
            for party, units in self._assigned(one).items():
                uid += 1
                yield (
                    "Assignment",
                    [
                        ("UID", uid),
                        ("TaskUID", self.uids[one.id]),
                        ("ResourceUID", self.parties[party]),
                        ("Units", units),
                        ("Work", duration(self.carrying.days(one) * units)),
                    ],
                )

    def _assigned(self, one: Initiative) -> dict[str, int | float]:
        """Who works on it and how many of them; its owner first, whoever works on it."""
        owner = one.accountable
        staff: dict[str, int | float] = {} if owner is None else {owner: 0 if one.staff else 1}
        return staff | one.staff


def _meant(table: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """These keys as written, without those that say what holds anyway."""
    found = {key: table[key] for key in keys if key in table}
    if found.get("kind") != "milestone":
        found.pop("kind", None)
    if found.get("status") == "planned":
        del found["status"]
    if found.get("as_late_as_possible") is False:
        del found["as_late_as_possible"]
    return found


def _some(fields: Mapping[str, str], *names: str) -> list[Element]:
    return [(name, fields[name]) for name in names if name in fields]


def _json(value: object) -> str:
    return json.dumps(value, default=str, ensure_ascii=False, separators=(",", ":"))


def _own(alias: str, text: str) -> list[Element]:
    return [("ExtendedAttribute", [("FieldID", OWN_FIELDS[alias][0]), ("Value", text)])]


def _definition(alias: str) -> Element:
    number, name = OWN_FIELDS[alias]
    return "ExtendedAttribute", [("FieldID", number), ("FieldName", name), ("Alias", alias)]
