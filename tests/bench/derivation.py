"""One derivation with its whole working, against the bare Decimal arithmetic of the same formula.

Ours: `derive_dose` of a finished request: every check, the limits, findings and the lines of the
working with their sources. Bare: the numbers alone, in Decimal, without a check and without a word;
the same weight, product and dilution, the same answers.

Every derivation has a weight of its own, so that nothing which is kept for a second use of the same
weight makes either side look faster than it is for the next patient.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from itertools import islice
from pathlib import Path

from pairs import Row, in_turn, timed

from il2desk.desk import DoseQuestion, open_catalogue
from il2desk.desk.specimens import dose_request
from il2desk.dosing import Dose, DoseRequest, Refusal, derive_dose

RUNS = 301
ASKED = DoseQuestion("npc-bolus", weight="70")
_TIMES = 20
_STEP, _MCG = Decimal("0.01"), Decimal(1000)
_LIGHTEST_KG = 40


def measure(_journal: Path) -> list[Row]:
    """Return the row of the target; each run derives twenty times."""
    request = dose_request(open_catalogue(), ASKED)
    if isinstance(request, Refusal):
        raise TypeError(request.text)
    patients = [
        replace(request, weight_kg=_LIGHTEST_KG + step * _STEP)
        for step in range((RUNS + 1) * _TIMES)
    ]
    pair = in_turn(timed(_next(derive_dose, patients)), timed(_next(bare, patients)), RUNS)
    for one in (request, *patients):
        assert_same(derive_dose(one), bare(one))
    us = Decimal(1_000_000) / _TIMES
    return [
        Row(
            "one derivation with its working",
            "us",
            pair.ours * int(us),
            pair.bare * int(us),
            20,
            pair.runs,
        )
    ]


def _next(
    answer: Callable[[DoseRequest], object], patients: list[DoseRequest]
) -> Callable[[], None]:
    """Return a function that answers for the next twenty patients at every call."""
    waiting: Iterator[DoseRequest] = iter(patients)

    def act() -> None:
        for one in islice(waiting, _TIMES):
            answer(one)

    return act


def bare(request: DoseRequest) -> tuple[Decimal, ...]:
    """Lines C to K as bare numbers: dose, volumes, deviation, vials, rest, total, concentration."""
    regimen, product = request.protocol.regimens[0], request.product
    if regimen.dose is None or request.weight_kg is None:
        raise TypeError
    strength, withdrawable = product.strength_iu_per_ml.value, product.withdrawable_ml.value
    exact = regimen.dose.value * request.weight_kg
    volume = exact / strength
    prepared = volume.quantize(_STEP, ROUND_HALF_UP)
    held = prepared * strength
    deviation = (held - exact) / exact * 100
    vials = (prepared / withdrawable).to_integral_value(ROUND_CEILING)
    left = vials * withdrawable - prepared
    mass = prepared * product.strength_mg_per_ml.value * _MCG
    low, high = product.window_mcg_per_ml.value
    least, most = mass / high, mass / low
    total = max(one for one in regimen.dilution.listed_ml if least <= one <= most)
    return exact, volume, prepared, held, deviation, vials, left, least, most, total, mass / total


def assert_same(dose: Dose | Refusal, numbers: tuple[Decimal, ...]) -> None:
    """Refuse to compare what does not answer the same."""
    if isinstance(dose, Refusal):
        raise TypeError(dose.text)
    ours = (dose.exact_dose_iu, dose.prepared_volume_ml, dose.vials, dose.dilution.total_volume_ml)
    if ours != (numbers[0], numbers[2], numbers[5], numbers[9]):
        message = f"the bare arithmetic answers {numbers}, the program {ours}"
        raise TypeError(message)
