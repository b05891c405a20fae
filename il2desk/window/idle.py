"""Notices that nobody works: some minutes by the wall clock without a key or a mouse button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from il2desk.window.preferences import Preferences

IDLE = timedelta(minutes=5)  # screens, section 5.4; a person may choose 2 to 15
WARN = timedelta(seconds=30)  # before that, in the status bar
LEAST_MINUTES, MOST_MINUTES = 2, 15
_LOOK_MS = 5000
_SIGNS_OF_LIFE = frozenset(
    (
        QEvent.Type.ShortcutOverride,  # a key that becomes a shortcut is never a KeyPress
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    )
)


class IdleWatch(QObject):
    """One filter over the whole program. The wall clock is asked, so sleep counts as idle.

    `idle` is emitted when the time is over, or when the clock was moved back; `soon` once before.
    """

    idle = Signal()
    soon = Signal()

    def __init__(
        self, app: QCoreApplication, now: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._last = now()
        self._allowed = IDLE
        self._warned = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_LOOK_MS)
        app.installEventFilter(self)

    def set_minutes(self, minutes: int) -> None:
        """Be idle after so many minutes from now on, 2 to 15. ValueError outside of them."""
        if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
            raise ValueError(minutes)
        self._allowed, self._warned = timedelta(minutes=minutes), False

    def follow(self, preferences: Preferences) -> None:
        """Be idle after the minutes that are preferred, also when others are chosen."""
        self._preferences = preferences
        preferences.changed.connect(self._on_preference)
        self._on_preference("lock_minutes")

    def _on_preference(self, key: str) -> None:
        if key == "lock_minutes":
            self.set_minutes(self._preferences.lock_minutes)

    def alive(self) -> None:
        """Count from now."""
        self._last = self._now()
        self._warned = False

    def look(self) -> None:
        """Compare the clock with the last sign of life."""
        rest = self._now() - self._last
        if rest >= self._allowed or rest < timedelta(0):
            self.alive()
            self.idle.emit()
        elif rest >= self._allowed - WARN and not self._warned:
            self._warned = True
            self.soon.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note a sign of life; an event goes on to its receiver, unless that was just hidden."""
        if event.type() in _SIGNS_OF_LIFE:
            late = self._now() - self._last
            if timedelta(0) <= late < self._allowed:
                self.alive()
            else:  # the first key after a long sleep must find the screen locked
                self.look()
                return isinstance(watched, QWidget) and not watched.isVisible()
        return False
