"""The second guard of the terminal: no control byte in a line that is about to be written.

Strings from files are made visible where they are shown (`planner.text.visible`). What slips
through all the same, in a widget that nobody thought of, is taken out here: every segment passes
this filter before it becomes bytes.
"""

from __future__ import annotations

import re

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from planner.text.visible import INVISIBLE

CONTROL = re.compile(f"[\x00-\x08\x0a-\x1f\x7f-\x9f{INVISIBLE}]")
"""C0 (but tab, which Textual expands), DEL, C1, and the characters that turn or hide text."""


class ControlFilter(LineFilter):
    """Takes control characters out; for those that have a width, blanks keep the line's length."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments where they are clean, which is nearly always."""
        if not any(CONTROL.search(segment.text) for segment in segments):
            return segments
        return [
            Segment(CONTROL.sub(_blank, segment.text), segment.style, segment.control)
            for segment in segments
        ]


def _blank(found: re.Match[str]) -> str:
    return " " * cell_len(found[0])
