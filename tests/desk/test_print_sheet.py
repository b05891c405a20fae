"""Prints: the sheet is the journal, journalled before it leaves; stale, copies, supersedes."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from il2desk.desk import (
    OVERRIDE_FIRST,
    OVERRIDE_SECOND,
    OverrideForm,
    chart_of,
    new_token,
    open_desk_to_read,
    record_override,
    sign_in,
    subjects,
    void_check,
)
from il2desk.desk.papers import (
    SheetRequest,
    prepare_cycle_sheet,
    prints_of,
    record_print,
    sheet_images,
)


def text_of(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def sheet(ward, paper=None):
    return ward.made(prepare_cycle_sheet(ward.desk, ward.subject, ward.cycle, paper))


def printed(ward, how="print", token=None):
    return ward.made(record_print(ward.desk, sheet(ward), how, token or new_token()))


def test_a_preview_leaves_nothing_in_the_journal_and_is_the_same_again(ward):
    before = ward.count
    first = sheet(ward)
    ward.clock.moment += timedelta(minutes=7)
    second = sheet(ward)
    assert ward.count == before
    assert (first.pdf, first.sheet_id) == (second.pdf, second.sheet_id)
    assert first.sha256 == hashlib.sha256(first.pdf).hexdigest()


def test_a_print_is_journalled_with_its_hashes(ward):
    made = sheet(ward)
    entry, stamped = ward.made(record_print(ward.desk, made, "print", new_token()))
    body = entry.body
    assert body["sha256"] == made.sha256
    assert body["stamped_sha256"] == hashlib.sha256(stamped).hexdigest()
    assert (body["copy"], body["supersedes"], body["by"]) == (1, None, "K. Brandt")
    assert (body["paper"], body["saved_as"], body["verified"]) == ("A4", "print", True)
    (kept,) = prints_of(ward.desk, SheetRequest("cycle", ward.subject, ward.cycle))
    assert (kept.sheet_id, kept.copy, kept.by) == (made.sheet_id, 1, "K. Brandt")


def test_copies_count_and_a_second_press_prints_once(ward):
    token = new_token()
    first, bytes_ = printed(ward, token=token)
    ward.clock.moment += timedelta(minutes=1)
    again, same = printed(ward, token=token)
    assert (again, same) == (first, bytes_)
    assert printed(ward)[0].body["copy"] == 2
    assert printed(ward, "file")[0].body["copy"] == 3


def test_a_reprint_by_another_person_is_the_same_sheet(ward):
    """Only the stamp differs: the sheet itself keeps its issuer, its time and its bytes."""
    first = sheet(ward)
    printed(ward)
    ward.sign_in("nurse")
    ward.clock.moment += timedelta(days=400)  # a birthday later
    again = sheet(ward)
    assert again.pdf == first.pdf
    entry, _ = printed(ward)
    assert (entry.body["copy"], entry.body["by"]) == (2, "A. Ruiz")


def test_new_facts_make_a_new_sheet_that_says_what_it_replaces(ward):
    old = sheet(ward)
    printed(ward)
    ward.given(1)
    new = sheet(ward)
    assert new.sheet_id != old.sheet_id
    assert new.supersedes == old.sheet_id
    entry, _ = printed(ward)
    assert (entry.body["copy"], entry.body["supersedes"]) == (1, old.sheet_id)
    assert old.sheet_id in text_of(new.pdf)
    assert sheet(ward).supersedes == old.sheet_id


def test_a_stale_preview_is_not_printed(ward):
    made = sheet(ward)
    ward.check()
    ward.refused("stale", record_print, ward.desk, made, "print", new_token())


def test_a_record_without_a_second_person_prints_not_verified(ward):
    ward.prepared()
    ward.at(minutes=2)
    ward.made(ward.record())
    made = sheet(ward)
    assert (made.composed.unsigned, made.verified) == (("dose 1",), False)
    assert "NOT VERIFIED" in text_of(made.pdf)
    assert printed(ward)[0].body["verified"] is False
    ward.cosigned()
    made = sheet(ward)
    assert made.verified
    assert "NOT VERIFIED" not in text_of(made.pdf)


def test_who_prints_and_what_is_not_there(ward):
    made = sheet(ward)
    ward.sign_in("monitor")
    ward.made(record_print(ward.desk, made, "print", new_token()))  # a monitor prints
    ward.desk.person = None
    ward.refused("not-signed-in", record_print, ward.desk, made, "print", new_token())
    assert prepare_cycle_sheet(ward.desk, ward.subject, "0" * 32).code == "cycle"
    assert prepare_cycle_sheet(ward.desk, "0" * 32, ward.cycle).code == "unknown-patient"


def test_engines_that_differ_print_nothing(ward, monkeypatch):
    monkeypatch.setattr("il2desk.desk.prepare_dose.second_answer", lambda _: None)
    ward.refused("engines-differ", prepare_cycle_sheet, ward.desk, ward.subject, ward.cycle)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_both_papers_and_their_pictures(ward, paper):
    made = sheet(ward, paper)
    assert made.paper == paper
    images = sheet_images(made.pdf, 40)
    assert len(images) == made.pages == len(PdfReader(BytesIO(made.pdf)).pages)


# The sheet is what the journal says


def test_the_sheet_says_what_the_journal_says(ward):
    ward.given(1)
    ward.given(2, outcome="part given", volume_ml=Decimal("0.15"), reason="line lost")
    ward.at(hours=16)
    ward.made(ward.record(3, "held", reason="fever", decided_by="M. Sato"))
    ward.cosigned(3)
    ward.made(ward.amend(1, given_at=ward.dose(1).planned + timedelta(minutes=17)))
    text = text_of(sheet(ward).pdf).replace("\u00a0", " ")
    for fact in (
        "NPC-017", "BROWN", "04-Mar-1961", "70 kg", "5.04 million international units", "0.28 mL",
        "PR1234AB", "12:17", "Part given", "0.15 mL", "2.7 million international units", "line lost",
        "fever", "decided by M. Sato", "K. Brandt", "A. Ruiz", "02-Mar-2026 12:02", "typing error",
        "7.74 million international units", "glucose 5 %",
    ):  # fmt: skip
        assert fact in text, fact


def test_a_struck_record_and_a_struck_check_stay_on_the_sheet(ward):
    ward.given(1)
    ward.made(ward.amend(1, reason="wrong patient", in_error=True))
    wrong = ward.check(1, bleeding="frank").id
    ward.made(void_check(ward.desk, ward.place(), wrong, "other patient", ward.two(), new_token()))
    text = text_of(sheet(ward).pdf)
    assert "Dose 1: a record was entered in error and is kept in the journal." in text
    assert "Dose 1: a check (STOP) was entered in error and is kept in the journal." in text


def test_a_weight_for_the_next_cycle_does_not_change_the_sheet_of_the_last(ward):
    """The sheet of a finished cycle keeps the weight and the dose it was given by."""
    for number in range(1, 16):
        ward.clock.moment = ward.dose(number).planned
        ward.made(ward.record(number, "omitted", reason="r", decided_by="d"))
        ward.cosigned(number)
    before = text_of(sheet(ward).pdf).replace("\u00a0", " ")
    assert "70 kg" in before
    ward.clock.moment += timedelta(days=10)
    ward.made(ward.weight("65.5"))
    after = text_of(sheet(ward).pdf).replace("\u00a0", " ")
    assert "65.5 kg" not in after
    assert "70 kg" in after
    assert "5.04 million international units" in after


def test_a_stopped_cycle_says_so(ward):
    ward.check(bleeding="frank")
    text = text_of(sheet(ward).pdf)
    assert "STOPPED at dose 1" in text
    ward.clock.moment += timedelta(days=10)
    ward.made(ward.weight("69"))
    assert "69 kg" in text_of(sheet(ward).pdf).replace("\u00a0", " ")
    ward.made(ward.order("4968000"))
    ward.made(ward.plan(datetime.fromisoformat("2026-03-20T08:00")))
    ward.clock.moment += timedelta(days=1)
    ward.made(ward.weight("68"))
    text = text_of(sheet(ward).pdf).replace("\u00a0", " ")
    assert "68 kg" not in text


def test_without_a_weight_the_sheet_shows_the_gap_and_no_dose(active):
    active.register()
    active.made(active.order())
    active.cycle = active.made(active.plan())
    text = text_of(sheet(active).pdf).replace("\u00a0", " ")
    assert "DOSE GAP: Dose" in text
    assert "Dosing weight Not recorded" in text
    assert "Prepared GAP: Dose in GAP: Dose" in text


def test_what_a_check_did_not_judge_is_told_on_the_sheet(ward):
    ward.check(temperature="40.5", neuro=("coma_or_psychosis_over_48h",))
    ward.check(2, temperature="40.5")
    ward.check(3, temperature="40.5")
    text = text_of(sheet(ward).pdf)
    begins = "Not judged by the rule set, to be judged by protocol, "
    assert f"{begins}dose 1: neurological state; temperature 40.5 °C." in text
    assert f"{begins}doses 2 to 3: temperature 40.5 °C." in text
    assert "14 of 14 assessed, 2 not judged" in text
    assert "14 of 14 assessed, 1 not judged" in text


def test_a_sheet_of_checks_that_judged_everything_speaks_of_none(ward):
    ward.check()
    text = text_of(sheet(ward).pdf)
    assert "14 of 14 assessed" in text
    assert "not judged" not in text.casefold()


def test_an_override_is_told_on_the_sheet(ward):
    ward.check(creatinine="2.7")
    form = OverrideForm("tumour at the airway", "M. Sato", "by phone")
    signed = ward.two(OVERRIDE_FIRST, OVERRIDE_SECOND)
    ward.made(record_override(ward.desk, ward.place(), form, signed, new_token()))
    text = text_of(sheet(ward).pdf)
    assert "release despite HOLD ordered by M. Sato: tumour at the airway" in text


def test_practice_sheets_are_marked(practice):
    sign_in(practice, "K. Brandt", "1111")
    for subject in subjects(practice):
        cycle = chart_of(practice, subject.id).cycle
        made = prepare_cycle_sheet(practice, subject.id, cycle.id)
        text = text_of(made.pdf)
        assert "PRACTICE" in text
        assert subject.trial_code in text
        others = {one.trial_code for one in subjects(practice)} - {subject.trial_code}
        assert not any(code in text for code in others)


def test_a_sheet_names_who_made_its_newest_entry(ward):
    first = sheet(ward)
    assert "last entry by K. Brandt" in text_of(first.pdf)
    ward.sign_in("monitor")
    again = sheet(ward)
    assert "last entry by K. Brandt" in text_of(again.pdf)
    assert again.sha256 == first.sha256


def test_a_journal_open_to_be_read_prints_and_the_copy_says_that_it_is_not_named(ward):
    """The rescue way: what is there can still be put on paper."""
    made, before = sheet(ward), ward.count
    reader = open_desk_to_read(ward.desk.journal.path, clock=ward.clock)
    reader.person = ward.desk.person
    found = ward.made(prepare_cycle_sheet(reader, ward.subject, ward.cycle))
    assert found.sha256 == made.sha256
    entry, stamped = ward.made(record_print(reader, found, "print", new_token()))
    reader.close()
    assert (entry, ward.count) == (None, before)
    assert "Not in the journal: copy made" in text_of(stamped)


def test_a_dose_that_is_not_known_makes_the_sum_a_least_one(ward):
    ward.given(1)
    ward.clock.moment = ward.dose(2).planned + timedelta(hours=1)
    ward.made(ward.record(2, "not known", reason="chart not returned", decided_by="M. Sato"))
    text = text_of(sheet(ward).pdf)
    assert "at least 5.04 million international units; not known of dose 2" in text
