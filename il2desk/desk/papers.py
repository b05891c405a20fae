"""Sheets from the journal: everything that others may use of them, in one place."""

from __future__ import annotations

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
from il2desk.desk.sheet_kinds import SHEETS
from il2desk.desk.sheet_request import SheetKind, SheetRequest

__all__ = [
    "SHEETS",
    "ComposedSheet",
    "PreparedSheet",
    "PrintRecord",
    "SheetKind",
    "SheetRequest",
    "compose_sheet",
    "draw_sheet",
    "prepare_cycle_sheet",
    "prepare_sheet",
    "prints_of",
    "record_print",
    "sheet_images",
]
