"""The wheel and the source distribution, built by hatchling without a download."""

from __future__ import annotations

from pathlib import Path

from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).resolve().parents[2]


def wheel(folder: Path) -> Path:
    """Build the wheel."""
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return Path(built)


def sdist(folder: Path) -> Path:
    """Build the source distribution."""
    (built,) = SdistBuilder(str(ROOT)).build(directory=str(folder))
    return Path(built)
