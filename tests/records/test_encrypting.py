"""Encryption begun, ended or given a new passphrase: whole or not at all, with nothing lost between."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from il2desk.records import (
    DiskFull,
    Draft,
    EncryptionFailed,
    Journal,
    JournalEncrypted,
    JournalFault,
    KeptCopy,
    Passphrase,
    StorageFailed,
    WrongPassphrase,
    backup_folder,
    change_encryption,
    head_problems,
    left_in_the_clear,
    looks_encrypted,
    make_backup,
    open_journal,
    open_read_only,
    planned_change,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Draft]

# SQLCipher takes these for keys and derives none, which takes it most of its time.
OLD, NEW = Passphrase("x'" + "5e" * 32 + "'"), Passphrase("x'" + "e5" * 32 + "'")
NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
NAME = "Zacharias Quetzal"
WAYS = ((None, OLD), (OLD, NEW), (OLD, None))


def filled(path: Path, draft: Make, passphrase: Passphrase | None) -> Journal:
    journal = open_journal(path, create=True, passphrase=passphrase)
    journal.append_all(
        draft(body={"name": NAME, "n": number}, subject="s1", form_token=f"f{number}")
        for number in range(30)
    )
    return journal


def changed(
    journal: Journal, passphrase: Passphrase | None, draft: Make, at: datetime = NOON
) -> Path:
    change = planned_change(journal, passphrase, at)
    said = draft("encryption-changed", body={"change": "as asked", "kept_as": change.kept.name})
    entry = change_encryption(journal, change, said)
    assert journal.entry(entry.id) == entry
    return change.kept


def dump(path: Path, passphrase: Passphrase | None) -> tuple[object, ...]:
    with open_read_only(path, passphrase) as reader:
        assert reader.check().ok
        return (reader.journal_id, reader.entries())


@pytest.mark.parametrize(("before", "after"), WAYS)
def test_every_entry_is_what_it_was_and_one_says_what_was_done(
    path: Path, draft: Make, before: Passphrase | None, after: Passphrase | None
) -> None:
    with filled(path, draft, before) as journal:
        entries, identity = journal.entries(), journal.journal_id
        kept = changed(journal, after, draft)
        assert journal.passphrase == after
        assert journal.append(draft()).sequence == 32  # it goes on with the new file
        assert journal.check().ok
    assert looks_encrypted(path) is (after is not None)
    assert dump(path, after)[0] == identity
    assert dump(path, after)[1][:30] == entries
    assert dump(path, after)[1][30].kind == "encryption-changed"
    assert dump(kept, before) == (identity, entries)
    # No note of an earlier check: the next start reads all of the new file.
    names = {item.name for item in path.parent.iterdir()}
    assert names == {kept.name, path.name, path.name + ".lock"}
    with open_journal(path, passphrase=after) as journal:
        assert journal.count() == 32


def test_the_old_file_says_by_its_name_that_it_is_not_encrypted(path: Path, draft: Make) -> None:
    with filled(path, draft, None) as journal:
        kept = changed(journal, OLD, draft)
    assert kept.name == "journal-NOT-ENCRYPTED-20260312T120000Z.sqlite"
    assert NAME.encode() in kept.read_bytes()
    assert NAME.encode() not in path.read_bytes()
    with pytest.raises(JournalEncrypted):
        open_journal(path)
    with open_journal(path, passphrase=OLD) as journal:
        assert left_in_the_clear(journal, path.parent) == (kept,)
        kept = changed(journal, NEW, draft)
    assert kept.name == "journal-before-passphrase-20260312T120000Z.sqlite"
    with pytest.raises(WrongPassphrase):
        open_journal(path, passphrase=OLD)


def test_backups_made_before_are_found_as_not_encrypted(
    path: Path, draft: Make, tmp_path: Path
) -> None:
    second = tmp_path / "drive"
    second.mkdir()
    (path.parent / "notes.sqlite").write_bytes(b"SQLite format 3\0")  # somebody else's
    with filled(path, draft, None) as journal:
        clear = [make_backup(journal, f, NOON)[0].path for f in (backup_folder(path), second)]
        by_hand = second / "copy of the ward.sqlite"
        shutil.copyfile(path, by_hand)
        kept = changed(journal, OLD, draft)
        make_backup(journal, backup_folder(path), NOON + timedelta(days=1))
        folders = (path.parent, backup_folder(path), second, tmp_path / "away")
        found = [one for folder in folders for one in left_in_the_clear(journal, folder)]
        assert head_problems(journal, backup_folder(path)) == ()
    assert set(found) == {kept, by_hand, *clear}


def test_what_another_trial_keeps_beside_is_never_named_to_be_destroyed(
    path: Path, draft: Make
) -> None:
    other = path.with_name("journal-2.sqlite")
    with filled(other, draft, None) as theirs:
        make_backup(theirs, backup_folder(path), NOON)
        with filled(path, draft, None) as journal:
            kept = changed(journal, OLD, draft)
            assert left_in_the_clear(journal, path.parent) == (kept,)
            assert left_in_the_clear(journal, backup_folder(path)) == ()


def test_a_kept_file_that_is_destroyed_in_part_is_still_named(path: Path, draft: Make) -> None:
    with filled(path, draft, None) as journal:
        kept = changed(journal, OLD, draft)
        raw = kept.read_bytes()
        kept.write_bytes(raw[:16] + bytes(4096) + raw[4112:])
        side = kept.with_name(kept.name + "-journal")
        side.write_bytes(b"pages of a write that was cut off")
        assert left_in_the_clear(journal, path.parent) == (kept, side)


def test_what_a_change_kept_is_not_worked_in(path: Path, draft: Make) -> None:
    with filled(path, draft, None) as journal:
        kept = changed(journal, OLD, draft)
        again = changed(journal, NEW, draft)
    for file, key in ((kept, None), (again, OLD)):
        with pytest.raises(KeptCopy):
            open_journal(file, passphrase=key)
        open_read_only(file, key).close()


def test_after_a_stop_in_the_swap_the_journal_has_one_name(path: Path, draft: Make) -> None:
    with filled(path, draft, None) as journal:
        kept = planned_change(journal, OLD, NOON).kept
        other = kept.with_name("journal-2-" + kept.name.removeprefix("journal-"))
    os.link(path, kept)  # the stop came before the new file took the place
    shutil.copyfile(path, other)
    part = path.with_name(path.name + ".part")
    half = (part, part.with_name(part.name + "-journal"), kept.with_name(kept.name + ".part"))
    for file in half:
        file.write_bytes(b"half of a journal in the clear")
    with open_journal(path) as journal:
        assert journal.count() == 30
    assert [file for file in (kept, *half) if file.exists()] == []
    assert other.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights")
@pytest.mark.parametrize("mode", [0o600, 0o660])
@pytest.mark.parametrize("second_name", [True, False])
def test_who_may_read_the_file_stays_as_it_was(
    path: Path, draft: Make, monkeypatch: pytest.MonkeyPatch, mode: int, *, second_name: bool
) -> None:
    def no_link(*_: object, **__: object) -> None:
        raise OSError(1, "not supported")

    if not second_name:
        monkeypatch.setattr(os, "link", no_link)
    with filled(path, draft, OLD) as journal:
        path.chmod(mode)
        kept = changed(journal, None, draft)
    assert [file.stat().st_mode & 0o777 for file in (path, kept)] == [mode, mode]


@pytest.mark.skipif(sys.platform == "win32", reason="a folder is settled on POSIX only")
def test_a_folder_that_cannot_be_settled_afterwards_is_no_failed_change(
    path: Path, draft: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failed(_: Path) -> None:
        raise OSError(5, "input/output error")

    with filled(path, draft, None) as journal:
        with monkeypatch.context() as disk:
            disk.setattr("il2desk.records.encrypting.settle_folder", failed)
            changed(journal, OLD, draft)
        assert journal.passphrase == OLD
        assert journal.append(draft()).sequence == 32
    assert len(dump(path, OLD)[1]) == 32


def test_a_name_that_is_taken_stops_it(path: Path, draft: Make) -> None:
    with filled(path, draft, None) as journal:
        planned_change(journal, OLD, NOON).kept.write_bytes(b"keep me")
        with pytest.raises(EncryptionFailed) as caught:
            changed(journal, OLD, draft)
        assert "is there already" in caught.value.what
        assert journal.append(draft()).sequence == 31
    assert not looks_encrypted(path)


def test_a_full_disk_leaves_the_journal_as_it_was(small_disk: Path, draft: Make) -> None:
    path = small_disk / "journal.sqlite"
    for before, after in WAYS:
        with filled(path, draft, before) as journal:
            filler = small_disk / "filler"
            filler.write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 40_000))
            with pytest.raises(DiskFull):
                changed(journal, after, draft)
            filler.unlink()
            names = {item.name for item in small_disk.iterdir()}
            assert names <= {
                path.name,
                *(path.name + end for end in (".lock", ".owner", ".checked")),
            }
            assert journal.passphrase == before
            assert journal.append(draft()).sequence == 31
        assert len(dump(path, before)[1]) == 31
        path.unlink()


def test_a_swap_that_fails_leaves_the_journal_open_as_it_was(path: Path, draft: Make) -> None:
    with filled(path, draft, None) as journal:

        def swap() -> None:
            raise PermissionError(13, "in use by another program")

        with pytest.raises(PermissionError):
            journal.exchange(swap, OLD)
        assert journal.passphrase is None
        assert journal.append(draft()).sequence == 31


def test_a_file_that_another_program_holds_is_told_and_nothing_is_left(
    path: Path, draft: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object) -> None:
        raise PermissionError(13, "used by another process")

    with filled(path, draft, None) as journal:
        before = {item.name for item in path.parent.iterdir()}
        with monkeypatch.context() as windows:
            windows.setattr(type(path), "replace", held)
            with pytest.raises(EncryptionFailed) as caught:
                changed(journal, OLD, draft)
        assert "another program has the file open" in caught.value.what
        assert {item.name for item in path.parent.iterdir()} == before
        assert journal.append(draft()).sequence == 31
    assert not looks_encrypted(path)


@pytest.mark.skipif(sys.platform == "win32", reason="an open folder may not be locked there")
def test_a_disk_without_second_names_keeps_a_copy(
    path: Path, draft: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_link(*_: object, **__: object) -> None:
        raise OSError(1, "not supported")

    monkeypatch.setattr(os, "link", no_link)  # as on a memory stick
    with filled(path, draft, None) as journal:
        kept = changed(journal, OLD, draft)
        assert journal.check().ok
    assert len(dump(kept, None)[1]) == 30
    assert not path.samefile(kept)


def test_while_it_is_changed_nobody_else_may_write(path: Path, draft: Make) -> None:
    seen: list[str] = []
    with filled(path, draft, None) as journal:

        def swap() -> None:
            with pytest.raises(JournalFault) as caught:
                open_journal(path)
            seen.append(caught.value.code)

        journal.exchange(swap, None)
    assert seen == ["journal-busy"]


_CHANGES = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from il2desk.records import *
keys = [None if word == "-" else Passphrase(word) for word in sys.argv[2:]]
draft = Draft(kind="encryption-changed", body={"name": "x"}, actor="kb", zone="UTC",
              at=datetime(2026, 3, 12, tzinfo=UTC), local_offset="+00:00")
with open_journal(Path(sys.argv[1]), passphrase=keys[0]) as journal:
    print("open", flush=True)
    now = datetime.now(UTC) + timedelta(days=int(sys.argv[1][-1] == "x"))
    for step in range(1, 50):
        key = keys[step % len(keys)]
        change_encryption(journal, planned_change(journal, key, now + timedelta(days=step)), draft)
        print(journal.head().sequence, flush=True)
"""


def test_a_kill_at_any_moment_leaves_the_old_journal_or_the_new(path: Path, draft: Make) -> None:
    killed_again_and_again(path, draft, rounds=3)


@pytest.mark.prove
@pytest.mark.timeout(900)
def test_many_kills_leave_the_old_journal_or_the_new(path: Path, draft: Make) -> None:
    killed_again_and_again(path, draft, rounds=150)


def killed_again_and_again(path: Path, draft: Make, *, rounds: int) -> None:
    filled(path, draft, None).close()
    chance = random.Random(20260312)  # noqa: S311 - a repeatable choice of moments
    entries = 30
    for _ in range(rounds):
        key = OLD if looks_encrypted(path) else None
        words = ["-", OLD.reveal()] if key is None else [OLD.reveal(), "-"]
        acknowledged = _killed(path, words, chance)
        key = OLD if looks_encrypted(path) else None
        with open_journal(path, passphrase=key) as journal:
            assert journal.check().ok
            assert journal.count() >= max([entries, *acknowledged])
            assert [one.body["n"] for one in journal.entries(kind="weight-recorded")] == list(
                range(30)
            )
            entries = journal.count()
            names = {one.name for one in path.parent.iterdir()}
            assert not [one for one in names if ".part" in one]
        for kept in path.parent.glob("journal-*.sqlite"):
            assert not kept.samefile(path)
            assert len(dump(kept, OLD)[1]) >= 30
            kept.unlink()
    assert entries > 30


def _killed(path: Path, words: list[str], chance: random.Random) -> list[int]:
    with subprocess.Popen(
        [sys.executable, "-c", _CHANGES, os.fspath(path), *words], stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "open\n"
        time.sleep(chance.random())
        run.kill()
        lines = run.stdout.readlines()
    return [int(line) for line in lines if line.endswith("\n")]


def test_a_file_left_by_a_kill_does_not_stop_the_next_try(path: Path, draft: Make) -> None:
    with filled(path, draft, None) as journal:
        path.with_name("journal.sqlite.part").write_bytes(os.urandom(9000))
        changed(journal, OLD, draft)
    assert len(dump(path, OLD)[1]) == 31


def test_a_folder_that_fails_is_told(path: Path, draft: Make) -> None:
    with filled(path, draft, None) as journal:
        path.with_name("journal.sqlite.part").mkdir()
        with pytest.raises((StorageFailed, JournalFault)):
            changed(journal, OLD, draft)
        assert journal.passphrase is None
        path.with_name("journal.sqlite.part").rmdir()
        assert journal.append(draft()).sequence == 31


def test_a_change_that_cannot_be_opened_at_once_is_told_as_made(
    path: Path, draft: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object, **_more: object) -> None:
        raise StorageFailed(path, "held by another program")

    journal = filled(path, draft, None)
    with monkeypatch.context() as disk:
        disk.setattr("il2desk.records.journal._LET_GO_S", 0)
        disk.setattr("il2desk.records.journal.connect", held)
        with pytest.raises(JournalFault, match="IS changed") as told:
            changed(journal, OLD, draft)
    assert "Keep the new passphrase" in str(told.value)
    journal.close()
    assert len(dump(path, OLD)[1]) == 31
