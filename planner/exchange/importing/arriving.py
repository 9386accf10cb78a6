"""What an import would do to a roadmap: the answers taken in, the edits, the dates that don't hold.

`arriving` makes an `Arrival` of an `Importing`; nothing is written by either. Whoever asks a person
goes on from one Arrival to the next with `answered` (phrases) and `resolved` (a key that both
changed), shows what differs (`shown_of`), and writes the last one (`write`, in `target`).

An import is a three-way merge: base is what the file said last time, mine the roadmap, theirs what
the file says now. So a second import of the same file does nothing, and what the roadmap alone has
stays. What is gone from the file stays too, and is named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct, structs

from planner.analysis.importing import Column, DateHeld, Incoming, Link, Loss, Phrase
from planner.exchange.importing.building import held, is_ahead, rows_told
from planner.exchange.importing.candidates import Names, folded
from planner.exchange.importing.kept import (
    Answer,
    Kept,
    merged_answers,
    phrase_key,
    tables_of,
)
from planner.exchange.importing.linking import without_circles
from planner.exchange.importing.remaining import with_remaining
from planner.exchange.importing.settling import settled
from planner.merge.three_way import Conflict
from planner.merge.values import Merger, Side, Three, link_parts, link_value
from planner.plan.model import Plan
from planner.roadmap.entities import KINDS, SINGLES, Tables
from planner.roadmap.figures import listed
from planner.roadmap.ids import make_id
from planner.session.session import Session
from planner.session.starting import example_in
from planner.text.edits import (
    AddTable,
    Edit,
    Edits,
    Key,
    RemoveKey,
    RemoveTable,
    SetKey,
    plain,
    same,
)
from planner.text.locations import MISSING

EVERY_OTHER = ""
"""The name in `Importing.taken` of every key that has no side of its own."""


class Importing(Struct, frozen=True):
    """What an import is made of. `taken` is what a person chose where both changed a key: ``ours``
    (the roadmap) or ``theirs`` (the sheet) by the clash's name.
    """

    session: Session
    incoming: Incoming
    kept: Kept
    is_new: bool = False
    """The roadmap is not written yet."""
    answers: tuple[Answer, ...] = ()
    taken: Mapping[str, Side] = {}
    said_now: Tables = {}
    """What an export of the roadmap says, for a first import of one: no more counts as said."""


class Arrival(Struct, frozen=True):
    """What an import would do, as it stands now."""

    importing: Importing
    incoming: Incoming
    """The file with the roadmap's ids: `links` with those of answers, `phrases` still open, and
    `losses` with all that can't be carried over."""
    edit: Edits
    """All that is written; none where nothing changed."""
    before: Plan
    plan: Plan
    """The plans before and after it."""
    dates: tuple[DateHeld, ...]
    """Each finish that the file gives, worst first."""
    clashes: tuple[Conflict, ...]
    """Keys that the roadmap and the file both changed: while there is one, nothing is written."""
    met: tuple[str, ...]
    """Initiatives of the roadmap that rows were taken for, by their title, at the first import."""
    gone: tuple[str, ...]
    """Initiatives that the file had last time and has no longer; they stay."""
    removed: tuple[str, ...]
    """Initiatives of the file that were removed from the roadmap since; they stay removed."""
    kept: Kept
    """What is to be remembered for the next import."""

    @property
    def late(self) -> tuple[DateHeld, ...]:
        """The dates of the file that don't hold, worst first."""
        return tuple(each for each in self.dates if each.days > 0)

    @property
    def changes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.edit.edits) or self.importing.is_new


def arriving(importing: Importing) -> Arrival:
    """What an import would do. Raises EditRefused for what the roadmap would not read back."""
    session = importing.session
    example = _example_replaced(importing)
    tables = _without(session.plan.tables, example)
    found = settled(importing.incoming, tables, importing.kept)
    kept = found.kept
    answers = merged_answers(kept.answers, importing.answers)
    was = tables_of(kept)
    told = _answered(found.incoming, answers, tables)
    incoming = held(uncircled(told, tables, was), _waiting(told, found.incoming))
    incoming = _with_candidates(incoming, tables)
    incoming = with_remaining(incoming, was, tables, session.plan.as_of)
    incoming = structs.replace(incoming, columns=tuple(_with_starts_dropped(incoming)))
    theirs = tables_said(incoming)
    news = _news(theirs, importing.said_now, tables)
    merged = _merged(was, tables, news, importing.taken)
    cleared = (RemoveTable("initiatives", id) for id in example)
    edit = Edits((*cleared, *merged.edits), f"import {incoming.source}")
    if merged.changed:
        edit = Edits((session.with_counters(edit),), edit.label)
    plan = session.plan.with_edit(edit) if edit.edits else session.plan
    said = {**theirs, **{kind: {**was.get(kind, {}), **of} for kind, of in theirs.items()}}
    return Arrival(
        importing,
        structs.replace(
            incoming,
            losses=(*incoming.losses, *merged.losses),
            notes=(*incoming.notes, *_example_told(example)),
        ),
        edit,
        session.plan,
        plan,
        dates_held(plan, incoming),
        tuple(merged.clashes),
        found.met,
        tuple(_gone(was, theirs, tables)),
        tuple(merged.removed),
        Kept(incoming.source, kept.ids, answers, said),
    )


def _example_replaced(importing: Importing) -> tuple[str, ...]:
    """The initiatives of a first roadmap that nobody has touched, where a file brings others."""
    brings = bool(importing.incoming.tables.get("initiatives")) and not importing.incoming.is_own
    return example_in(importing.session.plan.tables) if brings and importing.kept.is_new else ()


def _without(tables: Tables, ids: Collection[str]) -> Tables:
    if not ids:
        return tables
    left = {id: one for id, one in tables["initiatives"].items() if id not in ids}
    return {**tables, "initiatives": left}


def _example_told(ids: Collection[str]) -> Iterator[str]:
    if ids:
        yield f"replaces the example that `planner init` wrote, untouched: {listed(ids)}"


def answered(arrival: Arrival, *answers: Answer) -> Arrival:
    """The Arrival with phrases of it answered: `answer_to`, `means`, `is_tool`, `means_nothing`."""
    given = merged_answers(arrival.importing.answers, answers)
    return arriving(structs.replace(arrival.importing, answers=given))


def resolved(arrival: Arrival, name: str, side: Side) -> Arrival:
    """The Arrival with one clash resolved by its name, all others with `EVERY_OTHER`."""
    taken = {**arrival.importing.taken, name: side}
    return arriving(structs.replace(arrival.importing, taken=taken))


def means(phrase: Phrase, id: str) -> Answer:
    """The answer that an initiative is meant."""
    return Answer(phrase.successor, phrase.words, "initiative", id)


def is_tool(phrase: Phrase, name: str = "") -> Answer:
    """The answer that a system or tool is meant: its id, or what a new one is called."""
    system = next((each.id for each in phrase.candidates if each.kind == "systems"), "")
    called = name or system or phrase.names or phrase.words
    return Answer(phrase.successor, phrase.words, "system", called)


def means_nothing(phrase: Phrase) -> Answer:
    """The answer that no work is meant."""
    return Answer(phrase.successor, phrase.words)


def answer_to(phrase: Phrase, at: int) -> Answer:
    """The answer that one of the candidates is meant, counted from 0."""
    candidate = phrase.candidates[at]
    if candidate.kind == "systems":
        return is_tool(phrase, candidate.id)
    return means(phrase, candidate.id)


# --- answers --------------------------------------------------------------------------------------


def _answered(incoming: Incoming, answers: Iterable[Answer], tables: Tables) -> Incoming:
    """The file with the phrases that have an answer as links or uses, and others as notes."""
    by_key = {answer.key: answer for answer in answers}
    links, open_phrases = list(incoming.links), []
    made = {kind: dict(of_kind) for kind, of_kind in incoming.tables.items()}
    known = made.get("initiatives", {}).keys() | tables.get("initiatives", {}).keys()
    for phrase in incoming.phrases:
        answer = by_key.get(phrase_key(phrase.successor, phrase.words))
        if answer is None or (answer.means == "initiative" and answer.names not in known):
            open_phrases.append(phrase)
            _note(made, phrase)
        elif answer.means == "initiative":
            links.append(_link(phrase, answer))
        elif answer.means == "system":
            _use(made, tables, phrase.successor, answer.names)
        else:
            _note(made, phrase)
    return structs.replace(incoming, tables=made, links=tuple(links), phrases=tuple(open_phrases))


def _link(phrase: Phrase, answer: Answer) -> Link:
    named = answer.names
    said = answer if answer.type or answer.lag else phrase
    pred, succ = (phrase.successor, named) if phrase.is_predecessor else (named, phrase.successor)
    return Link(phrase.row, succ, pred, phrase.words, said.type or "FS", said.lag)


def _note(made: dict[str, dict[str, Any]], phrase: Phrase) -> None:
    """Keep in the notes what a dependency column says beside links: it stands nowhere else."""
    one = made["initiatives"][phrase.successor]
    said, notes = f"{phrase.column}: {phrase.words}", str(one.get("notes", ""))
    if phrase.is_dependency and said not in notes.split("\n"):
        whole = f"{notes}\n{said}" if notes else said
        made["initiatives"][phrase.successor] = {**one, "notes": whole}


def _use(made: dict[str, dict[str, Any]], tables: Tables, id: str, named: str) -> None:
    """Let an initiative use a system, which is made where nothing is called so."""
    systems = {**tables.get("systems", {}), **made.get("systems", {})}
    system = next((each for each in systems if named in (each, systems[each].get("title"))), None)
    if system is None:
        system = make_id(named, systems, "system")
        made.setdefault("systems", {})[system] = {"title": named}
    one = made["initiatives"][id]
    uses = one.get("uses", [])
    uses = [uses] if isinstance(uses, str) else [*uses]
    if system not in uses:
        made["initiatives"][id] = {**one, "uses": [*uses, system]}


def _waiting(answered: Incoming, before: Incoming) -> set[str]:
    """What waits for a predecessor that an answer has named."""
    return {link.successor for link in answered.links[len(before.links) :]}


def _with_starts_dropped(incoming: Incoming) -> Iterator[Column]:
    """The columns; those of starts with the rows whose start what they wait for sets."""
    waiting = {link.successor for link in incoming.links}
    there = incoming.tables.get("initiatives", {})
    rows = sorted(
        each.row
        for each in incoming.dates
        if each.start is not None and each.id in waiting
        if is_ahead(there.get(each.id, {}))
    )
    told = f"{len(rows)} not kept, of rows that wait for others: {rows_told(rows)}"
    for each in incoming.columns:
        if rows and each.meaning in ("start", "period"):
            why = "; ".join(filter(None, (each.why, told)))
            yield structs.replace(each, why=why)
        else:
            yield each


def uncircled(incoming: Incoming, tables: Tables, was: Tables) -> Incoming:
    """The file without links that close a circle with those that the roadmap has on its own."""
    base, rows = set(_pairs(was)), incoming.tables.get("initiatives", {})
    own = [pair for pair in _pairs(tables) if pair not in base or pair[1] not in rows]
    links, losses = without_circles(incoming.links, own)
    return structs.replace(incoming, links=tuple(links), losses=(*incoming.losses, *losses))


def _pairs(tables: Tables) -> Iterator[tuple[str, str]]:
    for id, table in tables.get("initiatives", {}).items():
        if isinstance(table, Mapping):
            for need in _as_list(table.get("needs", [])):
                yield str(link_parts(need).get("on")), id


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _with_candidates(incoming: Incoming, tables: Tables) -> Incoming:
    """The file whose phrases may mean what the roadmap has beside it, too."""
    beside = tables.get("initiatives", {}).keys() - incoming.tables.get("initiatives", {}).keys()
    if not beside or not incoming.phrases:
        return incoming
    both = {
        kind: {**tables.get(kind, {}), **incoming.tables.get(kind, {})}
        for kind in dict.fromkeys((*tables, *incoming.tables))
    }
    names = Names(structs.replace(incoming, tables=both))
    phrases = (
        structs.replace(each, candidates=names.candidates(each.names, each.successor))
        if each.names
        else each
        for each in incoming.phrases
    )
    return structs.replace(incoming, phrases=tuple(phrases))


def tables_said(incoming: Incoming) -> dict[str, dict[str, Any]]:
    """The tables of the file, its links among the keys."""
    tables = {
        kind: {id: plain(table) for id, table in of_kind.items()}
        for kind, of_kind in incoming.tables.items()
    }
    initiatives = tables.setdefault("initiatives", {})
    for link in incoming.links:
        one = initiatives.setdefault(link.successor, {})
        parts = {"on": link.predecessor, "type": link.type, "lag": link.lag}
        parts |= {"delivers": link.delivers}
        value = link_value({key: each for key, each in parts.items() if _says(key, each)}, False)
        one["needs"] = [*_as_list(one.get("needs", [])), value]
    return tables


def _says(key: str, value: str) -> bool:
    return bool(value) and (key, value) != ("type", "FS")


def _news(theirs: Tables, said_now: Tables, mine: Tables) -> dict[str, dict[str, Any]]:
    """The tables of a file without what an export of the roadmap as it stands says, too."""
    found: dict[str, dict[str, Any]] = {}
    for kind, of_kind in theirs.items():
        for id, table in of_kind.items():
            now = said_now.get(kind, {}).get(id, {})
            news = {k: each for k, each in table.items() if not same(each, now.get(k, MISSING))}
            if news or not now or id in mine.get(kind, {}):
                found.setdefault(kind, {})[id] = news
    return found


# --- merging --------------------------------------------------------------------------------------


class _Merged:
    """The edits that bring a roadmap up to date with a file, and what stands in their way."""

    def __init__(self, taken: Mapping[str, Side]) -> None:
        self.merger = Merger(lambda each: taken.get(each.name, taken.get(EVERY_OTHER)))
        self.added: list[Edit] = []
        self.changed: list[Edit] = []
        self.losses: list[Loss] = []
        self.removed: list[str] = []

    @property
    def edits(self) -> list[Edit]:
        return [*self.added, *self.changed]

    @property
    def clashes(self) -> list[Conflict]:
        return self.merger.conflicts


def _merged(was: Tables, mine: Tables, theirs: Tables, taken: Mapping[str, Side]) -> _Merged:
    merged = _Merged(taken)
    for kind in sorted(theirs, key=_place):
        for id, table in theirs[kind].items():
            base = was.get(kind, {}).get(id, MISSING)
            ours = mine.get(kind, {}).get(id, MISSING)
            _merge(merged, kind, id, Three(base, ours, table))
    return merged


def _place(kind: str) -> int:
    """Teams come before what they own: an initiative goes to the file of its owner's side."""
    return [*SINGLES, *KINDS].index(kind)


def _merge(merged: _Merged, kind: str, id: str, three: Three) -> None:
    if three.ours is MISSING and three.base is MISSING:
        merged.added += _added(kind, id, three.theirs)
        return
    if three.ours is MISSING:
        if kind == "initiatives":
            merged.removed.append(id)
        return
    if three.base is MISSING and kind != "initiatives":
        three = _met(merged, kind, id, three)
    made = merged.merger.table(kind, id, three).ours
    merged.changed += _changes(kind, id, (), three.ours, made)


def _added(kind: str, id: str, table: Mapping[str, Any]) -> Iterator[Edit]:
    """What makes a table; a single one has no id, and is there once it has a key."""
    if id:
        yield AddTable(kind, id, dict(table))
    else:
        yield from (SetKey(kind, id, (key,), value) for key, value in table.items())


def _met(merged: _Merged, kind: str, id: str, three: Three) -> Three:
    """A table that both had before the first import: the roadmap's keys stay as they are."""
    for key in three.theirs.keys() & three.ours.keys():
        mine, theirs = three.ours[key], three.theirs[key]
        if not same(mine, theirs) and folded(str(mine)) != folded(str(theirs)):
            name = ".".join(part for part in (kind, id, key) if part)
            why = f"the roadmap has {name} = {mine} already, and keeps it"
            merged.losses.append(Loss(0, name, str(theirs), why))
    return Three(three.ours, three.ours, {**three.theirs, **three.ours})


def _changes(kind: str, id: str, key: Key, old: Any, new: Any) -> Iterator[Edit]:
    if isinstance(old, Mapping) and isinstance(new, Mapping) and not (key and "on" in new):
        for part in dict.fromkeys((*new, *old)):
            yield from _changes(
                kind, id, (*key, part), old.get(part, MISSING), new.get(part, MISSING)
            )
    elif new is MISSING:
        yield RemoveKey(kind, id, key)
    elif not same(old, new):
        yield SetKey(kind, id, key, new)


def _gone(was: Tables, theirs: Tables, mine: Tables) -> Iterator[str]:
    now = theirs.get("initiatives", {})
    for id in was.get("initiatives", {}):
        if id not in now and id in mine.get("initiatives", {}):
            yield id


# --- the dates of the file ------------------------------------------------------------------------


def dates_held(plan: Plan, incoming: Incoming) -> tuple[DateHeld, ...]:
    """Each finish that the file gives against the plan's, worst first, then as in the file."""
    found = []
    for said in incoming.dates:
        dates = plan.schedule.get(said.id)
        if said.finish is None or dates is None:
            continue
        one = plan.roadmap.initiatives[said.id]
        days = plan.calendars.for_initiative(one).working_days(said.finish, dates.finish)
        waits = bool(dates.driven_by)
        found.append(DateHeld(said.id, one.label, said.row, said.finish, dates.finish, days, waits))
    return tuple(sorted(found, key=lambda each: -each.days))
