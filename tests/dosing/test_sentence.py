"""A sentence is its English text everywhere, and still knows its template and its facts."""

from __future__ import annotations

import copy
import json

import pytest

from il2desk.dosing.sentence import Sentence, joined, tell, told


def test_it_is_the_english_text_wherever_it_goes():
    said = tell("The dose is {dose}.", dose="5 mL")
    assert said == "The dose is 5 mL."
    assert hash(said) == hash("The dose is 5 mL.")
    assert {"The dose is 5 mL.": 1}[said] == 1
    assert json.dumps([said]) == '["The dose is 5 mL."]'


def test_it_keeps_its_template_and_its_facts():
    said = tell("{first} and {second}", first=tell("one"), second=2)
    assert isinstance(said, Sentence)
    assert (said.template, said.facts) == ("{first} and {second}", {"first": "one", "second": 2})
    for again in (copy.copy(said), copy.deepcopy(said)):
        assert (again, again.template, again.facts) == (said, said.template, said.facts)


def test_a_hole_in_it_is_a_defect():
    with pytest.raises(KeyError):
        tell("Dose {number} was given.")


def test_a_finished_text_is_taken_as_it_stands():
    said = told("Lot {A}")
    assert isinstance(said, Sentence)
    assert (said, said.template, said.facts) == ("Lot {A}", "Lot {A}", None)
    assert told(said) is said


def test_parts_are_joined_and_still_known():
    parts = (tell("Dose {number}", number=1), "left arm")
    said = joined("; ", parts)
    assert isinstance(said, Sentence)
    assert said == "Dose 1; left arm"
    assert list((said.facts or {}).values()) == list(parts)
    assert joined("; ", parts[:1]) is parts[0]
    assert joined("; ", ()) == ""
