"""The page Encryption: how it stands, what is asked, two signatures, and trying the sealed passphrase."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from il2desk.desk import back_up, is_encrypted, sign_in
from il2desk.records import Passphrase, change_encryption, planned_change

# SQLCipher takes the first for a key and derives none, which takes it most of its time.
KEY, PASSPHRASE, OTHER = "x'" + "5e" * 32 + "'", "seven small ships", "a larger fleet of ships"
BOTH = "1111{Ctrl+Enter}A. Ruiz{Enter}2222{Ctrl+Enter}"


@pytest.fixture
def page(bare_office):
    bare_office.open("encryption")
    return bare_office.page()


@pytest.fixture
def encrypted(desk, bare_office, clock):
    """The page of a journal that was encrypted a minute ago."""
    change = planned_change(desk.journal, Passphrase(KEY), clock.moment)
    body = {"change": "encrypted", "kept_as": change.kept.name}
    change_encryption(desk.journal, change, desk.draft("encryption-changed", body))
    back_up(desk)
    clock.moment += timedelta(minutes=1)
    bare_office.open("encryption")
    return bare_office.page()


def press(qtbot, page, words):
    buttons = [one for one in page.findChildren(object) if hasattr(one, "clicked")]
    (button,) = [one for one in buttons if one.text().startswith(words)]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_says_how_the_journal_stands_and_asks_for_a_new_passphrase(page):
    assert page.state.text() == "This journal is not encrypted."
    shown = [entry.label_text() for entry in page.form.shown()]
    assert shown == ["New passphrase", "New passphrase again"]
    assert page.action().primary == "Encrypt the journal"
    assert page.action().missing == ("New passphrase", "New passphrase again")
    assert page.trial.isHidden()


def test_a_short_one_and_two_that_differ_are_refused_before_anybody_signs(
    page, bare_office, typing, unchanged
):
    page.new.focus_entry()
    typing("too short{Enter}too short{Ctrl+Enter}")
    assert "at least 15 characters" in page.new.error_text()
    assert bare_office.window.panel() is None
    page.new.focus_entry()
    typing(f"{PASSPHRASE}")
    page.again.clear_entry()
    page.again.focus_entry()
    typing(f"{OTHER}{{Ctrl+Enter}}")
    assert "not the same" in page.again.error_text()
    assert bare_office.window.panel() is None
    assert unchanged()


def test_what_is_signed_is_said_and_one_person_twice_is_refused(page, bare_office, typing):
    page.new.focus_entry()
    typing(f"{PASSPHRASE}{{Enter}}{PASSPHRASE}{{Ctrl+Enter}}")
    panel = bare_office.window.panel()
    words = " ".join(
        one.text() for one in panel.findChildren(object) if hasattr(one, "setWordWrap")
    )
    assert "It is NOT encrypted" in words
    assert PASSPHRASE not in words
    typing("1111{Ctrl+Enter}K. Brandt{Enter}1111{Ctrl+Enter}")
    assert not is_encrypted(bare_office.desk)


def test_after_encrypting_it_names_what_is_left_in_the_clear(encrypted, bare_office):
    assert encrypted.state.text() == "This journal is encrypted."
    assert any("NOT-ENCRYPTED" in one for one in encrypted.clear.sentences())
    assert "Destroy what is not encrypted" in encrypted.clear.sentences()[-1]
    bare_office.open("backups")
    assert any("NOT encrypted" in one for one in bare_office.page().trouble.sentences())
    assert len(bare_office.page().table.rows()) == 1


def test_the_sealed_passphrase_is_tried(encrypted, typing, qtbot):
    encrypted.tried.focus_entry()
    typing(f"{OTHER}{{Enter}}")
    assert "does not open the newest backup" in encrypted.not_right.sentences()[0]
    assert encrypted.tried.typed() == ""
    encrypted.tried.focus_entry()
    typing(KEY)
    press(qtbot, encrypted, "Try it")
    assert encrypted.answer.sentences()[0].startswith(
        "It opens the newest backup, of 12-Mar-2026 14:00"
    )
    assert encrypted.not_right.sentences() == ()


def test_a_new_passphrase_needs_the_present_one(encrypted, bare_office, typing):
    encrypted.change.choose("passphrase-changed")
    encrypted.present.focus_entry()
    typing(f"{OTHER}{{Enter}}{OTHER}{{Enter}}{OTHER}{{Ctrl+Enter}}")
    assert "not the passphrase of this journal" in encrypted.present.error_text()
    encrypted.present.focus_entry()
    typing(f"{KEY}{{Ctrl+Enter}}{BOTH}")
    assert bare_office.desk.journal.entries()[-1].body["change"] == "passphrase-changed"
    encrypted.tried.focus_entry()
    typing(f"{OTHER}{{Enter}}")
    assert encrypted.answer.sentences()[0].startswith("It opens the newest backup")


def test_one_that_nobody_has_is_replaced_without_it(encrypted, bare_office, typing):
    encrypted.change.choose("passphrase-lost")
    assert [one.label_text() for one in encrypted.form.shown()] == [
        "Change", "New passphrase", "New passphrase again",
    ]  # fmt: skip
    assert encrypted.action().primary == "Replace the passphrase"
    encrypted.new.focus_entry()
    typing(f"{OTHER}{{Enter}}{OTHER}{{Ctrl+Enter}}")
    panel = bare_office.window.panel()
    words = " ".join(one.text() for one in panel.findChildren(object) if hasattr(one, "text"))
    assert "can never be opened again" in words


def test_encryption_is_ended(encrypted, bare_office, typing):
    encrypted.change.choose("decrypted")
    assert [one.label_text() for one in encrypted.form.shown()] == ["Change", "Present passphrase"]
    assert encrypted.action().primary == "End the encryption"
    encrypted.present.focus_entry()
    typing(f"{KEY}{{Ctrl+Enter}}{BOTH}")
    assert not is_encrypted(bare_office.desk)
    assert encrypted.state.text() == "This journal is not encrypted."
    assert encrypted.clear.sentences() == ()


def test_who_may_not_is_told_and_asked_for_nothing(bare_office):
    sign_in(bare_office.desk, "A. Ruiz", "2222")
    bare_office.open("encryption")
    page = bare_office.page()
    assert page.form.shown() == ()
    assert "is for a pharmacist or administrator" in page.action().blocked


def test_nothing_is_chosen_before_somebody_chooses(encrypted, bare_office, unchanged):
    page = encrypted
    assert [entry.label_text() for entry in page.form.shown()] == ["Change"]
    assert page.action().primary == "Change the encryption"
    page.commit()
    assert bare_office.window.panel() is None
    assert unchanged()
