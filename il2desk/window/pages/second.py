"""The second person signs a recorded dose: the review, both signature lines, name and PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from il2desk.desk import DosePlace, cosign, dispute, locate
from il2desk.dosing import Refusal
from il2desk.window.pages.cosigning import Waiting, ask_second
from il2desk.window.pages.disputes import disputed_words
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.page import ActionState, Page
from il2desk.window.pages.second_lines import second_lines
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office


def ask_cosign(office: Office, place: DosePlace) -> bool:
    """Open the panel for the second person's signature; say why where none is waited for.

    Esc leaves the record as "Needs second person". Returns whether the panel is open.
    """
    at = locate(office.desk, place)
    if isinstance(at, Refusal):
        office.say(at.text)
        return False
    record = at.dose.administration
    if record is None:
        office.say(say("Dose {number} has no record to sign yet.", number=place.number))
        return False
    if record.cosigned_by is not None:
        office.say(
            say("Dose {number} was signed by {who} already.", number=place.number,
                who=record.cosigned_by)
        )  # fmt: skip
        return False
    if record.disputed is not None:
        office.say(disputed_words(record.disputed))
        return False
    ask_second(
        office,
        Waiting(
            record,
            second_lines(office.desk, at, record),
            lambda signature, token: cosign(office.desk, place, signature, token),
            lambda reason, signature, token: dispute(office.desk, place, reason, signature, token),
        ),
    )
    return True


class SecondPersonPage(Page):
    """What waits for the second person, with the panel already open."""

    help_topic = "second-person"

    def __init__(self, office: Office, place: DosePlace, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.place = place
        self.subject = place.subject
        self.review = Notice(grave=False, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.review)
        column.addStretch(1)
        self._waits = False
        self.refresh()

    @property
    def title(self) -> str:
        """The dose that is signed."""
        return say("Second person: dose {number}", number=self.place.number)

    def refresh(self) -> None:
        """Read the record anew."""
        self.review.set_sentences(())
        self._waits = False
        at = locate(self.office.desk, self.place)
        if isinstance(at, Refusal):
            self.review.set_sentences(at.reasons)
            return
        record = at.dose.administration
        if record is None:
            self.review.set_sentences((say("Nothing waits for a second person."),))
            return
        self._waits = record.waits == "needs second person"
        self.review.set_sentences(second_lines(self.office.desk, at, record))

    def action(self) -> ActionState:
        """Sign where a signature is waited for."""
        if self._waits:
            return ActionState(say("Needs second person"), say("Sign as second person"))
        return ActionState(say("Nothing waits for a second person here."))

    def commit(self) -> None:
        """Open the panel."""
        ask_cosign(self.office, self.place)

    def opened(self) -> None:
        """Open the panel at once where a signature is waited for."""
        if self._waits:
            ask_cosign(self.office, self.place)
