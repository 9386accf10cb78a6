"""Document: one file's text and its data, as a value.

An edit makes another document. It changes only its own bytes, and is refused unless a standard
parser reads exactly the intended data from the changed tables. An edit verifies its own tables and
those that can write to them (verification.py); `verify`, called by a save, the whole file.

Unchanged sections and tables are shared between documents, so keeping many of them costs little.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from itertools import accumulate
from typing import Any

from msgspec.structs import replace

from planner.errors import EditRefused, ReadError
from planner.roadmap.entities import Tables
from planner.text import limits, parsing
from planner.text.applying import apply_to_text, tables_of
from planner.text.drafts import Draft, Outline
from planner.text.edits import AddTable, Edit, Edits, Place, RemoveTable, inverse, same
from planner.text.locations import written_at
from planner.text.scanning import ScanError
from planner.text.sections import Path, split

_BOM = "\ufeff"


class Document:
    """The text of one file. Immutable: `apply` returns another.

    `file` is its name as the user gave it, `data` what a parser reads from the text.
    """

    def __init__(
        self, file: str, data: Mapping[str, Any], source: str | Outline, bom: bool, newline: str
    ) -> None:
        self.file = file
        self.data = data
        self._bom = bom
        self._newline = newline
        self._text = source if isinstance(source, str) else None
        self._outline = None if isinstance(source, str) else source
        self._verified = False

    # --- reading ----------------------------------------------------------------------------------

    @classmethod
    def parse(cls, raw: bytes, file: str) -> Document:
        """Read a file's bytes.

        Raises ReadError with file and line for what is not UTF-8, not TOML 1.0, beyond the size
        limits, or left in conflict by a merge.
        """
        text = limits.decode(raw, file)
        parsed = parsing.parse(raw, text, file)
        bom = raw.startswith(_BOM.encode())
        document = cls(file, parsed.data, text, bom, parsing.newline_of(text))
        document._outline = parsed.outline
        return document

    @property
    def text(self) -> str:
        """The text as it would be written, without a byte order mark."""
        if self._text is None:
            self._text = self.outline.text
        return self._text

    def named(self, file: str) -> Document:
        """The same text under another name of its file."""
        if file == self.file:
            return self
        return Document(file, self.data, self._outline or self.text, self._bom, self._newline)

    def to_bytes(self) -> bytes:
        """The file's bytes, with the byte order mark that it had."""
        return ((_BOM if self._bom else "") + self.text).encode()

    @property
    def tables(self) -> Tables:
        """The data as edits see it: ``{kind: {id: keys}}``, single tables with the id ``""``."""
        return tables_of(self.data)

    @property
    def outline(self) -> Outline:
        """The sections of the text; made when first asked for. Raises ScanError."""
        if self._outline is None:
            self._outline = Outline(split(self.text))
        return self._outline

    def verify(self) -> None:
        """Read the whole text as it would be written. Raises EditRefused unless it says `data`."""
        if not self._verified:
            with _uncollected():
                self._read_back()
            self._verified = True

    def _read_back(self) -> None:
        try:
            again = Document.parse(self.to_bytes(), self.file)
        except ReadError as error:
            raise EditRefused(
                f"the text can't be read back: {error.message}", file=self.file, line=error.line
            ) from None
        if not same(again.data, self.data):
            raise EditRefused("the text does not say what is shown", file=self.file)

    # --- where things stand -----------------------------------------------------------------------

    def line_of(self, path: Path) -> int | None:
        """The 1-based line of a table or of a key in it, in whatever spelling; None if not here.

        Below a list, one more part names an item: ``(…, "needs", "consent-center")``.
        """
        if not path:
            return None
        try:
            found = written_at(Draft(self.outline, self._newline), path)
        except ScanError:
            return None
        if found is None:
            return None
        section, at = found
        return self._lines_before[id(section)] + section.newlines_before(at) + 1

    def lines_of(self, kind: str) -> dict[str, int]:
        """The 1-based lines of all tables of a kind, by id: what `line_of` says, at once."""
        found = {
            section.path[1]: self._lines_before[id(section)] + 1
            for section in reversed(self.outline.sections)
            if len(section.path) == 2 and section.path[0] == kind and section.text[0] == "["
        }
        others = (each for each in self.tables.get(kind, {}) if each not in found)
        return found | {each: line for each in others if (line := self.line_of((kind, each)))}

    @cached_property
    def _lines_before(self) -> dict[int, int]:
        """How many lines end before each section, by the section's identity."""
        sections = self.outline.sections
        counts = accumulate((section.newlines for section in sections), initial=0)
        return {id(section): lines for section, lines in zip(sections, counts, strict=False)}

    # --- changing ---------------------------------------------------------------------------------

    def apply(self, edit: Edit) -> Document:
        """The document with `edit` made; itself if that changes nothing.

        Raises EditRefused, with nothing changed, where the edit has no meaning on this data or the
        text can't say exactly what it means.
        """
        if isinstance(edit, Edits):
            document = self
            for part in edit.edits:
                document = document.apply(part)
            return document
        try:
            applied = apply_to_text(edit, self.outline, self._newline, self.data)
        except EditRefused as error:
            error.file = error.file or self.file
            raise
        if applied is None:
            return self
        return Document(self.file, applied.data, applied.outline, self._bom, self._newline)

    def inverse(self, edit: Edit) -> Edit:
        """The edit that takes `edit` back; a removed table comes back with its text and place."""
        if isinstance(edit, Edits):
            document, found = self, []
            for part in edit.edits:
                found.append(document.inverse(part))
                document = document.apply(part)
            return Edits(tuple(reversed(found)), edit.label)
        back = inverse(edit, self.tables)
        if not isinstance(edit, RemoveTable):
            return back
        assert isinstance(back, AddTable)
        return self._with_text(back, self.apply(edit))

    def _with_text(self, back: AddTable, after: Document) -> AddTable:
        """Give the way back the text that went, where that was one run of whole lines."""
        old, new = self.text, after.text
        gone = len(old) - len(new)
        for start in (old.rfind("\n", 0, _alike(old, new)) + 1, len(new)):
            if old[:start] + old[start + gone :] == new:
                text, place = old[start : start + gone], after._place_at(start)
                return replace(back, text=text, place=place)
        return back

    def _place_at(self, at: int) -> Place:
        """The place of an offset: its section, and the lines from there."""
        for section in self.outline.sections:
            if at <= len(section.text):
                inside = at and section.text[at - 1] != "\n"
                return Place(section.path, section.text.count("\n", 0, at) + bool(inside))
            at -= len(section.text)
        raise AssertionError("an offset beyond the text")


def _alike(one: str, other: str) -> int:
    """The length of what two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector still: it looks at all that is read back and then dropped.

    A save of 10,000 initiatives on which every rule speaks takes 0.4 s with it and 0.8 without
    (goal: 0.3).
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
