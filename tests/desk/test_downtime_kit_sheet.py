"""The downtime kit from a journal: the state of its minute, a DOSE only where one may be prepared."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from il2desk.desk import (
    DISCARD_MEANING,
    discard_preparation,
    items_for,
    new_token,
    open_desk_to_read,
    questions_about_weight,
)
from il2desk.desk.dose_state import slot_states
from il2desk.desk.downtime_kit import downtime_kit_request
from il2desk.desk.papers import (
    SheetRequest,
    prepare_sheet,
    read_sheet_code,
    record_print,
    sheets_of_site,
)


def said(made) -> str:
    pages = PdfReader(BytesIO(made.pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split()).replace("\u00a0", " ")


def kit(ward, request=None, paper=None):
    return ward.made(prepare_sheet(ward.desk, request or downtime_kit_request(ward.desk), paper))


def test_the_kit_shows_dose_volume_weight_and_times_of_24_hours(ward):
    text = said(kit(ward))
    for fact in (
        "The state at 02-Mar-2026 11:30 (+01:00)", "NOT TO BE USED AFTER 03-Mar-2026 11:30 (+01:00)",
        "BROWN, Ada (Ms) · Born 04-Mar-1961 (64y) · Trial No. NPC-017", "Hospital No. 4711",
        "Ward 7 · Bed 3", "No known allergies", "DOSE 5.04 million international units",
        "doses 1 to 3", "in 0.28 mL", "for the dosing weight 70 kg of 01-Mar-2026 15:55 only",
        "at least 6 hours between doses", "12:00 +01:00", "20:00 +01:00", "04:00 +01:00",
        "Hold and stop criteria", "STOP this cycle", "Values to read heart rate",
        "Checked again before each dose: the paper shows the state at 11:30.",
    ):  # fmt: skip
        assert fact in text, fact
    assert (
        "12:00 +01:00 Scheduled" not in text.split("Open doses")[1].split("What happened")[0][200:]
    )


def test_the_same_minute_gives_the_same_bytes_whatever_the_clock_says(ward):
    request = downtime_kit_request(ward.desk)
    first = kit(ward, request)
    ward.clock.moment += timedelta(minutes=40)
    again = kit(ward, request)
    assert (first.pdf, first.sheet_id) == (again.pdf, again.sheet_id)
    assert kit(ward).pdf != first.pdf  # the kit of the new minute
    assert downtime_kit_request(ward.desk).of == "2026-03-02T11:10Z"


def test_a_kit_is_refused_once_anything_was_recorded_after_its_minute(ward):
    request = downtime_kit_request(ward.desk)
    made = kit(ward, request)
    ward.made(record_print(ward.desk, made, "print", new_token()))
    code = f"IL2DESK|{made.sheet_id}|{made.composed.model.frame.code.rsplit('|', 1)[1]}"
    assert ward.made(read_sheet_code(ward.desk, code)).warning == ""
    ward.clock.moment += timedelta(minutes=2)
    assert kit(ward, request).pdf == made.pdf  # a print is no new fact
    ward.check(1, bleeding="frank")
    ward.refused("kit-stale", prepare_sheet, ward.desk, request)
    ward.refused("kit-stale", record_print, ward.desk, made, "print", new_token())
    assert ward.made(read_sheet_code(ward.desk, code)).warning.startswith("OLD PAPER")


def test_a_kit_is_refused_after_its_24_hours_and_before_its_minute(ward):
    request = downtime_kit_request(ward.desk)
    ward.clock.moment += timedelta(hours=24) - timedelta(minutes=1)
    kit(ward, request)
    ward.clock.moment += timedelta(minutes=1)
    ward.refused("kit-over", prepare_sheet, ward.desk, request)
    ward.clock.moment -= timedelta(hours=25)
    ward.refused("kit-moment", prepare_sheet, ward.desk, request)
    ward.refused("kit-moment", prepare_sheet, ward.desk, SheetRequest("downtime-kit", of="now"))
    ward.refused("kit-moment", prepare_sheet, ward.desk, SheetRequest("downtime-kit"))


def test_after_a_stop_no_dose_is_printed(ward):
    ward.check(1, bleeding="frank")
    text = said(kit(ward))
    assert "STOPPED" in text
    assert "none: STOP" in text
    assert "DOSE 5.04" not in text


def test_a_dose_on_hold_prints_no_dose_and_the_others_do(ward):
    ward.check(1, bleeding="occult")
    text = said(kit(ward))
    assert "NO DOSE IS PRINTED: The dose is on HOLD." in text
    assert "doses 2 to 3 for the dosing weight" in text


def test_a_weight_that_waits_for_a_decision_prints_no_dose(ward):
    asked = questions_about_weight(ward.desk, ward.subject, Decimal(63))
    codes = tuple(finding.code for finding in asked)
    ward.made(ward.weight("63", purpose="daily", answered=codes))
    text = said(kit(ward))
    assert "DOSE 5.04" not in text
    assert "NO DOSE IS PRINTED: The last weight 63 kg is 10 percent less" in text


def test_an_order_that_differs_prints_no_dose(ward):
    ward.made(ward.weight("65"))
    text = said(kit(ward))
    assert "international" not in text.split("Protocol: SITE")[0]
    assert "NO DOSE IS PRINTED: The order does not say the dose that is derived now." in text


def test_engines_that_differ_print_no_dose_and_say_so(ward, monkeypatch):
    monkeypatch.setattr("il2desk.desk.prepare_dose.differences", lambda *_: ("5.04 or 50.4 mL",))
    text = said(kit(ward))
    assert "5.04" not in text
    assert "NO DOSE IS PRINTED: The two engines differ." in text
    monkeypatch.setattr("il2desk.desk.prepare_dose.second_answer", lambda _: None)
    assert "NO DOSE IS PRINTED: The second engine gives no answer" in said(kit(ward))


def test_a_released_preparation_is_told_with_its_lot_and_its_end(ward):
    ward.prepared(1)
    text = said(kit(ward))
    assert "A preparation was released 02-Mar-2026 11:30 by K. Brandt, checked by A. Ruiz" in text
    assert "lot PR1234AB" in text
    assert "Do not prepare dose 1 again while it is there." in text
    assert "as released" in text
    # Another weight: the preparation must not be given.
    ward.made(ward.weight("65", answered=("sets-the-dose",)))
    text = said(kit(ward))
    assert "NO DOSE IS PRINTED: Released 02-Mar-2026 11:30 for 70 kg" in text
    found, signed = ward.dose().release.entry, ward.signed("pharmacist", DISCARD_MEANING)
    ward.made(discard_preparation(ward.desk, ward.place(), found, "weight", signed, new_token()))
    assert "A preparation was released" not in said(kit(ward))


def test_the_last_dose_given_stands_there_for_the_minimum_interval(ward):
    ward.given(1)
    text = said(kit(ward))
    assert "Last dose given: 02-Mar-2026 12:02 (dose 1 of cycle 1, course 1)" in text
    assert "In this cycle: 1 given" in text
    assert "doses 2 to 4" in text  # dose 4 is due at noon of the next day


def test_an_overdue_dose_of_before_the_kit_is_there_too(ward):
    ward.at(hours=5)
    text = said(kit(ward))
    assert "OVERDUE since" in text
    assert "doses 2 to 4 for the dosing weight" in text


def test_an_overdue_dose_is_asked_about_and_not_drawn_up(ward):
    """Its record may only be late: drawn up from paper it would be given twice."""
    ward.at(hours=30)
    made = kit(ward)
    words = [text.words.replace("\u00a0", " ") for text in made.composed.model.texts()]
    asked = "OVERDUE: ask whether it was given"
    for dose in ("1 at 12:00\n02-Mar-2026", "2 at 20:00\n02-Mar-2026", "3 at 04:00\n03-Mar-2026"):
        assert words.count(f"{dose}\n{asked}") == 3
    assert words.count("0.28 mL") == 3  # to draw up for doses 5 to 7 only
    text = said(made)
    assert "doses 5 to 7 for the dosing weight" in text
    assert f"NO DOSE IS PRINTED: {asked}. The program has no record of it." in text
    assert f"02-Mar-2026 12:00 {asked}" in text  # in the list


def test_an_overdue_preparation_is_named_and_not_printed_as_a_dose(ward):
    ward.prepared(1)
    ward.at(hours=3)
    text = said(kit(ward))
    assert "Do not prepare dose 1 again while it is there." in text
    assert ", as released" not in text
    assert " as released," not in text
    assert "doses 2 to 4 for the dosing weight" in text
    assert text.count("dose 1 for the dosing weight") == 0
    assert "PREPARED 11:30" not in text


def test_a_dose_of_a_day_gone_by_is_asked_about_without_a_rule_of_the_site(ward, monkeypatch):
    late = slot_states

    def due(desk, cycle):
        return tuple(
            replace(slot, state="due") if slot.state == "overdue" else slot
            for slot in late(desk, cycle)
        )

    monkeypatch.setattr("il2desk.desk.downtime_kit_patient.slot_states", due)
    ward.at(hours=30)
    assert "doses 3 to 7 for the dosing weight" in said(kit(ward))


def test_a_record_that_waits_makes_the_kit_not_verified(ward):
    ward.prepared()
    ward.at(minutes=2)
    ward.made(ward.record())
    made = kit(ward)
    assert made.composed.unsigned == ("NPC-017 dose 1",)
    assert "NOT VERIFIED" in said(made)


def test_companion_drugs_of_these_days_stand_there_each_on_its_line(beside):
    text = said(kit(beside))
    assert "interferon alfa-2b day 1 Mon 02-Mar-2026 3 million international units" in text
    assert "day 8" not in text


def test_in_a_hold_a_companion_drug_goes_on_only_where_the_prescriber_says_so(beside):
    asked = "aldesleukin is on HOLD: ask the prescriber whether this goes on"
    assert asked not in said(kit(beside))
    beside.check(1, bleeding="occult")
    made = kit(beside)
    assert f"Due today {asked}" in said(made)
    words = [text.words.replace("\u00a0", " ") for text in made.composed.model.texts()]
    assert f"interferon alfa-2b, day 1\n{asked}" in words


def test_a_companion_dose_of_a_day_gone_by_is_asked_about_and_prints_no_amount(beside):
    beside.at(hours=24)
    made = kit(beside)
    words = [text.words.replace("\u00a0", " ") for text in made.composed.model.texts()]
    assert "interferon alfa-2b, day 1\nOVERDUE: ask whether it was given" in words
    assert "day 1 Mon 02-Mar-2026 NO DOSE PRINTED nothing to prepare" in said(made)


def test_beside_hold_or_stop_no_premedication_is_given_as_if_the_dose_came(ward):
    ward.check(1, bleeding="occult")
    none = "No premedication for this dose without a new decision."
    assert f"Dose 1: HOLD 11:30. {none}" in said(kit(ward))
    ward.clock.moment += timedelta(minutes=1)
    ward.check(1, bleeding="frank")
    made = kit(ward)
    assert f"Dose 1: STOP 11:31. {none}" in said(made)
    words = [text.words.replace("\u00a0", " ") for text in made.composed.model.texts()]
    assert words.count("1 at 12:00\n02-Mar-2026\nSTOP 11:31") == 3
    assert not [one for one in words if "NO DOSE PRINTED" in one]


def test_a_weight_that_waits_prints_no_dose_of_a_companion_drug_either(beside):
    asked = questions_about_weight(beside.desk, beside.subject, Decimal(63))
    codes = tuple(finding.code for finding in asked)
    beside.made(beside.weight("63", purpose="daily", answered=codes))
    text = said(kit(beside))
    assert "3 million international units" not in text
    assert "GAP: Dose of interferon alfa-2b" in text


def test_patients_come_by_ward_and_bed_and_similar_names_are_told(ward):
    ward.register(
        trial_code="NPC-018", family_name="Browne", given_name="Bea", born="05-Mar-1962",
        hospital_number="4712", initials="BB", bed="1",
    )  # fmt: skip
    text = said(kit(ward))
    assert text.index("NPC-018") < text.index("NPC-017")
    assert text.count("SIMILAR NAME: compare the birth date.") == 2
    assert "No cycle planned" in text


def test_a_kit_of_one_patient_names_no_other(ward):
    mine = ward.subject
    ward.register(
        trial_code="NPC-018", family_name="Chan", given_name="Tai", born="05-Mar-1962",
        hospital_number="4712", initials="CT", bed="1",
    )  # fmt: skip
    text = said(kit(ward, downtime_kit_request(ward.desk, mine)))
    assert "BROWN, Ada" in text
    assert "CHAN" not in text
    unknown = downtime_kit_request(ward.desk, "0" * 32)
    assert prepare_sheet(ward.desk, unknown).code == "unknown-patient"


def test_nobody_on_treatment_makes_no_kit(active):
    assert not [one for one in sheets_of_site(active.desk) if one.request.kind == "downtime-kit"]
    active.refused(
        "nothing-to-print", prepare_sheet, active.desk, downtime_kit_request(active.desk)
    )


def test_the_kit_is_offered_among_the_papers_of_the_site(ward):
    (offered,) = [one for one in sheets_of_site(ward.desk) if one.request.kind == "downtime-kit"]
    assert offered.request == downtime_kit_request(ward.desk)
    assert offered.what == "everybody on treatment, from 11:30"


def test_a_journal_that_is_only_read_gives_its_kit(ward):
    path, clock = ward.desk.journal.path, ward.clock
    mine = kit(ward)
    with open_desk_to_read(path, clock=clock).journal as _:
        pass
    desk = open_desk_to_read(path, clock=clock)
    try:
        assert ward.made(prepare_sheet(desk, downtime_kit_request(desk))).pdf == mine.pdf
    finally:
        desk.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_both_papers(ward, paper):
    assert kit(ward, paper=paper).paper == paper


def test_a_cycle_planned_ahead_comes_into_the_kit_on_its_day(active):
    active.register()
    active.made(active.weight("70"))
    active.made(active.order())
    active.cycle = active.made(active.plan(datetime.fromisoformat("2026-03-05T12:00")))
    text = said(kit(active))
    assert "05-Mar-2026 12:00" in text  # in the list
    assert "Vials wasted" not in text


def test_a_held_dose_says_so_in_the_list_and_in_its_pen_rows(ward):
    ward.check(1, bleeding="occult")
    model = kit(ward).composed.model
    words = [text.words.replace("\u00a0", " ") for text in model.texts()]
    assert words.count("1 at 12:00\n02-Mar-2026\nHOLD 11:30") == 3
    assert "02-Mar-2026 12:00\nHOLD 11:30" in words
    (state,) = [one for one in words if one.startswith("Dose 1: ") and "premed" not in one.lower()]
    assert "HOLD; to be skipped" in state
    assert words.count("of 10 mL total") == 2  # doses 2 and 3; of the held dose nothing is given


def test_the_volume_given_is_of_the_total_that_the_release_made(ward):
    ward.prepared()
    words = [text.words.replace("\u00a0", " ") for text in kit(ward).composed.model.texts()]
    total = ward.dose().release.total_volume_ml
    assert total is not None
    assert words.count(f"of {total} mL total") == 3
    assert words.count("1 at 12:00\n02-Mar-2026\nPREPARED 11:30") == 3


def test_route_and_duration_stand_with_the_drug(ward):
    assert "aldesleukin · intravenous · over 5 minutes" in said(kit(ward))


def test_the_premedication_of_the_patient_stands_in_the_kit_with_what_was_given(ward):
    text = said(kit(ward))
    for fact in (
        "Premedication: ", "acetaminophen", "650 mg", "every 6 hours", "2,600 mg",
        "BLOCKED shows the registered allergies only: no value was read yet in this cycle.",
    ):  # fmt: skip
        assert fact in text, fact
    ward.premedicate(1)
    ward.check(1)
    text = said(kit(ward))
    for fact in (
        (
            "acetaminophen: last given 02-Mar-2026 11:30, not again before 02-Mar-2026 17:30, 650 mg in "
            "the 24 hours before 02-Mar-2026 11:30."
        ),
        "the values of the check of 02-Mar-2026 11:30",
    ):
        assert fact in text, fact


def test_an_allergy_blocks_its_item_in_the_kit(active):
    active.register(allergies_state="known allergies", allergies="penicillin (rash)")
    active.made(active.weight("70"))
    active.made(active.order())
    active.cycle = active.made(active.plan())
    text = said(kit(active))
    assert "BLOCKED" in text.split("Premedication: ")[1].split("Before the dose")[0]
    assert "penicillin or cephalosporin allergy" in text


def test_the_list_says_the_time_to_which_the_minimum_interval_moved_a_dose(ward):
    """A list by the planned time would ask for a dose too early, or for a page that is not there."""
    ward.prepared(1)
    ward.at(hours=4)
    ward.made(ward.record(1, reason="late", decided_by="M. Sato"))
    text = said(kit(ward))
    line = text.split("04-Mar-1961 NPC-017 ")[1].split("Dose 1: ")[0]
    assert line == "7, 3 02-Mar-2026 22:00 "


def test_a_value_of_the_newest_check_blocks_its_item_in_the_kit(ward, monkeypatch):
    """As in the window: a non-steroidal drug is not given on paper once creatinine is high."""
    at = ward.located()
    (first, *others) = ward.made(items_for(ward.desk, at.chart, at.cycle))
    asked = []

    def judged(desk, chart, cycle, values=None):
        asked.append(dict(values or {}))
        why = ("creatinine above 2",) if asked[-1].get("creatinine") == Decimal("2.2") else ()
        return (replace(first, blocked_by=why), *others)

    monkeypatch.setattr("il2desk.desk.downtime_kit_premedication.items_for", judged)
    assert "BLOCKED: creatinine above 2" not in said(kit(ward))
    ward.check(1, creatinine="2.2")
    assert "BLOCKED: creatinine above 2" in said(kit(ward))
