"""Files of one roadmap that are resolved together, because a table moved between them.

Git gives the three sides of a file with merge conflicts; the file of a table on each side comes
from the merged commits. A merge without conflicts can still leave one table in two files, where
each side moved it to another file; such tables are found in the files, their sides in the commits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from pathlib import Path

from msgspec.structs import replace

from planner.errors import EditRefused, ReadError, UsageError
from planner.files.reading import read_file
from planner.files.workspace import Workspace
from planner.git.plumbing import GitError
from planner.git.revisions import Repository, has_a_table
from planner.merge.commits import Three, documents_of, merging, named, of_the_last_merge
from planner.merge.moved_tables import (
    JointMerge,
    Moved,
    Sides,
    as_here,
    merge_together,
    moved_tables,
    twice,
)
from planner.merge.recorded_choices import unanswered
from planner.merge.references import Called, Documents, beside, missed, renamed_tables_of
from planner.merge.sides import OpenMerge, open_merge, open_merges
from planner.merge.three_way import Decide, merge_bytes
from planner.text.document import Document


def joint_merges(path: Path, *, below: bool = False) -> list[OpenMerge]:
    """Merge conflicts of a file or of a folder's files, with `below` also of its subfolders.

    Files that share moved tables are one, whichever of them is named; so are tables that stand in
    two files. Raises UsageError where nothing is open, ReadError for no file.
    """
    folder = path if path.is_dir() else path.parent
    try:
        found = open_merges(path, below=below) if path.is_dir() else _with_others(path)
    except UsageError:
        again = duplicate_tables(folder)
        if again is None or (path.is_file() and path.name not in again.names):
            raise
        return [again]
    folders = dict.fromkeys(each.path.parent for each in found)
    groups = [
        group
        for each in folders
        for group in _joined(each, [one for one in found if one.path.parent == each])
    ]
    return [each for each in groups if path.is_dir() or path.name in each.names]


def _with_others(path: Path) -> list[OpenMerge]:
    """Merge conflicts of a file and of the files in its folder."""
    found = open_merge(path)
    try:
        others = open_merges(path.parent)
    except UsageError:
        return [found]
    return [found, *(each for each in others if each.path.name != path.name)]


def _joined(folder: Path, found: list[OpenMerge]) -> list[OpenMerge]:
    """The open merges of a folder; files that share moved tables as one."""
    try:
        here, sides = _here(folder, found), _sides(folder, found)
        found = [_not_alone(each, sides) for each in found] if sides else found
        if any(each.removed for each in found):
            return found
        moved = _moved(sides, here, {each.path.name for each in found})
        renamed = missed({**here, **_tried(found)}, _renamed(sides))
        if not moved and not renamed:
            return found
        names = {file for each in moved for file in each.files}
        shared = [each for each in found if renamed or each.path.name in names] or found[:1]
        together = replace(shared[0], also=tuple(shared[1:]), beside=here)
        together = replace(together, moved=tuple(moved), renamed=tuple(renamed))
        merge_moves(together, lambda _: "ours")
    except (EditRefused, ReadError, UsageError, GitError):
        return found
    return [together, *(each for each in found if each not in shared)]


def _not_alone(found: OpenMerge, sides: Three) -> OpenMerge:
    """Return the open merge with the tables of the other files."""
    return replace(found, elsewhere=beside(found.path.name, *sides))


def duplicate_tables(folder: Path) -> OpenMerge | None:
    """The tables that stand in two files of a roadmap, and the file of one of them; None where
    there are none, or the files are no roadmap that can be read.

    What refers to a table by the id that it had before the merge is as much left over.
    """
    try:
        workspace = Workspace.open(folder)
        here = {name: each.named(name) for name, each in named(workspace.documents)}
        sides = of_the_last_merge(folder)
        found = list(_twice(sides, here))
        again = unanswered(folder, [each for each in found if each.removed])
        moved = tuple(each for each in found if not each.removed or each in again)
        renamed = tuple(missed(here, _renamed(sides)))
        if not moved and not renamed:
            return None
        name = _first(moved, here)
        raw = here.pop(name).to_bytes()
        merge = OpenMerge(folder / name, raw, raw, raw, raw, "files", beside=here)
        merge = replace(merge, moved=moved, renamed=renamed)
        merge_moves(merge, lambda _: "ours")
    except (EditRefused, ReadError, UsageError, GitError):
        return None
    return merge


def _first(moved: Sequence[Moved], here: Documents) -> str:
    """The file under which the others are resolved: preferably one whose table stays as it is."""
    if not moved:
        return next(iter(here))
    kept = moved[0].kept.file
    was = moved[0].base.file if moved[0].base else kept
    others = (was, *here) if moved[0].removed else ()
    return next((each for each in others if each != kept and each in here), kept)


def moved_away(file: str, sides: Three) -> list[Moved]:
    """Tables that a side moved out of a file while the other side changed or removed them."""
    return [each for each in moved_tables(*sides) if file in _asked_in(each, sides)]


def _asked_in(moved: Moved, sides: Three) -> Set[str]:
    """The file that it was in, or where both sides left the same of that, so that git does not have
    it merged, the files that it went to."""
    if moved.base is None:
        return frozenset()
    at = moved.base.file
    left, right = (side[at].text if at in side else "" for side in sides[1:])
    return moved.files - {at} if left == right else {at}


def merge_moves(found: OpenMerge, decide: Decide | None) -> JointMerge:
    """Merge files that share moved tables. Raises EditRefused and ReadError."""
    opened = [
        Sides(each.path.name, each.base, each.ours or b"", each.theirs or b"", each.elsewhere)
        for each in (found, *found.also)
    ]
    return merge_together(opened, found.beside, found.moved, found.renamed, decide)


# --- which tables --------------------------------------------------------------------------------


def _moved(sides: Three | None, here: Documents, open_files: Set[str]) -> list[Moved]:
    """Moved tables that a file with conflicts has on a side, or that are in two other files."""
    return [
        as_here(each, here)
        for each in (moved_tables(*sides) if sides else ())
        if each.files & open_files or _is_twice(each, here) or _stays(each, here)
    ]


def _twice(sides: Three | None, here: Documents) -> Iterator[Moved]:
    """Tables that are in two files; first those with a known base."""
    known = set[tuple[str, str]]()
    for each in moved_tables(*sides) if sides else ():
        if _is_twice(each, here) or _stays(each, here):
            known |= {(each.kind, id) for id in each.ids}
            yield as_here(each, here)
    yield from (each for each in twice(here) if (each.kind, each.ours.id) not in known)


def _is_twice(moved: Moved, here: Documents) -> bool:
    one, other = ((each.file, each.id) for each in (moved.ours, moved.theirs))
    return one != other and all(
        file in here and id in here[file].tables.get(moved.kind, {}) for file, id in (one, other)
    )


def _stays(moved: Moved, here: Documents) -> bool:
    """Whether a table that one side removed is in the file to which the other moved it."""
    kept = moved.kept
    known = here[kept.file].tables.get(moved.kind, {}) if kept.file in here else {}
    return moved.removed and kept.id in known


def _renamed(sides: Three | None) -> list[Called]:
    return renamed_tables_of(*sides) if sides else []


def _tried(found: Sequence[OpenMerge]) -> dict[str, Document]:
    """The files with conflicts, all resolved as ours. Raises ReadError."""
    return {
        each.path.name: Document.parse(merged.to_bytes(), each.path.name)
        for each in found
        for merged in [
            merge_bytes(
                each.base,
                each.ours or b"",
                each.theirs or b"",
                decide=lambda _: "ours",
                elsewhere=each.elsewhere,
            )
        ]
    }


# --- the sides -----------------------------------------------------------------------------------


def _sides(folder: Path, found: Sequence[OpenMerge]) -> Three | None:
    """The sides of the merge in progress; files with conflicts from the index or their markers."""
    repository = Repository.around(folder)
    sides = documents_of(repository, merging(repository), folder)
    for each in found if sides else ():
        for side, raw in zip(sides or (), (each.base, each.ours, each.theirs), strict=True):
            _put(side, each.path.name, raw)
    return sides


def _here(folder: Path, found: Sequence[OpenMerge]) -> dict[str, Document]:
    """The roadmap's current files without those that have conflicts. Raises ReadError."""
    names = {each.path.name for each in found}
    files = [each for each in sorted(folder.glob("*.toml")) if each.name not in names]
    seen = [each for each in files if not each.name.startswith(".") and each.is_file()]
    read = (Document.parse(read_file(each), each.name) for each in seen)
    return {each.file: each for each in read if has_a_table(each.data)}


def _put(side: dict[str, Document], name: str, raw: bytes | None) -> None:
    """Set a side's version of a file with conflicts to that of the index."""
    if raw is None:
        side.pop(name, None)
        return
    document = Document.parse(raw, name)
    if name not in side:
        for other in [file for file, each in side.items() if each.text == document.text]:
            del side[other]
    side[name] = document
