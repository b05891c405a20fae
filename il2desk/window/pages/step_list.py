"""The five steps of a dose, each with its key and how far it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from il2desk.desk import Steps
from il2desk.window.buttons import Button
from il2desk.window.flow import FlowLayout
from il2desk.window.keys import key_text
from il2desk.words import say


class StepList(QWidget):
    """Five buttons; the open step is filled. `chosen` carries the number of a step."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = FlowLayout(self, gap=6, line_gap=4)
        self._buttons: dict[int, Button] = {}
        for number, name in enumerate(step_names(), start=1):
            button = Button(f"{number} {name}", parent=self)
            # Alt and the number is the way by keyboard; a tab stop here would slow every form.
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.setToolTip(key_text(f"step-{number}"))
            button.setProperty("step", number)
            button.clicked.connect(self._press)
            row.addWidget(button)
            self._buttons[number] = button

    def show_words(self, steps: Steps, current: int) -> None:
        """Show how far each step is, and which one is open."""
        words = (steps.weight, steps.premedication, steps.check, steps.prepare, steps.record)
        for number, (name, word) in enumerate(zip(step_names(), words, strict=True), start=1):
            shown = say("open") if word == "-" else say(word)
            button = self._buttons[number]
            button.set_words(f"{number} {name}: {shown}")
            button.set_strong(strong=number == current)
            button.setAccessibleDescription(
                f"{key_text(f'step-{number}')} {say('this step is shown') if number == current else ''}"
            )

    def focus_step(self, number: int) -> None:
        """Put the keyboard on a step where nothing in it takes the keyboard."""
        self._buttons[number].setFocus(Qt.FocusReason.OtherFocusReason)

    def words(self) -> tuple[str, ...]:
        """What the five buttons say."""
        return tuple(button.accessibleName() for button in self._buttons.values())

    def _press(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.chosen.emit(int(sender.property("step")))


def step_names() -> tuple[str, ...]:
    """The names of the five steps, in order."""
    return (
        say("Weight and dose"),
        say("Premedication"),
        say("Pre-dose check"),
        say("Prepare"),
        say("Record"),
    )
