"""Sets of options as they are offered: title, assumption, edit, and what the plan then says."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from msgspec import Struct

from planner.conflicts.agreement import must_agree, must_agree_to_exempt
from planner.conflicts.context import Context, count, listed
from planner.conflicts.option_edits import Lags, edit_of, moved_to, window_of
from planner.conflicts.option_trials import Made, OptionTrials
from planner.conflicts.path_options import LATE, OPTION_KINDS, Option, OptionKind, lengths
from planner.conflicts.terms import to_be_taken, waiting
from planner.conflicts.trial import won
from planner.roadmap.quantities import format_length
from planner.text.edits import Edit, Edits


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

    @property
    def kind(self) -> OptionKind:
        """The kind of its options; of several the one that asks for most."""
        return max((one.kind for one in self.options), key=OPTION_KINDS.index)

    @property
    def gives_up(self) -> bool:
        """Whether it gives up something that somebody wants or has committed to."""
        return any(one.gives_up for one in self.options)


def option_set(tries: OptionTrials, made: Made) -> OptionSet:
    """The options of a plan that was made with them."""
    before, ordered = tries.context, tries.in_effect(made.options)
    spans = (made.context.schedule.span(one.id) for one in ordered)
    title = "; ".join(_titles(before, ordered, made.lags))
    return OptionSet(
        options=tuple(ordered),
        title=title,
        assumes=_assumptions(before, made.context, ordered, tries.id),
        edit=edit_of(before, ordered, made.lags, title),
        needs_agreement=must_agree_to(before, ordered),
        wins=won(before, made.context, tries.id),
        finish=made.finish,
        start=min((days[0] for days in spans if days is not None), default=made.finish),
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


def _titles(context: Context, options: Collection[Option], lags: Lags) -> list[str]:
    """What the options are called, the overlaps of one piece of work together."""
    found = []
    for option in options:
        if option.kind != "overlap":
            found.append(_title(context, option))
            continue
        ons = [one.on for one in options if one.kind == "overlap" and one.id == option.id]
        if option.on == ons[0]:
            parts = (f"{on} (SS+{lags[option.id, on]}d)" for on in ons)
            found.append(f"overlap {option.id} with {listed(parts)}")
    return found


def _title(context: Context, option: Option) -> str:
    id, on = option.id, option.on
    if option.kind == "shorten":
        return _shortened(context, id)
    if option.kind == "unlink":
        return f"let {id} not wait for {on}"
    if option.kind == "drop":
        return f"drop {id}"
    if on == LATE:
        return f"place {id} as early as it can be"
    held = context.day(getattr(context.roadmap.initiatives[id], on))
    if option.kind == "move":
        return f"don't hold {id} until {held} ({on} {context.day(moved_to(context, option))})"
    freeze = window_of(context, option).id
    return f"exempt {id} from the freeze {freeze}, and don't hold it until {held}"


def _shortened(context: Context, id: str) -> str:
    initiative = context.roadmap.initiatives[id]
    assert initiative.estimate is not None
    assert initiative.estimate.optimistic is not None
    best = format_length(initiative.estimate.optimistic)
    if initiative.actual_start is None or initiative.remaining is None:
        return f"{id} at {best} (optimistic)"
    return f"finish {id} in {count(lengths(context, id)[1], 'more day')} (optimistic {best})"


def _assumptions(context: Context, after: Context, options: Iterable[Option], target: str) -> str:
    """What has to be true for the options that lead to the plan `after`."""
    said = (_assumed(context, after, option, target) for option in options)
    return "; ".join(dict.fromkeys(said))


def _assumed(context: Context, after: Context, option: Option, target: str) -> str:
    id, on = option.id, option.on
    if option.kind == "overlap":
        return _done_without(after, id, on) + _to_be_answered(after, id, on)
    if option.kind == "shorten":
        return f"{id} goes as well as its optimistic estimate"
    if option.kind == "unlink":
        return f"{id} can do without {on}"
    if option.kind == "drop":
        return f"{target} is worth it without {id}; what waited for it waits for what came before"
    if option.kind == "move":
        return f"nothing outside the plan holds {id} until then"
    return f"{id} may go live while {window_of(context, option).id} lasts"


def _done_without(after: Context, id: str, on: str) -> str:
    mine, before = after.dates(id), after.dates(on)
    assert mine is not None
    assert before is not None
    start = mine.remaining_start or mine.start
    days = max(1, after.days(start, before.finish) + 1)
    return f"the first {count(days, 'day')} of {id} can do without the end of {on}"


def _to_be_answered(after: Context, id: str, on: str) -> str:
    found = waiting(after, id, on)
    return f"; {to_be_taken(after, found)}" if found is not None else ""
