"""The whole gate: lint, types, import contract, tests. Runs all, fails if any failed."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STEPS: tuple[tuple[str, str, list[str]], ...] = (
    ("lint", "ruff", ["check", "."]),
    ("format", "ruff", ["format", "--check", "."]),
    ("types", "mypy", []),
    ("imports", "importlinter.cli", []),
    ("tests", "pytest", ["-n", "2", "--dist", "worksteal"]),
)


def main() -> int:
    """Run every step with this interpreter; 1 if any failed."""
    failed = []
    for name, module, arguments in STEPS:
        print(f"── {name}", flush=True)
        started = time.monotonic()
        code = subprocess.run([*_command(module), *arguments], cwd=ROOT, check=False).returncode
        print(f"   {name}: {'ok' if code == 0 else 'FAILED'}, {time.monotonic() - started:.1f} s")
        if code:
            failed.append(name)
    if failed:
        print(f"gate: failed: {', '.join(failed)}")
    return 1 if failed else 0


def _command(module: str) -> list[str]:
    if module == "importlinter.cli":
        return [str(Path(sys.executable).parent / "lint-imports")]
    return [sys.executable, "-m", module]


if __name__ == "__main__":
    sys.exit(main())
