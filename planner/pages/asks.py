"""Questions in plain words, for a reader who has never seen the program.

Work is called by its title, a side by its name, and nothing by an id. Each question comes with why
it matters (which launch waits, since when, what a week more costs) and with what an answer may look
like. Words of the glossary are explained in the reader's own sense.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from planner.analysis.asks import Ask
from planner.analysis.glossary import differs, used
from planner.conflicts.findings import Finding
from planner.conflicts.terms import counter_in_words, links_of, waiting
from planner.pages.parties import party_name, party_of_side, side_name
from planner.plan.model import Plan
from planner.roadmap.entities import Agreement, Term
from planner.roadmap.figures import count, date_text, listed, money, number, working_days
from planner.roadmap.output_asks import AskAct
from planner.roadmap.sides import BOTH, IT, JOINT, MARKETING
from planner.text.visible import visible

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""The letters of options."""
KINDS = {"outcomes": "the outcome ", "decisions": "the decision ", "agreements": ""}
"""What stands before a title, where it is not work."""
ANSWERS: dict[AskAct, str] = {
    "agree": "yes · yes, by 20 May · no, because …",
    "take": "yes · no, because …",
    "accept": "yes · no, because …",
    "need": "the date · yes",
    "decide": "a letter, or the words",
    "review": "done 3 May · not yet",
    "measure": "4.2 on 3 May",
    "own": "a name or a team",
    "why": "a sentence",
    "sign": "yes",
    "settle": "a letter, or the date by which you will decide",
}


# --- who asks whom --------------------------------------------------------------------------------


def who_answers(plan: Plan, ask: Ask) -> str:
    """``Identity and access (IT)``: who a question is for; both sides where both have to answer."""
    if ask.team is not None:
        return party_of_side(plan, ask.team, ask.side)
    if ask.side == JOINT:
        return listed(side_name(plan, side) for side in BOTH)
    return side_name(plan, ask.side or "")


def asked_title(plan: Plan, ask: Ask) -> str:
    """``“Customer single sign-on”``: what a question is about, by its title."""
    return _title(plan, ask.kind, ask.id)


def _title(plan: Plan, kind: str, id: str) -> str:
    entity = plan.roadmap.table(kind).get(id)
    return f"“{visible(entity.label if entity is not None else id)}”"


def _work(plan: Plan, id: str) -> str:
    return _title(plan, "initiatives", id)


def _day(plan: Plan, text: str) -> str:
    return date_text(date.fromisoformat(text), plan.as_of)


# --- the question ---------------------------------------------------------------------------------


def question(plan: Plan, ask: Ask) -> str:
    """What is asked, in one or two sentences."""
    return _QUESTIONS[ask.act](plan, ask)


def _agree(plan: Plan, ask: Ask) -> str:
    by = f" by {_day(plan, ask.what)}" if ask.what else ""
    return (
        f"Can {_supplier(plan, ask)} deliver {_delivery(plan, ask)} for {_work(plan, ask.id)}{by}?"
    )


def _supplier(plan: Plan, ask: Ask) -> str:
    owner = plan.roadmap.initiatives[ask.other].accountable
    if owner is not None:
        return party_name(plan, owner)
    return side_name(plan, plan.context.ends.get(ask.other) or "")


def _delivery(plan: Plan, ask: Ask) -> str:
    """What is handed over, and from which work."""
    delivers = [need.delivers for need in links_of(plan.context, ask.id, ask.other)]
    said = next(filter(None, delivers), None)
    work = _work(plan, ask.other)
    return f"“{visible(said)}” (from {work})" if said else work


def _take(plan: Plan, ask: Ask) -> str:
    found = waiting(plan.context, ask.id, ask.other)
    if found is None:
        return f"Are the new terms of {_delivery(plan, ask)} right for {_work(plan, ask.id)}?"
    asking = ask.other if found.end == "successor" else ask.id
    wants = visible(counter_in_words(plan.context, found))
    name = visible(plan.context.end_name(asking))
    return (
        f"{name} wants {wants} for {_delivery(plan, ask)}, which {_work(plan, ask.id)} waits for. "
        "Is that all right?"
    )


def _accept(plan: Plan, ask: Ask) -> str:
    right = [need.accepted_when for need in links_of(plan.context, ask.id, ask.other)]
    said = next(filter(None, right), None)
    when = f" It is right when {visible(said).rstrip('.')}." if said else ""
    return f"{_delivery(plan, ask)} was delivered for {_work(plan, ask.id)}. Is it right?{when}"


def _need(plan: Plan, ask: Ask) -> str:
    planned = f" The plan says {_day(plan, ask.what)}." if ask.what else ""
    return (
        f"{_work(plan, ask.id)} waits for {_delivery(plan, ask)} from {_supplier(plan, ask)}, and "
        f"nobody has asked for it. By when do you need it?{planned}"
    )


def _decide(plan: Plan, ask: Ask) -> str:
    title = visible(plan.roadmap.decisions[ask.id].label).rstrip("?")
    return f"{title}: which one?" if ask.options else f"{title}: what was decided?"


def _review(plan: Plan, ask: Ask) -> str:
    one, roadmap = plan.roadmap.initiatives[ask.id], plan.roadmap
    data = [roadmap.data[id].label for id in (*one.processes, *one.activates) if id in roadmap.data]
    if "DATA02" not in ask.codes:
        systems = (roadmap.systems.get(id) for id in (*one.alters, *one.uses))
        data = [each.label for each in systems if each is not None and each.owner == ask.other]
    uses = f", which works with {visible(listed(dict.fromkeys(data), 3))}" if data else ""
    who = party_name(plan, ask.other)
    return f"Has {who} reviewed {_work(plan, ask.id)}{uses}? On which date?"


def _measure(plan: Plan, ask: Ask) -> str:
    one = plan.roadmap.outcomes[ask.id]
    last = max(one.readings, default=None)
    unit = f" (in {visible(one.unit)})" if one.unit else ""
    was = (
        f" It was {visible(number(one.readings[last], one.unit))} on {date_text(last, plan.as_of)}."
        if last is not None
        else ""
    )
    return f"What is “{visible(one.kpi or one.label)}”{unit} now, and measured when?{was}"


def _own(plan: Plan, ask: Ask) -> str:
    title = f"{KINDS.get(ask.kind, '')}{asked_title(plan, ask)}"
    if ask.other == "responsible":
        return f"Who does the work for {title}?"
    one = " (one team or person)" if ask.other == "accountable" else ""
    return f"Who is accountable for {title}{one}?"


def _why(plan: Plan, ask: Ask) -> str:
    return f"{asked_title(plan, ask)}: why is it them, and what does that mean day to day?"


def _sign(plan: Plan, ask: Ask) -> str:
    one = plan.roadmap.agreements[ask.id]
    terms = "; ".join(_duties(plan, one))
    why = f" {visible(one.why)}" if one.why else ""
    return f"Does {side_name(plan, ask.other)} agree to {asked_title(plan, ask)}: {terms}?{why}"


def _duties(plan: Plan, one: Agreement) -> Iterator[str]:
    for key in ("accountable", "responsible", "consulted", "informed"):
        if parties := getattr(one, key):
            yield f"{key}: {listed(party_name(plan, party) for party in parties)}"
    if one.access:
        yield f"data up to {one.access}"
    if one.limit is not None:
        yield f"up to {_money(plan, one.limit)} without asking"


def _settle(plan: Plan, ask: Ask) -> str:
    assert ask.finding is not None
    text = in_plain_words(plan, ask.finding, ask.finding.message)
    return f"{text[:1].upper()}{text[1:]}. What do you want to do?"


KINDS_NAMED = ("systems", "outcomes", "freezes", "data", "agreements", "decisions", "teams")
"""The kinds whose ids conflicts and fixes name, beside initiatives; of one id the first."""


def in_plain_words(plan: Plan, finding: Finding, text: str) -> str:
    """A text of a conflict or a fix with titles where it has ids, and lengths in words; types of
    links are left out.
    """
    known = plan.roadmap.initiatives
    others = {id: _title(plan, kind, id) for kind, id in _named(plan, finding)}

    def titled(found: re.Match[str]) -> str:
        id = found[0]
        return _work(plan, id) if id in known else others.get(id, id)

    words = re.sub(r" \((?:FS|SS|FF|SF)[^)]*\)", "", visible(text))
    words = re.sub(r"(?<![\w-])[a-z0-9]+(?:-[a-z0-9]+)*(?![\w-])", titled, words)
    words = re.sub(r"(?<![\w“])(\d+)d\b", lambda found: working_days(int(found[1])), words)
    words = re.sub(r"(?<![\w“])(\d+)w\b", lambda found: count(int(found[1]), "week"), words)
    words = re.sub(r"(?<=, now )(\d+) days?\b", lambda found: working_days(int(found[1])), words)
    for short, plain in _PLAIN:
        words = words.replace(short, plain)
    return re.sub(r"(?<=[a-z])_(?=[a-z])", " ", words)


_PLAIN = (
    (", no link", ", in no agreed order"),
    (" before consent (", " without waiting for consent ("),
)
"""Where a line of `check` is short for who knows dependencies, and what it says to all others."""


def _named(plan: Plan, finding: Finding) -> Iterator[tuple[str, str]]:
    """What may be named of a conflict beside work: what it is on, and who an agreement names."""
    ids = {*finding.on, *finding.through}
    for id in finding.on if finding.kind == "agreements" else ():
        ids.update(plan.roadmap.agreements[id].parties)
    for kind in reversed(KINDS_NAMED):
        yield from ((kind, id) for id in ids if id in plan.roadmap.table(kind))


_QUESTIONS: dict[AskAct, Callable[[Plan, Ask], str]] = {
    "agree": _agree,
    "take": _take,
    "accept": _accept,
    "need": _need,
    "decide": _decide,
    "review": _review,
    "measure": _measure,
    "own": _own,
    "why": _why,
    "sign": _sign,
    "settle": _settle,
}


# --- why it matters, and what may be written ------------------------------------------------------


def why_it_matters(plan: Plan, ask: Ask) -> str:
    """Which launch waits, since when, and what a week more costs; empty where none is known."""
    return " ".join(_reasons(plan, ask))


def _reasons(plan: Plan, ask: Ask) -> Iterator[str]:
    if ask.launch is not None:
        yield _launch(plan, ask.launch, itself=ask.launch == ask.id)
    if ask.waiting and ask.since is not None:
        yield f"Waiting since {date_text(ask.since, plan.as_of)}, {working_days(ask.waiting)}."
    if ask.act == "decide" and ask.due and ask.due >= plan.as_of:
        yield f"Needed by {date_text(ask.due, plan.as_of)}."
    if ask.week is not None and ask.week >= 1:
        cost = _money(plan, round(ask.week, -2) or round(ask.week))
        launches = f" and moves {count(ask.moves, 'launch')}" if ask.moves else ""
        yield f"A week later costs about {cost}{launches}."
    elif ask.moves:
        yield f"A week later moves {count(ask.moves, 'launch')}."


def _money(plan: Plan, amount: float) -> str:
    return visible(money(amount, plan.roadmap.settings.currency))


def _launch(plan: Plan, id: str, *, itself: bool) -> str:
    """``“Peak freeze readiness” (15 Oct, 5 working days late) depends on it.``"""
    one, dates = plan.roadmap.initiatives[id], plan.schedule.get(id)
    late = plan.schedule.missed(id)
    said = [date_text(dates.finish, plan.as_of)] if dates is not None else []
    said += [f"announced for {date_text(one.announced, plan.as_of)}"] if one.announced else []
    said += [f"{late.amount} late"] if late else []
    if itself:
        return f"Planned for {', '.join(said)}." if said else ""
    when = f" ({', '.join(said)})" if said else ""
    return f"{_work(plan, id)}{when} depends on it."


def may_write(plan: Plan, ask: Ask) -> str:
    """What an answer may look like; options with their letters."""
    options = [
        f"{letter}: {in_plain_words(plan, ask.finding, text) if ask.finding else visible(text)}"
        for letter, text in zip(LETTERS, ask.options, strict=False)
    ]
    if ask.act == "settle" and not options:
        return "the date by which you will decide"
    return " · ".join([*options, ANSWERS[ask.act]])


# --- the words ------------------------------------------------------------------------------------


def words_used(plan: Plan, side: str | None, texts: Iterable[str]) -> list[str]:
    """``segment: a saved query …``: each word of the glossary that stands in the texts, in the
    sense that both agreed on, else in the reader's; where the other side's is another, that too.
    """
    glossary = plan.roadmap.glossary
    return [
        f"{visible(term)}: {visible(_meaning(plan, glossary[term], side))}"
        for term in used(texts, glossary)
    ]


def _meaning(plan: Plan, term: Term, side: str | None) -> str:
    if term.agreed:
        return term.agreed
    own = {MARKETING: term.marketing, IT: term.it}
    if not differs(term):
        return next(filter(None, own.values()), "")
    first = side if side in own else MARKETING
    order = sorted((each for each in own if own[each]), key=lambda each: each != first)
    return "; ".join(f"for {plan.roadmap.side_title(each)}: {own[each]}" for each in order)


# --- Markdown -------------------------------------------------------------------------------------

ANSWER, NOTE = "→ Answer:", "→ Note:"
"""Where somebody writes; the arrow is what reading looks for, so that the word may be another."""
BY, ON = "→ Answered by:", "→ Answered on:"


def markdown(plan: Plan, asks: Sequence[Ask], asked: str, side: str | None, left: int) -> str:
    """The questions as a page to send or to commit: each with its place for an answer, and its key
    at the end of its line.
    """
    lines = [*_head(plan, asks, asked)]
    for number_, ask in enumerate(asks, 1):
        lines += ["", *_block(plan, number_, ask)]
    words = words_used(plan, side, (question(plan, each) for each in asks))
    if left or words:
        lines += ["", "---"]
    if left:
        lines += ["", f"{count(left, 'more question')}: `planner asks --all`."]
    if words:
        lines += ["", "## Words used here", "", *(f"- {plain_markdown(each)}" for each in words)]
    return "\n".join([*lines, ""])


def _head(plan: Plan, asks: Sequence[Ask], asked: str) -> Iterator[str]:
    title, day = visible(plan.roadmap.title), date_text(plan.as_of, date.min)
    yield f"# {title}: questions for {asked}, {day}"
    yield ""
    if not asks:
        yield "No questions: nobody waits for an answer."
        return
    yield (
        "Please write after the arrows and send this page back. Leave out what you can't answer: "
        "it is asked again."
    )
    yield ""
    yield f"{BY} "
    yield ""
    yield f"{ON} "


def _block(plan: Plan, number_: int, ask: Ask) -> Iterator[str]:
    yield f"**{number_}. {plain_markdown(question(plan, ask))}** <sub>[{ask.key}]</sub>"
    yield ""
    why = plain_markdown(why_it_matters(plan, ask))
    yield f"- For {plain_markdown(who_answers(plan, ask))}. {why}".rstrip()
    yield f"- You can write: {plain_markdown(may_write(plan, ask))}"
    yield ""
    yield f"{ANSWER} "
    yield ""
    yield f"{NOTE} "


def plain_markdown(text: str) -> str:
    """Text that Markdown shows as it is: no heading, link, HTML or emphasis of a title's own."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", text)
