"""What an import remembers beside the roadmap: what the file said last time, and the answers given.

It stands in `.imports/`, named after the file that was imported, in a folder roadmap's own folder,
else beside the roadmap's file in one of its name. It is the base of the next import's merge, so it
is committed with the roadmap: the other lead's second import has to know it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import msgspec
import tomli_w
from msgspec import Struct

from planner.errors import ReadError, SaveError, UsageError
from planner.exchange.importing.candidates import folded
from planner.files.failures import why
from planner.files.reading import read_file
from planner.files.saving import Write, save
from planner.files.workspace import Workspace
from planner.roadmap.entities import Tables
from planner.session.starting import write_new
from planner.text.document import Document

FOLDER = ".imports"
LONGEST_NAME = 200
HEAD = """\
# What `planner import` read from this file last time. Commit it with the roadmap: the next import
# compares with it. Do not edit it by hand.

"""


class Answer(Struct, frozen=True, omit_defaults=True):
    """What a phrase was said to mean. `words` are the phrase's, of the initiative `id`."""

    id: str
    words: str
    means: Literal["initiative", "system", "none"] = "none"
    names: str = ""
    """The initiative or system meant: an id, or of a new system its title."""
    type: str = ""
    lag: str = ""
    """Of the link, where they are not those of the phrase."""

    @property
    def key(self) -> tuple[str, str]:
        """What it answers: the same words of the same initiative are the same phrase."""
        return phrase_key(self.id, self.words)


def phrase_key(id: str, words: str) -> tuple[str, str]:
    """What identifies a phrase from one import to the next, wherever its row has gone."""
    return id, folded(words)


class Kept(Struct, frozen=True):
    """What is remembered of one file. `ids` are keys of the file, else ids as the file gives them,
    → the roadmap's ids of its initiatives; `tables` are what it said, with the roadmap's ids.
    """

    source: str = ""
    ids: Mapping[str, str] = {}
    answers: tuple[Answer, ...] = ()
    tables: Mapping[str, Mapping[str, Mapping[str, Any]]] = {}

    @property
    def is_new(self) -> bool:
        """Whether the file was never imported."""
        return not self.source


def kept_path(workspace: Workspace, source: str) -> Path:
    """Where what is remembered of a file stands."""
    path = workspace.path
    is_folder = workspace.files != (path,)
    folder = path / FOLDER if is_folder else path.parent / FOLDER / path.stem
    return folder / f"{_file_name(source)}.toml"


def _file_name(source: str) -> str:
    """A name that any file system takes, of a file that may be called anything."""
    name = quote(source, safe=" ()+,=@~ÄÖÜäöüßàâçéèêëîïôûùüÿñáíóú")
    if len(name.encode()) <= LONGEST_NAME and not name.startswith(("-", ".")):
        return name
    return f"{re.sub('[^A-Za-z0-9]+', '-', source)[:40].strip('-')}-{_digest(source)}"


def _digest(source: str) -> str:
    return sha256(source.encode(errors="surrogateescape")).hexdigest()[:16]


def read_kept(path: Path) -> Kept:
    """What is remembered; nothing where the file was never imported. Raises ReadError."""
    if not path.exists():
        return Kept()
    document = Document.parse(read_file(path), str(path))
    try:
        return msgspec.convert(dict(document.data), Kept)
    except msgspec.ValidationError as error:
        raise ReadError(
            f"what was imported last time can't be read: {error}",
            file=str(path),
            hint="remove the file to import anew: keys that both have are asked",
        ) from None


def kept_text(kept: Kept) -> str:
    """The text of what is remembered, the same for the same import."""
    raw = {
        "source": kept.source,
        "answers": [msgspec.to_builtins(answer) for answer in kept.answers],
        "ids": dict(kept.ids),
        "tables": _plain(kept.tables),
    }
    return HEAD + tomli_w.dumps({key: value for key, value in raw.items() if value})


def _plain(tables: Tables) -> dict[str, Any]:
    return {
        kind: {id or SINGLE: dict(table) for id, table in of_kind.items()}
        for kind, of_kind in tables.items()
        if of_kind
    }


SINGLE = "-"
"""What the id of a single table is called here; no id is."""


def tables_of(kept: Kept) -> dict[str, dict[str, Any]]:
    """What the file said last time, single tables with the id ``""``."""
    return {
        kind: {"" if id == SINGLE else id: dict(table) for id, table in of_kind.items()}
        for kind, of_kind in kept.tables.items()
    }


def write_kept(path: Path, kept: Kept) -> None:
    """Remember it, all of it or nothing. Raises UsageError or SaveError."""
    new = kept_text(kept).encode()
    refuse_a_link(path)
    if not path.exists():
        write_new({path: new})
        return
    old = read_file(path)
    if old != new:
        save([Write(path.absolute(), str(path), old, new)])


def refuse_a_link(path: Path) -> None:
    """Raise UsageError where somebody made the folder a link: nothing new goes through one."""
    for folder in path.parents:
        if folder.name == FOLDER and folder.is_symlink():
            raise UsageError(f"{folder} is a link", hint="replace it by a folder of its own")


def forget(path: Path) -> None:
    """Remember nothing of a file that was not imported after all. Raises SaveError."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise SaveError(f"not removed: {why(error)}", file=str(path)) from None


def merged_answers(old: Iterable[Answer], new: Iterable[Answer]) -> tuple[Answer, ...]:
    """The answers of before and of now, of one phrase the later."""
    return tuple({answer.key: answer for answer in (*old, *new)}.values())
