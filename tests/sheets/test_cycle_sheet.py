"""What a cycle sheet says: every fact in its words, gaps in their place, no forbidden writing."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from il2desk.dosing import kept_together
from il2desk.sheets import (
    Allergies,
    CycleFacts,
    Marks,
    RecipeRow,
    SheetGap,
    SheetRefused,
    compose_cycle_sheet,
)
from il2desk.sheets.geometry import Role

NO_BREAK = "\u00a0"


def words(facts: CycleFacts) -> str:
    return "\n".join(text.words for text in compose_cycle_sheet(facts).texts())


def test_identity_stands_in_the_field_s_order(full: CycleFacts) -> None:
    line = compose_cycle_sheet(full).frame.identity[0]
    shown = [f"{pair.label.words} {pair.value.words}".strip() for pair in line]
    assert shown == [
        "LÖWENSTEIN, Maria (Ms)",
        "Born 04-Mar-1961 (65y)",
        "Sex Female",
        "Hospital No. 402 118 7765",
        "Trial No. NPC-014",
    ]


def test_sharp_s_keeps_the_name(full: CycleFacts) -> None:
    patient = replace(full.patient, family_name="Weiß", title="")
    assert "WEIẞ, Maria" in words(replace(full, patient=patient))


@pytest.mark.parametrize("state", [state for state in Allergies if state is not Allergies.KNOWN])
def test_each_state_of_allergies_has_its_phrase(state: Allergies, full: CycleFacts) -> None:
    patient = replace(full.patient, allergies=state, allergies_text="")
    said = words(replace(full, patient=patient)).splitlines()
    assert state.value in said
    assert [other.value for other in Allergies if other is not state and other.value in said] == []


def test_allergies_that_contradict_their_state_are_refused(full: CycleFacts) -> None:
    for state, text in ((Allergies.KNOWN, " "), (Allergies.NONE_KNOWN, "latex")):
        patient = replace(full.patient, allergies=state, allergies_text=text)
        with pytest.raises(SheetRefused, match="contradict"):
            compose_cycle_sheet(replace(full, patient=patient))


@pytest.mark.parametrize("field", ["family_name", "given_name", "born", "trial_code"])
def test_a_patient_without_identity_is_refused(field: str, full: CycleFacts) -> None:
    patient = replace(full.patient, **{field: " "})
    with pytest.raises(SheetRefused, match="of the patient is missing"):
        compose_cycle_sheet(replace(full, patient=patient))


def test_what_is_not_recorded_is_said_in_words(full: CycleFacts) -> None:
    line = compose_cycle_sheet(replace(full, patient=replace(full.patient, ward=""))).frame
    pairs = {pair.label.words: pair.value.words for row in line.identity for pair in row}
    assert pairs["Ward"] == "Not recorded"


def test_the_whole_front_is_there(full: CycleFacts) -> None:
    said = words(full)
    for row in full.working:
        assert f"\n{row.letter}\n{row.label}\n" in said
    for line in full.recipe:
        assert f"\n{line.label}\n" in said
    for fact in (
        full.order.prescriber,
        full.order.consent,
        full.weight.dosing_weight,
        full.weight.previous,
        full.weight.difference,
        full.medicine.exact_dose,
        full.medicine.basis,
        full.protocol.fingerprint,
        full.protocol.source,
        full.schedule.policy,
        full.schedule.minimum_interval,
    ):
        assert kept_together(str(fact)) in said


def test_every_dose_has_its_row(full: CycleFacts) -> None:
    said = words(full)
    for dose in full.doses:
        time = dose.planned_time.replace(" ", NO_BREAK)
        assert f"\n{dose.number}\n{dose.planned_day}\n{time}" in said
    for outcome in ("Given", "Part given", "Held", "Omitted", "Not known"):
        assert f"\n{outcome}\n" in said
    assert "Given\u00a07 · Part given\u00a01 · Held\u00a02 · Omitted\u00a01" in said
    assert full.counts.cumulative_dose in said


def test_an_amended_value_carries_its_mark_and_its_footnote(full: CycleFacts) -> None:
    said = words(full)
    assert "06:14\u00a0†a" in said
    assert "A12346\u00a0†b" in said
    assert (
        "†a\u00a0 dose 3, given time: was 11-Mar-2026 06:04, now 11-Mar-2026 06:14. "
        "K. Brandt / A. Ruiz, 11-Mar-2026 07:10. Reason: read from the wrong line" in said
    )


def test_a_value_amended_to_nothing_still_shows_its_mark(full: CycleFacts) -> None:
    rows = list(full.doses)
    rows[2] = replace(rows[2], lots=())
    assert "none\u00a0†b" in words(replace(full, doses=tuple(rows)))


def test_a_gap_prints_by_name_in_its_place(full: CycleFacts) -> None:
    open_gap = replace(
        full,
        medicine=replace(
            full.medicine, duration=SheetGap("infusion time", "The paper says bolus.")
        ),
        recipe=(RecipeRow("Line", SheetGap("flush volume", "A site rule.")),),
    )
    said = words(open_gap)
    assert "intravenous – GAP: infusion time – every" in said
    assert "\nLine\nGAP: flush volume\n" in said
    medicine = replace(full.medicine, exact_dose=SheetGap("dose of month 2", "Not in the abstract"))
    assert said.count("GAP: dose of month 2") == 0
    assert words(replace(full, medicine=medicine)).count("GAP: dose of month 2") == 2


def test_sources_are_numbered_once_and_listed(full: CycleFacts) -> None:
    said = words(full)
    said = said.replace(NO_BREAK, " ")
    cited = {row.source for row in (*full.working, *full.recipe, *full.criteria) if row.source}
    for source in cited:
        listed = re.findall(rf"^(S\d+)  {re.escape(source)}$", said, re.MULTILINE)
        assert len(listed) == 1
        assert f"\n{listed[0]}\n" in said


def test_marks_stand_in_the_header_and_across_the_page(marked: CycleFacts) -> None:
    model = compose_cycle_sheet(marked)
    expected = (
        "SPECIMEN, NOT FOR PATIENT USE",
        "PRACTICE, NOT FOR PATIENT USE",
        "NOT VERIFIED",
    )
    assert model.watermark == expected
    assert tuple(mark.words for mark in model.frame.marks) == expected
    assert "Not\u00a0verified:\u00a02\u00a0entries" in words(marked)
    assert compose_cycle_sheet(replace(marked, marks=Marks())).watermark == ()


def test_a_blocked_item_is_said_in_words(full: CycleFacts) -> None:
    assert "BLOCKED: creatinine above 1.5\u00a0mg/dL on 10-Mar-2026" in words(full)
    amounts = [t for t in compose_cycle_sheet(full).texts() if "indomethacin" in t.field]
    (at,) = [place for place, text in enumerate(amounts) if text.words == "BLOCKED"]
    assert (amounts[at + 1].words, amounts[at + 1].struck) == ("25\u00a0mg", True)


def test_a_record_that_nobody_signed_stands_bold_in_its_row(full: CycleFacts) -> None:
    rows = list(full.doses)
    rows[1] = replace(rows[1], checked_by="NOT VERIFIED")
    texts = compose_cycle_sheet(replace(full, doses=tuple(rows))).texts()
    (found,) = [text for text in texts if text.field == "dose 2, checked by"]
    assert (found.words, found.role) == ("NOT VERIFIED", Role.STRONG)


def test_prepared_dose_and_column_say_which_volume(full: CycleFacts) -> None:
    said = words(full)
    assert "in 5\u00a0mL total (0.27\u00a0mL of drug made up in glucose 5\u00a0%)" in said
    assert "Drug volume before any dilution, dose given" in said
    plain = replace(full, medicine=replace(full.medicine, total="", diluent=""))
    assert "\nin 0.27\u00a0mL\n" in words(plain)


def test_a_clock_change_is_said_above_the_doses(full: CycleFacts) -> None:
    sentence = "Clocks go forward on 29-Mar-2026: doses stay 8\u00a0hours apart."
    changed = replace(full, schedule=replace(full.schedule, clock_change=sentence))
    assert words(changed).count(sentence) == 2


def test_a_long_reason_stands_whole_below_the_table(long_names: CycleFacts) -> None:
    said = words(long_names)
    assert "See the remark on dose 2 below the table" in said
    assert f"Dose 2: {long_names.doses[1].reason}" in said


def test_nothing_to_sign_or_to_give_is_refused(full: CycleFacts) -> None:
    with pytest.raises(SheetRefused, match="no signature line"):
        compose_cycle_sheet(replace(full, signatures=()))
    with pytest.raises(SheetRefused, match="no planned dose"):
        compose_cycle_sheet(replace(full, doses=()))


def test_the_code_holds_no_patient_data(full: CycleFacts) -> None:
    assert compose_cycle_sheet(full).frame.code == "IL2DESK|CYC-0007|9f31c2a07be4"


def test_a_gap_is_named_once(full: CycleFacts) -> None:
    twice = SheetGap("The flush volume", "The flush volume is not filled in; the site fills it in.")
    short = SheetGap("Rate", "The source states no duration.")
    said = words(replace(full, gaps=(twice, short)))
    assert said.count("The flush volume") == 1
    assert "Rate. The source states no duration." in said


def test_a_body_surface_that_the_dose_is_worked_out_from_is_never_not_applicable(
    full: CycleFacts,
) -> None:
    weight = replace(full.weight, body_surface_area="1.86\u00a0m2")
    said = words(replace(full, weight=weight)).split("\n")
    assert said[said.index("Body") + 1].endswith("body surface area 1.86\u00a0m2")
    weight = replace(weight, height="", body_surface_area="")
    said = words(replace(full, weight=weight)).split("\n")
    assert said[said.index("Body") + 1] == "Not applicable"
