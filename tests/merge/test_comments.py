"""What two people say beside their keys: a merge that asks nothing keeps all of it."""

from __future__ import annotations

import pytest
import tomli

from planner.merge.three_way import merge_bytes
from tests.merge.commented import keeps, three


@pytest.mark.parametrize("block", range(4))
def test_random_comments_of_both_sides_are_all_kept_once(block: int) -> None:
    clean = 0
    for seed in range(block * 60, block * 60 + 60):
        try:
            clean += keeps(*three(seed))
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from None
    assert 40 < clean < 60


def text_of(base: str, ours: str, theirs: str) -> str:
    found = merge_bytes(base.encode(), ours.encode(), theirs.encode())
    assert [each.name for each in found.conflicts] == []
    assert found.text is not None
    tomli.loads(found.text)
    return found.text


BASE = '[initiatives.api]\nestimate = "4w"\n\n# ---- ours ----\n\n[initiatives.site]\n'


@pytest.mark.parametrize("swapped", [False, True])
def test_one_table_of_both_sides_has_the_comments_of_both(swapped: bool) -> None:
    ours = BASE + '\n# Mine.\n[initiatives.zulu]\n# why\nestimate = "1w"  # guess\n'
    theirs = (
        BASE + '\n# Yours.\n[initiatives.zulu]\nestimate = "1w"  # offer\ntitle = "Z"  # name\n'
    )
    if swapped:
        ours, theirs = theirs, ours
    text = text_of(BASE, ours, theirs)
    for comment in ("# Mine.", "# Yours.", "# why", "# guess", "# offer", "# name"):
        assert text.count(comment) == 1
    table = text[text.index("# ", text.index("site]")) :]
    assert table.index("# Mine.") < table.index("[initiatives.zulu]") < table.index("# why")
    assert table.index("# Yours.") < table.index("[initiatives.zulu]") < table.index("# offer")


def test_keys_at_the_top_of_one_table_keep_their_comments() -> None:
    ours = BASE.replace("estimate", '# of mine\ntitle = "A"  # short\nestimate')
    theirs = BASE.replace("estimate", '# of yours\nowner = "crm"  # till May\nestimate')
    text = text_of(BASE, ours, theirs)
    for comment in ("# of mine", "# short", "# of yours", "# till May"):
        assert text.count(comment) == 1
    assert 'title = "A"  # short\n' in text
    assert 'owner = "crm"  # till May\n' in text


def test_a_table_that_one_side_removed_and_the_other_commented_is_asked_about() -> None:
    base = BASE + "\n[glossary]\nlead = 'x'\n"
    ours = base.replace('[initiatives.api]\nestimate = "4w"\n\n', "")
    theirs = base.replace('"4w"', '"4w"  # Bo is at it')
    for left, right in ((ours, theirs), (theirs, ours)):
        found = merge_bytes(base.encode(), left.encode(), right.encode())
        assert [each.name for each in found.conflicts] == ["initiatives.api"]
        assert "# Bo is at it" in found.to_bytes().decode()


def test_a_comment_of_no_table_is_there_once_whatever_is_put_before_it() -> None:
    new = '[initiatives.{}]\nestimate = "1w"\n\n# ----'
    ours, theirs = (BASE.replace("# ----", new.format(id), 1) for id in ("beta", "gamma"))
    assert text_of(BASE, ours, theirs) == BASE.replace(
        "# ----", f"{new.format('beta')[:-6]}{new.format('gamma')}", 1
    )


def test_a_comment_of_a_key_that_the_other_side_removed_stays_in_its_table() -> None:
    base = BASE.replace('"4w"\n', '"4w"\nowner = "crm"\n')
    text = text_of(base, BASE, base.replace('"crm"', '"crm"  # till May'))
    assert tomli.loads(text)["initiatives"]["api"] == {"estimate": "4w"}
    assert text.index("# till May") < text.index("# ---- ours")


def test_a_file_of_both_sides_without_a_base_keeps_both_heads() -> None:
    ours = '# Of marketing.\n\n[glossary]\nlead = "x"  # agreed\n'
    theirs = '# Of IT.\n\n[glossary]\nlead = "x"\n# to do\n\n# the end\n'
    text = text_of("", ours, theirs)
    assert [line for line in text.split("\n") if line.startswith("# ")] == [
        "# Of IT.", "# Of marketing.", "# to do", "# the end",
    ]  # fmt: skip
    assert '"x"  # agreed' in text
