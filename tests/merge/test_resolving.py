"""What is shown of the two sides of a file with merge conflicts."""

from __future__ import annotations

import pytest

from planner.merge.resolving import file_phrases
from planner.merge.values import Conflict


@pytest.mark.parametrize(
    ("text", "size"), [("[roadmap]\n", "1 line"), ("[roadmap]\nstart = 2027-03-01\n", "2 lines")]
)
def test_a_removed_file_is_counted_in_lines(text: str, size: str) -> None:
    removed = Conflict("", "", (), base=text, ours=text, theirs=None)
    assert file_phrases(removed, "base") == [size]
    assert file_phrases(removed, "theirs") == ["(not there)"]
