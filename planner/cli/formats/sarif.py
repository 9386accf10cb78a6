"""Findings as SARIF 2.1.0, which code scanning services and editors read.

The fingerprint goes with each result, so that a service knows a finding again after edits; a waived
one is suppressed with the waiver's reason.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from planner import __version__
from planner.cli.formats.places import from_the_top, place
from planner.conflicts.findings import Finding
from planner.conflicts.registry import RULES
from planner.conflicts.rule import Rule
from planner.errors import ReadError
from planner.pages.conflicts import waived_because, with_next
from planner.roadmap.entities import Severity
from planner.session.session import Session
from planner.text.visible import visible

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


def rendered(session: Session, findings: tuple[Finding, ...]) -> str:
    """One run with its rules and results."""
    codes = list(dict.fromkeys(one.code for one in findings))
    results = [_result(session, one, codes.index(one.code)) for one in findings]
    return _log([_rule(RULES[code]) for code in codes], results, {"executionSuccessful": True})


def unreadable(error: ReadError) -> str:
    """A run that did not succeed, and on which line."""
    said: dict[str, Any] = {"level": "error", "message": {"text": visible(error.message)}}
    if error.file is not None:
        said["locations"] = [_location(from_the_top(error.file), error.line)]
    return _log([], [], {"executionSuccessful": False, "toolExecutionNotifications": [said]})


def _log(rules: list[Any], results: list[Any], invocation: dict[str, Any]) -> str:
    run = {
        "tool": {"driver": {"name": "planner", "version": __version__, "rules": rules}},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
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
        "message": {"text": with_next(session.plan, finding)},
        "locations": [_location(*place(session, finding))],
        "partialFingerprints": {"planner/v1": visible(finding.fingerprint)},
    }
    if finding.waived:
        why = waived_because(session.plan, finding)
        result["suppressions"] = [{"kind": "inSource", "status": "accepted", "justification": why}]
    return result


def _location(file: str, line: int | None) -> dict[str, Any]:
    uri = Path(file).as_uri() if file.startswith("/") else quote(os.fsencode(file))
    found: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if line:
        found["region"] = {"startLine": line}
    return {"physicalLocation": found}
