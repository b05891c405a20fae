"""After a restore no dose is prepared a second time because its record stayed in the other file."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from il2desk.desk import (
    Lot,
    TwoSignatures,
    back_up,
    new_token,
    open_desk,
    plan_restore,
    restore,
    staff,
    wrong_preparation,
)
from il2desk.desk.after_restore import (
    COMPLETE_FIRST,
    COMPLETE_SECOND,
    complete_records,
    waiting_since_restore,
)
from il2desk.desk.papers import prepare_cycle_sheet

PEOPLE = (("K. Brandt", "1111"), ("A. Ruiz", "2222"))


@pytest.fixture
def restored(ward):
    """Dose 1 was given after the backup, which was then restored at 12:10."""
    (made,) = back_up(ward.desk).made
    ward.given()
    path = ward.desk.journal.path
    ward.desk.close()
    ward.at(minutes=10)
    ward.made(restore(plan_restore(path, made.path), PEOPLE, "disk failed", ward.clock))
    ward.desk = open_desk(path, clock=ward.clock, create=False, owner="tests")
    ward.team = {person.role: person for person in staff(ward.desk)}
    ward.sign_in("pharmacist")
    ward.at(minutes=15)
    ward.premedicate()
    ward.check()
    yield ward
    ward.desk.close()


def complete(ward, first="pharmacist", second="nurse"):
    signed = TwoSignatures(ward.signed(first, COMPLETE_FIRST), ward.signed(second, COMPLETE_SECOND))
    return complete_records(ward.desk, ward.subject, signed, new_token())


def again(ward):
    """Dose 1 as the kept file and the paper have it."""
    now = ward.clock.moment
    form = {
        "given_at": ward.at(minutes=2), "volume_ml": Decimal("0.28"), "decided_by": "M. Sato",
        "lots": (Lot("PR1234AB", "2026-12-31", 1),), "reason": "from the kept file",
    }  # fmt: skip
    ward.clock.moment = now
    return ward.made(ward.record(**form))


def test_nothing_is_released_for_a_patient_until_two_people_looked(restored):
    assert waiting_since_restore(restored.desk) == (restored.subject,)
    refusal = restored.refused("restored", restored.release)
    assert "The journal was restored from a backup at 02-Mar-2026 12:10" in refusal.text
    restored.made(complete(restored))
    assert waiting_since_restore(restored.desk) == ()
    restored.made(restored.release())  # the chart said that it was not given


def test_neither_is_a_dose_that_is_due_later(restored):
    later = restored.dose(2).planned
    again(restored)
    restored.cosigned()
    restored.clock.moment = later - timedelta(minutes=30)
    restored.made(restored.weight("70.1", purpose="daily"))
    restored.premedicate(2)
    restored.check(2)
    restored.refused("restored", restored.release, 2)
    restored.made(complete(restored))
    restored.made(restored.release(2))


def test_what_was_given_is_recorded_again_all_the_same(restored):
    assert again(restored).kind == "administration-recorded"


def test_a_preparation_that_the_backup_holds_is_not_given(ward):
    """Released before the backup; whether it was given after it stands in the other file."""
    ward.prepared()
    (made,) = back_up(ward.desk).made
    ward.made(ward.record(given_at=ward.at(minutes=2)))
    path = ward.desk.journal.path
    ward.desk.close()
    ward.at(minutes=10)
    ward.made(restore(plan_restore(path, made.path), PEOPLE, "disk failed", ward.clock))
    ward.desk = open_desk(path, clock=ward.clock, create=False, owner="tests")
    ward.sign_in("pharmacist")
    assert "may be missing here" in wrong_preparation(ward.desk, ward.located())
    ward.made(complete(ward))
    assert wrong_preparation(ward.desk, ward.located()) == ""
    ward.desk.close()


def test_the_clock_of_the_restore_does_not_matter(restored):
    """A new computer's clock was a year behind or ahead; what counts is the order of entries."""
    for days in (-365, 365):
        restored.clock.moment += timedelta(days=days)
        assert waiting_since_restore(restored.desk) == (restored.subject,)
        restored.clock.moment -= timedelta(days=days)


@pytest.mark.parametrize(("second", "code"), [("pharmacist", "same-person"), ("monitor", "role")])
def test_who_says_that_records_are_complete(restored, second, code):
    restored.refused(code, complete, restored, "pharmacist", second)


def test_it_is_said_once(restored):
    restored.made(complete(restored))
    restored.refused("complete", complete, restored)


def test_a_patient_registered_since_waits_for_nobody(restored):
    restored.register(trial_code="NPC-018", hospital_number="4712", family_name="Green")
    assert restored.subject not in waiting_since_restore(restored.desk)


def test_a_sheet_says_that_something_may_be_missing(restored):
    def text() -> str:
        sheet = restored.made(prepare_cycle_sheet(restored.desk, restored.subject, restored.cycle))
        pages = PdfReader(BytesIO(sheet.pdf)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    said = "The journal was restored from a backup at 02-Mar-2026 12:10."
    assert said in text()
    restored.made(complete(restored))
    assert said not in text()
