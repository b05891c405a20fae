"""The text of a help topic: shown, and printed as it is shown."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QImage, QResizeEvent, QTextDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QTextBrowser, QWidget

from il2desk import paths
from il2desk.window.glyphs import glyph_pixmap
from il2desk.window.theme import tokens_of
from il2desk.window.tokens import LIGHT
from il2desk.words import say

_GLYPH = "glyph"
_PICTURE = re.compile(r"pictures/[a-z0-9-]+\.png")
_SHOWN = re.compile(r"!\[([^\]]+)\]\(pictures/[^)]+\)")
_MARGIN = 12
_PAPER_WIDTH = (
    620  # what a page of A4 has between its margins, in the logical pixels of a printed text
)
_ON_PAPER_RATIO = 4.0  # a glyph of 26 pixels is drawn at four times that, so that its edge is sharp


class HelpText(QTextBrowser):
    """Markdown with the program's own shapes in it; no link leads out of the program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setAccessibleName(say("Text of the topic"))
        self._on_paper = False

    def setMarkdown(self, markdown: str) -> None:
        """Show a topic; what a picture shows stands under it in words, for whoever cannot see it."""
        super().setMarkdown(_SHOWN.sub(r"\g<0>\n\n*\1*", markdown))

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return the picture of a shape or of a screen; whatever else is asked for stays away."""
        url = QUrl(name)
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        if _PICTURE.fullmatch(url.toString()):
            return self._picture(url.toString())
        if url.scheme() != _GLYPH:
            return None
        tokens = LIGHT if self._on_paper else tokens_of(self)
        ratio = _ON_PAPER_RATIO if self._on_paper else self.devicePixelRatioF()
        return glyph_pixmap(url.path().replace("-", " "), ratio=ratio, tokens=tokens)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures to the width."""
        super().resizeEvent(event)
        if event.size().width() == event.oldSize().width():
            return
        document, kind = self.document(), QTextDocument.ResourceType.ImageResource
        names = set(_PICTURE.findall(document.toMarkdown()))
        for name in names:
            document.addResource(kind.value, QUrl(name), self._picture(name))
        if names:
            document.markContentsDirty(0, document.characterCount())

    def _picture(self, name: str) -> QImage:
        """Return a picture of a screen, at most as wide as the text; an empty one where it is missing."""
        read = QImage(str(paths.resource("help", *name.split("/"))))
        if read.isNull():
            return read
        ratio = self.devicePixelRatioF()
        room = _PAPER_WIDTH if self._on_paper else self.viewport().width() - 2 * _MARGIN
        wide = max(min(read.width(), room), 1)
        if self._on_paper:
            read.setDevicePixelRatio(read.width() / wide)  # every pixel of it reaches the paper
            return read
        size = QSize(round(wide * ratio), round(read.height() * wide / read.width() * ratio))
        whole = Qt.AspectRatioMode.IgnoreAspectRatio
        shown = read.scaled(size, whole, Qt.TransformationMode.SmoothTransformation)
        shown.setDevicePixelRatio(ratio)
        return shown

    def put_on(self, printer: QPrinter) -> None:
        """Print the topic in dark letters on white, whatever the screen's colours are."""
        paper = HelpText()
        paper._on_paper = True
        paper.document().setDefaultFont(self.font())
        # Words under its pictures stand in it already.
        QTextBrowser.setMarkdown(paper, self.document().toMarkdown())
        paper.document().print_(printer)
