"""What people said, as the tables of a roadmap record it: what two of them tell apart.

A record is an answer to a handover, a decision, a waiver, an owner, an action, a review, a
measurement, an announcement, a meeting that was closed. All else that differs (titles, notes,
estimates, links) is work on the plan, and nobody said it. Who said it is who the record names, and
nobody where it names none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, TypeGuard

from msgspec import Struct

from planner.conflicts.needs import links_in, parsed
from planner.conflicts.terms import OTHER, End, Waiting, counter_in_words, party_at, waiting
from planner.plan.model import Plan
from planner.roadmap.entities import Tables
from planner.roadmap.figures import date_text, listed, number
from planner.roadmap.output_minutes import MinuteAct, MinuteRow, SaidRow
from planner.roadmap.quantities import Counter, Need
from planner.roadmap.sides import STANDARD
from planner.text.edits import same
from planner.text.renames import renamed_tables, with_renames

Table = Mapping[str, Any]
ORDER: tuple[MinuteAct, ...] = (
    "agreed", "countered", "declined", "decided", "waived", "assigned", "action", "done",
    "reviewed", "measured", "announced", "asked", "promised", "accepted", "not accepted", "closed",
)  # fmt: skip
"""The order in which records are told."""


def recorded(before: Tables, after: Tables, plan: Plan) -> list[MinuteRow]:
    """What `after` records and `before` does not; `plan` says what everything is called."""
    old = with_renames(before, renamed_tables(before, after))
    found: list[MinuteRow] = []
    for kind, of in _OF_KIND.items():
        was, now = old.get(kind, {}), after.get(kind, {})
        for id, table in now.items():
            if isinstance(table, Mapping) and not same(was.get(id), table):
                former = was.get(id)
                known = former if isinstance(former, Mapping) else None
                found += of(_Changed(plan, kind, id, known, table))
    return sorted(found, key=lambda row: ORDER.index(row.act))


class _Changed(Struct, frozen=True):
    """One table that differs; `was` is None where it is new."""

    plan: Plan
    kind: str
    id: str
    was: Table | None
    now: Table

    @property
    def before(self) -> Table:
        """The keys that it had."""
        return self.was or {}

    @property
    def label(self) -> str:
        """What it is called: work by its id, all else by its title."""
        title = self.now.get("title")
        return title if isinstance(title, str) and self.kind != "initiatives" else self.id

    def new_day(self, key: str) -> date | None:
        """A day that a key has and did not have."""
        day = self.now.get(key)
        return day if is_day(day) and day != self.before.get(key) else None

    def new_text(self, key: str) -> str | None:
        """A text that a key has and did not have; the first of a list."""
        text = _first(self.now.get(key))
        return text if text != _first(self.before.get(key)) else None

    def new_days(self, key: str) -> dict[str, date]:
        """The days by name that a table under a key has and did not have."""
        now, was = (_table(each.get(key)) for each in (self.now, self.before))
        return {who: day for who, day in now.items() if is_day(day) and was.get(who) != day}

    def row(self, act: MinuteAct, **facts: Any) -> MinuteRow:
        """What was said of it."""
        return MinuteRow(
            **{"act": act, "kind": self.kind, "id": self.id, "subject": self.label} | facts
        )

    def said(self, who: object) -> SaidRow | None:
        """Who said it; None where the record names nobody."""
        return said_by(self.plan, who)

    def owner(self) -> SaidRow | None:
        """Its owner."""
        return self.said(_first(self.now.get("owner")))


def is_day(value: object) -> TypeGuard[date]:
    """Whether a value of a table is a day."""
    return isinstance(value, date) and not isinstance(value, datetime)


def _table(value: object) -> Table:
    return value if isinstance(value, Mapping) else {}


def _first(value: object) -> str | None:
    if isinstance(value, list | tuple):
        value = next(iter(value), None)
    return value if isinstance(value, str) and value else None


def said_by(plan: Plan, who: object) -> SaidRow | None:
    """A side, a team or a person by its id; what is neither is a name as it is."""
    if not isinstance(who, str) or not who:
        return None
    roadmap = plan.roadmap
    if who in roadmap.people or who in roadmap.teams:
        return SaidRow(id=who, name=roadmap.party_title(who), side=plan.context.party(who).side)
    if who in roadmap.portfolios or who in STANDARD:
        return SaidRow(id=who, name=roadmap.side_title(who), side=who)
    return SaidRow(id=None, name=who, side=None)


# --- handovers ------------------------------------------------------------------------------------


class _Pair(Struct, frozen=True):
    """What the links of one pair say, before and now."""

    changed: _Changed
    supplier: str
    was: list[Need]
    now: list[Need]

    def new(self, key: str) -> date | None:
        """A day that is said now and was not."""
        day: date | None = _latest(self.now, key)
        return day if day != _latest(self.was, key) else None

    @property
    def counter(self) -> Counter | None:
        """Other terms that wait for an answer now."""
        return next((need.counter for need in self.now if need.counter is not None), None)

    @property
    def former(self) -> Counter | None:
        """Other terms that waited before."""
        return next((need.counter for need in self.was if need.counter is not None), None)

    def row(
        self, act: MinuteAct, day: date | None, end: End = "supplier", **facts: Any
    ) -> MinuteRow:
        """What was said of it, by who gave the last answer, else by who has it at that end."""
        who = next((need.by for need in self.now if need.by), None) or self._at(end)
        why = next((need.note for need in self.now if need.note), None)
        told = {
            "other": self.supplier,
            "subject": f"{self.supplier} → {self.changed.id}",
            "reason": why or "",
            "day": day,
            "said": self.changed.said(who),
        }
        return self.changed.row(act, **told | facts)

    def _at(self, end: End) -> str | None:
        initiatives = self.changed.plan.roadmap.initiatives
        one = initiatives.get(self.supplier if end == "supplier" else self.changed.id)
        return one.accountable if one is not None else None

    def by_when(self, *keys: str) -> str:
        """``by 5 Aug``: the first of some days that is said."""
        days = (_latest(self.now, key) for key in keys)
        day = next((each for each in days if each is not None), None)
        return f"by {date_text(day, self.changed.plan.as_of)}" if day is not None else ""


def _latest(needs: list[Need], key: str) -> Any:
    return max((day for need in needs if (day := getattr(need, key)) is not None), default=None)


def _handovers(one: _Changed) -> Iterator[MinuteRow]:
    was, now = (_by_supplier(table.get("needs")) for table in (one.before, one.now))
    for supplier, needs in now.items():
        if was.get(supplier) != needs:
            yield from _answers(_Pair(one, supplier, was.get(supplier, []), needs))


def _by_supplier(needs: object) -> dict[str, list[Need]]:
    found: dict[str, list[Need]] = {}
    for written in links_in(needs):
        need = parsed(written) if isinstance(written, str | Mapping) else None
        if need is not None:
            found.setdefault(need.on, []).append(need)
    return found


def _answers(pair: _Pair) -> Iterator[MinuteRow]:
    """What was answered; a request or a promise only where nothing else was said."""
    if pair.counter is not None and pair.counter != pair.former:
        yield _counter(pair, pair.counter)
    if (day := pair.new("declined")) is not None:
        yield pair.row("declined", day)
    elif (day := pair.new("agreed")) is not None:
        yield pair.row("agreed", day, text=pair.by_when("promised", "needed_by"))
    elif pair.former is not None and pair.counter is None:
        yield _not_taken(pair, pair.former)
    elif (day := pair.new("accepted")) is not None:
        yield pair.row("accepted", day, "successor")
    elif (day := pair.new("rejected")) is not None:
        yield pair.row("not accepted", day, "successor")
    elif pair.new("promised") is not None:
        yield pair.row("promised", None, text=pair.by_when("promised"))
    elif (day := pair.new("asked")) is not None:
        yield pair.row("asked", day, "successor", text=pair.by_when("needed_by"))
    elif (former := _former_need(pair)) is not None:
        text = f"{pair.by_when('needed_by')} instead of {former}"
        yield pair.row("asked", None, "successor", text=text)


def _former_need(pair: _Pair) -> str | None:
    """By when it was needed, where it was asked for, is not agreed and is needed another day."""
    was = _latest(pair.was, "needed_by")
    asked = _latest(pair.was, "asked") is not None and _latest(pair.now, "agreed") is None
    if was is None or not asked or pair.new("needed_by") is None:
        return None
    return date_text(was, pair.changed.plan.as_of)


def _counter(pair: _Pair, counter: Counter) -> MinuteRow:
    """Other terms, by the side that wants them; no reason is kept with them."""
    plan = pair.changed.plan
    found = _waiting(plan, pair)
    who = counter.by or (_asking(plan, pair, found) if found is not None else None)
    text, said = _wanted(plan, counter, found), pair.changed.said(who)
    return pair.row("countered", counter.on, text=text, reason="", said=said)


def _waiting(plan: Plan, pair: _Pair) -> Waiting | None:
    known = plan.roadmap.initiatives
    if pair.changed.id not in known or pair.supplier not in known:
        return None
    return waiting(plan.context, pair.changed.id, pair.supplier)


def _asking(plan: Plan, pair: _Pair, found: Waiting) -> str | None:
    return party_at(plan.context, pair.changed.id, pair.supplier, OTHER[found.end])


def _wanted(plan: Plan, counter: Counter, found: Waiting | None) -> str:
    if found is not None:
        return counter_in_words(plan.context, found)
    day = counter.promised or counter.needed_by
    return date_text(day, plan.as_of) if day is not None else ""


def _not_taken(pair: _Pair, former: Counter) -> MinuteRow:
    """Other terms were not taken: the old ones stand."""
    day = former.promised or former.needed_by
    wanted = date_text(day, pair.changed.plan.as_of) if day is not None else "the other link"
    return pair.row("declined", None, text=f"not {wanted}")


# --- all else -------------------------------------------------------------------------------------


def _initiative(one: _Changed) -> Iterator[MinuteRow]:
    yield from _handovers(one)
    yield from _assigned(one)
    yield from _reviewed(one)
    yield from _announced(one)


def _announced(one: _Changed) -> Iterator[MinuteRow]:
    """The date that was announced; one that is there no more was taken back."""
    day, former = one.new_day("announced"), one.before.get("announced")
    if day is not None:
        text = f"for {date_text(day, one.plan.as_of)}"
        yield one.row("announced", text=text, day=day, said=one.owner())
    elif is_day(former) and "announced" not in one.now:
        text = f"no longer for {date_text(former, one.plan.as_of)}"
        yield one.row("announced", text=text, said=one.owner())


def _assigned(one: _Changed) -> Iterator[MinuteRow]:
    """Whoever became accountable for what was there before."""
    if one.was is not None and (who := one.new_text("owner")) is not None:
        said = one.said(who)
        yield one.row("assigned", other="owner", text=said.name if said else who, said=said)


def _reviewed(one: _Changed) -> Iterator[MinuteRow]:
    for who, day in one.new_days("reviews").items():
        yield one.row("reviewed", other=who, day=day, said=one.said(who))


def _decision(one: _Changed) -> Iterator[MinuteRow]:
    yield from _assigned(one)
    new = one.new_day("decided") is not None or one.new_text("choice") is not None
    if new and is_day(one.now.get("decided")):
        text = _first(one.now.get("choice")) or ""
        yield one.row("decided", text=text, day=one.now["decided"], said=one.owner())


def _waiver(one: _Changed) -> Iterator[MinuteRow]:
    until = one.new_day("until")
    if one.was is None or until is not None:
        on = links_in(one.now.get("on"))
        subject = " on ".join(filter(None, (_first(one.now.get("rule")), listed(map(str, on), 3))))
        text = f"until {date_text(until, one.plan.as_of)}" if until is not None else ""
        reason = _first(one.now.get("reason")) or ""
        said = one.said(one.now.get("by"))
        yield one.row("waived", subject=subject, text=text, reason=reason, day=until, said=said)


def _action(one: _Changed) -> Iterator[MinuteRow]:
    due, done = one.new_day("due"), one.new_day("done")
    if one.was is None:
        text = f"due {date_text(due, one.plan.as_of)}" if due is not None else ""
        yield one.row("action", text=text, day=due, said=one.owner())
    elif done is not None:
        yield one.row("done", day=done, said=one.owner())


def _agreement(one: _Changed) -> Iterator[MinuteRow]:
    for side, day in one.new_days("agreed").items():
        yield one.row("agreed", other=side, day=day, said=one.said(side))
    for key in ("accountable", "responsible"):
        if one.was is not None and (who := one.new_text(key)) is not None:
            said = one.said(who)
            yield one.row("assigned", other=key, text=said.name if said else who, said=said)


def _system(one: _Changed) -> Iterator[MinuteRow]:
    yield from _assigned(one)
    yield from _reviewed(one)


def _outcome(one: _Changed) -> Iterator[MinuteRow]:
    yield from _assigned(one)
    now, was = (_table(each.get("readings")) for each in (one.now, one.before))
    unit = one.now.get("unit")
    for day, value in now.items():
        measured = isinstance(value, int | float) and not isinstance(value, bool)
        if measured and was.get(day) != value:
            text = number(value, unit if isinstance(unit, str) else None)
            on = _as_day(day)
            yield one.row("measured", other=str(day), text=text, day=on, said=one.owner())
    answers, before = (_table(each.get("answers")) for each in (one.now, one.before))
    for day, text in answers.items():
        if isinstance(text, str) and before.get(day) != text:
            on = _as_day(day)
            yield one.row("decided", other=str(day), text=text, day=on, said=one.owner())


def _as_day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _meeting(one: _Changed) -> Iterator[MinuteRow]:
    if (day := one.new_day("last")) is not None:
        yield one.row("closed", text=f"held {date_text(day, one.plan.as_of)}", day=day)


_OF_KIND: dict[str, Callable[[_Changed], Iterator[MinuteRow]]] = {
    "initiatives": _initiative,
    "agreements": _agreement,
    "decisions": _decision,
    "waivers": _waiver,
    "actions": _action,
    "systems": _system,
    "outcomes": _outcome,
    "meetings": _meeting,
}
