"""Which keys do what, as Markdown: the page of `planner help keys`, and its tables when made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.roadmap.output_config import KeyShown


def key_tables(actions: Sequence[KeyShown]) -> Iterator[str]:
    """A heading and a table for each group of actions."""
    for group in dict.fromkeys(each.group for each in actions):
        rows = [
            (" ".join(f"`{key}`" for key in each.keys) or "palette", each.does)
            for each in actions
            if each.group == group
        ]
        wide = [max(len(row[at]) for row in (("key", "action"), *rows)) for at in (0, 1)]
        yield from (f"## {group}", "", _row(("key", "action"), wide))
        yield f"|{'|'.join('-' * (each + 2) for each in wide)}|"
        yield from (_row(row, wide) for row in rows)
        yield ""


def _row(cells: tuple[str, str], wide: list[int]) -> str:
    return f"| {cells[0]:<{wide[0]}} | {cells[1]:<{wide[1]}} |"
