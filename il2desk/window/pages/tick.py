"""A box to tick, with an edge that is seen, and the order in which the keyboard goes on."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from il2desk.window.spoken import spoken
from il2desk.window.theme import colour, text_font, tokens_of

_SIDE = 20
_GAP = 10


class TickBox(QCheckBox):
    """Ticked with Space; its words stand behind it, in line with the fields of a form."""

    def __init__(self, words: str, *, indent: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(spoken(words).replace("&", "&&"), parent)
        self._indent = indent
        self.setFont(text_font())

    def sizeHint(self) -> QSize:
        """Return room for the box and the words."""
        wide = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(self._indent + _SIDE + _GAP + wide + 4, _SIDE + 10)

    def hitButton(self, pos: object) -> bool:  # noqa: ARG002 - Qt's signature
        """Box and words answer the mouse."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw box, tick and words."""
        tokens, painter = tokens_of(self), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (self.height() - _SIDE) // 2
        box = QRectF(self._indent + 1, top, _SIDE, _SIDE)
        edge = tokens.focus if self.hasFocus() else tokens.border
        painter.setPen(QPen(colour(edge), 2 if self.hasFocus() else tokens.edge))
        painter.setBrush(colour(tokens.base))
        # Smoothed, a thin edge between two pixels would lose half of its contrast.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.drawRect(box)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(tokens.text), 3))
        if self.isChecked():
            foot = QPointF(box.center().x() - 1, box.bottom() - 5)
            painter.drawLine(QPointF(box.left() + 4, box.center().y()), foot)
            painter.drawLine(foot, QPointF(box.right() - 4, box.top() + 5))
        words = self.rect().adjusted(self._indent + _SIDE + _GAP, 0, 0, 0)
        painter.drawText(
            words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic, self.text()
        )


def tab_through(*parts: QWidget) -> None:
    """Let the keyboard go through these parts in this order; options made later came last."""
    stops: list[QWidget] = []
    for part in parts:
        inside = (part, *part.findChildren(QWidget))
        stops.extend(
            w
            for w in inside
            if w.focusPolicy() != Qt.FocusPolicy.NoFocus and w.focusProxy() is None
        )
    for one, after in pairwise(stops):
        QWidget.setTabOrder(one, after)
