"""Protocols of the site: what there is, what is missing, bringing a file in, activating by two."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from il2desk.desk import (
    ACTIVATE_FIRST,
    ACTIVATE_SECOND,
    TwoSignatures,
    activate,
    bring_in,
    new_token,
)
from il2desk.dosing import Refusal
from il2desk.window.buttons import Button
from il2desk.window.fields import TextEntry
from il2desk.window.list_header import HeaderFacts
from il2desk.window.office import Office
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.page import ActionState, Page
from il2desk.window.pages.protocol_rows import Listed, in_groups, listed
from il2desk.window.pages.signing import Act, sign_twice
from il2desk.window.tables import Column, RecordTable, Row
from il2desk.window.theme import PlainLabel, lot_font, title_label
from il2desk.words import say

_TEXT_HEIGHT = 260


class ProtocolsPage(Page):
    """With a path typed, the act is to bring that file in; else to activate the chosen draft."""

    help_topic = "protocol-files"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._token = new_token()
        self._listed: dict[str, Listed] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.path = TextEntry(say("Protocol file"), parent=self)
        self.path.set_hint(say("The full path of the site's copy; files it names lie beside it"))
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        pick = Button(say("Choose a file"), parent=self)
        pick.clicked.connect(self._pick)
        row.addWidget(pick, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        self.problems = Notice(parent=self)
        column.addWidget(self.problems)
        self.table = RecordTable(
            (
                Column(say("Protocol"), stretch=4), Column(say("Version"), stretch=0),
                Column(say("Status"), stretch=0), Column(say("What is missing"), stretch=2),
            ),
            name=say("Protocols"), parent=self,
        )  # fmt: skip
        column.addWidget(self.table)
        self.chosen = title_label("", parent=self)
        column.addWidget(self.chosen)
        self.points = Notice(grave=False, parent=self)
        column.addWidget(self.points)
        self._file = PlainLabel(
            say("Every value of the file, as it was read"), muted=True, parent=self
        )
        column.addWidget(self._file)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(lot_font())
        self.text.setMinimumHeight(_TEXT_HEIGHT)
        column.addWidget(self.text, 1)
        self.path.edited.connect(self._on_path)
        self.table.selected.connect(self._on_chosen)
        self.refresh()

    @property
    def title(self) -> str:
        """The title over the page."""
        return say("Protocols")

    def header(self) -> HeaderFacts:
        """The head of the list."""
        active = sum(1 for one in self._listed.values() if one.status == "active")
        return HeaderFacts(say("Protocols of this site"), counts=say("{n} active", n=active))

    def refresh(self) -> None:
        """Read versions and specimens anew; the chosen one stays chosen."""
        self._listed = {one.id: one for one in listed(self.office.desk)}
        rows = [
            Row(one.id, (one.title, one.number, one.status, one.missing()))
            for one in self._listed.values()
        ]
        self.table.set_rows(rows, len(rows))
        self._on_chosen(self.table.current_id() or "")

    def _on_chosen(self, protocol: str) -> None:
        one = self._listed.get(protocol)
        self.chosen.setText("" if one is None else f"{one.title}, {one.number}")
        self.points.set_sentences(() if one is None else (*one.open_points, *one.doubts))
        self.text.setPlainText("" if one is None else one.text)
        self.action_changed.emit()

    def _on_path(self) -> None:
        self.problems.set_sentences(())
        self.action_changed.emit()

    def _draft(self) -> Listed | None:
        one = self._listed.get(self.table.current_id() or "")
        return one if one is not None and one.status == "draft" and one.version else None

    def action(self) -> ActionState:
        """Bring in what is typed, or activate the chosen draft."""
        if self.path.typed().strip():
            return ActionState(
                say("Nothing is stored from a file with a problem."), say("Bring in this file")
            )
        draft = self._draft()
        if draft is None:
            return ActionState(say("Type the path of a file, or choose a draft to activate it."))
        blocked = ""
        if draft.open_points:
            blocked = say("It cannot be activated: {why}", why=draft.missing())
        sentence = say("Two different people activate it; it never changes afterwards.")
        return ActionState(sentence, say("Activate"), blocked=blocked)

    def commit(self) -> None:
        """Bring the file in, or begin the two signatures."""
        if self.path.typed().strip():
            self._bring_in()
        else:
            self._activate()

    def _bring_in(self) -> None:
        self.problems.set_sentences(())
        path = Path(self.path.typed().strip()).expanduser()
        answer = bring_in(self.office.desk, path, self._token)
        if isinstance(answer, Refusal):
            self.problems.set_sentences(answer.reasons)
            self.path.focus_entry()
            return
        self._token = new_token()
        self.path.clear_entry()
        self.office.stored()
        self.table.select(answer.fingerprint)
        self.table.view.setFocus()

    def _activate(self) -> None:
        draft = self._draft()
        if draft is None or draft.version is None:
            return
        fingerprint, token = draft.version.fingerprint, new_token()
        review = (
            draft.title,
            say("Version {version}", version=draft.number),
            say("Fingerprint {print}", print=in_groups(fingerprint)),
            say("From now on it is frozen: a change needs a new version."),
        )
        act = Act(
            say("Activate this protocol"), review, ACTIVATE_FIRST, ACTIVATE_SECOND, draft.doubts
        )

        def store(signed: TwoSignatures) -> object:
            return activate(self.office.desk, fingerprint, signed, token)

        sign_twice(self.office, act, store, self.office.stored)

    def _pick(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, say("Protocol file"), "", "TOML (*.toml)")
        if name:
            self.path.line.setText(name)
            self.path.focus_entry()

    def opened(self) -> None:
        """Begin with the list."""
        self.table.view.setFocus()
