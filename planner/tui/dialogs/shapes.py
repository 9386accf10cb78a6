"""What each field of a table takes, read from the format's own structs.

A form is made from these: nothing here names a key of the format, so that a new key has its editor
as soon as it is in the structs.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from msgspec import Struct

from planner.roadmap import fields as format_fields
from planner.roadmap.fields import Form

Shape = Literal[
    "text",
    "long",
    "date",
    "length",
    "estimate",
    "number",
    "bool",
    "choice",
    "choices",
    "reference",
    "references",
    "strings",
    "days by id",
    "numbers by id",
    "money",
    "needs",
    "days",
    "readings",
    "as written",
]
"""How a field is typed. ``days`` and ``readings`` are dates with a name or a number, one a line;
``money`` is a number, or one for each portfolio; ``as written`` is shown and not edited."""

LINES: frozenset[Shape] = frozenset({"long", "needs", "days", "readings"})
"""Shapes that take several lines."""

NOUNS = {
    "portfolios": "portfolio",
    "calendars": "calendar",
    "freezes": "freeze",
    "teams": "team",
    "people": "person",
    "systems": "system",
    "data": "data class",
    "outcomes": "outcome",
    "groups": "group",
    "initiatives": "initiative",
    "agreements": "agreement",
    "decisions": "decision",
    "meetings": "meeting",
    "waivers": "waiver",
    "views": "view",
    "roadmap": "roadmap",
    "checks": "checks",
    "glossary": "glossary",
}
"""What one row of a table is called."""


class Field(Struct, frozen=True, kw_only=True):
    """One key of a table: how it is typed, what it may refer to, and its bounds."""

    key: str
    shape: Shape
    kinds: tuple[str, ...] = ()
    """The kinds of table whose ids it holds, nearest first."""
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    whole: bool = False
    usual: bool = False
    default: str = ""
    """What an absent key means, as text; empty where it means nothing."""

    @property
    def label(self) -> str:
        """The key as words."""
        return self.key.replace("_", " ")

    @property
    def several_lines(self) -> bool:
        """Whether its text has a line for each item."""
        return self.shape in LINES

    @property
    def past(self) -> bool:
        """Whether a day typed without a year lies behind: what is recorded has happened."""
        words = ("actual", "decided", "last", "agreed", "reviews", "asked", "accepted")
        return self.key.startswith(words)


@lru_cache(maxsize=32)
def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields of a kind of table, in the format's own order; empty for free tables."""
    return tuple(_field(field) for field in format_fields.fields(kind).values())


def field_of(kind: str, key: str) -> Field | None:
    """One field by its key; None where the format does not know it."""
    return next((field for field in fields_of(kind) if field.key == key), None)


def _field(field: format_fields.Field) -> Field:
    form = field.form
    bounds = form.item if form.item is not None and form.low is None else form
    return Field(
        key=field.name,
        shape="long" if field.long else _shape(form, bool(field.refs)),
        kinds=field.refs,
        choices=form.choices or (form.item.choices if form.item is not None else ()),
        low=bounds.low,
        high=bounds.high,
        whole=bounds.what == "whole",
        usual=field.usual,
        default=_default(field.default),
    )


_SCALARS: dict[str, Shape] = {
    "flag": "bool",
    "whole": "number",
    "number": "number",
    "day": "date",
    "length": "length",
    "estimate": "estimate",
    "id": "reference",
    "choice": "choice",
}


def _shape(form: Form, refers: bool) -> Shape:
    """The one way of typing that fits what the format allows."""
    item = form.item
    if item is None:
        return _SCALARS.get(form.what, "text")
    if form.what == "number":
        return "money"
    if form.what == "list":
        if item.what == "need":
            return "needs"
        return "choices" if item.choices else "references" if refers else "strings"
    if form.key == "day":
        return "days" if item.what == "text" else "readings"
    if item.what == "day":
        return "days by id"
    return "numbers by id" if item.what in ("whole", "number") else "as written"


def _default(value: object) -> str:
    """What an absent key means, as a person types it."""
    if value is None or isinstance(value, (dict, tuple)):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
