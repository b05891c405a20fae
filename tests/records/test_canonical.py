"""One value, one text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from il2desk.records import canonical_json, plain
from il2desk.records.canonical import frozen

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
    assert plain(frozen(body)) == body
    assert canonical_json(frozen(body)) == canonical_json(body)


def test_the_text_is_short_sorted_and_readable() -> None:
    assert canonical_json({"b": [1, None, True], "a": "Łódź"}) == '{"a":"Łódź","b":[1,null,true]}'


@pytest.mark.parametrize("value", [0.5, 1.0, float("inf"), complex(1), object(), {1: "one"}])
def test_what_has_no_exact_text_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json({"list": [value]})
