"""JSON Schema of the format and of the JSON output, made from the structs.

Editors validate TOML with it (a first line ``#:schema roadmap.schema.json``). They hand dates to
the schema as text, so a date is a string of its form here. Unknown keys are allowed, because the
program keeps them; what the schema refuses, reading refuses too, but not the other way round: it
can't see whether an id exists.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import Any

import msgspec

from planner.roadmap.descriptions import describe
from planner.roadmap.entities import KINDS, Checks, Settings, Term
from planner.roadmap.fields import TABLES, Field, Form, fields
from planner.roadmap.ids import MAX_LENGTH
from planner.roadmap.ids import PATTERN as ID_PATTERN
from planner.roadmap.output import Checked, Short, Shown
from planner.roadmap.output_agenda import AgendaShown
from planner.roadmap.output_announce import AnnounceShown
from planner.roadmap.output_asks import AnswersShown, AsksShown
from planner.roadmap.output_budget import BudgetShown
from planner.roadmap.output_capacity import CapacityShown
from planner.roadmap.output_compare import CompareShown
from planner.roadmap.output_config import ConfigShown
from planner.roadmap.output_diff import DiffShown
from planner.roadmap.output_gaps import GapsShown
from planner.roadmap.output_history import HistoryShown
from planner.roadmap.output_importing import ImportShown
from planner.roadmap.output_mine import MineShown
from planner.roadmap.output_minutes import MinutesShown
from planner.roadmap.output_network import NetworkShown
from planner.roadmap.output_outcomes import OutcomesShown
from planner.roadmap.output_owes import OwesShown
from planner.roadmap.output_path import PathShown
from planner.roadmap.output_promises import PromisesShown
from planner.roadmap.output_reach import ReachShown
from planner.roadmap.output_ready import ReadyShown
from planner.roadmap.output_report import ReportShown
from planner.roadmap.output_report_data import DataShown
from planner.roadmap.output_statuses import StatusesShown
from planner.roadmap.output_whatif import WhatIfShown
from planner.roadmap.output_why import WhyShown
from planner.roadmap.quantities import (
    COUNTER_KEYS,
    COUNTER_TERMS,
    LAG_PATTERN,
    LENGTH_PATTERN,
    LINK_TYPES,
    NEED_KEYS,
    NEED_PATTERN,
)

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The newest draft that the TOML editors' validators know."""

OUTPUTS = (
    Shown,
    StatusesShown,
    Checked,
    OutcomesShown,
    CapacityShown,
    OwesShown,
    GapsShown,
    NetworkShown,
    PathShown,
    PromisesShown,
    ReadyShown,
    MineShown,
    AgendaShown,
    MinutesShown,
    WhyShown,
    ReachShown,
    BudgetShown,
    AnnounceShown,
    CompareShown,
    WhatIfShown,
    HistoryShown,
    DiffShown,
    ImportShown,
    AsksShown,
    AnswersShown,
    ReportShown,
    DataShown,
    ConfigShown,
    Short,
)
"""What commands print as JSON."""

DAY_PATTERN = "^(199[0-9]|20[0-9]{2}|21[0-9]{2}|2200)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


def json_schema() -> Schema:
    """The schema of one roadmap file: every table is optional, every key of it too."""
    definitions = {kind: _table(kind) for kind in TABLES}
    return {
        "$schema": DRAFT,
        "title": "Roadmap",
        "description": "A joint roadmap of marketing and IT, or one file of it.",
        "type": "object",
        "properties": {
            "roadmap": _reference("roadmap"),
            **{kind: _keyed(kind) for kind in KINDS},
            "glossary": _glossary(),
            "checks": _reference("checks"),
        },
        "additionalProperties": True,
        "definitions": {**_parts(), **definitions},
    }


def output_schema() -> Schema:
    """The schema of what each command prints with `--json`, one definition for each (`OUTPUTS`:
    ``Shown`` is of `show`, ``Checked`` of `check`), and with `--short` (``Short``).
    """
    made, definitions = msgspec.json.schema_components(
        OUTPUTS,
        ref_template="#/$defs/{name}",
    )
    for definition in definitions.values():
        if "description" in definition:
            definition["description"] = inspect.cleandoc(definition["description"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What planner prints with --json",
        "anyOf": list(made),
        "$defs": definitions,
    }


def _reference(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _parts() -> Schema:
    """The values that many keys share."""
    return {
        "id": {
            "type": "string",
            "pattern": ID_PATTERN,
            "maxLength": MAX_LENGTH,
            "description": "Lower-case letters, digits and single hyphens.",
        },
        "day": {"type": "string", "pattern": DAY_PATTERN, "description": "A date, not in quotes."},
        "length": {
            "type": "string",
            "pattern": LENGTH_PATTERN,
            "description": "Working time: 20d or 4w, at most 10 years.",
        },
        "estimate": {
            "description": "Working time, or three: optimistic, likely, pessimistic.",
            "anyOf": [
                _reference("length"),
                {"type": "array", "items": _reference("length"), "minItems": 3, "maxItems": 3},
            ],
        },
        "amount": {
            "description": "Money, or three: optimistic, likely, pessimistic.",
            "anyOf": [
                {"type": "number", "minimum": 0},
                {
                    "type": "array",
                    "items": {"type": "number", "minimum": 0},
                    "minItems": 3,
                    "maxItems": 3,
                },
            ],
        },
        "need": {
            "description": "A predecessor: ID [FS|SS|FF|SF][±lag], or a table with `on`.",
            "anyOf": [{"type": "string", "pattern": NEED_PATTERN}, _need_table()],
        },
        "threshold": {
            "description": "A rule's threshold: a number, a length, or a table of them.",
            "anyOf": [
                {"type": "number"},
                _reference("length"),
                {"type": "object", "additionalProperties": {"type": ["number", "string"]}},
            ],
        },
    }


_LINK_VALUES: Schema = {
    "on": _reference("id"),
    "type": {"enum": [word for one in LINK_TYPES for word in (one, one.lower())]},
    "lag": {"type": "string", "pattern": LAG_PATTERN},
    **{key: {"type": "string"} for key in ("delivers", "why", "accepted_when", "by", "note")},
}
"""The values of a link's table that are no days."""


def _need_table() -> Schema:
    values = {**_LINK_VALUES, "counter": _counter_table()}
    return _link_table("needs", NEED_KEYS, values) | {"required": ["on"]}


def _counter_table() -> Schema:
    values = {key: value for key, value in _LINK_VALUES.items() if key != "on"}
    terms = [{"required": [key]} for key in COUNTER_TERMS]
    return _link_table("counter", COUNTER_KEYS, values) | {"anyOf": terms}


def _link_table(kind: str, keys: Iterable[str], values: Schema) -> Schema:
    """A table whose other values are days."""
    return {
        "type": "object",
        "properties": {
            key: _described(values.get(key, _reference("day")), kind, key) for key in keys
        },
        "additionalProperties": True,
    }


def _keyed(kind: str) -> Schema:
    """Tables by id."""
    return {
        "description": _doc(KINDS[kind]),
        "type": "object",
        "propertyNames": _reference("id"),
        "additionalProperties": _reference(kind),
    }


def _glossary() -> Schema:
    meanings = {key: _described({"type": "string"}, "glossary", key) for key in _names(Term)}
    table = {"type": "object", "properties": meanings, "additionalProperties": True}
    return {
        "description": "The common language: a term and what it means, or means to each side.",
        "type": "object",
        "additionalProperties": {"anyOf": [{"type": "string"}, table]},
    }


def _table(kind: str) -> Schema:
    struct = {"roadmap": Settings, "checks": Checks}.get(kind) or KINDS[kind]
    return {
        "description": _doc(struct),
        "type": "object",
        "properties": {
            key: _described(_value(field), kind, key) for key, field in fields(kind).items()
        },
        "additionalProperties": _reference("threshold") if kind == "checks" else True,
    }


def _doc(struct: type) -> str:
    return (inspect.getdoc(struct) or "").split("\n\n")[0]


def _names(struct: type[msgspec.Struct]) -> tuple[str, ...]:
    return struct.__struct_fields__


def _described(schema: Schema, kind: str, key: str) -> Schema:
    """The schema with what the key is for. Beside a bare reference draft 7 would not read it; into
    `allOf` taplo goes until its stack is full, where it is asked to complete a link.
    """
    text = describe(kind, key)
    if "$ref" in schema:
        return {"description": text, "anyOf": [schema]}
    return {"description": text, **schema}


def _value(field: Field) -> Schema:
    schema = _record(field) if field.form.parts else _form(field.form)
    simple = isinstance(field.default, (str, int, bool))
    return {**schema, "default": field.default} if simple and "$ref" not in schema else schema


def _form(form: Form) -> Schema:
    item = form.item
    if form.what == "list" and item is not None:
        one = _form(item)
        return {"anyOf": [one, {"type": "array", "items": one}]}
    if item is not None:
        table = _entries(form, item)
        return table if form.what == "table" else {"anyOf": [_scalar(form), table]}
    return _scalar(form)


def _scalar(form: Form) -> Schema:
    return _SCALARS.get(form.what) or _number(form)


def _record(field: Field) -> Schema:
    """A small table with keys of its own, all of which it needs."""
    parts = dict(field.form.parts)
    return {
        "type": "object",
        "properties": {
            name: _described(_form(part), field.name, name) for name, part in parts.items()
        },
        "required": list(parts),
        "additionalProperties": True,
    }


_SCALARS: dict[str, Schema] = {
    "text": {"type": "string"},
    "flag": {"type": "boolean"},
    **{name: _reference(name) for name in ("id", "day", "length", "estimate", "amount", "need")},
}


def _number(form: Form) -> Schema:
    if form.choices:
        return {"enum": list(form.choices)}
    schema: Schema = {"type": "integer" if form.what == "whole" else "number"}
    if form.low is not None:
        schema["minimum"] = form.low
    if form.high is not None:
        schema["maximum"] = form.high
    return schema


def _entries(form: Form, item: Form) -> Schema:
    schema: Schema = {"type": "object", "additionalProperties": _form(item)}
    if form.key != "text":
        schema["propertyNames"] = _reference(form.key)
    return schema
