"""Every sheet in a language that nobody speaks: what is plain on it is a fact, or was not looked up."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from keeper import SATELLITE, Keeper
from other_language import Facts, changed, install, messages, shipped, texts_in
from test_dose_label_sheet import ANSWERED
from test_override import FORM as ORDERED
from test_patient_diary_sheet import CHANGES, MISSED

from il2desk import words
from il2desk.desk import (
    DISCARD_MEANING,
    OVERRIDE_FIRST,
    OVERRIDE_SECOND,
    Desk,
    DoseQuestion,
    ItemOutcome,
    Lot,
    back_up,
    chart_of,
    discard_preparation,
    items_for,
    new_token,
    open_catalogue,
    open_desk,
    plan_restore,
    record_override,
    record_premedication,
    replay_all,
    restore,
    specimen_cycle_sheet,
    staff,
    subjects,
    verify_desk,
    void_check,
)
from il2desk.desk import downtime as downtime_module
from il2desk.desk import specimen_sheet as specimen_module
from il2desk.desk.after_restore import restore_note
from il2desk.desk.downtime_kit import downtime_kit_request
from il2desk.desk.papers import (
    SheetRequest,
    compose_sheet,
    keep_verification,
    sheets_of_cycle,
    sheets_of_site,
)
from il2desk.desk.sheet_kinds import SHEETS
from il2desk.desk.specimens import bundle_named
from il2desk.desk.stock import (
    ARRIVED,
    DESTROYED,
    EXCURSION,
    LIFTED,
    OUTSIDE,
    PATIENT_RETURN,
    QUARANTINED,
    SENT,
    TO_SPONSOR,
    WASTED,
)
from il2desk.desk.versions import versions
from il2desk.dosing import Refusal
from il2desk.paths import resource_dir
from il2desk.sheets import SheetModel
from il2desk.words import say

# Units are written by the one formatter, names and codes are what they are.
UNITS = (
    "million international units", "international units", "percent", "hours", "hour", "minutes",
    "min", "mL", "kg", "mg", "mcg", "cm", "m2", "mm", "per", "days", "day", "weeks", "vials", "MB",
    "tablets", "million", "international", "mmol", "mm3", "mmHg", "dL", "micromol",
)  # fmt: skip
MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
)  # fmt: skip
# Never translated until clinicians of the other language approve it (screens, section 0).
SAFETY = (
    "GO", "HOLD", "STOP", "CANNOT ASSESS", "CANNOT", "ASSESS", "DOSE", "STOPPED",
    "SPECIMEN, NOT FOR PATIENT USE", "PRACTICE, NOT FOR PATIENT USE", "NOT VERIFIED",
)  # fmt: skip
NAMES = (
    platform.node(), "Glucose",  # a diluent of the data at the beginning of a line
    "IL2Desk", "IL2DESK", "BROWN", "CHAN", "ALPHA", "BETA", "GAMMA", "DELTA", "Europe/Berlin",
    "DejaVuSans", "DejaVuSans-Bold", "NotoSansTC-Medium", "SPECIMEN", "PRACTICE", "PySide6-Essentials", "SQLite", "SQLCipher", "Python", "reportlab", "DataMatrix",
)  # fmt: skip


# Typed by a person, and so never looked up, though a page offers the same words to choose from.
TYPED = ("patient refused",)
PLAIN = (
    *TYPED,
    *UNITS,
    *MONTHS,
    *SAFETY,
    *NAMES,
    *(kind.code for kind in SHEETS.values()),
    "DOWNTIME",
)


@pytest.fixture(scope="session")
def known() -> set[str]:
    return messages(Path(words.__file__).parent)


@pytest.fixture
def abroad(known, tmp_path, monkeypatch) -> None:
    """The workstation speaks the other language, from before anything is recorded."""
    catalogue = install(tmp_path / "translations", known)
    monkeypatch.setattr(words, "_catalogue", lambda: catalogue)
    assert say("Draw") == changed("Draw") != "Draw"


@pytest.fixture(scope="session")
def data() -> set[str]:
    return shipped(resource_dir())


class Reader:
    """Looks through composed sheets for plain words that no fact explains."""

    def __init__(self, known: set[str], data: set[str]) -> None:
        self.known, self.data, self.kinds = known, data, set()
        self.shipped = Facts(data, known, PLAIN)

    def facts(self, desk: Desk) -> Facts:
        """The data files, what the journal holds as it was typed or said, and what runs here."""
        texts = {
            *self.data,
            *(value for _, value in versions()),
            *(one.name for one in staff(desk)),
        }
        for entry in desk.journal.entries():
            texts |= {*texts_in(entry.body), entry.reason or ""}
        return Facts(texts, self.known, PLAIN)

    def every_sheet(self, desk: Desk) -> list[tuple[str, str, list[str]]]:
        """Every text of every sheet on offer that still holds plain words: kind, text, words."""
        facts, found = self.facts(desk), []
        for request in offered(desk):
            made = compose_sheet(desk, request)
            if isinstance(made, Refusal):
                found += self._left(facts, f"refused {request.kind}", map(say, made.reasons))
                continue
            self.kinds.add(request.kind)
            found += self._left(facts, request.kind, printed(made.model))
        return found

    def of_model(self, kind: str, model: SheetModel) -> list[tuple[str, str, list[str]]]:
        return self._left(self.shipped, kind, printed(model))

    @staticmethod
    def _left(facts: Facts, kind: str, texts: Iterable[str]) -> list[tuple[str, str, list[str]]]:
        pairs = ((text, facts.left_in(text)) for text in dict.fromkeys(texts))
        return [(kind, text, left) for text, left in pairs if left]


def clean(found: list[tuple[str, str, list[str]]]) -> None:
    """Fail with every text that still holds plain words, each once."""
    lines = sorted({f"{kind}: {text!r} still says {left}" for kind, text, left in found})
    assert not lines, "\n".join((f"{len(lines)} texts", *lines))


def printed(model: SheetModel) -> Iterable[str]:
    yield from (text.words for text in model.texts())
    yield from (model.title, model.subject, *model.watermark)


def offered(desk: Desk) -> Iterable[SheetRequest]:
    yield from (one.request for one in sheets_of_site(desk))
    for subject in subjects(desk):
        chart = chart_of(desk, subject.id)
        assert not isinstance(chart, Refusal)
        for cycle in chart.cycles:
            sheets = sheets_of_cycle(desk, subject.id, cycle)
            assert not isinstance(sheets, Refusal)
            yield from (one.request for one in sheets)
            yield from (  # a label is refused before the release, and says so
                SheetRequest(kind, subject.id, cycle, number)
                for kind in ("label-large", "dose-worksheet")
                for number in chart.cycles[cycle].doses
            )
        yield downtime_kit_request(desk, subject.id)


@pytest.fixture
def reader(abroad, known, data) -> Reader:
    return Reader(known, data)


@pytest.fixture
def unchanged(known) -> Callable[[Desk], None]:
    """The record does not depend on the language of the workstation."""

    def check(desk: Desk) -> None:
        foreign = {changed(one) for one in known if changed(one) != one}
        texts = {text for entry in desk.journal.entries() for text in texts_in(dict(entry.body))}
        assert not texts & foreign
        assert not [text for text in texts if set(text) & set(changed("bcdfghjklmnpqrstvwxyz"))]

    return check


def not_given(ward: Any, number: int) -> None:
    at = ward.located(number)
    items = ward.made(items_for(ward.desk, at.chart, at.cycle))
    first, *rest = items
    outcomes = (
        ItemOutcome(first.item.id, "not given", "vomited"),
        *(ItemOutcome(one.item.id, "not applicable", "none needed") for one in rest),
    )
    ward.made(record_premedication(ward.desk, ward.place(number), outcomes, new_token()))


def a_full_cycle(ward: Any) -> None:
    """Doses given, part given, held, omitted, not known, amended, in error, disputed, discarded."""
    ward.given(1)
    ward.made(ward.amend(1, given_at=ward.dose(1).planned + timedelta(minutes=1), note="by clock"))
    ward.given(2, outcome="part given", volume_ml=Decimal("0.15"), reason="line lost")
    ward.at(hours=15.5)
    not_given(ward, 3)
    ward.check(3, bleeding="occult")
    ward.made(ward.record(3, "held", reason="occult blood", decided_by="M. Sato"))
    ward.cosigned(3)
    ward.at(hours=23.5)
    ward.made(ward.weight("75", purpose="daily", answered=ANSWERED))
    ward.made(ward.weight("70", answered=ANSWERED))
    ward.prepared(4)
    release, signed = ward.dose(4).release.entry, ward.signed("pharmacist", DISCARD_MEANING)
    ward.made(
        discard_preparation(ward.desk, ward.place(4), release, "dropped", signed, new_token())
    )
    ward.made(ward.record(4, "omitted", reason="dropped", decided_by="M. Sato"))
    ward.at(hours=31.7)
    wrong = ward.check(5, bleeding="frank").id
    ward.made(void_check(ward.desk, ward.place(5), wrong, "other patient", ward.two(), new_token()))
    ward.premedicate(5)
    ward.check(5, creatinine="2.7", temperature="38.1", skin=None)
    two = ward.two(OVERRIDE_FIRST, OVERRIDE_SECOND)
    ward.made(record_override(ward.desk, ward.place(5), ORDERED, two, new_token()))
    ward.made(ward.record(5, "not known", reason="chart lost", decided_by="M. Sato"))
    ward.at(hours=39.7)
    ward.check(6, creatinine=None)


def test_the_papers_of_a_cycle(ward, reader, unchanged):
    a_full_cycle(ward)
    clean(reader.every_sheet(ward.desk))
    site = {"trial-summary", "downtime-kit"}
    assert {"cycle", "premedication", "dose-check", "dose-worksheet", *site} <= reader.kinds
    unchanged(ward.desk)


@pytest.fixture
def european(open_stage, site_file, activate_file) -> Any:
    """The product of which every limit of use is stated; a patient half an hour before dose 1."""
    ward = open_stage("active")
    file = site_file(
        ('product = "proleukin-us"', 'product = "proleukin-eu"'), ('version = "1"', 'version = "2"')
    )
    activate_file(ward, file)
    ward.register()
    ward.made(ward.weight("70"))
    ward.made(ward.order())
    ward.cycle = ward.made(ward.plan())
    ward.at(minutes=-30)
    return ward


def test_the_papers_of_a_release(european, reader):
    european.prepared()
    clean(reader.every_sheet(european.desk))
    assert {"label-large", "label-small", "dose-worksheet"} <= reader.kinds


def test_the_papers_of_a_stop(ward, reader):
    ward.given(1)
    ward.at(hours=7.5)
    ward.check(2, bleeding="frank")
    clean(reader.every_sheet(ward.desk))


def test_the_papers_of_a_planned_cycle(ward, reader):
    clean(reader.every_sheet(ward.desk))


def test_the_papers_of_companion_drugs(beside, reader, unchanged):
    beside.made(
        beside.record_companion(
            amount=Decimal(2_500_000), reason="Pen was empty", injection_site="left thigh",
            product="Intron A", lots=(Lot("IF1234AB", "2026-12-31", 1),), note="at home",
        )
    )  # fmt: skip
    beside.made(beside.amend_companion(amount=Decimal(2_000_000)))
    beside.at(hours=50)
    beside.made(beside.record_companion(3))
    beside.made(beside.amend_companion(3, reason="wrong patient", in_error=True))
    clean(reader.every_sheet(beside.desk))
    unchanged(beside.desk)


def test_the_papers_of_a_patient_at_home(staffed, site_file, activate_file, reader):
    activate_file(staffed, site_file(*CHANGES, ("\n[site]\n", MISSED)))
    staffed.register(allergies_state="known allergies", allergies="strawberries")
    staffed.made(staffed.weight("70"))
    staffed.made(staffed.order("17500000"))
    staffed.cycle = staffed.made(staffed.plan())
    staffed.at(minutes=-30)
    clean(reader.every_sheet(staffed.desk))
    assert "patient-diary" in reader.kinds


def test_the_papers_of_the_stock(keeper: Keeper, reader, unchanged):
    ward = keeper.ward
    ward.made(keeper.receive(vials=12))
    ward.made(
        keeper.receive(
            "LOT-WARM", 5, temperature="out of range", condition="damaged", serials=("S1",)
        )
    )
    ward.given(1)
    sent = ward.made(keeper.move(SENT, vials=4, to=SATELLITE))
    ward.made(keeper.move(ARRIVED, vials=3, transfer=sent.id))
    ward.made(keeper.move(SENT, vials=1, to=SATELLITE))
    ward.made(keeper.move(PATIENT_RETURN, vials=2))
    ward.made(keeper.move(DESTROYED, vials=1, from_returns=True))
    ward.made(keeper.move(TO_SPONSOR, vials=1))
    ward.made(keeper.move(DESTROYED, vials=1))
    ward.made(keeper.move(OUTSIDE, vials=1, to="Site 12"))
    wasted = ward.made(keeper.move(WASTED, vials=1))
    ward.made(keeper.correct(wasted.id, in_error=True))
    ward.made(keeper.move(EXCURSION))
    ward.made(keeper.move(QUARANTINED))
    ward.made(keeper.move(LIFTED))
    count = ward.made(keeper.count(2))
    ward.made(keeper.settle(count.id))
    ward.made(keeper.count(3, "LOT-WARM"))
    clean(reader.every_sheet(ward.desk))
    assert {"stock-log", "count-blank", "stock-form"} <= reader.kinds
    unchanged(ward.desk)


def test_the_papers_after_a_restore(keeper: Keeper, reader):
    ward = keeper.ward
    ward.made(keeper.receive(vials=6))
    (made,) = back_up(ward.desk).made
    ward.given(1)
    path = ward.desk.journal.path
    ward.desk.close()
    ward.at(minutes=10)
    people = (("K. Brandt", "1111"), ("A. Ruiz", "2222"))
    ward.made(restore(plan_restore(path, made.path), people, "disk failed", ward.clock))
    ward.desk = open_desk(path, clock=ward.clock, create=False, owner="tests")
    ward.sign_in("pharmacist")
    ward.at(minutes=15)
    clean(reader.every_sheet(ward.desk))
    ward.desk.close()


def test_the_papers_of_the_practice_trial(practice, reader):
    clean(reader.every_sheet(practice))


def test_the_record_of_a_verification(ward, reader):
    keep_verification(ward.desk, verify_desk(ward.desk, replay_all()))
    clean(reader.every_sheet(ward.desk))
    assert "qualification" in reader.kinds


def test_the_specimen_of_every_shipped_protocol(reader, monkeypatch):
    """Whatever a source leaves open stands on it by name."""
    made: list[SheetModel] = []
    monkeypatch.setattr(specimen_module, "render", lambda model, _: made.append(model) or b"")
    catalogue = open_catalogue()
    for name in catalogue.ids():
        bundle = bundle_named(catalogue, name)
        assert not isinstance(bundle, Refusal)
        for regimen in bundle.protocol.regimens:
            for more in ({"day": "1"}, {"height": "172"}, {"height": "172", "month": "1"}):
                asked = DoseQuestion(name, weight="70", arm=regimen.arm, **more)
                begin = ("2026-03-28T12:00", "Europe/Berlin", None)
                specimen_cycle_sheet(catalogue, asked, begin, "A4")
    assert len(made) > len(catalogue.ids())
    clean([left for model in made for left in reader.of_model("specimen", model)])


def test_the_blank_downtime_sheet(reader, ward, monkeypatch):
    made: list[SheetModel] = []
    monkeypatch.setattr(downtime_module, "render", lambda model, _: made.append(model) or b"")
    downtime_module.downtime_sheet("A4", ward.clock)
    clean(reader.of_model("downtime", made[0]))


def test_every_kind_of_sheet_is_looked_through():
    """A kind that is added is composed above, or this test says that it is not."""
    seen = {
        "cycle", "premedication", "dose-worksheet", "label-large", "label-small", "dose-check",
        "patient-diary", "downtime-kit", "trial-summary", "qualification", "stock-log",
        "count-blank", "stock-form", "course", "stock-run-out",
    }  # fmt: skip
    assert set(SHEETS) == seen


def test_a_plain_sentence_would_be_found(known, data):
    facts = Facts((*data, "line lost"), known, PLAIN)
    assert facts.left_in("Given 0.28 mL, 02-Mar-2026: line lost") == ["Given"]
    assert facts.left_in(f"{changed('Given')} 0.28 mL, 02-Mar-2026: line lost") == []
    assert facts.left_in("Released, the preparation is of another weight")
    assert restore_note.__doc__
