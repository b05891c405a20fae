"""What is kept for a protocol or product belongs to that one object and to no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from il2desk.dosing import Dose, DoseRequest, Gap, derive_dose
from il2desk.dosing.once import Once


@dataclass(frozen=True, slots=True)
class Bottle:
    name: str


@pytest.fixture
def asked() -> list[Bottle]:
    """The objects for which the answer was worked out."""
    return []


@pytest.fixture
def once(asked: list[Bottle]) -> Once[Bottle, str]:
    def of(bottle: Bottle) -> str:
        asked.append(bottle)
        return f"{bottle.name} {len(asked)}"

    return Once(of)


def test_one_object_is_worked_out_once(once: Once[Bottle, str], asked: list[Bottle]):
    bottle = Bottle("a")
    assert [once(bottle), once(bottle)] == ["a 1", "a 1"]
    assert asked == [bottle]


def test_an_equal_object_asks_anew(once: Once[Bottle, str]):
    one, other = Bottle("a"), Bottle("a")
    assert one == other
    assert [once(one), once(other), once(one)] == ["a 1", "a 2", "a 1"]


def test_an_object_that_is_gone_leaves_its_answer_to_none(once: Once[Bottle, str]):
    """A new object takes the place of one that nobody holds; it must not take over its answer."""
    answers = [once(Bottle(f"{at}")) for at in range(1000)]
    assert answers == [f"{at} {at + 1}" for at in range(1000)]


def test_no_more_than_128_objects_are_held(once: Once[Bottle, str], asked: list[Bottle]):
    bottles = [Bottle(f"{at}") for at in range(129)]
    for bottle in bottles[:128]:
        once(bottle)
    assert once(bottles[0]) == "0 1"
    assert once(bottles[128]) == "128 129"
    assert len(asked) == 129
    assert once(bottles[128]) == "128 129"
    assert once(bottles[0]) == "0 130"


def test_what_fails_is_not_kept(asked: list[Bottle]):
    def of(bottle: Bottle) -> str:
        asked.append(bottle)
        raise LookupError(bottle.name)

    failing, bottle = Once(of), Bottle("a")
    for _ in range(2):
        with pytest.raises(LookupError, match="a"):
            failing(bottle)
    assert asked == [bottle, bottle]


def test_another_version_of_protocol_or_product_speaks_for_itself(
    ask: Callable[..., DoseRequest],
):
    """Nothing of one working is found in that of a changed copy, asked in turn."""
    asked = ask("npc-bolus", weight_kg="70")
    first = derive_dose(asked)
    product, protocol = asked.product, asked.protocol
    strength = replace(product.strength_iu_per_ml, value=Decimal(9_000_000))
    gap = Gap("facts.x", "The rest", "the paper", "the site", ("activation",))
    other = replace(
        asked,
        product=replace(product, strength_iu_per_ml=strength),
        protocol=replace(protocol, tolerance_percent=Decimal(3), source="another", gaps=(gap,)),
    )
    changed = derive_dose(other)
    assert isinstance(changed, Dose)
    lines = {line.letter: line for line in changed.working}
    assert lines["D"].text.startswith("5,040,000 / 9,000,000 = 0.56")
    assert lines["F"].text.startswith("0.56 x 9,000,000 = ")
    assert lines["G"].text.endswith("(at most 3)")
    assert lines["C'"].source == lines["L"].source == "another"
    assert gap.sentence() in [finding.text for finding in changed.findings]
    assert derive_dose(asked) == first != changed
