"""`backup` and `restore` as programs of their own: what is copied, what two people sign, what is refused."""

from __future__ import annotations

import io
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from il2desk.cli import main
from il2desk.desk import add_staff, new_token, open_desk, sign_in
from il2desk.records import backup_folder, open_journal, open_read_only

TALK = "the disk failed\nK. Brandt\n1111\nA. Ruiz\n2222\n"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A closed journal of two people."""
    path = tmp_path / "journal.sqlite"
    desk = open_desk(path)
    for name, role, pin in (("K. Brandt", "pharmacist", "1111"), ("A. Ruiz", "nurse", "2222")):
        add_staff(desk, name, role, pin, new_token())
    desk.close()
    return path


@pytest.fixture
def older(run: Callable[..., Any], journal: Path) -> Path:
    """A backup, after which one more person was added."""
    assert run("backup", "--journal", journal).code == 0
    desk = open_desk(journal)
    sign_in(desk, "K. Brandt", "1111")
    add_staff(desk, "M. Sato", "prescriber", "3333", new_token())
    desk.close()
    (backup,) = backup_folder(journal).glob("*.sqlite")
    return backup


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


def names(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM staff")]


def test_backup_says_where_the_copy_lies(run, journal):
    said = run("backup", "--journal", journal, "--json")
    assert said.code == 0
    (made,) = said.object["backups"]
    assert Path(made).parent == backup_folder(journal)
    assert names(Path(made)) == ["K. Brandt", "A. Ruiz"]
    assert said.object["journal"] == str(journal)


def test_backup_into_a_folder_that_is_named(run, journal, tmp_path):
    to = tmp_path / "stick"
    said = run("backup", "--journal", journal, "--to", to)
    assert (said.code, "There is no folder" in said.err) == (2, True)
    assert not to.exists()
    to.mkdir()
    said = run("backup", "--journal", journal, "--to", to)
    assert said.out.startswith(f"Backed up and read back: {to}")
    assert not backup_folder(journal).exists()


def test_backup_works_beside_an_open_window(run, journal):
    with open_journal(journal):
        assert run("backup", "--journal", journal).code == 0


def test_backup_of_no_journal(run, tmp_path):
    said = run("backup", "--journal", tmp_path / "none.sqlite")
    assert said.code == 3
    assert "There is no journal" in said.err


def test_a_damaged_journal_is_not_backed_up_and_the_last_good_backup_stays(run, journal):
    assert run("backup", "--journal", journal).code == 0
    (good,) = backup_folder(journal).glob("*.sqlite")
    raw = bytearray(journal.read_bytes())
    at = raw.index(b"A. Ruiz")
    raw[at] = ord("X")
    journal.write_bytes(raw)
    said = run("backup", "--journal", journal)
    assert said.code == 3
    assert "the copy is not whole: entry 2 is not as it was written" in said.err
    assert names(good) == ["K. Brandt", "A. Ruiz"]


def test_restore_shows_what_is_lost_asks_two_people_and_says_what_was_kept(
    capsys, journal, older, typed
):
    typed(TALK)
    assert main(["restore", str(older), "--journal", str(journal)]) == 0
    out, err = capsys.readouterr()
    assert "1 entry stored since" in err
    assert "1 staff added" in err
    assert "First person. Signing means: I restore the journal" in err
    assert "Second person. Signing means: I read what is lost" in err
    assert "1111" not in out + err
    assert out.startswith("Restored to entry 2. The file that was there is kept as journal-before-")
    assert names(journal) == ["K. Brandt", "A. Ruiz"]
    (kept,) = journal.parent.glob("*before-restore*.sqlite")
    assert names(kept) == ["K. Brandt", "A. Ruiz", "M. Sato"]


@pytest.mark.parametrize(
    ("talk", "words"),
    [
        ("", "signed by two people"),
        ("why\nK. Brandt\n1111\n", "signed by two people"),
        ("why\nK. Brandt\n1111\nK. Brandt\n1111\n", "must be someone else"),
        ("why\nK. Brandt\n1111\nA. Ruiz\n1234\n", "do not match"),
    ],
)
def test_without_two_signatures_nothing_is_restored(run, typed, journal, older, talk, words):
    before = journal.read_bytes()
    typed(talk)
    said = run("restore", older, "--journal", journal)
    assert said.code == 2
    assert words in said.err
    assert journal.read_bytes() == before


def test_restore_of_what_changes_nothing_or_is_no_backup(run, typed, journal, older, tmp_path):
    typed(TALK)
    said = run("restore", tmp_path / "none.sqlite", "--journal", journal)
    assert (said.code, "There is no file" in said.err) == (2, True)
    (tmp_path / "text").write_text("text")
    said = run("restore", tmp_path / "text", "--journal", journal)
    assert (said.code, "is not an IL2Desk journal" in said.err) == (3, True)
    run("backup", "--journal", journal)
    newest = max(backup_folder(journal).glob("*.sqlite"))
    said = run("restore", newest, "--journal", journal)
    assert (said.code, "Nothing would change" in said.err) == (2, True)


def test_verify_tells_of_backups_and_of_a_cut_tail(run, journal, older):
    said = run("verify", "--journal", journal, "--json")
    assert said.code == 0
    details = {check["name"]: check["detail"] for check in said.object["checks"]}
    assert details["backups"].startswith("1 backup in ")
    cut = journal.with_name("cut.sqlite")
    with open_read_only(older) as copy:
        copy.copy_into(connection := sqlite3.connect(cut))
    connection.close()
    run("backup", "--journal", journal)
    cut.replace(journal)
    said = run("verify", "--journal", journal, "--json")
    assert said.code == 4
    (wrong,) = [check for check in said.object["checks"] if not check["ok"]]
    assert wrong["name"] == "backups"
    assert "entries were cut off" in wrong["detail"]


def test_restore_as_a_program_reads_what_is_piped_in(root: Path, journal, older):
    called = [sys.executable, "-P", "-W", "error", "-m", "il2desk", "restore", str(older)]
    done = subprocess.run(
        [*called, "--journal", str(journal), "--json"],
        input=TALK, capture_output=True, encoding="utf-8", check=False,
        env=dict(os.environ) | {"PYTHONPATH": str(root)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert '"lost": {\n    "staff-added": 1\n  }' in done.stdout
