"""JSON of `agreements --json`: what is in it beside the values of the agreements view."""

from __future__ import annotations

from msgspec import Struct


class Freeing(Struct, frozen=True):
    """The open handovers before a launch: when all of these are agreed, none is open any more.

    `handovers` are (supplier, successor). `number` is how many there are; of very many only the
    first are listed.
    """

    launch: str
    number: int
    handovers: tuple[tuple[str, str], ...]
