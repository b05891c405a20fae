"""The catalogue and a derived dose as the command line shows them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from il2desk.desk.answers import spoken
from il2desk.dosing import Dose, Refusal, write_dose, write_quantity
from il2desk.protocols import Catalogue, check_file


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


def check_protocol_files(
    catalogue: Catalogue, files: list[Path]
) -> tuple[dict[str, Any], str] | Refusal:
    """What a look at each file found; refused with every problem where there is one."""
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
    lines = [
        f"{check.file}: {check.kind}, no problem found"
        + "".join(f"\n    look again at {doubt.key}: {doubt.text}" for doubt in check.doubts)
        for check in checks
    ]
    return found, "\n".join(lines)


def dose_text(dose: Dose) -> str:
    """A dose for a terminal: the status first, then the working, then what must be known."""
    protocol = dose.request.protocol
    lines = [f"{protocol.title}, version {protocol.version}, {protocol.status}"]
    if protocol.status == "specimen":
        lines.append("SPECIMEN, NOT FOR PATIENT USE")
    lines.append(f"DOSE {write_dose(dose.exact_dose_iu)} {protocol.drug}, {dose.route}")
    lines.append(
        f"prepared {write_dose(dose.prepared_dose_iu)} in {write_quantity(dose.prepared_volume_ml, 'mL')}"
    )
    lines += [
        f"{step.letter:<2} {step.label}: {step.text}\n     {step.source}" for step in dose.working
    ]
    lines += [f"{finding.severity.value}: {finding.text}" for finding in dose.findings]
    return spoken("\n".join(lines))
