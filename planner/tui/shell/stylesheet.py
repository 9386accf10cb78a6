"""The stylesheet that is read once: Textual reads all of it again for each view that opens.

What it says follows from its text and the colours of a theme alone, so that a process reads it once
for each theme.
"""

from __future__ import annotations

from typing import Any

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_READ: dict[tuple[tuple[str, str], ...], dict[Any, list[RuleSet]]] = {}
"""The colours of a theme → what was read with them."""


class KeptStylesheet(Stylesheet):
    """The usual stylesheet, which keeps what it has read."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._keep()

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take the colours of a theme, if they are others."""
        if variables != self._variables:
            self._parse_cache = {}  # type: ignore[assignment]  # what was read is not to be cleared
            super().set_variables(variables)
            self._keep()

    def reparse(self) -> None:
        """Read what was not read with these colours."""
        self.parse()

    def _keep(self) -> None:
        known = tuple(sorted(self._variables.items()))
        self._parse_cache = _READ.setdefault(known, {})  # type: ignore[assignment]
