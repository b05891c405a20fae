"""Finding a patient."""

from __future__ import annotations


def test_two_letters_find_a_word_of_the_name_and_enter_opens(office, planned, typing) -> None:
    office.open("find")
    typing("m")
    assert office.page().table.rows() == ()
    typing("a")
    (row,) = office.page().table.rows()
    assert row.cells[0] == "LÖWENSTEIN, Maria (Ms)"
    assert row.cells[1] == "04-Mar-1961 (65y)"
    typing("{Enter}")
    assert office.patient_open == planned
    assert office.window.banner().facts().trial_number == "NPC-001"


def test_no_match_says_what_to_do(office, registered, typing) -> None:
    office.open("find")
    typing("zz")
    assert office.page().table.footer().startswith("No match for 'zz'.")
    typing("{Ctrl+Enter}")
    assert office.page().title == "Register a patient"


def test_a_patient_without_an_order_opens_at_the_order(office, registered, typing) -> None:
    office.open("find")
    typing("NPC{Enter}")
    assert office.page().title == "Prescriber's order"


def test_a_patient_without_an_active_order_has_one_plain_phrase_and_the_drug(
    office, registered
) -> None:
    office.open("order", subject=registered)
    banner = office.window.banner()
    assert "aldesleukin" in banner.accessible_sentence()
    assert "No cycle planned" in banner.accessible_sentence()
    assert banner._drug._generic.text() == "aldesleukin"
    assert "No cycle planned" in banner._drug._rest.text()


def test_what_was_said_about_one_patient_does_not_outlive_it(office, registered) -> None:
    office.open("order", subject=registered)
    office.say("Dose 1 has an outcome already.")
    office.open("order", subject=registered)
    assert office.window.status.message() == "Dose 1 has an outcome already."
    office.open("find")
    assert office.window.status.message() == ""


def test_stored_stands_once(office, registered) -> None:
    office.open("order", subject=registered)
    office.stored()
    status = office.window.status
    assert "stored 14:00" in status.fact("stored")
    assert status.message() == ""
