"""After a restore no dose is prepared a second time because its record stayed in the other file."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from il2desk.desk import (
    Lot,
    back_up,
    delay_dose,
    new_token,
    open_desk,
    plan_restore,
    restore,
    staff,
)

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


def test_a_dose_that_may_have_been_given_is_not_released(restored):
    refusal = restored.refused("restored", restored.release)
    assert refusal.text.startswith(
        "Dose 1 was due at 02-Mar-2026 12:00, and the journal was restored from an older backup at "
        "02-Mar-2026 12:10: it may have been given."
    )


def again(ward):
    """Dose 1 as the kept file and the paper have it."""
    now = ward.clock.moment
    form = {
        "given_at": ward.at(minutes=2), "volume_ml": Decimal("0.28"), "decided_by": "M. Sato",
        "lots": (Lot("PR1234AB", "2026-12-31", 1),), "reason": "from the kept file",
    }  # fmt: skip
    ward.clock.moment = now
    return ward.made(ward.record(**form))


def test_what_was_given_is_recorded_again_all_the_same(restored):
    record = again(restored)
    assert record.kind == "administration-recorded"


def test_somebody_who_looked_sets_a_new_time_and_it_is_released(restored):
    restored.made(
        delay_dose(
            restored.desk, restored.place(), datetime.fromisoformat("2026-03-02T12:30"),
            "not given: the chart has no entry", new_token(),
        )
    )  # fmt: skip
    restored.made(restored.release())


def test_a_dose_due_after_the_restore_goes_its_way(restored):
    later = restored.dose(2).planned
    again(restored)
    restored.cosigned()
    restored.clock.moment = later - timedelta(minutes=30)
    restored.made(restored.weight("70.1", purpose="daily"))
    restored.prepared(2)  # due after the restore


def test_a_restore_that_lost_nothing_asks_nothing(ward):
    """The journal was altered, and the backup ends where it ends."""
    (made,) = back_up(ward.desk).made
    path = ward.desk.journal.path
    ward.desk.close()
    raw = bytearray(path.read_bytes())
    at = raw.index(b"bed scale")
    raw[at : at + 3] = b"BED"
    path.write_bytes(raw)
    ward.at(minutes=10)
    ward.made(restore(plan_restore(path, made.path), PEOPLE, "altered", ward.clock))
    ward.desk = open_desk(path, clock=ward.clock, create=False, owner="tests")
    ward.sign_in("pharmacist")
    ward.prepared()
    ward.desk.close()
