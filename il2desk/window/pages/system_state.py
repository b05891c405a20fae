"""Cards that stay until somebody acts: what happened, what is safe, what to do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from il2desk.window import keys
from il2desk.window.buttons import Button
from il2desk.window.spoken import spoken, spoken_all
from il2desk.window.theme import SECONDARY_PX, PlainLabel, colour, title_label, tokens_of
from il2desk.words import say


class StateCard(QFrame):
    """One state of the program in three sentences, each under its question."""

    def __init__(
        self,
        heading: str,
        what: str,
        safe: str,
        do: str,
        *,
        detail: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(18, 14, 18, 14)
        self.column.setSpacing(6)
        if heading:
            head = title_label(f"▲ {spoken(heading)}", parent=self)
            head.set_ink("stop")
            self.column.addWidget(head)
        self.sentences = (what, safe, do)
        asked = (say("What happened"), say("What is safe"), say("What to do"))
        for question, answer in zip(asked, self.sentences, strict=True):
            self.column.addWidget(PlainLabel(question, px=SECONDARY_PX, muted=True, parent=self))
            self.column.addWidget(PlainLabel(answer, bold=True, parent=self))
        if detail:
            self.column.addWidget(PlainLabel(detail, px=SECONDARY_PX, muted=True, parent=self))
        self.setAccessibleName(spoken_all((heading, what, safe, do)).strip())

    def end(self) -> None:
        """Keep the sentences together at the top."""
        self.column.addStretch(1)

    def offer_downtime(self) -> None:
        """Offer the blank downtime sheet below what stands in the card."""
        self.column.addWidget(DowntimeOffer(self))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the field and a strong edge."""
        tokens, painter = tokens_of(self), QPainter(self)
        painter.setPen(QPen(colour(tokens.stop), 2))
        painter.setBrush(colour(tokens.base))
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))


class DowntimeOffer(QWidget):
    """A button in whose place stands, once it is pressed, what prints or saves the blank sheet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        self.button = Button(say("Downtime sheet"), parent=self)
        self.button.clicked.connect(self.show_form)
        row.addWidget(self.button)
        row.addStretch(1)
        self._column.addLayout(row)

    def show_form(self) -> None:
        """Show the form with its printers; the second press changes nothing."""
        # Not before it is asked for: this stands on the page that is painted first.
        from il2desk.window.pages.downtime_form import DowntimeForm  # noqa: PLC0415

        if self.findChild(DowntimeForm) is not None:
            return
        form = DowntimeForm(self)
        self._column.addWidget(form)
        self.button.hide()
        form.paper.focus_entry()


class FaultCard(StateCard):
    """The journal or a shipped file failed. It stays beside the page until Esc; what was typed is still there."""

    back = Signal()

    def __init__(
        self,
        what: str,
        safe: str,
        do: str,
        *,
        heading: str = "",
        code: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(heading or say("NOT STORED"), what, safe, do, detail=code, parent=parent)
        row = QHBoxLayout()
        row.addStretch(1)
        self._back = Button(say("Go back"), keys.key_text("back"), parent=self)
        self._back.clicked.connect(self.back)
        row.addWidget(self._back)
        self.column.addLayout(row)
        self.offer_downtime()
        self.end()
        keys.install(self, "commit", {"back": self.back.emit})

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard, so that Esc is answered here."""
        super().showEvent(event)
        self._back.setFocus()
