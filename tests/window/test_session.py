"""From first paint to close: opening, every known fault, signing in, locking, and a defect."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from il2desk import paths
from il2desk.desk import Desk, JournalFault, SetClock, not_sound, open_desk, staff
from il2desk.window.crash import CrashHook
from il2desk.window.pages.first_run import FirstRunPage
from il2desk.window.pages.folder import FolderPage
from il2desk.window.session import Session
from il2desk.window.shell import MainWindow

Typing = Callable[[str], None]


@pytest.fixture
def start(window: MainWindow, qtbot: QtBot) -> Iterator[Callable[[Path | None], Session]]:
    """Start a session on a journal and wait until it opened or said why not."""
    made: list[Session] = []

    def begin(journal: Path | None, *, practice: bool = False) -> Session:
        session = Session(window, journal, practice=practice)
        made.append(session)
        session.start()
        qtbot.waitUntil(lambda: _settled(session), timeout=20_000)
        return session

    yield begin
    for session in made:
        session.close()


def _settled(session: Session) -> bool:
    page = session.sign_in_page()
    if page is None:
        return True
    return session.desk is not None or bool(page.fault_sentences())


@pytest.fixture
def ready(desk: Desk) -> Path:
    """The path of a journal that is set up and closed."""
    path = desk.journal.path
    desk.close()
    return path


def signed_in(session: Session, typing: Typing, qtbot: QtBot, pin: str = "1111") -> None:
    typing("K. Brandt{Enter}")
    typing(f"{pin}{{Enter}}")
    qtbot.wait(20)


def test_the_first_paint_needs_no_desk(root: Path) -> None:
    program = (
        "import sys; from PySide6.QtWidgets import QApplication; app = QApplication([]);"
        "from il2desk.window.application import build;"
        "w, s, h = build(None, practice=False); w.show();"
        "heavy = ('il2desk.desk', 'sqlite_utils', 'reportlab', 'argon2', 'pypdfium2', 'zxingcpp');"
        "print([m for m in heavy if m in sys.modules]);"
        "print(w.focusWidget() is s.sign_in_page().user.line)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[:2] == ["[]", "True"]


def test_name_and_pin_open_today(start, ready: Path, typing: Typing, qtbot: QtBot) -> None:
    session = start(ready)
    signed_in(session, typing, qtbot)
    assert not session.window.is_locked()
    assert session.desk.person.name == "K. Brandt"
    assert session.office.page().title == "Today"
    assert session.window.status.fact("user") == "K. Brandt"


def test_arrow_down_picks_a_name(start, ready: Path, typing: Typing, qtbot: QtBot) -> None:
    page = start(ready).sign_in_page()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.user.line)
    typing("{Down}{Down}")
    assert page.user.typed() == "A. Ruiz"
    typing("{Up}")
    assert page.user.typed() == "K. Brandt"


def test_a_wrong_pin_is_said_and_not_kept(start, ready: Path, typing: Typing, qtbot: QtBot) -> None:
    session = start(ready)
    signed_in(session, typing, qtbot, "9999")
    page = session.sign_in_page()
    assert page.refusal_text() == "Name and PIN do not match. 2 tries left."
    assert (page.user.typed(), page.pin.typed()) == ("K. Brandt", "")
    assert session.desk.person is None


def test_keys_before_the_journal_is_open_are_kept(
    window: MainWindow, ready: Path, qtbot: QtBot
) -> None:
    session = Session(window, ready, practice=False)
    session.start()
    session.sign_in_page().signing.emit("K. Brandt", "1111")
    qtbot.waitUntil(lambda: not window.is_locked(), timeout=20_000)
    assert session.desk.person.name == "K. Brandt"
    session.close()


def test_a_second_start_says_who_has_the_journal(start, desk: Desk) -> None:
    before = desk.journal.count()
    page = start(desk.journal.path).sign_in_page()
    what, safe, do = page.fault_sentences()
    assert "already in use" in what
    assert "has it open since" in what
    assert (safe, "read only" in do) == ("Nothing was changed.", True)
    assert desk.journal.count() == before


def test_the_second_start_may_read(start, desk: Desk, typing: Typing, qtbot: QtBot) -> None:
    session = start(desk.journal.path)
    session.sign_in_page().other_asked.emit("read")
    qtbot.waitUntil(lambda: session.desk is not None)
    signed_in(session, typing, qtbot)
    assert session.desk.read_only
    assert any("READ ONLY" in text for text in session.window.strips.sentences())
    session.office.open("staff")
    page = session.office.page()
    page.form.name.line.setText("N. New")
    page.form.role.choose("nurse")
    for field in (page.form.pin, page.form.again):
        field.line.setText("4444")
    session.office.guarded(page.commit)
    typing("1111{Ctrl+Enter}")
    assert session.window.panel().sentences[0] == "This journal was opened for reading only."
    assert len(staff(desk)) == 3


def test_a_newer_journal_is_refused_untouched(start, ready: Path) -> None:
    with sqlite3.connect(ready) as database:
        database.execute("PRAGMA user_version = 99000")
    database.close()
    before = ready.read_bytes()
    what, safe, _ = start(ready).sign_in_page().fault_sentences()
    assert "layout" in what
    assert safe == "The file was not changed."
    assert ready.read_bytes() == before


def test_a_read_only_journal_is_said(start, ready: Path) -> None:
    ready.chmod(0o444)
    sentences = start(ready).sign_in_page().fault_sentences()
    assert sentences[0].endswith("is read-only.")


def test_a_missing_journal_is_never_made_silently(start, tmp_path: Path, qtbot: QtBot) -> None:
    away = tmp_path / "away" / "journal.sqlite"
    session = start(away)
    assert session.sign_in_page().fault_sentences()[1] == "Nothing was created."
    assert not away.exists()
    session.sign_in_page().other_asked.emit("create")
    qtbot.waitUntil(lambda: session.desk is not None)
    assert away.exists()
    assert isinstance(session.office.page(), FirstRunPage)


def test_a_folder_that_cannot_be_written_is_said_beside_the_choice(
    start, tmp_path: Path, qtbot: QtBot
) -> None:
    session = start(None)
    page = session.window.centralWidget()
    assert isinstance(page, FolderPage)
    (tmp_path / "file").write_text("x")
    page.where.choose("other")
    page.folder.line.setText(str(tmp_path / "file" / "under"))
    page.chosen.emit(page.folder.typed(), "")
    qtbot.waitUntil(lambda: page.folder.error_text() != "")
    assert "cannot be used" in page.folder.error_text()
    assert paths.remembered_journal() is None


def test_the_first_run_by_keyboard(start, tmp_path: Path, typing: Typing, qtbot: QtBot) -> None:
    session = start(None)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    typing("2")
    typing(f"{tmp_path / 'shared'}{{Enter}}1{{Ctrl+Enter}}")
    qtbot.waitUntil(lambda: session.desk is not None)
    journal = tmp_path / "shared" / "journal.sqlite"
    assert paths.remembered_journal() == journal
    qtbot.waitUntil(lambda: QApplication.focusWidget() is session.office.page().form.name.line)
    typing("City Hospital{Enter}Europe/Berlin{Enter}1{Enter}For this study{Ctrl+Enter}")
    assert session.desk.site.caution == "For this study"
    assert session.desk.site.zone == "Europe/Berlin"
    typing("K. Brandt{Enter}1{Enter}1111{Enter}1111{Ctrl+Enter}")
    typing("A. Ruiz{Enter}3{Enter}2222{Enter}2222{Ctrl+Enter}")
    assert [person.name for person in staff(session.desk)] == ["K. Brandt", "A. Ruiz"]
    typing("{Ctrl+Enter}")
    qtbot.waitUntil(lambda: session.sign_in_page() is not None)
    signed_in(session, typing, qtbot)
    assert session.office.page().title == "Today"


def test_two_pins_that_differ_add_nobody(
    start, empty_desk: Desk, typing: Typing, qtbot: QtBot
) -> None:
    path = empty_desk.journal.path
    empty_desk.close()
    session = start(path)
    qtbot.waitUntil(lambda: session.office is not None)
    form = session.office.page().form
    form.zone.line.setText("Berlin")
    form.name.line.setText("City")
    form.paper.choose("A4")
    session.office.page().commit()
    assert form.zone.error_text() == "Berlin is not a time zone. Type it as Europe/Berlin."
    form.zone.line.setText("Europe/Berlin")
    session.office.page().commit()
    person = session.office.page().form
    person.name.line.setText("K. Brandt")
    person.role.choose("pharmacist")
    person.pin.line.setText("1111")
    person.again.line.setText("1112")
    session.office.page().commit()
    assert person.again.error_text() == "The two PINs differ. Type the same PIN again."
    assert staff(session.desk) == ()


def test_locking_names_no_patient_and_unlocking_returns(
    start, ready: Path, typing: Typing, qtbot: QtBot
) -> None:
    session = start(ready)
    signed_in(session, typing, qtbot)
    session.office.open("find")
    session.office.page().typed.line.setText("half typed")
    typing("{Ctrl+L}")
    qtbot.waitUntil(session.window.is_locked)
    assert "Locked at" in session.sign_in_page().said()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is session.sign_in_page().pin.line)
    typing("1111{Enter}")
    qtbot.waitUntil(lambda: not session.window.is_locked())
    assert session.office.page().typed.typed() == "half typed"


def test_another_user_does_not_find_the_page_of_the_first(
    start, ready: Path, typing: Typing, qtbot: QtBot
) -> None:
    session = start(ready)
    signed_in(session, typing, qtbot)
    session.office.open("find")
    typing("{Ctrl+L}")
    qtbot.waitUntil(session.window.is_locked)
    session.sign_in_page().signing.emit("A. Ruiz", "2222")
    qtbot.waitUntil(lambda: not session.window.is_locked())
    assert session.office.page().title == "Today"
    assert session.desk.person.name == "A. Ruiz"


def test_five_idle_minutes_lock(start, ready: Path, typing: Typing, qtbot: QtBot) -> None:
    session = start(ready)
    signed_in(session, typing, qtbot)
    real = session.desk.clock.now()
    session.desk.clock = clock = SetClock(real)
    session._idle._now = clock.now
    session._idle.alive()
    clock.moment = real + timedelta(minutes=4, seconds=40)
    session._idle.look()
    assert not session.window.is_locked()
    assert "locks in 30 seconds" in session.window.status.message()
    clock.moment = real + timedelta(minutes=5)
    session._idle.look()
    assert session.window.is_locked()


def test_a_defect_clears_the_page_and_ends_recording(
    start, ready: Path, typing: Typing, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    session = start(ready)
    signed_in(session, typing, qtbot)
    session.office.open("find")
    hook = CrashHook()
    hook.crashed.connect(session.crashed)
    try:
        int("LÖWENSTEIN")
    except ValueError as error:
        hook.take(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: session.office.unsafe)
    assert session.office.page() is None
    session.office.open("today")
    assert session.office.page() is None
    files = list(paths.crash_folder().glob("crash-*.txt"))
    assert len(files) == 1
    text = files[0].read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "LÖWENSTEIN" not in text + capsys.readouterr().err


def test_a_fault_that_a_page_did_not_catch_is_no_defect(
    start, ready: Path, typing: Typing, qtbot: QtBot
) -> None:
    session = start(ready)
    signed_in(session, typing, qtbot)
    hook = CrashHook()
    hook.crashed.connect(session.crashed)
    hook.faulted.connect(session.faulted)
    fault = JournalFault("The disk is full.", "What was stored is safe.", "Free some space.")
    hook.take(type(fault), fault, None)
    qtbot.waitUntil(lambda: session.window.panel() is not None)
    assert session.window.panel().sentences[0] == "The disk is full."
    assert not session.office.unsafe
    assert not list(paths.crash_folder().glob("crash-*.txt"))


def test_the_practice_trial_shows_its_strip_and_pins(start, typing: Typing, qtbot: QtBot) -> None:
    session = start(None, practice=True)
    assert "PRACTICE" in session.sign_in_page().strips.sentences()[0]
    signed_in(session, typing, qtbot)
    assert "PRACTICE" in session.window.strips.sentences()[0]
    assert session.desk.practice


def test_closing_the_window_lets_go_of_the_journal(
    start, ready: Path, typing: Typing, qtbot: QtBot
) -> None:
    session = start(ready)
    signed_in(session, typing, qtbot)
    session.window.close()
    open_desk(ready).close()


# The installation is looked at after every start


@pytest.fixture
def resources(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the program's resources, found as a frozen build finds its own."""
    copy = tmp_path / "frozen" / "resources"
    shutil.copytree(root / "resources", copy)
    monkeypatch.setattr(sys, "_MEIPASS", str(copy.parent), raising=False)
    return copy


def looked_at(session: Session, qtbot: QtBot) -> Desk:
    """Wait until the look at the installation has ended."""
    qtbot.waitUntil(lambda: session.soundness_known, timeout=30_000)
    assert session.desk is not None
    return session.desk


def test_a_sound_installation_shows_nothing(start, ready: Path, qtbot: QtBot) -> None:
    session = start(ready)
    desk = looked_at(session, qtbot)
    assert desk.unsound == ()
    assert session.window.strips.sentences() == ()


def break_a_case(resources: Path) -> None:
    file = resources / "reference" / "dose_cases.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"7263360"', '"7263361"', 1), "utf-8")


def damage_a_product(resources: Path) -> None:
    (resources / "products" / "proleukin-eu.toml").write_text("format = 1", encoding="utf-8")


@pytest.mark.parametrize("damage", [break_a_case, damage_a_product])
def test_an_installation_that_is_not_sound_prepares_nothing(
    start, ready: Path, resources: Path, typing: Typing, qtbot: QtBot,
    damage: Callable[[Path], None],
) -> None:  # fmt: skip
    damage(resources)
    session = start(ready)
    desk = looked_at(session, qtbot)
    refusal = not_sound(desk)
    assert refusal is not None
    assert "Nothing can be prepared or printed" in refusal.text
    assert session.window.strips.sentences()[0].startswith("NOT SOUND. Prepare and print nothing")
    signed_in(session, typing, qtbot)  # recording what happened stays possible
    assert session.office is not None
    assert session.office.page() is not None


def test_closing_while_it_is_looked_at_waits_for_it(start, ready: Path) -> None:
    session = start(ready)
    session.close()
    assert session.desk is None


def test_another_journal_is_looked_at_anew(start, ready: Path, qtbot: QtBot) -> None:
    session = start(ready)
    session.open_practice_trial()
    assert looked_at(session, qtbot).practice
