"""What is left on a locked screen, on the clipboard and in the title; and whose drafts are whose."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QWidget

from il2desk import paths
from il2desk.desk import (
    Desk,
    Registration,
    access,
    new_token,
    register_subject,
    sign,
    staff,
    subjects,
)
from il2desk.dosing import Refusal
from il2desk.window.crash import CrashHook
from il2desk.window.fields import PinEdit
from il2desk.window.routes import OF_A_PATIENT, ROUTES
from il2desk.window.session import Session
from il2desk.window.shell import MainWindow

# Words by which the patient could be known.
KNOWN_BY = ("LÖWENSTEIN", "Löwenstein", "Maria", "RCC-014", "4711", "04-Mar-1961")
PATIENT = Registration(
    trial_code="RCC-014", initials="ML", born="04-Mar-1961", sex="female",
    allergies_state="no known allergies", protocol="npc-bolus-site", ward="7", bed="3",
    family_name="Löwenstein", given_name="Maria", title="Ms", hospital_number="4711",
)  # fmt: skip


@pytest.fixture
def session(site_copy_desk: Desk, window: MainWindow, qtbot) -> Iterator[Session]:
    """K. Brandt is signed in; one patient is registered."""
    assert isinstance(register_subject(site_copy_desk, PATIENT, new_token()), str)
    path = site_copy_desk.journal.path
    site_copy_desk.close()
    made = Session(window, path, practice=False)
    made.start()
    qtbot.waitUntil(lambda: made.desk is not None, timeout=20_000)
    unlock(made, qtbot)
    yield made
    made.close()


@pytest.fixture
def subject(session: Session) -> str:
    return subjects(session.desk)[0].id


def unlock(session: Session, qtbot, name: str = "K. Brandt", pin: str = "1111") -> None:
    qtbot.wait(20)  # the sign-in page takes the keyboard, as it does before somebody can type
    session.sign_in_page().signing.emit(name, pin)
    qtbot.waitUntil(lambda: not session.window.is_locked())


def texts(*roots: QWidget) -> str:
    """Everything that is visible or read aloud in these widgets."""
    found: list[str] = []
    for root in roots:
        for widget in (root, *root.findChildren(QWidget)):
            if not widget.isVisible():
                continue
            found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
            if isinstance(widget, (QLabel, QLineEdit)):
                found.append(widget.text())
    return "\n".join(found)


def names(text: str) -> list[str]:
    return [word for word in KNOWN_BY if word in text]


def test_a_locked_window_names_no_patient_anywhere(session, subject, qtbot) -> None:
    session.office.open("board", subject=subject)
    assert names(texts(session.window))  # or this test would prove nothing
    session.lock()
    tops = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert names(texts(*tops)) == []
    assert names("\n".join(widget.windowTitle() for widget in tops)) == []
    assert session.window.windowTitle() == "IL2Desk"


def opened(session, subject: str, route: str) -> None:
    """The page of a route, and no other."""
    session.office.open(route, **({"subject": subject} if route in OF_A_PATIENT else {}))
    assert type(session.office.page()).__name__ == ROUTES[route].page


def test_no_title_of_a_window_names_a_patient(session, subject) -> None:
    with_more = {
        "dose",
        "second",
        "companion",
        "site-copy",
        "first-run",
    }  # not with a subject alone
    for route in sorted(set(ROUTES) - with_more):
        opened(session, subject, route)
        assert names(session.window.windowTitle()) == [], route


@pytest.mark.parametrize("route", ["course", "trial", "audit", "settings"])
def test_no_page_that_names_a_patient_is_seen_behind_the_lock(session, subject, route) -> None:
    opened(session, subject, route)
    session.lock()
    tops = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert names(texts(*tops)) == []
    assert names("\n".join(widget.windowTitle() for widget in tops)) == []


def test_a_page_that_opens_behind_the_lock_gives_the_window_no_title(session, subject) -> None:
    session.lock()
    session.office.open("board", subject=subject)
    assert session.window.windowTitle() == "IL2Desk"
    assert session.window.is_locked()


def test_what_was_copied_here_is_taken_from_the_clipboard(session, subject) -> None:
    session.office.open("board", subject=subject)
    QGuiApplication.clipboard().setText("RCC-014")
    session.lock()
    assert QGuiApplication.clipboard().text() == ""


def test_closing_takes_it_away_too(session) -> None:
    QGuiApplication.clipboard().setText("LÖWENSTEIN, Maria")
    session.close()
    assert QGuiApplication.clipboard().text() == ""


def test_what_another_program_copied_stays(session, qtbot) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    session.window.hide()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is None)
    QGuiApplication.clipboard().setText("of another program")
    session.lock()
    assert QGuiApplication.clipboard().text() == "of another program"


# Drafts


def typed_by_brandt(session) -> QLineEdit:
    session.office.open("find")
    line = session.office.page().typed.line
    line.setText("half typed")
    return line


def test_a_draft_is_kept_for_its_own_person_and_shown_to_nobody_else(session, qtbot) -> None:
    line = typed_by_brandt(session)
    session.lock()
    unlock(session, qtbot, "A. Ruiz", "2222")
    assert session.office.page().title == "Today"
    assert "half typed" not in texts(session.window)
    session.office.back()  # there is no way back into it either
    assert session.office.page().title == "Today"
    session.lock()
    unlock(session, qtbot)
    assert session.office.page().typed.line is line
    assert line.text() == "half typed"
    assert line.isVisible()


def test_a_page_that_came_back_works(session, subject, typing, qtbot) -> None:
    session.office.open("order", subject=subject)
    session.lock()
    unlock(session, qtbot, "A. Ruiz", "2222")
    assert session.window.banner() is None
    session.lock()
    unlock(session, qtbot)
    assert session.office.page().subject == subject
    assert "LÖWENSTEIN" in texts(session.window.banner())
    typing("{Esc}")  # once: the keys were not given to it a second time
    assert session.office.page().title == "Today"


def test_both_have_a_draft_of_their_own(session, qtbot) -> None:
    typed_by_brandt(session)
    session.lock()
    unlock(session, qtbot, "A. Ruiz", "2222")
    session.office.open("find")
    session.office.page().typed.line.setText("of Ruiz")
    session.lock()
    unlock(session, qtbot)
    assert session.office.page().typed.typed() == "half typed"
    session.lock()
    unlock(session, qtbot, "A. Ruiz", "2222")
    assert session.office.page().typed.typed() == "of Ruiz"


def test_the_practice_trial_has_nothing_of_a_real_draft(session, qtbot) -> None:
    typed_by_brandt(session)
    session.lock()
    unlock(session, qtbot, "A. Ruiz", "2222")
    session.open_practice_trial()
    qtbot.waitUntil(lambda: session.desk is not None and session.desk.practice, timeout=30_000)
    unlock(session, qtbot)
    assert session.office.page().title == "Today"


# Two people, one machine


def test_wrong_pins_are_slowed_on_the_locked_screen_and_after_a_new_start(
    session, window, qtbot
) -> None:
    session.lock()
    for _ in range(3):
        session.sign_in_page().signing.emit("K. Brandt", "9999")
        qtbot.wait(20)
    assert session.sign_in_page().refusal_text().endswith("Wait 30 seconds.")
    path = session.desk.journal.path
    session.close()
    again = Session(window, path, practice=False)
    again.start()
    qtbot.waitUntil(lambda: again.desk is not None, timeout=20_000)
    again.sign_in_page().signing.emit("K. Brandt", "1111")
    qtbot.waitUntil(lambda: again.sign_in_page().refusal_text() != "")
    assert "Three wrong PINs in a row. Wait" in again.sign_in_page().refusal_text()
    again.close()


def test_a_pin_that_stands_in_a_field_is_gone_after_the_lock(session, qtbot) -> None:
    # It may be the second person's, who has gone: the first one must not sign with it.
    session.office.open("staff")
    page = session.office.page()
    page.form.name.line.setText("N. Weber")
    page.form.pin.line.setText("4444")
    page._own()
    panel = session.window.panel()
    panel.form.entries()[0].line.setText("1111")
    session.lock()
    unlock(session, qtbot)
    pins = session.window.findChildren(PinEdit)
    assert len(pins) == 5
    assert {pin.typed() for pin in pins} == {""}
    assert page.form.name.typed() == "N. Weber"


# A defect


def test_a_crash_with_a_patient_open_writes_and_shows_nothing_of_the_patient(
    session, subject, qtbot, capsys, caplog
) -> None:
    session.office.open("order", subject=subject)
    page = session.office.page()
    page.form.findChildren(QLineEdit)[0].setText("Löwenstein typed")
    hook = CrashHook()
    hook.crashed.connect(session.crashed)
    typed = page.form.findChildren(QLineEdit)[0].text()
    try:
        {}[f"{typed} LÖWENSTEIN, Maria RCC-014 born 04-Mar-1961"]
    except KeyError as error:
        hook.take(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: session.office.unsafe)
    (file,) = paths.crash_folder().glob("crash-*.txt")
    written = file.read_text(encoding="utf-8")
    assert "KeyError" in written
    told = capsys.readouterr()
    assert names(written + told.out + told.err + caplog.text) == []
    assert names(texts(session.window) + session.window.windowTitle()) == []


def test_a_crash_behind_the_lock_shows_no_page(session, subject, qtbot) -> None:
    session.office.open("board", subject=subject)
    session.lock()
    session.crashed("")
    assert session.office.page() is None
    assert names(texts(session.window)) == []


def test_no_file_beside_the_journal_names_the_patient(session, subject, tmp_path: Path) -> None:
    # The journal itself does, by its purpose; nothing else of the program may.
    session.office.open("board", subject=subject)
    session.lock()
    journal = session.desk.journal.path
    copy = shutil.copy(journal, tmp_path / "held.sqlite")
    assert b"RCC-014" in Path(copy).read_bytes()
    others = [file for file in journal.parent.rglob("*") if file.is_file()]
    others = [file for file in others if not file.name.startswith(journal.name)]
    for file in others:
        assert names(file.read_bytes().decode("utf-8", "replace")) == [], file


def test_the_first_key_after_a_sleep_is_typed_into_no_page(session, qtbot) -> None:
    line = typed_by_brandt(session)
    line.setFocus()
    start = session.desk.clock.now()
    session._idle._now = lambda: start + timedelta(hours=9)
    QTest.keyClick(session.window.windowHandle(), Qt.Key.Key_X)
    assert session.window.is_locked()
    assert line.text() == "half typed"


def test_an_idle_screen_locks_with_a_patient_open(session, subject) -> None:
    session.office.open("board", subject=subject)
    start = session.desk.clock.now()
    session._idle._now = lambda: start + timedelta(hours=9)  # the machine slept
    session._idle.look()
    assert session.window.is_locked()
    assert names(texts(session.window)) == []


def test_a_pin_that_was_set_leads_to_an_own_one_first(session, typing, qtbot) -> None:
    desk = session.desk
    ruiz = next(person for person in staff(desk) if person.name == "A. Ruiz")
    signed = sign(desk, "1111", access.SET_PIN)
    assert not isinstance(
        access.set_pin(desk, ruiz.id, "7777", "asked", signed, new_token()), Refusal
    )
    session.lock()
    unlock(session, qtbot, "A. Ruiz", "7777")
    assert session.office.page().title == "People"
    qtbot.wait(20)
    typing("7777{Enter}8888{Enter}8888{Ctrl+Enter}")
    assert session.window.panel() is None
    assert desk.own_pin_due == ""
    assert not isinstance(sign(desk, "8888", "meant"), Refusal)


def test_a_dialog_that_chooses_a_file_does_not_stay_over_the_locked_screen(
    session: Session, subject: str, qtbot
) -> None:
    session.office.open("sheets", subject=subject)
    page, seen = session.office.page(), []

    def lock() -> None:
        seen.extend(one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog))
        session.lock()

    QTimer.singleShot(200, lock)
    page._pick()
    assert seen
    assert session.window.is_locked()
    assert not [
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, QDialog) and one.isVisible()
    ]
