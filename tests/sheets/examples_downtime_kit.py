"""Downtime kits by name: one dose, a day of doses, held and released, long and Chinese names, 40 patients.

Fictional patients; the numbers are those of the worked cycle of the sheet tests.
"""

from __future__ import annotations

from dataclasses import replace

from il2desk.sheets import (
    Allergies,
    CriterionRow,
    DowntimeKitFacts,
    KitAmount,
    KitCompanion,
    KitDose,
    KitListed,
    KitPatient,
    KitRules,
    Marks,
    Patient,
    RecipeRow,
    SheetGap,
    SheetIssue,
    SheetModel,
    compose_downtime_kit,
    shown_name,
)

DOSE = "5.04\u00a0million\u00a0international\u00a0units"
ISSUE = SheetIssue(
    "DTK-3F0C11-9F31C2A0", "DTK", "1", "0.1.0", "214", "9f31c2a07be4", "12-Mar-2026 14:02",
    "20260312130200", "K. Brandt", "", "Ward pharmacy, City Hospital",
)  # fmt: skip
PATIENT = Patient(
    "Löwenstein", "Maria", "Ms", "04-Mar-1961", "65y", "Female", "402 118 7765", "NPC-014", "ML",
    Allergies.KNOWN, "penicillin (rash), latex", "4 West", "12",
)  # fmt: skip
LONG = replace(
    PATIENT, family_name="Wolfeschlegelsteinhausenbergerdorff",
    given_name="Maximiliana Alexandrina Theodosia-A", trial_code="NPC-015",
)  # fmt: skip
CHINESE = replace(PATIENT, family_name="歐陽", given_name="大文", title="", trial_code="NPC-016")
ALLERGIC = replace(
    PATIENT, trial_code="NPC-018",
    allergies_text="\n".join(
        f"allergy number {number}, with a reaction described at some length" for number in range(1, 6)
    ),
)  # fmt: skip
RULES = KitRules(
    title="npc-bolus, version 2", fingerprint="7c1e90ab12cd", rule_set="jitc-2014, version 1",
    criteria=(
        CriterionRow("creatinine", "2.5 to below 3\u00a0mg/dL", "HOLD", "", "2014, table 2"),
        CriterionRow("bleeding", "frank", "STOP this cycle", "", "2014, table 2"),
    ),
    rules=(
        ("Minimum interval", "at least 6\u00a0hours between doses"),
        ("A check is valid for", SheetGap("Validity of a check", "")),
    ),
    recipe=(RecipeRow("Reconstitute", "1.2\u00a0mL water for injections, swirl", "label"),),
)  # fmt: skip


def dose(number: int, **changes: object) -> KitDose:
    hour = (14 + 8 * (number - 1)) % 24
    made = KitDose(str(number), "Thu\u00a012-Mar-2026", f"{hour:02d}:00 +01:00", "Scheduled")
    return replace(made, **changes)


def patient(who: Patient = PATIENT, doses: int = 3, **changes: object) -> KitPatient:
    made = KitPatient(
        patient=who, protocol="npc-bolus: nasopharyngeal carcinoma, bolus, version 2",
        cycle="course 1, cycle 2", fingerprint="7c1e90ab12cd", drug="aldesleukin",
        weight="70\u00a0kg of 10-Mar-2026 08:00", minimum_interval="at least 6\u00a0hours between doses",
        last_given="Last dose given: 12-Mar-2026 06:04 (dose 5 of cycle 2, course 1)",
        counts="In this cycle: 4 given, 1 part given, 0 held, 0 omitted, 0 not known",
        doses=tuple(dose(number) for number in range(1, doses + 1)),
        amounts=(
            KitAmount(
                "dose 1" if doses == 1 else f"doses 1 to {doses}", DOSE, DOSE, "0.28\u00a0mL",
                ("1 vial, 1 mL syringe", "Total volume: made up to 10\u00a0mL with glucose 5 percent"),
            ),
        ),
    )  # fmt: skip
    return replace(made, **changes)


def facts(*patients: KitPatient, **changes: object) -> DowntimeKitFacts:
    made = DowntimeKitFacts(
        issue=ISSUE, marks=Marks(), state_at="12-Mar-2026 14:02 (+01:00)", state_clock="14:02",
        valid_until="13-Mar-2026 14:02 (+01:00)",
        listed=tuple(listed(one.patient) for one in patients), patients=patients, rules=(RULES,),
    )  # fmt: skip
    return replace(made, **changes)


def listed(who: Patient, code: str | None = None) -> KitListed:
    return KitListed(
        shown_name(who), who.born, code or who.trial_code, f"{who.ward}, {who.bed}",
        "12-Mar-2026 22:00", "Dose 2: Next 22:00.",
    )  # fmt: skip


def held_and_released() -> KitPatient:
    held = dose(
        2, state="DUE 22:00; HOLD; to be skipped",
        sentences=("Check of 12-Mar-2026 13:42: HOLD: creatinine 2.6\u00a0mg/dL.",),
        no_dose=("The dose is on HOLD.",),
    )  # fmt: skip
    released = dose(
        1, state="Prepared 13:50",
        sentences=("A preparation was released 12-Mar-2026 13:50 by K. Brandt.",),
    )  # fmt: skip
    interferon = KitCompanion(
        "interferon alfa-2b", "day 3", "Thu\u00a012-Mar-2026", "3\u00a0million\u00a0international\u00a0units",
        SheetGap("Volume", ""), "subcutaneous", "Due today",
    )  # fmt: skip
    usual = patient(companions=(interferon,))
    return replace(
        usual, doses=(released, held), notes=("Cycle 1 of course 1: 1 dose has no outcome.",)
    )


def examples() -> dict[str, SheetModel]:
    """Composed kits by name."""
    many = tuple(listed(PATIENT, f"NPC-{number:03d}") for number in range(1, 41))
    marks = Marks(practice=True, not_verified=True, unsigned="NPC-014 dose 2")
    made = {
        "one dose": facts(patient(doses=1)),
        "15 doses": facts(patient(doses=15)),
        "held and released": facts(held_and_released(), marks=marks),
        "long names": facts(patient(LONG)),
        "chinese name": facts(patient(CHINESE)),
        "five-line allergy": facts(patient(ALLERGIC)),
        "40 lines": facts(patient(), listed=many),
        "nothing due": facts(listed=(listed(PATIENT),)),
    }
    return {name: compose_downtime_kit(one) for name, one in made.items()}
