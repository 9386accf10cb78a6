"""Files that look like sheets and would take a reader down: built byte by byte, as no tool would.

Each builder writes its file into a folder and returns its path.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

from msgspec import Struct

MEGABYTE = 1 << 20
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORKBOOK = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
    '<sheets><sheet name="Plan" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_LISTING = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{}</Relationships>"
)


def relation(number: str, type: str, target: str, mode: str = "Internal") -> str:
    """One entry of a listing of relations."""
    return (
        f'<Relationship Id="{number}" Type="{_RELATIONS}/{type}" '
        f'Target="{target}" TargetMode="{mode}"/>'
    )


PARTS = {
    "_rels/.rels": _LISTING.format(relation("rId1", "officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": WORKBOOK,
    "xl/_rels/workbook.xml.rels": _LISTING.format(
        relation("rId1", "worksheet", "worksheets/sheet1.xml")
        + relation("rId2", "sharedStrings", "sharedStrings.xml")
        + relation("rId3", "styles", "styles.xml")
    ),
}


class Many(Struct, frozen=True):
    """A text that is never in memory: pieces, each so many times."""

    parts: tuple[tuple[str, int], ...]

    def pieces(self) -> Iterator[bytes]:
        """The text in pieces of bearable size."""
        for piece, times in self.parts:
            at_once = max(1, min(times, MEGABYTE // len(piece or " ")))
            for _ in range(times // at_once):
                yield piece.encode() * at_once
            yield piece.encode() * (times % at_once)


def many(before: str, piece: str, times: int, after: str = "") -> Many:
    """`piece` so many times between two others."""
    return Many(((before, 1), (piece, times), (after, 1)))


def sheet(rows: str, below: str = "", *, times: int = 1, after: str = "") -> Many:
    """The XML of a sheet, with these rows so many times and others after them."""
    return many(
        f'<worksheet xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheetData>',
        rows,
        times,
        f"{after}</sheetData>{below}</worksheet>",
    )


HEADING = '<row r="1"><c r="A1" t="inlineStr"><is><t>Title</t></is></c></row>'
Part = str | bytes | Many
Build = Callable[[Path], Path]


def book(folder: Path, parts: Mapping[str, Part], packed: int = ZIP_DEFLATED) -> Path:
    """A workbook of these parts beside those that it needs."""
    file = folder / "plan.xlsx"
    needed: Mapping[str, Part] = {**PARTS, "xl/worksheets/sheet1.xml": sheet(HEADING)}
    with ZipFile(file, "w", packed, compresslevel=1) as made:
        for name, part in {**needed, **parts}.items():
            with made.open(name, "w") as into:
                for piece in _pieces(part):
                    into.write(piece)
    return file


def _pieces(part: Part) -> Iterator[bytes]:
    if isinstance(part, Many):
        return part.pieces()
    return iter([part.encode() if isinstance(part, str) else part])


def with_sheet(rows: str, below: str = "", *, times: int = 1, after: str = "") -> Build:
    """A workbook whose one sheet has these rows."""
    return with_part("xl/worksheets/sheet1.xml", sheet(rows, below, times=times, after=after))


def with_part(name: str, part: Part) -> Build:
    """A workbook with this part."""
    return lambda folder: book(folder, {name: part})


def with_type(declared: str, value: str = "&x;") -> Build:
    """A workbook whose sheet has a document type, and a cell that speaks of it."""
    rows = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{value}</t></is></c></row>'
    text = b"".join(sheet(rows).pieces()).decode()
    return with_part("xl/worksheets/sheet1.xml", f'<?xml version="1.0"?>{declared}{text}')


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION_LAUGHS = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}<!ENTITY x "&l9;">]>'
BLOWUP = f'<!DOCTYPE x [<!ENTITY x "{"a" * 100_000}">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'
TYPE_OUTSIDE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'


def one_member(folder: Path, *, claimed: int, real: int) -> Path:
    """A workbook whose sheet inflates to `real` megabytes of blanks, and claims other bytes."""
    squeezed = _blanks(real)
    name = b"xl/worksheets/sheet1.xml"
    file = book(folder, {})
    with ZipFile(file) as before:
        parts = {info.filename: before.read(info) for info in before.infolist()}
    del parts[name.decode()]
    with ZipFile(file, "w") as made:
        for part, raw in parts.items():
            made.writestr(part, raw)
    _append(file, name, squeezed, claimed)
    return file


def _blanks(megabytes: int) -> bytes:
    """So many megabytes of blanks, deflated without ever being in memory."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(b"<x>") + packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(b" " * MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + piece * megabytes + packer.flush()


def _append(file: Path, name: bytes, squeezed: bytes, claimed: int) -> None:
    """Add a member by hand, whose size is what it claims."""
    raw = file.read_bytes()
    end = raw.rfind(b"PK\x05\x06")
    count, size, offset = struct.unpack("<HII", raw[end + 10 : end + 20])
    sizes = struct.pack("<QQ", claimed, len(squeezed))
    extra = struct.pack("<HH", 1, len(sizes)) + sizes
    shared = struct.pack("<HHHHHIIIHH", 45, 0, 8, 0, 33, 0, 2**32 - 1, 2**32 - 1, len(name), 20)
    local = b"PK\x03\x04" + shared + name + extra + squeezed
    listed = b"PK\x01\x02\x2d\x00" + shared + struct.pack("<HHHII", 0, 0, 0, 0, offset)
    directory = raw[offset : offset + size] + listed + name + extra
    start = offset + len(local)
    last = struct.pack("<HHHHIIH", 0, 0, count + 1, count + 1, len(directory), start, 0)
    file.write_bytes(raw[:offset] + local + directory + b"PK\x05\x06" + last)


def nested(folder: Path) -> Path:
    """An archive in an archive, each with ten of the next, as those that unpack for ever."""
    inner = b"PK\x05\x06" + bytes(18)
    for _ in range(6):
        file = folder / "plan.xlsx"
        with ZipFile(file, "w", ZIP_DEFLATED) as made:
            for number in range(10):
                made.writestr(f"{number}.xlsx", inner)
        inner = file.read_bytes()
    return file


def many_members(folder: Path) -> Path:
    """An archive whose directory alone is 20 MB."""
    file = folder / "plan.xlsx"
    entry = b"PK\x01\x02" + struct.pack(
        "<HHHHHHIIIHHHHHII", 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0
    )
    directory = (entry + b"a") * (20 * MEGABYTE // 47)
    end = struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, len(directory), 4, 0)
    file.write_bytes(b"PK\x03\x04" + directory + b"PK\x05\x06" + end)
    return file


def packed_by(method: int) -> Build:
    """A workbook packed in another way, which inflates without a limit."""
    parts = {"xl/worksheets/sheet1.xml": sheet("<row/>", times=1_000_000)}
    return lambda folder: book(folder, parts, method)


BY_BZIP2, BY_LZMA, STORED = (packed_by(way) for way in (ZIP_BZIP2, ZIP_LZMA, ZIP_STORED))


def cut_off(folder: Path) -> Path:
    """A workbook that was not copied to its end."""
    file = book(folder, {})
    file.write_bytes(file.read_bytes()[:-40])
    return file


def flipped(folder: Path) -> Path:
    """A workbook with a bit of its sheet turned over."""
    file = folder / "plan.xlsx"
    book(folder, {}, ZIP_STORED)
    raw = file.read_bytes()
    file.write_bytes(raw.replace(b"Title</t>", b"Tutle</t>"))
    return file


def flagged(folder: Path) -> Path:
    """A workbook whose members say that they are encrypted, as zip programs do it."""
    file = book(folder, {})
    raw = bytearray(file.read_bytes())
    at = raw.find(b"PK\x01\x02")
    while at >= 0:
        raw[at + 8] |= 1
        at = raw.find(b"PK\x01\x02", at + 1)
    file.write_bytes(raw)
    return file


def with_password(folder: Path) -> Path:
    """What Excel writes with a password: no archive, but an old container."""
    return text_file("plan.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))(folder)


def text_file(name: str, raw: bytes, times: int = 1) -> Build:
    """A file of these bytes, so many times."""

    def written(folder: Path) -> Path:
        file = folder / name
        with file.open("wb") as into:
            for _ in range(times):
                into.write(raw)
        return file

    return written


def many_file(name: str, text: Many) -> Build:
    """A file of a text that is never in memory."""

    def written(folder: Path) -> Path:
        file = folder / name
        with file.open("wb") as into:
            for piece in text.pieces():
                into.write(piece)
        return file

    return written


def folder_of_its_name(folder: Path) -> Path:
    """A folder that is called like a sheet."""
    made = folder / "plan.csv"
    made.mkdir()
    return made


def pipe(folder: Path) -> Path:
    """A pipe that nobody writes to."""
    made = folder / "plan.csv"
    os.mkfifo(made)
    return made


def link_to(target: str, name: str = "plan.csv") -> Build:
    """A link with the name of a sheet."""

    def linked(folder: Path) -> Path:
        made = folder / name
        made.symlink_to(target)
        return made

    return linked


def not_to_be_read(folder: Path) -> Path:
    """A file of somebody else's."""
    file = text_file("plan.csv", b"Title\nSSO\n")(folder)
    file.chmod(0)
    return file
