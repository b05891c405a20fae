"""A journal that cannot be used: its last backup is read, or restored by two people, in the window."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from il2desk import paths
from il2desk.desk import Desk, back_up, backups_beside, not_sound, open_desk_to_read
from il2desk.records import open_read_only
from il2desk.window.buttons import Button
from il2desk.window.office import Office
from il2desk.window.pages.restore import RestorePage
from il2desk.window.session import Session
from il2desk.window.shell import MainWindow
from il2desk.window.theme import PlainLabel

Typing = Callable[[str], None]


@pytest.fixture
def damaged(desk: Desk, clock) -> Path:
    """A journal with a backup and one entry more; its pages were overwritten."""
    back_up(desk)
    clock.moment += timedelta(minutes=5)
    desk.append("backup-folder-named", {"folder": ""})
    path = desk.journal.path
    desk.close()
    raw = bytearray(path.read_bytes())
    for page in range(1, len(raw) // 4096):
        raw[page * 4096 : page * 4096 + 16] = b"\xff" * 16
    path.write_bytes(raw)
    return path


@pytest.fixture
def start(window: MainWindow, qtbot: QtBot) -> Iterator[Callable[[Path | None], Session]]:
    made: list[Session] = []

    def begin(journal: Path | None) -> Session:
        session = Session(window, journal, practice=False)
        made.append(session)
        session.start()
        if journal is None:
            qtbot.waitUntil(lambda: session.sign_in_page() is None, timeout=20_000)
        else:
            wait_for(session, qtbot)
        return session

    yield begin
    for session in made:
        session.close()


def wait_for(session: Session, qtbot: QtBot) -> None:
    def settled() -> bool:
        page = session.sign_in_page()
        return page is not None and (session.desk is not None or bool(page.fault_sentences()))

    qtbot.waitUntil(settled, timeout=20_000)


def offer(session: Session, name: str, qtbot: QtBot) -> None:
    session.sign_in_page().other_asked.emit(name)
    qtbot.wait(30)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def strips(session: Session) -> str:
    return " ".join(session.window.strips.sentences())


def test_a_damaged_journal_offers_its_backup(start, damaged: Path) -> None:
    session = start(damaged)
    page = session.sign_in_page()
    assert (
        "is damaged" in page.fault_sentences()[0] or "changed outside" in page.fault_sentences()[0]
    )
    words = [button.text() for button in page.findChildren(type(page._button))]
    assert any("Read the last backup" in text for text in words)
    assert any("Restore a backup" in text for text in words)


def test_the_last_backup_is_read_and_says_what_it_is(
    start, damaged: Path, typing: Typing, qtbot: QtBot
) -> None:
    before = damaged.read_bytes()
    session = start(damaged)
    offer(session, "backup", qtbot)
    wait_for(session, qtbot)
    assert session.desk.read_only
    typing("K. Brandt{Enter}1111{Enter}")
    qtbot.wait(30)
    assert session.office.page().title == "Today"
    assert "READ ONLY. This is the backup of 12-Mar-2026 14:00" in strips(session)
    assert damaged.read_bytes() == before


def test_two_people_restore_by_keyboard_and_work_goes_on(
    start, damaged: Path, typing: Typing, qtbot: QtBot
) -> None:
    before = damaged.read_bytes()
    session = start(damaged)
    offer(session, "restore", qtbot)
    page = session.window.findChild(RestorePage)
    assert page is not None
    (row,) = page.table.rows()
    assert row.cells[0] == "12-Mar-2026 14:00 (+01:00)"
    assert any("ends at entry" in line for line in page.told.sentences())
    page.reason.focus_entry()
    typing("the disk failed{Enter}K. Brandt{Enter}1111{Enter}K. Brandt{Enter}1111{Ctrl+Enter}")
    assert page.refused.sentences() == ("The second person must be someone else.",)
    assert damaged.read_bytes() == before
    (_, one), (second, two) = page.people
    assert (one.typed(), two.typed()) == ("", "")
    for entry in (second,):
        entry.clear_entry()
        entry.focus_entry()
    typing("A. Ruiz{Enter}2222{Enter}")
    one.focus_entry()
    typing("1111{Ctrl+Enter}")
    qtbot.wait(50)
    wait_for(session, qtbot)
    assert not session.desk.read_only
    with closing(sqlite3.connect(damaged)) as plain:
        rows = plain.execute("SELECT reason, lost FROM journal_restores").fetchall()
        signed = plain.execute(
            "SELECT name FROM signatures WHERE kind = 'journal-restored'"
        ).fetchall()
    assert rows == [("the disk failed", "[]")]
    assert signed == [("K. Brandt",), ("A. Ruiz",)]
    (kept,) = damaged.parent.glob("*before-restore*.sqlite")
    assert kept.read_bytes() == before
    typing("K. Brandt{Enter}1111{Enter}")
    qtbot.wait(30)
    assert session.office.page().title == "Today"


def test_a_second_start_offers_the_last_backup(start, desk: Desk, qtbot: QtBot) -> None:
    back_up(desk)
    session = start(desk.journal.path)
    assert "already in use" in session.sign_in_page().fault_sentences()[0]
    offer(session, "backup", qtbot)
    wait_for(session, qtbot)
    assert session.desk.backup_taken is not None
    assert session.desk.journal.path == backups_beside(desk.journal.path)[0].path


def test_without_a_whole_backup_it_is_said(start, damaged: Path, qtbot: QtBot) -> None:
    (only,) = backups_beside(damaged)
    only.path.write_bytes(b"")
    session = start(damaged)
    offer(session, "backup", qtbot)
    wait_for(session, qtbot)
    assert "No whole backup lies in" in session.sign_in_page().fault_sentences()[0]


def test_leaving_the_page_changes_nothing(start, damaged: Path, typing, qtbot: QtBot) -> None:
    before = damaged.read_bytes()
    session = start(damaged)
    offer(session, "restore", qtbot)
    typing("{Esc}")
    qtbot.wait(50)
    wait_for(session, qtbot)
    assert session.sign_in_page().fault_sentences()
    assert damaged.read_bytes() == before


def test_closing_the_window_backs_up(start, desk: Desk, qtbot: QtBot) -> None:
    path = desk.journal.path
    desk.close()
    session = start(path)
    session.desk.append("backup-folder-named", {"folder": ""})
    count = session.desk.journal.count()
    session.close()
    (backup,) = backups_beside(path)
    with open_read_only(backup.path) as copy:
        assert copy.count() == count


def test_an_altered_journal_that_is_read_says_so_and_prepares_nothing(
    start, desk: Desk, typing: Typing, qtbot: QtBot
) -> None:
    path = desk.journal.path
    desk.close()
    raw = bytearray(path.read_bytes())
    at = raw.index(b"City Hospital")
    raw[at : at + 4] = b"Town"
    path.write_bytes(raw)
    session = start(path)
    assert "changed outside the program" in session.sign_in_page().fault_sentences()[0]
    offer(session, "read", qtbot)
    wait_for(session, qtbot)
    typing("K. Brandt{Enter}1111{Enter}")
    qtbot.wait(30)
    assert "NOT AS WRITTEN. This journal was changed outside the program: entry 1" in strips(
        session
    )
    assert not_sound(session.desk).code == "not-as-written"


def test_an_older_copy_in_the_journals_place_offers_the_backup_that_holds_more(
    start, desk: Desk, clock, tmp_path: Path
) -> None:
    old = tmp_path / "old.sqlite"
    shutil.copyfile(desk.journal.path, old)
    desk.append("backup-folder-named", {"folder": ""})
    back_up(desk)
    path = desk.journal.path
    desk.close()
    shutil.copyfile(old, path)
    page = start(path).sign_in_page()
    assert "is not the newest journal" in page.fault_sentences()[0]
    assert "the backup of 12-Mar-2026 14:00 (+01:00) at entry" in page.fault_sentences()[0]
    words = [button.accessibleName() for button in page.findChildren(Button)]
    assert "Restore a backup" in words
    assert "Read the last backup" in words


def test_who_reads_is_told_when_another_file_takes_the_journals_place(
    desk: Desk, clock, window: MainWindow
) -> None:
    reader = open_desk_to_read(desk.journal.path, clock=clock)
    office = Office(reader, window)
    assert "NOT THE JOURNAL" not in " ".join(window.strips.sentences())
    path = desk.journal.path
    desk.close()
    path.replace(path.with_name("kept.sqlite"))
    shutil.copyfile(path.with_name("kept.sqlite"), path)
    office._tick()
    assert "NOT THE JOURNAL" in " ".join(window.strips.sentences())
    office.end()
    reader.close()


def card_button(session: Session, words: str) -> Button:
    page = session.sign_in_page()
    return next(one for one in page.findChildren(Button) if one.accessibleName() == words)


def test_a_new_journal_is_not_made_over_a_backup_by_one_press(
    start, desk: Desk, typing: Typing, qtbot: QtBot
) -> None:
    back_up(desk)
    path, count = desk.journal.path, desk.journal.count()
    desk.close()
    path.unlink()
    session = start(path)
    assert QApplication.focusWidget() is card_button(session, "Restore a backup")
    offer(session, "create", qtbot)
    wait_for(session, qtbot)
    assert not path.exists()
    (backup,) = backups_beside(path)
    told = session.sign_in_page().fault_sentences()
    named = f"{backup.path}, made 12-Mar-2026 14:00 (+01:00), with {count} entries"
    assert told[0] == f"A backup of an earlier journal lies there: {named}."
    assert "stays behind" in told[2]
    assert QApplication.focusWidget() is card_button(session, "Restore a backup")
    typing("{Ctrl+Enter}")
    qtbot.wait(30)
    assert session.window.findChild(RestorePage) is not None
    typing("{Esc}")
    qtbot.wait(50)
    wait_for(session, qtbot)
    offer(session, "create", qtbot)
    wait_for(session, qtbot)
    words = "Create an empty journal and leave the backups behind"
    for _ in range(4):
        if QApplication.focusWidget() is card_button(session, words):
            break
        typing("{Tab}")
    typing("{Space}")
    qtbot.waitUntil(lambda: session.desk is not None)
    assert session.desk.journal.count() == 0
    assert backup.path.exists()


def test_a_first_run_in_a_folder_of_backups_asks_what_becomes_of_them(
    start, desk: Desk, typing: Typing, qtbot: QtBot
) -> None:
    back_up(desk)
    path, count = desk.journal.path, desk.journal.count()
    desk.close()
    path.unlink()
    session = start(None)
    page = session.window.centralWidget()
    qtbot.waitUntil(lambda: page.isAncestorOf(QApplication.focusWidget()))
    typing("2")
    typing(f"{path.parent}{{Enter}}1{{Ctrl+Enter}}")
    qtbot.waitUntil(lambda: page.left_there.sentences() != ())
    assert "A backup of an earlier journal lies there" in page.left_there.sentences()[0]
    assert page.backups.value() is None
    assert QApplication.focusWidget().choice.id == "restore"
    assert page.go.accessibleName() == "Go on"
    session.window.resize(1024, 600)
    for label in page.left_there.findChildren(PlainLabel):
        qtbot.waitUntil(lambda label=label: label.height() >= label.heightForWidth(label.width()))
    typing("{Ctrl+Enter}")
    assert page.backups.error_text() != ""
    assert not path.exists()
    typing("1")
    assert page.go.accessibleName() == "Restore a backup"
    typing("{Ctrl+Enter}")
    qtbot.waitUntil(lambda: session.window.findChild(RestorePage) is not None)
    restoring = session.window.findChild(RestorePage)
    restoring.reason.focus_entry()
    typing("the disk was changed{Enter}K. Brandt{Enter}1111{Enter}A. Ruiz{Enter}2222{Ctrl+Enter}")
    qtbot.waitUntil(lambda: session.desk is not None, timeout=20_000)
    assert session.desk.journal.path == path == paths.remembered_journal()
    assert session.desk.journal.count() == count + 1


def test_leaving_backups_behind_at_the_first_run_is_a_choice_of_its_own(
    start, desk: Desk, typing: Typing, qtbot: QtBot
) -> None:
    back_up(desk)
    path = desk.journal.path
    desk.close()
    path.unlink()
    session = start(None)
    page = session.window.centralWidget()
    qtbot.waitUntil(lambda: page.isAncestorOf(QApplication.focusWidget()))
    typing("2")
    typing(f"{path.parent}{{Enter}}1{{Ctrl+Enter}}")
    qtbot.waitUntil(lambda: page.left_there.sentences() != ())
    typing("2{Ctrl+Enter}")
    qtbot.waitUntil(lambda: session.desk is not None, timeout=20_000)
    assert session.desk.journal.count() == 0


def test_what_helps_with_a_fault_is_the_strong_button(start, damaged: Path, qtbot: QtBot) -> None:
    page = start(damaged).sign_in_page()
    (strong,) = (one for one in page.findChildren(Button) if one._strong and not one.isHidden())
    assert strong.accessibleName() == "Restore a backup"
    qtbot.waitUntil(lambda: QApplication.focusWidget() is strong)


def test_a_journal_in_use_is_opened_to_read_by_the_strong_button(
    start, desk: Desk, qtbot: QtBot
) -> None:
    page = start(desk.journal.path).sign_in_page()
    (strong,) = (one for one in page.findChildren(Button) if one._strong and not one.isHidden())
    assert strong.accessibleName() == "Open to read only"
    qtbot.waitUntil(lambda: QApplication.focusWidget() is strong)


def test_without_a_backup_a_missing_journal_is_tried_again(start, tmp_path: Path) -> None:
    page = start(tmp_path / "away" / "journal.sqlite").sign_in_page()
    (strong,) = (one for one in page.findChildren(Button) if one._strong and not one.isHidden())
    assert strong.accessibleName() == "Try again"
