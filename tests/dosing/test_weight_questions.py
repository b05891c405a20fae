"""What is asked about a weight, at each limit, one step below and one above; nothing is changed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from il2desk.dosing import Severity, weight_questions

ADULT = (Decimal(30), Decimal(250))


def asked(kg: str, previous: str | None = None, cm: str | None = None) -> set[str]:
    found = weight_questions(
        Decimal(kg),
        None if previous is None else Decimal(previous),
        None if cm is None else Decimal(cm),
        ADULT,
    )
    assert all(one.severity is Severity.CAUTION for one in found)
    assert all(one.text.endswith(("?", ".")) for one in found)
    return {one.code for one in found}


@pytest.mark.parametrize(
    ("kg", "expected"),
    [("77", set()), ("77.01", {"weight-jump"}), ("63", set()), ("62.99", {"weight-jump"})],
)
def test_more_than_ten_percent_off_the_last_weight(kg: str, expected: set[str]):
    assert asked(kg, "70") == expected


@pytest.mark.parametrize(
    ("kg", "pounds"),
    # 70 kg are 154.322 pounds; 3 percent below and above, ends included: 149.69 to 158.95.
    [("149.69", False), ("149.7", True), ("154.32", True), ("158.95", True), ("158.96", False)],
)
def test_pounds_typed_as_kilograms(kg: str, *, pounds: bool):
    assert ("pounds" in asked(kg, "70")) is pounds


@pytest.mark.parametrize(
    ("kg", "pounds"),
    # 0.4536 x 154.32 = 69.9996; 3 percent: 67.90 to 72.09.
    [("67.89", False), ("67.9", True), ("72.09", True), ("72.1", False)],
)
def test_kilograms_after_pounds(kg: str, *, pounds: bool):
    assert ("pounds" in asked(kg, "154.32")) is pounds


@pytest.mark.parametrize(
    ("kg", "previous", "tenfold"),
    [
        ("240", "24", True), ("232.8", "24", True), ("232.79", "24", False),
        ("247.2", "24", True), ("247.21", "24", False),
        ("7.05", "70.5", True), ("6.84", "70.5", True), ("6.83", "70.5", False),
        ("7.26", "70.5", True), ("7.27", "70.5", False), ("70.5", "70.5", False),
    ],
)  # fmt: skip
def test_a_decimal_mark_that_slipped(kg: str, previous: str, *, tenfold: bool):
    assert ("tenfold" in asked(kg, previous)) is tenfold


def test_without_an_earlier_weight_the_height_tells_a_tenfold_slip():
    assert asked("7.05", cm="172") >= {"tenfold", "body-mass-index"}
    assert "tenfold" not in asked("70.5", cm="172")


@pytest.mark.parametrize(
    ("kg", "expected"),
    # At 100 cm the index is the weight: 12 and 60 themselves are plausible.
    [("12", False), ("11.99", True), ("60", False), ("60.01", True)],
)
def test_a_body_mass_index_under_12_or_over_60(kg: str, *, expected: bool):
    assert ("body-mass-index" in asked(kg, cm="100")) is expected


@pytest.mark.parametrize(
    ("kg", "tenfold"),
    # At 100 cm, 1.2 to 6 kg would be plausible tenfold, and 120 to 600 as a tenth.
    [("1.19", False), ("1.2", True), ("6", True), ("6.01", False),
     ("119.99", False), ("120", True), ("300", True)],
)  # fmt: skip
def test_the_tenfold_slip_by_the_body_mass_index_at_its_ends(kg: str, *, tenfold: bool):
    assert ("tenfold" in asked(kg, cm="100")) is tenfold


def test_each_question_is_asked_once():
    """Both the earlier weight and the height tell the same slip."""
    found = weight_questions(Decimal("7.05"), Decimal("70.5"), Decimal(172), ADULT)
    codes = [one.code for one in found]
    assert sorted(codes) == sorted(set(codes))
    assert codes == ["weight-jump", "tenfold", "body-mass-index", "weight-outside-plausible-range"]


@pytest.mark.parametrize(
    ("kg", "cm", "swapped"),
    # The other way round 100 cm and 60 kg: an index of 60 is plausible, one of 60.1 is not.
    [("100", "60", True), ("100", "60.1", False), ("100", "59.9", True),
     ("100", "12", True), ("100", "11.9", False)],
)  # fmt: skip
def test_swapped_is_asked_where_only_the_other_way_round_is_plausible(
    kg: str, cm: str, *, swapped: bool
):
    assert ("height-and-weight-swapped" in asked(kg, cm=cm)) is swapped


def test_height_and_weight_swapped():
    found = asked("172", cm="70.5")
    assert found >= {"body-mass-index", "height-and-weight-swapped"}
    assert "height-and-weight-swapped" not in asked("70.5", cm="172")


@pytest.mark.parametrize(
    ("kg", "expected"), [("30", set()), ("29.99", {"weight-outside-plausible-range"}),
                         ("250", set()), ("250.01", {"weight-outside-plausible-range"})]
)  # fmt: skip
def test_the_protocol_s_plausible_range(kg: str, expected: set[str]):
    assert asked(kg) == expected
