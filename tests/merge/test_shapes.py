"""Files of any shape in a merge: merged, or asked about between markers, never an error."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli

from planner.merge.lines import unmarked
from tests.git.clones import clone_at
from tests.merge.misshapen import stands, three


def test_random_shapes_merge_or_are_asked_about() -> None:
    clean = 0
    for seed in range(60):
        try:
            clean += stands(*three(seed))
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from None
    assert 20 < clean < 50


BASE = (
    '[roadmap]\ntitle = "Joint"\n\n[systems.crm]\ntitle = "CRM"\n\n[initiatives.api]\nneeds = "a"\n'
)
CRM = '[systems.crm]\ntitle = "CRM"\n'


@pytest.mark.parametrize(
    "theirs",
    [
        BASE.replace(CRM, '[systems]\ncrm = "x"\n'),
        BASE.replace(CRM, '[[systems]]\ntitle = "CRM"\n'),
        BASE.replace(CRM, "[systems]\ncrm = 2027-01-01\n"),
        BASE.replace(CRM, '[[systems.crm]]\ntitle = "CRM"\n'),
        'systems = "x"\n' + BASE.replace(CRM, ""),
    ],
)
def test_a_table_that_is_none_on_one_side_is_asked_about(theirs: str, tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    ours = BASE.replace('"CRM"', '"Customers"')
    for name, left, right in (("b", ours, theirs), ("c", theirs, ours)):
        clone.write("a", BASE)
        clone.write(name, left)
        clone.write("other", right)
        clone.planner("merge", "a", name, "other", "7", "roadmap.toml", code=1)
        sides = unmarked(clone.read(name))
        assert sides is not None
        assert tomli.loads(sides.ours) == tomli.loads(left)
        assert tomli.loads(sides.theirs) == tomli.loads(right)


def test_what_is_no_table_and_what_the_other_side_changed_both_stay(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    clone.write("a", BASE)
    clone.write("b", BASE.replace("Joint", "Ours"))
    clone.write("c", BASE.replace(CRM, '[systems]\ncrm = "x"  # for now\n'))
    clone.planner("merge", "a", "b", "c", "7", "roadmap.toml")
    assert tomli.loads(clone.read("b")) == {
        "roadmap": {"title": "Ours"},
        "systems": {"crm": "x"},
        "initiatives": {"api": {"needs": "a"}},
    }
    assert "# for now" in clone.read("b")
