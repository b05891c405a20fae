"""Encrypting at the desk: who may, what is typed, what two people sign, and what stays in the clear."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from il2desk.desk import (
    DECRYPT,
    ENCRYPT,
    ENCRYPTION_FIRST,
    ENCRYPTION_SECOND,
    LOST_PASSPHRASE,
    NEW_PASSPHRASE,
    EncryptionForm,
    JournalEncrypted,
    RestorePlan,
    WrongPassphrase,
    back_up,
    back_up_file,
    backup_problems,
    backups_beside,
    clear_copies,
    encrypt_journal,
    encryption_lines,
    encryption_refusal,
    is_encrypted,
    name_backup_folder,
    needs_passphrase,
    new_token,
    open_desk,
    open_desk_to_read,
    open_last_backup,
    passphrase_problem,
    plan_restore,
    plan_unlocked,
    restore,
    restore_lines,
    review_encryption,
    signature_of,
    try_passphrase,
    verify_installation,
)
from il2desk.desk.access import END_ACCESS, end_access
from il2desk.desk.backup_folders import backup_folders
from il2desk.dosing import Refusal
from il2desk.records import (
    Passphrase,
    StorageFailed,
    change_encryption,
    looks_encrypted,
    planned_change,
)

# SQLCipher takes the first for a key and derives none, which takes it most of its time.
FIRST, SECOND = "x'" + "5e" * 32 + "'", "a larger fleet of ships"
THIRD = "x'" + "e5" * 32 + "'"
TYPED = "Käse und Wein, 'zwölf' 王小明"
PEOPLE = (("K. Brandt", "1111"), ("A. Ruiz", "2222"))
ENCRYPTING = EncryptionForm(ENCRYPT, new=TYPED, again=TYPED)


def change(ward, form, token=""):
    signed = ward.two(ENCRYPTION_FIRST, ENCRYPTION_SECOND)
    return encrypt_journal(ward.desk, form, signed, token or new_token())


def encrypt(ward, passphrase=FIRST):
    """What a change does to the file, with a passphrase that no form takes."""
    desk = ward.desk
    planned = planned_change(desk.journal, Passphrase(passphrase), desk.clock.now())
    body = {"change": "encrypted", "kept_as": planned.kept.name}
    change_encryption(desk.journal, planned, desk.draft("encryption-changed", body))
    back_up(desk)


@pytest.fixture
def encrypted(staffed):
    """A staffed journal that was encrypted a minute ago."""
    encrypt(staffed)
    staffed.at(minutes=1)
    return staffed


def test_encrypting_is_an_entry_and_a_backup_and_tells_what_is_not_encrypted(staffed):
    (before,) = back_up(staffed.desk).made
    staffed.at(minutes=1)
    token = new_token()
    done = staffed.made(change(staffed, ENCRYPTING, token))
    again = staffed.made(change(staffed, ENCRYPTING, token))  # a second press changes nothing
    assert again.entry == done.entry
    assert staffed.kinds().count("encryption-changed") == 1
    assert is_encrypted(staffed.desk)
    assert looks_encrypted(staffed.desk.journal.path)
    entry = staffed.desk.journal.entries()[-1]
    assert entry == done.entry
    assert (entry.kind, entry.body["change"]) == ("encryption-changed", "encrypted")
    assert [one["meaning"] for one in entry.body["signatures"]] == [
        ENCRYPTION_FIRST,
        ENCRYPTION_SECOND,
    ]
    assert TYPED not in str(entry)
    (made,) = done.backed_up.made
    assert looks_encrypted(made.path)
    kept = staffed.desk.journal.path.with_name(done.kept_as)
    assert done.in_the_clear == (
        f"{kept.name} in {kept.parent} is NOT encrypted",
        f"{before.path.name} in {before.path.parent} is NOT encrypted",
    )
    told, problems = backup_problems(staffed.desk.journal)
    assert problems == ()
    assert "NOT-ENCRYPTED" in told
    kept.unlink()
    before.path.unlink()
    assert clear_copies(staffed.desk.journal) == ()
    path = staffed.desk.journal.path
    staffed.desk.close()
    open_desk(path, passphrase=f" {TYPED} ").close()


def test_many_copies_in_the_clear_are_counted(staffed):
    for day in (1, 2, 3):
        staffed.at(hours=24 * day)
        back_up(staffed.desk)
    staffed.at(hours=100)
    encrypt(staffed)
    lines = clear_copies(staffed.desk.journal)
    assert any(line.startswith("3 files in ") for line in lines)


def test_copies_in_folders_that_were_named_once_are_told(staffed, tmp_path):
    first, second = tmp_path / "first drive", tmp_path / "second drive"
    for day, folder in enumerate((first, second), start=1):
        folder.mkdir()
        staffed.made(name_backup_folder(staffed.desk, str(folder), new_token()))
        staffed.at(hours=24 * day)
    encrypt(staffed)
    told = " ".join(clear_copies(staffed.desk.journal))
    assert f"in {first} is NOT encrypted" in told
    assert f"in {second} is NOT encrypted" in told
    shutil.rmtree(first)  # not complained about: it is named no more
    shutil.rmtree(second)
    told = " ".join(clear_copies(staffed.desk.journal))
    assert str(first) not in told
    assert f"{second} cannot be read: whether the copies there are encrypted is not known" in told


def test_a_folder_that_fails_afterwards_is_no_failed_change(staffed, monkeypatch):
    def failed(*_, **_more):
        raise StorageFailed(staffed.desk.journal.path, "input/output error")

    monkeypatch.setattr(
        "il2desk.desk.encrypt.change_encryption", lambda j, _, draft: j.append(draft)
    )
    monkeypatch.setattr("il2desk.desk.encrypt.back_up", failed)
    done = staffed.made(change(staffed, ENCRYPTING))
    assert done.entry == staffed.desk.journal.last()
    assert "input/output error" in str(done.backed_up.faults[0])


def test_work_goes_on_and_the_next_start_asks_for_the_passphrase(encrypted):
    encrypted.made(name_backup_folder(encrypted.desk, "", new_token()))
    path, count = encrypted.desk.journal.path, encrypted.count
    encrypted.desk.close()
    for passphrase, fault in ((None, JournalEncrypted), (SECOND, WrongPassphrase)):
        with pytest.raises(fault):
            open_desk(path, passphrase=passphrase)
    desk = open_desk(path, passphrase=FIRST)
    assert desk.journal.count() == count
    desk.close()
    reader = open_desk_to_read(path, passphrase=FIRST)
    assert is_encrypted(reader)
    reader.close()


def test_a_new_passphrase_needs_the_present_one_and_shuts_out_the_old(encrypted, tmp_path):
    drive, away = tmp_path / "drive", tmp_path / "away"
    drive.mkdir()
    encrypted.made(name_backup_folder(encrypted.desk, str(drive), new_token()))
    drive.rename(away)
    wrong = EncryptionForm(NEW_PASSPHRASE, present="not this one at all", new=SECOND, again=SECOND)
    encrypted.refused("present", change, encrypted, wrong)
    form = EncryptionForm(NEW_PASSPHRASE, present=FIRST, new=SECOND, again=SECOND)
    done = encrypted.made(change(encrypted, form))
    assert done.entry.body["change"] == "passphrase-changed"
    assert "before-passphrase" in done.kept_as
    assert try_passphrase(encrypted.desk, SECOND).startswith("It opens the newest backup")
    assert isinstance(try_passphrase(encrypted.desk, FIRST), Refusal)
    away.rename(drive)
    (problem,) = backup_problems(encrypted.desk.journal)[1]
    assert "has not the journal's passphrase, or is destroyed: back up now" in problem
    path = encrypted.desk.journal.path
    encrypted.desk.close()
    with pytest.raises(WrongPassphrase):
        open_desk(path, passphrase=FIRST)


def test_a_passphrase_that_nobody_has_is_replaced_while_the_journal_is_open(encrypted):
    form = EncryptionForm(LOST_PASSPHRASE, new=SECOND, again=SECOND)
    assert any("can never be opened again" in line for line in encryption_lines(form))
    done = encrypted.made(change(encrypted, form))
    assert done.entry.body["change"] == "passphrase-lost"
    assert done.backed_up.faults == ()
    assert try_passphrase(encrypted.desk, SECOND).startswith("It opens the newest backup")
    assert review_encryption(encrypted.desk, EncryptionForm(DECRYPT)).code == "present"


def test_decrypting_needs_the_passphrase_and_leaves_a_plain_journal(encrypted):
    encrypted.refused("present", change, encrypted, EncryptionForm(DECRYPT, present=SECOND))
    done = encrypted.made(change(encrypted, EncryptionForm(DECRYPT, present=FIRST)))
    assert done.entry.body["change"] == "decrypted"
    assert not is_encrypted(encrypted.desk)
    assert encrypted.desk.journal.path.read_bytes().startswith(b"SQLite format 3\0")
    assert done.in_the_clear == ()
    assert backup_problems(encrypted.desk.journal)[1] == ()


@pytest.mark.parametrize(
    ("typed", "again", "code"),
    [
        ("", "", "passphrase"),
        ("fourteen chars", "fourteen chars", "passphrase"),
        ("          short          ", "          short          ", "passphrase"),
        ("fifteen letters", "fifteen lettera", "passphrase-again"),
        ("a tab\tis not seen twice", "a tab\tis not seen twice", "passphrase"),
        ("x'" + "0123456789abcdef" * 4 + "'", "x'" + "0123456789abcdef" * 4 + "'", "passphrase"),
        ("x'" + "0123456789abcdef" * 6 + "'", "x'" + "0123456789abcdef" * 6 + "'", "passphrase"),
    ],
)
def test_a_passphrase_that_is_no_good_is_refused(staffed, typed, again, code):
    form = EncryptionForm(ENCRYPT, new=typed, again=again)
    refusal = staffed.refused(code, change, staffed, form)
    assert not typed.strip() or typed not in refusal.text
    assert not is_encrypted(staffed.desk)


@pytest.mark.parametrize(
    "typed", ["fifteen letters", "aaaaaaaaaaaaaaa", TYPED, "w " * 500 + "w", "x'no key at all'"]
)
def test_length_is_all_that_is_asked_and_long_ones_are_taken(typed):
    assert passphrase_problem(typed, typed) is None


def test_who_may_change_it_and_where(staffed, tmp_path):
    staffed.sign_in("nurse")
    staffed.refused("role", review_encryption, staffed.desk, ENCRYPTING)
    staffed.sign_in("monitor")
    staffed.refused("reading-only", review_encryption, staffed.desk, ENCRYPTING)
    staffed.sign_in("administrator" if "administrator" in staffed.team else "pharmacist")
    assert encryption_refusal(staffed.desk) is None
    staffed.refused(
        "changed", review_encryption, staffed.desk, EncryptionForm(DECRYPT, present=FIRST)
    )
    reader = open_desk_to_read(staffed.desk.journal.path)
    reader.person = staffed.desk.person
    assert encryption_refusal(reader).code == "read-only"
    reader.close()
    practice = open_desk(tmp_path / "practice.sqlite", practice=True)
    practice.person = staffed.desk.person
    assert encryption_refusal(practice).code == "practice"
    practice.close()


def test_one_person_alone_encrypts_nothing(staffed):
    one = staffed.two(ENCRYPTION_FIRST, ENCRYPTION_SECOND)
    same = type(one)(one.first, one.first)
    staffed.refused("same-person", encrypt_journal, staffed.desk, ENCRYPTING, same, new_token())


def test_a_form_shows_no_passphrase():
    form = EncryptionForm(NEW_PASSPHRASE, present=FIRST, new=SECOND, again=SECOND)
    for text in (repr(form), *encryption_lines(form)):
        assert FIRST not in text
        assert SECOND not in text
    assert any("NOT encrypted" in line for line in encryption_lines(ENCRYPTING))
    assert any("keep it sealed" in line for line in encryption_lines(form))
    assert any("whoever has the file" in line for line in encryption_lines(EncryptionForm(DECRYPT)))


def test_a_passphrase_is_tried_on_the_newest_backup_only(staffed):
    assert try_passphrase(staffed.desk, FIRST).code == "no-backup"
    back_up(staffed.desk)
    assert try_passphrase(staffed.desk, FIRST).code == "no-backup"  # it is not encrypted
    staffed.at(minutes=1)
    encrypt(staffed)
    assert "It opens the newest backup, of 02-Mar-2026 12:01" in try_passphrase(staffed.desk, FIRST)
    assert try_passphrase(staffed.desk, SECOND).code == "passphrase"


def test_an_unencrypted_newest_backup_is_named(encrypted, tmp_path):
    path = encrypted.desk.journal.path
    (newest, *_) = backups_beside(path, FIRST)
    plain = next(path.parent.glob("journal-NOT-ENCRYPTED-*"))
    newest.path.write_bytes(plain.read_bytes())
    _, problems = backup_problems(encrypted.desk.journal)
    assert any("is not encrypted, and the journal is" in problem for problem in problems)


def test_the_command_backs_up_with_the_passphrase(encrypted):
    path = encrypted.desk.journal.path
    with pytest.raises(JournalEncrypted):
        back_up_file(path, None, encrypted.clock)
    (made,) = back_up_file(path, None, encrypted.clock, FIRST).made
    assert looks_encrypted(made.path)
    assert made.path.parent in backup_folders(encrypted.desk.journal)


def test_verify_says_nothing_of_it_without_the_passphrase(encrypted):
    path = encrypted.desk.journal.path
    for passphrase, fault in ((None, JournalEncrypted), (SECOND, WrongPassphrase)):
        with pytest.raises(fault):
            verify_installation(path, passphrase)


def test_the_last_backup_is_read_with_the_passphrase(encrypted):
    path = encrypted.desk.journal.path
    encrypted.desk.close()
    path.write_bytes(b"lost")
    for passphrase, fault in ((None, JournalEncrypted), (SECOND, WrongPassphrase)):
        with pytest.raises(fault):
            open_last_backup(path, passphrase=passphrase)
    desk = open_last_backup(path, passphrase=FIRST)
    assert desk.read_only
    assert desk.backup_taken is not None
    desk.close()


def test_a_restore_needs_the_passphrase_and_stays_encrypted(encrypted):
    path = encrypted.desk.journal.path
    (backup, *_) = backups_beside(path, FIRST)
    encrypted.made(name_backup_folder(encrypted.desk, "", new_token()))
    encrypted.desk.close()
    assert needs_passphrase(backup.path)
    for passphrase, fault in ((None, JournalEncrypted), (SECOND, WrongPassphrase)):
        with pytest.raises(fault):
            plan_restore(path, backup.path, passphrase)
    plan = plan_restore(path, backup.path, FIRST)
    assert isinstance(plan, RestorePlan)
    assert FIRST not in repr(plan)
    assert plan.lost == (("backup-folder-named", 1),)
    assert any("encrypted with the passphrase of this backup" in one for one in restore_lines(plan))
    encrypted.made(restore(plan, PEOPLE, "the disk failed", encrypted.clock))
    assert looks_encrypted(path)
    desk = open_desk(path, passphrase=FIRST)
    assert desk.journal.entries()[-1].kind == "journal-restored"
    assert desk.journal.check().ok
    desk.close()


def test_a_restore_that_ends_encryption_says_so_before_anybody_signs(staffed):
    (backup,) = back_up(staffed.desk).made
    staffed.at(minutes=1)
    encrypt(staffed)
    path = staffed.desk.journal.path
    staffed.desk.close()
    plan = plan_restore(path, backup.path, FIRST)
    assert isinstance(plan, RestorePlan)
    assert plan.lost == (("encryption-changed", 1),)
    assert any("This backup is NOT encrypted" in line for line in restore_lines(plan))
    staffed.clock.moment += timedelta(minutes=1)
    staffed.made(restore(plan, PEOPLE, "the disk failed", staffed.clock))
    open_desk(path).close()


@pytest.fixture
def of_two_passphrases(encrypted):
    """A backup, then the nurse leaves and the passphrase is changed. Journal, backup, clock."""
    desk, team = encrypted.desk, encrypted.team
    path = desk.journal.path
    (backup, *_) = backups_beside(path, FIRST)
    signed = signature_of(desk, team["pharmacist"], END_ACCESS)
    encrypted.made(
        end_access(desk, team["nurse"].id, desk.now().date(), "gone", signed, new_token())
    )
    encrypt(encrypted, THIRD)
    encrypted.at(minutes=4)
    desk.close()
    return path, backup.path, encrypted.clock


def test_a_backup_of_an_earlier_passphrase_is_restored_as_the_journal_knows_people(
    of_two_passphrases,
):
    path, backup, clock = of_two_passphrases
    plan = plan_restore(path, backup, FIRST)
    assert plan.locked
    told = " ".join(restore_lines(plan))
    assert "was not opened by this passphrase" in told
    assert "type that first" in told
    assert "What was stored since the backup cannot be counted" in told
    with pytest.raises(WrongPassphrase):
        plan_unlocked(plan, "x'" + "00" * 32 + "'")
    plan = plan_unlocked(plan, THIRD)
    assert not plan.locked
    assert plan.lost == (("encryption-changed", 1), ("staff-left", 1))
    told = " ".join(restore_lines(plan))
    assert "is not the journal's present one: keep both" in told
    assert THIRD not in repr(plan) + told
    answer = restore(plan, PEOPLE, "the disk failed", clock)
    assert isinstance(answer, Refusal)
    assert answer.code == "left"
    open_desk(path, passphrase=THIRD).close()


def test_where_nobody_has_the_passphrase_an_earlier_backup_is_still_restored(of_two_passphrases):
    path, backup, clock = of_two_passphrases
    entry = restore(plan_restore(path, backup, FIRST), PEOPLE, "passphrase lost", clock)
    assert not isinstance(entry, Refusal), entry
    desk = open_desk(path, passphrase=FIRST)
    assert desk.journal.entries()[-1] == entry
    assert "back up now" in backup_problems(desk.journal)[1][0]  # the last one is not of this file
    clock.moment += timedelta(minutes=1)
    back_up(desk)
    assert backup_problems(desk.journal)[1] == ()
    desk.close()
    open_desk_to_read(path.with_name(entry.body["kept_as"]), passphrase=THIRD).close()
