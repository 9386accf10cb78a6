"""What holds for all tests: the same examples in every run, whatever else the machine does.

New examples are looked for by the long forms, `python -m tests.text.fuzz` and `tests.faults`.
More of the same are tried by `python -m tests.long`.
"""

from __future__ import annotations

import gc
import tempfile
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.long import LONG

settings.register_profile(
    "gate",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
settings.load_profile("gate")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a test marked `one_in(n)` every nth case is run in the gate, and each in the long run."""
    if LONG:
        return
    seen: Counter[str] = Counter()
    left_out = []
    for item in items:
        if (mark := item.get_closest_marker("one_in")) is not None:
            family = item.nodeid.partition("[")[0]
            if seen[family] % mark.args[0]:
                left_out.append(item)
            seen[family] += 1
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        gone = {*left_out}
        items[:] = [item for item in items if item not in gone]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Twelve thousand tests are made, and stay: no garbage is looked for among them, ever.

    While they are made that takes as long as making them, in each of the workers, and later a sixth
    of all there is to do. They are put aside.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session", autouse=True)
def nothing_is_left_behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Reports of bugs that a test provokes, copies of the sample and journals go where the tests
    go, and nobody's own configuration counts, nor the letters of their terminal."""
    folder = str(tmp_path_factory.mktemp("temporary"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", folder)
        patch.setattr(tempfile, "tempdir", folder)
        for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        patch.setenv("LC_ALL", "C.UTF-8")
        yield


@pytest.fixture(scope="session", autouse=True)
def what_is_put_aside_stays_there() -> Iterator[None]:
    """A command counts what is put aside, which takes 50 ms, and would take it all back where its
    screen adds to it (`tests.cli.test_embedding` looks at that, in processes of its own).
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gc, "get_freeze_count", lambda: 0)
        patch.setattr(gc, "unfreeze", lambda: None)
        yield
