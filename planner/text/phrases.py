"""Phrases of messages: what a person typed, and the nearest name that exists."""

from __future__ import annotations

from planner.text.visible import visible


def typed(text: str) -> str:
    """What a person typed or can type, in backticks: ``crmm`` is shown as `crmm`."""
    return f"`{visible(text)}`"


def did_you_mean(near: str | None, otherwise: str | None = None) -> str | None:
    """The hint for an unknown name: the nearest one, else `otherwise`."""
    return f"did you mean {typed(near)}?" if near else otherwise
