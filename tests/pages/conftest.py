"""Pages are printed by commands and shown on screens: both are here."""

from __future__ import annotations

from tests.cli.conftest import acme, run
from tests.tui.conftest import plain_terminal, roadmap

__all__ = ["acme", "plain_terminal", "roadmap", "run"]
