"""The audit trail: who did what, when and why, newest first, and whether the chain of it is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from il2desk.desk import new_token
from il2desk.desk.audit import (
    FAMILIES,
    AuditFilter,
    AuditLine,
    AuditPart,
    ChainProgress,
    ChainReport,
    audit_filter,
    audit_in_parts,
    chain_work,
    entry_fields,
    export_audit,
    export_refusal,
    take_chain,
)
from il2desk.dosing import Refusal, write_clock, write_number, write_weekday
from il2desk.window.buttons import Button
from il2desk.window.fields import Choice, ClinicalDateEdit, NumberedChoice, TextEntry
from il2desk.window.flow import FlowLayout
from il2desk.window.in_parts import Reading
from il2desk.window.jobs import Job
from il2desk.window.keys import key_text
from il2desk.window.list_header import HeaderFacts
from il2desk.window.office import Office
from il2desk.window.pages.audit_rows import audit_columns, audit_rows
from il2desk.window.pages.entry_panel import EntryPanel
from il2desk.window.pages.form_panel import FormPanel
from il2desk.window.pages.notice import Notice
from il2desk.window.pages.page import ActionState, KeyActs, Page
from il2desk.window.tables import RecordTable
from il2desk.window.theme import PlainLabel, announce
from il2desk.words import say

_HIGH = 330
_ALL = "all"


class AuditPage(Page):
    """Reads the journal and, beside the window, checks its chain. It changes nothing."""

    help_topic = "audit"

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._lines: tuple[AuditLine, ...] = ()
        self._older: int | None = None
        self._filter = AuditFilter()
        self._state = ""
        self._reading: Reading[AuditPart] | None = None
        self._job: Job | None = None
        self._is_open = False
        self._count = 0
        self._read_at = office.now()
        self.chain = PlainLabel(bold=True, parent=self)
        self.broken = Notice(parent=self)
        self.banner = Notice(grave=False, parent=self)
        self.refused = Notice(parent=self)
        self.table = RecordTable(
            audit_columns(), name=say("Audit trail"), frozen=1, most_height=_HIGH, parent=self
        )
        self.check = Button(say("Check the chain"), key_text("audit-check"), parent=self)
        self.older = Button(say("Older entries"), key_text("audit-older"), parent=self)
        self.out = Button(say("Export as CSV"), key_text("audit-export"), parent=self)
        choose = Button(say("Choose entries"), key_text("find-in-list"), parent=self)
        head = FlowLayout(gap=6)
        for button, act in (
            (self.check, self.check_chain), (self.older, self.read_older),
            (self.out, self.ask_export), (choose, self.find_in_list),
        ):  # fmt: skip
            button.clicked.connect(act)
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        for part in (self.chain, self.broken, self.banner, self.refused):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        self.table.opened.connect(self.open_entry)
        self.table.selected.connect(self.action_changed)
        self._say_chain(say("The chain is not checked yet."))
        self.refresh()

    @property
    def title(self) -> str:
        """The title over the page."""
        return say("Audit trail")

    def header(self) -> HeaderFacts:
        """How many entries, and when they were read."""
        now = self.office.now()
        return HeaderFacts(
            say("Audit trail"),
            moment=f"{write_weekday(now.date())} {write_clock(now)} {say('(24-hour)')}",
            data_as_of=say("Data as of {time}", time=write_clock(self._read_at)),
            counts=self._state or say("{count} entries", count=write_number(self._count)),
            order=say("Newest first"),
            resort=say("F5 Read again"),
        )

    # Reading

    def refresh(self) -> None:
        """Read the newest entries that are chosen (F5)."""
        self._lines, self._older = (), None
        self._count = self.office.desk.journal.count()
        self._read(audit_in_parts(self.office.desk, self._filter), self._on_read)

    def read_older(self) -> None:
        """Read on where the list ends."""
        if self._older is None or self._state:
            self.office.say(self._state or say("The list goes back to the first entry."))
            return
        parts = audit_in_parts(self.office.desk, self._filter, before=self._older)
        self._read(parts, self._on_read)

    def _read(self, parts: Iterator[AuditPart], ended: Callable[[AuditPart], object]) -> None:
        if self._reading is not None:
            self._reading.stop()
        self._reading = Reading(
            self.office, parts, self._on_told, ended, self._on_failed, parent=self
        )
        self._reading.begin()

    def _on_told(self, part: AuditPart) -> None:
        self._state = say(
            "Reading entry {done} of {of} ...",
            done=write_number(part.done), of=write_number(part.of),
        )  # fmt: skip
        self._show()

    def _on_failed(self) -> None:
        self._lines, self._older = (), None
        self._state = say("The journal could not be read. F5 reads it again.")
        self._show()

    def _on_read(self, part: AuditPart) -> None:
        self._lines, self._older = (*self._lines, *part.lines), part.older
        self._state, self._read_at = "", self.office.now()
        self._show()
        if self._is_open and self.office.window.panel() is None:
            self._choose()

    def _show(self) -> None:
        self.table.set_empty(self._state or say("No entries."))
        shown = self._lines if not self._state else ()
        more = "" if self._older is None else say("Not the end. Alt+2 reads older entries.")
        self.table.set_rows(audit_rows(shown), self._count, end=more)
        self.older.setVisible(self._older is not None)
        self.banner.set_sentences(self._banner())
        self.action_changed.emit()

    def _banner(self) -> tuple[str, ...]:
        shown, count = write_number(len(self._lines)), write_number(self._count)
        words = self._filter.words
        if self._state or not (words or self._older is not None):
            return ()
        newest = say("Showing the newest {shown} of {count}", shown=shown, count=count)
        if self._older is None:
            newest = say("Showing {shown} of {count}", shown=shown, count=count)
        if not words:
            return (say("{newest}. Alt+2 reads older ones.", newest=newest),)
        return (say("{newest}: {words}. Esc clears.", newest=newest, words=words),)

    def _choose(self) -> None:
        if self.table.rows() and self.table.current_id() is None:
            self.table.select(self.table.rows()[0].id)
        (self.table.view if self.table.rows() else self.check).setFocus()

    def opened(self) -> None:
        """Give the keyboard to the list, and begin to check the chain beside the window."""
        self._is_open = True
        self._choose()
        self.check_chain()

    def left(self) -> None:
        """Nobody waits for what is being read or checked."""
        if self._reading is not None:
            self._reading.stop()
        job, self._job = self._job, None
        if job is not None:
            job.end()

    # The chain

    def check_chain(self) -> None:
        """Begin to check the chain, or stop it."""
        if self._job is not None:
            self._job.stop()
            return
        job = Job(chain_work(self.office.desk))
        job.told.connect(self._on_progress)
        job.done.connect(self._on_checked)
        job.failed.connect(self._on_check_failed)
        self.destroyed.connect(partial(_let_go, job))
        self._job = job
        self._say_chain(say("Checking the chain ... Alt+1 stops it."))
        job.begin()

    def _on_progress(self, progress: object) -> None:
        if self._job is not None and isinstance(progress, ChainProgress):
            done, of = write_number(progress.done), write_number(progress.of)
            self._say_chain(
                say("Checking the chain, {done} of {of} ... Alt+1 stops it.", done=done, of=of)
            )

    def _on_checked(self, found: object) -> None:
        if self._job is None:
            return
        self._job = None
        if not isinstance(found, ChainReport):
            self._say_chain(say("The check was stopped. Nothing is said about the chain."))
            return
        words = take_chain(self.office.desk, found)
        self._say_chain("" if not found.ok else words)
        self.broken.set_sentences(() if found.ok else (words, *found.problems[:_MOST_PROBLEMS]))
        if not found.ok:
            self.office.show_modes()
        announce(self, words)

    def _on_check_failed(self, error: object) -> None:
        if self._job is None:
            return
        self._job = None
        self._say_chain(say("The chain could not be checked. Nothing is said about it."))
        if isinstance(error, BaseException):
            raise error  # a fault is shown as every other one

    def _say_chain(self, words: str) -> None:
        self.chain.setText(words)
        self.chain.setVisible(bool(words))

    # What can be done

    def action(self) -> ActionState:
        """The way into the chosen entry; nothing is changed here."""
        kept = say("Entries are kept. Corrections are added.")
        chosen = self.table.current_id() is not None
        return ActionState(self._state or kept, say("Show the whole entry") if chosen else None)

    def commit(self) -> None:
        """Show the chosen entry."""
        row = self.table.current_id()
        if row is not None:
            self.open_entry(row)

    def open_entry(self, id_: str) -> None:
        """Show every field of an entry beside the list."""
        entry = self.office.desk.journal.entry(id_)
        if entry is None:
            return
        panel = EntryPanel(
            say("Entry {sequence}", sequence=write_number(entry.sequence)),
            entry_fields(self.office.desk, entry),
        )
        panel.back.connect(self.office.window.close_panel)
        self.office.window.open_panel(panel)

    def go_back(self) -> None:
        """Clear the filter first, then leave."""
        if self._filter.words:
            self._take(AuditFilter())
        else:
            super().go_back()

    def key_acts(self) -> KeyActs:
        """The keys of the page."""
        return {
            "audit": {
                "audit-check": self.check_chain,
                "audit-older": self.read_older,
                "audit-export": self.ask_export,
            }
        }

    def find_in_list(self) -> None:
        """Ctrl+F: choose by patient, person, day and kind."""
        panel = FormPanel(
            say("Choose entries"), (say("What is left empty chooses nothing."),), say("Show"),
            lambda: self._on_chosen(code, person, day, family),
        )  # fmt: skip
        code = TextEntry(say("Trial number"), required=False)
        person = TextEntry(say("Person"), required=False)
        day = ClinicalDateEdit(say("Day"), self.office.now, required=False)
        kinds = [Choice(_ALL, say("All")), *(Choice(id_, say(w)) for id_, w in FAMILIES.items())]
        family = NumberedChoice(say("What"), kinds, required=False)
        family.choose(_ALL)
        panel.ask(code, "code")
        panel.ask(person, "person")
        panel.ask(day)
        panel.ask(family)
        panel.back.connect(self.office.window.close_panel)
        self.office.window.open_panel(panel)

    def _on_chosen(
        self, code: TextEntry, person: TextEntry, day: ClinicalDateEdit, family: NumberedChoice
    ) -> Refusal | None:
        kind = family.value()
        chosen = audit_filter(
            self.office.desk, code.typed(), person.typed(),
            "" if kind in (None, _ALL) else str(kind), day.value(),
        )  # fmt: skip
        if isinstance(chosen, Refusal):
            return chosen
        self.office.window.close_panel()
        self._take(chosen)
        return None

    def _take(self, chosen: AuditFilter) -> None:
        self._filter = chosen
        self.refresh()

    # The file

    def ask_export(self) -> None:
        """Ask for a name, then write every entry that is chosen, not only those on screen."""
        refusal = export_refusal(self.office.desk)
        self.refused.set_sentences(() if refusal is None else refusal.reasons)
        if refusal is not None or self._state:
            return
        day = self.office.now().date().isoformat()
        name, _ = QFileDialog.getSaveFileName(
            self, say("Export the audit trail"), f"audit-trail-{day}.csv"
        )
        if name:
            self.export(Path(name))

    def export(self, path: Path) -> None:
        """Read all entries that are chosen, and write them under a new name."""
        parts = audit_in_parts(self.office.desk, self._filter, most=None)
        self._read(parts, partial(self._on_all, path, new_token()))

    def _on_all(self, path: Path, token: str, part: AuditPart) -> None:
        self._state = ""
        try:
            answer = export_audit(self.office.desk, self._filter, part.lines, path, token)
        except OSError as error:
            why = say("It could not be written to {path}: {why}", path=path, why=error.strerror)
            again = say("That an export was begun stands in the journal. Choose another folder.")
            self.refused.set_sentences((why, again))
            self.refresh()
            return
        if isinstance(answer, Refusal):
            self.refused.set_sentences(answer.reasons)
            self.refresh()
        else:
            self.refused.set_sentences(())
            count = write_number(len(part.lines))
            self.office.stored(say("{count} entries saved as {path}", count=count, path=path))


_MOST_PROBLEMS = 5


def _let_go(job: Job, _page: object = None) -> None:
    """The page is gone: nobody waits for its answer."""
    job.end()
