"""Pictures of the practice trial as a newcomer sees it, 1280 x 720, through the real program.

    python tests/journeys/screens.py [FOLDER]

FOLDER is made (default: build/screens). Without a display it starts Xvfb for itself. Not a test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SIZE = "1280x720x24"
Picture = Callable[[str], None]
PATIENTS = {"due": "PRA-001", "hold": "PRA-002", "stopped": "PRA-003", "finished": "PRA-004"}


@contextmanager
def display() -> Iterator[None]:
    """A screen of 1280 x 720: the one there is, or Xvfb's while the pictures are taken."""
    os.environ.pop("QT_QPA_PLATFORM", None)
    program = shutil.which("Xvfb")
    if program is None:
        if "DISPLAY" not in os.environ:
            sys.exit("There is no display here. Install Xvfb, then start this again.")
        yield
        return
    read, write = os.pipe()
    command = [program, "-displayfd", str(write), "-screen", "0", SIZE, "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as told:
            os.environ["DISPLAY"] = f":{told.readline().strip()}"
        try:
            yield
        finally:
            server.terminate()


def boards(person: Any, picture: Picture) -> None:
    """The board of each of the four patients."""
    for name, trial in PATIENTS.items():
        person.find(trial)
        picture(f"03-board-{name}")


def steps(person: Any, picture: Picture) -> None:
    """The five steps of the dose that is due, and its second person."""
    person.find(PATIENTS["due"])
    acts: tuple[tuple[str, Callable[[], object]], ...] = (
        ("04-step-1-weight", lambda: person.keys("{Home}{Enter}{Alt+1}")),
        ("04-step-1-new-weight", lambda: person.keys("w71.5{Enter}")),
        ("05-step-2-premedication", lambda: person.keys("{Esc}{Alt+2}")),
        ("06-step-3-check-typed", lambda: (person.premedicate(), person.fill_check())),
        ("06-step-3-check-recorded", lambda: person.keys("{Ctrl+Enter}")),
        ("07-step-4-prepare", lambda: person.fill_release(expiry="31-Dec-2099")),
        ("07-step-4-sign", lambda: person.keys("{Ctrl+Enter}")),
        ("07-step-4-second-person", person.sign),
        ("07-step-4-released", lambda: read_blind(person)),
        ("08-step-5-record", lambda: person.keys("{Alt+5}gn{Tab}y")),
        ("08-step-5-review", lambda: person.keys("{Ctrl+Enter}")),
        ("08-step-5-second-person", person.sign),
    )
    for name, act in acts:
        act()
        picture(name)
    person.sign_second()


def read_blind(person: Any) -> None:
    """Name, PIN and the blind reading."""
    person.keys("A. Ruiz{Enter}2222{Tab}")
    person.read_blind(PATIENTS["due"])


def others(person: Any, picture: Picture) -> None:
    """A dose on HOLD, records, paper, and the screens of all patients."""
    acts: tuple[tuple[str, Callable[[], object]], ...] = (
        ("09-hold-step-4", lambda: (person.find(PATIENTS["hold"]), person.keys("{Enter}{Alt+4}"))),
        ("10-records", lambda: (person.find(PATIENTS["finished"]), person.keys("{F7}{Home}"))),
        ("10-records-amend", lambda: person.keys("a")),
        ("11-sheets", lambda: person.keys("{Esc}{F8}")),
        ("12-find", lambda: person.keys("{F3}")),
        ("12-register", lambda: person.keys("{Ctrl+Enter}")),
        ("13-protocols", lambda: person.go("Protocols")),
        ("13-people", lambda: person.go("People")),
        ("14-locked", lambda: person.keys("{Ctrl+L}")),
        ("14-locked-slowed", lambda: person.keys("9999{Enter}9999{Enter}9999{Enter}")),
    )
    for name, act in acts:
        act()
        picture(name)


def take(folder: Path) -> None:
    """Open the program, walk, and save a picture at every stop."""
    sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
    import hands  # noqa: PLC0415 - Qt reads the display when it is loaded
    from PySide6.QtCore import QTimer  # noqa: PLC0415
    from PySide6.QtTest import QTest  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from il2desk.window import application  # noqa: PLC0415
    from il2desk.window.session import Session  # noqa: PLC0415

    app = QApplication([])

    def picture(name: str) -> None:
        QTest.qWait(150)
        app.primaryScreen().grabWindow(0).save(str(folder / f"{name}.png"))
        print(name)

    def walk() -> None:
        window = next(w for w in app.topLevelWidgets() if w.findChild(Session) is not None)
        window.activateWindow()
        person = hands.Hands(window.findChild(Session))
        try:
            person.opened()
            picture("01-sign-in")
            person.sign_in()
            picture("02-today")
            for part in (boards, steps, others):
                part(person, picture)
        except BaseException:  # noqa: BLE001 - said, then the program ends
            traceback.print_exc()
        app.quit()

    QTimer.singleShot(0, walk)
    application.run(None, practice=True)


def main() -> None:
    """Take all pictures, away from this computer's journals and settings."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, display():
        for name in ("DATA", "CONFIG", "STATE", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = str(Path(home) / name.lower())
        take(folder)


if __name__ == "__main__":
    main()
