"""Texts while they are edited: nothing hidden is hidden, and nothing is written as its picture."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from planner.text.document import Document
from planner.text.editing import from_edited, pasted, pictured, to_edit, unedited, unseen
from planner.text.edits import SetKey
from planner.text.visible import visible

HIDDEN = st.sampled_from(
    ["\u200d", "\u200c", "\u202e", "\u2066", "\t", "\x1b", "\x9b", "\x00", "\ufeff", "\u00ad",
     "\U000e0041", "\U0001d173", "\U0001bca0", "\uffff", "\U00100185", "\U0010200d", "\U0010f8ff"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(HIDDEN, st.characters(codec="utf-8")), max_size=12).map("".join)


@given(TEXTS)
def test_what_was_not_typed_comes_back(text: str) -> None:
    assert from_edited(to_edit(text)) == text
    assert from_edited(to_edit(text, lines=True)) == text
    assert from_edited(unedited(text)) == text


@given(TEXTS)
def test_each_character_has_a_cell_of_its_own_on_the_screen(text: str) -> None:
    """But those of a private range, which have a sign before them."""
    edited = to_edit(text)
    assert len(pictured(edited)) == len(edited)
    assert visible(pictured(edited)) == pictured(edited)
    for each in edited:
        if each >= "\U00100000":
            assert cell_len(each) == cell_len(pictured(each)) == 1


@given(TEXTS, st.integers(0, 12), st.characters(categories=["L"]))
def test_one_letter_more_is_one_letter_more(text: str, at: int, letter: str) -> None:
    edited = to_edit(text)
    before = from_edited(edited[:at])
    if "\U00100000" <= text[len(before) - 1 : len(before)] <= "\U0010ffff":
        return
    assert from_edited(edited[:at] + letter + edited[at:]).replace(letter, "") == text.replace(
        letter, ""
    )


def test_what_is_hidden_is_named() -> None:
    assert unseen(to_edit("a\u200db\u200dc\t")) == ["zero width joiner", "tab"]
    assert unseen("é ❤\ufe0f") == []
    assert pictured(to_edit("a\tb\u200d\x1b")) == "a␉b␦␛"


@pytest.mark.parametrize(
    ("text", "joint", "shown", "lines"),
    [
        ("one\ntwo\r\nthree\r", " ", "one two three", 3),
        ("one\rtwo", " ", "one two", 2),
        ("one\n\n  two  \n", " ", "one two", 2),
        (" for both ", " ", " for both ", 1),
        ("crm,\nweb\ndata", ", ", "crm, web, data", 3),
        ("one", " ", "one", 1),
        ("a\tb", " ", "a b", 1),
        ("\x1b[31mred\x1b[0m \x1b]0;x\x07end\x00", " ", "red end", 1),
        ("one\r\n\ttwo\n", None, "one\n␉two\n", 3),
        ("👩\u200d💻", " ", "👩␦💻", 1),
    ],
)
def test_what_is_pasted(text: str, joint: str | None, shown: str, lines: int) -> None:
    found = pasted(text, joint)
    assert (pictured(found.text), found.lines) == (shown, lines)
    assert not any(
        unicodedata.category(char) == "Cc" for char in from_edited(found.text) if char not in "\n\t"
    )


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        (r'"caf\u00e9 x"', "café y", r'"caf\u00e9 y"'),
        (r'"\U0001F469\u200D\U0001F4BB x"', "👩\u200d💻 y", r'"\U0001F469\u200D\U0001F4BB y"'),
        (r'"one\ttwo\nthree"', "one\ttwo\nthrees", r'"one\ttwo\nthrees"'),
        (r'"\u001b[31m red"', "\x1b[31m blue", r'"\u001b[31m blue"'),
        ('"""\nOne\\u200d\ntwo \\\n   three\n"""', "One\u200d\ntwo thre\n",
         '"""\nOne\\u200d\ntwo \\\n   thre\n"""'),
        ('"""\na\\tb\n"""', "a\tb\nc\n", '"""\na\\tb\nc\n"""'),
        (r'"say \"x\""', 'say "x" or "y"', r'"say \"x\" or \"y\""'),
        (r'"\u00e9"', "plain", '"plain"'),
    ],
)  # fmt: skip
def test_only_what_was_typed_is_spelled_anew(before: str, value: str, after: str) -> None:
    text = "[initiatives.a]\nnotes = {}\n"
    document = Document.parse(text.format(before).encode(), "x")
    edit = SetKey("initiatives", "a", ("notes",), value)
    assert document.apply(edit).text == text.format(after)
