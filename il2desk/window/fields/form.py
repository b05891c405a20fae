"""One column of entries."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from il2desk.window.fields.entry import LABEL_PX, Entry

E = TypeVar("E", bound=Entry)


class Form(QWidget):
    """Entries under each other, labels in one column, tab order from top to bottom.

    `changed` is emitted whenever an entry was edited or settled.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        whole.addLayout(self._column)
        whole.addStretch(1)  # spare room goes under the entries, not between them

    def add(self, entry: E) -> E:
        """Put an entry at the end and return it."""
        self._entries.append(entry)
        self._column.addWidget(entry)
        entry.set_label_width(LABEL_PX)
        entry.edited.connect(self.changed)
        entry.settled.connect(self._on_settled)
        return entry

    def add_widget(self, widget: QWidget) -> None:
        """Put something that is no entry at the end."""
        self._column.addWidget(widget)

    def entries(self) -> tuple[Entry, ...]:
        """Return the entries from top to bottom."""
        return tuple(self._entries)

    def parts(self) -> tuple[QWidget, ...]:
        """Return everything in the column from top to bottom, what is no entry too."""
        items = (self._column.itemAt(at) for at in range(self._column.count()))
        found = (None if item is None else item.widget() for item in items)
        return tuple(widget for widget in found if widget is not None)

    def shown(self) -> tuple[Entry, ...]:
        """Return the entries that are not hidden; only these are asked for."""
        return tuple(entry for entry in self._entries if not entry.isHidden())

    def missing(self) -> list[Entry]:
        """Return the shown entries that must be filled and are empty."""
        return [entry for entry in self.shown() if entry.is_missing()]

    def judge_all(self) -> bool:
        """Judge every shown entry, show all errors, and say whether all can be used."""
        judged = [entry.judge() for entry in self.shown()]  # all of them, not up to the first wrong
        return all(judged)

    def focus_first_wrong(self) -> None:
        """Put the keyboard into the first shown entry that cannot be used."""
        for entry in self.shown():
            if entry.is_missing() or entry.error_text():
                entry.focus_entry()
                return

    def _on_settled(self, value: object) -> None:  # noqa: ARG002 - the signal's signature
        self.changed.emit()
