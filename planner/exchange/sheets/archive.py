"""The zip archive that a workbook is, unpacked in pieces and never beyond what is bearable.

What the archive says of its sizes is looked at first, and not believed afterwards: a member is
inflated piece by piece, and ends with an error where it goes past its limit. Members inside members
are not opened, so that archives of archives are nothing but bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from planner.errors import ReadError

MAX_MEMBERS = 5_000
MAX_UNPACKED = 192 * 1024 * 1024
"""Bytes of all members together that are looked into."""
_MAX_DIRECTORY = 1024 * 1024
_PIECE = 1 << 16
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAVE = "open it in Excel or LibreOffice and save it as .xlsx"


class Archive:
    """The members of a workbook by name, whatever the case of its letters."""

    def __init__(self, zip: ZipFile, file: str) -> None:
        self.file = file
        self._zip = zip
        self._members = {info.filename.lower(): info for info in zip.infolist()}
        self._left = MAX_UNPACKED

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def pieces(self, name: str) -> Iterator[bytes]:
        """A member, inflated piece by piece. Raises ReadError where it is too much."""
        info = self._members[name.lower()]
        if info.file_size > self._left:
            raise self._too_large(info)
        with self._zip.open(info) as member:
            while piece := member.read(_PIECE):
                self._left -= len(piece)
                if self._left < 0:
                    raise self._too_large(info)
                yield piece

    def _too_large(self, info: ZipInfo) -> ReadError:
        size = max(info.file_size, MAX_UNPACKED - self._left) / 1024 / 1024
        limit = MAX_UNPACKED // 1024 // 1024
        return ReadError(
            f"unpacks to {size:,.0f} MB; at most {limit} MB are read",
            file=self.file,
            hint="save the sheet of the plan alone in a file of its own",
        )


@contextmanager
def archive(source: BinaryIO, file: str) -> Iterator[Archive]:
    """Open a workbook's archive. Raises ReadError for what is none, or is not to be unpacked."""
    _refuse_others(source, file)
    bounded = _Bounded(source)
    try:
        with ZipFile(cast("IO[bytes]", bounded)) as zip:
            bounded.limit = None
            _refuse_members(zip.infolist(), file)
            yield Archive(zip, file)
    except (BadZipFile, NotImplementedError, UnicodeDecodeError, EOFError) as error:
        raise ReadError(f"is damaged or cut off: {error}", file=file, hint=SAVE) from None


class _Bounded:
    """A file of which no more than the limit is read at once, for as long as there is one.

    The size of its directory is written in the archive, and taken from there in one piece.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.limit: int | None = _MAX_DIRECTORY
        self.seek = file.seek
        self.tell = file.tell
        self.seekable = file.seekable

    def read(self, size: int = -1) -> bytes:
        if self.limit is not None and size > self.limit:
            raise BadZipFile("its directory is too large")
        return self._file.read(size)


def _refuse_others(source: BinaryIO, file: str) -> None:
    head = source.read(len(_OLE))
    if head == _OLE:
        raise ReadError(
            "is encrypted with a password, or an old .xls",
            file=file,
            hint="open it in Excel and save it as .xlsx without a password",
        )
    if not head.startswith(b"PK"):
        raise ReadError("is no workbook, whatever its name says", file=file, hint=SAVE)


def _refuse_members(members: list[ZipInfo], file: str) -> None:
    if len(members) > MAX_MEMBERS:
        raise ReadError(f"{len(members):,} members are more than {MAX_MEMBERS:,}", file=file)
    for info in members:
        if info.flag_bits & 0x1:
            raise ReadError("is encrypted", file=file, hint="save it without a password")
        # Others inflate without a limit, and no program writes workbooks so.
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise ReadError("is packed in a way that no workbook is", file=file, hint=SAVE)
