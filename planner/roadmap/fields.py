"""Fields of the entities: form, references and metadata, interpreted from their types.

Reading, the JSON Schema, references, rename, merge and forms all use this. It names no key of the
format, except as the meaning of a name that other tools use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache, partial
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Meta, Struct
from msgspec.structs import fields as struct_fields
from msgspec.structs import replace

from planner.roadmap.entities import KINDS, Checks, Settings, Term
from planner.roadmap.ids import nearest
from planner.roadmap.quantities import (
    COUNTER_KEYS,
    NEED_KEYS,
    Acceleration,
    Amount,
    Estimate,
    Length,
    Need,
)

What = Literal[
    "text",
    "id",
    "choice",
    "flag",
    "whole",
    "number",
    "day",
    "length",
    "estimate",
    "amount",
    "need",
    "list",
    "table",
    "record",
    "anything",
]


class Form(Struct, frozen=True, kw_only=True):
    """What a value looks like. A list has an `item`; a table has keys of form `key` and an `item`.

    A number or an amount with an `item` is one, or a table of them. A record is a small table with
    keys of its own, all of which it needs: `parts`. `low` and `high` are inclusive.
    """

    what: What
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    item: Form | None = None
    key: Literal["text", "id", "day"] = "text"
    parts: tuple[tuple[str, Form], ...] = ()
    struct: type[Struct] | None = None
    """What a record is read to."""


class Field(Struct, frozen=True, kw_only=True):
    """One key of a table: its form, the kinds whose ids it holds, and how a form treats it."""

    name: str
    form: Form
    refs: tuple[str, ...] = ()
    usual: bool = False
    long: bool = False
    unnamed: str = ""
    """What a form calls an entry that is typed without a name."""
    default: Any = None


RefShape = Literal["one", "list", "keys", "needs", "values", "speakers"]
"""Where the ids of a reference stand: the value itself, a list of ids, the keys of a small table,
the `on` of links (strings or tables), lists that are the values of a small table, or the `by` of
links and of their counters, which is a reference only where it is an id."""

TABLES: Mapping[str, type[Struct]] = MappingProxyType(
    {"roadmap": Settings, **KINDS, "checks": Checks}
)
"""Every table with known keys: the kinds, and the two single tables that have them."""

TABLE_NAMES: tuple[str, ...] = ("roadmap", *KINDS, "glossary", "checks")

KIND_NOUNS = {
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
    "actions": "action",
    "meetings": "meeting",
    "waivers": "waiver",
    "views": "view",
}
"""What one table of each kind is called in a sentence."""

_KINDS_BY_WORD = {
    **{kind: kind for kind in KIND_NOUNS},
    **{noun.partition(" ")[0]: kind for kind, noun in KIND_NOUNS.items()},
}


def kind_called(word: str) -> str | None:
    """The kind of table that a word names, as the file says it or as one: ``teams``, ``team``; None
    for any other word.
    """
    return _KINDS_BY_WORD.get(word.casefold())


def kind_words() -> list[str]:
    """Every word that names a kind of table."""
    return list(_KINDS_BY_WORD)


SCHEDULED: frozenset[str] = frozenset(
    {
        "needs",
        "estimate",
        "start_no_earlier_than",
        "finish_no_earlier_than",
        "must_start_on",
        "must_finish_on",
        "actual_start",
        "actual_finish",
    }
)
"""Keys of an initiative that place it: unreadable, it is not scheduled. Any other, such as a bound
that moves nothing, costs only itself."""


def unscheduled_key(invalid: Iterable[str]) -> str | None:
    """Of an initiative's unreadable keys, the first that takes it out of the schedule."""
    return min(SCHEDULED.intersection(invalid), default=None)


@lru_cache(maxsize=64)
def fields(kind: str) -> Mapping[str, Field]:
    """The fields of one kind of table by key, in the normal order; empty for a free table.

    The thresholds of `[checks]` are not among them: every key that is no field is one.
    """
    struct = TABLES.get(kind)
    if struct is None:
        return MappingProxyType({})
    hints = get_type_hints(struct, include_extras=True)
    defaults = {info.name: info.default for info in struct_fields(struct)}
    return MappingProxyType(
        {
            name: _field(name, hints[name], defaults[name])
            for name in struct.__struct_fields__
            if name not in ("id", "thresholds")
        }
    )


def references(kind: str) -> dict[str, tuple[str, ...]]:
    """Which keys hold ids, and of which kinds of table (nearest first)."""
    return {name: field.refs for name, field in fields(kind).items() if field.refs}


def keys_naming(kind: str, named: str) -> tuple[str, ...]:
    """The keys of a kind that hold ids of another one: how work names systems, or data."""
    return tuple(key for key, kinds in references(kind).items() if named in kinds)


def reference_shape(kind: str, key: str) -> RefShape | None:
    """Where in the value of a reference key its ids stand; None for other keys."""
    field = fields(kind).get(key)
    return _shape(field.form) if field is not None and field.refs else None


def _shape(form: Form) -> RefShape:
    if form.item is None:
        return "one"
    if form.item.what == "need":
        return "needs"
    if form.what == "list":
        return "list"
    return "keys" if form.key == "id" else "values"


def is_reference_list(kind: str, key: str) -> bool:
    """Whether the key holds a list of ids or of links (a bare string may stand for either)."""
    return reference_shape(kind, key) in ("list", "needs")


def keys_in_order(kind: str) -> tuple[str, ...]:
    """The keys of a table (or of a link, ``needs``, or its ``counter``) in the order in which a
    new one is written.
    """
    return _LINK_TABLES.get(kind) or tuple(fields(kind))


_LINK_TABLES = {"needs": NEED_KEYS, "counter": COUNTER_KEYS}


def is_list(kind: str, key: str) -> bool:
    """Whether the value is a list (for which a bare string may stand)."""
    field = fields(kind).get(key)
    return field is not None and field.form.what == "list"


_ORDERED = frozenset({"owner", "accountable", "needs", "journey", "options", "columns"})


def is_set(kind: str, key: str) -> bool:
    """Whether the order of a list says nothing, so that two people's additions both stay."""
    return is_list(kind, key) and key not in _ORDERED


def list_key(kind: str, key: str) -> tuple[str, ...]:
    """What tells the tables of a keyed list apart: links by what they are on and their type."""
    return ("on", "type") if reference_shape(kind, key) == "needs" else ()


# --- from types to forms --------------------------------------------------------------------------


def _field(name: str, hint: Any, default: Any) -> Field:
    extra = _extra(hint)
    refs = tuple(extra.get("refs", ()))
    return Field(
        name=name,
        form=_form(hint, bool(refs) and not extra.get("free")),
        refs=refs,
        usual=bool(extra.get("usual")),
        long=bool(extra.get("text")),
        unnamed=str(extra.get("name", "")),
        default=None if default is NODEFAULT else default,
    )


def _extra(hint: Any) -> dict[str, Any]:
    if get_origin(hint) is not Annotated:
        return {}
    found = [meta.extra or {} for meta in get_args(hint)[1:] if isinstance(meta, Meta)]
    return {key: value for extra in found for key, value in extra.items()}


_SCALARS: dict[Any, What] = {
    bool: "flag",
    int: "whole",
    float: "number",
    date: "day",
    Length: "length",
    Estimate: "estimate",
    Amount: "amount",
    Need: "need",
    Any: "anything",
}
_RECORDS = (Acceleration,)


def _form(hint: Any, refs: bool, bounds: Meta | None = None) -> Form:
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _form(
            args[0], refs, next((meta for meta in args[1:] if meta.ge is not None), bounds)
        )
    if origin in (Union, UnionType):
        return _either([_form(arg, refs, bounds) for arg in args if arg is not type(None)])
    if origin is Literal:
        return Form(what="choice", choices=args)
    if origin is tuple:
        return Form(what="list", item=_form(args[0], refs))
    if origin is dict:
        return _table_form(args[0], args[1], refs)
    if hint is str:
        return Form(what="id" if refs else "text")
    if hint in _RECORDS:
        hints = get_type_hints(hint, include_extras=True)
        parts = tuple((name, _form(part, False)) for name, part in hints.items())
        return Form(what="record", parts=parts, struct=hint)
    low, high = (bounds.ge, bounds.le) if bounds is not None else (None, None)
    return Form(what=_SCALARS[hint], low=low, high=high)


def _table_form(key: Any, value: Any, refs: bool) -> Form:
    if key is date:
        return Form(what="table", key="day", item=_form(value, False))
    item = _form(value, refs)
    by_id = refs and item.what != "list"
    return Form(what="table", key="id" if by_id else "text", item=_form(value, refs and not by_id))


def _either(forms: list[Form]) -> Form:
    """One form for a union: of two sorts of number, or of one of them and a table of such."""
    if len(forms) == 1:
        return forms[0]
    numbers = [form for form in forms if form.what in ("whole", "number", "amount")]
    tables = [form for form in forms if form.what == "table"]
    number = next((form for form in numbers if form.what == "number"), numbers[0])
    if not tables:
        return number
    return replace(number, item=tables[0].item, key="id")


# --- names that are not keys ----------------------------------------------------------------------

_OTHER_KEYS = {
    "name": ("title",),
    "title": ("name",),
    "description": ("notes", "hypothesis", "why"),
    "note": ("notes",),
    "comment": ("notes",),
    "type": ("kind",),
    "state": ("status",),
    "parent": ("part_of",),
    "group": ("part_of",),
    "epic": ("part_of",),
    "programme": ("part_of",),
    "side": ("portfolio",),
    "labels": ("tags",),
    "team": ("owner", "accountable"),
    "accountable": ("owner",),
    "assignee": ("responsible", "owner"),
    "lead": ("owner",),
    "effort": ("estimate",),
    "duration": ("estimate",),
    "size": ("estimate",),
    "length": ("estimate",),
    "depends": ("needs",),
    "depends_on": ("needs",),
    "dependencies": ("needs",),
    "after": ("needs",),
    "requires": ("needs",),
    "blocked_by": ("needs",),
    "predecessors": ("needs",),
    "due": ("deadline", "needed_by", "by", "until"),
    "due_date": ("due", "deadline", "needed_by", "by", "until"),
    "target_date": ("deadline", "by"),
    "start": ("start_no_earlier_than", "actual_start"),
    "start_date": ("start", "start_no_earlier_than"),
    "not_before": ("start_no_earlier_than",),
    "end": ("deadline",),
    "finish": ("deadline",),
    "end_date": ("end", "deadline"),
    "started": ("actual_start",),
    "finished": ("actual_finish",),
    "progress": ("percent_complete",),
    "percent": ("percent_complete",),
    "alap": ("as_late_as_possible",),
    "budget": ("cost",),
    "systems": ("uses",),
    "kpis": ("outcomes", "kpi"),
    "goals": ("outcomes",),
    "from": ("start",),
    "to": ("end",),
    "mail": ("email",),
    "expires": ("until",),
}
"""What other tools call a key, with ours; used only where the table has ours."""

_OTHER_TABLES = {
    "projects": "initiatives",
    "tasks": "initiatives",
    "features": "initiatives",
    "epics": "initiatives",
    "milestones": "initiatives",
    "items": "initiatives",
    "settings": "roadmap",
    "project": "roadmap",
    "persons": "people",
    "users": "people",
    "holidays": "calendars",
    "goals": "outcomes",
    "kpis": "outcomes",
    "programmes": "groups",
    "themes": "groups",
    "todos": "actions",
    "action_items": "actions",
    "terms": "glossary",
    "rules": "checks",
    "ignore": "checks",
}


@lru_cache(maxsize=1 << 10)
def nearest_key(kind: str, word: str) -> str | None:
    """The key of a table (of a link: ``needs``, its ``counter``) that an unknown one meant."""
    known = keys_in_order(kind)
    near = nearest(word, known)
    folded = word.lower().replace("-", "_")
    others = [key for key in _OTHER_KEYS.get(folded, ()) if key in known]
    return near or (others[0] if others else nearest(word, known, loose=True))


@lru_cache(maxsize=1 << 10)
def nearest_table(word: str) -> str | None:
    """The table that an unknown one most likely meant."""
    near = nearest(word, TABLE_NAMES)
    return near or _OTHER_TABLES.get(word.lower()) or nearest(word, TABLE_NAMES, loose=True)


MAX_GUESSES = 50
"""How many unknown names get a nearest one: thousands come from a file that is no roadmap."""


class Guesses:
    """What unknown keys and tables most likely meant, for the first `MAX_GUESSES` of a reading."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], str | None] = {}

    def key(self, kind: str, word: str) -> str | None:
        """As `nearest_key`; None beyond the first words."""
        return self._guess((kind, word), partial(nearest_key, kind))

    def table(self, word: str) -> str | None:
        """As `nearest_table`; None beyond the first words."""
        return self._guess(("", word), nearest_table)

    def _guess(self, asked: tuple[str, str], guess: Callable[[str], str | None]) -> str | None:
        if asked not in self._made and len(self._made) < MAX_GUESSES:
            self._made[asked] = guess(asked[1])
        return self._made.get(asked)


def term_keys() -> tuple[str, ...]:
    """The keys of a glossary entry written as a table."""
    return Term.__struct_fields__
