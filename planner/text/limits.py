"""Limits checked before parsing: size, depth, TOML 1.0 only, no merge markers.

A few passes over the bytes, each far cheaper than parsing, find what could be too large, too deep
or newer than TOML 1.0; only these places are scanned exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from planner.errors import ReadError
from planner.text.scanning import (
    MAX_DIGITS,
    MAX_KEY_PARTS,
    MAX_NESTING,
    ScanError,
    scan_headers,
)

MAX_BYTES = 64 * 1024 * 1024

_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_NOT_DOTS = bytes(set(range(256)) - set(b".\n"))
_DIGITS = b"0123456789ABCDEFabcdef_"
_DIGITS_AS_ZERO = bytes(0x30 if code in _DIGITS else 0x20 for code in range(256))
_LONG_NUMBER = b"0" * (MAX_DIGITS + 1)
_MANY_DOTS = b"." * MAX_KEY_PARTS
_PART = r"""[ \t]*+(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+"""
_LONG_KEY = re.compile(rf"\.{_PART}(?:\.{_PART}){{{MAX_KEY_PARTS - 1}}}")
_LONE_RETURN = re.compile("\r(?!\n)")
_CONFLICT = re.compile(r"^<<<<<<<(?: [^\n]*)?$", re.MULTILINE)
_CONFLICT_END = re.compile(r"^>>>>>>>(?: [^\n]*)?$", re.MULTILINE)

_SHORT_TIME = re.compile(r":[0-5][0-9](?![0-9]*:)")
_OPEN_TABLE = re.compile(r"""\{(?!(?:[^{}"'#\n]++|"[^"\\\n]*+"|'[^'\n]*+')*+\})""")
_LAST_COMMA = re.compile(r",[ \t]*+\}")
_NEW_ESCAPE = re.compile(r"\\[ex]")


def refuse_size(size: int, file: str) -> None:
    """Raise ReadError for more bytes than a roadmap can have, before they are read if possible."""
    if size > MAX_BYTES:
        found = size / 1024 / 1024
        raise ReadError(f"{found:.0f} MB are more than a roadmap can have (64)", file=file)


def decode(raw: bytes, file: str) -> str:
    """The text of a file without its byte order mark. Raises ReadError with the line."""
    refuse_size(len(raw), file)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ReadError(
            f"byte 0x{raw[error.start]:02X} is not UTF-8",
            file=file,
            line=line,
            hint="save as UTF-8",
        ) from None
    text = text.removeprefix("\ufeff")
    _refuse_characters(text, file)
    return text


def _refuse_characters(text: str, file: str) -> None:
    if "\0" in text:
        raise ReadError("a NUL byte", file=file, line=line_at(text, text.index("\0")))
    if text.count("\r") != text.count("\r\n") and (found := _LONE_RETURN.search(text)):
        raise ReadError(
            "a carriage return without a line feed",
            file=file,
            line=line_at(text, found.start()),
            hint="end lines with LF or CRLF",
        )
    found = _CONFLICT.search(text) if "<<<<<<<" in text else None
    if found and _CONFLICT_END.search(text, found.end()):
        raise ReadError(
            "git left conflict markers here",
            file=file,
            line=line_at(text, found.start()),
            hint="`planner resolve` resolves them, key by key",
        )


def line_at(text: str, at: int) -> int:
    """The 1-based line of an offset."""
    return text.count("\n", 0, at) + 1


def refuse_too_much(raw: bytes, text: str, file: str) -> None:
    """Raise ReadError for keys, nesting or numbers beyond the limits, before anything is parsed."""
    if _suspect_nesting(raw) or _suspect_number(raw) or _suspect_key(raw, text):
        scan_strictly(text, file)


def _suspect_nesting(raw: bytes) -> bool:
    """Whether brackets could be nested too deep. Pairs are taken out from the inside.

    What is left has no partner (it stands in texts and comments) and may hide as many levels.
    """
    left = raw.translate(None, _NOT_BRACKETS)
    levels = 0
    while levels <= MAX_NESTING:
        before = left
        for pair in (b"[]", b"{}"):
            less = left.replace(pair, b"")
            levels += len(less) < len(left)
            left = less
        if len(left) == len(before):
            break
    return levels + len(left) > MAX_NESTING


def _suspect_number(raw: bytes) -> bool:
    return _LONG_NUMBER in raw.translate(_DIGITS_AS_ZERO)


def _suspect_key(raw: bytes, text: str) -> bool:
    """Whether a line has enough dots for a key that is too long, and has them between key parts."""
    many = _MANY_DOTS in raw.translate(None, _NOT_DOTS)
    return many and _LONG_KEY.search(text) is not None


def suspects(text: str) -> Iterator[int]:
    """Offsets at which something may stand that only TOML 1.1 allows."""
    if "\\e" in text or "\\x" in text:
        yield from (match.start() for match in _NEW_ESCAPE.finditer(text))
    for match in _SHORT_TIME.finditer(text):
        if _could_be_a_time(text, match.start()):
            yield match.start()
    yield from (match.start() for match in _OPEN_TABLE.finditer(text))
    yield from (match.start() for match in _LAST_COMMA.finditer(text))


def _could_be_a_time(text: str, colon: int) -> bool:
    """Whether the hour before a colon stands where a value, or the time behind a day, begins."""
    hour, before = text[max(colon - 2, 0) : colon], text[max(colon - 40, 0) : max(colon - 2, 0)]
    if not (len(hour) == 2 and hour.isascii() and hour.isdigit()):
        return False
    return before[-1:] in ("T", "t") or before.rstrip(" \t")[-1:] in tuple("=[,\n0123456789")


def scan_strictly(text: str, file: str, first_line: int = 1) -> None:
    """Scan a whole piece. Raises ReadError for what is beyond the limits or not TOML 1.0."""
    try:
        scan_headers(text)
    except ScanError as error:
        line = first_line + text.count("\n", 0, error.at)
        raise ReadError(error.message, file=file, line=line) from None
