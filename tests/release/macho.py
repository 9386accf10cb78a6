"""One library for both kinds of Mac: a universal file, which the system takes its half from."""

from __future__ import annotations

import struct

UNIVERSAL, MACH_O_64 = 0xCAFEBABE, b"\xcf\xfa\xed\xfe"
ALIGNED = 14
"""The power of two at which a half begins: a page of the newer Macs."""


def joined(one: bytes, other: bytes) -> bytes:
    """Both libraries in one universal file, by the number of their processors.

    Raises ValueError where one of them is no library of a single processor, or both of the same.
    """
    halves = sorted((_processor(each), each) for each in (one, other))
    if halves[0][0][0] == halves[1][0][0]:
        raise ValueError("both libraries are for one kind of processor")
    header = struct.pack(">II", UNIVERSAL, len(halves))
    body = b""
    start = 1 << ALIGNED
    for (kind, subkind), data in halves:
        offset = start + len(body)
        header += struct.pack(">IIIII", kind, subkind, offset, len(data), ALIGNED)
        body += data + bytes(-len(data) % (1 << ALIGNED))
    return header.ljust(start, b"\0") + body


def _processor(library: bytes) -> tuple[int, int]:
    """The kind of processor that a library is for, and its variant."""
    if not library.startswith(MACH_O_64):
        raise ValueError("this is no library of a Mac")
    kind, subkind = struct.unpack("<II", library[4:12])
    return kind, subkind
