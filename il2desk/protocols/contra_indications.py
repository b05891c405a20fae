"""A premedication set against the companion drugs of its protocol: what must never meet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from il2desk.dosing import (
    InteractionList,
    PremedicationSet,
    Protocol,
    Regimen,
    classes_against,
    tell,
)
from il2desk.protocols.problems import Problem

ALDESLEUKIN = "aldesleukin"


def contra_indicated(
    file: str,
    protocol: Protocol,
    sets: Mapping[str, PremedicationSet | None],
    listed: Callable[[], InteractionList | None],
) -> list[Problem]:
    """A problem for each item of a set that is contra-indicated beside a drug of its arm.

    `listed` gives the shipped interactions, or None where they are not at hand; it is asked only
    where a set names drug classes.
    """
    problems: list[Problem] = []
    for regimen in protocol.regimens:
        found = None if regimen.premedication is None else sets[regimen.premedication.value]
        classed = () if found is None else tuple(one for one in found.items if one.classes)
        known = listed() if classed and regimen.companions else None
        if known is None:
            continue
        for item in classed:
            against = classes_against(known, item.classes, beside(regimen))
            problems.extend(
                Problem(
                    file,
                    0,
                    f"{_prefix(regimen)}.premedication",
                    tell(
                        "{name}: {sentence} Name another premedication set.",
                        name=item.name,
                        sentence=one.sentence(),
                    ),
                )
                for one in against
            )
    return problems


def beside(regimen: Regimen) -> tuple[str, ...]:
    """Aldesleukin and the companion drugs of an arm, by name."""
    return (ALDESLEUKIN, *(one.drug for one in regimen.companions))


def _prefix(regimen: Regimen) -> str:
    return "regimen" if regimen.arm is None else f"regimens.{regimen.arm}"
