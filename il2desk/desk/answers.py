"""Answers as plain objects for the command line and the journal: amounts are strings."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from il2desk.dosing import (
    Assessment,
    ChecklistItem,
    CompanionDose,
    DilutionMethod,
    Dose,
    Schedule,
    plain,
    plain_rounded,
    rounded_down,
    rounded_up,
    unjudged_rows,
    write_amount,
)


def text_of(value: Decimal | Fraction | None) -> str | None:
    """Plain notation, or None."""
    return None if value is None else plain(value)


def spoken(text: str) -> str:
    """A sentence with ordinary spaces, for terminals and JSON."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def dose_json(dose: Dose) -> dict[str, Any]:
    """A dose as the command line page describes it, to the key."""
    answer = dose_answer(dose)
    lines = answer["working"]
    answer["working"] = [{key: line[key] for key in ("step", "text", "source")} for line in lines]
    return answer


def dose_answer(dose: Dose) -> dict[str, Any]:
    """A dose as the journal keeps it: as the command line prints it, with the lines' labels."""
    request = dose.request
    protocol = request.protocol
    infusion = dose.infusion
    return {
        "protocol": protocol.id,
        "version": protocol.version,
        "fingerprint": protocol.fingerprint,
        "status": protocol.status,
        "arm": request.arm,
        "level": dose.level,
        "drug": protocol.drug,
        "route": dose.route,
        "weight_kg": text_of(request.weight_kg),
        "bsa_m2": text_of(dose.bsa_m2),
        "exact_dose_iu": plain(dose.exact_dose_iu),
        "exact_volume_ml": plain(dose.exact_volume_ml),
        "prepared_volume_ml": plain(dose.prepared_volume_ml),
        "prepared_dose_iu": plain(dose.prepared_dose_iu),
        "deviation_percent": plain_rounded(dose.deviation_percent, 2),
        "vials": dose.vials,
        "vial_rule": dose.vial_rule,
        "left_over_ml": plain(dose.left_over_ml),
        "dilution": dilution_answer(dose),
        "infusion": None
        if infusion is None
        else {
            "minutes": plain(infusion.minutes),
            "rate_ml_per_h": None
            if infusion.rate_ml_per_h is None
            else plain_rounded(infusion.rate_ml_per_h, 1),
        },
        "doses_per_cycle": dose.doses_per_cycle,
        "interval_h": text_of(dose.interval_h),
        "companions": companions_answer(dose),
        "findings": [
            {"code": finding.code, "severity": finding.severity.value, "text": spoken(finding.text)}
            for finding in dose.findings
        ],
        "working": [
            {
                "step": step.letter,
                "label": step.label,
                "text": spoken(step.text),
                "source": spoken(step.source),
            }
            for step in dose.working
        ],
    }


def companions_answer(dose: Dose) -> list[dict[str, Any]]:
    """The companion drugs planned with this dose; what is open or cannot be worked out is null."""
    return [_companion_answer(one) for one in dose.companions]


def _companion_answer(one: CompanionDose) -> dict[str, Any]:
    volume, companion = one.volume, one.companion
    dose = None if one.exact_dose is None else write_amount(one.exact_dose, companion.unit)
    return {
        "drug": companion.drug,
        "route": None if companion.route is None else companion.route.value,
        "timing": None if companion.timing is None else companion.timing.value,
        "level": one.level,
        "dose": None if dose is None else spoken(dose),
        "exact_dose": text_of(one.exact_dose),
        "unit": companion.unit,
        "presentation": None if volume is None else volume.presentation.name,
        "exact_volume_ml": None if volume is None else plain(volume.exact_ml),
        "prepared_volume_ml": None if volume is None else text_of(volume.prepared_ml),
        "prepared_dose": None if volume is None else plain(volume.dose),
        "deviation_percent": None if volume is None else plain_rounded(volume.deviation_percent, 2),
        "containers": None if volume is None else volume.containers,
        "working": [
            {"step": line.letter, "label": line.label, "text": spoken(line.text), "source": spoken(line.source)}
            for line in one.working
        ],
    }  # fmt: skip


def dilution_answer(dose: Dose) -> dict[str, Any]:
    """The dilution; a value that does not apply is null."""
    dilution = dose.dilution
    window = dilution.window_total_ml
    reached = dilution.final_concentration
    return {
        "method": dilution.method.value,
        "diluent": dilution.diluent,
        "bag_ml": None
        if dilution.method is DilutionMethod.WINDOW_VOLUME
        else text_of(dilution.bag_ml),
        "total_volume_ml": text_of(dilution.total_volume_ml),
        "final_concentration_mcg_per_ml": None if reached is None else plain_rounded(reached, 1),
        "in_window": dilution.in_window,
        "window_total_ml": None
        if window is None
        else [plain(rounded_up(window[0], 2)), plain(rounded_down(window[1], 2))],
    }


def schedule_answer(schedule: Schedule) -> dict[str, Any]:
    """A planned cycle: local times with a numeric offset, UTC with Z."""
    change = schedule.clock_change
    return {
        "doses": [
            {
                "number": dose.number,
                "local": dose.local.isoformat(timespec="minutes"),
                "utc": dose.utc.strftime("%Y-%m-%dT%H:%MZ"),
            }
            for dose in schedule.doses
        ],
        "clock_change": None
        if change is None
        else {"local_date": change.local_date.isoformat(), "text": spoken(change.text)},
    }


def assessment_answer(answer: Assessment) -> dict[str, Any]:
    """A verdict with a row per criterion, and one per number that the set has no row for.

    A row without a value has null. `not_judged` names what is not clearly normal, and the numbers
    that no set at all has a row for.
    """
    return {
        "ruleset": answer.rule_set,
        "verdict": answer.verdict.value,
        "scope": answer.scope,
        "gaps": list(answer.gaps),
        "not_judged": [
            *(code for code, _ in answer.not_judged),
            *(one.code for one in answer.unjudged if not one.elsewhere),
        ],
        "criteria": [
            {
                "code": row.code or None, "limit": spoken(row.limit), "value": spoken(row.value) or None,
                "class": row.kind, "result": row.result, "source": spoken(row.source),
            }
            for row in (*answer.criteria, *unjudged_rows(answer.unjudged))
        ],
        "relative": answer.relative,
        "absolute": answer.absolute,
        "missing": list(answer.missing),
    }  # fmt: skip


def premedication_answer(made: ChecklistItem) -> dict[str, Any]:
    """One item of a checklist."""
    item = made.item
    interval = item.interval_h
    hours = None
    if interval is not None:
        low, high = interval
        hours = plain(low) if low == high else f"{plain(low)} to {plain(high)}"
    return {
        "name": item.name,
        "dose": text_of(made.amount),
        "unit": item.unit,
        "route": item.route,
        "timing": spoken(item.timing),
        "interval_h": hours,
        "daily_max": text_of(item.daily_max),
        "daily_max_unit": item.daily_max_unit,
        "given_if": item.given_if,
        "blocked_if": [spoken(block.text) for block in item.blocked_if],
        "source": spoken(item.source.cite()),
    }
