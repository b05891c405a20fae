"""Making a site's copy: every value with its source, every gap, every open rule; then bringing it in."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from il2desk.desk import (
    CopyDraft,
    CopyFile,
    CopyView,
    answer_row,
    bring_in_copy,
    close_copy,
    copy_part,
    new_token,
    open_copy,
    remove_gap,
    site_sources,
    take_text,
    view_copy,
)
from il2desk.dosing import Refusal, write_moment
from il2desk.window.buttons import Button
from il2desk.window.fields import Choice, NumberedChoice
from il2desk.window.office import Office
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.page import ActionState, Page
from il2desk.window.pages.reason_panel import ReasonPanel
from il2desk.window.pages.site_copy_form import RowForm
from il2desk.window.pages.site_copy_rows import columns, first_open, row_title, table_rows
from il2desk.window.tables import RecordTable
from il2desk.window.theme import PlainLabel, lot_font, title_label
from il2desk.words import say

_TABLE_HEIGHT = 300
_TEXT_HEIGHT = 280


class SiteCopyPage(Page):
    """One draft of a site's copy. Every answer is kept at once; leaving the page loses none."""

    help_topic = "site-copy"

    def __init__(self, office: Office, origin: str) -> None:
        super().__init__(office)
        self._token, self._origin = new_token(), origin
        self._part, self._row_id = "", ""
        self._view = CopyView((), (), ())
        self._row_form: RowForm | None = None
        self._leaving = False
        answer = open_copy(office.desk, origin)
        self._draft = answer if isinstance(answer, CopyDraft) else None
        self._build()
        if isinstance(answer, Refusal):
            self.problems.set_sentences(answer.reasons)
        self.refresh()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.kept = PlainLabel(muted=True, parent=self)
        self.files = NumberedChoice(say("File"), (), required=False, columns=2, parent=self)
        self.table = RecordTable(
            columns(), name=say("Values of the file"), most_height=_TABLE_HEIGHT, parent=self
        )
        self.chosen = title_label("", parent=self)
        self.shared = PlainLabel(
            say(
                "This file is shared and only shown. Make it the site's own to change it; used as it "
                "stands, its readings and proposals are confirmed in the protocol."
            ),
            parent=self,
        )
        self.refused = Notice(parent=self)
        self._place = QVBoxLayout()
        self.problems = Notice(parent=self)
        self.points = Notice(grave=False, parent=self)
        self._about_text = PlainLabel(
            say("The text of the file; it may be written here as well"), muted=True, parent=self
        )
        self.text = QPlainTextEdit(self)
        self.text.setAccessibleName(say("The text of the file"))
        self.text.setTabChangesFocus(True)
        self.text.setFont(lot_font())
        self.text.setMinimumHeight(_TEXT_HEIGHT)
        above: tuple[QWidget, ...] = (self.kept, self.files, self.shared, self.table, self.chosen)
        for part in above:
            column.addWidget(part)
        column.addLayout(self._place)
        for notice in (self.refused, self.problems, self.points):
            column.addWidget(notice)
        column.addLayout(self._buttons())
        column.addWidget(self._about_text)
        column.addWidget(self.text, 1)
        self.files.chosen.connect(self._on_file)
        self.table.selected.connect(self._on_row)
        self.table.opened.connect(self._into_form)
        self.text.textChanged.connect(self.action_changed)

    def _buttons(self) -> QHBoxLayout:
        self.own = Button(say("Make this file the site's own"), parent=self)
        self.gap = Button(say("Take this gap off the list"), parent=self)
        self.give_up = Button(say("Give this draft up"), parent=self)
        self.own.clicked.connect(self._own)
        self.gap.clicked.connect(self._remove_gap)
        self.give_up.clicked.connect(self._give_up)
        row = QHBoxLayout()
        for button in (self.own, self.gap, self.give_up):
            row.addWidget(button)
        row.addStretch(1)
        return row

    @property
    def title(self) -> str:
        """The title over the page."""
        return say("Site copy")

    def refresh(self) -> None:
        """Read the draft anew; file and row stay chosen where they are still there."""
        if self._draft is None:
            for part in (self.files, self.table, self.own, self.gap, self.give_up, self.text):
                part.hide()
            self._about_text.hide()
            return
        self._view = view_copy(self.office.desk, self._draft)
        parts = [file.part for file in self._view.files]
        self._part = self._part if self._part in parts else ""
        self.files.set_options([Choice(part or "protocol", _file_words(one))
                                for part, one in zip(parts, self._view.files, strict=True)])  # fmt: skip
        self.files.choose(self._part or "protocol")
        self.kept.setText(self._kept_words(self._draft))
        self.problems.set_sentences(self._view.problems)
        self.points.set_sentences(self._view.open_points)
        self._show_file()

    def _kept_words(self, draft: CopyDraft) -> str:
        if draft.saved_at is None:
            return say("Nothing is answered yet. Every answer is kept at once, as a draft.")
        when = write_moment(self.office.desk.local(draft.saved_at))
        return say("Draft {when}, {who}: {step}", when=when, who=draft.saved_by, step=draft.step)

    def _file(self) -> CopyFile | None:
        return next((file for file in self._view.files if file.part == self._part), None)

    def _on_file(self, chosen: str) -> None:
        part = "" if chosen == "protocol" else chosen
        if part != self._part:
            self._part, self._row_id = part, ""
            self._show_file()

    def _show_file(self) -> None:
        file = self._file()
        if file is None:
            return
        self.table.set_rows(table_rows(file.rows), len(file.rows))
        self.own.setVisible(not file.own)
        self.shared.setVisible(not file.own)
        self.text.setReadOnly(not file.own)
        self.text.setPlainText(file.text)
        if not (self._row_id and self.table.select(self._row_id)):
            self.table.select(first_open(file.rows))
        self._on_row(self.table.current_id() or "")

    def _on_row(self, row_id: str) -> None:
        file = self._file()
        row = next((one for one in file.rows if one.field == row_id), None) if file else None
        if self._row_form is not None:
            self._place.removeWidget(self._row_form)
            self._row_form.hide()
            self._row_form.deleteLater()
            self._row_form = None
        self._row_id = row_id
        self.refused.set_sentences(())
        self.chosen.setText("" if row is None else row_title(row))
        self.gap.setVisible(row is not None and row.kind == "gap" and file is not None and file.own)
        if row is not None and file is not None and file.own:
            self._row_form = RowForm(row, site_sources(file.text), self)
            self._row_form.changed.connect(self.action_changed)
            self._place.addWidget(self._row_form)
        self.action_changed.emit()

    def _into_form(self, row_id: str) -> None:  # noqa: ARG002 - the chosen row is shown already
        if self._row_form is not None:
            self._row_form.focus_first()

    def _written(self) -> bool:
        file = self._file()
        return file is not None and file.own and self.text.toPlainText() != file.text.rstrip("\n") and (
            self.text.toPlainText() != file.text
        )  # fmt: skip

    def action(self) -> ActionState:
        """Take what is written or answered; else bring the copy in."""
        if self._draft is None:
            return ActionState(say("There is no copy to make."))
        if self._written():
            return ActionState(say("The text below was changed."), say("Take this text"))
        form = self._row_form
        if form is not None and form.is_touched():
            missing = tuple(entry.label_text() for entry in form.missing())
            verb = say("Confirm as it stands") if form.confirms() else say("Take this answer")
            return ActionState(row_title(form.row), verb, missing)
        count = len(self._view.problems)
        blocked = say("The reader finds {n} things wrong in it.", n=count) if count else ""
        return ActionState(
            say("It becomes a draft version; what is still open is said there."),
            say("Bring in this copy"), blocked=blocked,
        )  # fmt: skip

    def focus_missing(self) -> None:
        """Put the keyboard into the first field that is missing."""
        if self._row_form is not None:
            self._row_form.judge_all()
            self._row_form.focus_first_wrong()

    def commit(self) -> None:
        """Take the text or the answer, or bring the copy in."""
        desk, draft, form = self.office.desk, self._draft, self._row_form
        if draft is None:
            return
        if self._written():
            self._take(
                take_text(desk, draft, self._part, self.text.toPlainText().rstrip("\n") + "\n")
            )
        elif form is not None and form.is_touched():
            typed, source = form.typed_texts(), form.source()
            answer = answer_row(desk, draft, self._part, form.row, typed, source)
            if isinstance(answer, Refusal):
                form.refuse(answer.reasons)
                return
            self._row_id = ""
            self._take(answer)
            self._into_form("")
        else:
            self._bring_in(draft)

    def _take(self, answer: CopyDraft | Refusal) -> None:
        """Show the draft as it is now, or why it stayed as it was."""
        self._leaving = False
        if isinstance(answer, Refusal):
            self.refused.refuse(answer.reasons)
            return
        self._draft = answer
        self.refresh()
        self.office.show_action()

    def _bring_in(self, draft: CopyDraft) -> None:
        answer = bring_in_copy(self.office.desk, draft, self._token)
        if isinstance(answer, Refusal):
            self.refused.refuse(answer.reasons)
            return
        self.office.replace("protocols", chosen=answer.fingerprint)
        self.office.stored()

    def _own(self) -> None:
        lines = (
            say(
                "The protocol will name the copy. Its values stay as they are until you change them."
            ),
        )

        def store(id_: str) -> str | None:
            if self._draft is None:
                return None
            answer = copy_part(self.office.desk, self._draft, self._part, id_)
            if isinstance(answer, Refusal):
                return answer.text
            self.office.window.close_panel()
            self._part = f"{self._part.partition('/')[0]}/{id_}"
            self._take(answer)
            return None

        panel = ReasonPanel(
            say("Make this file the site's own"), (self._part, *lines), say("Its id"),
            say("Make the copy"), store,
        )  # fmt: skip
        panel.back.connect(self.office.window.close_panel)
        self.office.window.open_panel(panel)

    def _remove_gap(self) -> None:
        if self._draft is not None and self._row_id:
            self._take(remove_gap(self.office.desk, self._draft, self._part, self._row_id))

    def _give_up(self) -> None:
        if self._draft is None:
            return
        refusal = close_copy(self.office.desk, self._draft)
        if refusal is not None:
            self.refused.set_sentences(refusal.reasons)
        else:
            self.office.back()

    def go_back(self) -> None:
        """Esc; a text that was changed and not taken is told once before it is left."""
        if self._written() and not self._leaving:
            self._leaving = True
            self.refused.set_sentences(
                (
                    say(
                        "The text below was changed and is not kept. Ctrl+Enter takes it; Esc leaves it."
                    ),
                )
            )
            return
        self.office.back()

    def opened(self) -> None:
        """Begin with the list, at the first thing that is open."""
        focus: QWidget = self.table.view
        focus.setFocus()


def _file_words(file: CopyFile) -> str:
    name = file.part or say("protocol")
    count = sum(1 for row in file.rows if row.is_open)
    open_words = say("{n} open", n=count) if count else say("nothing open")
    return f"{name}, {open_words}" if file.own else say("{name}, shared", name=name)
