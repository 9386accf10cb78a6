"""Suggestions for the word under the cursor: ids, choices, or a new table."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from planner.entry.context import Around
from planner.entry.fuzzy import Candidate, rank
from planner.entry.shapes import NOUNS, Field
from planner.entry.values import CLEARS
from planner.roadmap.ids import id_like, is_id
from planner.roadmap.references import IMPLIED
from planner.text.editing import from_edited
from planner.text.visible import visible

MOST = 6
"""Suggestions shown at once."""

REFERRING = (
    "reference",
    "references",
    "needs",
    "days by id",
    "numbers by id",
    "number or by id",
    "money",
)
CREATED = (*sorted(IMPLIED), "groups", "outcomes", "decisions")
"""Kinds of which a table can be made in place: a row with a title says enough."""


class Suggestion(Struct, frozen=True):
    """A word to put in place of the text from `start` to `end`."""

    word: str
    title: str
    start: int
    end: int
    create: tuple[str, str] | None = None
    """(kind, title) of a table that is made with the same save."""


def suggestions(field: Field, text: str, cursor: int, around: Around) -> list[Suggestion]:
    """What the word before the cursor could be, nearest first; empty where any text may stand."""
    if field.shape not in REFERRING:
        return []
    start, end = span(field, text, cursor)
    typed = from_edited(text[start:end]).strip()
    known = around.titles(field.kinds)
    if typed in known or typed.casefold() in CLEARS:
        return []
    taken = set(re.findall(r"[a-z0-9-]+", text[:start] + text[end:]))
    free = [Candidate(id, title) for id, title in known.items() if id not in taken]
    found = [
        Suggestion(each.id, visible(each.title) if each.title != each.id else "", start, end)
        for each in rank(typed, free, MOST)
    ]
    made = _creation(field, typed, start, end, known)
    return [*found[: MOST - 1], made] if made is not None else found


def asks_for_all(text: str, cursor: int) -> bool:
    """Whether a blank stands before the cursor where a word begins: it asks for all there is."""
    before = text[:cursor]
    word = before.rstrip(" ")
    return word != before and (not word or word.endswith((",", "\n")))


def _creation(
    field: Field, typed: str, start: int, end: int, known: Mapping[str, str]
) -> Suggestion | None:
    """A new table of the kind that is named first; None where the word is a number or a length
    rather than the name of something.
    """
    kind = field.kinds[0]
    id = typed if is_id(typed) else id_like(typed)
    if not id or not id[0].isalpha() or id in known or kind not in CREATED:
        return None
    return Suggestion(id, f"create {NOUNS[kind]} '{id}'", start, end, (kind, typed))


def span(field: Field, text: str, cursor: int) -> tuple[int, int]:
    """Where the word (an id, or a title typed for one) before the cursor begins and ends."""
    if field.shape == "reference":
        return 0, len(text)
    line = text.rfind("\n", 0, cursor) + 1
    if field.shape == "needs" and ";" in text[line:cursor]:
        return cursor, cursor
    start = max(text.rfind(each, 0, cursor) for each in ",\n") + 1
    ends = [at for each in ",;\n" if (at := text.find(each, cursor)) >= 0]
    end = min(ends, default=len(text))
    while start < end and text[start] == " ":
        start += 1
    if field.shape != "references":
        # Only the id is looked for: what follows it is a link, a day or a number.
        blank = text.find(" ", start, end)
        if 0 <= blank < cursor:
            return cursor, cursor
        end = blank if blank >= 0 else end
    return start, end


def put(suggestion: Suggestion, text: str) -> tuple[str, int]:
    """The text with the suggestion in it, and where the cursor stands then."""
    before, after = text[: suggestion.start], text[suggestion.end :]
    return before + suggestion.word + after, len(before) + len(suggestion.word)
