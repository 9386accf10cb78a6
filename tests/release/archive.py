"""An archive that has the same bytes each time it is made of the same files."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Mapping
from pathlib import Path

from tests.release.one_file import epoch


def packed(files: Mapping[str, bytes], target: Path) -> Path:
    """Write files, by their names in it, to a compressed archive; nobody owns them."""
    with (
        target.open("wb") as out,
        gzip.GzipFile("", "wb", fileobj=out, mtime=epoch()) as compressed,
        tarfile.open(fileobj=compressed, mode="w") as archive,
    ):
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.mode = len(data), epoch(), 0o644
            archive.addfile(info, io.BytesIO(data))
    return target
