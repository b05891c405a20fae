"""Dresses the program as its person prefers, and as the system says where they follow it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from il2desk.window import theme
from il2desk.window.preferences import SYSTEM, Preferences


class Look(QObject):
    """Applies theme and text size at once, and again when they or the system's wish change."""

    def __init__(self, app: QApplication, preferences: Preferences) -> None:
        super().__init__(app)
        self._app, self._preferences = app, preferences
        self._shown: tuple[str, int] | None = None
        self.dress()
        preferences.changed.connect(self.dress)
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self.dress)
        contrast = getattr(hints, "accessibility", lambda: None)()
        if contrast is not None:
            contrast.contrastPreferenceChanged.connect(self.dress)

    def dress(self, *_: object) -> None:
        """Dress the program where something else is wished than what is shown."""
        wished = self._preferences.theme
        shown = system_theme() if wished == SYSTEM else wished
        look = (shown, self._preferences.text_percent)
        if look != self._shown:
            self._shown = look
            theme.apply(self._app, shown, percent=self._preferences.text_percent)


def system_theme() -> str:
    """Return the theme that the system asks for: "contrast" before "dark" before "light"."""
    hints = QGuiApplication.styleHints()
    access = getattr(hints, "accessibility", lambda: None)()
    if access is not None and access.contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"
