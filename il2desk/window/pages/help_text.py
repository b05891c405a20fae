"""The text of a help topic: shown, and printed as it is shown."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QTextBrowser, QWidget

from il2desk.window.glyphs import glyph_pixmap
from il2desk.window.theme import tokens_of
from il2desk.window.tokens import LIGHT
from il2desk.words import say

_GLYPH = "glyph"
_ON_PAPER_RATIO = 4.0  # a glyph of 26 pixels is drawn at four times that, so that its edge is sharp


class HelpText(QTextBrowser):
    """Markdown with the program's own shapes in it; no link leads out of the program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setAccessibleName(say("Text of the topic"))
        self._on_paper = False

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return the picture of a shape; whatever else is asked for stays away."""
        url = QUrl(name)
        if kind == QTextDocument.ResourceType.ImageResource.value and url.scheme() == _GLYPH:
            tokens = LIGHT if self._on_paper else tokens_of(self)
            ratio = _ON_PAPER_RATIO if self._on_paper else self.devicePixelRatioF()
            return glyph_pixmap(url.path().replace("-", " "), ratio=ratio, tokens=tokens)
        return None

    def put_on(self, printer: QPrinter) -> None:
        """Print the topic in dark letters on white, whatever the screen's colours are."""
        paper = HelpText()
        paper._on_paper = True
        paper.document().setDefaultFont(self.font())
        paper.setMarkdown(self.document().toMarkdown())
        paper.document().print_(printer)
