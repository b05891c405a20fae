"""From the bytes of a sheet onto paper: every page as a picture, as large as it was made."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QRect
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from il2desk.window.pages.sheet_preview import images_of
from il2desk.words import say

DPI = 300
_PAPERS = {"A4": QPageSize.PageSizeId.A4, "Letter": QPageSize.PageSizeId.Letter}


def printer_names() -> tuple[str, ...]:
    """Return the printers that this computer knows; empty where none is set up."""
    return tuple(QPrinterInfo.availablePrinterNames())


def printer_for(name: str) -> QPrinter:
    """Return the printer with this name at 300 dots an inch."""
    printer = QPrinter(QPrinterInfo.printerInfo(name))
    printer.setResolution(DPI)
    return printer


def print_pdf(printer: QPrinter, pdf: bytes, paper: str) -> str | None:
    """Print every page unscaled on `paper` ("A4" or "Letter"); return why it failed, or None.

    The page's edge lies on the paper's edge, so that the bar of 100 mm on the sheet is 100 mm.
    """
    pages = images_of(pdf, DPI)
    wide = any(page.width() > page.height() for page in pages)
    way = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(QPageSize(_PAPERS[paper]), way, QMarginsF(0, 0, 0, 0)))
    painter = QPainter()
    if not painter.begin(printer):
        return say("The printer {name} did not take the sheet.", name=printer.printerName())
    for at, page in enumerate(pages):
        if at and not printer.newPage():
            painter.end()
            return say(
                "The printer {name} stopped after page {n}.", name=printer.printerName(), n=at
            )
        scale = printer.resolution() / DPI
        place = QRect(0, 0, round(page.width() * scale), round(page.height() * scale))
        painter.drawImage(place, page)
    painter.end()
    return None
