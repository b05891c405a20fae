"""Tab reads every screen as the eye does, and whatever it stops at says what it is."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtTest import QTest

from il2desk.desk import DosePlace, chart_of, subjects

LISTS = (
    "today", "find", "register", "stock", "papers", "protocols", "staff", "backups", "encryption",
    "settings", "help", "trial", "audit",
)  # fmt: skip
OF_ONE = ("board", "course", "records", "sheets", "order", "plan")
STEPS = 5


@pytest.fixture(scope="module")
def order() -> ModuleType:
    """The file beside this one; the test run knows no packages of tests."""
    file = Path(__file__).parent / "reading_order.py"
    spec = importlib.util.spec_from_file_location("journeys_reading_order", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_tab_reads_every_screen_of_the_practice_trial(start, order) -> None:
    person = start(practice=True)
    person.sign_in()
    window, office = person.window, person.office
    wrong: dict[str, list[str]] = {}

    def look(name: str) -> None:
        QTest.qWait(20)
        found = order.faults(window)
        if found:
            wrong[name] = found

    for route in LISTS:
        office.open(route)
        look(route)
    one = next(s for s in subjects(office.desk) if s.trial_code == "PRA-002")
    for route in OF_ONE:
        office.open(route, subject=one.id)
        look(route)
    office.open("second", place=DosePlace(one.id, chart_of(office.desk, one.id).cycle.id, 4))
    look("second")
    office.open("site-copy", origin="npc-bolus")
    look("site-copy")
    person.find("PRA-002")  # its dose is on HOLD: what was checked, and what can be asked for then
    person.keys("{Home}{Enter}")
    for step in range(1, STEPS + 1):
        person.keys(f"{{Alt+{step}}}")
        look(f"step {step}")
    # What is asked for later stands where it is read: the reason after "Not given", a new weight.
    person.keys("{Alt+2}n")
    look("premedication not given")
    person.keys("{Alt+1}w")
    look("a new weight")
    office.open("settings")
    person.page.change.click()
    assert person.panel is not None
    look("the panel of the site")
    assert wrong == {}
    person.keys("{Esc}")
    person.find("PRA-001")
    person.keys("{Home}{Enter}{Alt+2}n")
    for _ in range(4):
        assert order.region(window, window.focusWidget()) == order.region(window, person.page)
        person.keys("{Tab}")
