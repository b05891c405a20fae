"""Is this installation sound? Engines, reference cases, catalogue, fonts, journal, disk."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
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
from il2desk.sheets import embedded_fonts

Judge = Callable[[Catalogue, dict[str, Any]], str]
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
            _reference("engines agree", _engines, catalogue, "dose_cases.json"),
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


def verification_text(found: dict[str, Any]) -> str:
    """The same for a terminal, a check a line."""
    return "\n".join(
        f"{'ok   ' if check['ok'] else 'WRONG'} {check['name']}: {check['detail']}"
        for check in found["checks"]
    )


def _check(name: str, detail: str, *, ok: bool) -> dict[str, Any]:
    return {"name": name, "ok": ok, "detail": detail}


def _reference(name: str, judge: Judge, catalogue: Catalogue, file: str) -> dict[str, Any]:
    """All cases of the shipped protocols to the letter; those of later ones are listed."""
    try:
        text = paths.resource("reference", file).read_text(encoding="utf-8")
        return _judged(name, judge, catalogue, json.loads(text, parse_float=str))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        detail = f"{file} cannot be used ({type(error).__name__}). Install the program again."
        return _check(name, ok=False, detail=detail)


def _judged(name: str, judge: Judge, catalogue: Catalogue, cases: Any) -> dict[str, Any]:  # noqa: ANN401
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
    so = "agree to the last digit" if judge is _engines else "match to the letter"
    detail = f"{done - len(wrong)} of {done} cases {so}"
    if later:
        listed = ", ".join(f"{protocol} ({count})" for protocol, count in sorted(later.items()))
        detail += f"; not yet shipped: {listed}"
    if wrong:
        detail += "; " + "; ".join(wrong[:5])
    return _check(name, detail, ok=done > 0 and not wrong)


def _dose_case(catalogue: Catalogue, case: dict[str, Any]) -> str:
    """The difference of a dose case, empty where it matches. Both engines derive every case."""
    found = ask_dose(catalogue, _question(case))
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


def _question(case: dict[str, Any]) -> DoseQuestion:
    options = {key.replace("-", "_"): str(value) for key, value in case["args"].items()}
    return DoseQuestion(case["protocol"], **options)


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
    except Exception as error:  # noqa: BLE001 - a damaged font fails in ways of the PDF library
        return _check("fonts", ok=False, detail=f"{error}. Install the program again.")


def _engines(catalogue: Catalogue, case: dict[str, Any]) -> str:
    """Where the two engines differ on a dose case; empty where they agree or both refuse."""
    found = ask_dose(catalogue, _question(case))
    differ = isinstance(found, Refusal) and found.code == "engines-differ"
    return found.text if differ and isinstance(found, Refusal) else ""


def _journal(path: Path | None) -> list[dict[str, Any]]:
    """Chain, guards and projections of the journal, and room on its disk."""
    try:
        chosen = path if path is not None else paths.journal_file()
    except paths.SettingsFault as fault:
        return [_check("journal", ok=False, detail=str(fault))]
    if path is None and not chosen.exists():
        none = "this workstation has no journal yet"
        return [_check("journal", ok=True, detail=none), _disk(chosen)]
    try:
        with open_read_only(chosen) as journal:
            report = journal.check()
    except JournalFault as fault:
        return [_check("journal", ok=False, detail=str(fault))]
    found = (
        "; ".join(report.problems)
        if report.problems
        else f"{report.entries} entries; chain whole, guards and views in place"
    )
    return [_check("journal", found, ok=report.ok), _disk(chosen)]


def _disk(journal: Path) -> dict[str, Any]:
    """Room where the journal lies or would lie."""
    folder = next(place for place in journal.absolute().parents if place.is_dir())
    free = shutil.disk_usage(folder).free
    room = f"{free // (1024 * 1024):,} MB free for the journal"
    return _check("disk", room, ok=free >= _LEAST_FREE)
