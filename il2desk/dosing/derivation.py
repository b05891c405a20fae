"""The one main answer of the dosing core: a request in, a dose with its working out, or why not."""

from __future__ import annotations

from decimal import Decimal

from il2desk.dosing.basis import ExactDose, exact_dose_of
from il2desk.dosing.companion_dose import companion_doses
from il2desk.dosing.dilution import Diluted, dilute, infuse
from il2desk.dosing.dose import Dose
from il2desk.dosing.dose_request import DoseRequest
from il2desk.dosing.findings import Finding, Refusal, Severity, refuse
from il2desk.dosing.known_words import protocol_words
from il2desk.dosing.level_steps import step_in_words
from il2desk.dosing.levels import Applied, applied_dose
from il2desk.dosing.preparation import Prepared, prepare
from il2desk.dosing.regimen import DilutionMethod
from il2desk.dosing.sentence import tell
from il2desk.dosing.working import working_of
from il2desk.dosing.writing import write_dose

_NO_DURATION = Finding(
    "no-duration", Severity.NOTE, tell("No duration is stated: there is no rate. It is a gap.")
)
_NO_CAP = Finding("no-cap", Severity.NOTE, tell("No source states a dose cap: none is applied."))


def derive_dose(request: DoseRequest) -> Dose | Refusal:
    """The dose of the request by the rules of the dose arithmetic page, or a refusal.

    Doses in international units, volumes in mL, concentration in mcg per mL. Nothing is looked up
    on the way: protocol, product, weight (kg), height (cm) and time are all in the request.
    """
    applied = applied_dose(request)
    if isinstance(applied, Refusal):
        return applied
    exact = exact_dose_of(request, applied)
    if isinstance(exact, Refusal):
        return exact
    prepared = prepare(request, exact.dose_iu)
    if isinstance(prepared, Refusal):
        return prepared
    over = _over_cap(request, prepared)
    if over is not None:
        return over
    plan = applied.regimen.dilution
    diluted = dilute(plan, request.product, exact.dose_iu, prepared.volume_ml)
    if isinstance(diluted, Refusal):
        return diluted
    return _dose(request, applied, exact, prepared, diluted)


def _dose(
    request: DoseRequest, applied: Applied, exact: ExactDose, prepared: Prepared, diluted: Diluted
) -> Dose:
    regimen = applied.regimen
    minutes = regimen.infusion_minutes
    infusion = infuse(None if minutes is None else minutes.value, diluted.dilution.total_volume_ml)
    companions = companion_doses(request, regimen, exact.surface_m2)
    findings = (
        *_step_finding(applied),
        *exact.findings,
        *prepared.findings,
        *diluted.findings,
        *(finding for one in companions for finding in one.findings),
        *_order_finding(request, exact.dose_iu),
        *_notes(request, applied),
    )
    return Dose(
        request=request,
        level=applied.level,
        route=regimen.route.value,
        bsa_m2=exact.surface_m2,
        exact_dose_iu=exact.dose_iu,
        exact_volume_ml=prepared.exact_volume_ml,
        measure_step_ml=prepared.step_ml,
        syringe=prepared.syringe,
        prepared_volume_ml=prepared.volume_ml,
        prepared_dose_iu=prepared.dose_iu,
        deviation_percent=prepared.deviation_percent,
        vials=prepared.vials,
        vial_rule=prepared.vial_rule,
        left_over_ml=prepared.left_over_ml,
        dilution=diluted.dilution,
        infusion=infusion,
        doses_per_cycle=None if regimen.doses_per_cycle is None else regimen.doses_per_cycle.value,
        interval_h=None if regimen.interval_h is None else regimen.interval_h.value,
        findings=findings,
        working=working_of(request, applied, exact, prepared, diluted, infusion),
        basis_source=applied.dose.source,
        companions=companions,
    )


def _step_finding(applied: Applied) -> tuple[Finding, ...]:
    """The change from the level before, in words, where the levels follow each other."""
    if applied.step is None:
        return ()
    text = step_in_words(applied.step, "international units")
    return (Finding("level-change", Severity.NOTE, text),)


def _over_cap(request: DoseRequest, prepared: Prepared) -> Refusal | None:
    for cap in request.protocol.caps:
        if prepared.dose_iu > cap.limit_iu:
            return refuse(
                "over-cap",
                tell(
                    "Rounded to the syringe the dose would be {dose}, over {name} ({limit}). Use a "
                    "syringe with a finer step.",
                    dose=write_dose(prepared.dose_iu),
                    name=cap.name,
                    limit=write_dose(cap.limit_iu),
                ),
            )
    return None


def _order_finding(request: DoseRequest, exact: Decimal) -> tuple[Finding, ...]:
    ordered = request.ordered_dose_iu
    if ordered is None or ordered == exact:
        return ()
    text = tell(
        "The order says {ordered}; the derived exact dose is {exact}. The prescriber must "
        "amend the order before this dose can be released.",
        ordered=write_dose(ordered),
        exact=write_dose(exact),
    )
    return (Finding("order-differs", Severity.STOP, text),)


def _notes(request: DoseRequest, applied: Applied) -> tuple[Finding, ...]:
    """What the sources leave open, as notes."""
    notes: list[Finding] = []
    regimen = applied.regimen
    if regimen.infusion_minutes is None and regimen.dilution.method is not DilutionMethod.UNDILUTED:
        notes.append(_NO_DURATION)
    if not request.protocol.caps:
        notes.append(_NO_CAP)
    return (*notes, *protocol_words(request.protocol).open_gaps[regimen.arm])
