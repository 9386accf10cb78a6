"""A table that one of two people took to another file of the folder: it stays one table."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli

from planner.merge.workspaces import merge_workspaces, of_bytes
from planner.text.edits import SetKey
from tests.files.people import opened

PUSH = '# Legal asked for this.\n[initiatives.push]\nestimate = "3w"\nowner = "crm"\n'
IT = '[roadmap]\nstart = 2027-01-04\n\n[initiatives.api]\nestimate = "4w"\n'
MARKETING = f'[initiatives.launch]\nestimate = "1w"\n\n{PUSH}'
WITHOUT = '[initiatives.launch]\nestimate = "1w"\n'


def test_an_edit_of_a_table_goes_where_somebody_took_it(tmp_path: Path) -> None:
    (tmp_path / "it.toml").write_text(IT)
    (tmp_path / "marketing.toml").write_text(MARKETING)
    session = opened(tmp_path)
    session.apply(SetKey("initiatives", "push", ("estimate",), "5w"))
    (tmp_path / "it.toml").write_text(f"{IT}\n{PUSH}".replace('"crm"', '"web"'))
    (tmp_path / "marketing.toml").write_text(WITHOUT)
    session.save()
    moved = PUSH.replace('"crm"', '"web"').replace('"3w"', '"5w"')
    assert (tmp_path / "it.toml").read_text() == f"{IT}\n{moved}"
    assert (tmp_path / "marketing.toml").read_text() == WITHOUT


@pytest.mark.parametrize(
    ("ours", "theirs", "place"),
    [
        ((IT, WITHOUT, PUSH), (IT, MARKETING.replace("3w", "5w"), ""), "web.toml"),
        ((f"{IT}\n{PUSH}", WITHOUT, ""), (IT, WITHOUT, PUSH.replace("3w", "5w")), "web.toml"),
        ((IT, WITHOUT, PUSH), (f"{IT}\n{PUSH}".replace("3w", "5w"), WITHOUT, ""), "it.toml"),
    ],
)
def test_two_who_move_or_change_one_table_have_it_once(
    ours: tuple[str, ...], theirs: tuple[str, ...], place: str, tmp_path: Path
) -> None:
    names = [str(tmp_path / name) for name in ("it.toml", "marketing.toml", "web.toml")]
    base, left, right = (
        of_bytes(tmp_path, dict(zip(names, (each.encode() for each in texts), strict=True)))
        for texts in ((IT, MARKETING, ""), ours, theirs)
    )
    found = merge_workspaces(base, left, right, lambda _: "ours")
    assert found.asked == ()
    said = {Path(each.file).name: tomli.loads(each.text) for each in found.workspace.documents}
    having = [name for name, data in said.items() if "push" in data.get("initiatives", {})]
    assert having == [place]
    assert said[place]["initiatives"]["push"] == {"estimate": "5w", "owner": "crm"}
    assert "".join(each.text for each in found.workspace.documents).count("# Legal asked") == 1
