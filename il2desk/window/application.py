"""Starts the window: the sign-in page first, everything heavier after it is on screen."""

from __future__ import annotations

import contextlib
import os
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtWidgets import QApplication

from il2desk import paths
from il2desk.window import theme, wheel
from il2desk.window.crash import CrashHook
from il2desk.window.fonts import dress_language, load_chinese
from il2desk.window.look import Look
from il2desk.window.preferences import Preferences
from il2desk.window.session import Session
from il2desk.window.shell import MainWindow
from il2desk.words import choose

_LETTERS_MS = 1500  # after the first paint
_FRAME = 60  # pixels of title bar and task bar that a desktop takes


def run(journal: Path | None, *, practice: bool) -> int:
    """Open the window on a journal (None: this workstation's) or on the practice trial.

    Returns the exit code of Qt's event loop once the window is closed.
    """
    theme.prepare()
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("il2desk")
    app.setApplicationDisplayName("IL2Desk")
    preferences = Preferences(paths.preferences_file(), app)
    Look(app, preferences)
    _speak(app, preferences, "language")
    preferences.changed.connect(partial(_speak, app, preferences))
    wheel.install(app)
    window, _session, hook = build(journal, practice=practice, preferences=preferences)
    _show(window, app, preferences)
    QTimer.singleShot(_LETTERS_MS, app, load_chinese)  # a patient may have a Chinese name
    window.closing.connect(lambda: preferences.keep_geometry(bytes(window.saveGeometry().data())))
    try:
        return app.exec()
    finally:
        hook.uninstall()


def _speak(app: QApplication, preferences: Preferences, key: str) -> None:
    """Speak the language that was chosen, unless this start names one; pages opened from now on do."""
    if key != "language":
        return
    if not os.environ.get("IL2DESK_LANGUAGE"):
        with contextlib.suppress(ValueError):  # no longer shipped: the one before stands
            choose(preferences.language)
    dress_language(app)


def _show(window: MainWindow, app: QApplication, preferences: Preferences) -> None:
    """Show the window where it stood; on a small screen it fills it, so that a frame never hides its foot."""
    kept = preferences.geometry()
    if kept:
        window.restoreGeometry(QByteArray(kept))
    room = window.screen().availableSize()
    small = room.width() <= window.width() or room.height() < window.height() + _FRAME
    if small and app.platformName() != "offscreen":
        window.showMaximized()
    else:
        window.show()


def build(
    journal: Path | None, *, practice: bool, preferences: Preferences | None = None
) -> tuple[MainWindow, Session, CrashHook]:
    """Return the window with its sign-in page, not shown yet, and what must live as long as it."""
    window = MainWindow()
    session = Session(window, journal, practice=practice, preferences=preferences)
    hook = CrashHook(window)
    hook.crashed.connect(session.crashed)
    hook.faulted.connect(session.faulted)
    hook.install()
    session.start()
    return window, session, hook
