"""Which letters the bytes of a text file are: Unicode, Windows-1252 or Mac Roman.

Unicode proves itself. The two others fit any bytes, nearly; what tells them apart is which of them
puts letters where a word has letters, and quotes and dashes where those stand.
"""

from __future__ import annotations

import re

_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_NAMES = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "utf-16-le": "UTF-16"}
_NAMES["utf-16-be"] = "UTF-16"
_SMALL, _LARGE = "äöüßéèêëàâáãåçîïíìôóòõøùûúñœæ", "ÄÖÜÉÈÊÀÂÁÇÎÍÔÓÚÑŒÆØÅ"
_IN_PLACE = re.compile(
    f"(?<=[a-zA-Z])[{_SMALL}]|[{_SMALL}](?=[a-z])"
    f"|(?<=[A-Z])[{_LARGE}]|(?<![a-z])[{_LARGE}](?=[A-Za-z])"
    r"|(?<=\w)’(?=\w)|(?<!\w)[“„‘«¿¡](?=\w)|(?<=[\w.,!?])[”’“»](?!\w)"
    r"|(?<=[\s\d])[–—](?=[\s\d])|(?<=[\d ])€|€(?=[\d ])|…(?!\w)|[§°·•™®©]"
)
_SAMPLE = 1 << 16


def encoding_of(raw: bytes) -> str | None:
    """The codec for these bytes; None where they are no text."""
    for mark, codec in _MARKS:
        if raw.startswith(mark):
            return codec
    if b"\0" in raw[:_SAMPLE]:
        return _wide(raw[:_SAMPLE])
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return _of_one_byte(raw)
    return "utf-8"


def assumed(codec: str) -> tuple[str, ...]:
    """What is to be said of a file in this codec: nothing of what proves itself."""
    name = _NAMES.get(codec)
    return (f"read as {name}, since it is not UTF-8",) if name else ()


def _wide(raw: bytes) -> str | None:
    """UTF-16 without its mark: most of what stands in a table has a zero as its upper byte."""
    upper_last, upper_first = raw[1::2].count(0), raw[::2].count(0)
    half = len(raw) // 2
    if upper_last > half * 0.6 and upper_first * 10 < upper_last:
        return "utf-16-le"
    if upper_first > half * 0.6 and upper_last * 10 < upper_first:
        return "utf-16-be"
    return None


def _of_one_byte(raw: bytes) -> str:
    return max(("cp1252", "mac_roman"), key=lambda codec: _in_place(raw, codec))


def _in_place(raw: bytes, codec: str) -> int:
    """How many of the characters that are not ASCII stand where they may."""
    return len(_IN_PLACE.findall(raw.decode(codec, "replace")))
