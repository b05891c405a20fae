"""One registry, no duplicates, and an answer to a key in the wrong place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from il2desk.window import keys
from il2desk.window.shell import MainWindow


def test_no_two_keys_can_be_active_at_once() -> None:
    assert keys.duplicates() == []


def test_a_duplicate_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    extra = keys.Key("other", "F2", "board", "Other")
    monkeypatch.setattr(keys, "KEYS", (*keys.KEYS, extra))
    assert [two for _, two in keys.duplicates()] == [extra]


@pytest.mark.parametrize("key", keys.KEYS, ids=lambda key: f"{key.context}: {key.sequence}")
def test_every_key_is_one_qt_knows_in_a_known_context(key: keys.Key) -> None:
    assert not QKeySequence(key.sequence).isEmpty()
    assert key.context in keys.CONTEXTS
    assert key.words


def test_installed_keys_do_not_repeat(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    made = keys.install(owner, "commit", {"commit": owner.update, "back": owner.update})
    assert len(made) == 3  # both Enter keys, and Esc
    assert not any(shortcut.autoRepeat() for shortcut in made)


def test_an_action_without_a_key_is_refused(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    with pytest.raises(KeyError):
        keys.install(owner, "board", {"undo": owner.update})


def test_keys_are_named_as_on_the_keyboard() -> None:
    assert keys.key_text("commit") == "Ctrl+Enter"
    assert keys.key_text("back") == "Esc"
    assert keys.key_text("board") == "F4"


def _press(key: Qt.Key) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)


def test_a_misplaced_key_says_where_it_works() -> None:
    assert (
        keys.misplaced(_press(Qt.Key.Key_G)) == "G works on the board and in the steps of a dose."
    )
    assert keys.misplaced(_press(Qt.Key.Key_N)) == "N works in a time field."
    assert keys.misplaced(_press(Qt.Key.Key_Z)) is None


def test_the_window_answers_a_misplaced_key(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_W)
    assert window.status.message() == "W works in the steps of a dose and on the page of the stock."


def test_a_screen_that_is_not_listed_is_answered(window: MainWindow) -> None:
    asked: list[str] = []
    window.navigate.connect(asked.append)
    QTest.keyClick(window, Qt.Key.Key_F4)
    assert asked == []
    assert window.status.message().startswith("F4 ")


def test_saving_is_answered(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert window.status.message().startswith("Nothing to save.")
