"""First roadmap of `planner init`: a small example with the next steps in its comments.

No existing file is overwritten, and no partly written file stays.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import tomli_w

from planner.errors import UsageError
from planner.files.failures import why
from planner.files.restore_deleted import put
from planner.files.workspace import NAMED, Workspace, find_roadmaps
from planner.roadmap.entities import Tables
from planner.session.pilot import pilot_texts
from planner.text.document import Document

_HEAD = """\
#:schema ./roadmap.schema.json
# (For completion in an editor: `planner schema --for roadmap > roadmap.schema.json`.)

[roadmap]
{title}
start = {start}
{currency}
"""

_INITIATIVES = """
# Lengths are working time: "4w", "20d", or optimistic, likely and pessimistic: ["3w", "4w", "7w"].
[initiatives.{first}]
title = "{first_title}"
portfolio = "it"
estimate = "6w"

[initiatives.{second}]
title = "{second_title}"
portfolio = "marketing"
estimate = "3w"
needs = ["{first}"]
deadline = {deadline}
"""

_EXAMPLE = {
    "first": "customer-api",
    "first_title": "Customer API",
    "second": "spring-launch",
    "second_title": "Spring launch",
}


def start_roadmap(
    path: Path,
    *,
    title: str | None = None,
    folder: bool,
    today: date | None = None,
    pilot: str | None = None,
) -> list[Path]:
    """Write a first roadmap to a file, or to one file for each side; returns the files written.
    With `pilot`, the name of a campaign, it is one to begin with together.

    Raises UsageError where a file exists or can't be written; the files of this call are removed.
    """
    if folder:
        _must_hold_no_roadmap(path)
    if pilot is not None and not pilot.strip():
        raise UsageError("the campaign has no name", hint='for example `--pilot "Summer campaign"`')
    day = today or date.today()
    head, first, second = _texts(path, title, day) if pilot is None else _pilot(title, pilot, day)
    texts = {path: head + first + second}
    if folder:
        files = (path / "roadmap.toml", path / "it.toml", path / "marketing.toml")
        texts = dict(zip(files, (head, first.lstrip(), second.lstrip()), strict=True))
    write_new({file: text.encode() for file, text in texts.items()})
    return list(texts)


def example_in(tables: Tables) -> tuple[str, ...]:
    """The initiatives of the example, where a roadmap holds nothing else and they are as they were
    written, whatever their deadline; else none.
    """
    found = tables.get("initiatives", {})
    second = found.get(_EXAMPLE["second"])
    deadline = second.get("deadline") if isinstance(second, Mapping) else None
    if not isinstance(deadline, date) or tables.keys() - {"roadmap", "initiatives"}:
        return ()
    written = _INITIATIVES.format(**_EXAMPLE, deadline=deadline.isoformat())
    return tuple(found) if found == Document.parse(written.encode(), "").data["initiatives"] else ()


def write_new(contents: Mapping[Path, bytes]) -> None:
    """Write new files, all of them or none. Raises UsageError where one exists or can't be written.

    A folder that is missing gets its name when all is in it; in one that is there, each file is
    whole, the last one is written last.
    """
    top = Path(os.path.commonpath([file.parent for file in contents]) or ".")
    with ExitStack() as undo:
        place = top if top.is_dir() else _folder_in_the_making(next(iter(contents)), top, undo)
        for file, content in contents.items():
            _write_new(place / file.relative_to(top), content, undo, file)
        if place != top:
            _give_its_name(place, top)
        undo.pop_all()


def _folder_in_the_making(file: Path, top: Path, undo: ExitStack) -> Path:
    """A new folder beside its place; `undo` removes it."""
    place = top.with_name(f".{top.name[:40]}-{os.urandom(4).hex()}")
    try:
        _make_folder(place, undo)
    except OSError as error:
        raise _unwritten(file, error) from None
    return place


def _give_its_name(place: Path, top: Path) -> None:
    try:
        place.rename(top)
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
            raise UsageError(f"{top} exists already", hint="name another folder") from None
        raise _unwritten(top, error) from None


def new_workspace(
    path: Path, *, title: str, start: date, currency: str, sides: Iterable[str] | None
) -> Workspace:
    """A roadmap without initiatives that is not written yet: a folder with one file for each of
    `sides`, or a file where these are None. Raises UsageError where `path` is a roadmap already.
    """
    head = _head(title, start, currency).encode()
    files: tuple[Path, ...] = (path,)
    if sides is not None:
        _must_hold_no_roadmap(path)
        files = (path / NAMED, *(path / f"{side}.toml" for side in sides))
    raw = (head, *(b"" for _ in files[1:]))
    documents = (Document.parse(each, str(file)) for file, each in zip(files, raw, strict=True))
    return Workspace(path, files, tuple(documents))


def _must_hold_no_roadmap(folder: Path) -> None:
    """Raise UsageError for a folder that is a roadmap or has a roadmap file, but not for deeper
    ones.
    """
    found = [each for each in find_roadmaps(folder) if each == folder or each.is_file()]
    if found:
        raise UsageError(f"{found[0]} is a roadmap already", hint="name another folder, or a file")


def _texts(path: Path, title: str | None, today: date) -> tuple[str, str, str]:
    """Text of the roadmap table, of IT's first initiative and of marketing's after it."""
    stem = path.resolve().name.removesuffix(".toml").replace("-", " ").strip() or "Roadmap"
    head = _head(title or stem.capitalize(), today, "EUR")
    deadline = date(today.year + (today.month > 9), (today.month + 2) % 12 + 1, 28)
    body = _INITIATIVES.format(**_EXAMPLE, deadline=deadline.isoformat())
    at = body.index(f"[initiatives.{_EXAMPLE['second']}]")
    return head, body[:at], body[at:]


def _pilot(title: str | None, name: str, today: date) -> tuple[str, str, str]:
    """The same for a pilot: what is shared, IT's and marketing's."""
    shared, it, marketing = pilot_texts(name, today)
    return _head(title or name, today, "EUR") + shared, it, marketing


def _head(title: str, start: date, currency: str) -> str:
    said = {"title": title, "currency": currency}
    lines = {key: tomli_w.dumps({key: value}).strip() for key, value in said.items()}
    return _HEAD.format(start=start.isoformat(), **lines)


def _write_new(path: Path, content: bytes, undo: ExitStack, name: Path) -> None:
    """Write a new file, which a person calls `name`; `undo` removes it and its new folders."""
    try:
        if os.path.lexists(path):
            raise FileExistsError
        _make_folder(path.parent, undo)
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            put(path.name, content, folder)
        finally:
            os.close(folder)
        undo.callback(path.unlink, missing_ok=True)
    except FileExistsError:
        raise UsageError(f"{name} exists already", hint="name another file") from None
    except OSError as error:
        raise _unwritten(name, error) from None


def _make_folder(folder: Path, undo: ExitStack) -> None:
    if not folder.is_dir():
        if os.path.lexists(folder):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
        _make_folder(folder.parent, undo)
        folder.mkdir()
        undo.callback(folder.rmdir)


def _unwritten(path: Path, error: OSError) -> UsageError:
    said = _NO_PLACE.get(error.errno or 0) or why(error)
    return UsageError(f"{path} was not written: {said}", hint="nothing was made")


_NO_PLACE = {
    errno.ENOENT: "no file can be made there",
    errno.ENOTDIR: "something that is no folder is in its way",
}
"""Error texts for a file that can't be created."""
