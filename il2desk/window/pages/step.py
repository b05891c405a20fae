"""One of the five steps of a dose: the protocol that every step panel of the dose page follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from il2desk.window.pages.page import ActionState

if TYPE_CHECKING:
    from il2desk.desk import DosePlace, Located
    from il2desk.window.office import Office
    from il2desk.window.pages.dose import DosePage


class Step(QWidget):
    """A step panel. It shows what the desk answers and forwards what a person enters.

    `changed` is emitted whenever the action line, the missing list or the state word changed; the
    dose page then asks `action()` and `state_word()` again. `located` is None until the first
    `refresh`, which the dose page calls before the step is shown and after every stored entry.
    """

    changed = Signal()
    number: int = 0
    title: str = ""
    help_topic: str = "start"

    def __init__(self, office: Office, place: DosePlace, page: DosePage) -> None:
        super().__init__(page)
        self.office = office
        self.place = place
        self.page = page
        self.located: Located | None = None

    def state_word(self) -> str:
        """The state of this step in a word or two for the step list, read from the journal."""
        return ""

    def action(self) -> ActionState:
        """What the action bar shows while this step is open."""
        return ActionState()

    def commit(self) -> None:
        """Store what was entered by one desk act (Ctrl+Enter or the primary button)."""

    def refresh(self, located: Located) -> None:
        """Show the dose as the journal holds it now. Overriders call this first."""
        self.located = located

    def opened(self) -> None:
        """Called when the step has become visible: put the focus into its first open field."""

    def focus_missing(self) -> None:
        """Put the focus into the first missing field."""

    def go_back(self) -> bool:
        """Answer Esc inside the step (close a form); False leaves Esc to the dose page."""
        return False

    def choose_outcome(self, outcome: str) -> None:
        """Choose an administration outcome, as the board's keys G P H O U ask; only step 5 acts."""

    def key_acts(self) -> Mapping[str, Mapping[str, Callable[[], None]]]:
        """Key context -> action id -> function, live only while the focus is inside this step.

        Alt+1 to Alt+5, D (delay) and V (second person) belong to the dose page; a step that names
        "delay" or "witness" here answers those keys in the page's place.
        """
        return {}
