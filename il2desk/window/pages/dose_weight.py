"""Step 1: the dosing weight and the dose that follows from it, line by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from il2desk.desk import (
    DosePlace,
    Located,
    changed_weight,
    derive_for,
    dose_of,
    drafts,
    new_token,
    not_sound,
    questions_for,
    record_weight,
    weight_reasons,
    wrong_preparation,
)
from il2desk.dosing import Dose, Refusal, write_quantity
from il2desk.window.buttons import Button
from il2desk.window.form_draft import FormDraft
from il2desk.window.keys import key_text
from il2desk.window.office import Office
from il2desk.window.pages.dose_words import dose_line, prepared_line
from il2desk.window.pages.keep_weight import open_keep
from il2desk.window.pages.page import ActionState
from il2desk.window.pages.step import Step
from il2desk.window.pages.weight_form import WeightEntry
from il2desk.window.pages.weight_words import (
    against_release,
    cautions_of,
    checks_line,
    gain_sentence,
    stops_of,
    weight_line,
)
from il2desk.window.pages.working_view import Text, WorkingView, lines_of
from il2desk.window.spoken import spoken_all
from il2desk.window.theme import PlainLabel
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.pages.dose import DosePage


class WeightStep(Step):
    """Shows the dose of the recorded weight; W opens a new one, whose dose shows on leaving it."""

    number = 1
    help_topic = "weight"

    def __init__(self, office: Office, place: DosePlace, page: DosePage) -> None:
        super().__init__(office, place, page)
        self.title = say("Weight and dose")
        self._token = new_token()
        self._standing: Dose | Refusal | None = None
        self._shown: Dose | Refusal | None = None
        self._headline = ""
        self._weight = PlainLabel(parent=self)
        self._new = Button(say("New weight"), key_text("new-weight"), parent=self)
        self.keep = Button(say("Keep the dosing weight ..."), parent=self)
        self.keep.hide()
        self._entry = WeightEntry(office, self)
        self._entry.hide()
        self._working = WorkingView(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        known = QHBoxLayout()
        known.addWidget(self._weight, 1)
        known.addWidget(self.keep)
        known.addWidget(self._new)
        column.addLayout(known)
        column.addWidget(self._entry)
        column.addWidget(self._working)
        column.addStretch(1)
        self._new.clicked.connect(self.new_weight)
        self.keep.clicked.connect(self._open_keep)
        self._entry.weight.edited.connect(self._typing)
        self._entry.weight.settled.connect(self._left)
        self._entry.purpose.chosen.connect(self._purpose)
        self._entry.answered_all.connect(self._left)
        self._entry.form.changed.connect(self.changed)
        self._draft = FormDraft(
            office,
            self._entry,
            drafts.DraftPlace("weight", place.subject, place.cycle, place.number),
            self._entry.form.changed,
        )

    def refresh(self, located: Located) -> None:
        """Clear, then show the dose of the recorded weight, or of the one being typed."""
        super().refresh(located)
        self._clear()
        chart = located.chart
        self._weight.setText(weight_line(self.office.desk, chart))
        asks = changed_weight(self.office.desk, chart, located.cycle)
        self.keep.setVisible(asks is not None and located.dose.standing_release is None)
        desk = self.office.desk
        # A dose of an unsound program is not shown: it would be read, whatever stands beside it.
        self._standing = not_sound(desk) or dose_of(desk, chart, located.cycle, self.place.number)
        if chart.dosing_weight is None:
            self._entry.show()
        typed = None if self._entry.isHidden() else self._entry.weight.value()
        if typed is None:
            self._show(self._standing)
        else:
            self._derive(typed)
        self._working.fit()
        self.changed.emit()

    def opened(self) -> None:
        """Put the keyboard into the new weight, or on the step."""
        if self._entry.isHidden():
            self._new.setFocus()
        else:
            self._entry.weight.focus_entry()

    def action(self) -> ActionState:
        """Record the weight that is typed, or go on."""
        if not self._entry.isHidden():
            # While it is typed the number stands in its field only; here it stands once it was left.
            weight = self._entry.weight.value() if self._headline else None
            sentence = say("Nothing is recorded yet.")
            if weight is not None:
                sentence = self._typed_words(weight)
            return ActionState(
                sentence,
                primary=say("Record the weight"),
                missing=self._entry.missing(),
                back=say("Go back"),
            )
        sentence = spoken_all((part for part in (self._headline, self._prepared()) if part), "\n")
        return ActionState(sentence, primary=say("On to premedication"), back=say("Go back"))

    def commit(self) -> None:
        """Record the weight, or go on to step 2."""
        if self._entry.isHidden():
            self.page.next_step()
            return
        form = self._entry.value()
        if form is None:
            self.focus_missing()
            return
        entry = record_weight(self.office.desk, self.place.subject, form, self._token)
        if isinstance(entry, Refusal):
            self._entry.weight.set_error(entry.text)
            return
        self._token = new_token()
        self._entry.clear()
        self._draft.recorded()
        self._entry.hide()
        self.office.stored(entry)
        self._new.setFocus()

    def new_weight(self) -> None:
        """W: open the form; what was typed before is still there."""
        self._entry.show()
        self._entry.weight.focus_entry()
        self.changed.emit()

    def go_back(self) -> bool:
        """Close the form and show the recorded weight's dose; the typed text is kept."""
        recorded = self.located is not None and self.located.chart.dosing_weight is not None
        if self._entry.isHidden() or not recorded:
            return False
        self._entry.hide()
        self._clear()
        self._show(self._standing)
        self._new.setFocus()
        self.changed.emit()
        return True

    def focus_missing(self) -> None:
        """Put the keyboard where something is missing."""
        self._entry.focus_missing()

    def key_acts(self) -> Mapping[str, Mapping[str, Callable[[], None]]]:
        """W enters a new weight."""
        return {"steps": {"new-weight": self.new_weight}}

    # What is shown

    def headline(self) -> str:
        """The dose as it stands on the screen, or why there is none."""
        return self._headline

    def working(self) -> WorkingView:
        """The lines shown."""
        return self._working

    def entry(self) -> WeightEntry:
        """The form of a new weight."""
        return self._entry

    def findings_text(self) -> str:
        """All sentences shown around the working."""
        return spoken_all(self._working.texts(), "\n")

    def _typing(self) -> None:
        # The dose of a weight that is no longer there must not stand while another is typed.
        if self._headline:
            self._clear()
        if self._entry.questions():
            self._entry.ask(())

    def _left(self, value: object) -> None:
        self._clear()
        if isinstance(value, Decimal):
            self._derive(value)
        else:
            self._entry.ask(())
        self.changed.emit()

    def _purpose(self, purpose: str) -> None:  # noqa: ARG002 - read from the form
        value = self._entry.weight.value()
        if value is not None:
            self._left(value)

    def _derive(self, weight: Decimal) -> None:
        at = self.located
        if at is None:
            return
        desk = self.office.desk
        asked = questions_for(desk, at.chart, weight, self._entry.purpose.value())
        self._entry.ask(asked)
        if self._entry.unanswered():
            # Nothing is worked out from a weight that nobody has confirmed.
            self._say(say("Answer the question about the weight first"))
            return
        if self._entry.purpose.value() == "daily":
            self._show(self._standing)
            return
        made = not_sound(desk) or derive_for(
            desk, at.chart, at.cycle.fingerprint, cycle=at.cycle,
            day=at.dose.day, weight_kg=weight,
        )  # fmt: skip
        self._show(made)

    def _clear(self) -> None:
        """Nothing of an earlier answer stays while the next one is worked out."""
        self._shown, self._headline = None, ""
        self._working.clear()

    def _show(self, answer: Dose | Refusal | None) -> None:
        at = self.located
        if at is None or answer is None:
            return
        self._shown = answer
        if isinstance(answer, Refusal):
            against = spoken_all(self._against(at), "\n")
            self._say(
                say("No dose can be derived"), Text(answer.text, "stop"), Text(against, "stop")
            )
            return
        self._headline = self._dose_words(answer)
        standing = self._standing
        before = standing.whole_working if isinstance(standing, Dose) else ()
        above = (
            Text(self._headline, "headline"),
            Text(self._prepared(), "bold"),
            Text(stops_of(answer), "stop"),
            Text(spoken_all(self._against(at), "\n"), "stop"),
            Text(gain_sentence(self.office.desk, at)),
            Text(checks_line(at, answer)),
        )
        lines = lines_of(answer.whole_working, before)
        self._working.show_answer(above, lines, (Text(cautions_of(answer)),))

    def _against(self, at: Located) -> tuple[str, ...]:
        """What keeps this dose from being released on its weight, or its preparation from being given."""
        desk, dose = self.office.desk, at.dose
        wrong = wrong_preparation(desk, at) if dose.administration is None else ""
        reasons = weight_reasons(desk, at.chart, at.cycle)
        return (*((wrong,) if wrong else ()), *(against_release(reason) for reason in reasons))

    def _open_keep(self) -> None:
        if self.located is not None:
            open_keep(self.office, self.place, self.located)

    def _say(self, headline: str, *more: Text) -> None:
        """Show a sentence in the place of a dose."""
        self._headline = headline
        self._working.show_answer((Text(headline, "headline"), *more))

    def _typed_words(self, weight: Decimal) -> str:
        """What is about to be recorded: a weight that sets the dose, or one that does not."""
        typed = write_quantity(weight, "kg")
        words = {
            None: say("New weight {weight}. Nothing is recorded yet.", weight=typed),
            "dosing": say(
                "New dosing weight {weight}: it sets the dose. Nothing is recorded yet.",
                weight=typed,
            ),
            "daily": say(
                "Daily weight {weight}: the dose stays. Nothing is recorded yet.", weight=typed
            ),
        }
        return words[self._entry.purpose.value()]

    def _dose_words(self, dose: Dose) -> str:
        """The dose alone; one of a weight that is only typed says so."""
        words = dose_line(dose)
        if dose is self._standing or dose.request.weight_kg is None:
            return words
        weight = write_quantity(dose.request.weight_kg, "kg")
        return say("{dose} with {weight}, not recorded yet", dose=words, weight=weight)

    def _prepared(self) -> str:
        """What is drawn for the dose shown, on a line of its own; empty while none is shown."""
        return prepared_line(self._shown) if isinstance(self._shown, Dose) else ""
