"""Who works now: the first paint of the program, and the locked screen. No patient is named here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from il2desk.window import keys
from il2desk.window.buttons import Button
from il2desk.window.fields import PinEdit, TextEntry
from il2desk.window.flow import FlowLayout
from il2desk.window.pages.system_state import DowntimeOffer, StateCard
from il2desk.window.spoken import spoken, spoken_all
from il2desk.window.strips import ModeStrips
from il2desk.window.theme import SECONDARY_PX, TITLE_PX, PlainLabel
from il2desk.words import say

_WIDTH = 640
_LABEL = 70
_LISTED = 9


@dataclass(frozen=True, slots=True)
class LockFacts:
    """Why the screen is locked: by whom and when ("14:05"); both empty at the start."""

    by: str = ""
    at: str = ""
    drafts: int = 0


def drafts_line(count: int) -> str:
    """How many drafts wait; whose they are, and of which patient, is not said on a locked screen."""
    if count == 0:
        return ""
    return say("One draft is kept.") if count == 1 else say("{n} drafts are kept.", n=count)


class SignInPage(QWidget):
    """Name, PIN, Enter. It takes keys before the journal is open.

    `painted` is emitted once, after the first paint; `signing` with name and PIN; `other_asked` with
    the id of an offer that a fault came with.
    """

    painted = Signal()
    signing = Signal(str, str)
    other_asked = Signal(str)

    def __init__(
        self,
        locked: LockFacts = LockFacts(),
        *,
        practice: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._seen = False
        self.strips = ModeStrips(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.strips)
        middle = QHBoxLayout()
        middle.addStretch(1)
        self._box = QWidget(self)
        self._box.setFixedWidth(_WIDTH)
        middle.addWidget(self._box)
        middle.addStretch(1)
        whole.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(2)
        self._fill(locked)
        if practice:
            self.strips.set_modes((("PRACTICE", say("Not real patients."), ""),))
        keys.install(self, "everywhere", {"find": self.another_user})

    def _fill(self, locked: LockFacts) -> None:
        self._column = QVBoxLayout(self._box)
        self._column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(PlainLabel("IL2Desk", px=TITLE_PX, bold=True, parent=self._box))
        self._moment = PlainLabel(parent=self._box)
        self._moment.setWordWrap(False)
        head.addStretch(1)
        head.addWidget(self._moment)
        self._column.addLayout(head)
        self._what = PlainLabel(parent=self._box)
        if locked.by:
            self._what.setText(
                say(
                    "Locked at {time} by {name}. {kept} Nothing was recorded.",
                    time=locked.at,
                    name=locked.by,
                    kept=drafts_line(locked.drafts) or say("What was typed is kept."),
                )
            )
        self._column.addWidget(self._what)
        self.user = TextEntry(say("User"), required=True, parent=self._box)
        self.pin = PinEdit(say("PIN"), parent=self._box)
        for entry in (self.user, self.pin):
            entry.set_label_width(_LABEL)
            self._column.addWidget(entry)
        self.user.line.installEventFilter(self)
        self.pin.entered.connect(self._sign)
        self._refused = PlainLabel(bold=True, parent=self._box)
        self._refused.set_ink("stop")
        self._refused.hide()
        self._column.addWidget(self._refused)
        words = say("Unlock") if locked.by else say("Sign in")
        row = QHBoxLayout()
        self._people = PlainLabel(px=SECONDARY_PX, muted=True, parent=self._box)
        row.addWidget(self._people, 1)
        self._button = Button(words, say("Enter"), strong=True, parent=self._box)
        self._button.clicked.connect(self._sign)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)
        foot = say(
            "For a dose while this computer cannot be used: write it on the downtime sheet, and record "
            "it afterwards."
        )
        self._column.addWidget(PlainLabel(foot, px=SECONDARY_PX, muted=True, parent=self._box))
        self._column.addWidget(DowntimeOffer(self._box))
        self._card: StateCard | None = None
        self._helps: Button | None = None
        if locked.by:
            self.user.line.setText(locked.by)

    def set_people(self, people: Sequence[tuple[str, str]], note: str = "") -> None:
        """Offer names (with roles) for the arrow keys; `note` stands under the fields."""
        self._names = tuple(name for name, _ in people)
        lines = [f"{name}, {say(role)}" for name, role in people[:_LISTED]]
        offer = say("Arrow down picks a name; F3 is for another user.")
        self._people.setText(spoken_all((*lines, offer, *((note,) if note else ())), "\n"))

    def set_moment(self, text: str) -> None:
        """Show the clock."""
        self._moment.setText(text)

    def say(self, text: str) -> None:
        """Say in one line what the program is doing."""
        self._what.setText(text)

    def said(self) -> str:
        """Return that line."""
        return self._what.text()

    def refuse(self, text: str) -> None:
        """Say why name and PIN were not accepted; the name stays, the PIN is typed again."""
        self.pin.clear_entry()
        self._refused.setText(f"▲ {spoken(text)}")
        self._refused.show()
        self.pin.focus_entry()

    def refusal_text(self) -> str:
        """Return why name and PIN were not accepted, or empty text."""
        return self._refused.text().removeprefix("▲ ")

    def another_user(self) -> None:
        """Empty both fields and begin with the name."""
        self.pin.clear_entry()
        self.user.clear_entry()
        self.user.focus_entry()

    def show_fault(
        self, sentences: tuple[str, str, str], offers: Sequence[tuple[str, str]]
    ) -> None:
        """Show why the journal cannot be opened, in the place of the fields, with ways on.

        Each offer is its id and the words of its button; the first helps most: it answers Ctrl+Enter
        and has the keyboard.
        """
        self.clear_fault()
        self._helps = None
        self._show_fields(shown=False)
        card = StateCard(say("The journal is not open"), *sentences, parent=self._box)
        ways = QWidget(card)  # several lines where the words of the ways on are many: none is cut
        row = FlowLayout(ways, gap=10, line_gap=8)
        for at, (offer, words) in enumerate(offers):
            key = keys.key_text("commit") if at == 0 else ""
            button = Button(words, key, strong=at == 0, parent=card)
            button.clicked.connect(_Ask(self, offer))
            row.addWidget(button)
            if at == 0:
                self._helps = button
                keys.install(card, "commit", {"commit": _Ask(self, offer)})
        card.column.addWidget(ways)
        self._card = card
        self._column.insertWidget(2, card)
        self.say("")
        self._begin()

    def clear_fault(self) -> None:
        """Take the fault away and show the fields."""
        if self._card is not None:
            card, self._card = self._card, None
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
            self._show_fields(shown=True)
            self.user.focus_entry()

    def fault_sentences(self) -> tuple[str, ...]:
        """Return the sentences of the fault that is shown."""
        return () if self._card is None else self._card.sentences

    def _show_fields(self, *, shown: bool) -> None:
        for part in (self.user, self.pin, self._button, self._people):
            part.setVisible(shown)
        self._refused.setVisible(shown and bool(self._refused.text()))

    def _sign(self) -> None:
        for entry in (self.user, self.pin):
            if not entry.judge():
                entry.focus_entry()
                return
        self._refused.hide()
        pin = self.pin.value() or ""
        self.pin.clear_entry()  # it stays on no screen and in no field
        self.signing.emit(self.user.value() or "", pin)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys in the name field write the next name of the list."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up)
            and self._names
        ):
            self._pick(1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        return super().eventFilter(watched, event)

    def _pick(self, step: int) -> None:
        typed = self.user.typed().strip().casefold()
        at = next((i for i, name in enumerate(self._names) if name.casefold() == typed), None)
        if at is None:
            begins = (i for i, name in enumerate(self._names) if name.casefold().startswith(typed))
            found = next(begins, 0 if step > 0 else len(self._names) - 1)
        else:
            found = (at + step) % len(self._names)
        self.user.line.setText(self._names[found])

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the name, or with the PIN where the name is known; on a fault with what helps."""
        super().showEvent(event)
        self._begin()

    def _begin(self) -> None:
        if self._card is None:
            (self.pin if self.user.typed() else self.user).focus_entry()
        elif self._helps is not None:
            self._helps.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell, once, that the program is on screen."""
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            self.painted.emit()


class _Ask:
    """Asks for one of the ways on; a name for what a button does."""

    def __init__(self, page: SignInPage, offer: str) -> None:
        self._page, self._offer = page, offer

    def __call__(self, *_: object) -> None:
        self._page.other_asked.emit(self._offer)
