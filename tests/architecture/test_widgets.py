"""Qt classes that change what was typed, or that abort the interpreter, stay out."""

from __future__ import annotations

import ast
import sys
from importlib.metadata import version

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

BANNED = {
    "QDoubleSpinBox", "QSpinBox", "QDateTimeEdit", "QDateEdit", "QTimeEdit",
    "QDoubleValidator", "QIntValidator", "QDataWidgetMapper", "setInputMask",
}  # fmt: skip
CALLS = 10_000


def banned_names(tree: ast.Module) -> set[str]:
    said = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    said |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    said |= {node.name for node in ast.walk(tree) if isinstance(node, ast.alias)}
    return said & BANNED


def test_no_number_or_date_widget_anywhere(trees: dict[str, ast.Module]):
    found = {path: banned_names(tree) for path, tree in trees.items()}
    assert any(path.startswith("il2desk/window/") for path in found)
    assert {path: names for path, names in found.items() if names} == {}


def test_a_banned_widget_would_be_seen():
    assert banned_names(ast.parse("from PySide6.QtWidgets import QSpinBox as S")) == {"QSpinBox"}
    assert banned_names(ast.parse("edit.setInputMask('99')")) == {"setInputMask"}


def test_the_qt_that_aborts_python_3_11_is_not_installed():
    assert version("PySide6-Essentials") == "6.11.3"


def test_ten_thousand_void_calls_cost_no_reference_of_none(qtbot):
    button = QPushButton()
    qtbot.addWidget(button)
    before = sys.getrefcount(None)
    for turn in range(CALLS):
        button.setEnabled(turn % 2 == 0)
    assert sys.getrefcount(None) > before - CALLS // 10


class Bell(QObject):
    rung = Signal(bool)


def test_ten_thousand_signals_cost_no_reference_of_true():
    bell = Bell()
    heard = []
    bell.rung.connect(heard.append)
    before = sys.getrefcount(True)
    for _ in range(CALLS):
        bell.rung.emit(True)
    assert len(heard) == CALLS
    heard.clear()
    assert sys.getrefcount(True) > before - CALLS // 10
