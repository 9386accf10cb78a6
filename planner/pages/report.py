"""What the page for people without a terminal says: its sentence, what causes it, and the asks.

Read by people who have two minutes and never saw the program: no id, no code, no word of the
trade. The sentence is about one launch, red only where it says by how much that is late.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from planner.analysis.compared import Compared
from planner.analysis.glossary import differs, used
from planner.analysis.outcomes import worth_of
from planner.analysis.owes import debts_of
from planner.analysis.raci import Handover, handovers_of
from planner.analysis.report import (
    MOST,
    Wanted,
    announced_launches,
    answer_by,
    cost_of_a_week,
    held,
    held_start,
    next_joint,
    on_path,
    open_on_path,
    options_of,
    sides_in,
    wanted,
)
from planner.conflicts.findings import Finding
from planner.conflicts.terms import counter_in_words, waiting
from planner.pages.asks import in_plain_words
from planner.pages.fixes import fix_title
from planner.pages.parties import party_name, side_name
from planner.plan.model import Plan
from planner.roadmap.entities import Meeting
from planner.roadmap.figures import (
    date_in_words,
    date_text,
    listed,
    money,
    working_days,
)
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_asks import AskAct
from planner.roadmap.output_history import StepRow
from planner.roadmap.output_owes import DebtRow
from planner.roadmap.output_promises import PromisesShown
from planner.roadmap.output_report import (
    AskShown,
    Held,
    MovedLaunch,
    MovedSince,
    NextMeeting,
    OptionRow,
    OwedRow,
    ReportShown,
    RiskRow,
    SaidPart,
    WhoRow,
    WordRow,
    WorkRow,
)
from planner.roadmap.sides import in_order
from planner.schedule.shift import Shift
from planner.text.visible import visible

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
"""Numbers as words, at the beginning of a sentence."""
NAMED = 3
"""Handovers of one side, and work on a path, that are named; of more, the rest is counted."""
RISKS = 8
"""Conflicts that the page tells of."""
LONG = 24
"""A thing with more characters is cut to what it begins with."""
_CUT = re.compile(
    r"\s*[(:;,]|\s(?:across|with|for|by|on|in|from|at|as|per|into|via|to|that|which)(?=\s)"
)
"""Where a title may be cut: a bracket, a comma, a preposition."""
_PLURAL = re.compile(r"\band\b|s$")


def report_shown(
    plan: Plan,
    launch: str | None = None,
    side: str | None = None,
    title: str | None = None,
    revision: str | None = None,
    since: tuple[date, Compared] | None = None,
    promises: PromisesShown | None = None,
) -> ReportShown:
    """All that the page says. `launch` is the one it is about, the main one unless it is named;
    `since` is a day, and what the record says of then and now.
    """
    found = handovers_of(plan)
    about = launch or plan.schedule.main_launch
    head = held(plan, about, found) if about is not None else None
    asks = wanted(plan, head, found)
    shown = tuple(_ask(plan, number, one, head) for number, one in enumerate(asks[:MOST], 1))
    week = cost_of_a_week(plan, head.id) if head is not None and not head.done else None
    joint = next_joint(plan)
    owed = tuple(_owed(plan, one) for one in debts_of(plan, found))
    sentence, lede = _sentence(plan, head, week), _lede(plan, head, found)
    outcomes = worth_of(plan)
    texts = [lede, *(f"{one.ask} {one.why}" for one in shown), *(one.what for one in owed)]
    texts += [f"{one.kpi} {one.title}" for one in outcomes.outcomes]
    return ReportShown(
        schema=SCHEMA,
        title=visible(title or plan.roadmap.title),
        as_of=plan.as_of,
        revision=revision,
        side=side,
        sides={id: visible(name) for id, name in sides_in(plan, side).items()},
        currency=plan.roadmap.settings.currency,
        launch=head,
        week=week,
        sentence=sentence,
        lede=lede,
        meeting=_meeting(*joint) if joint is not None else None,
        asks=shown,
        more_asks=max(0, len(asks) - MOST),
        launches=tuple(_launches(plan, head, found)),
        work=tuple(_works(plan, about)),
        owed=owed,
        outcomes=outcomes,
        options=tuple(_options(plan, head)),
        risks=tuple(_risks(plan)),
        moved=_moved(plan, *since) if since is not None else None,
        promises=promises,
        words=tuple(_words(plan, side, texts)),
    )


def _meeting(one: Meeting, day: date) -> NextMeeting:
    return NextMeeting(id=one.id, title=visible(one.label), day=day)


def _launches(plan: Plan, head: Held | None, found: Iterable[Handover]) -> Iterator[Held]:
    handovers = list(found)
    ids = ([head.id] if head is not None else []) + list(plan.schedule.launches)
    for id in dict.fromkeys(ids):
        row = held(plan, id, handovers)
        if row is not None:
            yield row


# --- the sentence ---------------------------------------------------------------------------------


def _sentence(plan: Plan, head: Held | None, week: float | None) -> tuple[SaidPart, ...]:
    if head is None:
        last = plan.schedule.finish
        title = visible(plan.roadmap.title)
        if last is None:
            return (SaidPart(f"Nothing of {title} has dates yet."),)
        return (SaidPart(f"No work of {title} is left; it ended on {_day(plan, last)}."),)
    name = visible(head.title)
    if head.done:
        return (SaidPart(f"{name} was finished on {_day(plan, head.finish)}."),)
    parts = [SaidPart(f"{name} is forecast for {_day(plan, head.finish)}")]
    if head.aim is not None:
        parts += [SaidPart(", "), SaidPart(_distance(plan, head), red=head.late)]
    cost = f"; a week late costs {_rounded(plan, week)}" if week is not None else ""
    return (*parts, SaidPart(f"{cost}."))


def _day(plan: Plan, day: date) -> str:
    return date_in_words(day, plan.as_of)


def _distance(plan: Plan, head: Held) -> str:
    """``5 working days after its deadline of 8 October``, ``on the announced day``."""
    assert head.aim is not None
    off = Shift(head.aim, head.finish, head.days or 0)
    aim = _day(plan, head.aim)
    if not off:
        return "the announced day" if head.aim_kind == "announced" else "the day of its deadline"
    when = "after" if off.later else "before"
    if head.aim_kind == "announced":
        return f"{off.amount} {when} the announced {aim}"
    return f"{off.amount} {when} its deadline{f' of {aim}' if off.later else ''}"


def _rounded(plan: Plan, amount: float) -> str:
    """To the hundred: it rests on a value per year that was itself a guess."""
    whole = round(amount, -2) or round(amount)
    return visible(money(whole, plan.roadmap.settings.currency))


# --- what causes it -------------------------------------------------------------------------------


def _lede(plan: Plan, head: Held | None, found: Sequence[Handover]) -> str:
    said = [_cause(plan, head, found)] if head is not None and not head.done else []
    others = [id for id in announced_launches(plan) if head is None or id != head.id]
    row = held(plan, others[0], found) if others else None
    if row is not None:
        said.append(_also(plan, row, found))
    return " ".join(filter(None, said))


def _cause(plan: Plan, head: Held, found: Sequence[Handover]) -> str:
    waits = open_on_path(plan, head.id, found)
    if waits:
        verb = "is" if len(waits) == 1 else "are"
        number = NUMBERS[len(waits)] if len(waits) < len(NUMBERS) else str(len(waits))
        what = "handover" if len(waits) == 1 else "handovers"
        return f"{number} {what} on its critical path {verb} not agreed: {_by_giver(plan, waits)}."
    path = [id for id in plan.schedule.path_to(head.id) if id != head.id]
    if not path:
        return ""
    titles = listed((short_of(plan, id) for id in path), NAMED)
    agreed = "; every handover between them is agreed" if on_path(plan, head.id, found) else ""
    return f"Its date is set by {titles}{agreed}."


def _by_giver(plan: Plan, waits: Sequence[Handover]) -> str:
    """``one customer id and consent by channel from IT, signed-off segments from Marketing``."""
    said = []
    for side in dict.fromkeys(one.supplier_side for one in waits):
        things = [thing(plan, one) for one in waits if one.supplier_side == side]
        said.append(f"{listed(things, NAMED)} from {side_name(plan, side)}")
    return ", ".join(said)


def _also(plan: Plan, row: Held, found: Sequence[Handover]) -> str:
    """The next announced launch, and what it rests on that is not agreed."""
    waits = open_on_path(plan, row.id, found)
    text = f"{visible(row.title)} is forecast for {_day(plan, row.finish)}, {_distance(plan, row)}"
    if not waits:
        return f"{text}."
    verb = (
        "is" if len(waits) == 1 and not re.search(r"\band\b|s$", thing(plan, waits[0])) else "are"
    )
    return f"{text}, and rests on {_by_giver(plan, waits)} that {verb} not agreed."


def thing(plan: Plan, one: Handover) -> str:
    """What a handover delivers, in as few words as name it; else the work that it comes from."""
    if one.delivers:
        return head_of(visible(one.delivers))
    return short_of(plan, one.supplier)


def short_of(plan: Plan, id: str) -> str:
    """What a piece of work is called where there is little room."""
    one = plan.roadmap.initiatives[id]
    return visible(one.short) if one.short else head_of(visible(one.label))


def head_of(text: str) -> str:
    """``one customer id`` of ``one customer id across shop, app and mail``: cut where a bracket, a
    comma or a preposition begins, never to one word.
    """
    for found in _CUT.finditer(text) if len(text) > LONG else ():
        head = text[: found.start()].strip()
        if " " in head:
            return head
    return text


# --- asks -----------------------------------------------------------------------------------------


def _ask(plan: Plan, number: int, one: Wanted, head: Held | None) -> AskShown:
    return AskShown(
        number=number,
        act=one.act,
        who=tuple(_people(plan, one)),
        ask=_ASKED[one.act](plan, one),
        why=_why(plan, one, head),
        answer_by=answer_by(plan, one),
        supplier=one.supplier,
        id=one.id,
    )


def _people(plan: Plan, one: Wanted) -> Iterator[WhoRow]:
    for who in one.who:
        person = plan.roadmap.people.get(who.id or "")
        yield WhoRow(
            name=head_of_name(visible(who.name)),
            role=_role(visible(person.role)) if person is not None and person.role else None,
            team=head_of_name(party_name(plan, who.team)) if who.team else None,
            side=side_name(plan, who.side) if who.side else None,
        )


def head_of_name(name: str) -> str:
    """A name without what stands behind it in brackets."""
    return name.partition(" (")[0]


def _role(role: str) -> str:
    """``CMO`` for a chief marketing officer, as such people are called; else the role itself."""
    words = role.split()
    if len(words) > 2 and words[0].lower() == "chief" and words[-1].lower() == "officer":
        return "".join(word[0] for word in words).upper()
    return role


def _settle(plan: Plan, one: Wanted) -> str:
    assert one.offer is not None
    after, id = one.offer.consequence.after, one.id
    was, now = plan.schedule.get(id or ""), after.schedule.get(id or "")
    if id and was and now and now.start < was.start and one.offer.fix.title.startswith("start "):
        early = plan.schedule.shift(now.start, was.start)
        return f"Decide: start {short_of(plan, id)} {early.amount} early."
    return f"Decide: {_plain_fix(plan, one)}."


def _plain_fix(plan: Plan, one: Wanted) -> str:
    assert one.offer is not None
    return _plain(plan, fix_title(plan, one.offer.fix))


def _plain(plan: Plan, text: str) -> str:
    return in_plain_words(plan, Finding(on=(), message=""), text)


def _agree(plan: Plan, one: Wanted) -> str:
    return f"Agree to hand over {_thing(plan, one)}{_by(plan, one.due)}."


def _take(plan: Plan, one: Wanted) -> str:
    found = waiting(plan.context, one.id or "", one.supplier or "")
    terms = f": {visible(counter_in_words(plan.context, found))}" if found is not None else ""
    return f"Answer the new terms of {_thing(plan, one)}{terms}."


def _need(plan: Plan, one: Wanted) -> str:
    assert one.handover is not None
    giver = side_name(plan, one.handover.supplier_side)
    return f"Ask {giver} for {_thing(plan, one)}{_by(plan, one.due)}."


def _accept(plan: Plan, one: Wanted) -> str:
    return f"Say whether {_thing(plan, one)} is right."


def _decide(plan: Plan, one: Wanted) -> str:
    assert one.question is not None
    title = visible(plan.roadmap.decisions[one.question.id].label).rstrip("?")
    return f"Decide: {title[:1].lower()}{title[1:]}{_by(plan, one.due)}."


def _review(plan: Plan, one: Wanted) -> str:
    return f"Review {short_of(plan, one.id or '')}{_by(plan, one.due)}."


def _sign(plan: Plan, one: Wanted) -> str:
    assert one.question is not None
    title = visible(plan.roadmap.agreements[one.question.id].label)
    return f"Agree to who does what: {title}."


def _thing(plan: Plan, one: Wanted) -> str:
    assert one.handover is not None
    return thing(plan, one.handover)


def _by(plan: Plan, day: date | None) -> str:
    return f" by {date_text(day, plan.as_of)}" if day is not None and day >= plan.as_of else ""


_ASKED: dict[AskAct, Callable[[Plan, Wanted], str]] = {
    "settle": _settle,
    "agree": _agree,
    "take": _take,
    "need": _need,
    "accept": _accept,
    "decide": _decide,
    "review": _review,
    "sign": _sign,
}


def _why(plan: Plan, one: Wanted, head: Held | None) -> str:
    """One fact: what it wins, or since when somebody waits."""
    if one.offer is not None and head is not None:
        return _won(plan, one, head)
    if one.handover is not None:
        return _standing(plan, one.handover)
    question = one.question
    if question is not None and question.since is not None and question.waiting:
        said = "Due" if question.act == "decide" else "Waiting since"
        since = date_text(question.since, plan.as_of)
        return (
            f"{said} {since}, {working_days(question.waiting)} ago"
            if said == "Due"
            else (f"{said} {since}, {working_days(question.waiting)}")
        )
    if question is not None and question.launch is not None:
        return f"{short_of(plan, question.launch)} waits for it"
    return ""


def _won(plan: Plan, one: Wanted, head: Held) -> str:
    assert one.offer is not None
    after = one.offer.consequence.after
    dates, late = after.schedule.get(head.id), after.schedule.missed(head.id)
    if dates is None:
        return ""
    day = date_text(dates.finish, plan.as_of)
    still = f", still {late.amount} late" if late else ""
    return f"Brings {short_of(plan, head.id)} {'forward' if still else 'back'} to {day}{still}"


def _standing(plan: Plan, one: Handover) -> str:
    near = plan.as_of
    held = held_start(plan, one)
    if one.state == "asked" and one.asked is not None and held is not None and one.due is None:
        asked, latest = date_text(one.asked, near), date_text(held, near)
        return f"Asked {asked}; what needs it has to start by {latest}"
    if one.state == "asked" and one.asked is not None:
        days = one.waiting
        waits = f", no answer for {working_days(days)}" if days else ""
        return f"Asked {date_text(one.asked, near)}{waits}"
    if one.state == "countered" and one.counter is not None and one.counter.on is not None:
        days = one.waiting
        waits = f", no answer for {working_days(days)}" if days else ""
        return f"New terms since {date_text(one.counter.on, near)}{waits}"
    if one.state == "declined" and one.declined is not None:
        return f"Declined {date_text(one.declined, near)}"
    if one.state == "delivered" and one.finish is not None:
        return f"Delivered {date_text(one.finish, near)}, not accepted yet"
    if one.state == "promised":
        return "A day is promised, and nobody has agreed"
    by = f"; the plan counts on {date_text(one.delivery, near)}" if one.delivery else ""
    return f"Nobody has asked for it{by}"


# --- below the fold -------------------------------------------------------------------------------


def _works(plan: Plan, about: str | None) -> Iterator[WorkRow]:
    """All that has dates, by side, then by start."""
    path = frozenset(plan.schedule.path_to(about)) if about is not None else frozenset()
    sides = plan.context.sides
    for side in in_order(side or "" for side in sides.values()):
        for id in plan.context.by_start(id for id in sides if (sides[id] or "") == side):
            one, dates = plan.roadmap.initiatives[id], plan.schedule.get(id)
            if dates is not None:
                yield WorkRow(
                    id=id,
                    title=visible(one.label),
                    side=side or None,
                    start=dates.start,
                    finish=dates.finish,
                    status=one.status,
                    critical=id in path,
                    room=dates.total_float,
                )


def _owed(plan: Plan, one: DebtRow) -> OwedRow:
    return OwedRow(
        supplier=one.supplier,
        successor=one.successor,
        giver=one.giver,
        taker=one.taker,
        team=head_of_name(party_name(plan, one.team)) if one.team else None,
        what=visible(one.what) if one.what else short_of(plan, one.supplier),
        work=visible(plan.roadmap.initiatives[one.supplier].label),
        wanted_for=visible(plan.roadmap.initiatives[one.successor].label),
        state=one.state,
        due=one.due,
        day=one.day,
        days=one.days,
        late=one.late,
        agreed=one.agreed,
    )


def _options(plan: Plan, head: Held | None) -> Iterator[OptionRow]:
    for fix in options_of(plan, head.id) if head is not None and head.late else ():
        yield OptionRow(
            text=_capital(_plain_option(plan, fix_title(plan, fix))),
            wins=fix.wins or 0,
            finish=fix.finish,
            agreement=tuple(visible(who) for who in fix.needs_agreement),
        )


def _plain_option(plan: Plan, title: str) -> str:
    """An option in plain words: what is unlinked begins without the other."""
    text = _plain(plan, title)
    return re.sub(r"^unlink (“.*?”) → (“.*?”)$", r"start \2 without \1", text)


def _risks(plan: Plan) -> Iterator[RiskRow]:
    """The conflicts that cost most, errors and warnings, one for each cause."""
    heads = [one.findings[0] for one in plan.roots]
    told = [one for one in heads if one.severity != "info"]
    for one in told[:RISKS]:
        who = party_name(plan, one.who.team) if one.who.team else ""
        side = side_name(plan, one.who.side) if one.who.side else ""
        yield RiskRow(
            code=one.code,
            severity=one.severity,
            text=_capital(in_plain_words(plan, one, one.message).replace(" → ", " for ")),
            next=", ".join(filter(None, (head_of_name(who), side))),
        )


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _moved(plan: Plan, day: date, compared: Compared) -> MovedSince:
    steps = {id: compared.move(id) for id in compared.launches}
    return MovedSince(
        day=day,
        launches=tuple(
            MovedLaunch(
                id=id,
                title=visible(plan.roadmap.initiatives[id].label),
                step=step,
                because=tuple(_because(plan, step)),
            )
            for id, step in steps.items()
        ),
    )


def _because(plan: Plan, step: StepRow) -> Iterator[str]:
    yield from (_plain(plan, each) for each in step.waited)
    for cause in step.causes:
        who = visible(cause.author) or "not committed yet"
        yield f"{_plain(plan, cause.text)} ({who})"


def _words(plan: Plan, side: str | None, texts: Sequence[str]) -> Iterator[WordRow]:
    """The words of the glossary on which the sides differ, then those that the page uses; the
    senses in the order of the reader.
    """
    glossary = plan.roadmap.glossary
    apart = [term for term, one in glossary.items() if differs(one)]
    for term in dict.fromkeys((*apart, *used(texts, glossary))):
        one = glossary[term]
        senses = {"marketing": one.marketing, "it": one.it}
        order = sorted(senses, key=lambda each: each != side) if side else list(senses)
        yield WordRow(
            term=visible(term),
            agreed=visible(one.agreed) if one.agreed else None,
            senses={each: visible(text) for each in order if (text := senses[each])},
            differs=differs(one),
        )
