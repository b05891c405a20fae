"""Release: two people, the second blind, every gate asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from il2desk.desk import (
    RELEASE_SECOND,
    ItemOutcome,
    JournalFault,
    Lot,
    TwoSignatures,
    WeightForm,
    check_release_form,
    new_token,
    record_premedication,
    record_release,
    record_weight,
)
from il2desk.desk.release import _as_chosen, _total_refusal
from il2desk.dosing import Evidence, Source, Sourced


@pytest.fixture
def ready(ward):
    ward.premedicate()
    ward.check()
    return ward


def test_a_release_holds_the_derivation_and_both_signatures(ready):
    entry = ready.made(ready.release())
    body = entry.body
    assert body["dose"]["exact_dose_iu"] == "5040000"
    assert body["dose"]["prepared_dose_iu"] == "5040000"
    assert (body["prepared_volume_ml"], body["weight_kg"]) == ("0.28", "70")
    assert (body["total_volume_ml"], body["diluent"]) == ("10", "glucose 5 %")
    assert body["dose"]["height_cm"] == "172"
    assert [one["name"] for one in body["signatures"]] == ["K. Brandt", "A. Ruiz"]
    assert entry.protocol_fingerprint == ready.located().cycle.fingerprint
    release = ready.dose().release
    assert (release.by, release.checked_by) == ("K. Brandt", "A. Ruiz")
    assert release.prepared_volume_ml == Decimal("0.28")


def test_a_second_press_releases_once(ready):
    form, reading, signed, token = (
        ready.release_form(), ready.reading(), ready.two(), new_token(),
    )  # fmt: skip
    first = ready.made(record_release(ready.desk, ready.place(), form, reading, signed, token))
    count = ready.count
    again = record_release(ready.desk, ready.place(), form, reading, signed, token)
    assert again == first
    assert ready.count == count


def test_nothing_is_released_without_anybody_signed_in_or_by_a_monitor(ready):
    ready.desk.person = None
    ready.refused("not-signed-in", ready.release)
    ready.sign_in("monitor")
    ready.refused("reading-only", ready.release)


def test_the_same_person_cannot_be_both(ready):
    same = TwoSignatures(ready.signed("pharmacist"), ready.signed("pharmacist", RELEASE_SECOND))
    ready.refused(
        "same-person", record_release, ready.desk, ready.place(), ready.release_form(),
        ready.reading(), same, new_token(),
    )  # fmt: skip


def test_the_first_signature_is_of_whoever_is_signed_in(ready):
    other = TwoSignatures(ready.signed("prescriber"), ready.signed("nurse", RELEASE_SECOND))
    ready.refused(
        "other-signature", record_release, ready.desk, ready.place(), ready.release_form(),
        ready.reading(), other, new_token(),
    )  # fmt: skip


def test_a_monitor_is_no_second_person(ready):
    signed = TwoSignatures(ready.signed("pharmacist"), ready.signed("monitor", RELEASE_SECOND))
    ready.refused(
        "role", record_release, ready.desk, ready.place(), ready.release_form(), ready.reading(),
        signed, new_token(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "name", "source"),
    [
        ("weight_kg", Decimal("70.5"), "Weight", "scale slip"),
        ("weight_kg", None, "Weight", "scale slip"),
        ("volume_ml", Decimal("2.8"), "Volume", "syringe"),
        ("lots", ("34AC",), "Lot", "vial"),
        ("lots", ("4AB",), "Lot", "vial"),
        ("lots", (), "Lot", "vial"),
        ("lots", ("34AB", "34AB"), "Lot", "vial"),
        ("trial_number", "NPC-071", "Trial number", "label"),
        ("diluent", "sodium chloride 0.9 %", "Diluent", "diluent container"),
        ("diluent", None, "Diluent", "diluent container"),
        ("total_volume_ml", Decimal(100), "Total volume", "bag or syringe"),
    ],
)
def test_a_blind_reading_that_differs_releases_nothing(ready, field, value, name, source):
    before = ready.count
    answer = ready.release(reading=ready.reading(**{field: value}))
    assert answer.code == "differs"
    assert answer.reasons == (
        f"{name} differs. Read the {source} again. The other entry is not shown.",
    )
    # Only that it differed is kept, never a value: the second reading stays blind.
    entry = ready.desk.journal.entries()[-1]
    assert ready.count == before + 1
    assert entry.kind == "second-check-differed"
    assert set(entry.body) == {"fields", "second"}
    assert ready.dose().release is None


def test_the_reading_knows_case_and_spaces_but_not_digits(ready):
    reading = ready.reading(trial_number=" npc-017 ", lots=("34ab ", " "))
    ready.made(ready.release(reading=reading))


def test_every_lot_is_read(ready):
    lots = (Lot("PR1234AB", "2026-12-31"), Lot("PR9999ZZ", "2026-12-31"))
    form = ready.release_form(lots=lots, vials_reason="the first broke")
    assert ready.release(form=form, reading=ready.reading(lots=("34AB", "34AB"))).code == "differs"
    ready.made(ready.release(form=form, reading=ready.reading(lots=("99ZZ", "1234AB"))))


@pytest.mark.parametrize(
    ("lots", "code"),
    [
        ((), "lot"),
        ((Lot("123", "2026-12-31"),), "lot"),
        ((Lot("   PR1", "2026-12-31"),), "lot"),
        ((Lot("PR1234AB", "2026-12-31", 0),), "lot"),
        ((Lot("PR1234AB", "soon"),), "lot-expiry"),
        ((Lot("PR1234AB", ""),), "lot-expiry"),
        ((Lot("PR1234AB", "2026-03-01"),), "lot-expired"),
    ],
)
def test_a_lot_that_cannot_be_taken(ready, lots, code):
    ready.refused(code, ready.release, form=ready.release_form(lots=lots))


def test_a_lot_is_good_to_the_end_of_its_day(ready):
    ready.made(ready.release(form=ready.release_form(lots=(Lot("PR1234AB", "2026-03-02"),))))


def test_reconstitution_is_not_in_the_future(ready):
    later = ready.desk.clock.now() + timedelta(minutes=1)
    ready.refused("future", ready.release, form=ready.release_form(reconstituted_at=later))


def test_the_total_volume_of_a_recipe_inside_the_window_is_not_changed(ready):
    form = ready.release_form(total_volume_ml=Decimal(9), choice_reason="I like 9")
    ready.refused("total-volume", ready.release, form=form)
    ready.made(ready.release(form=ready.release_form(total_volume_ml=Decimal(10))))


def test_another_dosing_weight_than_the_order_is_for_blocks_release(ward):
    heavy = WeightForm(
        Decimal(80), ward.desk.clock.now(), "bed scale", "dosing", answered=("weight-jump",)
    )
    ward.made(record_weight(ward.desk, ward.subject, heavy, new_token()))
    ward.premedicate()
    ward.check()
    answer = ward.refused("not-releasable", ward.release)
    assert "The prescriber must amend the order" in answer.text


def test_too_few_vials(active, site_file, activate_file):
    file = site_file(
        ('value = "72000", unit = "international units per kg"', 'value = "600000", unit = "international units per kg"'),
        ('version = "1"', 'version = "2"'),
        ('up_to_ml = "3"', 'up_to_ml = "10"'),
        ('listed_ml = ["5", "10", "15", "20", "25", "50", "100", "250", "500"]', 'listed_ml = ["50"]'),
    )  # fmt: skip
    activate_file(active, file)
    active.register()
    active.made(active.weight("70"))
    active.made(active.order("42000000"))
    active.cycle = active.made(active.plan())
    active.at(minutes=-30)
    active.premedicate()
    active.check()
    dose = active.derived()
    assert dose.vials == 2
    answer = active.refused("vials", active.release)
    assert "2 vials are needed, 1 entered" in answer.text
    lots = (Lot("PR1234AB", "2026-12-31", 1), Lot("PR5678CD", "2026-12-31", 1))
    reading = active.reading(
        volume_ml=dose.prepared_volume_ml, lots=("34AB", "78CD"),
        total_volume_ml=dose.dilution.total_volume_ml,
    )  # fmt: skip
    active.made(active.release(form=active.release_form(lots=lots), reading=reading))


@pytest.fixture
def outside(active, site_file, activate_file):
    """A patient whose fixed bag of 50 mL is outside the window: 0.28 mL there is too thin."""
    old = (
        'method = "window-volume"\nsource = "practice"\n'
        'diluent = { value = "glucose 5 %", source = "practice" }\n'
        'listed_ml = ["5", "10", "15", "20", "25", "50", "100", "250", "500"]'
    )
    new = (
        'method = "fixed-bag"\nsource = "practice"\nbag_ml = { value = "50", source = "practice" }\nadded_to = true\n'
        'diluent = { value = "glucose 5 %", source = "practice" }'
    )
    activate_file(active, site_file((old, new), ('version = "1"', 'version = "2"')))
    active.register()
    active.made(active.weight("70"))
    active.made(active.order())
    active.cycle = active.made(active.plan())
    active.at(minutes=-30)
    active.premedicate()
    active.check()
    return active


def test_outside_the_window_the_pharmacist_chooses_with_a_reason(outside):
    dose = outside.derived()
    assert dose.dilution.in_window is False
    recipe = dose.dilution.total_volume_ml
    reading = outside.reading(total_volume_ml=recipe)
    outside.refused("outside-window", outside.release, reading=reading)
    for wrong in ("0.2", "300", "NaN"):
        form = outside.release_form(total_volume_ml=Decimal(wrong), choice_reason="no bag")
        outside.refused("total-volume", outside.release, form=form, reading=reading)
    form = outside.release_form(total_volume_ml=Decimal(10), choice_reason="inside the window")
    entry = outside.made(outside.release(form=form, reading=outside.reading()))
    told = entry.body["dose"]
    assert (entry.body["total_volume_ml"], entry.body["volume_choice"]) == (
        "10",
        "inside the window",
    )
    # What stands in the journal is the syringe that was made, not the recipe that was not followed.
    assert told["dilution"]["total_volume_ml"] == "10"
    assert told["dilution"]["in_window"] is True
    assert told["dilution"]["final_concentration_mcg_per_ml"] == "30.8"
    assert told["infusion"]["rate_ml_per_h"] == "120"


def test_the_recipe_outside_the_window_stands_with_a_reason(outside):
    recipe = outside.derived().dilution.total_volume_ml
    form = outside.release_form(choice_reason="the team decided so")
    entry = outside.made(
        outside.release(form=form, reading=outside.reading(total_volume_ml=recipe))
    )
    assert entry.body["dose"]["dilution"]["in_window"] is False
    assert entry.body["total_volume_ml"] == str(recipe)


def test_the_form_is_judged_before_anybody_signs(ready):
    at = ready.located()
    dose = check_release_form(ready.desk, at.chart, at.cycle, 1, ready.release_form())
    assert dose.prepared_volume_ml == Decimal("0.28")
    assert "release-recorded" not in ready.kinds()


def test_a_token_of_another_form_never_answers_as_stored(ready):
    """A release must not be taken for stored because another form was stored under its token."""
    token = new_token()
    outcomes = (ItemOutcome("antibiotic", "given"),)
    ready.made(record_premedication(ready.desk, ready.place(), outcomes, token))
    with pytest.raises(JournalFault, match="already stored as something else"):
        record_release(
            ready.desk, ready.place(), ready.release_form(), ready.reading(), ready.two(), token
        )
    assert ready.dose().release is None


def test_vials_reconstituted_too_long_ago(active, site_file, activate_file):
    """The European label counts from reconstitution; its longest limit is 48 hours."""
    file = site_file(
        ('product = "proleukin-us"', 'product = "proleukin-eu"'), ('version = "1"', 'version = "2"')
    )
    activate_file(active, file)
    active.register()
    active.made(active.weight("70"))
    dose_iu = "5040000"
    active.made(active.order(dose_iu))
    active.cycle = active.made(active.plan())
    active.at(minutes=-30)
    active.premedicate()
    active.check()
    reading = replace(active.reading(), total_volume_ml=active.derived().dilution.total_volume_ml)
    old = active.release_form(
        reconstituted_at=active.desk.clock.now() - timedelta(hours=48, minutes=1)
    )
    active.refused("beyond-use", active.release, form=old, reading=reading)
    still = active.release_form(reconstituted_at=active.desk.clock.now() - timedelta(hours=48))
    active.made(active.release(form=still, reading=reading))


RECIPE = (
    'method = "window-volume"\nsource = "practice"\n'
    'diluent = { value = "glucose 5 %", source = "practice" }\n'
    'listed_ml = ["5", "10", "15", "20", "25", "50", "100", "250", "500"]'
)
UNDILUTED = (RECIPE, 'method = "undiluted"\nsource = "practice"')


@pytest.fixture
def undiluted(active, site_file, activate_file):
    """A patient ready for an undiluted dose of a product."""

    def made(product):
        named = ('product = "proleukin-us"', f'product = "{product}"')
        file = site_file(UNDILUTED, named, ('version = "1"', 'version = "2"'))
        activate_file(active, file)
        active.register()
        active.made(active.weight("70"))
        active.made(active.order())
        active.cycle = active.made(active.plan())
        active.at(minutes=-30)
        active.premedicate()
        active.check()
        return active, active.reading(diluent=None, total_volume_ml=None)

    return made


def test_an_undiluted_dose_has_no_total_volume(undiluted):
    active, reading = undiluted("proleukin-eu")
    form = active.release_form(total_volume_ml=Decimal(10))
    active.refused("total-volume", active.release, form=form, reading=reading)
    body = active.made(active.release(reading=reading)).body
    assert (body["diluent"], body["total_volume_ml"]) == ("undiluted", None)


def test_an_undiluted_dose_has_the_time_of_the_vial_not_of_the_bag(undiluted):
    """The European label: 24 hours for the vial; its 48 hours are for the diluted solution."""
    active, reading = undiluted("proleukin-eu")
    now = active.desk.clock.now()
    old = active.release_form(reconstituted_at=now - timedelta(hours=24, minutes=1))
    active.refused("beyond-use", active.release, form=old, reading=reading)
    kept = active.release_form(reconstituted_at=now - timedelta(hours=24))
    active.made(active.release(form=kept, reading=reading))


def test_no_time_of_use_is_worked_out_for_a_vial_of_which_no_source_states_one(undiluted):
    """The US label's 48 hours are for the diluted solution: an undiluted dose has none of it."""
    active, reading = undiluted("proleukin-us")
    refused = active.refused("beyond-use", active.release, reading=reading)
    assert "No source states how long this preparation may be kept" in refused.text
    assert "site's copy of the product" in refused.text
    active.at(minutes=1)
    active.made(
        active.record(
            reason="the ward gave it", volume_ml=Decimal("0.28"), lots=active.release_form().lots
        )
    )


def test_a_vial_waits_no_longer_than_the_diluted_solution_may(ready):
    """The US label has no limit of the vial: 48 hours, those of the bag, count from reconstitution."""
    now = ready.desk.clock.now()
    old = ready.release_form(reconstituted_at=now - timedelta(hours=48, minutes=1))
    ready.refused("beyond-use", ready.release, form=old)
    kept = ready.release_form(reconstituted_at=now - timedelta(hours=48))
    ready.made(ready.release(form=kept))


def test_a_chosen_volume_over_what_the_document_allows_is_refused(outside):
    """The limit is one of diluent: 50 mL and the 0.28 mL of the drug are allowed, 0.01 mL more is not."""
    dose = outside.derived()
    most = Sourced(Decimal(50), Source("label", "infusion", Evidence.LABEL))
    product = replace(dose.request.product, most_ml=most)
    dose = replace(
        dose,
        request=replace(dose.request, product=product),
        dilution=replace(dose.dilution, total_volume_ml=None, window_total_ml=None),
    )
    form = outside.release_form(total_volume_ml=Decimal("50.28"), choice_reason="the site's bag")
    assert _total_refusal(dose, form) is None
    refusal = _total_refusal(dose, replace(form, total_volume_ml=Decimal("50.29")))
    assert refusal.code == "total-volume"
    assert "more than the 50 mL of diluent that label, infusion" in refusal.text.replace(
        "\u00a0", " "
    )


def test_where_no_window_is_known_the_choice_rests_on_its_reason(outside):
    """A bag whose volume the source leaves open has no window to compare with."""
    dose = outside.derived()
    dilution = replace(
        dose.dilution, total_volume_ml=None, in_window=None, window_total_ml=None,
        final_concentration=None,
    )  # fmt: skip
    form = outside.release_form(total_volume_ml=Decimal(40), choice_reason="the site's bag")
    assert _total_refusal(replace(dose, dilution=dilution), form) is None
    made = _as_chosen(replace(dose, dilution=dilution, infusion=None), Decimal(40))
    assert made.dilution.total_volume_ml == Decimal(40)
    assert made.infusion is None


def test_more_vials_than_are_needed_ask_why(ward):
    """A vial scanned twice, or a number typed wrong, would empty the books; a broken vial is a reason."""
    ward.premedicate()
    ward.check()
    thirteen = (Lot("PR1234AB", "2026-12-31", 13),)
    answer = ward.refused("vials", ward.release, form=ward.release_form(lots=thirteen))
    assert answer.text == (
        "1 vial is needed, 13 entered. Correct the number, or enter why more were taken."
    )
    two = (Lot("PR1234AB", "2026-12-31", 2),)
    ward.refused("vials", ward.release, form=ward.release_form(lots=two, vials_reason="  "))
    stored = ward.made(
        ward.release(form=ward.release_form(lots=two, vials_reason=" the first broke "))
    )
    assert stored.body["vials_reason"] == "the first broke"
