"""Random files in every spelling, edited by two people: nothing lost, nothing asked in vain."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from planner.errors import EditRefused, ReadError
from planner.merge.blocks import blocks
from planner.merge.renames import blocks_renamed, text_renamed
from planner.text.document import Document
from planner.text.edits import RenameId
from tests.merge.branches import hold, pair
from tests.merge.merging import check
from tests.merge.named import once, three
from tests.text.generated import IDS, generate
from tests.text.random_edits import random_edit


def edited(base: Document, draw: random.Random) -> Document:
    """The file after one to four edits that have a meaning on it; none of them a rename."""
    document = base
    for _ in range(draw.randint(1, 4)):
        edit = random_edit(draw, document.tables)
        if not isinstance(edit, RenameId):
            try:
                document = document.apply(edit)
            except EditRefused:
                continue
    return document


@pytest.mark.parametrize("block", range(4))
def test_random_pairs_of_edits_merge_as_they_should(block: int) -> None:
    asked = 0
    for seed in range(block * 60, block * 60 + 60):
        draw = random.Random(seed)
        try:
            base = Document.parse(generate(draw).raw, "it.toml")
        except ReadError:
            continue
        ours, theirs = edited(base, draw), edited(base, draw)
        try:
            asked += check(base.to_bytes(), ours.to_bytes(), theirs.to_bytes()) > 0
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from None
    assert asked > 2


@pytest.mark.parametrize("block", range(4))
def test_renames_and_rewritten_text_merge_alike_both_ways(block: int) -> None:
    counts = []
    for seed in range(block * 40, block * 40 + 40):
        if (sides := pair(seed)) is not None:
            try:
                counts.append(hold(*sides))
            except AssertionError as error:
                raise AssertionError(f"seed {seed}: {error}") from None
    assert 0 < sum(count > 0 for count in counts) < len(counts) * 3 / 4


def test_tables_with_new_names_are_there_once_and_linked_as_before() -> None:
    counts = Counter[bool]()
    for seed in range(150):
        try:
            counts[once(*three(seed))] += 1
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from None
    assert min(counts.values()) > 40


@pytest.mark.parametrize("block", range(2))
def test_renames_in_the_blocks_that_may_say_the_ids_are_renames_in_the_whole(block: int) -> None:
    counts = Counter[bool]()
    for seed in range(block * 80, block * 80 + 80):
        draw = random.Random(seed)
        raw = generate(draw).raw.replace(b"\r\n", b"\n") + SPELLED * (seed % 2)
        try:
            document = Document.parse(raw, "it.toml")
        except ReadError:
            continue
        found = blocks(document.text)
        if found is not None:
            edits = some_renames(document, draw)
            whole = text_renamed(document.text, edits)
            parts = blocks_renamed(found, edits)
            assert parts is not None, f"seed {seed}"
            assert "".join(each.text + each.gap for each in parts.values()) == whole, f"seed {seed}"
            assert parts == blocks(whole), f"seed {seed}"
            counts[whole != document.text] += 1
    assert counts[True] > counts[False]


SPELLED = rb"""
[initiatives.escaped]
needs = ["\u0061pi SS", "h\u0075b"]

[views.web]
query = 'needs:"API",hub -owner:Crm'
"""
"""Ids that are not there letter by letter."""


def some_renames(document: Document, draw: random.Random) -> list[RenameId]:
    """One to three tables, and ids that only references name, called otherwise: also as others
    are called, and as the format does not allow."""
    held = [(kind, id) for kind in ("initiatives", "teams") for id in document.tables.get(kind, ())]
    named = [*held, ("initiatives", "api"), ("teams", "crm")]
    return [
        RenameId(*draw.choice(named), draw.choice((*IDS, "new", 'o"dd', "a\\b")), as_it_was=True)
        for _ in range(draw.randint(1, 3))
    ]
