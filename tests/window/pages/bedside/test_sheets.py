"""Sheets: the preview is what is printed, a print is journalled first, no file is replaced."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from il2desk.desk.papers import SheetRequest, prints_of
from il2desk.window.pages import printing
from il2desk.window.pages.printing import print_pdf
from il2desk.window.pages.sheet_preview import images_of


@pytest.fixture
def drawn(qtbot, office):
    """The page once nothing is being drawn any more."""

    def wait():
        qtbot.waitUntil(lambda: not office.page().drawing.at_work)
        return office.page()

    return wait


@pytest.fixture
def sheets(bedside, office, drawn):
    """Dose 1 was given and waits for a second person; the sheets page is open."""
    bedside.later(10)
    bedside.given()
    office.open("sheets", subject=bedside.subject)
    return drawn()


def code_on(pdf: bytes) -> str:
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=300 / 72).to_pil()
    return zxingcpp.read_barcodes(picture)[0].text


def facts(page) -> dict[str, str]:
    return {fact.name: fact.text for fact in page.side.facts.facts()}


def test_the_preview_shows_every_page_of_the_same_bytes(sheets):
    assert sheets.preview.page_count() == len(PdfReader(BytesIO(sheets.sheet.pdf)).pages)
    assert facts(sheets)["Hash"] == hashlib.sha256(sheets.sheet.pdf).hexdigest()[:12]


def test_an_unsigned_record_makes_the_sheet_not_verified(sheets):
    assert facts(sheets)["Signatures"] == "NOT VERIFIED: needs a second person: dose 1"
    assert "NOT VERIFIED" in sheets.action().sentence


def test_a_verified_sheet_claims_no_more_than_that_no_dose_waits(bedside, office, drawn):
    office.open("sheets", subject=bedside.subject)
    drawn()
    assert office.page().sheet.composed.unsigned == ()
    assert facts(office.page())["Signatures"] == "no recorded dose waits for a second person"


def test_the_paper_can_be_chosen(sheets, drawn):
    wide = {}
    for paper in ("A4", "Letter"):
        sheets.side.paper.choose(paper)
        drawn()
        wide[paper] = images_of(sheets.sheet.pdf, 72)[0].width()
    assert wide == {"A4": 842, "Letter": 792}


def test_saving_journals_the_copy_and_writes_the_stamped_bytes(
    bedside, sheets, office, drawn, tmp_path
):
    before = bedside.count
    sheets.side.path.line.setText(str(tmp_path / "sheet.pdf"))
    sheets.save()
    assert bedside.count == before + 1
    printed = prints_of(office.desk, SheetRequest("cycle", bedside.subject, bedside.cycle))[-1]
    assert (printed.how, printed.copy) == ("file", 1)
    saved = (tmp_path / "sheet.pdf").read_bytes()
    entry = office.desk.journal.entries(kind="sheet-printed")[-1]
    assert hashlib.sha256(saved).hexdigest() == entry.body["stamped_sha256"]
    assert "copy 1 saved, K. Brandt" in facts(drawn())["Prints"]


def test_a_file_is_never_replaced(bedside, sheets, tmp_path):
    there = tmp_path / "sheet.pdf"
    there.write_text("mine")
    before = bedside.count
    sheets.side.path.line.setText(str(there))
    sheets.save()
    assert "is not replaced" in sheets.side.path.error_text()
    assert there.read_text() == "mine"
    assert bedside.count == before


@pytest.mark.parametrize("typed", ["", "sheet.pdf", "/nowhere/at/all/sheet.pdf", "/sheet.txt"])
def test_a_path_that_cannot_be_used_is_said_beside_it(bedside, sheets, typed):
    before = bedside.count
    sheets.side.path.line.setText(typed)
    sheets.save()
    assert sheets.side.path.error_text()
    assert bedside.count == before


def test_without_a_printer_nothing_is_journalled_and_saving_is_offered(
    bedside, sheets, monkeypatch
):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    before = bedside.count
    sheets.print_sheet()
    assert sheets.side.notice.sentences()[0].startswith("No printer is set up")
    assert sheets.side.path.line.hasFocus()
    assert bedside.count == before


def test_paper_comes_out_unscaled(qapp, sheets, tmp_path: Path):
    out = tmp_path / "paper.pdf"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    printer.setResolution(300)
    assert print_pdf(printer, sheets.sheet.pdf, "A4") is None
    pages = PdfReader(out).pages
    assert len(pages) == sheets.preview.page_count()
    assert abs(float(pages[0].mediabox.width) - 842) < 1


def test_nothing_is_printed_or_saved_while_the_sheet_is_being_made(bedside, office, tmp_path):
    before = bedside.count
    office.open("sheets", subject=bedside.subject)
    page = office.page()
    page.side.path.line.setText(str(tmp_path / "sheet.pdf"))
    page.save()
    assert page.side.notice.sentences()[0].startswith("The sheet is being made.")
    assert page.action().sentence == "Making the sheet ..."
    assert bedside.count == before


def test_a_sheet_that_comes_late_is_not_shown_in_the_place_of_the_chosen_one(sheets, drawn):
    for paper in ("Letter", "A4", "Letter"):
        sheets.side.paper.choose(paper)
    assert drawn().sheet.paper == "Letter"
    assert sheets.preview.page_count() == sheets.sheet.pages


@pytest.fixture
def prints_to(monkeypatch, sheets, drawn):
    """A printer that prints into a file: as real as a machine without one can have."""

    def use(out: Path) -> None:
        pdf_printer(monkeypatch, out)
        sheets.refresh()
        drawn()

    return use


def pdf_printer(monkeypatch, out: Path) -> None:
    def make(_name: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(out))
        printer.setResolution(printing.LEAST_DPI)
        return printer

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["Ward"]))
    monkeypatch.setattr(printing, "printer_for", make)


def test_a_print_is_journalled_first_and_sent_beside_the_window(
    bedside, sheets, office, prints_to, qtbot, tmp_path
):
    out = tmp_path / "paper.pdf"
    prints_to(out)
    before, pages = bedside.count, sheets.sheet.pages
    sheets.print_sheet()
    assert bedside.count == before + 1
    said = "Copy 1 was sent to Ward."
    qtbot.waitUntil(lambda: office.window.status.message() == said, timeout=20_000)
    assert len(PdfReader(out).pages) == pages


@pytest.mark.qt_log_ignore("QPainter::begin\\(\\): Returned false")
def test_a_print_that_fails_says_that_its_copy_is_in_the_journal(
    sheets, prints_to, qtbot, tmp_path
):
    prints_to(tmp_path / "no" / "such" / "folder.pdf")
    sheets.print_sheet()
    qtbot.waitUntil(lambda: sheets.side.notice.sentences() != (), timeout=20_000)
    assert sheets.side.notice.sentences()[0].endswith("did not take the sheet.")
    assert "names copy 1 as issued" in sheets.side.notice.sentences()[1]


@pytest.mark.parametrize(("its", "drawn_at"), [(72, 300), (300, 300), (600, 600), (1200, 600)])
def test_a_page_is_drawn_in_the_printer_s_resolution_within_limits(its, drawn_at):
    assert printing.resolution_within(its) == drawn_at


def test_a_patient_without_a_cycle_has_nothing_to_print(office, ordered):
    office.open("sheets", subject=ordered)
    assert office.page().side.notice.sentences() == ("Nothing to print yet. Plan a cycle first.",)
    assert office.page().sheet is None


def test_a_scanned_sheet_opens_its_print_and_tells_old_paper(
    bedside, sheets, office, drawn, typing, tmp_path
):
    sheets.side.path.line.setText(str(tmp_path / "sheet.pdf"))
    sheets.save()
    code = code_on((tmp_path / "sheet.pdf").read_bytes())
    office.open("find")
    office.page().typed.line.setText(code)
    typing("{Enter}")
    page = drawn()
    assert page.subject == bedside.subject
    assert page.sheet.sheet_id == code.split("|")[1]
    assert (
        page.side.good.sentences()[0]
        == "It is the latest print, and the journal still says the same."
    )
    bedside.later(5)
    bedside.premedicate(2)
    office.open("find")
    office.page().typed.line.setText(code)
    typing("{Enter}")
    assert drawn().side.scanned.sentences()[0].startswith("OLD PAPER")


def test_a_scanned_sheet_of_another_journal_is_refused_beside_the_field(office, bedside, typing):
    office.open("find")
    office.page().typed.line.setText("IL2DESK|CYC-000000-00000000|0000000000")
    typing("{Enter}")
    assert "was never printed from this journal" in office.page().typed.error_text()


def test_a_label_is_offered_once_released_and_prints_on_a_roll_in_its_size(
    bedside, office, drawn, tmp_path, monkeypatch
):
    bedside.prepared()
    office.open("sheets", subject=bedside.subject)
    page = drawn()
    rows = {row.cells: row.id for row in page.side.sheets.rows()}
    page.side.sheets.select(rows["Label, 70 by 37 mm", "dose 1"])
    page = drawn()
    assert page.sheet is None  # the US product has a gap that blocks the label
    monkeypatch.setattr("il2desk.desk.dose_label_sheet.open_limits", lambda *_: ())  # filled in
    page.side.sheets.select("0")
    drawn()
    page.side.sheets.select(rows["Label, 70 by 37 mm", "dose 1"])
    page.side.paper.choose("Roll")
    drawn()
    out = tmp_path / "label.pdf"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    printer.setResolution(300)
    assert print_pdf(printer, page.sheet.pdf, "Roll") is None
    box = PdfReader(out).pages[0].mediabox
    assert [round(float(side) * 25.4 / 72) for side in (box.width, box.height)] == [70, 37]
    page.side.sheets.select("0")
    assert drawn().sheet.paper == "A4"


def test_the_list_has_the_cycle_first_then_the_dose_in_work(sheets):
    shown = [row.cells for row in sheets.side.sheets.rows()]
    assert shown[0] == ("Cycle sheet", "")
    of_doses = [what for _, what in shown if what]
    assert of_doses[0] == "dose 2"
    assert "dose 1" in of_doses


def test_a_sheet_that_comes_after_the_page_and_the_journal_are_gone_is_for_nobody(
    bedside, office, qtbot
):
    office.open("sheets", subject=bedside.subject)
    page = office.page()
    (job,) = page.drawing._jobs
    job.wait()  # its answer waits for the window's thread
    office.clear()
    office.desk.journal.close()
    qtbot.wait(50)  # what would be raised by the answer fails the test
    assert page.sheet is None


def test_a_name_is_proposed_that_sorts_itself_and_names_nobody(sheets, office):
    name = Path(sheets.side.path.typed()).name
    assert name == f"cycle_2026-03-12_NPC-001_{sheets.sheet.sheet_id}.pdf"
    assert "wenstein" not in name
    sheets.side.path.line.setText("/somewhere/mine.pdf")
    sheets.side.paper.choose("Letter")
    assert sheets.side.path.typed() == "/somewhere/mine.pdf"


def test_a_refusal_stands_in_view_in_a_small_window(sheets, office, monkeypatch, qtbot):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    office.window.resize(1280, 720)
    sheets.print_sheet()
    notice = sheets.side.notice
    qtbot.waitUntil(notice.isVisible)
    qtbot.wait(30)
    assert notice.visibleRegion().boundingRect().size() == notice.size()


def test_without_a_printer_the_act_is_to_save(sheets, monkeypatch, tmp_path: Path):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    sheets.refresh()
    assert sheets.action().primary in (None, "Save PDF")


def test_at_the_smallest_size_no_page_is_wider_than_there_is_room(sheets, office, qtbot):
    office.window.resize(1280, 720)
    qtbot.wait(20)
    sheets.preview.set_pdf(sheets.sheet.pdf)
    qtbot.wait(20)
    bar = sheets.preview._area.horizontalScrollBar()
    assert bar.maximum() == 0
