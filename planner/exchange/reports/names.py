"""Names as a picture has room for: a title, and what it may be cut to.

A title is cut before its first bracket, colon or dash; what is left at its first comma; what is
left then before "and" or a preposition. It is never cut to one word.
"""

from __future__ import annotations

import re
from functools import lru_cache

from planner.exchange.sheets.guard import printable
from planner.roadmap.figures import MONTHS

_ENDS = (re.compile(r"\s*[(\[:;]|\s+[–—-]\s+"), re.compile(r"\s*,"))
_BEFORE = re.compile(
    r"\s+(?:and|about|across|after|as|at|before|between|by|during|for|from|in|into|of|on|onto|over"
    r"|per|than|through|to|under|until|via|when|with|within|without)\s+",
    re.IGNORECASE,
)
_TOGETHER = re.compile(rf"(?<=\d) (?=(?:{'|'.join(MONTHS)})|working)|(?<=[a-y]) (?=20\d\d\b)")


def together(text: str) -> str:
    """A text without line ends inside a date or between a number and what it counts."""
    return _TOGETHER.sub("\u00a0", text)


def one_line(text: str) -> str:
    """A text in one line, with nothing in it that turns or hides what others say."""
    return " ".join(printable(text).split())


@lru_cache(maxsize=4096)
def names(title: str, short: str | None = None) -> tuple[str, ...]:
    """The title and what it may be cut to, the longest first; `short` is one of them."""
    whole = one_line(title)
    cuts, head = set(), whole
    for end in _ENDS:
        head = end.split(head, maxsplit=1)[0]
        cuts.add(head)
    cuts |= {head[: found.start()] for found in _BEFORE.finditer(head)}
    fine = {cut for cut in cuts if " " in cut.strip()}
    brief = {one_line(short)} if short and one_line(short) else set()
    others = {one for one in fine | brief if len(one) < len(whole)}
    return (whole, *sorted(others, key=lambda one: (-len(one), one)))
