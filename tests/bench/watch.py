"""Inside a measured process: waits until a typed key arrives, and tells the parent so.

The same watcher, started the same way, runs in the bare window and in ours.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

_STATUS = Path("/proc/self/status")
_EVERY_MS = 1


def peak_kb() -> int:
    """Return the most memory this process ever held, in KiB; 0 where the system does not say."""
    if not _STATUS.exists():
        return 0
    lines = _STATUS.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def tell(what: str) -> None:
    """Write one line to the parent, which notes when it came."""
    print(json.dumps({"what": what, "peak_kb": peak_kb()}), flush=True)


class KeyWatch(QObject):
    """Types a key into the focused line of the first window on screen, and tells when it arrives.

    `then` is called once afterwards.
    """

    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__()
        self._then = then
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_EVERY_MS)

    def _look(self) -> None:
        line = QApplication.focusWidget()
        handle = None if line is None else line.window().windowHandle()
        if not isinstance(line, QLineEdit) or handle is None or not handle.isExposed():
            return
        self._timer.stop()
        line.textChanged.connect(self._arrived)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(
                line, QKeyEvent(kind, Qt.Key.Key_K, Qt.KeyboardModifier.NoModifier, "K")
            )
        line.textChanged.disconnect(self._arrived)
        line.clear()
        self._then()

    def _arrived(self, text: str) -> None:
        if text == "K":
            tell("key")
