"""Labels of fictional patients, large and small."""

from __future__ import annotations

from dataclasses import replace

import worked_dose
from fictional import cycles

from il2desk.dosing import limits_of_use, write_dose, write_quantity
from il2desk.sheets import LabelFacts, Marks, SheetModel, compose_label

# Of no country: a site types its own. As long as the longest that can be stored.
CAUTION = (
    "The sentence which the law of this fictional site asks to be printed beside every drug that is "
    "investigational, as long as it may be here."
)
DOSE, RECONSTITUTED = 8, -20  # the dose that the worksheet is of too; minutes from its planned time


def make_label() -> LabelFacts:
    """A preparation that differs from the prescribed dose, of a scanned vial."""
    made, dose = cycles(), worked_dose.dose()
    total, infusion, rate = (
        dose.dilution.total_volume_ml,
        dose.infusion,
        "60\u00a0mL\u00a0per\u00a0hour",
    )
    assert total is not None
    assert infusion is not None
    (stored,) = (
        limit.storage
        for limit in limits_of_use(worked_dose.site_bundle().product, dose.dilution.method)
        if limit.state == "diluted"
    )
    return LabelFacts(
        issue=made.issue(made.moment(DOSE, made.RELEASED), "LBL"), marks=Marks(),
        patient=made.make_cycle().patient, fingerprint=worked_dose.fingerprint(),
        cycle="course 1, cycle 2", dose=f"dose {DOSE} of 15, planned {made.moment(DOSE)}",
        number=f"dose {DOSE} of 15", trial="npc-bolus-site", drug="aldesleukin",
        prepared_dose=write_dose(dose.prepared_dose_iu),
        prepared_volume=write_quantity(dose.prepared_volume_ml, "mL"),
        total=write_quantity(total, "mL"), diluent=str(dose.dilution.diluent),
        prescribed_dose=write_dose(dose.exact_dose_iu), route="intravenous",
        rate=f"over {write_quantity(infusion.minutes, 'minutes')}, {rate}",
        # The shortest limit of the product: 24 hours from reconstitution.
        use_before=made.moment(DOSE, RECONSTITUTED + 24 * 60), storage=stored, lots="A12345",
        made_by="K. Brandt", checked_by="A. Ruiz",
        product_code="(01)07613326000019(17)261231(10)A12345",
    )  # fmt: skip


def examples() -> dict[str, SheetModel]:
    """Every case by its name."""
    made = cycles()
    one = make_label()
    chinese = replace(one.patient, family_name="歐陽", given_name="大文", title="")
    long = made.long_name().patient
    practice = replace(one, marks=Marks(practice=True))
    plain = replace(one, total="", diluent="", rate="", route="subcutaneous")
    return {
        "large": compose_label(one),
        "small": compose_label(one, small=True),
        "large, chinese name": compose_label(replace(one, patient=chinese)),
        "small, chinese name": compose_label(replace(one, patient=chinese), small=True),
        "large, long names": compose_label(replace(one, patient=long)),
        "large, caution of the site": compose_label(replace(one, caution=CAUTION)),
        "small, caution of the site": compose_label(replace(one, caution=CAUTION), small=True),
        "large, practice": compose_label(practice),
        "small, practice": compose_label(practice, small=True),
        "large, not diluted": compose_label(plain),
        "small, not diluted": compose_label(plain, small=True),
    }
