"""Commands of edits: the `planner` command line that makes the same edit.

The words are those of the command line: ``set``, ``link``, ``unlink``, ``add``, ``remove``,
``rename``; a status is ``set``, since ``status`` writes days of its own. An id stands alone where
only one kind has it, and initiatives come first; else it is written ``systems.cdp``. ``KEY=`` with
nothing behind it takes a key out. A link reads in the direction of work:
``link PREDECESSOR SUCCESSOR SS+5d``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, groupby
from typing import Any

from planner.roadmap.entities import KINDS, SINGLES, Roadmap
from planner.roadmap.fields import is_list, kind_called
from planner.roadmap.ids import is_id
from planner.roadmap.quantities import NEED_KEYS, Counter, Need, format_need_text, parse_need
from planner.text.edits import AddTable, Edit, Edits, RemoveKey, RemoveTable, RenameId, SetKey
from planner.text.rendering import render
from planner.text.shell import line, sayable
from planner.text.visible import visible


def as_command(edit: Edit, roadmap: Roadmap, options: Sequence[str] = ()) -> str | None:
    """The command that makes an edit on this roadmap, as it is written, in one line for a shell.

    Several commands are joined by ``&&``, each with the options. None where no command says it: of
    a table without an id, of a new one whose id is none, with words that no shell can be given.
    """
    edits = list(_flat(edit))
    commands = [["planner", *words, *options] for words in _commands(edits, roadmap)]
    if not all(map(_has_a_name, edits)) or not all(map(sayable, chain(*commands))):
        return None
    return " && ".join(map(line, commands))


def _has_a_name(edit: Edit) -> bool:
    """Whether a command can name the table that an edit is of."""
    if isinstance(edit, AddTable):
        return is_id(edit.id) or edit.kind not in KINDS
    if isinstance(edit, RenameId):
        return bool(edit.old) and is_id(edit.new)
    return isinstance(edit, Edits) or edit.kind not in KINDS or bool(edit.id)


def _flat(edit: Edit) -> Iterator[Edit]:
    if isinstance(edit, Edits):
        for part in edit.edits:
            yield from _flat(part)
    else:
        yield edit


def _commands(edits: Iterable[Edit], roadmap: Roadmap) -> Iterator[list[str]]:
    """Neighbouring assignments to one table are one command."""
    words = [words for edit in edits for words in _words(edit, roadmap)]
    for target, group in groupby(words, key=lambda each: each[:2] if each[0] == "set" else each):
        if target[0] == "set":
            yield [*target, *(word for each in group for word in each[2:])]
        else:
            yield from group


def _words(edit: Edit, roadmap: Roadmap) -> Iterator[list[str]]:
    if isinstance(edit, RenameId):
        yield ["rename", _name(edit.kind, edit.old, roadmap), edit.new]
    elif isinstance(edit, AddTable):
        what = ["add", f"{edit.kind}.{edit.id}"] if edit.id else ["set", edit.kind]
        yield [*what, *_assignments(edit.kind, (), edit.values)]
    elif isinstance(edit, RemoveTable):
        yield ["remove", _name(edit.kind, edit.id, roadmap)]
    elif isinstance(edit, RemoveKey):
        yield ["set", _name(edit.kind, edit.id, roadmap), f"{_dotted(edit.key)}="]
    elif isinstance(edit, SetKey):
        yield from _set_words(edit, roadmap)


def _set_words(edit: SetKey, roadmap: Roadmap) -> Iterator[list[str]]:
    if (links := _links(edit, roadmap)) is not None:
        yield from links
    else:
        name = _name(edit.kind, edit.id, roadmap)
        yield ["set", name, *_assignments(edit.kind, edit.key, edit.value)]


def _links(edit: SetKey, roadmap: Roadmap) -> list[list[str]] | None:
    """A change of `needs` as links made and cut, where all that changes are plain links."""
    initiative = roadmap.initiatives.get(edit.id)
    if edit.kind != "initiatives" or edit.key != ("needs",) or initiative is None:
        return None
    before = list(initiative.needs)
    after = _needs(edit.value)
    if not after:
        return None
    cut = [need for need in before if need not in after]
    kept = [need for need in before if need in after]
    made = after[len(kept) :]
    if after[: len(kept)] != kept or not (cut or made):
        return None
    if {need.on for need in cut} & {need.on for need in kept}:
        return None
    written = edit.value[len(kept) :] if isinstance(edit.value, list | tuple) else [edit.value]
    if any(text != format_need_text(need) for text, need in zip(written, made, strict=False)):
        return None
    if any(not _is_plain(need) or need.on not in roadmap.initiatives for need in made):
        return None
    said = {need.on for need in cut if _is_recorded(need)}
    unlinked = [
        [
            "unlink",
            initiative_name(on),
            initiative_name(edit.id),
            *(["--take-back"] if on in said else []),
        ]
        for on in dict.fromkeys(need.on for need in cut)
    ]
    return unlinked + [["link", *_link_words(need, edit.id)] for need in made]


def _needs(value: Any) -> list[Need] | None:
    items = value if isinstance(value, list | tuple) else [value]
    try:
        return [parse_need(item) for item in items]
    except ValueError:
        return None


def _is_plain(need: Need) -> bool:
    return need == Need(on=need.on, type=need.type, lag=need.lag)


def _is_recorded(need: Need) -> bool:
    """Whether somebody said something about a link on some day."""
    return any(isinstance(getattr(need, key), date | Counter) for key in NEED_KEYS)


def _link_words(need: Need, successor: str) -> list[str]:
    _, _, kind = format_need_text(need).partition(" ")
    if kind.startswith("-"):  # A shell's options look like that.
        kind = need.type + kind
    return [initiative_name(need.on), initiative_name(successor), *([kind] if kind else [])]


def _assignments(kind: str, key: tuple[str, ...], value: Any) -> Iterator[str]:
    """``key=value`` words; those of a new table are one for each key.

    A small table is one word: given key by key, what else is in the file's would stay. A text where
    a list may be is quoted, or it would be read as a list.
    """
    if not key:
        for name, each in value.items():
            yield from _assignments(kind, (name,), each)
    elif isinstance(value, str) and is_list(kind, key[0]):
        yield f"{_dotted(key)}={_toml(value)}"
    else:
        yield f"{_dotted(key)}={_value(value)}"


def _value(value: Any) -> str:
    """Text as it is, unless it could be taken for something else; all other values as TOML."""
    plain = isinstance(value, str) and value.strip() == value and value.isprintable()
    seen = plain and value and value[0] not in "\"'[{" and visible(value) == value
    return value if seen else _toml(value)


def _toml(value: Any) -> str:
    """As TOML, in letters that can be seen: what can't stands in quotes, where it has an escape."""
    return "".join(each if visible(each) == each else _escape(each) for each in render(value))


def _escape(letter: str) -> str:
    code = ord(letter)
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def _dotted(key: tuple[str, ...]) -> str:
    return ".".join(part if _plain_part(part) else _toml(part) for part in key)


def _plain_part(part: str) -> bool:
    """Whether a part of a key stands bare, is no option, and does not end as ``-=`` begins."""
    return (
        bool(part)
        and part[0] != "-"
        and part[-1] != "-"
        and part.replace("-", "").replace("_", "").isalnum()
        and part.isascii()
    )


def _name(kind: str, id: str, roadmap: Roadmap) -> str:
    """The shortest name that can mean only this table."""
    if not id:
        return kind
    if id in SINGLES or _is_taken(id):
        return f"{kind}.{id}"
    others = [each for each in KINDS if each != kind and id in roadmap.table(each)]
    alone = not others and kind in KINDS and id in roadmap.table(kind)
    return id if kind == "initiatives" or alone else f"{kind}.{id}"


def initiative_name(id: str) -> str:
    """An initiative where no other kind can be meant."""
    return f"initiatives.{id}" if _is_taken(id) else id


def link_line(verb: str, *ids: str) -> str:
    """``planner link PREDECESSOR SUCCESSOR`` and what else is said of two initiatives."""
    return line(["planner", verb, *map(initiative_name, ids)])


def _is_taken(id: str) -> bool:
    """Whether an id that stands alone is taken for an option, or for another kind's."""
    return id.startswith("-") or kind_called(id.partition(".")[0]) is not None
