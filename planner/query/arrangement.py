"""Grouping, sorting and columns of initiatives, and saved views.

The board and reports use the same. A group is (kind, id), the kind a table of the roadmap,
``statuses`` or ``journeys``; an empty id is the group of those without one (no owner, no outcome).
Without a sort key a group keeps file order, so that an edit does not move rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, get_args

from msgspec import Struct

from planner.errors import UsageError
from planner.plan.model import Plan
from planner.query.columns import COLUMNS, SORTS, Facts, value_of
from planner.roadmap.entities import ColumnName, Grouping, Initiative, Roadmap, Status, View
from planner.roadmap.ids import nearest
from planner.roadmap.sides import LANES
from planner.text.phrases import did_you_mean, typed

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
        case "none":
            return lambda _: [()]


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
        "none": (),
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


def in_sort(plan: Plan, sort: str, facts: Facts | None = None) -> Iterator[Initiative]:
    """All initiatives, sorted; what lacks the value comes last. `sort` may begin with a minus;
    without one at all the order is the file's. Raises UsageError for another word.
    """
    all = plan.roadmap.initiatives.values()
    if not sort:
        yield from all
        return
    value, facts = value_of(sort_named(sort).removeprefix("-")), facts or Facts(plan)
    values = {each.id: value(facts, each) for each in all}
    has = [each for each in all if values[each.id] is not None]
    yield from sorted(has, key=lambda each: values[each.id], reverse=sort.startswith("-"))
    yield from (each for each in all if values[each.id] is None)


# --- saved views ----------------------------------------------------------------------------------


class Arrangement(Struct, frozen=True):
    """What of a plan is shown, and how: a filter, what rows are grouped by, what they are sorted
    by (empty: the file's order), and the columns after the title (none: as many as fit).
    """

    query: str = ""
    grouping: Grouping = "portfolio"
    sort: str = ""
    columns: tuple[ColumnName, ...] = ()

    @property
    def usual(self) -> bool:
        """Whether rows are grouped and ordered as they are where nobody asks for another way."""
        return self.grouping == GROUPINGS[0] and not self.sort

    @property
    def said(self) -> str:
        """Grouping and order in words: ``by owner, −finish``; ``flat, finish``."""
        by = "flat" if self.grouping == "none" else f"by {self.grouping}"
        return f"{by}{', ' if self.sort else ''}{self.sort.replace('-', '−')}"


def saved(plan: Plan, id: str) -> Arrangement:
    """What a saved view asks for. Raises UsageError where there is none or it names what is not."""
    view = plan.roadmap.views.get(id)
    if view is None:
        near = nearest(id, list(plan.roadmap.views))
        hint = did_you_mean(near, "a saved view is a table such as [views.late-work]")
        raise UsageError(f"there is no saved view {typed(id)}", hint=hint)
    for problem in plan.reading.problems if plan.reading.invalid.get(("views", id)) else ():
        if (problem.kind, problem.id) == ("views", id):
            raise UsageError(problem.message, hint=f"`planner set views.{id} {problem.key[0]}=…`")
    _refuse_unread(plan, view)
    return arrangement_of(view)


def _refuse_unread(plan: Plan, view: View) -> None:
    """Raise UsageError for a query that can't be read, with the file and the key it stands in."""
    from planner.query.filters import asks_for_me, compile_filter  # which a plan without needs not

    query = view.query or ""
    error = None if asks_for_me(query) else compile_filter(query, plan).error
    if error is not None:
        origin = plan.roadmap.origins.get(("views", view.id))
        raise UsageError(
            error,
            file=origin.file if origin is not None else None,
            key=f"views.{view.id}.query",
            hint=f"`planner set views.{view.id} query=…`",
        )


def arrangement_of(view: View) -> Arrangement:
    """What a saved view asks for, as far as it could be read."""
    grouping = view.group_by or GROUPINGS[0]
    return Arrangement(view.query or "", grouping, view.sort or "", tuple(view.columns))


def view_values(wanted: Arrangement) -> dict[str, Any]:
    """The keys of a saved view that asks for this; what is as usual is left out."""
    values = {
        "query": wanted.query,
        "group_by": "" if wanted.grouping == GROUPINGS[0] else wanted.grouping,
        "sort": wanted.sort,
        "columns": [*wanted.columns],
    }
    return {key: value for key, value in values.items() if value}


def grouping_named(name: str) -> Grouping:
    """A grouping by its name. Raises UsageError with the nearest for another word."""
    found: Grouping = _known(name, GROUPINGS, "grouped by")
    return found


def sort_named(name: str) -> str:
    """A sort by its name. Raises UsageError with the nearest for another word."""
    _known(name.removeprefix("-"), SORTS, "sorted by")
    return name


def columns_named(names: str) -> tuple[ColumnName, ...]:
    """Columns by their names, with commas between. Raises UsageError with the nearest for another
    word.
    """
    words = [word.strip() for word in names.split(",") if word.strip()]
    return tuple(_known(word, COLUMNS, "shown as a column") for word in words)


def _known(name: str, names: Sequence[Any], what: str) -> Any:
    if name in names:
        return name
    near = nearest(name, list(names), loose=True)
    hint = did_you_mean(near, f"one of {', '.join(names)}")
    raise UsageError(f"{typed(name)} can't be {what}", hint=hint)
