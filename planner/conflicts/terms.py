"""The terms of a handover: which of them one side can change, and which the other has to take.

A handover is agreed by two sides on terms: by when, and how it is linked. What asks more of the
other side (an earlier `needed_by`, a later `promised`, a link that binds it more) is no change of
the terms but a `counter`, which waits for its answer; the terms and the days of the agreement stay.
What asks for less, and all that is no term, changes as it is written. So no new promise hides one
that is broken.

Everything that writes links of a roadmap asks `settled` first: commands, forms, dialogs and fixes.
Links inside one side, and those of joint work, are no handovers and are written as they come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal, TypeGuard

from msgspec import Struct
from msgspec.structs import replace

from planner.conflicts.context import Context
from planner.conflicts.needs import (
    Written,
    as_table,
    link_words,
    parsed,
    set_needs,
    with_words,
    written_needs,
)
from planner.roadmap.answers import handover_state
from planner.roadmap.entities import Initiative
from planner.roadmap.quantities import (
    COUNTER_KEYS,
    COUNTER_TERMS,
    Counter,
    Length,
    LinkType,
    Need,
    format_counter,
    format_lag,
    format_need_text,
    length_days,
    needs_table,
)
from planner.roadmap.sides import EXTERNAL
from planner.text.edits import Edit, Edits, SetKey

End = Literal["supplier", "successor"]
"""The two ends of a handover: who delivers, and who waits for it."""

Term = Literal["promised", "needed_by", "type"]
"""A term of a handover; `type` stands for how it is linked, with its lag."""

OTHER: Mapping[End, End] = {"supplier": "successor", "successor": "supplier"}

AGREED = ("agreed", "accepted", "not accepted")
"""The states in which a handover was agreed."""


class Saying(Struct, frozen=True):
    """Who says something about a link (a side, team or person, where that is known), when, how."""

    by: str | None = None
    on: date | None = None
    note: str | None = None
    at_once: bool = False
    """Another link holds until the other side has answered, and the old one is kept."""


# --- what may be written --------------------------------------------------------------------------


def settled(
    context: Context, successor: str, wanted: Iterable[Written], saying: Saying | None = None
) -> list[Written]:
    """The links of an initiative to write where `wanted` are meant: terms that ask more of the
    other side of an agreed handover as a counter.

    A link whose counter or agreement `wanted` itself changes has been answered by whoever made it.
    One that is wanted as text says nothing about its terms, and keeps them.
    """
    links = list(wanted)
    before = _paired(written_needs(context, successor), links)
    said = saying or Saying()
    return [
        link if old is None else _weighed(context, successor, old, link, said)
        for old, link in zip(before, links, strict=True)
    ]


def settled_edit(context: Context, edit: Edit, saying: Saying | None = None) -> Edit:
    """An edit whose links are those to write (see `settled`); itself where it writes none."""
    if isinstance(edit, Edits):
        parts = tuple(settled_edit(context, part, saying) for part in edit.edits)
        return edit if parts == edit.edits else Edits(parts, edit.label)
    if not writes_links(edit) or edit.id not in context.roadmap.initiatives:
        return edit
    wanted = edit.value if isinstance(edit.value, list | tuple) else [edit.value]
    links = settled(context, edit.id, wanted, saying)
    return edit if links == list(wanted) else SetKey(edit.kind, edit.id, edit.key, links)


def writes_links(edit: Edit) -> TypeGuard[SetKey]:
    """Whether an edit gives an initiative its links."""
    return isinstance(edit, SetKey) and (edit.kind, edit.key) == ("initiatives", ("needs",))


def replaced(context: Context, successor: str, new: Callable[[Written], Iterable[Written]]) -> Edit:
    """Write for each link what `new` makes of it: one link, several, or none; as a fix does it.

    An agreed handover is linked otherwise at once, with the old link as a counter to go back to.
    """
    wanted = [made for one in written_needs(context, successor) for made in new(one)]
    return set_needs(successor, settled(context, successor, wanted, Saying(at_once=True)))


def _paired(before: list[Written], wanted: list[Written]) -> list[Written | None]:
    """For each wanted link what it was: the one on the same of the same type, else on the same."""
    left = [(need, written) for written in before if (need := parsed(written)) is not None]
    needs = [parsed(written) for written in wanted]
    found: list[Written | None] = [None] * len(needs)
    for alike in (_same_type, _same_on):
        for at, need in enumerate(needs):
            if need is None or found[at] is not None:
                continue
            match = next((one for one in left if alike(one[0], need)), None)
            if match is not None:
                left.remove(match)
                found[at] = match[1]
    return found


def _same_type(one: Need, other: Need) -> bool:
    return (one.on, one.type) == (other.on, other.type)


def _same_on(one: Need, other: Need) -> bool:
    return one.on == other.on


def _weighed(
    context: Context, successor: str, old: Written, new: Written, saying: Saying
) -> Written:
    """One link: as it is wanted, or with the terms that it has and what is wanted as a counter."""
    before, after = parsed(old), parsed(new)
    if before is None or after is None or not context.across(before.on, successor):
        return new
    if isinstance(new, str) and isinstance(old, Mapping) and needs_table(before):
        new = dict(old) if _same_link(before, after) else _relinked(old, after.type, after.lag)
        after = replace(before, type=after.type, lag=after.lag)
    if before.counter != after.counter or _agreed_anew(before, after):
        return new
    table = as_table(new)
    counter: dict[str, Any] = {}
    for key in _harder_days(context, successor, before, after):
        counter[key] = getattr(after, key)
        table = _put(table, key, getattr(before, key))
        end: End = "supplier" if key == "promised" else "successor"
    asking = _asks_for_another_link(context, successor, before, after, saying)
    if asking is not None:
        kept = before if saying.at_once else after
        counter |= _link_terms(kept)
        table = table if saying.at_once else _relinked(table, before.type, before.lag)
        end = asking
    if not counter:
        return new
    return with_counter(context, successor, table, counter, end, saying)


def _same_link(one: Need, other: Need) -> bool:
    return (one.type, one.lag) == (other.type, other.lag)


def _agreed_anew(before: Need, after: Need) -> bool:
    """Whether somebody writes that these terms are agreed, or that they no longer are."""
    if before.agreed is None or after.agreed is None:
        return before.agreed is not after.agreed
    return after.agreed > before.agreed


def with_counter(
    context: Context,
    successor: str,
    table: Mapping[str, Any],
    terms: Mapping[str, Any],
    end: End,
    saying: Saying,
) -> dict[str, Any]:
    """A link's table with other terms that one end wants; what it wants already stays as it is.

    A promise is the supplier's word, a need the other side's, whoever types it.
    """
    there = table.get("counter")
    if isinstance(there, Mapping) and all(there.get(key) == terms[key] for key in terms):
        return dict(table)
    supplier = table["on"]
    known = saying.by if end_of(context, successor, supplier, saying.by) == end else None
    said: dict[str, Any] = {"by": known or party_at(context, successor, supplier, end)}
    said |= {"on": saying.on or context.as_of, **_still_wanted(context, successor, supplier, end)}
    said |= terms
    counter = {key: said[key] for key in COUNTER_KEYS if said.get(key) is not None}
    return with_words(table, {"counter": counter})


def _still_wanted(context: Context, successor: str, supplier: str, end: End) -> dict[str, Any]:
    """What of a counter that waits already goes on: what the same end wants, and a link to go back
    to, which the other end's answer wants back.
    """
    found = waiting(context, successor, supplier)
    if found is None or (found.end == end and not found.kept):
        return {}
    written = format_counter(found.counter)
    wanted = ("type", "lag") if found.end == end else COUNTER_TERMS
    return {key: written[key] for key in wanted if key in written}


def party_at(context: Context, successor: str, supplier: str, end: End) -> str | None:
    """Who one end of a handover is: its side, or its owner where that is external."""
    id = supplier if end == "supplier" else successor
    return context.sides.get(id) or context.roadmap.initiatives[id].accountable


def _put(table: Mapping[str, Any], key: str, value: Any) -> dict[str, Any]:
    if value is None:
        return {name: each for name, each in table.items() if name != key}
    return with_words(table, {key: value})


# --- days -----------------------------------------------------------------------------------------


def _harder_days(
    context: Context, successor: str, before: Need, after: Need
) -> Iterator[Literal["promised", "needed_by"]]:
    """The days that change so that they ask more of the other side."""
    if after.promised != before.promised and later_than_agreed(before, after.promised):
        yield "promised"
    if after.needed_by != before.needed_by and earlier_than_agreed(
        context, successor, before, after.needed_by
    ):
        yield "needed_by"


def harder(
    context: Context, successor: str, before: Need, after: Need
) -> Iterator[tuple[Term, End]]:
    """The terms that ask more of the other side in one link than in another, and which end asks."""
    for key in _harder_days(context, successor, before, after):
        yield key, "supplier" if key == "promised" else "successor"
    asking = _asks_for_another_link(context, successor, before, after, Saying())
    if asking is not None:
        yield "type", asking


def later_than_agreed(need: Need, day: date | None) -> bool:
    """Whether the successor has to take a promise of this day: it is after the terms there are."""
    limit = need.promised or need.needed_by
    return day is not None and limit is not None and day > limit


def earlier_than_agreed(context: Context, successor: str, need: Need, day: date | None) -> bool:
    """Whether the supplier has to take that it is needed by this day: it gave its word for later.

    Before it has given any, what is asked for is the asking side's own.
    """
    limit = need.needed_by or need.promised
    given = has_its_word(context, successor, need.on)
    return given and day is not None and limit is not None and day < limit


def links_of(context: Context, successor: str, supplier: str) -> list[Need]:
    """The links of a pair, as the successor's `needs` lists them."""
    return context.links(successor).get(supplier, [])


def is_agreed(context: Context, successor: str, supplier: str) -> bool:
    """Whether a handover was agreed, and is."""
    return handover_state(links_of(context, successor, supplier))[0] in AGREED


def has_its_word(context: Context, successor: str, supplier: str) -> bool:
    """Whether the supplier has given its word on a handover, and not taken it back."""
    needs = links_of(context, successor, supplier)
    state = handover_state(needs)[0]
    promised = any(need.promised is not None for need in needs)
    return state in AGREED or (promised and state != "declined")


# --- links ----------------------------------------------------------------------------------------


def _asks_for_another_link(
    context: Context, successor: str, before: Need, after: Need, saying: Saying
) -> End | None:
    """Which end asks more of the other by another type or lag; None where nobody does."""
    wait = hold(context, after) > hold(context, before)
    if hold(context, after) == hold(context, before):
        return None
    if not has_its_word(context, successor, before.on):
        return None
    asking: End = "supplier" if wait else "successor"
    known = end_of(context, successor, before.on, saying.by)
    return asking if known in (None, asking) else None


def hold(context: Context, link: Need) -> tuple[bool, bool, int]:
    """How much a link makes the successor wait, to compare two links of one pair.

    What waits for the supplier's finish waits more than for its start, a start that waits more than
    a finish; then the lag. What makes one side wait more asks that much less of the other.
    """
    lag = 0 if link.lag is None else length_days(link.lag, context.network.week)
    return link.type[0] == "F", link.type[1] == "S", lag


def _link_terms(need: Need) -> dict[str, Any]:
    """A link as a counter names it: its type always, since a lag alone would keep another."""
    lag = {} if need.lag is None or not need.lag.number else {"lag": format_lag(need.lag)}
    return {"type": need.type, **lag}


def _relinked(table: Mapping[str, Any], type: LinkType, lag: Length | None) -> dict[str, Any]:
    rest = {key: value for key, value in table.items() if key not in ("type", "lag")}
    return with_words(rest, link_words(type, lag))


def end_of(context: Context, successor: str, supplier: str, who: str | None) -> End | None:
    """At which end a side, a team or a person is; None where that is not known, or at neither."""
    if who is None:
        return None
    side = who if who in context.ends.values() else context.party(who).side or EXTERNAL
    ends: dict[str | None, End] = {
        context.ends.get(supplier): "supplier",
        context.ends.get(successor): "successor",
    }
    return ends.get(side)


# --- a counter that waits -------------------------------------------------------------------------


class Waiting(Struct, frozen=True):
    """A counter that waits for the answer of `end`, on a link of `successor`.

    `kept` says that the link which it names is the one that held before: a fix has overlapped the
    handover already, and without the other side's yes the old link comes back.
    """

    successor: str
    need: Need
    counter: Counter
    end: End
    kept: bool


def waiting(context: Context, successor: str, supplier: str) -> Waiting | None:
    """The counter of a handover that nobody has answered; None without one."""
    for need in links_of(context, successor, supplier):
        if need.counter is not None:
            return _waiting(context, successor, need, need.counter)
    return None


def _waiting(context: Context, successor: str, need: Need, counter: Counter) -> Waiting:
    asking = end_of(context, successor, need.on, counter.by)
    offered = linked_as(need, counter)
    if asking is None:
        asking = _asking_by_the_terms(context, need, counter)
    asks_less = hold(context, offered) > hold(context, need)
    if asking == "supplier":
        asks_less = hold(context, offered) < hold(context, need)
    return Waiting(successor, need, counter, OTHER[asking], asks_less)


def _asking_by_the_terms(context: Context, need: Need, counter: Counter) -> End:
    """Who asks, where nobody wrote it: a promise is the supplier's word, a need the other's."""
    if counter.promised is not None:
        return "supplier"
    if counter.needed_by is not None:
        return "successor"
    return (
        "supplier"
        if hold(context, linked_as(need, counter)) > hold(context, need)
        else ("successor")
    )


def linked_as(need: Need, counter: Counter) -> Need:
    """The link that a counter names; the link as it is where it names none."""
    if counter.type is None and counter.lag is None:
        return need
    return Need(on=need.on, type=counter.type or need.type, lag=counter.lag)


def taken(context: Context, successor: str, supplier: str, day: date) -> list[Written]:
    """The links after a counter is taken: its terms are the terms, agreed on this day.

    A day that both sides know of gives way to the one that they agree on.
    """
    found = waiting(context, successor, supplier)
    assert found is not None

    def take(table: dict[str, Any]) -> Mapping[str, Any]:
        counter, need = found.counter, found.need
        if counter.promised is not None:
            table["promised"] = counter.promised
            if need.needed_by is not None:
                table["needed_by"] = max(need.needed_by, counter.promised)
        if counter.needed_by is not None:
            table["needed_by"] = counter.needed_by
            if need.promised is not None:
                table["promised"] = min(need.promised, counter.needed_by)
        link = linked_as(need, counter)
        if not found.kept and link is not need:
            table = _relinked(table, link.type, link.lag)
        return with_words(table, {"agreed": day})

    return _answered(context, successor, found, take)


def left(context: Context, successor: str, supplier: str) -> list[Written]:
    """The links after a counter is not taken: the old terms stand, an old link comes back."""
    found = waiting(context, successor, supplier)
    assert found is not None
    old = linked_as(found.need, found.counter)

    def leave(table: dict[str, Any]) -> Mapping[str, Any]:
        return _relinked(table, old.type, old.lag) if found.kept else table

    return _answered(context, successor, found, leave)


def _answered(
    context: Context,
    successor: str,
    found: Waiting,
    answer: Callable[[dict[str, Any]], Mapping[str, Any]],
) -> list[Written]:
    """The links with what `answer` makes of the one with the counter, which is gone.

    Where that waits for the supplier's finish again, so does not what an overlap put beside it.
    """
    on = found.need.on
    needs = written_needs(context, successor)
    at = next(n for n, one in enumerate(needs) if _waits_on(one, on))
    table = {key: value for key, value in as_table(needs[at]).items() if key != "counter"}
    link = answer(table)
    again = found.need.type != "FS" and link.get("type", "FS") == "FS"
    beside = f"{on} FF" if again else ""
    return [link if n == at else one for n, one in enumerate(needs) if one != beside]


def _waits_on(written: Written, supplier: str) -> bool:
    return isinstance(written, Mapping) and written["on"] == supplier and "counter" in written


def new_counters(before: Context, after: Context) -> Iterator[Waiting]:
    """The counters that wait in one plan and did not in another, in file order."""
    for id, initiative in after.roadmap.initiatives.items():
        old = before.roadmap.initiatives.get(id)
        if old is initiative:
            continue
        for need in initiative.needs:
            found = need.counter and waiting(after, id, need.on)
            if found and found.counter is need.counter and _is_new(old, need):
                yield found


def _is_new(old: Initiative | None, need: Need) -> bool:
    before = () if old is None else old.needs
    return all(one.counter != need.counter for one in before if one.on == need.on)


# --- in words -------------------------------------------------------------------------------------


def link_name(need: Need) -> str:
    """``FS``, ``SS+5d``: a link's type and lag, also where they are the usual ones."""
    end = format_need_text(need).partition(" ")[2]
    return end if end[:1].isalpha() else f"{need.type}{end}"


def who_wants(context: Context, found: Waiting) -> str:
    """``IT wants 26 May instead of 12 May``: a counter with the side that waits for the answer."""
    name = context.end_name(_at(found, OTHER[found.end]))
    return f"{name} wants {counter_in_words(context, found)}"


def _at(found: Waiting, end: End) -> str:
    return found.need.on if end == "supplier" else found.successor


def to_be_taken(context: Context, found: Waiting) -> str:
    """``IT wants 26 May instead of 12 May, marketing has to take it``."""
    name = context.end_name(_at(found, found.end))
    return f"{who_wants(context, found)}, {name} has to take it"


def counter_in_words(context: Context, found: Waiting) -> str:
    """``26 May instead of 12 May``, ``SS+5d instead of FS``: what one side wants of the other."""
    counter, need = found.counter, found.need
    if counter.promised is not None:
        return _instead(context, counter.promised, need.promised or need.needed_by)
    if counter.needed_by is not None:
        return _instead(context, counter.needed_by, need.needed_by or need.promised)
    wanted, held = link_name(linked_as(need, counter)), link_name(need)
    return f"{held} instead of {wanted}" if found.kept else f"{wanted} instead of {held}"


def _instead(context: Context, day: date, old: date | None) -> str:
    return context.day(day) + (f" instead of {context.day(old)}" if old else "")
