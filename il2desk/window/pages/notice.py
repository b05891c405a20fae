"""Sentences in a frame on a page: what is blocked, what marks a record, what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from il2desk.window.spoken import spoken, spoken_all
from il2desk.window.theme import PlainLabel, announce, colour, tokens_of

_AROUND = 8


class Notice(QFrame):
    """Sentences under each other, hidden while there are none.

    `grave` frames them thickly in the colour of STOP with a sign before each; else quietly.
    """

    def __init__(self, *, grave: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grave = grave
        self._sentences: tuple[str, ...] = ()
        self._labels: list[PlainLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(4)
        self.hide()

    def set_sentences(self, sentences: Sequence[str]) -> None:
        """Show these sentences and tell them to assistive technology; none hides the frame."""
        self.setMinimumHeight(0)
        sentences = tuple(map(spoken, sentences))
        if sentences == self._sentences:
            self.setVisible(bool(self._sentences))
            return
        self._hold_the_eye()
        self._sentences = sentences
        for label in self._labels:
            self._column.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = []
        for sentence in self._sentences:
            label = PlainLabel(f"▲ {sentence}" if self._grave else sentence, parent=self)
            if self._grave:
                label.setFont(_bold(label))
                label.set_ink("stop")
            self._column.addWidget(label)
            self._labels.append(label)
        text = spoken_all(self._sentences)
        self.setAccessibleName(text)
        self.setVisible(bool(self._sentences))
        if text:
            announce(self, text)

    def quiet(self) -> None:
        """Take the sentences away while somebody types below; their place stays, so that no field moves."""
        if not self._sentences:
            return
        room = self.height()
        self.set_sentences(())
        self.setMinimumHeight(room)
        self.show()

    def _hold_the_eye(self) -> None:
        """Let the field with the keyboard stay where it is on the screen, as far as the page can scroll."""
        field, area = QApplication.focusWidget(), self._area()
        if field is None or area is None or not area.isVisible():
            return
        if not area.isAncestorOf(field) or self.isAncestorOf(field):
            return
        before = field.mapTo(area, QPoint(0, 0)).y()

        def hold() -> None:
            if isValid(field) and isValid(area) and area.isAncestorOf(field):
                moved = field.mapTo(area, QPoint(0, 0)).y() - before
                bar = area.verticalScrollBar()
                bar.setValue(bar.value() + moved)

        # Once the layout stands, which it does after one more round of the event loop.
        QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, hold))

    def _area(self) -> QScrollArea | None:
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        return parent

    def refuse(self, sentences: Sequence[str]) -> None:
        """Show why an act was refused, and bring it into view: a key that seems dead is pressed again."""
        self.set_sentences(sentences)
        QTimer.singleShot(0, self, self._into_view)  # once the layout stands

    def _into_view(self) -> None:
        parent = self.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(self, _AROUND, _AROUND)
            parent = parent.parentWidget()

    def sentences(self) -> tuple[str, ...]:
        """Return what stands in the frame."""
        return self._sentences

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the edge; a place that is only kept is empty."""
        if not self._sentences:
            return
        tokens, painter = tokens_of(self), QPainter(self)
        edge = (
            QPen(colour(tokens.stop), 2)
            if self._grave
            else QPen(colour(tokens.border), tokens.edge)
        )
        painter.setPen(edge)
        painter.setBrush(colour(tokens.base))
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))


def _bold(label: PlainLabel) -> QFont:
    font = label.font()
    font.setBold(True)
    return font
