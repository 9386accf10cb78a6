"""What a side says about a handover, as the links that record it.

The receiving side asks, names the day by which it needs it, and accepts what was delivered or does
not; the supplying side agrees, declines or promises a day. A day that asks more of the other side
becomes a counter (`planner.conflicts.terms`), which that side takes or does not take. An answer
keeps who gave it (`by`) and what was said with it (`note`), and takes back what it contradicts.

Two links of one pair are one handover: what is said is written on the one that is a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Literal

from planner.conflicts.context import Context
from planner.conflicts.needs import (
    Written,
    as_table,
    is_on,
    set_needs,
    with_words,
    written_needs,
)
from planner.conflicts.terms import (
    OTHER,
    End,
    Saying,
    earlier_than_agreed,
    later_than_agreed,
    left,
    links_of,
    party_at,
    taken,
    waiting,
    with_counter,
)
from planner.roadmap.answers import handover_state
from planner.roadmap.quantities import Need, needs_table
from planner.text.edits import Edit

Act = Literal[
    "ask", "need", "agree", "promise", "decline", "take", "not take", "accept", "not accept"
]

SPEAKS: Mapping[Act, End] = {
    "ask": "successor",
    "need": "successor",
    "agree": "supplier",
    "promise": "supplier",
    "decline": "supplier",
    "accept": "successor",
    "not accept": "successor",
}
"""Which end says it; a counter is taken by the end that it waits for."""

Answer = Mapping[str, Any]


def said(
    context: Context,
    successor: str,
    supplier: str,
    act: Act,
    saying: Saying | None = None,
    day: date | None = None,
) -> Edit:
    """The edit that records one act; `day` is the date promised, or needed by."""
    about = saying or Saying()
    return set_needs(successor, _DEEDS[act](_Handover(context, successor, supplier, about), day))


def promised_day(context: Context, successor: str, supplier: str) -> date | None:
    """The day for which a yes promises it: the one promised already, else the plan's."""
    links = links_of(context, successor, supplier)
    written = min((need.promised for need in links if need.promised), default=None)
    return written or planned_day(context, successor, supplier)


def planned_day(context: Context, successor: str, supplier: str) -> date | None:
    """The day on which the plan delivers a handover, at the end that its terms are about."""
    return context.schedule.delivery(_chosen(links_of(context, successor, supplier)))


def is_counter(
    context: Context, successor: str, supplier: str, act: Literal["need", "promise"], day: date
) -> bool:
    """Whether a day asks more of the other side than the terms, so that it waits for its answer.

    Inside one side there is none.
    """
    if not context.across(successor, supplier):
        return False
    need = _chosen(links_of(context, successor, supplier))
    if act == "promise":
        return later_than_agreed(need, day)
    return earlier_than_agreed(context, successor, need, day)


def _chosen(links: list[Need]) -> Need:
    """Of the links of a pair, the one on which the terms stand: the first that says any."""
    return next(filter(needs_table, links), links[0])


class _Handover:
    """One handover while something is said about it, by whom and when."""

    def __init__(self, context: Context, successor: str, supplier: str, saying: Saying) -> None:
        self.context, self.successor, self.supplier = context, successor, supplier
        self.saying = saying
        self.on = saying.on or context.as_of
        self.needs = written_needs(context, successor)
        self.links = links_of(context, successor, supplier)
        self.waiting = waiting(context, successor, supplier)

    def by(self, end: End) -> dict[str, Any]:
        """Who says it and with which words, where both are known."""
        who = self.saying.by or party_at(self.context, self.successor, self.supplier, end)
        words = {"by": who, "note": self.saying.note}
        return {key: value for key, value in words.items() if value is not None}

    def answered(self, end: End, words: Answer, gone: Iterable[str] = ()) -> list[Written]:
        """The links with an answer of one end; its own counter goes, and the words of the last."""
        own = self.waiting is not None and self.waiting.end == OTHER[end]
        away = {*gone, "by", "note", *(("counter",) if own and not self.waiting_is_kept else ())}
        return self.written({**words, **self.by(end)}, away)

    @property
    def waiting_is_kept(self) -> bool:
        """Whether the counter names the link to go back to, which no other word takes away."""
        return self.waiting is not None and self.waiting.kept

    def written(self, words: Answer, gone: Iterable[str] = ()) -> list[Written]:
        """The links with `words` on one of the pair, and without `gone` on any."""
        away = set(gone)
        return self._changed(lambda table: with_words(without(table, away), words), away)

    def _changed(
        self, change: Callable[[dict[str, Any]], dict[str, Any]], away: set[str]
    ) -> list[Written]:
        needs = list(self.needs)
        places = [at for at, one in enumerate(needs) if is_on(one, self.supplier)]
        chosen = next((at for at in places if isinstance(needs[at], Mapping)), places[0])
        for at in places:
            if at == chosen:
                needs[at] = change(as_table(needs[at]))
            elif isinstance(needs[at], Mapping):
                needs[at] = without(as_table(needs[at]), away)
        return needs

    def countered(self, end: End, key: str, day: date) -> list[Written]:
        """The links with another day as a counter, in the place of one that was there."""
        words = self.by(end) if self.saying.note is not None else {}
        away = {"declined"} if end == "supplier" else set()

        def change(table: dict[str, Any]) -> dict[str, Any]:
            table = with_words(without(table, away), words)
            return with_counter(self.context, self.successor, table, {key: day}, end, self.saying)

        return self._changed(change, away)


def without(table: Mapping[str, Any], keys: set[str]) -> dict[str, Any]:
    """A link's table without some of its keys."""
    return {key: value for key, value in table.items() if key not in keys}


# --- the acts -------------------------------------------------------------------------------------


def _ask(one: _Handover, day: date | None) -> list[Written]:
    words = {"asked": one.on, "needed_by": day, "note": one.saying.note}
    return one.written({key: value for key, value in words.items() if value is not None})


def _need(one: _Handover, day: date | None) -> list[Written]:
    assert day is not None
    if is_counter(one.context, one.successor, one.supplier, "need", day):
        return one.countered("successor", "needed_by", day)
    if handover_state(one.links)[0] in ("not asked", "declined"):
        return _ask(one, day)
    return one.written({"needed_by": day})


def _agree(one: _Handover, _day: date | None) -> list[Written]:
    words: dict[str, Any] = {"agreed": one.on}
    promised = promised_day(one.context, one.successor, one.supplier)
    if promised is not None and all(need.promised is None for need in one.links):
        words["promised"] = promised
    return one.answered("supplier", words, ("declined",))


def _promise(one: _Handover, day: date | None) -> list[Written]:
    assert day is not None
    if is_counter(one.context, one.successor, one.supplier, "promise", day):
        return one.countered("supplier", "promised", day)
    state, since = handover_state(one.links)
    agreed = since if state == "agreed" else one.on
    return one.answered("supplier", {"promised": day, "agreed": agreed}, ("declined",))


def _decline(one: _Handover, _day: date | None) -> list[Written]:
    return one.answered("supplier", {"declined": one.on}, ("agreed", "promised"))


def _take(one: _Handover, _day: date | None) -> list[Written]:
    return _answer_to_a_counter(one, taken(one.context, one.successor, one.supplier, one.on))


def _not_take(one: _Handover, _day: date | None) -> list[Written]:
    return _answer_to_a_counter(one, left(one.context, one.successor, one.supplier))


def _answer_to_a_counter(one: _Handover, needs: list[Written]) -> list[Written]:
    assert one.waiting is not None
    one.needs, end = needs, one.waiting.end
    return one.written(one.by(end), ("by", "note", "declined"))


def _accept(one: _Handover, _day: date | None) -> list[Written]:
    return one.answered("successor", {"accepted": one.on}, ("rejected",))


def _not_accept(one: _Handover, _day: date | None) -> list[Written]:
    return one.answered("successor", {"rejected": one.on}, ("accepted",))


_DEEDS: Mapping[Act, Callable[[_Handover, date | None], list[Written]]] = {
    "ask": _ask,
    "need": _need,
    "agree": _agree,
    "promise": _promise,
    "decline": _decline,
    "take": _take,
    "not take": _not_take,
    "accept": _accept,
    "not accept": _not_accept,
}
