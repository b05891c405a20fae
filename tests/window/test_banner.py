"""Who the open patient is: all of it, in order, never cut."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from il2desk.window.banner import BannerFacts, HeaderFacts, ListHeader, PatientBanner

Show = Callable[[QWidget], QWidget]
LONG = BannerFacts(
    "RCC-014",
    "Wolfeschlegelsteinhausenbergerdorff",
    "Hubertina-Blaine-Wolfgangina-Maria-J",
    "Prof. Dr",
    born="04-Mar-1961",
    age="65y",
    sex="Female",
    hospital_number="402 118 7765",
    allergies="Known allergies",
    allergy_detail="penicillin, latex",
    dosing_weight="70.5\u00a0kg",
    drug_line="aldesleukin - Proleukin",
    course="course 1 cycle 2",
    dose="42.3\u00a0million\u00a0international\u00a0units",
)


@pytest.mark.parametrize("width", [1280, 1024, 700])
def test_long_names_and_all_facts_are_shown_whole(shown: Show, width: int) -> None:
    banner = PatientBanner()
    banner.set_facts(LONG)
    banner.resize(width, banner.heightForWidth(width))
    shown(banner)
    name = next(label for label in banner.findChildren(QLabel) if "WOLFE" in label.text())
    assert name.text() == (
        "WOLFESCHLEGELSTEINHAUSENBERGERDORFF, Hubertina-Blaine-Wolfgangina-Maria-J (Prof. Dr)"
    )
    for label in banner.findChildren(QLabel):
        if not label.isVisible():
            continue
        at = label.mapTo(banner, label.rect().bottomRight())
        assert at.x() < width
        assert at.y() < banner.height()
        needed = label.fontMetrics().horizontalAdvance(label.text())
        wraps = label.wordWrap() and label.height() >= label.heightForWidth(label.width())
        assert label.width() >= needed or wraps, label.text()


def test_the_order_is_name_birth_sex_numbers_weight_allergies_dose() -> None:
    banner = PatientBanner()
    banner.set_facts(LONG)
    said = banner.accessible_sentence()
    order = ["WOLFE", "Born", "Sex", "Hospital No.", "Trial No.", "Dosing weight", "Known", "DOSE"]
    places = [said.index(word) for word in order]
    assert places == sorted(places)


def test_what_is_missing_is_said_in_words() -> None:
    banner = PatientBanner()
    banner.set_facts(BannerFacts("RCC-014", initials="M.L."))
    said = banner.accessible_sentence()
    assert said.startswith("M.L.")
    for label in ("Born", "Sex", "Hospital No.", "Dosing weight"):
        assert f"{label} Not recorded" in said
    assert "Allergies not recorded" in said
    assert "?" not in said


def test_the_four_allergy_phrases_look_different() -> None:
    banner = PatientBanner()
    seen = set()
    for phrase in (
        "Known allergies",
        "No known allergies",
        "Allergies not recorded",
        "Allergies unavailable",
    ):
        banner.set_facts(BannerFacts("RCC-014", allergies=phrase))
        text = banner._allergies.text()
        assert text.endswith(phrase)
        seen.add(text[0])
    assert len(seen) == 4
    with pytest.raises(ValueError, match="none"):
        BannerFacts("RCC-014", allergies="none")


@pytest.mark.parametrize(
    ("family", "given", "title", "name"),
    [
        ("Löwenstein", "Maria", "Ms", "LÖWENSTEIN, Maria (Ms)"),
        ("Weiß", "Ruth", None, "WEIẞ, Ruth"),
        ("李", "娜", None, "李 娜"),
        (None, None, None, "Name not recorded"),
    ],
)
def test_names_keep_their_letters(
    family: str | None, given: str | None, title: str | None, name: str
) -> None:
    assert BannerFacts("RCC-014", family, given, title).name() == name


def test_the_trial_number_can_be_copied(shown: Show) -> None:
    banner = PatientBanner()
    banner.set_facts(LONG)
    shown(banner)
    banner.setFocus()
    QTest.keyClick(banner, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "RCC-014"


def test_a_list_says_its_name_moment_count_and_order() -> None:
    header = ListHeader()
    header.set_facts(
        HeaderFacts(
            "Doses today",
            "Ward 5B",
            "Thu 12-Mar-2026 14:02 (24-hour)",
            counts="1 DUE",
            order="Ordered by due time",
        )
    )
    said = header.accessibleName()
    for part in ("Doses today", "Ward 5B", "12-Mar-2026 14:02", "1 DUE", "Ordered by due time"):
        assert part in said
