"""The audit trail as rows: newest first, a line an entry."""

from __future__ import annotations

from collections.abc import Sequence

from il2desk.desk.audit import AuditLine
from il2desk.window.tables import Cell, Column, Row
from il2desk.words import say


def audit_columns() -> tuple[Column, ...]:
    """Time, who in which role, what, whose, old and new, why, and the place in the chain."""
    return (
        Column(say("Time"), stretch=2),
        Column(say("Who"), stretch=4),
        Column(say("What"), stretch=4),
        Column(say("Patient"), stretch=0),
        Column(say("Old \u2192 new"), stretch=4),
        Column(say("Reason"), stretch=2),
        Column(say("Entry"), stretch=0),
    )


def audit_rows(lines: Sequence[AuditLine]) -> list[Row]:
    """A row an entry; what does not apply stays empty, and is left out of its sentence."""
    return [
        Row(
            one.entry,
            (
                one.time,
                one.who_words,
                Cell(one.what, bold=True),
                one.patient,
                one.change_words,
                one.reason,
                one.place,
            ),
        )
        for one in lines
    ]
