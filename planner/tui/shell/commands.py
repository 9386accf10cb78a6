"""What the command palette offers: every action by name, themes, ids to jump to, kinds to add.

What was typed is looked up, not guessed: an exact word (``w``, ``q!``, an id) comes first, then
what begins so, then what has a word that begins so; letters that are only scattered over a name
count where nothing else matches. It answers from what is in memory, so that it can be asked on
every key, and with no more than what was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, islice

from msgspec import Struct, structs

from planner.entry.fuzzy import Candidate
from planner.entry.fuzzy import places as nearest
from planner.errors import PlannerError
from planner.query.arrangement import GROUPINGS, SORTS, saved
from planner.roadmap.entities import KINDS, SINGLES, Roadmap
from planner.roadmap.ids import plain_letters
from planner.text.visible import visible
from planner.tui.shell.actions import ACTIONS, Action
from planner.tui.shell.stage import Stage
from planner.tui.shell.themes import THEMES

ONE = {
    "people": "person",
    "data": "data class",
    "freezes": "freeze",
}
"""Kinds whose singular is not the plural without its s."""

SINGLE = {
    "roadmap": "its title, first date, calendar, currency",
    "checks": "which rules speak, how loudly, and their thresholds",
    "glossary": "the common language",
}
"""What the tables that are one for the whole roadmap hold."""

FIRST = ("save", "undo", "fixes", "edit", "add", "filter", "help", "quit")
"""What stands first while nothing is typed, where it can be done now."""

BY_KEY_ONLY = frozenset(
    (
        *("down", "up", "left", "right", "page_down", "page_up", "top", "bottom"),
        *("week_back", "week_on", "shorter", "longer", "escape", "palette"),
    )
)
"""Steps of a cursor or a bar, which nobody asks for by name."""

VERBS = {"save": "w", "quit": "q"}
"""Short words for actions, beside their labels."""

MOST = 200
"""More hits than this are not listed: another letter finds better than a long list."""


class Command(Struct, frozen=True):
    """One line of the palette: the word it is asked for by, its words, its key, and the doing."""

    name: str
    words: str
    run: Callable[[], object]
    key: str = ""
    also: str = ""
    """A second word that asks for exactly this."""
    ready: bool = True


def commands(view: Stage) -> list[Command]:
    """Everything that can be asked for by name in a view, the most useful first."""
    actions = [ACTIONS[id] for id in view.actions() if id not in BY_KEY_ONLY]
    found = [_of_action(view, action) for action in sorted(actions, key=_first)]
    found = [*(each for each in found if each.ready), *(each for each in found if not each.ready)]
    return [
        *found,
        *_saved_views(view),
        *_leaving(view),
        *_arranging(view),
        *_tables(view),
        *_themes(view),
    ]


def _first(action: Action) -> int:
    return FIRST.index(action.id) if action.id in FIRST else len(FIRST)


def _of_action(view: Stage, action: Action) -> Command:
    words = action.help if action.view is None else f"Go to {action.label}: {action.help}"
    run = partial(view.action_do, action.id)
    ready = action.reason(view) is None
    verb = VERBS.get(action.id, action.label)
    return Command(verb, words, run, action.shown_key, action.label, ready)


def _leaving(view: Stage) -> Iterator[Command]:
    yield Command("wq", "Save and quit", view.save_and_leave)
    yield Command("q!", "Quit, unsaved changes are lost", view.lose_and_leave)


def _saved_views(view: Stage) -> Iterator[Command]:
    for id, entity in view.plan.roadmap.views.items():
        words = ", ".join(filter(None, (entity.query, entity.group_by and f"by {entity.group_by}")))
        run = partial(_show_saved, view, id)
        yield Command(f"view: {visible(entity.label)}", visible(words), run, also=id)


def _show_saved(view: Stage, id: str) -> None:
    try:
        view.rearrange(saved(view.plan.roadmap, id))
    except PlannerError as error:
        view.say(str(error), "error")


def _arranging(view: Stage) -> Iterator[Command]:
    now = view.desk.arrangement
    for grouping in GROUPINGS:
        run = partial(view.rearrange, structs.replace(now, grouping=grouping))
        yield Command(f"group by {grouping}", "The board's headings", run)
    for sort in ("", *SORTS):
        run = partial(view.rearrange, structs.replace(now, sort=sort))
        yield Command(f"sort by {sort or 'file'}", "The board's rows under each heading", run)


def _tables(view: Stage) -> Iterator[Command]:
    for kind in KINDS:
        one = ONE.get(kind, kind.removesuffix("s"))
        many = "data classes" if kind == "data" else kind
        yield Command(f"add {one}", f"A new table of {kind}", partial(view.add, kind))
        run = partial(view.list_tables, kind)
        yield Command(f"list {many}", "Look through, add, edit", run, also=kind)
    for single in SINGLES:
        run = partial(view.edit_fields, single, "")
        yield Command(f"edit {single}", _sentence(SINGLE[single]), run, also=single)


def _themes(view: Stage) -> Iterator[Command]:
    for theme in THEMES:
        name = theme.name.removeprefix("planner-")
        run = partial(view.planner.show_theme, theme.name)
        yield Command(f"theme {name}", "Colours", run, also=name)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def places(roadmap: Roadmap) -> list[Candidate]:
    """Everything that can be jumped to or opened by its id or title.

    Of one id in two kinds the initiative comes first: it is what the board is about.
    """
    return [
        Candidate(id, entity.label if entity.label != id else "", kind)
        for kind in sorted(KINDS, key=lambda kind: kind != "initiatives")
        for id, entity in roadmap.table(kind).items()
    ]


def jump(view: Stage, place: Candidate) -> Command:
    """The command that goes to a place."""
    one = ONE.get(place.kind, place.kind.removesuffix("s"))
    run = partial(view.jump, place.kind, place.id)
    return Command(place.id, visible(place.title), run, one)


def found(
    query: str,
    commands: Sequence[Command],
    places: Sequence[Candidate] = (),
    jump: Callable[[Candidate], Command] | None = None,
) -> list[Command]:
    """The commands that a query asks for, what it names exactly first.

    Of `places` only what is found becomes a command, by `jump`: there may be ten thousand.
    """
    asked = " ".join(plain_letters(query).split())
    if not asked:
        return list(commands[:MOST])
    known = [Candidate(plain_letters(each.name), each.words) for each in commands]
    known += places
    tiers: tuple[Callable[[int], bool], ...] = (
        lambda at: asked == known[at].id,
        lambda at: at < len(commands) and asked == plain_letters(commands[at].also),
        lambda at: known[at].id.startswith(asked),
    )
    named = [islice(filter(tier, range(len(known))), MOST) for tier in tiers]
    once = dict.fromkeys(chain(*named))
    if len(once) < MOST:
        once |= dict.fromkeys(nearest(asked, known, MOST))
    return [
        commands[at] if jump is None or at < len(commands) else jump(known[at])
        for at in islice(once, MOST)
    ]
