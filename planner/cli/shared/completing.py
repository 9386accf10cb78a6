"""What a shell is offered where a word is half typed, by what a parameter is called in its help.

`ID`, `PATH` or `REV` mean the same in every command, so one table says what completes each; a
command whose parameters are called so has it at once. Only ids are read, of the roadmap that `-r`
or the path names or that is found here: nothing is scheduled. A roadmap that can't be read offers
nothing, in silence, since somebody is typing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem
from click.types import StringParamType

from planner.roadmap.fields import Form, fields, kind_called, references
from planner.text.visible import visible

TITLE = 60
"""Columns of what stands beside a word."""
SHEETS = (".csv", ".tsv", ".xlsx", ".md", ".json", ".xml")
"""The suffixes of the files that are imported and asked with."""

Words = Iterable[tuple[str, str]]
"""Words, each with what it is called."""


class Asked:
    """A word that is half typed, and what stands before it on the line."""

    def __init__(
        self, ctx: click.Context, param: click.Parameter, word: str, typed: Sequence[str]
    ) -> None:
        self.word = word
        self._params = ctx.params
        self._name = param.name or ""
        self.command = ctx.command.name
        root = ctx.find_root()
        self.commands = (
            root.command.list_commands(root) if isinstance(root.command, click.Group) else ()
        )
        self._typed = typed

    @property
    def said(self) -> tuple[str, ...]:
        """The words before it of an argument that has several."""
        said = self._params.get(self._name)
        return tuple(said) if isinstance(said, (tuple, list)) else ()

    def param(self, name: str) -> str | None:
        """What another parameter was given."""
        value = self._params.get(name)
        return value if isinstance(value, str) else None

    @cached_property
    def path(self) -> Path:
        """The roadmap that the line names, else the one that is here."""
        from planner.cli.shared.roadmap_option import roadmap_path

        named = self.param("path") or self._path_typed()
        return roadmap_path(self.param("roadmap"), named)

    def _path_typed(self) -> str | None:
        """Behind an option whose value is asked for, click has not read the path."""
        if "path" not in self._params:
            return None
        return next((word for word in self._typed[1:] if Path(word).exists()), None)

    @cached_property
    def known(self) -> Mapping[str, Mapping[str, str]]:
        """The ids in force, by kind, with what they are called."""
        from planner.files.workspace import Workspace
        from planner.roadmap.reading import read
        from planner.roadmap.references import ids_in_force

        documents = Workspace.open(self.path).documents
        return ids_in_force(read({one.file: one.data for one in documents}).roadmap)

    def ids(self, *kinds: str) -> Words:
        """The ids of some kinds."""
        return [each for kind in kinds for each in self.known[kind].items()]


class Completed(StringParamType):
    """A word that can be completed."""

    def __init__(
        self, offers: Callable[[Asked], Words | list[CompletionItem]], typed: Sequence[str]
    ) -> None:
        self._offers = offers
        self._typed = typed

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The words that begin so; whatever goes wrong, nothing is said of it."""
        try:
            found = self._offers(Asked(ctx, param, incomplete, self._typed))
            return [*_items(found, incomplete)]
        except Exception:  # whatever a file may hold: a shell that asks shows no error
            return []


def _items(found: Words | list[CompletionItem], incomplete: str) -> Iterator[CompletionItem]:
    for one in found:
        if isinstance(one, CompletionItem):
            yield one
        elif one[0].startswith(incomplete) and visible(one[0]) == one[0]:
            yield CompletionItem(one[0], help=visible(one[1])[:TITLE] or None)


def called(param: click.Parameter) -> str:
    """What a parameter is called in the help: its metavar, else its name in capitals."""
    return param.metavar or (param.name or "").upper()


def completion(param: click.Parameter) -> Callable[[Asked], Any] | None:
    """What completes a parameter; None for one whose type does, or nothing can."""
    several = "..." if param.nargs == -1 and param.metavar == "ID" else ""
    return BY_NAME.get(param.name or "") or BY_METAVAR.get(called(param) + several)


def equip(command: click.Command, typed: Sequence[str]) -> None:
    """Let a command's parameters be completed; `typed` are the words of the line."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            equip(inner, typed)
    for param in command.params:
        offers = completion(param)
        if offers is not None and isinstance(param.type, StringParamType):
            param.type = Completed(offers, typed)


# --- ids ------------------------------------------------------------------------------------------


def _ids(*kinds: str) -> Callable[[Asked], Words]:
    return lambda asked: asked.ids(*kinds)


def _tables(asked: Asked) -> Iterator[tuple[str, str]]:
    """Initiatives by id alone, all other tables as the file's headers have them."""
    yield from asked.ids("initiatives")
    for kind, ids in asked.known.items():
        yield from ((f"{kind}.{id}", title) for id, title in ids.items() if asked.word)


def _table(asked: Asked, most: int = 1) -> Words:
    """The first words, which name tables; ``team crm`` is one of them."""
    said = asked.said
    kind = kind_called(said[-1]) if said else None
    if kind is not None and said[-1] not in asked.known["initiatives"]:
        return asked.ids(kind)
    return _tables(asked) if len(said) < most else ()


def _every_table(asked: Asked) -> Words:
    return _table(asked, 1_000)


def _successors(asked: Asked) -> Words:
    """Of a new link any initiative, of one that goes those that wait for its predecessor."""
    from planner.files.workspace import Workspace

    if asked.command != "unlink":
        return asked.ids("initiatives")
    predecessor, titles = asked.param("predecessor"), asked.known["initiatives"]
    tables = Workspace.open(asked.path).tables["initiatives"]
    waiting = (id for id, table in tables.items() if predecessor in _needed(table))
    return [(id, titles.get(id, "")) for id in waiting]


def _agreed(asked: Asked) -> Words:
    """A table; behind an initiative what it needs."""
    from planner.files.workspace import Workspace

    if not asked.said or kind_called(asked.said[0]) is not None:
        return _table(asked)
    if len(asked.said) > 1:
        return ()
    table = Workspace.open(asked.path).tables["initiatives"].get(asked.said[0], {})
    return [(id, asked.known["initiatives"].get(id, "")) for id in _needed(table)]


def _needed(table: Any) -> list[str]:
    """The predecessors of an initiative as it is written."""
    needs = table.get("needs", ()) if isinstance(table, Mapping) else ()
    links = [needs] if isinstance(needs, (str, Mapping)) else needs
    ids = (link.get("on") if isinstance(link, Mapping) else link for link in links)
    return [id.partition(" ")[0] for id in ids if isinstance(id, str)]


# --- keys and values ------------------------------------------------------------------------------

_ASSIGNED = re.compile(r"([\w.-]+?)([+-]?=)(.*)", re.DOTALL)


def _settings(asked: Asked) -> Words:
    """A table, then ``key=`` and what the key may hold."""
    said = asked.said
    if not said or (len(said) == 1 and kind_called(said[0]) and "." not in said[0]):
        return _table(asked)
    return _assigned(asked, _kind_of(said))


def _additions(asked: Asked) -> Words:
    """``kind.``, whose id is new, then as in `_settings`."""
    from planner.roadmap.fields import KIND_NOUNS

    if asked.said:
        return _assigned(asked, _kind_of(asked.said))
    return [(f"{kind}.", noun) for kind, noun in KIND_NOUNS.items()]


def _kind_of(said: tuple[str, ...]) -> str:
    kind = kind_called(said[0].partition(".")[0])
    return kind if kind is not None and ("." in said[0] or len(said) > 1) else "initiatives"


def _assigned(asked: Asked, kind: str) -> Words:
    from planner.roadmap.descriptions import describe

    match = _ASSIGNED.fullmatch(asked.word)
    if match is None:
        return [(f"{key}=", describe(kind, key)) for key in fields(kind)]
    field = fields(kind).get(match[1])
    if field is None:
        return ()
    before = match[1] + match[2]
    if field.form.what == "list":
        before += match[3].rpartition(",")[0] + "," * ("," in match[3])
    values: Words = [(word, "") for word in _choices(field.form)]
    if field.refs:
        values = asked.ids(*field.refs)
    return [(before + word, title) for word, title in values]


def _choices(form: Form) -> tuple[str, ...]:
    if form.what == "flag":
        return ("true", "false")
    return form.choices or (_choices(form.item) if form.what == "list" and form.item else ())


# --- rules, filters, revisions, files -------------------------------------------------------------


def _codes(_: Asked) -> Words:
    from planner.conflicts.registry import RULES

    return [(rule.code, rule.summary) for rule in RULES.values()]


def _rules(asked: Asked) -> Words:
    """Codes, names and families of rules; the last of several with commas."""
    from planner.conflicts.registry import RULES

    before = asked.word[: asked.word.rfind(",") + 1]
    families = ((code.rstrip("0123456789"), "") for code in RULES)
    names = ((rule.name, rule.summary) for rule in RULES.values())
    words = {**dict(families), **dict(names), **dict(_codes(asked))}
    return [(before + word, title) for word, title in words.items()]


def _conflicts(asked: Asked) -> Words:
    """A code; behind a colon what a conflict of it may be on."""
    from planner.roadmap.entities import FOUND_ON

    code, colon, _ = asked.word.partition(":")
    if not colon:
        return _codes(asked)
    return [(f"{code}:{id}", title) for id, title in asked.ids(*FOUND_ON)]


def _query(asked: Asked) -> Words:
    """The last term of a filter: a word that asks something, a key, what a key may hold."""
    from planner.query.filters import SYNONYMS, flags, keys

    start = re.search(r"[^\s()]*\Z", asked.word)
    at = start.start() if start else 0
    before, term = asked.word[:at], asked.word[at:]
    minus = "-" if term.startswith("-") else ""
    key, colon, value = term.removeprefix("-").partition(":")
    if colon:
        first = before + minus + key + colon + value[: value.rfind(",") + 1]
        return [(first + word, title) for word, title in _asked_of(asked, SYNONYMS.get(key, key))]
    words = [*flags(), *(f"{each}:" for each in keys()), "@needs:", "@feeds:"]
    return [(before + minus + word, "") for word in words]


def _asked_of(asked: Asked, key: str) -> Words:
    """What a key of the filter language may be asked for."""
    if key in ("id", "@needs", "@feeds"):
        return asked.ids("initiatives")
    if key == "rule":
        return _codes(asked)
    if key == "waits":
        return asked.ids("portfolios", "teams", "people")
    if key in ("system", "data"):
        return asked.ids("systems" if key == "system" else "data")
    kinds = references("initiatives").get(key)
    if kinds:
        return asked.ids(*kinds)
    field = fields("initiatives").get(key)
    return [(word, "") for word in _choices(field.form)] if field is not None else ()


def _revisions(asked: Asked) -> Words:
    """Branches, tags and HEAD."""
    from planner.git.revisions import Repository

    names = Repository.around(asked.path).git(["for-each-ref", "--format=%(refname:short)"])
    return [("HEAD", ""), *((name, "") for name in names.decode().split())]


def _last(_: Asked) -> Words:
    return [("last", "since the last meeting")]


def _compared(asked: Asked) -> list[CompletionItem]:
    """Revisions, or the roadmap."""
    try:
        found = [*_items(_revisions(asked), asked.word)]
    except Exception:  # no repository: there is the path still
        found = []
    return [*found, *_path(asked)]


def _path(asked: Asked) -> list[CompletionItem]:
    return [CompletionItem(asked.word, type="file")]


def _sheet(asked: Asked) -> list[CompletionItem]:
    """Files that are imported or asked with, and folders; any file where none is one."""
    at = asked.word.rfind("/") + 1
    folder, begun = asked.word[:at], asked.word[at:]
    names = sorted(each.name for each in Path(folder or ".").iterdir() if each.name.isprintable())
    wanted = [name for name in names if name.startswith(begun) and name.endswith(SHEETS)]
    found = [CompletionItem(folder + name) for name in wanted]
    return [*found, CompletionItem(asked.word, type="dir")] if found else _path(asked)


def _answers(asked: Asked) -> list[CompletionItem]:
    """How phrases of an import are answered: on the terminal, not at all, or in a file."""
    words = [
        ("ask", "one after another"),
        ("take", "the first candidate of each"),
        ("none", "list them only"),
    ]
    return [*_items(words, asked.word), *_path(asked)]


def _versions(_: Asked) -> Words:
    return [("sheet", "what the sheet says"), ("mine", "what the roadmap says")]


def _topics(asked: Asked) -> Words:
    """The pages of the help, and the commands."""
    from planner.cli.help import TOPICS

    pages = [page.stem for page in sorted(TOPICS.glob("*.md"))]
    return [(name, "") for name in (*pages, *asked.commands)]


def _groupings(_: Asked) -> Words:
    from planner.query.arrangement import GROUPINGS

    return [(word, "") for word in GROUPINGS]


def _sorts(_: Asked) -> Words:
    from planner.query.columns import HEADINGS, SORTS

    return [(minus + word, HEADINGS[word].about) for minus in ("", "-") for word in SORTS]


def _columns(asked: Asked) -> Words:
    """The names of columns, the last of several with commas between."""
    from planner.query.columns import COLUMNS, HEADINGS

    before = asked.word.rpartition(",")[0]
    first = f"{before}," if before else ""
    return [(first + word, HEADINGS[word].about) for word in COLUMNS]


def _types(_: Asked) -> Words:
    from planner.roadmap.quantities import LINK_TYPES

    return [(word, "") for word in LINK_TYPES]


_INITIATIVES = _ids("initiatives")
_PARTIES = _ids("portfolios", "teams", "people")

BY_NAME: Mapping[str, Callable[[Asked], Any]] = {
    "view": _ids("views"),
    "grouping": _groupings,
    "sort": _sorts,
    "mapping": _path,
    "meeting": _ids("meetings"),
    "team": _ids("teams"),
}
"""Where the help calls several things alike."""

BY_METAVAR: Mapping[str, Callable[[Asked], Any]] = {
    "PATH": _path,
    "FILE": _sheet,
    "COMMANDS|-": _path,
    "[FILE] [PATH]": _sheet,
    "FILE [PATH]": _path,
    "PREDECESSOR": _INITIATIVES,
    "SUCCESSOR": _successors,
    "SIDE": _ids("portfolios"),
    "WHO": _PARTIES,
    "WHO|ID": _ids("portfolios", "teams", "people", "initiatives"),
    "TEAM": _ids("teams", "people"),
    "RULES": _rules,
    "CODE[:ID]": _conflicts,
    "[CODE[:ID]]": _conflicts,
    "NAMES": _columns,
    "REV": _revisions,
    "[REV]...": _revisions,
    "REV|DATE": _revisions,
    "last|DATE": _last,
    "[A [B]] [PATH]": _compared,
    "QUERY": _query,
    "TOPIC": _topics,
    "ask|take|none|FILE": _answers,
    "sheet|mine|KEY=VERSION": _versions,
    "[FS|SS|FF|SF][±LAG]": _types,
    "ID KEY=VALUE...": _settings,
    "KIND.ID [KEY=VALUE...]": _additions,
    "ID NEW": _table,
    "ID [SUPPLIER]": _agreed,
    "ID...": _every_table,
    "[ID]...": _INITIATIVES,
    "ID": _INITIATIVES,
}
"""By what a parameter is called in the help."""

NOTHING: Mapping[str, str] = {
    "DATE": "it is typed, in digits or in words",
    "TEXT": "it is free text",
    "TITLE": "it is free text",
    "MESSAGE": "it is free text",
    "SIDE=AMOUNT": "the amount is typed, and a wrong side is answered with those there are",
    "[NAME]": "git gives it",
    "NAME": "it is new",
    "KEY=VERSION": "`planner resolve` lists the keys that are open, and is read before",
}
"""What nothing can complete, and why; numbers and choices are known by their type."""
