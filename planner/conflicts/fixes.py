"""Fixes: the ways out of a finding, as edits.

Each is one edit with whose yes it needs and, where it is about dates, what it wins on the whole
plan: the schedule was run again for it. None of them is made here; whoever shows them previews
each, and applies one. Best first: what clears the finding without a new error, then what wins most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any

import tomli
from msgspec import Struct

from planner.calendars.freezes import Window, windows
from planner.conflicts.context import BOTH, Context, count, listed
from planner.conflicts.findings import Finding
from planner.conflicts.levers import CUTS, GIVES, frozen_yes, yes_of
from planner.conflicts.needs import Written, added, as_table, is_on, replaced, say, without
from planner.conflicts.reach import Reach, Tried, after_edits, reach
from planner.conflicts.registry import check, run_rule
from planner.conflicts.rules.dates import Gap, answer, gaps
from planner.conflicts.rules.standards import covers
from planner.conflicts.trial import finish_of, tables_of, together, won
from planner.roadmap.entities import Agreement, Initiative
from planner.roadmap.ids import make_id
from planner.text.edits import AddTable, Edit, RemoveKey, RemoveTable, SetKey

MOST = 8
"""No finding has more fixes than this."""

LOOKED_AT = 6
"""So many date fixes are checked for new errors before they are offered."""


class Fix(Struct, frozen=True, kw_only=True):
    """One way out. `wins` are working days by which what is late finishes earlier; None where the
    fix is not about dates. `finish` is its finish then. `clears`: the finding is gone afterwards.
    """

    title: str
    edit: Edit
    needs_yes: tuple[str, ...] = ()
    wins: int | None = None
    finish: date | None = None
    assumes: str = ""
    clears: bool = True


Fixer = Callable[[Finding, Context], Iterator[Fix]]


def fixes(finding: Finding, context: Context) -> list[Fix]:
    """The ways out of a finding, best first; empty where there is none that an edit can make.

    Raises EditRefused where the plan was made without its tables.
    """
    tables_of(context)
    if finding.root == ("*",):
        return _of_each(finding, context)
    fixer = FIXERS.get(finding.code)
    return [] if fixer is None else list(islice(fixer(finding, context), MOST))


def _of_each(finding: Finding, context: Context) -> list[Fix]:
    """For many findings told as one: the best way out of each of the first few."""
    told = {tuple(on) for on in finding.data["each"]}
    single = {one.on: one for one in run_rule(context, finding.code) if one.on in told}
    found = []
    for on in finding.data["each"][:MOST]:
        one = single.get(tuple(on))
        found += fixes(one, context)[:1] if one is not None else []
    return found


# --- dates ----------------------------------------------------------------------------------------


def _deadline(finding: Finding, context: Context) -> Iterator[Fix]:
    deadline = context.roadmap.initiatives[finding.id].deadline
    assert deadline is not None
    answer = reach(context, finding.id, deadline)
    yield from _ranked(context, answer)[: MOST - 2]
    yield from _cuts(answer)


def _ranked(context: Context, answer: Reach) -> list[Fix]:
    """Single levers that reach the day, one of each kind first; the shortest set; the rest."""
    gentle = [one for one in answer.levers if one.wins > 0 and one.lever.give not in CUTS]
    whole = [_of_lever(answer, one) for one in _varied(_harmless(context, answer, gentle))]
    several = [_of_steps(answer)] if len(answer.steps) > 1 else []
    parts = [_of_lever(answer, one) for one in gentle if one.finish > answer.day]
    return [*whole, *several, *parts[:3]]


def _cuts(answer: Reach) -> list[Fix]:
    """The best way to reach the day by dropping a link, and by dropping work."""
    first: dict[str, Tried] = {}
    for one in answer.levers:
        if one.lever.give in CUTS and one.finish <= answer.day:
            first.setdefault(one.lever.give, one)
    return [_of_lever(answer, one) for one in first.values()]


def _varied(groups: Iterable[Sequence[Tried]]) -> list[Tried]:
    """In each group one of each kind of lever first, then the second of each."""
    found = []
    for group in groups:
        seen: dict[str, int] = {}
        keyed = []
        for one in group:
            give = one.lever.give
            seen[give] = seen.get(give, 0) + 1
            keyed.append(((seen[give], GIVES.index(give)), one))
        found += [one for _, one in sorted(keyed, key=lambda item: item[0])]
    return found


def _harmless(
    context: Context, answer: Reach, gentle: Sequence[Tried]
) -> tuple[list[Tried], list[Tried]]:
    """The levers that reach the day: those that add no error elsewhere, and the others.

    Only the first few are looked at, since each takes a check of the whole plan.
    """
    reaching = _varied([[one for one in gentle if one.finish <= answer.day]])
    known = {one.fingerprint for one in check(context).findings} if reaching else set()
    bad = [one for one in reaching[:LOOKED_AT] if _errors_added(context, one.edit, known)]
    return [one for one in reaching if one not in bad], bad


def _errors_added(context: Context, edit: Edit, known: set[str]) -> int:
    after = after_edits(context, [edit])
    if after is None:
        return 1
    return sum(
        one.severity == "error" and not one.waived and one.fingerprint not in known
        for one in check(after).findings
    )


def _of_lever(answer: Reach, one: Tried) -> Fix:
    return Fix(
        title=one.lever.title,
        edit=one.lever.edit,
        needs_yes=one.lever.needs_yes,
        wins=one.wins,
        finish=one.finish,
        assumes=one.lever.assumes,
        clears=one.finish <= answer.day,
    )


def _of_steps(answer: Reach) -> Fix:
    edit = answer.edit
    assert edit is not None
    return Fix(
        title=answer.title,
        edit=edit,
        needs_yes=answer.needs_yes,
        wins=sum(one.wins for one in answer.steps),
        finish=answer.steps[-1].finish,
        assumes="; ".join(one.lever.assumes for one in answer.steps),
    )


def _bounds(finding: Finding, context: Context) -> Iterator[Fix]:
    """Shorten the chain, else give the date up."""
    bounds: Mapping[str, Mapping[str, Any]] = finding.data["bounds"]
    finish = finish_of(context, finding.id)
    assert finish is not None
    days = max(one["days"] for one in bounds.values())
    answer = reach(context, finding.id, context.schedule.add_working_days(finish, -days))
    yield from _ranked(context, answer)[:3]
    yes = yes_of(context, finding.id)
    moved = [
        SetKey("initiatives", finding.id, (key,), date.fromisoformat(one["day"]))
        for key, one in bounds.items()
    ]
    title = f"move {listed(f'{one.key[0]} to {context.day(one.value)}' for one in moved)}"
    yield Fix(title=title, edit=together(moved, title), needs_yes=yes)
    gone = [RemoveKey("initiatives", finding.id, (key,)) for key in bounds]
    title = f"remove {listed(bounds)} from {finding.id}"
    yield Fix(title=title, edit=together(gone, title), needs_yes=yes)


def _promise(finding: Finding, context: Context) -> Iterator[Fix]:
    """Keep the promise if something can give; else say the new day."""
    gap = next(one for one in gaps(context) if (one.successor, one.supplier) == finding.on)
    ways = _ranked(context, reach(context, gap.supplier, gap.bound))
    keep = [fix for fix in ways if fix.clears]
    yield from keep[:1]
    yield _new_day(context, gap)
    yield from keep[1:3]
    yield from (fix for fix in ways if not fix.clears)


def _new_day(context: Context, gap: Gap) -> Fix:
    finish = finish_of(context, gap.supplier)
    assert finish is not None
    new, old = context.day(finish), context.day(gap.bound)

    def moved(written: Written) -> list[Written]:
        if not is_on(written, gap.supplier) or isinstance(written, str) or gap.key not in written:
            return [written]
        return [{**as_table(written), gap.key: max(finish, written[gap.key])}]

    verb = "promise" if gap.key == "promised" else f"need {gap.supplier} by"
    return Fix(
        title=f"{verb} {new} instead of {old}",
        edit=replaced(context, gap.successor, moved),
        needs_yes=yes_of(context, gap.successor),
        wins=0,
        finish=finish,
        assumes=f"{gap.successor} can wait until then",
    )


# --- hand-overs -----------------------------------------------------------------------------------


def _agree(finding: Finding, context: Context) -> Iterator[Fix]:
    """Record the agreement, with the supplier's finish as the day it is promised for; or ask."""
    successor, supplier = finding.on
    finish = finish_of(context, supplier)
    links = [n for n in context.roadmap.initiatives[successor].needs if n.on == supplier]
    words: dict[str, Any] = {"agreed": context.as_of}
    by = next((need.promised for need in links if need.promised), None)
    if by is None and finish is not None:
        by = words["promised"] = finish
    side = context.side_name(context.sides[supplier])
    until = f" by {context.day(by)}" if by else ""
    yield Fix(
        title=f"record that {side} agrees to {supplier}{until}",
        edit=say(context, successor, supplier, words),
        needs_yes=yes_of(context, supplier),
    )
    if answer(context, successor, supplier)[0] == "not asked":
        yield Fix(
            title=f"ask {side} for {supplier} (asked {context.day(context.as_of)})",
            edit=say(context, successor, supplier, {"asked": context.as_of}),
            needs_yes=yes_of(context, successor),
            clears=False,
        )


# --- the plan itself ------------------------------------------------------------------------------


def _uncircle(finding: Finding, context: Context) -> Iterator[Fix]:
    ring = set(finding.on)
    for id in finding.on:
        for on in dict.fromkeys(need.on for need in context.roadmap.initiatives[id].needs):
            if on in ring:
                edit = without(context, id, on)
                after = after_edits(context, [edit])
                if after is not None and not any(ring & set(one) for one in after.network.cycles):
                    yes = yes_of(context, on, id)
                    yield Fix(title=f"let {id} not wait for {on}", edit=edit, needs_yes=yes)


def _reference(finding: Finding, context: Context) -> Iterator[Fix]:
    unknown: str = finding.data.get("unknown", "")
    near: str | None = finding.data.get("nearest")
    places = finding.data.get("places", [])
    if near:
        edits = [_renamed(context, place, unknown, near) for place in places]
        yield Fix(title=f"{near} instead of {unknown}", edit=together(edits, f"name {near}"))
    if places:
        edits = [_renamed(context, place, unknown, None) for place in places]
        title = f"remove {unknown} from {listed(dict.fromkeys(id for _, id, _ in places))}"
        yield Fix(title=title, edit=together(edits, title))


def _renamed(context: Context, place: Sequence[str], unknown: str, new: str | None) -> Edit:
    kind, id, key = place
    value = _with_id(tables_of(context)[kind][id][key], unknown, new)
    return (
        RemoveKey(kind, id, (key,)) if value in (None, [], {}) else SetKey(kind, id, (key,), value)
    )


def _with_id(value: Any, old: str, new: str | None) -> Any:
    """A reference's value with an id replaced or taken out: an id, links, lists, a table's keys."""
    if isinstance(value, str):
        name, blank, rest = value.partition(" ")
        return value if name != old else None if new is None else f"{new}{blank}{rest}"
    if isinstance(value, list):
        changed = [_with_id(item, old, new) for item in value]
        return [item for item in changed if item is not None]
    if isinstance(value, Mapping):
        if value.get("on") == old:
            return None if new is None else {**value, "on": new}
        renamed = ((new if key == old else key, item) for key, item in value.items())
        return {key: item for key, item in renamed if key is not None}
    return value


def _dropped(finding: Finding, context: Context) -> Iterator[Fix]:
    dropped = finding.data["dropped"]
    edits = [without(context, id, dropped) for id in finding.on]
    title = f"let {listed(finding.on)} not wait for {dropped}"
    yield Fix(title=title, edit=together(edits, title), needs_yes=yes_of(context, *finding.on))
    again = SetKey("initiatives", dropped, ("status",), "planned")
    yield Fix(title=f"take {dropped} up again", edit=again, needs_yes=yes_of(context, dropped))


def _estimate(finding: Finding, context: Context) -> Iterator[Fix]:
    written = context.roadmap.checks.thresholds.get("assumed_estimate", "2w")
    yield Fix(
        title=f"write the assumed {written} as its estimate",
        edit=SetKey("initiatives", finding.id, ("estimate",), written),
        needs_yes=yes_of(context, finding.id),
        assumes=f"{finding.id} does take {written}",
    )


def _owner(finding: Finding, context: Context) -> Iterator[Fix]:
    """The teams of its side that own what is around it, the most frequent first."""
    side = context.sides[finding.id]
    network = context.network
    around = [link.pred for link in network.links_into(finding.id)]
    around += [link.succ for link in network.links_out_of(finding.id)]
    number: dict[str, int] = {}
    for id in around:
        team = context.team(id)
        if team in context.roadmap.teams and context.sides[id] == side:
            number[team] = number.get(team, 0) + 1
    others = [id for id, team in context.roadmap.teams.items() if team.portfolio == side]
    ranked = sorted(number, key=lambda team: (-number[team], team))
    for team in [*ranked, *(one for one in others if one not in number)][:3]:
        yield Fix(
            title=f"{team} is accountable for {finding.id}",
            edit=SetKey("initiatives", finding.id, ("owner",), team),
            needs_yes=(team,),
        )


# --- freezes --------------------------------------------------------------------------------------


def _freeze(finding: Finding, context: Context) -> Iterator[Fix]:
    window = next(w for w in windows(context.roadmap) if w.id == finding.data["freeze"])
    initiative = context.roadmap.initiatives[finding.id]
    days: int = finding.data.get("wanted", 0)
    last = context.schedule.add_working_days(window.start - timedelta(days=1), -days)
    if last >= context.as_of:
        ways = _ranked(context, reach(context, finding.id, last))
        yield from [fix for fix in ways if fix.clears][:2]
    yield _exempt(context, window, initiative)
    yield _after(context, window, initiative)


def _exempt(context: Context, window: Window, initiative: Initiative) -> Fix:
    exempt = [*window.freeze.exempt, initiative.id]
    return Fix(
        title=f"exempt {initiative.id} from the freeze {window.id}",
        edit=SetKey("freezes", window.id, ("exempt",), exempt),
        needs_yes=frozen_yes(context, window, initiative),
        assumes=f"{initiative.id} may go live while {window.id} lasts",
    )


def _after(context: Context, window: Window, initiative: Initiative) -> Fix:
    free = context.schedule.add_working_days(window.end, 1)
    edit = SetKey("initiatives", initiative.id, ("finish_no_earlier_than",), free)
    after = after_edits(context, [edit])
    return Fix(
        title=f"finish {initiative.id} after the freeze, on {context.day(free)}",
        edit=edit,
        needs_yes=yes_of(context, initiative.id),
        wins=None if after is None else won(context, after, initiative.id),
        finish=None if after is None else finish_of(after, initiative.id),
    )


# --- systems, standards, data ---------------------------------------------------------------------


def _overlap(finding: Finding, context: Context) -> Iterator[Fix]:
    if len(finding.on) != 2:
        return
    one, other = finding.on
    relates = [*context.roadmap.initiatives[other].relates, one]
    yield Fix(
        title=f"say that {one} and {other} are coordinated",
        edit=SetKey("initiatives", other, ("relates",), relates),
        needs_yes=yes_of(context, one, other),
        assumes="the two teams agree who changes what, and when",
    )
    orders = [_after_another(context, *pair) for pair in ((one, other), (other, one))]
    yield from sorted((fix for fix in orders if fix), key=lambda fix: -(fix.wins or 0))


def _after_another(context: Context, first: str, second: str) -> Fix | None:
    edit = added(context, second, first)
    after = after_edits(context, [edit])
    finish = None if after is None else finish_of(after, second)
    if after is None or finish is None:
        return None
    return Fix(
        title=f"put {second} after {first}",
        edit=edit,
        needs_yes=yes_of(context, first, second),
        wins=won(context, after, second),
        finish=finish,
    )


def _review(finding: Finding, context: Context) -> Iterator[Fix]:
    system = context.roadmap.systems[finding.data["system"]]
    for agreement in context.roadmap.agreements.values():
        fix = _agreed(context, finding, agreement)
        if fix is not None:
            yield fix
    id = make_id(f"{system.id} review", context.roadmap.initiatives)
    owner = _reviewer(context) or system.owner
    values: dict[str, Any] = {"title": f"Review of {system.label}", "kind": "review"}
    if owner:
        values["owner"] = owner
    values |= {"estimate": "1w", "uses": [system.id]}
    edits: list[Edit] = [AddTable("initiatives", id, values)]
    for one in finding.on:
        dates = context.dates(one)
        link = f"{id} FF" if dates is not None and dates.started else id
        edits.append(added(context, one, link))
    title = f"add a review of {system.id} before {listed(finding.on)}"
    yield Fix(
        title=title,
        edit=together(edits, title),
        needs_yes=tuple(dict.fromkeys(filter(None, (owner, *yes_of(context, *finding.on))))),
        assumes="a week is enough for it",
    )


def _reviewer(context: Context) -> str | None:
    """Who has the most reviews in this roadmap."""
    owners = [
        o for i in context.roadmap.initiatives.values() if i.kind == "review" for o in i.owner
    ]
    return max(sorted(set(owners)), key=owners.count) if owners else None


def _agreed(context: Context, finding: Finding, agreement: Agreement) -> Fix | None:
    """An agreement that would cover it, if those sides agreed that have not yet."""
    lacking = [side for side in BOTH if side not in agreement.agreed]
    system = context.roadmap.systems[finding.data["system"]]
    if not lacking:
        return None
    edits = [SetKey("agreements", agreement.id, ("agreed", s), context.as_of) for s in lacking]
    after = after_edits(context, edits)
    if after is None or not all(
        covers(after, after.roadmap.agreements[agreement.id], system, one)
        for one in (context.roadmap.initiatives[id] for id in finding.on)
    ):
        return None
    sides = tuple(context.side_name(side) for side in lacking)
    title = f"record that {listed(sides)} agrees to {agreement.id}"
    return Fix(title=title, edit=together(edits, title), needs_yes=sides)


def _consent(finding: Finding, context: Context) -> Iterator[Fix]:
    after = context.network.descendants(finding.id)
    for provider in finding.data["providers"]:
        if provider not in after:
            edit = added(context, finding.id, provider)
            tried = after_edits(context, [edit])
            yield Fix(
                title=f"put {provider} before {finding.id}",
                edit=edit,
                needs_yes=yes_of(context, finding.id, provider),
                wins=None if tried is None else won(context, tried, finding.id),
                finish=None if tried is None else finish_of(tried, finding.id),
            )


# --- reading and waivers --------------------------------------------------------------------------


def _value(finding: Finding, context: Context) -> Iterator[Fix]:
    if not finding.key or _written(context, finding) is None:
        return
    near = finding.data.get("nearest")
    if near and finding.data.get("allowed"):
        value = tomli.loads(f"it = {near}")["it"]
        edit: Edit = SetKey(finding.kind, finding.id, finding.key, value)
        yield Fix(title=f"write {near}", edit=edit)
    where = ".".join(finding.key)
    yield Fix(
        title=f"remove {where}, which counts as absent",
        edit=RemoveKey(finding.kind, finding.id, finding.key),
    )


def _key(finding: Finding, context: Context) -> Iterator[Fix]:
    near, value = finding.data.get("nearest"), _written(context, finding)
    if not finding.key or not near or value is None or isinstance(value, list):
        return
    new = (*finding.key[:-1], near)
    edits = (
        RemoveKey(finding.kind, finding.id, finding.key),
        SetKey(finding.kind, finding.id, new, value),
    )
    title = f"{near} instead of {finding.key[-1]}"
    yield Fix(title=title, edit=together(edits, title))


def _written(context: Context, finding: Finding) -> Any:
    value: Any = tables_of(context).get(finding.kind, {}).get(finding.id)
    for part in finding.key:
        if not isinstance(value, Mapping) or part not in value:
            return None
        value = value[part]
    return value


def _waiver(finding: Finding, context: Context) -> Iterator[Fix]:
    waiver = context.roadmap.waivers[finding.id]
    by = (waiver.by,) if waiver.by else ()
    yield Fix(
        title=f"remove the waiver {finding.id}",
        edit=RemoveTable("waivers", finding.id),
        needs_yes=by,
    )
    if finding.data.get("needed"):
        until = context.as_of + timedelta(weeks=4)
        yield Fix(
            title=f"let it last {count(4, 'week')} more, until {context.day(until)}",
            edit=SetKey("waivers", finding.id, ("until",), until),
            needs_yes=by,
        )


FIXERS: dict[str, Fixer] = {
    "READ01": _value,
    "READ02": _key,
    "PLAN01": _uncircle,
    "PLAN02": _reference,
    "PLAN04": _dropped,
    "PLAN07": _estimate,
    "DATE01": _deadline,
    "DATE02": _bounds,
    "DATE06": _promise,
    "FREEZE01": _freeze,
    "FREEZE03": _freeze,
    "SYS01": _overlap,
    "STD01": _review,
    "DATA01": _consent,
    "OWN01": _owner,
    "LINK01": _agree,
    "WAIVE01": _waiver,
    "WAIVE02": _waiver,
}
"""Which rules have fixes. READ01 of a waiver that lacks something has none: only a person knows."""
