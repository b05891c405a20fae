"""Plausibility of a protocol: doubts for the people who activate it, never a change."""

from __future__ import annotations

from decimal import Decimal

from il2desk.dosing import Basis, Protocol, Regimen, Sourced, tell, write_dose
from il2desk.protocols.problems import Doubt

# Protocol library page, "Plausibility limits of the linter"; design limits, not clinical ones.
PER_KG_IU = (Decimal(10_000), Decimal(800_000))
PER_M2_IU = Decimal(30_000_000)
SINGLE_IU = Decimal(120_000_000)


def doubts_of(protocol: Protocol) -> tuple[Doubt, ...]:
    """Every dose outside the plausible range of its basis, each with its field and a sentence."""
    doubts: list[Doubt] = []
    for regimen in protocol.regimens:
        prefix = "regimen" if regimen.arm is None else f"regimens.{regimen.arm}"
        for field, dose in _doses(regimen, prefix):
            text = _doubt(regimen.basis, dose.value)
            if text is not None:
                doubts.append(Doubt(field, text))
    return tuple(doubts)


def _doses(regimen: Regimen, prefix: str) -> list[tuple[str, Sourced[Decimal]]]:
    found = [] if regimen.dose is None else [(f"{prefix}.dose", regimen.dose)]
    found.extend(
        (f"{prefix}.levels.{level.first}.dose", level.dose)
        for level in regimen.levels
        if level.dose is not None
    )
    return found


def _doubt(basis: Basis, dose: Decimal) -> str | None:
    written = write_dose(dose)
    if basis is Basis.KG and not PER_KG_IU[0] <= dose <= PER_KG_IU[1]:
        low, high = write_dose(PER_KG_IU[0]), write_dose(PER_KG_IU[1])
        return tell(
            "{written} per kg lies outside {low} to {high} per kg. Compare it with the document.",
            written=written,
            low=low,
            high=high,
        )
    if basis is Basis.M2 and dose > PER_M2_IU:
        return tell(
            "{written} per m2 is over {dose} per m2. Compare it with the document.",
            written=written,
            dose=write_dose(PER_M2_IU),
        )
    if basis is Basis.FLAT and dose > SINGLE_IU:
        return tell(
            "{written} is over {dose} for a single dose. Compare it with the document.",
            written=written,
            dose=write_dose(SINGLE_IU),
        )
    return None
