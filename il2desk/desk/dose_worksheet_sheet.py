"""The facts of a dose worksheet: what is to be prepared, or what was prepared and released."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from il2desk.desk.after_restore import not_complete_since_restore, restore_note
from il2desk.desk.clock import moment_of
from il2desk.desk.code_words import shown
from il2desk.desk.cycle_sheet_facts import as_of_cycle, patient_facts
from il2desk.desk.desk import Desk
from il2desk.desk.dose_state import weight_note
from il2desk.desk.dosing_weight import weight_reasons
from il2desk.desk.for_paper import for_paper
from il2desk.desk.gates import (
    DISCARD_IT,
    dose_of,
    may_prepare,
    overridden,
    skipped_after_hold,
    wrong_preparation,
)
from il2desk.desk.hold_rule import held_by
from il2desk.desk.place import DosePlace, Located, locate
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.records_of_a_dose import CheckRecord, DoseRecords, ReleaseRecord
from il2desk.desk.released_preparation import release_reasons, released_working
from il2desk.desk.sheet_facts import medicine_facts, recipe_rows, short_print, working_rows
from il2desk.desk.sheet_names import cycle_name, dose_name, version_name
from il2desk.desk.sheet_request import Composed, SheetCall, SheetRequest
from il2desk.desk.use_before import use_before
from il2desk.dosing import (
    DilutionMethod,
    Dose,
    Refusal,
    Regimen,
    joined,
    refuse,
    regimen_of,
    tell,
    told,
    write_date,
    write_dose,
    write_moment,
    write_quantity,
)
from il2desk.protocols import Bundle
from il2desk.records import Entry
from il2desk.sheets import (
    WORKSHEET_FORM,
    Marks,
    SignatureRow,
    VialRow,
    WorksheetFacts,
    compose_dose_worksheet,
)

_NO_CHECK = tell(
    "CHECK: no check is recorded. Nothing is drawn up before a GO or an override is recorded."
)
MEANINGS = (
    (tell("I prepared this dose as written here"), tell("who prepares")),
    (tell("I checked weight, volume, lot and label against their sources"), tell("second person")),
    (tell("I release this preparation"), tell("pharmacist")),
)


def make_dose_worksheet(desk: Desk, request: SheetRequest, call: SheetCall) -> Composed | Refusal:
    """The worksheet of the request's dose; refused where it may not be prepared and never was."""
    at = locate(desk, DosePlace(request.subject or "", request.cycle or "", request.dose or 0))
    if isinstance(at, Refusal):
        return at
    bundle = bundle_of(desk, at.cycle.fingerprint)
    if isinstance(bundle, Refusal):
        return bundle
    regimen = regimen_of(bundle.protocol, at.cycle.arm)
    if isinstance(regimen, Refusal):
        return regimen
    facts = _common(desk, at, bundle, call)
    release = at.dose.release
    if release is not None:
        differing = _differing(desk, at, release)
        if differing is not None:
            return differing
        made = _released(
            desk,
            at,
            release,
            (
                replace(
                    facts, notes=_spoken(desk, at), against=_against(desk, at), settled=_settled(at)
                ),
                bundle,
                regimen,
            ),
        )
        return Composed(compose_dose_worksheet(for_paper(made)), _unsigned(at.dose))
    dose = _may_prepare(desk, at)
    if isinstance(dose, Refusal):
        return dose
    held = held_by(at.dose)
    against = () if held is None else (_held(desk, held),)
    facts = replace(facts, notes=_spoken(desk, at), against=against)
    made = _to_prepare(facts, bundle, regimen, dose)
    return Composed(
        compose_dose_worksheet(for_paper(made)),
        (tell("dose {number}, not released", number=at.dose.number),),
    )


def _held(desk: Desk, check: CheckRecord) -> str:
    return tell(
        "the check of {moment} says HOLD. Nothing is drawn up before a GO or an override is recorded.",
        moment=write_moment(desk.local(check.assessed_at)),
    )


def _differing(desk: Desk, at: Located, release: ReleaseRecord) -> Refusal | None:
    """Refused where the engines differ, or the derivation is not what was released and stands."""
    derived = dose_of(desk, as_of_cycle(at.chart, at.cycle), at.cycle, at.dose.number)
    if isinstance(derived, Refusal):
        return derived if derived.code == "engines-differ" else None
    if derived.prepared_volume_ml == release.prepared_volume_ml:
        return None
    if not release.stands or at.dose.administration is not None:
        return None  # another weight since: the record is printed, and says DO NOT GIVE
    return refuse(
        "differs",
        tell(
            "Dose {number} was released with {released}, and "
            "{derived} is derived now. Do not give this preparation; "
            "{discard_it}, then release the dose anew.",
            number=at.dose.number,
            released=write_quantity(release.prepared_volume_ml, "mL"),
            derived=write_quantity(derived.prepared_volume_ml, "mL"),
            discard_it=DISCARD_IT,
        ),
    )


def _common(desk: Desk, at: Located, bundle: Bundle, call: SheetCall) -> WorksheetFacts:
    """What stands on it before and after the release."""
    cycle, dose = at.cycle, at.dose
    return WorksheetFacts(
        issue=call.issue(desk, *WORKSHEET_FORM),
        marks=Marks(
            practice=desk.practice, not_verified=dose.release is None or bool(_unsigned(dose))
        ),
        patient=patient_facts(at.chart.subject, desk.local(call.issued_at).date()),
        fingerprint=short_print(cycle.fingerprint),
        cycle=cycle_name(cycle),
        dose=dose_name(desk, cycle, dose),
        protocol=version_name(bundle.protocol.title, bundle.protocol.version),
        drug=bundle.protocol.drug,
        dosing_weight="",
        exact_dose="",
        prepared_dose="",
        prepared_volume="",
        deviation="",
        working=(),
        recipe=(),
        vials_needed="",
        vials=(),
        signatures=(),
    )


def _to_prepare(
    facts: WorksheetFacts, bundle: Bundle, regimen: Regimen, dose: Dose
) -> WorksheetFacts:
    """The form: everything computed, and blank cells for lots, times and hands."""
    medicine = medicine_facts(bundle, regimen, dose)
    weight, total = dose.request.weight_kg, dose.dilution.total_volume_ml
    return replace(
        facts, dosing_weight="" if weight is None else write_quantity(weight, "kg"),
        exact_dose=write_dose(dose.exact_dose_iu), prepared_dose=write_dose(dose.prepared_dose_iu),
        prepared_volume=write_quantity(dose.prepared_volume_ml, "mL"),
        deviation=medicine.deviation, working=working_rows(dose, regimen),
        recipe=tuple(
            # Volumes of other days have no place on the sheet of one dose.
            row for row in recipe_rows(bundle, regimen, dose) if not row.label.startswith("Draw, ")
        ),
        vials_needed=_vials(dose.vials, dose.vial_rule),
        vials=tuple(VialRow() for _ in range(dose.vials + 1)),
        total="" if total is None else write_quantity(total, "mL"),
        diluent=_diluent(dose.dilution.method.value, dose.dilution.diluent),
        container=_container(dose.dilution.bag_ml),
        signatures=tuple(SignatureRow(*meaning) for meaning in MEANINGS),
    )  # fmt: skip


def _released(
    desk: Desk, at: Located, release: ReleaseRecord, given: tuple[WorksheetFacts, Bundle, Regimen]
) -> WorksheetFacts:
    """What two people released, from the record alone."""
    facts, bundle, regimen = given
    told, weight, total = release.dose, release.weight_kg, release.total_volume_ml
    last = use_before(desk, at.cycle, release)
    reached = told["dilution"]["final_concentration_mcg_per_ml"]
    where = release.taken_from
    recipe = recipe_rows(bundle, regimen, refuse("released", "The record of the release says it."))
    reconstituted, bag = release.reconstituted_at, told["dilution"]["bag_ml"]
    return replace(
        facts,
        dosing_weight="" if weight is None else write_quantity(weight, "kg"),
        exact_dose=write_dose(Decimal(told["exact_dose_iu"])),
        prepared_dose=write_dose(release.prepared_dose_iu),
        prepared_volume=write_quantity(release.prepared_volume_ml, "mL"),
        deviation=write_quantity(Decimal(told["deviation_percent"]), "percent"),
        working=released_working(release),
        recipe=recipe,
        vials_needed=_vials(told["vials"], told["vial_rule"]),
        vials=tuple(
            VialRow(
                str(lot.vials),
                lot.lot,
                write_date(date.fromisoformat(lot.expiry)),
                ", ".join(lot.serials) or tell("none scanned"),
            )
            for lot in release.lots
        ),
        total="" if total is None else write_quantity(total, "mL"),
        diluent=_diluent(told["dilution"]["method"], release.diluent),
        container=""
        if bag is None or total is None or release.volume_choice
        else _container(Decimal(bag)),
        concentration=""
        if reached is None
        else tell("{reached} per mL", reached=write_quantity(Decimal(reached), "mcg")),
        reconstituted="" if reconstituted is None else write_moment(desk.local(reconstituted)),
        use_before="" if last is None else write_moment(desk.local(last)),
        taken_from="" if where is None else shown(str(where.get("place", ""))),
        deviations=joined("; ", release_reasons(desk, release)) or tell("none recorded"),
        signatures=_signatures(desk, release),
    )


def _vials(count: int, rule: str) -> str:
    many = tell("1 vial") if count == 1 else tell("{count} vials", count=count)
    return tell("{many}, counted by the {rule} rule", many=many, rule=shown(rule))


def _diluent(method: str, diluent: str | None) -> str:
    """What it is made up with; empty where nothing is diluted."""
    return "" if method == DilutionMethod.UNDILUTED.value else diluent or ""


def _container(bag_ml: Decimal | None) -> str:
    """The bag that a source names; a total volume alone names no container."""
    return "" if bag_ml is None else tell("bag of {volume}", volume=write_quantity(bag_ml, "mL"))


def _signatures(desk: Desk, release: ReleaseRecord) -> tuple[SignatureRow, ...]:
    """Who released, as signed in the journal; and a line for whoever prepared with a pen."""
    entry = desk.journal.entry(release.entry)
    signed = () if entry is None else _signed(desk, entry)
    return (SignatureRow(*MEANINGS[0]), *signed)


def _signed(desk: Desk, entry: Entry) -> tuple[SignatureRow, ...]:
    return tuple(
        SignatureRow(
            told(one["meaning"]),
            shown(one["role"]),
            one["name"],
            write_moment(desk.local(moment_of(one["at"]))),
        )
        for one in entry.body["signatures"]
    )


def _settled(at: Located) -> str:
    """What stands across the pages of a dose with an outcome: nobody prepares it a second time."""
    record = at.dose.administration
    return (
        ""
        if record is None
        else tell("ALREADY RECORDED: {outcome}", outcome=shown(record.outcome.upper()))
    )


def _against(desk: Desk, at: Located) -> tuple[str, ...]:
    """Why what was released must not be given; the clock is not asked, the use before is printed."""
    if at.dose.administration is not None:
        return ()
    against = wrong_preparation(desk, at, aged=False)
    return (against,) if against else ()


def _spoken(desk: Desk, at: Located) -> tuple[str, ...]:
    """What must be read before anything is drawn up: facts of the record, whatever the hour."""
    dose = at.dose
    said = [*restore_note(desk, at.chart.subject.id)]
    check, release = dose.check, dose.release
    if release is None and (
        check is None or (check.verdict != "GO" and not overridden(dose, check))
    ):
        said.append(
            _NO_CHECK
            if check is None
            else tell(
                "CHECK: the check says {verdict}. Nothing is drawn up before a GO or an override "
                "is recorded.",
                verdict=check.verdict,
            )
        )
    elif release is None and check is not None:
        said.append(_standing(desk, check))
    if dose.override is not None:
        ordered = dose.override
        said.append(
            tell(
                "OVERRIDE {moment}: ordered by {prescriber} ({way}). Reason: {reason}",
                moment=write_moment(desk.local(ordered.at)),
                prescriber=ordered.prescriber,
                way=shown(ordered.way),
                reason=ordered.reason,
            )
        )
    if dose.administration is not None:
        said.append(
            tell(
                "Dose {number} is recorded: {outcome}.",
                number=dose.number,
                outcome=shown(dose.administration.outcome),
            )
        )
        if changed := weight_note(dose):
            said.append(tell("Of the weight that it was released on: {changed}.", changed=changed))
    for one in dose.discarded:
        when = write_moment(desk.local(one.at))
        said.append(
            tell(
                "An earlier preparation was discarded {when} by {by}: {reason}",
                when=when,
                by=one.by,
                reason=one.reason,
            )
        )
    return tuple(said)


def _unsigned(dose: DoseRecords) -> tuple[str, ...]:
    """The record of the dose, where it waits for a second person."""
    record = dose.administration
    return (
        (tell("dose {number}", number=dose.number),) if record is not None and record.waits else ()
    )


def _may_prepare(desk: Desk, at: Located) -> Dose | Refusal:
    """The dose to prepare; refused for all that the release would refuse it for, but check and vials."""
    if missing := not_complete_since_restore(desk, at.chart.subject.id):
        return refuse("restored", missing)
    if against := weight_reasons(desk, at.chart, at.cycle):
        return Refusal("weight", against)
    if skipped := skipped_after_hold(desk, at.cycle, at.dose):
        return Refusal("hold-skips", tuple(skipped))
    return may_prepare(desk, at.chart, at.cycle, at.dose.number)


def _standing(desk: Desk, check: CheckRecord) -> str:
    """The check that the release will ask for, with its end: paper does not know what time it is."""
    when = write_moment(desk.local(check.assessed_at))
    if check.weight_corrected_at is not None:
        return tell(
            "CHECK: that of {when} rests on a weight entered in error. Check anew before release.",
            when=when,
        )
    until = "" if check.valid_until is None else write_moment(desk.local(check.valid_until))
    return tell(
        "CHECK: {verdict} of {when}, valid to {until}; then it is made anew.",
        verdict=check.verdict,
        when=when,
        until=until or tell("no stated time"),
    )


def has_worksheet(dose: DoseRecords) -> bool:
    """Whether the dose is still to be prepared, or was."""
    return dose.release is not None or dose.administration is None
