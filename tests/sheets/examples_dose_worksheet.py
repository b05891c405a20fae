"""Dose worksheets of fictional patients: the form, and the record of a release."""

from __future__ import annotations

from dataclasses import replace

import worked_dose
from examples_dose_label import DOSE, RECONSTITUTED
from fictional import cycles

from il2desk.desk import RELEASE_FIRST, RELEASE_SECOND
from il2desk.desk.dose_worksheet_sheet import MEANINGS
from il2desk.dosing import write_dose, write_quantity
from il2desk.sheets import (
    Marks,
    SheetModel,
    SignatureRow,
    VialRow,
    WorksheetFacts,
    compose_dose_worksheet,
)

PLANNED = f"dose {DOSE} of 15, planned {cycles().moment(DOSE)}"
WRONG_WEIGHT = (
    f"Released {cycles().moment(DOSE, cycles().RELEASED)} for 68.4\u00a0kg: that weight was entered in "
    "error. Do not give this preparation; discard it (in the program: step 4 of the dose) and release "
    "the dose anew."
)


def make_worksheet(*, released: bool) -> WorksheetFacts:
    """A dose that differs from what can be drawn up; as a form or as released."""
    made, dose = cycles(), worked_dose.dose()
    medicine = worked_dose.medicine(15)
    form = WorksheetFacts(
        issue=made.issue(made.moment(DOSE, -60), "DWS"), marks=Marks(not_verified=True),
        patient=made.make_cycle().patient, fingerprint=worked_dose.fingerprint(),
        cycle="course 1, cycle 2", dose=PLANNED, protocol=worked_dose.protocol_line(),
        drug="aldesleukin", dosing_weight=write_quantity(worked_dose.KG, "kg"),
        exact_dose=write_dose(dose.exact_dose_iu), prepared_dose=write_dose(dose.prepared_dose_iu),
        prepared_volume=write_quantity(dose.prepared_volume_ml, "mL"), deviation=medicine.deviation,
        working=worked_dose.working(), recipe=worked_dose.recipe(),
        vials_needed="1 vial, counted by the withdrawable rule", vials=(VialRow(), VialRow()),
        total=medicine.total, diluent=medicine.diluent,
        signatures=tuple(SignatureRow(*meaning) for meaning in MEANINGS),
        notes=(
            "CHECK: no check is recorded. Nothing is drawn up before a GO or an override is recorded.",
        ),
    )  # fmt: skip
    if not released:
        return form
    at = made.moment(DOSE, made.RELEASED)
    return replace(
        form, issue=made.issue(at, "DWS"), marks=Marks(), notes=(),
        concentration="59.4\u00a0mcg per mL", recipe=worked_dose.recipe(released=True),
        vials=(VialRow("1", "A12345", "31-Dec-2026", "000123"),),
        reconstituted=made.moment(DOSE, RECONSTITUTED),
        use_before=made.moment(DOSE, RECONSTITUTED + 24 * 60), taken_from="control",
        deviations="none recorded",
        signatures=(
            SignatureRow(*MEANINGS[0]),
            SignatureRow(RELEASE_FIRST, "pharmacist", "K. Brandt", at),
            SignatureRow(RELEASE_SECOND, "nurse", "A. Ruiz", at),
        ),
    )  # fmt: skip


def examples() -> dict[str, SheetModel]:
    """Every case by its name."""
    made = cycles()
    done = make_worksheet(released=True)
    chinese = replace(done.patient, family_name="歐陽", given_name="大文", title="")
    long = made.long_name().patient
    facts = {
        "form": make_worksheet(released=False),
        "released": done,
        "weight entered in error": replace(done, against=(WRONG_WEIGHT,)),
        "20 vials": replace(make_worksheet(released=False), vials=(VialRow(),) * 21),
        "chinese name": replace(done, patient=chinese),
        "long names and a five-line allergy": replace(done, patient=long),
    }
    return {name: compose_dose_worksheet(one) for name, one in facts.items()}
