"""How much a sheet may hold: each reader stays within it while it reads, not afterwards.

A plan of two departments has some hundred rows. 20,000 rows of 20 columns are read within 200 MB,
and so is everything that is refused, whatever the file says of itself.
"""

from __future__ import annotations

from planner.errors import ReadError

MAX_CELLS = 500_000
"""Places in all sheets of a file together, empty ones between others too."""
MAX_TEXT = 32_767
"""Characters in a cell, as in Excel."""
MAX_BYTES = 16 * 1024 * 1024
"""Of a file of text."""
MAX_CHARACTERS = 16_000_000
"""Of all cells of a workbook."""
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
"""Of a sheet, as in Excel."""


class Budget:
    """What one file may still hold."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._cells = self._texts = MAX_CELLS
        self._characters = MAX_CHARACTERS

    def spend(self, cells: int, where: str) -> None:
        """Take so many cells. Raises ReadError where there are no more."""
        self._cells -= cells
        if self._cells < 0:
            raise self._refused(f"{where}: more than {MAX_CELLS:,} cells")

    def spend_string(self, where: str) -> None:
        """Take one of the texts that cells share."""
        self._texts -= 1
        if self._texts < 0:
            raise self._refused(f"{where}: more than {MAX_CELLS:,} texts")

    def spend_text(self, characters: int, where: str) -> None:
        """Take so many characters."""
        self._characters -= characters
        if self._characters < 0:
            raise self._refused(f"{where}: more than {MAX_CHARACTERS:,} characters")

    def check_text(self, text: str, where: str) -> None:
        """Raise ReadError for a text that is too long for a cell."""
        if len(text) > MAX_TEXT:
            raise self._refused(
                f"{where}: {len(text):,} characters in a cell are more than {MAX_TEXT:,}"
            )

    def _refused(self, why: str) -> ReadError:
        return ReadError(
            why, file=self.file, hint="save the rows of the plan alone in a file of their own"
        )
