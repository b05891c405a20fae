"""The encryption of the journal: how it stands, changing it by two people, trying a passphrase."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from il2desk.desk import (
    DECRYPT,
    ENCRYPT,
    ENCRYPTION_FIRST,
    ENCRYPTION_SECOND,
    LEAST_CHARACTERS,
    LOST_PASSPHRASE,
    NEW_PASSPHRASE,
    EncryptionChanged,
    EncryptionForm,
    TwoSignatures,
    clear_copies,
    encrypt_journal,
    encryption_lines,
    encryption_refusal,
    is_encrypted,
    new_token,
    review_encryption,
    try_passphrase,
)
from il2desk.dosing import Refusal
from il2desk.window.buttons import Button
from il2desk.window.fields import Choice, Form, NumberedChoice, PassphraseEdit
from il2desk.window.list_header import HeaderFacts
from il2desk.window.office import Office
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.page import ActionState, Page
from il2desk.window.pages.signing import Act, sign_twice
from il2desk.window.theme import PlainLabel, title_label
from il2desk.words import say


class EncryptionPage(Page):
    """What is asked depends on how the journal stands; nothing typed here is shown or kept."""

    help_topic = "privacy"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._token = new_token()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.state = PlainLabel(bold=True, parent=self)
        self.clear = Notice(parent=self)
        self.refused = Notice(parent=self)
        self.done = Notice(grave=False, parent=self)
        for shown in (self.state, self.clear, self.refused, self.done):
            column.addWidget(shown)
        self.form = Form(self)
        options = (
            Choice(NEW_PASSPHRASE, say("Choose a new passphrase")),
            Choice(LOST_PASSPHRASE, say("Choose a new one: nobody has the present passphrase")),
            Choice(DECRYPT, say("End the encryption")),
        )
        self.change = self.form.add(NumberedChoice(say("Change"), options))
        self.present = self.form.add(PassphraseEdit(say("Present passphrase")))
        self.new = self.form.add(PassphraseEdit(say("New passphrase")))
        self.new.set_hint(
            say(
                "At least {least} characters, such as some words in a row. Nobody can open the journal "
                "without it: keep it sealed with two named people before you go on.",
                least=LEAST_CHARACTERS,
            )
        )
        self.again = self.form.add(PassphraseEdit(say("New passphrase again")))
        for entry, following in ((self.present, self.new), (self.new, self.again)):
            entry.entered.connect(partial(self._go_on, following))
        self.change.chosen.connect(lambda _: self._show_fields())
        self.form.changed.connect(self.action_changed)
        column.addWidget(self.form)
        column.addWidget(self._trial())
        column.addStretch(1)
        self.refresh()

    def _trial(self) -> QWidget:
        """Whether the sealed copy is right, tried on the newest backup."""
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(title_label(say("Is the sealed passphrase right?"), parent=box))
        words = say(
            "Type it from the sealed copy: it is tried on the newest backup, and on nothing else."
        )
        column.addWidget(PlainLabel(words, parent=box))
        self.tried = PassphraseEdit(say("Passphrase to try"), parent=box)
        self.tried.entered.connect(self._try)
        button = Button(say("Try it"), parent=box)
        button.clicked.connect(self._try)
        column.addWidget(self.tried)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.answer = Notice(grave=False, parent=box)
        self.not_right = Notice(parent=box)
        column.addWidget(self.answer)
        column.addWidget(self.not_right)
        self.trial = box
        return box

    @property
    def title(self) -> str:
        """The title over the page."""
        return say("Encryption")

    def header(self) -> HeaderFacts:
        """The head of the page."""
        path = str(self.office.desk.journal.path)
        return HeaderFacts(say("Encryption of this journal"), path)

    def action(self) -> ActionState:
        """Name the change that two people will sign."""
        blocked = self._blocked()
        form = self.form
        missing = (
            () if form is None or blocked else tuple(one.label_text() for one in form.missing())
        )
        verbs = {
            ENCRYPT: say("Encrypt the journal"),
            DECRYPT: say("End the encryption"),
            NEW_PASSPHRASE: say("Change the passphrase"),
            LOST_PASSPHRASE: say("Replace the passphrase"),
        }
        return ActionState(
            say("Two people sign the change."),
            verbs.get(self._change(), say("Change the encryption")),
            missing,
            blocked,
        )

    def commit(self) -> None:
        """Ask the desk whether it can be done, then both people."""
        asked = self._form()
        if not asked.change:
            self.change.judge()
            self.change.focus_entry()
            return
        refusal = review_encryption(self.office.desk, asked)
        if refusal is not None:
            self._refuse(refusal)
            return
        self.refused.set_sentences(())
        act = Act(
            say("Encryption of the journal"), encryption_lines(asked), ENCRYPTION_FIRST, ENCRYPTION_SECOND
        )  # fmt: skip
        sign_twice(self.office, act, partial(self._store, asked), self._stored)

    def _store(self, asked: EncryptionForm, signed: TwoSignatures) -> object:
        answer = encrypt_journal(self.office.desk, asked, signed, self._token)
        if isinstance(answer, EncryptionChanged):
            self._changed(answer)
        return answer

    def _changed(self, changed: EncryptionChanged) -> None:
        faults = tuple(str(fault) for fault in changed.backed_up.faults)
        kept = say("The file that was there is kept as {name}.", name=changed.kept_as)
        self.done.set_sentences((kept, *faults))

    def _stored(self) -> None:
        self._token = new_token()
        self.office.stored()

    def refresh(self) -> None:
        """Show how the journal stands; passphrases that were typed are not kept."""
        desk = self.office.desk
        encrypted = is_encrypted(desk)
        self.state.setText(
            say("This journal is encrypted.")
            if encrypted
            else say("This journal is not encrypted.")
        )
        found = self.office.guarded(partial(clear_copies, desk.journal)) or ()
        destroy = say(
            "Destroy what is not encrypted when you are sure that journal and passphrase work."
        )
        self.clear.set_sentences((*found, destroy) if found else ())
        self.change.clear_entry()
        self.trial.setVisible(encrypted)
        self._show_fields()
        self.action_changed.emit()

    def opened(self) -> None:
        """Begin with the first field."""
        if self.form is not None and not self._blocked():
            self.form.shown()[0].focus_entry()

    def _blocked(self) -> str:
        refusal = encryption_refusal(self.office.desk)
        return "" if refusal is None else refusal.text

    def _change(self) -> str:
        if not is_encrypted(self.office.desk):
            return ENCRYPT
        return self.change.value() or ""

    def _form(self) -> EncryptionForm:
        typed = (one.value() or "" for one in (self.present, self.new, self.again))
        return EncryptionForm(self._change(), *typed)

    def _show_fields(self) -> None:
        encrypted, allowed = is_encrypted(self.office.desk), not self._blocked()
        change = self._change()
        self.change.setVisible(encrypted and allowed)
        self.present.setVisible(allowed and change in (NEW_PASSPHRASE, DECRYPT))
        for entry in (self.new, self.again):
            entry.setVisible(allowed and change not in ("", DECRYPT))
        for entry in (self.present, self.new, self.again):
            entry.clear_entry()
        self.action_changed.emit()

    def _go_on(self, following: PassphraseEdit) -> None:
        if not following.isHidden():
            following.focus_entry()

    def _refuse(self, refusal: Refusal) -> None:
        places: dict[str, PassphraseEdit] = {
            "present": self.present, "passphrase": self.new, "passphrase-again": self.again,
        }  # fmt: skip
        entry = places.get(refusal.code)
        if entry is None:
            self.refused.refuse(refusal.reasons)
            return
        entry.clear_entry()
        entry.set_error(refusal.text)
        entry.focus_entry()

    def _try(self) -> None:
        if not self.tried.judge():
            self.tried.focus_entry()
            return
        typed = self.tried.value() or ""
        self.tried.clear_entry()
        ask: Callable[[], str | Refusal] = partial(try_passphrase, self.office.desk, typed)
        answer = self.office.guarded(ask)
        self.answer.set_sentences((answer,) if isinstance(answer, str) else ())
        self.not_right.set_sentences(answer.reasons if isinstance(answer, Refusal) else ())
