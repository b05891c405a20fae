"""Records: what is in the journal about the patient's doses and weights, and how it is corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from il2desk.desk import (
    AdministrationRecord,
    CompanionRecord,
    DosePlace,
    Located,
    PatientChart,
    chart_of,
    locate,
)
from il2desk.dosing import Refusal
from il2desk.window.keys import key_text
from il2desk.window.pages.amend_form import AmendForm
from il2desk.window.pages.check_recorded import check_line
from il2desk.window.pages.companion_amend_form import CompanionAmendForm
from il2desk.window.pages.companion_record_rows import (
    COMPANION,
    COMPANION_IN_ERROR,
    companion_detail,
    companion_record_of,
    companion_row_id,
    place_of_record,
)
from il2desk.window.pages.companion_second import ask_cosign_companion
from il2desk.window.pages.disputes import disputed_words
from il2desk.window.pages.dose_lines import record_lines
from il2desk.window.pages.entered_in_error_form import (
    EnteredInErrorForm,
    wrong_check,
    wrong_weight,
)
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.page import ActionState, KeyActs, Page
from il2desk.window.pages.preparation_facts import release_facts
from il2desk.window.pages.record_rows import columns, parts_of, row_id, rows_of
from il2desk.window.pages.record_weights import WEIGHT, weight_lines
from il2desk.window.pages.records_check import check_lines
from il2desk.window.pages.second import ask_cosign
from il2desk.window.spoken import spoken, spoken_all
from il2desk.window.tables import RecordTable
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office


_DETAIL_PX = 266


class RecordsPage(Page):
    """The list, newest first, with the chosen record in full; A corrects it in the same place."""

    help_topic = "records"

    def __init__(
        self,
        office: Office,
        subject: str,
        number: int | None = None,
        *,
        entry: str | None = None,
        cycle: str | None = None,
        correct: bool = False,
    ) -> None:
        super().__init__(office)
        self._correct = correct
        self.subject: str = subject
        self._chart: PatientChart | None = None
        self.editing: AmendForm | CompanionAmendForm | EnteredInErrorForm | None = None
        self.refused = Notice(parent=self)
        self.table = RecordTable(columns(), name=say("Records"), frozen=1, parent=self)
        self.table.set_empty(say("No entries yet. F4 opens the board, where doses are recorded."))
        self.detail = Notice(grave=False, parent=self)
        listed = QWidget(self)
        row = QHBoxLayout(listed)
        row.setContentsMargins(0, 0, 0, 0)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.refused)
        left.addWidget(self.table, 1)
        right.addWidget(self.detail)
        right.addStretch(1)
        self.detail.setFixedWidth(_DETAIL_PX)
        row.addLayout(left, 1)
        row.addLayout(right)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(listed)
        self.table.selected.connect(self._on_row)
        self.table.opened.connect(self._open)
        self.refresh()
        self._choose(number, entry, cycle)

    @property
    def title(self) -> str:
        """The title over the page."""
        return say("Records")

    def refresh(self) -> None:
        """Read every record of the patient anew."""
        self.refused.set_sentences(())
        self.detail.set_sentences(())
        chart = chart_of(self.office.desk, self.subject)
        self._chart = None if isinstance(chart, Refusal) else chart
        if isinstance(chart, Refusal):
            self.refused.set_sentences(chart.reasons)
            self.table.set_rows(())
            return
        self.table.set_rows(rows_of(self.office.desk, chart))
        self._show_detail()
        self.action_changed.emit()

    def _choose(self, number: int | None, entry: str | None, of: str | None) -> None:
        """Choose the dose (of a cycle, or of the last), or the entry asked for; else the newest record."""
        beside = None
        if self._chart is not None and entry is not None:
            beside = companion_record_of(self._chart, entry)
        if beside is not None and self.table.select(companion_row_id(beside[0].id, beside[1])):
            return
        rows = self.table.rows()
        told = [row.id for row in rows if entry is not None and parts_of(row.id)[3] == entry]
        if told and self.table.select(told[0]):
            return
        last = None if self._chart is None or self._chart.cycle is None else self._chart.cycle.id
        cycle = of or last
        if number is not None and cycle is not None and self.table.select(row_id(cycle, number)):
            return
        if rows and self.table.current_id() is None:
            self.table.select(self._newest_record() or rows[0].id)

    def _newest_record(self) -> str | None:
        """The row of the dose that was recorded last: weights and checks lie above it."""
        doses = (
            ()
            if self._chart is None
            else (
                (dose.administration.recorded_at, row_id(cycle.id, dose.number))
                for cycle in self._chart.cycles.values()
                for dose in cycle.doses.values()
                if dose.administration is not None
            )
        )
        newest = max(doses, default=None)
        return None if newest is None else newest[1]

    def opened(self) -> None:
        """Give the keyboard to the list, or to the correction that was asked for."""
        self.table.view.setFocus()
        wanted, self._correct = self._correct, False
        if wanted and self._record() is not None:
            self.amend()

    # The chosen row

    def _place(self) -> tuple[DosePlace, str, str] | None:
        """The dose of the chosen row, its kind and its entry; None where no row is chosen."""
        row = self.table.current_id()
        if row is None:
            return None
        cycle, number, kind, what = parts_of(row)
        return DosePlace(self.subject, cycle, number), kind, what

    def _located(self) -> Located | None:
        chosen = self._place()
        found = None if chosen is None else locate(self.office.desk, chosen[0])
        return None if isinstance(found, Refusal) else found

    def _on_row(self) -> None:
        self._show_detail()
        self.action_changed.emit()

    def _show_detail(self) -> None:
        """Everything that is recorded of the chosen dose, or the chosen check in full."""
        chosen, at, desk = self._place(), self._located(), self.office.desk
        if chosen is not None and _is_companion(chosen[1]) and self._chart is not None:
            self.detail.set_sentences(companion_detail(desk, self._chart, chosen[2]))
            return
        if chosen is None or at is None:
            self.detail.set_sentences(() if chosen is None else self._weight_lines(chosen[2]))
            return
        for check in (*at.dose.checks, *at.dose.voided):
            if check.entry == chosen[2]:
                voided = check in at.dose.voided
                self.detail.set_sentences(check_lines(desk, at.dose.number, check, voided=voided))
                return
        record, release, override = at.dose.administration, at.dose.release, at.dose.override
        lines = [] if record is None else list(record_lines(desk, at, record))
        if override is not None:
            lines.append(say("Override: {reason}, ordered by {who} ({way}), signed by {names}",
                             reason=override.reason, who=override.prescriber, way=override.way,
                             names=spoken_all(override.signatures, ", ")))  # fmt: skip
        if release is not None:
            facts = release_facts(desk, release)
            lines.append(
                spoken_all((f"{spoken(fact.name)} {spoken(fact.text)}" for fact in facts), "; ")
            )
        if at.dose.check is not None:
            line = check_line(desk, at.dose.check)
            lines.append(say("Check before the dose: {line}. Its row shows the values.", line=line))
        self.detail.set_sentences(lines)

    def _weight_lines(self, entry: str) -> tuple[str, ...]:
        chart = self._chart
        return () if chart is None else weight_lines(self.office.desk, chart, entry)

    # Acts

    def action(self) -> ActionState:
        """What can be done with the chosen row."""
        if self.editing is not None:
            return self.editing.action()
        if self._place() is None:
            return ActionState(say("Entries are kept. Corrections are added."))
        return ActionState(self._ways(), say("Correct"))

    def _ways(self) -> str:
        """What the keys do with the chosen row: a second person signs only what waits for one."""
        record, amend = self._record(), key_text("amend", "list")
        if record is None or not record.waits:
            return say("{amend} corrects the chosen record.", amend=amend)
        if record.disputed is not None:
            return disputed_words(record.disputed)
        sign = key_text("witness", "list")
        return say("{amend} corrects the chosen record, {sign} signs as second person.",
                   amend=amend, sign=sign)  # fmt: skip

    def _record(self) -> AdministrationRecord | CompanionRecord | None:
        """The record of the chosen row; None where it tells something else."""
        chosen, at = self._place(), self._located()
        if chosen is None or self._chart is None:
            return None
        if _is_companion(chosen[1]):
            found = companion_record_of(self._chart, chosen[2])
            return None if found is None or found[1].in_error else found[1]
        if at is None or chosen[1] not in ("dose", "change"):
            return None
        return at.dose.administration

    def key_acts(self) -> KeyActs:
        """A corrects, V signs."""
        return {"list": {"amend": self.amend, "witness": self.witness}}

    def commit(self) -> None:
        """Review the correction, or begin one."""
        if self.editing is not None:
            self.editing.commit()
        else:
            self.amend()

    def focus_missing(self) -> None:
        """Show what is missing in the correction."""
        if self.editing is not None:
            self.editing.focus_missing()

    def go_back(self) -> None:
        """Leave the correction, then the page."""
        if self.editing is not None:
            self._close_form()
        else:
            super().go_back()

    def witness(self) -> None:
        """Sign the chosen record as second person."""
        chosen = self._place()
        if chosen is None or self.editing is not None:
            return
        if _is_companion(chosen[1]):
            self._cosign_companion(chosen[2])
        elif chosen[0].cycle:
            ask_cosign(self.office, chosen[0])
        else:
            self.office.say(say("A weight waits for no second person."))

    def amend(self) -> None:
        """Open the correction of the chosen row: a check or weight is voided, a dose is amended."""
        chosen, at = self._place(), self._located()
        if chosen is None or self.editing is not None:
            return
        place, kind, what = chosen
        if _is_companion(kind):
            self._amend_companion(what)
            return
        if at is None:
            self._amend_weight(kind, what)
            return
        record = at.dose.administration
        if kind == "check":
            check = next(found for found in at.dose.checks if found.entry == what)
            wrong = wrong_check(self.office, place, at, check)
            self._edit(EnteredInErrorForm(self.office, wrong))
        elif record is not None and kind not in ("error", "voided", "discarded"):
            self._edit(AmendForm(self.office, place, at, record))
        else:
            self.office.say(say("This row has no record to correct. Choose a recorded dose."))

    def _cosign_companion(self, entry: str) -> None:
        found = None if self._chart is None else companion_record_of(self._chart, entry)
        if self._chart is None or found is None or found[1].in_error:
            self.office.say(say("This record is marked as entered in error."))
        else:
            ask_cosign_companion(self.office, place_of_record(self._chart, *found))

    def _amend_companion(self, entry: str) -> None:
        found = None if self._chart is None else companion_record_of(self._chart, entry)
        if self._chart is None or found is None or found[1].in_error:
            self.office.say(say("This record is marked as entered in error already."))
            return
        lines = companion_detail(self.office.desk, self._chart, entry)
        place = place_of_record(self._chart, *found)
        self._edit(CompanionAmendForm(self.office, place, found[1], lines))

    def _amend_weight(self, kind: str, what: str) -> None:
        chart = self._chart
        if chart is None or kind != WEIGHT:
            self.office.say(say("This weight is marked as entered in error already."))
            return
        weight = next(found for found in chart.weights if found.entry == what)
        self._edit(EnteredInErrorForm(self.office, wrong_weight(self.office, chart, weight)))

    def _open(self) -> None:
        chosen = self._place()
        if chosen is None:
            return
        if _is_companion(chosen[1]):
            self.office.say(self._ways())
        elif chosen[0].cycle:
            self.office.open("dose", place=chosen[0])
        else:
            self.office.say(say("A weight belongs to no dose. A corrects it."))

    def _edit(self, form: AmendForm | CompanionAmendForm | EnteredInErrorForm) -> None:
        self.editing = form
        self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)
        form.changed.connect(self.action_changed)
        form.finished.connect(self._close_form)
        self.action_changed.emit()
        form.focus_first()

    def _close_form(self) -> None:
        form, self.editing = self.editing, None
        if form is not None:
            self._stack.setCurrentIndex(0)
            self._stack.removeWidget(form)
            form.deleteLater()
        self.refresh()
        self.table.view.setFocus()


def _is_companion(kind: str) -> bool:
    return kind in (COMPANION, COMPANION_IN_ERROR)
