"""An encrypted journal: made, opened, backed up, put back, and taken for nothing that it is not."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from il2desk.paths import resource_dir
from il2desk.records import (
    BackupFailed,
    DiskFull,
    Draft,
    EncryptionMissing,
    EntryRefused,
    Journal,
    JournalDamaged,
    JournalEncrypted,
    JournalFolderReadOnly,
    JournalReplaced,
    JournalTooNew,
    JournalUnfinished,
    NotAJournal,
    Passphrase,
    WrongPassphrase,
    backup_folder,
    backups_in,
    encryption_available,
    head_problems,
    kept_name,
    looks_encrypted,
    make_backup,
    open_journal,
    open_read_only,
    put_back,
)
from il2desk.records.connection import connect, new_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Make = Callable[..., Draft]

# SQLCipher takes these for keys and derives none, which takes it most of its time.
KEY, WRONG = Passphrase("x'" + "5e" * 32 + "'"), Passphrase("x'" + "e5" * 32 + "'")
TYPED = "it's a 'quoted' Käse passphrase"
NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
NAME, CODE = "Zacharias Quetzal", "NPC-9173"


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {item.name: item.read_bytes() for item in sorted(folder.rglob("*")) if item.is_file()}


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        item.name: (item.stat().st_mtime_ns, item.read_bytes()) for item in sorted(folder.iterdir())
    }


@pytest.fixture
def closed(path: Path, draft: Make) -> Path:
    """A closed encrypted journal of nine entries with a name and a trial code in them."""
    with open_journal(path, create=True, passphrase=KEY) as journal:
        journal.append_all(
            draft(body={"name": NAME, "trial_code": CODE, "n": number}, subject=CODE)
            for number in range(9)
        )
    return path


@pytest.fixture
def opened(closed: Path) -> Iterator[Journal]:
    with open_journal(closed, passphrase=KEY) as journal:
        yield journal


def damaged(path: Path, page: int) -> None:
    """Change one byte of a page, as a failing disk or a hand would."""
    raw = bytearray(path.read_bytes())
    raw[4096 * (page - 1) + 100] ^= 1
    path.write_bytes(raw)


def test_it_is_opened_by_its_passphrase_and_holds_what_was_stored(
    closed: Path, draft: Make
) -> None:
    with open_journal(closed, passphrase=KEY) as journal:
        assert journal.append(draft()).sequence == 10
        assert journal.check().ok
        assert journal.passphrase == KEY
    assert journal.passphrase is None  # it is not kept longer than the journal is open
    with open_read_only(closed, KEY) as reader:
        assert reader.count() == 10
        assert reader.entries()[0].body["name"] == NAME


def test_no_name_and_no_trial_code_stands_in_any_file(closed: Path, draft: Make) -> None:
    with open_journal(closed, passphrase=KEY) as journal:
        for _ in range(10):
            journal.append_all([draft(body={"name": NAME, "trial_code": CODE}, subject=CODE)] * 20)
        make_backup(journal, backup_folder(closed), NOON)
        files = bytes_of(closed.parent)
    assert len(files) >= 5
    for name, raw in files.items():
        for part in (NAME, CODE, "Quetzal", "weight-recorded", "CREATE TABLE", KEY.reveal()):
            assert part.encode() not in raw, name


def test_the_side_file_of_a_write_that_was_cut_off_holds_no_name(closed: Path) -> None:
    cut_off(closed)
    side = closed.with_name("journal.sqlite-journal").read_bytes()
    assert len(side) > 4096
    assert NAME.encode() not in side
    assert CODE.encode() not in side


@pytest.mark.parametrize("open_it", [open_journal, open_read_only])
def test_without_a_passphrase_it_is_encrypted_or_no_journal(
    closed: Path, open_it: Callable
) -> None:
    before = state(closed.parent)
    with pytest.raises(JournalEncrypted) as caught:
        open_it(closed)
    assert "is encrypted, or is no journal" in caught.value.what
    assert state(closed.parent) == before


def test_a_wrong_passphrase_is_told_as_that_and_changes_nothing(
    closed: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = state(closed.parent)
    for wrong in (
        WRONG,
        Passphrase(""),
        Passphrase("x" * 5000),
        Passphrase("a\0b"),
        Passphrase("\ud800"),
    ):
        for open_it in (
            lambda key=wrong: open_journal(closed, passphrase=key),
            lambda key=wrong: open_read_only(closed, key),
        ):
            with pytest.raises(WrongPassphrase) as caught:
                open_it()
            told = str(caught.value)
            assert "damaged" not in told
            assert "does not open" in told
            assert wrong.reveal() == "" or wrong.reveal() not in told
    assert state(closed.parent) == before
    assert capfd.readouterr() == ("", "")  # SQLCipher would log to standard error


def test_a_passphrase_is_left_aside_where_the_journal_is_not_encrypted(filled: Path) -> None:
    with open_journal(filled, passphrase=KEY) as journal:
        assert journal.passphrase is None
        assert journal.check().ok
    assert filled.read_bytes().startswith(b"SQLite format 3\0")


def test_what_can_be_no_journal_asks_for_no_passphrase(path: Path) -> None:
    for raw in (b"", b"x" * 8192, b"\0" * 8192, b"weight,70\n", os.urandom(4095)):
        path.write_bytes(raw)
        assert not looks_encrypted(path)
        with pytest.raises(NotAJournal):
            open_journal(path, passphrase=KEY)
    path.write_bytes(os.urandom(8192))
    assert looks_encrypted(path)


def test_the_same_word_from_another_keyboard_is_the_same_passphrase(path: Path) -> None:
    with closing(new_file(path, Passphrase(TYPED))) as made:
        made.execute("CREATE TABLE one (a)")
    decomposed = "  it's a 'quoted' Ka\u0308se passphrase\n"
    connect(path, writable=False, passphrase=Passphrase(decomposed)).close()
    with pytest.raises(WrongPassphrase):
        connect(path, writable=False, passphrase=Passphrase(TYPED.replace("ä", "a")))
    # The key is made of it by the rounds that help names, of which this computes it without SQLCipher.
    key = hashlib.pbkdf2_hmac("sha512", TYPED.encode(), path.read_bytes()[:16], 256_000).hex()
    connect(path, writable=False, passphrase=Passphrase(f"x'{key[:64]}'")).close()


@pytest.mark.parametrize("typed", ["w " * 500 + "w", "x'no key at all'"])
def test_a_long_passphrase_and_one_that_looks_like_a_key_open_what_they_made(
    path: Path, typed: str
) -> None:
    with closing(new_file(path, Passphrase(typed))) as made:
        made.execute("CREATE TABLE one (a)")
    connect(path, writable=False, passphrase=Passphrase(typed)).close()


def test_a_passphrase_shows_itself_nowhere() -> None:
    assert KEY.reveal() not in repr(KEY)
    assert TYPED not in f"{Passphrase(TYPED)!r} {Passphrase(TYPED)}"
    assert repr(KEY) == str(KEY) == "Passphrase(...)"
    with pytest.raises(TypeError):
        KEY.__reduce__()
    assert KEY.reveal() != KEY


def test_an_encrypted_file_of_something_else_or_of_a_later_program_is_left_alone(
    closed: Path,
) -> None:
    for pragma, fault in (
        ("user_version = 2000", JournalTooNew),
        ("application_id = 7", NotAJournal),
    ):
        with connect(closed, writable=True, passphrase=KEY) as database:
            database.execute(f"PRAGMA {pragma}")
        before = state(closed.parent)
        with pytest.raises(fault):
            open_journal(closed, passphrase=KEY)
        with pytest.raises(fault):
            open_read_only(closed, KEY)
        assert state(closed.parent) == before


_CUT_OFF = """
import os, sys
from pathlib import Path
from il2desk.records import Passphrase
from il2desk.records.connection import connect, new_file
database = connect(Path(sys.argv[1]), writable=True, passphrase=Passphrase(sys.argv[2]))
database.execute("PRAGMA cache_size = 1")
database.execute("BEGIN IMMEDIATE")
database.execute("DROP TRIGGER entry_never_changes")
database.execute("UPDATE entry SET reason = reason || ?", ["x" * 90000])
os.kill(os.getpid(), 9)
"""


def cut_off(path: Path) -> None:
    subprocess.run([sys.executable, "-c", _CUT_OFF, os.fspath(path), KEY.reveal()], check=False)
    assert path.with_name(path.name + "-journal").stat().st_size > 0


def cut_off_in_commit(path: Path) -> None:
    """The files as they lie when power goes while a commit writes its pages, the first one among them."""
    side, header, record = path.with_name(path.name + "-journal"), 512, 4 + 4096 + 4
    with (
        connect(path, writable=True, passphrase=KEY) as writer,
        connect(path, writable=False, passphrase=KEY) as reader,
    ):
        writer.execute("PRAGMA busy_timeout = 0")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("PRAGMA user_version = 1999")
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entry").fetchone()
        with pytest.raises(Exception, match="locked"):
            writer.execute("COMMIT")
        main, saved = path.read_bytes(), bytearray(side.read_bytes())
        writer.execute("ROLLBACK")
    # Synced, the side file says what it is and how many pages it holds (file format, section 3).
    saved[:8] = bytes.fromhex("d9d505f920a163d7")
    saved[8:12] = ((len(saved) - header) // record).to_bytes(4, "big")
    path.write_bytes(main)
    side.write_bytes(saved)


posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and rights")


@posix
def test_a_write_that_was_cut_off_is_taken_back_by_the_right_passphrase_only(closed: Path) -> None:
    whole = closed.read_bytes()
    cut_off(closed)
    before = state(closed.parent)
    assert before[closed.name][1] != whole  # pages were on the disk already
    with pytest.raises(JournalUnfinished):
        open_read_only(closed, KEY)
    with pytest.raises(WrongPassphrase):
        open_journal(closed, passphrase=WRONG)
    assert state(closed.parent) == before
    with open_journal(closed, passphrase=KEY) as journal:
        assert journal.count() == 9
        assert journal.check().ok


@posix
def test_a_first_page_that_was_being_written_is_no_wrong_passphrase(closed: Path) -> None:
    cut_off_in_commit(closed)
    damaged(closed, 1)
    before = state(closed.parent)
    with pytest.raises(WrongPassphrase):
        open_journal(closed, passphrase=WRONG)
    assert state(closed.parent) == before
    with open_journal(closed, passphrase=KEY) as journal:
        assert journal.check().ok


def test_a_page_that_was_changed_is_found_and_told_as_damage(closed: Path) -> None:
    pages = closed.stat().st_size // 4096
    for page in (2, pages // 2, pages):
        copy = closed.with_name(f"page-{page}.sqlite")
        shutil.copyfile(closed, copy)
        damaged(copy, page)
        with pytest.raises(JournalDamaged):
            open_journal(copy, passphrase=KEY)
        try:
            with open_read_only(copy, KEY) as reader:
                whole = reader.check().ok
        except JournalDamaged:  # a page without which nothing can be read
            whole = False
        assert not whole


def test_tampering_by_somebody_with_the_passphrase_is_found(closed: Path) -> None:
    with connect(closed, writable=True, passphrase=KEY) as database:
        guard = database.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'entry_never_changes'"
        ).fetchone()[0]
        database.execute("DROP TRIGGER entry_never_changes")
        database.execute(
            "UPDATE entry SET body = replace(body, 'Quetzal', 'Other') WHERE sequence = 3"
        )
        database.execute(guard)
    with open_read_only(closed, KEY) as reader:
        report = reader.check()
    assert not report.ok
    assert "entry 3 is not as it was written" in report.problems[0]


def test_its_backup_has_the_same_passphrase_and_its_head_is_kept(opened: Journal) -> None:
    folder = backup_folder(opened.path)
    backup, head = make_backup(opened, folder, NOON)
    assert looks_encrypted(backup.path)
    assert head == opened.head()
    with open_read_only(backup.path, KEY) as copy:
        assert copy.check().ok
    with pytest.raises(WrongPassphrase):
        open_read_only(backup.path, WRONG)
    assert head_problems(opened, folder) == ()
    assert [item.name for item in folder.glob("*.part*")] == []


def test_a_backup_of_an_encrypted_journal_replaces_no_file_it_cannot_read(opened: Journal) -> None:
    other = opened.path.with_name("other.sqlite")
    with open_journal(other, create=True, passphrase=WRONG):
        pass
    with pytest.raises(BackupFailed):
        opened.backup_to(other)


def test_a_cut_tail_shows_by_the_kept_heads(closed: Path, draft: Make) -> None:
    older = closed.read_bytes()
    with open_journal(closed, passphrase=KEY) as journal:
        journal.append(draft())
        make_backup(journal, backup_folder(closed), NOON)
    closed.write_bytes(older)
    with open_read_only(closed, KEY) as journal:
        assert journal.check().ok
        (problem,) = head_problems(journal, backup_folder(closed))
    assert "entries were cut off" in problem


def test_a_backup_is_put_back_encrypted(closed: Path, draft: Make) -> None:
    with open_journal(closed, passphrase=KEY) as journal:
        make_backup(journal, backup_folder(closed), NOON)
        journal.append(draft())
    (backup,) = backups_in(backup_folder(closed))
    before = bytes_of(closed.parent)
    written: list[bool] = []

    def finished(part: Path) -> None:
        written.append(looks_encrypted(part))

    for key, fault in ((None, JournalEncrypted), (WRONG, WrongPassphrase)):
        with pytest.raises(fault):
            put_back(backup.path, closed, NOON + timedelta(days=1), "K. Brandt", finished, key)
        assert {n: b for n, b in bytes_of(closed.parent).items() if b} == {
            n: b for n, b in before.items() if b
        }
    assert written == []
    put_back(backup.path, closed, NOON + timedelta(days=1), "K. Brandt", finished, KEY)
    assert written == [True]
    assert looks_encrypted(closed.with_name(kept_name(closed, NOON + timedelta(days=1))))
    assert looks_encrypted(closed)
    with open_journal(closed, passphrase=KEY) as journal:
        assert journal.count() == 9
    assert NAME.encode() not in b"".join(bytes_of(closed.parent).values())


def test_a_full_disk_keeps_what_was_stored(small_disk: Path, draft: Make) -> None:
    path = small_disk / "journal.sqlite"
    with open_journal(path, create=True, passphrase=KEY) as journal:
        journal.append(draft())
        (small_disk / "filler").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 8192))
        before = journal.head()
        with pytest.raises(DiskFull):
            journal.append_all([draft(body={"note": "x" * 900})] * 200)
        assert journal.head() == before
        (small_disk / "filler").unlink()
        assert journal.append(draft()).sequence == before.sequence + 1
        assert journal.check().ok


def test_what_the_journal_refuses_is_refused_here_too(opened: Journal, draft: Make) -> None:
    with pytest.raises(EntryRefused):
        opened.append(draft(amends="f" * 32, reason="typed wrong"))
    assert opened.check().ok


@posix
def test_a_journal_that_was_replaced_is_not_written(closed: Path, draft: Make) -> None:
    with open_journal(closed, passphrase=KEY) as journal:
        other = closed.with_name("other.sqlite")
        shutil.copyfile(closed, other)
        other.replace(closed)
        with pytest.raises(JournalReplaced):
            journal.append(draft())


def test_a_folder_that_may_not_be_written_is_told(small_disk: Path, draft: Make) -> None:
    path = small_disk / "journal.sqlite"
    with open_journal(path, create=True, passphrase=KEY) as journal:
        journal.append(draft())
    remount = ["mount", "-o", "remount,ro", os.fspath(small_disk)]
    subprocess.run(remount, check=True)
    with open_read_only(path, KEY) as reader:
        assert reader.check().ok
    with pytest.raises(JournalFolderReadOnly):
        open_journal(small_disk / "new.sqlite", create=True, passphrase=KEY)


def test_an_installation_without_sqlcipher_says_so(
    closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert encryption_available()
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    assert not encryption_available()
    before = state(closed.parent)
    for open_it in (
        lambda: open_journal(closed, passphrase=KEY),
        lambda: open_read_only(closed, KEY),
    ):
        with pytest.raises(EncryptionMissing) as caught:
            open_it()
        assert "sqlcipher3" in caught.value.do
    assert state(closed.parent) == before
    with pytest.raises(EncryptionMissing):
        open_journal(tmp_path / "new.sqlite", create=True, passphrase=KEY)
    assert not (tmp_path / "new.sqlite").exists()
    open_journal(tmp_path / "plain.sqlite", create=True).close()


def test_the_file_is_made_as_the_help_page_says(closed: Path) -> None:
    with connect(closed, writable=False, passphrase=KEY) as database:
        found = {
            name: database.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("kdf_iter", "cipher_provider", "cipher_page_size", "cipher_hmac_algorithm")
        }
    assert found["kdf_iter"] == "256000"
    assert found["cipher_page_size"] == "4096"
    assert found["cipher_hmac_algorithm"] == "HMAC_SHA512"
    text = (resource_dir() / "help" / "privacy.md").read_text(encoding="utf-8")
    assert "256,000 rounds" in text


def test_nothing_of_it_is_loaded_for_a_journal_that_is_not_encrypted(filled: Path) -> None:
    ask = (
        "import sys; from pathlib import Path; from il2desk.records import open_journal;"
        f"open_journal(Path({os.fspath(filled)!r})).close(); print('sqlcipher3' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
