"""Letters that the system may lack: Chinese ones come with the program, for names and for a language."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from il2desk.paths import resource
from il2desk.words import ENGLISH, language

CHINESE_FAMILY = "Noto Sans TC"
_FILE = "NotoSansTC-Medium.ttf"
_SYSTEMS = (
    QFontDatabase.WritingSystem.SimplifiedChinese, QFontDatabase.WritingSystem.TraditionalChinese,
)  # fmt: skip


def load_chinese() -> bool:
    """Bring the shipped Chinese letters in where the system has none; say whether there are any."""
    if not any(QFontDatabase.families(system) for system in _SYSTEMS):
        QFontDatabase.addApplicationFont(str(resource("fonts", _FILE)))
    return any(QFontDatabase.families(system) for system in _SYSTEMS)


def dress_language(app: QApplication) -> None:
    """What a chosen language needs of Qt: its letters, and Qt's own words, as in a file dialog."""
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    code = language()
    if code.startswith("zh"):
        load_chinese()
    if code == ENGLISH:
        return
    translator = QTranslator(app)
    place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{code.replace('-', '_')}", place):
        app.installTranslator(translator)
