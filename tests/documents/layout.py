"""Markdown that reads as well in a terminal of 80 columns as on a page."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence

WIDTH = 80
UNBROKEN = "\u00a0"


def bullet(text: str, depth: int = 0) -> str:
    """A point of a list, with its further lines under its first."""
    indent = "  " * depth
    return _filled(text, f"{indent}- ", f"{indent}  ")


def paragraph(text: str) -> str:
    """Text as lines."""
    return _filled(text)


def _filled(text: str, first: str = "", further: str = "") -> str:
    """Lines of the width; what stands in backticks stays on one of them."""
    whole = re.sub("`[^`]*`", lambda typed: typed[0].replace(" ", UNBROKEN), text)
    lines = textwrap.fill(
        whole,
        WIDTH,
        initial_indent=first,
        subsequent_indent=further,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines.replace(UNBROKEN, " ")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose columns stand under each other also where nobody renders it."""
    body = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    widths = [max(len(row[at]) for row in [list(heads), *body]) for at in range(len(heads))]
    lines = [_row(heads, widths), "|".join(["", *("-" * (width + 2) for width in widths), ""])]
    return "\n".join([*lines, *(_row(row, widths) for row in body)])


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"| {' | '.join(padded)} |"
