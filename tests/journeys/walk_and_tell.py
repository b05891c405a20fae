"""The real program in a process of its own, walking the line and telling what was called stored.

Not a test: `test_kill_window.py` starts it with the path of a journal and of a sheet, and kills it.
It goes on where the journal ends. "STORED sequence hash" is printed whenever the status bar says so.
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
from il2desk.window.office import Office
from il2desk.window.session import Session

room.SystemClock = lambda: SetClock(datetime(2026, 3, 12, 13, 0, tzinfo=UTC))  # type: ignore[assignment,misc]


def listen() -> None:
    """Print what the journal holds at the moment the status bar has called it stored."""
    said = Office.stored

    def stored(office: Office, what: object = None) -> None:
        said(office, what)
        assert office.window.status.fact("stored").startswith("All entries stored")
        head = office.desk.journal.head()
        print("STORED", head.sequence, head.hash, flush=True)

    Office.stored = stored  # type: ignore[method-assign]


def cosign(person: hands.Hands) -> None:
    """The second person signs the record of dose 1, from the board."""
    person.open_slot(1)
    person.keys("v")
    person.sign_second()


def walk(person: hands.Hands, sheet: Path) -> None:
    """Every step of the line that the journal does not hold yet."""
    journal = person.session.desk.journal
    for draft in journal.kept_drafts():  # the walk types every form from its beginning
        journal.remove_draft(draft.who, draft.place)
    held = {entry.kind for entry in journal.entries()}
    if "subject-registered" not in held:
        person.register()
    steps = (
        ("order-written", person.order),
        ("cycle-planned", person.plan),
        ("weight-recorded", lambda: (person.open_dose(1), person.weigh())),
        ("premedication-recorded", lambda: (person.open_dose(1), person.premedicate())),
        ("assessment-recorded", lambda: (person.open_dose(1), person.check())),
        ("release-recorded", lambda: (person.open_dose(1), person.release())),
        ("administration-recorded", lambda: (person.open_dose(1), person.record_given())),
        ("administration-cosigned", lambda: cosign(person)),
        ("administration-amended", lambda: person.amend_time("1359")),
        ("sheet-printed", lambda: person.save_sheet(sheet)),
    )
    for kind, act in steps:
        if kind not in held:
            person.find("NPC-001")
            act()
            if person.panel is not None:
                person.keys("{Esc}")  # the second person signs later


def main() -> None:
    """Start the program as it is started, and walk as soon as it runs."""
    app = QApplication([])
    listen()

    def begin() -> None:
        window = next(w for w in app.topLevelWidgets() if w.findChild(Session) is not None)
        person = hands.Hands(window.findChild(Session))
        try:
            person.opened()
            person.sign_in()
            walk(person, Path(sys.argv[2]))
        except BaseException:  # noqa: BLE001 - whatever it is, the test must see it
            traceback.print_exc()
        print("END", flush=True)
        app.quit()

    QTimer.singleShot(0, begin)
    application.run(Path(sys.argv[1]), practice=False)


if __name__ == "__main__":
    main()
