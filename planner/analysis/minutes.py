"""Minutes of a meeting: what the file records and did not record before, who said it, who typed it.

They are made by comparing the last revision before the day of the meeting with what was in the
files at the end of the day on which it was closed, or with what is there now. Whoever made the
commit in which a record first stood as it stands has typed it; of what is not committed, whoever
git commits as. Without history only what has a date in the file is known.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from planner.analysis.meetings import last_met
from planner.analysis.record import Record, Revision
from planner.analysis.recorded import is_day, recorded
from planner.conflicts.needs import links_in
from planner.errors import PlannerError
from planner.git.first_parent import Point, line_of
from planner.git.user_email import name as user_name
from planner.plan.model import Plan
from planner.query.party import Party, concerns
from planner.roadmap.entities import Meeting, Tables
from planner.roadmap.figures import date_text, short_commit
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_minutes import MinuteAct, MinuteRow, MinutesShown
from planner.roadmap.values import FIRST_DAY
from planner.text.renames import renamed_tables, with_renames

DEEP = 20
"""How many merges inside merges are followed."""
UNDATED = "owners, waivers, actions and announced dates have no date in the file"
"""What nobody can tell without history."""


def minutes_of(
    path: Path, plan: Plan, meeting: Meeting | None = None, since: date | None = None
) -> MinutesShown:
    """What was recorded on the day on which a meeting was last held; or on a day, and since."""
    day = since or last_met(plan, meeting)
    base: str | None = None
    try:
        window = _window(path, plan, day, meeting if since is None else None)
        base, unknown, rows = window.base.commit, window.unknown, _by_record(window, plan)
    except PlannerError as error:
        before = undated(plan.tables, min(day, _today(plan)))
        unknown, rows = f"{error.message}: {UNDATED}", recorded(before, plan.tables, plan)
    held = meeting.last if meeting is not None else None
    return MinutesShown(
        schema=SCHEMA,
        title=plan.roadmap.title,
        as_of=plan.as_of,
        meeting=meeting.id if meeting is not None else None,
        meeting_title=meeting.label if meeting is not None else None,
        held=held if since is None else None,
        attends=tuple(map(plan.roadmap.party_title, meeting.attends)) if meeting else (),
        since=day,
        base=base,
        unknown=unknown,
        rows=tuple(row for row in rows if _is_of(row, meeting)),
    )


def minutes_for(
    plan: Plan, shown: MinutesShown, party: Party | None, work: frozenset[str] | None
) -> MinutesShown:
    """What of the minutes a party said, and is about some work; None asks for all."""

    def is_asked(row: MinuteRow) -> bool:
        about = work is None or not work.isdisjoint(_work_of(plan, row))
        return about and (party is None or _is_said_by(plan, party, row))

    return replace(shown, rows=tuple(filter(is_asked, shown.rows)))


def _is_said_by(plan: Plan, party: Party, row: MinuteRow) -> bool:
    if row.said is None:
        return False
    side = row.said.id in (row.said.side, None)
    return concerns(plan, party, row.said.side, None if side else row.said.id)


def _work_of(plan: Plan, row: MinuteRow) -> set[str]:
    """The initiatives that a record is about, by their own ids or by what they name."""
    if row.kind == "initiatives":
        return {row.id, row.other}
    waiver = plan.roadmap.waivers.get(row.id) if row.kind == "waivers" else None
    ids = {row.id, *(waiver.on if waiver is not None else ())}
    every = plan.roadmap.initiatives.values()
    naming = ("awaits", "outcomes", "uses", "alters")
    return ids | {one.id for one in every if any(ids & {*getattr(one, key)} for key in naming)}


def _is_of(row: MinuteRow, meeting: Meeting | None) -> bool:
    """Whether a record is none of another meeting."""
    return meeting is None or row.act != "closed" or row.id == meeting.id


def _today(plan: Plan) -> date:
    """The day of what is in the files: of a plan of next year it is no earlier than the plan's."""
    return max(plan.as_of, plan.clock.day)


# --- by the record --------------------------------------------------------------------------------

Key = tuple[MinuteAct, str, str, str, str, str]
"""What makes two records the same one."""
Typed = dict[Key, tuple[str | None, str | None]]
"""Who typed each record, and in which commit."""


class _Dated(Struct, frozen=True):
    """A revision, and the day by which it was written down: of its author, of its status date where
    that is later, and never before that of an earlier one.
    """

    day: date
    revision: Revision

    def last(self, meeting: Meeting) -> object:
        """When a meeting was last held, as it says."""
        table = self.revision.tables.get("meetings", {}).get(meeting.id)
        return table.get("last") if isinstance(table, Mapping) else None


class _Window(Struct, frozen=True):
    """The revisions that are looked at, after `base`; `user` has typed what is not committed."""

    record: Record
    base: Revision
    later: tuple[Revision, ...]
    now: Tables | None
    """What is in the files; None where that is of another day."""
    user: str | None
    unknown: str | None

    @property
    def after(self) -> Tables:
        """The tables at the end."""
        return self.now or (self.later[-1] if self.later else self.base).tables


def _window(path: Path, plan: Plan, day: date, meeting: Meeting | None) -> _Window:
    """From the last revision before a day, to the end of the day on which a meeting was closed, or
    to now. Raises PlannerError where there is no history.
    """
    record = Record(path)
    dated = [*_dated(record)]
    if not dated:
        raise PlannerError("no commit has the roadmap yet")
    closed = None
    if meeting is not None and meeting.last is not None:
        closed = next((one for one in dated if one.last(meeting) == meeting.last), None)
    end = closed.day if closed is not None else _today(plan)
    base = _last_before(dated, min(day, end))
    after = dated[dated.index(base) + 1 :]
    return _Window(
        record=record,
        base=base.revision,
        later=tuple(one.revision for one in after if closed is None or one.day <= end),
        now=plan.tables if _today(plan) <= end or closed is None else None,
        user=user_name(path),
        unknown=_starts_late(base, min(day, end), plan),
    )


def _dated(record: Record) -> Iterator[_Dated]:
    day = FIRST_DAY
    for revision in record.revisions():
        day = max(day, revision.day, revision.point.made)
        if not revision.message:
            yield _Dated(day, revision)


def _last_before(dated: Sequence[_Dated], day: date) -> _Dated:
    """The last revision before a day; the first of all where there is none."""
    return next((one for one in reversed(dated) if one.day < day), dated[0])


def _starts_late(base: _Dated, day: date, plan: Plan) -> str | None:
    """Why something may be missing: the record starts on the day itself, or later."""
    if base.day < day:
        return None
    on, commit = date_text(base.day, plan.as_of), short_commit(base.revision.commit)
    return f"the record starts on {on} with {commit}, and what that recorded is not told"


def _by_record(window: _Window, plan: Plan) -> list[MinuteRow]:
    """What was recorded, each with who typed it."""
    found = recorded(window.base.tables, window.after, plan)
    makers = _Makers(window.record, plan, window.after, {_key(row) for row in found})
    typed: Typed = {}
    before = window.base.tables
    for revision in window.later:
        typed |= makers.of(before, revision.point, revision.tables, DEEP)
        before = revision.tables
    if window.now is not None:
        typed |= dict.fromkeys(makers.made(before, window.now), (window.user, None))
    return [_with_author(row, typed) for row in found]


def _key(row: MinuteRow) -> Key:
    return row.act, row.kind, row.id, row.other, row.text, str(row.day)


def _with_author(row: MinuteRow, typed: Typed) -> MinuteRow:
    who, commit = typed.get(_key(row), (None, None))
    return replace(row, typed=who, commit=commit)


class _Makers:
    """Who made which of the records that are wanted; `after` has the ids that they go by."""

    def __init__(self, record: Record, plan: Plan, after: Tables, wanted: Collection[Key]) -> None:
        self._record, self._plan, self._after = record, plan, after
        self._wanted = frozenset(wanted)

    def made(self, before: Tables, tables: Tables) -> frozenset[Key]:
        """What tables record and earlier ones do not."""
        was, now = (with_renames(one, renamed_tables(one, self._after)) for one in (before, tables))
        return self._wanted.intersection(map(_key, recorded(was, now, self._plan)))

    def of(self, before: Tables, point: Point, tables: Tables, deep: int) -> Typed:
        """What a commit made; what a merge brought was made on its other sides."""
        made = self.made(before, tables)
        found: Typed = dict.fromkeys(made, (point.author, point.commit))
        for parent in point.parents[1:] if made and deep else ():
            for key, typed in self._side(parent, point.parents[0], deep - 1).items():
                if key in made:
                    found[key] = typed
        return found

    def _side(self, parent: str, first: str, deep: int) -> Typed:
        """What the commits of a merged side made, the oldest first."""
        record = self._record
        found: Typed = {}
        lines = (line_of(record.repository, parent, name, beyond=first) for name in record.names)
        points = next(filter(None, lines), [])[::-1]
        record.texts.load(points)
        before: Tables | None = None
        for point in points:
            tables = record.tables_at(point)
            if tables is not None:
                before = self._before(point) if before is None else before
                found |= self.of(before, point, tables, deep)
                before = tables
        return found

    def _before(self, point: Point) -> Tables:
        """The tables before a point of another line."""
        parent = self._record.newest(point.parents[0]) if point.parents else None
        return (self._record.tables_at(parent) if parent is not None else None) or {}


# --- by the dates in the file ---------------------------------------------------------------------


def undated(tables: Tables, day: date) -> Tables:
    """The tables without what is dated on a day or after it."""
    return {
        kind: {id: _without(table, day) if kind in _DATED else table for id, table in of.items()}
        for kind, of in tables.items()
    }


_DATED = frozenset(
    ("initiatives", "agreements", "decisions", "actions", "systems", "outcomes", "meetings")
)
_ANSWERS = ("asked", "agreed", "declined", "accepted", "rejected")
_FACTS = ("decided", "done", "last")


def _without(table: Any, day: date) -> Any:
    if not isinstance(table, Mapping):
        return table
    found = _kept(table, lambda key, value: key in _FACTS and _is_since(value, day))
    for key in ("reviews", "agreed"):
        if isinstance(found.get(key), Mapping):
            found[key] = _kept(found[key], lambda _, value: _is_since(value, day))
    for key in ("readings", "answers"):
        if isinstance(found.get(key), Mapping):
            found[key] = _kept(found[key], lambda name, _: str(name) >= day.isoformat())
    if "needs" in found:
        found["needs"] = [_link(one, day) for one in links_in(found["needs"])]
    return found


def _kept(table: Mapping[Any, Any], goes: Callable[[Any, Any], bool]) -> dict[Any, Any]:
    return {key: value for key, value in table.items() if not goes(key, value)}


def _is_since(value: object, day: date) -> bool:
    return is_day(value) and value >= day


def _link(written: Any, day: date) -> Any:
    """A link without what was said of it since."""
    if not isinstance(written, Mapping):
        return written

    def is_new(key: str, value: Any) -> bool:
        if key == "counter":
            return isinstance(value, Mapping) and _is_since(value.get("on"), day)
        return key in _ANSWERS and _is_since(value, day)

    return _kept(written, is_new)
