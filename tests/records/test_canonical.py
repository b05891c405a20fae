"""One value, one text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from il2desk.records import canonical_json, plain
from il2desk.records.canonical import read_body

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
LEAF = st.none() | st.booleans() | TEXT | st.integers(-(2**53) + 1, 2**53 - 1)
VALUE = st.recursive(LEAF, lambda of: st.lists(of) | st.dictionaries(TEXT, of), max_leaves=8)
BODY = st.dictionaries(TEXT, VALUE, max_size=4)


@given(BODY)
def test_text_and_value_say_the_same(body: dict[str, object]) -> None:
    text = canonical_json(body)
    assert json.loads(text) == body
    assert canonical_json(json.loads(text)) == text
    assert canonical_json(dict(reversed(body.items()))) == text


@given(BODY)
def test_a_frozen_body_thaws_into_itself(body: dict[str, object]) -> None:
    read = read_body(canonical_json(body))
    assert plain(read) == body
    assert canonical_json(read) == canonical_json(body)


def test_the_text_is_short_sorted_and_readable() -> None:
    assert canonical_json({"b": [1, None, True], "a": "Łódź"}) == '{"a":"Łódź","b":[1,null,true]}'


@pytest.mark.parametrize("value", [0.5, 1.0, float("inf"), complex(1), object(), {1: "one"}])
def test_what_has_no_exact_text_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json({"list": [value]})


def test_a_body_that_was_read_is_read_only_all_the_way_down() -> None:
    read = read_body('{"a":[1,[{"b":[2]}]],"c":{"d":[]}}')
    with pytest.raises(TypeError):
        read["a"] = 1  # type: ignore[index]
    assert read["a"] == (1, ({"b": (2,)},))
    with pytest.raises(TypeError):
        read["a"][1][0]["b"] = 3
    assert read["c"]["d"] == ()


@pytest.mark.parametrize("text", ["[]", "7", '"x"', "null", "{", '{"a":}', ""])
def test_a_text_that_is_no_mapping_is_no_body(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_body(text)
