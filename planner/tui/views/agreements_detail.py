"""One row of the agreements view in words: who, what, since when, and what would break."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from rich.cells import cell_len

from planner.analysis.raci import LETTERS, Duty, Handover, Slip, waits_by_side
from planner.conflicts.findings import SEVERITY_MARKS
from planner.pages.conflicts import SEVERITY_ROLES
from planner.pages.parties import party_name, side_name
from planner.pages.roles import wrap
from planner.plan.model import Plan
from planner.roadmap.entities import Agreement, Initiative
from planner.text.visible import visible
from planner.tui.lines.pages import Explained, Line
from planner.tui.shell.checking import known
from planner.tui.shell.themes import Role
from planner.tui.shell.themes import side as side_role
from planner.tui.views.agreements_rows import DUTY_MARKS, DUTY_WORDS, TITLES, Part, mark_of

LABEL = 12
"""Columns of the words at the left."""

START = (
    ("a", "writes a working agreement: who is accountable, and who does it"),
    ("E", "on the board, then owner: who is accountable for an initiative"),
    ("d", "on the board: what an initiative needs from the other side, a hand-over"),
    ("A", "records what was asked for, agreed, declined, accepted or looked at"),
)
ABOUT = {
    "agreements": "What both sides agreed on where their work overlaps, once for all work.",
    "initiatives": "Who is accountable for open work, does it, is asked about it, hears of it.",
    "handovers": "What one side's work needs from the other side's: asked, agreed, delivered.",
}


def nothing_agreed(width: int) -> Explained:
    """What the view says while there is nothing to show: what it is for, and how to start."""
    lines: list[Line] = [
        [],
        [("Nothing says yet who answers for what.", ("strong", None, True))],
        [],
        *_words(
            "Here stand the working agreements of both sides, who is accountable for each "
            "initiative, and what the sides hand to each other.",
            width,
            "text",
        ),
        [],
    ]
    for key, does in START:
        parts = wrap(does, width - 4)
        lines.append([(f"{key:<4}", ("key", None, True)), (parts[0], ("text", None, False))])
        lines += [[(f"    {part}", ("text", None, False))] for part in parts[1:]]
    return Explained(tuple(lines), ())


def nothing_matches(width: int) -> Explained:
    """What the view says where a filter leaves nothing over."""
    told = "Nothing here matches the filter: esc shows everything again, / asks for something else."
    return Explained(tuple(_words(told, width, "text")), ())


def part_explained(
    plan: Plan, part: Part, found: Iterable[Handover], short: Mapping[str, str], width: int
) -> Explained:
    """A heading: what its rows are, and for the hand-overs who lets whom wait. `short` are the
    names of teams in the matrix that are cut, with what they stand for.
    """
    lines: list[Line] = [[(TITLES[part.key], ("strong", None, True))]]
    lines += _words(ABOUT[part.key], width, "text")
    if part.key == "handovers":
        for side, days in waits_by_side(found).items():
            text = f"{side_name(plan, side)} is waited for: {days} days in all"
            lines.append([(text, ("warning", None, False))])
    else:
        lines += _words(" · ".join(f"{letter} {key}" for key, letter in LETTERS), width, "dim")
        marks = " · ".join(
            f"{DUTY_MARKS[each][0]} {words}" for each, words in DUTY_WORDS.items() if words
        )
        lines += _words(marks, width, "dim")
        stands = ", ".join(f"{name} {visible(id)}" for name, id in short.items())
        lines += _words(stands, width, "dim") if stands else []
    return Explained(tuple(lines), ())


_DIM: tuple[Role, None, bool] = ("dim", None, False)

# --- who answers for what -------------------------------------------------------------------------


def duty_explained(plan: Plan, row: Duty, width: int) -> Explained:
    """An agreement or an initiative: who, agreed by whom, covering what, and its conflicts."""
    entity = plan.roadmap.table(row.kind)[row.id]
    assert isinstance(entity, Agreement | Initiative)
    glyph, role = mark_of(row)
    said = DUTY_WORDS[row.standing]
    lines = [_title(row.id, row.title, f"{glyph} {said}" if said else "", role, width)]
    lines += _parties(plan, row, entity, width)
    if isinstance(entity, Agreement):
        lines += _labelled("agreed", _agreed(plan, row), width)
        covers = [f"{w} {', '.join(v)}" for w in _COVERS if (v := getattr(entity, w))]
        covers += [f"access up to {entity.access}"] if entity.access else []
        lines += _labelled("covers", " · ".join(covers), width)
        lines += _labelled("why", entity.why or "", width)
    else:
        reviews = [
            f"{party_name(plan, who)} {plan.context.day(on)}" for who, on in row.reviews.items()
        ]
        lines += _labelled("seen by", " · ".join(reviews), width)
    return Explained((*lines, *_found(plan, row.kind, (row.id,), width)), ())


_COVERS = ("capabilities", "systems", "data")


def _parties(plan: Plan, row: Duty, entity: Agreement | Initiative, width: int) -> Iterator[Line]:
    for key, letter in LETTERS:
        parties = row.accountables if letter == "A" else getattr(entity, key)
        names = ", ".join(party_name(plan, party) for party in parties)
        if names or letter == "A":
            role: Role = "text" if len(row.accountables) == 1 or letter != "A" else "warning"
            yield from _labelled(key, names or "nobody; E names one", width, role)


def _agreed(plan: Plan, row: Duty) -> str:
    said = [f"{side_name(plan, side)} {plan.context.day(on)}" for side, on in row.agreed.items()]
    said += [f"{side_name(plan, side)} not yet (A records it)" for side in row.lacking]
    if row.review_by:
        said.append(f"to be looked at again by {plan.context.day(row.review_by)}")
    return " · ".join(said)


# --- hand-overs -----------------------------------------------------------------------------------


def handover_explained(
    plan: Plan, one: Handover, slip: Slip | None, width: int, *, working: bool
) -> Explained:
    """A hand-over: what, said when, who moves next, and what follows if the supplier slips."""
    glyph, role = mark_of(one)
    pair = f"{visible(one.supplier)} → {visible(one.successor)}"
    sides = f"{side_name(plan, one.supplier_side)} to {side_name(plan, one.successor_side)}"
    state: Line = [(f"   {glyph} {one.state}", (role, None, True))]
    lines: list[Line] = [
        [
            (pair, (side_role(one.supplier_side), None, True)),
            (f"  {sides} {' '.join(one.ties)}".rstrip(), _DIM),
            *state,
        ]
    ]
    lines += _labelled("delivers", one.delivers or "not said; E says what", width)
    lines += _labelled("why", one.why or "", width)
    lines += _labelled("right when", one.accepted_when or "", width)
    lines += _labelled("said", " · ".join(_said(plan, one)) or "nothing yet: A asks", width)
    lines += _labelled("counter", _counter(plan, one), width, "warning")
    lines += _labelled("finish", _finish(plan, one), width, "critical" if one.lateness else "text")
    lines += _labelled("next", _next(plan, one), width, "warning" if one.waiting else "text")
    lines += _labelled("if it slips", _slips(plan, slip, working=working), width)
    return Explained((*lines, *_found(plan, "", (one.supplier, one.successor), width)), ())


def _said(plan: Plan, one: Handover) -> Iterator[str]:
    words = ("asked", "agreed", "declined", "needed_by", "promised", "accepted", "rejected")
    for word in words:
        value: date | None = getattr(one, word)
        if value is not None:
            yield f"{word.replace('_', ' ')} {plan.context.day(value)}"


def _counter(plan: Plan, one: Handover) -> str:
    """What one side wants instead, since when; empty where nobody does."""
    if one.counter is None or one.wants is None:
        return ""
    since = f" since {plan.context.day(one.counter.on)}" if one.counter.on else ""
    return f"{one.wants}{since}"


def _finish(plan: Plan, one: Handover) -> str:
    if one.finish is None:
        return "not scheduled"
    text = f"{'' if one.open else 'delivered '}{plan.context.day(one.finish)}"
    if one.lateness:
        said = "promised" if one.promised else "needed"
        return f"{text}, {one.lateness.amount} after what was {said}"
    return text


def _next(plan: Plan, one: Handover) -> str:
    if one.next_side is None:
        return "nobody has to"
    who = side_name(plan, one.next_side)
    who += f" ({party_name(plan, one.next_team)})" if one.next_team else ""
    does = {
        "not asked": "asks",
        "asked": "answers",
        "countered": "takes the other terms, or not",
        "declined": "plans without it, or asks again",
        "promised": "agrees",
        "agreed": "delivers",
        "delivered": "accepts it",
        "not accepted": "delivers again",
    }[one.state]
    return f"{who} {does}{f'; waited for {one.waiting} days' if one.waiting else ''}"


def _slips(plan: Plan, slip: Slip | None, *, working: bool) -> str:
    if slip is None:
        return "working it out …" if working else ""
    if not slip.launches:
        return f"by {slip.days} days: no launch moves, {slip.moved} other initiatives do"
    moved = ", ".join(
        f"{one.id} {one.shift.short} to {plan.context.day(one.after)}" for one in slip.launches
    )
    missed = ", ".join(f"{id} is {late.brief} late" for id, late in slip.missed)
    return f"by {slip.days} days: {moved}{f'; then {missed}' if missed else ''}"


# --- lines ----------------------------------------------------------------------------------------


def _title(id: str, title: str, said: str, role: Role, width: int) -> Line:
    name = visible(title)
    room = max(8, width - cell_len(said) - 3)
    line: Line = [(name if cell_len(name) <= room else wrap(name, room)[0], ("strong", None, True))]
    if visible(id) != name and cell_len(name) + cell_len(id) + 2 <= room:
        line.append((f"  {visible(id)}", _DIM))
    return [*line, (f"   {said}", (role, None, True))] if said else line


def _labelled(label: str, text: str, width: int, role: Role = "text") -> Iterator[Line]:
    """A labelled fact over as many lines as it needs; nothing where there is no text."""
    for at, part in enumerate(wrap(visible(text), max(8, width - LABEL)) if text else ()):
        yield [(f"{label if at == 0 else '':<{LABEL}}", _DIM), (part, (role, None, False))]


def _words(text: str, width: int, role: Role) -> list[Line]:
    return [[(part, (role, None, False))] for part in wrap(text, max(8, width))]


def _found(plan: Plan, kind: str, ids: tuple[str, ...], width: int) -> Iterator[Line]:
    """The conflicts that are about all of these; none while a large plan is still being checked."""
    for finding in plan.findings if known(plan) else ():
        if finding.waived or (kind and finding.kind != kind) or not set(ids) <= set(finding.on):
            continue
        mark, role = SEVERITY_MARKS[finding.severity], SEVERITY_ROLES[finding.severity]
        parts = wrap(visible(finding.message), max(8, width - LABEL))
        head = f"{mark} {finding.code}"
        for at, part in enumerate(parts):
            text = f"{head if at == 0 else '':<{LABEL}}"
            yield [(text, (role, None, True)), (part, ("text", None, False))]
