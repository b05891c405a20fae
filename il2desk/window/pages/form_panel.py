"""A few fields asked for beside the page, before one act."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from il2desk.dosing import Refusal
from il2desk.window import keys
from il2desk.window.buttons import Button
from il2desk.window.fields import Entry, Form
from il2desk.window.flow import FlowLayout
from il2desk.window.pages.notice import Notice
from il2desk.window.theme import PlainLabel, colour, title_label, tokens_of
from il2desk.words import say

_LABEL_PX = 130


class FormPanel(QFrame):
    """Heading, what will happen, fields, and one act. `back` stores nothing.

    `act` is asked once every field can be used; it returns why it is refused, or None.
    """

    back = Signal()

    def __init__(
        self, heading: str, lines: tuple[str, ...], verb: str, act: Callable[[], Refusal | None]
    ) -> None:
        super().__init__()
        self._act = act
        self._beside: dict[str, Entry] = {}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 14, 18, 14)
        whole.setSpacing(8)
        inside, scroll = QWidget(), _Scroll(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(title_label(heading, parent=inside))
        for line in lines:
            column.addWidget(PlainLabel(line, parent=inside))
        self.form = Form(inside)
        column.addWidget(self.form)
        self.problems = Notice(parent=inside)
        column.addWidget(self.problems)
        column.addStretch(1)
        scroll.setWidget(inside)
        inside.setAutoFillBackground(False)  # only now: a scroll area fills what it is given
        whole.addWidget(scroll)
        row = FlowLayout(gap=8, line_gap=8, at_right=True)
        self._go_back = go_back = Button(say("Go back"), keys.key_text("back"), parent=self)
        on = Button(verb, keys.key_text("commit"), strong=True, parent=self)
        go_back.clicked.connect(self.back)
        on.clicked.connect(self.commit)
        row.addWidget(go_back)
        row.addWidget(on)
        whole.addLayout(row)
        whole.addStretch(1)
        keys.install(self, "commit", {"commit": self.commit, "back": self.back.emit})

    def ask(self, entry: Entry, *codes: str) -> None:
        """Ask for an entry; a refusal with one of these codes stands beside it."""
        self.form.add(entry)
        entry.set_label_width(_LABEL_PX)
        self._beside |= dict.fromkeys(codes, entry)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the first field, or on Go back where there is none."""
        super().showEvent(event)
        entries = self.form.entries()
        if entries:
            entries[0].focus_entry()
        else:
            self._go_back.setFocus()

    def commit(self) -> None:
        """Judge the fields, then act."""
        self.problems.set_sentences(())
        if not self.form.judge_all():
            self.form.focus_first_wrong()
            return
        refused = self._act()
        if refused is None:
            return
        entry = self._beside.get(refused.code)
        if entry is None:
            self.problems.refuse(refused.reasons)
        else:
            entry.set_error(refused.text)
            entry.focus_entry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the panel's field and its strong edge."""
        tokens, painter = tokens_of(self), QPainter(self)
        painter.setPen(QPen(colour(tokens.focus), 2))
        painter.setBrush(colour(tokens.base))
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))


class _Scroll(QScrollArea):
    """The fields, as tall as they are where there is room; the buttons under them are always seen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        """Return the whole height of what is in it, in the width that it has."""
        inside = self.widget()
        width = max(self.viewport().width(), 1)
        if inside is None:
            return super().sizeHint()
        tall = inside.heightForWidth(width) if inside.hasHeightForWidth() else 0
        return QSize(width, max(tall, inside.sizeHint().height()) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask anew: another width wraps otherwise."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask anew where something in it came or went."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
