"""Problems of reading: values that the format does not allow, and how to correct them.

A problem names the table and key, the value found, what is allowed and the nearest valid value. The
value counts as absent, and everything else is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct, structs

from planner.roadmap.entities import Severity
from planner.roadmap.quantities import NEED_WORDS
from planner.roadmap.values import DAY_WORDS, NotAllowedError, shown


class Problem(Struct, frozen=True, kw_only=True):
    """One problem. `key` is the path inside the table, ``()`` for the table itself.

    `found`, `allowed` and `nearest` are as TOML would write them; `nearest` is None where nothing
    is near; they are for people to read, and long ones are cut. `meant` is the nearest value
    itself, `of_key` says that it is a key, not a value, and `swapped` is the key with which the
    value has changed places. `id` is ``""`` for single tables, unknown tables and whole kinds.
    """

    code: str
    severity: Severity
    kind: str
    id: str
    key: tuple[str, ...] = ()
    file: str = ""
    message: str
    found: str = ""
    allowed: str = ""
    nearest: str | None = None
    meant: Any = None
    of_key: bool = False
    swapped: str = ""


def place(kind: str, id: str, key: tuple[str, ...] = ()) -> str:
    """``initiatives.web-push.estimate``: a table or a key in it, as a finding names it."""
    return ".".join(part for part in (kind, id, *key) if part)


def invalid_value(
    kind: str,
    id: str,
    key: tuple[str, ...],
    file: str,
    wrong: NotAllowedError,
    *,
    as_key: bool = False,
) -> Problem:
    """READ01: a value that the format does not allow, or (`as_key`) a key that it does not."""
    found = str(wrong.found) if as_key else shown(wrong.found)
    near = None if wrong.nearest is None else shown(wrong.nearest)
    if as_key and near is not None:
        near = near.strip('"')
    where = place("" if kind == "initiatives" else kind, id, key[:-1] if as_key else key)
    message = f"{wrong.cause} ({where})"
    if not wrong.cause:
        message = _said(found, wrong.allowed, near, where, key, as_key=as_key)
    return Problem(
        code="READ01",
        severity="error",
        kind=kind,
        id=id,
        key=key,
        file=file,
        message=message,
        found=found,
        allowed=wrong.allowed,
        nearest=near,
        meant=wrong.nearest,
        of_key=as_key,
        swapped=wrong.swapped,
    )


def meaning(problem: Problem, meant: object) -> Problem:
    """The same problem of a value, with what it most likely meant, where reading couldn't know."""
    near = shown(meant)
    where = place("" if problem.kind == "initiatives" else problem.kind, problem.id, problem.key)
    message = _said(problem.found, problem.allowed, near, where, problem.key, as_key=False)
    return structs.replace(problem, message=message, nearest=near, meant=meant)


_NOUNS = {DAY_WORDS: "a date", NEED_WORDS: "a link"}
"""What the values of many keys are called, whatever the key is called."""


def _said(
    found: str, allowed: str, near: str | None, where: str, key: tuple[str, ...], *, as_key: bool
) -> str:
    """The point first, since a list shows only the beginning: ``"planed" is not a status; nearest
    "planned" (consent-center.status)``.
    """
    what = f"the key {found}" if as_key else found
    word = key[-1].replace("_", " ") if key else ""
    if near is not None and allowed in _NOUNS:
        allowed = _NOUNS[allowed]
    elif near is not None and allowed.startswith("an id"):
        allowed = "an id"
    elif near is not None and word and not as_key:
        word = word if word == "status" else word.removesuffix("s")
        allowed = f"{'an' if word[0] in 'aeiou' else 'a'} {word}"
    hint = "" if near is None else f"; nearest {near}"
    return f"{what} is not {allowed}{hint} ({where})"


def unreadable(
    kind: str, id: str, file: str, message: str, *, found: str, allowed: str, nearest: str | None
) -> Problem:
    """READ01 for a whole table, or for the name of one."""
    return Problem(
        code="READ01",
        severity="error",
        kind=kind,
        id=id,
        file=file,
        message=message if nearest is None else f"{message}; nearest: {nearest}",
        found=found,
        allowed=allowed,
        nearest=nearest,
    )


def unknown_key(
    kind: str, id: str, key: tuple[str, ...], file: str, near: str | None, table: str = ""
) -> Problem:
    """READ02: a key, or with ``key = ()`` a table, that the format does not know; it is kept."""
    if key:
        where = place("" if kind == "initiatives" else kind, id, key)
        message = f"unknown key {where}{f' of {table}' if table else ''}"
    else:
        message = f"unknown table {kind}"
    return Problem(
        code="READ02",
        severity="info",
        kind=kind,
        id=id,
        key=key,
        file=file,
        message=message if near is None else f"{message} (nearest: {near})",
        found=key[-1] if key else kind,
        nearest=near,
    )


def duplicate(kind: str, id: str, used: str, other: str, key: tuple[str, ...] = ()) -> Problem:
    """PLAN03: one id in two files; the first file's table is the one that is read."""
    name = place(kind, id, key)
    return Problem(
        code="PLAN03",
        severity="error",
        kind=kind,
        id=id,
        key=key,
        file=other,
        message=f"{name} is in {used} and in {other}; only {used} is read",
        found=other,
        allowed=f"one table, in {used}",
    )


def twice(problems: Iterable[Problem]) -> list[Problem]:
    """Of the problems those about a whole table that stands in two files."""
    doubled = (one for one in problems if one.code == "PLAN03" and one.found == one.file)
    return [one for one in doubled if one.id and not one.key]


def shared_id(id: str, team_file: str, person_file: str) -> Problem:
    """PLAN03: a team and a person with one id; which of them an owner is, nobody can tell."""
    return Problem(
        code="PLAN03",
        severity="error",
        kind="people",
        id=id,
        file=person_file,
        message=f"{id} is a team in {team_file} and a person in {person_file}; people and teams "
        "share one namespace, so one of them needs another id",
        found=f"teams.{id} and people.{id}",
        allowed="an id that no team has",
    )
