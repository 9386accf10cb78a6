"""Documents read, long ones in slices, and where things stand in them."""

import gc
import time
import tomllib
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import tomli

from planner.errors import ReadError
from planner.text import parsing
from planner.text.document import Document
from planner.text.sections import split, split_exactly

SPELLINGS = """\
teams.above.title = "3w"

# what it is
[roadmap]
title = "Acme"

[initiatives]
"dotted".needs = ["above"]
inline = { estimate = "2w", reviews = { privacy = 2027-01-01 } }

[ 'initiatives' . "header" ]  # behind
estimate = "1w"
needs = [
    "above",
    # a remark
    { on = "dotted", agreed = 2027-01-01 },
    'inline SS+5d',
]

[initiatives.header.staff]
data = 2
"""


@pytest.fixture
def tiny_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "SLICE", 1)


class TestSlices:
    def texts(self) -> Iterator[str]:
        yield SPELLINGS
        yield "".join(f"[initiatives.i{n}]\nestimate = '{n}w'\n" for n in range(50))
        yield '[a]\nx = """\n[b]\n"""\n[c]\ny = [\n["z"]\n]\n[[d]]\n[1]\n[[d]]\n[d.e]\n'
        yield "[initiatives.b.x]\n[initiatives]\nb.c = 1\n[initiatives.b.y]\n"
        yield "[calendars.a]\n[initiatives.b]\n[calendars.a.holidays]\n2027-01-01 = 'x'\n"
        yield ""

    @pytest.mark.usefixtures("tiny_slices")
    def test_say_what_the_whole_says_in_the_same_order(self) -> None:
        for text in self.texts():
            whole = tomllib.loads(text)
            assert repr(Document.parse(text.encode(), "x.toml").data) == repr(whole)

    @pytest.mark.parametrize(
        "text",
        [
            "[initiatives.a]\n[initiatives.b]\n[initiatives.a]\n",
            "[initiatives]\n[initiatives.a]\n[initiatives]\n",
            "initiatives.a.x = 1\n[teams.t]\n[initiatives]\n",
            "[initiatives]\na = 1\n[teams.t]\n[initiatives.a]\n",
            "initiatives = { a = {} }\n[teams.t]\n[[initiatives.b]]\n",
            "[roadmap]\n[initiatives.a]\n[[roadmap.x]]\n[initiatives.b]\r",
            "[initiatives.a]\n[teams.t]\n[initiatives.b]\nx = 1\r",
            "[initiatives.a]\nx = [\n[teams.t]\n]\n",
            '[teams.c]\n[initiatives.a]  # """\n[teams.c.d]\nx = """\n',
            "[initiatives.a]\nx = 1\n[teams.t]\ny =\n",
        ],
    )
    def test_refuse_what_only_the_whole_shows(
        self, text: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with pytest.raises(ReadError) as whole:
            Document.parse(text.encode(), "x.toml")
        monkeypatch.setattr(parsing, "SLICE", 1)
        with pytest.raises(ReadError) as sliced:
            Document.parse(text.encode(), "x.toml")
        assert (sliced.value.line, sliced.value.message) == (whole.value.line, whole.value.message)

    def test_the_parser_never_gets_much_more_than_a_slice(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pieces: list[str] = []

        def loads(text: str) -> object:
            pieces.append(text)
            return tomli.loads(text)

        monkeypatch.setattr(parsing, "tomli", SimpleNamespace(loads=loads))
        table = "[initiatives.i{}]\ntitle = 'A title'\nneeds = ['i1', 'i2']\n"
        text = "".join(map(table.format, range(10_000)))
        document = Document.parse(text.encode(), "x.toml")
        assert len(document.data["initiatives"]) == 10_000
        assert "".join(pieces) == text
        assert max(map(len, pieces)) < 1.1 * parsing.SLICE

    def test_the_garbage_collector_is_on_again_whatever_was_read(self) -> None:
        with pytest.raises(ReadError):
            Document.parse(b"x = \n", "x.toml")
        assert gc.isenabled()


class TestSplitting:
    @pytest.mark.parametrize(
        "text",
        [
            'a = """\n[b]\n"""\n[c]\n',
            "a = '''\n[b]\n'''\n[c]\n",
            "a = [\n  ['x']\n]\n[c]\n",
            "a = [\n  [1],\n  [2.5]\n]\n[3]\n",
            "a = [\n# [b]\n]\n[ c . 'd e' ] # [f]\r\n",
            'a = "\\""\n[b]\nc = """"x""""\n[d]\n',
        ],
    )
    def test_the_quick_way_finds_what_the_exact_way_finds(self, text: str) -> None:
        quick = [(each.text, each.path, each.many) for each in split(text)]
        assert quick == [(each.text, each.path, each.many) for each in split_exactly(text)]
        assert "".join(each.text for each in split(text)) == text


class TestLines:
    @pytest.mark.parametrize(
        ("path", "line"),
        [
            ("roadmap", 4),
            ("roadmap.title", 5),
            ("teams.above", 1),
            ("teams.above.title", 1),
            ("initiatives.dotted", 8),
            ("initiatives.dotted.needs", 8),
            ("initiatives.inline", 9),
            ("initiatives.inline.reviews.privacy", 9),
            ("initiatives.header", 11),
            ("initiatives.header.needs", 13),
            ("initiatives.header.needs.dotted", 16),
            ("initiatives.header.needs.inline", 17),
            ("initiatives.header.staff", 20),
            ("initiatives.header.staff.data", 21),
            ("initiatives.header.title", None),
            ("initiatives.nobody", None),
            ("teams.crm", None),
        ],
    )
    def test_every_spelling_has_its_line(self, path: str, line: int | None) -> None:
        document = Document.parse(SPELLINGS.encode(), "x.toml")
        assert document.line_of(tuple(path.split("."))) == line

    def test_a_byte_order_mark_and_crlf_do_not_count(self) -> None:
        raw = b"\xef\xbb\xbf" + SPELLINGS.replace("\n", "\r\n").encode()
        assert Document.parse(raw, "x").line_of(("initiatives", "header", "staff")) == 20

    def test_is_known_at_once_for_thousands_of_keys_and_items(self) -> None:
        keys = [f"key-{number}" for number in range(8000)]
        needs = "".join(f'    "{key}", # one\n' for key in keys)
        inline = ", ".join(f"{key} = 1" for key in keys)
        text = f"[initiatives.a]\nneeds = [\n{needs}]\nstaff = {{ {inline} }}\n"
        text += "".join(f"{key} = 1\n" for key in keys)
        document = Document.parse(text.encode(), "x")
        start = time.process_time()
        for number, key in enumerate(keys):
            assert document.line_of(("initiatives", "a", "needs", key)) == 3 + number
            assert document.line_of(("initiatives", "a", "staff", key)) == 8004
            assert document.line_of(("initiatives", "a", key)) == 8005 + number
        assert time.process_time() - start < 3
