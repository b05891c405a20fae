"""Backing up: due when entries are behind, into both folders, and what is wrong with them is named."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from il2desk.desk import (
    SetClock,
    back_up,
    back_up_file,
    backup_folders,
    backup_problems,
    backup_state,
    name_backup_folder,
    new_token,
    open_desk_to_read,
    open_practice,
    second_backup_folder,
)
from il2desk.records import backup_folder, open_journal, open_read_only


@pytest.fixture
def second(staffed, tmp_path):
    """The second folder, named by the pharmacist."""
    folder = tmp_path / "drive"
    folder.mkdir()
    staffed.made(name_backup_folder(staffed.desk, str(folder), new_token()))
    return folder


def test_a_journal_without_a_backup_is_behind(staffed):
    state = backup_state(staffed.desk)
    assert (state.taken, state.behind, state.overdue) == (None, True, True)
    assert state.second_folder is None


def test_a_backup_holds_everything_and_says_when(staffed):
    done = back_up(staffed.desk)
    (made,) = done.made
    assert done.faults == ()
    with open_read_only(made.path) as copy:
        assert copy.head() == staffed.desk.journal.head()
    state = backup_state(staffed.desk)
    assert state.taken == staffed.desk.now().replace(microsecond=0)
    assert (state.behind, state.overdue) == (False, False)


def test_what_is_stored_later_is_behind_and_after_a_day_overdue(staffed):
    back_up(staffed.desk)
    staffed.clock.moment += timedelta(hours=24)
    assert not backup_state(staffed.desk).overdue  # nothing is behind
    staffed.made(name_backup_folder(staffed.desk, "", new_token()))
    state = backup_state(staffed.desk)
    assert (state.behind, state.overdue) == (True, False)
    staffed.clock.moment += timedelta(microseconds=1)
    assert backup_state(staffed.desk).overdue


def test_a_clock_that_ran_ahead_hides_no_backup_and_loses_none(staffed):
    now = staffed.clock.moment
    staffed.clock.moment = now + timedelta(days=3650)
    back_up(staffed.desk)
    staffed.clock.moment = now
    staffed.made(name_backup_folder(staffed.desk, "", new_token()))
    assert backup_state(staffed.desk).overdue
    (made,) = back_up(staffed.desk).made
    assert made.path.exists()
    state = backup_state(staffed.desk)
    assert state.taken == staffed.desk.now().replace(microsecond=0)
    assert not state.behind


def test_both_folders_get_a_backup(staffed, second):
    done = back_up(staffed.desk)
    assert [one.path.parent for one in done.made] == list(backup_folders(staffed.desk.journal))
    assert done.made[1].path.parent == second
    assert done.made[0].path.read_bytes() == done.made[1].path.read_bytes()


def test_a_second_folder_that_is_away_is_told_and_the_first_is_made(staffed, second):
    shutil.rmtree(second)
    done = back_up(staffed.desk)
    assert [one.path.parent.name for one in done.made] == ["backups"]
    (fault,) = done.faults
    assert f"No backup was made at {second}" in fault.what
    assert "the folder is not there" in fault.what
    assert not second.exists()  # nothing is written in the name of a drive that is away
    assert backup_state(staffed.desk).overdue
    _, problems = backup_problems(staffed.desk.journal)
    assert problems == (f"the second folder {second} cannot be reached",)


def test_the_empty_place_of_a_drive_is_not_the_drive(staffed, second):
    for file in second.iterdir():
        file.unlink()
    (fault,) = back_up(staffed.desk).faults
    assert "none of this journal's earlier backups lies there" in fault.what
    assert list(second.iterdir()) == []


def test_the_folder_beside_the_journal_is_no_second_one(staffed):
    back_up(staffed.desk)
    own = str(backup_folder(staffed.desk.journal.path))
    staffed.refused("folder", name_backup_folder, staffed.desk, own, new_token())


def test_a_folder_that_is_named_on_the_way_is_not_thinned_out(staffed, tmp_path):
    to = tmp_path / "stick"
    to.mkdir()
    for _ in range(3):
        back_up_file(staffed.desk.journal.path, to, staffed.clock)
        staffed.clock.moment += timedelta(seconds=1)
    assert len(list(to.glob("*.sqlite"))) == 3


@pytest.mark.parametrize("named", ["relative", "/nowhere/at/all", "/" + "x" * 300])
def test_a_folder_that_is_none_is_refused(staffed, named):
    staffed.refused("folder", name_backup_folder, staffed.desk, named, new_token())


def test_who_names_the_folder(staffed, tmp_path):
    staffed.sign_in("nurse")
    staffed.refused("role", name_backup_folder, staffed.desk, str(tmp_path), new_token())
    staffed.sign_in("monitor")
    staffed.refused("reading-only", name_backup_folder, staffed.desk, str(tmp_path), new_token())


def test_the_folder_is_named_once_for_a_form_and_can_be_taken_back(staffed, second, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    staffed.once(name_backup_folder, staffed.desk, str(other))
    assert second_backup_folder(staffed.desk.journal) == other
    staffed.made(name_backup_folder(staffed.desk, "  ", new_token()))
    assert second_backup_folder(staffed.desk.journal) is None


def test_practice_and_a_reader_make_none(staffed, tmp_path):
    practice = open_practice(tmp_path / "practice" / "journal.sqlite")
    assert back_up(practice).made == ()
    practice.close()
    reader = open_desk_to_read(staffed.desk.journal.path, clock=staffed.clock)
    assert back_up(reader).made == ()
    reader.close()
    assert not backup_folder(staffed.desk.journal.path).exists()


def test_the_command_line_backs_up_while_the_window_holds_the_journal(staffed, tmp_path):
    path = staffed.desk.journal.path
    (made,) = back_up_file(path, None, staffed.clock).made
    assert made.path.parent == backup_folder(path)
    to = tmp_path / "stick"
    to.mkdir()
    (made,) = back_up_file(path, to, SetClock(staffed.clock.moment)).made
    assert made.path.parent == to
    assert not backup_state(staffed.desk).behind


def test_a_backup_that_went_bad_is_named(staffed):
    (made,) = back_up(staffed.desk).made
    told, problems = backup_problems(staffed.desk.journal)
    assert problems == ()
    assert told.startswith("1 backup in ")
    raw = bytearray(made.path.read_bytes())
    at = raw.index(b"K. Brandt")
    raw[at : at + 2] = b"X."
    made.path.write_bytes(raw)
    _, (problem,) = backup_problems(staffed.desk.journal)
    assert problem.startswith(f"{made.path.name} is not whole: entry ")
    made.path.write_bytes(b"not a journal")
    _, (problem,) = backup_problems(staffed.desk.journal)
    assert "is not an IL2Desk journal" in problem


def test_a_cut_tail_is_named_with_its_folder(staffed, tmp_path):
    older = tmp_path / "older.sqlite"
    staffed.desk.journal.backup_to(older)
    staffed.made(name_backup_folder(staffed.desk, "", new_token()))
    back_up(staffed.desk)
    path = staffed.desk.journal.path
    staffed.desk.close()
    shutil.copyfile(older, path)
    with open_read_only(path) as journal:
        assert journal.check().ok
        _, problems = backup_problems(journal)
    assert len(problems) == 1
    assert "entries were cut off" in problems[0]
    assert str(path.parent / "backups") in problems[0]


def test_no_backup_yet_is_told_and_is_no_problem(staffed):
    assert backup_problems(staffed.desk.journal) == ("no backup was made yet", ())


def test_a_name_from_a_clock_that_ran_ahead_hides_no_bad_backup(staffed):
    now = staffed.clock.moment
    staffed.clock.moment = now + timedelta(days=365)
    back_up(staffed.desk)
    staffed.clock.moment = now
    staffed.made(name_backup_folder(staffed.desk, "", new_token()))
    (made,) = back_up(staffed.desk).made
    made.path.write_bytes(b"not a journal")
    _, (problem,) = backup_problems(staffed.desk.journal)
    assert "is not an IL2Desk journal" in problem


def test_a_hand_made_restore_is_told_and_stops_no_start(staffed):
    staffed.desk.append("journal-restored", {}, reason="hand-made")
    back_up(staffed.desk)
    told, problems = backup_problems(staffed.desk.journal)
    assert "restored to entry None" in told
    assert "by nobody who signed" in told
    assert problems == ()
    path = staffed.desk.journal.path
    staffed.desk.close()
    open_journal(path).close()
