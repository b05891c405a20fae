"""The passphrase of an encrypted journal, asked for before anybody is named or signs in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from il2desk.window import keys
from il2desk.window.buttons import Button
from il2desk.window.fields import PassphraseEdit
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.system_state import DowntimeOffer
from il2desk.window.shell import MainWindow
from il2desk.window.theme import SECONDARY_PX, PlainLabel, title_label
from il2desk.words import say

_WIDTH = 640
_LABEL = 100


class PassphrasePage(QWidget):
    """One field. `given` carries what was typed, `other_asked` the id of an offer beside it.

    The field is emptied at every try. Offers stand there only after a passphrase that did not open.
    """

    given = Signal(str)
    other_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        box = QWidget(self)
        box.setFixedWidth(_WIDTH)
        outer.addWidget(box)
        outer.addStretch(1)
        column = QVBoxLayout(box)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(title_label(say("The passphrase of the journal"), parent=box))
        self._what = PlainLabel(parent=box)
        column.addWidget(self._what)
        self.passphrase = PassphraseEdit(parent=box)
        self.passphrase.set_label_width(_LABEL)
        self.passphrase.entered.connect(self._give)
        column.addWidget(self.passphrase)
        self.refused = Notice(parent=box)
        column.addWidget(self.refused)
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        go_on = Button(say("Open the journal"), say("Enter"), strong=True, parent=box)
        go_on.clicked.connect(self._give)
        self._row.addWidget(go_on)
        column.addLayout(self._row)
        foot = say(
            "It is not your PIN: you sign in afterwards. For a dose while the journal cannot be opened: "
            "write it on the downtime sheet, and record it afterwards."
        )
        column.addWidget(PlainLabel(foot, px=SECONDARY_PX, muted=True, parent=box))
        column.addWidget(DowntimeOffer(box))
        column.addStretch(2)
        self._box = box
        self._offered = False
        keys.install(self, "commit", {"commit": self._give})

    def ask(
        self, sentences: Sequence[str], offers: Sequence[tuple[str, str]], *, tried: bool
    ) -> None:
        """Say what is asked for, or why what was typed did not open it; with offers, other ways on."""
        if not tried:
            self._what.setText(sentences[0])
        self.refused.set_sentences(sentences if tried else sentences[-1:] if offers else ())
        if offers and not self._offered:
            self._offered = True
            for at, (offer, words) in enumerate(offers):
                button = Button(words, parent=self._box)
                button.clicked.connect(partial(self._ask, offer))
                self._row.insertWidget(at, button)
        self.passphrase.focus_entry()

    def _ask(self, offer: str, *_: object) -> None:
        self.other_asked.emit(offer)

    def _give(self) -> None:
        if not self.passphrase.judge():
            self.passphrase.focus_entry()
            return
        typed = self.passphrase.value() or ""
        self.passphrase.clear_entry()  # it stays in no field
        self.refused.set_sentences(())
        self.given.emit(typed)


def passphrase_page(
    window: MainWindow, given: Callable[[str], None], other: Callable[[str], None]
) -> PassphrasePage:
    """Return the page that is shown in the window, or put a new one there."""
    page = window.centralWidget()
    if not isinstance(page, PassphrasePage):
        page = PassphrasePage()
        page.given.connect(given, Qt.ConnectionType.QueuedConnection)
        page.other_asked.connect(other, Qt.ConnectionType.QueuedConnection)
        window.lock(page)
    return page
