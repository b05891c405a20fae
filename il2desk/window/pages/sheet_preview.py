"""The pages of a sheet as pictures, made from the very bytes that are stored and printed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from il2desk.desk.papers import PageImage, sheet_images
from il2desk.window.buttons import Button
from il2desk.window.theme import SECONDARY_PX, PlainLabel, colour, tokens_of
from il2desk.words import say

ZOOMS_DPI = (60, 75, 96, 120, 150)
_LEAST_PX = 300


class SheetPreview(QWidget):
    """All pages under each other, with two buttons for the size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf = b""
        self._zoom = 0
        self._labels: list[QLabel] = []
        self._area = QScrollArea(self)
        self._area.setAccessibleName(say("Preview of the sheet"))
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._pages = _Paper()
        self._column = QVBoxLayout(self._pages)
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._pages)
        self.smaller = Button(say("Smaller"), parent=self)
        self.larger = Button(say("Larger"), parent=self)
        self._words = PlainLabel(px=SECONDARY_PX, muted=True, parent=self)
        self.smaller.clicked.connect(self._zoom_out)
        self.larger.clicked.connect(self._zoom_in)
        row = QHBoxLayout()
        row.addWidget(self._words, 1)
        row.addWidget(self.smaller)
        row.addWidget(self.larger)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area, 1)
        column.addLayout(row)
        self._show()

    def set_pdf(self, pdf: bytes) -> None:
        """Show this sheet; empty bytes show nothing. The old pictures go first."""
        self._clear()
        self._pdf = pdf
        self._show()

    def set_waiting(self, words: str) -> None:
        """Show nothing but that a sheet is being made."""
        self.set_pdf(b"")
        self._words.setText(words)

    def page_count(self) -> int:
        """Return how many pages are shown."""
        return len(self._labels)

    def _clear(self) -> None:
        for label in self._labels:
            self._column.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = []

    def _show(self) -> None:
        self._clear()
        pictures = self._pictures() if self._pdf else ()
        for at, picture in enumerate(pictures, start=1):
            label = QLabel(self._pages)
            label.setPixmap(QPixmap.fromImage(picture))
            label.setFixedSize(QSize(picture.width(), picture.height()))
            words = say("Page {page} of {pages}", page=at, pages=len(pictures))
            label.setAccessibleName(words)
            self._column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
            self._labels.append(label)
        self._words.setText(
            say("{pages} pages", pages=len(pictures)) if pictures else say("Nothing to show.")
        )
        self.smaller.setEnabled(self._zoom > 0)
        self.larger.setEnabled(self._zoom < len(ZOOMS_DPI) - 1)

    def _pictures(self) -> Sequence[QImage]:
        """The pages at the chosen size; at the smallest one no page is wider than there is room."""
        dpi = ZOOMS_DPI[self._zoom]
        pictures = images_of(self._pdf, dpi)
        widest = max((picture.width() for picture in pictures), default=0)
        bar = self._area.verticalScrollBar().sizeHint().width()
        margins = self._column.contentsMargins()
        room = self._area.width() - bar - margins.left() - margins.right()
        if self._zoom > 0 or widest <= room or room < _LEAST_PX:
            return pictures
        return images_of(self._pdf, dpi * room // widest)

    def _zoom_in(self) -> None:
        self._zoom += 1
        self._show()

    def _zoom_out(self) -> None:
        self._zoom -= 1
        self._show()


class _Paper(QWidget):
    """The desk under the pages."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Fill with the colour of the past, so that white paper stands out."""
        QPainter(self).fillRect(self.rect(), colour(tokens_of(self).past))


def images_of(pdf: bytes, dpi: int) -> Sequence[QImage]:
    """Return the pages at `dpi` dots an inch as pictures that own their pixels."""
    return tuple(picture_of(page) for page in sheet_images(pdf, dpi))


def picture_of(page: PageImage) -> QImage:
    """Return one page as a picture that owns its pixels."""
    whole = QImage(page.bgrx, page.width, page.height, page.stride, QImage.Format.Format_RGB32)
    return whole.copy()
