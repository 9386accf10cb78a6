"""The last line: the keys that matter most here, or, until the next key, a message.

A message that is too long for one line is wrapped over the lines above, over what is shown there:
the view does not move for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from planner.pages.signs import ERROR, INFO, WARNING
from planner.text.visible import visible
from planner.tui.shell.actions import ACTIONS, VIEWS, in_footer
from planner.tui.shell.named_keys import named
from planner.tui.shell.stage import Severity, Stage

SIGNS = {
    "information": (f"{INFO} ", "$good"),
    "warning": (f"{WARNING} ", "$warning"),
    "error": (f"{ERROR} ", "$critical"),
}
MOST_LINES = 4
"""So many lines a message takes at most; all of it is among the last messages."""
HANGING = 3
"""How far its second and later lines are set in."""
LAST = "help"
"""The action that stands on its own at the right end: it names all the others."""
HINT = 60
"""Columns from which the keys of the views are hinted at before it."""
KEPT: tuple[str, ...] = ("undo", "save")
"""What is told in every view once it can act, and gives its place to the palette until then, where
both have no room: no step to another row changes that, so the keys don't jump."""


Key = tuple[str, str, bool]
"""A key, what it does, and whether it can now."""
Keys = Sequence[tuple[str, str]]


class ActionFooter(Widget):
    """Keys from the registry, those that can't act now dimmed; a message covers them."""

    DEFAULT_CSS = """
    ActionFooter { height: 1; width: 1fr; background: $bar-ground; color: $text; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.message: Content | None = None
        self._keys: Keys | None = None
        self._drawn: list[Key] = []

    def say(self, text: str | Content, severity: Severity = "information") -> None:
        """Show a message until the next key."""
        sign, colour = SIGNS[severity]
        words = text if isinstance(text, Content) else Content(visible(text))
        self.message = Content.assemble(" ", (sign, f"bold {colour}"), words)
        self._long.show(self.message, self.size.width)
        self.refresh()

    @property
    def _long(self) -> LongMessage:
        return self.screen.query_one(LongMessage)

    def hush(self) -> None:
        """Show the keys again."""
        if self.message is not None:
            self.message = None
            self._long.display = False
            self.refresh()

    def show_keys(self, keys: Keys | None) -> None:
        """Show these keys and what they do, while something is in hand; None for the view's own."""
        self._keys = keys
        self.refresh()

    def catch_up(self) -> None:
        """Dim and undim keys for what is selected now; draws only where that changes anything."""
        if self._offered() != self._drawn:
            self.refresh()

    def _offered(self) -> list[Key]:
        view = cast("Stage", self.screen)
        fit = [id for id in view.actions() if id not in view.unfit]
        offered = in_footer(fit, view.foot)
        key = view.desk.keymap.shown
        return [
            (key(a), view.labels.get(a.id, a.label), a.reason(view) is None)
            for a in offered
            if key(a)
        ]

    def render(self) -> Content:
        """As many keys as fit, in order of use."""
        self._drawn = self._offered()
        if self.message is not None:
            return self.message.truncate(self.size.width, ellipsis=True)
        if self._keys is not None:
            return _line([(key, label, True) for key, label in self._keys], (), self.size.width)
        palette = cast("Stage", self.screen).desk.keymap.shown(ACTIONS["palette"])
        return _line(*self._shared_out(), self.size.width, palette)

    def _shared_out(self) -> tuple[list[Key], Keys]:
        """The keys, and those at the right end. Among these is what has no room before them: undo
        and save, once they can act; until then the palette, where their leaving makes room for it.
        """
        key, end, width = cast("Stage", self.screen).desk.keymap.shown, self._end(), self.size.width
        palette = (key(ACTIONS["palette"]), ACTIONS["palette"].label)
        fit = _fitting(self._drawn, width, end)
        live = [(key(ACTIONS[id]), ACTIONS[id].label, True) for id in KEPT]
        if out := [each for each in live if each in self._drawn and each not in fit]:
            left = [each for each in self._drawn if each not in out]
            return left, [*((each[0], each[1]) for each in out), *end]
        if (*palette, True) in self._drawn and (*palette, True) not in fit:
            idle = [(key(ACTIONS[id]), False) for id in KEPT]
            left = [each for each in self._drawn if (each[0], each[2]) not in idle]
            fit_beside = _fitting(left, width, [palette, *end])
            if all(each in fit_beside for each in fit if each in left):
                return left, [palette, *end]
        return self._drawn, end

    def _end(self) -> Keys:
        """What stands at the right end: every view by its name where there is room beside all keys,
        else which keys they have; then help.
        """
        shown = cast("Stage", self.screen).desk.keymap.shown
        last = (shown(ACTIONS[LAST]), ACTIONS[LAST].label)
        views = [(shown(ACTIONS[id]), ACTIONS[id].label) for id in VIEWS if shown(ACTIONS[id])]
        if _long(self._drawn) + _long(views) + _long([last]) < self.size.width:
            return [*views, last]
        digits = sorted(key for key, _ in views if key.isdigit())
        hint = (
            [(f"{digits[0]}-{digits[-1]}", "views")] if digits and self.size.width >= HINT else []
        )
        return [*hint, last]


class LongMessage(Static):
    """A message of more than one line, over the footer and the lines above it."""

    DEFAULT_CSS = """
    LongMessage {
        layer: above; dock: bottom; display: none; height: auto; width: 1fr;
        background: $bar-ground; color: $text;
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)

    def show(self, message: Content, width: int) -> None:
        """Show a message where it has no room on one line, else nothing."""
        self.display = message.cell_length > width
        if self.display:
            first, *others = message.wrap(max(20, width - HANGING))
            lines = [first, *(Content(" " * HANGING) + line for line in others)]
            shown = lines[:MOST_LINES]
            if len(lines) > MOST_LINES:
                shown[-1] = (shown[-1] + Content(" …")).truncate(width, ellipsis=True)
            self.update(Content("\n").join(shown))


def _fitting(keys: Sequence[Key], width: int, end: Keys) -> list[Key]:
    """The first of the keys that fit before those at the right end."""
    left = width - 1 - _long(end)
    fit: list[Key] = []
    for key in keys:
        left -= _long([key])
        if left < 0:
            break
        fit.append(key)
    return fit


def _line(keys: Sequence[Key], end: Keys, width: int, palette: str = "") -> Content:
    """As many of the keys as fit, and those at the right end, some of which the palette lists."""
    parts: list[Content] = [Content(" ")]
    fit = _fitting(keys, width, end)
    for key, label, enabled in fit:
        looks = ("bold $key", "") if enabled else ("$done", "$done")
        parts += [named(key, label, *looks), Content("  ")]
    if end:
        parts.append(Content(" " * max(0, width - _long([*fit, *end]))))
        told = (named(key, label, otherwise=palette) for key, label in end)
        parts += [Content("  ").join(told), Content(" ")]
    return Content("").join(parts)


def _long(keys: Sequence[tuple[str, str] | Key]) -> int:
    """The columns that these keys take, each with the gap after it."""
    return sum(cell_len(key) + 1 + cell_len(label) + 2 for key, label, *_ in keys)
