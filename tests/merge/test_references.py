"""References that a merge of several files left at an id that a table no longer has."""

from __future__ import annotations

import pytest
import tomli

from planner.merge.references import Called, missed, referring
from planner.text.document import Document
from planner.text.edits import RenameId

HERE = '[initiatives.hub]\nneeds = [\n    "gate SS",  # theirs\n    "api",\n]\n'
CORE = '[initiatives.core]\nestimate = "4w"\n'


@pytest.mark.parametrize("text", [HERE, HERE + CORE])
def test_they_follow_also_in_the_file_of_the_table(text: str) -> None:
    documents = {"it.toml": Document.parse(text.encode(), "it.toml")}
    documents["a.toml"] = Document.parse(b"" if CORE in text else CORE.encode(), "a.toml")
    called = [Called("initiatives", frozenset({"push", "gate", "core"}))]
    assert missed(documents, called) == called
    found = referring(documents["it.toml"], called[0].renames(documents))
    assert tomli.loads(found.text)["initiatives"]["hub"]["needs"] == ["core SS", "api"]
    assert "# theirs" in found.text
    assert missed({**documents, "it.toml": found}, called) == []


def test_one_reference_is_left_of_two_that_mean_one_table() -> None:
    document = Document.parse(b'[initiatives.hub]\nneeds = ["core", "gate", "api"]\n', "it.toml")
    found = referring(document, [RenameId("initiatives", "gate", "core")])
    assert tomli.loads(found.text)["initiatives"]["hub"]["needs"] == ["core", "api"]
