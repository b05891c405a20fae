"""Another theme or text size is on screen at once, on what is built already too; the system is followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from il2desk.desk import Desk
from il2desk.window import look, theme
from il2desk.window.banner import BannerFacts, PatientBanner
from il2desk.window.buttons import Button
from il2desk.window.fields import Choice, NumberedChoice, TextEntry
from il2desk.window.look import Look, system_theme
from il2desk.window.office import Office
from il2desk.window.pages.notice import Notice
from il2desk.window.preferences import Preferences
from il2desk.window.shell import MainWindow
from il2desk.window.strips import ModeStrip, VerdictFacts, VerdictStrip
from il2desk.window.tables import Column, RecordTable, Row
from il2desk.window.theme import PlainLabel, title_label
from il2desk.window.tokens import CONTRAST, DARK, LIGHT, THEMES


@pytest.fixture(autouse=True)
def as_before(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply(qapp)


# What colours mix to at the edge of a letter depends on where it stands; these are drawn whole.
OURS = {value for tokens in THEMES.values() for value in astuple(tokens) if isinstance(value, str)}


def picture(widget: QWidget) -> set[str]:
    """The colours of any theme in which a widget is drawn."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = set(memoryview(image.constBits()).cast("I"))
    return {f"#{pixel & 0xFFFFFF:06X}" for pixel in pixels} & OURS


def facts() -> BannerFacts:
    return BannerFacts(
        "PRA-001", "Okafor", "Daniel", allergies="known allergies", dosing_weight="70.5 kg"
    )


def parts(column: QWidget) -> dict[str, QWidget]:
    """One of everything that keeps a colour or a font of its own."""
    banner = PatientBanner(column)
    banner.set_facts(facts())
    verdict = VerdictStrip(column)
    verdict.set_facts(VerdictFacts("GO", "No criterion met.", "jitc-2014"))
    notice = Notice(parent=column)
    notice.set_sentences(("Refused because.",))
    entry = TextEntry("Reason", parent=column)
    entry.set_error("Enter the reason.")
    table = RecordTable((Column("Patient"),), name="Patients", parent=column)
    table.set_rows((Row("1", ("OKAFOR",)),))
    table.select("1")
    return {
        "banner": banner, "strip": ModeStrip("CLOCK", "Moved back.", parent=column), "verdict": verdict,
        "notice": notice, "entry": entry, "table": table, "title": title_label("Dose 7", parent=column),
        "muted": PlainLabel("quiet", muted=True, parent=column),
        "button": Button("Sign", "Ctrl+Enter", strong=True, parent=column),
        "choice": NumberedChoice("Outcome", [Choice("g", "Given"), Choice("h", "Held")], parent=column),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["dark", "contrast"])
def test_what_is_built_already_looks_as_what_is_built_afterwards(
    qapp, shown, qtbot, name: str
) -> None:
    def laid() -> tuple[QWidget, dict[str, QWidget]]:
        house = QWidget()
        house.resize(700, 900)
        made = parts(house)
        for at, one in enumerate(made.values()):
            one.setGeometry(10, 10 + at * 85, 640, 80)
        for one in house.findChildren(QWidget):
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the ring of the focus is on neither
        shown(house)
        return house, made

    _, old = laid()
    theme.apply(qapp, name, percent=130)
    _, new = laid()
    qtbot.wait(20)
    for kind in old:
        assert picture(old[kind]) == picture(new[kind]), kind
        assert old[kind].sizeHint() == new[kind].sizeHint(), kind
    tokens = THEMES[name]
    assert tokens.banner in picture(old["banner"])
    assert tokens.stop in picture(old["entry"])
    assert LIGHT.banner not in picture(old["banner"])


def test_text_sizes_go_there_and_back_to_the_pixel(qapp, qtbot) -> None:
    labels = [PlainLabel("Dose", px=px) for px in (13, 15, 18, 20, 24)]
    for label in labels:
        qtbot.addWidget(label)
    for percent in (115, 130, 115, 100, 130, 100):
        theme.apply(qapp, percent=percent)
        assert [one.font().pixelSize() for one in labels] == [
            px * percent // 100 for px in (13, 15, 18, 20, 24)
        ]


@pytest.mark.parametrize(("name", "percent"), [("blue", 100), ("dark", 120)])
def test_there_is_no_other_look(qapp, name: str, percent: int) -> None:
    with pytest.raises((KeyError, ValueError)):
        theme.apply(qapp, name, percent=percent)
    assert theme.tokens_of(QWidget()) is LIGHT


def test_a_choice_is_worn_at_once_and_the_system_is_followed(qapp, qtbot, monkeypatch) -> None:
    wish = ["light"]
    monkeypatch.setattr(look, "system_theme", lambda: wish[0])
    mine = Preferences()
    worn = Look(qapp, mine)
    label = PlainLabel("quiet", muted=True)
    qtbot.addWidget(label)

    def ink() -> str:
        return label.palette().color(QPalette.ColorRole.WindowText).name().upper()

    assert ink() == LIGHT.muted
    wish[0] = "dark"
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert ink() == DARK.muted
    wish[0] = "contrast"
    qapp.styleHints().accessibility().contrastPreferenceChanged.emit(
        Qt.ContrastPreference.HighContrast
    )
    assert ink() == CONTRAST.muted
    mine.choose("theme", "light")
    assert ink() == LIGHT.muted
    mine.choose("text_size", "130")
    assert label.font().pixelSize() == 19
    worn.deleteLater()


def test_the_system_asks_for_light_where_it_says_nothing() -> None:
    assert system_theme() == "light"


def test_menus_and_every_other_part_of_the_window_find_room(
    qapp, window: MainWindow, qtbot, desk: Desk
) -> None:
    office = Office(desk, window)
    office.open("settings")
    window.resize(1024, 560)
    theme.apply(qapp, "contrast", percent=130)
    qtbot.waitUntil(lambda: window.menuBar().height() >= window.menuBar().sizeHint().height())
    for part in (window.action_bar, window.status):
        qtbot.waitUntil(lambda part=part: part.height() >= part.minimumSizeHint().height())
        assert window.rect().contains(part.geometry().translated(window.centralWidget().pos()))
    office.end()
