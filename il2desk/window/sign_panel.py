"""Signing, inside the page: what is signed, what signing means, and who signs."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from il2desk.dosing import tell
from il2desk.window import keys
from il2desk.window.buttons import Button
from il2desk.window.fields import PinEdit, TextEntry
from il2desk.window.flow import FlowLayout
from il2desk.window.spoken import spoken
from il2desk.window.theme import PlainLabel, colour, title_label, tokens_of
from il2desk.words import say

_LABEL_PX = 70


@dataclass(frozen=True, slots=True)
class SignRequest:
    """What is to be signed. With a `signer` only the PIN is asked; without, name and PIN.

    `other_words` names a third way, beside signing and going back; empty where there is none.
    """

    heading: str
    review: tuple[str, ...]
    meaning: str
    signer: str | None = None
    warnings: tuple[str, ...] = ()
    sign_words: str = tell("Sign and record")
    other_words: str = ""


class SignPanel(QFrame):
    """The signature of one person. `signed` carries name and PIN; `back` loses nothing.

    `other` is emitted for the third way that the request names.

    Sign is disabled before `signed` is emitted; `refuse` says why it was not accepted and lets the
    same person try again.
    """

    signed = Signal(str, str)
    back = Signal()
    other = Signal()

    def __init__(self, request: SignRequest, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._request = request
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 10, 18, 10)
        column.setSpacing(6)
        column.addWidget(title_label(request.heading, parent=self))
        for sentence in request.warnings:
            warning = PlainLabel(f"▲ {spoken(sentence)}", bold=True, parent=self)
            warning.set_ink("stop")
            column.addWidget(warning)
        self._area = _Review(request.review, self)
        column.addWidget(self._area, 1)
        self._more = PlainLabel(say("▲ Page down shows the rest of the review"), parent=self)
        self._more.hide()
        column.addWidget(self._more)
        self._area.verticalScrollBar().rangeChanged.connect(self._tell_more)
        self._area.verticalScrollBar().valueChanged.connect(self._tell_more)
        meaning = say("Signing means: {meaning}", meaning=request.meaning)
        column.addWidget(PlainLabel(meaning, muted=True, parent=self))
        self._name: TextEntry | None = None
        if request.signer is None:
            self._name = TextEntry(say("Name"), required=True, parent=self)
            self._name.set_label_width(_LABEL_PX)
            column.addWidget(self._name)
        else:
            column.addWidget(PlainLabel(request.signer, bold=True, parent=self))
        self._pin = PinEdit(parent=self)
        self._pin.set_label_width(_LABEL_PX)
        column.addWidget(self._pin)
        self._refused = PlainLabel(bold=True, parent=self)
        self._refused.set_ink("stop")
        self._refused.hide()
        column.addWidget(self._refused)
        column.addLayout(self._buttons())
        if request.other_words:
            column.addWidget(self._other_button(), 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch(0)  # only what the review does not need
        keys.install(self, "commit", {"commit": self._sign, "back": self.back.emit})

    def _buttons(self) -> FlowLayout:
        row = FlowLayout(gap=8, line_gap=8, at_right=True)
        go_back = Button(say("Go back"), keys.key_text("back"), parent=self)
        self._sign_button = Button(
            self._request.sign_words, keys.key_text("commit"), strong=True, parent=self
        )
        go_back.clicked.connect(self.back)
        self._sign_button.clicked.connect(self._sign)
        row.addWidget(go_back)
        row.addWidget(self._sign_button)
        return row

    def _other_button(self) -> Button:
        """The third way, on a line of its own: three verbs side by side would be cut."""
        other = Button(self._request.other_words, keys.key_text("disagree"), parent=self)
        other.clicked.connect(self.other)
        keys.install(self, "commit", {"disagree": self.other.emit})
        return other

    def request(self) -> SignRequest:
        """Return what is to be signed."""
        return self._request

    def refuse(self, text: str) -> None:
        """Say why the signature was not accepted; the name stays, the PIN is typed again."""
        self._pin.clear_entry()
        self._refused.setText(f"▲ {spoken(text)}")
        self._refused.setVisible(bool(text))
        self._sign_button.setEnabled(True)
        self._pin.focus_entry()

    def refusal_text(self) -> str:
        """Return why the last signature was not accepted, or empty text."""
        return self._refused.text().removeprefix("▲ ")

    def focus_entry(self) -> None:
        """Put the keyboard where something is to be typed; never on Sign."""
        (self._name or self._pin).focus_entry()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first empty field."""
        super().showEvent(event)
        self.focus_entry()

    def _sign(self) -> None:
        if not self._sign_button.isEnabled():
            return
        asked = [entry for entry in (self._name, self._pin) if entry is not None]
        wrong = [entry for entry in asked if not entry.judge()]
        if wrong:
            wrong[0].focus_entry()
            return
        name = self._request.signer if self._name is None else self._name.value()
        self._refused.hide()
        self._sign_button.setEnabled(False)
        pin = self._pin.value() or ""
        self._pin.clear_entry()  # it stays on no screen and in no field
        self.signed.emit(name or "", pin)

    def _tell_more(self) -> None:
        """Say that lines are out of view, so that nothing is signed unread."""
        bar = self._area.verticalScrollBar()
        self._more.setVisible(bar.value() < bar.maximum())

    def review_fits(self) -> bool:
        """Return whether all of the review is in view at once, without scrolling."""
        return self._area.verticalScrollBar().maximum() == 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page through a review that is longer than the panel, while the PIN is being typed."""
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if event.key() in steps:
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() + steps[Qt.Key(event.key())] * bar.pageStep())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the panel's field and its strong edge."""
        tokens, painter = tokens_of(self), QPainter(self)
        painter.setPen(QPen(colour(tokens.focus), 2))
        painter.setBrush(colour(tokens.base))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.setBrush(Qt.BrushStyle.NoBrush)


class _Review(QScrollArea):
    """The lines that are signed; they give way before the PIN and the buttons do."""

    def __init__(self, lines: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(3)
        for at, line in enumerate(lines):
            column.addWidget(PlainLabel(line, bold=at == 0, parent=self._inside))
        column.addStretch(1)
        self.setWidget(self._inside)
        self.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        """Return the height of all lines in the width there is."""
        width = max(self.viewport().width(), 200)
        wanted = self._inside.heightForWidth(width)
        return QSize(200, max(wanted, self._inside.sizeHint().height() if wanted < 0 else 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height of the lines anew in another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.setMaximumHeight(self.sizeHint().height())
            self.updateGeometry()
