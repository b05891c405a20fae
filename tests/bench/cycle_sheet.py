"""The full practice cycle of 15 doses: composed and rendered, against a bare canvas.

Ours: finished facts to PDF bytes (`compose_cycle_sheet`, `render`). Bare: a ReportLab canvas that
sets the same strings in the same two embedded faces, one `setFont` and one `drawString` a string,
on as many pages. The faces are loaded before either begins.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import trial
from pairs import Row, in_turn, timed
from reportlab.pdfgen.canvas import Canvas

from il2desk.desk import Desk, chart_of
from il2desk.desk.cycle_sheet_facts import SheetCall, cycle_facts
from il2desk.desk.papers import prepare_cycle_sheet
from il2desk.dosing import Refusal
from il2desk.sheets import CycleFacts, compose_cycle_sheet, render
from il2desk.sheets.geometry import PAPERS
from il2desk.sheets.pages import make_pages

RUNS = 15


def measure(journal: Path) -> list[Row]:
    """Return the row of the target and, for information, the whole act from the journal."""
    desk = trial.opened(journal)
    subject, cycle, facts = _full_cycle(desk)
    pages = make_pages(compose_cycle_sheet(facts), PAPERS["A4"], None)
    strings = sum(len(page.inks) for page in pages)

    def ours() -> None:
        render(compose_cycle_sheet(facts), "A4")

    def bare() -> None:
        paper = PAPERS["A4"]
        canvas = Canvas(BytesIO(), pagesize=(paper.width, paper.height), pageCompression=0)
        for page in pages:
            for ink in page.inks:
                canvas.setFont(ink.style.face, ink.style.size)
                canvas.drawString(ink.x, paper.height - ink.y, ink.words)
            canvas.showPage()
        canvas.save()

    def whole() -> None:
        if isinstance(prepare_cycle_sheet(desk, subject, cycle), Refusal):
            message = "the cycle sheet was refused"
            raise TypeError(message)

    sheet = in_turn(timed(ours), timed(bare), RUNS)
    act = in_turn(timed(whole), timed(bare), RUNS)
    desk.close()
    name = f"cycle sheet, {len(pages)} pages, {strings} strings"
    return [
        Row(name, "ms", sheet.ours * 1000, sheet.bare * 1000, 2.5, sheet.runs),
        Row(
            "  the same read from the journal first",
            "ms",
            act.ours * 1000,
            act.bare * 1000,
            None,
            act.runs,
        ),
    ]


def _full_cycle(desk: Desk) -> tuple[str, str, CycleFacts]:
    """Return patient, cycle and the facts of its sheet."""
    subject = trial.subject(desk, trial.FULL_CYCLE)
    chart = chart_of(desk, subject)
    if isinstance(chart, Refusal) or chart.cycle is None:
        message = "the practice trial has no full cycle"
        raise TypeError(message)
    call = SheetCall("CYC-BENCH", "entry 1", "0" * 12, desk.clock.now(), trial.NAME, "")
    facts = cycle_facts(desk, chart, chart.cycle, call)
    if isinstance(facts, Refusal):
        raise TypeError(facts.text)
    return subject, chart.cycle.id, facts
