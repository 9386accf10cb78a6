"""Answers that came back in a sheet, as edits: what `planner agree`, `set` and `check --fix` write.

Each answer is understood as a whole, or asked back with what can be written; nothing of the others
waits for it. An answer to terms that are no longer those of the question is asked back, and what
the roadmap says already changes nothing, so that a file can be read twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from planner.analysis.asks import Ask, KeyRead, action_id, asks_of, edit_of, key_read, with_options
from planner.analysis.raci import Handover, handovers_of
from planner.conflicts.contributions import last_reading
from planner.conflicts.terms import Saying, link_name, links_of, settled_edit
from planner.entry.agreements import Record, handover
from planner.entry.deciding import decided
from planner.entry.replies import (
    LONGEST,
    Reply,
    Written,
    day_in,
    figure,
    has_doubt,
    is_open,
    order_of,
    reply,
    speaks_of_a_day,
)
from planner.errors import EditRefused
from planner.exchange.asks import Answer, Answers
from planner.pages.asks import ANSWERS, LETTERS
from planner.pages.parties import party_name, side_name
from planner.plan.impact import compare
from planner.plan.impact_line import line_of
from planner.plan.model import Plan
from planner.query.party import Party, parties_called
from planner.roadmap.entities import KINDS, Agreement, Decision, Outcome
from planner.roadmap.figures import date_text, listed, number
from planner.roadmap.ids import as_one_word
from planner.roadmap.output_asks import AnswerState
from planner.roadmap.sides import JOINT
from planner.roadmap.typed import Unclear
from planner.text.differences import written as changes_written
from planner.text.edits import AddTable, Edit, Edits, SetKey
from planner.text.phrases import typed


class Effect(Struct, frozen=True, kw_only=True):
    """What one answer does: its edit, and `said` in words; or why it is asked back.

    `consequence` is the line of what follows for the plan.
    """

    answer: Answer
    state: AnswerState
    said: str
    edit: Edit | None = None
    consequence: str = ""


class Read(Struct, frozen=True):
    """All answers of a file, and the one edit that they are together."""

    effects: tuple[Effect, ...]
    edit: Edits
    by: Party | None


class NotRecordedError(Exception):
    """An answer that is asked back, with the reason in words."""


class AlreadyError(Exception):
    """An answer that the roadmap says already."""


class NothingError(Exception):
    """An answer that says that there is none yet."""


def read_as_edits(plan: Plan, answers: Answers, by: Party | None, on: date | None) -> Read:
    """The answers of a file as edits, each on what those before it made. `by` is who answered, and
    `on` when.
    """
    texts = [one.text for one in answers.rows]
    written = Written(
        as_of=plan.as_of,
        last_working=plan.calendars.roadmap.last_working,
        answered_on=on,
        order=order_of(texts),
    )
    reading = _Reading(plan, written, by)
    twice = _answered_twice(answers.rows)
    effects = [
        _refused(one, "answered twice, not alike") if one.key in twice else reading.effect(one)
        for one in answers.rows
    ]
    edits = tuple(one.edit for one in effects if one.edit is not None)
    return Read(tuple(effects), Edits(edits, "answers"), by)


def _answered_twice(rows: Iterable[Answer]) -> set[str]:
    """The questions that rows answer differently."""
    said: dict[str, set[str]] = {}
    for one in rows:
        if not is_open(one.text):
            said.setdefault(one.key, set()).add(one.text.casefold())
    return {key for key, texts in said.items() if len(texts) > 1}


def _refused(answer: Answer, why: str) -> Effect:
    return Effect(answer=answer, state="asked back", said=why)


class _Reading:
    """One file while it is read: the questions that there are, and the plan so far."""

    def __init__(self, plan: Plan, written: Written, by: Party | None) -> None:
        self.first = self.plan = plan
        self.written, self.by = written, by
        self.asks = {_name(key_read(one.key)): one for one in asks_of(plan)}

    @property
    def on(self) -> date:
        """The day on which it is said: as far as work is known at most."""
        answered = self.written.answered_on
        return self.plan.as_of if answered is None else min(answered, self.plan.as_of)

    def effect(self, answer: Answer) -> Effect:
        """What one answer does."""
        if is_open(answer.text):
            if is_open(answer.note):
                return Effect(answer=answer, state="open", said="not answered")
            return _refused(answer, "a note without an answer")
        try:
            key = key_read(answer.key)
            self._check(answer)
            whole = self._with_its_note(key, answer)
            edit, said = self._edit(key, whole)
            return self._made(answer, edit, f"{said}{_not_kept(key, whole, edit)}")
        except NotRecordedError as why:
            return _refused(answer, str(why))
        except EditRefused as why:
            return _refused(answer, why.message)
        except AlreadyError as why:
            return Effect(answer=answer, state="recorded already", said=str(why) or "said already")
        except NothingError:
            return Effect(answer=answer, state="open", said="nothing to record yet")

    def _check(self, answer: Answer) -> None:
        for text in (answer.text, answer.note):
            if len(text) > LONGEST:
                raise NotRecordedError(f"{len(text):,} characters are too many for an answer")
            if any(not c.isprintable() and c not in "\n\t" for c in text):
                raise NotRecordedError("it has characters that can't be seen")

    def _with_its_note(self, key: KeyRead, answer: Answer) -> Answer:
        """The answer with the date that its note is; a note that would make another answer of it is
        asked back.
        """
        if is_open(answer.note):
            return Answer(answer.place, answer.key, answer.value)
        past, spans = key.act in ("review", "measure"), key.act == "agree"
        beside = reply(answer.note, self.written, past=past, spans=spans)
        verdict, day = (None, None) if isinstance(beside, Unclear) else (beside.verdict, beside.day)
        if day is not None and verdict is None and key.act in DATED:
            return Answer(answer.place, answer.key, f"{answer.text} – {_note(answer.note)}")
        said = reply(answer.text, self.written, past=past, spans=spans)
        refused = isinstance(said, Reply) and said.verdict == "no"
        if not refused and (has_doubt(answer.note) or verdict in ("no", "not yet")):
            raise NotRecordedError("its note is a condition, which can't be recorded")
        if (refused and verdict == "yes") or (not refused and _adds_a_day(key, answer.note)):
            raise NotRecordedError("its note says something else: write all of it as the answer")
        return answer

    def _made(self, answer: Answer, edit: Edit, said: str) -> Effect:
        by = self.by.id if self.by is not None else None
        edit = settled_edit(self.plan.context, edit, Saying(by=by))
        after = self.plan.with_edit(edit)
        if after.tables == self.plan.tables:
            raise AlreadyError(said)
        line = line_of(compare(self.plan, after, edit))
        said += self._day_replaced(after)
        self.plan = after
        return Effect(answer=answer, state="understood", said=said, edit=edit, consequence=line)

    def _day_replaced(self, after: Plan) -> str:
        """That the status date is recorded for a day of answering that is still ahead."""
        told, on = self.written.answered_on, self.on
        if told is None or told == on:
            return ""
        changes = changes_written(self.plan.tables, after.tables)
        if not any(on.isoformat() in each for each in changes):
            return ""
        ahead, near = date_text(told, on), date_text(on, on)
        return f" (recorded on {near}: {ahead} is after the status date)"

    # --- which question -------------------------------------------------------------------------

    def _edit(self, key: KeyRead, answer: Answer) -> tuple[Edit, str]:
        """The edit of an answer, and what it says."""
        if (said := _said_already(self, key, answer)) is not None:
            raise AlreadyError(said)
        ask = self.asks.get(_name(key))
        if ask is None and key.act == "settle":
            raise AlreadyError("no longer a conflict")
        if ask is None:
            raise NotRecordedError("this is no longer a question: it has been answered otherwise")
        if ask.act == "settle":
            ask = with_options(self.first, ask)
        if ask.fingerprint != key.fingerprint:
            raise NotRecordedError("its terms have changed since it was asked")
        self._may_answer(ask)
        return _ANSWERED[ask.act](self, ask, answer)

    def _may_answer(self, ask: Ask) -> None:
        """Nobody of another side speaks for this one."""
        side = self.by.side if self.by is not None else None
        if self.by is None or None in (side, ask.side) or JOINT in (side, ask.side):
            return
        if side != ask.side:
            whose = side_name(self.plan, ask.side or "")
            raise NotRecordedError(
                f"{_called(self.plan, self.by)} is not of {whose}, who answers this"
            )

    # --- answers of each kind -------------------------------------------------------------------

    def read(self, answer: Answer, ask: Ask, *, past: bool = False, spans: bool = False) -> Reply:
        """The yes, the no or the day of an answer."""
        found = reply(answer.text, self.written, past=past, spans=spans)
        if isinstance(found, Unclear):
            raise NotRecordedError(_asked_back(ask, str(found)))
        if found.verdict == "not yet":
            raise NothingError
        return found

    def said_of(self, ask: Ask, note: str) -> Saying:
        """Who says it, when, with which words."""
        by = self.by.id if self.by is not None else None
        return Saying(by=by, on=self.on, note=note or None)

    def record(self, ask: Ask, act: str, day: date | None, note: str) -> tuple[Edit, str]:
        """What `planner agree` records of a handover."""
        one = self._handover(ask)
        for each in handover(self.plan, one, self.said_of(ask, note), day):
            if each.act == act and not each.holds:
                return each.edit, _in_words(each, note)
        raise NotRecordedError(f"{act} can't be recorded here")

    def _handover(self, ask: Ask) -> Handover:
        for one in handovers_of(self.plan):
            if (one.successor, one.supplier) == (ask.id, ask.other):
                return one
        raise NotRecordedError("this handover is no longer there")


DATED = ("agree", "need", "review", "measure")
"""The questions whose answer names a date, which may stand as the note."""
NOTED = ("agree", "take", "accept", "need")
"""The questions whose note is kept."""


def _adds_a_day(key: KeyRead, note: str) -> bool:
    return key.act in NOTED and speaks_of_a_day(note)


def _not_kept(key: KeyRead, answer: Answer, edit: Edit) -> str:
    """That a note has no place in the file; empty where it has."""
    if not answer.note or key.act in NOTED or isinstance(edit, AddTable):
        return ""
    return f"; its note is not kept: “{_note(answer.note)}”"


def _in_words(record: Record, note: str) -> str:
    return f"{record.title}: “{note}”" if note else record.title


def _name(key: KeyRead) -> tuple[str, str, str, str, str]:
    return key.act, key.kind, key.id, key.other, key.what


def _called(plan: Plan, party: Party) -> str:
    return side_name(plan, party.id) if party.kind == "side" else party_name(plan, party.id)


def _asked_back(ask: Ask, why: str) -> str:
    return f"{why}; you can write: {ANSWERS[ask.act]}"


def _note(*texts: str) -> str:
    """A note on one line."""
    return " ".join(" ".join(texts).split())


def _agree(reading: _Reading, ask: Ask, answer: Answer) -> tuple[Edit, str]:
    """Yes, by the day that was asked for; another day, which may be a counter; or no."""
    said = reading.read(answer, ask, spans=True)
    note = _note(said.why, answer.note)
    if said.verdict == "done":
        raise NotRecordedError(_asked_back(ask, "delivered, or agreed? set its status"))
    if said.verdict == "no" and said.day is None:
        return reading.record(ask, "decline", None, note)
    links = links_of(reading.plan.context, ask.id, ask.other)
    if said.day is not None:
        _must_be_ahead(reading, ask, said.day)
        if said.verdict == "no" and ask.what and said.day.isoformat() <= ask.what:
            raise NotRecordedError(_asked_back(ask, "a no with a date that is early enough"))
        return reading.record(ask, "promise", said.day, note)
    if ask.what and ask.what not in {str(need.promised) for need in links}:
        return reading.record(ask, "promise", date.fromisoformat(ask.what), note)
    return reading.record(ask, "agree", None, note)


YEARS = 3
"""A date that is further ahead is asked back: its year may be a slip."""


def _must_be_ahead(reading: _Reading, ask: Ask, day: date) -> None:
    as_of = reading.plan.as_of
    if day < as_of:
        raise NotRecordedError(_asked_back(ask, f"{day} has passed"))
    if day.year > as_of.year + YEARS:
        raise NotRecordedError(_asked_back(ask, f"{day} is very far ahead"))


def _take(reading: _Reading, ask: Ask, answer: Answer) -> tuple[Edit, str]:
    said = reading.read(answer, ask)
    if said.verdict not in ("yes", "no") or (said.day and str(said.day) != ask.what):
        raise NotRecordedError(_asked_back(ask, "take these terms, or not?"))
    if said.verdict == "no" and said.day is not None:
        raise NotRecordedError(_asked_back(ask, "a no with the day that is wanted"))
    act = "take" if said.verdict == "yes" else "not take"
    return reading.record(ask, act, None, _note(said.why, answer.note))


def _accept(reading: _Reading, ask: Ask, answer: Answer) -> tuple[Edit, str]:
    said = reading.read(answer, ask)
    note = _note(said.why, answer.note)
    if said.day is not None or said.verdict not in ("yes", "no"):
        raise NotRecordedError(_asked_back(ask, "right, or not right?"))
    if said.verdict == "no" and not note:
        raise NotRecordedError(_asked_back(ask, "what is not right?"))
    return reading.record(ask, "accept" if said.verdict == "yes" else "not accept", None, note)


def _need(reading: _Reading, ask: Ask, answer: Answer) -> tuple[Edit, str]:
    said = reading.read(answer, ask)
    if said.verdict not in ("yes", None):
        raise NotRecordedError(_asked_back(ask, "by when? where it is not needed, unlink it"))
    day = said.day or (date.fromisoformat(ask.what) if ask.what else None)
    if day is None:
        raise NotRecordedError(_asked_back(ask, "by when?"))
    _must_be_ahead(reading, ask, day)
    return reading.record(ask, "need", day, _note(answer.note))


def _decide(reading: _Reading, ask: Ask, answer: Answer) -> tuple[Edit, str]:
    place = _option(ask.options, answer.text)
    if place is None:
        raise NotRecordedError(_asked_back(ask, "none of the options, or several"))
    choice = ask.options[place]
    edit = decided(ask.id, choice, reading.on)
    return edit, edit.label


def _option(options: tuple[str, ...], text: str) -> int | None:
    """The place of the option that is meant by its letter or by its words; None for none."""
    words = " ".join(text.split()).strip(" .,;:!*_“”\"'()")
    letter, _, rest = words.partition(":")
    for each in (words, letter.strip() if not rest or _option(options, rest) is not None else ""):
        bare = each.removeprefix("option ").removeprefix("Option ").strip().upper()
        if len(bare) == 1 and bare in LETTERS[: len(options)]:
            place = LETTERS.index(bare)
            return place if not rest or _option(options, rest) == place else None
    same = [n for n, one in enumerate(options) if as_one_word(one) == as_one_word(words)]
    return same[0] if len(same) == 1 else None


def _review(reading: _Reading, ask: Ask, answer: Answer) -> tuple[Edit, str]:
    said = reading.read(answer, ask, past=True)
    if said.verdict == "no":
        raise NothingError
    if said.day is None:
        raise NotRecordedError(_asked_back(ask, "on which date?"))
    if said.day > reading.plan.as_of:
        raise NotRecordedError(_asked_back(ask, f"{said.day} is still to come"))
    title = f"{ask.other} reviewed {ask.id} on {date_text(said.day, reading.plan.as_of)}"
    return SetKey(ask.kind, ask.id, ("reviews", ask.other), said.day), title


def _measure(reading: _Reading, ask: Ask, answer: Answer) -> tuple[Edit, str]:
    one = reading.plan.roadmap.outcomes[ask.id]
    value, day = _measured(reading, one, ask, answer)
    edits: list[Edit] = [SetKey("outcomes", ask.id, ("readings", day.isoformat()), value)]
    if one.baseline is None and not one.readings:
        edits.append(SetKey("outcomes", ask.id, ("baseline",), value))
    title = f"{ask.id} was {number(value, one.unit)} on {date_text(day, reading.plan.as_of)}"
    return Edits(tuple(edits), title), title


MUCH = 10
"""A value that is so many times the known one, or so many times less, is asked back."""


def _measured(reading: _Reading, one: Outcome, ask: Ask, answer: Answer) -> tuple[float, date]:
    if isinstance(answer.value, date):
        raise NotRecordedError(_asked_back(ask, "a date is no value"))
    found = figure(answer.text, one.unit)
    if isinstance(found, Unclear):
        raise NotRecordedError(_asked_back(ask, str(found)))
    value, rest = found
    day: date | Unclear = reading.on
    if rest:
        day = day_in(rest, reading.written, past=True, spans=False)
    if isinstance(day, Unclear):
        raise NotRecordedError(_asked_back(ask, f"measured when? {day}"))
    if day > reading.plan.as_of:
        raise NotRecordedError(_asked_back(ask, f"{day} is still to come"))
    known = [abs(each) for each in (last_reading(one), one.baseline, one.target) if each]
    far = known and value and not min(known) / MUCH < abs(value) < max(known) * MUCH
    share = one.unit == "%" and isinstance(answer.value, float) and 0 < abs(value) < 1
    if far or share:  # a workbook holds 4.2% as 0.042
        raise NotRecordedError(_asked_back(ask, f"{number(value, one.unit)}: far from what was"))
    return (int(value) if float(value).is_integer() else value), day


def _own(reading: _Reading, ask: Ask, answer: Answer) -> tuple[Edit, str]:
    who = _parties(reading.plan, ask, answer.text)
    one = ask.other != "responsible"
    if one and len(who) > 1:
        raise NotRecordedError(_asked_back(ask, "one of them: who?"))
    title = f"{listed(who)} {'is' if len(who) == 1 else 'are'} {ask.other} of {ask.id}"
    return SetKey(ask.kind, ask.id, (ask.other,), who[0] if len(who) == 1 else who), title


def _parties(plan: Plan, ask: Ask, text: str) -> list[str]:
    """The teams and people that an answer names, each by its id."""
    names = re.split(r"\s*(?:[,;/&\n]|\b(?:and|und|et|y)\b)\s*", text.strip(" .!"))
    whole = parties_called(plan, text.strip(" .!"), ("team", "person"))
    if len(whole) == 1:
        return [whole[0].id]
    who = []
    for name in filter(None, names):
        found = parties_called(plan, name, ("team", "person"))
        if len(found) != 1:
            several = f"could be {listed((one.id for one in found), 4)}"
            why = several if found else "is nobody of the roadmap"
            raise NotRecordedError(_asked_back(ask, f"{typed(name)} {why}"))
        who.append(found[0].id)
    if not who:
        raise NotRecordedError(_asked_back(ask, "who?"))
    return list(dict.fromkeys(who))


def _why(_reading: _Reading, ask: Ask, answer: Answer) -> tuple[Edit, str]:
    text = _note(answer.text)
    if "?" in text or len(text.split()) < 3:
        raise NotRecordedError(_asked_back(ask, "not a sentence"))
    return SetKey(ask.kind, ask.id, ("why",), text), f"why of {ask.id}: “{text}”"


def _sign(reading: _Reading, ask: Ask, answer: Answer) -> tuple[Edit, str]:
    said = reading.read(answer, ask)
    if said.verdict != "yes" or said.day is not None:
        raise NotRecordedError(_asked_back(ask, "a no has no place in the file: change it first"))
    title = f"{side_name(reading.plan, ask.other)} agrees to {ask.id}"
    return SetKey("agreements", ask.id, ("agreed", ask.other), reading.on), title


def _settle(reading: _Reading, ask: Ask, answer: Answer) -> tuple[Edit, str]:
    place = _option(ask.options, answer.text)
    if place is not None:
        edit = edit_of(reading.first, ask, place)
        if edit is None:
            raise NotRecordedError("its fixes have changed since it was asked")
        return edit, ask.options[place]
    said = reading.read(answer, ask, spans=True)
    if said.verdict is not None or said.day is None:
        raise NotRecordedError(_asked_back(ask, "which of these?"))
    return _action(reading, ask, said.day, _note(answer.note))


def _action(reading: _Reading, ask: Ask, due: date, note: str) -> tuple[Edit, str]:
    """What somebody promises to do by a day."""
    assert ask.finding is not None
    id, plan = action_id(ask.other, ask.id), reading.plan
    said = f"{ask.id}: {ask.other} decided by {date_text(due, plan.as_of)}"
    _must_be_ahead(reading, ask, due)
    if id in plan.roadmap.actions:
        return SetKey("actions", id, ("due",), due), said
    owner = reading.by.id if reading.by and reading.by.kind != "side" else ask.team
    values: dict[str, Any] = {"title": note or ask.finding.message}
    values |= {"owner": owner} if owner else {}
    return AddTable("actions", id, {**values, "due": due}), said


# --- what the roadmap says already ----------------------------------------------------------------


def _said_already(reading: _Reading, key: KeyRead, answer: Answer) -> str | None:
    """What the roadmap says of it, where that is what the answer says; None where it does not."""
    if key.act in ("agree", "take", "accept", "need"):
        found = _of_handover(reading, key, answer)
    else:
        found = _of_table(reading, key, answer)
    return "recorded already" if found else None


def _of_handover(reading: _Reading, key: KeyRead, answer: Answer) -> bool:
    pair = (key.id, key.other)
    every = handovers_of(reading.plan)
    one = next((each for each in every if (each.successor, each.supplier) == pair), None)
    said = reply(answer.text, reading.written, spans=key.act == "agree")
    if one is None or isinstance(said, Unclear):
        return False
    if key.act == "accept":
        return (said.verdict, one.state) in (("yes", "accepted"), ("no", "not accepted"))
    if key.act == "need":
        day = said.day.isoformat() if said.day else key.what
        return one.asked is not None and str(one.needed_by) == day
    if key.act == "agree":
        return _agreed_so(one, said, key.what)
    links = links_of(reading.plan.context, *pair)
    terms = {str(one.promised), str(one.needed_by), *map(link_name, links)}
    return one.counter is None and (said.verdict == "yes") is (key.what in terms)


def _agreed_so(one: Handover, said: Reply, what: str) -> bool:
    """Whether a handover stands as a supplier's answer says."""
    if said.verdict == "no" and said.day is None:
        return one.state == "declined"
    day = said.day.isoformat() if said.day is not None else what
    if one.counter is not None and one.counter.promised is not None:
        return str(one.counter.promised) == day
    return one.agreed is not None and (not day or str(one.promised) == day)


def _of_table(reading: _Reading, key: KeyRead, answer: Answer) -> bool:
    entity = reading.plan.roadmap.table(key.kind).get(key.id) if key.kind in KINDS else None
    if entity is None:
        return False
    if key.act == "decide" and isinstance(entity, Decision):
        place = _option(entity.options, answer.text)
        return (
            entity.decided is not None
            and place is not None
            and (entity.choice == entity.options[place])
        )
    if key.act == "review":
        said = reply(answer.text, reading.written, past=True)
        given = getattr(entity, "reviews", {}).get(key.other)
        return isinstance(said, Reply) and said.day is not None and given == said.day
    if key.act == "measure" and isinstance(entity, Outcome):
        return _read_so(reading, entity, answer)
    if key.act == "sign" and isinstance(entity, Agreement):
        said = reply(answer.text, reading.written)
        return isinstance(said, Reply) and said.verdict == "yes" and key.other in entity.agreed
    if key.act == "own":
        return _owned_so(reading.plan, key, answer)
    if key.act == "why":
        return getattr(entity, "why", None) == _note(answer.text)
    return key.act == "settle" and _promised_so(reading, key, answer)


def _read_so(reading: _Reading, one: Outcome, answer: Answer) -> bool:
    found = figure(answer.text, one.unit)
    if isinstance(found, Unclear):
        return False
    value, rest = found
    day = day_in(rest, reading.written, past=True, spans=False) if rest else reading.on
    return isinstance(day, date) and one.readings.get(day) == value


def _owned_so(plan: Plan, key: KeyRead, answer: Answer) -> bool:
    held = plan.written(key.kind, key.id).get(key.other, ())
    names = [held] if isinstance(held, str) else list(held)
    found = parties_called(plan, answer.text.strip(" .!"), ("team", "person"))
    return len(found) == 1 and names[:1] == [found[0].id]


def _promised_so(reading: _Reading, key: KeyRead, answer: Answer) -> bool:
    action = reading.plan.roadmap.actions.get(action_id(key.other, key.id))
    said = reply(answer.text, reading.written, spans=True)
    day = said.day if isinstance(said, Reply) else None
    return action is not None and day is not None and action.due == day


_ANSWERED: Mapping[str, Callable[[_Reading, Ask, Answer], tuple[Edit, str]]] = {
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
