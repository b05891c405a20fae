"""Wrong PINs: counted, slowed, told in the journal, and not forgotten by a new start."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from il2desk.desk import Person, access, check_pin, new_token, open_desk, open_desk_to_read, sign_in
from il2desk.desk.pin_tries import LONGEST_PAUSE, Tries


def wrong(desk, name="A. Ruiz", times=3):
    return [check_pin(desk, name, "0000") for _ in range(times)]


def kinds(desk):
    return [entry.kind for entry in desk.journal.entries() if entry.kind.startswith("pin-")]


def test_three_wrong_pins_and_half_a_minute(staffed):
    desk = staffed.desk
    assert [answer.text.rpartition("match. ")[2] for answer in wrong(desk)] == [
        "2 tries left.", "1 try left.", "Wait 30 seconds.",
    ]  # fmt: skip
    answer = check_pin(desk, "A. Ruiz", "2222")
    assert (answer.code, answer.text) == (
        "too-many-tries", "Three wrong PINs in a row. Wait 30 seconds, then try again.",
    )  # fmt: skip
    assert isinstance(check_pin(desk, "K. Brandt", "1111"), Person)  # others go on working
    staffed.clock.moment += timedelta(seconds=29, milliseconds=500)
    assert "Wait 1 second," in check_pin(desk, "a. RUIZ", "2222").text
    staffed.clock.moment += timedelta(milliseconds=500)
    assert isinstance(check_pin(desk, "A. Ruiz", "2222"), Person)


def test_each_pause_is_twice_the_one_before_and_none_is_without_end():
    tries, now, lengths = Tries(), datetime(2026, 3, 1, tzinfo=UTC), []
    for _ in range(200):
        assert [tries.add(now) for _ in range(3)] == [False, False, True]
        lengths.append(tries.pause)
    assert [int(length.total_seconds()) for length in lengths[:7]] == [
        30, 60, 120, 240, 480, 900, 900,
    ]  # fmt: skip
    assert max(lengths) == LONGEST_PAUSE


def test_a_new_start_of_the_program_does_not_forget_the_pause(staffed):
    path, clock = staffed.desk.journal.path, staffed.clock
    wrong(staffed.desk)
    clock.moment += timedelta(seconds=30)
    wrong(staffed.desk)
    staffed.desk.close()
    again = open_desk(path, clock=clock, create=False, owner="tests")
    try:
        assert check_pin(again, "A. Ruiz", "2222").text.endswith("Wait 60 seconds, then try again.")
        clock.moment += timedelta(minutes=1)
        assert wrong(again)[-1].text.endswith("Wait 2 minutes.")
        clock.moment += timedelta(minutes=2)
        assert isinstance(sign_in(again, "A. Ruiz", "2222"), Person)
        assert wrong(again)[-1].text.endswith("Wait 30 seconds.")  # counted anew
    finally:
        again.close()


def reopened(ward):
    """Close the program and start it again."""
    path = ward.desk.journal.path
    ward.desk.close()
    ward.desk = open_desk(path, clock=ward.clock, create=False, owner="tests")
    return ward.desk


def test_a_new_start_after_every_second_try_gives_no_further_tries(staffed):
    wrong(staffed.desk, times=2)
    desk = reopened(staffed)
    try:
        assert check_pin(desk, "A. Ruiz", "0000").text.endswith("Wait 30 seconds.")
        assert check_pin(desk, "K. Brandt", "0000").text.endswith("2 tries left.")  # one by one
        staffed.clock.moment += timedelta(seconds=30)
        wrong(desk, times=1)
        desk = reopened(staffed)
        assert check_pin(desk, "A. Ruiz", "0000").text.endswith("1 try left.")
        assert isinstance(check_pin(desk, "A. Ruiz", "2222"), Person)
        desk = reopened(staffed)
        assert check_pin(desk, "A. Ruiz", "0000").text.endswith("2 tries left.")
        assert check_pin(desk, "K. Brandt", "0000").text.endswith("1 try left.")
    finally:
        desk.close()


def test_a_spoilt_note_of_wrong_pins_locks_nobody_out(staffed):
    wrong(staffed.desk, times=2)
    path = staffed.desk.journal.path
    note = path.with_name(f"{path.name}.wrong-pins")
    assert staffed.team["nurse"].id in note.read_text(encoding="utf-8")
    note.write_text("journal nonsense", encoding="utf-8")
    desk = reopened(staffed)
    try:
        assert isinstance(check_pin(desk, "A. Ruiz", "2222"), Person)
    finally:
        desk.close()


def test_one_entry_for_each_pause_without_the_typed_pin_and_nobodys_act(staffed):
    desk = staffed.desk
    wrong(desk, times=2)
    assert kinds(desk) == []
    wrong(desk, times=40)  # all but one of these fall into the pause
    (entry,) = desk.journal.entries(kind="pin-paused")
    assert dict(entry.body) == {
        "staff": staffed.team["nurse"].id, "wrong": 3, "pause_seconds": 30,
    }  # fmt: skip
    assert entry.actor == "system"  # the pharmacist is signed in, and need not have typed it
    staffed.clock.moment += timedelta(minutes=1)
    check_pin(desk, "A. Ruiz", "2222")
    check_pin(desk, "A. Ruiz", "2222")
    assert kinds(desk) == ["pin-paused", "pin-resumed"]


def test_a_name_that_nobody_has_is_slowed_and_not_written_down(staffed):
    # What was typed as a name may be a PIN.
    before = staffed.count
    wrong(staffed.desk, "4711 geheim")
    assert check_pin(staffed.desk, "4711 geheim", "0000").code == "too-many-tries"
    assert staffed.count == before


@pytest.mark.parametrize("back", [timedelta(minutes=1), timedelta(days=4000)])
def test_a_clock_set_back_neither_ends_a_pause_nor_makes_it_long(staffed, back):
    wrong(staffed.desk)
    staffed.clock.moment -= back
    assert check_pin(staffed.desk, "A. Ruiz", "2222").code == "too-many-tries"
    staffed.clock.moment += timedelta(seconds=29)
    assert check_pin(staffed.desk, "A. Ruiz", "2222").code == "too-many-tries"
    staffed.clock.moment += timedelta(seconds=1)
    assert isinstance(check_pin(staffed.desk, "A. Ruiz", "2222"), Person)


def test_a_clock_set_back_before_a_new_start_costs_one_pause(staffed):
    path, clock = staffed.desk.journal.path, staffed.clock
    wrong(staffed.desk)
    staffed.desk.close()
    clock.moment -= timedelta(days=400)
    again = open_desk(path, clock=clock, create=False, owner="tests")
    try:
        assert check_pin(again, "A. Ruiz", "2222").code == "too-many-tries"
        clock.moment += timedelta(seconds=30)
        assert isinstance(check_pin(again, "A. Ruiz", "2222"), Person)
    finally:
        again.close()


def test_a_journal_opened_for_reading_counts_too(staffed):
    wrong(staffed.desk)
    staffed.clock.moment += timedelta(seconds=30)
    reader = open_desk_to_read(staffed.desk.journal.path, clock=staffed.clock)
    try:
        before = reader.journal.count()
        assert wrong(reader)[-1].text.endswith(
            "Wait 60 seconds."
        )  # the pause in the journal counts
        assert check_pin(reader, "A. Ruiz", "2222").code == "too-many-tries"
        staffed.clock.moment += timedelta(minutes=1)
        assert isinstance(sign_in(reader, "A. Ruiz", "2222"), Person)
        assert reader.journal.count() == before
    finally:
        reader.close()


def test_another_pin_ends_the_slowing(staffed):
    wrong(staffed.desk)
    nurse = staffed.team["nurse"].id
    signed = staffed.signed("pharmacist")
    staffed.made(access.set_pin(staffed.desk, nurse, "7777", "she asked me", signed, new_token()))
    assert isinstance(check_pin(staffed.desk, "A. Ruiz", "7777"), Person)
    assert kinds(staffed.desk) == ["pin-paused", "pin-set"]
