"""A part of a view: actions that work in every view, each as a method ``do_<id>``.

`View` looks for the method of an action in itself first and then in its parts, so that a view
redefines what it knows better by having a ``do_<id>`` of its own.
"""

from __future__ import annotations

from planner.tui.shell.stage import Stage


class Part:
    """What all parts have: their view, of which they know no more than `Stage` says."""

    def __init__(self, view: Stage) -> None:
        self.view = view
        self.desk = view.desk
        self.session = view.session
