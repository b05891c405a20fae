"""What has the keyboard is never scrolled out of sight."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

_SIDE, _BELOW = 8, 56


class KeepInView(QObject):
    """Scrolls every scroll area around the focused widget of `page`, once the layout stands."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._target: QWidget | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.show_target)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:  # noqa: ARG002 - the signal's signature
        if new is not None and isValid(self._page) and self._page.isAncestorOf(new):
            self._target = new
            self._soon.start(0)

    def show_target(self) -> None:
        """Bring what has the focus into view, with room for the sentence under it."""
        target = self._target
        if target is None or not isValid(target) or QApplication.focusWidget() is not target:
            return  # a panel took the keyboard meanwhile: the page behind it stays where it is
        parent = target.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(target, _SIDE, _BELOW)
            parent = parent.parentWidget()
