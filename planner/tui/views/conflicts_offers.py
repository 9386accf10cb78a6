"""What was offered for each finding, kept as long as its plan is the one on screen."""

from __future__ import annotations

from planner.conflicts.findings import Finding
from planner.plan.model import Plan
from planner.plan.offers import Offers

NOTHING_YET = Offers()


class KeptOffers:
    """Offers by finding, for one plan; another plan starts afresh."""

    def __init__(self) -> None:
        self._plan: Plan | None = None
        self._kept: dict[str, Offers] = {}

    def get(self, plan: Plan, finding: Finding) -> Offers:
        """What is known about a finding of this plan."""
        return (
            self._kept.get(finding.fingerprint, NOTHING_YET) if plan is self._plan else NOTHING_YET
        )

    def put(self, plan: Plan, finding: Finding, offers: Offers) -> None:
        """Keep what was found."""
        if plan is not self._plan:
            self._plan, self._kept = plan, {}
        self._kept[finding.fingerprint] = offers
