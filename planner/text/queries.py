"""Ids in the queries of saved views, and queries after a rename.

The filter language is `planner.query.filters`'; here it is known only as far as a term can name a
table: ``owner:crm``, ``-part_of:web,app``, ``@needs:profile-api``. A word without a key, a
beginning of an id, and anything in quotes with a key inside are words to look for, and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from planner.roadmap.fields import references

_TOKEN = re.compile(
    r'[-!(]*@?[A-Za-z][\w-]*\s*(?:!=|:|=)\s*(?:"[^"]*"?|[^\s"]|(?<=,)\s+)+|(?:"[^"]*"?|[^\s"])+'
)
_TERM = re.compile(r"([-!(]*(@?[A-Za-z][\w-]*)\s*(?:!=|:|=)\s*)(.+)", re.DOTALL)
_VALUE = re.compile(r'(?:"[^"]*"?|[^,"\s])+')
_BARE = re.compile(r"[\w-]+")

_ALSO: Mapping[str, tuple[str, ...]] = {
    "initiatives": ("id", "@needs", "@feeds"),
    "systems": ("system",),
    "data": ("data",),
    "teams": ("waits",),
    "people": ("waits",),
    "portfolios": ("waits",),
}
"""Keys of the filter language that are no keys of an initiative and hold ids."""

_WORDS = {"group": "part_of", "side": "portfolio", "outcome": "outcomes", "need": "needs"}
"""Words of the filter language for a key of an initiative that holds ids."""


def asking(views: Mapping[str, Any], kind: str, id: str) -> Iterator[str]:
    """The views whose query names an id of `kind`."""
    for name, view in views.items():
        query = view.get("query") if isinstance(view, Mapping) else None
        if isinstance(query, str) and query_renamed(query, kind, id, id + "-") != query:
            yield name


def query_renamed(query: str, kind: str, old: str, new: str) -> str:
    """A query with `old` of `kind` called `new` in every term that names it."""
    keys = keys_naming(kind)

    def term(token: re.Match[str]) -> str:
        match = _TERM.fullmatch(token[0])
        if match is None or match[2].casefold() not in keys:
            return token[0]
        return match[1] + _VALUE.sub(lambda value: _renamed(value[0], old, new), match[3])

    return _TOKEN.sub(term, query)


def _renamed(value: str, old: str, new: str) -> str:
    """One of a term's values; its quotes stay, and a name that needs some gets them."""
    bare = value.rstrip(")") if value.replace('"', "").casefold() != old.casefold() else value
    if bare.replace('"', "").casefold() != old.casefold():
        return value
    said = f'"{new}"' if '"' in value or not _BARE.fullmatch(new) else new
    return said + value[len(bare) :]


def keys_naming(kind: str) -> frozenset[str]:
    """The keys of the filter language whose values are ids of `kind`."""
    held = {key for key, kinds in references("initiatives").items() if kind in kinds}
    words = {word for word, key in _WORDS.items() if key in held}
    return frozenset({*held, *words, *_ALSO.get(kind, ())})
