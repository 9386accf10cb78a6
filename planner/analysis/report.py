"""What the page for people without a terminal is about: its launch, its asks, what is owed.

The page speaks of one launch, the main one unless another is named, and asks for five things at
most: first what the leads have to decide so that it is in time, then the handovers on its critical
path that nobody has agreed to, then those of other announced launches, then what else waits. Here
are the facts; `planner.pages.report` has the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice

from msgspec import Struct

from planner.analysis.asks import Ask, asks_of
from planner.analysis.compared import Compared
from planner.analysis.meetings import joint_meeting, meets_after, meets_on
from planner.analysis.path import lanes_of
from planner.analysis.raci import Handover, slipped
from planner.analysis.speakers import Speakers
from planner.conflicts.findings import Finding
from planner.conflicts.fix_choice import CUT
from planner.conflicts.fixing import Fix, fixes
from planner.plan.model import Plan
from planner.plan.offers import Offer, try_fixes
from planner.roadmap.entities import Meeting
from planner.roadmap.output_agenda import SpeakerRow
from planner.roadmap.output_asks import AskAct
from planner.roadmap.output_report import AimKind, Held
from planner.roadmap.sides import JOINT, STANDARD, in_order
from planner.text.edits import Edits, SetKey

MOST = 5
"""Asks on the page."""
LATE = ("DATE01", "PROM01", "DATE02")
"""The rules that report a launch which is late."""
TOLD: tuple[AskAct, ...] = ("decide", "agree", "take", "need", "accept", "review", "sign")
"""Of the questions that wait for somebody, those that are one act of one person."""


class Wanted(Struct, frozen=True, kw_only=True):
    """One ask, and `who` answers it. `supplier` and `id` are its place in the picture. `offer` is
    what the leads decide on, `handover` what is asked about, and `question` any other.
    """

    act: AskAct
    id: str | None
    supplier: str | None = None
    who: tuple[SpeakerRow, ...] = ()
    due: date | None = None
    offer: Offer | None = None
    handover: Handover | None = None
    question: Ask | None = None


# --- the launch -----------------------------------------------------------------------------------


def held(plan: Plan, id: str, found: Iterable[Handover]) -> Held | None:
    """A launch against the day it is held to; None where it has no dates."""
    one, dates = plan.roadmap.initiatives[id], plan.schedule.get(id)
    if dates is None:
        return None
    aim = one.announced or one.deadline
    kind: AimKind | None = None if aim is None else "announced" if one.announced else "deadline"
    off = plan.schedule.shift(aim, dates.finish) if aim is not None else None
    return Held(
        id=id,
        title=one.label,
        finish=dates.finish,
        done=dates.finished,
        announced=one.announced,
        deadline=one.deadline,
        aim=aim,
        aim_kind=kind,
        days=off.working if off is not None else None,
        calendar_days=off.calendar if off is not None else None,
        total_float=dates.total_float,
        not_agreed=len(open_on_path(plan, id, found)),
    )


def on_path(plan: Plan, id: str, found: Iterable[Handover]) -> list[Handover]:
    """The handovers on the critical path to a launch, in its order."""
    pairs = [(link.on, link.succ) for link in lanes_of(plan, id).handovers]
    by_pair = {(one.supplier, one.successor): one for one in found}
    ready = [by_pair[pair] for pair in pairs if pair in by_pair]
    return sorted(ready, key=lambda one: (one.delivery or date.max, one.supplier, one.successor))


def open_on_path(plan: Plan, id: str, found: Iterable[Handover]) -> list[Handover]:
    """Those of them that nobody has agreed to."""
    return [one for one in on_path(plan, id, found) if not one.agreed_on]


def cost_of_a_week(plan: Plan, id: str) -> float | None:
    """What it costs if a launch is a week later: the outcomes that are complete with it. Where it
    completes none itself, those of the work that ends right before it.
    """
    if plan.is_large:
        return None
    for one in (id, *_last_work(plan, id)):
        slip = slipped(plan, one, plan.network.week)
        if slip is not None and slip.cost:
            return slip.cost
    return None


def _last_work(plan: Plan, id: str) -> Iterator[str]:
    """The work on the path that a launch without a length waits for."""
    links = (link.on for link in plan.schedule.driving_into(id))
    if plan.roadmap.initiatives[id].is_milestone:
        yield from islice(links, 1)


def announced_launches(plan: Plan) -> list[str]:
    """The launches that were announced outside, by finish."""
    known = plan.roadmap.initiatives
    return [id for id in plan.schedule.launches if known[id].announced is not None]


# --- the meeting ----------------------------------------------------------------------------------


def next_joint(plan: Plan) -> tuple[Meeting, date] | None:
    """The joint meeting, and the first day of its rhythm that is still to come; None without."""
    meeting = joint_meeting(plan)
    day = meets_on(plan, meeting) if meeting is not None else None
    if meeting is None or day is None:
        return None
    if day < plan.as_of:
        day = meets_after(plan, meeting, day)
    return (meeting, day) if day is not None else None


def answer_by(plan: Plan, one: Wanted) -> date | None:
    """The next joint meeting, or the working day before it where one of them does not attend;
    without a meeting the day by which it is due, and for a handover the start of what delivers it.
    """
    found = next_joint(plan)
    if found is None:
        return one.due if one.handover is None else _begins(plan, one.handover)
    if all(who.attends for who in one.who):
        return found[1]
    return max(plan.as_of, plan.calendars.roadmap.add(found[1], -1))


def _begins(plan: Plan, one: Handover) -> date | None:
    """The start of the work that delivers; None where that is behind us."""
    dates = plan.schedule.get(one.supplier)
    return dates.start if dates is not None and dates.start > plan.as_of else None


# --- the asks -------------------------------------------------------------------------------------


def wanted(plan: Plan, launch: Held | None, found: Iterable[Handover]) -> list[Wanted]:
    """All that is asked for, in the order of the page; `MOST` of it are on the page."""
    handovers, speakers = list(found), Speakers(plan, joint_meeting(plan))
    first = [_decision(plan, speakers, launch)] if launch is not None and launch.late else []
    asks = [one for one in first if one is not None]
    launches = [launch.id] if launch is not None else []
    for id in dict.fromkeys((*launches, *announced_launches(plan))):
        asks += [_of_handover(plan, speakers, one) for one in open_on_path(plan, id, handovers)]
    by_pair = {(one.supplier, one.successor): one for one in handovers}
    questions = (one for one in asks_of(plan) if one.act in TOLD)
    asks += [_of_question(plan, speakers, one, by_pair) for one in questions]
    once = {(one.act == "settle", one.id, one.supplier): one for one in reversed(asks)}
    return sorted(once.values(), key=asks.index)


def _decision(plan: Plan, speakers: Speakers, launch: Held) -> Wanted | None:
    """The first fix that makes the launch earlier and gives nothing up, for those to decide whose
    agreement it needs.
    """
    offer = _best_offer(plan, launch.id)
    if offer is None:
        return None
    sides = _agreeing(plan, offer.fix.needs_agreement) or [plan.context.sides[launch.id] or JOINT]
    return Wanted(
        act="settle",
        id=_first_id(offer),
        who=tuple(who for side in sides for who in speakers.of(side)),
        offer=offer,
    )


def _best_offer(plan: Plan, launch: str) -> Offer | None:
    finding = late_finding(plan, launch)
    if finding is None or plan.is_large:
        return None
    for offers in try_fixes(plan, finding):
        for one in offers.found:
            if one.fix.wins and one.fix.wins > 0 and one.fix.choice != CUT:
                return one
    return None


def late_finding(plan: Plan, launch: str) -> Finding | None:
    """The conflict that says that a launch is late."""
    each = [one for one in plan.report.each if one.code in LATE and launch in one.on]
    return min(each, key=lambda one: (one.on[0] != launch, LATE.index(one.code)), default=None)


def options_of(plan: Plan, launch: str) -> list[Fix]:
    """What could give so that a launch is earlier, what gives up scope last."""
    finding = late_finding(plan, launch)
    if finding is None or plan.is_large:
        return []
    found = [one for one in fixes(finding, plan.context) if one.wins and one.wins > 0]
    return sorted(found, key=lambda one: one.choice == CUT)


def _first_id(offer: Offer) -> str | None:
    """The work that a fix changes first, whose bar has the number."""
    edit = offer.fix.edit
    parts = edit.edits if isinstance(edit, Edits) else (edit,)
    return next((one.id for one in parts if isinstance(one, SetKey)), None)


def _agreeing(plan: Plan, who: Iterable[str]) -> list[str]:
    """The sides that a fix needs the agreement of, which it names by title or by a party."""
    titles = {plan.roadmap.side_title(side): side for side in (*plan.roadmap.portfolios, *STANDARD)}
    sides = [titles.get(name) or plan.roadmap.side_of_party(name) for name in who]
    return in_order(side for side in sides if side)


def _of_handover(plan: Plan, speakers: Speakers, one: Handover) -> Wanted:
    return Wanted(
        act=_ACTS.get(one.state, "agree"),
        id=one.successor,
        supplier=one.supplier,
        who=speakers.of(one.next_side, one.next_team),
        due=wanted_on(plan, one),
        handover=one,
    )


def wanted_on(plan: Plan, one: Handover) -> date | None:
    """The day that was said, else the planned one; earlier where its receiver has a latest start
    that would be missed because of it.
    """
    bound = held_start(plan, one)
    if one.due is not None or one.delivery is None or bound is None:
        return one.due or one.delivery
    start = plan.schedule.get(one.successor)
    assert start is not None
    earlier = plan.schedule.shift(bound, start.start).working
    return plan.calendars.roadmap.add(one.delivery, -earlier)


def held_start(plan: Plan, one: Handover) -> date | None:
    """The latest start of the receiver, where this handover is what makes it miss that."""
    bound = plan.roadmap.initiatives[one.successor].start_no_later_than
    dates = plan.schedule.get(one.successor)
    if bound is None or dates is None or dates.started or not plan.as_of < bound < dates.start:
        return None
    driving = {link.on for link in plan.schedule.driving_into(one.successor)}
    return bound if one.supplier in driving else None


_ACTS: dict[str, AskAct] = {"countered": "take", "not asked": "need", "declined": "need"}


def _of_question(
    plan: Plan, speakers: Speakers, one: Ask, by_pair: Mapping[tuple[str, str], Handover]
) -> Wanted:
    is_handover = one.act in ("agree", "take", "need", "accept")
    handover = by_pair[one.other, one.id] if is_handover else None
    return Wanted(
        act=one.act,
        id=one.id if one.kind == "initiatives" else one.work,
        supplier=one.other if is_handover else None,
        who=speakers.of(one.side, one.team),
        due=one.due or (wanted_on(plan, handover) if handover is not None else None),
        handover=handover,
        question=one,
    )


# --- what moved -----------------------------------------------------------------------------------


def spans_then(plan: Plan, compared: Compared) -> dict[str, tuple[date, date]]:
    """Where each piece of work stood in the earlier plan, under the ids of now."""
    found = {}
    for id in plan.roadmap.initiatives:
        span = compared.then.schedule.span(compared.former.get(id, id))
        if span is not None:
            found[id] = span
    return found


# --- the sides ------------------------------------------------------------------------------------


def sides_in(plan: Plan, reader: str | None) -> dict[str, str]:
    """What the sides with work are called, the reader's first."""
    used = {side for side in plan.context.sides.values() if side}
    first = ([reader] if reader else []) + list(STANDARD)
    return {side: plan.roadmap.side_title(side) for side in in_order(used, first)}
