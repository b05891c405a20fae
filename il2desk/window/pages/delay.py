"""Delaying a dose: the panel that asks for the new time and the reason, then shows both."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from il2desk.desk import DELAY, DosePlace, Located, delay_dose, drafts, may_delay, new_token
from il2desk.dosing import Refusal, tell, write_moment, write_span
from il2desk.window.action_bar import ActionBar
from il2desk.window.fields import Choice, Form, NumberedChoice, TextEntry
from il2desk.window.form_draft import FormDraft
from il2desk.window.office import Office
from il2desk.window.pages.moment import MomentFields
from il2desk.window.spoken import spoken_all
from il2desk.window.theme import PlainLabel, announce, title_label
from il2desk.words import say

_OTHER = "other"
_LABEL = 100


def _reasons() -> tuple[Choice, ...]:
    """Stored in English, shown in the language of the workstation."""
    words = (
        tell("HOLD at the check before the dose"),
        tell("Patient asked or was away"),
        tell("No venous access"),
        tell("Preparation not ready"),
        tell("Prescriber decided"),
    )
    return (*(Choice(str(text), say(text)) for text in words), Choice(_OTHER, say("Other (write)")))


class DelayPanel(QFrame):
    """Asks for the new planned time and the reason; the dose keeps its number.

    The first press shows what will be stored, the second stores it; a key typed in between takes
    the review away. `closed` is emitted when it was delayed or given up.
    """

    closed = Signal()

    def __init__(
        self, office: Office, place: DosePlace, at: Located, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._office, self._place = office, place
        self._due = office.desk.local(at.dose.due)
        self._reviewed: tuple[datetime, str] | None = None
        self._token = new_token()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        column = QVBoxLayout(self)
        column.addWidget(title_label(say("Delay dose {number}", number=place.number), parent=self))
        column.addWidget(
            PlainLabel(say("Planned {when}", when=write_moment(self._due)), parent=self)
        )
        self._limit = PlainLabel(bold=True, parent=self)
        self._show_limit(at)
        column.addWidget(self._limit)
        self._form = Form(self)
        column.addWidget(self._form)
        self._when = MomentFields(
            self._form,
            office.now,
            office.desk.zone,
            names=(say("New date"), say("New time")),
            past_only=False,
        )
        self._reason = self._form.add(NumberedChoice(say("Reason"), _reasons()))
        self._other = self._form.add(TextEntry(say("Which reason"), required=True))
        self._other.hide()
        for entry in self._form.entries():
            entry.set_label_width(_LABEL)
        self._refused = PlainLabel(bold=True, parent=self)
        self._refused.set_ink("stop")
        self._refused.hide()
        column.addWidget(self._refused)
        self._review = PlainLabel(bold=True, parent=self)
        self._review.hide()
        column.addWidget(self._review)
        column.addStretch(1)
        # The panel is narrow: what is missing stands over the bar, not in it.
        self._lack = PlainLabel(bold=True, parent=self)
        column.addWidget(self._lack)
        self._bar = ActionBar(self)
        self._bar.set_primary(say("Review"))
        self._bar.set_back(say("Go back"))
        self._bar.primary.connect(self._commit)
        self._bar.back.connect(self._close)
        column.addWidget(self._bar)
        self._reason.chosen.connect(self._chosen)
        self._form.changed.connect(self._changed)
        about = drafts.DraftPlace("delay", place.subject, place.cycle, place.number)
        self._draft = FormDraft(office, self, about, self._form.changed)
        self._changed()

    def start(self) -> None:
        """Put the keyboard into the first field."""
        self._when.time.focus_entry()

    def refusal_text(self) -> str:
        """Why the desk refused, or empty text."""
        return "" if self._refused.isHidden() else self._refused.text()

    def review_text(self) -> str:
        """What the next press stores, or empty text while nothing is reviewed."""
        return "" if self._review.isHidden() else self._review.text()

    def _chosen(self, reason: str) -> None:
        self._other.setVisible(reason == _OTHER)

    def missing(self) -> tuple[str, ...]:
        """The names of what is missing or wrong."""
        names = [entry.label_text() for entry in self._form.missing()]
        if self._when.wrong() is not None:
            names.append(self._when.time.label_text())
        return tuple(names)

    def _show_limit(self, at: Located) -> None:
        """Until when a dose on HOLD may be delayed; nothing where there is no limit."""
        latest = may_delay(self._office.desk, at)
        self._limit.setVisible(isinstance(latest, datetime))
        if isinstance(latest, datetime):
            when = write_moment(self._office.desk.local(latest))
            self._limit.setText(
                say(
                    "On HOLD: by this protocol it may be delayed to {when} at the latest.",
                    when=when,
                )
            )

    def limit_text(self) -> str:
        """The latest moment of a dose on HOLD, or empty text."""
        return self._limit.text()

    def _changed(self) -> None:
        found = self._entered()
        if self._reviewed is not None and found != self._reviewed:
            self._show_review(None)
        names = self.missing()
        self._lack.setText(
            say("▲ Missing: {names}", names=spoken_all(names, ", ")) if names else ""
        )

    def _focus_missing(self) -> None:
        self._form.judge_all()
        self._form.focus_first_wrong()

    def _words(self) -> str:
        if self._reason.value() == _OTHER:
            return (self._other.value() or "").strip()
        return self._reason.value() or ""

    def _entered(self) -> tuple[datetime, str] | None:
        """The new moment and the reason, or None while something is missing or wrong."""
        moment = self._when.moment()
        if self.missing() or not isinstance(moment, datetime):
            return None
        return moment, self._words()

    def _show_review(self, entered: tuple[datetime, str] | None) -> None:
        """Show what will be stored; None takes it away."""
        self._reviewed = entered
        self._review.setVisible(entered is not None)
        self._bar.set_primary(say("Review") if entered is None else say("Delay"))
        if entered is None:
            self._review.setText("")
            return
        moment, reason = entered
        text = say(
            "Not stored yet. Dose {number}: planned {old}, delayed to {new} (+{span}). "
            "Reason: {reason}.",
            number=self._place.number,
            old=write_moment(self._due),
            new=write_moment(moment),
            span=write_span(moment - self._due),
            reason=reason,
        )
        self._review.setText(text)
        announce(self, text)

    def _commit(self) -> None:
        self._refused.hide()
        entered = self._entered()
        if entered is None:
            self._bar.ready()
            self._focus_missing()
            return
        moment = entered[0]
        if entered != self._reviewed and moment > self._due:  # the desk refuses an earlier one
            self._show_review(entered)
            self._bar.ready()
            return
        naive = moment.replace(tzinfo=None, fold=0)
        entry = self._office.guarded(
            lambda: delay_dose(
                self._office.desk, self._place, naive, self._words(), self._token, fold=moment.fold
            )
        )
        self._bar.ready()
        if entry is None:
            return
        if isinstance(entry, Refusal):
            self._show_review(None)
            self._refused.setText(entry.text)
            self._refused.show()
            return
        self._draft.recorded()
        self._close()
        self._office.stored(entry)

    def _close(self) -> None:
        self._office.window.close_panel()
        self.closed.emit()


def open_delay(office: Office, place: DosePlace, at: Located) -> None:
    """Open the panel beside the page, or say why the dose cannot be delayed."""
    latest = may_delay(office.desk, at)
    if isinstance(latest, Refusal):
        office.say(
            say("Dose {number} cannot be delayed. {why}", number=place.number, why=latest.text)
        )
        return
    refused = office.desk.not_allowed(DELAY)
    if refused is not None:
        office.say(refused.text)
        return
    panel = DelayPanel(office, place, at)
    office.window.open_panel(panel)
    panel.start()
