"""A column in the middle of a page without a frame around it: scrolled where it is high, never cut."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from il2desk.window.pages.in_view import KeepInView


def middle_column(page: QWidget, width: int) -> QWidget:
    """Lay the page out and return what its column is to be filled into; what has the keyboard stays in view."""
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    area = QScrollArea(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    outer.addWidget(area)
    inside = QWidget()
    row = QHBoxLayout(inside)
    box = QWidget(inside)
    box.setFixedWidth(width)
    row.addStretch(1)
    row.addWidget(box)
    row.addStretch(1)
    area.setWidget(inside)
    KeepInView(page)
    return box
