"""The terms of a handover as they were agreed, by git, beside those that are written now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from planner.conflicts.context import Context
from planner.conflicts.evidence import Change, Part
from planner.conflicts.needs import links_in, parsed
from planner.conflicts.terms import End, Term, harder, is_agreed, links_of
from planner.roadmap.quantities import Need


class Hardened(Struct, frozen=True):
    """A link that asks more of the other side than was agreed; `end` asks it, by its `term`."""

    before: Need
    after: Need
    term: Term
    end: End
    change: Change


def hardened(context: Context, successor: str, supplier: str) -> Hardened | None:
    """What was made harder for the other side after it was agreed, and not on the day of that.

    None where a counter waits, and where the pair has several links: then nobody can say which of
    them was meant.
    """
    links = links_of(context, successor, supplier)
    if len(links) != 1 or not is_agreed(context, successor, supplier):
        return None
    after, before = links[0], _agreed(context, successor, supplier)
    if before is None or after.agreed is None or after.counter is not None:
        return None
    for term, end in harder(context, successor, before, after):
        change = context.last_change(_part(successor, supplier, term))
        change = change or context.last_change(_part(successor, supplier))
        if change is not None and change.day > after.agreed:
            return Hardened(before, after, term, end, change)
    return None


def _agreed(context: Context, successor: str, supplier: str) -> Need | None:
    """The link as it was when it was agreed."""
    change = context.last_change(_part(successor, supplier, "agreed"))
    table = change.table if change is not None else None
    needs = links_in(table.get("needs")) if isinstance(table, Mapping) else []
    found = [need for one in needs if (need := parsed(one)) is not None and need.on == supplier]
    return found[0] if len(found) == 1 else None


def parts_of_terms(successor: str, supplier: str) -> Iterator[Part]:
    """What has to be known of a handover to compare its terms."""
    yield _part(successor, supplier)
    for key in ("agreed", "promised", "needed_by", "type"):
        yield _part(successor, supplier, key)


def _part(successor: str, *key: str) -> Part:
    return ("initiatives", successor, ("needs", *key))
