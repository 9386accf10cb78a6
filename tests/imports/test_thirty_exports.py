"""Thirty exports of sheets and tools, as people have them: what each must become, in one command.

The files stand in `exports/` with their exact bytes, the workbooks are built in `books.py`, and
what the import must say of each is in `exports/NAME.expect.toml`: written from the file alone, with
the dates reckoned by hand. All goes through the command line.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ran, Run, run
from tests.imports.books import BOOKS, EXPORTS, written

__all__ = ["run"]

NAMES = sorted(path.name.removesuffix(".expect.toml") for path in EXPORTS.glob("*.expect.toml"))
AS_OF = "2026-11-30"

Said = Mapping[str, Any]


class Imported:
    """An export that was imported: what the import said, and the roadmap that it became."""

    def __init__(self, run: Run, name: str, folder: Path) -> None:
        self.expected: Said = tomllib.loads((EXPORTS / f"{name}.expect.toml").read_text("utf-8"))
        self.file = str(written(name, folder) if name in BOOKS else EXPORTS / name)
        self.run, self.path = run, folder / "roadmap"
        self.ran = self.imported("--json", "--links", "none")
        self.said: Said = json.loads(self.ran.out or "{}")
        self.shown: Said = self.asked("show")
        self.found: list[Said] = list(self.shown.get("initiatives", ()))
        self.tables = self._tables()

    def imported(self, *options: str, into: Path | None = None) -> Ran:
        return self.run("import", self.file, str(into or self.path), "--as-of", AS_OF, *options)

    def asked(self, command: str, of: Path | None = None) -> Said:
        ran = self.run(command, str(of or self.path), "--json", "--as-of", AS_OF)
        answer: Said = json.loads(ran.out) if ran.out.startswith("{") else {}
        return answer

    def _tables(self) -> dict[str, dict[str, Any]]:
        """Kind → id → keys of all files that were written."""
        files = [self.path, *self.path.glob("*.toml")] if self.path.exists() else []
        tables: dict[str, dict[str, Any]] = {}
        for file in (each for each in files if each.is_file()):
            for kind, found in tomllib.loads(file.read_text("utf-8")).items():
                tables.setdefault(kind, {}).update(found)
        return tables

    def id(self, wanted: Said) -> str:
        """The id of an initiative that is expected by its title, or by its id where it says one."""
        key = "id" if "id" in wanted else "title"
        return next((one["id"] for one in self.found if one[key] == wanted[key]), "")

    def titled(self, id: str) -> str:
        return next((one["title"] for one in self.found if one["id"] == id), id)

    def bytes(self) -> dict[str, bytes]:
        files = self.path.rglob("*") if self.path.is_dir() else self.path.parent.rglob("*.toml")
        return {str(file): file.read_bytes() for file in files if file.is_file()}


# --- what differs from what is expected -----------------------------------------------------------


def _initiatives(one: Imported) -> Iterator[str]:
    wanted = one.expected["initiatives"]
    if len(one.found) != one.expected["count"]:
        titles = sorted(each["title"] for each in one.found)
        yield f"{len(one.found)} initiatives, not {one.expected['count']}: {titles}"
    for each in wanted:
        shown = next((it for it in one.found if it["id"] == one.id(each)), None)
        if shown is None:
            yield f"no initiative {each['title']!r}"
        else:
            yield from _keys(one, each, shown)
    there = {each["title"] for each in one.found}
    yield from (
        f"{title!r} is an initiative" for title in one.expected.get("absent", ()) if title in there
    )


def _keys(one: Imported, wanted: Said, shown: Said) -> Iterator[str]:
    table = one.tables.get("initiatives", {}).get(shown["id"], {})
    found = {
        **{key: shown[key] for key in ("portfolio", "owner", "status", "kind")},
        "days": shown["duration"] if "estimate" in table or shown["duration"] == 0 else None,
        "deadline": table.get("deadline", False),
        "start": table.get("start_no_earlier_than"),
        "actual_start": table.get("actual_start"),
        "actual_finish": table.get("actual_finish"),
        "group": one.tables.get("groups", {}).get(table.get("part_of"), {}).get("title"),
        "urls": _first(table.get("urls")),
        "relates": _first(table.get("relates")),
    }
    for key in wanted.keys() & found.keys():
        if wanted[key] != found[key]:
            yield f"{wanted['title']}: {key} is {found[key]!s}, not {wanted[key]!s}"
    if one.expected.get("no_estimates") and "estimate" in table:
        yield f"{wanted['title']}: an estimate {table['estimate']} that the file doesn't give"


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value


def _links(one: Imported) -> Iterator[str]:
    found = {
        (one.titled(link["successor"]), one.titled(link["predecessor"]), link["type"] + link["lag"])
        for link in one.said["links"]
    }
    either = [tuple(link) for link in one.expected.get("one_of", ())]
    wanted = {tuple(link) for link in one.expected["links"]}
    yield from (f"no link {link}" for link in sorted(wanted - found))
    yield from (f"a link {link}" for link in sorted(found - wanted - set(either)))
    if either and len(found & set(either)) != 1:
        yield f"not just one of {either}"


def _phrases(one: Imported) -> Iterator[str]:
    for row, names, first in one.expected.get("phrases", ()):
        there = [
            each for each in one.said["phrases"] if each["row"] == row and names in each["words"]
        ]
        likeliest = [each["candidates"][0]["id"] for each in there if each["candidates"]]
        if not there:
            yield f"row {row}: no phrase {names!r}"
        elif first and first not in {one.titled(id) for id in likeliest}:
            yield f"row {row}: {names!r} is first {likeliest}, not {first!r}"


def _losses(one: Imported) -> Iterator[str]:
    for row, column, value in one.expected.get("losses", ()):
        if not any(_is_loss(each, row, column, value) for each in one.said["losses"]):
            yield f"row {row}: no loss {column} {value!r}"
    parts = ("losses", "notes", "columns", "phrases")
    told = json.dumps([one.said[part] for part in parts], ensure_ascii=False)
    yield from (
        f"not said: {each}" for each in one.expected.get("said", ()) if not re.search(each, told)
    )


def _is_loss(loss: Said, row: int, column: str, value: str) -> bool:
    there = loss["row"] == row and loss["column"].endswith(column)
    return there and any(each in loss["value"] for each in value.split("|"))


def _late(one: Imported) -> Iterator[str]:
    """The dates that don't hold, worst first: the day that the file says and the plan's."""
    ignored = set(one.expected.get("unreckoned", ()))
    late = [each for each in one.said["dates"] if each["days"] > 0 and each["title"] not in ignored]
    wanted = one.expected["late"]
    found = {each["title"]: date.fromisoformat(each["planned"]) for each in late}
    if found != {title: planned for title, _, planned, _ in wanted}:
        yield f"late are {_told(late)}, not {[(t, str(p), n) for t, _, p, n in wanted]}"
    said = {title: (str(day), days) for title, day, _, days in wanted}
    due = {each["title"]: str(each.get("deadline")) for each in one.expected["initiatives"]}
    for each in late:
        day, days = said.get(each["title"], ("", 0))
        if each["said"] == day and each["days"] != days:
            yield f"{each['title']}: {each['days']} working days late, not {days}"
        if each["said"] not in (day, due.get(each["title"])):
            yield f"{each['title']}: the file says {day}, not {each['said']}"
    if late and late[0]["days"] != max(each["days"] for each in late):
        yield f"not the worst first: {_told(late)}"


def _told(late: Sequence[Said]) -> list[tuple[str, str, int]]:
    return [(each["title"], each["planned"], each["days"]) for each in late]


def _conflicts(one: Imported) -> Iterator[str]:
    """True conflicts between two departments; and none about the file's syntax."""
    found = one.asked("check").get("findings", [])
    yield from _missing(one, found, one.expected.get("conflicts", ()))
    yield from (f"{each['code']} {each['on']}" for each in found if each["code"].startswith("READ"))


def _missing(one: Imported, found: Sequence[Said], wanted: Sequence[Any]) -> Iterator[str]:
    for code, title in wanted:
        on = {one.titled(id) for each in found if each["code"] == code for id in each["on"]}
        if title not in on:
            yield f"no {code} on {title!r}, but on {sorted(on)}"


def _answered(one: Imported) -> Iterator[str]:
    """With the first candidate of each phrase taken, by a file of answers, each is a link."""
    wanted = [(row, first) for row, _, first in one.expected.get("phrases", ()) if first]
    if not wanted:
        return
    into, answers = one.path.parent / "answered", one.path.parent / "answers.toml"
    one.imported("--links", str(answers), into=into)
    template = answers.read_text("utf-8")
    answers.write_text(re.sub(r'(candidates = "1 .*\nanswer = )""', r'\1"1"', template), "utf-8")
    ran = one.imported("--json", "--links", str(answers), into=into)
    said = json.loads(ran.out or "{}")
    linked = {(link["row"], one.titled(link["predecessor"])) for link in said.get("links", ())}
    yield from (f"answered, and no link {each}" for each in wanted if each not in linked)
    found = one.asked("check", into).get("findings", [])
    yield from _missing(one, found, one.expected.get("conflicts_answered", ()))


def _groups(one: Imported) -> Iterator[str]:
    titles = {each.get("title") for each in one.tables.get("groups", {}).values()}
    yield from (
        f"no group {each!r}" for each in one.expected.get("groups", ()) if each not in titles
    )


def _page(one: Imported) -> Iterator[str]:
    """The page says the worst date first, before anything else of the file: as it would be with
    the likeliest answers to phrases that are open."""
    into = one.path.parent / "page"
    ran = one.imported("--links", "none", "--dry-run", into=into)
    if ran.code or into.exists():
        yield f"a dry run ends with {ran.code}: {ran.err}"
    dates = (one.said["likeliest"] or one.said)["dates"]
    late = [each for each in dates if each["id"] not in one.said["overdue"]]
    most = max((each["days"] for each in late), default=0)
    worst = {each["title"] for each in late if most > 0 and each["days"] == most}
    lines = [line for line in ran.out.splitlines() if line.strip()]
    early = " ".join(lines[:4])
    if worst and not any(title[:20] in early for title in worst):
        yield f"the page begins with {lines[:4]}, not with one of {worst}"


def _again(one: Imported) -> Iterator[str]:
    before = one.bytes()
    ran = one.imported("--json", "--links", "none")
    if ran.code or json.loads(ran.out)["state"] != "no change" or one.bytes() != before:
        yield f"a second import is no import without a change: {ran.out[:300]} {ran.err}"


CHECKS: tuple[Callable[[Imported], Iterator[str]], ...] = (
    _initiatives, _groups, _links, _phrases, _losses, _late, _conflicts, _page, _again, _answered,
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_an_export_becomes_a_roadmap_in_one_command(run: Run, tmp_path: Path, name: str) -> None:
    one = Imported(run, name, tmp_path)

    assert one.ran.code == 0, one.ran.err
    assert [each for check in CHECKS for each in check(one)] == []


def test_there_are_thirty_of_the_kinds_that_people_have() -> None:
    kinds = [re.split(r"[-.]", name)[0] for name in NAMES]

    assert len(NAMES) >= 30
    assert sum(name.endswith(".xlsx") for name in NAMES) >= 10
    assert (kinds.count("jira"), kinds.count("linear"), kinds.count("github")) >= (4, 3, 3)


@pytest.mark.parametrize("name", NAMES)
def test_each_holds_a_true_conflict_between_departments(name: str) -> None:
    expected = tomllib.loads((EXPORTS / f"{name}.expect.toml").read_text("utf-8"))
    sides = {each.get("portfolio") for each in expected["initiatives"]}

    assert {"marketing", "it"} <= sides
    assert expected.get("conflicts") or expected.get("conflicts_answered")
