"""Words that a protocol or a product brings to every dose: written once for each of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from il2desk.dosing.beyond_use import limits_of_use, open_limits
from il2desk.dosing.dose_request import Step
from il2desk.dosing.findings import Finding, Severity, Source, Sourced
from il2desk.dosing.once import Once
from il2desk.dosing.product import Product
from il2desk.dosing.protocol import Protocol
from il2desk.dosing.regimen import DilutionMethod
from il2desk.dosing.sentence import joined, tell, told
from il2desk.dosing.writing import write_number, write_quantity, write_units


@dataclass(frozen=True, slots=True)
class ProductWords:
    """What every working says of a product: its numbers with their sources, and line M.

    `strength` in international units per mL and `mg_per_ml` stand without their units.
    """

    strength: str
    strength_source: str
    mg_per_ml: str
    mass_source: str
    withdrawable: str
    withdrawable_source: str
    content: str
    content_source: str
    window: str
    window_source: str
    beyond_use: dict[DilutionMethod, Step]


@dataclass(frozen=True, slots=True)
class ProtocolWords:
    """What every working says of a protocol: tolerance (a number of percent), what is not stated.

    `open_gaps` are the notes on gaps that block activation, by the arm they are of (None: no arms).
    """

    tolerance: str
    no_cap: Step
    no_rate: Step
    open_gaps: dict[str | None, tuple[Finding, ...]]


def _of_product(product: Product) -> ProductWords:
    low, high = product.window_mcg_per_ml.value
    return ProductWords(
        strength=write_number(product.strength_iu_per_ml.value),
        strength_source=product.strength_iu_per_ml.source.cite(),
        mg_per_ml=write_number(product.strength_mg_per_ml.value),
        mass_source=product.strength_mg_per_ml.source.cite(),
        withdrawable=write_quantity(product.withdrawable_ml.value, "mL"),
        withdrawable_source=product.withdrawable_ml.source.cite(),
        content=write_units(product.content_iu.value),
        content_source=product.content_iu.source.cite(),
        window=tell(
            "{low} to {high}", low=write_number(low), high=write_quantity(high, "mcg per mL")
        ),
        window_source=product.window_mcg_per_ml.source.cite(),
        beyond_use={method: _beyond_use(product, method) for method in DilutionMethod},
    )


def _beyond_use(product: Product, method: DilutionMethod) -> Step:
    """Line M; a limit that is not filled in stands by name, and without any there is no label."""
    limits, gaps = limits_of_use(product, method), open_limits(product, method)
    parts = [
        tell(
            "{hours} from {counted_from}, {storage}",
            hours=write_quantity(limit.hours, "hours"),
            counted_from=told(limit.counted_from),
            storage=limit.storage,
        )
        for limit in limits
    ]
    said = [tell("the earliest of: {parts}", parts=joined("; ", parts))] if parts else []
    said += [tell("not filled in, a gap: {name}", name=told(gap.name)) for gap in gaps]
    if not parts:
        said.append(tell("no use-before time is worked out, no label"))
    sources = [limit.source.cite() for limit in limits] or [gap.fill_from for gap in gaps]
    return Step("M", tell("Beyond use"), joined("; ", said), joined("; ", dict.fromkeys(sources)))


def _of_protocol(protocol: Protocol) -> ProtocolWords:
    no_cap = tell("no cap stated in any source; none applied")
    no_rate = tell("no duration stated: no rate, a gap")
    return ProtocolWords(
        tolerance=write_number(protocol.tolerance_percent),
        no_cap=Step("C'", tell("Limit"), no_cap, protocol.source),
        no_rate=Step("L", tell("Rate"), no_rate, protocol.source),
        open_gaps={one.arm: _open_gaps(protocol, one.arm) for one in protocol.regimens},
    )


def _open_gaps(protocol: Protocol, arm: str | None) -> tuple[Finding, ...]:
    return tuple(
        Finding("open-gap", Severity.NOTE, gap.sentence())
        for gap in protocol.gap_blocking("activation", arm)
    )


def _number(sourced: Sourced[Decimal]) -> str:
    return write_number(sourced.value)


product_words = Once(_of_product)
protocol_words = Once(_of_protocol)
number_of = Once(_number)
"""A sourced number of a file, without its unit."""
cited = Once(Source.cite)
"""A source as the working prints it."""
