"""The whole gate: lint, types, import contract, tests. Runs all, fails if any failed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORKERS = 2 * (os.cpu_count() or 1)
"""Two for each core: tests of screens and terminals wait, and each worker collects all tests."""
ENVIRONMENT = {key: text for key, text in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
"""Tests start planner hundreds of times, and without bytecode it is compiled each time."""
STEPS: tuple[tuple[str, str, list[str]], ...] = (
    ("lint", "ruff", ["check", "."]),
    ("format", "ruff", ["format", "--check", "."]),
    ("types", "mypy", []),
    ("imports", "importlinter.cli", []),
    ("tests", "pytest", ["-n", str(WORKERS), "--dist", "worksteal"]),
)


def main() -> int:
    """Run every step with this interpreter; 1 if any failed.

    While lint and types keep one core busy, the other compiles the tests, which each worker of
    the last step would do for itself where there is no bytecode yet.
    """
    failed = []
    compiling = subprocess.Popen(
        [sys.executable, "-m", "pytest", "--collect-only"],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for name, module, arguments in STEPS:
        print(f"── {name}", flush=True)
        if name == "tests":
            compiling.wait()
        started = time.monotonic()
        command = [*_command(module), *arguments]
        code = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=False).returncode
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
