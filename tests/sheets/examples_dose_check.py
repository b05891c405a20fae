"""Pre-dose checks of a fictional patient: a form, a HOLD that was overridden.

The values are judged by the program itself; only platelets are missing of what is required.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import worked_dose
from fictional import cycles

from il2desk.desk import OVERRIDE_FIRST, OVERRIDE_SECOND
from il2desk.desk.dose_check_form import form_facts
from il2desk.desk.sheet_notes import name_of_code
from il2desk.sheets import (
    CheckFacts,
    CheckRow,
    Marks,
    SheetModel,
    SignatureRow,
    compose_dose_check,
)

DOSE, MEASURED = 9, -28  # the dose that cycles() tells of; minutes from its planned time
FOUND: dict[str, Any] = {
    "heart_rate": "88", "rhythm": "sinus", "ecg_ischaemia": False, "oxygen_l_min": "0", "neuro": (),
    "creatinine": "2.6", "urine_8h": "120", "bilirubin": "0.8", "bicarbonate": "24",
    "bleeding": "none", "infection": "none", "skin": "intact", "weight_gain_percent": "1.2",
}  # fmt: skip
_WEIGHTS = {"relative": "HOLD", "absolute": "STOP"}


def make_check(*, blank: bool = False) -> CheckFacts:
    """A check on HOLD that was overridden, or the empty form."""
    made = cycles()
    common = CheckFacts(
        issue=made.issue(made.moment(DOSE, -14), "CHK"), marks=Marks(), patient=made.make_cycle().patient,
        fingerprint=worked_dose.fingerprint(), cycle="course 1, cycle 2",
        dose=f"dose {DOSE} of 15, planned {made.moment(DOSE)}", protocol=worked_dose.protocol_line(),
        drug="aldesleukin", rule_set=worked_dose.rule_set_line(), rows=(), signatures=(),
    )  # fmt: skip
    if blank:
        common = replace(common, issue=made.issue(made.moment(DOSE, -60), "CHK"))
        return form_facts(common, worked_dose.site_bundle().rule_sets[None], worked_dose.KG)
    stored = worked_dose.judged(FOUND, worked_dose.planned(DOSE) + timedelta(minutes=MEASURED))
    checked, ordered = made.moment(DOSE, made.CHECKED), made.moment(DOSE, -14)
    return replace(
        common, verdict=f"{stored['verdict']} \u2013 OVERRIDDEN", sentence=stored["sentence"],
        overridden=(
            f"Overridden {ordered}, ordered by Dr A. Chen (by telephone), signed by K. Brandt and A. Ruiz"
        ),
        rows=tuple(_row(row, made.moment(DOSE, MEASURED)) for row in stored["criteria"]),
        recorded=f"{checked} by A. Ruiz", valid=f"to {made.moment(DOSE, made.CHECKED + 110)}, when heart rate at dosing is too old",
        counts=(
            f"STOP {stored['absolute']}, HOLD {stored['relative']}; required {stored['required']}, "
            f"missing {len(stored['missing'])}"
        ),
        missing=tuple(name_of_code(code) for code in stored["missing"]),
        not_judged=(
            *(name_of_code(code) for code in stored["not_judged"]),
            f"{sum(row['result'] == 'not assessed' for row in stored['criteria'])} criteria not assessed",
        ),
        notes=((f"OVERRIDDEN {ordered}: ordered by Dr A. Chen (by telephone). Reason: kidney "
               "function known. Signed by K. Brandt and A. Ruiz."),),
        earlier=(f"CANNOT ASSESS {made.moment(DOSE, -25)} by A. Ruiz, ENTERED IN ERROR",),
        signatures=(
            SignatureRow("I judged this dose by these values", "who assesses", "A. Ruiz", checked),
            SignatureRow(OVERRIDE_FIRST, "pharmacist", "K. Brandt", ordered),
            SignatureRow(OVERRIDE_SECOND, "nurse", "A. Ruiz", ordered),
            SignatureRow("I read this check before the dose", "who gives the dose"),
        ),
    )  # fmt: skip


def _row(row: dict[str, Any], when: str) -> CheckRow:
    """A stored criterion as the desk prints it."""
    kind = _WEIGHTS[row["class"]]
    result = {"met": f"\u25b2 {kind}", "not met": "within"}.get(row["result"], row["result"])
    named = [name_of_code(code) for code in row["code"].split(" / ")]
    names = " or ".join(named)
    still_open = [name for name in named if f"{name}: not assessed" in row["value"]]
    if result == "within" and still_open:
        result = f"within; {', '.join(still_open)} not assessed"
    value = row["value"] or "not assessed"
    shown = when if row["value"] else "\u2013"
    return CheckRow(names, row["limit"], kind, value, shown, result, row["source"])


def examples() -> dict[str, SheetModel]:
    """Every case by its name."""
    made = cycles()
    hold = make_check()
    chinese = replace(hold.patient, family_name="歐陽", given_name="大文", title="")
    long = made.long_name().patient
    facts = {
        "form": make_check(blank=True),
        "hold and override": hold,
        "chinese name": replace(hold, patient=chinese),
        "long names and a five-line allergy": replace(hold, patient=long),
    }
    return {name: compose_dose_check(one) for name, one in facts.items()}
