"""Sheets: what will be printed, seen before it is, with what must be known about it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from il2desk.desk import PAPERS, PatientChart, chart_of, new_token
from il2desk.desk.papers import (
    ROLL,
    SHEETS,
    OfferedSheet,
    PreparedSheet,
    ScannedSheet,
    SheetRequest,
    compose_sheet,
    prints_of,
    record_print,
    sheet_file_name,
    sheets_of_cycle,
    sheets_of_site,
)
from il2desk.dosing import Refusal
from il2desk.window.fields import Choice
from il2desk.window.pages.in_view import KeepInView
from il2desk.window.pages.page import ActionState, Page
from il2desk.window.pages.sheet_batch import SheetBatchPanel
from il2desk.window.pages.sheet_drawing import SheetDrawing
from il2desk.window.pages.sheet_facts import scanned_words, sheet_facts
from il2desk.window.pages.sheet_preview import SheetPreview
from il2desk.window.pages.sheet_side import SheetSide, new_pdf, proposed_path
from il2desk.window.spoken import spoken
from il2desk.window.tables import Row
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office

_MOST = 9  # what one digit can choose


class SheetsPage(Page):
    """Preview at the left, choices and facts at the right. A print is journalled before it leaves.

    With a patient the sheets of that patient's cycles; without one those of the site.
    """

    help_topic = "sheets"

    def __init__(
        self,
        office: Office,
        subject: str | None = None,
        cycle: str | None = None,
        wanted: SheetRequest | None = None,
        scanned: ScannedSheet | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(office, parent)
        self.subject = subject
        self.sheet: PreparedSheet | None = None
        self._cycle = cycle if wanted is None else wanted.cycle
        self._wanted = wanted
        self._offered: dict[str, OfferedSheet] = {}
        self._papers: tuple[str, ...] = PAPERS
        self._token = new_token()
        self._prints = False
        self._copy = 0  # the number of the copy that was sent to a printer last
        self.preview = SheetPreview(self)
        self.side = SheetSide(self)
        # What is good is told quietly: a red box that always stands there is not read any more.
        if scanned is not None:
            notice = self.side.scanned if scanned.warning else self.side.good
            notice.set_sentences(scanned_words(office.desk, scanned))
        self.drawing = SheetDrawing(self)
        self.batch: SheetBatchPanel | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.preview, 1)
        row.addWidget(self.side)
        if subject is None:
            self.batch = SheetBatchPanel(office, self.side)
            self.side.add_below(self.batch)
        self._in_view = KeepInView(self)
        self.refresh()
        self.side.which.chosen.connect(self._on_which)
        self.side.sheets.selected.connect(self._make)
        self.side.paper.chosen.connect(self._make)
        self.side.print_button.clicked.connect(self.print_sheet)
        self.side.pick.clicked.connect(self._pick)
        self.side.save_button.clicked.connect(self.save)
        self.drawing.drawn.connect(self._on_drawn)

    @property
    def title(self) -> str:
        """The title over the page."""
        return say("Sheets") if self.subject is not None else say("Papers")

    # What is shown

    def refresh(self) -> None:
        """List what can be printed and make the chosen sheet anew."""
        self._clear()
        if self.subject is not None:
            chart = chart_of(self.office.desk, self.subject)
            if isinstance(chart, Refusal):
                self.side.notice.set_sentences(chart.reasons)
                return
            self._list_cycles(chart)
        self._list_sheets()
        self._list_printers()
        if self.batch is not None:
            self.batch.refresh()
        if self.side.paper.value() is None:
            site = self.office.desk.site
            self.side.paper.choose(PAPERS[0] if site is None else site.paper)
        self._make()

    def _list_cycles(self, chart: PatientChart) -> None:
        cycles = list(reversed(chart.cycles.values()))[:_MOST]
        chosen = self.side.which.value() or self._cycle
        self.side.which.set_options([
            Choice(cycle.id, say("course {course} cycle {number}",
                                 course=cycle.course, number=cycle.number))
            for cycle in cycles
        ])  # fmt: skip
        ids = [cycle.id for cycle in cycles]
        if ids:
            self.side.which.choose(chosen if chosen in ids else ids[0])

    def _list_sheets(self) -> None:
        self.side.which.setVisible(self.subject is not None)
        cycle = self.side.which.value()
        offered: tuple[OfferedSheet, ...] | Refusal = ()
        if self.subject is None:
            offered = sheets_of_site(self.office.desk)
        elif cycle is not None:
            offered = sheets_of_cycle(self.office.desk, self.subject, cycle)
        if isinstance(offered, Refusal):
            self.side.notice.set_sentences(offered.reasons)
            offered = ()
        kept = self.side.sheets.current_id()
        wanted, self._wanted = self._wanted, None
        self._offered = {str(at): one for at, one in enumerate(offered)}
        self.side.sheets.setVisible(bool(offered))
        self.side.sheets.set_rows([
            Row(key, (say(one.title), one.what), f"{say(one.title)}, {spoken(one.what)}")
            for key, one in self._offered.items()
        ])  # fmt: skip
        asked = [key for key, one in self._offered.items() if one.request == wanted]
        if asked:
            self.side.sheets.select(asked[0])
        elif self._offered and kept not in self._offered:
            self.side.sheets.select("0")

    def _list_printers(self) -> None:
        from il2desk.window.pages.printing import printer_names  # noqa: PLC0415 - only to print

        names = printer_names()[:_MOST]
        self.side.printer.set_options([Choice(name, name) for name in names])
        self._prints = bool(names)
        self.side.printer.setVisible(len(names) > 1)
        if len(names) == 1:
            self.side.printer.choose(names[0])

    def _on_which(self) -> None:
        self._list_sheets()
        self._make()

    def _clear(self) -> None:
        self.sheet = None
        self.drawing.forget()
        self.preview.set_pdf(b"")
        self.side.facts.set_facts(())
        self.side.notice.set_sentences(())

    def _make(self) -> None:
        """Compose the sheet from the journal as it stands, and have it drawn beside the window."""
        self._clear()
        offered = self._offered.get(self.side.sheets.current_id() or "")
        if offered is not None:
            self._list_papers(offered.request.kind)
        paper = self.side.paper.value()
        if offered is None or paper is None:
            if offered is None:
                self.side.notice.set_sentences((self._nothing(),))
            self.action_changed.emit()
            return
        composed = self.office.guarded(
            lambda: compose_sheet(self.office.desk, offered.request, paper)
        )
        if isinstance(composed, Refusal):
            self.side.notice.set_sentences(composed.reasons)
        elif composed is not None:
            self.preview.set_waiting(say("Making the sheet ..."))
            self.drawing.draw(composed)
        self.action_changed.emit()

    def _list_papers(self, kind: str) -> None:
        """Offer the papers of a kind of sheet: labels go to a label printer as well."""
        papers = (*PAPERS, ROLL) if SHEETS[kind].on_roll else PAPERS
        if papers == self._papers:
            return
        chosen, self._papers = self.side.paper.value(), papers
        self.side.paper.set_options([Choice(paper, say(paper)) for paper in papers])
        site = self.office.desk.site
        usual = PAPERS[0] if site is None else site.paper
        self.side.paper.choose(chosen if chosen is not None and chosen in papers else usual)

    def _nothing(self) -> str:
        if self.subject is None:
            return say("Nothing to print yet. Activate a protocol and receive stock first.")
        return say("Nothing to print yet. Plan a cycle first.")

    def _on_drawn(self, made: object) -> None:
        if isinstance(made, Refusal):
            self.preview.set_pdf(b"")
            self.side.notice.set_sentences(made.reasons)
        elif isinstance(made, PreparedSheet):
            self.sheet = made
            self._token = new_token()
            self.preview.set_pdf(made.pdf)
            self.side.propose(self._proposal())
            desk = self.office.desk
            prints = self.office.guarded(lambda: prints_of(desk, made.request))
            if prints is None:
                self._clear()  # what cannot be said about the sheet is not left out of its facts
            else:
                self.side.facts.set_facts(sheet_facts(desk, made, prints))
        self.action_changed.emit()

    def left(self) -> None:
        """What is being drawn is for nobody any more, and of a batch nothing stays."""
        self.drawing.forget()
        if self.batch is not None:
            self.batch.left()

    def opened(self) -> None:
        """Begin with the list of sheets, or with the cycles where there are several."""
        if self.side.sheets.rows():
            self.side.sheets.view.setFocus()
        else:
            self.side.path.focus_entry()

    def action(self) -> ActionState:
        """Print, or why not; without a printer the sheet is saved."""
        self.side.print_button.set_strong(strong=self.sheet is not None and self._prints)
        if self.drawing.at_work:
            return ActionState(say("Making the sheet ..."))
        if self.sheet is None:
            return ActionState(say("Nothing to print."))
        verb = say("Print") if self._prints else say("Save PDF")
        if self.sheet.verified:
            return ActionState(say("Printing and saving are recorded in the journal."), verb)
        lacks = self.sheet.unsigned_words
        return ActionState(say("Without a second person: {what}. NOT VERIFIED.", what=lacks), verb)

    def commit(self) -> None:
        """Print, or save where no printer is set up."""
        (self.print_sheet if self._prints else self.save)()

    # Print and save

    def print_sheet(self) -> None:
        """Journal the print, then send the pages to the printer."""
        from il2desk.window.pages import printing  # noqa: PLC0415 - only to print

        self._say()
        if self.sheet is None:
            self._say_at_work()
            return
        if not printing.printer_names():
            self._say(
                say("No printer is set up on this computer. Nothing was printed."),
                say("Type a path and save the PDF instead."),
            )
            self.side.path.focus_entry()
            return
        name = self.side.printer.value()
        if name is None:
            self._say(say("Choose the printer by its number, then print."))
            self.side.printer.focus_entry()
            return
        stamped = self._journalled("print")
        if stamped is None:
            return
        copy, pdf = stamped
        sending = printing.Printing(printing.printer_for(name), pdf, self.sheet.paper, self.office)
        # The office hears of it even where this page is left meanwhile; the page says more.
        sending.ended.connect(partial(_printed, self.office, copy, name))
        sending.ended.connect(self._on_printed)
        self._copy = copy
        self._done(say("{copy} is being sent to {name}.", copy=_named(copy), name=name))
        sending.begin()

    def _on_printed(self, failed: str) -> None:
        if failed:
            again = say("Save the PDF, or print again as the next copy.")
            self._say(failed, f"{_issued(self._copy)} {again}".strip())

    def save(self) -> None:
        """Journal the copy, then write the PDF to the typed path; a file is never replaced."""
        self._say()
        if self.sheet is None:
            self._say_at_work()
            return
        path = self._path()
        if path is None:
            return
        stamped = self._journalled("file")
        if stamped is None:
            return
        copy, pdf = stamped
        try:
            with path.open("xb") as file:
                file.write(pdf)
        except OSError as fault:
            why = fault.strerror or ""
            self._say(
                say("Not saved: {path}. {why}.", path=path, why=why),
                f"{_issued(copy)} {say('Choose another folder.')}".strip(),
            )
            return
        self._done(say("{copy} is saved as {path}.", copy=_named(copy), path=path))

    def _path(self) -> Path | None:
        """The typed path if a new file can be made there; else the reason stands under it."""
        found = new_pdf(self.side.path.typed())
        self.side.path.set_error(found if isinstance(found, str) else "")
        if isinstance(found, str):
            self.side.path.focus_entry()
            return None
        return found

    def _proposal(self) -> str:
        """A path to save to; nobody's name is in it."""
        if self.sheet is None:
            return ""
        chart = None if self.subject is None else chart_of(self.office.desk, self.subject)
        code = chart.subject.trial_code if isinstance(chart, PatientChart) else ""
        return proposed_path(sheet_file_name(self.sheet, self.office.now().date(), code))

    def _journalled(self, how: str) -> tuple[int, bytes] | None:
        """The copy's number and its stamped bytes once the journal holds the print; else None."""
        sheet, desk, token = self.sheet, self.office.desk, self._token
        if sheet is None:
            return None
        answer = self.office.guarded(lambda: record_print(desk, sheet, how, token))
        if answer is None:
            return None
        if isinstance(answer, Refusal):
            self._make()
            self._say(*answer.reasons)
            return None
        self._token = new_token()
        entry, pdf = answer
        return (0 if entry is None else int(entry.body["copy"])), pdf

    def _done(self, text: str) -> None:
        self.office.stored(text)
        self.side.told.set_sentences((text,))

    def _say_at_work(self) -> None:
        if self.drawing.at_work:
            self._say(say("The sheet is being made. Print or save it once it is shown."))

    def _say(self, *sentences: str) -> None:
        self.side.told.set_sentences(())
        self.side.notice.set_sentences(sentences)

    def _pick(self) -> None:
        # The dialog may not offer to replace a file: a file that is there is refused on saving.
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            say("Save PDF"),
            self._proposal(),
            "PDF (*.pdf)",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if chosen:
            self.side.path.line.setText(chosen)
            self.side.save_button.setFocus()


def _printed(office: Office, copy: int, name: str, failed: str) -> None:
    """Say in the status bar what became of a print, wherever the person is now."""
    sent = say("{copy} was sent to {name}.", copy=_named(copy), name=name)
    office.say(failed or sent)


def _named(copy: int) -> str:
    return say("Copy {copy}", copy=copy) if copy else say("A copy that the journal does not name")


def _issued(copy: int) -> str:
    return say("The journal names copy {copy} as issued.", copy=copy) if copy else ""
