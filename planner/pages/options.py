"""Options for a launch: the answer first, then the sets that reach a date, and one set in full.

All is said of a `ReachShown`, the values of `planner reach`, so that the command and the view
never differ. The curve of prices is a page of its own (`planner.pages.curve`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from planner.analysis.aiming import first_aim, why_no_aim
from planner.analysis.changes import KeyChange, table_changes
from planner.analysis.speakers import Speakers
from planner.pages.canvas import cells, shorten
from planner.pages.figure_columns import (
    NOTHING,
    SEPARATOR,
    Column,
    columns_width,
    figures,
    folded,
    heads,
    in_colour,
)
from planner.pages.fixes import PART_ROLES
from planner.pages.lines import Line, Page, Piece, cut, fitted
from planner.pages.roles import Role, side_role
from planner.pages.signs import AGREED, CURSOR, ERROR
from planner.plan.impact import Consequence, lateness
from planner.plan.impact_line import parts_of
from planner.plan.model import Plan
from planner.roadmap.figures import MINUS, date_text, money_short, working_days
from planner.roadmap.output_reach import ReachOption, ReachShown
from planner.text.visible import visible

KINDS = {
    "unlink": "link",
    "drop": "scope",
    "exempt": "freeze",
    "move": "date",
    "overlap": "overlap",
    "shorten": "estimate",
    "accelerate": "money",
}
"""What a set that gives something up is called by; others say it themselves."""
TITLES = 30
"""Columns that titles need, for columns to stay beside them."""
FOLDING = ("gives up", "agreement of")
"""The columns that fold away where there is no room, first the first."""
PARTIES = 20
"""Columns of those who have to agree at most."""
ASKED = "prices: accelerate in the files; what nobody has priced can be asked for with $"
LISTED_LAST = "listed last: never applied unless chosen"

Where = Callable[[str, str], str]
"""The file of a table, by kind and id."""
Place = tuple[int, int]


# --- the answer -----------------------------------------------------------------------------------


def heading(plan: Plan, shown: ReachShown, *, on_time: bool = False) -> tuple[Line, ...]:
    """What it is about, in one or more ways, the longest first."""
    name = visible(plan.roadmap.initiatives[shown.id].label)
    side = plan.context.sides.get(shown.id)
    first: Line = (("Options", "title"), (" · ", "dim"), (name, side_role(side)))
    finish: Piece = (f" · finish {_day(plan, shown.finish)}", "dim")
    aim = "earlier, " if on_time else "wanted by "
    wanted: Line = ((f" · {aim}", "dim"), (_day(plan, shown.day), "title"))
    told: Line = ((f" · {_search(shown)}", "dim"),) if shown.best and shown.best.price else ()
    won: Line = ((f" · {working_days(_to_win(shown))} to win", "dim"),) if shown.late else ()
    return (
        (*first, finish, *wanted, *won, *told),
        (*first, finish, *wanted, *told),
        (*first, finish, *wanted),
        (*first, *wanted),
    )


def _search(shown: ReachShown) -> str:
    """Whether the set is known to be the cheapest."""
    return "cheapest: search finished" if shown.cheapest else "best found: search not finished"


def _to_win(shown: ReachShown) -> int:
    return shown.late.working if shown.late else 0


def answer(
    plan: Plan, shown: ReachShown, width: int, indent: str = "", *, on_time: bool = False
) -> list[Line]:
    """What it takes in one sentence: the date, the price, whose agreement, what is given up."""
    page = Page(width)
    if on_time or shown.late is None:
        finish = f"finish {_day(plan, shown.finish)}"
        page.line((f"{indent}{AGREED} On time: ", "good"), (f"{finish}. ", "title"))
    words: list[Piece] = []
    for sentence in _answer(plan, shown):
        words += [(" ", "text")] * bool(words)
        words += sentence
    page.flow([tuple(words)] if words else [], indent, f"{indent}  ")
    return page.lines


def _answer(plan: Plan, shown: ReachShown) -> Iterator[Line]:
    best, day = shown.best, _day(plan, shown.day)
    if shown.late is None:
        return
    if best is None:
        yield ((f"{ERROR} ", "critical"), (f"No option reaches {day}.", "title"))
        yield ((f"{_earliest(plan, shown)}.", "text"),)
        return
    sign: Piece = (f"{AGREED} ", "good") if not best.gives_up else ("▲ ", "warning")
    yes = "Yes" if not best.gives_up else "Only by giving something up"
    yield (sign, (f"{yes}, {_day(plan, best.finish)}:", "title"))
    title: Line = ((visible(best.title), "text"),)
    if best.price:
        title += ((" for ", "text"), (_money(shown, best.price), "title"))
    agreed = in_colour(plan, best.needs_agreement)
    if agreed:
        title += ((", needs agreement: ", "text"), *agreed)
    yield (*title, (".", "text"))
    if best.delay_cost is not None and round(best.delay_cost):
        yield ((f"Delay cost {_signed(shown, best.delay_cost)}.", "text"),)
    given = visible(best.loses)
    yield ((f"{given[:1].upper()}{given[1:]} given up.", "warning" if best.gives_up else "text"),)
    if best.gives_up:
        yield ((f"Without giving anything up {_the_earliest(plan, shown)}.", "text"),)


def _the_earliest(plan: Plan, shown: ReachShown) -> str:
    found = "the earliest is" if shown.ended else "the earliest found is"
    return f"{found} {_day(plan, shown.earliest)}"


def _earliest(plan: Plan, shown: ReachShown) -> str:
    if first_aim(plan, shown.id) is None:
        return visible(why_no_aim(plan, shown.id))
    found = _the_earliest(plan, shown)
    text = f"{found[:1].upper()}{found[1:]} without giving anything up"
    if shown.earliest >= shown.finish:
        text = f"Nothing makes it earlier than {_day(plan, shown.finish)}"
    if shown.earliest_dropping < shown.earliest:
        text += f", and {_day(plan, shown.earliest_dropping)} by giving something up"
    return text


# --- the sets -------------------------------------------------------------------------------------


def sets_page(
    plan: Plan, shown: ReachShown, sets: Sequence[ReachOption], width: int, marked: int
) -> tuple[list[Line], tuple[Place, ...]]:
    """A line for each set, what gives something up apart; and the lines on which each stands."""
    page = Page(width)
    columns = _columns(plan, shown, sets)
    lead = 3 + max([len("best"), *(cells(_kind(one)) for one in sets)]) + 2
    columns = folded(columns, page.width - lead - TITLES, FOLDING)
    widest = max((cells(visible(one.title)) for one in sets), default=0)
    room = min(page.width - lead - columns_width(columns), max(widest, TITLES))
    head = fitted(f"   to reach {_day(plan, shown.day)}", lead + room)
    page.line((head, "dim"), *heads(columns))
    places = []
    for at, one in enumerate(sets):
        if one.gives_up and not (at and sets[at - 1].gives_up):
            page.line((f"   {LISTED_LAST}", "dim"))
        begin = _lead(one, lead, marked=at == marked)
        role: Role = "title" if at == marked else "dim" if one.gives_up else "text"
        title: Piece = (fitted(visible(one.title), room), role)
        page.line(begin, title, *figures(columns, at))
        places.append((len(page.lines) - 1, len(page.lines) - 1))
    if shown.unpriced:
        page.line()
        page.flow([((ASKED, "dim"),)], "   ")
    return page.lines, tuple(places)


def _lead(one: ReachOption, width: int, *, marked: bool) -> Piece:
    mark = CURSOR if marked else " "
    strong = marked or one.kind == "best"
    return fitted(f" {mark} {_kind(one)}", width), "strong" if strong else "dim"


def _kind(one: ReachOption) -> str:
    return visible(KINDS.get(one.kind, one.kind))


def _columns(plan: Plan, shown: ReachShown, sets: Sequence[ReachOption]) -> list[Column]:
    prices = tuple(_price(shown, one) for one in sets)
    agreed = (cut(in_colour(plan, one.needs_agreement), PARTIES) or (NOTHING,) for one in sets)
    return [
        Column("price", prices, True),
        Column("finish", tuple(((_day(plan, one.finish), "text"),) for one in sets), True),
        Column("agreement of", tuple(agreed), False),
        Column("gives up", tuple(_loses(one) for one in sets), False),
    ]


def _price(shown: ReachShown, one: ReachOption) -> Line:
    return ((_money(shown, one.price), "title" if one.price else "dim"),)


def _loses(one: ReachOption) -> Line:
    return ((shorten(visible(one.loses), PARTIES), "warning" if one.gives_up else "dim"),)


# --- one set in full ------------------------------------------------------------------------------


def set_page(
    plan: Plan,
    id: str,
    one: ReachOption,
    made: Consequence | None,
    where: Where,
    width: int,
    *,
    brief: bool = False,
) -> list[Line]:
    """Which keys change, whom to ask, and what then follows for the whole plan; that first where
    only the first lines are seen.
    """
    page = Page(width, label=9)
    if made is None:
        page.labelled(f" {_kind(one)}", visible(one.title), "title")
        page.line((" trying it on the whole plan …", "dim"))
        return page.lines
    written = Page(page.width)
    written.flow(_written(plan, one, made, where), f" {CURSOR} ", " " * page.label, "  ")
    page.flow(_follows(made, id), " then    ", " " * page.label)
    page.lines = [*page.lines, *written.lines] if brief else [*written.lines, *page.lines]
    if one.assumes:
        page.labelled(" assumes", visible(one.assumes), "dim")
    return page.lines


def _written(plan: Plan, one: ReachOption, made: Consequence, where: Where) -> Iterator[Line]:
    """``marketing.toml: lifecycle-journeys.estimate 5w → 4w, cost +€5k  ask Mara Lindqvist``."""
    changes = table_changes(plan.tables, made.after.tables, {})
    for change in changes:
        keys = ", ".join(visible(_key(plan, each)) for each in change.keys) or change.what
        yield (
            (f"{visible(where(change.kind, change.id))}: ", "dim"),
            (visible(change.id), "title"),
            (f".{keys}" if change.keys else f" {keys}", "text"),
        )
    asked = dict.fromkeys(
        (speaker.name, speaker.side)
        for change in changes
        if change.kind == "initiatives" and change.id in plan.roadmap.initiatives
        for speaker in Speakers(plan, None).owner(change.id)
    )
    if asked and one.needs_agreement:
        pieces: list[Piece] = [("ask ", "dim")]
        for name, side in asked:
            pieces += [SEPARATOR] * (len(pieces) > 1)
            pieces.append((visible(name), side_role(side)))
        yield tuple(pieces)


def _key(plan: Plan, change: KeyChange) -> str:
    """``estimate 5w → 4w``; of a cost what is added to it."""
    before, after = change.before, change.after
    if change.key[0] != "cost" or not _are_numbers(before, after):
        return change.text
    more = (after or 0) - (before or 0)
    amount = money_short(abs(more), plan.roadmap.settings.currency)
    return f"{'.'.join(change.key)} {'+' if more > 0 else MINUS}{amount}"


def _are_numbers(*values: object) -> bool:
    return all(one is None or isinstance(one, int | float) for one in values)


def _follows(made: Consequence, id: str) -> Iterator[Line]:
    """The consequence, and whether the launch is on time with it."""
    late = lateness(made.after, id)
    for at, part in enumerate(parts_of(made)):
        yield ((visible(part.text), PART_ROLES[part.role]),)
        if at == 0:
            yield ((f"{id} still {late.brief} late", "critical") if late else ("on time", "good"),)
    if not made.changes.of("new") and not made.changes.of("worse"):
        yield (("new: none", "dim"),)


# --- figures --------------------------------------------------------------------------------------


def _day(plan: Plan, day: date) -> str:
    return date_text(day, plan.as_of)


def _money(shown: ReachShown, amount: float) -> str:
    return visible(money_short(amount, shown.currency))


def _signed(shown: ReachShown, amount: float) -> str:
    return f"{'+' if amount > 0 else MINUS}{_money(shown, abs(amount))}"
