"""Every refusal by keyboard: its sentence, the typed text still there, and not one entry more.

And after each: what was really given can be recorded, with a reason, and is marked for ever.
"""

from __future__ import annotations

from typing import Any

import pytest

PLAIN = str.maketrans({"\u00a0": " "})
# What differs in the check (None: no check), whether premedicated, the sentence, the lasting mark.
STATES = {
    "HOLD": ({"creatinine": "2.7"}, True, "HOLD", "against HOLD"),
    "STOP": ({"bleeding": "3", "platelets": "24000"}, True, "STOP", "against STOP"),
    "CANNOT ASSESS": ({"creatinine": ""}, True, "CANNOT ASSESS", "against CANNOT ASSESS"),
    "no check": (None, True, "CANNOT ASSESS", "against no check"),
    "premedication": ({}, False, "Mandatory premedication", "without a recorded release"),
}
# Typed as a weight, and words of the sentence under the field.
WEIGHTS = {
    "705": "705 kg is outside 2 to 300 kg", "": "Enter the dosing weight",
    "70.555": "70555 or 70.555", "70.5555": "at most 2 decimal places",
    "1,250": "1250 or 1.250", "1.250": "1250 or 1.250", "70 5": "without spaces",
    "70'5": "or apostrophes", "1.234,5": "Only one decimal mark", "70..5": "Only one decimal mark",
    ".5": "a zero first", "070.5": "Remove the leading zero", "70.": "Type the decimals",
    "7e1": "without an exponent", "70.5kg": "Type the number only", "-70.5": "without a sign",
}  # fmt: skip
ASKED = {"7.05": "7.05 kg", "154": "154 kg"}


def said(sentences: tuple[str, ...]) -> str:
    return " ".join(sentences).translate(PLAIN)


def count(hands: Any) -> int:
    return int(hands.session.desk.journal.count())


def administration(hands: Any, number: int = 1) -> dict[str, Any]:
    """The first record of a dose as the journal holds it; nothing ever changes it."""
    entries = hands.session.desk.journal.entries(kind="administration-recorded")
    found = [entry for entry in entries if entry.dose_number == number]
    assert len(found) == 1
    return dict(found[0].body)


def bring_into(hands: Any, state: str) -> tuple[str, str]:
    """Fill steps 2 and 3 as the state asks; returns words of its sentence and of its mark."""
    check, premedicated, words, mark = STATES[state]
    if premedicated:
        hands.premedicate()
    if check is not None:
        hands.check(**check)
    return words, mark


def assert_recorded_against(hands: Any, before: int, words: str) -> None:
    """What was given is in the journal with both people, its reason and its mark."""
    assert count(hands) == before + 2
    body = administration(hands)
    assert (body["outcome"], body["volume_ml"]) == ("given", "0.28")
    assert words in body["against"].translate(PLAIN)
    assert body["reason"] == "Decided by the prescriber"
    hands.find("NPC-001")
    hands.keys("{F7}{Home}")
    assert words in said(hands.page.detail.sentences())


@pytest.mark.parametrize("state", STATES)
def test_a_blocked_release_stores_nothing_and_what_was_given_is_recorded(
    bedside: Any, state: str
) -> None:
    words, mark = bring_into(bedside, state)
    before = count(bedside)
    bedside.keys("{Alt+4}")
    step = bedside.step
    if not step.entries.isHidden():
        bedside.fill_release()
    bedside.keys("{Ctrl+Enter}")
    assert bedside.panel is None
    assert words in said(step.blocked.sentences())
    assert words in bedside.window.action_bar.sentence().translate(PLAIN)
    assert "Blocked" in bedside.window.action_bar.lack()
    assert bedside.window.status.message() == bedside.window.action_bar.sentence()
    assert count(bedside) == before
    if state == "STOP":
        assert step.facts.facts() == ()
    else:
        assert step.entries.lots.rows()[0].lot.text() == "AB1234C7"
    bedside.record_against()
    assert_recorded_against(bedside, before, mark)


def test_a_mark_outlives_a_correction(bedside: Any) -> None:
    bring_into(bedside, "no check")
    bedside.record_against()
    bedside.find("NPC-001")
    bedside.amend_time("1359")
    kinds = [entry.kind for entry in bedside.session.desk.journal.entries()]
    assert kinds[-1] == "administration-amended"
    assert "against no check" in administration(bedside)["against"]
    assert "against no check" in said(bedside.page.detail.sentences())


def test_an_expired_lot_is_refused_and_can_be_recorded_as_given(at_the_release: Any) -> None:
    before = count(at_the_release)
    at_the_release.fill_release(expiry="28-Feb-2026")
    at_the_release.keys("{Ctrl+Enter}")
    row = at_the_release.step.entries.lots.rows()[0]
    assert at_the_release.panel is None
    assert "expired on 28-Feb-2026" in said(at_the_release.step.problems.sentences())
    assert "expired on 28-Feb-2026" in row.error_text()
    assert (row.lot.text(), row.expiry.text()) == ("AB1234C7", "28-Feb-2026")
    assert count(at_the_release) == before
    at_the_release.record_against(expiry="28-Feb-2026")
    assert_recorded_against(at_the_release, before, "expired on 28-Feb-2026. It was given.")


def test_nobody_is_the_second_person_of_an_own_release(at_the_release: Any) -> None:
    at_the_release.fill_release()
    at_the_release.keys("{Ctrl+Enter}")
    at_the_release.sign()
    before = count(at_the_release)
    at_the_release.keys("K. Brandt{Enter}1111{Tab}")
    at_the_release.read_blind()
    assert (
        said(at_the_release.panel.notice.sentences()) == "The second person must be someone else."
    )
    assert at_the_release.panel.volume.typed() == "0.28"
    assert count(at_the_release) == before
    at_the_release.keys("{Esc}")
    at_the_release.record_against()
    assert_recorded_against(at_the_release, before, "without a recorded release")


def test_nobody_is_the_second_person_of_an_own_record(at_the_record: Any) -> None:
    at_the_record.record_given()
    before = count(at_the_record)
    at_the_record.keys("K. Brandt{Enter}1111{Ctrl+Enter}")
    assert at_the_record.panel.refusal_text() == "The second person must be someone else."
    assert count(at_the_record) == before
    at_the_record.keys("{Esc}")
    at_the_record.find("NPC-001")
    at_the_record.open_slot(1)
    at_the_record.keys("vA. Ruiz{Enter}2222{Ctrl+Enter}")
    assert count(at_the_record) == before + 1


def test_a_number_recorded_already_leads_to_its_record(at_the_record: Any) -> None:
    at_the_record.record_given()
    at_the_record.sign_second()
    before = count(at_the_record)
    at_the_record.find("NPC-001")
    at_the_record.open_slot(1)
    at_the_record.keys("g")
    sentence = at_the_record.window.action_bar.sentence().translate(PLAIN)
    assert sentence == "Dose 1 was recorded by K. Brandt at 14:00. Open that record?"
    at_the_record.keys("gn{Ctrl+Enter}")
    assert at_the_record.page.title == "Records"
    assert at_the_record.panel is None
    assert count(at_the_record) == before
    at_the_record.amend_time("1359")  # what was really so is added to the record instead
    assert count(at_the_record) == before + 1


def test_an_order_that_differs_is_refused_beside_its_field(bedside: Any) -> None:
    bedside.tab_to_words("Order")
    bedside.keys("{Space}")
    before = count(bedside)
    bedside.keys("1{Enter}")
    bedside.order("5000000")
    page = bedside.page
    assert page.title == "Prescriber's order"
    assert "5.04 million" in page.dose.error_text().translate(PLAIN)
    assert page.dose.typed() == "5000000"
    assert count(bedside) == before


def test_a_weight_that_parts_dose_and_order_blocks_until_the_order_is_amended(bedside: Any) -> None:
    bedside.weigh("72")
    before = count(bedside)
    assert "5.184 million" in said(tuple(bedside.step.working().texts()))
    bedside.keys("{Alt+4}")
    assert "5.184 million" in said(bedside.step.blocked.sentences())
    assert bedside.step.facts.facts() == ()
    bedside.keys("{Ctrl+Enter}")
    assert bedside.panel is None
    assert count(bedside) == before
    bedside.record_against()
    assert_recorded_against(bedside, before, "against no check")


def test_a_weight_outside_the_grammar_is_refused_beside_the_field(bedside: Any) -> None:
    bedside.keys("{Alt+1}w")
    before, step = count(bedside), bedside.step
    entry = step.entry().weight
    for typed, words in WEIGHTS.items():
        bedside.keys("{Ctrl+A}{Delete}")
        bedside.keys(f"{typed}{{Ctrl+Enter}}")
        assert words in entry.error_text().translate(PLAIN), (typed, entry.error_text())
        assert entry.typed() == typed
        assert entry.line.hasFocus(), typed
        assert "DOSE" not in said(tuple(step.working().texts())), typed
        assert "DOSE" not in bedside.window.action_bar.sentence(), typed
    assert count(bedside) == before


@pytest.mark.parametrize("typed", ASKED)
def test_a_weight_that_looks_wrong_is_asked_about_and_never_taken(bedside: Any, typed: str) -> None:
    bedside.keys("{Alt+1}w")
    before, step = count(bedside), bedside.step
    bedside.keys(f"{typed}{{Enter}}")
    questions = [choice.question_text() for _, choice in step.entry().questions()]
    assert ASKED[typed] in said(tuple(questions))
    assert step.entry().weight.typed() == typed
    assert step.headline() == "Answer the question about the weight first"
    assert "DOSE" not in said(tuple(step.working().texts()))
    bedside.tab_into(step.entry().when.time)
    bedside.keys("n{Enter}{Enter}2{Enter}1{Ctrl+Enter}")
    assert bedside.window.action_bar.missing() == ("the answer to a question",) * len(questions)
    assert count(bedside) == before
