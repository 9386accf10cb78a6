"""`python -m tests.documents`: write anew what is made in our documents, and the picture."""

from __future__ import annotations

import asyncio

from tests.documents.made import DOCUMENTS, remade
from tests.documents.picture import PICTURE, picture


def main() -> None:
    """Every document, then the picture of the board."""
    for path in DOCUMENTS:
        path.write_text(remade(path.read_text(encoding="utf-8")), encoding="utf-8")
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(asyncio.run(picture()), encoding="utf-8")


if __name__ == "__main__":
    main()
