"""What the sides are called where there is room for a few letters only."""

from __future__ import annotations

SHORT_SIDES = {"marketing": "mktg", "it": "IT", "joint": "joint"}
