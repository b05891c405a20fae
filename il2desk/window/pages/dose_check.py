"""Step 3: the check before the dose, judged whenever a field is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout

from il2desk.desk import (
    DosePlace,
    Located,
    check_end,
    drafts,
    judge,
    new_token,
    record_check,
    rule_set_for,
)
from il2desk.dosing import (
    FINDING_CODES,
    Assessment,
    Raw,
    Refusal,
    RuleSet,
    unjudged_rows,
    write_clock,
    write_date,
)
from il2desk.window.buttons import Button
from il2desk.window.form_draft import FormDraft
from il2desk.window.office import Office
from il2desk.window.pages.check_action import next_step, to_record, way_on
from il2desk.window.pages.check_area import CheckArea, criteria_table, grouped
from il2desk.window.pages.check_recorded import (
    check_line,
    recorded_rows,
    recorded_values,
    untimed_of,
)
from il2desk.window.pages.check_row import CheckRow, RowFacts
from il2desk.window.pages.check_words import (
    criteria_rows,
    held_line,
    live_strip,
    not_judged_text,
    recorded_strip,
    result_of,
    supplied_text,
    told_limits,
)
from il2desk.window.pages.facts_grid import FactsGrid
from il2desk.window.pages.moment import MomentFields, MomentRow, moment_from
from il2desk.window.pages.page import ActionState
from il2desk.window.pages.step import Step
from il2desk.window.strips import VerdictStrip
from il2desk.window.tables import RecordTable
from il2desk.window.theme import SECONDARY_PX, PlainLabel
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.pages.dose import DosePage


_TABLE_MS = 120


class CheckStep(Step):
    """Rows for every code of the rule set; the strip says the verdict on what is typed."""

    number = 3
    help_topic = "check"

    def __init__(self, office: Office, place: DosePlace, page: DosePage) -> None:
        super().__init__(office, place, page)
        self.title = say("Pre-dose check")
        self._token = new_token()
        self._rules: RuleSet | Refusal | None = None
        self._rows: list[CheckRow] = []
        self._answer: Assessment | None = None
        self._clearing = False
        self.strip = VerdictStrip(self)
        self._refused = PlainLabel(bold=True, parent=self)
        self._refused.set_ink("stop")
        self._supplied = PlainLabel(px=SECONDARY_PX, parent=self)
        self._unjudged = PlainLabel(px=SECONDARY_PX, bold=True, parent=self)
        area = self._area = CheckArea(self)
        self._inner, self._list = area.inner, area.rows
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.again = Button(say("New check"), parent=self)
        for part in (self.strip, self._refused, self._unjudged):
            column.addWidget(part)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.again.clicked.connect(self.new_check)
        column.addWidget(area, 1)
        self._recorded = PlainLabel(bold=True, parent=self._inner)
        self._values = FactsGrid(name_px=230, parent=self._inner)
        self._anew = PlainLabel(
            say("New check. It does not change the recorded one."), bold=True, parent=self._inner
        )
        self._shared = MomentRow(self._inner)
        self.when = MomentFields(
            self._shared, office.now, office.desk.zone, required=False,
            names=(say("on"), say("All empty rows measured at")),
        )  # fmt: skip
        self._table = criteria_table(self._inner)
        # Forty wrapped rows are laid out after the verdict is painted, not before.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TABLE_MS)
        self._soon.timeout.connect(self._fill_table)
        self._shared.changed.connect(self._shared_changed)
        for entry in self._shared.entries:
            entry.settled.connect(self._judge)
        at = drafts.DraftPlace("check", place.subject, place.cycle, place.number)
        self._draft = FormDraft(office, self, at, self._shared.changed)

    def refresh(self, located: Located) -> None:
        """Show the recorded check, or the verdict on what is typed."""
        super().refresh(located)
        if self._rules is None:
            self._build(located)
        self._supplied.setText(supplied_text(self.office.desk, located))
        self._show_recorded(located)
        self._judge()

    def _show_recorded(self, at: Located) -> None:
        """The recorded check stays readable, value by value: two people sign that they checked it."""
        check = at.dose.check
        strong, none = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.NoFocus
        self._area.setFocusPolicy(none if check is None else strong)
        for part in (self._recorded, self._values, self._anew, self.again):
            part.setVisible(check is not None)
        if check is None:
            self._recorded.setText("")
            self._values.set_facts(())
            return
        line = check_line(self.office.desk, check)
        self._recorded.setText(say("Recorded check: {line}", line=line))
        self._values.set_facts(recorded_values(self.office.desk, check))

    def recorded_text(self) -> str:
        """The recorded check as it is shown, a line a value; empty where there is none."""
        facts = (f"{fact.name}: {fact.text}" for fact in self._values.facts())
        return "\n".join((self._recorded.text(), *facts)).strip()

    def opened(self) -> None:
        """Put the keyboard on the recorded check, to read it; else into the time for all rows."""
        check = None if self.located is None else self.located.dose.check
        if check is None or self._typed():
            self.when.time.focus_entry()
            return
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)  # arrows and Page down scroll it
        self._area.verticalScrollBar().setValue(0)

    def new_check(self) -> None:
        """Show the rows of another check, which stand below the recorded one."""
        self._area.verticalScrollBar().setValue(self._anew.y())
        self.when.time.focus_entry()

    def action(self) -> ActionState:
        """Record the check, or go on."""
        at = self.located
        if at is not None and at.dose.check is not None and not self._typed():
            return way_on(self.office.desk, at)
        return to_record(self._answer, self._missing())

    def commit(self) -> None:
        """Record the check, or go on where nothing is typed."""
        if not self._typed():
            step = next_step(self.office.desk, self.located)
            self.new_check() if step is None else self.page.show_step(step)
            return
        raw, measured = self._found()
        entry = record_check(self.office.desk, self.place, raw, measured, self._token)
        if isinstance(entry, Refusal):
            self._refuse(entry.text)
            return
        self._token = new_token()
        self._clear_rows()
        self._draft.recorded()
        self.office.stored(entry)
        self.opened()

    def focus_missing(self) -> None:
        """Put the keyboard into the first row that is wrong, or the missing time."""
        for row in self._rows:
            row.show_wrong()
            if row.wrong():
                row.focus_value()
                return
        for field in (self.when.time, self.when.date):
            if field.value() is None:
                field.set_error(say("Type when the values were measured."))
                field.focus_entry()
                return
        if self._rows:
            self._rows[0].focus_value()

    def rows(self) -> tuple[CheckRow, ...]:
        """The rows shown."""
        return tuple(self._rows)

    def row(self, code: str) -> CheckRow:
        """The row of a finding code. KeyError where there is none."""
        for row in self._rows:
            if row.facts.code.code == code:
                return row
        raise KeyError(code)

    def table(self) -> RecordTable:
        """Every criterion with its result."""
        return self._table

    def supplied_text(self) -> str:
        """What the program puts into the verdict by itself."""
        return self._supplied.text()

    def refusal_text(self) -> str:
        """Why nothing could be judged or recorded, or empty text."""
        return self._refused.text()

    # Building

    def _build(self, at: Located) -> None:
        rules = rule_set_for(self.office.desk, at.cycle)
        self._rules = rules
        if isinstance(rules, Refusal):
            return
        weight = at.chart.dosing_weight
        for part in (self._recorded, self._values, self._anew):
            self._list.addWidget(part)
        self._list.addWidget(self._shared)
        self._list.addWidget(self._supplied)
        for head, codes in grouped(rules):
            self._list.addWidget(PlainLabel(head, bold=True, parent=self._inner))
            for code in codes:
                limits = told_limits(code, rules, None if weight is None else weight.weight_kg)
                facts = RowFacts(FINDING_CODES[code], code in rules.required, limits)
                self._add(CheckRow(facts, self.office.now, self._inner))
        self._list.addWidget(PlainLabel(say("Criteria"), bold=True, parent=self._inner))
        self._list.addWidget(self._table)

    def _add(self, row: CheckRow) -> None:
        self._list.addWidget(row)
        self._rows.append(row)
        row.settled.connect(self._judge)
        row.edited.connect(self._edited)
        row.edited.connect(self._draft.typed)
        row.entered.connect(self._next)

    # Judging

    def _typed(self) -> bool:
        return any(row.raw() is not None for row in self._rows)

    def _found(self) -> tuple[dict[str, Raw], dict[str, datetime]]:
        """What can be judged: values without an error, with their moments where known."""
        raw: dict[str, Raw] = {}
        measured: dict[str, datetime] = {}
        for row in self._rows:
            value, code = row.raw(), row.code_used()
            if value is None or code is None or row.wrong():
                continue
            raw[code] = value
            moment = self._moment(row)
            if isinstance(moment, datetime):
                measured[code] = moment
        return raw, measured

    def _moment(self, row: CheckRow) -> datetime | Refusal | None:
        """The row's own time and day; where one is empty, that of all rows."""
        clock, day = row.clock() or self.when.time.value(), row.day() or self.when.date.value()
        if clock is None or day is None or row.time.error_text() or row.date.error_text():
            return None
        fold = self.when.fold.value()
        zone, now = self.office.desk.zone, self.office.now()
        return moment_from(day, clock, zone, now, None if fold is None else int(fold))

    def _judge(self, value: object = None) -> None:  # noqa: ARG002 - signals carry a value
        at, rules = self.located, self._rules
        if at is None or self._clearing:
            return
        self._clear_answer()
        if isinstance(rules, Refusal):
            self._refuse(rules.text)
            return
        if rules is None:
            return
        if not self._typed() and at.dose.check is not None:
            facts = recorded_strip(self.office.desk, at.dose, rules)
            self.strip.set_facts(replace(facts, action=held_line(at)))
            self._soon.start()
            self.changed.emit()
            return
        raw, measured = self._found()
        answer = judge(self.office.desk, at, raw, measured)
        if isinstance(answer, Refusal):
            self._refuse(answer.text)
            self.changed.emit()
            return
        self._show(at, rules, answer, check_end(self.office.desk, at, raw, measured))

    def _show(
        self, at: Located, rules: RuleSet, answer: Assessment, end: tuple[datetime | None, str]
    ) -> None:
        self._answer = answer
        facts = live_strip(self.office.desk, rules, answer, end)
        self.strip.set_facts(replace(facts, action=held_line(at)))
        for row in self._rows:
            moment = self._moment(row) if row.raw() is not None else None
            if isinstance(moment, Refusal):
                row.time.set_error(moment.text)
            word, weighs = result_of(
                row.facts.code.code, answer, required=row.facts.required,
                given=row.raw() is not None, timed=isinstance(moment, datetime),
            )  # fmt: skip
            row.show_result(say("not readable") if row.wrong() else word, weighs=weighs)
        text = not_judged_text(answer)
        self._unjudged.setText(text)
        self._unjudged.setVisible(bool(text))
        if self._typed():
            self._soon.start()
        self.changed.emit()

    def _fill_table(self) -> None:
        """List every criterion of the verdict that stands now; its rows say the same already."""
        check = None if self.located is None else self.located.dose.check
        if self._answer is not None and self._typed():
            below = unjudged_rows(self._answer.unjudged)
            self._table.set_rows(criteria_rows((*self._answer.criteria, *below), self._untimed()))
        elif check is not None and not self._typed():
            self._table.set_rows(criteria_rows(recorded_rows(check), untimed_of(check)))

    def _clear_answer(self) -> None:
        """No verdict and no result stands while the next is worked out."""
        self._answer = None
        self.strip.set_facts(None)
        self._refuse("")
        self._unjudged.hide()
        self._soon.stop()
        if self._table.rows():
            self._table.set_rows(())
        for row in self._rows:
            row.show_result("", weighs=False)

    def _missing(self) -> tuple[str, ...]:
        if not self._typed():
            return (say("the first value"),)
        names = [row.facts.code.name for row in self._rows if row.wrong()]
        if self._untimed():
            names.append(say("when the values were measured"))
        return tuple(names)

    def _untimed(self) -> frozenset[str]:
        """Codes with a value and without the moment it was measured."""
        typed = (row for row in self._rows if row.raw() is not None)
        return frozenset(
            row.facts.code.code for row in typed if not isinstance(self._moment(row), datetime)
        )

    def _edited(self) -> None:
        # A verdict on a value that is being changed must not stand.
        if not self._clearing and self._answer is not None:
            self._clear_answer()
            self.strip.wait()
            self.changed.emit()

    def _shared_changed(self) -> None:
        clock, day = self.when.time.value(), self.when.date.value()
        for row in self._rows:
            row.show_shared(
                "" if clock is None else write_clock(clock), "" if day is None else write_date(day)
            )

    def _next(self) -> None:
        """Enter in a value goes to the next row's value; Tab goes to its time."""
        sender = self.sender()
        if isinstance(sender, CheckRow) and sender in self._rows:
            at = self._rows.index(sender) + 1
            if at < len(self._rows):
                self._rows[at].focus_value()

    def _refuse(self, text: str) -> None:
        self._refused.setText(text)
        self._refused.setVisible(bool(text))

    def _clear_rows(self) -> None:
        self._clearing = True
        for row in self._rows:
            row.clear()
        self.when.clear()
        self._clearing = False
        self._table.set_rows(())
