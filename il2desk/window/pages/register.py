"""Registering a patient: one column, then review and sign."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from il2desk.desk import Signature, bundle_of, drafts, new_token, register_subject, versions
from il2desk.dosing import Refusal
from il2desk.window.form_draft import FormDraft
from il2desk.window.office import Office
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.page import ActionState, Page
from il2desk.window.pages.register_form import ANOTHER, RegisterForm
from il2desk.window.pages.review import Review, review_and_sign
from il2desk.words import say


class RegisterPage(Page):
    """The registration of a new patient for an active protocol."""

    help_topic = "register"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._token = new_token()
        active = [found for found in versions(office.desk) if found.status == "active"]
        self._arms = {found.protocol: self._arms_of(found.fingerprint) for found in active}
        offered = tuple((found.protocol, found.title, found.version) for found in active)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.notice = Notice(parent=self)
        column.addWidget(self.notice)
        self._fields = RegisterForm(office.now, offered, self._arms.__getitem__, self)
        self.form = self._fields
        column.addWidget(self._fields)
        self._blocked = ""
        if not active:
            self._blocked = say(
                "No protocol is active. Open Protocols, bring in the site's copy of the protocol and "
                "have two people activate it."
            )
            self.notice.set_sentences((self._blocked,))
        self._fields.changed.connect(self.action_changed)
        about = drafts.DraftPlace("register")
        self._draft = FormDraft(office, self._fields, about, self._fields.changed)

    def _arms_of(self, fingerprint: str) -> tuple[tuple[str, str], ...]:
        bundle = bundle_of(self.office.desk, fingerprint)
        if isinstance(bundle, Refusal):
            return ()
        return tuple(
            (one.arm, one.title) for one in bundle.protocol.regimens if one.arm is not None
        )

    @property
    def title(self) -> str:
        """The title over the page."""
        return say("Register a patient")

    def action(self) -> ActionState:
        """Review, then sign."""
        missing = tuple(entry.label_text() for entry in self._fields.missing())
        return ActionState(
            say("Nobody is registered yet."), say("Review and sign"), missing, self._blocked
        )

    def commit(self) -> None:
        """Open the review."""
        if not self._fields.judge_all():
            self._fields.focus_first_wrong()
            return
        if not self._fields.same.isHidden() and self._fields.same.value() != ANOTHER:
            self.office.replace("find")
            return
        self.notice.set_sentences(())
        review = Review(
            say("Register this patient"), self._fields.review(),
            say("I compared these facts with the patient's papers"),
        )  # fmt: skip
        review_and_sign(self.office, review, self._store, self._stored, self._refused)

    def _store(self, signed: Signature) -> str | Refusal:
        answered = self._fields.same.value() == ANOTHER
        return register_subject(
            self.office.desk,
            self._fields.registration(),
            self._token,
            same_person_answered=answered,
            signed=signed,
        )

    def _stored(self, subject: str) -> None:
        self._draft.recorded()
        self.office.replace("order", subject=subject)
        self.office.stored()

    def _refused(self, refusal: Refusal) -> None:
        if self._fields.refuse(refusal) is None:
            self.notice.refuse(refusal.reasons)
        self.action_changed.emit()

    def opened(self) -> None:
        """Begin with the trial number."""
        self._fields.trial.focus_entry()
