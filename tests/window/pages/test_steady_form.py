"""A refusal that comes or goes never takes the field away from under the eye."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from il2desk.window.pages.page import Page


def where(page: Page, field) -> int:
    return field.mapTo(page.window(), QPoint(0, 0)).y()


def test_a_refusal_that_goes_while_somebody_types_leaves_its_place(office, planned, qtbot: QtBot):
    office.open("order", subject=planned)
    page = office.page()
    page.notice.refuse(("The order is refused.", "Type it again."))
    field = page.prescriber.line
    field.setFocus()
    qtbot.wait(20)
    there = where(page, field)
    page.notice.quiet()
    qtbot.wait(20)
    assert page.notice.sentences() == ()
    assert where(page, field) == there
    page.notice.set_sentences(())  # the page is read anew: now the place goes
    qtbot.waitUntil(page.notice.isHidden)


def test_one_that_comes_above_scrolls_with_the_field_in_place(office, planned, qtbot: QtBot):
    office.open("order", subject=planned)
    page = office.page()
    office.window.resize(1024, 560)
    field = page.eligible.line
    field.setFocus()
    qtbot.wait(50)
    assert office.window._frame.verticalScrollBar().maximum() > 0
    there = where(page, field)
    page.notice.set_sentences(tuple(f"Reason {number}" for number in range(4)))
    qtbot.wait(50)
    assert page.notice.height() > 60
    assert abs(where(page, field) - there) <= 2
