"""What the rules of an audit found, and the list of it for people and for programs."""

from __future__ import annotations

import json
from dataclasses import dataclass

from il2desk.dosing import tell


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """One thing an auditor would write up: the rule, the sentence, and the entry it rests on."""

    rule: str
    text: str
    entry: str = ""


@dataclass(frozen=True, slots=True)
class PreAudit:
    """The findings, and what was not judged here, in sentences. `lines` were looked at."""

    lines: int
    findings: tuple[AuditFinding, ...]
    not_judged: tuple[str, ...]


def audit_text(found: PreAudit) -> str:
    """The list as text for people: findings, then what was not judged."""
    head = tell(
        "{lines} lines looked at, {count} findings.", lines=found.lines, count=len(found.findings)
    )
    lines = [head, "", *(f"{one.rule}: {one.text}" for one in found.findings)]
    return "\n".join([*lines, "", tell("Not judged here:"), *found.not_judged]) + "\n"


def audit_json_lines(found: PreAudit) -> str:
    """The list as JSON, one object a line: rule, text and entry."""
    rows = [{"rule": one.rule, "text": one.text, "entry": one.entry} for one in found.findings] + [
        {"rule": "not-judged", "text": text, "entry": ""} for text in found.not_judged
    ]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
