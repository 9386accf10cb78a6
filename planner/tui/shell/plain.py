"""What the terminal's theme makes quiet is dim, where bright black would not do.

That theme says with one colour, bright black, that something is quieter than text: grid, freezes,
float, done work, keys that can't act now. When colours are taken out (NO_COLOR), all of these would
be as loud as what they are to stand behind. And where they are not, text in that colour could not
be read in some terminals, whose bright black is nearly their ground.
"""

from __future__ import annotations

from rich.color import Color as RichColor
from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from planner.tui.shell.themes import QUIET

_QUIET = RichColor.parse(QUIET.removeprefix("ansi_")).number
_DIM = Style(color="default", dim=True)


class QuietFilter(LineFilter):
    """Dims what is in the quiet colour, of all that is or of text; goes before the filter that
    takes colours out.
    """

    def __init__(self, *, text_only: bool) -> None:
        super().__init__()
        self._text_only = text_only

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments, those in the quiet colour dim."""
        return [
            Segment(segment.text, (segment.style or _DIM) + _DIM, segment.control)
            if _is_quiet(segment.style) and (not self._text_only or _has_words(segment.text))
            else segment
            for segment in segments
        ]


def _is_quiet(style: Style | None) -> bool:
    """Its number says which colour it is: a terminal's colours go by more than one name."""
    colour = None if style is None else style.color
    return colour is not None and colour.type is ColorType.STANDARD and colour.number == _QUIET


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))
