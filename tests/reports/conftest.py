"""Reports as a shell writes them; `run` and `acme` as for other commands."""

from __future__ import annotations

from tests.cli.conftest import acme, run

__all__ = ["acme", "run"]
