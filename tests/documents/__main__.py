"""`python -m tests.documents`: write anew what is made in our documents, and the pictures."""

from __future__ import annotations

import asyncio

from tests.documents.made import DOCUMENTS, remade
from tests.documents.picture import pictures
from tests.documents.samples import COUNTS, counts


def main() -> None:
    """The counts of rules, every document, then the pictures."""
    COUNTS.write_text(counts(), encoding="utf-8")
    for path in DOCUMENTS:
        path.write_text(remade(path.read_text(encoding="utf-8")), encoding="utf-8")
    for path, svg in asyncio.run(pictures()).items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
