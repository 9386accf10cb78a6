"""The signs: each glyph that stands for something in a picture, and the one thing it stands for.

Board, path, `planner show`, lists and dialogs draw with these names, and the legend of the help
screen and of `show` is made of the same table, so that a glyph can't mean two things in two places.
Every state has a glyph, since a colour alone says nothing in a terminal without colours. This
module knows glyphs and their words; which colour one has is the interface's.
"""

from __future__ import annotations

from planner.conflicts.findings import SEVERITY_MARKS

Signs = tuple[tuple[str, str], ...]
"""Glyphs and what each stands for, in the order in which a legend names them."""

# --- bars -----------------------------------------------------------------------------------------

DONE, CRITICAL, TO_DO, ASSUMED = "█", "▓", "▒", "░"
WAITING, IDEA, FLOAT, FOLDED = "═", "□", "╌", "━"
MILESTONE, DEADLINE, TODAY, FREEZE = "◆", "◇", "│", ":"
BASELINE = "▁"
"""Where a bar was."""
BEFORE, AFTER, ABOVE, BELOW = "←", "→", "↑", "↓"
"""What goes on outside the view: a bar, the other end of a line."""

BARS: Signs = (
    (DONE, "done"),
    (TO_DO, "to do"),
    (CRITICAL, "critical"),
    (ASSUMED, "default estimate"),
    (IDEA, "proposed"),
    (WAITING, "waiting"),
    (FLOAT, "float"),
    (MILESTONE, "milestone"),
    (DEADLINE, "deadline"),
    (TODAY, "today"),
)
"""What a timeline is drawn of, on screen and in print."""
GROUND: Signs = (
    (FREEZE, "freeze"),
    (FOLDED, "folded"),
    ("·", "moved from"),
    (BASELINE, "baseline"),
    (f"{BEFORE} {AFTER}", "goes on"),
    ("▶ ◀ ▲ ▼", "dependency"),
    ("▐ ▌ ┃", "edges"),
)
"""What only board and path draw."""

# --- initiatives ----------------------------------------------------------------------------------

STATUS: dict[str, str] = {
    "proposed": "◌",
    "planned": "○",
    "active": "●",
    "paused": "‖",
    "done": "√",
    "dropped": "×",
}

# --- what was found, said and agreed --------------------------------------------------------------

ERROR, WARNING, INFO = SEVERITY_MARKS.values()
WAIVED = "~"
SEVERITY: Signs = ((ERROR, "error"), (WARNING, "warning"), (INFO, "info"), (WAIVED, "waived"))

AGREED, ASKED, COUNTERED, DECLINED, DUE = "√", "?", "⇄", "✗", "!"
NOT_ASKED = WARNING
ANSWERS: Signs = (
    (AGREED, "agreed, good"),
    (ASKED, "waits for an answer"),
    (COUNTERED, "counter-proposal"),
    (DECLINED, "declined, late"),
    (NOT_ASKED, "not asked"),
    (DUE, "review due"),
)
LETTERS: Signs = (("A", "accountable"), ("R", "responsible"), ("C", "consulted"), ("I", "informed"))
"""The responsibility matrix; its keys are these words."""
OWNS = "■"

# --- capacity -------------------------------------------------------------------------------------

THIRD, TWO_THIRDS, ALL, IDLE = "░", "▒", "▓", "·"
OVER = "!"
LOADS: Signs = (
    (f"{THIRD}1{THIRD}", "up to a third"),
    (f"{TWO_THIRDS}2{TWO_THIRDS}", "to two thirds"),
    (f"{ALL}3{ALL}", "to all"),
    (f"{OVER}5{OVER}", "more than there are"),
    (IDLE, "none"),
)
"""People needed, against those there are."""

# --- lists and lines ------------------------------------------------------------------------------

CURSOR, OPEN, SHUT, MORE, SELECTED = "▸", "▾", "▹", "↓", "*"
LISTS: Signs = (
    (CURSOR, "marked"),
    (SELECTED, "selected"),
    (OPEN, "group"),
    (SHUT, "folded"),
    (MORE, "more below"),
    (OWNS, "owns it (gaps)"),
    ("+ana", "has it open too"),
)

LEGEND: tuple[tuple[str, Signs], ...] = (
    ("Bars", BARS + GROUND),
    ("Status", tuple((glyph, status) for status, glyph in STATUS.items())),
    ("Conflicts", SEVERITY),
    ("Agreements", ANSWERS + LETTERS),
    ("Lists", LISTS),
    ("Capacity", LOADS),
)
"""Every sign under the heading where a person looks for it."""
