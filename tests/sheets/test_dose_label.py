"""A label that cannot hold its facts is refused with the fact's name; nothing is made smaller."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pypdf
import pytest
from examples_dose_label import make_label

from il2desk.sheets import (
    ROLL,
    LabelFacts,
    SheetRefused,
    compose_cycle_sheet,
    compose_label,
    render,
)
from il2desk.sheets.label_strip import label_strip
from il2desk.sheets.strips import Ink


def text_of(pdf: bytes) -> str:
    return " ".join(pypdf.PdfReader(BytesIO(pdf)).pages[0].extract_text().split())


@pytest.mark.parametrize("paper", ["A4", "Letter", ROLL])
def test_names_that_do_not_fit_the_small_label_are_refused_and_fit_the_large(paper: str) -> None:
    facts = make_label()
    patient = replace(
        facts.patient,
        family_name="Wolfeschlegelsteinhausenbergerdorff",
        given_name="Maximiliana Alexandrina Theodosia-A",
    )
    long = replace(facts, patient=patient)
    with pytest.raises(SheetRefused, match="has no room for name of the patient") as refused:
        render(compose_label(long, small=True), paper)
    assert "Choose the larger label" in refused.value.do
    words = text_of(render(compose_label(long), paper))
    assert "WOLFESCHLEGELSTEINHAUSENBERGERDORFF, Maximiliana Alexandrina" in words


def test_a_dose_too_wide_for_its_line_is_refused_by_name() -> None:
    facts = make_label()
    wide = "123,456.7891\u00a0million\u00a0international\u00a0units"
    with pytest.raises(SheetRefused, match="prepared dose"):
        render(compose_label(replace(facts, prepared_dose=wide)), "A4")


@pytest.mark.parametrize("small", [False, True])
def test_a_word_is_never_parted(small: bool) -> None:
    facts = replace(make_label(), lots="L" * 70)
    with pytest.raises(SheetRefused, match="has no room for lot"):
        render(compose_label(facts, small=small), "A4")


def test_only_a_sheet_of_labels_goes_to_a_label_printer(full) -> None:
    with pytest.raises(SheetRefused, match="is no label"):
        render(compose_cycle_sheet(full), ROLL)


def inks_of(facts: LabelFacts) -> dict[str, Ink]:
    label = compose_label(facts, small=True).label
    assert label is not None
    return {ink.words.replace("\u00a0", " "): ink for ink in label_strip(label).inks}


@pytest.mark.parametrize(
    ("dose", "large", "rest"),
    [
        ("4.86 million international units", "4.86 million", " international units"),
        ("4.9248 million international units", "4.9248", " million international units"),
        ("820,000 international units", "820,000", " international units"),
    ],
)
def test_the_number_of_the_small_label_is_large_and_its_unit_on_the_same_line(
    dose: str, large: str, rest: str
) -> None:
    facts = replace(make_label(), prepared_dose=dose.replace(" ", "\u00a0"))
    inks = inks_of(facts)
    assert inks[large].style.size >= 14
    assert inks[large].y == inks[rest].y
    assert inks[rest].x > inks[large].x


def test_what_is_not_diluted_is_in_the_volume_of_the_drug() -> None:
    plain = replace(make_label(), total="", diluent="", rate="")
    for small in (False, True):
        words = text_of(render(compose_label(plain, small=small), "A4")).replace("\u00a0", " ")
        assert "in 0.27 mL" in words
        assert "total" not in words
        assert "of drug" not in words


@pytest.mark.parametrize("diluent", ["glucose 5\u00a0%", "sodium chloride 0.9\u00a0% with albumin"])
def test_total_and_drug_volume_stand_together_whatever_the_diluent(diluent: str) -> None:
    facts = replace(make_label(), diluent=diluent, total="250\u00a0mL", product_code="")
    words = text_of(render(compose_label(facts), "A4")).replace("\u00a0", " ")
    shown = diluent.replace("\u00a0", " ")
    assert f"prepared, in 250 mL total (0.27 mL of drug in {shown})" in words
