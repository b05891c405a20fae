"""PINs are kept as argon2id hashes of the stated profile."""

from __future__ import annotations

import pytest

from il2desk.records import hash_pin, pin_matches


def test_only_the_right_pin_matches() -> None:
    kept = hash_pin("4711")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert "4711" not in kept
    assert pin_matches(kept, "4711")
    for wrong in (
        "4712",
        "",
        "47110",
        " 4711",
        "\uff14\uff17\uff11\uff11",
    ):  # the last in full width
        assert not pin_matches(kept, wrong)


def test_the_same_pin_is_kept_differently_each_time() -> None:
    assert hash_pin("4711") != hash_pin("4711")


def test_a_spoiled_hash_matches_nothing() -> None:
    assert not pin_matches("", "4711")
    assert not pin_matches("4711", "4711")
    assert not pin_matches("$argon2id$v=19$m=19456,t=2,p=1$broken", "4711")


def test_an_empty_pin_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be empty"):
        hash_pin("")
