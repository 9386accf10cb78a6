"""What else MPXJ reads (Project's own files, Primavera, Asta, GanttProject, ProjectLibre and more).

MPXJ is Java, and comes with the extra `mpxj`. Its own converter writes what it read as Microsoft
Project XML, which our reader reads: so each of these formats says what that one does. It runs in a
process of its own, with memory and time that end, and without a way out to the net for XML.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import structs

from planner.analysis.importing import Incoming
from planner.errors import ReadError, UsageError
from planner.exchange.extras import needs
from planner.exchange.importing.mspdi import read_mspdi
from planner.files.reading import opened

SUFFIXES = (".mpp", ".mpt", ".mpx", ".mpd", ".xer", ".pmxml", ".pod", ".gan", ".planner", ".pp",
            ".ppx", ".prx", ".stx", ".cdpx", ".cdpz", ".fts", ".sdef", ".sp", ".gnt", ".edpx",
            ".pep")  # fmt: skip
"""Of the files that only MPXJ reads. It looks at what is in them, not at their names."""

SECONDS = 300
"""So long a file may take; a large .mpp takes some."""
_OPTIONS = (
    "-Xmx512m",
    "-Djava.awt.headless=true",
    "-Dlog4j2.level=OFF",
    "-Djavax.xml.accessExternalDTD=",
    "-Djavax.xml.accessExternalSchema=",
    "-Djavax.xml.accessExternalStylesheet=",
)
_CONVERTER = "org.mpxj.sample.MpxjConvert"


def read_mpxj(path: Path) -> Incoming:
    """What a file says. Raises ReadError, and UsageError where the extra or Java is missing."""
    with opened(path):
        jars, java = _jars(), _java()
    with TemporaryDirectory(prefix="planner-") as folder:
        made = Path(folder) / "converted.xml"
        _convert([java, *_OPTIONS, "-cp", jars, _CONVERTER, str(path.absolute()), str(made)], path)
        found = read_mspdi(made, path.name)
    note = f"read by MPXJ from {path.suffix}, by way of Microsoft Project XML"
    return structs.replace(found, notes=(note, *found.notes))


def _jars() -> str:
    """The class path of MPXJ; its module is not imported, since that starts a Java in here."""
    with needs("mpxj"):
        found = find_spec("mpxj")
        if found is None or found.origin is None:
            raise ModuleNotFoundError("MPXJ", name="mpxj")
        return str(Path(found.origin).parent / "lib" / "*")


def _java() -> str:
    home = os.environ.get("JAVA_HOME")
    own = shutil.which("java", path=str(Path(home) / "bin")) if home else None
    java = own or shutil.which("java")
    if java is None:
        raise UsageError(
            "Java is not installed, and MPXJ runs in it",
            hint="install a Java of 11 or later; or save the file as Microsoft Project XML",
        )
    return java


def _convert(command: list[str], path: Path) -> None:
    hint = "open it in its own program and save it as Microsoft Project XML"
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ReadError(f"takes more than {SECONDS} s", file=str(path), hint=hint) from None
    if done.returncode:
        raise ReadError(f"MPXJ can't read it{_reason(done.stdout)}", file=str(path), hint=hint)


def _reason(output: bytes) -> str:
    """Why not, as MPXJ has it: the message of the exception that it names last."""
    text = output.decode("utf-8", "replace")
    causes = re.findall(r"^(?:Caused by|Conversion Error): (?:[\w.$]+: )?(.+)$", text, re.MULTILINE)
    return f": {causes[-1].strip()[:200]}" if causes else ""
