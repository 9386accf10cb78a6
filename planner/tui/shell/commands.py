"""What is asked for by name, and how it is found in the command palette.

What was typed is looked up, not guessed: an exact word (``w``, ``q!``, an id) comes first, then
what else people call it, then what begins so, then what has a word that begins so; letters that are
only scattered over a name count where nothing else matches. It answers from what is in memory, so
that it can be asked on every key, and with no more than what was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, islice

from msgspec import Struct

from planner.entry.fuzzy import Candidate
from planner.entry.fuzzy import places as nearest
from planner.roadmap.entities import KINDS, Roadmap
from planner.roadmap.ids import plain_letters

ONE = {
    "people": "person",
    "data": "data class",
    "freezes": "freeze",
}
"""Kinds whose singular is not the plural without its s."""

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
    synonyms: tuple[str, ...] = ()
    """What people call it who don't know its name yet."""
    reason: str | None = None
    """Why it can't be done now; None where it can."""


def one(kind: str) -> str:
    """A kind in the singular."""
    return ONE.get(kind, kind.removesuffix("s"))


def places(roadmap: Roadmap) -> list[Candidate]:
    """Everything that can be jumped to or opened by its id or title; a saved view is a command.

    Of one id in two kinds the initiative comes first: it is what the board is about.
    """
    return [
        Candidate(id, entity.label if entity.label != id else "", kind)
        for kind in sorted(KINDS, key=lambda kind: kind != "initiatives")
        if kind != "views"
        for id, entity in roadmap.table(kind).items()
    ]


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

    def begins(synonym: str) -> bool:
        return synonym.startswith(asked)

    if not asked:
        return list(commands[:MOST])
    known = [Candidate(plain_letters(each.name), _all_words(each)) for each in commands]
    known += places
    tiers: tuple[Callable[[int], bool], ...] = (
        lambda at: asked == known[at].id,
        lambda at: at < len(commands) and asked == plain_letters(commands[at].also),
        lambda at: at < len(commands) and asked in commands[at].synonyms,
        lambda at: known[at].id.startswith(asked),
        lambda at: at < len(commands) and any(map(begins, commands[at].synonyms)),
    )
    named = [islice(filter(tier, range(len(known))), MOST) for tier in tiers]
    once = dict.fromkeys(chain(*named))
    if len(once) < MOST:
        once |= dict.fromkeys(nearest(asked, known, MOST))
    return [
        commands[at] if jump is None or at < len(commands) else jump(known[at])
        for at in islice(once, MOST)
    ]


def _all_words(command: Command) -> str:
    """All that a command is found by beside its name."""
    return " ".join((command.words, *command.synonyms))
