"""Archives of Office files as they are written: nothing in them says when they were made."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

ALWAYS = datetime(2000, 1, 1)
"""When each of them was made."""
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def without_time(made: BytesIO) -> bytes:
    """The same archive, in which nothing says when it was made."""
    into = BytesIO()
    with ZipFile(made) as before, ZipFile(into, "w", ZIP_DEFLATED) as after:
        for info in before.infolist():
            raw = before.read(info)
            if info.filename == "docProps/core.xml":
                raw = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", raw)
            after.writestr(_member(info.filename), raw)
    return into.getvalue()


def _member(name: str) -> ZipInfo:
    info = ZipInfo(name, ALWAYS.timetuple()[:6])
    info.compress_type = ZIP_DEFLATED
    return info
