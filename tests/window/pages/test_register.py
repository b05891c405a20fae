"""Registering through the window: every field, every refusal beside its field."""

from __future__ import annotations

from collections.abc import Callable

from il2desk.desk import subjects
from il2desk.window.office import Office

FORM = (
    "{trial}{{Enter}}Loewenstein{{Enter}}Maria{{Enter}}Ms{{Enter}}ML{{Enter}}{born}{{Enter}}1{{Enter}}"
    "{hospital}{{Enter}}5B{{Enter}}5B-1{{Enter}}2{{Enter}}{{Enter}}1"
)


def fill(typing, trial: str = "NPC-007", born: str = "04-Oct-1961", hospital: str = "402") -> None:
    typing(FORM.format(trial=trial, born=born, hospital=hospital))


def sign(typing) -> None:
    typing("{Ctrl+Enter}")
    typing("1111{Ctrl+Enter}")


def test_a_patient_is_registered_by_keyboard(office: Office, typing) -> None:
    office.open("register")
    fill(typing)
    assert office.window.action_bar.missing() == ()
    typing("{Ctrl+Enter}")
    review = office.window.panel().request().review
    assert "Born  04-Oct-1961" in review
    assert "Height, cm  Not recorded" in review
    typing("1111{Ctrl+Enter}")
    (subject,) = subjects(office.desk)
    assert (subject.trial_code, subject.born, subject.sex) == ("NPC-007", "1961-10-04", "female")
    assert (subject.ward, subject.bed, subject.height_cm) == ("5B", "5B-1", None)
    (entry,) = office.desk.journal.entries(kind="subject-registered")
    (signature,) = entry.body["signatures"]
    assert signature["meaning"] == "I compared these facts with the patient's papers"
    assert office.page().title == "Prescriber's order"
    assert office.window.banner() is not None


def test_nothing_is_pre_filled(office: Office) -> None:
    office.open("register")
    assert [entry.typed() for entry in office.page().form.entries()] == [""] * 16


def test_known_allergies_ask_which(office: Office) -> None:
    office.open("register")
    form = office.page().form
    form.allergies.choose("known allergies")
    assert form.known in form.missing()
    form.allergies.choose("no known allergies")
    assert form.known not in form.missing()


def test_a_birth_date_in_the_future_is_refused(office: Office, typing, unchanged) -> None:
    office.open("register")
    fill(typing, born="04-Oct-2061")
    sign(typing)
    form = office.page().form
    assert "is in the future" in form.born.error_text()
    assert form.born.typed() == "04-Oct-2061"
    assert unchanged()


def test_a_trial_number_twice_is_refused(office: Office, registered: str, typing, desk) -> None:
    before = desk.journal.count()
    office.open("register")
    fill(typing, trial="NPC-001")
    sign(typing)
    assert "registered already" in office.page().form.trial.error_text()
    assert desk.journal.count() == before


def test_a_hospital_number_twice_is_refused(office: Office, registered: str, typing, desk) -> None:
    before = desk.journal.count()
    office.open("register")
    fill(typing, hospital="402 118 7765")
    sign(typing)
    assert "registered already as NPC-001" in office.page().form.hospital.error_text()
    assert desk.journal.count() == before


def test_the_same_name_and_birth_date_are_asked_about(office: Office, typing, desk) -> None:
    office.open("register")
    fill(typing, trial="NPC-001", hospital="401")
    sign(typing)
    before = desk.journal.count()
    office.open("register")
    fill(typing)
    sign(typing)
    form = office.page().form
    assert "same name and date of birth" in form.family.question_text()
    assert desk.journal.count() == before
    typing("1")
    sign(typing)
    assert desk.journal.count() == before + 1


def test_without_an_active_protocol_nobody_is_registered(
    bare_office: Office, typing, unchanged: Callable[[], bool]
) -> None:
    bare_office.open("register")
    assert "No protocol is active" in bare_office.page().notice.sentences()[0]
    typing("{Ctrl+Enter}")
    assert bare_office.window.panel() is None
    assert unchanged()


def test_a_wrong_pin_stores_nothing(office: Office, typing, unchanged) -> None:
    office.open("register")
    fill(typing)
    typing("{Ctrl+Enter}")
    typing("9999{Ctrl+Enter}")
    assert "do not match" in office.window.panel().refusal_text()
    assert unchanged()
