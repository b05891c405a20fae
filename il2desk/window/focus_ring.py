"""Where the keyboard is: one ring, 2 px, inside the edge of whatever has the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

WIDTH = 2


class _Ring(QWidget):
    """The ring itself, a child of the widget it marks, so that it moves and scrolls with it."""

    def __init__(self, marked: QWidget) -> None:
        super().__init__(marked)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(marked.rect())
        marked.installEventFilter(self)
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the size of the marked widget; consume nothing."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the ring, with a light line inside it so that it shows on dark fills too."""
        painter = QPainter(self)
        accent = self.palette().color(QPalette.ColorRole.Link)
        painter.setPen(QPen(accent, WIDTH))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.setPen(QPen(QColor(self.palette().color(QPalette.ColorRole.Base)), 1))
        painter.drawRect(self.rect().adjusted(WIDTH, WIDTH, -WIDTH - 1, -WIDTH - 1))


class FocusRing(QObject):
    """Moves the ring as the focus moves; there is never more than one."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ring: _Ring | None = None
        # The ring comes with the next turn of the event loop: the first paint does not wait for it,
        # and a focus that only passes through is not marked.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._mark)

    def follow(self, old: QWidget | None, new: QWidget | None) -> None:  # noqa: ARG002 - the signal's signature
        """Take the ring off; whatever has the focus then is marked."""
        ring, self._ring = self._ring, None
        if ring is not None and isValid(ring):  # it dies with the widget it marked
            ring.hide()
            ring.deleteLater()
        if new is not None:
            self._soon.start(0)

    def _mark(self) -> None:
        focus = QApplication.focusWidget()
        if self._ring is None and focus is not None and not isinstance(focus, QMainWindow):
            self._ring = _Ring(focus)
