"""XML as events, so that a file of any size takes no memory but for what is kept of it.

Whatever could make much of little is refused: a document type (and with it entities, which stand
for others or for files), elements in elements without end, endless names, tags and attributes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NoReturn
from xml.parsers import expat

from planner.errors import ReadError

_MAX_DEPTH = 64
_MAX_NAMES = 2_000
_MAX_ELEMENTS = 4_000_000
_MAX_SILENCE = 1 << 20
"""Bytes in which neither a tag nor a text ends."""


class Events:
    """What is done with the elements of a document; names are without their prefix."""

    line: Callable[[], int] = staticmethod(lambda: 0)
    """The line that is being read."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Some of the text in an element."""


def read_events(
    pieces: Iterable[bytes], events: Events, file: str, part: str = "", *, hint: str
) -> None:
    """Let `events` see a document, a `part` of a file or all of it. Raises ReadError with `hint`
    for what is no XML or would be too much, and whatever `events` raise.
    """
    where = f"{part}: " if part else ""
    try:
        _Reader(events).read(pieces)
    except expat.ExpatError as error:
        line = None if part else error.lineno
        why = f"{where}is no XML: {expat.ErrorString(error.code)}"
        raise ReadError(why, file=file, line=line, hint=hint) from None
    except (LookupError, UnicodeError) as error:  # of the encoding that it declares
        raise ReadError(f"{where}is no XML: {error}", file=file, hint=hint) from None
    except _Refused as error:
        raise ReadError(f"{where}{error}", file=file, hint=hint) from None


class _Refused(Exception):
    """What no document of an office has."""


class _Reader:
    def __init__(self, events: Events) -> None:
        self.events = events
        self.depth = 0
        self.names: set[str] = set()
        self.silence = self.elements = 0
        self.parser = parser = expat.ParserCreate()
        events.line = lambda: parser.CurrentLineNumber
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse_document_type

    def read(self, pieces: Iterable[bytes]) -> None:
        for piece in pieces:
            self.silence += len(piece)
            if self.silence > _MAX_SILENCE:
                raise _Refused("has a tag or a comment without end")
            self.parser.Parse(piece, False)
        self.parser.Parse(b"", True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.silence = 0
        self.depth += 1
        self.elements += 1
        self.names.add(name)
        self.names.update(attributes)
        if self.depth > _MAX_DEPTH:
            raise _Refused("has elements in elements without end")
        if self.elements > _MAX_ELEMENTS:
            raise _Refused(f"has more than {_MAX_ELEMENTS:,} elements")
        if len(self.names) > _MAX_NAMES:
            raise _Refused("has too many names of elements")
        self.events.start(name.rpartition(":")[2], attributes)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.events.end(name.rpartition(":")[2])

    def _text(self, text: str) -> None:
        self.silence = 0
        self.events.text(text)

    def _refuse_document_type(self, *_: object) -> NoReturn:
        raise _Refused("has a document type, which may stand for other files")
