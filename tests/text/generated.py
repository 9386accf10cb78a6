"""Random roadmap files in every spelling TOML has, with a note of what each line belongs to.

Every comment carries a mark of its own, so that a test can tell which ones an edit lost.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

Path = tuple[str, ...]

IDS = ("api", "b2b", "cdp", "data-lake", "edge", "forms", "go-live", "hub", "ids", "joint-kpi")
PARTIES = ("crm", "web", "data", "privacy", "ana-b")
SIDES = ("marketing", "it", "joint")


@dataclass(frozen=True)
class Line:
    """One line, without its end, and the path of the header or statement that it is part of.

    An item of a list has its id (or text) at the end of the path. ``None`` owns what is free.
    """

    text: str
    what: Literal["header", "statement", "comment", "blank"]
    owner: Path | None = None


@dataclass
class Generated:
    """A file: its lines, and how they end."""

    lines: list[Line]
    newline: str
    bom: bool
    final_newline: bool

    @property
    def text(self) -> str:
        joined = self.newline.join(line.text for line in self.lines)
        return joined + self.newline if self.final_newline else joined

    @property
    def raw(self) -> bytes:
        return (b"\xef\xbb\xbf" if self.bom else b"") + self.text.encode()


def generate(draw: random.Random) -> Generated:
    """A file of one to a dozen tables. Now and then one that is not valid: the caller checks."""
    return _Writer(draw).write()


# --- what tables say ------------------------------------------------------------------------------


def some_day(draw: random.Random) -> date:
    """A day within two years."""
    return date(2026, 10, 1) + timedelta(days=draw.randrange(700))


def some_text(draw: random.Random) -> str:
    """A title: mostly plain, sometimes with what needs escapes or several lines."""
    return draw.choice(
        (
            "Web push",
            "Ünïcode 日本",
            'say "hi"',
            "back\\slash",
            "# no comment",
            "it's [not] = a {table}",
            "two\nlines",
            "tab\there",
            "",
            "at 10:30, \x1b[31m",
            "  blanks  ",
        )
    )


def some_need(draw: random.Random) -> Any:
    """A link as a string or a table."""
    on = draw.choice(IDS)
    if draw.random() < 0.3:
        extra = {"delivers": "endpoint", "agreed": some_day(draw), "lag": "5d"}
        names = draw.sample(sorted(extra), draw.randrange(3))
        return {"on": on, **{name: extra[name] for name in names}}
    return on + draw.choice(("", " SS+5d", " FF", " -1w"))


def some_ids(draw: random.Random, pool: tuple[str, ...]) -> list[str]:
    return draw.sample(pool, draw.randrange(min(len(pool), 3) + 1))


VALUES: dict[str, dict[str, Callable[[random.Random], Any]]] = {
    "initiatives": {
        "title": some_text,
        "kind": lambda draw: draw.choice(("feature", "milestone")),
        "priority": lambda draw: draw.randint(1, 5),
        "tags": lambda draw: some_ids(draw, ("x", "y z", "quo'te")),
        "notes": some_text,
        "owner": lambda draw: draw.choice(PARTIES),
        "responsible": lambda draw: some_ids(draw, PARTIES),
        "reviews": lambda draw: {each: some_day(draw) for each in some_ids(draw, PARTIES)},
        "staff": lambda draw: {each: draw.choice((1, 2.5)) for each in some_ids(draw, PARTIES)},
        "estimate": lambda draw: draw.choice(("3w", "20d", ["3w", "4w", "7w"])),
        "percent_complete": lambda draw: draw.choice((0, 50, 12.5)),
        "deadline": some_day,
        "as_late_as_possible": lambda draw: draw.random() < 0.5,
        "needs": lambda draw: [some_need(draw) for _ in range(draw.randrange(5))],
        "uses": lambda draw: draw.choice(("cdp", some_ids(draw, IDS))),
        "cost": lambda draw: draw.choice(
            (40_000, 1.5, [1, 2, 3.5], {"marketing": 40_000, "it": 1}, {"it": [1, 2, 3]})
        ),
        "accelerate": lambda draw: {"to": draw.choice(("2w", "9d")), "cost": draw.choice((0, 9))},
        "own idea": some_text,
    },
    "teams": {
        "title": some_text,
        "portfolio": lambda draw: draw.choice(SIDES),
        "lead": lambda _: "ana-b",
    },
    "calendars": {
        "title": some_text,
        "holidays": lambda draw: {
            some_day(draw).isoformat(): "off" for _ in range(draw.randrange(4))
        },
    },
    "waivers": {
        "rule": lambda _: "DATE01",
        "on": lambda draw: some_ids(draw, IDS),
        "until": some_day,
    },
    "roadmap": {
        "title": some_text,
        "start": some_day,
        "near_critical": lambda draw: draw.randint(0, 9),
        "main_launch": lambda draw: draw.choice(IDS),
    },
    "checks": {
        "ignore": lambda draw: some_ids(draw, ("CAP01", "OWN01")),
        "reviews_for": lambda draw: {"personal": some_ids(draw, PARTIES)},
        "horizon": lambda draw: draw.randint(1, 99),
    },
    "glossary": {
        "kpi": some_text,
        "lead": lambda _: {"marketing": "a person", "it": "a cable"},
    },
}
SINGLE = ("roadmap", "checks", "glossary")
KEYED = ("initiatives", "initiatives", "initiatives", "teams", "calendars", "waivers")


def some_table(draw: random.Random, kind: str) -> dict[str, Any]:
    """A few keys with values, in any order."""
    makers = VALUES[kind]
    names = draw.sample(sorted(makers), draw.randrange(min(len(makers), 6) + 1))
    return {name: makers[name](draw) for name in names}


# --- how they are written -------------------------------------------------------------------------


class _Writer:
    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.lines: list[Line] = []
        self.marks = 0
        self.newline = draw.choice(("\n", "\n", "\r\n"))

    def write(self) -> Generated:
        draw = self.draw
        tables = self.some_tables()
        if draw.random() < 0.5:
            self.free_comment()
        above = [each for each in tables if draw.random() < 0.06]
        for path, values in above:
            self.above_headers(path, values)
        below = [each for each in tables if each not in above]
        together = [
            kind for kind in dict.fromkeys(path[0] for path, _ in below) if draw.random() < 0.12
        ]
        for kind in together:
            self.below_kind(
                kind, [each for each in below if each[0][0] == kind and len(each[0]) > 1]
            )
        for path, values in below:
            if path[0] not in together or len(path) == 1:
                self.with_header(path, values)
        if draw.random() < 0.1:
            self.add("[[odd]]", "header", ("odd",))
            self.add("x = 1", "statement", ("odd", "x"))
        return Generated(self.lines, self.newline, draw.random() < 0.2, draw.random() < 0.8)

    def some_tables(self) -> list[tuple[Path, dict[str, Any]]]:
        draw = self.draw
        found: dict[Path, dict[str, Any]] = {}
        for _ in range(draw.randint(1, 9)):
            kind = draw.choice((*KEYED, *SINGLE))
            names = PARTIES if kind == "teams" else IDS
            path = (kind,) if kind in SINGLE else (kind, draw.choice(names))
            found[path] = some_table(draw, kind)
        tables = list(found.items())
        if draw.random() < 0.5:
            tables.sort(key=lambda each: each[0])
        return tables

    # --- pieces -----------------------------------------------------------------------------------

    def add(
        self,
        text: str,
        what: Literal["header", "statement", "comment", "blank"],
        owner: Path | None = None,
    ) -> None:
        for each in text.split("\n"):
            self.lines.append(Line(each, what, owner))

    def mark(self) -> str:
        self.marks += 1
        return f"#{self.draw.choice((' ', '', '# ['))}mark{self.marks:03}."

    def behind(self) -> str:
        return (
            f"{self.blanks()}{self.mark()}"
            if self.draw.random() < 0.25
            else self.draw.choice(("", "", "", " "))
        )

    def blanks(self) -> str:
        return self.draw.choice((" ", " ", " ", "", "  ", "\t"))

    def blank_lines(self) -> None:
        for _ in range(self.draw.choice((1, 1, 1, 1, 0, 2))):
            self.add(self.draw.choice(("", "", "", "  ")), "blank")

    def free_comment(self) -> None:
        self.add(self.mark(), "comment")
        self.add("", "blank")

    # --- spellings of a table ---------------------------------------------------------------------

    def with_header(self, path: Path, values: Mapping[str, Any]) -> None:
        draw = self.draw
        self.blank_lines()
        if draw.random() < 0.15 and self.lines and self.lines[-1].what == "blank":
            self.free_comment()
        for _ in range(draw.choice((0, 0, 0, 1, 2))):
            self.add(self.mark(), "comment", path)
        below = [k for k, v in values.items() if isinstance(v, dict) and v and draw.random() < 0.4]
        if values.keys() - below or not below or draw.random() < 0.7:
            self.add(f"[{self.header(path)}]{self.behind()}", "header", path)
            for key, value in values.items():
                if key not in below:
                    self.pair(path, (key,), value)
        for key in below:
            if draw.random() < 0.5:
                self.blank_lines()
            self.add(f"[{self.header((*path, key))}]{self.behind()}", "header", (*path, key))
            for name, value in values[key].items():
                self.pair((*path, key), (name,), value)

    def header(self, path: Path) -> str:
        blank = self.draw.choice(("", "", "", "", " "))
        return blank + f"{blank}.{blank}".join(self.key(part) for part in path) + blank

    def key(self, part: str) -> str:
        quoted = " " in part or (not part.replace("-", "").isalnum() and "_" not in part)
        if quoted or self.draw.random() < 0.08:
            return f'"{part}"' if self.draw.random() < 0.5 or "'" in part else f"'{part}'"
        return part

    def above_headers(self, path: Path, values: Mapping[str, Any]) -> None:
        """Above all headers, with dots."""
        for key, value in values.items():
            self.pair((), (*path, key), value)

    def below_kind(self, kind: str, tables: list[tuple[Path, dict[str, Any]]]) -> None:
        """All tables of a kind below one header: inline, or with dots."""
        if not tables:
            return
        self.blank_lines()
        self.add(f"[{self.header((kind,))}]{self.behind()}", "header", (kind,))
        for path, values in tables:
            if self.draw.random() < 0.5 or not values:
                self.add(
                    f"{self.key(path[1])}{self.equals()}{self.inline(values)}{self.behind()}",
                    "statement",
                    path,
                )
            else:
                for key, value in values.items():
                    self.pair((kind,), (path[1], key), value)

    # --- spellings of a value ---------------------------------------------------------------------

    def equals(self) -> str:
        return self.draw.choice((" = ", " = ", " = ", "=", "  =   ", "\t= "))

    def pair(self, base: Path, key: Path, value: Any) -> None:
        draw, owner = self.draw, base + key
        if draw.random() < 0.12:
            self.add(f"{draw.choice(('', '  '))}{self.mark()}", "comment", base or owner[:2])
        if draw.random() < 0.06:
            self.add("", "blank")
        if isinstance(value, dict) and value and draw.random() < 0.25:
            for name, each in value.items():
                self.pair(base, (*key, name), each)
            return
        start = draw.choice(("", "", "", "  ")) + ".".join(map(self.key, key)) + self.equals()
        if isinstance(value, list) and draw.random() < 0.5:
            self.list_over_lines(owner, start, value)
        elif (
            isinstance(value, str)
            and draw.random() < (0.5 if "\n" in value else 0.1)
            and "\x1b" not in value
        ):
            self.text_over_lines(owner, start, value)
        else:
            self.add(start + self.inline(value) + self.behind(), "statement", owner)

    def text_over_lines(self, owner: Path, start: str, value: str) -> None:
        body = value.replace("\\", "\\\\").replace('"', '\\"')
        opened = draw_newline = self.draw.choice(("\n", "", "\\\n   "))
        if value.startswith((" ", "\n")) and draw_newline == "\\\n   ":
            opened = ""
        self.add(f'{start}"""{opened}{body}"""{self.behind()}', "statement", owner)

    def list_over_lines(self, owner: Path, start: str, value: list[Any]) -> None:
        draw = self.draw
        self.add(f"{start}[{self.behind()}", "statement", owner)
        for at, item in enumerate(value, 1):
            if draw.random() < 0.15:
                self.add(f"  {self.mark()}", "comment", (*owner, "#"))
            comma = "," if at < len(value) or draw.random() < 0.7 else ""
            end = draw.choice(("", "", " ")) + comma + self.behind()
            self.add(
                f"{draw.choice(('    ', '  ', ''))}{self.inline(item)}{end}",
                "statement",
                (*owner, about(item)),
            )
        if draw.random() < 0.1:
            self.add(f"  {self.mark()}", "comment", (*owner, "#"))
        self.add(f"]{self.behind()}", "statement", owner)

    def inline(self, value: Any) -> str:
        draw = self.draw
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int):
            return draw.choice((str(value), f"{value:_}", f"0x{value:x}", f"+{value}"))
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            blank = draw.choice(("", "", " "))
            end = "," if value and draw.random() < 0.2 else ""
            return f"[{blank}{f',{self.blanks()}'.join(map(self.inline, value))}{end}{blank}]"
        if isinstance(value, dict):
            blank = draw.choice((" ", " ", ""))
            pairs = [
                f"{self.key(key)}{self.equals()}{self.inline(each)}" for key, each in value.items()
            ]
            return f"{{{blank}{f',{self.blanks()}'.join(pairs)}{blank}}}"
        return str(value)

    def text(self, value: str) -> str:
        literal = not set(value) & set("'\n\x1b")
        if literal and self.draw.random() < 0.3:
            return f"'{value}'"
        pieces = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\x1b": "\\u001B"}
        return '"' + "".join(pieces.get(char, char) for char in value) + '"'


def about(item: Any) -> str:
    """What an item of a list is about: the id that a link is on, else its text."""
    if isinstance(item, Mapping):
        return str(item.get("on"))
    return str(item).partition(" ")[0]


# --- edits ----------------------------------------------------------------------------------------


def walk(value: Any, path: Path = ()) -> Iterator[Path]:
    """The paths of all keys in a table, at any depth."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield (*path, key)
            yield from walk(each, (*path, key))
