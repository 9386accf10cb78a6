"""Agreement: the sides that must agree to a change before it is made."""

from __future__ import annotations

from planner.calendars.freezes import Window
from planner.conflicts.context import Context
from planner.roadmap.entities import Initiative
from planner.roadmap.sides import belongs_to


def must_agree(context: Context, *ids: str) -> tuple[str, ...]:
    """The sides that must agree to a change of this work; joint work is both sides'."""
    named = (context.sides.get(id) for id in ids)
    sides = (each for side in named for each in belongs_to(side))
    return tuple(context.roadmap.side_title(side) for side in dict.fromkeys(sides))


def must_agree_to_exempt(
    context: Context, window: Window, initiative: Initiative
) -> tuple[str, ...]:
    """The owners of the frozen systems, else the side of the work."""
    owners = (
        context.party(system.owner).side
        for one in window.stops(initiative)
        if (system := context.roadmap.systems.get(one)) is not None
    )
    sides = [context.roadmap.side_title(side) for side in dict.fromkeys(owners) if side is not None]
    return tuple(sides) or must_agree(context, initiative.id)
