"""Sets of options as they are offered: title, assumption, edit, and what the plan then says."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from msgspec import Struct

from planner.conflicts.acceleration import accelerated_to
from planner.conflicts.agreement import must_agree, must_agree_to_exempt
from planner.conflicts.context import Context
from planner.conflicts.option_edits import edit_of, moved_to, window_of
from planner.conflicts.option_trials import Made, OptionTrials
from planner.conflicts.path_options import (
    CERTAIN,
    LATE,
    OPTION_KINDS,
    Option,
    OptionKind,
    bought,
    lengths,
    optimistic_days,
    price,
)
from planner.conflicts.terms import to_be_taken, waiting
from planner.conflicts.trial import won
from planner.roadmap.figures import days_short, listed
from planner.roadmap.quantities import format_length
from planner.text.edits import Edit, Edits

LOSSES: dict[OptionKind, str] = {
    "unlink": "a dependency",
    "drop": "scope",
    "exempt": "a freeze",
    "move": "a date",
}
"""What the kinds give up."""


class OptionSet(Struct, frozen=True, kw_only=True):
    """Options applied together, and what the whole plan then says of what is late.

    `wins` are the working days by which it finishes earlier; it may finish earlier by days off.
    """

    options: tuple[Option, ...]
    title: str
    assumes: str
    edit: Edit
    needs_agreement: tuple[str, ...]
    wins: int
    finish: date
    start: date
    """When the first work that they change starts, with them."""
    price: float
    days_optimistic: int

    @property
    def kind(self) -> OptionKind:
        """The kind of its options; of several the one that asks for most."""
        return max((one.kind for one in self.options), key=OPTION_KINDS.index)

    @property
    def gives_up(self) -> bool:
        """Whether it gives up something that somebody wants or has committed to."""
        return any(one.gives_up for one in self.options)

    @property
    def certain(self) -> bool:
        """Whether it gives up nothing, not even certainty."""
        return all(one.kind in CERTAIN for one in self.options)

    @property
    def loses(self) -> str:
        """What is given up, in words."""
        lost = dict.fromkeys(LOSSES[one.kind] for one in self.options if one.gives_up)
        return listed(lost) if lost else "nothing" if self.certain else "certainty"


def option_set(tries: OptionTrials, made: Made) -> OptionSet:
    """The options of a plan that was made with them."""
    before, ordered = tries.context, tries.in_effect(made.options)
    spans = (made.context.schedule.span(one.id) for one in ordered)
    title = "; ".join(_titles(before, made, ordered))
    return OptionSet(
        options=tuple(ordered),
        title=title,
        assumes=_assumptions(made.context, ordered),
        edit=edit_of(before, ordered, made.lags, title),
        needs_agreement=must_agree_to(before, ordered),
        wins=won(before, made.context, tries.id),
        finish=made.finish,
        start=min((days[0] for days in spans if days is not None), default=made.finish),
        price=price(before, ordered),
        days_optimistic=optimistic_days(before, ordered),
    )


def apart(sets: Iterable[OptionSet]) -> list[OptionSet]:
    """Options that write different things; of two that write the same the first."""
    found: dict[str, OptionSet] = {}
    for one in sets:
        parts = one.edit.edits if isinstance(one.edit, Edits) else (one.edit,)
        found.setdefault(repr(parts), one)
    return [*found.values()]


def must_agree_to(context: Context, options: Iterable[Option]) -> tuple[str, ...]:
    """The sides that must agree to the options."""
    return tuple(dict.fromkeys(who for one in options for who in _must_agree_to(context, one)))


def _must_agree_to(context: Context, option: Option) -> tuple[str, ...]:
    if option.kind == "drop":
        after = dict.fromkeys(link.succ for link in context.network.links_out_of(option.id))
        return must_agree(context, option.id, *after)
    if option.kind == "exempt":
        initiative = context.roadmap.initiatives[option.id]
        return must_agree_to_exempt(context, window_of(context, option), initiative)
    others = (option.on,) if option.kind in ("overlap", "unlink") else ()
    return must_agree(context, *others, option.id)


# --- words ----------------------------------------------------------------------------------------


def _titles(context: Context, made: Made, options: Collection[Option]) -> list[str]:
    """What the options are called, those of one kind together."""
    found = []
    shorter = [one.id for one in options if one.kind == "shorten" and _is_whole(context, one.id)]
    paid = [one for one in options if one.kind == "accelerate"]
    for option in options:
        if option.kind == "accelerate":
            if option == paid[0]:
                found.append(_accelerated(context, paid))
        elif option.kind == "shorten" and option.id in shorter:
            if option.id == shorter[0]:
                found.append(_shortened(context, shorter))
        elif option.kind != "overlap":
            found.append(_title(context, option))
        else:
            ons = [one.on for one in options if one.kind == "overlap" and one.id == option.id]
            if option.on == ons[0]:
                found.append(_overlapping(made, option.id, ons))
    return found


def _accelerated(context: Context, options: Iterable[Option]) -> str:
    """``accelerate sso to 38d and web to 4w``."""
    parts = (
        f"{one.id} to {accelerated_to(context, one.id, bought(context, one))}" for one in options
    )
    return f"accelerate {listed(parts)}"


def _overlapping(made: Made, id: str, ons: list[str]) -> str:
    """``start push 5d before api finishes (SS+10d)``."""
    links = listed(f"SS+{made.lags[id, on]}d" for on in ons)
    earlier = f" {days_short(_overlap(made.context, id, ons[0]))}" if len(ons) == 1 else ""
    finish = "finishes" if len(ons) == 1 else "finish"
    return f"start {id}{earlier} before {listed(ons)} {finish} ({links})"


def _overlap(after: Context, id: str, on: str) -> int:
    """The working days by which work then begins before its predecessor is done."""
    mine, before = after.dates(id), after.dates(on)
    assert mine is not None
    assert before is not None
    start = mine.remaining_start or mine.start
    return max(1, after.days(start, before.finish) + 1)


def _title(context: Context, option: Option) -> str:
    id, on = option.id, option.on
    if option.kind == "shorten":
        left = days_short(lengths(context, id)[1])
        return f"shorten the rest of {id} to {left} (optimistic estimate {_best(context, id)})"
    if option.kind == "unlink":
        return f"unlink {on} → {id}"
    if option.kind == "drop":
        return f"drop {id}"
    if on == LATE:
        return f"place {id} as early as possible"
    held = context.day(getattr(context.roadmap.initiatives[id], on))
    if option.kind == "move":
        return f"move {on} of {id} from {held} to {context.day(moved_to(context, option))}"
    return f"exempt {id} from freeze {window_of(context, option).id} and remove {on} {held}"


def _is_whole(context: Context, id: str) -> bool:
    """Whether all of its estimate is still to come: no remaining work is written."""
    initiative = context.roadmap.initiatives[id]
    return initiative.actual_start is None or initiative.remaining is None


def _shortened(context: Context, ids: list[str]) -> str:
    """``shorten sso to its optimistic estimate 7w``."""
    if len(ids) == 1:
        return f"shorten {ids[0]} to its optimistic estimate {_best(context, ids[0])}"
    parts = (f"{id} ({_best(context, id)})" for id in ids)
    return f"shorten {listed(parts)} to their optimistic estimates"


def _best(context: Context, id: str) -> str:
    estimate = context.roadmap.initiatives[id].estimate
    assert estimate is not None
    assert estimate.optimistic is not None
    return format_length(estimate.optimistic)


def _assumptions(after: Context, options: Iterable[Option]) -> str:
    """What else has to be true, or becomes so, in the plan `after`."""
    return "; ".join(dict.fromkeys(filter(None, (_assumed(after, one) for one in options))))


def _assumed(after: Context, option: Option) -> str:
    if option.kind == "drop":
        return "its successors wait for its predecessors instead"
    if option.kind != "overlap":
        return ""
    found = waiting(after, option.id, option.on)
    return to_be_taken(after, found) if found is not None else ""
