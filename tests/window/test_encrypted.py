"""The real window on an encrypted journal: from the passphrase to Today, and what may go wrong on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from il2desk import paths
from il2desk.desk import Desk, add_staff, back_up, is_encrypted, new_token, open_desk, set_up_site
from il2desk.records import (
    Passphrase,
    change_encryption,
    looks_encrypted,
    open_journal,
    open_read_only,
    planned_change,
)
from il2desk.window.pages.downtime_form import DowntimeForm
from il2desk.window.pages.encryption import EncryptionPage
from il2desk.window.pages.folder import FolderPage
from il2desk.window.pages.passphrase import PassphrasePage
from il2desk.window.pages.restore import RestorePage
from il2desk.window.pages.system_state import DowntimeOffer
from il2desk.window.session import Session
from il2desk.window.shell import MainWindow
from il2desk.window.theme import PlainLabel

Typing = Callable[[str], None]
# SQLCipher takes these two for keys and derives none, which takes it most of its time.
PASSPHRASE, LATER = "x'" + "5e" * 32 + "'", "x'" + "e5" * 32 + "'"
TYPED, OTHER = "seven small ships", "a larger fleet of ships"


@pytest.fixture
def start(window: MainWindow, qtbot: QtBot) -> Iterator[Callable[[Path | None], Session]]:
    made: list[Session] = []

    def begin(journal: Path | None) -> Session:
        session = Session(window, journal, practice=False)
        made.append(session)
        session.start()
        qtbot.waitUntil(lambda: _settled(session), timeout=20_000)
        return session

    yield begin
    for session in made:
        session.close()


def _settled(session: Session) -> bool:
    page = session.sign_in_page()
    faulty = page is not None and bool(page.fault_sentences())
    return session.desk is not None or _page(session) is not None or faulty


def _page(session: Session) -> PassphrasePage | FolderPage | None:
    page = session.window.centralWidget()
    return page if isinstance(page, PassphrasePage | FolderPage) else None


@pytest.fixture
def encrypted(tmp_path: Path, clock) -> Path:
    """A closed encrypted journal of a site with two people, and one backup."""
    path = tmp_path / "ward" / "journal.sqlite"
    desk = open_desk(path, clock=clock, passphrase=PASSPHRASE)
    set_up_site(desk, "City Hospital", "Europe/Berlin", "A4", new_token())
    for name, role, pin in (("K. Brandt", "pharmacist", "1111"), ("A. Ruiz", "nurse", "2222")):
        add_staff(desk, name, role, pin, new_token())
    back_up(desk)
    desk.close()
    return path


def _says(part: object, words: str) -> bool:
    return hasattr(part, "clicked") and words in part.text()


def everything_shown(window: MainWindow) -> str:
    lines = [line.displayText() for line in window.findChildren(QLineEdit)]
    return " ".join([*lines, window.windowTitle(), str(window.accessibleName())])


def test_passphrase_then_name_and_pin_open_today(
    start, encrypted: Path, typing: Typing, qtbot: QtBot
) -> None:
    session = start(encrypted)
    page = _page(session)
    assert isinstance(page, PassphrasePage)
    assert session.desk is None
    assert QApplication.focusWidget() is page.passphrase.line
    typing(PASSPHRASE)
    assert PASSPHRASE not in everything_shown(session.window)
    typing("{Enter}")
    qtbot.waitUntil(lambda: session.desk is not None, timeout=20_000)
    assert session._passphrase is None
    qtbot.waitUntil(lambda: session.sign_in_page() is not None)
    typing("K. Brandt{Enter}1111{Enter}")
    qtbot.waitUntil(lambda: session.office.page() is not None)
    assert session.office.page().title == "Today"
    session.lock()
    typing("1111{Enter}")  # the lock asks for the PIN, not for the passphrase again
    qtbot.waitUntil(lambda: not session.window.is_locked())
    held = session.desk.journal
    session.close()
    assert held.passphrase is None


def test_the_downtime_sheet_is_offered_where_the_passphrase_is_not_known(
    start, encrypted: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    offer = _page(start(encrypted)).findChild(DowntimeOffer)
    offer.button.click()
    form = offer.findChild(DowntimeForm)
    form.path.line.setText(str(tmp_path / "blank.pdf"))
    form.save()
    assert (tmp_path / "blank.pdf").stat().st_size > 1000


def test_no_name_is_shown_before_the_passphrase(start, encrypted: Path) -> None:
    session = start(encrypted)
    labels = " ".join(
        label.text()
        for label in session.window.centralWidget().findChildren(object)
        if hasattr(label, "text")
    )
    assert "Brandt" not in labels
    assert "City Hospital" not in labels


def test_a_wrong_passphrase_is_said_and_other_ways_are_offered_then(
    start, encrypted: Path, typing: Typing, qtbot: QtBot
) -> None:
    before = encrypted.read_bytes()
    session = start(encrypted)
    page = _page(session)
    assert page.refused.sentences() == ()
    assert not [one for one in page.findChildren(object) if _says(one, "Restore a backup")]
    typing(f"{OTHER}{{Enter}}")
    qtbot.waitUntil(lambda: page.refused.sentences() != ())
    text = " ".join(page.refused.sentences())
    assert "This passphrase does not open" in text
    assert "damaged" not in text
    assert OTHER not in text
    assert page.passphrase.typed() == ""
    assert session.desk is None
    assert encrypted.read_bytes() == before
    words = [button.text() for button in page.findChildren(object) if hasattr(button, "clicked")]
    assert any("Read the last backup" in one for one in words)
    assert any("Restore a backup" in one for one in words)
    typing(f"{PASSPHRASE}{{Enter}}")
    qtbot.waitUntil(lambda: session.desk is not None, timeout=20_000)


def test_a_spoilt_journal_that_nobody_encrypted_offers_its_backup_at_once(
    start, desk: Desk, typing: Typing, qtbot: QtBot
) -> None:
    back_up(desk)
    path = desk.journal.path
    desk.close()
    path.write_bytes(bytes((at * 7919) % 251 for at in range(len(path.read_bytes()))))
    session = start(path)
    page = _page(session)
    assert isinstance(page, PassphrasePage)
    assert "The newest backup is not encrypted" in page.refused.sentences()[0]
    page.other_asked.emit("backup")
    qtbot.waitUntil(lambda: session.desk is not None, timeout=20_000)
    assert session.desk.read_only


def test_a_lost_journal_is_read_from_its_encrypted_backup(
    start, encrypted: Path, typing: Typing, qtbot: QtBot
) -> None:
    encrypted.write_bytes(b"\0" * 9000)
    session = start(encrypted)
    session.sign_in_page().other_asked.emit("backup")
    qtbot.waitUntil(lambda: _page(session) is not None, timeout=20_000)
    assert ".sqlite is encrypted" in _page(session)._what.text()
    typing(f"{PASSPHRASE}{{Enter}}")
    qtbot.waitUntil(lambda: session.desk is not None, timeout=20_000)
    assert session.desk.read_only
    assert session.desk.backup_taken is not None


def test_an_encrypted_backup_is_restored_by_two_people(
    start, encrypted: Path, typing: Typing, qtbot: QtBot
) -> None:
    encrypted.write_bytes(b"\0" * 9000)
    session = start(encrypted)
    session.sign_in_page().other_asked.emit("restore")
    qtbot.waitUntil(lambda: session.window.findChild(RestorePage) is not None)
    page = session.window.findChild(RestorePage)
    assert not page.passphrase.isHidden()
    assert "Type its passphrase" in page.told.sentences()[0]
    page.passphrase.focus_entry()
    typing(f"{OTHER}{{Enter}}")
    assert "does not open" in page.refused.sentences()[0]
    assert page.passphrase.typed() == ""
    typing(f"{PASSPHRASE}{{Enter}}")
    assert page.refused.sentences() == ()
    assert any(
        "encrypted with the passphrase of this backup" in one for one in page.told.sentences()
    )
    page.reason.focus_entry()
    typing("the disk failed{Enter}K. Brandt{Enter}1111{Enter}A. Ruiz{Enter}2222{Ctrl+Enter}")
    qtbot.waitUntil(lambda: _page(session) is not None, timeout=20_000)  # asked anew
    assert looks_encrypted(encrypted)
    typing(f"{PASSPHRASE}{{Enter}}")
    qtbot.waitUntil(lambda: session.desk is not None, timeout=20_000)
    assert session.desk.journal.entries()[-1].kind == "journal-restored"


def test_a_backup_of_an_earlier_passphrase_is_shown_beside_the_journal_of_a_later_one(
    start, encrypted: Path, clock, typing: Typing, qtbot: QtBot
) -> None:
    with open_journal(encrypted, passphrase=Passphrase(PASSPHRASE)) as journal:
        desk = Desk(journal, None, clock)
        change = planned_change(journal, Passphrase(LATER), clock.moment)
        change_encryption(journal, change, desk.draft("encryption-changed", {}))
    session = start(encrypted)
    typing(f"{OTHER}{{Enter}}")
    qtbot.waitUntil(lambda: _page(session).refused.sentences() != ())
    _page(session).other_asked.emit("restore")
    qtbot.waitUntil(lambda: session.window.findChild(RestorePage) is not None)
    page = session.window.findChild(RestorePage)
    assert page.of_journal.isHidden()
    page.passphrase.focus_entry()
    typing(f"{PASSPHRASE}{{Enter}}")
    assert "was not opened by this passphrase" in " ".join(page.told.sentences())
    session.window.resize(1024, 600)  # nothing that is signed is cut where the window is low
    qtbot.waitUntil(lambda: session.window.height() < 700)
    QApplication.processEvents()
    for label in page.told.findChildren(PlainLabel):
        assert label.height() >= label.heightForWidth(label.width())
    page.of_journal.focus_entry()
    typing(f"{OTHER}{{Enter}}")
    assert "This passphrase does not open" in page.refused.sentences()[0]
    assert page.of_journal.typed() == ""
    page.of_journal.focus_entry()
    typing(f"{LATER}{{Enter}}")
    assert page.refused.sentences() == ()
    assert page.of_journal.isHidden()
    told = " ".join(page.told.sentences())
    assert "1 entry stored" in told
    assert "keep both" in told


def test_the_first_run_encrypts_where_the_site_chooses_it(
    start, tmp_path: Path, typing: Typing, qtbot: QtBot
) -> None:
    session = start(None)
    page = _page(session)
    assert isinstance(page, FolderPage)
    qtbot.waitUntil(lambda: page.isAncestorOf(QApplication.focusWidget()))
    typing("2")
    typing(f"{tmp_path / 'shared'}{{Enter}}2")
    assert QApplication.focusWidget() is page.passphrase.line
    typing("too short{Enter}too short{Ctrl+Enter}")
    assert "at least 15 characters" in page.passphrase.error_text()
    assert (page.passphrase.typed(), page.again.typed()) == ("", "")
    typing(f"{TYPED}{{Enter}}{OTHER}{{Ctrl+Enter}}")
    assert "not the same" in page.again.error_text()
    typing(f"{TYPED}{{Enter}}{TYPED}{{Ctrl+Enter}}")
    qtbot.waitUntil(lambda: session.desk is not None, timeout=20_000)
    journal = tmp_path / "shared" / "journal.sqlite"
    assert session.desk.journal.path == journal
    assert is_encrypted(session.desk)
    assert looks_encrypted(journal)
    assert TYPED not in paths.settings_file().read_text(encoding="utf-8")


def test_the_first_run_asks_and_chooses_nothing_itself(
    start, tmp_path: Path, typing: Typing, qtbot: QtBot
) -> None:
    session = start(None)
    page = _page(session)
    qtbot.waitUntil(lambda: page.isAncestorOf(QApplication.focusWidget()))
    typing("2")
    typing(f"{tmp_path / 'shared'}{{Ctrl+Enter}}")
    assert page.encrypted.error_text() != ""
    assert not (tmp_path / "shared").exists()


def test_a_journal_that_is_there_and_not_encrypted_is_not_taken_for_an_encrypted_one(
    start, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "shared").mkdir()
    open_journal(tmp_path / "shared" / "journal.sqlite", create=True).close()
    session = start(None)
    page = _page(session)
    page.where.choose("other")
    page.chosen.emit(str(tmp_path / "shared"), PASSPHRASE)
    qtbot.waitUntil(lambda: page.folder.error_text() != "")
    assert "is there already and is not encrypted" in page.folder.error_text()
    assert session.desk is None
    assert paths.remembered_journal() is None
    open_journal(tmp_path / "shared" / "journal.sqlite").close()  # its lock was let go


def test_encrypted_by_two_people_in_the_window_and_opened_by_the_next_start(
    start, desk: Desk, clock, typing: Typing, qtbot: QtBot
) -> None:
    path = desk.journal.path
    desk.close()
    session = start(path)
    typing("K. Brandt{Enter}1111{Enter}")
    qtbot.waitUntil(lambda: session.office.page() is not None)
    session.office.open("backups")
    session.office.page().encryption.click()
    page = session.office.page()
    assert isinstance(page, EncryptionPage)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.new.line)
    typing(f"{TYPED}{{Enter}}{TYPED}{{Enter}}{{Ctrl+Enter}}")
    assert session.window.panel() is not None
    typing("1111{Ctrl+Enter}A. Ruiz{Enter}2222{Ctrl+Enter}")
    qtbot.waitUntil(lambda: is_encrypted(session.desk), timeout=20_000)
    assert page.state.text() == "This journal is encrypted."
    assert any("NOT encrypted" in one for one in page.clear.sentences())
    assert "is kept as journal-NOT-ENCRYPTED-" in page.done.sentences()[0]
    assert {line.text() for line in page.findChildren(QLineEdit)} == {""}
    session.close()
    session.window.close()
    with pytest.raises(Exception, match="is encrypted, or is no journal"):
        open_desk(path)
    open_read_only(path, Passphrase(TYPED)).close()
