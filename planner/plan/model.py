"""Plan: one frozen value with everything that follows from a roadmap at one status date.

A plan never changes; an edit makes another plan. The dates are computed when the plan is made, the
findings when they are first asked for, because a person who types waits for the dates only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct, structs

from planner.calendars.working import Calendars
from planner.conflicts.changes import Parts
from planner.conflicts.evidence import Evidence
from planner.conflicts.findings import Finding
from planner.conflicts.lost import restoring
from planner.conflicts.registry import Context, check, not_allowed
from planner.conflicts.report import Report
from planner.conflicts.roots import Root, roots
from planner.errors import EditRefused
from planner.files.workspace import Workspace
from planner.network.closing import closed_circle
from planner.network.graph import Network, circle
from planner.roadmap.entities import Roadmap, Tables
from planner.roadmap.facts import known_by
from planner.roadmap.reading import Reading, in_file_order, read, reread, wrong_values
from planner.schedule.compute import Schedule, compute
from planner.text.edits import (
    Edit,
    apply_to_data,
    dotted,
    full_key,
    renamed_ids,
    renames_of,
    values_written,
)

if TYPE_CHECKING:
    from planner.plan.graph import Graph

LARGE = 2_000
"""Initiatives, with more of which nothing is scheduled again unasked."""

FileOf = Callable[[str, str], str | None]


class Clock(Struct, frozen=True):
    """Where "now" comes from: `fixed` (--as-of), else the file's `status_date`, else `today`.

    `held` is the status date of another plan that this one is compared with.
    """

    today: date
    fixed: date | None = None
    held: date | None = None

    def as_of(self, roadmap: Roadmap) -> date:
        """The status date of a roadmap: progress counts up to its opening."""
        return self.held or self.fixed or roadmap.settings.status_date or self.today

    @property
    def day(self) -> date:
        """Today's date, from which the age of a `status_date` is counted."""
        return self.fixed or self.today


class Plan:
    """A roadmap with its network, dates and findings, all at one status date (`as_of`).

    `previous` is the plan that this one was made from; what they share is not computed again, and
    the result does not depend on it. `evidence` is from git; None where it was not looked up.
    """

    def __init__(
        self,
        reading: Reading,
        tables: Tables,
        clock: Clock,
        previous: Plan | None = None,
        evidence: Evidence | None = None,
    ) -> None:
        self.evidence = evidence
        self.reading = reading
        self.tables = tables
        self.clock = clock
        self.as_of = as_of = clock.as_of(reading.roadmap)
        self.roadmap: Roadmap = known_by(reading.roadmap, as_of)
        self.calendars: Calendars = Calendars.of(
            self.roadmap, previous.calendars if previous else None
        )
        self.network: Network = Network.of(
            self.roadmap, reading.invalid, previous.network if previous else None
        )
        self.schedule: Schedule = compute(self.roadmap, self.network, self.calendars, as_of)

    @property
    def is_large(self) -> bool:
        """Whether it is too large to be scheduled again for what nobody asked for."""
        return len(self.roadmap.initiatives) > LARGE

    @cached_property
    def context(self) -> Context:
        """What the rules look at."""
        return Context(
            self.roadmap,
            self.reading,
            self.network,
            self.schedule,
            self.calendars,
            evidence=self.evidence,
            tables=self.tables,
            today=self.clock.day,
        )

    @cached_property
    def graph(self) -> Graph:
        """The dependency graph as networkx has it, with dates; importing it takes 100 ms."""
        from planner.plan.graph import Graph

        return Graph(self.context)

    @cached_property
    def report(self) -> Report:
        """All findings, and which subjects are not in use."""
        return check(self.context)

    def check(self) -> None:
        """Compute the findings now, so that a later caller does not wait."""
        _ = self.report

    @cached_property
    def parts(self) -> Parts:
        """The findings one by one, as another plan's are compared with them."""
        return Parts(self.report)

    def unlost(self, before: Tables) -> Parts | None:
        """The findings with people, measurements and checks of `before` restored.

        None where nothing of these is lost. Both have the same ids.
        """
        try:
            edit = restoring(before, self.tables)
            return None if edit is None else self.with_edit(edit).parts
        except EditRefused:
            return None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, waived ones too, what costs most first, those of one root together."""
        return self.report.findings

    @cached_property
    def roots(self) -> tuple[Root, ...]:
        """The findings that are not waived, by what is behind them, in the same order."""
        return roots(self.context, self.findings)

    def written(self, kind: str, id: str) -> Mapping[str, Any]:
        """The keys of a table as they are written; none where there is no table, or what stands in
        its place is none (`crm = "x"` in `[systems]`), which `tables` keep as it is.
        """
        table = self.tables.get(kind, {}).get(id)
        return table if isinstance(table, Mapping) else {}

    def with_edit(
        self, edit: Edit, written: Tables | None = None, file_of: FileOf | None = None
    ) -> Plan:
        """The plan as it would be after `edit`, at the level of data: no text is touched.

        Where the text was edited, `written` are its tables, in the order in which they stand there,
        and `file_of` tells in which file one is. Without them a new table comes last of its kind.
        Raises EditRefused where the edit has no meaning on these tables (no such table or key),
        where it writes a value that the format does not allow, and where it makes initiatives wait
        for each other.
        """
        tables = apply_to_data(edit, self.tables) if written is None else written
        _refuse_wrong_values(edit, self.tables, tables)
        after = self.with_tables(tables, file_of=file_of)
        if after.network.stuck:
            _refuse_a_circle(self.network, after.network, edit)
        _refuse_what_is_wrong_here(edit, self, after)
        return after

    def with_tables(
        self, tables: Tables, clock: Clock | None = None, file_of: FileOf | None = None
    ) -> Plan:
        """The plan of other tables, whatever they say; only those that differ are read again.

        A new table comes last of its kind, in the file that `file_of` tells.
        """
        reading = self.reading
        for kind, id in sorted(changed(self.tables, tables)):
            file = file_of(kind, id) if file_of else None
            reading = reread(reading, kind, id, tables.get(kind, {}).get(id), file)
        reading = in_file_order(reading, tables)
        return Plan(reading, tables, clock or self.clock, self, self.evidence)

    def at(self, as_of: date) -> Plan:
        """The plan of the same text at another status date."""
        if as_of == self.as_of:
            return self
        return self.with_clock(structs.replace(self.clock, held=as_of))

    def with_clock(self, clock: Clock) -> Plan:
        """The plan of the same text with another clock."""
        if clock == self.clock:
            return self
        return Plan(self.reading, self.tables, clock, self, self.evidence)

    def with_evidence(self, evidence: Evidence | None) -> Plan:
        """The plan of the same text with evidence from git."""
        if evidence is self.evidence:
            return self
        return Plan(self.reading, self.tables, self.clock, self, evidence)


def plan_of(workspace: Workspace, clock: Clock, evidence: Evidence | None = None) -> Plan:
    """Make the plan of a workspace's text; `evidence` is from git."""
    files = {document.file: document.data for document in workspace.documents}
    reading = read(files, title=workspace.title)
    return Plan(reading, workspace.tables, clock, evidence=evidence)


def _refuse_wrong_values(edit: Edit, before: Tables, after: Tables) -> None:
    """Refuse an edit that writes an invalid value; one that was in the file before may stay."""
    names = renamed_ids(renames_of(edit))
    for kind, id, keys in values_written(edit):
        known = wrong_values(kind, id, before.get(kind, {}).get(id), keys)
        now = names.get((kind, id), id)
        for problem in wrong_values(kind, id, after.get(kind, {}).get(now), keys):
            if problem not in known:
                where = dotted(full_key(kind, id, problem.key))
                raise EditRefused(problem.message, key=where)


_WRONG_HERE = frozenset(("calendars", "groups", "checks"))
"""Kinds with values that are wrong only by other tables, the holidays there are, or the rules."""


def _refuse_what_is_wrong_here(edit: Edit, before: Plan, after: Plan) -> None:
    """Refuse an edit that writes a value which is wrong only in the whole plan."""
    names = renamed_ids(renames_of(edit))
    written = {
        (kind, names.get((kind, id), id), key)
        for kind, id, keys in values_written(edit)
        if kind in _WRONG_HERE
        for key in keys
    }
    if not written:
        return
    known = {one.message for one in not_allowed(before.context)}
    for one in not_allowed(after.context):
        ids = one.on or ("",)
        mine = next((id for id in ids if one.key and (one.kind, id, one.key[0]) in written), None)
        if mine is not None and one.message not in known:
            raise EditRefused(one.message, key=dotted(full_key(one.kind, mine, one.key)))


def _refuse_a_circle(before: Network, after: Network, edit: Edit) -> None:
    ids = renamed_ids(renames_of(edit)).items()
    renamed = {was: now for (kind, was), now in ids if kind == "initiatives"}
    ring = closed_circle(before, after, renamed)
    if ring is None:
        return
    pred, succ = ring[0], ring[1 % len(ring)]
    why = f"{pred} waits for it" if len(ring) > 1 else "nothing waits for itself"
    raise EditRefused(
        f"{succ} can't need {pred}, since {why}: {circle(ring)}",
        key=f"initiatives.{succ}.needs",
    )


def changed(before: Tables, after: Tables) -> set[tuple[str, str]]:
    """Tables that differ, compared by identity first, since unedited tables are shared."""
    found = set()
    for kind in before.keys() | after.keys():
        old, new = before.get(kind, {}), after.get(kind, {})
        if old is not new:
            found |= {
                (kind, id) for id in old.keys() | new.keys() if old.get(id) is not new.get(id)
            }
    return found
