"""The second person's blind reading: typed from the sources while the first entry is covered."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from il2desk.desk import READ_FROM, RELEASE_SECOND, SecondReading
from il2desk.dosing import VOLUME_ML, WEIGHT_KG, Dose
from il2desk.window import keys
from il2desk.window.buttons import Button
from il2desk.window.fields import (
    Choice,
    ClinicalNumberEdit,
    Form,
    NumberedChoice,
    PinEdit,
    TextEntry,
)
from il2desk.window.fields.entry import Entry, LineEntry
from il2desk.window.flow import FlowLayout
from il2desk.window.pages.in_view import KeepInView
from il2desk.window.pages.notice import Notice
from il2desk.window.theme import PlainLabel, colour, title_label, tokens_of
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office

WIDTH = 752
UNDILUTED = "undiluted"
_LABEL_PX = 200
_APART = re.compile(r"[\s,;]+")
# What stands beside aldesleukin in a pharmacy and must not be taken for the diluent.
_BESIDE = ("sodium chloride 0.9 %", "water for injections")


def diluent_choices(dose: Dose) -> tuple[str, ...]:
    """The diluents to choose from, in alphabetical order, so that the place tells nothing."""
    product = dose.request.product
    named = {product.bag_diluent.value, product.low_concentration_route.value, *_BESIDE}
    if dose.dilution.diluent is not None:
        named.add(dose.dilution.diluent)
    return (*sorted(named, key=str.casefold), UNDILUTED)


class SecondReadingPanel(QFrame):
    """Six readings with name and PIN; `compare` asks the page, `back` gives up and loses nothing.

    `compare` hands over name, PIN and reading and returns the sentences to show; none means that
    all agreed and the panel is closed by the page.
    """

    back = Signal()

    def __init__(
        self,
        office: Office,
        dose: Dose,
        compare: Callable[[str, str, SecondReading], Sequence[str]],
    ) -> None:
        super().__init__()
        self._office, self._compare = office, compare
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 12)
        column.setSpacing(6)
        column.addWidget(title_label(say("Second person"), parent=self))
        column.addWidget(
            PlainLabel(say("Read from the source, not from this screen."), bold=True, parent=self)
        )
        self.who = Form(self)  # above what scrolls: who signs is always in view
        self.form = Form(self)
        self._add_entries(dose)
        column.addWidget(self.who)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.form)
        column.addWidget(area, 1)
        self._in_view = KeepInView(self)
        self.notice = Notice(parent=self)
        column.addWidget(self.notice)
        meaning = say("Signing means: {meaning}", meaning=RELEASE_SECOND)
        column.addWidget(PlainLabel(meaning, muted=True, parent=self))
        column.addLayout(self._buttons())
        self.diluent.chosen.connect(self._on_diluent)
        keys.install(self, "commit", {"commit": self._press, "back": self.back.emit})

    def _add_entries(self, dose: Dose) -> None:
        form = self.form
        self.name = self.who.add(TextEntry(say("Name"), required=True))
        self.pin = self.who.add(PinEdit())
        self.weight: ClinicalNumberEdit | None = None
        if dose.request.weight_kg is not None:
            self.weight = form.add(ClinicalNumberEdit(WEIGHT_KG, _asked("weight", "kg")))
        self.volume = form.add(ClinicalNumberEdit(VOLUME_ML, _asked("volume", "mL")))
        self.lots = form.add(TextEntry(say("Last 4 of each lot on the vials"), required=True))
        self.trial_number = form.add(TextEntry(_asked("trial number"), required=True))
        options = [Choice(words, words) for words in diluent_choices(dose)]
        self.diluent = form.add(NumberedChoice(_asked("diluent"), options))
        self.total = form.add(ClinicalNumberEdit(VOLUME_ML, _asked("total volume", "mL")))
        for entry in (*self.who.entries(), *form.entries()):
            entry.set_label_width(_LABEL_PX)

    def _buttons(self) -> FlowLayout:
        row = FlowLayout(gap=8, line_gap=8, at_right=True)
        go_back = Button(say("Go back"), keys.key_text("back"), parent=self)
        self._button = Button(say("Compare"), keys.key_text("commit"), strong=True, parent=self)
        go_back.clicked.connect(self.back)
        self._button.clicked.connect(self._press)
        row.addWidget(go_back)
        row.addWidget(self._button)
        return row

    def reading(self) -> SecondReading | None:
        """Return what was read, or None while anything is missing or not understood."""
        judged = [form.judge_all() for form in (self.who, self.form)]
        if not all(judged) or self.who.missing() or self.form.missing():
            return None
        volume = self.volume.value()
        if volume is None:
            return None
        diluent = self.diluent.value()
        return SecondReading(
            weight_kg=None if self.weight is None else self.weight.value(),
            volume_ml=volume,
            lots=tuple(part for part in _APART.split(self.lots.typed()) if part),
            trial_number=self.trial_number.typed(),
            diluent=None if diluent == UNDILUTED else diluent,
            total_volume_ml=None if self.total.isHidden() else self.total.value(),
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the name."""
        super().showEvent(event)
        self.name.focus_entry()

    def _on_diluent(self, diluent: str) -> None:
        """An undiluted dose has no total volume to read."""
        self.total.setVisible(diluent != UNDILUTED)

    def _press(self) -> None:
        if not self._button.isEnabled():
            return
        self.notice.set_sentences(())  # the old answer goes before a new one is asked for
        reading = self.reading()
        if reading is None:
            self._focus_first_wrong()
            return
        self._button.setEnabled(False)
        pin = self.pin.value() or ""
        self.pin.clear_entry()
        try:
            answer = self._compare(self.name.typed(), pin, reading)
        finally:
            self._button.setEnabled(True)
        if answer:
            self._show_answer(answer)

    def _show_answer(self, answer: Sequence[str]) -> None:
        """What differs stands under its field, which gets the keyboard; the PIN is asked again."""
        self.notice.set_sentences(answer)
        differing = [
            (entry, sentence)
            for what, entry in self._readings()
            for sentence in answer
            if sentence.startswith(f"{what.capitalize()} differs") and not entry.isHidden()
        ]
        for entry, sentence in differing:
            entry.set_error(sentence)
        if not differing:
            self.pin.focus_entry()
            return
        self.pin.set_error(say("Type your PIN again."))
        first = differing[0][0]
        first.focus_entry()
        if isinstance(first, LineEntry):
            first.line.selectAll()

    def _readings(self) -> tuple[tuple[str, Entry], ...]:
        """What is compared, by its name, with its field, from top to bottom."""
        weight = () if self.weight is None else (("weight", self.weight),)
        return (
            *weight,
            ("volume", self.volume),
            ("lot", self.lots),
            ("trial number", self.trial_number),
            ("diluent", self.diluent),
            ("total volume", self.total),
        )

    def _focus_first_wrong(self) -> None:
        if any(entry.is_missing() or entry.error_text() for entry in self.who.shown()):
            self.who.focus_first_wrong()
        else:
            self.form.focus_first_wrong()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the panel's field and its strong edge."""
        tokens, painter = tokens_of(self), QPainter(self)
        painter.setPen(QPen(colour(tokens.focus), 2))
        painter.setBrush(colour(tokens.base))
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))


def _asked(what: str, unit: str = "") -> str:
    """What is read and from where, as the label of a field: "Weight on the scale slip, kg"."""
    label = say("{what} on the {source}", what=what.capitalize(), source=READ_FROM[what])
    return f"{label}, {unit}" if unit else label


class Cover(QWidget):
    """Stands in the place of the first person's numbers while the second person reads."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.addStretch(1)
        for text, bold in (
            (say("Covered while the second person reads from the sources."), True),
            (say("The first entry is kept and not shown."), False),
        ):
            label = PlainLabel(text, bold=bold, parent=self)
            column.addWidget(label)
        column.addStretch(9)
