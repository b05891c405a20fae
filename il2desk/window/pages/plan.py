"""Planning a cycle: a start, all planned times before anything is stored, then review and sign."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtWidgets import QVBoxLayout

from il2desk.desk import (
    CyclePlan,
    PatientChart,
    Signature,
    active_version,
    chart_of,
    drafts,
    new_token,
    plan_cycle,
    plan_refusal,
    preview_cycle,
    times_to_come,
    until_next,
)
from il2desk.dosing import (
    COUNT,
    Refusal,
    Schedule,
    write_clock,
    write_moment,
    write_offset,
    write_weekday,
)
from il2desk.window.fields import ClinicalDateEdit, ClinicalNumberEdit, Form, TextEntry
from il2desk.window.form_draft import FormDraft
from il2desk.window.office import Office
from il2desk.window.pages.moment import MomentFields
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.page import ActionState, Page
from il2desk.window.pages.review import Review, review_and_sign
from il2desk.window.spoken import spoken_all
from il2desk.window.tables import Column, RecordTable, Row
from il2desk.words import say


class PlanPage(Page):
    """The next cycle of the patient."""

    help_topic = "plan"

    def __init__(self, office: Office, subject: str) -> None:
        super().__init__(office)
        self.subject = subject
        self._token = new_token()
        self._schedule: Schedule | None = None
        self._blocked: tuple[str, ...] = ()
        self._planned = ""
        self._to_come: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.notice = Notice(parent=self)
        column.addWidget(self.notice)
        self._fields = Form(self)
        self.form = self._fields
        self.course = self._fields.add(ClinicalNumberEdit(COUNT, say("Course")))
        self.course.set_hint(say("1 for the patient's first course; the cycle is counted in it"))
        names = (say("First dose, date"), say("First dose, time"))
        self.start = MomentFields(
            self._fields, office.now, office.desk.zone, names=names, past_only=False
        )
        self.discharged = self._fields.add(
            ClinicalDateEdit(say("Day of leaving hospital"), office.now)
        )
        self.discharged.hide()
        self.early = self._fields.add(TextEntry(say("Why this early"), required=True))
        self.early.hide()
        column.addWidget(self._fields)
        self.times = Notice(grave=False, parent=self)
        column.addWidget(self.times)
        self.changed = Notice(grave=False, parent=self)
        column.addWidget(self.changed)
        columns = (
            Column(say("Dose"), stretch=0),
            Column(say("Planned"), stretch=2),
            Column(say("Offset from UTC")),
        )
        self.table = RecordTable(columns, name=say("Planned times"), parent=self)
        self.table.set_empty(
            say("Enter date and time of the first dose to see every planned time.")
        )
        column.addWidget(self.table)
        column.addStretch(1)
        self._fields.changed.connect(self.preview)
        about = drafts.DraftPlace("plan", subject)
        self._draft = FormDraft(office, self._fields, about, self._fields.changed)
        self.refresh()

    @property
    def title(self) -> str:
        """The title over the page."""
        return say("Plan a cycle")

    def refresh(self) -> None:
        """Ask whether a cycle can be planned at all."""
        self._blocked = ()
        self._planned = ""
        self._to_come = times_to_come(self.office.desk, self.subject or "")
        chart = chart_of(self.office.desk, self.subject or "")
        if isinstance(chart, Refusal):
            self._blocked = chart.reasons
        else:
            self._planned = _planned(chart)
            version = active_version(self.office.desk, chart.subject.protocol)
            if isinstance(version, Refusal):
                self._blocked = version.reasons
        self.preview()

    def preview(self) -> None:
        """Show every planned time of the start that is typed; the old ones go first."""
        self._schedule = None
        self.table.set_rows(())
        self.changed.set_sentences(())
        self.notice.set_sentences(self._blocked)
        self._show_times()
        found = self._asked()
        if found is not None and not self._blocked:
            self._show(found)
        self.action_changed.emit()

    def _show_times(self) -> None:
        """What comes after the last cycle, and how long the typed course waits, as it is typed."""
        course, waits = self.course.value(), ""
        if course is not None:
            waits = until_next(self.office.desk, self.subject or "", int(course), self._left())
        lines = dict.fromkeys(line for line in (*self._to_come, waits) if line)
        self.times.set_sentences(tuple(lines))

    def _left(self) -> date | None:
        """The day of leaving hospital, where it is asked for."""
        return None if self.discharged.isHidden() else self.discharged.value()

    def _moment(self) -> datetime | None:
        moment = self.start.moment()
        return None if moment is None or isinstance(moment, Refusal) else moment

    def _asked(self) -> Schedule | Refusal | None:
        moment = self._moment()
        if moment is None:
            return None
        naive = moment.replace(tzinfo=None, fold=0)
        return preview_cycle(self.office.desk, self.subject or "", naive, fold=moment.fold)

    def _show(self, found: Schedule | Refusal) -> None:
        if isinstance(found, Refusal):
            self.notice.set_sentences(found.reasons)
            return
        self._schedule = found
        if found.clock_change is not None:
            self.changed.set_sentences((found.clock_change.text,))
        rows = [
            Row(
                str(dose.number),
                (
                    str(dose.number),
                    f"{write_weekday(dose.local.date())} {write_clock(dose.local)}",
                    write_offset(dose.local),
                ),
            )
            for dose in found.doses
        ]
        self.table.set_rows(rows, len(rows))

    def action(self) -> ActionState:
        """Review, then sign."""
        missing = tuple(entry.label_text() for entry in self._fields.missing())
        blocked = self._blocked[0] if self._blocked else ""
        if not missing and not blocked and self._schedule is None:
            blocked = spoken_all(self.notice.sentences()) or self.start.wrong() or ""
        return ActionState(self._planned, say("Review and sign"), missing, blocked)

    def commit(self) -> None:
        """Open the review of every planned time."""
        wrong = self.start.wrong()
        if not self._fields.judge_all() or wrong is not None or self._schedule is None:
            if wrong is not None:
                self.start.time.set_error(wrong)
            self._fields.focus_first_wrong()
            return
        plan = self._plan()
        desk, subject = self.office.desk, self.subject or ""
        refused = None if plan is None else plan_refusal(desk, subject, plan)
        if refused is not None:  # said before anybody signs for it
            self._refused(refused)
            return
        doses = self._schedule.doses
        lines = [
            say("{n} doses", n=len(doses)),
            say("Dose 1  {when}", when=write_moment(doses[0].local)),
            say("Dose {n}  {when}", n=doses[-1].number, when=write_moment(doses[-1].local)),
            say("Course {course}", course=self.course.typed()),
        ]
        if self._schedule.clock_change is not None:
            lines.append(self._schedule.clock_change.text)
        if not self.early.isHidden():
            lines.append(say("Reason for the early start  {why}", why=self.early.typed()))
        if not self.discharged.isHidden():
            lines.append(say("Left hospital on  {day}", day=self.discharged.typed()))
        meaning = say("I compared the start with the prescriber's order")
        review = Review(say("Plan this cycle"), tuple(lines), meaning)
        review_and_sign(self.office, review, self._store, self._stored, self._refused)

    def _plan(self) -> CyclePlan | None:
        """The cycle as it is typed, or None where it is not whole."""
        moment, course = self._moment(), self.course.value()
        if moment is None or course is None:
            return None
        reason = "" if self.early.isHidden() else self.early.value() or ""
        naive = moment.replace(tzinfo=None, fold=0)
        return CyclePlan(naive, int(course), moment.fold, reason, self._left())

    def _store(self, signed: Signature) -> str | Refusal:
        plan = self._plan()
        if plan is None:
            return Refusal(
                "form", (say("Something was changed after the review. Review it again."),)
            )
        return plan_cycle(self.office.desk, self.subject or "", plan, self._token, signed)

    def _stored(self, _cycle: str) -> None:
        self._draft.recorded()
        self.office.replace("board", subject=self.subject)
        self.office.stored()

    def _refused(self, refusal: Refusal) -> None:
        if refusal.code == "rest":
            self.early.show()
            self.early.set_error(refusal.text)
            self.early.focus_entry()
        elif refusal.code == "discharge":
            self.discharged.show()
            self.discharged.set_error(refusal.text)
            self.discharged.focus_entry()
        else:
            self.notice.refuse(refusal.reasons)
        self.action_changed.emit()

    def opened(self) -> None:
        """Begin with the course."""
        self.course.focus_entry()


def _planned(chart: PatientChart) -> str:
    """What is planned so far, and that the form adds nothing to it yet."""
    cycles = tuple(chart.cycles.values())
    if not cycles:
        return say("No cycle is planned yet.")
    last = max(cycles, key=lambda cycle: cycle.planned_at)
    return say(
        "Last planned: course {course}, cycle {cycle}. This one is not recorded yet.",
        course=last.course,
        cycle=last.number,
    )
