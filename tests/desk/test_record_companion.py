"""What was really given of a companion drug: always recordable, each difference named."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from il2desk.desk import (
    AMEND_FIRST,
    RECORD_SECOND,
    CompanionAmendment,
    CompanionForm,
    Lot,
    TwoSignatures,
    amend_companion,
    companion_form_refusal,
    cosign_companion,
    new_token,
    questions_about_weight,
    record_companion,
    what_is_asked_of_companion,
)
from il2desk.dosing import Refusal


def reasons(ward, day=1, **changes):
    answer = ward.record_companion(day, **changes)
    assert isinstance(answer, Refusal), answer
    return " ".join(answer.reasons).replace("\u00a0", " ")


def marks(ward, day=1, count=1, **changes):
    form = ward.companion_form(**changes)
    found = what_is_asked_of_companion(ward.desk, ward.companion(day, count), form)
    return " ".join(found).replace("\u00a0", " ")


def test_the_derived_dose_given_on_its_day_needs_no_reason(beside):
    lots = (Lot("IF1234AB", "2026-12-31", 1),)
    form = beside.companion_form(
        injection_site="left thigh", product="Intron A", lots=lots, note="at home"
    )
    place, signature = beside.companion_place(), beside.signed("pharmacist")
    entry = beside.once(lambda token: record_companion(beside.desk, place, form, signature, token))
    assert (entry.kind, entry.cycle, entry.dose_number) == (
        "companion-recorded", beside.cycle, None,
    )  # fmt: skip
    body = entry.body
    assert (body["amount"], body["unit"]) == ("3000000", "international units")
    assert (body["derived_amount"], body["derived_gap"], body["against"]) == ("3000000", "", None)
    assert (body["day"], body["day_date"], body["count"]) == (1, "2026-03-02", 1)
    record = beside.companion().record
    assert (record.outcome, record.amount, record.lots) == ("given", Decimal(3_000_000), lots)
    assert (record.injection_site, record.product) == ("left thigh", "Intron A")
    assert (record.by, record.cosigned_by) == ("K. Brandt", None)
    # It belongs to no dose of aldesleukin.
    assert beside.dose(1).administration is None


def test_a_day_without_aldesleukin_is_recorded_like_any_other(beside):
    beside.at(hours=24 * 7)
    beside.made(beside.record_companion(8))
    assert beside.companion(8).record.outcome == "given"


def test_a_second_person_signs_and_never_the_first(beside):
    beside.made(beside.record_companion())
    place, desk = beside.companion_place(), beside.desk
    own = beside.signed("pharmacist", RECORD_SECOND)
    beside.refused("same-person", cosign_companion, desk, place, own, new_token())
    beside.refused(
        "role", cosign_companion, desk, place, beside.signed("monitor", RECORD_SECOND), new_token()
    )
    second = beside.signed("nurse", RECORD_SECOND)
    beside.once(lambda token: cosign_companion(desk, place, second, token))
    assert beside.companion().record.cosigned_by == "A. Ruiz"
    beside.refused("signed", cosign_companion, desk, place, second, new_token())
    beside.refused(
        "nothing", cosign_companion, desk, beside.companion_place(3), second, new_token()
    )


def test_it_is_recorded_once(beside):
    beside.made(beside.record_companion())
    said = beside.refused("recorded", beside.record_companion)
    assert said.text.startswith("interferon alfa-2b, day 1, was recorded by K. Brandt at")


def test_who_is_not_signed_in_records_nothing(beside):
    beside.desk.person = None
    beside.refused("not-signed-in", beside.record_companion)


def test_what_is_missing_is_named_and_nothing_is_filled_in(beside):
    empty = companion_form_refusal(beside.desk, beside.companion(), CompanionForm("given"))
    assert empty.reasons == (
        "Enter the time the dose was given.",
        "Enter the amount that was given, in international units.",
        "Enter the route by which it was given.",
    )
    none = companion_form_refusal(beside.desk, beside.companion(), CompanionForm(""))
    assert none.code == "outcome"


@pytest.mark.parametrize(("outcome", "said"), [
    ("held", "Enter the reason. Enter who decided it."),
    ("omitted", "Enter the reason. Enter who decided it."),
    ("not known", "Enter what was checked."),
    ("part given", "Enter why only a part was given."),
])  # fmt: skip
def test_each_outcome_asks_what_administrations_ask(beside, outcome, said):
    changes = {"amount": Decimal(1_000_000)} if outcome == "part given" else {}
    assert reasons(beside, outcome=outcome, **changes) == said


@pytest.mark.parametrize("outcome", ["held", "omitted", "not known"])
def test_what_was_not_given_has_no_amount(beside, outcome):
    entry = beside.made(
        beside.record_companion(outcome=outcome, reason="Patient refused", decided_by="M. Sato")
    )
    assert (entry.body["amount"], entry.body["given_at"], entry.body["lots"]) == (None, None, ())


@pytest.mark.parametrize("amount", ["0", "0.5", "1000000000", "-1", "NaN"])
def test_an_amount_that_no_field_holds_is_refused(beside, amount):
    said = reasons(beside, amount=Decimal(amount), reason="x")
    assert "1 to 999,999,999 international units, with no decimals" in said


def test_times_ahead_of_the_clock_are_refused(beside):
    now = beside.desk.clock.now()
    assert "is in the future" in reasons(beside, given_at=now + timedelta(minutes=1))
    part = {"outcome": "part given", "amount": Decimal(1), "reason": "x"}
    assert "stopped before" in reasons(beside, stopped_at=now - timedelta(minutes=5), **part)
    assert "is in the future" in reasons(beside, stopped_at=now + timedelta(minutes=5), **part)


def test_another_amount_is_named_and_needs_a_reason(beside):
    said = reasons(beside, amount=Decimal(5_000_000))
    assert said == (
        "5 million international units is not the derived 3 million international units. "
        "Enter the reason."
    )
    entry = beside.made(beside.record_companion(amount=Decimal(5_000_000), reason="misread"))
    assert (entry.reason, entry.body["amount"]) == ("misread", "5000000")
    assert "is not the derived" in beside.companion().record.against


def test_a_part_that_is_none_is_named(beside):
    assert marks(beside, outcome="part given", amount=Decimal(2_999_999)) == ""
    assert "is no part of the derived" in marks(beside, outcome="part given")


def test_another_day_route_or_lot_is_named(beside):
    beside.at(hours=24)
    assert marks(beside, 3) == "Given on 03-Mar-2026; planned for day 3, 04-Mar-2026."
    assert marks(beside, route="intravenous") == (
        "Given on 03-Mar-2026; planned for day 1, 02-Mar-2026. The route was intravenous; the "
        "protocol says subcutaneous."
    )
    old = (Lot("IF1234AB", "2026-01-31", 1),)
    assert "Lot IF1234AB expired on 31-Jan-2026. It was given." in marks(beside, lots=old)
    assert "at least 4 characters" in reasons(beside, lots=(Lot("A", "2026-12-31", 1),), reason="x")


def test_a_dose_that_nobody_planned_is_recorded(beside):
    beside.at(hours=24)
    assert reasons(beside, 2) == (
        "No dose of interferon alfa-2b is planned on day 2, 03-Mar-2026. Enter the reason."
    )
    entry = beside.made(beside.record_companion(2, reason="Decided by the prescriber"))
    assert (entry.body["planned"], entry.body["derived_amount"]) == (False, None)
    assert entry.body["derived_gap"] == "No dose of interferon alfa-2b is planned on day 2."
    beside.at(hours=47)
    assert marks(beside, 3, 2) == "It is dose 2 of interferon alfa-2b on day 3; 1 planned that day."


def test_without_a_derived_amount_the_truth_is_recorded(staffed, site_file, activate_file):
    table = """
[regimen.companions.interferon-alfa-2b]
drug = "interferon alfa-2b"
route = { value = "subcutaneous", source = "practice" }
dose = { value = "3000000", unit = "international units per m2", source = "practice" }
days = { value = [1], source = "practice" }
product = { value = "interferon-alfa-2b", source = "practice" }
presentation = { value = "solution-25", source = "practice" }

[regimen.dilution]"""
    activate_file(staffed, site_file(("\n[regimen.dilution]", table)))
    staffed.register(height_cm=None)
    staffed.made(staffed.weight("70"))
    staffed.made(staffed.order())
    staffed.cycle = staffed.made(staffed.plan())
    staffed.at()
    assert marks(staffed) == (
        "No derived amount to compare with: interferon alfa-2b: Its dose goes by body surface "
        "area. Enter weight in kg and height in cm."
    )
    entry = staffed.made(staffed.record_companion(reason="Dose written by the prescriber"))
    assert (entry.body["derived_amount"], entry.body["amount"]) == (None, "3000000")
    assert "body surface area" in entry.body["derived_gap"]


def test_after_a_stop_it_is_recorded_with_reason_and_prescriber(beside):
    beside.check(bleeding="frank")
    said = reasons(beside)
    assert "This dose was given against STOP of 02-Mar-2026 12:00." in said
    assert said.endswith("Enter the prescriber who decided to give it.")
    entry = beside.made(
        beside.record_companion(reason="Given before the check was read", decided_by="M. Sato")
    )
    assert "against STOP" in entry.body["against"]


def test_a_late_entry_says_why(beside):
    now = beside.at(hours=1)
    early = now - timedelta(minutes=31)
    assert "over 30 minutes after the start" in reasons(beside, given_at=early)
    entry = beside.made(beside.record_companion(given_at=early, reason="Computer was away"))
    assert entry.body["recorded_late"] is True


def test_a_correction_keeps_the_old_value(beside):
    beside.made(beside.record_companion())
    entry = beside.made(
        beside.amend_companion(amount=Decimal(2_500_000), product="Intron A", note="pen read anew")
    )
    record = beside.companion().record
    assert (entry.amends, entry.reason) == (record.entry, "typing error")
    assert record.amount == Decimal(2_500_000)
    assert [(change.field, change.number) for change in record.changes] == [
        ("amount", 1), ("product", 2), ("note", 3), ("against", 4),
    ]  # fmt: skip
    assert record.changes[0].old.replace("\u00a0", " ") == "3 million international units"
    assert (record.changes[0].by, record.changes[0].checked_by) == ("K. Brandt", "A. Ruiz")
    assert "is not the derived" in record.against
    # What was recorded first stands unchanged in the journal.
    assert beside.desk.journal.entry(record.entry).body["amount"] == "3000000"


def test_a_start_is_not_corrected_to_after_the_stop(beside):
    now = beside.desk.clock.now()
    start, stop = now - timedelta(minutes=20), now - timedelta(minutes=10)
    beside.made(beside.record_companion(
        outcome="part given", amount=Decimal(1_000_000), given_at=start, stopped_at=stop, reason="x"
    ))  # fmt: skip
    after = stop + timedelta(minutes=1)
    assert "before that" in beside.refused("time", beside.amend_companion, given_at=after).text
    beside.made(beside.amend_companion(given_at=stop))


def test_a_corrected_time_and_outcome(beside):
    beside.made(beside.record_companion())
    earlier = beside.desk.clock.now() - timedelta(minutes=10)
    beside.made(beside.amend_companion(given_at=earlier, outcome="part given"))
    record = beside.companion().record
    assert (record.given_at, record.outcome) == (earlier, "part given")
    assert "is no part of" in record.against


def test_a_later_weight_is_no_mark_of_a_correction(staffed, site_file, activate_file):
    table = """
[regimen.companions.interferon-alfa-2b]
drug = "interferon alfa-2b"
route = { value = "subcutaneous", source = "practice" }
dose = { value = "50000", unit = "international units per kg", source = "practice" }
days = { value = [1], source = "practice" }
product = { value = "interferon-alfa-2b", source = "practice" }
presentation = { value = "solution-25", source = "practice" }

[regimen.dilution]"""
    activate_file(staffed, site_file(("\n[regimen.dilution]", table)))
    staffed.register()
    staffed.made(staffed.weight("70"))
    staffed.made(staffed.order())
    staffed.cycle = staffed.made(staffed.plan())
    staffed.at()
    beside = staffed
    beside.made(beside.record_companion(amount=Decimal(3_500_000)))
    asked = questions_about_weight(beside.desk, beside.subject, Decimal(60), "dosing")
    beside.made(beside.weight("60", answered=tuple(one.code for one in asked)))
    assert beside.companion().derived.exact_dose == Decimal(3_000_000)
    assert beside.companion().record.derived_amount == Decimal(3_500_000)
    beside.made(beside.amend_companion(note="left arm"))
    assert [change.field for change in beside.companion().record.changes] == ["note"]


def test_a_record_in_error_makes_room_for_the_right_one(beside):
    beside.made(beside.record_companion())
    beside.made(beside.amend_companion(reason="wrong patient", in_error=True))
    assert beside.companion().record is None
    (wrong,) = beside.located().cycle.companions
    assert wrong.in_error
    beside.made(beside.record_companion(amount=Decimal(3_000_000)))
    assert beside.companion().record.entry != wrong.entry


def test_what_a_correction_must_not_do(beside):
    beside.refused("nothing", beside.amend_companion, note="x")
    beside.made(beside.record_companion())
    beside.refused("reason", beside.amend_companion, reason=" ", note="x")
    beside.refused("unchanged", beside.amend_companion, amount=Decimal(3_000_000))
    beside.refused("outcome", beside.amend_companion, outcome="held")
    beside.refused("outcome", beside.amend_companion, outcome="delayed")
    beside.refused("amount", beside.amend_companion, amount=Decimal(0))
    later = beside.desk.clock.now() + timedelta(minutes=1)
    beside.refused("future", beside.amend_companion, given_at=later)
    beside.at(hours=46)
    beside.made(beside.record_companion(3, outcome="held", reason="Fever", decided_by="M. Sato"))
    beside.refused("outcome", beside.amend_companion, 3, amount=Decimal(1))


def test_a_correction_needs_two_people_and_is_stored_once(beside):
    beside.made(beside.record_companion())
    form, place = CompanionAmendment("other", note="x"), beside.companion_place()
    one = beside.signed("pharmacist", AMEND_FIRST)
    beside.refused(
        "same-person",
        amend_companion,
        beside.desk,
        place,
        form,
        TwoSignatures(one, one),
        new_token(),
    )
    beside.once(lambda token: amend_companion(beside.desk, place, form, beside.two(), token))


def test_the_chain_stays_whole(beside):
    beside.made(beside.record_companion())
    beside.made(beside.amend_companion(note="x"))
    assert beside.desk.journal.check().ok
