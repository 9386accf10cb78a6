"""Keys that a line names: each carries its key along unseen, and a click on it presses the key.

Whoever draws a line of keys draws it with `named`; that a click is a key, the app knows. So what is
clicked goes the way of what is typed, and does what that does there.
"""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.style import Style

from planner.tui.shell.keys import read

CARRIED = "key"
"""Under this name a style carries a key."""


def named(
    keys: str, does: str, key_style: str = "bold $key", style: str = "", otherwise: str = ""
) -> Content:
    """``j k scroll``: each key by itself; the words belong to the first of them. `Otherwise` is the
    key of what is no key itself, ``1-9 views``.
    """
    each = keys.split(" ")
    meant = [read(key) or read(otherwise) for key in each]
    shown = [Content.styled(key, key_style) for key in each]
    words = _carrying(Content.styled(f" {does}", style), meant[0])
    return Content(" ").join(map(_carrying, shown, meant)) + words


def _carrying(shown: Content, meant: str | None) -> Content:
    return shown if meant is None else shown.stylize(Style.from_meta({CARRIED: meant}))


def key_under(event: events.MouseEvent) -> str | None:
    """The key that is named under the mouse."""
    key = event.style.meta.get(CARRIED)
    return key if isinstance(key, str) else None
