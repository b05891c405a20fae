"""The prescriber's order, or its amendment, as it stands on the prescriber's paper."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout

from il2desk.desk import (
    Order,
    OrderForm,
    PatientChart,
    Signature,
    active_version,
    amend_order,
    chart_of,
    drafts,
    moment_of,
    new_token,
    write_order,
)
from il2desk.dosing import Refusal, write_dose, write_moment
from il2desk.window.fields import Choice, Entry, Form, NumberedChoice, TextEntry
from il2desk.window.form_draft import FormDraft
from il2desk.window.office import Office
from il2desk.window.pages.dose_edit import DoseEdit
from il2desk.window.pages.facts_grid import Fact, FactsGrid
from il2desk.window.pages.moment import MomentFields
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.page import ActionState, Page
from il2desk.window.pages.review import Review, review_and_sign
from il2desk.words import say

NEW, AMEND = "new", "amend"


class OrderPage(Page):
    """Writes a new order or amends the last one; the old one stays in the journal."""

    help_topic = "order"

    def __init__(self, office: Office, subject: str) -> None:
        super().__init__(office)
        self.subject = subject
        self._token = new_token()
        self._order: Order | None = None
        self._blocked: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.notice = Notice(parent=self)
        column.addWidget(self.notice)
        self.facts = FactsGrid(parent=self)
        column.addWidget(self.facts)
        self._fields = Form(self)
        self.form = self._fields
        self._make_fields()
        column.addWidget(self._fields)
        self._fields.changed.connect(self.action_changed)
        about = drafts.DraftPlace("order", subject)
        self._draft = FormDraft(office, self._fields, about, self._fields.changed)
        self.refresh()

    def _make_fields(self) -> None:
        form = self._fields
        choices = (
            Choice(NEW, say("A new order")), Choice(AMEND, say("An amendment of this order")),
        )  # fmt: skip
        self.kind = form.add(NumberedChoice(say("What is entered"), choices, columns=2))
        self.prescriber = form.add(TextEntry(say("Prescriber"), required=True))
        now, zone = self.office.now, self.office.desk.zone
        names = (say("Order written, date"), say("Order written, time"))
        self.written = MomentFields(form, now, zone, names=names)
        self.dose = form.add(DoseEdit(say("DOSE ordered, international units")))
        self.consent = form.add(TextEntry(say("Consent confirmed by"), required=True))
        self.eligible = form.add(TextEntry(say("Eligibility confirmed by"), required=True))
        self.reason = form.add(TextEntry(say("Why it was amended"), required=True))
        self.reason.hide()
        self.kind.chosen.connect(self._on_kind)

    @property
    def title(self) -> str:
        """The title over the page."""
        return say("Prescriber's order")

    def refresh(self) -> None:
        """Read the order in force."""
        chart = chart_of(self.office.desk, self.subject or "")
        if isinstance(chart, Refusal):
            self._block(chart)
            return
        self._order = chart.order
        self.kind.setVisible(chart.order is not None)
        version = active_version(self.office.desk, chart.subject.protocol)
        if isinstance(version, Refusal):
            self._block(version)
        else:
            self._blocked = ()
            self.notice.set_sentences(())
        self.facts.set_facts(self._facts(chart))
        self.action_changed.emit()

    def _block(self, refusal: Refusal) -> None:
        self._blocked = refusal.reasons
        self.notice.set_sentences(refusal.reasons)

    def _facts(self, chart: PatientChart) -> list[Fact]:
        version = active_version(self.office.desk, chart.subject.protocol)
        shown = chart.subject.protocol
        if not isinstance(version, Refusal):
            shown = f"{version.title}, {version.version}"
        facts = [Fact(say("Protocol"), shown)]
        if chart.subject.arm is not None:
            facts.append(Fact(say("Arm"), chart.subject.arm))
        order = chart.order
        if order is not None:
            when = write_moment(self.office.desk.local(moment_of(order.ordered_at)))
            said = say(
                "DOSE {dose}, {name}, {when}",
                dose=write_dose(order.ordered_dose_iu), name=order.prescriber, when=when,
            )  # fmt: skip
            facts.append(Fact(say("Order in force"), said))
        return facts

    def _amends(self) -> bool:
        return self._order is not None and self.kind.value() == AMEND

    def _on_kind(self, kind: str) -> None:
        self.reason.setVisible(kind == AMEND)
        for entry in (self.consent, self.eligible):
            entry.setVisible(kind != AMEND)
        self.action_changed.emit()

    def action(self) -> ActionState:
        """Review, then sign."""
        missing = tuple(entry.label_text() for entry in self._fields.missing())
        blocked = self._blocked[0] if self._blocked else ""
        return ActionState(say("No order is stored yet."), say("Review and sign"), missing, blocked)

    def commit(self) -> None:
        """Open the review."""
        wrong = self.written.wrong()
        usable = self._fields.judge_all()
        if wrong is not None:
            self.written.time.set_error(wrong)
        if not usable or wrong is not None:
            self._fields.focus_first_wrong()
            return
        self.notice.set_sentences(())
        shown = self._fields.shown()
        lines = tuple(
            f"{entry.label_text()}  {entry.typed().strip()}"
            for entry in shown
            if entry is not self.dose
        )
        dose = say("DOSE {dose}", dose=write_dose(self.dose.value() or Decimal(0)))
        heading = say("Amend the order") if self._amends() else say("Store the order")
        meaning = say("I entered the prescriber's order as it is written")
        review = Review(heading, (dose, *lines), meaning)
        review_and_sign(self.office, review, self._store, self._stored, self._refused)

    def _store(self, signed: Signature) -> str | Refusal:
        when, dose = self.written.moment(), self.dose.value()
        if when is None or isinstance(when, Refusal) or dose is None:
            return Refusal(
                "form", (say("Something was changed after the review. Review it again."),)
            )
        form = OrderForm(
            prescriber=self.prescriber.value() or "", ordered_at=when, ordered_dose_iu=dose,
            consent_confirmed_by=self.consent.value() or "",
            eligibility_confirmed_by=self.eligible.value() or "", reason=self.reason.value() or "",
        )  # fmt: skip
        subject = self.subject or ""
        if self._amends() and self._order is not None:
            return amend_order(self.office.desk, subject, self._order.id, form, self._token, signed)
        return write_order(self.office.desk, subject, form, self._token, signed)

    def _stored(self, _order: str) -> None:
        self._draft.recorded()
        chart = chart_of(self.office.desk, self.subject or "")
        planned = isinstance(chart, PatientChart) and bool(chart.cycles)
        self.office.replace("board" if planned else "plan", subject=self.subject)
        self.office.stored()

    def _refused(self, refusal: Refusal) -> None:
        places: dict[str, Entry] = {
            "prescriber": self.prescriber, "future": self.written.time, "consent": self.consent,
            "eligibility": self.eligible, "reason": self.reason, "order-differs": self.dose,
        }  # fmt: skip
        entry = places.get(refusal.code)
        if entry is None:
            self.notice.set_sentences(refusal.reasons)
            return
        entry.set_error(refusal.text)
        entry.focus_entry()

    def opened(self) -> None:
        """Begin with the first field."""
        first = self._fields.shown()[0]
        first.focus_entry()
