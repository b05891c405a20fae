"""The patient diary from the journal: subcutaneous cycles only, volumes by the cycle sheet's derivation."""

from __future__ import annotations

from collections.abc import Iterable

from il2desk.desk.after_restore import not_complete_since_restore
from il2desk.desk.chart import CycleChart, PatientChart, chart_of
from il2desk.desk.cycle_sheet_facts import patient_facts, unsigned_of, weight_facts
from il2desk.desk.desk import Desk
from il2desk.desk.dosing_weight import weight_reasons
from il2desk.desk.for_paper import for_paper
from il2desk.desk.patient_diary_days import SUBCUTANEOUS, diary_days
from il2desk.desk.patient_diary_holds import goes_on_later
from il2desk.desk.patient_diary_storage import storage_of
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.sheet_facts import short_print
from il2desk.desk.sheet_names import version_name
from il2desk.desk.sheet_request import Composed, SheetCall, SheetRequest
from il2desk.dosing import (
    Protocol,
    Refusal,
    Regimen,
    joined,
    refuse,
    regimen_of,
    tell,
    write_moment,
)
from il2desk.protocols import Bundle
from il2desk.sheets import DiaryAdvice, DiaryFacts, DiaryTold, Marks, compose_patient_diary

FORM_CODE, FORM_VERSION = "DIA", "1"
_MISSED, _SITES = "missed dose", "injection sites"
_SYMPTOMS, _AT_ONCE = "symptoms to write down", "call at once"
"""Labels of a protocol's facts whose words a diary prints."""


def fits_diary(desk: Desk, cycle: CycleChart) -> bool:
    """Whether the cycle's aldesleukin is injected subcutaneously."""
    found = _regimen(desk, cycle)
    return not isinstance(found, Refusal) and found[1].route.value == SUBCUTANEOUS


def make_patient_diary(desk: Desk, request: SheetRequest, call: SheetCall) -> Composed | Refusal:
    """The diary of a cycle; refused where it would tell a patient a volume that does not hold."""
    chart = chart_of(desk, request.subject or "")
    if isinstance(chart, Refusal):
        return chart
    cycle = chart.cycles.get(request.cycle or "")
    if cycle is None:
        return refuse("cycle", "No cycle is planned. Plan a cycle first.")
    found = _regimen(desk, cycle)
    if isinstance(found, Refusal):
        return found
    bundle, regimen = found
    protocol = bundle.protocol
    against = _against(desk, chart, cycle, regimen)
    if against is not None:
        return against
    days = diary_days(desk, chart, cycle, protocol.drug)
    if isinstance(days, Refusal):
        return days
    unsigned = unsigned_of(cycle)
    weight = weight_facts(desk, chart, Refusal("none", ("no dose",)))
    facts = DiaryFacts(
        issue=call.issue(desk, FORM_CODE, FORM_VERSION),
        marks=Marks(
            practice=desk.practice, not_verified=bool(unsigned), unsigned=joined(", ", unsigned)
        ),
        patient=patient_facts(chart.subject, desk.local(call.issued_at).date()),
        protocol=version_name(protocol.title, protocol.version),
        fingerprint=short_print(protocol.fingerprint),
        course=str(cycle.course),
        cycle=str(cycle.number),
        weight=tell(
            "{dosing_weight} of {date}", dosing_weight=weight.dosing_weight, date=weight.date
        ),
        days=days,
        advice=DiaryAdvice(
            missed=_fact(protocol, _MISSED),
            sites=_fact(protocol, _SITES),
            symptoms=_fact(protocol, _SYMPTOMS),
            at_once=_fact(protocol, _AT_ONCE),
        ),
        storage=tuple(storage_of(bundle, regimen, days)),
        on_hold=protocol.drug if goes_on_later(cycle) else "",
        elsewhere=tuple(_elsewhere(regimen)),
    )
    return Composed(compose_patient_diary(for_paper(facts)), unsigned)


def _regimen(desk: Desk, cycle: CycleChart) -> tuple[Bundle, Regimen] | Refusal:
    bundle = bundle_of(desk, cycle.fingerprint)
    if isinstance(bundle, Refusal):
        return bundle
    regimen = regimen_of(bundle.protocol, cycle.arm)
    return regimen if isinstance(regimen, Refusal) else (bundle, regimen)


def _against(
    desk: Desk, chart: PatientChart, cycle: CycleChart, regimen: Regimen
) -> Refusal | None:
    """Why no diary is made of this cycle now, or None."""
    if regimen.route.value != SUBCUTANEOUS:
        return refuse(
            "diary-route",
            tell(
                "The route of this cycle is {route}. A patient diary is of subcutaneous "
                "injections only. Print the cycle sheet.",
                route=regimen.route.value,
            ),
        )
    stop = chart.stop_by(cycle)
    if stop is not None:
        return refuse(
            "stop",
            tell(
                "STOP at {moment}: a diary would tell the patient to go on. Take the diary "
                "that is out there back.",
                moment=write_moment(desk.local(stop.assessed_at)),
            ),
        )
    if missing := not_complete_since_restore(desk, chart.subject.id):
        return refuse("restored", missing)
    if reasons := weight_reasons(desk, chart, cycle):
        return Refusal("weight", reasons)
    return None


def _elsewhere(regimen: Regimen) -> Iterable[tuple[str, str]]:
    """Companion drugs by another route, so that nobody takes the diary for the whole treatment."""
    for companion in regimen.companions:
        route = tell("an unknown route") if companion.route is None else companion.route.value
        if route != SUBCUTANEOUS:
            yield companion.drug, route


def _fact(protocol: Protocol, label: str) -> DiaryTold | None:
    """The protocol's own words under a label, with their source; None where it has none."""
    for name, value in protocol.facts:
        if name.casefold() == label:
            return DiaryTold(value.value, value.source.cite())
    return None
