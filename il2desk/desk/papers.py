"""Sheets from the journal: everything that others may use of them, in one place."""

from __future__ import annotations

from il2desk.desk.downtime_kit import downtime_kit_request
from il2desk.desk.print_batch import BatchAnswer, DrawnFile, DrawTask, SheetBatch
from il2desk.desk.print_sheet import (
    ComposedSheet,
    PreparedSheet,
    PrintRecord,
    compose_sheet,
    draw_sheet,
    prepare_cycle_sheet,
    prepare_sheet,
    prints_of,
    record_print,
    sheet_image,
    sheet_images,
    sheet_pages,
)
from il2desk.desk.qualification import qualification_pdf
from il2desk.desk.scan_back import ScannedSheet, is_sheet_code, read_sheet_code
from il2desk.desk.sheet_kinds import SHEETS
from il2desk.desk.sheet_names import sheet_file_name
from il2desk.desk.sheet_request import SheetKind, SheetRequest
from il2desk.desk.sheets_offered import (
    OfferedSheet,
    cycle_sheets_of,
    protocols_with_cycles,
    sheets_of_cycle,
    sheets_of_site,
)
from il2desk.desk.verified import keep_verification
from il2desk.sheets import ROLL, PageImage

__all__ = [
    "ROLL",
    "SHEETS",
    "BatchAnswer",
    "ComposedSheet",
    "DrawTask",
    "DrawnFile",
    "OfferedSheet",
    "PageImage",
    "PreparedSheet",
    "PrintRecord",
    "ScannedSheet",
    "SheetBatch",
    "SheetKind",
    "SheetRequest",
    "compose_sheet",
    "cycle_sheets_of",
    "downtime_kit_request",
    "draw_sheet",
    "is_sheet_code",
    "keep_verification",
    "prepare_cycle_sheet",
    "prepare_sheet",
    "prints_of",
    "protocols_with_cycles",
    "qualification_pdf",
    "read_sheet_code",
    "record_print",
    "sheet_file_name",
    "sheet_image",
    "sheet_images",
    "sheet_pages",
    "sheets_of_cycle",
    "sheets_of_site",
]
