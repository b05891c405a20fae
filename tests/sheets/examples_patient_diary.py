"""Patient diaries by name: one injection, a cycle of days, held and given, long and Chinese names.

Fictional patients; volumes and doses are those of a made-up cycle.
"""

from __future__ import annotations

from dataclasses import replace

from il2desk.sheets import (
    Allergies,
    DiaryDay,
    DiaryDose,
    DiaryFacts,
    Marks,
    Patient,
    SheetIssue,
    SheetModel,
    compose_patient_diary,
)

HIGH = "18\u00a0million\u00a0international\u00a0units"
LOW = "4.9248\u00a0million\u00a0international\u00a0units"
ISSUE = SheetIssue(
    "DIA-3F0C11-9F31C2A0", "DIA", "1", "0.1.0", "214", "9f31c2a07be4", "12-Mar-2026 14:02",
    "20260312130200", "K. Brandt", "", "Ward pharmacy, City Hospital",
)  # fmt: skip
PATIENT = Patient(
    "Löwenstein", "Maria", "Ms", "04-Mar-1961", "65y", "Female", "402 118 7765", "NPC-014", "ML",
    Allergies.KNOWN, "penicillin (rash), latex", "4 West", "12",
)  # fmt: skip
LONG = replace(
    PATIENT, family_name="Wolfeschlegelsteinhausenbergerdorff",
    given_name="Maximiliana Alexandrina Theodosia-A",
)  # fmt: skip
CHINESE = replace(PATIENT, family_name="歐陽", given_name="大文", title="")
ALLERGIC = replace(
    PATIENT,
    allergies_text="\n".join(
        f"allergy number {number}, with a reaction described at some length" for number in range(1, 6)
    ),
)  # fmt: skip
INJECTION = DiaryDose("aldesleukin", "12:00", "1\u00a0mL", HIGH)
LOWER = DiaryDose(
    "aldesleukin", "12:00", "0.27\u00a0mL", LOW, "4.86\u00a0million\u00a0international\u00a0units"
)
INTERFERON = DiaryDose(
    "interferon alfa-2b", "", "0.3\u00a0mL", "3\u00a0million\u00a0international\u00a0units",
    product="of solution 25 million, multidose vial",
)  # fmt: skip
HELD = replace(INJECTION, volume="", dose="", state="ON HOLD: nothing until you are told")
GIVEN = replace(INJECTION, volume="", dose="", state="Given")


def day(number: int, *doses: DiaryDose) -> DiaryDay:
    return DiaryDay(f"day {number}", f"Thu\u00a0{number:02d}-Mar-2026", doses)


def facts(*days: DiaryDay, **changes: object) -> DiaryFacts:
    made = DiaryFacts(
        issue=ISSUE, marks=Marks(), patient=PATIENT, protocol="Subcutaneous trial, version 2",
        fingerprint="7c1e90ab12cd", course="1", cycle="2", weight="70\u00a0kg of 10-Mar-2026 08:00",
        days=days or (day(1, INJECTION),),
    )  # fmt: skip
    return replace(made, **changes)


def cycle(*held: int, count: int = 20) -> tuple[DiaryDay, ...]:
    return tuple(
        day(number) if number % 7 in (6, 0)
        else day(number, HELD if number in held else INJECTION if number < 10 else LOWER)
        for number in range(1, count + 1)
    )  # fmt: skip


def examples() -> dict[str, SheetModel]:
    """Composed diaries by name."""
    marks = Marks(practice=True, not_verified=True, unsigned="dose 1")
    made = {
        "one dose": facts(),
        "15 doses": facts(*cycle(count=21)),
        "held and given": facts(day(1, GIVEN, INTERFERON), day(2, HELD), day(3), day(4, LOWER)),
        "marked": facts(*cycle(3), marks=marks),
        "long names": facts(patient=LONG),
        "chinese name": facts(patient=CHINESE),
        "five-line allergy": facts(patient=ALLERGIC),
        "40 lines": facts(*cycle(count=31), *(day(n, LOWER, INTERFERON) for n in range(1, 20))),
        "words of the protocol": facts(
            missed=("Skip it and go on with the next day.", "protocol, page 4"),
            sites=("thigh; abdomen", "protocol, page 4"),
            not_here=("Not in this diary: histamine (intravenous).",),
        ),
    }
    return {name: compose_patient_diary(one) for name, one in made.items()}
