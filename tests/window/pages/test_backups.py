"""The page of backups: making one, naming the second folder, looking whether they could be restored."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from il2desk.desk import backup_folders, open_desk_to_read, open_practice, second_backup_folder
from il2desk.window.buttons import Button
from il2desk.window.office import Office


@pytest.fixture
def page(bare_office):
    bare_office.open("backups")
    return bare_office.page()


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_opening_it_finds_what_is_due(page, bare_office):
    assert len(page.table.rows()) == 1  # the first look made one
    assert page.state.text() == "Backup 14:00"
    assert page.second.text().startswith("None is named")


def test_back_up_now_stands_once_and_answers_its_key(page, bare_office, clock, typing):
    bare_office.desk.append("backup-folder-named", {"folder": ""})
    clock.moment = clock.moment.replace(hour=15)
    words = [one.accessibleName() for one in bare_office.window.findChildren(Button)]
    assert words.count("Back up now") == 1
    typing("{Ctrl+Enter}")
    assert page.state.text() == "Backup 16:00"
    assert [row.cells[0] for row in page.table.rows()] == ["12-Mar-2026 16:00"]
    assert bare_office.window.status.message() == "Backed up and read back."
    assert bare_office.window.status.fact("backup") == "Backup 16:00"


def test_the_second_folder_is_named_and_taken_back(page, bare_office, typing, tmp_path, qtbot):
    page.folder.focus_entry()
    typing(str(tmp_path) + "{Ctrl+Enter}")
    assert second_backup_folder(bare_office.desk.journal) == tmp_path
    assert page.second.text() == str(tmp_path)
    typing("{Ctrl+Enter}")
    assert len(list(tmp_path.glob("il2desk-*.sqlite"))) == 1
    # The main act backs up; the folder is given up on purpose, by its own button and a PIN.
    page.folder.focus_entry()
    typing("{Ctrl+Enter}")
    assert second_backup_folder(bare_office.desk.journal) == tmp_path
    press(qtbot, page.none)
    typing("1111{Ctrl+Enter}")
    assert second_backup_folder(bare_office.desk.journal) is None
    assert not page.none.isVisible()
    entry = bare_office.desk.journal.entries(kind="backup-folder-named")[-1]
    assert [one["name"] for one in entry.body["signatures"]] == ["K. Brandt"]


def test_a_folder_that_is_none_is_refused_under_the_field(page, typing, unchanged):
    page.folder.focus_entry()
    typing("/nowhere/at/all{Ctrl+Enter}")
    assert "There is no folder /nowhere/at/all" in page.folder.error_text()
    assert page.folder.typed() == "/nowhere/at/all"
    assert unchanged()


def test_could_they_be_restored(page, bare_office, qtbot):
    press(qtbot, page.test)
    (good,) = page.found.sentences()
    assert good.startswith(
        "Every kept hash is in the journal, and the newest backup is whole: 1 backup"
    )
    (folder,) = backup_folders(bare_office.desk.journal)
    (backup,) = folder.glob("*.sqlite")
    raw = bytearray(backup.read_bytes())
    at = raw.index(b"A. Ruiz")
    raw[at] = ord("X")
    backup.write_bytes(raw)
    press(qtbot, page.test)
    (wrong,) = page.trouble.sentences()
    assert "is not whole: entry" in wrong
    assert page.found.sentences() == ()


def test_practice_and_a_reader_back_nothing_up(window, desk, clock, tmp_path):
    for other in (
        open_practice(tmp_path / "practice" / "journal.sqlite"),
        open_desk_to_read(desk.journal.path, clock=clock),
    ):
        office = Office(other, window)
        office.open("backups")
        page = office.page()
        assert "backed up" in page.state.text()
        assert not page.test.isEnabled()
        assert page.action().blocked
        assert page.table.rows() == ()
        office.end()
        other.close()
