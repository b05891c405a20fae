"""A label that cannot hold its facts is refused with the fact's name; nothing is made smaller."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pypdf
import pytest
from examples_dose_label import make_label

from il2desk.sheets import ROLL, SheetRefused, compose_cycle_sheet, compose_label, render


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
