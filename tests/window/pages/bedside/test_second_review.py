"""The second person reads what the first one read: no banner stands over the panel after recording."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from il2desk.desk import (
    AdministrationForm,
    new_token,
    record_administration,
    record_meaning,
    sign,
)
from il2desk.dosing import Refusal

IDENTITY = "Born 04-Mar-1961, Female, Hospital No. 402 118 7765"


def recorded(bedside, typing, outcome: str) -> None:
    """Dose 1 released, then recorded by the first person as a nurse would type it."""
    bedside.prepared()
    bedside.later(10)
    bedside.open(5)
    typing(outcome)


def test_the_second_person_reads_the_review_of_the_first_and_who_the_patient_is(
    bedside, office, typing, review
):
    recorded(bedside, typing, "{G}n{Tab}y{Ctrl+Enter}")
    first = review().splitlines()
    typing("1111{Ctrl+Enter}")
    assert office.page().title == "Today"  # no banner stands beside the panel
    after_recording = review().splitlines()
    kept = [line for line in first if not line.startswith("Given today")]
    assert [line for line in kept if line not in after_recording] == []
    assert IDENTITY in after_recording
    for told in ("Whole amount: yes", "Route ", "Total volume ", "Prepared dose ", "Check "):
        assert [line for line in after_recording if line.startswith(told)], told
    typing("{Esc}{F2}{Home}v")
    assert review().splitlines() == after_recording


def test_of_a_part_the_volume_that_went_in_stands_beside_what_was_prepared(
    bedside, office, typing, review
):
    bedside.prepared()
    bedside.later(30)
    desk, start = office.desk, bedside.clock.moment - timedelta(minutes=20)
    form = AdministrationForm(
        "part given", given_at=start, stopped_at=start + timedelta(minutes=5),
        volume_ml=Decimal("0.1"), reason="line blocked", decided_by="M. Sato",
    )  # fmt: skip
    signature = sign(desk, "1111", record_meaning("part given"))
    made = record_administration(desk, bedside.place(), form, signature, new_token())
    assert not isinstance(made, Refusal), made
    office.open("today")
    typing("v")
    lines = review().splitlines()
    assert IDENTITY in lines
    assert "Whole amount: yes" not in lines
    assert [line for line in lines if line.startswith("Part given ")]
    assert [line for line in lines if line.startswith("Given dose ") and "in 0.1 mL" in line]
    assert [line for line in lines if line.startswith("Prepared dose ")]
