"""Links of an initiative as written in the file: strings or tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from planner.conflicts.needs import links_in, set_needs
from planner.errors import UsageError
from planner.plan.model import Plan
from planner.roadmap.figures import listed
from planner.roadmap.ids import nearest
from planner.roadmap.quantities import LINK_KEYS, NEED_KEYS, Need, format_need_text, parse_need
from planner.roadmap.typed import Unclear, typed_link
from planner.text.commands import link_line
from planner.text.edits import Edit, Edits
from planner.text.phrases import did_you_mean, typed


def needs_of(plan: Plan, id: str) -> list[Any]:
    """The links of an initiative as the file has them."""
    return links_in(plan.written("initiatives", id).get("needs"))


def need_on(written: Any) -> str:
    """The predecessor that a link names."""
    return str(written.get("on", "")) if isinstance(written, dict) else str(written).split(" ")[0]


def need_in(written: Any) -> Need | None:
    """The link that an item is; None where it can't be read."""
    try:
        return parse_need(written)
    except ValueError:
        return None


def recorded(written: Any) -> dict[str, Any]:
    """What somebody said about a link, and when: its days, and terms that wait for an answer."""
    if not isinstance(written, Mapping):
        return {}
    said = {key: written[key] for key in NEED_KEYS[len(LINK_KEYS) :] if key in written}
    return {key: value for key, value in said.items() if isinstance(value, date | Mapping)}


def with_link(plan: Plan, id: str, written: Any) -> Edits:
    """The edit that adds a link, as it is written in the file."""
    label = f"{id} needs {need_on(written)}"
    return Edits((set_needs(id, [*needs_of(plan, id), written]),), label)


def without_link(plan: Plan, id: str, at: int) -> Edits:
    """The edit that takes out one of the links, by its place."""
    needs = needs_of(plan, id)
    removed = needs.pop(at)
    return Edits((set_needs(id, needs),), f"{id} no longer needs {need_on(removed)}")


def linked(plan: Plan, predecessor: str, successor: str, link: str) -> Edits:
    """The edit that adds a link, ``SS+5d`` or nothing for finish to start. Raises UsageError."""
    read = typed_link(link, predecessor)
    if isinstance(read, Unclear):
        raise UsageError(f"{typed(link)} is not a link: {read}")
    needs = needs_of(plan, successor)
    if (there := _same_link(needs, read.value)) is not None:
        raise UsageError(
            f"{successor} needs {format_need_text(there)} already",
            hint=f"`{link_line('unlink', predecessor, successor)}` removes the link",
        )
    return with_link(plan, successor, read.text)


def _same_link(needs: list[Any], wanted: Need) -> Need | None:
    """The link on the same predecessor and of the same type; with another lag it is that one."""
    read = (need for each in needs if (need := need_in(each)))
    return next((n for n in read if (n.on, n.type) == (wanted.on, wanted.type)), None)


def unlinked(plan: Plan, predecessor: str, successor: str) -> Edit:
    """The edit that takes out every link to a predecessor. Raises UsageError without one."""
    before = needs_of(plan, successor)
    rest = [each for each in before if need_on(each) != predecessor]
    if len(rest) == len(before):
        names = [*dict.fromkeys(need_on(each) for each in before)]
        near = nearest(predecessor, names, loose=True)
        raise UsageError(
            f"{successor} does not need {typed(predecessor)}",
            hint=did_you_mean(near, f"{successor} needs {listed(names) if names else 'nothing'}"),
        )
    return set_needs(successor, rest)
