"""What every record of a dose asks for: the outcome, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from il2desk.desk import GIVEN
from il2desk.window.fields import Choice, Form, NumberedChoice, TextEntry
from il2desk.window.fields.entry import LABEL_PX, Entry
from il2desk.window.pages.lots import LotRows
from il2desk.window.pages.outcome_words import OUTCOME_KEYS, reasons_for
from il2desk.window.pages.past_moment import MomentEntries
from il2desk.window.pages.tick import TickBox, tab_through
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office

OTHER = "other"
# Stands for any text where the desk is asked whether a text is needed at all.
_ANY = "any"


class OutcomeEntries(QWidget):
    """The entries of a record. Nothing is filled in. `changed` is emitted at every edit.

    Reason and decision are asked for where the desk would refuse the record without them. A form of
    its own adds its times, `start` and `stop`, and its amounts.
    """

    changed = Signal()
    start: MomentEntries
    stop: MomentEntries
    lots: LotRows

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._reasons_of = ""
        self.form = Form(self)
        self._begin()
        choices = [Choice(outcome, say(words), key) for outcome, words, key in OUTCOME_KEYS]
        self.outcome = self.form.add(NumberedChoice(say("Outcome"), choices, columns=5))
        self._add_fields()
        self.reason = self.form.add(NumberedChoice(say("Reason"), (), columns=2))
        self.other = self.form.add(TextEntry(say("Reason, in words"), required=True))
        self.decided_by = self.form.add(TextEntry(say("Decided by"), required=True))
        words = say("Approximate: the start time is not exact")
        self.approximate = TickBox(words, indent=LABEL_PX + 12, parent=self)
        self.form.add_widget(self.approximate)
        self.start.add_date()
        self.note = self.form.add(TextEntry(say("Note")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        for source in (self.form.changed, self.lots.changed, self.start.changed, self.stop.changed):
            source.connect(self._on_changed)
        self.approximate.toggled.connect(self._on_changed)
        self.reason.chosen.connect(self._on_reason)

    # What a form of its own says

    def _begin(self) -> None:
        """Add what is asked before the outcome."""

    def _add_fields(self) -> None:
        """Add times, amounts and lots, in the order in which they are asked."""
        raise NotImplementedError

    def _show_amounts(self, outcome: str | None) -> None:
        """Show the amounts that this outcome asks for."""
        raise NotImplementedError

    def _lots_missing(self) -> Sequence[Entry]:
        """The lots that must still be entered."""
        raise NotImplementedError

    def _refused(self, *, reason: str, decided_by: str) -> tuple[str, ...]:
        """Why the desk would refuse what is entered, with these texts in it."""
        raise NotImplementedError

    # What all have

    def missing(self) -> tuple[str, ...]:
        """Return the names of what must still be entered."""
        if self.outcome.value() is None:
            return (self.outcome.label_text(),)
        moments = (*self.start.entries(), *self.stop.entries())
        names = [m.time.label_text() for m in (self.start, self.stop) if m.missing()]
        names.extend(e.label_text() for e in self.form.missing() if e not in moments)
        names.extend(row.label_text() for row in self._lots_missing())
        return tuple(names)

    def judge(self) -> bool:
        """Show every error beside its field and say whether everything can be used."""
        usable = self.form.judge_all() and self.lots.judge()
        for moment in (self.start, self.stop):
            if not moment.time.isHidden():
                moment.judge()
        return usable and not self.missing()

    def focus_missing(self) -> None:
        """Show every error and put the keyboard into the first field that cannot be used."""
        self.judge()
        for moment in (self.start, self.stop):
            questions = [e for e in (moment.yesterday, moment.which) if not e.isHidden()]
            if moment.missing() and questions:
                questions[0].focus_entry()
                return
        wrong = [e for e in self.form.shown() if e.is_missing() or e.error_text()]
        for entry in (*wrong, *self._lots_missing()):
            entry.focus_entry()
            return

    def choose(self, outcome: str) -> None:
        """Choose an outcome and go to the first field that it asks for."""
        self.outcome.choose(outcome)
        if outcome in GIVEN:
            self.start.time.focus_entry()
        else:
            self.reason.focus_entry()

    # Inside

    def _typed_reason(self) -> str:
        """The reason in words; empty where none is asked for or chosen."""
        if self.reason.isHidden():
            return ""
        return self.other.typed() if self.reason.value() == OTHER else self.reason.value() or ""

    def _typed_decision(self) -> str:
        return "" if self.decided_by.isHidden() else self.decided_by.typed()

    def _on_reason(self, reason: str) -> None:
        """Go on to what the reason leaves open."""
        if reason == OTHER:
            self.other.focus_entry()
        elif not self.decided_by.isHidden() and self.decided_by.is_missing():
            self.decided_by.focus_entry()

    def _on_changed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        """Show the fields that this outcome, and what the desk says about it, ask for."""
        outcome = self.outcome.value()
        given, part = outcome in GIVEN, outcome == "part given"
        for moment, shown in ((self.start, given), (self.stop, part)):
            if moment.time.isHidden() == shown:
                moment.set_shown(shown=shown)
        self.approximate.setVisible(given)
        self._show_amounts(outcome)
        if outcome is not None and outcome != self._reasons_of:
            self._reasons_of = outcome
            words = [Choice(word, say(word)) for word in reasons_for(outcome)]  # stored in English
            self.reason.set_options([*words, Choice(OTHER, say("Other (write)"))])
            tab_through(*self.form.parts())
        self.note.setVisible(outcome is not None)
        self._show_reason(outcome)

    def _show_reason(self, outcome: str | None) -> None:
        bare = self._refused(reason="", decided_by="")
        with_reason = self._refused(reason=_ANY, decided_by="")
        asks_reason = outcome is not None and bare != with_reason
        asks_who = outcome is not None and bare != self._refused(reason="", decided_by=_ANY)
        self.reason.setVisible(asks_reason)
        self.other.setVisible(asks_reason and self.reason.value() == OTHER)
        self.decided_by.setVisible(asks_who)
