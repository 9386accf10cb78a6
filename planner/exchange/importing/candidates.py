"""What words of a file may name of its own work: by key, row and title, exactly or nearly.

Words are compared without case, accents and punctuation. What names one initiative exactly, or one
title but for a slip of the keyboard, is that; all else has candidates, the likeliest first, by the
words they share: a word that few titles have counts more, an abbreviation is its words, and a
department or team that is named leaves only its own work.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nsmallest
from typing import Any, NamedTuple

from planner.analysis.importing import Candidate, Incoming
from planner.roadmap.ids import all_nearest, plain_letters
from planner.roadmap.sides import STANDARD

MOST = 3
"""Candidates of one phrase."""
MOST_WORDS = 12
"""A longer title is not looked for in sentences."""
LEAST_SCORE = 0.3
"""The share of what words say that a candidate has to have in common with them."""
STEM = 4
"""Letters of a word that another one begins with, so that both count as one."""
_LITTLE = """
a an the of for to in on at by with from and or is be our we it its this that new all
der die das den dem des ein eine einer eines einem von vom zu zum zur im am mit und oder ist
fur uber auf aus bei nach wir unser
le la les l un une de du des d et ou au aux en pour par sur avec est notre
el los las lo una y o del al con es nuestro
"""
LITTLE = frozenset(_LITTLE.split())
"""Words that say nothing about which work is meant."""
_WORD = re.compile(r"[\w/+&-]+")
_DIGRAPHS = re.compile("([aou])e")


def folded(text: str) -> str:
    """A name without case, accents and punctuation: ``Consent-API (v2)`` is ``consent api v2``."""
    return " ".join(re.findall(r"\w+", plain_letters(text).replace("_", " ")))


def spelled_out(text: str) -> str:
    """A folded name, alike for ``ü`` and ``ue``."""
    return _DIGRAPHS.sub(r"\1", folded(text))


class Said(NamedTuple):
    """The words of a name that say which work is meant, and the first letters of all."""

    words: tuple[str, ...]
    initials: str


MOST_SAID = 32
"""Words of a name that are compared."""


def said(text: str) -> Said:
    """What a name says; all of its words count where none says which work is meant."""
    found = folded(text).split()[:MOST_SAID]
    telling = tuple(word for word in found if word not in LITTLE)
    return Said(telling or tuple(found), "".join(word[0] for word in found))


class Names:
    """All that the initiatives of a file can be named by."""

    def __init__(self, incoming: Incoming) -> None:
        self._tables = incoming.tables
        self._rows = {row: id for id, row in incoming.rows.items()}
        self._above = min(incoming.rows.values(), default=2) - 1
        self.initiatives: Mapping[str, Any] = incoming.tables.get("initiatives", {})
        self._by_key: dict[str, list[str]] = {}
        for id, key in incoming.keys.items():
            self._by_key.setdefault(_key(key), []).append(id)
        for id, one in self.initiatives.items():
            urls = one.get("urls", [])
            for url in [urls] if isinstance(urls, str) else urls:
                self._by_key.setdefault(_key(url), []).append(id)
        self._by_title: dict[str, list[str]] = {}
        self._nearly: Mapping[str, str] = {}
        for id in self.initiatives:
            for name in dict.fromkeys((folded(self.title(id)), folded(id))):
                self._by_title.setdefault(name, []).append(id)

    def title(self, id: str) -> str:
        """What an initiative of the file is called."""
        return str(self.initiatives.get(id, {}).get("title", id))

    @property
    def has_numbers(self) -> bool:
        """Whether the file numbers its rows itself."""
        return any(key.isdigit() for key in self._by_key)

    def exact(self, name: str) -> list[str]:
        """The initiatives that a key, a number or a title names; several share a title."""
        if found := self._by_key.get(_key(name)):
            return found
        if found := self._by_title.get(folded(name)) or self._by_spelling.get(spelled_out(name)):
            return found
        number = _NUMBER.fullmatch(name.strip())
        id = None
        if number and number["row"]:
            id = self._rows.get(int(number["n"]))
        elif number and self.has_numbers:
            return self._by_key.get(number["n"], [])
        elif number:
            id = self._rows.get(self._above + int(number["n"]))
        return [id] if id else []

    def count_by(self, asked: Sequence[tuple[int, int]]) -> str:
        """Count the rows of work, as Microsoft Project does, or those of the sheet, whichever fits
        the numbers that rows name, and say so. `asked` are rows, each with a number.
        """

        def misfits(above: int) -> int:
            return sum(self._rows.get(n + above) is None or n + above == row for row, n in asked)

        if not asked or self.has_numbers:
            return ""
        in_the_sheet = misfits(0) < misfits(self._above)
        self._above = 0 if in_the_sheet else self._above
        what = "the rows of the sheet" if in_the_sheet else "the rows of work"
        number = min(n for _, n in asked)
        id = self._rows.get(number + self._above)
        example = f": {number} is “{self.title(id)}”" if id else ""
        return f"numbers of dependencies count {what}{example}"

    def expect(self, names: Iterable[str]) -> None:
        """Look at once for what is nearly each of the names that `named` will be asked for: each
        alone would be compared with all titles, 30 s for 2,000 rows with a slip.
        """
        asked = (spelled_out(name) for name in names)
        long = (each for each in asked if len(each) > STEM and each not in self._by_spelling)
        self._nearly = all_nearest(long, self._by_spelling)

    def named(self, name: str) -> list[str]:
        """As `exact`; where that is nothing, the one title that is nearly the name, if expected."""
        found = self.exact(name)
        near = None if found else self._nearly.get(spelled_out(name))
        return found if near is None else self._by_spelling[near]

    @cached_property
    def _by_spelling(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, ids in self._by_title.items():
            found.setdefault(_DIGRAPHS.sub(r"\1", name), []).extend(ids)
        return {name: list(dict.fromkeys(ids)) for name, ids in found.items()}

    def mentions(self, sentence: str, *, whole: bool) -> Iterator[str]:
        """The words of a sentence that name work: whole titles, the longest first, and unless they
        have to be `whole`, words and abbreviations that one title alone has.
        """
        words = list(_WORD.finditer(sentence))
        taken: set[int] = set()
        for size in range(min(len(words), self._longest), 0, -1):
            for at in range(len(words) - size + 1):
                span = range(at, at + size)
                name = sentence[words[at].start() : words[at + size - 1].end()]
                if taken.isdisjoint(span) and self._is_mention(name, whole=whole):
                    taken.update(span)
                    yield name

    def _is_mention(self, name: str, *, whole: bool) -> bool:
        short = folded(name)
        if self._by_title.get(short) or self._by_spelling.get(spelled_out(name)):
            return not whole or len(short) > STEM
        if whole or " " in short:
            return False
        if name.isupper() and short in self._having_initials:
            return True
        is_long = len(short) > STEM and short not in LITTLE
        return is_long and name[0].isupper() and len(self._having_word.get(short, ())) == 1

    @cached_property
    def _longest(self) -> int:
        """Words of the longest title, of those that a sentence may have whole."""
        return min(MOST_WORDS, max((len(name.split()) for name in self._by_title), default=0))

    def is_party(self, name: str) -> bool:
        """Whether the file knows a department, team or person of this name."""
        return self._given_by(name) is not None

    # --- candidates -------------------------------------------------------------------------------

    def candidates(self, names: str, successor: str, given_by: str = "") -> tuple[Candidate, ...]:
        """What words may mean for an initiative, at most three; `given_by` is whose work it is."""
        asked = said(names)
        own = self._given_by(given_by)
        scores = self._scores(asked) | dict.fromkeys(self.exact(names), 1.0)
        likely = (
            id
            for id, score in scores.items()
            if score >= LEAST_SCORE and id != successor and (own is None or id in own)
        )
        found = [
            Candidate(id, self.title(id), score=scores[id])
            for id in nsmallest(MOST, likely, key=lambda id: -scores[id])
        ]
        found += self._systems(asked)
        found.sort(key=lambda each: (-each.score, each.kind))
        return tuple(found[:MOST])

    def _scores(self, asked: Said) -> dict[str, float]:
        """The share of the words that each title has, a little less for one that says more."""
        weights = [self._weight(word) for word in asked.words]
        shared: dict[str, float] = {}
        for word, weight in zip(asked.words, weights, strict=True):
            for id, alike in self._having(word, asked).items():
                shared[id] = shared.get(id, 0.0) + weight * alike
        whole = sum(weights)
        more = {id: max(0, len(self._titles[id].words) - len(asked.words)) for id in shared}
        return {id: round(sum / whole - 0.02 * more[id], 4) for id, sum in shared.items()}

    def _having(self, word: str, asked: Said) -> dict[str, float]:
        """The titles that have a word, as it is, abbreviated or by its stem, and how much so."""
        found: dict[str, float] = {}
        short = [each for each in _initials(asked.initials) if word[0] in each]
        abbreviated = (id for each in short for id in self._having_word.get(each, ()))
        for id in (*self._having_initials.get(word, ()), *abbreviated):
            found[id] = 1.0
        for other, alike in self._alike(word).items():
            for id in self._having_word[other]:
                found[id] = max(alike, found.get(id, 0.0))
        return found

    def _alike(self, word: str) -> dict[str, float]:
        """The words of all titles that are one, or have its stem."""
        found = self._stems.get(word)
        if found is None:
            beginning = self._beginning.get(word[:STEM], ())
            each = ((other, _stem(word, other)) for other in beginning)
            found = self._stems[word] = {other: alike for other, alike in each if alike}
        return found

    @cached_property
    def _stems(self) -> dict[str, dict[str, float]]:
        return {}

    @cached_property
    def _titles(self) -> dict[str, Said]:
        return {id: said(self.title(id)) for id in self.initiatives}

    @cached_property
    def _having_word(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for id, title in self._titles.items():
            for word in dict.fromkeys(title.words):
                found.setdefault(word, []).append(id)
        return found

    @cached_property
    def _beginning(self) -> dict[str, list[str]]:
        """The words of all titles by their first letters, which words of one stem share."""
        found: dict[str, list[str]] = {}
        for word in self._having_word:
            found.setdefault(word[:STEM], []).append(word)
        return found

    @cached_property
    def _having_initials(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for id, title in self._titles.items():
            for short in _initials(title.initials):
                found.setdefault(short, []).append(id)
        return found

    def _weight(self, word: str) -> float:
        known = len(self._having_word.get(word, ()))
        return math.log(1 + (1 + len(self._titles)) / (1 + known))

    def _given_by(self, name: str) -> set[str] | None:
        """The work of a department, team or person; None for one whom the file does not know."""
        return self._work_of.get(folded(name)) if name else None

    @cached_property
    def _work_of(self) -> dict[str, set[str]]:
        """The work of each department, team and person, by id and by name."""
        called: dict[tuple[str, str], set[str]] = {
            ("portfolios", side): {side} for side in STANDARD
        }
        for kind in ("portfolios", "teams", "people"):
            for id, table in self._tables.get(kind, {}).items():
                title = str(table.get("title") or table.get("name") or id)
                called.setdefault((kind, id), set()).update((folded(id), folded(title)))
        found: dict[str, set[str]] = {name: set() for names in called.values() for name in names}
        for id in self.initiatives:
            for party in self._parties(id):
                for name in called.get(party, ()):
                    found[name].add(id)
        return found

    def _parties(self, id: str) -> Iterator[tuple[str, str]]:
        one = self.initiatives[id]
        owner = one.get("owner")
        owner = owner[0] if isinstance(owner, list) and owner else owner
        team = self._tables.get("teams", {}).get(owner, {})
        yield "portfolios", one.get("portfolio") or team.get("portfolio") or ""
        if owner:
            yield "teams", owner
            yield "people", owner

    def _systems(self, asked: Said) -> Iterator[Candidate]:
        for id, title, name in self._tools:
            if all(_alike(word, asked) for word in name.words):
                more = sum(1 for word in asked.words if not _alike(word, name))
                yield Candidate(id, title, "systems", round(0.9 - 0.2 * more, 4))

    @cached_property
    def _tools(self) -> list[tuple[str, str, Said]]:
        systems = self._tables.get("systems", {})
        titles = {id: str(table.get("title", id)) for id, table in systems.items()}
        return [(id, title, said(title)) for id, title in titles.items()]


def _key(key: str) -> str:
    return plain_letters(key).strip().lstrip("#").strip()


_NUMBER = re.compile(
    r"(?P<row>(?:row|line|zeile|ligne|fila|linea)\s*)?(?:nr|no|n|id|task|vorgang)?[.:]?\s*#?"
    r"(?P<n>\d{1,6})",
    re.IGNORECASE,
)


def _alike(word: str, name: Said) -> bool:
    return word in name.words or word in _initials(name.initials)


def _initials(letters: str) -> set[str]:
    """What abbreviates a name: its first letters, and those of three words in a row or more."""
    spans = (
        letters[at : at + size]
        for size in range(LEAST_INITIALS, MOST_INITIALS + 1)
        for at in range(len(letters) - size + 1)
    )
    return {*spans, *([letters] if len(letters) == 2 and letters not in LITTLE else [])}


LEAST_INITIALS, MOST_INITIALS = 3, 5


def _stem(one: str, other: str) -> float:
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) >= STEM and long.startswith(short):
        return 0.9
    pairs = zip(short, long, strict=False)
    same = next((at for at, (a, b) in enumerate(pairs) if a != b), len(short))
    return 0.8 if same > STEM and same >= 0.7 * len(long) else 0.0
