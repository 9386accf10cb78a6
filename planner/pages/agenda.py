"""The agenda in Markdown: a page to send before the meeting, each line with who speaks to it.

Work is called by its id, as both sides type it; launches, decisions and outcomes by their titles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from msgspec.structs import replace

from planner.pages.asks import plain_markdown
from planner.pages.canvas import phrases
from planner.pages.parties import side_name
from planner.plan.model import Plan
from planner.roadmap.figures import (
    count,
    date_or_none,
    date_text,
    day_of_week,
    days_short,
    listed,
    short_commit,
    signed,
    working_days,
)
from planner.roadmap.output_agenda import (
    AgendaShown,
    ItemRow,
    MeetingRow,
    MovedRow,
    SectionName,
    SpeakerRow,
    WaitRow,
)
from planner.roadmap.output_history import CauseRow, StepRow
from planner.text.visible import visible

TITLES: dict[SectionName, tuple[str, str]] = {
    "late": ("Late", ""),
    "agree": ("To agree", "fewest that free each launch first"),
    "decide": ("To decide", ""),
    "owner": ("Nobody accountable", ""),
    "new": ("To review", "new on the other side’s systems"),
    "unanswered": ("Unanswered", ""),
    "action": ("Actions", ""),
    "measured": ("Measured", ""),
    "ends": ("Ends soon", ""),
    "launch": ("Next launches", ""),
}
"""The heading of each section, and what is said beside it."""
NOTHING = "There is nothing to talk about."
NO_HISTORY = "the roadmap is not in a git repository"
MOST = 12
"""So many items of a section are printed where not all are asked for."""
ADD = "`planner add meetings.ID every=2w attends=TEAM,TEAM`"
"""How a meeting comes into the file."""


# --- one item -------------------------------------------------------------------------------------


def speakers_text(plan: Plan, speaks: Iterable[SpeakerRow]) -> str:
    """``Nadia Haddad (IT)``; nobody where the file names none."""
    return listed((_speaker(plan, one) for one in speaks), 3) or "nobody"


def _speaker(plan: Plan, one: SpeakerRow) -> str:
    side = side_name(plan, one.side) if one.side else ""
    name = visible(one.name)
    return f"{name} ({side})" if side and side != name else name


def facts_of(plan: Plan, name: SectionName, item: ItemRow) -> Iterator[str]:
    """What is said of an item behind what it is called, in phrases."""
    if name == "launch" and item.day is not None:
        yield date_text(item.day, plan.as_of)
    if name == "late" and item.days:
        yield f"{days_short(item.days)} {visible(item.text)}"
    elif item.text:
        yield visible(item.text)
    yield from _days(name, item)


def _days(name: SectionName, item: ItemRow) -> Iterator[str]:
    if not item.days or name == "late":
        return
    if name in ("agree", "unanswered"):
        yield f"waits {days_short(item.days)}"
    elif item.state == "late":
        yield f"{days_short(item.days)} late"
    elif item.state == "overdue" and name != "ends":
        yield f"{days_short(item.days)} overdue"


def frees_text(plan: Plan, frees: Iterable[str]) -> str:
    """``Loyalty programme relaunch``: the launches that are free then."""
    return listed((visible(plan.roadmap.initiatives[id].label) for id in frees), 3)


# --- what moved -----------------------------------------------------------------------------------


def step_text(plan: Plan, step: StepRow) -> str:
    """``20 Oct → 15 Oct, −3d time: customer-sso 23% done``: a move, and what time and edits did."""
    days = (date_or_none(day, plan.as_of) for day in (step.then, step.now))
    return ", ".join((" → ".join(days), *_parts(step)))


def _parts(step: StepRow) -> Iterator[str]:
    causes = (_cause(each) for each in step.causes)
    for days, what, why in ((step.time, "time", step.waited), (step.edits, "edits", causes)):
        reasons = "; ".join(visible(each) for each in why)
        if days or reasons:
            figure = f"{signed(days)}d " if days is not None else ""
            yield f"{figure}{what}{f': {reasons}' if reasons else ''}"


def _cause(cause: CauseRow) -> str:
    """``quote-form 6w → 7w (Ana, 3f2c1a0)``."""
    by = f"{cause.author}, {short_commit(cause.commit)}" if cause.commit else "not committed"
    return f"{cause.text} ({by})"


# --- the page -------------------------------------------------------------------------------------


def agenda_markdown(
    plan: Plan, shown: AgendaShown, width: int, *, everything: bool = False
) -> Iterator[str]:
    """The whole agenda; of long sections the first items, where not everything is asked for."""
    yield from _head(plan, shown, width)
    yield from _moved(plan, shown, width)
    for section in shown.sections:
        waits = shown.waits if section.name == "unanswered" else ()
        rows = [_wait(plan, one) for one in waits]
        rows += _rows(plan, section.name, section.items)
        if rows:
            number = len(rows) if section.name == "new" else len(section.items)
            heading = ", ".join(filter(None, TITLES[section.name]))
            heading += f": {number}" if number else ""
            yield from _section(heading, rows, width, everything=everything)
    if not (shown.moved or shown.waits or any(each.items for each in shown.sections)):
        yield from ("", NOTHING)


Row = tuple[str, list[str]]
"""The indent of a line, and its phrases."""


def _head(plan: Plan, shown: AgendaShown, width: int) -> Iterator[str]:
    """The day of the meeting, and what there is to know of it."""
    meeting = shown.meeting
    on = meeting.next if meeting is not None and meeting.next is not None else plan.as_of
    yield f"# {plain_markdown(visible(plan.roadmap.title))}: agenda for {day_of_week(on, date.min)}"
    yield ""
    yield from flowed([*_about(plan, shown, meeting)], width)


def _about(plan: Plan, shown: AgendaShown, meeting: MeetingRow | None) -> Iterator[str]:
    if meeting is None:
        since = date_text(shown.since, plan.as_of)
        yield f"No meeting in the file: since {since}; add one with {ADD}"
        return
    yield f"**{plain_markdown(visible(meeting.title))}**"
    last = date_text(meeting.last, plan.as_of) if meeting.last is not None else "never yet"
    overdue = f", {days_short(meeting.overdue)} overdue" if meeting.overdue else ""
    yield f"last met {last}{overdue}"
    if shown.since != meeting.last:
        yield f"since {date_text(shown.since, plan.as_of)}"
    if meeting.following is not None:
        yield f"next {date_text(meeting.following, plan.as_of)}"
    if meeting.attends:
        yield plain_markdown(f"with {listed((visible(one.name) for one in meeting.attends), None)}")


def _moved(plan: Plan, shown: AgendaShown, width: int) -> Iterator[str]:
    since = date_text(shown.since, plan.as_of)
    if shown.moved is None:
        yield ""
        why = plain_markdown(visible(shown.unknown or NO_HISTORY))
        yield from flowed([f"What moved since {since} is not known: {why}."], width)
        return
    rows = [_moved_row(plan, one) for one in shown.moved] or [("", ["no launch"])]
    yield from _section(f"Moved since {since}", rows, width, everything=True)


def _moved_row(plan: Plan, one: MovedRow) -> Row:
    step = plain_markdown(step_text(plan, one.step))
    return "", [f"**{plain_markdown(visible(one.title))}** {step}", _who(plan, one.speaks)]


def _who(plan: Plan, speaks: Iterable[SpeakerRow]) -> str:
    return f"*{plain_markdown(speakers_text(plan, speaks))}*"


def _section(heading: str, rows: Sequence[Row], width: int, *, everything: bool) -> Iterator[str]:
    yield ""
    yield f"## {heading}"
    yield ""
    most = len(rows) if everything else MOST
    for indent, parts in rows[:most]:
        yield from flowed(parts, width, f"{indent}- ", f"{indent}  ")
    if len(rows) > most:
        yield f"- and {count(len(rows) - most, 'more', 'more')}: `planner agenda --all`"


def flowed(parts: Sequence[str], width: int, first: str = "", hang: str = "") -> Iterator[str]:
    """Phrases with dots between them; one that is wider than a line is broken between words."""
    words = " · ".join(parts).split(" ")
    yield from phrases([first + words[0], *words[1:]], width, hang, " ")


# --- the lines of the sections --------------------------------------------------------------------


def _rows(plan: Plan, name: SectionName, items: Sequence[ItemRow]) -> list[Row]:
    if name == "agree":
        return [*_to_agree(plan, items)]
    if name == "new":
        return [*_to_review(plan, items)]
    return [_row(plan, name, one) for one in items]


def _row(plan: Plan, name: SectionName, item: ItemRow, indent: str = "") -> Row:
    subject = f"**{plain_markdown(visible(item.subject))}**"
    facts = [plain_markdown(each) for each in facts_of(plan, name, item)]
    frees = (
        [f"frees {plain_markdown(frees_text(plan, item.frees))}"]
        if item.frees and not indent
        else []
    )
    return indent, [f"{subject} {', '.join(facts)}".rstrip(), *frees, _who(plan, item.speaks)]


def _to_agree(plan: Plan, items: Sequence[ItemRow]) -> Iterator[Row]:
    """Handovers one by one; those that free a launch only together under a line of their own."""
    for group, together in groupby(items, lambda item: item.group):
        rows = [*together]
        if group is not None:
            frees = plain_markdown(frees_text(plan, rows[0].frees))
            yield "", [f"these {len(rows)} together free {frees}:"]
        yield from (_row(plan, "agree", one, "" if group is None else "  ") for one in rows)


def _to_review(plan: Plan, items: Sequence[ItemRow]) -> Iterator[Row]:
    """Work, each with all who have not given their view."""
    for _, parties in groupby(items, lambda item: item.id):
        rows = [*parties]
        speaks = dict.fromkeys(one for row in rows for one in row.speaks)
        yield _row(plan, "new", replace(rows[0], speaks=tuple(speaks)))


def _wait(plan: Plan, one: WaitRow) -> Row:
    """``waiting for IT: 35 working days in all over 3 handovers, longest 15d``."""
    over = f"over {count(one.number, 'handover')}, longest {days_short(one.longest_days)}"
    side = plain_markdown(side_name(plan, one.side))
    return "", [f"waiting for {side}: {working_days(one.days)} in all {over}"]
