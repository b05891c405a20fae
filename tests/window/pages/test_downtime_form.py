"""The downtime sheet where it is needed: beside a fault, on the locked screen, after a defect."""

from __future__ import annotations

import os
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from il2desk.window.pages.downtime_form import DowntimeForm
from il2desk.window.pages.sign_in import SignInPage
from il2desk.window.pages.system_state import DowntimeOffer, FaultCard


def asked(card: FaultCard | SignInPage, qtbot: QtBot) -> DowntimeForm:
    offer = card.findChild(DowntimeOffer)
    assert offer is not None
    qtbot.mouseClick(offer.button, Qt.MouseButton.LeftButton)
    form = card.findChild(DowntimeForm)
    assert form is not None
    return form


@pytest.fixture
def card(qtbot: QtBot) -> FaultCard:
    made = FaultCard("The disk is full.", "All before is stored.", "Use the downtime sheet.")
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_fault_offers_the_sheet_and_it_is_saved(card: FaultCard, qtbot: QtBot, tmp_path: Path):
    form = asked(card, qtbot)
    path = tmp_path / "blank.pdf"
    form.path.line.setText(str(path))
    form.paper.choose("Letter")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert str(path) in form.told.sentences()[0]
    page = pypdf.PdfReader(path).pages[0]
    assert round(page.mediabox.width) == 792
    assert "Downtime sheet" in page.extract_text()


def test_a_file_that_is_there_is_not_replaced(card: FaultCard, qtbot: QtBot, tmp_path: Path):
    form = asked(card, qtbot)
    path = tmp_path / "blank.pdf"
    path.write_text("kept", encoding="ascii")
    form.path.line.setText(str(path))
    form.save()
    assert path.read_text(encoding="ascii") == "kept"
    assert form.told.sentences() == ()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_disk_that_takes_nothing_is_told(
    card: FaultCard, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    form = asked(card, qtbot)
    real = os.open

    def full(name, flags, *rest, **more):
        return real("/dev/full" if str(name).startswith(str(tmp_path)) else name, os.O_WRONLY)

    form.path.line.setText(str(tmp_path / "blank.pdf"))
    monkeypatch.setattr(os, "open", full)
    form.save()
    monkeypatch.undo()
    assert form.refused.sentences()[0].startswith("Not saved:")
    assert "another drive" in form.refused.sentences()[1]
    assert not list(tmp_path.iterdir())


def test_it_is_there_before_anybody_signs_in(qtbot: QtBot, tmp_path: Path):
    page = SignInPage()
    qtbot.addWidget(page)
    page.show_fault(("What.", "Safe.", "Do."), ())
    page.show()
    form = asked(page, qtbot)
    form.path.line.setText(str(tmp_path / "blank.pdf"))
    form.save()
    assert (tmp_path / "blank.pdf").stat().st_size > 1000


def test_a_second_press_shows_no_second_form(card: FaultCard, qtbot: QtBot):
    asked(card, qtbot)
    card.findChild(DowntimeOffer).show_form()
    assert len(card.findChildren(DowntimeForm)) == 1
