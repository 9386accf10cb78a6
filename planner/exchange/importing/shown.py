"""An Arrival as what `import --json` prints and the page of an import says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Literal

from msgspec.structs import asdict

from planner.analysis.importing import Link, Phrase
from planner.conflicts.findings import Finding
from planner.conflicts.rules.dates import head_of
from planner.exchange.importing.answering import with_likeliest
from planner.exchange.importing.arriving import Arrival, resolved
from planner.merge.three_way import Conflict
from planner.network.graph import handovers
from planner.plan.model import Plan
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_importing import (
    AcrossSides,
    ImportClash,
    ImportShown,
    Likeliest,
    MayMean,
    OpenPhrase,
    SheetColumn,
    SheetDate,
    SheetLink,
    SheetLoss,
)
from planner.text.differences import written

State = Literal["written", "dry run", "no change", "clashes"]
MOST_TRIED = 20
"""Of so many clashes it is told which dates either value gives: each is an import tried."""


def shown_of(
    arrival: Arrival,
    state: State,
    files: tuple[str, ...] = (),
    likeliest: Likeliest | None = None,
) -> ImportShown:
    """All that there is to say of an import; `likeliest` is tried before it is written."""
    plan, incoming = arrival.plan, arrival.incoming
    importing = arrival.importing
    between = handovers(plan.roadmap, plan.network)
    edits = () if importing.is_new else written(arrival.before.tables, plan.tables)
    return ImportShown(
        schema=SCHEMA,
        source=incoming.source,
        roadmap=str(importing.session.path),
        is_new=importing.is_new,
        state=state,
        files=files,
        initiatives=len(incoming.tables.get("initiatives", {})),
        dates=_dates(arrival),
        held=_held(arrival),
        likeliest=likeliest,
        overdue=tuple(each.id for each in arrival.late if each.said < plan.as_of),
        conflict=first_across(plan, incoming.tables.get("initiatives", {})),
        handovers=len(between),
        unagreed=sum(1 for link in between if link.need.agreed is None),
        columns=tuple(SheetColumn(**asdict(each)) for each in incoming.columns),
        links=tuple(_links(incoming.links)),
        phrases=tuple(map(open_phrase, incoming.phrases)),
        losses=tuple(SheetLoss(**asdict(each)) for each in incoming.losses),
        clashes=clashes_of(arrival),
        met=arrival.met,
        gone=arrival.gone,
        removed=arrival.removed,
        notes=incoming.notes,
        edits=tuple(edits),
        as_of=plan.as_of,
    )


def likeliest_of(arrival: Arrival) -> Likeliest | None:
    """What the likeliest answers to the open phrases would do to the dates of the file."""
    if number := sum(bool(each.candidates) for each in arrival.incoming.phrases):
        tried = with_likeliest(arrival)
        return Likeliest(phrases=number, dates=_dates(tried), held=_held(tried))
    return None


def _dates(arrival: Arrival) -> tuple[SheetDate, ...]:
    return tuple(SheetDate(**asdict(each)) for each in arrival.dates)


def _held(arrival: Arrival) -> int:
    return len(arrival.dates) - len(arrival.late)


def _links(links: Iterable[Link]) -> Iterator[SheetLink]:
    for link in links:
        said = asdict(link)
        del said["delivers"]
        yield SheetLink(**said)


def open_phrase(phrase: Phrase) -> OpenPhrase:
    """A phrase that has no answer yet."""
    return OpenPhrase(
        row=phrase.row,
        column=phrase.column,
        id=phrase.successor,
        words=phrase.words,
        names=phrase.names,
        candidates=tuple(MayMean(**asdict(each)) for each in phrase.candidates),
        is_predecessor=phrase.is_predecessor,
    )


def later_by(before: Arrival, after: Arrival) -> tuple[SheetDate, ...]:
    """The dates of the file that hold less in one Arrival than in the one before, worst first."""
    days = {each.id: each.days for each in before.dates}
    return tuple(
        SheetDate(**asdict(each)) for each in after.late if each.days > days.get(each.id, 0)
    )


def clashes_of(arrival: Arrival) -> tuple[ImportClash, ...]:
    """The keys that both changed, with the finish that either value gives."""
    return tuple(_clashes(arrival))


def _clashes(arrival: Arrival) -> Iterator[ImportClash]:
    for at, clash in enumerate(arrival.clashes):
        sheet = resolved(arrival, clash.name, "theirs").plan if at < MOST_TRIED else arrival.plan
        yield ImportClash(
            name=clash.name,
            base=clash.base,
            mine=clash.ours,
            sheet=clash.theirs,
            finish_mine=_finish(arrival.plan, clash),
            finish_sheet=_finish(sheet, clash),
        )


def _finish(plan: Plan, clash: Conflict) -> date | None:
    dates = plan.schedule.get(clash.id) if clash.kind == "initiatives" else None
    return dates.finish if dates is not None else None


# --- the first conflict between two sides ---------------------------------------------------------


def first_across(plan: Plan, ids: Collection[str]) -> AcrossSides | None:
    """The first conflict between two sides on some initiatives, worst first; those about systems
    and handovers before dates that one side misses because of the other.
    """
    unwaived = (one for one in plan.findings if not one.waived)
    about = (one for one in unwaived if any(id in ids for id in (one.id, *one.on)))
    found = [one for one in about if _is_across(plan, one)]
    found.sort(key=lambda one: (one.severity == "info", not one.code.startswith(FIRST)))
    for one in found[:1]:
        return AcrossSides(code=one.code, id=one.id, severity=one.severity, message=one.message)
    return None


FIRST = ("SYS", "LINK")


def _is_across(plan: Plan, finding: Finding) -> bool:
    if finding.kind != "initiatives" or finding.code.startswith(("READ", "PLAN")):
        return False
    known = plan.roadmap.initiatives
    ids = [id for id in finding.on if id in known]
    if finding.id in known and (head := head_of(plan.context, finding.id)):
        ids.append(head)
    return any(plan.context.across(one, ids[0]) for one in ids[1:])
