"""Roadmaps with hostile text wherever the format has room for text, and wherever it has none.

They are drawn from the entities' own fields, so that a key that is new is hostile here, too. Every
value begins with another of the pieces, for a screen may cut a text off anywhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count

from planner.roadmap.entities import KINDS
from planner.roadmap.fields import TABLES, Field, Form, fields

PIECES = (
    "\x1b[66;66Hmoved",
    "\x1b]8;;http://x.example\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]52;c;aGk=\x07",
    "\x1bP+q544e\x1b\\",
    "\x9b66;66H\x90q\x9c\x9d52;c;aGk=\x9c\x85",
    "\u202egpj\u2066\u061c",
    "a\u200b\u200d\ufeff\u2060b",
    "\b\b\x7f\x0e\x0c\x00",
    "one\ttwo\rthree\nfour\u2028five\u2029",
    "[@click=app.quit]x[/]",
    "[/]",
    "[b]\\[/b] $a {b} %s",
    "e" + "\u0301" * 40 + "\U0001f469\u200d\U0001f469\u200d\U0001f467" + "移動" * 9,
    "'\"`$(id)`;|&<x>",
    "\U000e0041\U000e007f\xad",
)
"""What a terminal, a markup language or a shell could obey."""

LEAKS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\U000e0000-\U000e007f]"
)
"""What no output may have: all that is no sign and no line end."""


class Words:
    """A different hostile text each time it is asked, the same ones in every run."""

    def __init__(self) -> None:
        self._count = count()

    def text(self) -> str:
        """All pieces, each time another first, and never the same text."""
        number = next(self._count)
        at = number % len(PIECES)
        return "".join((*PIECES[at:], *PIECES[:at], str(number)))

    def key(self) -> str:
        """The same as a quoted key."""
        return quoted(self.text())


def quoted(text: str) -> str:
    """A basic string of TOML, with what TOML lets stand in a file as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def readable(words: Words) -> str:
    """Hostile text where text may stand, all else as it should be, so that a plan comes of it."""
    return _roadmap(words, "good", lambda field, _: _fitting(words, field.form)) + _work(words)


def unreadable(words: Words) -> str:
    """Hostile text as the value of every key, of every type; in ids, table names and keys."""
    strange = f"[{words.key()}]\n{words.key()} = {words.key()}\n[{words.key()}.{words.key()}]\n"
    return _roadmap(words, words.key(), lambda _, number: _unfitting(words, number)) + strange


def both(words: Words) -> str:
    """A plan, and beside each of its tables one with hostile text in every key."""
    beside = _tables(words, KINDS, words.key(), lambda _, number: _unfitting(words, number))
    return readable(words) + beside


def _roadmap(words: Words, id: str, value: Callable[[Field, int], str]) -> str:
    lines = [_tables(words, TABLES, id, value)]
    lines += ["[glossary]", f"{words.key()} = {words.key()}"]
    lines += [f"{words.key()} = {{ marketing = {words.key()}, it = {words.key()} }}"]
    return "\n".join(lines) + "\n"


def _tables(words: Words, kinds: Iterable[str], id: str, value: Callable[[Field, int], str]) -> str:
    names = {kind: f"{kind}.{id}" if kind in KINDS else kind for kind in kinds}
    lines = (line for kind, name in names.items() for line in _table(words, name, kind, value))
    return "\n".join([*lines, ""])


def _table(words: Words, name: str, kind: str, value: Callable[[Field, int], str]) -> Iterator[str]:
    yield f"# {words.text()}".translate(_NOT_IN_COMMENTS)
    yield f"[{name}]"
    for number, field in enumerate(fields(kind).values()):
        yield f"{field.name} = {value(field, number)}"
    yield f"{words.key()} = {words.key()}"


_NOT_IN_COMMENTS = dict.fromkeys((*range(9), *range(10, 32), 127))


def _unfitting(words: Words, number: int) -> str:
    text = words.key()
    return (text, f"[{text}]", f"{{ {words.key()} = {text} }}", f"[[{text}]]")[number % 4]


def _fitting(words: Words, form: Form) -> str:
    """A value of a form, hostile where the form lets any text stand."""
    if form.what == "choice":
        return quoted(form.choices[0])
    if form.what == "list":
        assert form.item is not None
        return f"[{_fitting(words, form.item)}]"
    if form.what == "table":
        assert form.item is not None
        key = {"text": words.key(), "id": "good", "day": "2027-03-08"}[form.key]
        return f"{{ {key} = {_fitting(words, form.item)} }}"
    return _PLAIN[form.what] if form.what in _PLAIN else words.key()


_PLAIN: Mapping[str, str] = {
    "flag": "true",
    "whole": "3",
    "number": "3",
    "day": "2027-03-08",
    "length": '"2w"',
    "estimate": '"3w"',
    "id": '"good"',
    "need": '"good"',
}


def _work(words: Words) -> str:
    """A late launch behind a hand-over that is open, a clash, a gap and a decision."""
    w = words.key
    return f"""
[portfolios.marketing]
title = {w()}
[portfolios.it]
title = {w()}
[teams.crm]
title = {w()}
portfolio = "marketing"
capacity = 1
[teams.data]
title = {w()}
portfolio = "it"
[people.ann]
name = {w()}
team = "data"
skills = [{w()}]
[systems.cdp]
title = {w()}
owner = "data"
standing = "unreviewed"
capabilities = [{w()}]
[initiatives.api]
title = {w()}
owner = "data"
estimate = "6w"
status = "planned"
skills = [{w()}]
journey = [{w()}]
changes = ["cdp"]
[initiatives.web]
title = {w()}
kind = "campaign"
owner = "crm"
estimate = "2w"
needs = [{{ on = "api", delivers = {w()}, why = {w()}, asked = 2027-03-01 }}]
deadline = 2027-03-10
uses = ["cdp"]
outcomes = ["good"]
tags = [{w()}]
notes = {w()}
[initiatives.odd]
owner = {w()}
estimate = {w()}
{w()} = {w()}
"""
