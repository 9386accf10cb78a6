"""`[checks]`: which rules speak, how loudly, and with which thresholds.

A rule is named by its code or its name, in any case; several by the letters that their codes begin
with (`DATE`), of which a single rule can be told apart. A setting that no rule has is READ02, a
threshold that is no whole number is READ01 and its default stands; neither stops a check.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from planner.conflicts.findings import Finding
from planner.conflicts.rule import Limits, Rule
from planner.roadmap.entities import Checks, Severity
from planner.roadmap.ids import nearest
from planner.roadmap.quantities import (
    LENGTH_WORDS,
    Length,
    QuantityError,
    length_days,
    parse_length,
)
from planner.roadmap.values import shown

ELSEWHERE = frozenset(("assumed_estimate",))
"""Keys of `[checks]` that the schedule reads: lengths, not numbers."""


class Settings:
    """What `[checks]` says, resolved against the rules that there are."""

    def __init__(self, checks: Checks, rules: Mapping[str, Rule], week: int) -> None:
        self._rules = rules
        self._week = week
        self._checks = checks
        loudness = {
            code: checks.severity[name]
            for name in sorted(checks.severity, key=lambda name: self.code(name) is not None)
            for code in named(rules, name)
        }
        ignored = {code for name in checks.ignore for code in named(rules, name)}
        ignored |= {code for code in loudness if loudness[code] == "off"}
        ignored |= {code for code, rule in rules.items() if rule.off and code not in loudness}
        self.ignored = frozenset(ignored)
        self.severities: dict[str, Severity] = {
            code: loud for code, loud in loudness.items() if loud != "off"
        }

    def code(self, name: str) -> str | None:
        """The code of the rule that is named by code or name; None where there is none."""
        wanted = name.strip().lower()
        return next(
            (rule.code for rule in self._rules.values() if wanted in names_of(rule)),
            None,
        )

    def limits(self, rule: Rule) -> Limits:
        """The thresholds of a rule: what is written and whole, else the default."""
        return {
            name: default if (written := self._number(name)) is None else written
            for name, default in rule.thresholds.items()
        }

    def _number(self, name: str) -> int | None:
        """What is written for a threshold: a whole number, or a length in working days."""
        value = self._checks.thresholds.get(name)
        if isinstance(value, str):
            length = _length(value)
            return None if length is None else length_days(length, self._week)
        return value if is_whole(value) else None

    def nearest_rule(self, name: str) -> str | None:
        """The code or name of a rule that is close to what was written."""
        known = sorted({known for rule in self._rules.values() for known in names_of(rule)})
        near = nearest(name.lower(), known, loose=True)
        return near.upper() if near and near.upper() in self._rules else near

    def findings(self) -> Iterator[Finding]:
        """What `[checks]` itself says wrongly."""
        known = {name for rule in self._rules.values() for name in rule.thresholds}
        for name, value in self._checks.thresholds.items():
            if name in ELSEWHERE:
                if _length(value) is None:
                    yield _invalid(name, value, LENGTH_WORDS)
            elif name not in known:
                near = nearest(name, sorted(known | ELSEWHERE), loose=True)
                yield _unknown((name,), f"no rule has a setting `{name}`", near)
            elif self._number(name) is None:
                yield _invalid(name, value, "a whole number of 0 or more, or a length")
        for key, names in (("ignore", self._checks.ignore), ("severity", self._checks.severity)):
            for name in names:
                if not named(self._rules, name):
                    path = (key, name) if key == "severity" else (key,)
                    message = f"`{key}` names {name}, which is no rule"
                    yield _unknown(path, message, self.nearest_rule(name), name)


def named(rules: Mapping[str, Rule], name: str) -> frozenset[str]:
    """The codes of the rules that are named by code, name or family; empty where there is none."""
    wanted = name.strip().lower()
    found = (rule.code for rule in rules.values() if wanted in (*names_of(rule), family(rule)))
    return frozenset(found)


def family(rule: Rule) -> str:
    """The letters that a rule's code begins with, small: ``date``."""
    return rule.code[:-2].lower()


def names_of(rule: Rule) -> tuple[str, str]:
    """Its code in small letters, and its name."""
    return rule.code.lower(), rule.name


def is_whole(value: object) -> TypeGuard[int]:
    """Whether a value is a whole number of zero or more."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _length(value: object) -> Length | None:
    try:
        return parse_length(value) if isinstance(value, str) else None
    except QuantityError:
        return None


def _unknown(key: tuple[str, ...], message: str, near: str | None, found: str = "") -> Finding:
    hint = f"; the nearest is {near}" if near else ""
    return Finding(
        code="READ02",
        kind="checks",
        on=(),
        key=key,
        root=("checks", *dict.fromkeys((*key, found or key[-1]))),
        message=f"[checks]: {message}{hint}",
        data={"found": found or key[-1], "nearest": near},
    )


def _invalid(name: str, value: Any, allowed: str) -> Finding:
    return Finding(
        code="READ01",
        kind="checks",
        on=(),
        key=(name,),
        root=("checks", name),
        message=f"[checks]: {name} is {allowed}, not {shown(value)}; its default stands",
        data={"found": shown(value), "allowed": allowed},
    )
