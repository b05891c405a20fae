"""The keys of 5.19 that no task counts: B1, B1n, B2, B3, B6, B9, B11, B12."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from arranging import checked

GIVEN = "SELECT * FROM administrations WHERE trial_code = 'NPC-011' AND dose_number = 7"


def test_b1_the_next_dose_is_logged_by_both_in_twelve_keys(
    begin: Callable[..., Any], rows: Callable[..., Any]
) -> None:
    person = begin("morning")
    with person.budget("B1", 12):
        person.keys("{Enter}g0605{Tab}y{Ctrl+Enter}")
        person.sign_apart()
        person.second_apart()
    found = rows(person, GIVEN)
    assert [one["given_at"] for one in found] == ["2026-03-12T05:05:00Z"]
    assert found[0]["cosigned_by"] == "A. Ruiz"


def test_b1n_now_takes_nine(begin: Callable[..., Any], rows: Callable[..., Any]) -> None:
    person = begin("morning")
    with person.budget("B1n", 9):
        person.keys("{Enter}gn{Tab}y{Ctrl+Enter}")
        person.sign_apart()
        person.second_apart()
    assert [one["given_at"] for one in rows(person, GIVEN)] == ["2026-03-12T05:06:00Z"]


def test_b2_a_dose_is_omitted_in_seven(begin: Callable[..., Any], rows: Callable[..., Any]) -> None:
    """Who decided it is asked for here and typed apart, as names are."""
    person = begin("morning")
    with person.budget("B2", 7):
        person.keys("{Enter}o1")
        person.apart("M. Sato")
        person.keys("{Ctrl+Enter}")
        person.sign_apart()
        person.second_apart()
    assert [one["outcome"] for one in rows(person, GIVEN)] == ["omitted"]


def test_b3_a_patient_not_on_the_list_is_opened_in_five(person: Any) -> None:
    with person.budget("B3", 5):
        person.keys("{F3}wei{Enter}")
    person.until(lambda: person.page.title != "Find", "her board")
    assert "WEISS, Ruth" in person.text()


def test_b6_premedication_takes_a_key_an_item(person: Any) -> None:
    """Two items here; the budget of 7 is for five: 2 and one an item."""
    person.on_row("NPC-009")
    person.keys("{Enter}")
    with person.budget("B6", 4):
        person.keys("{Alt+2}gg{Ctrl+Enter}")
    assert len(person.page.at.dose.premedication) == 2


def test_b9_a_second_person_signs_later_in_three(person: Any, rows: Callable[..., Any]) -> None:
    person.on_row("NPC-012")
    with person.budget("B9", 3):
        person.keys("v")
        person.second_apart()
    found = rows(person, "SELECT * FROM administrations WHERE trial_code = 'NPC-012'")
    assert found[-1]["cosigned_by"] == "A. Ruiz"


def test_b12_why_it_is_on_hold_is_one_key(person: Any) -> None:
    checked(person, "NPC-014", 7, creatinine="2.7")
    person.page.read_anew()
    person.on_row("NPC-014")
    with person.budget("B12", 1):
        person.keys("{Enter}")
    assert person.step.number == 3
    assert person.step.strip.verdict() == "HOLD"
    assert "creatinine" in person.text()
