"""Counts the keys of a task as screens.md 5.19 counts: one press or chord is one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

BARE = (
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock,
)  # fmt: skip


class KeyCounter(QObject):
    """Sees ShortcutOverride at the windows: KeyPress never comes for a key that is a shortcut.

    What is pressed while `apart` is set is a credential or a measured value: counted by itself.
    Bare modifiers and the repeats of a key held down are no keys.
    """

    def __init__(self) -> None:
        super().__init__()
        self.keys, self.typed_apart, self.apart = 0, 0, False
        app = QGuiApplication.instance()
        for window in QGuiApplication.allWindows():
            window.installEventFilter(self)
        app.focusWindowChanged.connect(self._watch)  # menus are windows of their own

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Count, and let everything pass."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(watched, QWindow):
            return False
        assert isinstance(event, QKeyEvent)
        if event.key() not in BARE and not event.isAutoRepeat():
            if self.apart:
                self.typed_apart += 1
            else:
                self.keys += 1
        return False

    def end(self) -> None:
        """See nothing any more."""
        QGuiApplication.instance().focusWindowChanged.disconnect(self._watch)
        for window in QGuiApplication.allWindows():
            window.removeEventFilter(self)
