"""The trial at a glance: what it counts is what the printed summary counts."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from il2desk.desk import OVERRIDE_FIRST, OVERRIDE_SECOND, OverrideForm, new_token, record_override
from il2desk.desk.papers import SheetRequest, prepare_sheet
from il2desk.desk.trial import (
    NO_CRITERION,
    TrialFilter,
    choices_of,
    criterion_rows,
    override_lines,
    patients_in,
    second_delay,
    trial_in_parts,
    trial_sums,
)


def rows_of(desk):
    *before, last = trial_in_parts(desk)
    assert [part.done for part in before] == list(range(1, len(before) + 1))
    assert not any(part.whole for part in before)
    return last.rows


def printed(desk, protocol: str) -> str:
    made = prepare_sheet(desk, SheetRequest("trial-summary", of=protocol))
    pages = PdfReader(BytesIO(made.pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split()).replace("\u00a0", " ")


def same_numbers(desk, protocol: str) -> None:
    sums, text = trial_sums(rows_of(desk)), printed(desk, protocol)
    assert f"Patients registered count {sums.patients}" in text
    for word, count in (
        ("given", sums.given), ("part given", sums.part_given), ("held", sums.held),
        ("omitted", sums.omitted), ("not known", sums.not_known),
    ):  # fmt: skip
        assert f"Doses {word} of doses planned {count} of {sums.planned} (" in text, word
    overrides = "No override is recorded."
    if sums.overrides:
        overrides = f"Overrides of HOLD or CANNOT ASSESS: {sums.overrides}"
    assert overrides in text


@pytest.fixture
def story(ward):
    """Given, held for a finding, omitted without one, given on an override; a second patient."""
    ward.given(1)
    ward.at(hours=7.5)
    ward.check(2, bleeding="occult")
    ward.made(ward.record(2, "held", reason="occult blood", decided_by="M. Sato"))
    ward.clock.moment += timedelta(minutes=130)
    ward.cosigned(2)
    ward.at(hours=15.5)
    ward.made(ward.record(3, "omitted", reason="vial broke", decided_by="M. Sato"))
    ward.at(hours=23.5)
    ward.check(4, bleeding="occult")
    form = OverrideForm("team accepts it", "M. Sato", "by telephone")
    signed = ward.two(OVERRIDE_FIRST, OVERRIDE_SECOND)
    ward.made(record_override(ward.desk, ward.place(4), form, signed, new_token()))
    mine = ward.subject, ward.cycle
    ward.register(
        trial_code="NPC-002", family_name="Chan", given_name="Bea", born="05-Mar-1962",
        hospital_number="4712", initials="BC", bed="5",
    )  # fmt: skip
    ward.made(ward.weight("65"))
    ward.made(ward.order("4680000"))
    ward.made(ward.plan(datetime.fromisoformat("2026-03-04T20:00")))
    ward.subject, ward.cycle = mine
    return ward


def test_the_practice_trial_counts_as_its_printed_summary(practice):
    same_numbers(practice, "npc-bolus-practice")


def test_a_built_journal_counts_as_its_printed_summary(story):
    same_numbers(story.desk, "npc-bolus-site")
    sums = trial_sums(rows_of(story.desk))
    assert (sums.patients, sums.planned, sums.given, sums.held, sums.omitted) == (2, 30, 1, 1, 1)
    assert (sums.overrides, sums.needs_second) == (1, 1)


def test_a_row_is_a_cycle_with_a_state_for_every_dose(story):
    other, mine = rows_of(story.desk)
    assert (other.patient.code, mine.patient.code) == ("NPC-002", "NPC-017")
    assert [slot.state for slot in mine.slots[:4]] == [
        "given", "held", "needs second person", "due",
    ]  # fmt: skip
    assert mine.word == "Dose 4: DUE 12:00\nHOLD 11:30"
    assert {"held", "omitted", "needs second person", "running"} <= mine.states


def test_a_patient_without_a_cycle_is_a_row_too(active):
    active.register()
    (row,) = rows_of(active.desk)
    assert (row.cycle, row.slots, row.word) == (None, (), "No cycle planned")
    assert trial_sums((row,)).patients == 1
    assert trial_sums(()).patients == 0


def test_a_filter_takes_rows_and_names_itself(story):
    rows = rows_of(story.desk)
    assert TrialFilter().words == ""
    held = TrialFilter(state="held")
    assert [row.patient.code for row in rows if held.takes(row)] == ["NPC-017"]
    assert held.words == "Held"
    assert TrialFilter("npc-bolus-site", "A").words == "trial npc-bolus-site, arm A"
    assert not any(TrialFilter("other").takes(row) for row in rows)
    assert choices_of(rows) == ((), ())  # one trial, no arms: nothing to choose


def test_held_omitted_and_overridden_doses_stand_with_their_criterion(story):
    found = criterion_rows(patients_in(rows_of(story.desk)))
    (bleeding,) = [one for one in found if "blood" in one.name]
    assert bleeding.name.startswith("HOLD")
    assert (bleeding.held, bleeding.omitted, bleeding.overrides) == (1, 0, 1)
    assert bleeding.checks.startswith("2\u00a0of\u00a03")
    assert (found[-1].name, found[-1].omitted) == (NO_CRITERION, 1)


def test_an_override_names_who_why_and_what(story):
    (line,) = override_lines(story.desk, patients_in(rows_of(story.desk)))
    assert line.event.trial_code == "NPC-017"
    assert "team accepts it; ordered by M. Sato" in line.event.detail
    assert line.event.who == "K. Brandt, A. Ruiz"
    assert "blood" in line.criteria


def test_the_delay_of_second_persons_has_a_median_and_a_longest(story):
    delay = second_delay(story.desk, patients_in(rows_of(story.desk)))
    assert delay.longest == timedelta(minutes=130)
    assert delay.median == timedelta(minutes=65)
    waiting = delay.lines[0]
    assert (waiting.signed_by, waiting.outcome, waiting.where) == (
        "", "Omitted", "course 1, cycle 1, dose 3",
    )  # fmt: skip
    assert waiting.took == timedelta(hours=8)


def test_reading_the_overview_stores_nothing(story):
    before = story.desk.journal.head()
    rows_of(story.desk)
    assert story.desk.journal.head() == before
