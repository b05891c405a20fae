"""Real journals in folders of their own: a site's trial, step by step, and the practice trial."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from il2desk.desk import (
    ACTIVATE_FIRST,
    ACTIVATE_SECOND,
    AMEND_FIRST,
    AMEND_SECOND,
    RECORD_FIRST,
    RECORD_SECOND,
    RELEASE_FIRST,
    RELEASE_SECOND,
    AdministrationForm,
    AmendmentForm,
    CompanionAmendment,
    CompanionForm,
    CompanionLocated,
    CompanionPlace,
    CyclePlan,
    Desk,
    DosePlace,
    DoseRecords,
    ItemOutcome,
    Located,
    Lot,
    OrderForm,
    Person,
    Registration,
    ReleaseForm,
    SecondReading,
    SetClock,
    TwoSignatures,
    WeightForm,
    activate,
    add_staff,
    amend_administration,
    amend_companion,
    bring_in,
    cosign,
    dose_of,
    items_for,
    locate,
    locate_companion,
    new_token,
    open_desk,
    open_practice,
    plan_cycle,
    record_administration,
    record_check,
    record_companion,
    record_premedication,
    record_release,
    record_weight,
    register_subject,
    set_up_site,
    signature_of,
    staff,
    subjects,
    submit_for_review,
    write_order,
)
from il2desk.desk.site_settings import CHANGE_SITE_FIRST, CHANGE_SITE_SECOND, change_site
from il2desk.dosing import Refusal
from il2desk.paths import resource_dir

sys.path.insert(0, str(Path(__file__).parent))  # test modules import what lies beside them
from keeper import Keeper

MONDAY = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
"""Noon in Berlin; dose 1 is planned for then."""
NOON = datetime.fromisoformat("2026-03-02T12:00")  # by the clock on the wall

NORMAL: dict[str, Any] = {
    "heart_rate": "88", "rhythm": "sinus", "ecg_ischaemia": False, "oxygen_l_min": "0", "neuro": (),
    "creatinine": "1.1", "urine_8h": "600", "platelets": "180000", "bilirubin": "0.8",
    "bicarbonate": "24", "bleeding": "none", "infection": "none", "skin": "intact",
}  # fmt: skip

PATIENT = Registration(
    trial_code="NPC-017", initials="AB", born="04-Mar-1961", sex="female", ward="7", bed="3",
    allergies_state="no known allergies", protocol="npc-bolus-site", family_name="Brown",
    given_name="Ada", title="Ms", hospital_number="4711", height_cm=Decimal(172),
)  # fmt: skip


@dataclass
class Ward:
    """A desk with its clock and people, and the steps of a dose as one call each."""

    desk: Desk
    clock: SetClock
    team: dict[str, Person]
    subject: str = ""
    cycle: str = ""

    normal = NORMAL

    @property
    def count(self) -> int:
        return self.desk.journal.count()

    def kinds(self) -> list[str]:
        return [entry.kind for entry in self.desk.journal.entries()]

    def sign_in(self, role: str) -> None:
        self.desk.person = self.team[role]

    def at(self, hours: float = 0, minutes: float = 0) -> datetime:
        self.clock.moment = MONDAY + timedelta(hours=hours, minutes=minutes)
        return self.clock.moment

    def place(self, number: int = 1) -> DosePlace:
        return DosePlace(self.subject, self.cycle, number)

    def located(self, number: int = 1) -> Located:
        return self.made(locate(self.desk, self.place(number)))

    def dose(self, number: int = 1) -> DoseRecords:
        return self.located(number).dose

    def two(self, first: str = RELEASE_FIRST, second: str = RELEASE_SECOND) -> TwoSignatures:
        return TwoSignatures(self.signed("pharmacist", first), self.signed("nurse", second))

    def change_site(self, **wished: str) -> Any:
        """The pharmacist and the nurse change the site."""
        signed = self.two(CHANGE_SITE_FIRST, CHANGE_SITE_SECOND)
        wish = replace(self.desk.site, **wished)
        return self.made(change_site(self.desk, wish, signed, new_token()))

    def signed(self, role: str, meaning: str = RECORD_FIRST) -> Any:
        return signature_of(self.desk, self.team[role], meaning)

    def made(self, answer: Any) -> Any:
        assert not isinstance(answer, Refusal), (answer.code, answer.reasons)
        return answer

    def refused(self, code: str, act: Callable[..., Any], *args: Any, **more: Any) -> Refusal:
        """The refusal of an act, in sentences; the journal has not grown."""
        before = self.desk.journal.head()
        answer = act(*args, **more)
        assert isinstance(answer, Refusal), answer
        assert answer.code == code, (answer.code, answer.reasons)
        assert answer.reasons
        assert all(reason.strip() for reason in answer.reasons)
        assert self.desk.journal.head() == before
        return answer

    def once(self, act: Callable[..., Any], *args: Any, **more: Any) -> Any:
        """Press twice with one token: stored once, answered the same."""
        token = new_token()
        first = self.made(act(*args, token, **more))
        count = self.count
        again = self.made(act(*args, token, **more))
        assert again == first
        assert self.count == count
        return first

    def register(self, **changes: Any) -> str:
        form = replace(PATIENT, **changes)
        self.subject = self.made(register_subject(self.desk, form, new_token()))
        return self.subject

    def weight(self, kilograms: str, **changes: Any) -> Any:
        changes.setdefault("measured_at", self.desk.clock.now() - timedelta(minutes=5))
        changes.setdefault("purpose", "dosing")
        form = WeightForm(Decimal(kilograms), method="bed scale", **changes)
        return record_weight(self.desk, self.subject, form, new_token())

    def order(self, dose_iu: str = "5040000", **changes: Any) -> Any:
        form = OrderForm(
            prescriber="M. Sato", ordered_at=self.desk.clock.now(), ordered_dose_iu=Decimal(dose_iu),
            consent_confirmed_by="M. Sato", eligibility_confirmed_by="M. Sato",
        )  # fmt: skip
        return write_order(self.desk, self.subject, replace(form, **changes), new_token())

    def plan(self, start: datetime | None = None, **changes: Any) -> Any:
        plan = CyclePlan(start or NOON, **changes)
        return plan_cycle(self.desk, self.subject, plan, new_token())

    def premedicate(self, number: int = 1) -> Any:
        at = self.located(number)
        items = self.made(items_for(self.desk, at.chart, at.cycle))
        now = self.desk.clock.now()
        outcomes = tuple(ItemOutcome(made.item.id, "given", at=now) for made in items)
        return self.made(record_premedication(self.desk, self.place(number), outcomes, new_token()))

    def check(self, number: int = 1, **changed: Any) -> Any:
        raw = {**self.normal, **changed}
        raw = {code: value for code, value in raw.items() if value is not None}
        measured = dict.fromkeys(raw, self.desk.clock.now() - timedelta(minutes=10))
        return self.made(record_check(self.desk, self.place(number), raw, measured, new_token()))

    def release_form(self, **changes: Any) -> ReleaseForm:
        usual = {
            "lots": (Lot("PR1234AB", "2026-12-31", 1),),
            "reconstituted_at": self.desk.clock.now() - timedelta(minutes=5),
        }
        return ReleaseForm(**{**usual, **changes})

    def reading(self, **changes: Any) -> SecondReading:
        usual: dict[str, Any] = {
            "weight_kg": Decimal(70), "volume_ml": Decimal("0.28"), "lots": ("34AB",),
            "trial_number": "NPC-017", "diluent": "glucose 5 %", "total_volume_ml": Decimal(10),
        }  # fmt: skip
        return SecondReading(**{**usual, **changes})

    def release(self, number: int = 1, form: Any = None, reading: Any = None) -> Any:
        return record_release(
            self.desk, self.place(number), form or self.release_form(), reading or self.reading(),
            self.two(), new_token(),
        )  # fmt: skip

    def prepared(self, number: int = 1) -> Any:
        self.premedicate(number)
        self.check(number)
        return self.made(self.release(number))

    def record(self, number: int = 1, outcome: str = "given", **changes: Any) -> Any:
        if outcome in ("given", "part given"):
            changes.setdefault("given_at", self.desk.clock.now())
        form = AdministrationForm(outcome, **changes)
        signature = self.signed("pharmacist", RECORD_FIRST)
        return record_administration(self.desk, self.place(number), form, signature, new_token())

    def cosigned(self, number: int = 1) -> Any:
        second = self.signed("nurse", RECORD_SECOND)
        return self.made(cosign(self.desk, self.place(number), second, new_token()))

    def given(self, number: int = 1, **changes: Any) -> Any:
        planned = self.dose(number).planned
        self.clock.moment = planned - timedelta(minutes=30)
        last = self.located(number).chart.last_weight
        if last is not None and self.clock.moment - last.measured_at > timedelta(hours=20):
            self.made(self.weight("70.2", purpose="daily"))
        self.prepared(number)
        self.clock.moment = planned + timedelta(minutes=2)
        entry = self.made(self.record(number, **changes))
        self.cosigned(number)
        return entry

    def amend(self, number: int = 1, reason: str = "typing error", **changes: Any) -> Any:
        form = AmendmentForm(reason=reason, **changes)
        signed = self.two(AMEND_FIRST, AMEND_SECOND)
        return amend_administration(self.desk, self.place(number), form, signed, new_token())

    def companion_place(self, day: int = 1, count: int = 1) -> CompanionPlace:
        return CompanionPlace(self.subject, self.cycle, "interferon-alfa-2b", day, count)

    def companion(self, day: int = 1, count: int = 1) -> CompanionLocated:
        return self.made(locate_companion(self.desk, self.companion_place(day, count)))

    def companion_form(self, outcome: str = "given", **changes: Any) -> CompanionForm:
        if outcome in ("given", "part given"):
            usual = {
                "given_at": self.desk.clock.now(), "amount": Decimal(3_000_000),
                "route": "subcutaneous",
            }  # fmt: skip
            changes = {**usual, **changes}
        return CompanionForm(outcome, **changes)

    def record_companion(self, day: int = 1, count: int = 1, **changes: Any) -> Any:
        form, place = self.companion_form(**changes), self.companion_place(day, count)
        return record_companion(self.desk, place, form, self.signed("pharmacist"), new_token())

    def amend_companion(self, day: int = 1, reason: str = "typing error", **changes: Any) -> Any:
        form, signed = CompanionAmendment(reason, **changes), self.two(AMEND_FIRST, AMEND_SECOND)
        return amend_companion(self.desk, self.companion_place(day), form, signed, new_token())

    def derived(self, number: int = 1) -> Any:
        at = self.located(number)
        return dose_of(self.desk, at.chart, at.cycle, number)


def site_copy(folder: Path, *changes: tuple[str, str]) -> Path:
    """The practice protocol as a site would have it, with its own part; texts replaced in it."""
    practice = resource_dir() / "practice"
    swapped = (
        ('evidence = "practice"', 'evidence = "site"'), ("Practice trial", "Site manual"),
        ("PRACTICE: ", "SITE: "),
        ("fictional, no place", "chapter 2"), ("npc-bolus-practice", "npc-bolus-site"),
        ("npc-2001-practice", "npc-2001-site"), ('status = "practice"', 'status = "site"'),
    )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("npc-2001", "npc-bolus"):
        text = (practice / f"{name}-practice.toml").read_text(encoding="utf-8")
        for old, new in swapped:
            text = text.replace(old, new)
        if name == "npc-bolus":
            for old, new in changes:
                assert old in text, f"{old!r} is not in the file"
                text = text.replace(old, new, 1)
        file = folder / f"{name}-site.toml"
        file.write_text(text, encoding="utf-8", newline="\n")
    return folder / "npc-bolus-site.toml"


def activated(ward: Ward, file: Path) -> str:
    """Bring a protocol file in and let two people activate it; the fingerprint."""
    version = ward.made(bring_in(ward.desk, file, new_token()))
    signed = ward.two(ACTIVATE_FIRST, ACTIVATE_SECOND)
    ward.made(submit_for_review(ward.desk, version.fingerprint, new_token()))
    ward.made(activate(ward.desk, version.fingerprint, signed, new_token()))
    return str(version.fingerprint)


def _empty(path: Path) -> Ward:
    clock = SetClock(MONDAY - timedelta(hours=20))
    desk = open_desk(path, clock=clock, owner="tests")
    set_up_site(desk, "Ward 7", "Europe/Berlin", "A4", new_token())
    team: dict[str, Person] = {}
    for name, role, pin in (
        ("K. Brandt", "pharmacist", "1111"), ("A. Ruiz", "nurse", "2222"),
        ("M. Sato", "prescriber", "3333"), ("L. Weiss", "monitor", "4444"),
    ):  # fmt: skip
        answer = add_staff(desk, name, role, pin, new_token())
        assert isinstance(answer, Person)
        team[role] = answer
        desk.person = team["pharmacist"]
    return Ward(desk, clock, team)


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Closed journals: staffed, active (protocol), and planned (patient, weight, order, cycle)."""
    folder = tmp_path_factory.mktemp("stages")
    ward = _empty(folder / "journal.sqlite")
    kept: dict[str, Path] = {}

    def keep(name: str) -> None:
        kept[name] = folder / f"{name}.sqlite"
        ward.desk.journal.backup_to(kept[name])

    keep("staffed")
    activated(ward, site_copy(folder / "site"))
    keep("active")
    ward.register()
    ward.made(ward.weight("70"))
    ward.made(ward.order())
    ward.made(ward.plan())
    keep("planned")
    ward.desk.close()
    return kept


@pytest.fixture
def open_stage(stages: dict[str, Path], tmp_path: Path) -> Iterator[Callable[[str], Ward]]:
    opened: list[Desk] = []

    def make(stage: str) -> Ward:
        path = tmp_path / "journal.sqlite"
        shutil.copy(stages[stage], path)
        clock = SetClock(MONDAY - timedelta(hours=20))
        desk = open_desk(path, clock=clock, create=False, owner="tests")
        opened.append(desk)
        ward = Ward(desk, clock, {person.role: person for person in staff(desk)})
        ward.sign_in("pharmacist")
        for subject in subjects(desk):
            ward.subject = subject.id
        for entry in desk.journal.entries(kind="cycle-planned"):
            ward.cycle = str(entry.cycle)
        return ward

    yield make
    for desk in opened:
        desk.close()


@pytest.fixture
def staffed(open_stage: Callable[[str], Ward]) -> Ward:
    """Four people and no protocol."""
    return open_stage("staffed")


@pytest.fixture
def active(open_stage: Callable[[str], Ward]) -> Ward:
    """The site's protocol is active; no patient."""
    return open_stage("active")


@pytest.fixture
def ward(open_stage: Callable[[str], Ward]) -> Ward:
    """A patient of 70 kg with an order and a cycle from noon on Monday; half an hour before it."""
    opened = open_stage("planned")
    opened.at(minutes=-30)
    return opened


@pytest.fixture
def keeper(ward: Ward) -> Keeper:
    """Who keeps the stock of that ward; nothing is received yet."""
    return Keeper(ward)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Desk]:
    """A new journal, nobody in it, the site not set up."""
    desk = open_desk(tmp_path / "new.sqlite", clock=SetClock(MONDAY), owner="tests")
    yield desk
    desk.close()


@pytest.fixture
def site_file(tmp_path: Path) -> Callable[..., Path]:
    def make(*changes: tuple[str, str], folder: str = "copy") -> Path:
        return site_copy(tmp_path / folder, *changes)

    return make


@pytest.fixture
def activate_file() -> Callable[[Ward, Path], str]:
    return activated


# Invented for these tests: day 8 has no dose of aldesleukin.
COMPANION = """
[regimen.companions.interferon-alfa-2b]
drug = "interferon alfa-2b"
route = { value = "subcutaneous", source = "practice" }
dose = { value = "3000000", unit = "international units", source = "practice" }
days = { value = [1, 3, 8], source = "practice" }
product = { value = "interferon-alfa-2b", source = "practice" }
presentation = { value = "solution-25", source = "practice" }

[regimen.dilution]"""


@pytest.fixture
def beside(staffed: Ward, site_file: Callable[..., Path]) -> Ward:
    """A planned patient of 70 kg with interferon alfa-2b on days 1, 3 and 8; Monday at noon."""
    activated(staffed, site_file(("\n[regimen.dilution]", COMPANION)))
    staffed.register()
    staffed.made(staffed.weight("70"))
    staffed.made(staffed.order())
    staffed.cycle = staffed.made(staffed.plan())
    staffed.at()
    return staffed


@pytest.fixture(scope="session")
def practice_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice trial as it stands at noon of that Monday, closed."""
    path = tmp_path_factory.mktemp("practice") / "practice.sqlite"
    open_practice(path, clock=SetClock(MONDAY)).close()
    return path


@pytest.fixture
def practice(practice_file: Path, tmp_path: Path) -> Iterator[Desk]:
    """A copy of the practice trial, at the same moment, nobody signed in."""
    path = tmp_path / "practice.sqlite"
    shutil.copy(practice_file, path)
    desk = open_desk(path, clock=SetClock(MONDAY), create=False, practice=True, owner="tests")
    yield desk
    desk.close()


@pytest.fixture
def monday() -> datetime:
    return MONDAY
