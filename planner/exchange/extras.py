"""What is installed only where it is asked for: libraries of other formats."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from planner.errors import UsageError


@contextmanager
def needs(extra: str) -> Iterator[None]:
    """Import the libraries of an extra. Raises UsageError with how they are installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("planner"):
            raise
        raise UsageError(
            f"{error.name} is not installed",
            hint=(
                f"install it with `pip install 'joint-planner[{extra}]'`, "
                f"or in a clone with `pip install '.[{extra}]'`"
            ),
        ) from None
