"""What holds for all tests: the same examples in every run, whatever else the machine does.

New examples are looked for by the long forms, `python -m tests.text.fuzz` and `tests.faults`.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "gate",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
settings.load_profile("gate")
