"""Protocols of the site: what there is, what is missing, what changed, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from il2desk.desk import (
    WITHDRAWABLE,
    Comparison,
    bring_in,
    compared_with_before,
    new_token,
    open_copies,
)
from il2desk.dosing import Refusal
from il2desk.window.buttons import Button
from il2desk.window.fields import TextEntry
from il2desk.window.list_header import HeaderFacts
from il2desk.window.office import Office
from il2desk.window.pages.help import SOURCES
from il2desk.window.pages.help_sources import group_start
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.page import ActionState, Page
from il2desk.window.pages.protocol_acts import (
    activate_by_two,
    ask_to_send_back,
    ask_to_withdraw,
    submit_now,
)
from il2desk.window.pages.protocol_rows import Listed, listed, where_in_words
from il2desk.window.tables import Column, RecordTable, Row
from il2desk.window.theme import PlainLabel, lot_font, title_label
from il2desk.words import say

_TEXT_HEIGHT = 260


class ProtocolsPage(Page):
    """With a path typed, the act is to bring that file in; else what the chosen version waits for."""

    help_topic = "protocol-files"

    def __init__(self, office: Office, chosen: str = "") -> None:
        super().__init__(office)
        self._token = new_token()
        self._listed: dict[str, Listed] = {}
        self._compared = Comparison("")
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
        column.addLayout(self._buttons())
        self._against = PlainLabel(bold=True, parent=self)
        column.addWidget(self._against)
        self.differences = RecordTable(
            (Column(say("Where"), stretch=1), Column(say("What changed"), stretch=4)),
            name=say("What changed"), parent=self,
        )  # fmt: skip
        column.addWidget(self.differences)
        self._file = PlainLabel(
            say("Every value of the file, as it was read"), muted=True, parent=self
        )
        column.addWidget(self._file)
        self.text = _file_text(self)
        column.addWidget(self.text, 1)
        self.path.edited.connect(self._on_path)
        self.table.selected.connect(self._on_chosen)
        self.refresh()
        self.table.select(chosen)

    def _buttons(self) -> QHBoxLayout:
        self.copy = Button(say("Make a site copy"), parent=self)
        self.send_back = Button(say("Send back"), parent=self)
        self.withdraw = Button(say("Withdraw"), parent=self)
        self.sources = Button(say("Sources"), parent=self)
        self.sources.clicked.connect(self._show_sources)
        self.copy.clicked.connect(self._copy)
        self.send_back.clicked.connect(lambda: self._ask(ask_to_send_back))
        self.withdraw.clicked.connect(lambda: self._ask(ask_to_withdraw))
        row = QHBoxLayout()
        for button in (self.copy, self.send_back, self.withdraw, self.sources):
            row.addWidget(button)
        row.addStretch(1)
        return row

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
            Row(one.id, (one.title, one.number, say(one.status), one.missing()))
            for one in self._listed.values()
        ]
        self.table.set_rows(rows, len(rows))
        self._on_chosen(self.table.current_id() or "")

    def _on_chosen(self, protocol: str) -> None:
        one = self._listed.get(protocol)
        version = None if one is None else one.version
        self.chosen.setText("" if one is None else f"{one.title}, {one.number}, {say(one.status)}")
        sent_back = version is not None and version.status == "draft" and version.reason
        reason = (
            (say("Sent back: {reason}", reason=version.reason),) if version and sent_back else ()
        )
        self.points.set_sentences(() if one is None else (*reason, *one.open_points, *one.doubts))
        self.text.setPlainText("" if one is None else one.text)
        self._show_buttons(one)
        self._show_differences(one)
        self.action_changed.emit()

    def _show_buttons(self, one: Listed | None) -> None:
        status = "" if one is None else one.status
        begun = {draft.origin for draft in open_copies(self.office.desk)}
        words = say("Go on with the site copy") if one and one.id in begun else (
            say("Make a site copy") if status == "specimen" else say("Make a new version")
        )  # fmt: skip
        self.copy.set_words(words)
        self.copy.setVisible(one is not None and bool(one.text))
        self.sources.setVisible(one is not None)
        self.send_back.setVisible(status == "under review")
        self.withdraw.setVisible(status in WITHDRAWABLE)

    def _show_differences(self, one: Listed | None) -> None:
        version = None if one is None else one.version
        self._compared = Comparison("")
        if version is not None:
            self._compared = compared_with_before(self.office.desk, version.fingerprint)
        rows = [
            Row(str(at), (where_in_words(found), sentence))
            for at, (found, sentence) in enumerate(
                zip(self._compared.differences, self._compared.sentences, strict=True)
            )
        ]
        self.differences.set_rows(rows, len(rows))
        self.differences.setVisible(bool(self._compared.against))
        other = self._compared.against
        self._against.setText(say("Compared with {other}", other=other) if other else "")
        self._against.setVisible(bool(other))

    def _on_path(self) -> None:
        self.problems.set_sentences(())
        self.action_changed.emit()

    def _chosen(self) -> Listed | None:
        return self._listed.get(self.table.current_id() or "")

    def action(self) -> ActionState:
        """Bring in what is typed; else submit the chosen draft, or activate what is under review."""
        if self.path.typed().strip():
            return ActionState(
                say("Nothing is stored from a file with a problem."), say("Bring in this file")
            )
        one = self._chosen()
        if one is None or one.version is None or one.status not in ("draft", "under review"):
            return ActionState(say("Type the path of a file, or choose a version."))
        blocked = ""
        if one.open_points:
            blocked = say("It cannot be activated: {why}", why=one.missing())
        if one.status == "draft":
            words = say("Two people then compare every value with its document.")
            return ActionState(words, say("Submit for review"), blocked=blocked)
        words = say("Two different people activate it; it never changes afterwards.")
        return ActionState(words, say("Activate"), blocked=blocked)

    def commit(self) -> None:
        """Bring the file in, submit the draft, or begin the two signatures."""
        one = self._chosen()
        if self.path.typed().strip():
            self._bring_in()
        elif one is not None and one.version is not None and one.status == "draft":
            refusal = submit_now(self.office, one.version)
            self.problems.set_sentences(() if refusal is None else refusal.reasons)
            if refusal is None:
                self.office.stored()
        elif one is not None and one.status == "under review":
            activate_by_two(self.office, one, self._compared, one.doubts, self.office.stored)

    def _copy(self) -> None:
        one = self._chosen()
        if one is not None:
            self.office.open("site-copy", origin=one.id)

    def _ask(self, act: Callable[[Office, Listed, Callable[[], None]], None]) -> None:
        one = self._chosen()
        if one is not None:
            act(self.office, one, self.office.stored)

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

    def _show_sources(self) -> None:
        """Where every value of the chosen protocol comes from."""
        one = self._listed.get(self.table.current_id() or "")
        if one is None:
            return
        protocol = one.id if one.version is None else one.version.protocol
        version = "" if one.version is None else one.version.fingerprint
        start = group_start(protocol)
        self.office.open("help", topic=SOURCES, find=start, version=version)

    def _pick(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, say("Protocol file"), "", "TOML (*.toml)")
        if name:
            self.path.line.setText(name)
            self.path.focus_entry()

    def opened(self) -> None:
        """Begin with the list."""
        self.table.view.setFocus()


def _file_text(parent: QWidget) -> QPlainTextEdit:
    """A file as it was read: to be read and copied, not written."""
    text = QPlainTextEdit(parent)
    text.setAccessibleName(say("The file as it was read"))
    text.setReadOnly(True)
    text.setTabChangesFocus(True)
    text.setFont(lot_font())
    text.setMinimumHeight(_TEXT_HEIGHT)
    return text
