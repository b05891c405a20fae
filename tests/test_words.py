"""A sentence is said in full or not at all."""

from __future__ import annotations

import pytest

from il2desk import words
from il2desk.dosing import joined, refuse, tell, told
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


class Loud:
    """A catalogue that knows two messages."""

    def gettext(self, text: str) -> str:
        return {"Dose {number}": "DOSIS {number}", "given {dose}": "GEGEBEN: {dose}"}.get(
            text, text
        )


def test_a_told_sentence_is_said_again_with_the_sentences_in_it(monkeypatch):
    monkeypatch.setattr(words, "_catalogue", Loud)
    said = tell("given {dose}", dose=tell("Dose {number}", number=7))
    assert say(said) == "GEGEBEN: DOSIS 7"
    assert said == "given Dose 7"
    assert say("given {dose}", dose=tell("Dose {number}", number=7)) == "GEGEBEN: DOSIS 7"
    assert say(joined(", ", (said, "by {hand}"))) == "GEGEBEN: DOSIS 7, by {hand}"
    assert say(told("by {hand}")) == "by {hand}"
    assert say(refuse("code", "by {hand}").text) == "by {hand}"
