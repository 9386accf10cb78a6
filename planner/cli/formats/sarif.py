"""Findings as SARIF 2.1.0, which code scanning services and editors read.

The fingerprint goes with each result, so that a service knows a finding again after edits; a waived
one is suppressed with the waiver's reason.
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from planner import __version__
from planner.conflicts.findings import Finding
from planner.conflicts.registry import RULES
from planner.conflicts.rule import Rule
from planner.roadmap.entities import Severity
from planner.session import Session
from planner.text.visible import visible

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


def rendered(session: Session, findings: tuple[Finding, ...]) -> str:
    """One run with its rules and results."""
    codes = list(dict.fromkeys(one.code for one in findings))
    driver = {
        "name": "planner",
        "version": __version__,
        "rules": [_rule(RULES[code]) for code in codes],
    }
    results = [_result(session, one, codes.index(one.code)) for one in findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=1, ensure_ascii=False)


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"Fires when {rule.fires_when}."},
        "help": {"text": f"For marketing: {rule.why_marketing}. For IT: {rule.why_it}."},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(session: Session, finding: Finding, index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": visible(finding.message)},
        "locations": [_location(session, finding)],
        "partialFingerprints": {"planner/v1": visible(finding.fingerprint)},
    }
    if finding.waived:
        waiver = session.plan.roadmap.waivers.get(finding.waiver or "")
        reason = visible(waiver.reason or "") if waiver is not None else ""
        result["suppressions"] = [{"kind": "inSource", "justification": reason}]
    return result


def _location(session: Session, finding: Finding) -> dict[str, Any]:
    file, line = session.place(finding)
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(PurePath(file).as_posix())}}
    if line:
        place["region"] = {"startLine": line}
    return {"physicalLocation": place}
