"""Premedication checklists of fictional patients: empty, filled in, more items than one table holds."""

from __future__ import annotations

from dataclasses import replace

from fictional import cycles

from il2desk.sheets import (
    DosePremedication,
    GivenItem,
    Marks,
    PremedicationSheetFacts,
    SheetModel,
    SignatureRow,
    compose_premedication,
)


def make_checklist(*, given: int, times: int = 1) -> PremedicationSheetFacts:
    """A cycle of 15 doses; so many of them with everything recorded; the items so many times over."""
    full = cycles().make_full()
    items = full.premedication * times
    written = (
        GivenItem("given 13:30", "650\u00a0mg", "24 hours: 1.3\u00a0g of 3.9\u00a0g"),
        GivenItem("not given", "creatinine above 1.5\u00a0mg/dL"),
        GivenItem("given 13:35", "10.5\u00a0mg"),
    ) * times
    still_open = (
        GivenItem(maximum="3.9\u00a0g"), GivenItem(blocked=True, maximum="100\u00a0mg"), GivenItem(),
    ) * times  # fmt: skip
    doses = tuple(
        DosePremedication(
            row.number,
            f"{row.planned_day} {row.planned_time.split()[0]}",
            written if row.number <= given else still_open,
        )
        for row in full.doses
    )
    return PremedicationSheetFacts(
        issue=full.issue, marks=Marks(), patient=full.patient, fingerprint="7c1e90ab",
        cycle="course 1, cycle 2", dosing_weight="70\u00a0kg",
        protocol="npc-bolus: nasopharyngeal carcinoma, bolus, version 2 of 01-Feb-2026",
        set_name="high-dose-consensus, version 1", items=items, doses=doses,
        signatures=(SignatureRow("I checked amounts, intervals and what is blocked", "pharmacist"),
                    SignatureRow("What stands here as given was given", "nurse")),
        other_drugs="metoprolol",
    )  # fmt: skip


def stopped(facts: PremedicationSheetFacts) -> PremedicationSheetFacts:
    """A STOP at the tenth dose: of the later ones nothing is given."""
    none = tuple(GivenItem("cancelled: STOP") for _ in facts.items)
    doses = tuple(replace(one, items=none) if one.number > 10 else one for one in facts.doses)
    return replace(facts, doses=doses)


def examples() -> dict[str, SheetModel]:
    """Every case by its name."""
    made = cycles()
    some = make_checklist(given=4)
    long = made.long_name().patient
    chinese = replace(some.patient, family_name="歐陽", given_name="大文", title="")
    facts = {
        "15 doses": make_checklist(given=0),
        "some given": some,
        "stopped": stopped(some),
        "practice": replace(make_checklist(given=0), marks=Marks(practice=True)),
        "nine items": make_checklist(given=2, times=3),
        "chinese name": replace(some, patient=chinese),
        "long names and a five-line allergy": replace(some, patient=long),
    }
    return {name: compose_premedication(one) for name, one in facts.items()}
