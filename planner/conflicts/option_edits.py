"""Options together as one edit.

Several options may touch one list of links: each link is written once, as all of them leave it. An
overlap depends on how long its predecessor is and where it lies, so its lag comes from a plan in
which the options are applied already (`lags`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta

from planner.calendars.freezes import Window
from planner.conflicts.acceleration import accelerating
from planner.conflicts.context import Context
from planner.conflicts.freeze_days import freeze_behind
from planner.conflicts.needs import (
    Written,
    is_on,
    parsed,
    set_needs,
    with_words,
    written_needs,
)
from planner.conflicts.path_options import LATE, Option, bought, lengths
from planner.conflicts.terms import Saying, settled
from planner.conflicts.trial import tables_of, together
from planner.network.walks import reached
from planner.roadmap.quantities import Need
from planner.text.edits import Edit, RemoveKey, SetKey

AT_ONCE = Saying(at_once=True)
"""An agreed handover is linked otherwise at once, with the old link as a counter to go back to."""

Lags = Mapping[tuple[str, str], int]
"""The lag of each overlap, by successor and predecessor."""


def edit_of(context: Context, options: Collection[Option], lags: Lags, title: str = "") -> Edit:
    """All options as one edit."""
    edits = [edit for option in options for edit in _own(context, option)]
    edits += _exempted(context, options)
    dropped = {one.id for one in options if one.kind == "drop"}
    unlinked = {(one.id, one.on) for one in options if one.kind == "unlink"}
    relinked = dict.fromkeys(id for id, _ in (*lags, *sorted(unlinked)))
    relinked |= dict.fromkeys(
        link.succ for id in sorted(dropped) for link in context.network.links_out_of(id)
    )
    for id in relinked:
        if id not in dropped and context.is_open(id):
            gone = {on for successor, on in unlinked if successor == id}
            links = _links(context, id, lags, gone, dropped)
            edits.append(set_needs(id, settled(context, id, links, AT_ONCE)))
    return together(edits, title)


def _own(context: Context, option: Option) -> Iterator[Edit]:
    """What an option writes beside links."""
    id = option.id
    if option.kind == "accelerate":
        yield from accelerating(context, id, bought(context, option))
    elif option.kind == "shorten":
        yield _shorter(context, id)
    elif option.kind == "drop":
        yield SetKey("initiatives", id, ("status",), "dropped")
    elif option.on == LATE:
        yield RemoveKey("initiatives", id, (LATE,))
    elif option.kind == "move":
        yield SetKey("initiatives", id, (option.on,), moved_to(context, option))
    elif option.kind == "exempt":
        yield RemoveKey("initiatives", id, (option.on,))


def _exempted(context: Context, options: Iterable[Option]) -> Iterator[Edit]:
    exempt: dict[str, list[str]] = {}
    for option in options:
        if option.kind == "exempt":
            window = window_of(context, option)
            exempt.setdefault(window.id, [*window.freeze.exempt]).append(option.id)
    for id, ids in exempt.items():
        yield SetKey("freezes", id, ("exempt",), ids)


def window_of(context: Context, option: Option) -> Window:
    """The freeze that an option exempts from."""
    window = freeze_behind(context, option.id, option.on)
    assert window is not None
    return window


def _shorter(context: Context, id: str) -> Edit:
    initiative = context.roadmap.initiatives[id]
    if initiative.actual_start is not None and initiative.remaining is not None:
        return SetKey("initiatives", id, ("remaining",), f"{lengths(context, id)[1]}d")
    written = list(tables_of(context)["initiatives"][id]["estimate"])
    return SetKey("initiatives", id, ("estimate",), [written[0], *written[:1], *written[2:]])


def moved_to(context: Context, option: Option) -> date:
    """The day to which an option moves a day that holds work: the status date or later."""
    return context.as_of + timedelta(days=option.less)


# --- links ----------------------------------------------------------------------------------------


def _links(
    context: Context, id: str, lags: Lags, unlinked: Collection[str], dropped: Collection[str]
) -> list[Written]:
    """The links of work as the options leave them."""
    written = written_needs(context, id)
    kept = [one for one in written if not any(is_on(one, on) for on in (*unlinked, *dropped))]
    found = [made for one in kept for made in _lagged(id, one, kept, lags)]
    known = {need.on for one in found if (need := parsed(one)) is not None}
    return [*found, *(on for on in _inherited(context, id, dropped) if on not in known)]


def _inherited(context: Context, id: str, dropped: Collection[str]) -> Iterator[str]:
    """What dropped predecessors waited for, and their own dropped ones."""

    def gone(one: str) -> Iterator[str]:
        return (on for on in _ons(context, one) if on in dropped and context.is_open(on))

    direct = (on for on in _ons(context, id) if on in dropped)
    waited = (on for one in reached(direct, gone) for on in _ons(context, one))
    return (on for on in dict.fromkeys(waited) if on not in dropped and context.is_open(on))


def _ons(context: Context, id: str) -> Iterator[str]:
    return (need.on for one in written_needs(context, id) if (need := parsed(one)) is not None)


def _lagged(id: str, written: Written, all: Iterable[Written], lags: Lags) -> Iterator[Written]:
    """A link that an overlap turns from finish to start into start to start, its end kept."""
    need = parsed(written)
    lag = None if need is None else lags.get((id, need.on))
    if need is None or lag is None or not _overlaps(need):
        yield written
        return
    said = {"lag": f"+{lag}d"} if lag else {}
    if isinstance(written, str):
        yield f"{need.on} SS{said.get('lag', '')}"
    else:
        before = {key: value for key, value in written.items() if key != "lag"}
        yield with_words(before, {"type": "SS", **said})
    ends = [other for other in map(parsed, all) if other is not None and other.on == need.on]
    if not any(other.type == "FF" and _days(other) >= 0 for other in ends):
        yield f"{need.on} FF"


def _overlaps(need: Need) -> bool:
    return need.type == "FS" and _days(need) <= 0


def _days(need: Need) -> float:
    return 0 if need.lag is None else need.lag.number
