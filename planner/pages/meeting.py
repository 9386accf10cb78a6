"""What is said of a meeting: a line for each item, what was done so far, and the item in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from planner.analysis.meeting import ANSWERED, Entry, MeetingShown
from planner.analysis.raci import Handover
from planner.conflicts.headline import short_title
from planner.pages.agenda import TITLES, step_text
from planner.pages.asks import LETTERS
from planner.pages.canvas import cells, shorten
from planner.pages.lines import Line, Page, Piece, cut, fitted
from planner.pages.parties import party_of_side
from planner.pages.roles import Role, side_role
from planner.pages.signs import (
    AGREED,
    ASKED,
    COUNTERED,
    DECLINED,
    DUE,
    ERROR,
    NOT_ASKED,
    WARNING,
)
from planner.plan.model import Plan
from planner.roadmap.entities import Decision
from planner.roadmap.figures import count, date_or_none, date_text, day_of_week, days_short, listed
from planner.roadmap.output_agenda import (
    AgendaAct,
    ItemRow,
    MeetingRow,
    MovedRow,
    SectionName,
    SpeakerRow,
)
from planner.roadmap.output_minutes import MinuteAct, MinuteRow
from planner.text.visible import visible

SUMMED: tuple[SectionName, ...] = ("ends", "launch")
"""The sections that are one line."""
KEYS: dict[AgendaAct, tuple[tuple[str, str], ...]] = {
    "agree": (("A", "agree, counter or decline"),),
    "take": (("A", "take or decline"),),
    "need": (("A", "ask for it"),),
    "accept": (("A", "accept or not"),),
    "decide": (("A", "decide"),),
    "review": (("A", "reviewed"),),
    "sign": (("A", "agree"),),
    "measure": (("A", "measured"),),
    "do": (("A", "done"),),
    "own": (("e", "owner"),),
    "waive": (("i", "waive until a date"), ("f", "fixes")),
}
"""The keys that act on an item, and what they do to it."""
SAID_SIGNS: dict[MinuteAct, tuple[str, Role]] = {
    "countered": (COUNTERED, "warning"),
    "declined": (DECLINED, "critical"),
    "not accepted": (DECLINED, "critical"),
    "waived": ("~", "dim"),
    "assigned": ("→", "strong"),
    "action": ("+", "strong"),
}
"""How what was said is marked; all else is agreed or done."""
DAY, WORD = 10, 9
"""Columns of a day, and of how an item stands."""
FREES, NAMES = 21, 48
"""Columns of the launches that a handover frees at least, and of its two ends at most."""
SHORTEST = 16
"""Columns that each end of a handover keeps."""


# --- the list -------------------------------------------------------------------------------------


def heading_line(plan: Plan, name: SectionName, entries: Sequence[Entry], width: int) -> Line:
    """A section: how many of its items are done; of some all it says, on one line."""
    title, aside = TITLES[name]
    if name in SUMMED:
        return _summed(plan, title, [one.item for one in entries], width)
    done = sum(one.done for one in entries)
    number = f"{done} of {len(entries)}" if name in ANSWERED else str(len(entries))
    left: Line = ((title, "title"), (f"  {aside}" if aside else "", "dim"))
    return _ended(left, ((number, "dim"),), width)


def _summed(plan: Plan, title: str, items: Sequence[ItemRow], width: int) -> Line:
    pieces: list[Piece] = [(title, "title"), ("   ", "text")]
    for number, item in enumerate(items):
        day = date_or_none(item.day, plan.as_of)
        role = side_role(plan.context.ends.get(item.id)) if item.kind == "initiatives" else "text"
        name = short_title(plan.context, item.id) if item.kind == "initiatives" else item.subject
        pieces += [(" · ", "faint")] if number else []
        pieces += [
            (f"{visible(name)} ", role),
            (day, "strong" if item.state == "overdue" else "text"),
        ]
    return cut(tuple(pieces), width)


def moved_line(plan: Plan, moved: MovedRow, width: int) -> Line:
    """A launch that moved since the last meeting, and why."""
    name = visible(short_title(plan.context, moved.id))
    left: Line = (
        ("  ", "text"),
        (f"{name} ", side_role(plan.context.ends.get(moved.id))),
        (step_text(plan, moved.step), "text"),
    )
    return _ended(left, ((_names(moved.speaks), "dim"),), width)


def entry_line(plan: Plan, entry: Entry, bracket: str, width: int) -> Line:
    """One item: its sign, what it is about, what is said of it, who speaks to it or how it is."""
    sign, right = _sign(entry), _right(entry)
    room = width - 4 - cells("".join(text for text, _ in right)) - 2
    if entry.section == "agree":
        left = (*sign, *_handover(plan, entry, bracket, room))
    else:
        told = visible(_told(entry))
        subject = _subject(plan, entry)
        used = sum(cells(text) for text, _ in subject)
        left = (*sign, *subject, ("  ", "text"), (shorten(told, max(0, room - used - 2)), "dim"))
    return _ended(left, right, width)


def _handover(plan: Plan, entry: Entry, bracket: str, room: int) -> Line:
    """``customer-sso → loyalty-relaunch   by 19 May frees Loyalty``."""
    item = entry.item
    day = f"by {date_text(item.day, plan.as_of)}" if item.day is not None else ""
    frees = listed((visible(short_title(plan.context, id)) for id in item.frees), 1)
    verb = "free" if item.group is not None else "frees"
    shown = frees and bracket in ("", "├", "┐ ┘")
    beside = f" {bracket} " if bracket else " "
    tail = f"{beside}{verb} {frees}" if shown else beside.rstrip()
    wide = min(max(0, room - 2 * SHORTEST - DAY), max(FREES, room - DAY - NAMES))
    names = _pair(plan, item, room - DAY - wide)
    return (
        *names,
        (fitted(day, DAY, right=True), "text" if not entry.done else "dim"),
        (fitted(tail, wide), "dim"),
    )


def _pair(plan: Plan, item: ItemRow, room: int) -> Line:
    """Both ends, each cut to half where they have no room."""
    half = max(6, (room - 4) // 2)
    first, second = visible(item.other), visible(item.id)
    if cells(first) + cells(second) + 4 > room:
        first = shorten(first, max(half, room - 4 - cells(second)))
        second = shorten(second, room - 4 - cells(first))
    used = cells(first) + cells(second) + 3
    ends = plan.context.ends
    return (
        (first, side_role(ends.get(item.other))),
        (" → ", "dim"),
        (second, side_role(ends.get(item.id))),
        (" " * max(1, room - used), "text"),
    )


def _subject(plan: Plan, entry: Entry) -> Line:
    item = entry.item
    name = item.id if item.kind in ("initiatives", "decisions") else item.subject
    if item.kind == "initiatives" and entry.section == "late" and item.other:
        name = item.other
    if entry.section == "unanswered" and item.other and item.kind == "initiatives":
        name = f"{item.other} → {item.id}"
    role: Role = "strong"
    if item.kind == "initiatives":
        role = side_role(
            plan.context.ends.get(item.other or item.id, plan.context.ends.get(item.id))
        )
    return ((visible(name), "dim" if entry.done else role),)


def _told(entry: Entry) -> str:
    item, row = entry.item, entry.said
    if row is not None:
        return ": ".join(filter(None, (row.text, row.reason)))
    if entry.section == "late" and item.days:
        return f"{days_short(item.days)} {item.text}"
    return item.text


def _right(entry: Entry) -> Line:
    """How it stands, or who speaks to it."""
    item, row = entry.item, entry.said
    if entry.section == "agree":
        if row is not None:
            return ((fitted(row.act, WORD, right=True), "strong"),)
        if entry.gone:
            return ((fitted("settled", WORD, right=True), "dim"),)
        role: Role = "warning" if (item.days or 0) >= LONG else "dim"
        word = days_short(item.days) if item.days else item.state
        return ((fitted(word, WORD, right=True), role),)
    if entry.section == "owner" and item.day is not None:
        return ()
    return ((_names(item.speaks), "dim"),)


LONG = 10
"""Working days after which nobody should wait for an answer."""


def _sign(entry: Entry) -> Line:
    if entry.said is not None:
        sign, role = SAID_SIGNS.get(entry.said.act, (AGREED, "strong"))
        sign, role = (
            (AGREED, "strong") if entry.said.act in ("assigned", "waived") else (sign, role)
        )
    elif entry.gone:
        sign, role = AGREED, "strong"
    else:
        sign, role = _open_sign(entry)
    return (("  ", "text"), (f"{sign} ", role))


def _open_sign(entry: Entry) -> Piece:
    item = entry.item
    if entry.section == "late":
        return (ERROR, "critical")
    if entry.section == "agree":
        return _STATES.get(item.state, (ASKED, "warning"))
    if entry.section == "measured":
        return (WARNING, "warning") if item.state in ("away", "missing") else ("·", "dim")
    if entry.section == "unanswered":
        return (ASKED, "warning")
    return (DUE, "critical") if item.state == "overdue" else ("·", "dim")


_STATES: dict[str, Piece] = {
    "not asked": (NOT_ASKED, "warning"),
    "countered": (COUNTERED, "warning"),
    "declined": (DECLINED, "critical"),
    "not accepted": (DECLINED, "critical"),
}


def brackets(entries: Sequence[Entry]) -> list[str]:
    """What ties each handover to those that free a launch only with it: ``┐``, ``├``, ``┘``."""
    groups = [one.item.group for one in entries]
    found = []
    for at, group in enumerate(groups):
        before = at > 0 and groups[at - 1] == group
        after = at + 1 < len(groups) and groups[at + 1] == group
        if group is None or not (before or after):
            found.append("")
        else:
            found.append("├" if before and after else "┘" if before else "┐")
    return found


def keys_line(entry: Entry, width: int) -> Line:
    """The keys that act on the item above."""
    keys = [*(KEYS[entry.item.act] if entry.item.act is not None else ()), ("enter", "details")]
    pieces: list[Piece] = [("      ", "text")]
    for key, does in keys:
        pieces += [(key, "key"), (f" {does}   ", "text")]
    return cut(tuple(pieces), width)


def _names(speaks: Sequence[SpeakerRow]) -> str:
    return listed((visible(one.name) for one in speaks), 1)


def _ended(left: Line, right: Line, width: int) -> Line:
    """A line with something at its right end."""
    size = sum(cells(text) for text, _ in right)
    left = cut(left, max(0, width - size - 1))
    used = sum(cells(text) for text, _ in left)
    return (*left, (" " * max(1, width - used - size), "text"), *right)


# --- what is said above and below -----------------------------------------------------------------


def titles(plan: Plan, shown: MeetingShown, recorder: str | None) -> Iterator[Line]:
    """Which meeting, when, who comes and records, how much is done; the longest way first."""
    meeting = shown.agenda.meeting
    name = visible(meeting.title) if meeting is not None else "no meeting in the file"
    first: Line = (("MEETING  ", "joint"), (name, "title"))
    done: list[Piece] = []
    if shown.answered:
        done += [(" · ", "dim"), (f"{shown.done}", "strong")]
        done += [(f" of {len(shown.answered)} done", "dim")]
    done += [(" · closed", "strong")] if shown.closed else []
    if meeting is not None:
        day = meeting.next or plan.as_of
        last = f"last {date_text(meeting.last, plan.as_of)}" if meeting.last else "never held yet"
        held: Line = ((f"  {day_of_week(day, date.min)}", "text"), (f" · {last}", "dim"))
        who = [_attending(plan, meeting)] if meeting.attends else []
        who += [f"{visible(recorder)} records"] if recorder else []
        yield (*first, *held, *((f" · {each}", "dim") for each in who), *done)
        yield (*first, *held, *done)
    yield (*first, *done)


def _attending(plan: Plan, meeting: MeetingRow) -> str:
    """``7 teams``, ``5 teams, 2 people``."""
    attends = plan.roadmap.meetings[meeting.id].attends
    people = sum(one in plan.roadmap.people for one in attends)
    teams = len(attends) - people
    parts = [count(teams, "team")] if teams else []
    return ", ".join([*parts, *([count(people, "person", "people")] if people else [])])


def closing_line(plan: Plan, shown: MeetingShown, day: date) -> Iterator[Line]:
    """What closing the meeting writes, and what stays."""
    meeting = shown.agenda.meeting
    if meeting is None:
        yield (("No meeting to close", "dim"),)
        return
    key: Line = (("C", "key"), (" Close meeting: ", "strong"))
    if shown.closed:
        yield (
            *(("√ closed", "strong"), (f": last = {day}", "text"), (" · ", "dim"), ("w", "key")),
            (" save · minutes follow from the changes", "dim"),
        )
        return
    records = f" and {count(len(shown.said), 'record')}" if shown.said else ""
    writes: Line = ((f"writes last = {day}{records}", "text"),)
    following = f" for {date_text(meeting.following, plan.as_of)}" if meeting.following else ""
    stays: Line = (
        (f" · {count(shown.left, 'item')} stay{'s' if shown.left == 1 else ''}{following}", "dim"),
    )
    yield (*key, *writes, (" · minutes follow from the changes", "dim"), *stays)
    yield (*key, *writes, *stays)
    yield (*key, *writes)


# --- at the right ---------------------------------------------------------------------------------


def done_page(
    shown: MeetingShown, width: int, rows: int | None = None, *, unsaved: bool
) -> list[Line]:
    """What was done so far, in the words of the minutes, in so many rows: where they have no room,
    what was said first is told in a line each.
    """
    state = " · unsaved" if unsaved else ""
    told = f"  {len(shown.said)}{state}" if shown.said else "  nothing yet"
    head: Line = (("Done so far", "title"), (told, "dim"))
    said = [_said_lines(shown, row, width) for row in shown.said]
    spaced = [line for lines in said for line in (*lines, ())][:-1]
    if rows is None or len(spaced) < rows:
        return [head, *spaced]
    lines = _last_in_full(said, [[*_said_briefly(shown, row, width)] for row in shown.said], rows)
    left = len(lines) + 1 - rows
    if left > 0:
        lines = [((f"{count(left + 1, 'more line')}: l", "dim"),), *lines[left + 1 :]]
    return [head, *lines]


def _last_in_full(full: list[list[Line]], brief: list[list[Line]], rows: int) -> list[Line]:
    """What was said last in full, as far as that has room, and all before it briefly."""
    room = rows - 1 - sum(map(len, brief))
    for at in range(len(full) - 1, -1, -1):
        room -= len(full[at]) - len(brief[at])
        if room < 0:
            break
        brief[at] = full[at]
    return [line for lines in brief for line in lines]


def _said_lines(shown: MeetingShown, row: MinuteRow, width: int) -> list[Line]:
    """One record: what, about what, and the words with who said them."""
    page = Page(width)
    sign, role = SAID_SIGNS.get(row.act, (AGREED, "strong"))
    page.line((f"{sign} ", role), (row.act, "strong"))
    page.flow([((visible(row.subject), "text"),)], "  ", "  ")
    words = visible(": ".join(filter(None, (row.text, row.reason))))
    who = visible(row.said.name) if row.said is not None else ""
    facts: list[Line] = [((each, "dim"),) for each in dict.fromkeys((words, who)) if each]
    if facts:
        page.flow(facts, "  ", "  ")
    if line := shown.taking(row):
        page.flow([((f"if so: {line}", "critical"),)], "  ", "  ")
    return page.lines


def _said_briefly(shown: MeetingShown, row: MinuteRow, width: int) -> Iterator[Line]:
    """The same on one line; a counter-proposal has another for what it would do."""
    sign, role = SAID_SIGNS.get(row.act, (AGREED, "strong"))
    what: Line = ((f"{sign} ", role), (f"{row.act} ", "strong"), (visible(row.subject), "text"))
    yield cut(what, width)
    if line := shown.taking(row):
        yield cut(((f"  if so: {line}", "critical"),), width)


def here_page(plan: Plan, shown: MeetingShown, entry: Entry, width: int) -> list[Line]:
    """The item that is selected, in full."""
    item, page = entry.item, Page(width)
    page.text("Here", "dim")
    *first, last = _name(plan, entry)
    page.flow([*((one, (" →", "dim")) for one in first), (last,)], "", "", " ")
    for text in _facts(plan, shown, entry):
        page.text(visible(text))
    for speaker in item.speaks:
        page.text(f"speaks {_who(plan, speaker)}{'' if speaker.attends else ', does not attend'}")
    return page.lines


def _who(plan: Plan, one: SpeakerRow) -> str:
    return party_of_side(plan, one.id, one.side) if one.id is not None else visible(one.name)


def _name(plan: Plan, entry: Entry) -> Iterator[Piece]:
    item, ends = entry.item, plan.context.ends
    if item.kind == "initiatives" and item.other in plan.roadmap.initiatives:
        yield (visible(item.other), side_role(ends.get(item.other)))
    yield (
        visible(item.id),
        side_role(ends.get(item.id)) if item.kind == "initiatives" else "strong",
    )


def _facts(plan: Plan, shown: MeetingShown, entry: Entry) -> Iterator[str]:
    """What there is to know before somebody answers."""
    item = entry.item
    one = shown.handovers.get((item.other, item.id))
    if item.kind == "initiatives" and one is not None:
        yield from _handover_facts(plan, one)
        return
    entity = plan.roadmap.table(item.kind).get(item.id)
    if entity is not None and entity.label != item.id:
        yield entity.label
    if item.text:
        yield _told(entry)
    if isinstance(entity, Decision):
        yield from (
            f"{letter}  {option}" for letter, option in zip(LETTERS, entity.options, strict=False)
        )
    if item.launch is not None and item.launch != item.id:
        yield f"{short_title(plan.context, item.launch)} waits for it"


def _handover_facts(plan: Plan, one: Handover) -> Iterator[str]:
    def day(value: date) -> str:
        return date_text(value, plan.as_of)

    yield one.delivers or "nothing is said of what it delivers"
    asked = [f"asked {day(one.asked)}"] if one.asked else ["not asked"]
    asked += [f"needed by {day(one.needed_by)}"] if one.needed_by else []
    asked += [f"promised for {day(one.promised)}"] if one.promised else []
    yield ", ".join(asked)
    if one.wants is not None:
        yield f"countered: {one.wants}"
    if one.finish is not None:
        yield f"finishes {day(one.finish)}" + (
            f", {days_short(one.late)} too late" if one.late else ""
        )
    if one.accepted_when:
        yield f"right when {one.accepted_when}"
