"""A sentence is said in full or not at all."""

from __future__ import annotations

import pytest

from il2desk.words import say


def test_english_stands_where_no_translation_is_shipped():
    assert say("Type the weight in kilograms.") == "Type the weight in kilograms."
    assert say("") == ""


def test_facts_are_put_in():
    assert say("Dose {number} was given at {time}.", number=7, time="14:02") == (
        "Dose 7 was given at 14:02."
    )


def test_a_fact_is_text_and_never_a_pattern():
    assert say("Lot {lot}", lot="{number}") == "Lot {number}"


def test_a_hole_in_a_sentence_is_a_defect():
    with pytest.raises(KeyError):
        say("Dose {number} was given.")
