"""How long a preparation may be kept: which of the product's limits hold for it, and which are open."""

from __future__ import annotations

from il2desk.dosing.findings import Gap
from il2desk.dosing.product import BeyondUse, Product
from il2desk.dosing.regimen import DilutionMethod
from il2desk.dosing.sentence import tell, told

RECONSTITUTED, DILUTED = tell("reconstituted"), tell("diluted")
"""The states of the solution that have a limit of their own."""


def limits_of_use(product: Product, method: DilutionMethod) -> tuple[BeyondUse, ...]:
    """The limits, in hours, that hold for a dose made by the method.

    A limit of the diluted solution says nothing of a dose that is injected undiluted.
    """
    return tuple(limit for limit in product.beyond_use if limit.state in _states(method))


def open_limits(product: Product, method: DilutionMethod) -> tuple[Gap, ...]:
    """The limits that such a dose needs and no source states: without one there is no label."""
    stated = {limit.state for limit in product.beyond_use}
    listed = {gap.field: gap for gap in product.gaps}
    fields = (f"beyond_use.{state}" for state in _states(method) if state not in stated)
    return tuple(listed.get(field) or _unlisted(product, field) for field in fields)


def _states(method: DilutionMethod) -> tuple[str, ...]:
    return (RECONSTITUTED,) if method is DilutionMethod.UNDILUTED else (RECONSTITUTED, DILUTED)


def _unlisted(product: Product, field: str) -> Gap:
    state = field.removeprefix("beyond_use.")
    name = tell("The time for which the {state} solution may be kept", state=told(state))
    document, by = tell("the label of {name}", name=product.name), tell("the trial pharmacist")
    return Gap(field, name, document, by, ("label",), "product")
