"""What is entered about a dose that was or was not given; the fields follow the outcome."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from il2desk.desk import GIVEN, AdministrationForm, Located, form_refusal
from il2desk.dosing import VOLUME_ML, Refusal
from il2desk.window.fields import Choice, ClinicalNumberEdit, Form, NumberedChoice, TextEntry
from il2desk.window.fields.entry import LABEL_PX
from il2desk.window.pages.lots import LotRows
from il2desk.window.pages.outcome_words import OUTCOME_KEYS, reasons_for
from il2desk.window.pages.past_moment import MomentEntries
from il2desk.window.pages.tick import TickBox, tab_through
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office

_OTHER = "other"
_WHOLE, _PART = "whole", "part"
# Stands for any text where the desk is asked whether a text is needed at all.
_ANY = "any"


class RecordEntries(QWidget):
    """The entries of step 5. Nothing is filled in. `changed` is emitted at every edit."""

    changed = Signal()
    said = Signal(str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._at: Located | None = None
        self._reasons_of = ""
        self.form = Form(self)
        choices = [Choice(outcome, say(words), key) for outcome, words, key in OUTCOME_KEYS]
        self.outcome = self.form.add(NumberedChoice(say("Outcome"), choices, columns=5))
        self.start = MomentEntries(
            office, self.form, say("Start time"), day_label=say("Day it was started, if another")
        )
        self.whole = self.form.add(NumberedChoice(say("Whole amount"), _whole(), columns=2))
        self.stop = MomentEntries(
            office, self.form, say("Stopped at"), required=False,
            day_label=say("Day it was stopped, if another"),
        )  # fmt: skip
        self.stop.add_date()
        self.volume = self.form.add(ClinicalNumberEdit(VOLUME_ML, say("Volume that went in, mL")))
        self.lots = LotRows(office, self.form)
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
        self._connect()

    def _connect(self) -> None:
        self.form.changed.connect(self._on_changed)
        self.lots.changed.connect(self._on_changed)
        self.start.changed.connect(self._on_changed)
        self.stop.changed.connect(self._on_changed)
        self.approximate.toggled.connect(self._on_changed)
        self.whole.chosen.connect(self._on_whole)

    # What is asked

    def set_located(self, at: Located) -> None:
        """Ask for what this dose needs; what was typed stays."""
        self._at = at
        self._show()

    def value(self) -> AdministrationForm:
        """Return what is entered as it stands, for the desk to judge; hidden entries are left out."""
        outcome = self.outcome.value() or ""
        given = outcome in GIVEN
        return AdministrationForm(
            outcome=outcome,
            given_at=self.start.value() if given else None,
            approximate=given and self.approximate.isChecked(),
            stopped_at=self.stop.value() if outcome == "part given" else None,
            volume_ml=None if self.volume.isHidden() else self.volume.value(),
            lots=self.lots.lots(),
            reason=self._reason(),
            decided_by="" if self.decided_by.isHidden() else self.decided_by.typed(),
            note="" if self.note.isHidden() else self.note.typed(),
        )

    def missing(self) -> tuple[str, ...]:
        """Return the names of what must still be entered."""
        if self.outcome.value() is None:
            return (self.outcome.label_text(),)
        moments = (*self.start.entries(), *self.stop.entries())
        names = [m.time.label_text() for m in (self.start, self.stop) if m.missing()]
        names.extend(e.label_text() for e in self.form.missing() if e not in moments)
        names.extend(row.label_text() for row in self.lots.missing())
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
        rows = self.lots.missing()
        if wrong:
            wrong[0].focus_entry()
        elif rows:
            rows[0].focus_entry()

    def choose(self, outcome: str) -> None:
        """Choose an outcome and go to the first field that it asks for."""
        before = self.outcome.value()
        self.outcome.choose(outcome)
        if before is not None and before != outcome and self.start.time.typed():
            self.said.emit(say("The outcome changed. The start time is kept and not recorded yet."))
        if outcome in GIVEN:
            self.start.time.focus_entry()
        else:
            self.reason.focus_entry()

    # Inside

    def _reason(self) -> str:
        """The reason in words; empty where none is asked for or chosen."""
        if self.reason.isHidden():
            return ""
        return self.other.typed() if self.reason.value() == _OTHER else self.reason.value() or ""

    def _on_whole(self, answer: str) -> None:
        if answer == _PART:
            self.whole.clear_entry()
            self.outcome.choose("part given")
            self.said.emit(say("The outcome changed to Part given. The start time is kept."))
            self.stop.time.focus_entry()

    def _on_changed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        """Show the fields that this outcome, and what the desk says about it, ask for."""
        at, outcome = self._at, self.outcome.value()
        if at is None:
            return
        given, part = outcome in GIVEN, outcome == "part given"
        unreleased = given and at.dose.release is None
        self._show_moment(self.start, shown=given)
        self._show_moment(self.stop, shown=part)
        self.approximate.setVisible(given)
        self.whole.setVisible(outcome == "given" and not unreleased)
        self.volume.setVisible(part or unreleased)
        self.lots.set_shown(shown=unreleased)
        if outcome is not None and outcome != self._reasons_of:
            self._reasons_of = outcome
            words = reasons_for(outcome)
            self.reason.set_options([*(Choice(say(w), say(w)) for w in words), _other()])
            tab_through(self.reason, self.other, self.decided_by, self.approximate)
        self.note.setVisible(outcome is not None)
        self._show_reason(at, outcome)

    def _show_moment(self, moment: MomentEntries, *, shown: bool) -> None:
        if moment.time.isHidden() == shown:
            moment.set_shown(shown=shown)

    def _show_reason(self, at: Located, outcome: str | None) -> None:
        """Reason and decision are asked for where the desk would refuse the record without them."""
        form = replace(self.value(), reason="", decided_by="")
        bare = self._refused(at, form)
        asks_reason = outcome is not None and bare != self._refused(at, replace(form, reason=_ANY))
        asks_who = outcome is not None and bare != self._refused(at, replace(form, decided_by=_ANY))
        self.reason.setVisible(asks_reason)
        self.other.setVisible(asks_reason and self.reason.value() == _OTHER)
        self.decided_by.setVisible(asks_who)

    def _refused(self, at: Located, form: AdministrationForm) -> tuple[str, ...]:
        refusal: Refusal | None = form_refusal(self._office.desk, at, form)
        return () if refusal is None else refusal.reasons


def _whole() -> tuple[Choice, ...]:
    return (
        Choice(_WHOLE, say("Yes, as planned"), "Y"),
        Choice(_PART, say("No, only a part"), "N"),
    )


def _other() -> Choice:
    return Choice(_OTHER, say("Other (write)"))
