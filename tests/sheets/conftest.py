"""Fictional cycles for the sheet tests: blank, full, long names, gaps. No real patient, no dose advice."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from il2desk.sheets import (
    Allergies,
    CountFacts,
    CriterionRow,
    CycleFacts,
    DoseRow,
    Footnote,
    Marks,
    MedicineFacts,
    OrderFacts,
    Patient,
    PremedicationRow,
    ProtocolFacts,
    RecipeRow,
    ScheduleFacts,
    SheetGap,
    SheetIssue,
    SignatureRow,
    WeightFacts,
    WorkingRow,
)

sys.path.insert(0, str(Path(__file__).parent))  # test modules import what lies beside them

DOSE = "5.04\u00a0million\u00a0international\u00a0units"
PAPER = "Chi 2001, page 3 (published paper)"
LABEL = "US label 2023, section 2.3 (product label)"
HOUSE = "Dose arithmetic, section 3 (worked out by hand from sourced numbers)"
AMENDED = ("K. Brandt", "11-Mar-2026 07:10", "read from the wrong line")
SETS = "J Immunother Cancer 2014, table 2 (published paper)"


def _issue() -> SheetIssue:
    return SheetIssue(
        sheet_id="CS-0007",
        form_code="IL2-CS",
        form_version="1",
        program_version="0.1.0",
        entry="214",
        entry_hash="9f31c2a07be4",
        issued_at="12-Mar-2026 14:02",
        issued_utc="20260312130200",
        issued_by="K. Brandt",
        supersedes="CS-0006",
        site_name="Ward pharmacy, City Hospital",
    )


def _patient() -> Patient:
    return Patient(
        family_name="Löwenstein",
        given_name="Maria",
        title="Ms",
        born="04-Mar-1961",
        age="65y",
        sex="Female",
        hospital_number="402 118 7765",
        trial_code="NPC-014",
        initials="ML",
        allergies=Allergies.KNOWN,
        allergies_text="penicillin (rash), latex",
        ward="4 West",
        bed="12",
    )


def _working() -> tuple[WorkingRow, ...]:
    step = "0.01\u00a0mL"
    return (
        WorkingRow("A", "Dosing weight", "70\u00a0kg, measured 10-Mar-2026"),
        WorkingRow("B", "Body surface area", "Not applicable: the dose is per kg"),
        WorkingRow(
            "C",
            "Exact dose",
            "72,000\u00a0international\u00a0units per kg × 70\u00a0kg "
            "= 5,040,000\u00a0international\u00a0units",
            PAPER,
        ),
        WorkingRow("C'", "Limits", "No source states a cap: none applied", PAPER),
        WorkingRow(
            "D",
            "Exact volume",
            "5,040,000 ÷ 18,000,000\u00a0international\u00a0units per mL = 0.28\u00a0mL",
            LABEL,
        ),
        WorkingRow(
            "E", "Prepared volume", f"0.28\u00a0mL to the next {step} = 0.28\u00a0mL", HOUSE
        ),
        WorkingRow("F", "Prepared dose", f"0.28\u00a0mL × 18\u00a0million = {DOSE}", LABEL),
        WorkingRow("G", "Deviation", "0 percent, tolerance 5 percent", HOUSE),
        WorkingRow(
            "H", "Vials", "0.28\u00a0mL ÷ 1.2\u00a0mL = 1 vial, 0.92\u00a0mL left over", LABEL
        ),
        WorkingRow("I", "Total volume", "made up to 10\u00a0mL", "A proposal of this program"),
        WorkingRow(
            "J", "Concentration", "0.308\u00a0mg in 10\u00a0mL = 30.8\u00a0mcg per mL", LABEL
        ),
        WorkingRow(
            "K", "Window", "30 to 70\u00a0mcg per mL: total volume 4.4 to 10.26\u00a0mL", LABEL
        ),
        WorkingRow("L", "Rate", SheetGap("infusion time", "The paper says bolus.")),
        WorkingRow("M", "Beyond use", "48\u00a0hours from reconstitution", LABEL),
    )


def _recipe() -> tuple[RecipeRow, ...]:
    return (
        RecipeRow("Vials", "1 vial of 22\u00a0million\u00a0international\u00a0units", LABEL),
        RecipeRow("Reconstitute", "1.2\u00a0mL water for injections, swirl, do not shake", LABEL),
        RecipeRow("Draw up", "0.28\u00a0mL in a 1\u00a0mL syringe", HOUSE),
        RecipeRow(
            "Dilute", "make up to 10\u00a0mL with glucose 5 percent; overfill not counted", LABEL
        ),
        RecipeRow("Final concentration", "30.8\u00a0mcg per mL", LABEL),
        RecipeRow("Flush", SheetGap("flush volume", "A site rule.")),
        RecipeRow("Keep", "at 2 to 8\u00a0degC, protected from light", LABEL),
    )


def _premedication() -> tuple[PremedicationRow, ...]:
    unknown = SheetGap("daily maximum of ondansetron", "Not in the source.")
    rising = "creatinine above 1.5\u00a0mg/dL on 10-Mar-2026"
    items = (
        ("acetaminophen", True, "650\u00a0mg", "by mouth", 4, "3.9\u00a0g", "", ""),
        ("indomethacin", False, "25\u00a0mg", "by mouth", 6, "100\u00a0mg", "fever", rising),
        ("ondansetron", False, "10.5\u00a0mg", "intravenous", 8, unknown, "nausea", ""),
    )
    before = "30\u00a0min before each dose"
    return tuple(
        PremedicationRow(*row[:4], before, f"every {row[4]}\u00a0hours", *row[5:], SETS)
        for row in items
    )


def _criteria() -> tuple[CriterionRow, ...]:
    held = [
        ("Heart rate", "100 to 130 per min"),
        ("Creatinine", "2.5 to below 3\u00a0mg/dL"),
        ("Urine in 8\u00a0hours", "80 to 160\u00a0mL"),
        ("Platelets", "30,000 to 50,000 per mm3"),
        ("Bilirubin", "above 7\u00a0mg/dL"),
        ("Bicarbonate", "18\u00a0mmol/L or less"),
        ("Weight gain", "above 15 percent"),
        ("Oxygen by cannula", "3 to 4\u00a0L per min"),
        ("Bleeding", "occult"),
        ("Skin", "moist desquamation"),
        ("Neurology", "vivid dreams, mild anxiety"),
    ]
    stopped = [
        ("Heart rate", "above 130 per min"),
        ("Creatinine", "3\u00a0mg/dL or more"),
        ("Urine in 8\u00a0hours", "below 80\u00a0mL"),
        ("Platelets", "below 30,000 per mm3"),
        ("Infection", "suspected or documented"),
        ("Bleeding", "frank"),
        ("Neurology", "hallucinations, persistent crying, mental change over 2\u00a0hours"),
    ]
    return (
        *(CriterionRow(name, limit, "HOLD", "", SETS) for name, limit in held),
        *(CriterionRow(name, limit, "STOP this cycle", "", SETS) for name, limit in stopped),
    )


def _planned(count: int) -> tuple[DoseRow, ...]:
    hours = ("06:00", "14:00", "22:00")
    return tuple(
        DoseRow(n, f"{10 + n // 3:02d}-Mar-2026", f"{hours[n % 3]} +01:00")
        for n in range(1, count + 1)
    )


def _given(row: DoseRow, **more: object) -> DoseRow:
    usual = replace(
        row,
        check="GO",
        check_time="05:42",
        check_counts="14 of 14 assessed",
        decision="Given",
        given_day=row.planned_day,
        given_time="06:04",
        volume="0.28\u00a0mL",
        dose=DOSE,
        lots=("A12345",),
        given_by="R. Okafor",
        checked_by="K. Brandt",
    )
    return replace(usual, **more)


def make_cycle(count: int = 15) -> CycleFacts:
    """A planned cycle with nothing recorded yet."""
    return CycleFacts(
        issue=_issue(),
        marks=Marks(),
        patient=_patient(),
        protocol=ProtocolFacts(
            "npc-bolus: nasopharyngeal carcinoma, bolus",
            "",
            "2 of 01-Feb-2026",
            "active",
            "Chi 2001, page 3",
            "7c1e90ab",
        ),
        order=OrderFacts(
            "Dr A. Chen",
            "10-Mar-2026 08:15",
            DOSE,
            "confirmed by Dr A. Chen, 09-Mar-2026",
            "confirmed by Dr A. Chen, 09-Mar-2026",
            "nasopharyngeal carcinoma",
        ),
        medicine=MedicineFacts(
            drug="aldesleukin",
            brand="Proleukin",
            form="powder for solution",
            basis="72,000\u00a0international\u00a0units per kg × 70\u00a0kg",
            exact_dose=DOSE,
            prepared_dose=DOSE,
            prepared_volume="0.28\u00a0mL",
            deviation="0 percent",
            route="intravenous bolus",
            duration=SheetGap("infusion time", "The paper says bolus."),
            frequency="every 8\u00a0hours",
            limit=f"at most {count} doses in this cycle",
        ),
        weight=WeightFacts(
            "70\u00a0kg",
            "10-Mar-2026",
            "standing scale",
            "71.2\u00a0kg on 24-Feb-2026",
            "1.2\u00a0kg less (1.69 percent)",
            "168\u00a0cm",
        ),
        working=_working(),
        recipe=_recipe(),
        schedule=ScheduleFacts(
            "1",
            "2",
            f"{count}, doses 1 to {count}",
            "10-Mar-2026 14:00 +01:00",
            "Europe/Berlin",
            "8\u00a0hours apart in elapsed time",
            "No source states one: not enforced",
        ),
        doses=_planned(count),
        counts=CountFacts(0, 0, 0, 0, 0, count, "0\u00a0international\u00a0units"),
        premedication_set="high-dose-consensus, version 1",
        premedication=_premedication(),
        rule_set="jitc-2014, version 1",
        criteria=_criteria(),
        signatures=(
            SignatureRow("I ordered this cycle", "Prescriber"),
            SignatureRow("I worked the dose out and checked it", "Pharmacist"),
            SignatureRow("I checked it independently", "Second person"),
            SignatureRow("The record of this cycle is complete", "Investigator"),
        ),
    )


def make_full(count: int = 15) -> CycleFacts:
    """A cycle with given, part given, held, omitted, not known and amended doses."""
    blank = make_cycle(count)
    rows = list(blank.doses)
    for index in range(9):
        rows[index] = _given(rows[index])
    rows[2] = replace(
        rows[2],
        given_time="06:14",
        amended=(("given_time", "a"), ("lots", "b")),
        lots=("A12346",),
    )
    rows[4] = _given(
        rows[4],
        decision="Part given",
        volume="0.11\u00a0mL",
        dose="1.98\u00a0million\u00a0international\u00a0units",
        reason="Rigors at 22:06, stopped by Dr A. Chen; 0.17\u00a0mL left in the syringe",
    )
    rows[6] = replace(
        blank.doses[6],
        check="HOLD",
        check_time="13:42",
        check_counts="relative 2, absolute 0, missing 1",
        decision="Held",
        checked_by="K. Brandt",
        reason="Creatinine 2.6\u00a0mg/dL, urine 120\u00a0mL in 8\u00a0hours",
    )
    rows[9] = replace(
        blank.doses[9],
        check="CANNOT ASSESS",
        check_time="13:50",
        check_counts="missing 3",
        decision="Omitted",
        reason="Bloods not back before the next planned time",
    )
    rows[10] = replace(
        blank.doses[10], decision="Not known", reason="Moved to intensive care; chart not returned"
    )
    rows[11] = replace(
        blank.doses[11],
        check="STOP",
        check_time="05:40",
        check_counts="relative 1, absolute 1",
        decision="Held",
        reason="Platelets 24,000 per mm3: no further dose in this cycle",
    )
    return replace(
        blank,
        doses=tuple(rows),
        counts=CountFacts(7, 1, 2, 1, 1, 3, "37.26\u00a0million\u00a0international\u00a0units"),
        footnotes=(
            Footnote("a", "dose 3, time given", "06:04", "06:14", *AMENDED),
            Footnote("b", "dose 3, lot", "A12345", "A12346", *AMENDED),
        ),
        gaps=(
            SheetGap(
                "Infusion time",
                "The paper says bolus. It would come from the full protocol; "
                "the investigator fills it in the site's copy.",
            ),
        ),
        notes=("Daily weight at 06:00 before the first dose of the day.",),
    )


def long_name(family: str = "Wolfeschlegelsteinhausenbergerdorff") -> CycleFacts:
    full = make_full()
    patient = replace(
        full.patient,
        family_name=family,
        given_name="Maximiliana Alexandrina Theodosia-A",
        allergies_text="\n".join(
            f"allergy number {n}, with a reaction described at some length" for n in range(1, 6)
        ),
    )
    rows = list(full.doses)
    rows[0] = replace(rows[0], given_by="Wolfeschlegelsteinhausenbergerdorff")
    rows[1] = replace(rows[1], reason="A very long reason. " * 30)
    return replace(full, patient=patient, doses=tuple(rows))


@pytest.fixture
def cycle() -> Callable[[int], CycleFacts]:
    """Makes a blank cycle of so many doses."""
    return make_cycle


@pytest.fixture
def blank() -> CycleFacts:
    """A blank cycle of 15 doses."""
    return make_cycle()


@pytest.fixture
def full() -> CycleFacts:
    """A cycle with everything that can happen."""
    return make_full()


@pytest.fixture
def long_names() -> CycleFacts:
    """35-letter names, a five-line allergy, a reason that fills lines."""
    return long_name()


@pytest.fixture
def marked(full: CycleFacts) -> CycleFacts:
    """A practice sheet of a specimen with unsigned entries."""
    unsigned = "2 entries need a second person"
    return replace(full, marks=Marks(True, True, True, unsigned))


@pytest.fixture
def examples(
    blank: CycleFacts, full: CycleFacts, long_names: CycleFacts, marked: CycleFacts
) -> dict[str, CycleFacts]:
    """Every example by its name."""
    return {"blank": blank, "full": full, "long names": long_names, "marked": marked}
