"""Pages are printed by commands and shown on screens: both are here."""

from __future__ import annotations

from tests.cli.conftest import acme, run

__all__ = ["acme", "run"]
