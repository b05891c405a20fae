"""A dose too small to measure: the step and the dilution that the refusal names really work."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from il2desk.dosing.derivation import derive_dose
from il2desk.dosing.dose import Dose
from il2desk.dosing.exact import half_up
from il2desk.dosing.findings import Refusal
from il2desk.dosing.preparation import too_small
from il2desk.dosing.protocol import SyringeStep
from il2desk.dosing.regimen import Basis
from il2desk.dosing.second_engine import second_answer

NUMBER = r"([0-9.,]+)\u00a0mL"
STRENGTH = Decimal(18_000_000)
STEPS = st.sampled_from([Decimal(step) for step in ("0.001", "0.01", "0.02", "0.05", "0.1", "0.2")])


def named(refusal: Refusal) -> tuple[Fraction, Fraction, Fraction | None]:
    """How many times to dilute, the least volume, the step: as the sentence says them."""
    text = refusal.text
    (times,) = re.findall(r"at least ([0-9.,]+) times", text)
    (least,) = re.findall(rf"fills {NUMBER} or more", text)
    step = re.search(rf"use a syringe read to {NUMBER}", text)
    numbers = [times, least] + ([step[1]] if step else [])
    read = [Fraction(number.replace(",", "")) for number in numbers]
    return read[0], read[1], read[2] if step else None


def test_ceplene_at_70_kg(ask, make_protocol, make_regimen):
    """H41: 16,400 per kg at 70 kg is 1.148 million in 0.0638 mL; 0.06 mL is 5.92 percent less."""
    one = make_protocol("p", make_regimen("16400"))
    request = ask(one, weight_kg="70")
    refusal = derive_dose(request)
    assert (refusal.code, second_answer(request)) == ("too-small-to-measure", None)
    assert refusal.text.replace("\u00a0", " ") == (
        "1.148 million international units is 0.0638... mL; read to 0.01 mL it would be -5.92 percent "
        "off, over the allowed 5 percent. Dilute it first by the site's procedure, at least 1.6 times, "
        "so that it fills 0.1 mL or more."
    )
    finer = derive_dose(ask(one, weight_kg="70", measure_step_ml="0.006"))
    assert isinstance(finer, Dose)
    assert finer.prepared_volume_ml == Decimal("0.066")
    assert second_answer(ask(one, weight_kg="70", measure_step_ml="0.006")) is not None


MARKS = ("0.002", "0.005", "0.02")


@given(
    dose=st.integers(1_000, 20_000_000),
    step=STEPS,
    tolerance=st.sampled_from([Decimal(5), Decimal("2.5"), Decimal(1)]),
    table=st.sets(st.sampled_from(MARKS)),
)
def test_the_named_step_and_the_named_dilution_work(dose, step, tolerance, table):
    exact = Fraction(dose) / Fraction(STRENGTH)
    prepared = half_up(Decimal(dose), STRENGTH, step)
    deviation = (Fraction(prepared) / exact - 1) * 100
    if abs(deviation) <= tolerance:
        return
    rows = tuple(SyringeStep("a syringe", Decimal(1), Decimal(mark)) for mark in sorted(table))
    times, least, finest = named(too_small("it", exact, (step, deviation, tolerance), rows))

    def off(volume: Fraction, read_to: Fraction) -> Fraction:
        marks = (2 * volume / read_to + 1) // 2
        return abs(marks * read_to / volume - 1) * 100

    assert off(exact * times, Fraction(step)) <= tolerance
    assert exact * times >= least
    assert off(least, Fraction(step)) <= tolerance
    there_are = {Fraction("0.01"), *(Fraction(mark) for mark in table)}
    if finest is None:
        # None that there is would do: each reads more coarsely than twice the tolerated part.
        assert all(mark > exact * 2 * Fraction(tolerance) / 100 for mark in there_are)
    else:
        assert finest in there_are
        assert finest < step
        assert off(exact, finest) <= tolerance
        assert off(exact, finest / 2) <= tolerance


@pytest.mark.parametrize(("table", "named_step"), [
    ((), "0.01"), (("0.005",), "0.01"), (("0.005", "0.028"), "0.028"), (("0.029", "0.02"), "0.02")])  # fmt: skip
def test_the_coarsest_syringe_that_does_is_named(table, named_step):
    """0.28 mL within 5 percent wants a step of 0.028 mL at most."""
    rows = tuple(SyringeStep("a syringe", Decimal(1), Decimal(mark)) for mark in table)
    off = (Decimal("0.1"), Fraction(714, 100), Decimal(5))
    refusal = too_small("5.04 million international units", Fraction("0.28"), off, rows)
    assert refusal.text.endswith(
        f"1\u00a0mL or more, or use a syringe read to {named_step}\u00a0mL."
    )


def test_the_least_volume_is_rounded_up_to_what_can_be_drawn():
    """0.01 mL within 3 percent wants 0.1666... mL: 0.17 mL is named, and so many times the volume."""
    off = (Decimal("0.01"), Fraction(20), Decimal(3))
    times, least, finest = named(too_small("it", Fraction("0.05"), off, ()))
    assert (times, least, finest) == (Fraction("3.4"), Fraction("0.17"), None)


def test_no_syringe_is_named_that_nobody_has():
    """0.005 mL wants a step of 0.0005 mL, and no such syringe is known: only the dilution is named."""
    off = (Decimal("0.01"), Fraction(100), Decimal(5))
    refusal = too_small("90,000 international units", Fraction(1, 200), off, ())
    times, least, finest = named(refusal)
    assert (times, least, finest) == (20, Fraction("0.1"), None)
    assert refusal.text.endswith("fills 0.1\u00a0mL or more.")


@pytest.mark.parametrize(("flat", "fits"), [("1714286", True), ("1714285", False)])
def test_exactly_at_the_tolerance(ask, make_protocol, make_regimen, flat, fits):
    """0.1 mL holds 1.8 million: 5 percent over is from 1,714,285.7 upward."""
    request = ask(make_protocol("p", make_regimen(flat, basis=Basis.FLAT)))
    assert isinstance(derive_dose(request), Dose) is fits
    assert (second_answer(request) is not None) is fits
