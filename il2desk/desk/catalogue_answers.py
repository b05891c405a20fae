"""The catalogue and every answer as text for a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from il2desk.desk.answers import premedication_answer, spoken
from il2desk.desk.comparing import compare_files
from il2desk.desk.specimens import stop_where_not_allowed
from il2desk.dosing import (
    Assessment,
    ChecklistItem,
    Dose,
    Refusal,
    volume_line,
    write_dose,
    write_quantity,
)
from il2desk.protocols import Catalogue, Problems, activation_blockers, check_file


def catalogue_answer(catalogue: Catalogue) -> dict[str, Any]:
    """Every shipped protocol with version, status, fingerprint, gaps and source."""
    return {
        "protocols": [
            {
                "id": protocol.id, "title": protocol.title, "version": protocol.version,
                "status": protocol.status, "fingerprint": protocol.fingerprint,
                "gaps": [gap.name for gap in protocol.gaps], "source": protocol.source,
            }
            for protocol in catalogue.protocols()
        ]
    }  # fmt: skip


def catalogue_text(catalogue: Catalogue) -> str:
    """The same for a terminal."""
    lines = [
        f"{one['id']:<18} version {one['version']}  {one['status']}\n    {one['title']}\n    {one['source']}"
        + "".join(f"\n    gap: {gap}" for gap in one["gaps"])
        for one in catalogue_answer(catalogue)["protocols"]
    ]
    return spoken("\n".join(lines))


def check_protocol_files(
    catalogue: Catalogue, files: list[Path], against: str | None = None
) -> tuple[dict[str, Any], str] | Refusal:
    """What a look at each file found; refused with every problem where there is one.

    With `against`, a file or an id, also what changed from that to each protocol file.
    Raises PermissionError where a file may not be read.
    """
    for path in files:
        stop_where_not_allowed(path)
    checks = [check_file(path, catalogue) for path in files]
    problems = tuple(problem.sentence for check in checks for problem in check.problems)
    if problems:
        return Refusal("protocol-file", problems)
    found = {
        "files": [
            {
                "file": check.file, "kind": check.kind, "problems": [],
                "doubts": [{"key": doubt.key, "text": doubt.text} for doubt in check.doubts],
            }
            for check in checks
        ]
    }  # fmt: skip
    for one, path in zip(found["files"], files, strict=True):
        one["activation"] = _blockers(catalogue, path) if one["kind"] == "protocol" else []
        if against is not None:
            comparison = compare_files(catalogue, path, _named(catalogue, against))
            if isinstance(comparison, Refusal):
                return comparison
            one["against"] = against
            one["differences"] = [spoken(sentence) for sentence in comparison.sentences]
    return found, "\n".join(_check_lines(one) for one in found["files"])


def _named(catalogue: Catalogue, against: str) -> str | Path:
    """An id of the catalogue, or the path of a file."""
    return against if against in catalogue.ids() else Path(against)


def _blockers(catalogue: Catalogue, path: Path) -> list[str]:
    """What would keep a protocol file from being activated in a real journal."""
    bundle = catalogue.bundle_for(path)
    if isinstance(bundle, Problems):
        return list(bundle.sentences)
    return [spoken(sentence) for sentence in activation_blockers(bundle)]


def _check_lines(one: dict[str, Any]) -> str:
    lines = [f"{one['file']}: {one['kind']}, no problem in the file"]
    lines += [f"    look again at {doubt['key']}: {doubt['text']}" for doubt in one["doubts"]]
    if one["activation"]:
        lines.append(f"    it cannot be activated yet, {len(one['activation'])} things missing:")
        lines += [f"      {sentence}" for sentence in one["activation"]]
    if "differences" in one:
        count = len(one["differences"])
        lines.append(f"    compared with {one['against']}: {count or 'no'} differences")
        lines += [f"      {sentence}" for sentence in one["differences"]]
    return "\n".join(lines)


def dose_text(dose: Dose) -> str:
    """A dose for a terminal: the status first, then the working, then what must be known."""
    protocol = dose.request.protocol
    lines = [f"{protocol.title}, version {protocol.version}, {protocol.status}"]
    lines += status_mark(protocol.status)
    lines.append(f"DOSE {write_dose(dose.exact_dose_iu)} {protocol.drug}, {dose.route}")
    lines.append(
        f"prepared {write_dose(dose.prepared_dose_iu)} in {write_quantity(dose.prepared_volume_ml, 'mL')}"
    )
    lines += [f"beside it: {one.companion.drug}, {volume_line(one)}" for one in dose.companions]
    lines += [
        f"{step.letter:<2} {step.label}: {step.text}\n     {step.source}"
        for step in dose.whole_working
    ]
    lines += [f"{finding.severity.value}: {finding.text}" for finding in dose.findings]
    return spoken("\n".join(lines))


def heading_text(catalogue: Catalogue, protocol: str) -> str:
    """The first lines of what a terminal shows of a protocol: which one, and whether a specimen."""
    bundle = catalogue.bundle_for(protocol)
    if isinstance(bundle, Problems):
        return ""
    found = bundle.protocol
    lines = [f"{found.title}, version {found.version}, {found.status}", *status_mark(found.status)]
    return "".join(f"{line}\n" for line in lines)


def status_mark(status: str) -> list[str]:
    """The line that stands over whatever is shown of a protocol that is not active."""
    return [] if status == "active" else [f"{status.upper()}, NOT FOR PATIENT USE"]


def assessment_text(verdict: Assessment) -> str:
    """A verdict for a terminal: the sentence, what was not judged and why, a row per criterion."""
    lines = [verdict.sentence, f"Rule set {verdict.rule_set}; age not judged."]
    lines += [f"  not judged {code}: {because}" for code, because in verdict.not_judged]
    lines += [
        f"  not judged by this set {one.code}: {one.value}; "
        + ("no other set would hold or stop" if one.elsewhere else "no set has a row for it")
        for one in verdict.unjudged
    ]
    lines += [f"  gap: {gap}" for gap in verdict.gaps]
    lines += [
        f"  {row.result:<12} {row.code or row.id}: {row.limit}; "
        f"{f'value {row.value}' if row.value else 'no value'}; {row.source}"
        for row in verdict.criteria
    ]
    return spoken("\n".join(lines))


def premedication_text(made: ChecklistItem) -> str:
    """An item for a terminal: amount with its working, route, times, maximum, conditions, source."""
    found, item, most = premedication_answer(made), made.item, ""
    if item.daily_max is not None:
        most = f"{write_quantity(item.daily_max, item.daily_max_unit or '')} a day"
    lines = [f"{item.name}{', mandatory' if item.mandatory else ''}"]
    lines.append(f"    {_given(made)}, {item.timing}")
    extra = {
        "working": made.working,
        "every": found["interval_h"] and f"{found['interval_h']} hours",
        "at most": most,
        "given if": item.given_if,
        "not given if": "; ".join(found["blocked_if"]),
        "note": item.note,
        "source": found["source"],
    }
    lines += [f"    {name}: {words}" for name, words in extra.items() if words]
    return spoken("\n".join(lines))


def _given(made: ChecklistItem) -> str:
    """Amount and route; where one is open, what to do about it."""
    item = made.item
    if item.confirmation:
        return "to be confirmed by a person, no drug"
    route = item.route or "no source states the route"
    if made.amount is not None:
        return f"{write_quantity(made.amount, item.unit or '')}, {route}"
    if item.dose is not None or item.dose_per_kg is not None:
        return f"no amount, a person decides: {'; '.join(made.blocked_by)}, {route}"
    return f"no source states the amount, the site fills it in its own copy of the set, {route}"
