"""How a patient keeps each drug at home, by the data of its product and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from il2desk.dosing import DilutionMethod, Regimen, limits_of_use
from il2desk.protocols import Bundle
from il2desk.sheets import DiaryDay, DiaryTold, DiaryTurn


def storage_of(
    bundle: Bundle, regimen: Regimen, days: tuple[DiaryDay, ...]
) -> Iterator[tuple[str, DiaryTold | None]]:
    """Each drug that the diary tells to inject, and how to keep it; None where no source says it."""
    doses = [dose for day in days for dose in day.doses if dose.turn is DiaryTurn.INJECT]
    for drug in dict.fromkeys(dose.drug for dose in doses):
        kept = (
            _of_the_protocol(bundle, regimen)
            if drug == bundle.protocol.drug
            else _of_companion(bundle, regimen, drug)
        )
        yield drug, kept


def _of_the_protocol(bundle: Bundle, regimen: Regimen) -> DiaryTold | None:
    """In the state in which it is handed out: what holds for the vial says nothing of a syringe."""
    method = regimen.dilution.method
    state = "reconstituted" if method is DilutionMethod.UNDILUTED else "diluted"
    limits = [one for one in limits_of_use(bundle.product, method) if one.state == state]
    return DiaryTold(limits[0].storage, limits[0].source.cite()) if limits else None


def _of_companion(bundle: Bundle, regimen: Regimen, drug: str) -> DiaryTold | None:
    named = {one.product.value for one in regimen.companions if one.drug == drug and one.product}
    products = [one for one in bundle.companion_products if one.id in named]
    said = [line for product in products for line in product.storage]
    return DiaryTold("; ".join(one.value for one in said), said[0].source.cite()) if said else None
