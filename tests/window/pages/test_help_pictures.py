"""Pictures in help: shown offline, as wide as the text, with what they show in words under them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument

from il2desk import paths

IMAGE = QTextDocument.ResourceType.ImageResource.value
FIRST = "pictures/walk-01-first-start.png"


@pytest.fixture
def page(bare_office, qtbot):
    """The newcomer's walk in help."""
    bare_office.open("help", topic="walk")
    qtbot.wait(20)
    return bare_office.page()


def test_every_picture_of_the_walk_is_shown_within_the_text(page) -> None:
    names = sorted(file.name for file in Path(paths.resource("help", "pictures")).glob("*.png"))
    assert len(names) >= 10
    for name in names:
        shown = page.text.loadResource(IMAGE, QUrl(f"pictures/{name}"))
        assert 300 < shown.width() / shown.devicePixelRatio() <= page.text.viewport().width()
    assert page.text.horizontalScrollBar().maximum() == 0


def test_a_narrower_window_shows_narrower_pictures(page, window, qtbot) -> None:
    def width() -> int:
        return page.text.document().resource(IMAGE, QUrl(FIRST)).width()

    before = width()
    window.resize(1024, 600)
    qtbot.waitUntil(lambda: width() < before)
    assert page.text.horizontalScrollBar().maximum() == 0


def test_what_a_picture_shows_is_read_as_text_too(page) -> None:
    assert "The first page asks for the folder of the journal" in page.text.toPlainText()


@pytest.mark.parametrize(
    "name", ["../../protocols/npc-bolus.toml", "pictures/../start.md", "https://example.org/a.png", "/etc/hostname"]
)  # fmt: skip
def test_nothing_else_is_read_for_a_picture(page, name: str) -> None:
    assert page.text.loadResource(IMAGE, QUrl(name)) is None
    assert page.text.loadResource(IMAGE + 1, QUrl(FIRST)) is None
