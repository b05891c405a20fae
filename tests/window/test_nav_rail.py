"""The rail reaches every screen, also on the smallest window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from il2desk.window import routes
from il2desk.window.nav_rail import NavRail, _NavButton


@pytest.mark.parametrize("height", [300, 460, 700])
def test_every_screen_can_be_seen(qtbot: QtBot, height: int) -> None:
    rail = NavRail()
    qtbot.addWidget(rail)
    rail.resize(rail.sizeHint().width(), height)
    rail.set_entries(routes.entries(patient=True, restored=True), "board")
    rail.show()
    qtbot.waitExposed(rail)
    buttons = rail.findChildren(_NavButton)
    assert {one.entry.id for one in buttons} == {one.id for one in rail.entries()}
    for button in buttons:
        rail.ensureWidgetVisible(button)
        top = button.mapTo(rail.viewport(), QPoint(0, 0)).y()
        assert top >= 0
        assert top + button.height() <= rail.viewport().height() + 1
        assert button.height() >= 24


def test_the_open_patient_comes_before_the_house() -> None:
    groups = [entry.group for entry in routes.entries(patient=True)]
    assert groups == sorted(groups, key=["all", "patient", "house"].index)
    assert "patient" not in {entry.group for entry in routes.entries(patient=False)}
