"""Lines break at spaces only; a quantity never parts; nothing is ever cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from il2desk.sheets import SheetRefused
from il2desk.sheets.faces import width
from il2desk.sheets.geometry import Role
from il2desk.sheets.wrapping import wrap

STYLE = Role.BODY.style
WORDS = st.text(alphabet="abcdefgh-0123456789", min_size=1, max_size=60)


@given(st.lists(WORDS, min_size=1, max_size=30), st.integers(30, 300))
def test_every_letter_comes_out_and_every_line_fits(words: list[str], room: int) -> None:
    lines = wrap(" ".join(words), STYLE, room, "reason")
    assert "".join(lines).replace(" ", "") == "".join(words)
    assert all(width(line, STYLE.face, STYLE.size) <= room + 0.1 for line in lines)


@given(st.lists(WORDS.filter(lambda word: len(word) < 8), max_size=20), st.integers(0, 20))
def test_a_quantity_stays_on_one_line(words: list[str], at: int) -> None:
    quantity = "5.04\u00a0million\u00a0international\u00a0units"
    text = " ".join([*words[:at], quantity, *words[at:]])
    assert sum(quantity in line for line in wrap(text, STYLE, 150, "dose")) == 1


def test_a_quantity_wider_than_its_place_is_refused() -> None:
    with pytest.raises(SheetRefused, match=r"\(dose 3\) is too wide"):
        wrap("5.04\u00a0million\u00a0international\u00a0units", STYLE, 60, "dose 3")


def test_a_wide_word_parts_after_its_hyphen() -> None:
    lines = wrap("Wolfeschlegel-Steinhausen", STYLE, 90, "name")
    assert lines == ["Wolfeschlegel-", "Steinhausen"]


def test_line_feeds_are_kept() -> None:
    assert wrap("one\ntwo", STYLE, 300, "notes") == ["one", "two"]
