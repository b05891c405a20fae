"""The blank downtime sheet."""

from __future__ import annotations

from il2desk.sheets import DowntimeIssue, SheetModel, compose_downtime_sheet


def examples() -> dict[str, SheetModel]:
    """There is one."""
    return {
        "blank": compose_downtime_sheet(
            DowntimeIssue("0.1.0", "12-Mar-2026 14:02", "20260312130200")
        )
    }
