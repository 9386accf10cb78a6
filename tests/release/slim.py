"""What a run never reads: left out of the one file, which has to be small.

Licences stay. Of pygments the readers of a few languages stay, and its list names only those, so
that another language is one that it does not know.
"""

from __future__ import annotations

import re
from pathlib import Path

LEFT_OUT = (
    r"\.(pyc|pyi|pyx|c|h|so\.dSYM)$",
    r"^bin/",
    r"(^|/)(tests?|__pycache__)/",
    r"/conftest\.py$",
    r"\.dist-info/(RECORD|INSTALLER|REQUESTED|WHEEL|top_level\.txt|direct_url\.json|sboms/)",
    r"^(tomli/.*|\w+__mypyc\..*)\.so$",  # the same is there in Python, and would fill a quarter
    r"^dateutil/zoneinfo/.*\.tar\.gz$",  # the system's own are found first
    r"^textual/demo/",
    r"^holidays/(ical\.py$|locale/(?!en))",  # names are shown in English, or untranslated
    r"^pygments/lexers/(?!(__init__|_mapping|configs|data|diff|python|shell|special)\.py$)",
)
"""Paths in a folder of packages."""
_LEFT_OUT = re.compile("|".join(LEFT_OUT))


def is_left_out(path: str) -> bool:
    """Whether no run of planner reads this file of its packages."""
    return _LEFT_OUT.search(path) is not None


def slimmed(packages: Path) -> None:
    """Take out of a folder of packages what no run reads."""
    for path in sorted(packages.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif is_left_out(path.relative_to(packages).as_posix()):
            path.unlink()
    _only_known_languages(packages / "pygments" / "lexers")


def _only_known_languages(lexers: Path) -> None:
    """Let the list of pygments name what is there; a name without a module is a traceback."""
    listed = lexers / "_mapping.py"
    lines = listed.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if _is_kept(line, lexers)]
    listed.write_text("".join(kept), encoding="utf-8")


def _is_kept(line: str, lexers: Path) -> bool:
    named = re.search(r": \('pygments\.lexers\.(\w+)'", line)
    return named is None or (lexers / f"{named[1]}.py").exists()
