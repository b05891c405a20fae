"""Is this installation sound? Engines, reference cases, catalogue, fonts, journal, disk."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from il2desk import __version__, paths
from il2desk.desk.answers import dose_answer, schedule_answer
from il2desk.desk.specimens import (
    DoseQuestion,
    ask_dose,
    ask_schedule,
    ask_verdict,
    open_catalogue,
)
from il2desk.dosing import Raw, Refusal
from il2desk.protocols import Catalogue, CatalogueFault
from il2desk.records import JournalFault, open_read_only
from il2desk.sheets import SheetRefused, embedded_fonts

_LEAST_FREE = 100 * 1024 * 1024


def verify_installation(journal: Path | None) -> dict[str, Any]:
    """Every check with its result; `ok` is true only where all of them are."""
    checks: list[dict[str, Any]] = []
    try:
        catalogue = open_catalogue()
        checks.append(
            _check(
                "catalogue", ok=True, detail=f"{len(catalogue.protocols())} protocols load whole"
            )
        )
        checks += [
            _reference("dose cases", _dose_case, catalogue, "dose_cases.json"),
            _reference("assessment cases", _assess_case, catalogue, "assess_cases.json"),
            _reference("schedule cases", _schedule_case, catalogue, "schedule_cases.json"),
        ]
    except CatalogueFault as fault:
        checks.append(_check("catalogue", ok=False, detail=str(fault)))
    checks.append(_fonts())
    checks += _journal(journal)
    return {
        "program_version": __version__,
        "python": sys.version.split()[0],
        "ok": all(check["ok"] for check in checks),
        "checks": checks,
    }


def _check(name: str, detail: str, *, ok: bool) -> dict[str, Any]:
    return {"name": name, "ok": ok, "detail": detail}


def _reference(name: str, judge: Any, catalogue: Catalogue, file: str) -> dict[str, Any]:  # noqa: ANN401
    """All cases of the shipped protocols to the letter; those of later ones are listed."""
    cases = json.loads(
        paths.resource("reference", file).read_text(encoding="utf-8"), parse_float=str
    )
    wrong: list[str] = []
    later: dict[str, int] = {}
    done = 0
    for number, case in enumerate(cases, start=1):
        shipped = case.get("protocol")
        if shipped is not None and shipped not in catalogue.ids():
            later[shipped] = later.get(shipped, 0) + 1
            continue
        done += 1
        difference = judge(catalogue, case)
        if difference:
            wrong.append(f"case {number}: {difference}")
    detail = f"{done - len(wrong)} of {done} cases match to the letter"
    if later:
        listed = ", ".join(f"{protocol} ({count})" for protocol, count in sorted(later.items()))
        detail += f"; not yet shipped: {listed}"
    if wrong:
        detail += "; " + "; ".join(wrong[:5])
    return _check(name, detail, ok=not wrong)


def _dose_case(catalogue: Catalogue, case: dict[str, Any]) -> str:
    """The difference of a dose case, empty where it matches. Both engines derive every case."""
    options = {key.replace("-", "_"): str(value) for key, value in case["args"].items()}
    found = ask_dose(catalogue, DoseQuestion(case["protocol"], **options))
    expected = dict(case["expect"])
    if expected.pop("exit") != 0:
        return (
            ""
            if isinstance(found, Refusal) and found.code != "engines-differ"
            else "was not refused"
        )
    if isinstance(found, Refusal):
        return found.text
    return _differing(dose_answer(found), expected)


def _differing(answer: dict[str, Any], expected: dict[str, Any]) -> str:
    for key, value in expected.items():
        got = answer[key]
        if isinstance(value, dict) and isinstance(got, dict):
            inner = _differing(got, value)
            if inner:
                return f"{key}.{inner}"
        elif got != value:
            return f"{key} is {got!r}, expected {value!r}"
    return ""


def _assess_case(catalogue: Catalogue, case: dict[str, Any]) -> str:
    raw: dict[str, Raw] = {
        code: tuple(value)
        if isinstance(value, list)
        else value
        if isinstance(value, bool)
        else str(value)
        for code, value in case["findings"].items()
    }
    found = ask_verdict(catalogue, case["ruleset"], raw, case.get("dosing_weight_kg"))
    if isinstance(found, Refusal):
        return found.text
    expected = {"verdict": case["verdict"], "missing": case["missing"]}
    return _differing({"verdict": found.verdict.value, "missing": list(found.missing)}, expected)


def _schedule_case(catalogue: Catalogue, case: dict[str, Any]) -> str:
    found = ask_schedule(
        catalogue, case["protocol"], case.get("arm"), case["start"], case["zone"], case["policy"]
    )
    if isinstance(found, Refusal):
        return found.text
    return _differing(
        {"local": [dose["local"] for dose in schedule_answer(found)["doses"]]},
        {"local": case["local"]},
    )


def _fonts() -> dict[str, Any]:
    try:
        return _check("fonts", ok=True, detail=", ".join(embedded_fonts()))
    except (SheetRefused, OSError) as error:
        return _check("fonts", ok=False, detail=str(error))


def _journal(path: Path | None) -> list[dict[str, Any]]:
    """Chain, guards and projections of the journal, and room on its disk."""
    chosen = path if path is not None else paths.journal_file()
    if path is None and not chosen.exists():
        return [_check("journal", ok=True, detail="this workstation has no journal yet")]
    try:
        with open_read_only(chosen) as journal:
            report = journal.check()
    except JournalFault as fault:
        return [_check("journal", ok=False, detail=str(fault))]
    found = (
        "; ".join(report.problems)
        if report.problems
        else f"{report.entries} entries, chain whole, guards in place"
    )
    free = shutil.disk_usage(chosen.parent).free
    room = f"{free // (1024 * 1024):,} MB free beside the journal"
    return [_check("journal", found, ok=report.ok), _check("disk", room, ok=free >= _LEAST_FREE)]
