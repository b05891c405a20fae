"""Dose worksheets of fictional patients: the form, and the record of a release."""

from __future__ import annotations

from dataclasses import replace

from fictional import cycles

from il2desk.sheets import (
    Marks,
    RecipeRow,
    SheetModel,
    SignatureRow,
    VialRow,
    WorkingRow,
    WorksheetFacts,
    compose_dose_worksheet,
)

WRONG_WEIGHT = (
    "Released 12-Mar-2026 13:41 for 68.4\u00a0kg: that weight was entered in error. Do not give this "
    "preparation; discard it in step 4 and release the dose anew."
)


# The dose of 68.4 kg, in the working and the recipe of the fictional cycle.
_WORKED = {
    "A": "68.4\u00a0kg, measured 12-Mar-2026",
    "C": "72,000\u00a0international\u00a0units per kg × 68.4\u00a0kg "
    "= 4,924,800\u00a0international\u00a0units",
    "D": "4,924,800 ÷ 18,000,000\u00a0international\u00a0units per mL = 0.2736\u00a0mL",
    "E": "0.2736\u00a0mL to the next 0.01\u00a0mL = 0.27\u00a0mL",
    "F": "0.27\u00a0mL × 18\u00a0million = 4.86\u00a0million\u00a0international\u00a0units",
    "G": "\u22121.32 percent, tolerance 5 percent",
    "H": "0.27\u00a0mL ÷ 1.2\u00a0mL = 1 vial, 0.93\u00a0mL left over",
    "I": "made up to 9\u00a0mL",
    "J": "0.297\u00a0mg in 9\u00a0mL = 33\u00a0mcg per mL",
    "K": "30 to 70\u00a0mcg per mL: total volume 4.25 to 9.9\u00a0mL",
}
_DRAWN = {
    "Draw up": "0.27\u00a0mL in a 1\u00a0mL syringe",
    "Dilute": "make up to 9\u00a0mL with glucose 5 percent; overfill not counted",
    "Final concentration": "33\u00a0mcg per mL",
}


def _working(rows: tuple[WorkingRow, ...]) -> tuple[WorkingRow, ...]:
    return tuple(replace(row, text=_WORKED.get(row.letter, row.text)) for row in rows)


def _recipe(rows: tuple[RecipeRow, ...]) -> tuple[RecipeRow, ...]:
    return tuple(replace(row, text=_DRAWN.get(row.label, row.text)) for row in rows)


def make_worksheet(*, released: bool) -> WorksheetFacts:
    """A dose that differs from what can be drawn up; as a form or as released."""
    full = cycles().make_full()
    form = WorksheetFacts(
        issue=full.issue, marks=Marks(not_verified=True), patient=full.patient,
        fingerprint="7c1e90ab", cycle="course 1, cycle 2",
        dose="dose 7 of 15, planned 12-Mar-2026 14:00",
        protocol="npc-bolus: nasopharyngeal carcinoma, bolus, version 2 of 01-Feb-2026",
        drug="aldesleukin", dosing_weight="68.4\u00a0kg",
        exact_dose="4.9248\u00a0million\u00a0international\u00a0units",
        prepared_dose="4.86\u00a0million\u00a0international\u00a0units",
        prepared_volume="0.27\u00a0mL", deviation="\u22121.32\u00a0percent",
        working=_working(full.working), recipe=_recipe(full.recipe), vials_needed="1 vial; withdrawable",
        vials=(VialRow(), VialRow()), total="9\u00a0mL",
        signatures=(SignatureRow("I prepared this dose as written here", "who prepares"),
                    SignatureRow("I release this preparation", "pharmacist")),
        notes=("CHECK: no check is recorded. Nothing is drawn up before a GO is recorded.",),
    )  # fmt: skip
    if not released:
        return form
    return replace(
        form, marks=Marks(), notes=(), concentration="33\u00a0mcg per mL",
        vials=(VialRow("1", "A12345", "31-Dec-2026", "000123"),),
        reconstituted="12-Mar-2026 13:20", use_before="14-Mar-2026 13:20", taken_from="control",
        deviations="none recorded",
        signatures=(
            SignatureRow("I prepared this dose as written here", "who prepares"),
            SignatureRow("I checked weight, premedication, pre-dose check and preparation as written",
                         "pharmacist", "K. Brandt", "12-Mar-2026 13:41"),
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
