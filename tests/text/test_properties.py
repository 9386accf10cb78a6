"""Random edits on random files: the short form of ``python -m tests.text.fuzz``."""

import random
import sys
import tomllib
from collections import Counter

import pytest

from planner.errors import ReadError
from planner.text.document import Document
from tests.text.fuzz import try_file
from tests.text.generated import generate

SEEDS = range(10_000_000, 10_000_040)

FRAGMENTS = (
    *("\n", "\r\n", "#", "{", "}", "[", "]", ",", "=", ".", '"', "'", '"""', "'''", "\\", "_"),
    *("\\e", "\\x41", "\\u0041", "10:30", "10:30:00", "2027-01-01 10:30", "T", "1_0", "inf", "e1"),
    *("{ a = 1,\n b = 2 }", "{a=1,}", "{ # c\n}", "{}", '{ a = "}",\nb = 1}', '"}"', "'{'"),
    *("[x]\n", '\n["x"]\n', "\n[1]\n", '= [\n["x"]\n]\n', "= [\n[1],\n[1]\n]\n", "[[x]]\n"),
    *('k="""\n[initiatives.api]\n"""\n', "[ # 10:30\n 10:30:00]", "\x00", "\x7f", "\u2028", "é"),
)


@pytest.mark.parametrize("seed", SEEDS)
def test_edits_keep_every_promise(seed: int) -> None:
    counts: Counter[str] = Counter()
    assert try_file(seed, counts) == []
    assert counts


@pytest.mark.skipif(sys.version_info >= (3, 15), reason="tomllib may read TOML 1.1 there")
@pytest.mark.parametrize("seed", range(400))
def test_a_damaged_file_is_read_exactly_where_toml_1_0_is(seed: int) -> None:
    text = damaged(random.Random(seed))
    try:
        expected = repr(tomllib.loads(text))
    except ValueError:
        with pytest.raises(ReadError):
            Document.parse(text.encode(), "x.toml")
    else:
        assert repr(Document.parse(text.encode(), "x.toml").data) == expected


def damaged(draw: random.Random) -> str:
    """A generated file with a piece put in or taken out."""
    text = generate(draw).text
    for _ in range(draw.choice((1, 1, 2))):
        at = draw.randrange(len(text) + 1)
        found = text.find(draw.choice(("= ", "\n", "[", ",")), at)
        if draw.random() < 0.25:
            text = text[:at] + text[at + draw.randint(1, 4) :]
        elif draw.random() < 0.5 or found < 0:
            text = text[:at] + draw.choice(FRAGMENTS) + text[at:]
        else:
            text = text[: found + 1] + draw.choice(FRAGMENTS) + text[found + 1 :]
    return text
