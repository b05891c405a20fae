"""The program as it is started, at a clock that stands where a journey puts it."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from il2desk.desk import (
    ACTIVATE_FIRST,
    ACTIVATE_SECOND,
    RELEASE_FIRST,
    RELEASE_SECOND,
    CyclePlan,
    Desk,
    DosePlace,
    ItemOutcome,
    Lot,
    OrderForm,
    Registration,
    ReleaseForm,
    SecondReading,
    SetClock,
    TwoSignatures,
    WeightForm,
    activate,
    add_staff,
    bring_in,
    chart_of,
    items_for,
    locate,
    new_token,
    open_desk,
    plan_cycle,
    record_check,
    record_premedication,
    record_release,
    record_weight,
    register_subject,
    set_up_site,
    sign,
    sign_in,
    sign_second,
    subjects,
    submit_for_review,
    versions,
    write_order,
)
from il2desk.dosing import Refusal
from il2desk.window import theme, wheel
from il2desk.window.session import Session
from il2desk.window.shell import MainWindow

HERE = Path(__file__).parent
START = datetime(2026, 3, 12, 13, 0, tzinfo=UTC)
PARTS = ("npc-bolus-practice", "npc-2001-practice")
# Invented findings of an invented patient, all clearly normal.
FOUND: dict[str, Any] = {
    "heart_rate": "88", "rhythm": "sinus", "ecg_ischaemia": False, "oxygen_l_min": "0", "neuro": (),
    "creatinine": "1.1", "urine_8h": "600", "platelets": "180000", "bilirubin": "0.8",
    "bicarbonate": "24", "bleeding": "none", "infection": "none", "skin": "intact",
}  # fmt: skip


def _load(name: str) -> ModuleType:
    """A file beside this one; the test run knows no packages of tests."""
    spec = importlib.util.spec_from_file_location(f"journeys_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


hands = _load("hands")


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> wheel.WheelGuard:
    """Our theme and the wheel guard."""
    theme.apply(qapp)
    guard = wheel.install(qapp)
    guard.start()
    return guard


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """Let deferred deletions happen in the test that caused them."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QGuiApplication.processEvents()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """The computer's clock, standing at 12-Mar-2026 14:00 in Berlin until a journey moves it."""
    standing = SetClock(START)
    for room in ("desk", "practice"):
        monkeypatch.setattr(f"il2desk.desk.{room}.SystemClock", lambda: standing)
    return standing


@pytest.fixture
def start(qtbot: QtBot, clock: SetClock) -> Iterator[Callable[..., Any]]:
    """Start the window on a journal (None: a first run) or on the practice trial; returns hands."""
    sessions: list[Session] = []

    def begin(journal: Path | None = None, *, practice: bool = False) -> Any:
        window = MainWindow()
        qtbot.addWidget(window)
        session = Session(window, journal, practice=practice)
        sessions.append(session)
        session.start()
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        person = hands.Hands(session)
        person.opened()
        return person

    yield begin
    for session in sessions:
        session.close()


@pytest.fixture(scope="session")
def site_writer() -> Any:
    """The acts of this file that make a site and its protocol."""
    return sys.modules[__name__]


def write_site_copy(root: Path, folder: Path) -> Path:
    """A site's copy of npc-bolus with invented values, and its part beside it."""
    folder.mkdir()
    for name in PARTS:
        text = (root / "resources" / "practice" / f"{name}.toml").read_text(encoding="utf-8")
        text = text.replace('evidence = "practice"', 'evidence = "site"')
        text = text.replace('status = "practice"', 'status = "site"').replace("PRACTICE: ", "")
        target = folder / f"{name.replace('-practice', '-site')}.toml"
        target.write_text(text.replace("-practice", "-site"), encoding="utf-8")
    return folder / "npc-bolus-site.toml"


@pytest.fixture
def site_copy_file(root: Path, tmp_path: Path) -> Path:
    """That copy, ready to be brought in."""
    return write_site_copy(root, tmp_path / "site")


@pytest.fixture(scope="session")
def stages(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A closed journal for each stage of the line, made once; a test works on a copy."""
    folder = tmp_path_factory.mktemp("stages")
    clock = SetClock(START)
    desk = open_desk(folder / "journal.sqlite", clock=clock)
    site_copy = write_site_copy(root, folder / "site")
    found: dict[str, Path] = {}
    acts = {
        "activated": lambda: to_the_protocol(desk, site_copy),
        "ward": lambda: to_the_cycle(desk, clock),
        "checked": lambda: to_the_check(desk, clock),
        "released": lambda: to_the_release(desk, clock),
    }
    for name, act in acts.items():
        act()
        found[name] = folder / f"{name}.sqlite"
        desk.journal.backup_to(found[name])
    desk.close()
    return found


def to_the_protocol(desk: Desk, site_copy: Path) -> None:
    """Site, three people and the activated site copy."""
    set_up_site(desk, "Ward pharmacy, City Hospital", "Europe/Berlin", "A4", new_token())
    people = (
        (*hands.FIRST, "pharmacist"), (*hands.SECOND, "nurse"), (*hands.PRESCRIBER, "prescriber"),
    )  # fmt: skip
    for at, (name, pin, role) in enumerate(people):
        if at == 2:
            made(sign_in(desk, *hands.FIRST))
        made(add_staff(desk, name, role, pin, new_token()))
    version = made(bring_in(desk, site_copy, new_token()))
    signed = both(desk, ACTIVATE_FIRST, ACTIVATE_SECOND)
    made(submit_for_review(desk, version.fingerprint, new_token()))
    made(activate(desk, version.fingerprint, signed, new_token()))


def to_the_cycle(desk: Desk, clock: SetClock) -> None:
    """NPC-001 of 70 kg, ordered; dose 1 is planned for now, 14:00."""
    form = Registration(
        trial_code="NPC-001", initials="ML", born="04-Mar-1961", sex="female",
        allergies_state="no known allergies", protocol=versions(desk)[0].protocol,
        family_name="Löwenstein", given_name="Maria", title="Ms", hospital_number="402 118 001",
        height_cm=Decimal(172),
    )  # fmt: skip
    subject = made(register_subject(desk, form, new_token()))
    order = OrderForm("M. Sato", clock.now(), Decimal(5040000), "M. Sato", "M. Sato")
    made(write_order(desk, subject, order, new_token()))
    made(plan_cycle(desk, subject, CyclePlan(datetime(2026, 3, 12, 14, 0)), new_token()))
    weight = WeightForm(Decimal(70), clock.moment - timedelta(hours=1), "bed scale", "dosing")
    made(record_weight(desk, subject, weight, new_token()))


def to_the_check(desk: Desk, clock: SetClock) -> None:
    """Premedication given and a check that says GO."""
    place = place_of(desk)
    at = made(locate(desk, place))
    items = made(items_for(desk, at.chart, at.cycle))
    outcomes = tuple(ItemOutcome(item.item.id, "given") for item in items)
    made(record_premedication(desk, place, outcomes, new_token()))
    measured = dict.fromkeys(FOUND, clock.moment)
    made(record_check(desk, place, FOUND, measured, new_token()))


def to_the_release(desk: Desk, clock: SetClock) -> None:
    """Dose 1 released by both people."""
    form = ReleaseForm((Lot(hands.LOT, "2026-06-30", 1),), clock.moment)
    reading = SecondReading(
        Decimal(70), Decimal("0.28"), (hands.LOT[-4:],), "NPC-001", "glucose 5 %", Decimal(10)
    )
    signed = both(desk, RELEASE_FIRST, RELEASE_SECOND)
    made(record_release(desk, place_of(desk), form, reading, signed, new_token()))


def both(desk: Desk, first: str, second: str) -> TwoSignatures:
    """The signatures of K. Brandt and A. Ruiz under these meanings."""
    return TwoSignatures(
        made(sign(desk, hands.FIRST[1], first)),
        made(sign_second(desk, *hands.SECOND, second, desk.person.id)),
    )


def made(answer: Any) -> Any:
    """What an act stored; a refusal ends the test."""
    assert not isinstance(answer, Refusal), answer
    return answer


def copy_of(stages: dict[str, Path], name: str, folder: Path) -> Path:
    """A journal at that stage, for one test alone."""
    place = folder / "ward"
    place.mkdir()
    return Path(shutil.copy(stages[name], place / "journal.sqlite"))


@pytest.fixture
def activated(stages: dict[str, Path], tmp_path: Path) -> Path:
    """A closed real journal with its site, three people and the activated site copy."""
    return copy_of(stages, "activated", tmp_path)


@pytest.fixture
def ward(stages: dict[str, Path], tmp_path: Path) -> Path:
    """The same with NPC-001 of 70 kg, ordered; dose 1 is planned for now, 14:00."""
    return copy_of(stages, "ward", tmp_path)


@pytest.fixture
def checked(stages: dict[str, Path], tmp_path: Path) -> Path:
    """The same with premedication given and a check that says GO."""
    return copy_of(stages, "checked", tmp_path)


@pytest.fixture
def released(stages: dict[str, Path], tmp_path: Path) -> Path:
    """The same with dose 1 released by both people."""
    return copy_of(stages, "released", tmp_path)


def place_of(desk: Desk, number: int = 1) -> DosePlace:
    """A dose of the one patient of the journal."""
    subject = subjects(desk)[0].id
    return DosePlace(subject, made(chart_of(desk, subject)).cycle.id, number)


@pytest.fixture
def to_the_bedside(start: Callable[..., Any]) -> Callable[[Path], Any]:
    """Open a journal, sign in and go to dose 1 of its patient; returns the hands."""

    def begin(journal: Path) -> Any:
        person = start(journal)
        person.sign_in()
        person.find("NPC-001")
        person.open_dose(1)
        return person

    return begin


@pytest.fixture
def bedside(to_the_bedside: Callable[[Path], Any], ward: Path) -> Any:
    """Hands at dose 1 of that patient, signed in; weight and order are there."""
    return to_the_bedside(ward)


@pytest.fixture
def at_the_release(to_the_bedside: Callable[[Path], Any], checked: Path) -> Any:
    """The same after the check."""
    return to_the_bedside(checked)


@pytest.fixture
def at_the_record(to_the_bedside: Callable[[Path], Any], released: Path) -> Any:
    """The same after the release."""
    return to_the_bedside(released)
