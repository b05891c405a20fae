"""Protocols and products built by hand, so that no test of the arithmetic leans on a data file.

Numbers: clinical facts A.2 (reconstitution), A.4 (window, bag table, infusion time), A.1
(withdrawable content in the EU), B.1 (npc-bolus), B.3 (proleukin-us), B.4 (nci-720k, yang-2003).
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import strategies as st

from il2desk.dosing.companion_product import CompanionProduct, Presentation
from il2desk.dosing.dose_request import DoseRequest
from il2desk.dosing.findings import Evidence, Source, Sourced
from il2desk.dosing.product import BagBand, BeyondUse, Product
from il2desk.dosing.protocol import Protocol, SiteRules
from il2desk.dosing.regimen import (
    Basis,
    Companion,
    DilutionMethod,
    DilutionPlan,
    Level,
    Regimen,
)
from il2desk.paths import resource_dir
from il2desk.protocols import Bundle, Catalogue, load_catalogue

sys.path.insert(0, str(Path(__file__).parent))  # test modules import what lies beside them
import strategies as of

REFERENCE = Path(__file__).parents[2] / "resources" / "reference"
LABEL = Source("Proleukin label", "A.4", Evidence.LABEL)
PAPER = Source("the paper", "B", Evidence.PAPER)
LISTED_ML = tuple(Decimal(ml) for ml in (5, 10, 15, 20, 25, 50, 100, 250, 500))


def said(value: Any, source: Source = LABEL) -> Sourced[Any]:
    return Sourced(value, source)


def product(name: str, withdrawable_ml: str) -> Product:
    return Product(
        id=name,
        name="Proleukin",
        printed_as="Proleukin",
        content_iu=said(Decimal(22_000_000)),
        strength_iu_per_ml=said(Decimal(18_000_000)),
        strength_mg_per_ml=said(Decimal("1.1")),
        reconstitution_ml=said(Decimal("1.2")),
        reconstitution_diluent=said("sterile water for injection"),
        withdrawable_ml=said(Decimal(withdrawable_ml)),
        window_mcg_per_ml=said((Decimal(30), Decimal(70))),
        low_concentration_route=said("glucose 5 % with human albumin 0.1 %"),
        bag_bands=(
            BagBand(Decimal(25_400_000), Decimal(25), LABEL),
            BagBand(Decimal(60_000_000), Decimal(50), LABEL),
            BagBand(None, Decimal(100), LABEL),
        ),
        bag_diluent=said("glucose 5 %"),
        infusion_minutes=said(Decimal(15)),
        beyond_use=(BeyondUse("diluted", "dilution", Decimal(48), "2 to 8 degC", LABEL),),
        storage=said("2 to 8 degC"),
        technique=(),
    )


def regimen(
    dose: str | None = None,
    *,
    arm: str | None = None,
    basis: Basis = Basis.KG,
    dilution: DilutionPlan | None = None,
    **changes: Any,
) -> Regimen:
    plain = Regimen(
        arm=arm,
        title="regimen",
        route=said("intravenous", PAPER),
        form=said("infusion", PAPER),
        basis=basis,
        dose=None if dose is None else said(Decimal(dose), PAPER),
        level_by=None,
        levels=(),
        interval_h=said(Decimal(8), PAPER),
        days=None,
        doses_per_cycle=said(15, PAPER),
        infusion_minutes=None,
        dilution=dilution or DilutionPlan(DilutionMethod.UNDILUTED, PAPER),
        rule_set=None,
        premedication=None,
    )
    return replace(plain, **changes)


def protocol(name: str, *regimens: Regimen, **changes: Any) -> Protocol:
    plain = Protocol(
        id=name,
        title=name,
        version="1",
        status="specimen",
        drug="aldesleukin",
        product_id="proleukin-us",
        regimens=regimens,
        caps=(),
        tolerance_percent=Decimal(5),
        weight_range=(Decimal(30), Decimal(250)),
        course_cycles=None,
        rest_days=None,
        facts=(),
        notes=(),
        source="the paper",
        gaps=(),
        fingerprint="sha256:0",
        site=SiteRules(),
    )
    return replace(plain, **changes)


def companion(
    dose: str | None = "3000000", *, basis: Basis = Basis.FLAT, **changes: Any
) -> Companion:
    plain = Companion(
        id="interferon-alfa-2b",
        drug="interferon alfa-2b",
        route=said("subcutaneous", PAPER),
        unit="international units",
        basis=basis,
        dose=None if dose is None else said(Decimal(dose), PAPER),
        level_by=None,
        levels=(),
        interval_h=None,
        days=None,
        doses_per_cycle=None,
        product=said("interferon-alfa-2b"),
        presentation=said("solution-25"),
    )
    return replace(plain, **changes)


def shelf() -> CompanionProduct:
    """Strengths and pen doses: clinical facts A.9."""

    def held(id_: str, kind: str, per_ml: int, **more: Any) -> Presentation:
        routes = said(("subcutaneous",) if kind == "pen" else ("subcutaneous", "intramuscular"))
        strength = said(Decimal(per_ml * 1_000_000))
        return Presentation(id_, f"Intron {id_}", kind, strength, routes, **more)

    return CompanionProduct(
        id="interferon-alfa-2b",
        name="Intron A",
        drug="interferon alfa-2b",
        unit="international units",
        presentations=(
            held("solution-18", "vial", 6, content=said(Decimal(18_000_000))),
            held("solution-25", "vial", 10, content=said(Decimal(25_000_000))),
            held("eu-vial-10", "vial", 10),
            held("pen-15", "pen", 15, pen_doses=(Decimal(1_500_000), Decimal(3_000_000))),
        ),
        storage=(),
    )


def window_volume() -> DilutionPlan:
    return DilutionPlan(
        DilutionMethod.WINDOW_VOLUME, PAPER, said("glucose 5 %"), listed_ml=LISTED_ML
    )


def banded_bag() -> DilutionPlan:
    return DilutionPlan(DilutionMethod.DOSE_BANDED_BAG, LABEL, said("glucose 5 %"))


def yang() -> Protocol:
    listed = tuple(7 * week + day for week in range(6) for day in range(1, 6))
    return protocol(
        "yang-2003",
        regimen("720000", arm="high", dilution=banded_bag(), infusion_minutes=said(Decimal(15))),
        regimen("72000", arm="low", dilution=window_volume()),
        regimen(
            arm="subcutaneous",
            route=said("subcutaneous", PAPER),
            form=said("injection", PAPER),
            level_by="week",
            levels=(
                Level(1, 1, said(Decimal(250_000), PAPER)),
                Level(2, 6, said(Decimal(125_000), PAPER)),
            ),
            interval_h=None,
            days=said(listed, PAPER),
            doses_per_cycle=None,
        ),
    )


@pytest.fixture(scope="session")
def products() -> dict[str, Product]:
    """The two presentations: 1.2 mL (US) or 1 mL (EU) can be withdrawn from a vial."""
    return {
        "proleukin-us": product("proleukin-us", "1.2"),
        "proleukin-eu": product("proleukin-eu", "1"),
    }


@pytest.fixture(scope="session")
def protocols() -> dict[str, Protocol]:
    """The four protocols whose doses the reference cases give."""
    quarter = said(Decimal(15))
    return {
        "npc-bolus": protocol("npc-bolus", regimen("72000", dilution=window_volume())),
        "proleukin-us": protocol(
            "proleukin-us",
            regimen(
                "600000",
                dilution=banded_bag(),
                infusion_minutes=quarter,
                doses_per_cycle=said(14),
            ),
        ),
        "nci-720k": protocol(
            "nci-720k", regimen("720000", dilution=banded_bag(), infusion_minutes=quarter)
        ),
        "yang-2003": yang(),
    }


@pytest.fixture(scope="session")
def make_regimen() -> Callable[..., Regimen]:
    """Any regimen: `dose` per unit of `basis`, and whatever else is to differ."""
    return regimen


@pytest.fixture(scope="session")
def make_companion() -> Callable[..., Companion]:
    """Any companion drug: interferon alfa-2b, 3 million flat, where nothing else is asked for."""
    return companion


@pytest.fixture(scope="session")
def intron() -> CompanionProduct:
    """Two multidose vials, a vial of unknown content, a pen."""
    return shelf()


@pytest.fixture(scope="session")
def make_protocol() -> Callable[..., Protocol]:
    """Any protocol of the given regimens."""
    return protocol


@pytest.fixture(scope="session")
def ask(protocols: dict[str, Protocol], products: dict[str, Product]) -> Callable[..., DoseRequest]:
    """A request: a protocol or its id, then the numbers as text."""

    def asked(
        which: str | Protocol, *, product: str | Product = "proleukin-us", **given: Any
    ) -> DoseRequest:
        numbers = {"weight_kg", "height_cm", "bsa_m2", "measure_step_ml", "previous_weight_kg"}
        values = {key: Decimal(v) if key in numbers else v for key, v in given.items()}
        return DoseRequest(
            protocols[which] if isinstance(which, str) else which,
            products[product] if isinstance(product, str) else product,
            **values,
        )

    return asked


@pytest.fixture(scope="session")
def dose_cases() -> list[dict[str, Any]]:
    """The reference cases of the four protocols above, all that the file holds."""
    cases = json.loads((REFERENCE / "dose_cases.json").read_text(encoding="utf-8"))
    ours = {"npc-bolus", "proleukin-us", "nci-720k", "yang-2003"}
    return [case for case in cases if case["protocol"] in ours]


@pytest.fixture(scope="session")
def schedule_cases() -> list[dict[str, Any]]:
    """Cycles that cross clock changes, under both policies."""
    cases: list[dict[str, Any]] = json.loads(
        (REFERENCE / "schedule_cases.json").read_text(encoding="utf-8")
    )
    return cases


@pytest.fixture(scope="session")
def from_case(ask: Callable[..., DoseRequest]) -> Callable[[dict[str, Any]], DoseRequest]:
    """The request that a reference case describes by its command-line arguments."""
    renamed = {"weight": "weight_kg", "height": "height_cm", "measure_step": "measure_step_ml"}

    def asked(case: dict[str, Any]) -> DoseRequest:
        given = {renamed.get(key, key): value for key, value in case["args"].items()}
        return ask(case["protocol"], **given)

    return asked


@pytest.fixture
def made_again() -> Callable[[ModuleType], ModuleType]:
    """A module with its constants worked out anew, so that a fault in their making is seen."""

    def again(module: ModuleType) -> ModuleType:
        spec = importlib.util.spec_from_file_location(module.__name__, module.__file__)
        assert spec is not None
        assert spec.loader is not None
        copy = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(copy)
        return copy

    return again


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    """The catalogue that the program comes with."""
    return load_catalogue(resource_dir())


@pytest.fixture(scope="session")
def ask_shipped(shipped: Catalogue) -> Callable[..., DoseRequest]:
    """A request of a shipped protocol with its own product; numbers as text."""

    def asked(id_: str, **given: Any) -> DoseRequest:
        bundle = shipped.bundle_for(id_)
        assert isinstance(bundle, Bundle), bundle
        counts = {"arm", "day", "cycle", "month", "vial_rule"}
        values = {key: v if key in counts or v is None else Decimal(v) for key, v in given.items()}
        return DoseRequest(
            bundle.protocol, bundle.product, companion_products=bundle.companion_products, **values
        )

    return asked


@pytest.fixture(scope="session")
def requests(ask, make_protocol, make_regimen):
    """A strategy for requests of every basis, method, rule and step; most of them have an answer."""

    @st.composite
    def drawn(draw) -> DoseRequest:
        usual = draw(st.integers(0, 3)) > 0
        counts = st.integers(1, 4) if usual else of.COUNTS
        basis = draw(st.sampled_from(Basis))
        minutes = draw(st.sampled_from([None, "15", "30", "1440"]))
        regimen = make_regimen(
            draw(of.DOSES[basis]),
            basis=basis,
            dilution=draw(of.PLANS),
            infusion_minutes=None if minutes is None else Sourced(Decimal(minutes), of.HERE),
        )
        if draw(of.flags()):
            levels = tuple(
                Level(count, count, Sourced(Decimal(draw(of.DOSES[basis])), of.HERE))
                for count in range(1, 5)
            )
            unit = draw(st.sampled_from(["cycle", "day", "week", "month"]))
            regimen = replace(regimen, dose=None, level_by=unit, levels=levels, interval_h=None)
        one = make_protocol("any", regimen, caps=draw(of.CAPS), site=draw(of.SITES))
        surface = basis is Basis.M2 and draw(of.flags())
        asked = ask(
            one,
            product=draw(of.PRODUCTS),
            vial_rule=draw(of.USUAL_RULES if usual else of.RULES),
            cycle=draw(counts),
            day=draw(counts if usual else of.COUNTS | st.integers(5, 30)),
            month=draw(counts),
        )
        return replace(
            asked,
            measure_step_ml=draw(of.FINE_STEPS if usual else of.STEPS),
            weight_kg=None if surface else draw(of.WEIGHTS),
            height_cm=None if surface else draw(of.HEIGHTS),
            bsa_m2=draw(of.SURFACES) if surface else None,
        )

    return drawn()
