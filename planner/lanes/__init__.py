"""The path to a target as lanes: one for each side, with the hand-overs that cross between them.

`model` says what is on the path, `across` and `down` draw it with time running to the right or
down, `text` makes the plain lines that `planner path` prints. Nothing here knows a terminal
library: a drawing is rows of runs, and whoever shows it decides what a tone looks like.
"""

from planner.lanes.across import draw_across
from planner.lanes.canvas import Drawing, Row, Run, Tone, cells, shorten
from planner.lanes.down import draw_down
from planner.lanes.model import Lanes, NearPath, PathLink, Step, lanes_of, targets_of
from planner.lanes.text import lanes_text

__all__ = [
    "Drawing",
    "Lanes",
    "NearPath",
    "PathLink",
    "Row",
    "Run",
    "Step",
    "Tone",
    "cells",
    "draw_across",
    "draw_down",
    "lanes_of",
    "lanes_text",
    "shorten",
    "targets_of",
]
