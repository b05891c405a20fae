"""The form of a new weight: value, moment, method, purpose, and the questions about it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from il2desk.desk import WEIGHT_METHODS, WEIGHT_PURPOSES, WeightForm
from il2desk.dosing import WEIGHT_KG, Finding, Refusal
from il2desk.window.fields import Choice, ClinicalNumberEdit, Form, NumberedChoice, TextEntry
from il2desk.window.office import Office
from il2desk.window.pages.moment import MomentFields
from il2desk.window.pages.tick import tab_through
from il2desk.words import say

_RIGHT, _WRONG = "right", "wrong"
_SETS_THE_DOSE = "sets-the-dose"


class WeightEntry(QFrame):
    """What is typed of a new weight. It derives nothing; the step does.

    `answered_all` carries the weight when the last question about it was answered.
    """

    answered_all = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.form = Form(self)
        self.weight = self.form.add(ClinicalNumberEdit(WEIGHT_KG, say("New weight, kg")))
        self.weight.line.setPlaceholderText(say("from the scale slip"))
        asking = QWidget(self)
        self._questions = QVBoxLayout(asking)
        self._questions.setContentsMargins(0, 0, 0, 0)
        self.form.add_widget(asking)
        self.when = MomentFields(
            self.form,
            office.now,
            office.desk.zone,
            names=(say("Measured on"), say("Measured at")),
        )
        self.method = self.form.add(
            NumberedChoice(
                say("Measured by"), [Choice(word, say(word)) for word in WEIGHT_METHODS], columns=3
            )
        )
        self.reason = self.form.add(TextEntry(say("How, and why no scale"), required=True))
        purposes = {"dosing": say("dosing weight: sets the dose"), "daily": say("daily weight")}
        self.purpose = self.form.add(
            NumberedChoice(
                say("Used as"),
                [Choice(word, purposes[word]) for word in WEIGHT_PURPOSES],
                columns=2,
            )
        )
        self.reason.hide()
        self.method.chosen.connect(self._method_chosen)
        self._asked: list[tuple[Finding, NumberedChoice]] = []
        column = QVBoxLayout(self)
        column.addWidget(self.form)

    def ask(self, findings: Sequence[Finding]) -> None:
        """Ask these questions; a question that is asked already keeps its answer."""
        if [finding.text for finding, _ in self._asked] == [found.text for found in findings]:
            return
        kept = {finding.text: choice for finding, choice in self._asked}
        asked = [(finding, kept.pop(finding.text, None)) for finding in findings]
        for old in kept.values():
            self._questions.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._asked = [
            (finding, self._question(finding) if choice is None else choice)
            for finding, choice in asked
        ]
        self._order_keys()

    def _question(self, finding: Finding) -> NumberedChoice:
        right, wrong = (
            (say("Yes: it sets the dose from now on"), say("No: I choose again"))
            if finding.code == _SETS_THE_DOSE
            else (say("I read the slip again: it is right"), say("It is wrong: I type it again"))
        )
        choice = NumberedChoice(
            say("CAUTION"), (Choice(_RIGHT, right), Choice(_WRONG, wrong)), columns=2, parent=self
        )
        choice.asks = True
        choice.set_question(finding.text)
        choice.settled.connect(partial(self._answered, finding.code))
        self._questions.addWidget(choice)
        choice.show()  # now, so that Enter can go to it
        return choice

    def _order_keys(self) -> None:
        """The questions come after the weight, before all else."""
        tab_through(self.weight, *(choice for _, choice in self._asked), self.when.time)

    def questions(self) -> tuple[tuple[Finding, NumberedChoice], ...]:
        """The questions asked, each with its choice."""
        return tuple(self._asked)

    def unanswered(self) -> int:
        """How many questions are not answered with: it is right."""
        return len(self._asked) - len(self.answered())

    def answered(self) -> tuple[str, ...]:
        """The codes of the questions that a person answered with: it is right."""
        return tuple(finding.code for finding, choice in self._asked if choice.value() == _RIGHT)

    def missing(self) -> tuple[str, ...]:
        """What keeps the weight from being recorded, by name."""
        names = [entry.label_text() for entry in self.form.missing()]
        if self.weight.value() is None and self.weight.label_text() not in names:
            names.append(self.weight.label_text())
        if self.when.wrong() is not None:
            names.append(self.when.time.label_text())
        names += [say("the answer to a question")] * self.unanswered()
        return tuple(names)

    def focus_missing(self) -> None:
        """Put the keyboard where something is missing."""
        self.form.judge_all()
        wrong = self.when.wrong()
        if wrong is not None:
            self.when.time.set_error(wrong)
        if any(entry.is_missing() or entry.error_text() for entry in self.form.shown()):
            self.form.focus_first_wrong()
            return
        for _, choice in self._asked:
            if choice.value() != _RIGHT:
                choice.focus_entry()
                return

    def value(self) -> WeightForm | None:
        """The form as the desk takes it, or None while something is missing."""
        weight, moment = self.weight.value(), self.when.moment()
        method, purpose = self.method.value(), self.purpose.value()
        if weight is None or method is None or purpose is None:
            return None
        if moment is None or isinstance(moment, Refusal):
            return None
        return WeightForm(
            weight, moment, method, purpose, self.reason.value() or "", self.answered()
        )

    def clear(self) -> None:
        """Empty everything, after it was stored."""
        self.ask(())
        self.when.clear()
        for entry in (self.weight, self.method, self.reason, self.purpose):
            entry.clear_entry()
        self.reason.hide()

    def _method_chosen(self, method: str) -> None:
        self.reason.setVisible(method == "other")

    def _answered(self, code: str, answer: object) -> None:
        after = self.purpose if code == _SETS_THE_DOSE else self.when.time
        if answer == _WRONG and code == _SETS_THE_DOSE:
            self.purpose.focus_entry()
        elif answer == _WRONG:
            self.weight.focus_entry()
            self.weight.line.selectAll()
        self.form.changed.emit()
        if answer != _RIGHT:
            return
        if self.unanswered():
            open_ones = (choice for _, choice in self._asked if choice.value() != _RIGHT)
            next(open_ones).focus_entry()
        else:
            after.focus_entry()
            self.answered_all.emit(self.weight.value())
