"""What one person at this computer prefers: look, language, lock, and where the window stood.

Kept in an INI file in the program's folder of settings, and nothing else is: no clinical value, no
value of the site, nothing of a patient. What stands there comes back as text; it is parsed, and
whatever is unknown is ignored and named on the page Settings.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal

from il2desk.words import say

SYSTEM = "system"
THEMES = (SYSTEM, "light", "dark", "contrast")
TEXT_SIZES = ("100", "115", "130")
LOCK_MINUTES = tuple(str(minutes) for minutes in range(2, 16))
_GEOMETRY = "geometry"
_LONGEST = 2000  # letters of a window's place; more is not ours
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class _Preference:
    """One preference: its key in the file, the default, and what can be read from a text."""

    key: str
    default: str
    can_be: Callable[[str], bool]


_LANGUAGE = re.compile(r"[a-z]{2,3}(?:_[A-Z]{2})?")


def _language(text: str) -> bool:
    return _LANGUAGE.fullmatch(text) is not None


_KNOWN = {
    one.key: one
    for one in (
        _Preference("theme", SYSTEM, THEMES.__contains__),
        _Preference("text_size", "100", TEXT_SIZES.__contains__),
        _Preference("lock_minutes", "5", LOCK_MINUTES.__contains__),
        _Preference("language", "en", _language),
    )
}


class Preferences(QObject):
    """The preferences in use; `changed` is emitted with the key once another value was chosen.

    Without a file they last as long as the program runs.
    """

    changed = Signal(str)

    def __init__(self, file: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stored = None if file is None else QSettings(str(file), QSettings.Format.IniFormat)
        self._values: dict[str, str] = {}
        self.ignored: tuple[tuple[str, str, str], ...] = ()
        """What stood in the file and cannot be used: key, what stood there, what is used instead."""
        self._read()

    def _read(self) -> None:
        ignored = []
        for key, known in _KNOWN.items():
            text = self._text(key)
            self._values[key] = known.default
            if text is None:
                continue
            if known.can_be(text):
                self._values[key] = text
            else:
                ignored.append((key, text[:40], known.default))
        self.ignored = tuple(ignored)

    def _text(self, key: str) -> str | None:
        found = None if self._stored is None else self._stored.value(key)
        if found is None or isinstance(found, str):
            return found
        return ", ".join(map(str, found)) if isinstance(found, list) else str(found)

    @property
    def theme(self) -> str:
        """One of THEMES."""
        return self._values["theme"]

    @property
    def text_percent(self) -> int:
        """The text size: 100, 115 or 130 percent."""
        return int(self._values["text_size"])

    @property
    def lock_minutes(self) -> int:
        """After how many idle minutes the screen locks: 2 to 15."""
        return int(self._values["lock_minutes"])

    @property
    def language(self) -> str:
        """The code of the language of the screens."""
        return self._values["language"]

    def choose(self, key: str, value: str) -> str:
        """Use this value from now on; return why it will not last, or empty text.

        ValueError where there is no such preference or it cannot have this value.
        """
        known = _KNOWN.get(key)
        if known is None or not known.can_be(value):
            msg = f"{key} cannot be {value!r}"
            raise ValueError(msg)
        if value == self._values[key]:
            return ""
        self._values[key] = value
        self.ignored = tuple(one for one in self.ignored if one[0] != key)
        trouble = self._store(key, value)
        self.changed.emit(key)
        return trouble

    def geometry(self) -> bytes:
        """Where the window stood, as Qt wrote it; empty where nothing usable is kept."""
        text = self._text(_GEOMETRY) or ""
        if len(text) > _LONGEST or len(text) % 2 or not _HEX.issuperset(text):
            return b""
        return bytes.fromhex(text)

    def keep_geometry(self, place: bytes) -> None:
        """Remember where the window stands; that this fails is no reason to keep a person here."""
        self._store(_GEOMETRY, place.hex())

    def _store(self, key: str, value: str) -> str:
        if self._stored is None:
            return ""
        self._stored.setValue(key, value)
        self._stored.sync()
        if self._stored.status() == QSettings.Status.NoError:
            return ""
        return say(
            "It is used now, but {file} could not be written: at the next start it is as before.",
            file=self._stored.fileName(),
        )
