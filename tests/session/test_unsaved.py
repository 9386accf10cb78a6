"""What is unsaved is counted in edits, as undo counts them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from planner.session.session import Session
from planner.text.edits import SetKey

TEXT = '[initiatives.a]\nestimate = "1w"\n'
TODAY = date(2027, 3, 1)


def estimate(session: Session, value: str) -> int:
    session.apply(SetKey("initiatives", "a", ("estimate",), value))
    return session.unsaved


def test_edits_since_the_last_save_count_also_those_undone(tmp_path: Path) -> None:
    file = tmp_path / "roadmap.toml"
    file.write_text(TEXT, encoding="utf-8")
    session = Session.open(file, today=TODAY)
    assert [session.unsaved, estimate(session, "2w"), estimate(session, "3w")] == [0, 1, 2]
    session.history.undo()
    assert session.unsaved == 1
    assert estimate(session, "4w") == 2
    session.save()
    assert session.unsaved == 0
    session.history.undo()
    session.history.undo()
    assert session.unsaved == 2, "two steps to what is saved"
    assert estimate(session, "5w") == 3, "and that can't be gone back to now"
    session.history.undo()
    assert session.unsaved == 2
    assert estimate(session, "4w") == 0, "it is as it was saved"
    session.reload()
    assert session.unsaved == 0


def test_files_that_are_read_again_as_they_were_are_nothing_to_undo(tmp_path: Path) -> None:
    file = tmp_path / "roadmap.toml"
    file.write_text(TEXT, encoding="utf-8")
    session = Session.open(file, today=TODAY)
    session.reload()
    assert session.history.undo() is None
    file.write_text(TEXT.replace("1w", "2w"), encoding="utf-8")
    session.reload()
    assert session.history.undo() == "reload"
