"""Words of the glossary in other texts: where they stand, and what they mean to each side.

A term is found whatever its case, with a hyphen for a blank or the other way round, and with a
plural ``s``; never inside another word. Where two terms overlap, the longer one counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from msgspec import Struct

from planner.plan.model import Plan
from planner.roadmap.entities import Term


class Place(Struct, frozen=True):
    """Where a term stands in a text: characters from `start` up to `end`, not included."""

    start: int
    end: int
    term: str


def places(text: str, glossary: Iterable[str]) -> list[Place]:
    """Every place of a term in a text, in order."""
    names = tuple(glossary)
    if not names or not text:
        return []
    pattern, terms = _compiled(names)
    return [
        Place(found.start(), found.end(), terms[_key(found.group(1))])
        for found in pattern.finditer(text)
    ]


def used(texts: Iterable[str], glossary: Iterable[str]) -> list[str]:
    """The terms that stand in any of these texts, in order of their first place."""
    names = tuple(glossary)
    return list(dict.fromkeys(place.term for text in texts for place in places(text, names)))


@lru_cache(maxsize=8)
def _compiled(names: tuple[str, ...]) -> tuple[re.Pattern[str], Mapping[str, str]]:
    terms = {_key(name): name for name in reversed(names) if name.strip()}
    longest = sorted(terms, key=len, reverse=True)
    words = "|".join(r"[\s-]+".join(map(re.escape, key.split(" "))) for key in longest)
    return re.compile(rf"(?<![\w-])({words or '(?!)'})s?(?![\w-])", re.IGNORECASE), terms


def _key(text: str) -> str:
    return " ".join(re.split(r"[\s-]+", text.strip())).lower()


def differs(term: Term) -> bool:
    """Whether the two sides mean different things by it, and have not agreed on one."""
    said = {text.casefold() for text in (term.marketing, term.it) if text}
    return len(said) > 1 and not term.agreed


def texts_of(plan: Plan, kind: str, id: str) -> list[str]:
    """The words that the file has about a table, with those of the outcomes that it is for."""
    entity = plan.roadmap.table(kind).get(id) if kind else None
    if entity is None:
        return []
    keys = ("title", "notes", "why", "kpi", "hypothesis", "choice")
    found = [getattr(entity, key, None) for key in keys]
    for need in getattr(entity, "needs", ()):
        found += [need.delivers, need.why]
    for outcome in getattr(entity, "outcomes", ()):
        found += texts_of(plan, "outcomes", outcome)
    return [text for text in found if text]
