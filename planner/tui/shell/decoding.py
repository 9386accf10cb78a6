"""What arrives from a terminal, byte by byte, cut into keys, sequences and pasted text.

Any byte is a key, part of something that is known, or nothing. A sequence is read to its end by its
own grammar, whether or not anybody knows what it means: what can't be decoded must not leave a tail
behind that reads as keys. Mouse reports of the oldest kind are three bytes that are no text; they
and broken UTF-8 are passed over.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

ESC = b"\x1b"
STRING_END = re.compile(rb"\x07|\x1b\\?")
LONGEST = 64
"""Bytes of a sequence that means something; a longer one is read to its end, and means nothing."""
PATIENCE = 1.0
"""Seconds after which a sequence whose end has not come is given up."""
ALONE = 0.1
"""Seconds after which an escape that nothing follows was the key."""
PASTING = 3.0
"""Seconds of silence after which pasted text has ended, with or without its mark."""

PASTE, PASTED = b"\x1b[200~", b"\x1b[201~"
PAIRS = frozenset((b"\x1bb", b"\x1bf", b"\x1b\t", b"\x1b\x7f"))
"""An escape and a letter that are one key: words, backwards, on keyboards with an option key. Any
other two are two keys, typed one after the other, however close they arrive."""
STRINGS = frozenset(b"]PX^_")
"""After an escape these begin a text for the other side, which ends with ESC \\ or a bell."""
OLD_MOUSE = b"\x1b[M"
LINUX_KEY = b"\x1b[["
RXVT_SHIFTED = re.compile(rb"\x1b\[\d{1,2}\$")
"""A key of rxvt with shift, which ends with a byte that in other sequences comes before the end."""
UNPRINTED = re.compile("[\x80-\x9f\ud800-\udfff]")
"""What no key types: the controls of eight-bit terminals."""

What = Literal["text", "sequence", "paste"]


class Token(Struct, frozen=True):
    """A piece of what arrived: text whose every letter is a key, a whole sequence, a paste."""

    what: What
    text: str


class Decoder:
    """Takes bytes as they come and gives back what is complete.

    What has to wait for more is given up at the time `until`: `give_up` says what it was then.
    Times are seconds of any clock that does not go back.
    """

    def __init__(self) -> None:
        self._letters = getincrementaldecoder("utf-8")("ignore")
        self._held = b""
        self._pasted: bytearray | None = None
        self._since = 0.0

    @property
    def until(self) -> float | None:
        """When to give up what is incomplete; None while nothing is."""
        if self._pasted is not None:
            return self._since + PASTING
        if not self._held:
            return None
        return self._since + (ALONE if len(self._held) == 1 else PATIENCE)

    def feed(self, data: bytes, now: float) -> Iterator[Token]:
        """What is complete with these bytes."""
        waits, rest = bool(self._held), self._held + data
        self._held = b""
        while rest and not self._held:
            tokens, rest = self._next(rest)
            yield from tokens
            if not (waits and self._held):
                self._since = now
            waits = False
        if self._pasted is not None:
            self._since = now

    def give_up(self) -> Iterator[Token]:
        """Nothing more came: an escape was the key, a paste is over, all else was nothing."""
        held, self._held = self._held, b""
        if self._pasted is not None:
            yield from self._end_of(self._pasted + held)
        elif held == ESC:
            yield Token("text", "\x1b")

    def _next(self, data: bytes) -> tuple[Iterable[Token], bytes]:
        """What `data` begins with, and the rest; what is incomplete is held."""
        if self._pasted is not None:
            return self._in_a_paste(self._pasted, data)
        if not data.startswith(ESC):
            text, escape, rest = data.partition(ESC)
            return self._typed(text, final=bool(escape)), escape + rest
        length = _length(data)
        if not length:
            self._held = _worth_holding(data)
            return (), b""
        return self._sequence(data[:length]), data[length:]

    def _typed(self, data: bytes, *, final: bool) -> Iterator[Token]:
        if text := UNPRINTED.sub("", self._letters.decode(data, final)):
            yield Token("text", text)

    def _sequence(self, data: bytes) -> Iterator[Token]:
        self._letters.reset()
        if data == PASTE:
            self._pasted = bytearray()
        elif data == ESC:
            yield Token("text", "\x1b")
        elif len(data) <= LONGEST and data.isascii() and data[1] not in STRINGS:
            yield Token("sequence", data.decode("ascii"))

    def _in_a_paste(self, pasted: bytearray, data: bytes) -> tuple[Iterable[Token], bytes]:
        text, mark, after = data.partition(PASTED)
        if mark:
            return self._end_of(pasted + text), after
        whole = len(data) - _begun(data)
        pasted += data[:whole]
        self._held = data[whole:]
        return (), b""

    def _end_of(self, pasted: bytes | bytearray) -> Iterator[Token]:
        self._pasted = None
        if text := pasted.decode("utf-8", "ignore").replace("\x00", ""):
            yield Token("paste", text)


def _begun(data: bytes) -> int:
    """How many of the last bytes may be the beginning of the mark that ends pasted text."""
    most = min(len(data), len(PASTED) - 1)
    return next((n for n in range(most, 0, -1) if data.endswith(PASTED[:n])), 0)


def _length(data: bytes) -> int:
    """How many bytes the sequence has with which `data` begins; 0 while its end has not come."""
    if len(data) == 1:
        return 0
    if data[1] in STRINGS:
        return _string(data)
    if data[1:2] == b"O":
        return _to_the_end(data, b"0123456789;")
    if data[1:2] == b"[":
        return _control(data)
    return 2 if data[:2] in PAIRS else 1


def _worth_holding(data: bytes) -> bytes:
    """As much of an incomplete sequence as its end needs: what means nothing is not kept."""
    if data[1:2] and data[1] in STRINGS:
        return data[:2] + (ESC if data.endswith(ESC) else b"")
    return data[: LONGEST + 1]


def _string(data: bytes) -> int:
    """Up to a bell or ESC \\; another escape ends it, too."""
    found = STRING_END.search(data, 2)
    if found is None:
        return 0
    return found.end() if found[0] != ESC else found.start() if found.end() < len(data) else 0


def _control(data: bytes) -> int:
    if data.startswith(OLD_MOUSE):
        return 6 if len(data) >= 6 else 0
    if data.startswith(LINUX_KEY):
        return 4 if len(data) >= 4 else 0
    if shifted := RXVT_SHIFTED.match(data):
        return shifted.end()
    return _to_the_end(data, bytes(range(0x20, 0x40)))


def _to_the_end(data: bytes, within: bytes) -> int:
    """The length with the final byte; what can't be in a sequence ends it before that byte."""
    at = len(data) - len(data[2:].lstrip(within))
    if at == len(data):
        return 0
    return at + 1 if 0x40 <= data[at] <= 0x7E else at
