"""Shapes of a table's fields: which editor each key has, read from the format's structs.

Nothing here names a key, so a new key of a struct has its editor at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal

from msgspec import Struct, structs

from planner.conflicts.registry import RULES
from planner.roadmap import fields as format_fields
from planner.roadmap.descriptions import describe
from planner.roadmap.fields import KIND_NOUNS, Form
from planner.text.visible import visible

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
    "number or by id",
    "money",
    "needs",
    "days",
    "readings",
    "choices by name",
    "lists by name",
    "threshold",
    "term",
    "new term",
    "record",
]
"""How a field is typed. ``days`` and ``readings`` are dates with a text or a number, one a line;
``money`` is an amount, or one for each portfolio; a ``threshold`` is a number or a length; a
``term`` of the glossary has one meaning, or a line for each side's; a ``record`` has `parts`."""

LINES: frozenset[Shape] = frozenset(
    {"long", "needs", "days", "readings", "lists by name", "term", "new term"}
)
"""Shapes that take several lines."""

NOUNS = {**KIND_NOUNS, "roadmap": "roadmap", "checks": "checks", "glossary": "glossary"}
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
    unnamed: str = ""
    """What a day is called that is typed without a name; empty where it has to have a text."""
    parts: tuple[Field, ...] = ()
    """The fields of a small table with keys of its own."""
    default: str = ""
    """What an absent key means, as text; empty where it means nothing."""
    about: str = ""
    """What the key is for, in one sentence."""
    required: str = ""
    """What is asked where it has to be said and is not: ``until when?``"""

    @property
    def label(self) -> str:
        """The key as words; a glossary's keys are its terms, which are text of the file."""
        return visible(self.key.replace("_", " "))

    @property
    def several_lines(self) -> bool:
        """Whether its text has a line for each item."""
        return self.shape in LINES

    @property
    def past(self) -> bool:
        """Whether a day typed without a year lies behind: what is recorded has happened."""
        return self.key.startswith(RECORDED)


RECORDED = (
    "actual",
    "decided",
    "last",
    "agreed",
    "reviews",
    "asked",
    "accepted",
    "readings",
    "answers",
    "done",
    "said",
)
"""How the keys begin that hold days on which something was said, measured or done."""


@lru_cache(maxsize=32)
def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields of a kind of table, in the format's own order; empty for the glossary."""
    known = tuple(_field(kind, field) for field in format_fields.fields(kind).values())
    return (*known, *_thresholds()) if kind == "checks" else known


def _thresholds() -> Iterator[Field]:
    """The settings of all rules, which the format itself leaves open."""
    found: dict[str, tuple[int, list[str]]] = {}
    for rule in RULES.values():
        for name, default in rule.thresholds.items():
            found.setdefault(name, (default, []))[1].append(rule.code)
    for name, (default, codes) in sorted(found.items()):
        about = f"A threshold of {', '.join(codes)}."
        yield Field(key=name, shape="threshold", default=str(default), about=about)
    about = "How long work without an estimate is taken to be."
    yield Field(key="assumed_estimate", shape="length", default="2w", about=about)


def terms_of(glossary: Mapping[str, object]) -> tuple[Field, ...]:
    """A field for each term of a glossary, and one to add a term."""
    about = "One meaning for all; or a line for each side: marketing: …, it: …, agreed: …"
    known = (Field(key=term, shape="term", usual=True, about=about) for term in glossary)
    added = Field(key=NEW_TERM, shape="new term", usual=True, about="A term = what it means.")
    return (*known, added)


NEW_TERM = "add a term"
"""The field of a glossary that adds one."""


def field_of(kind: str, key: str) -> Field | None:
    """One field by its key; None where the format does not know it."""
    return next((field for field in fields_of(kind) if field.key == key), None)


def field_inside(kind: str, key: tuple[str, ...]) -> Field | None:
    """How a value inside a small table is typed; None where that is no single value."""
    outer = format_fields.fields(kind).get(key[0])
    if outer is None or len(key) != 2:
        return None
    form = dict(outer.form.parts).get(key[1]) or outer.form.item
    if form is None or outer.form.what == "list" or form.what == "list":
        return None
    inner = _field(kind, format_fields.Field(name=key[0], form=form))
    return structs.replace(inner, key=".".join(key))


def _field(kind: str, field: format_fields.Field) -> Field:
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
        unnamed=field.unnamed,
        parts=tuple(_part(field.name, name, part) for name, part in form.parts),
        default=_default(field.default),
        about=describe(kind, field.name),
    )


def _part(record: str, name: str, form: Form) -> Field:
    return _field(record, format_fields.Field(name=name, form=form))


_SCALARS: dict[str, Shape] = {
    "flag": "bool",
    "whole": "number",
    "number": "number",
    "day": "date",
    "length": "length",
    "estimate": "estimate",
    "amount": "money",
    "record": "record",
    "id": "reference",
    "choice": "choice",
}


def _shape(form: Form, refers: bool) -> Shape:
    """The one way of typing that fits what the format allows."""
    item = form.item
    if item is None:
        return _SCALARS.get(form.what, "text")
    if form.what in ("whole", "number", "amount"):
        return "money" if form.what == "amount" else "number or by id"
    if form.what == "list":
        if item.what == "need":
            return "needs"
        return "choices" if item.choices else "references" if refers else "strings"
    if form.key == "day":
        return "days" if item.what == "text" else "readings"
    if item.what == "day":
        return "days by id"
    if item.what in ("whole", "number"):
        return "numbers by id"
    return "choices by name" if item.choices else "lists by name"


def _default(value: object) -> str:
    """What an absent key means, as a person types it."""
    if value is None or isinstance(value, (dict, tuple)):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
