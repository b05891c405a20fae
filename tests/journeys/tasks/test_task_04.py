"""T4: "She is better now, prescriber Dr Sato orders the dose despite HOLD. Continue."

The budget of 20 keys is that of the override: reason, prescriber and way are typed apart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from arranging import checked, to_dose
from pypdf import PdfReader

GO_BUTTON = "Give despite"


def test_the_override_names_reason_prescriber_and_two_people(
    person: Any, rows: Callable[..., Any], tmp_path: Path
) -> None:
    checked(person, "NPC-014", 7, creatinine="2.7")
    to_dose(person, "NPC-014", 7)
    with person.budget("T4", 20):
        person.keys("{Alt+4}")
        assert "Give despite HOLD ..." in person.text()
        person.keys("{Shift+Tab}")
        assert person.step.override.hasFocus()
        person.keys("{Space}")
        person.apart("She is better now")
        person.keys("{Enter}")
        person.apart("Dr Sato")
        person.keys("{Enter}2{Ctrl+Enter}")
        person.sign_apart()
        person.second_apart()
    found = rows(person, "SELECT * FROM entry WHERE kind = 'override-recorded'")
    assert len(found) == 1
    for part in ('"reason":"She is better now"', '"prescriber":"Dr Sato"', '"way":"by phone"'):
        assert part in found[0]["body"], found[0]["body"]
    for name in ("K. Brandt", "A. Ruiz"):
        assert name in found[0]["body"]
    assert "Give despite" not in person.text()
    person.find("NPC-014")
    person.open_slot(7)
    board = person.text().replace("\n", " ")
    assert "Override: She is better now, ordered by Dr Sato (by phone)" in board, board
    on_paper(person, tmp_path / "cycle.pdf")


def on_paper(person: Any, sheet: Path) -> None:
    """The cycle sheet names the override."""
    person.save_sheet(sheet)
    person.until(sheet.exists, "the saved sheet")
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(sheet).pages).split())
    assert "She is better now" in text
    assert "Dr Sato" in text
    stored = person.session.desk.journal.entries(kind="sheet-printed")[-1]
    assert stored.body["stamped_sha256"] == hashlib.sha256(sheet.read_bytes()).hexdigest()


def test_a_stop_has_no_way_to_give_and_the_truth_is_recorded(
    person: Any, rows: Callable[..., Any]
) -> None:
    checked(person, "NPC-014", 7, bleeding="frank", platelets="24000")
    to_dose(person, "NPC-014", 7)
    person.keys("{Alt+4}")
    assert person.page.at.dose.check.verdict == "STOP"
    assert GO_BUTTON not in person.text()
    assert not person.step.entries.isVisible()
    assert not person.step.override.isVisible()
    before = person.session.desk.journal.count()
    person.keys("{Ctrl+Enter}")
    assert person.panel is None
    assert person.session.desk.journal.count() == before
    person.record_against()
    found = rows(person, "SELECT * FROM administrations WHERE trial_code = 'NPC-014'")
    assert [row["outcome"] for row in found if row["dose_number"] == 7] == ["given"]
    person.find("NPC-014")
    person.open_slot(7)
    assert "against STOP" in person.text().replace("\n", " ")
