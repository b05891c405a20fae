"""The window's frame: fixed places, one way to commit, a lock that hides all."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from il2desk.dosing import WEIGHT_KG
from il2desk.window.banner import BannerFacts, HeaderFacts
from il2desk.window.fields import ClinicalNumberEdit, Form
from il2desk.window.shell import MainWindow, NavEntry
from il2desk.window.sign_panel import SignPanel, SignRequest
from il2desk.window.strips import ModeStrip, VerdictFacts, VerdictStrip
from il2desk.window.theme import PlainLabel

CONTROL = Qt.KeyboardModifier.ControlModifier
PATIENT = BannerFacts("RCC-014", "Löwenstein", "Maria", "Ms")
ENTRIES = (
    NavEntry("today", "Today", "F2"),
    NavEntry("find", "Find", "F3"),
    NavEntry("board", "Board", "F4", "patient"),
)


def _page() -> Form:
    form = Form()
    form.add(ClinicalNumberEdit(WEIGHT_KG))
    return form


def _shown_texts(window: MainWindow) -> str:
    return " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


# Pages, banner, screens


def test_a_page_begins_in_its_first_field(window: MainWindow) -> None:
    page = _page()
    window.show_page(page, "Weight and dose")
    assert page.isAncestorOf(window.focusWidget())
    assert window.windowTitle() == "Weight and dose - IL2Desk"


def test_a_page_without_fields_begins_on_go_back(window: MainWindow) -> None:
    window.show_page(PlainLabel("Nothing to type"))
    window.action_bar.set_primary("Record")
    focus = window.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text().startswith("Go back")


def test_the_old_page_and_its_bar_are_gone(window: MainWindow) -> None:
    window.show_page(PlainLabel("old text"))
    pressed: list[str] = []
    window.action_bar.set_primary("Old act")
    window.action_bar.primary.connect(lambda: pressed.append("old"))
    window.show_page(PlainLabel("new text"))
    QTest.keyClick(window, Qt.Key.Key_Return, CONTROL)
    assert pressed == []
    assert "old text" not in _shown_texts(window)
    assert window.action_bar.sentence() == ""


def test_banner_and_list_header_never_stand_together(window: MainWindow) -> None:
    window.set_banner(PATIENT)
    assert "LÖWENSTEIN" in _shown_texts(window)
    window.set_header(HeaderFacts("Doses today"))
    assert "LÖWENSTEIN" not in _shown_texts(window)
    window.set_banner(PATIENT)
    assert "Doses today" not in _shown_texts(window)


def test_the_banner_names_the_patient_who_is_open_now(window: MainWindow) -> None:
    """Also where the same banner stood for somebody else, or for the same person, a moment ago."""
    other = BannerFacts("RCC-012", "Löwenstein", "Mario", "Mr")
    for facts in (PATIENT, other, PATIENT):
        window.set_banner(facts)
        assert window.banner().facts() == facts
        shown = _shown_texts(window)
        assert f"LÖWENSTEIN, {facts.given_name}" in shown
        assert facts.trial_number in shown
    window.set_banner(None)
    window.set_banner(other)
    assert "Maria" not in _shown_texts(window)


def test_the_banner_is_full_width_and_nothing_covers_it(window: MainWindow) -> None:
    window.set_banner(PATIENT)
    window.show_page(_page())
    window.open_panel(SignPanel(SignRequest("Review", ("a",), "b", "K. Brandt")))
    banner = window.banner()
    assert banner is not None
    QApplication.processEvents()
    assert banner.width() == window.width()
    for x in range(5, window.width(), 100):
        over = window.childAt(x, banner.mapTo(window, banner.rect().center()).y())
        assert over is banner or banner.isAncestorOf(over)


def test_screens_are_reached_by_key_and_by_mouse(window: MainWindow) -> None:
    asked: list[str] = []
    window.navigate.connect(asked.append)
    window.set_nav(ENTRIES, "today")
    QTest.keyClick(window, Qt.Key.Key_F3)
    QTest.keyClick(window, Qt.Key.Key_F4)
    window.set_nav(ENTRIES[:2])
    QTest.keyClick(window, Qt.Key.Key_F4)
    assert asked == ["find", "board"]


def test_tab_goes_from_region_to_region(window: MainWindow) -> None:
    window.set_nav(ENTRIES)
    window.set_banner(PATIENT)
    page = _page()
    window.status.set_user("K. Brandt")
    window.show_page(page)
    window.action_bar.set_primary("Record")
    regions = [window._banner, window._rail, page, window.action_bar, window.status]
    seen: list[int] = []
    window._banner.setFocus()
    for _ in range(12):
        focus = window.focusWidget()
        at = next(i for i, r in enumerate(regions) if r is focus or r.isAncestorOf(focus))
        if not seen or seen[-1] != at:
            seen.append(at)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert seen[:5] == [0, 1, 2, 3, 4]


def test_f6_goes_round_the_regions(window: MainWindow) -> None:
    window.set_nav(ENTRIES)
    window.set_banner(PATIENT)
    window.show_page(_page())
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert window.action_bar.isAncestorOf(window.focusWidget())
    QTest.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window._rail.isAncestorOf(window.focusWidget())


def test_exactly_one_ring_marks_the_focus(window: MainWindow) -> None:
    window.show_page(_page())
    window.action_bar.set_primary("Record")
    for _ in range(4):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        QApplication.processEvents()
        rings = [w for w in window.findChildren(QWidget) if type(w).__name__ == "_Ring"]
        visible = [ring for ring in rings if ring.isVisible()]
        assert len(visible) == 1
        assert visible[0].parentWidget() is window.focusWidget()
        assert visible[0].size() == window.focusWidget().size()


# The action bar


def test_only_ctrl_enter_commits_and_only_once(window: MainWindow) -> None:
    page = _page()
    window.show_page(page)
    pressed: list[int] = []
    window.action_bar.set_primary("Record check")
    window.action_bar.primary.connect(lambda: pressed.append(1))
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert pressed == []
    for _ in range(3):
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Return, CONTROL)
    assert pressed == [1]
    window.action_bar.ready()
    QTest.keyClick(window, Qt.Key.Key_Enter, CONTROL)
    assert pressed == [1, 1]


def test_what_is_missing_is_counted_and_asked_for(window: MainWindow) -> None:
    window.show_page(_page())
    bar, heard = window.action_bar, []
    bar.set_primary("Record check")
    bar.set_missing(["urine", "creatinine"])
    bar.primary.connect(lambda: heard.append("primary"))
    bar.missing_asked.connect(lambda: heard.append("missing"))
    assert bar.lack().endswith("2 things missing")
    QTest.keyClick(window, Qt.Key.Key_Return, CONTROL)
    assert heard == ["missing"]
    bar.set_missing(["urine"])
    assert bar.lack().endswith("Missing: urine")
    bar.set_missing(["what the second person read from the label of the bag"])
    assert bar.lack().endswith("1 thing missing")
    bar.set_missing([])
    QTest.keyClick(window, Qt.Key.Key_Return, CONTROL)
    assert heard == ["missing", "primary"]


def test_a_block_says_why_and_commits_nothing(window: MainWindow) -> None:
    window.show_page(_page())
    bar, heard = window.action_bar, []
    bar.set_primary("Release")
    bar.set_blocked("Preparation is blocked: STOP 13:42. Recording a given dose stays possible.")
    bar.primary.connect(lambda: heard.append("primary"))
    QTest.keyClick(window, Qt.Key.Key_Return, CONTROL)
    assert heard == []
    assert bar.sentence().startswith("Preparation is blocked")


def test_escape_goes_back(window: MainWindow) -> None:
    window.show_page(_page())
    heard: list[str] = []
    window.action_bar.back.connect(lambda: heard.append("back"))
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert heard == ["back"]


# Panel and lock


def test_a_panel_takes_the_keys_and_gives_the_focus_back(window: MainWindow) -> None:
    page = _page()
    window.show_page(page)
    entry = page.entries()[0]
    entry.focus_entry()
    heard: list[str] = []
    window.action_bar.set_primary("Record")
    window.action_bar.primary.connect(lambda: heard.append("page"))
    window.action_bar.back.connect(lambda: heard.append("page back"))
    panel = SignPanel(SignRequest("Review", ("line",), "I did this", "K. Brandt"))
    panel.back.connect(lambda: heard.append("panel back"))
    window.open_panel(panel)
    assert panel.isAncestorOf(window.focusWidget())
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return, CONTROL)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert heard == ["panel back"]
    window.close_panel()
    assert entry.isAncestorOf(window.focusWidget())
    assert window.panel() is None


@pytest.mark.parametrize(("signer", "name"), [("K. Brandt", "K. Brandt"), (None, "A. Ruiz")])
def test_a_signature_carries_name_and_pin_once(
    window: MainWindow, signer: str | None, name: str
) -> None:
    panel = SignPanel(SignRequest("Review", ("line",), "I did this", signer))
    window.open_panel(panel)
    signed: list[tuple[str, str]] = []
    panel.signed.connect(lambda who, pin: signed.append((who, pin)))
    if signer is None:
        QTest.keyClicks(window.focusWidget(), "A. Ruiz")
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClicks(window.focusWidget(), "2468")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert signed == [], "Enter signs nothing"
    for _ in range(2):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return, CONTROL)
    assert signed == [(name, "2468")]
    panel.refuse("Wrong PIN. 3 tries left")
    assert panel.refusal_text() == "Wrong PIN. 3 tries left"
    assert [line.text() for line in panel.findChildren(QLineEdit)][-1] == ""
    QTest.keyClicks(window.focusWidget(), "1357")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return, CONTROL)
    assert signed[-1] == (name, "1357")


def test_a_signature_without_a_pin_is_asked_for(window: MainWindow) -> None:
    panel = SignPanel(SignRequest("Review", ("line",), "I did this", "K. Brandt"))
    window.open_panel(panel)
    signed: list[str] = []
    panel.signed.connect(lambda who, _: signed.append(who))
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return, CONTROL)
    assert signed == []
    texts = " ".join(label.text() for label in panel.findChildren(QLabel))
    assert "Type your PIN." in texts
    assert "Signing means: I did this" in texts


def test_locking_hides_everything_and_silences_keys(window: MainWindow) -> None:
    window.set_banner(PATIENT)
    window.set_nav(ENTRIES)
    page = _page()
    window.show_page(page, "Dose 7 of RCC-014")
    page.entries()[0].line.setText("70,5")
    asked: list[str] = []
    window.navigate.connect(asked.append)
    window.action_bar.primary.connect(lambda: asked.append("primary"))
    window.action_bar.set_primary("Record")
    overlay = QWidget()
    QVBoxLayout(overlay).addWidget(PlainLabel("Locked"))
    window.lock(overlay)
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F4):
        QTest.keyClick(window, key)
    QTest.keyClick(window, Qt.Key.Key_Return, CONTROL)
    assert window.is_locked()
    assert asked == []
    assert _shown_texts(window) == "Locked"
    assert "RCC-014" not in window.windowTitle()
    window.unlock()
    assert not window.is_locked()
    assert page.entries()[0].typed() == "70,5"
    QTest.keyClick(window, Qt.Key.Key_F2)
    assert asked == ["today"]


def test_locking_in_the_moment_of_an_unlocking_shows_nothing_beside(
    window: MainWindow, qtbot: QtBot
) -> None:
    """Qt shows what it was given a little later; by then it must not stand in a window of its own."""
    window.show_page(_page(), "Dose 7 of RCC-014")
    window.lock(QWidget())
    qtbot.wait(20)
    window.unlock()
    window.lock(QWidget())
    qtbot.wait(20)
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert shown == [window]
    assert not window.status.isVisible()
    window.unlock()
    assert window.status.isVisible()


def test_closing_is_told(window: MainWindow) -> None:
    heard: list[str] = []
    window.closing.connect(lambda: heard.append("closing"))
    window.close()
    assert heard == ["closing"]


# Strips


def test_strips_stack_and_stay(window: MainWindow) -> None:
    window.strips.set_modes(
        [("PRACTICE", "not real patients", ""), ("READ ONLY", "Opened by A. Ruiz.", "Why")]
    )
    assert window.strips.sentences() == (
        "PRACTICE. not real patients",
        "READ ONLY. Opened by A. Ruiz.",
    )
    asked: list[str] = []
    window.strips.fix_asked.connect(asked.append)
    buttons = window.strips.findChildren(QPushButton)
    assert len(buttons) == 1, "a strip has a way to mend it, none to close it"
    buttons[0].click()
    assert asked == ["READ ONLY"]
    window.strips.set_modes([])
    assert window.strips.sentences() == ()


def test_an_unknown_strip_is_refused(qtbot: QtBot) -> None:
    with pytest.raises(ValueError, match="HURRY"):
        ModeStrip("HURRY", "")


def test_a_verdict_is_shown_with_reason_rule_and_validity(window: MainWindow) -> None:
    strip = VerdictStrip()
    window.show_page(strip)
    strip.set_facts(
        VerdictFacts(
            "STOP", "Neurotoxicity.", "Rule set: RCC-A v3.1", "Valid to 15:42", "", "this cycle"
        )
    )
    shown = _shown_texts(window)
    for part in ("STOP this cycle", "Neurotoxicity.", "RCC-A v3.1", "Valid to 15:42"):
        assert part in shown
    assert strip.verdict() == "STOP"
    strip.set_facts(None)
    assert "STOP" not in _shown_texts(window)
    assert strip.accessibleName() == ""
    with pytest.raises(ValueError, match="no verdict"):
        strip.set_facts(VerdictFacts("OK", "", ""))


def test_a_strip_that_speaks_before_it_has_a_place_opens_no_window(qtbot: QtBot) -> None:
    strip = VerdictStrip()
    qtbot.addWidget(strip)
    strip.set_facts(VerdictFacts("GO", "No criterion met.", "Rule set"))
    assert not strip.isVisible()
