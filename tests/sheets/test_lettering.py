"""The gate: what no font on board shows rightly is refused by name, before anything is drawn."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from il2desk.sheets import CycleFacts, SheetRefused, compose_cycle_sheet
from il2desk.sheets.faces import is_chinese, pieces
from il2desk.sheets.geometry import HAN, REGULAR
from il2desk.sheets.lettering import clean


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn",
        "Łukasiewicz",
        "Ødegård",
        "Παπαδόπουλος",
        "Иванова",
        "O’Brien-Ñuñez",
        "İnönü",
        "歐陽",
        "陳大文",
    ],
)
def test_accented_greek_cyrillic_and_chinese_names_print_whole(name: str) -> None:
    assert clean(name, "name") == name
    assert clean(unicodedata.normalize("NFD", name), "name") == name


def test_a_missing_glyph_is_named_with_its_field(full: CycleFacts) -> None:
    patient = replace(full.patient, family_name="한", given_name="지민")
    with pytest.raises(SheetRefused) as refused:
        compose_cycle_sheet(replace(full, patient=patient))
    assert "한 U+D55C" in refused.value.what
    assert "name of the patient" in refused.value.what
    assert "Nothing was printed" in refused.value.do


@pytest.mark.parametrize(
    ("character", "named"),
    [
        ("\x07", "U+0007"),
        ("\t", "U+0009"),
        ("\n", "U+000A"),
        ("\u200b", "ZERO WIDTH SPACE"),
        ("\u202e", "RIGHT-TO-LEFT OVERRIDE"),
        ("ش", "ARABIC LETTER SHEEN"),
        ("💊", "PILL"),
        ("\ud800", "U+D800"),
    ],
)
def test_what_would_print_wrongly_is_refused(character: str, named: str) -> None:
    with pytest.raises(SheetRefused, match="cannot be printed") as refused:
        clean(f"ab{character}c", "lot")
    assert named in refused.value.what
    assert "in lot" in refused.value.what


def test_prose_keeps_its_lines() -> None:
    assert clean("one\r\ntwo\nthree", "notes", lines=True) == "one\ntwo\nthree"


def test_a_tick_box_is_never_drawn_by_the_chinese_face() -> None:
    assert [face for face, _ in pieces("歐陽 \u2610 \u2611", REGULAR)] == [HAN, REGULAR]
    assert not any(is_chinese(sign) for sign in "\u2610\u2611\u2264\u2265\u00b1\u00b5\u25b2\u2020")
