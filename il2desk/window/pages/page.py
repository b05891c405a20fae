"""What every page of the window is, and what it tells the frame around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from il2desk.dosing import tell
from il2desk.window.fields import Form
from il2desk.window.list_header import HeaderFacts
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office

KeyActs = Mapping[str, Mapping[str, Callable[[], object]]]
"""Context of the key registry -> action id -> what it does."""


GO_BACK = tell("Go back")


@dataclass(frozen=True, slots=True)
class ActionState:
    """What stands in the action bar: a sentence, the act and what is missing or blocks it.

    `primary` names the act with a verb; None where the page has none. `back` names the way back.
    """

    sentence: str = ""
    primary: str | None = None
    missing: tuple[str, ...] = ()
    blocked: str = ""
    back: str | None = GO_BACK


class Page(QWidget):
    """One page of the window. It lays out and forwards; the desk decides.

    `subject` is the id of the patient the page belongs to, or None on a list of several;
    `help_topic` is the stem of its file under resources/help. `form` is what is typed on it.
    """

    action_changed = Signal()
    subject: str | None = None
    help_topic: str = "start"

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.form: Form | None = None

    @property
    def title(self) -> str:
        """The title over the page."""
        return ""

    def header(self) -> HeaderFacts | None:
        """The head of a list of several patients, or None."""
        return None

    def action(self) -> ActionState:
        """What the action bar shows now."""
        return ActionState(back=say("Go back"))

    def commit(self) -> None:
        """Ctrl+Enter, or the primary button: called only when nothing is missing or blocks."""

    def go_back(self) -> None:
        """Esc."""
        self.office.back()

    def focus_missing(self) -> None:
        """Put the keyboard into the first field that is missing or wrong."""
        if self.form is not None:
            self.form.judge_all()
            self.form.focus_first_wrong()

    def refresh(self) -> None:
        """Read anew from the journal."""

    def key_acts(self) -> KeyActs:
        """The keys of the page."""
        return {}

    def opened(self) -> None:
        """Called once after the page is shown: the place to set the focus."""

    def typed_here(self) -> tuple[str, ...]:
        """What is typed here and goes on to the same page in another language."""
        return ()

    def take_typed(self, typed: tuple[str, ...]) -> None:
        """Take what was typed on this page before it was made anew."""

    def left(self) -> None:
        """Called when the page is taken away, while the journal is open: its work beside the window ends."""

    def print_sheet(self) -> None:
        """Ctrl+P."""
        if self.subject is None:
            self.office.say(say("Open a patient first; the sheets are the patient's."))
        else:
            self.office.open("sheets", subject=self.subject)

    def find_in_list(self) -> None:
        """Ctrl+F."""
        self.office.open("find")
