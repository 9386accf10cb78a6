"""`[checks]`: which rules speak, how loudly, and with which thresholds.

A rule is named by its code or its name, in any case. A setting that no rule has is READ02, a
threshold that is no whole number is READ01 and its default stands; neither stops a check.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planner.conflicts.context import listed
from planner.conflicts.findings import Finding
from planner.conflicts.rule import Limits, Rule
from planner.roadmap.entities import Checks, Severity
from planner.roadmap.ids import nearest

ELSEWHERE = frozenset(("assumed_estimate",))
"""Keys of `[checks]` that other parts of the program read, and check, themselves."""


class Settings:
    """What `[checks]` says, resolved against the rules that there are."""

    def __init__(self, checks: Checks, rules: Mapping[str, Rule]) -> None:
        self._rules = rules
        self._checks = checks
        named = {name: self.code(name) for name in (*checks.ignore, *checks.severity)}
        self.ignored = frozenset(code for name in checks.ignore if (code := named[name]))
        self.severities: dict[str, Severity] = {
            code: severity for name, severity in checks.severity.items() if (code := named[name])
        }

    def code(self, name: str) -> str | None:
        """The code of the rule that is named by code or name; None where there is none."""
        wanted = name.strip().lower()
        return next(
            (rule.code for rule in self._rules.values() if wanted in _names(rule)),
            None,
        )

    def limits(self, rule: Rule) -> Limits:
        """The thresholds of a rule: what is written and whole, else the default."""
        written = self._checks.thresholds
        return {
            name: written[name] if is_whole(written.get(name)) else default
            for name, default in rule.thresholds.items()
        }

    def nearest_rule(self, name: str) -> str | None:
        """The code or name of a rule that is close to what was written."""
        near = nearest(name.lower(), sorted({n for r in self._rules.values() for n in _names(r)}))
        return near.upper() if near and near.upper() in self._rules else near

    def findings(self) -> Iterator[Finding]:
        """What `[checks]` itself says wrongly."""
        known = {name for rule in self._rules.values() for name in rule.thresholds}
        for name, value in self._checks.thresholds.items():
            if name in ELSEWHERE:
                continue
            if name not in known:
                near = nearest(name, sorted(known | ELSEWHERE))
                yield _unknown((name,), f"no rule has a setting `{name}`", near)
            elif not is_whole(value):
                yield _invalid(name, value)
        for key, names in (("ignore", self._checks.ignore), ("severity", self._checks.severity)):
            for name in names:
                if self.code(name) is None:
                    path = (key, name) if key == "severity" else (key,)
                    message = f"`{key}` names {name}, which is no rule"
                    yield _unknown(path, message, self.nearest_rule(name), name)


def _names(rule: Rule) -> tuple[str, str]:
    return rule.code.lower(), rule.name


def is_whole(value: object) -> bool:
    """Whether a value is a whole number of zero or more."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _unknown(key: tuple[str, ...], message: str, near: str | None, found: str = "") -> Finding:
    hint = f"; the nearest is {near}" if near else ""
    return Finding(
        code="READ02",
        severity="info",
        kind="checks",
        on=(),
        key=key,
        root=("checks", *dict.fromkeys((*key, found or key[-1]))),
        message=f"[checks]: {message}{hint}",
        data={"found": found or key[-1], "nearest": near},
    )


def _invalid(name: str, value: Any) -> Finding:
    return Finding(
        code="READ01",
        severity="error",
        kind="checks",
        on=(),
        key=(name,),
        root=("checks", name),
        message=f"[checks]: {name} is a whole number of 0 or more, not {_shown(value)}; "
        "its default stands",
        data={"found": _shown(value), "allowed": "a whole number of 0 or more"},
    )


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return f"[{listed(_shown(item) for item in value)}]"
    return f'"{value}"' if isinstance(value, str) else str(value).lower()
