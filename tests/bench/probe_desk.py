"""Our process: the program as its command starts it, with a watcher; argument: the journal.

After the first key it tells when the journal is open, signs in, and tells when Today is painted.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from watch import KeyWatch, tell


class Follow(QObject):
    """Follows the program from the first key to Today."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._signed = False

    def begin(self) -> None:
        """Start to look whether the journal is open."""
        self._timer.start(1)

    def _look(self) -> None:
        from il2desk.window.session import Session  # noqa: PLC0415 - the program loaded it itself

        windows = QApplication.topLevelWidgets()
        for session in (found for window in windows for found in window.findChildren(Session)):
            if session.office is None:
                return
            page = session.sign_in_page()
            if page is not None and not self._signed:
                tell("journal")
                self._signed = True
                page.signing.emit(*sys.argv[2:4])
            elif session.office.page() is not None:
                self._timer.stop()
                session.window.repaint()
                tell("today")
                QApplication.quit()


app = QApplication(sys.argv[:1])
follow = Follow()
watch = KeyWatch(follow.begin)

from il2desk.cli import main  # noqa: E402 - as `il2desk` itself: after the interpreter is up

sys.exit(main(["--journal", sys.argv[1]]))
