"""What came of many faults of one kind: how often each promise was broken. Wanted: never."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Tally:
    """Counts of one kind of fault. `notes` say what broke, for whoever mends it."""

    name: str
    tries: int = 0
    torn: int = 0
    """Files that are neither the old bytes nor the new bytes."""
    lost: int = 0
    """Acknowledged edits that are nowhere."""
    twice: int = 0
    unseen: int = 0
    """Changes of somebody else that were overwritten without a word."""
    crashed: int = 0
    """Endings without an error that a person can read, or not in time."""
    vain: int = 0
    """Questions about nothing, and answers that depend on who is called ours."""
    said: dict[str, int] = field(default_factory=dict)
    """How often each thing was said or happened, for the curious."""
    notes: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether every promise was kept, and tried at all."""
        return self.tries > 0 and not (
            self.torn or self.lost or self.twice or self.unseen or self.crashed or self.vain
        )

    def count(self, what: str) -> None:
        """One more of what happened."""
        self.said[what] = self.said.get(what, 0) + 1

    def note(self, promise: str, what: str) -> None:
        """One more broken promise."""
        setattr(self, promise, getattr(self, promise) + 1)
        self.notes.append(f"{promise}: {what}")

    def line(self) -> str:
        """The row of the table."""
        said = ", ".join(f"{count} {what}" for what, count in sorted(self.said.items()))
        return (
            f"{self.name:<34} {self.tries:>6} tries  {self.torn:>3} torn  {self.lost:>3} lost  "
            f"{self.twice:>3} twice  {self.unseen:>3} unseen  {self.crashed:>3} crashed  "
            f"{self.vain:>3} vain  ({said})"
        )
