"""JSON Schema of one roadmap: that of the format with the ids in force, which editors complete.

Every id stays allowed that the format allows, since an id may be implied, or get its table next; so
each is one of those that are known or anything that can be an id. taplo and Even Better TOML show
what an id is called from `x-taplo`, which other validators pass over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.roadmap.fields import TABLES, Field, fields
from planner.roadmap.schema import Schema, json_schema

Known = Mapping[str, Mapping[str, str]]
"""Kind → id → what it is called."""

_ID: Schema = {"$ref": "#/definitions/id"}
_TEXT: Schema = {"type": "string"}
_SPEAKERS = ("portfolios", "teams", "people")
"""The kinds of those who say something of a link."""


def schema_with_ids(known: Known, rules: Mapping[str, str]) -> Schema:
    """The schema of a roadmap's files with its ids, and with the codes of the rules."""
    schema = json_schema()
    definitions: dict[str, Schema] = schema["definitions"]
    for kind in TABLES:
        properties = definitions[kind]["properties"]
        for key, field in fields(kind).items():
            if field.refs and _ids(known, field.refs):
                properties[key] = _naming(properties[key], field, known)
                definitions.setdefault(_name(field.refs), _definition(known, field.refs))
    _name_links(definitions, known)
    _name_rules(definitions, rules)
    return schema


def _ids(known: Known, kinds: tuple[str, ...]) -> dict[str, str]:
    return {id: title for kind in kinds for id, title in known.get(kind, {}).items()}


def _name(kinds: tuple[str, ...]) -> str:
    return f"ids-of-{'-'.join(kinds)}"


def _reference(kinds: tuple[str, ...]) -> Schema:
    return {"$ref": f"#/definitions/{_name(kinds)}"}


def _definition(known: Known, kinds: tuple[str, ...]) -> Schema:
    return {"anyOf": [_one_of(_ids(known, kinds)), _ID]}


def _one_of(words: Mapping[str, str]) -> Schema:
    return {"enum": list(words), "x-taplo": {"docs": {"enumValues": list(words.values())}}}


def _naming(value: Any, field: Field, known: Known) -> Any:
    """The schema of a key with the ids of its kinds in the place of any id."""
    named = _reference(field.refs)
    if field.form.what == "text":  # a name that may be an id
        return {**value, "anyOf": [named, _TEXT]}
    found = _replaced(value, _ID, named)
    return _keyed(found, named, _ids(known, field.refs))


def _replaced(value: Any, old: Schema, new: Schema) -> Any:
    if value == old:
        return new
    if isinstance(value, dict):
        return {key: _replaced(each, old, new) for key, each in value.items()}
    if isinstance(value, list):
        return [_replaced(each, old, new) for each in value]
    return value


def _keyed(value: Any, named: Schema, ids: Mapping[str, str]) -> Any:
    """The ids as keys of a table that has such: editors complete those that are properties."""
    if isinstance(value, list):
        return [_keyed(each, named, ids) for each in value]
    if not isinstance(value, dict):
        return value
    value = {key: _keyed(each, named, ids) for key, each in value.items()}
    if value.get("propertyNames") == named:
        value["properties"] = dict.fromkeys(ids, value["additionalProperties"])
    return value


def _name_links(definitions: dict[str, Schema], known: Known) -> None:
    """The predecessors of links, in words and in tables, and who speaks of a link."""
    ids = _ids(known, ("initiatives",))
    words, table = definitions["need"]["anyOf"]
    if ids:
        definitions.setdefault(_name(("initiatives",)), _definition(known, ("initiatives",)))
        table["properties"]["on"] = _replaced(
            table["properties"]["on"], _ID, _reference(("initiatives",))
        )
        definitions["need"]["anyOf"] = [_one_of(ids), words, table]
    speakers = {"anyOf": [_one_of(_ids(known, _SPEAKERS)), _TEXT]}
    for properties in (table["properties"], table["properties"]["counter"]["properties"]):
        properties["by"] = {"description": properties["by"]["description"], **speakers}


def _name_rules(definitions: dict[str, Schema], rules: Mapping[str, str]) -> None:
    """The codes of the rules in waivers, and in what `[checks]` ignores and changes."""
    code: Schema = {"anyOf": [_one_of(rules), _TEXT]}
    checks, waivers = definitions["checks"]["properties"], definitions["waivers"]["properties"]
    waivers["rule"] = {"description": waivers["rule"]["description"], **code}
    checks["ignore"] = _replaced(checks["ignore"], _TEXT, code)
    severity = checks["severity"]
    severity["properties"] = dict.fromkeys(rules, severity["additionalProperties"])
