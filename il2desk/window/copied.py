"""What this program put on the clipboard, and how it is taken away when nobody is signed in."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication

_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class CopiedWatch(QObject):
    """Knows which clipboards hold something of ours: what changed while we were in front.

    The platform is asked too; not every one says whose the clipboard is.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ours: set[QClipboard.Mode] = set()
        QGuiApplication.clipboard().changed.connect(self._on_changed)

    def forget(self) -> None:
        """Empty the clipboards that hold something of ours; what others put there stays."""
        clipboard = QGuiApplication.clipboard()
        owned = {
            QClipboard.Mode.Clipboard: clipboard.ownsClipboard(),
            QClipboard.Mode.Selection: clipboard.ownsSelection(),
        }
        for mode in _MODES:
            if owned[mode] or mode in self._ours:
                clipboard.clear(mode)
        self._ours.clear()

    def _on_changed(self, mode: QClipboard.Mode) -> None:
        if QApplication.activeWindow() is not None:
            self._ours.add(mode)
        else:
            self._ours.discard(mode)
