"""Labels of fictional patients, large and small."""

from __future__ import annotations

from dataclasses import replace

from fictional import cycles

from il2desk.sheets import LabelFacts, Marks, SheetModel, compose_label

# Of no country: a site types its own. As long as the longest that can be stored.
CAUTION = (
    "The sentence which the law of this fictional site asks to be printed beside every drug that is "
    "investigational, as long as it may be here."
)


def make_label() -> LabelFacts:
    """A preparation that differs from the prescribed dose, of a scanned vial."""
    full = cycles().make_full()
    return LabelFacts(
        issue=full.issue, marks=Marks(), patient=full.patient, fingerprint="7c1e90ab",
        cycle="course 1, cycle 2", dose="dose 7 of 15, planned 12-Mar-2026 14:00",
        number="dose 7 of 15", trial="npc-bolus", drug="aldesleukin",
        prepared_dose="4.86\u00a0million\u00a0international\u00a0units",
        prepared_volume="0.27\u00a0mL", total="9\u00a0mL", diluent="glucose 5\u00a0%",
        prescribed_dose="4.9248\u00a0million\u00a0international\u00a0units", route="intravenous",
        rate="over 15\u00a0minutes, 36\u00a0mL\u00a0per\u00a0hour", use_before="14-Mar-2026 13:20",
        storage="diluted solution at 2 to 8\u00a0\u00b0C, protected from light", lots="A12345",
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
    return {
        "large": compose_label(one),
        "small": compose_label(one, small=True),
        "large, chinese name": compose_label(replace(one, patient=chinese)),
        "small, chinese name": compose_label(replace(one, patient=chinese), small=True),
        "large, long names": compose_label(replace(one, patient=long)),
        "large, caution of the site": compose_label(replace(one, caution=CAUTION)),
        "small, caution of the site": compose_label(replace(one, caution=CAUTION), small=True),
        "small, practice": compose_label(practice, small=True),
    }
