"""The second guard of the terminal: no control byte in a line that is about to be written.

Strings from files are made visible where they are shown (`planner.text.visible`). What slips
through all the same, in a widget that nobody thought of, is taken out here: every segment passes
this filter before it becomes bytes.
"""

from __future__ import annotations

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""C0 (but tab, which Textual expands), DEL, C1, and the characters that turn or hide text."""


class ControlFilter(LineFilter):
    """Takes control characters out. They have no width, so the line keeps its length."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments where they are clean, which is nearly always."""
        if not any(CONTROL.search(segment.text) for segment in segments):
            return segments
        return [
            Segment(CONTROL.sub("", segment.text), segment.style, segment.control)
            for segment in segments
        ]
