"""Renaming in the queries of views: the terms that name the table, and nothing else."""

import pytest

from planner.query import filters
from planner.roadmap.fields import references
from planner.text.document import Document
from planner.text.edits import RenameId
from planner.text.queries import keys_naming, query_renamed


@pytest.mark.parametrize(
    ("kind", "query", "after"),
    [
        ("teams", "owner:crm", "owner:new"),
        ("teams", "late -Owner:crm critical", "late -Owner:new critical"),
        ("teams", "owner:web,crm,crm-core", "owner:web,new,crm-core"),
        ("teams", 'owner!="crm",CRM waits:crm', 'owner!="new",new waits:new'),
        ("teams", "owner : crm, web, crm !owner: crm late", None),
        ("teams", "(owner:crm or late) and -(owner=crm)", None),
        ("people", "responsible:crm", "responsible:new"),
        ("initiatives", "@needs:crm @feeds:crm id:crm need:crm", None),
        ("groups", "group:crm part_of:crm", None),
        ("systems", "system:crm uses=crm", None),
        ("portfolios", "side:crm", None),
    ],
)
def test_follow_in_every_term_that_names_it(kind: str, query: str, after: str | None) -> None:
    wanted = query.replace("crm", "new") if after is None else after
    assert query_renamed(query, kind, "crm", "new") == wanted


@pytest.mark.parametrize(
    "query",
    [
        "crm",
        "owner:cr",
        "owner:crm-core",
        "status:crm",
        "system:crm",
        "tag:crm",
        '"find owner:crm now"',
        'title:"owner:crm"',
        'owner:"crm" x'.replace("crm", "crm y"),
        "owner:",
    ],
)
def test_leave_everything_else(query: str) -> None:
    assert query_renamed(query, "teams", "crm", "new") == query


def test_know_the_words_of_the_filter_language() -> None:
    for word, key in filters.SYNONYMS.items():
        for kind in references("initiatives").get(key, ()):
            assert word in keys_naming(kind)


def test_keep_their_spelling_in_the_file() -> None:
    before = "[teams.crm]\n\n[views.v]\nquery = 'owner:crm late' # ours\n"
    after = Document.parse(before.encode(), "x").apply(RenameId("teams", "crm", "growth"))
    assert after.text == before.replace("crm", "growth")
