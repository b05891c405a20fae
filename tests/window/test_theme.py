"""Contrast by the WCAG formula, text sizes, and text that is never markup."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from il2desk.dosing import NO_BREAK
from il2desk.window import theme
from il2desk.window.buttons import Button
from il2desk.window.theme import PlainLabel
from il2desk.window.tokens import CONTRAST, THEMES, Tokens

TEXT_ON = [
    ("text", "window"), ("text", "base"), ("text", "past"), ("text", "current"), ("muted", "past"), ("muted", "window"), ("muted", "base"),
    ("select_text", "select"), ("banner_text", "banner"), ("banner_label", "banner"),
    ("stop_text", "stop"), ("hold_text", "hold"), ("given_text", "given"), ("go", "base"),
    ("practice_text", "practice"), ("stop", "base"), ("stop", "window"), ("focus", "base"),
]  # fmt: skip
EDGES = [("border", "base"), ("border", "window"), ("focus", "window")]


def _luminance(name: str) -> float:
    def linear(level: int) -> float:
        part = level / 255
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    colour = QColor(name)
    red, green, blue = (linear(v) for v in (colour.red(), colour.green(), colour.blue()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, two: str) -> float:
    high, low = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_text_is_readable(tokens: Tokens, ink: str, ground: str) -> None:
    assert _contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_are_visible(tokens: Tokens, edge: str, ground: str) -> None:
    assert _contrast(getattr(tokens, edge), getattr(tokens, ground)) >= 3


@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_high_contrast_is_higher(ink: str, ground: str) -> None:
    assert _contrast(getattr(CONTRAST, ink), getattr(CONTRAST, ground)) >= 7
    assert (CONTRAST.edge, CONTRAST.hatched, CONTRAST.past) == (2, True, CONTRAST.base)


@pytest.mark.parametrize("tokens", THEMES.values(), ids=THEMES)
def test_verdict_fills_differ_in_grey(tokens: Tokens) -> None:
    go, hold, stop = (_luminance(c) for c in (tokens.base, tokens.hold, tokens.stop))
    assert abs(go - hold) > 0.2
    assert abs(hold - stop) > 0.2
    assert abs(go - stop) > 0.2


def test_sizes_are_large_enough() -> None:
    assert theme.BODY_PX >= 14
    assert theme.SECONDARY_PX >= 12


def test_digits_are_equally_wide(qtbot: QtBot) -> None:
    label = PlainLabel()
    qtbot.addWidget(label)
    metrics = QFontMetrics(label.font())
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1
    assert QFontInfo(label.font()).pixelSize() == theme.BODY_PX


def test_text_is_never_markup(qtbot: QtBot) -> None:
    label = PlainLabel("<b>70</b> below 2")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == "<b>70</b> below 2"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("planned 12-Mar-2026", "12-Mar-2026"),
        ("DOSE 42.3\u00a0million\u00a0international\u00a0units", ""),
    ],
)
def test_dates_and_doses_are_never_parted(qtbot: QtBot, text: str, whole: str) -> None:
    label = PlainLabel(text)
    qtbot.addWidget(label)
    assert label.text() == text
    # In a line one pixel too narrow for it, what must stay together still stands in one line.
    narrow = label.fontMetrics().horizontalAdvance(whole or text) - 1
    lines = label.heightForWidth(narrow) // label.fontMetrics().lineSpacing()
    assert lines == (2 if whole else 1)


@pytest.mark.parametrize(
    ("before", "whole"),
    [("systolic", "95 mmHg"), ("window", "30 to 70 mcg"), ("within", "14 days"), ("SpO2", "94 %")],
)
def test_a_label_parts_no_number_from_its_unit(qtbot: QtBot, before: str, whole: str) -> None:
    label = PlainLabel(f"{before} {whole}")
    qtbot.addWidget(label)
    drawn = QLabel.text(label)
    assert drawn == f"{before} {whole.replace(' ', NO_BREAK)}"
    assert label.text() == f"{before} {whole}"


def test_buttons_never_act_by_enter(qtbot: QtBot) -> None:
    button = Button("Record check", "Ctrl+Enter")
    qtbot.addWidget(button)
    assert not button.autoDefault()
    assert not button.isDefault()
    assert "Record check" in button.text()
    assert "Ctrl+Enter" in button.text()
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert pressed == []
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert pressed == [True]


def test_every_button_of_the_window_is_ours(root: Path) -> None:
    banned = (
        "QDialog", "QMessageBox", "QInputDialog", "QSpinBox", "QDoubleSpinBox", "QDateTimeEdit",
        "QTableWidget", "QDataWidgetMapper", "setInputMask", "setMaxLength", "setValidator",
        "setCompleter",
    )  # fmt: skip
    found = [
        f"{source.name}: {name}"
        for source in (root / "il2desk" / "window").rglob("*.py")
        for name in banned
        if f"{name}(" in source.read_text(encoding="utf-8")
    ]
    assert found == []
    assert QPushButton().autoDefault() is False, "outside a dialog Qt itself presses nothing"


def test_dressing_twice_keeps_one_focus_ring(qapp: QApplication) -> None:
    assert theme.apply(qapp) is theme.apply(qapp)
