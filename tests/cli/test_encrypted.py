"""Commands on an encrypted journal: the passphrase is typed or piped in, and stands nowhere else."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from il2desk.cli import main
from il2desk.cli.arguments import parser
from il2desk.desk import add_staff, new_token, open_desk
from il2desk.records import (
    Draft,
    Passphrase,
    backup_folder,
    change_encryption,
    looks_encrypted,
    open_journal,
    planned_change,
)

# SQLCipher takes these for keys and derives none, which takes it most of its time.
PASSPHRASE, OTHER = "x'" + "5e" * 32 + "'", "x'" + "e5" * 32 + "'"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A closed encrypted journal of two people."""
    path = tmp_path / "journal.sqlite"
    desk = open_desk(path, passphrase=PASSPHRASE)
    for name, role, pin in (("K. Brandt", "pharmacist", "1111"), ("A. Ruiz", "nurse", "2222")):
        add_staff(desk, name, role, pin, new_token())
    desk.close()
    return path


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command with lines piped in: its code, its answer and what it said to the person."""

    def command(typed: str, *words: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        capsys.readouterr()
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert PASSPHRASE not in out + err
        assert "Traceback" not in err
        return code, out, err

    return command


def test_verify_asks_for_the_passphrase_and_answers_as_ever(said, journal):
    assert said(f"{PASSPHRASE}\n", "backup", "--journal", journal)[0] == 0
    code, out, err = said(f"{PASSPHRASE}\n", "verify", "--journal", journal, "--json")
    assert (code, err) == (0, "Passphrase: ")
    details = {check["name"]: check["detail"] for check in json.loads(out)["checks"]}
    assert details["journal"].startswith("2 entries")
    assert details["backups"].startswith("1 backup in ")


@pytest.mark.parametrize("command", [["verify"], ["backup"]])
def test_a_wrong_passphrase_is_refused_and_is_no_damage(said, journal, command):
    before = journal.read_bytes()
    code, out, err = said("some other words\n", *command, "--journal", journal)
    assert (code, out) == (2, "")
    assert "This passphrase does not open" in err
    assert "damaged" not in err
    assert "some other words" not in err
    assert journal.read_bytes() == before


@pytest.mark.parametrize("command", [["verify"], ["backup"]])
def test_nobody_to_ask_is_told_what_to_do(said, journal, command):
    code, out, err = said("", *command, "--journal", journal)
    assert (code, out) == (2, "")
    assert "Start the command at a terminal" in err


def test_backup_and_restore_keep_it_encrypted(said, journal):
    code, out, _ = said(f"{PASSPHRASE}\n", "backup", "--journal", journal)
    assert code == 0
    assert out.startswith("Backed up and read back: ")
    (backup,) = backup_folder(journal).glob("*.sqlite")
    assert looks_encrypted(backup)
    journal.write_bytes(b"lost")
    talk = f"{PASSPHRASE}\nthe disk failed\nK. Brandt\n1111\nA. Ruiz\n2222\n"
    code, out, err = said(talk, "restore", backup, "--journal", journal)
    assert code == 0, err
    assert "encrypted with the passphrase of this backup" in err
    assert out.startswith("Restored to entry 2.")
    assert looks_encrypted(journal)
    open_desk(journal, passphrase=PASSPHRASE).close()


def test_a_backup_of_an_earlier_passphrase_asks_for_that_of_the_journal_too(said, journal):
    assert said(f"{PASSPHRASE}\n", "backup", "--journal", journal)[0] == 0
    (backup,) = backup_folder(journal).glob("*.sqlite")
    with open_journal(journal, passphrase=Passphrase(PASSPHRASE)) as opened:
        last = opened.last()
        change = planned_change(opened, Passphrase(OTHER), last.at)
        draft = Draft(
            kind="encryption-changed", body={"kept_as": change.kept.name}, actor="system", at=last.at,
            zone=last.zone, local_offset=last.local_offset,
        )  # fmt: skip
        change_encryption(opened, change, draft)
    words = ("restore", backup, "--journal", journal)
    signed = "it was the wrong one\nK. Brandt\n1111\nA. Ruiz\n2222\n"
    code, _, err = said(f"{PASSPHRASE}\nnot this one either\n{signed}", *words)
    assert code == 2
    assert "This passphrase does not open" in err
    code, out, err = said(f"{PASSPHRASE}\n{OTHER}\n{signed}", *words)
    assert code == 0, err
    assert "Passphrase of the journal (empty where nobody has it): " in err
    assert "1 encryption changed" in err
    assert "keep both" in err
    assert out.startswith("Restored to entry 2.")


def test_no_argument_and_no_variable_takes_a_passphrase(journal, monkeypatch, said):
    assert "pass" not in parser().format_help().lower()
    for name in ("IL2DESK_PASSPHRASE", "PASSPHRASE", "SQLCIPHER_KEY"):
        monkeypatch.setenv(name, PASSPHRASE)
    assert said("", "verify", "--journal", journal)[0] == 2
    assert said("", "verify", "--journal", journal, "--passphrase", "x")[0] == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
def test_at_a_terminal_it_is_typed_unseen(root: Path, journal: Path) -> None:
    import pty  # noqa: PLC0415 - there is none on Windows
    import select  # noqa: PLC0415

    outer, inner = pty.openpty()
    called = [sys.executable, "-P", "-m", "il2desk", "backup", "--journal", os.fspath(journal)]
    with subprocess.Popen(
        called, stdin=inner, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0,
        env=dict(os.environ) | {"PYTHONPATH": str(root)}, start_new_session=True,
    ) as program:  # fmt: skip
        assert program.stderr is not None
        asked = b""
        while not asked.endswith(b"Passphrase: "):
            asked += program.stderr.read(1) or pytest.fail(asked.decode())
        os.write(outer, f"{PASSPHRASE}\n".encode())
        out, err = program.communicate(timeout=50)
    shown = b""
    while select.select([outer], [], [], 0.2)[0]:
        shown += os.read(outer, 1000)
    os.close(inner)
    os.close(outer)
    assert program.returncode == 0, err
    assert out.startswith(b"Backed up")
    assert PASSPHRASE.encode() not in out + err + shown
