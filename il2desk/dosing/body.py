"""The dosing weight and the body surface area: what is accepted, what is asked about."""

from __future__ import annotations

from decimal import Decimal

from il2desk.dosing.exact import product_of, ratio
from il2desk.dosing.findings import Finding, Severity
from il2desk.dosing.sentence import tell
from il2desk.dosing.writing import write_number, write_quantity, write_rounded

# Mosteller 1987: surface in m2 = square root of (height in cm x weight in kg / 3600).
_MOSTELLER = 3600
# Ratio of pounds to kilograms, and the 3 percent band, from dose arithmetic, section 1.
_POUNDS = (Decimal("2.2046"), Decimal("0.4536"))
_BAND = Decimal("0.03")
# A decimal mark that slipped by one place; the same band.
_TENFOLD = (Decimal(10), Decimal("0.1"))
_JUMP_PERCENT = 10
_BMI = (Decimal(12), Decimal(60))


def mosteller(height_cm: Decimal, weight_kg: Decimal) -> Decimal:
    """Body surface area in m2, rounded half up to 2 decimals, exactly.

    With q the area squared, the rounded hundredths are the greatest n with (2n - 1)^2 <= 40,000 q.
    """
    scaled = product_of(height_cm, weight_kg, Decimal(40_000)) // _MOSTELLER
    return Decimal((_integer_root(int(scaled)) + 1) // 2).scaleb(-2)


def _integer_root(number: int) -> int:
    """The greatest whole number whose square is not above `number` (Newton)."""
    if number == 0:
        return 0
    guess = 1 << ((number.bit_length() + 1) // 2)
    while True:
        better = (guess + number // guess) // 2
        if better >= guess:
            return guess
        guess = better


def weight_questions(
    weight_kg: Decimal,
    previous_kg: Decimal | None,
    height_cm: Decimal | None,
    plausible_kg: tuple[Decimal, Decimal],
) -> tuple[Finding, ...]:
    """What must be asked about a weight in range (dose arithmetic, section 1); never changes it."""
    asked: list[Finding] = []
    if previous_kg is not None and previous_kg > 0:
        asked.extend(_against_previous(weight_kg, previous_kg))
    if height_cm is not None:
        known = {question.code for question in asked}
        asked.extend(
            question
            for question in _against_height(weight_kg, height_cm)
            if question.code not in known
        )
    low, high = plausible_kg
    if not low <= weight_kg <= high:
        asked.append(
            _question(
                "weight-outside-plausible-range",
                tell(
                    "{weight} is outside the protocol's plausible range {low} to {high}. Read the scale "
                    "slip again.",
                    weight=_kg(weight_kg),
                    low=write_number(low),
                    high=_kg(high),
                ),
            )
        )
    return tuple(asked)


def _against_previous(weight: Decimal, previous: Decimal) -> list[Finding]:
    asked: list[Finding] = []
    difference = weight - previous
    if abs(difference) * 100 > _JUMP_PERCENT * previous:
        percent = write_quantity(
            write_rounded(ratio(abs(difference) * 100, previous), 1), "percent"
        )
        asked.append(
            _question(
                "weight-jump",
                tell(
                    "{weight} is {difference} ({percent}) than the last recorded {last}. Read the "
                    "scale slip again.",
                    weight=_kg(weight),
                    difference=tell("{apart} more", apart=_kg(abs(difference)))
                    if difference > 0
                    else tell("{apart} less", apart=_kg(abs(difference))),
                    percent=percent,
                    last=_kg(previous),
                ),
            )
        )
    asked.extend(
        _question(
            "tenfold",
            tell(
                "{weight} against the last recorded {last} is the tenfold, or the tenth. Was the "
                "decimal mark misplaced?",
                weight=_kg(weight),
                last=_kg(previous),
            ),
        )
        for factor in _TENFOLD
        if _near(weight, factor * previous)
    )
    asked.extend(
        _question(
            "pounds",
            tell(
                "{weight} against {last} is the ratio of pounds to kilograms. Were pounds entered "
                "as kilograms?",
                weight=_kg(weight),
                last=_kg(previous),
            ),
        )
        for factor in _POUNDS
        if _near(weight, factor * previous)
    )
    return asked


def _near(weight: Decimal, expected: Decimal) -> bool:
    """Whether the weight lies within 3 percent of the expected one, ends included."""
    return abs(weight - expected) <= _BAND * expected


def _against_height(weight: Decimal, height: Decimal) -> list[Finding]:
    if _plausible(weight, height):
        return []
    index = write_rounded(ratio(weight * 10_000, height * height), 1)
    pair = tell(
        "Height {height} and weight {weight}",
        height=write_quantity(height, "cm"),
        weight=_kg(weight),
    )
    asked = [
        _question(
            "body-mass-index",
            tell(
                "{pair} give a body mass index of {index}. Read both again.", pair=pair, index=index
            ),
        )
    ]
    if _plausible(height, weight):
        text = tell("{pair} would be plausible the other way round. Were they swapped?", pair=pair)
        asked.append(_question("height-and-weight-swapped", text))
    asked.extend(
        _question(
            "tenfold",
            tell(
                "{pair} do not fit; {weight} would. Was the decimal mark misplaced?",
                pair=pair,
                weight=_kg(factor * weight),
            ),
        )
        for factor in _TENFOLD
        if _plausible(factor * weight, height)
    )
    return asked


def _plausible(weight: Decimal, height: Decimal) -> bool:
    """Whether the body mass index lies in 12 to 60: weight / (height / 100)^2, without dividing."""
    scaled, square = weight * 10_000, height * height
    return _BMI[0] * square <= scaled <= _BMI[1] * square


def _kg(weight: Decimal) -> str:
    return write_quantity(weight, "kg")


def _question(code: str, text: str) -> Finding:
    return Finding(code, Severity.CAUTION, text)
