"""The rule reference as Markdown, made from the registry: nothing in it is written twice."""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.fixes import BY_HAND
from planner.conflicts.registry import RULES
from planner.conflicts.rule import Rule


def markdown() -> str:
    """A table of all rules, then each with what it is, why it matters, an example and ways out."""
    return "\n".join([*_table(), "", *(line for rule in RULES.values() for line in _rule(rule))])


def _table() -> Iterator[str]:
    yield "# Rules"
    yield ""
    yield f"{len(RULES)} rules. A rule speaks once its subject is in use. Days are working days;"
    yield "thresholds and severities are set in `[checks]`."
    yield ""
    yield "| code | name | severity | what it finds |"
    yield "|---|---|---|---|"
    for rule in RULES.values():
        link = f"[{rule.code}](#{rule.code.lower()}-{rule.name})"
        yield f"| {link} | {rule.name} | {rule.severity} | {_cell(rule.summary)} |"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"## {rule.code} {rule.name}"
    yield ""
    yield f"{_sentence(rule.summary)} *{rule.severity}*"
    yield ""
    yield f"- **Fires when** {rule.fires_when}."
    if rule.not_when:
        yield f"- **Not when** {rule.not_when}."
    if rule.subject:
        yield f"- **Speaks once** {rule.subject}."
    yield f"- **For marketing:** {rule.why_marketing}."
    yield f"- **For IT:** {rule.why_it}."
    yield f"- **Ways out:** {ways_out(rule)}."
    for name, value in rule.thresholds.items():
        yield f"- **Setting:** `[checks] {name} = {value}`."
    yield ""
    yield "```toml"
    yield rule.example.strip()
    yield "```"
    yield ""


def ways_out(rule: Rule) -> str:
    """What can be done about it; where no edit can be offered, why not."""
    offered = "; ".join((*rule.fixes, "waive it, with a reason and an end date"))
    if rule.code.startswith(("WAIVE", "READ")):
        offered = "; ".join(rule.fixes)
    by_hand = BY_HAND.get(rule.code)
    return f"{offered} (by hand: {by_hand})" if by_hand else offered


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
