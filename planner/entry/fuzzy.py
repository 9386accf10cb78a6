"""Fuzzy search: how well a few typed letters match an id and a title.

Words of the query may come in any order and all have to be found. A match at the beginning of the
id is nearest, then at the beginning of a word, then inside one, then letters in their order.
Accents and capitals don't matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from heapq import nsmallest

from msgspec import Struct

from planner.roadmap.ids import plain_letters

FAR = 20
"""More letters between the first and the last than this are no match."""


class Candidate(Struct, frozen=True):
    """Something that can be picked; `kind` is empty where it is no table."""

    id: str
    title: str = ""
    kind: str = ""


def rank(query: str, candidates: Iterable[Candidate], limit: int = 50) -> list[Candidate]:
    """The candidates that match, nearest first; without a query all, in their own order.

    Letters that are only scattered over a name count where nothing holds the words as typed.
    """
    known = list(candidates)
    return [known[at] for at in places(query, known, limit)]


def places(query: str, known: Sequence[Candidate], limit: int = 50) -> list[int]:
    """Where the candidates that match stand among all, the nearest first."""
    words = plain_letters(query).split()
    if not words:
        return [*range(min(limit, len(known)))]
    texts = [f"{each.id}\n{plain_letters(each.title)}" for each in known]
    for scattered in (False, True):
        found = [
            (-score, at)
            for at, text in enumerate(texts)
            if _possible(words, text, scattered)
            and (score := nearness(words, *text.split("\n", 1), scattered=scattered)) is not None
        ]
        if found:
            return [at for _, at in nsmallest(limit, found)]
    return []


def _possible(words: Iterable[str], text: str, scattered: bool) -> bool:
    """Whether id and title can match at all: most can't, and that is seen ten times as fast."""
    for word in words:
        if word not in text and not (scattered and _scattered(word).search(text)):
            return False
    return True


def nearness(
    words: Iterable[str], id: str, title: str = "", *, scattered: bool = False
) -> int | None:
    """How near these words are to an id and its title, more is nearer; None for no match."""
    total = 0
    name = plain_letters(title)
    for word in words:
        score = max(_in(word, id, 100, scattered), _in(word, name, 90, scattered))
        if not score:
            return None
        total += score
    return total - min(len(id), 20) // 4


def _in(word: str, text: str, best: int, scattered: bool) -> int:
    if word in text:
        if text == word:
            return best + 20
        if text.startswith(word):
            return best
        at = text.find(word)
        while at > 0 and text[at - 1].isalnum():
            at = text.find(word, at + 1)
        return best - 20 if at > 0 else best - 40
    if len(word) < 2 or not scattered:
        return 0
    match = _scattered(word).search(text)
    return max(1, 40 - len(match[0])) if match and len(match[0]) <= len(word) + FAR else 0


def _scattered(word: str) -> re.Pattern[str]:
    """The letters of a word in their order, with anything between them."""
    return re.compile(".*?".join(re.escape(letter) for letter in word))
