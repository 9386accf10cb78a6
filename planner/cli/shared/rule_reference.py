"""The rule reference as Markdown, made from the registry: nothing in it is written twice."""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.registry import RULES
from planner.conflicts.rule import Rule
from planner.pages.rules import facts


def markdown() -> str:
    """A table of all rules, then each with what it reports, why it matters, fixes, an example."""
    return "\n".join([*_table(), "", *(line for rule in RULES.values() for line in _rule(rule))])


def _table() -> Iterator[str]:
    yield "# Rules"
    yield ""
    yield f"{len(RULES)} rules. A rule is active once its subject is in use. Days are working days;"
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
    for fact in facts(rule):
        text = f"`{fact.text}`" if fact.label == "Setting" else fact.text
        yield f"- **{fact.label}:** {text}."
    yield ""
    yield "```toml"
    yield rule.example.strip()
    yield "```"
    yield ""


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
