"""A dressed program, a fixed clock, keys pressed like a person, and real desks on real journals."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from il2desk.desk import (
    ACTIVATE_FIRST,
    ACTIVATE_SECOND,
    Desk,
    Person,
    ProtocolVersion,
    SetClock,
    TwoSignatures,
    activate,
    add_staff,
    bring_in,
    new_token,
    open_desk,
    set_up_site,
    sign,
    sign_in,
    sign_second,
    staff,
    submit_for_review,
)
from il2desk.window import theme, wheel
from il2desk.window.office import Office
from il2desk.window.shell import MainWindow

NOON = datetime(2026, 3, 12, 13, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 12, 14, 2, tzinfo=timezone(timedelta(hours=1), "CET"))
PEOPLE = (
    ("K. Brandt", "pharmacist", "1111"), ("A. Ruiz", "nurse", "2222"), ("M. Sato", "prescriber", "3333"),
)  # fmt: skip
PARTS = ("npc-bolus-practice", "npc-2001-practice")
NAMED = {
    "Enter": Qt.Key.Key_Return, "Tab": Qt.Key.Key_Tab, "Esc": Qt.Key.Key_Escape, "Up": Qt.Key.Key_Up, "Delete": Qt.Key.Key_Delete,
    "Down": Qt.Key.Key_Down, "Space": Qt.Key.Key_Space, "Home": Qt.Key.Key_Home, "End": Qt.Key.Key_End,
}  # fmt: skip
HELD = {"Ctrl": "ControlModifier", "Alt": "AltModifier", "Shift": "ShiftModifier"}


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> wheel.WheelGuard:
    """The program as it is started: our theme and the wheel guard."""
    theme.apply(qapp)
    guard = wheel.install(qapp)
    guard.start()  # a test does not wait for the moment after the first paint
    return guard


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """Let deferred deletions happen in the test that caused them."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QGuiApplication.processEvents()


@pytest.fixture
def now() -> Callable[[], datetime]:
    """A clock that stands at 14:02 on 12-Mar-2026, Central European Time."""
    return lambda: NOW


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[QWidget], QWidget]:
    """Show a widget in a window that has the focus, and hold it until the test ends."""
    held: list[QWidget] = []

    def show(widget: QWidget) -> QWidget:
        held.append(widget)
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    return show


@pytest.fixture
def window(shown: Callable[[QWidget], QWidget]) -> MainWindow:
    """The main window, shown and empty."""
    made = MainWindow()
    shown(made)
    return made


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands at 12-Mar-2026 14:00 in Berlin until a test moves it."""
    return SetClock(NOON)


@pytest.fixture
def site_copy_file(root: Path, tmp_path: Path) -> Path:
    """A site's copy of npc-bolus, every gap filled and confirmed, with its part beside it."""
    return _site_copy(root, tmp_path / "site")


def _site_copy(root: Path, folder: Path) -> Path:
    folder.mkdir()
    for name in PARTS:
        text = (root / "resources" / "practice" / f"{name}.toml").read_text(encoding="utf-8")
        text = text.replace('evidence = "practice"', 'evidence = "site"')
        text = text.replace('status = "practice"', 'status = "site"').replace("PRACTICE: ", "")
        text = text.replace("-practice", "-site")
        target = folder / f"{name.replace('-practice', '-site')}.toml"
        target.write_text(text, encoding="utf-8")
    return folder / "npc-bolus-site.toml"


@pytest.fixture
def empty_desk(tmp_path: Path, clock: SetClock) -> Iterator[Desk]:
    """A real journal in which nothing is set up."""
    opened = open_desk(tmp_path / "empty" / "journal.sqlite", clock=clock)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def stages(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Journals as they lie on the disk, made once: a site with three people; with its copy active."""
    folder = tmp_path_factory.mktemp("stages")
    kept = {name: folder / f"{name}.sqlite" for name in ("staffed", "active")}
    opened = open_desk(folder / "journal.sqlite", clock=SetClock(NOON))
    set_up_site(opened, "Ward pharmacy, City Hospital", "Europe/Berlin", "A4", new_token())
    for at, (name, role, pin) in enumerate(PEOPLE):
        if at == 2:
            sign_in(opened, PEOPLE[0][0], PEOPLE[0][2])
        assert isinstance(add_staff(opened, name, role, pin, new_token()), Person)
    opened.journal.backup_to(kept["staffed"])
    _activate(opened, _site_copy(root, folder / "site"))
    opened.journal.backup_to(kept["active"])
    opened.close()
    return kept


def _texts(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.toml")}


def _activate(desk: Desk, file: Path) -> None:
    """Two people bring the site's copy in and activate it."""
    version = bring_in(desk, file, new_token())
    assert isinstance(version, ProtocolVersion), version
    first = sign(desk, "1111", ACTIVATE_FIRST)
    second = sign_second(desk, "A. Ruiz", "2222", ACTIVATE_SECOND, desk.person.id)
    reviewed = submit_for_review(desk, version.fingerprint, new_token())
    assert isinstance(reviewed, ProtocolVersion), reviewed
    active = activate(desk, version.fingerprint, TwoSignatures(first, second), new_token())
    assert isinstance(active, ProtocolVersion), active


@pytest.fixture
def desk(
    request: pytest.FixtureRequest, stages: dict[str, Path], tmp_path: Path, clock: SetClock
) -> Iterator[Desk]:
    """A real journal with a site and three people; K. Brandt is signed in; no protocol yet.

    For a test that asks for `site_copy_desk` too, it is that very journal; where the module has a
    copy of its own, that one is activated.
    """
    wanted = "site_copy_desk" in request.fixturenames
    file: Path | None = request.getfixturevalue("site_copy_file") if wanted else None
    usual = file is not None and _texts(file.parent) == _texts(stages["active"].parent / "site")
    path = tmp_path / "real" / "journal.sqlite"
    path.parent.mkdir()
    shutil.copy(stages["active" if usual else "staffed"], path)
    opened = open_desk(path, clock=clock, create=False)
    opened.person = next(one for one in staff(opened) if one.name == PEOPLE[0][0])
    if file is not None and not usual:
        _activate(opened, file)
    yield opened
    opened.close()


@pytest.fixture
def site_copy_desk(desk: Desk) -> Desk:
    """The same journal with the site's copy brought in and activated by two people."""
    return desk


@pytest.fixture
def office(site_copy_desk: Desk, window: MainWindow) -> Office:
    """The controller over the journal with the activated site copy."""
    return Office(site_copy_desk, window)


@pytest.fixture
def bare_office(desk: Desk, window: MainWindow) -> Office:
    """The controller over the journal without a protocol."""
    return Office(desk, window)


@pytest.fixture
def typing(qtbot: QtBot) -> Callable[[str], None]:
    """Type into whatever has the keyboard; "{Enter}", "{Ctrl+Enter}" and so on are keys."""

    def target() -> QWidget:
        found = QApplication.focusWidget() or QApplication.activeWindow()
        assert found is not None, "nothing has the keyboard"
        return found

    def press(name: str) -> None:
        *held, last = name.split("+")
        modifier = Qt.KeyboardModifier.NoModifier
        for key in held:
            modifier |= getattr(Qt.KeyboardModifier, HELD[key])
        QTest.keyClick(target(), NAMED.get(last) or getattr(Qt.Key, f"Key_{last}"), modifier)

    def typed(text: str) -> None:
        for part in re.findall(r"\{[^}]+\}|[^{]+", text):
            if part.startswith("{"):
                press(part[1:-1])
            else:
                QTest.keyClicks(target(), part)
            qtbot.wait(1)

    return typed
