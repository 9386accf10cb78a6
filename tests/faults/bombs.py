"""Files made to hurt a parser: each is refused in a sentence, in little time and little memory."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.faults.tally import Tally

MEMORY = 1 << 30
SECONDS = 30.0
BOMBS = {
    "nested lists": "a = " + "[" * 100_000 + "]" * 100_000,
    "nested tables": "a = " + "{a=" * 50_000 + "1" + "}" * 50_000,
    "dotted key": ".".join(["a"] * 20_000) + " = 1",
    "dotted header": "[" + ".".join(["initiatives"] * 20_000) + "]",
    "long line of dots": "a" + ".a" * 20_000,
    "long number": "[roadmap]\nnear_critical = " + "9" * 100_000,
    "long float": "[roadmap]\nnear_critical = 1." + "9" * 100_000,
    "large exponent": "[roadmap]\nnear_critical = 1e999999999",
    "hexadecimal": "[roadmap]\nnear_critical = 0x" + "f" * 100_000,
    "unclosed text": 'a = """' + "x" * 1_000_000,
    "unclosed list": "a = [" + "1," * 500_000,
    "many keys": "[initiatives.a]\n" + "".join(f"k{n} = 1\n" for n in range(20_000)),
    "many dotted tables": "".join(f"a.b{n}.c = 1\n" for n in range(20_000)),
    "many headers of one name": "[initiatives.a]\n" * 20_000,
    "zero bytes": "\0" * 100_000,
    "not utf-8": "\udcff\udcfe",
    "byte order marks": "\ufeff" * 10_000,
    "carriage returns": "\r" * 100_000,
    "quotes": '"' * 100_001,
    "brackets": "[[" * 50_000,
    "escapes": 'a = "' + "\\U0001F680" * 100_000 + '"',
    "a bad escape": 'a = "\\' + "x" * 100_000,
    "too large": "# " + "x" * (65 << 20),
    "a year that is none": "[roadmap]\nstart = 9999-12-31\n[initiatives.a]\nestimate = '99999w'\n",
    "a long chain": "".join(
        f'[initiatives.i{n}]\nneeds = ["i{n - 1}"]\n' for n in range(1, 3000)
    ),
}  # fmt: skip


def runs(every: int = 1) -> Iterator[Tally]:
    """Check each file with the command."""
    tally = Tally("bombs in a file")
    with tempfile.TemporaryDirectory() as folder:
        for name, text in [*BOMBS.items()][::every]:
            path = Path(folder) / "plan.toml"
            path.write_bytes(text.encode("utf-8", "surrogateescape"))
            tally.tries += 1
            _check(tally, name, path)
    yield tally


def _check(tally: Tally, name: str, path: Path) -> None:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "planner", "check", str(path)],
            capture_output=True,
            timeout=SECONDS,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
            check=False,
        )
    except subprocess.TimeoutExpired:
        tally.note("crashed", f"{name}: more than {SECONDS:.0f} s")
        return
    tally.count(f"exit {done.returncode}")
    if done.returncode not in (0, 1, 2) or b"Traceback" in done.stderr:
        tally.note("crashed", f"{name}: {done.returncode} {done.stderr[-200:]!r}")
