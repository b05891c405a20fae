"""Restoring: what would be lost is shown, two people sign, and nothing that was there is thrown away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from il2desk.desk import (
    RESTORE_FIRST,
    RESTORE_SECOND,
    RestorePlan,
    back_up,
    backup_problems,
    new_token,
    open_desk,
    plan_restore,
    restore,
    restore_lines,
    signature_of,
    staff,
)
from il2desk.desk.access import END_ACCESS, end_access
from il2desk.dosing import Refusal
from il2desk.records import JournalBusy, open_journal, open_read_only, put_back

PEOPLE = (("K. Brandt", "1111"), ("A. Ruiz", "2222"))
REASON = "the disk failed"


@pytest.fixture
def lost(ward):
    """A backup, then two weights; the journal is closed. Journal, backup, clock."""
    (made,) = back_up(ward.desk).made
    ward.at(minutes=5)
    ward.made(ward.weight("70.2", purpose="daily"))
    ward.at(minutes=6)
    ward.made(ward.weight("70.3", purpose="daily"))
    path = ward.desk.journal.path
    ward.desk.close()
    return path, made.path, ward.clock


def entries(path):
    with open_read_only(path) as journal:
        return journal.entries()


def test_what_would_be_lost_is_counted_by_kind(lost):
    path, backup, _ = lost
    plan = plan_restore(path, backup)
    assert isinstance(plan, RestorePlan)
    assert plan.lost == (("weight-recorded", 2),)
    assert plan.journal_head.sequence == plan.backup_head.sequence + 2
    assert not plan.differs
    text = " ".join(restore_lines(plan))
    assert "2 entries stored since 02-Mar-2026 12:05 (+01:00) would not be in the journal" in text
    assert "2 weight recorded" in text
    assert "is kept beside it under another name" in text
    assert "nothing is prepared for a patient until two people compared paper" in text
    assert "It is the journal of Ward 7; patients: NPC-017." in text


def test_a_restore_is_the_next_entry_and_the_old_file_stays(lost):
    path, backup, clock = lost
    before = path.read_bytes()
    plan = plan_restore(path, backup)
    stored = restore(plan, PEOPLE, f" {REASON} ", clock)
    assert not isinstance(stored, Refusal), stored
    there = entries(path)
    assert there[:-1] == entries(backup)
    last = there[-1]
    assert last == stored
    assert (last.kind, last.reason) == ("journal-restored", REASON)
    assert [(one["name"], one["meaning"]) for one in last.body["signatures"]] == [
        ("K. Brandt", RESTORE_FIRST), ("A. Ruiz", RESTORE_SECOND),
    ]  # fmt: skip
    assert last.body["journal_sequence"] == plan.journal_head.sequence
    assert last.body["lost"][0] == {"kind": "weight-recorded", "entries": 2}
    kept = path.with_name(last.body["kept_as"])
    assert kept.read_bytes() == before
    assert len(entries(kept)) == len(there) + 1
    with open_read_only(path) as journal:
        assert journal.check().ok
        told, problems = backup_problems(journal)
    assert problems == ()
    assert "restored to entry" in told
    assert "by K. Brandt and A. Ruiz" in told


def test_heads_kept_before_the_restore_are_no_cut_tail(lost):
    path, backup, clock = lost
    clock.moment += timedelta(days=1)
    desk = open_desk(path, clock=clock, create=False)
    back_up(desk)  # its head lies beyond what the restore goes back to
    desk.close()
    clock.moment += timedelta(minutes=1)
    stored = restore(plan_restore(path, backup), PEOPLE, REASON, clock)
    assert not isinstance(stored, Refusal), stored
    with open_read_only(path) as journal:
        assert backup_problems(journal)[1] == ()


@pytest.mark.parametrize(
    ("people", "reason", "code"),
    [
        (PEOPLE, "  ", "reason"),
        ((PEOPLE[0], PEOPLE[0]), REASON, "same-person"),
        ((PEOPLE[0], ("A. Ruiz", "9999")), REASON, "pin"),
        ((("L. Weiss", "4444"), PEOPLE[1]), REASON, "reading-only"),
        ((PEOPLE[0], ("L. Weiss", "4444")), REASON, "role"),
    ],
)
def test_what_is_refused_leaves_everything_as_it_was(lost, people, reason, code):
    path, backup, clock = lost
    before = path.read_bytes()
    answer = restore(plan_restore(path, backup), people, reason, clock)
    assert isinstance(answer, Refusal)
    assert answer.code == code
    assert path.read_bytes() == before
    assert list(path.parent.glob("*before-restore*")) == []


def test_a_journal_that_is_open_is_not_replaced(lost):
    path, backup, clock = lost
    plan = plan_restore(path, backup)
    before = path.read_bytes()
    with open_journal(path), pytest.raises(JournalBusy):
        restore(plan, PEOPLE, REASON, clock)
    assert path.read_bytes() == before


def test_a_missing_journal_comes_back(lost):
    path, backup, clock = lost
    path.unlink()
    plan = plan_restore(path, backup)
    assert plan.state == "missing"
    assert "is missing." in " ".join(restore_lines(plan))
    stored = restore(plan, PEOPLE, REASON, clock)
    assert stored.body["kept_as"] is None
    assert entries(path)[:-1] == entries(backup)


@pytest.mark.parametrize("damage", ["not a journal", "pages", "altered"])
def test_a_journal_that_cannot_be_used_comes_back_and_is_kept(lost, damage):
    path, backup, clock = lost
    raw = bytearray(path.read_bytes())
    if damage == "not a journal":
        raw[:16] = b"x" * 16
    elif damage == "pages":
        for page in range(1, len(raw) // 4096):
            raw[page * 4096 : page * 4096 + 16] = b"\xff" * 16
    else:
        at = raw.index(b"70.3")
        raw[at : at + 4] = b"30.3"
    path.write_bytes(raw)
    plan = plan_restore(path, backup)
    assert isinstance(plan, RestorePlan)
    assert plan.state not in ("whole", "missing")
    assert "cannot be read: " in " ".join(restore_lines(plan)) or "not as it was" in plan.state
    stored = restore(plan, PEOPLE, REASON, clock)
    assert not isinstance(stored, Refusal), stored
    assert path.with_name(stored.body["kept_as"]).read_bytes() == bytes(raw)
    with open_read_only(path) as journal:
        assert journal.check().ok
    open_desk(path, clock=clock, create=False).close()


def test_a_restore_that_would_change_nothing_is_refused(ward):
    (made,) = back_up(ward.desk).made
    path = ward.desk.journal.path
    assert plan_restore(path, made.path).code == "no-change"
    assert plan_restore(path, path).code == "same-file"


def test_another_trials_backup_is_refused(lost, staffed_elsewhere):
    path, _, _ = lost
    assert plan_restore(path, staffed_elsewhere).code == "another-journal"


@pytest.fixture
def staffed_elsewhere(tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with open_journal(folder / "journal.sqlite", create=True) as journal:
        journal.backup_to(folder / "copy.sqlite")
    return folder / "copy.sqlite"


def test_a_backup_that_is_not_whole_is_refused(lost):
    path, backup, _ = lost
    raw = bytearray(backup.read_bytes())
    at = raw.index(b"NPC-017")
    raw[at : at + 3] = b"XXX"
    backup.write_bytes(raw)
    refusal = plan_restore(path, backup)
    assert refusal.code == "backup-not-whole"
    assert "Choose an older backup" in refusal.text


def test_what_changed_since_it_was_shown_is_refused(lost):
    """Somebody worked in the journal between the look and the signatures."""
    path, backup, clock = lost
    plan = plan_restore(path, backup)
    clock.moment += timedelta(minutes=1)
    desk = open_desk(path, clock=clock, create=False)
    desk.append("backup-folder-named", {"folder": ""})
    desk.close()
    answer = restore(plan, PEOPLE, REASON, clock)
    assert isinstance(answer, Refusal)
    assert answer.code == "changed"


def test_a_clock_that_is_behind_the_backup_is_refused(lost):
    path, backup, clock = lost
    clock.moment -= timedelta(days=400)
    answer = restore(plan_restore(path, backup), PEOPLE, REASON, clock)
    assert isinstance(answer, Refusal)
    assert answer.code == "clock"


def test_who_left_since_the_backup_does_not_sign(lost):
    path, backup, clock = lost
    clock.moment += timedelta(minutes=1)
    desk = open_desk(path, clock=clock, create=False)
    team = {person.role: person for person in staff(desk)}
    desk.person = team["pharmacist"]
    signed = signature_of(desk, team["pharmacist"], END_ACCESS)
    today = desk.now().date()
    left = end_access(desk, team["nurse"].id, today, "gone", signed, new_token())
    assert not isinstance(left, Refusal), left
    desk.close()
    answer = restore(plan_restore(path, backup), PEOPLE, REASON, clock)
    assert isinstance(answer, Refusal)
    assert answer.code == "left"


def test_a_stop_in_the_middle_leaves_the_old_journal(lost):
    """Killed when the restore is about to be written: nothing was moved yet."""
    path, backup, _ = lost
    before = path.read_bytes()
    with pytest.raises(RuntimeError):
        put_back(backup, path, datetime(2026, 3, 2, 12, tzinfo=UTC), "tests", _power_cut)
    assert path.read_bytes() == before
    assert sorted(one.name for one in path.parent.iterdir() if ".part" in one.name) == []


def _power_cut(part):
    assert part.exists()
    raise RuntimeError


def test_a_backup_that_is_not_there_is_said(lost):
    path, backup, _ = lost
    assert plan_restore(path, backup.with_name("none.sqlite")).code == "no-file"
    assert plan_restore(path, backup.parent).code == "no-file"
