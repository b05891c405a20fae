"""Fictional cycles for the sheet tests: blank, full, long names, gaps. No real patient, no dose advice."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from il2desk.desk.sheet_rows import doses_in_words
from il2desk.desk.specimen_sheet import MEANINGS
from il2desk.dosing import write_date, write_moment, write_weekday
from il2desk.sheets import (
    Allergies,
    CountFacts,
    CycleFacts,
    DoseRow,
    Footnote,
    Marks,
    OrderFacts,
    Patient,
    PremedicationRow,
    SheetGap,
    SheetIssue,
    SignatureRow,
    WeightFacts,
)

sys.path.insert(0, str(Path(__file__).parent))  # test modules import what lies beside them
import worked_dose

DOSE = "4.9248\u00a0million\u00a0international\u00a0units"
PREPARED = "4.86\u00a0million\u00a0international\u00a0units"
AMENDED = ("K. Brandt / A. Ruiz", "11-Mar-2026 07:10", "read from the wrong line")
CHECKED, RELEASED, GIVEN = -18, -12, 4  # minutes from the planned time of a dose
TO_SIGN = tuple(SignatureRow(*pair) for pair in MEANINGS)
SETS = "J Immunother Cancer 2014, table 2 (published paper)"


def issue(at: str = "10-Mar-2026 08:40", form: str = "CYC", who: str = "K. Brandt") -> SheetIssue:
    """A sheet as of a moment in March, in the wall's time of the ward, an hour ahead of universal."""
    universal = read_moment(at) - timedelta(hours=1)
    return SheetIssue(
        sheet_id=f"{form}-0007",
        form_code=form,
        form_version="1",
        program_version="0.1.0",
        entry="214",
        entry_hash="9f31c2a07be4",
        issued_at=at,
        issued_utc=f"{universal:%Y%m%d%H%M%S}",
        issued_by=who,
        supersedes=f"{form}-0006",
        site_name="Ward pharmacy, City Hospital",
    )


def read_moment(text: str) -> datetime:
    """A moment of March 2026 as it is printed: 10-Mar-2026 08:40."""
    return datetime.fromisoformat(f"2026-03-{text[:2]}T{text[-5:]}")


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


def _premedication() -> tuple[PremedicationRow, ...]:
    unknown = SheetGap("daily maximum of ondansetron", "Not in the source.")
    rising = "creatinine above 1.5\u00a0mg/dL on 10-Mar-2026"
    items = (
        ("acetaminophen", True, "650\u00a0mg", "by mouth", 4, "3.9\u00a0g", "", ""),
        ("indomethacin", False, "25\u00a0mg", "by mouth", 6, "100\u00a0mg", "fever", rising),
        ("ondansetron", False, "10.26\u00a0mg", "intravenous", 8, unknown, "nausea", ""),
    )
    before = "30\u00a0min before each dose"
    return tuple(
        PremedicationRow(*row[:4], before, f"every {row[4]}\u00a0hours", *row[5:], SETS)
        for row in items
    )


def _planned(count: int) -> tuple[DoseRow, ...]:
    return tuple(
        DoseRow(n, write_weekday(worked_dose.planned(n).date()), f"{clock(n)} +01:00")
        for n in range(1, count + 1)
    )


def clock(number: int, minutes: int = 0) -> str:
    """The time of day so many minutes after a dose is planned."""
    return f"{worked_dose.planned(number) + timedelta(minutes=minutes):%H:%M}"


def moment(number: int, minutes: int = 0) -> str:
    """Date and time so many minutes after a dose is planned."""
    return write_moment(worked_dose.planned(number) + timedelta(minutes=minutes))


def _checked(row: DoseRow, verdict: str, counts: str) -> DoseRow:
    return replace(row, check=verdict, check_time=clock(row.number, CHECKED), check_counts=counts)


def _given(row: DoseRow, **more: object) -> DoseRow:
    usual = replace(
        _checked(row, "GO", "14 of 14 assessed"),
        decision="Given",
        given_day=write_date(worked_dose.planned(row.number).date()),
        given_time=clock(row.number, GIVEN),
        volume="0.27\u00a0mL",
        dose=PREPARED,
        lots=("A12345",),
        given_by="R. Okafor",
        checked_by="K. Brandt",
    )
    return replace(usual, **more)


def _not_given(row: DoseRow, decision: str, reason: str) -> DoseRow:
    return replace(
        row,
        decision=decision,
        given_by="recorded by R. Okafor",
        checked_by="K. Brandt",
        reason=reason,
    )


def make_cycle(count: int = 15) -> CycleFacts:
    """A planned cycle with nothing recorded yet."""
    return CycleFacts(
        issue=issue(),
        marks=Marks(),
        patient=_patient(),
        protocol=worked_dose.protocol(),
        order=OrderFacts(
            "Dr A. Chen",
            "10-Mar-2026 08:15",
            DOSE,
            "Dr A. Chen",
            "Dr A. Chen",
        ),
        medicine=worked_dose.medicine(count),
        weight=WeightFacts(
            "68.4\u00a0kg",
            "10-Mar-2026 08:05",
            "standing scale",
            "70\u00a0kg",
            "1.6\u00a0kg less (2.29\u00a0percent)",
            "168\u00a0cm",
        ),
        working=worked_dose.working(),
        recipe=worked_dose.recipe(),
        schedule=worked_dose.schedule(count, "2"),
        doses=_planned(count),
        counts=CountFacts(0, 0, 0, 0, 0, count, "0\u00a0international\u00a0units"),
        premedication_set="high-dose-consensus, version 1",
        premedication=_premedication(),
        rule_set=worked_dose.rule_set_line(),
        criteria=worked_dose.criteria(),
        signatures=TO_SIGN,
    )


def make_full() -> CycleFacts:
    """A cycle with given, part given, held, omitted, not known and amended doses, stopped at dose 12."""
    blank = make_cycle()
    rows = list(blank.doses)
    for number in (1, 2, 4, 6, 8):
        rows[number - 1] = _given(rows[number - 1])
    rows[2] = _given(
        rows[2],
        given_time=clock(3, 14),
        amended=(("given_time", "a"), ("lots", "b")),
        lots=("A12346",),
    )
    rows[4] = _given(
        rows[4],
        decision="Part given",
        volume="0.11\u00a0mL",
        dose="1.98\u00a0million\u00a0international\u00a0units",
        reason="Rigors, stopped after 2\u00a0mL of the 5\u00a0mL; decided by Dr A. Chen",
    )
    rows[6] = _not_given(
        _checked(rows[6], "HOLD", "14 of 14 assessed, 2 HOLD, 0 STOP"),
        "Held",
        "Creatinine 2.6\u00a0mg/dL, urine 120\u00a0mL in 8\u00a0hours; decided by Dr A. Chen",
    )
    rows[8] = replace(
        _given(rows[8]),
        check="HOLD",
        check_counts="13 of 14 assessed, 2 HOLD, 0 STOP, 1 missing",
        reason="override, see Notes",
    )
    rows[9] = _not_given(
        _checked(rows[9], "CANNOT ASSESS", "11 of 14 assessed, 3 missing"),
        "Omitted",
        "Bloods not back before the next planned time; decided by Dr A. Chen",
    )
    rows[10] = _not_given(rows[10], "Not known", "Moved to intensive care; chart not returned")
    rows[11] = _not_given(
        _checked(rows[11], "STOP", "14 of 14 assessed, 0 HOLD, 1 STOP"),
        "Held",
        "Platelets 24,000 per mm3; decided by Dr A. Chen",
    )
    stopped = "STOPPED this cycle, 14-Mar-2026"
    for number in (13, 14, 15):
        rows[number - 1] = replace(rows[number - 1], decision="Cancelled", reason=stopped)
    total = "at least 36\u00a0million\u00a0international\u00a0units; not known of dose 11"
    return replace(
        blank,
        issue=issue(moment(12, 20)),
        schedule=worked_dose.schedule(15, f"2, {stopped}"),
        doses=tuple(rows),
        counts=CountFacts(7, 1, 2, 1, 1, 0, total, cancelled=3),
        signatures=(*_signed(), *TO_SIGN),
        footnotes=(
            Footnote("a", "dose 3, given time", moment(3, GIVEN), moment(3, 14), *AMENDED),
            Footnote("b", "dose 3, lots", "A12345", "A12346", *AMENDED),
        ),
        notes=(
            "No source states a dose cap or a rounding rule.",
            (
                "STOPPED at dose 12: STOP this cycle: platelets. Preparation is blocked. Recording a "
                "given dose stays possible."
            ),
            "Dose 9: release despite HOLD ordered by Dr A. Chen: kidney function known",
        ),
    )


def _signed() -> tuple[SignatureRow, ...]:
    """Who signed releases and records, as the journal tells it."""
    released, recorded = (1, 2, 3, 4, 5, 6, 8, 9), tuple(range(1, 13))
    releases, records = doses_in_words(list(released)), doses_in_words(list(recorded))
    given = f"{moment(1, RELEASED)}\u00a0to {moment(9, RELEASED)}"
    told = f"{moment(1, GIVEN)}\u00a0to {moment(12, GIVEN)}"
    return (
        SignatureRow(f"released preparations of {releases}", "pharmacist", "K. Brandt", given),
        SignatureRow(
            f"checked preparations independently of {releases}", "nurse", "A. Ruiz", given
        ),
        SignatureRow(f"recorded of {records}", "nurse", "R. Okafor", told),
        SignatureRow(f"second person for records of {records}", "pharmacist", "K. Brandt", told),
    )


def not_verified() -> CycleFacts:
    """The record of dose 2 waits for a second person."""
    full = make_full()
    rows = list(full.doses)
    rows[1] = replace(rows[1], checked_by="NOT VERIFIED")
    second = replace(
        full.signatures[3],
        meaning=f"second person for records of {doses_in_words([1, *range(3, 13)])}",
    )
    return replace(
        full,
        doses=tuple(rows),
        signatures=(*full.signatures[:3], second, *TO_SIGN),
        marks=Marks(practice=True, not_verified=True, unsigned="dose 2"),
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
