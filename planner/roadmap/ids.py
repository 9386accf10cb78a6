"""Ids: their form, the id of a title, and the known id nearest to a mistyped one.

An id is 1 to 64 lower-case letters, digits and single hyphens. Thousands of ids can be unknown at
once when only one file of a folder is opened, so candidates are excluded by length and letters
before a distance is computed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

MOST_LOOKS = 4_000
"""So often names are compared letter by letter for words that are more than one slip away."""
MAX_LENGTH = 64
PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"
ALLOWED = "lower-case letters, digits and single hyphens, at most 64"

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_ID = re.compile(r"[^a-z0-9]+")
_SPELLED = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


@lru_cache(maxsize=1 << 16)
def is_id(text: str) -> bool:
    """Whether `text` is allowed as an id.

    Cached, as lengths and links are: `check` of 10,000 takes 1.42 × the floor with these caches and
    1.52 × without (goal: 1.5).
    """
    return len(text) <= MAX_LENGTH and _ID.fullmatch(text) is not None


def id_like(text: str) -> str:
    """`text` spelled as an id: ``"Web Push!"`` is ``"web-push"``; empty when nothing is left."""
    return _NOT_ID.sub("-", plain_letters(text)).strip("-")[:MAX_LENGTH].rstrip("-")


@lru_cache(maxsize=1 << 15)
def plain_letters(text: str) -> str:
    """`text` in small letters without accents and without what can't be seen, to compare what
    people type: ``é`` is ``e``, ``ß`` is ``ss``. Cached: every title is asked at each key.
    """
    small = text.casefold()
    if small.isascii():
        return small
    parts = unicodedata.normalize("NFKD", small.translate(_SPELLED))
    return "".join(char for char in parts if not _goes_unseen(char))


def as_one_word(text: str) -> str:
    """A name without what makes no difference to what it names: case, accents, blanks, hyphens.

    Capabilities, skills, KPIs and choices are compared so.
    """
    return re.sub(r"[\s_‐‑–—-]+", "", plain_letters(text))


def _goes_unseen(char: str) -> bool:
    return bool(unicodedata.combining(char)) or unicodedata.category(char) == "Cf"


def make_id(title: str, taken: Collection[str], noun: str = "initiative") -> str:
    """A new id for `title` that is not in `taken`; a clash gets ``-2``, ``-3`` and so on.

    A title without Latin letters is numbered from ``initiative-2`` on (`noun` names its kind).
    """
    base = id_like(title)
    if not re.search("[a-z]", base):
        base, free = noun, False
    else:
        free = base not in taken
    number = 2
    made = base
    while not free:
        suffix = f"-{number}"
        made = base[: MAX_LENGTH - len(suffix)].rstrip("-") + suffix
        free = made not in taken
        number += 1
    return made


def nearest(word: str, candidates: Iterable[str], *, loose: bool = False) -> str | None:
    """The candidate that `word` most likely meant, or None.

    A near word is a slip of the keyboard away: one edit (insert, drop, replace, swap) from 4
    letters on, two from 8, but not another number or another short part (``team-a`` is not near
    ``team-b``, ``erp`` not near ``esp``), unless that has two letters swapped (``crm-odl`` is near
    ``crm-old``): those are different names. `loose` is for suggestions
    about a word that is known to be wrong: one that shares whole parts (``consent`` for
    ``consent-center``) or is one edit further off is offered too.
    """
    words = [candidate for candidate in candidates if candidate != word]
    near = _near(word, words)
    if near is None:
        return _alike(word, words) if loose else None
    return near[1]


def all_nearest(
    words: Iterable[str], candidates: Collection[str], *, loose: bool = False
) -> dict[str, str]:
    """What `nearest` finds for each of many words that are no candidates; without those of none.

    What is one slip away is found at once, by what both are without one letter. What is further off
    has to be compared with everything, so for all words together only `MOST_LOOKS` are had: words
    after that have no near one.
    """
    asked = dict.fromkeys(words)
    one_slip = _one_slip(asked, candidates) if asked else {}
    looks = _Looks(candidates)
    found: dict[str, str] = {}
    for word in asked:
        near = _near(word, one_slip.get(word, ()))
        if near is None or near[0] > 1:
            near = _near(word, looks.at(looks.two_slips(word))) or near
        guess = _alike(word, looks.at(looks.alike(word))) if near is None and loose else None
        if meant := near[1] if near is not None else guess:
            found[word] = meant
    return found


def _one_slip(words: Iterable[str], candidates: Iterable[str]) -> dict[str, list[str]]:
    """For each word the candidates that are one edit away, and some that are two."""
    rests: dict[str, list[str]] = {}
    for word in words:
        for rest in _rests(_shape(word)[0]):
            rests.setdefault(rest, []).append(word)
    found: dict[str, list[str]] = {}
    for candidate in candidates:
        near = (word for rest in _rests(_shape(candidate)[0]) for word in rests.get(rest, ()))
        for word in dict.fromkeys(near):
            found.setdefault(word, []).append(candidate)
    return found


def _rests(spelled: str) -> set[str]:
    """A word, and what it is without one letter, or without its hyphens: two words that share none
    of it are more than one edit apart.
    """
    rests = {spelled, spelled.replace("-", "")}
    if len(spelled) <= 2 * MAX_LENGTH:
        rests.update(spelled[:at] + spelled[at + 1 :] for at in range(len(spelled)))
    return rests


class _Looks:
    """Candidates that have to be looked at letter by letter, as long as looks are left."""

    def __init__(self, candidates: Iterable[str]) -> None:
        self._left = MOST_LOOKS
        self._candidates = [(candidate, *_shape(candidate)) for candidate in candidates]

    def at(self, chosen: Iterable[str]) -> list[str]:
        """The chosen ones; none once no looks are left."""
        if self._left <= 0:
            return []
        found = list(chosen)
        self._left -= len(found) + len(self._candidates) // 64
        return found if self._left >= 0 else []

    def two_slips(self, word: str) -> Iterator[str]:
        """What could be two slips away."""
        spelled, length, letters = _shape(word)
        limit = _slips(length)
        digits = _digits(spelled)
        for candidate, other, other_length, other_letters in self._candidates if limit > 1 else ():
            if (
                abs(length - other_length) <= limit
                and (letters ^ other_letters).bit_count() <= 2 * limit
                and digits == _digits(other)
            ):
                yield candidate

    def alike(self, word: str) -> Iterator[str]:
        """What could be a loose guess."""
        spelled, length, letters = _shape(word)
        most, parts = 2 * (_slips(length) + 1), set(spelled.split("-"))
        for candidate, other, other_length, other_letters in self._candidates:
            close = (
                abs(length - other_length) <= 2 and (letters ^ other_letters).bit_count() <= most
            )
            if close or not parts.isdisjoint(other.split("-")):
                yield candidate


def _near(word: str, candidates: Iterable[str]) -> tuple[int, str] | None:
    spelled, length, letters = _shape(word)
    limit = _slips(length)
    best: tuple[int, str] | None = None
    for candidate in candidates:
        other, other_length, other_letters = _shape(candidate)
        if abs(length - other_length) > limit + 1:
            continue
        if (letters ^ other_letters).bit_count() > 2 * limit + 1:
            continue
        distance = _slip_distance(spelled, other, limit)
        if distance is not None and (best is None or (distance, candidate) < best):
            best = (distance, candidate)
    return best


def _slip_distance(word: str, other: str, limit: int) -> int | None:
    """Edits between two names where they look like one name mistyped, else None."""
    if word.replace("-", "") == other.replace("-", ""):
        return 0
    mine, theirs = word.split("-"), other.split("-")
    if len(mine) != len(theirs):
        return _distance(word, other, limit) if _digits(word) == _digits(other) else None
    total = 0
    for part, other_part in zip(mine, theirs, strict=True):
        if part == other_part:
            continue
        if _digits(part) != _digits(other_part):
            return None
        slips = _distance(part, other_part, _slips(max(len(part), len(other_part))))
        if slips is None and len(mine) > 1 and _swapped(part, other_part):
            slips = 1
        if slips is None:
            return None
        total += slips
    return total if total <= max(limit, 1) else None


def _swapped(part: str, other: str) -> bool:
    """Whether two parts of three letters are one with two neighbours swapped (``odl``, ``old``)."""
    if len(part) != len("old"):
        return False
    return other in (part[1] + part[0] + part[2], part[0] + part[2] + part[1])


def _alike(word: str, candidates: Iterable[str]) -> str | None:
    """A looser guess, for suggestions only: all parts of the word, else one edit further off."""
    spelled, length, _ = _shape(word)
    parts = set(spelled.split("-")) - {""}
    best: tuple[int, int, str] | None = None
    for candidate in candidates:
        other, other_length, _ = _shape(candidate)
        theirs = set(other.split("-"))
        rank = None
        if parts and parts <= theirs:
            rank = (1, abs(length - other_length))
        elif abs(length - other_length) <= 2:
            distance = _distance(spelled, other, _slips(length) + 1) if length > 3 else None
            rank = None if distance is None else (0, distance)
        if rank is not None and (best is None or (*rank, candidate) < best):
            best = (*rank, candidate)
    return best[2] if best else None


@lru_cache(maxsize=1 << 16)
def _shape(word: str) -> tuple[str, int, int]:
    """The word folded to an id's letters, its length, and its set of letters as bits."""
    spelled = word.casefold().replace("_", "-").replace(" ", "-")
    letters = 0
    for char in spelled:
        letters |= 1 << (ord(char) & 63)
    return spelled, len(spelled), letters


def _slips(length: int) -> int:
    return 0 if length < 4 else 1 if length < 8 else 2


def _digits(word: str) -> str:
    return "".join(char for char in word if char.isdigit())


def _distance(word: str, other: str, limit: int) -> int | None:
    """Edits from `word` to `other` (a swap of neighbours is one), or None when above `limit`."""
    if abs(len(word) - len(other)) > limit or max(len(word), len(other)) > 2 * MAX_LENGTH:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, char in enumerate(word, 1):
        before, last, row = row, before, [i]
        for j, other_char in enumerate(other, 1):
            cost = min(row[-1] + 1, before[j] + 1, before[j - 1] + (char != other_char))
            swapped = i > 1 and j > 1 and char == other[j - 2] and word[i - 2] == other_char
            row.append(min(cost, last[j - 2] + 1) if swapped else cost)
        if min(row) > limit:
            return None
    return row[-1] if row[-1] <= limit else None
