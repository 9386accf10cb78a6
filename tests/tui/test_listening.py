"""What arrives from a terminal is a key, a paste, the mouse, or nothing, and ends no program."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from textual import events

from planner.tui.shell.decoding import ALONE, PASTING, PATIENCE
from planner.tui.shell.listening import Reader


def said(*parts: bytes, wait: float = 0.0) -> list[str]:
    """Keys by name, pastes in quotes, the mouse; a part arrives `wait` seconds after the last."""
    reader, now, found = Reader(), 100.0, []
    for part in parts:
        if reader.until is not None and now >= reader.until:
            found += [*map(name, reader.overdue())]
        found += [*map(name, reader.read(part, now))]
        now += wait
    while reader.until is not None:
        found += [*map(name, reader.overdue())]
    return found


def name(message: object) -> str:
    match message:
        case events.Key():
            return message.key
        case events.Paste():
            return repr(message.text)
        case _:
            return type(message).__name__


UNDERSTOOD: Sequence[tuple[bytes, list[str]]] = (
    (b"j", ["j"]),
    ("é€😀".encode(), ["é", "euro_sign", "grinning_face"]),
    (b"\x1b", ["escape"]),
    (b"\x1b\x1b", ["escape", "escape"]),
    (b"\x1bj", ["escape", "j"]),
    (b"\x1b[A\x1b[B", ["up", "down"]),
    (b"\x1bOA", ["up"]),
    (b"\x1b[5~", ["pageup"]),
    (b"\x1b[1;5C", ["ctrl+right"]),
    (b"\x1b[[A", ["f1"]),
    (b"\x1b[3$", ["shift+delete"]),
    (b"\x1bf", ["ctrl+right"]),
    (b"\x1b[106u", ["j"]),
    (b"\x1b[106;5u", ["ctrl+j"]),
    (b"\x1b[97;;97u", ["a"]),
    (b"\x1b[27u", ["escape"]),
    (b"\x1b[<0;5;5M", ["MouseDown"]),
    (b"\x1b[<64;5;5M", ["MouseScrollUp"]),
    (b"\x1b[<32;5;6M", ["MouseMove"]),
    (b"\x1b[<35;5;7M", []),  # without a button
    (b"\x1b[200~two\nlines\x1b[201~j", ["'two\\nlines'", "j"]),
    (b"\x1b[I\x1b[O", ["AppFocus", "AppBlur"]),
    (b"\x0c\x1a", ["ctrl+l", "ctrl+z"]),
)


@pytest.mark.parametrize(("arrived", "wanted"), UNDERSTOOD, ids=lambda value: repr(value)[:40])
def test_what_is_known_is_understood(arrived: bytes, wanted: list[str]) -> None:
    assert said(arrived) == wanted
    pieces = [bytes([each]) for each in arrived]
    assert said(*pieces, wait=ALONE / 2) == wanted, "also byte by byte over a slow line"


NOTHING = (
    b"\x1b[M \xc0\xff",  # the mouse of X10, past column 95
    b"\x1b[M !!",
    b"\x1b[M\x1b[A",
    b"\x1b[106;1:1u",
    b"\x1b[106:74;2u",
    b"\x1b[106;1:3u",
    b"\x1b[1114112u",
    b"\x1b[55296u",
    b"\x1b[97;;55296u",
    b"\x1b[97;;13u",
    b"\x1b[999999999999999999999999999999999999999999999999999999999999999999u",
    b"\x1b[" + b"9" * 5000 + b"~",
    b"\x1b[" + b";" * 5000 + b"u",
    b"\x1b[48;99999;99999;1;1t",
    b"\x1b[<0;99999999999;1M",
    b"\x1b[<9999;1;1M",
    b"\x1b[<0;0;0M",
    b"\x1b[32;200;200M",
    b"\x1b[24;80R",
    b"\x1b[?62;22c",
    b"\x1b[?2048;2$y",
    b"\x1b[>1;2;3c",
    b"\x1b[5;3H",
    b"\x1b[8;1;1t",
    b"\x1b]11;rgb:0000/0000/0000\x07",
    b"\x1b]52;c;cXF3\x1b\\",
    b"\x1bP1$r0m\x1b\\",
    b"\x1bP>|XTerm(389)\x1b\\",
    b"\x1b_Gi=1;OK\x1b\\",
    b"\x1b^qqq\x1b\\",
    b"\xff\xfe\x80\xc3",
    b"\xed\xa0\x80",
    b"\xc2\x9b",
    b"\xc2\x85",
)


@pytest.mark.parametrize("arrived", NOTHING, ids=lambda value: repr(value)[:40])
def test_what_cant_be_decoded_is_nothing(arrived: bytes) -> None:
    assert said(arrived) == []
    assert said(b"j" + arrived + b"k") == ["j", "k"]


UNFINISHED = (b"\x1b[", b"\x1b[1;", b"\x1b[M!", b"\x1bO", b"\x1b]0;title", b"\x1bP1$r", b"\x1b[[")


@pytest.mark.parametrize("arrived", UNFINISHED, ids=repr)
def test_what_never_ends_is_given_up(arrived: bytes) -> None:
    assert said(arrived) == []
    assert said(arrived, b"j", wait=PATIENCE) == ["j"]


def test_what_never_ends_takes_neither_time_nor_memory() -> None:
    for begins in (b"\x1b]", b"\x1b[", b"\x1bP"):
        reader = Reader()
        assert not [*reader.read(begins, 0.0)]
        for _ in range(20_000):
            assert not [*reader.read(b"0" * 4096, 0.5)]
        assert reader.until == PATIENCE, "from its beginning on"
        assert [*map(name, reader.overdue()), *map(name, reader.read(b"j", 9.0))] == ["j"]


def test_a_paste_without_its_end_is_over_when_nothing_more_comes() -> None:
    assert said(b"\x1b[200~half", b"j", wait=PASTING) == ["'half'", "j"]
    assert said(b"\x1b[200~half", b" of it\x1b[201~", wait=PASTING / 2) == ["'half of it'"]


def test_any_bytes_are_keys_or_nothing() -> None:
    chance = random.Random(10)
    pieces = [*NOTHING, *UNFINISHED, *(one for one, _ in UNDERSTOOD)]
    for _ in range(5000):
        noise = b"".join(
            chance.choice([chance.randbytes(chance.randrange(1, 9)), chance.choice(pieces)[:80]])
            for _ in range(chance.randrange(1, 6))
        )
        cut = chance.randrange(len(noise) + 1)
        for key in said(noise[:cut], noise[cut:], wait=chance.choice([0.0, 0.2, 2.0, 9.0])):
            assert isinstance(key, str)
