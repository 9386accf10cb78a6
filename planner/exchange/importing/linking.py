"""Links of a file: what its dependency columns name, in the words of people and of their tools.

A cell names work by title, key or number, several at once, each with a type and a lag as Microsoft
Project writes them in four languages: ``3;5FS+2 days``, ``4EE+3 Tage``, ``#12 and Consent, v2``.
What names nothing that is there is kept as a phrase, to be asked; nothing is dropped unsaid. Links
never close a circle: the last one of it becomes a loss, so that what comes of it has dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, structs

from planner.analysis.importing import Incoming, Link, Loss, Phrase
from planner.exchange.importing.candidates import Names
from planner.exchange.importing.lags import TYPES, UNIT, lag_behind, lag_of, split
from planner.exchange.importing.phrases import (
    named_in,
    phrases_in,
    speaks_against,
    without_trigger,
)

_NOTHING = """
- – — / . x 0 n/a na none no nil keine keiner kein nein aucun aucune non ninguna ninguno
"""
NOTHING = frozenset(_NOTHING.split())
"""Cells of a dependency column that say that there is none."""


class Text(Struct, frozen=True):
    """A cell that may name other work: of a dependency column, or a title, note or comment."""

    row: int
    column: str
    id: str
    """The initiative of the row."""
    words: str
    is_dependency: bool = False
    is_successor: bool = False
    """Of a dependency column: the work named there waits for this initiative."""


def linked(incoming: Incoming, texts: Sequence[Text]) -> Incoming:
    """`incoming` with the links that cells name outright, and phrases for what may be others."""
    names = Names(incoming)
    long = [each for each in texts if len(each.words) > MOST_SEARCHED]
    texts = [structs.replace(each, words=each.words[:MOST_SEARCHED]) for each in texts]
    note = names.count_by([*_numbers(texts)])
    found: list[Link | Phrase | Loss] = [_cut(each) for each in long]
    most = MORE_PIECES + max((len(_pieces(names.title(id))) for id in names.initiatives), default=1)
    cells = [(text, [*_of_a_cell(text, names, most)]) for text in texts]
    names.expect(name for _, terms in cells for words in terms for name in _names_of(words))
    for text, terms in cells:
        if not text.is_dependency:
            found += _of_words(text, names)
        for words in terms:
            found += _of_a_term(text, words, names)
    links, losses = without_circles(
        (*incoming.links, *(each for each in found if isinstance(each, Link)))
    )
    return structs.replace(
        incoming,
        links=tuple(links),
        phrases=(*incoming.phrases, *(each for each in found if isinstance(each, Phrase))),
        losses=(*incoming.losses, *(each for each in found if isinstance(each, Loss)), *losses),
        notes=(*incoming.notes, *([note] if note else [])),
    )


MOST_SEARCHED = 4_000
"""Characters of a cell that are searched for other work."""


def _cut(text: Text) -> Loss:
    beyond = text.words[MOST_SEARCHED:]
    why = f"only its first {MOST_SEARCHED:,} characters are searched for other work"
    return Loss(text.row, text.column, f"{beyond[:80]}{'…' * (len(beyond) > 80)}", why)


def _numbers(texts: Iterable[Text]) -> Iterator[tuple[int, int]]:
    """The rows with the numbers that their dependencies name."""
    for text in texts:
        if text.is_dependency:
            for first, last in _pieces(text.words):
                name = _names_of(text.words[first:last])[-1].lstrip("#")
                if name.isdecimal() and name.isascii() and len(name) <= MOST_DIGITS:
                    yield text.row, int(name)


MOST_DIGITS = 6
MORE_PIECES = 2
"""Pieces that a trigger and a lag add to a title: ``erst, wenn Shop fertig + 2 days``."""


def _of_words(text: Text, names: Names) -> Iterator[Phrase]:
    is_title = text.words.strip() == names.title(text.id)
    return phrases_in(text.row, text.column, text.id, text.words, names, is_title=is_title)


# --- circles --------------------------------------------------------------------------------------


def without_circles(
    links: Iterable[Link], before: Iterable[tuple[str, str]] = ()
) -> tuple[list[Link], list[Loss]]:
    """The links that are new and close no circle with those before them, and why others do not.

    `before` are (predecessor, successor) that hold anyway.
    """
    kept: list[Link] = []
    losses: list[Loss] = []
    after: dict[str, list[str]] = {}
    for pred, succ in before:
        after.setdefault(pred, []).append(succ)
    there: dict[tuple[str, str, str], Link] = {}
    for link in links:
        pair = (link.predecessor, link.successor, link.type)
        if pair in there:
            if there[pair].lag != link.lag:
                losses.append(_loss(link, f"the same link has the lag {there[pair].lag or '0d'}"))
            continue
        way = _way(after, link.successor, link.predecessor)
        if way is None:
            kept.append(link)
            there[pair] = link
            after.setdefault(link.predecessor, []).append(link.successor)
        elif len(way) == 1:
            losses.append(_loss(link, "an initiative can't wait for itself"))
        else:
            ring = " → ".join((*way, way[0]))
            losses.append(_loss(link, f"the last link of a circle: {ring}"))
    return kept, losses


def _loss(link: Link, why: str) -> Loss:
    return Loss(link.row, "", link.words, why)


def _way(after: dict[str, list[str]], first: str, last: str) -> list[str] | None:
    """The initiatives from one to another along the links; None where there is no way."""
    came: dict[str, str] = {first: ""}
    waiting = [first]
    while waiting and last not in came:
        here = waiting.pop()
        for each in after.get(here, ()):
            if each not in came:
                came[each] = here
                waiting.append(each)
    if last not in came:
        return None
    way = [last]
    while came[way[-1]]:
        way.append(came[way[-1]])
    return way[::-1]


# --- a cell of a dependency column ----------------------------------------------------------------


def _of_a_cell(text: Text, names: Names, most: int) -> Iterator[str]:
    """The terms that a cell of a dependency column has; others have none."""
    if not text.is_dependency or _is_nothing(text.words):
        return
    for words in _terms(text.words, names, most):
        if not _is_nothing(words):
            yield words


def _is_nothing(words: str) -> bool:
    said = words.casefold().strip()
    return said in NOTHING or not said


_BETWEEN = re.compile(
    r"\s*(?:[;\n\r|]+|,(?!\d+\s*(?:[a-zä]+\b))|\s/\s|/|\b(?:and|und|et|y)\b|\s&\s|\s\+\s(?!"
    rf"\d+(?:[.,]\d+)?\s*{UNIT}(?!\w)))\s*",
    re.IGNORECASE,
)
"""What stands between two names of a cell; no comma of a decimal number with its unit."""


_ADDRESS = re.compile(r"\(?\b[a-z][a-z+]*://[^\s,;|)]+\)?", re.IGNORECASE)


def _terms(words: str, names: Names, most: int) -> Iterator[str]:
    """The names of a cell: as many words at once as name something, else each by itself. No name
    has more than `most` pieces.

    An address beside a name says no more than the name; alone it names something itself.
    """
    if addresses := _ADDRESS.findall(words):
        words = _ADDRESS.sub("", words)
        if not words.strip(" ,;|\n\r"):
            yield from addresses
            return
    pieces = _pieces(words)
    at = 0
    while at < len(pieces):
        ends = range(min(len(pieces), at + most), at, -1)
        spans = (words[pieces[at][0] : pieces[end - 1][1]] for end in ends)
        end = next((e for e, s in zip(ends, spans, strict=True) if _names_one(s, names)), at + 1)
        yield words[pieces[at][0] : pieces[end - 1][1]].strip()
        at = end


def _pieces(words: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for match in _BETWEEN.finditer(words):
        found.append((start, match.start()))
        start = match.end()
    found.append((start, len(words)))
    return [(first, last) for first, last in found if words[first:last].strip()]


def _names_one(words: str, names: Names) -> bool:
    return any(names.exact(each) for each in (words, *_names_of(words)))


def _names_of(words: str) -> list[str]:
    """What a term may name: as it stands there, and without an ``after`` or ``nach`` before it."""
    return [split(each)[0] for each in dict.fromkeys((words, without_trigger(words)[0]))]


def _of_a_term(text: Text, words: str, names: Names) -> Iterator[Link | Phrase | Loss]:
    found, type, lag, is_before = _meant(words, names)
    if len(found) != 1:
        yield _asked(text, words, names)
        return
    written, why = lag_of(lag)
    if why:
        yield Loss(text.row, text.column, words, why)
    is_first = text.is_successor or is_before
    pred, succ = (text.id, found[0]) if is_first else (found[0], text.id)
    yield Link(text.row, succ, pred, words, TYPES.get(type, "FS"), written)


def _meant(words: str, names: Names) -> tuple[list[str], str, str, bool]:
    """The initiatives that a term names, the type, the lag, and whether they wait for the row."""
    bare, is_before, length = without_trigger(words)
    for said, waits, first in dict.fromkeys(((words, False, ""), (bare, is_before, length))):
        if whole := names.exact(said):
            return whole, "", first, waits
        name, type, lag = split(said)
        if found := names.named(name):
            return found, type, lag or first, waits
    return [], "", "", False


def _asked(text: Text, words: str, names: Names) -> Phrase:
    """The phrase of a term that names no work outright."""
    is_name = bool(names.exact(words))
    named = None if is_name else named_in(words, names)
    bare, type, lag = (words, "", "") if is_name else split(words)
    name, given_by, is_before, length = named or (bare, "", False, "")
    if not is_name and named is None and speaks_against(words):
        name = ""
    return Phrase(
        text.row,
        text.column,
        text.id,
        words,
        lag_behind(name)[0],
        names.candidates(lag_behind(name)[0], text.id, given_by) if name else (),
        text.is_successor or is_before,
        TYPES.get(type, "FS"),
        length or lag_of(lag)[0],
        is_dependency=True,
    )
