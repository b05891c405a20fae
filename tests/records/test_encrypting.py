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

OLD, NEW = Passphrase("the first passphrase"), Passphrase("it's the second one")
NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
NAME = "Zacharias Quetzal"
WAYS = ((None, OLD), (OLD, NEW), (OLD, None))


def filled(path: Path, draft: Make, passphrase: Passphrase | None) -> Journal:
    journal = open_journal(path, create=True, passphrase=passphrase)
    for number in range(30):
        journal.append(
            draft(body={"name": NAME, "n": number}, subject="s1", form_token=f"f{number}")
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
    assert left_in_the_clear(path, ()) == (kept,)
    with pytest.raises(JournalEncrypted):
        open_journal(path)
    with open_journal(path, passphrase=OLD) as journal:
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
        kept = changed(journal, OLD, draft)
        make_backup(journal, backup_folder(path), NOON + timedelta(days=1))
        found = left_in_the_clear(path, (backup_folder(path), second, tmp_path / "away"))
        assert head_problems(journal, backup_folder(path)) == ()
    assert set(found) == {kept, *clear}


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


@pytest.mark.timeout(400)
def test_a_kill_at_any_moment_leaves_the_old_journal_or_the_new(path: Path, draft: Make) -> None:
    filled(path, draft, None).close()
    chance = random.Random(20260312)  # noqa: S311 - a repeatable choice of moments
    entries = 30
    for _ in range(8):
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
        for kept in path.parent.glob("journal-*.sqlite"):
            assert len(dump(kept, OLD)[1]) >= 30
            kept.unlink()
    assert entries > 30


def _killed(path: Path, words: list[str], chance: random.Random) -> list[int]:
    with subprocess.Popen(
        [sys.executable, "-c", _CHANGES, os.fspath(path), *words], stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "open\n"
        time.sleep(chance.random() * 3)
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
