"""The prescriber's order through the window."""

from __future__ import annotations

from decimal import Decimal

from il2desk.desk import WeightForm, chart_of, new_token, record_weight, spoken
from il2desk.desk import sign as sign_here
from il2desk.window.office import Office

ORDER = "M. Sato{{Enter}}{time}{{Enter}}{date}{{Enter}}{dose}{{Enter}}M. Sato{{Enter}}M. Sato"


def fill(typing, dose: str = "5040000", time: str = "1330", date: str = "12-Mar-2026") -> None:
    typing(ORDER.format(dose=dose, time=time, date=date))


def sign(typing) -> None:
    typing("{Ctrl+Enter}")
    typing("1111{Ctrl+Enter}")


def weigh(desk, subject: str, kg: str) -> None:
    form = WeightForm(Decimal(kg), desk.clock.now(), "standing scale", "dosing")
    record_weight(desk, subject, form, new_token())


def test_an_order_is_stored_by_keyboard(office: Office, registered: str, typing) -> None:
    office.open("order", subject=registered)
    fill(typing)
    page = office.page()
    assert spoken(page.dose.echo()) == "= 5.04 million international units"
    typing("{Ctrl+Enter}")
    review = office.window.panel().request().review
    assert spoken(review[0]) == "DOSE 5.04 million international units"
    typing("1111{Ctrl+Enter}")
    order = chart_of(office.desk, registered).order
    assert (order.prescriber, order.ordered_dose_iu) == ("M. Sato", Decimal(5040000))
    assert order.ordered_at == "2026-03-12T12:30:00Z"
    (entry,) = office.desk.journal.entries(kind="order-written")
    (signature,) = entry.body["signatures"]
    assert signature["name"] == "K. Brandt"
    assert signature["meaning"] == "I entered the prescriber's order as it is written"
    assert office.page().title == "Plan a cycle"


def test_a_dose_with_a_mark_is_refused_and_stays(office, registered, typing, desk) -> None:
    before = desk.journal.count()
    office.open("order", subject=registered)
    typing("M. Sato{Enter}1330{Enter}12-Mar-2026{Enter}5.04{Enter}")
    page = office.page()
    page.consent.line.setText("M. Sato")
    page.eligible.line.setText("M. Sato")
    typing("{Ctrl+Enter}")
    dose = page.dose
    assert (dose.typed(), dose.error_text() != "") == ("5.04", True)
    assert office.window.panel() is None
    assert desk.journal.count() == before


def test_an_order_in_the_future_is_refused(office, registered, typing, desk) -> None:
    before = desk.journal.count()
    office.open("order", subject=registered)
    fill(typing, time="1430")
    typing("{Ctrl+Enter}")
    assert "is in the future" in office.page().written.time.error_text()
    assert desk.journal.count() == before


def test_an_order_that_differs_from_the_derived_dose_is_refused(
    office, registered, typing, desk
) -> None:
    weigh(desk, registered, "70")
    before = desk.journal.count()
    office.open("order", subject=registered)
    fill(typing, dose="5400000")
    sign(typing)
    said = spoken(office.page().dose.error_text())
    assert "the derived exact dose is 5.04 million international units" in said
    assert office.page().dose.typed() == "5400000"
    assert desk.journal.count() == before


def test_an_order_is_amended_with_a_reason(office, ordered, typing, desk) -> None:
    office.open("order", subject=ordered)
    page = office.page()
    page.kind.choose("amend")
    assert page.consent.isHidden()
    for field, text in (
        (page.prescriber, "M. Sato"), (page.written.time, "1345"), (page.written.date, "12-Mar-2026"),
        (page.dose, "5076000"),
    ):  # fmt: skip
        field.line.setText(text)
    assert page.action().missing == ("Why it was amended",)
    page.reason.line.setText("New weight")
    page.commit()
    typing("1111{Ctrl+Enter}")
    order = chart_of(desk, ordered).order
    assert (order.ordered_dose_iu, order.amended) == (Decimal(5076000), True)
    assert len(chart_of(desk, ordered).orders) == 1
    (entry,) = desk.journal.entries(kind="order-amended")
    assert {one["field"]: (one["old"], one["new"]) for one in entry.body["changes"]}[
        "ordered_dose_iu"
    ] == ("5040000", "5076000")
    assert [one["name"] for one in entry.body["signatures"]] == ["K. Brandt"]


def test_two_presses_store_one_order(office, registered, typing, desk) -> None:
    office.open("order", subject=registered)
    fill(typing)
    page = office.page()
    signed = sign_here(desk, "1111", "as it is written")
    first, second = page._store(signed), page._store(signed)
    assert first == second
    assert len(chart_of(desk, registered).orders) == 1
