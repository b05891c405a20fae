"""The mouse wheel scrolls pages and changes nothing.

Measured: one notch over an unfocused combo box changed Given to Held. A filter for the whole
program also catches widgets that somebody adds later.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QComboBox, QScrollBar, QTabBar

_AFTER_MS = 100
_GUARDED = (QAbstractSpinBox, QAbstractSlider, QComboBox, QTabBar)


class WheelGuard(QObject):
    """Lets the wheel pass by every widget whose value it would change, focused or not."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._app = app
        self.active = False

    def start(self) -> None:
        """Begin to guard."""
        self.active = True
        self._app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ignore the wheel on guarded widgets, so that it goes on to the page that scrolls."""
        if event.type() != QEvent.Type.Wheel or isinstance(watched, QScrollBar):
            return False
        if isinstance(watched, _GUARDED):
            event.ignore()
            return True
        return False


def install(app: QCoreApplication) -> WheelGuard:
    """Guard the whole program from just after the first paint, which has nothing to guard.

    A filter that is there earlier sees the window being built, and 60 ms of names of Qt's events
    are loaded before the first paint.
    """
    guard = WheelGuard(app)
    QTimer.singleShot(_AFTER_MS, guard, guard.start)
    return guard
