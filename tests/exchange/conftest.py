"""What tests of other formats share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.mspdi.java import Mpxj, missing, running


@pytest.fixture(scope="session")
def mpxj() -> Iterator[Mpxj]:
    """MPXJ, where Java is; a test that needs it is skipped elsewhere."""
    if why := missing():
        pytest.skip(why)
    with running() as found:
        yield found
