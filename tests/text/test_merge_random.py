"""Random files in every spelling, edited by two people: nothing lost, nothing asked in vain."""

from __future__ import annotations

import random

import pytest

from planner.errors import EditRefused, ReadError
from planner.text.document import Document
from planner.text.edits import RenameId
from tests.text.branches import hold, pair
from tests.text.generated import generate
from tests.text.merging import check
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
