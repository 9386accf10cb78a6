"""Grouping and sorting of initiatives, and saved views.

The board and reports use the same. A group is (kind, id), the kind a table of the roadmap,
``statuses`` or ``journeys``; an empty id is the group of those without one (no owner, no outcome).
Without a sort key a group keeps file order, so that an edit does not move rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Literal, get_args

from msgspec import Struct

from planner.errors import UsageError
from planner.plan.model import Plan
from planner.roadmap.entities import Initiative, Roadmap, Status
from planner.roadmap.ids import nearest, plain_letters
from planner.roadmap.sides import LANES
from planner.text.phrases import did_you_mean, typed

Grouping = Literal["portfolio", "group", "owner", "status", "outcome", "journey"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)
"""What initiatives can be grouped by; the first where nothing else is asked for."""

Heading = tuple[str, str]
"""(kind, id), e.g. ``("teams", "crm")``."""

Under = tuple[Heading, ...]
"""The headings over something, the outermost first."""

NOTHING = {
    "groups": "No group",
    "teams": "No owner",
    "outcomes": "No outcome",
    "journeys": "No stage of the customer journey",
}
"""What a heading without an id says."""


def headings(roadmap: Roadmap, grouping: Grouping) -> Callable[[Initiative], Sequence[Under]]:
    """The headings that an initiative stands under; several where it serves several outcomes
    or stages of the customer journey.
    """
    groups: dict[str | None, Under] = {}

    def group(initiative: Initiative) -> Under:
        name = initiative.part_of
        if name not in groups:
            groups[name] = tuple(("groups", each) for each in chain(roadmap, name))
        return groups[name]

    match grouping:
        case "portfolio":
            return lambda i: [
                (("portfolios", roadmap.portfolio_of(i) or ""), *group(i)),
            ]
        case "group":
            return lambda i: [group(i) or (("groups", ""),)]
        case "owner":
            return lambda i: [((_owner_kind(roadmap, i), i.accountable or ""),)]
        case "status":
            return lambda i: [(("statuses", i.status),)]
        case "outcome":
            return lambda i: [(("outcomes", id),) for id in dict.fromkeys(i.outcomes or ("",))]
        case "journey":
            return lambda i: [(("journeys", id),) for id in dict.fromkeys(i.journey or ("",))]


def _owner_kind(roadmap: Roadmap, initiative: Initiative) -> str:
    return "people" if initiative.accountable in roadmap.people else "teams"


def chain(roadmap: Roadmap, group: str | None) -> list[str]:
    """A group and the groups it is part of, outermost first; a loop is cut where it closes."""
    found: list[str] = []
    while group and group not in found:
        found.append(group)
        table = roadmap.groups.get(group)
        group = table.part_of if table else None
    return found[::-1]


def in_order(roadmap: Roadmap, grouping: Grouping, found: Iterable[Heading]) -> list[Heading]:
    """Outermost headings as they stand: sides and statuses in their order, others in the file's;
    what the file has no table for comes after them, and what has none at the end.
    """
    known = {
        "portfolio": LANES,
        "group": (*roadmap.groups,),
        "owner": (*roadmap.teams, *roadmap.people),
        "status": get_args(Status),
        "outcome": (*roadmap.outcomes,),
        "journey": dict.fromkeys(s for i in roadmap.initiatives.values() for s in i.journey),
    }[grouping]
    place = {id: at for at, id in enumerate(known)}
    return sorted(found, key=lambda each: (not each[1], place.get(each[1], len(place))))


def title(roadmap: Roadmap, heading: Heading) -> str:
    """What a heading says: the title of its table, else its id in words."""
    kind, id = heading
    if kind == "portfolios":
        return roadmap.side_title(id)
    if not id:
        return NOTHING[kind]
    if kind in ("statuses", "journeys"):
        return id.capitalize()
    entity = roadmap.table(kind).get(id)
    return entity.label if entity else id


def side_of(roadmap: Roadmap, heading: Heading) -> str | None:
    """The portfolio that a heading belongs to; None where it belongs to both sides or to none."""
    kind, id = heading
    if kind == "portfolios":
        return id
    if kind == "people":
        id, kind = roadmap.people[id].team or "", "teams"
    team = roadmap.teams.get(id) if kind == "teams" else None
    return team.portfolio if team else None


# --- the order within a heading -------------------------------------------------------------------

Sort = Literal["title", "start", "finish", "float", "owner", "status", "priority"]
SORTS: tuple[Sort, ...] = get_args(Sort)
"""What initiatives can be sorted by; with a minus before it, the other way round."""


def in_sort(plan: Plan, sort: str) -> Iterator[Initiative]:
    """All initiatives, sorted; what lacks the value comes last. `sort` may begin with a minus;
    without one at all the order is the file's. Raises UsageError for another word.
    """
    all = plan.roadmap.initiatives.values()
    if not sort:
        yield from all
        return
    key = _key(plan, sort)
    values = {each.id: key(each) for each in all}
    has = [each for each in all if values[each.id] is not None]
    yield from sorted(has, key=lambda each: values[each.id], reverse=sort.startswith("-"))
    yield from (each for each in all if values[each.id] is None)


def _key(plan: Plan, sort: str) -> Callable[[Initiative], Any]:
    order = get_args(Status)
    keys: dict[str, Callable[[Initiative], Any]] = {
        "title": lambda i: plain_letters(i.label),
        "start": lambda i: _day(plan, i, "start"),
        "finish": lambda i: _day(plan, i, "finish"),
        "float": lambda i: dates.total_float if (dates := plan.schedule.get(i.id)) else None,
        "owner": lambda i: i.accountable,
        "status": lambda i: order.index(i.status),
        "priority": lambda i: i.priority,
    }
    return keys[_known(sort.removeprefix("-"), SORTS, "sorted by")]


def _day(plan: Plan, initiative: Initiative, which: Literal["start", "finish"]) -> date | None:
    dates = plan.schedule.get(initiative.id)
    return getattr(dates, which) if dates else None


# --- saved views ----------------------------------------------------------------------------------


class Arrangement(Struct, frozen=True):
    """What of a plan is shown, and how: a filter, what rows are grouped by, what they are sorted
    by (empty: the file's order).
    """

    query: str = ""
    grouping: Grouping = "portfolio"
    sort: str = ""

    @property
    def usual(self) -> bool:
        """Whether rows are grouped and ordered as they are where nobody asks for another way."""
        return self.grouping == GROUPINGS[0] and not self.sort

    @property
    def said(self) -> str:
        """Grouping and order in words: ``by owner, −finish``."""
        return f"by {self.grouping}{', ' if self.sort else ''}{self.sort.replace('-', '−')}"


def saved(roadmap: Roadmap, id: str) -> Arrangement:
    """What a saved view asks for. Raises UsageError where there is none or it names what is not."""
    view = roadmap.views.get(id)
    if view is None:
        near = nearest(id, list(roadmap.views))
        hint = did_you_mean(near, "a saved view is a table such as [views.late-work]")
        raise UsageError(f"there is no saved view {typed(id)}", hint=hint)
    sort = view.sort or ""
    if sort:
        _known(sort.removeprefix("-"), SORTS, f"sorted by (saved view {id})")
    return Arrangement(view.query or "", grouping_named(view.group_by or GROUPINGS[0]), sort)


def grouping_named(name: str) -> Grouping:
    """A grouping by its name. Raises UsageError with the nearest for another word."""
    found: Grouping = _known(name, GROUPINGS, "grouped by")
    return found


def _known(name: str, names: Sequence[Any], what: str) -> Any:
    if name in names:
        return name
    near = nearest(name, list(names))
    hint = did_you_mean(near, f"one of {', '.join(names)}")
    raise UsageError(f"{typed(name)} can't be {what}", hint=hint)
