"""Step 3's rows in the room that is left to them, and the list of criteria below the rows."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from il2desk.desk import entry_codes
from il2desk.dosing import RuleSet
from il2desk.window.tables import Column, RecordTable
from il2desk.words import say


def grouped(rules: RuleSet) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The codes that are entered, under the words over them: what a verdict needs, then the rest."""
    codes = entry_codes(rules)
    found = (
        (
            say("Required for a verdict. A blank row is not assessed."),
            tuple(code for code in codes if code in rules.required),
        ),
        (
            say("Also judged by this rule set. Leave blank what was not assessed."),
            tuple(code for code in codes if code not in rules.required),
        ),
    )
    return tuple(group for group in found if group[1])


class CheckArea(QScrollArea):
    """The rows, in the room that is left: the strip above them must never scroll away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.inner = QWidget()
        self.rows = QVBoxLayout(self.inner)
        self.rows.setContentsMargins(6, 6, 8, 4)  # the ring of the focus touches no words
        self.rows.setSpacing(2)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(self.inner)
        self.setMinimumHeight(160)
        self.setAccessibleName(say("Values before the dose"))

    def sizeHint(self) -> QSize:
        """Ask for little; the layout gives the rest."""
        return QSize(600, 160)


def criteria_table(parent: QWidget) -> RecordTable:
    """The table of every criterion of a verdict, empty."""
    table = RecordTable(
        (
            Column(say("Criterion"), stretch=3), Column(say("Limit"), stretch=3),
            Column(say("Value"), stretch=2), Column(say("Kind"), stretch=1),
            Column(say("Result"), stretch=1), Column(say("Source"), stretch=4),
        ),
        name=say("Criteria"),
        parent=parent,
    )  # fmt: skip
    table.set_empty(say("Criteria are listed once a value is typed."))
    return table
