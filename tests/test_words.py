"""A sentence is said in full or not at all."""

from __future__ import annotations

import struct
from concurrent.futures import ThreadPoolExecutor

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


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """A folder of translations: German of two sentences, and one for trying out."""
    for code in ("de", "en-XL"):
        place = tmp_path / code / "LC_MESSAGES"
        place.mkdir(parents=True)
        (place / "il2desk.mo").write_bytes(
            mo({"": "Language-Name: Deutsch\nContent-Type: text/plain; charset=utf-8\n"})
            if code == "en-XL"
            else mo(
                {
                    "": "Language-Name: Deutsch\nContent-Type: text/plain; charset=utf-8\n",
                    "Go back": "Zurück",
                    "HOLD until {time}": "WARTEN bis {time}",
                }
            )
        )
    monkeypatch.setattr(words, "resource", lambda *_: tmp_path)
    yield tmp_path
    words.choose("en")


def mo(pairs: dict[str, str]) -> bytes:
    """A catalogue in the file format of GNU gettext."""
    keys, values = ([one.encode() for one in side] for side in (pairs, pairs.values()))
    tables, texts, at = [], b"", 28 + 16 * len(pairs)
    for side in (keys, values):
        for one in side:
            tables += [len(one), at + len(texts)]
            texts += one + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, at)
    return head + struct.pack(f"<{len(tables)}I", *tables) + texts


def test_english_first_then_what_is_shipped_and_never_a_trial_language(shipped):
    assert words.languages() == ("en", "de")
    assert words.language_name("en") == "English"
    assert words.language_name("de") == "Deutsch"


def test_a_language_is_chosen_and_left_again(shipped):
    words.choose("de")
    assert words.language() == "de"
    assert say("Go back") == "Zurück"
    assert say("HOLD until {time}", time="14:00") == "HOLD until 14:00"
    words.choose("en")
    assert say("Go back") == "Go back"


@pytest.mark.parametrize("code", ["fr", "", "../de", "de/LC_MESSAGES"])
def test_a_language_that_is_not_there_is_refused_and_nothing_changes(shipped, code):
    words.choose("de")
    with pytest.raises(ValueError, match=r"language|translation"):
        words.choose(code)
    assert say("Go back") == "Zurück"


def test_paper_speaks_the_language_of_the_site_and_only_in_its_thread(shipped):
    words.choose("de")
    with words.speaking("en"):
        assert say("Go back") == "Go back"
        with ThreadPoolExecutor(1) as beside:
            assert beside.submit(say, "Go back").result() == "Zurück"
    assert say("Go back") == "Zurück"
    with words.speaking("it"):
        assert say("Go back") == "Go back"
