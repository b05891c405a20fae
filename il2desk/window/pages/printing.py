"""From the bytes of a sheet onto paper: every page as a picture, as large as it was made."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QMarginsF, QObject, QRect, QSizeF, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from il2desk.desk.papers import PageImage, sheet_image, sheet_pages
from il2desk.window.jobs import Job, Stopped, Tell
from il2desk.window.pages.sheet_preview import picture_of
from il2desk.words import say

# Below 300 dots an inch the codes on a sheet are lost; above 600 a page takes 500 MB and looks
# the same (measured, stack.md section 2).
LEAST_DPI, MOST_DPI = 300, 600
_PAPERS = {"A4": QPageSize.PageSizeId.A4, "Letter": QPageSize.PageSizeId.Letter}


def printer_names() -> tuple[str, ...]:
    """Return the printers that this computer knows; empty where none is set up."""
    return tuple(QPrinterInfo.availablePrinterNames())


def printer_for(name: str) -> QPrinter:
    """Return the printer with this name at its own resolution, held between 300 and 600."""
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    printer.setResolution(resolution_within(printer.resolution()))
    return printer


def resolution_within(dots_an_inch: int) -> int:
    """Return the resolution that a page is drawn in for a printer of so many dots an inch."""
    return min(max(dots_an_inch, LEAST_DPI), MOST_DPI)


def print_pdf(printer: QPrinter, pdf: bytes, paper: str, tell: Tell | None = None) -> str | None:
    """Print every page unscaled on `paper` ("A4", "Letter", or the roll of a label printer); return why it failed, or None.

    The page's edge lies on the paper's edge, so that the bar of 100 mm on the sheet is 100 mm.
    `tell` is told the number of each page before it is drawn; one page is held at a time.
    """
    pages, dpi = sheet_pages(pdf), resolution_within(printer.resolution())
    first = sheet_image(pdf, 0, LEAST_DPI)
    wide = first.width > first.height and paper in _PAPERS
    way = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(_size(paper, first), way, QMarginsF(0, 0, 0, 0)))
    painter = QPainter()
    if not painter.begin(printer):
        return say("The printer {name} did not take the sheet.", name=printer.printerName())
    for at in range(pages):
        if at and not printer.newPage():
            painter.end()
            return say(
                "The printer {name} stopped after page {n}.", name=printer.printerName(), n=at
            )
        if tell is not None:
            tell(at + 1)
        page = picture_of(sheet_image(pdf, at, dpi))
        scale = printer.resolution() / dpi
        place = QRect(0, 0, round(page.width() * scale), round(page.height() * scale))
        painter.drawImage(place, page)
    painter.end()
    return None


def _size(paper: str, page: PageImage) -> QPageSize:
    """The paper, or for a label printer the page as large as it was made."""
    known = _PAPERS.get(paper)
    if known is not None:
        return QPageSize(known)
    inches = QSizeF(page.width / LEAST_DPI, page.height / LEAST_DPI)
    exact = QPageSize.SizeMatchPolicy.ExactMatch
    return QPageSize(inches, QPageSize.Unit.Inch, say("Label"), exact)


class Printing(QObject):
    """One sheet on its way to a printer, beside the window; it goes on when the page is left.

    `ended` carries why it failed, or an empty text.
    """

    ended = Signal(str)

    def __init__(self, printer: QPrinter, pdf: bytes, paper: str, parent: QObject) -> None:
        super().__init__(parent)
        self._job = Job(partial(_print, printer, pdf, paper))
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)

    def begin(self) -> None:
        """Start."""
        self._job.begin()

    def _on_done(self, answer: object) -> None:
        self.ended.emit(answer if isinstance(answer, str) else "")
        self.deleteLater()

    def _on_failed(self, error: object) -> None:
        self.ended.emit(say("The sheet could not be printed."))
        self.deleteLater()
        if isinstance(error, BaseException):
            raise error  # a defect is shown as every other one


def _print(printer: QPrinter, pdf: bytes, paper: str, tell: Tell, _stopped: Stopped) -> str | None:
    return print_pdf(printer, pdf, paper, tell)
