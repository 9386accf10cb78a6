"""Which fixes may be made by themselves, and which a person has to choose.

A program may do what it is asked to, once it is plain what that is. It may not say for a person
what they said or did, decide what another owner decides, give up what somebody committed to or
meant, or hope for the best. Whether a fix does any of that is read off what it would change in
the tables, so that no rule can forget to say it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from planner.conflicts.context import Context
from planner.conflicts.fix import Fix
from planner.conflicts.needs import parsed
from planner.conflicts.path_options import HOLDS, must_come_first
from planner.conflicts.trial import tables_of
from planner.roadmap.quantities import LINK_KEYS, Need
from planner.roadmap.sides import crosses
from planner.text.edits import Edit, Edits, Key, RemoveKey, SetKey, apply_to_data, same, touched

SAID = "only people know what was said or done"
THEIRS = "another owner decides this"
GIVEN_UP = "it gives up a commitment or an intent"
CUT = "it removes work, a link or what work touches"
HOPED = "it rests on an optimistic or assumed estimate"
PAID = "it takes money"
MEANT = "only a person knows what was meant"
FIRST = "a person decides which comes first"

FACTS: Mapping[str, frozenset[str]] = {
    "roadmap": frozenset(("status_date",)),
    "portfolios": frozenset(("budget",)),
    "teams": frozenset(("capacity", "capacity_from")),
    "people": frozenset(("until",)),
    "systems": frozenset(
        ("status", "standing", "standing_until", "supported_until", "connects", "reviews")
    ),
    "data": frozenset(("classification", "steward")),
    "outcomes": frozenset(
        ("kpi", "baseline", "target", "by", "readings", "source", "value", "answers")
    ),
    "agreements": frozenset(
        ("agreed", "access", "limit", "review_by", "capabilities", "systems", "data")
    ),
    "decisions": frozenset(("options", "needed_by", "decided", "choice")),
    "waivers": frozenset(("rule", "on", "reason", "by", "until")),
    "initiatives": frozenset(
        ("status", "actual_start", "actual_finish", "percent_complete", "remaining", "reviews",
         "announced", "estimated_by", "priority", "value", "cost", "accelerate", "relates",
         "outcomes")
    ),
}  # fmt: skip
"""Keys that hold what somebody said, did or granted: the world has to change before they do."""

BOUNDS = (*HOLDS, "start_no_later_than", "finish_no_later_than", "as_late_as_possible", "deadline")
"""Dates that somebody set. A pin or a bound may be moved; a deadline is a commitment."""

TOUCHES = ("uses", "changes", "introduces", "replaces", "retires", "processes", "activates",
           "outcomes", "awaits")  # fmt: skip
"""Lists whose items are true of the work: leaving one out is a claim about it, no repair."""

PARTIES = ("owner", "accountable", "responsible", "consulted", "informed")
"""Keys that name who works on something."""

NAMES = frozenset((*PARTIES, "outcomes"))
"""Keys that name who works on something, and what it is for: whom or what to name is a choice."""

Table = Mapping[str, Any]


Changes = dict[tuple[str, str], tuple[Any, Any]]
"""By (kind, id) what a table was and what it would be; None where there is none."""


def changes(edit: Edit, context: Context) -> Changes:
    """What an edit changes. Raises EditRefused where it has no meaning on the plan."""
    tables = tables_of(context)
    after = apply_to_data(edit, tables)
    found = {
        (kind, id): (tables.get(kind, {}).get(id), after.get(kind, {}).get(id))
        for kind, id in touched(edit, tables)
    }
    return {place: pair for place, pair in found.items() if not same(*pair)}


def alike(one: Changes, other: Changes) -> bool:
    """Whether two edits write the same."""
    return one.keys() == other.keys() and all(same(one[at][1], other[at][1]) for at in one)


def why_chosen(changed: Changes, context: Context) -> str:
    """Why a person has to choose an edit; empty where it may be made by itself.

    What it removes is said before all else that it does.
    """
    tables = sorted(changed.items(), key=lambda item: item[0])
    whys = [_of_table(context, kind, id, old, new) for (kind, id), (old, new) in tables]
    return CUT if CUT in whys else next(filter(None, whys), "")


def _of_table(context: Context, kind: str, id: str, old: Any, new: Any) -> str:
    if new is None:
        return "" if kind == "waivers" else GIVEN_UP
    if old is None:
        return {"initiatives": HOPED, "agreements": SAID}.get(kind, "")
    if not (isinstance(old, Mapping) and isinstance(new, Mapping)):
        return GIVEN_UP
    differing = _differing(old, new)
    if "status" in differing and new.get("status") == "dropped":
        return CUT
    if "accelerate" in old and {"estimate", "cost"} <= differing:
        return PAID
    if kind == "glossary" or differing & FACTS.get(kind, frozenset()):
        return SAID
    if kind == "freezes" and not same(old.get("exempt"), new.get("exempt")):
        return THEIRS
    return _of_work(context, id, old, new) if kind == "initiatives" else ""


def _of_work(context: Context, id: str, old: Table, new: Table) -> str:
    if not same(old.get("estimate"), new.get("estimate")):
        return HOPED
    gone = old.keys() - new.keys()
    if not gone.isdisjoint(BOUNDS) or not same(old.get("deadline"), new.get("deadline")):
        return GIVEN_UP
    if any(_items(old.get(key), new.get(key)) for key in TOUCHES):
        return CUT
    if any(_of_another_side(context, id, old, new)):
        return THEIRS
    return _of_links(context, id, old, new)


def _of_another_side(context: Context, id: str, old: Table, new: Table) -> Iterator[bool]:
    """For each person or team that is named anew, whether it is another side's."""
    mine = context.sides.get(id)
    for key in PARTIES:
        for party in _items(new.get(key), old.get(key)):
            side = context.party(party).side if isinstance(party, str) else None
            yield crosses(side, mine)


def _items(value: Any, but: Any = ()) -> list[Any]:
    """A list, of which a single item may stand alone, without what is in another."""
    found = value if isinstance(value, list) else [] if value is None else [value]
    return [one for one in found if one not in _items(but)] if but else found


# --- links ----------------------------------------------------------------------------------------


def _of_links(context: Context, id: str, old: Table, new: Table) -> str:
    before, after = _links(old), _links(new)
    if before.keys() - after.keys():
        return CUT
    for on, links in before.items():
        if _overlaps(links, after[on]) and any(need.agreed or need.promised for need in links):
            return GIVEN_UP
        if not all(_terms(one) in map(_terms, links) for one in after[on]):
            return SAID
        if not all(_terms(one) in map(_terms, after[on]) for one in links):
            return SAID
        if _overlaps(links, after[on]) and must_come_first(context, id, on):
            return HOPED
    return ""


def _links(table: Table) -> dict[str, list[Need]]:
    found: dict[str, list[Need]] = {}
    for written in _items(table.get("needs")):
        need = parsed(written) if isinstance(written, str | Mapping) else None
        if need is not None:
            found.setdefault(need.on, []).append(need)
    return found


def _terms(need: Need) -> dict[str, Any]:
    """What was said about a link, beside how it binds."""
    said = {key: getattr(need, key) for key in Need.__struct_fields__ if key not in LINK_KEYS}
    return {key: value for key, value in said.items() if value is not None}


def _overlaps(before: Sequence[Need], after: Sequence[Need]) -> bool:
    """Whether finish to start becomes something else."""
    return any(one.type == "FS" for one in before) and not any(one.type == "FS" for one in after)


# --- which is best --------------------------------------------------------------------------------


def undecided(offers: Sequence[Fix]) -> str:
    """Why the first of these is not taken unless it is chosen; empty where it is plain."""
    if not offers:
        return "no edit can fix this"
    best = next((fix for fix in offers if fix.clears), None)
    if best is None:
        return "no fix clears this conflict"
    if best.choice:
        return best.choice
    others = [fix for fix in offers if fix is not best and fix.clears and not fix.choice]
    same_key = _plain(best.edit) and any(_plain(fix.edit) == _plain(best.edit) for fix in others)
    picks = _names(best.edit) and any(_names(fix.edit) for fix in others)
    return "several fixes are equally good" if same_key or picks else ""


def _names(edit: Edit) -> bool:
    """Whether an edit names other people, teams or outcomes than were named."""
    return any(isinstance(one, SetKey | RemoveKey) and one.key[0] in NAMES for one in _parts(edit))


def _parts(edit: Edit) -> tuple[Edit, ...]:
    return edit.edits if isinstance(edit, Edits) else (edit,)


def _plain(edit: Edit) -> frozenset[tuple[str, str, Key]]:
    """Where an edit writes one value; nothing where it does something else, as in a list."""
    parts = _parts(edit)
    if not all(isinstance(one, SetKey) and not isinstance(one.value, list) for one in parts):
        return frozenset()
    return frozenset((one.kind, one.id, one.key) for one in parts if isinstance(one, SetKey))


def _differing(old: Table, new: Table) -> set[str]:
    return {key for key in old.keys() | new.keys() if not same(old.get(key), new.get(key))}
