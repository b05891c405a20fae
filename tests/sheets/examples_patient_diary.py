"""Patient diaries by name: one injection, a cycle of days, a hold, released and diluted doses, long names.

Fictional patients; volumes and doses are those of a made-up cycle for 68.4 kg: 250,000 per kg are
0.95 mL of 18 million per mL, 72,000 per kg are 0.27 mL once rounded.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from il2desk.sheets import (
    Allergies,
    DiaryAdvice,
    DiaryDay,
    DiaryDose,
    DiaryFacts,
    DiaryTold,
    DiaryTurn,
    Marks,
    Patient,
    SheetIssue,
    SheetModel,
    compose_patient_diary,
)

HIGH = "17.1\u00a0million\u00a0international\u00a0units"
LOW = "4.9248\u00a0million\u00a0international\u00a0units"
HELD_BY_LOW = "4.86\u00a0million\u00a0international\u00a0units"
THREE = "3\u00a0million\u00a0international\u00a0units"
ISSUE = SheetIssue(
    "DIA-3F0C11-9F31C2A0", "DIA", "1", "0.1.0", "214", "9f31c2a07be4", "12-Mar-2026 14:02",
    "20260312130200", "K. Brandt", "", "Ward pharmacy, City Hospital",
)  # fmt: skip
SAME_DAY = replace(ISSUE, entry="222", issued_at="16-Mar-2026 09:40", issued_utc="20260316084000")
LATER = replace(ISSUE, entry="231", issued_at="18-Mar-2026 11:20", issued_utc="20260318102000")
PATIENT = Patient(
    "Löwenstein", "Maria", "Ms", "04-Mar-1961", "65y", "Female", "402 118 7765", "SCT-014", "ML",
    Allergies.KNOWN, "penicillin (rash), latex", "Outpatients", "",
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
INJECTION = DiaryDose("aldesleukin", "12:00", "0.95\u00a0mL", HIGH, HIGH)
LOWER = DiaryDose("aldesleukin", "12:00", "0.27\u00a0mL", LOW, HELD_BY_LOW)
RELEASED = replace(LOWER, until="17-Mar-2026 09:10")
DILUTED = replace(INJECTION, volume="25\u00a0mL", drawn="0.95\u00a0mL")
INTERFERON = DiaryDose(
    "interferon alfa-2b", "", "0.3\u00a0mL", THREE, THREE,
    product="from the multidose vial of 25\u00a0million\u00a0international\u00a0units: that is the "
    "whole vial, not the dose",
)  # fmt: skip
FORBIDDEN = DiaryDose(
    "aldesleukin", "12:00", turn=DiaryTurn.FORBIDDEN, state="ON HOLD: nothing until you are told"
)
UNASSESSED = replace(FORBIDDEN, state="NOT ASSESSED: nothing until you are told")
WAITING = DiaryDose(
    "aldesleukin", "12:00", turn=DiaryTurn.WAITING,
    state="No volume is told now. You get a new diary with it.",
)  # fmt: skip
LATE = DiaryDose(
    "aldesleukin", "12:00", turn=DiaryTurn.LATE, state="Not recorded: do not inject, call."
)
UNWEIGHED = replace(WAITING, turn=DiaryTurn.UNWEIGHED)
INTERFERON_GIVEN = DiaryDose("interferon alfa-2b", "", turn=DiaryTurn.RECORDED, state="Given")
GIVEN = DiaryDose("aldesleukin", "12:00", turn=DiaryTurn.RECORDED, state="Given")
KEPT = (
    (
        "aldesleukin",
        DiaryTold(
            "reconstituted solution at 2 to 8\u00a0°C",
            "Summary of product characteristics of Proleukin (UK and Italian copies), shelf life and "
            "storage (product label)",
        ),
    ),
)  # fmt: skip
INTERFERON_KEPT = (
    "interferon alfa-2b",
    DiaryTold(
        "2 to 8\u00a0°C, do not freeze; a pen is discarded 4 weeks after its first use",
        "US prescribing information of Intron A, how supplied (product label)",
    ),
)
FIRST = date(2026, 3, 16)  # a Monday


def day(number: int, *doses: DiaryDose) -> DiaryDay:
    return DiaryDay(f"day {number}", FIRST + timedelta(days=number - 1), doses)


def facts(*days: DiaryDay, **changes: object) -> DiaryFacts:
    made = DiaryFacts(
        issue=ISSUE, marks=Marks(), patient=PATIENT, protocol="Subcutaneous trial, version 2",
        fingerprint="7c1e90ab12cd", course="1", cycle="2", weight="68.4\u00a0kg of 12-Mar-2026 08:00",
        days=days or (day(1, INJECTION),), storage=KEPT,
    )  # fmt: skip
    return replace(made, **changes)


def cycle(*, count: int = 21, companion: bool = False) -> tuple[DiaryDay, ...]:
    """Injections from Monday to Friday: the high dose to day 9, then the lower one."""
    more = (INTERFERON,) if companion else ()
    return tuple(
        day(number) if number % 7 in (6, 0)
        else day(number, INJECTION if number < 10 else LOWER, *more)
        for number in range(1, count + 1)
    )  # fmt: skip


def on_hold(held: DiaryDose) -> DiaryFacts:
    """Day 1 was given, day 3 is held or not assessed; interferon has a volume all the while."""
    return facts(
        day(1, GIVEN, INTERFERON_GIVEN), day(2), day(3, held, INTERFERON), day(4, WAITING), day(5, WAITING),
        issue=LATER, on_hold="aldesleukin", storage=(INTERFERON_KEPT,),
    )  # fmt: skip


SOURCED = DiaryAdvice(
    missed=DiaryTold("Skip it and go on with the next day.", "protocol, page 4"),
    sites=DiaryTold("thigh; abdomen", "protocol, page 4"),
    symptoms=DiaryTold("fever, chills, weakness, nausea, redness where you injected", "protocol, page 5"),
    at_once=DiaryTold("breathlessness, chest pain, fainting", "protocol, page 5"),
)  # fmt: skip


def examples() -> dict[str, SheetModel]:
    """Composed diaries by name."""
    marks = Marks(practice=True, not_verified=True, unsigned="dose 1")
    both = (*KEPT, INTERFERON_KEPT)
    made = {
        "one dose": facts(),
        "15 doses": facts(*cycle()),
        "held and given": on_hold(FORBIDDEN),
        "not assessed": on_hold(UNASSESSED),
        "marked": facts(day(1, GIVEN), day(2, LATE), *cycle()[2:], marks=marks, issue=LATER),
        "days gone by": facts(
            day(1, LATE, replace(LATE, drug="interferon alfa-2b", time="")), day(2, LATE),
            day(3, INJECTION, INTERFERON), day(4), day(5, UNWEIGHED, INTERFERON), issue=LATER,
            storage=both,
        ),
        "released": facts(day(1, RELEASED), day(2, LOWER), issue=SAME_DAY),
        "diluted": facts(
            day(1, DILUTED), storage=(("aldesleukin", None),), elsewhere=(("histamine", "oral"),)
        ),
        "long names": facts(patient=LONG),
        "chinese name": facts(patient=CHINESE),
        "five-line allergy": facts(patient=ALLERGIC),
        "40 lines": facts(*cycle(count=28, companion=True), storage=both),
        "words of the protocol": facts(
            day(1, INJECTION, INTERFERON), day(2), day(3, LOWER),
            advice=SOURCED, storage=both, elsewhere=(("histamine", "intravenous"),),
        ),
    }  # fmt: skip
    return {name: compose_patient_diary(one) for name, one in made.items()}
