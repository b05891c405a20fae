"""The drafts of the forms that are shown: kept while typed, shown as not recorded, discarded by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from il2desk.desk import drafts
from il2desk.dosing import write_clock, write_date
from il2desk.words import say

if TYPE_CHECKING:
    from datetime import datetime

    from il2desk.desk import Desk
    from il2desk.window.form_draft import FormDraft
    from il2desk.window.shell import MainWindow


class Drafts(QObject):
    """Knows every form that keeps drafts, and shows at the head of the page whether one is kept."""

    def __init__(self, desk: Desk, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, window
        self._forms: list[FormDraft] = []
        self._said = ""
        window.discard_asked.connect(self.discard)

    def add(self, form: FormDraft) -> None:
        """Look after a form as long as it lives."""
        self._forms = [*self._living(), form]

    def shown(self) -> tuple[FormDraft, ...]:
        """Return the forms that are on screen and have a draft."""
        return tuple(
            form for form in self._living() if form.kept_at is not None and form.on_screen()
        )

    def show(self) -> None:
        """Say at the head of the page what is kept and not recorded."""
        moments = [form.kept_at for form in self.shown() if form.kept_at is not None]
        self._window.set_draft(
            say("Draft {time}, not recorded", time=self.moment(max(moments))) if moments else ""
        )

    def say(self, text: str) -> None:
        """Say something once the window is done with what it does now: a page may be going."""
        self._said = text
        QTimer.singleShot(0, self, self._tell)

    def keep_all(self) -> int:
        """Keep what is typed anywhere now, and return how many drafts are kept, of whomever."""
        for form in self._living():
            form.keep()
        return drafts.drafts_waiting(self._desk)

    def kept(self, at: datetime) -> None:
        """Say that a form which was left is kept."""
        self.say(say("Draft kept {time}. Nothing has been recorded.", time=self.moment(at)))

    def discard(self) -> None:
        """Empty the forms on screen that have a draft, and let go of it."""
        if self._window.panel() is not None:
            self._window.say(say("Sign or go back first."))  # what is reviewed stays as it is
            return
        forms = self.shown()
        for form in forms:
            form.discard()
        if forms:
            self._window.say(say("Draft discarded. Nothing has been recorded."))
        else:
            self._window.say(say("There is no draft on this screen."))

    def moment(self, at: datetime) -> str:
        """A time of today as a time; of another day with its date."""
        clock = write_clock(at)
        same = at.date() == self._desk.now().date()
        return clock if same else f"{write_date(at.date())} {clock}"

    def _tell(self) -> None:
        text, self._said = self._said, ""
        if text and not self._window.is_locked():
            self._window.say(text)

    def _living(self) -> list[FormDraft]:
        return [form for form in self._forms if isValid(form)]
