"""The header of a list that shows several patients."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from il2desk.window.flow import FlowLayout
from il2desk.window.natural_label import NAME_PX, Natural
from il2desk.window.spoken import spoken_all


@dataclass(frozen=True, slots=True)
class HeaderFacts:
    """What a list shows: its name, place, the moment, counts and order, ready to be shown."""

    name: str
    place: str = ""
    moment: str = ""
    data_as_of: str = ""
    counts: str = ""
    order: str = ""
    resort: str = ""


class ListHeader(QFrame):
    """The head of a screen with several patients; it stands where the banner would mislead."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 7, 14, 7)
        column.setSpacing(2)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        first, second = FlowLayout(gap=24), FlowLayout(gap=24)
        column.addLayout(first)
        column.addLayout(second)
        self._name = Natural(px=NAME_PX, bold=True, parent=self)
        self._parts = [Natural(parent=self) for _ in range(4)]
        self._counts = Natural(bold=True, parent=self)
        self._order = Natural(muted=True, parent=self)
        for part in (self._name, *self._parts):
            first.addWidget(part)
        second.addWidget(self._counts)
        second.addWidget(self._order)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def set_facts(self, facts: HeaderFacts) -> None:
        """Show the head of another list."""
        texts = (facts.place, facts.moment, facts.data_as_of, facts.resort)
        self._name.setText(facts.name)
        for label, text in zip(self._parts, texts, strict=True):
            label.setText(text)
            label.setVisible(bool(text))
        for label, text in ((self._counts, facts.counts), (self._order, facts.order)):
            label.setText(text)
            label.setVisible(bool(text))
        self.setAccessibleName(
            spoken_all((t for t in (facts.name, *texts, facts.counts, facts.order) if t), ". ")
        )
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Return that it wraps in a narrow window."""
        return True
