"""The checks of the tree of widgets see what they are for, each in a small window with one fault."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QMainWindow, QVBoxLayout, QWidget

from il2desk.window.banner import BannerFacts
from il2desk.window.buttons import Button
from il2desk.window.fields import TextEntry
from il2desk.window.shell import MainWindow
from il2desk.window.tables import Column, RecordTable, Row
from il2desk.window.theme import PlainLabel, text_font

Faults = Callable[..., list[str]]


@pytest.fixture(scope="module")
def tree() -> Iterator[ModuleType]:
    """The package of checks, which is no package of the test run."""
    folder = Path(__file__).parent / "tree"
    spec = importlib.util.spec_from_file_location(
        "window_tree", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    assert spec.loader is not None
    sys.modules["window_tree"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules["window_tree"])
    return sys.modules["window_tree"]


@pytest.fixture
def faults(tree, shown, qtbot) -> Faults:
    """Put parts into a window, one under another, and let one check look at it."""

    def look(check: str, *parts: QWidget) -> list[str]:
        window, house = QMainWindow(), QWidget()
        window.is_locked = lambda: True  # it is no window of the program: it has no banner
        column = QVBoxLayout(house)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        window.setCentralWidget(house)
        window.resize(700, 400)
        shown(window)
        qtbot.wait(40)
        return tree.CHECKS[check](tree.look_at(window))

    return look


def plain(text: str, width: int = 0, *, wrap: bool = True) -> QLabel:
    """A label that is as narrow as it is told to be."""
    label = QLabel(text)
    label.setFont(text_font())
    label.setWordWrap(wrap)
    if width:
        label.setFixedWidth(width)
    return label


def table(text: str, width: int, column: str = "Note") -> RecordTable:
    """A table of one row whose column was made narrow after it was laid out."""
    made = RecordTable((Column(column),), name="Lots")
    made.set_rows((Row("1", (text,)),))
    made.view.horizontalHeader().setMinimumSectionSize(10)
    made._fit = lambda: made.view.setColumnWidth(0, width)
    return made


def test_what_is_cut_is_found(faults):
    assert (
        faults("clipped", PlainLabel("Every letter of this stands here."), Button("Go back", "Esc"))
        == []
    )
    assert "needs" in faults("clipped", plain("A label on one line", 40, wrap=False))[0]
    low = plain("Words that need two lines where there is room for one of them", 120)
    low.setFixedHeight(20)
    assert "height of label" in faults("clipped", low)[0]
    narrow = Button("Record the check", "Ctrl+Enter")
    narrow.setFixedWidth(80)
    assert "button" in faults("clipped", narrow)[0]


def test_what_a_table_cuts_is_found(faults):
    assert faults("clipped", table("Quarantined", 400)) == []
    found = " ".join(faults("clipped", table("Quarantined", 40, "A long name of a column")))
    assert "cell 'Quarantined'" in found
    assert "header 'A long name of a column'" in found


def test_what_its_holder_cuts_is_found(faults):
    holder = QWidget()
    holder.setFixedSize(60, 40)
    inside = plain("Cut at the edge of what holds it", 300)
    inside.setParent(holder)
    assert "cut by what holds it" in faults("clipped", holder)[0]


def test_pale_text_is_found(faults):
    pale = plain("Pale words")
    mine = pale.palette()
    mine.setColor(QPalette.ColorRole.WindowText, QColor("#A0A8B0"))
    pale.setPalette(mine)
    assert "stands out" in faults("contrast", pale)[0]
    assert faults("contrast", PlainLabel("Dark words"), PlainLabel("Quiet words", muted=True)) == []


@pytest.mark.parametrize(
    "text",
    [
        "5 MIU", "22 Mio.", "10 IU per mL", "IL-2", "give .5 mL", "2.0 mL", "2.50 mg", "> 90 mmHg",
        "< 2.9", "on 12.03.2026", "12-Mar-26", "2026-03-12", "at 2 pm", "18 million/mL", "5 mg/kg",
        "DOSE 42.3 million international units",
    ],
)  # fmt: skip
def test_what_is_written_dangerously_is_found(faults, text):
    assert faults("wording", QLabel(text)) != []


@pytest.mark.parametrize(
    "text",
    [
        "DOSE\u00a042.3\u00a0million\u00a0international\u00a0units", "0.5 mL of 1,000 mL", "2.2 mg/dL",
        "90 mmHg or more", "12-Mar-2026 14:00", "G P H O U record an outcome", "/home/il2desk/a.sqlite",
        "10 mL", "protocol version 1.0",
    ],
)  # fmt: skip
def test_what_is_written_well_is_left_alone(faults, text):
    assert faults("wording", QLabel(text)) == []


def test_a_number_that_stands_alone_at_the_end_of_a_line_is_found(faults):
    parted = plain("the whole amount of 42.3 million international units", 0)
    metrics = parted.fontMetrics()
    parted.setFixedWidth(metrics.horizontalAdvance("the whole amount of 42.3 m"))
    assert "parts 42.3 from million" in faults("lines", parted)[0]
    kept = PlainLabel("the whole amount of 42.3 million international units")
    kept.setFixedWidth(330)
    assert faults("lines", kept) == []


def test_no_focus_and_a_ring_out_of_sight_are_found(faults):
    assert "nothing in the window has the keyboard" in faults("focus", PlainLabel("Words"))[0]
    entry = TextEntry("Site name")
    entry.line.setFocus()
    assert faults("focus", entry) == []


def test_a_field_without_a_name_is_found(faults):
    nameless = QWidget()
    nameless.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    nameless.setMinimumSize(40, 40)
    assert any("has no name" in told for told in faults("names", nameless))
    assert faults("names", Button("Go back", "Esc"), TextEntry("Site name")) == []


def test_a_name_that_is_not_whole_in_the_banner_is_found(tree, window: MainWindow, qtbot):
    page = QWidget()
    page.subject = "somebody"
    window.show_page(page)
    assert "has no banner" in tree.CHECKS["banner"](tree.look_at(window))[0]
    window.set_banner(BannerFacts("NPC-001", "Löwenstein", "Maria", born="04-Mar-1961"))
    qtbot.wait(30)
    assert tree.CHECKS["banner"](tree.look_at(window)) == []
    window.banner()._name.setText("LÖWENST..., M...")
    assert "not in the banner" in tree.CHECKS["banner"](tree.look_at(window))[0]
    page.subject = None
    assert "names one" in tree.CHECKS["banner"](tree.look_at(window))[0]


def test_a_refusal_that_lost_what_was_typed_is_found(tree, shown):
    entry = TextEntry("Site name", required=True)
    window = QMainWindow()
    window.setCentralWidget(entry)
    shown(window)
    entry.set_error("Too long. Type it again.")
    assert tree.CHECKS["errors"](tree.look_at(window)) == []
    entry._error.hide()
    assert "not shown" in tree.CHECKS["errors"](tree.look_at(window))[0]


def test_a_double_name_and_a_path_may_be_broken_where_qt_breaks_them(faults):
    double = plain("FEATHERSTONEHAUGH-CHOLMONDELEYWORTH", 240)
    path = plain("/home/pharmacy/journals/of-the-trial/journal.sqlite", 240)
    assert faults("clipped", double, path) == []
    assert "word of label" in faults("clipped", plain("FEATHERSTONEHAUGHCHOLMONDELEYWORTH", 240))[0]
