"""The menus offer what the keys do, by its words, and nothing while somebody signs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from il2desk.window.menus import page_offers
from il2desk.window.shell import MainWindow, NavEntry
from il2desk.window.theme import PlainLabel

ENTRIES = (NavEntry("today", "Today", "F2"), NavEntry("staff", "People", "", "house"))


def _menu(window: MainWindow, name: str) -> QMenu:
    found = [action.menu() for action in window.menuBar().actions() if action.text() == name]
    found[0].aboutToShow.emit()
    return found[0]


def _lines(window: MainWindow, name: str) -> list[str]:
    return [action.text() for action in _menu(window, name).actions()]


def test_go_names_every_screen_of_the_rail_with_its_key(window: MainWindow) -> None:
    window.set_nav(ENTRIES, "today")
    assert _lines(window, "&Go") == ["Today\tF2", "People"]
    asked: list[str] = []
    window.navigate.connect(asked.append)
    _menu(window, "&Go").actions()[1].trigger()
    assert asked == ["staff"]


def test_record_offers_the_acts_of_the_page_and_of_its_bar(window: MainWindow) -> None:
    done: list[str] = []
    window.show_page(QWidget(), "Board")
    window.action_bar.set_primary("Open the dose")
    window.action_bar.primary.connect(lambda: done.append("opened"))
    window.menus.set_page_acts(page_offers({"board": {"given": lambda: done.append("given")}}))
    assert _lines(window, "&Record") == ["Open the dose\tCtrl+Enter", "Go back\tEsc", "Given\tG"]
    menu = _menu(window, "&Record")
    menu.actions()[2].trigger()
    menu.actions()[0].trigger()
    assert done == ["given", "opened"]


def test_nothing_is_offered_while_somebody_signs(window: MainWindow) -> None:
    window.set_nav(ENTRIES, "today")
    done: list[str] = []
    window.menus.set_page_acts(page_offers({"board": {"given": lambda: done.append("given")}}))
    window.open_panel(QWidget())
    for name in ("&File", "&Go", "&Record", "&View", "&Help"):
        (line,) = _menu(window, name).actions()
        assert line.text() == "Sign or go back first."
        assert not line.isEnabled()
    window.close_panel()
    assert "Given\tG" in _lines(window, "&Record")


def test_a_locked_window_has_no_menus(window: MainWindow) -> None:
    window.lock(PlainLabel("locked"))
    assert not window.menuBar().isVisible()
    window.unlock()
    assert window.menuBar().isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_f10_goes_to_the_menus(window: MainWindow) -> None:
    window.show_page(PlainLabel("a page"))
    QTest.keyClick(window, Qt.Key.Key_F10)
    assert window.menuBar().activeAction() is not None
    window.menuBar().actions()[0].menu().close()


def test_a_key_shown_in_a_menu_is_not_heard_twice(window: MainWindow) -> None:
    """A shortcut of the menu's own would silence the key that the registry installed."""
    for name in ("&File", "&Go", "&Record", "&View", "&Help"):
        assert all(action.shortcut().isEmpty() for action in _menu(window, name).actions())


def _offered_once(window: MainWindow) -> tuple[list[str], QMenu]:
    done: list[str] = []
    window.menus.set_page_acts(page_offers({"board": {"given": lambda: done.append("given")}}))
    menu = _menu(window, "&Record")
    assert menu.actions()[-1].text() == "Given\tG"
    return done, menu


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_menu_that_is_open_at_the_lock_closes_and_acts_no_more(window: MainWindow) -> None:
    window.show_page(PlainLabel("a page"))
    done, menu = _offered_once(window)
    menu.popup(window.pos())
    line = menu.actions()[-1]
    window.lock(PlainLabel("locked"))
    assert not menu.isVisible()
    line.trigger()
    assert done == []
    window.unlock()
    line.trigger()  # of the turn before the lock
    assert done == []


def test_a_line_of_the_page_before_acts_no_more(window: MainWindow) -> None:
    done, menu = _offered_once(window)
    window.menus.set_page_acts(())
    menu.actions()[-1].trigger()
    assert done == []


def test_a_line_that_was_open_before_a_panel_acts_no_more(window: MainWindow) -> None:
    window.show_page(PlainLabel("a page"))
    done, menu = _offered_once(window)
    window.open_panel(QWidget())
    menu.actions()[-1].trigger()
    assert done == []
