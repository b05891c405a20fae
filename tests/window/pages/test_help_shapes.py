"""The topic of shapes draws every glyph with its word, and any topic goes onto paper."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrinter

from il2desk.window.glyphs import STATES, VERDICTS
from il2desk.window.office import Office
from il2desk.window.pages import printing
from il2desk.window.pages.help import SHAPES, HelpPage
from il2desk.window.pages.help_shapes import SHAPES as LISTED


def _opened(office: Office, topic: str) -> HelpPage:
    office.open("help", topic=topic)
    page = office.page()
    assert isinstance(page, HelpPage)
    return page


def test_every_shape_of_the_window_is_explained() -> None:
    assert [state for state, _, _ in LISTED] == [*STATES, *VERDICTS]


def test_every_picture_of_the_topic_is_drawn(bare_office: Office) -> None:
    page = _opened(bare_office, SHAPES)
    image = QTextDocument.ResourceType.ImageResource.value
    for state, _, _ in LISTED:
        picture = page.text.loadResource(image, QUrl(f"glyph:{state.replace(' ', '-')}"))
        assert not picture.isNull()
    assert page.text.loadResource(image, QUrl("https://example.org/x.png")) is None
    assert page.text.document().toPlainText().count("\ufffc") == len(LISTED)


@pytest.mark.parametrize(("topic", "word"), [(SHAPES, "Needs second person"), ("keys", "Ctrl+L")])
def test_a_topic_goes_onto_paper(
    bare_office: Office, tmp_path: Path, topic: str, word: str
) -> None:
    page = _opened(bare_office, topic)
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "topic.pdf"))
    page.text.put_on(printer)
    pdf = pypdfium2.PdfDocument(tmp_path / "topic.pdf")
    text = " ".join(sheet.get_textpage().get_text_bounded() for sheet in pdf)
    pdf.close()
    assert word in " ".join(text.split())


def test_without_a_printer_the_topic_says_so(
    bare_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "printer_names", lambda: ())
    page = _opened(bare_office, SHAPES)
    page.print_sheet()
    assert "No printer" in bare_office.window.status.message()
