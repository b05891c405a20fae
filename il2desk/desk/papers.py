"""Sheets from the journal: everything that others may use of them, in one place."""

from __future__ import annotations

from il2desk.desk.print_batch import BatchAnswer, SheetBatch
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
    sheet_images,
)
from il2desk.desk.scan_back import ScannedSheet, is_sheet_code, read_sheet_code
from il2desk.desk.sheet_kinds import SHEETS
from il2desk.desk.sheet_request import SheetKind, SheetRequest

__all__ = [
    "SHEETS",
    "BatchAnswer",
    "ComposedSheet",
    "PreparedSheet",
    "PrintRecord",
    "ScannedSheet",
    "SheetBatch",
    "SheetKind",
    "SheetRequest",
    "compose_sheet",
    "draw_sheet",
    "is_sheet_code",
    "prepare_cycle_sheet",
    "prepare_sheet",
    "prints_of",
    "read_sheet_code",
    "record_print",
    "sheet_images",
]
