"""The real program in a process of its own: types a record of dose 1 and waits, nothing signed.

Not a test: `test_kill_draft.py` starts it with the path of a journal, and kills it once "KEPT" is
printed: then the window says that the draft is kept.
"""

from __future__ import annotations

import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

import hands
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

import il2desk.desk.desk as room
from il2desk.desk import SetClock
from il2desk.window import application
from il2desk.window.session import Session

room.SystemClock = lambda: SetClock(datetime(2026, 3, 12, 13, 0, tzinfo=UTC))  # type: ignore[assignment,misc]


def main() -> None:
    """Start the program as it is started, sign in, type."""
    app = QApplication([])

    def begin() -> None:
        window = next(w for w in app.topLevelWidgets() if w.findChild(Session) is not None)
        person = hands.Hands(window.findChild(Session))
        try:
            person.opened()
            person.sign_in()
            person.find("NPC-001")
            person.open_dose(1)
            person.keys("{Alt+5}g1400{Tab}")
            person.until(lambda: window.draft() == "Draft 14:00, not recorded", "the draft")
            print("KEPT", flush=True)
        except BaseException:  # noqa: BLE001 - whatever it is, the test must see it
            traceback.print_exc()
            app.quit()

    QTimer.singleShot(0, begin)
    application.run(Path(sys.argv[1]), practice=False)


if __name__ == "__main__":
    main()
