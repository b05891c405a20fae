"""Today reads who may be on treatment; whoever has been finished for 30 days is found by name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from il2desk.desk import find_subjects, open_desk, today
from il2desk.desk import on_treatment as room
from il2desk.desk.on_treatment import to_be_read
from il2desk.records import open_read_only
from il2desk.records.side_note import note_path, read_note

LONG_AFTER = timedelta(days=31)


def listed(desk) -> set[str]:
    return {row.subject.trial_code for row in today(desk)}


def settle(ward, *, cosigned: bool = True) -> None:
    """Every dose of the cycle recorded as omitted, and signed by both."""
    for number in ward.located().cycle.doses:
        ward.clock.moment = ward.dose(number).planned + timedelta(minutes=5)
        ward.made(ward.record(number, "omitted", reason="r", decided_by="d"))
        if cosigned or number > 1:
            ward.cosigned(number)


@pytest.fixture
def settled(ward):
    settle(ward)
    return ward


def test_a_finished_patient_is_listed_for_30_days_and_found_ever_after(settled):
    last = max(dose.planned for dose in settled.located().cycle.doses.values())
    settled.clock.moment = last + timedelta(days=30) - timedelta(minutes=1)
    assert listed(settled.desk) == {"NPC-017"}
    settled.clock.moment = last + timedelta(days=30)
    assert listed(settled.desk) == set()
    assert [one.trial_code for one in find_subjects(settled.desk, "NPC")] == ["NPC-017"]


def test_an_open_dose_keeps_a_patient_listed_however_old_it_is(ward):
    ward.clock.moment += timedelta(days=900)
    assert listed(ward.desk) == {"NPC-017"}


def test_a_missing_second_signature_keeps_a_patient_listed(ward):
    settle(ward, cosigned=False)
    ward.clock.moment += timedelta(days=900)
    assert listed(ward.desk) == {"NPC-017"}
    ward.cosigned(1)
    assert listed(ward.desk) == set()


def test_a_patient_without_a_cycle_stays_listed(active):
    active.register()
    active.clock.moment += timedelta(days=900)
    assert listed(active.desk) == {"NPC-017"}


def test_a_companion_dose_that_nobody_recorded_keeps_a_patient_listed(beside):
    settle(beside)
    beside.clock.moment += timedelta(days=900)
    assert listed(beside.desk) == {"NPC-017"}


def test_a_stopped_patient_leaves_the_list_too(ward):
    ward.check(bleeding="frank")
    ward.clock.moment += timedelta(days=20)
    assert listed(ward.desk) == {"NPC-017"}
    ward.clock.moment += timedelta(days=20)
    assert listed(ward.desk) == set()


@pytest.fixture
def noted(settled, monkeypatch):
    """The note is made after every reading, for one patient too."""
    monkeypatch.setattr(room, "_WORTH", 1)
    settled.clock.moment += LONG_AFTER
    settled.register(
        trial_code="NPC-018", hospital_number="", family_name="Green", given_name="Eve"
    )
    assert listed(settled.desk) == {"NPC-018"}
    return settled


def read(ward) -> set[str]:
    return {one.trial_code for one in to_be_read(ward.desk)}


def test_whoever_is_over_is_not_read_again(noted):
    assert read(noted) == {"NPC-018"}
    assert listed(noted.desk) == {"NPC-018"}


def test_whatever_is_stored_for_a_patient_brings_him_back_to_be_read(noted):
    (old,) = find_subjects(noted.desk, "NPC-017")
    noted.subject = old.id
    noted.made(noted.amend(1, in_error=True))
    assert read(noted) == {"NPC-017", "NPC-018"}
    assert listed(noted.desk) == {"NPC-017", "NPC-018"}  # its dose is open again
    noted.register(trial_code="NPC-019", hospital_number="", family_name="Gray", given_name="Ian")
    assert listed(noted.desk) == {"NPC-017", "NPC-018", "NPC-019"}


def test_a_reader_uses_the_note_and_writes_none(noted):
    path = noted.desk.journal.path
    before = note_path(path, "on-treatment").read_bytes()
    with open_read_only(path) as journal:
        assert journal.noted("on-treatment") == read_note(path, "on-treatment")
        assert not hasattr(journal, "keep_note")
    assert note_path(path, "on-treatment").read_bytes() == before


@pytest.mark.parametrize("how", ["gone", "garbled", "edited", "of another rule", "of no entry"])
def test_without_a_note_that_fits_everybody_is_read(noted, how: str, monkeypatch):
    place = note_path(noted.desk.journal.path, "on-treatment")
    text = place.read_text(encoding="utf-8")
    if how == "gone":
        place.unlink()
    elif how == "garbled":
        place.write_bytes(b"\xff\xfe")
    elif how == "edited":
        place.write_text(text.replace(noted.subject, "0" * 32), encoding="utf-8")
    elif how == "of another rule":
        monkeypatch.setattr(room, "_RULE", "by rule 99")
    else:
        place.write_text(text.replace("entry ", "entry 9", 1), encoding="utf-8")
    assert read(noted) == {"NPC-017", "NPC-018"}
    assert listed(noted.desk) == {"NPC-018"}


def test_the_note_of_another_journal_hides_nobody(noted, tmp_path, stages):
    """Put beside a journal that holds the same beginning and not the same end."""
    other = tmp_path / "other" / "journal.sqlite"
    other.parent.mkdir()
    other.write_bytes(stages["planned"].read_bytes())
    text = note_path(noted.desk.journal.path, "on-treatment").read_bytes()
    note_path(other, "on-treatment").write_bytes(text)
    desk = open_desk(other, clock=noted.clock, create=False, owner="tests")
    try:
        assert listed(desk) == {"NPC-017"}
    finally:
        desk.close()
