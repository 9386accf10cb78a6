"""The parts of our documents that are made from the program's registries."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import click

from planner.cli.main import COMMANDS, group
from planner.conflicts.registry import RULES
from planner.exchange.importing.headings import meanings as known_meanings
from planner.files.configuration import Configuration
from planner.pages.keys import key_tables
from planner.pages.signs import LEGEND
from planner.query.filters import COUNTED, DATED, flags, keys
from planner.roadmap.descriptions import describe
from planner.roadmap.entities import Term
from planner.roadmap.fields import TABLES, Field, fields
from planner.roadmap.quantities import COUNTER_KEYS, NEED_KEYS
from planner.tui.shell.keys import AS_REGISTERED
from planner.tui.shell.own_keys import shown_keys
from tests.documents.layout import UNBROKEN, bullet, paragraph, table

TOPICS = Path(__file__).resolve().parents[2] / "planner" / "cli" / "topics"

# --- keys -----------------------------------------------------------------------------------------


def all_keys() -> str:
    """Every action by group."""
    return "\n".join(key_tables(shown_keys(Configuration(), AS_REGISTERED))).strip()


def signs() -> str:
    """What every sign stands for, by the place where it is seen."""
    listed = (
        bullet(f"{heading}: " + ", ".join(_sign(*each) for each in signs))
        for heading, signs in LEGEND
    )
    return "\n".join(listed)


def _sign(sign: str, meaning: str) -> str:
    """A sign and its words, which stay on one line."""
    return f"`{sign}` {meaning}".replace(" ", UNBROKEN)


def meanings() -> str:
    """What a column of an import can mean, beside the keys of an initiative."""
    own = [name for name in known_meanings() if name not in fields("initiatives")]
    listed = ", ".join(f"`{name}`" for name in own)
    return paragraph(
        f"Meanings are all keys of an initiative (`planner help tables`), and {listed}."
    )


# --- commands -------------------------------------------------------------------------------------

EVERYWHERE = frozenset(("roadmap", "as_of", "help", "theme", "mouse", "glyphs"))
"""Options of many commands, which the page explains once."""


def all_commands() -> str:
    """Every command with what it takes."""
    return "\n".join(line for name in COMMANDS for line in _command(name))


def _command(name: str) -> Iterator[str]:
    found = _found(name)
    yield bullet(f"`{_usage(name)}`: {COMMANDS[name][1]} {_options(found)}".rstrip())
    if isinstance(found, click.Group):
        for word, inner in found.commands.items():
            said = f"`planner {name} {word}`: {inner.get_short_help_str(200)} {_options(inner)}"
            yield bullet(said.rstrip(), depth=1)


def _usage(name: str) -> str:
    with click.Context(_found(name), info_name=name) as context:
        pieces = context.command.collect_usage_pieces(context)
    taken = [] if isinstance(_found(name), click.Group) else pieces
    return " ".join(["planner", name, *(piece for piece in taken if piece != "[OPTIONS]")])


def _options(command: click.Command) -> str:
    with click.Context(command, info_name=command.name) as context:
        named = [
            f"`{max(option.opts, key=len)}{_value(option, context)}`"
            for option in command.params
            if isinstance(option, click.Option) and option.name not in EVERYWHERE
        ]
    return f"Options: {', '.join(named)}." if named else ""


def _value(option: click.Option, context: click.Context) -> str:
    return "" if option.is_flag else f" {option.make_metavar(context)}"


def json_commands() -> str:
    """The commands that print JSON."""
    named = [f"`planner {name}`" for name in COMMANDS if _prints_json(_found(name))]
    return paragraph(f"{', '.join(named[:-1])} and {named[-1]} take `--json`.")


def _prints_json(command: click.Command) -> bool:
    return any("--json" in option.opts for option in command.params)


def _found(name: str) -> click.Command:
    with click.Context(group, info_name="planner") as context:
        return cast("click.Command", group.get_command(context, name))


# --- filters --------------------------------------------------------------------------------------

FILTER_WORDS = {
    "@me": "your own initiatives and your team's",
    "critical": "on the critical path of the whole plan",
    "near-critical": "with little float",
    "late": "finishing after a deadline, or with negative float",
    "assumed": "without an estimate of their own",
    "open": "neither done nor dropped",
    "started": "started and not finished",
    "launch": "milestones, campaigns and announced initiatives",
    "ready": "can start now (`planner ready`)",
    "conflict": "with an error or a warning",
    "unscheduled": "without dates, for example in a circle",
    "done": "finished",
    "proposed": "with this status",
    "planned": "with this status",
    "active": "with this status",
    "paused": "with this status",
    "dropped": "with this status",
}
"""What a word of the filter language asks for; one that is missing here fails the page."""


def filter_words() -> str:
    """The words that are a question of their own."""
    return table(("word", "initiatives"), ((f"`{word}`", FILTER_WORDS[word]) for word in flags()))


def filter_keys() -> str:
    """The keys of the filter language, by how they are compared."""
    held = {key: _compared(key) for key in keys()}
    return "\n".join(
        bullet(f"{title}: {', '.join(f'`{key}`' for key in held if held[key] == what)}.")
        for what, title in (
            ("day", "Dates (`<` `<=` `>` `>=` `:`)"),
            ("number", "Numbers and working time (`<` `<=` `>` `>=` `:`)"),
            ("word", "Ids and words (`:`)"),
        )
    )


def _compared(key: str) -> str:
    field = fields("initiatives").get(key)
    what = field.form.what if field is not None and key not in DATED else ""
    if key in DATED or what == "day":
        return "day"
    if key in COUNTED or what in ("whole", "number", "length", "estimate", "amount", "record"):
        return "number"
    return "word"


# --- rules ----------------------------------------------------------------------------------------


def rules() -> str:
    """Every rule by family, in a line or two."""
    families: dict[str, list[str]] = {}
    for rule in RULES.values():
        when = f" Reported once {rule.subject}." if rule.subject else ""
        said = f"`{rule.code}` {rule.name} ({rule.severity}): {rule.summary}.{when}"
        families.setdefault(rule.family, []).append(bullet(said))
    return "\n\n".join(
        f"### {family[:1].upper()}{family[1:]}\n\n" + "\n".join(said)
        for family, said in families.items()
    )


def thresholds() -> str:
    """The settings of rules, with their defaults."""
    used: dict[tuple[str, int], list[str]] = {}
    for rule in RULES.values():
        for setting in rule.thresholds.items():
            used.setdefault(setting, []).append(rule.code)
    rows = ((f"`{name}`", str(value), ", ".join(codes)) for (name, value), codes in used.items())
    return table(("setting", "default", "rules"), rows)


# --- the format -----------------------------------------------------------------------------------


def tables() -> str:
    """Every table of the format with its keys."""
    return "\n\n".join(section for kind in TABLES for section in _table(kind))


def _table(kind: str) -> Iterator[str]:
    single = kind in ("roadmap", "checks")
    said = (inspect.getdoc(TABLES[kind]) or "").split("\n\n")[0]
    points = [_key(kind, field) for field in fields(kind).values()]
    body = "\n".join(points)
    yield f"## [{kind}]" if single else f"## [{kind}.ID]"
    yield paragraph(said)
    yield body
    if kind == "initiatives":
        yield from _links()
    if kind == "meetings":
        yield "## [glossary]"
        yield paragraph(inspect.getdoc(Term) or "")
        yield _described("glossary", tuple(name for name in Term.__struct_fields__ if name != "id"))


def _links() -> Iterator[str]:
    yield "## A table in `needs`"
    yield _described("needs", NEED_KEYS)
    yield "## `counter` in it"
    yield _described("counter", COUNTER_KEYS)


def _described(kind: str, names: tuple[str, ...]) -> str:
    return "\n".join(bullet(f"`{name}`: {describe(kind, name)}") for name in names)


def _key(kind: str, field: Field) -> str:
    choices = field.form.choices or (field.form.item.choices if field.form.item else ())
    one_of = f" One of {', '.join(f'`{choice}`' for choice in choices)}." if choices else ""
    return bullet(f"`{field.name}`: {describe(kind, field.name)}{one_of}")


# --- pages ----------------------------------------------------------------------------------------


def topics() -> str:
    """The pages of `planner help`, to be read beside the README."""
    names = sorted(path.stem for path in TOPICS.glob("*.md"))
    links = " · ".join(f"[{name}](planner/cli/topics/{name}.md)" for name in names)
    return f"`planner help` TOPIC: {links}"
