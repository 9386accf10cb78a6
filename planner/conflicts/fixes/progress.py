"""DATE03 to DATE05, DATE07, DATE08 and STALE: status and dates as they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.conflicts.agreement import must_agree
from planner.conflicts.answering import without
from planner.conflicts.context import START_HOLDS, Context
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_choice import SAID
from planner.conflicts.fix_dates import timed
from planner.conflicts.needs import Written, as_table, parsed, with_words
from planner.conflicts.terms import replaced
from planner.conflicts.trial import together
from planner.roadmap.facts import ACTUALS
from planner.roadmap.figures import listed
from planner.text.edits import Edit, RemoveKey, SetKey


def sequence(ask: Ask) -> Iterator[Fix]:
    """Say that the two overlap, or that the link was none."""
    context = ask.context
    id, on = ask.finding.on
    parties = must_agree(context, on, id)

    def overlapping(written: Written) -> list[Written]:
        if not _is_link(written, on):
            return [written]
        if isinstance(written, str):
            return [f"{on} SS", f"{on} FF"]
        table = {key: value for key, value in as_table(written).items() if key != "lag"}
        return [with_words(table, {"type": "SS"}), f"{on} FF"]

    def gone(written: Written) -> list[Written]:
        return [] if _is_link(written, on) else [written]

    title = f"record that {id} overlaps with {on} (SS and FF)"
    edit = replaced(context, id, overlapping)
    found = [*timed(ask, title, [edit], id, needs_agreement=parties, choice=SAID)]
    title = f"unlink {on} → {id}"
    found += timed(ask, title, [replaced(context, id, gone)], id, needs_agreement=parties)
    yield from found


def _is_link(written: Written, on: str) -> bool:
    need = parsed(written)
    return need is not None and need.on == on and need.type == "FS"


def status(ask: Ask) -> Iterator[Fix]:
    """The date that is missing, the status that is true, or a later start."""
    context, id = ask.context, ask.finding.id
    case: str = ask.finding.data["case"]
    dates = context.dates(id)
    today, parties = context.as_of, must_agree(context, id)
    before = context.calendars.roadmap.add(today, -1)
    offers: list[tuple[str, list[Edit]]] = []
    if case == "start":
        offers = [
            (f"started on {context.day(today)}", _set(id, status="active", start=today)),
            (f"start on {context.day(today)} or later", [*_held_until(context, id)]),
        ]
    elif case == "started":
        offers = [(f"started on {context.day(today)}", _set(id, start=today))]
        offers.append(("planned, not active", _set(id, status="planned")))
    elif case == "dated":
        finished = context.roadmap.initiatives[id].actual_finish is not None
        offers = [("done", _set(id, status="done"))] if finished else []
        offers += [] if finished else [("active", _set(id, status="active"))]
        keys = [key for key in ACTUALS if getattr(context.roadmap.initiatives[id], key)]
        gone: list[Edit] = [RemoveKey("initiatives", id, (key,)) for key in keys]
        offers.append((f"not begun: remove {listed(keys)}", gone))
    elif case == "before":
        offers = [("still active", _reopened(id))]
    elif case == "long":
        offers = [(f"done on {context.day(before)}", _set(id, status="done", finish=before))]
        offers.append(("paused", _set(id, status="paused")))
    elif case == "finished":
        offers = [("done", _set(id, status="done"))]
        offers.append(("not done yet", [RemoveKey("initiatives", id, ("actual_finish",))]))
    elif case == "remaining":
        offers = [(f"done on {context.day(before)}", _set(id, status="done", finish=before))]
        offers.append(("one week remaining", [SetKey("initiatives", id, ("remaining",), "1w")]))
    elif dates is not None:
        day = min(dates.finish, today)
        offers = [(f"done on {context.day(day)}", _set(id, finish=day))]
        offers.append(("still active", _set(id, status="active", start=dates.start)))
    for words, edits in offers:
        yield from timed(ask, f"{id}: {words}", edits, id, needs_agreement=parties, choice=SAID)


def _reopened(id: str) -> list[Edit]:
    return [*_set(id, status="active"), RemoveKey("initiatives", id, ("actual_finish",))]


def _set(id: str, **said: object) -> list[Edit]:
    keys = {"status": "status", "start": "actual_start", "finish": "actual_finish"}
    return [SetKey("initiatives", id, (keys[name],), value) for name, value in said.items()]


def _held_until(context: Context, id: str) -> Iterator[Edit]:
    initiative = context.roadmap.initiatives[id]
    for key in START_HOLDS:
        if getattr(initiative, key) is not None:
            yield SetKey("initiatives", id, (key,), context.as_of)


def future(ask: Ask) -> Iterator[Fix]:
    """Progress known up to a day that has come; the date taken out, or what is known today."""
    finding, context = ask.finding, ask.context
    if date.fromisoformat(finding.data["last"]) <= context.today:
        yield from known_until(ask)
    keys: list[tuple[str, ...]] = [tuple(key) for key in finding.data["keys"]]
    actual = [key[0] for key in keys if key[0] in ACTUALS]
    if len(actual) == len(keys):
        yield from _actual_in_future(ask, actual)
        return
    edits = [_without(context, finding.kind, finding.id, key) for key in keys]
    names = listed(" ".join(key[-1:] if key[0] == "needs" else key) for key in keys)
    title = f"remove {names} from {finding.id}"
    yield Fix(title=title, edit=together(edits, title))


def _without(context: Context, kind: str, id: str, key: tuple[str, ...]) -> Edit:
    """A table without one fact: a key, or what a link's table says."""
    if key[0] != "needs":
        return RemoveKey(kind, id, key)
    _, supplier, said = key

    def silent(written: Written) -> list[Written]:
        if isinstance(written, str) or written.get("on") != supplier:
            return [written]
        return [without(written, {said})]

    return replaced(context, id, silent)


def _actual_in_future(ask: Ask, keys: list[str]) -> Iterator[Fix]:
    context, id = ask.context, ask.finding.id
    parties = must_agree(context, id)
    gone: list[Edit] = [RemoveKey("initiatives", id, (key,)) for key in keys]
    written = context.reading.roadmap.initiatives[id]
    if "actual_finish" in keys and written.status == "done":
        active = "planned" if "actual_start" in keys else "active"
        gone.append(SetKey("initiatives", id, ("status",), active))
    yield from timed(ask, f"remove {listed(keys)} from {id}", gone, id, needs_agreement=parties)
    now: list[Edit] = [SetKey("initiatives", id, (key,), context.as_of) for key in keys]
    title = f"set {listed(keys)} of {id} to {context.day(context.as_of)}"
    yield from timed(ask, title, now, id, needs_agreement=parties)


def known_until(ask: Ask) -> Iterator[Fix]:
    """Progress known up to today; what has not moved since then moves now."""
    today = ask.context.today
    yield Fix(
        title=f"set the status date to {ask.context.day(today)}",
        edit=SetKey("roadmap", "", ("status_date",), today),
    )


def begin(ask: Ask) -> Iterator[Fix]:
    """What may be true of work that was to start: it has, it is to start later, or it waits."""
    context, id = ask.context, ask.finding.id
    today, later = context.as_of, context.calendars.roadmap.add(context.as_of, 5)
    begun = _set(id, status="active", start=today)
    held: list[Edit] = [SetKey("initiatives", id, ("start_no_earlier_than",), later)]
    for words, edits in (
        (f"started on {context.day(today)}", begun),
        (f"start on {context.day(later)} or later", held),
        ("paused", _set(id, status="paused")),
    ):
        yield from timed(
            ask, f"{id}: {words}", edits, id, needs_agreement=must_agree(context, id), choice=SAID
        )


def stale(ask: Ask) -> Iterator[Fix]:
    """What may be true of work that nobody writes about: it is done, or it waits."""
    context, id = ask.context, ask.finding.id
    today, parties = context.as_of, must_agree(context, id)
    over = _set(id, status="done", finish=today)
    yield from timed(ask, f"{id}: done on {context.day(today)}", over, id, needs_agreement=parties)
    paused = _set(id, status="paused")
    yield from timed(ask, f"{id}: paused", paused, id, needs_agreement=parties)
