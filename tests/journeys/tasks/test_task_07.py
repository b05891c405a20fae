"""T7: "Find out why dose 4 was not given and print the cycle sheet." Dose 6 is not signed.

No printer is set up where tests run: the sheet is printed into a file, journalled the same way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter

from il2desk.window.pages import printing


@pytest.fixture
def on_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A printer of this computer that writes a file."""
    paper = tmp_path / "paper.pdf"

    def printer(_: str) -> QPrinter:
        made = QPrinter()
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(paper))
        made.setResolution(300)
        return made

    monkeypatch.setattr(printing, "printer_names", lambda: ("Ward",))
    monkeypatch.setattr(printing, "printer_for", printer)
    return paper


def test_the_reason_is_read_and_the_sheet_is_not_verified(
    person: Any, rows: Callable[..., Any], on_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[bytes] = []
    print_pdf = printing.print_pdf
    monkeypatch.setattr(
        printing, "print_pdf", lambda a, pdf, *more: (sent.append(pdf), print_pdf(a, pdf, *more))[1]
    )
    person.on_row("NPC-014")
    with person.budget("T7", 6):
        person.keys("{F4}{Left}")
        assert "Omitted" in person.text()
        assert "hypotension at the bedside" in person.text().replace("\n", " ")
        with person.budget("B10", 4):
            person.keys("{F8}")
            person.until(lambda: person.page.sheet is not None, "the sheet drawn")
            sheet = person.page.sheet
            person.keys("{Ctrl+P}")  # the only printer is chosen
    person.until(lambda: sent and on_file.exists(), "the paper")
    assert not sheet.verified
    stored = person.session.desk.journal.entries(kind="sheet-printed")
    assert len(stored) == 1
    printed = hashlib.sha256(sent[0]).hexdigest()
    assert printed == stored[0].body["stamped_sha256"]
    assert stored[0].body["sha256"] == hashlib.sha256(sheet.pdf).hexdigest()  # what was previewed
    on_paper = on_file.with_name("sent.pdf")
    on_paper.write_bytes(sent[0])
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(on_paper).pages).split())
    assert "NOT VERIFIED" in text
    assert "hypotension at the bedside" in text
    person.until(lambda: person.page.sheet is not None, "the sheet drawn anew")
    facts = {fact.name: fact.text for fact in person.page.side.facts.facts()}
    assert "copy 1 printed, K. Brandt" in facts["Prints"]
