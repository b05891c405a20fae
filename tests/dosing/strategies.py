"""What the properties of the dosing core draw from: weights, plans, protocols, and nonsense."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st

from il2desk.dosing.findings import Evidence, Source, Sourced
from il2desk.dosing.protocol import Cap, SiteRules, SyringeStep
from il2desk.dosing.regimen import Basis, DilutionMethod, DilutionPlan


def share(part: int) -> settings:
    """A property that costs much: a share of the examples that the profile asks for."""
    return settings(max_examples=settings().max_examples // part)


def times(count: int) -> settings:
    """A property whose faults are rare: so many times the examples that the profile asks for."""
    return settings(max_examples=settings().max_examples * count)


HERE = Source("a test", "", Evidence.HAND)


def marks(least: str, most: str, per_unit: int) -> st.SearchStrategy[Decimal]:
    """Decimals from least to most, ends included, by one mark."""
    low, high = int(Decimal(least) * per_unit), int(Decimal(most) * per_unit)
    return st.integers(low, high).map(lambda count: Decimal(count) / per_unit)


def flags() -> st.SearchStrategy[bool]:
    return st.booleans()


WEIGHTS = marks("2", "300", 100)
HEIGHTS = marks("40", "230", 10)
SURFACES = marks("0.15", "4.38", 100)
STEPS = st.sampled_from([None, *map(Decimal, ("0.001", "0.01", "0.02", "0.03", "0.05", "0.1"))])
FINE_STEPS = st.sampled_from([None, *map(Decimal, ("0.001", "0.01"))])
RULES = st.sampled_from([None, "withdrawable", "content", "other"])
USUAL_RULES = st.sampled_from([None, "withdrawable", "content"])
COUNTS = st.sampled_from([1, 2, 3, 4, 1, 2, 3, 4, None, 0, 5, 6])
PRODUCTS = st.sampled_from(["proleukin-us", "proleukin-eu"])
# Doses per kg, per m2 and flat, from the lowest to the highest of the protocol library and between.
DOSES = {
    Basis.KG: st.sampled_from(["16400", "72000", "125000", "250000", "600000", "720000"]),
    Basis.M2: st.sampled_from(["1000000", "1600000", "6000000", "9000000", "18000000"]),
    Basis.FLAT: st.integers(500_000, 80_000_000).map(str),
}
LISTED = tuple(map(Decimal, (5, 10, 15, 20, 25, 50, 100, 250, 500)))
PLANS = st.one_of(
    st.builds(
        DilutionPlan,
        st.sampled_from([DilutionMethod.UNDILUTED, DilutionMethod.DOSE_BANDED_BAG]),
        st.just(HERE),
    ),
    st.just(DilutionPlan(DilutionMethod.WINDOW_VOLUME, HERE, listed_ml=LISTED)),
    st.builds(
        DilutionPlan,
        st.sampled_from([DilutionMethod.FIXED_BAG, DilutionMethod.INFUSION_BAG]),
        st.just(HERE),
        diluent=st.none(),
        bag_ml=st.sampled_from(["2.5", "50", "100", "250", "500"]).map(
            lambda ml: Sourced(Decimal(ml), HERE)
        ),
        added_to=flags(),
        most_ml=st.sampled_from([None, Sourced(Decimal(100), HERE)]),
    ),
)
SYRINGES = (
    SyringeStep("1 mL", Decimal(1), Decimal("0.01")),
    SyringeStep("3 mL", Decimal(3), Decimal("0.1")),
    SyringeStep("5 mL", Decimal(5), Decimal("0.2")),
)
SITES = st.builds(
    SiteRules,
    syringes=st.sampled_from([(), SYRINGES]),
    vial_rule=st.sampled_from([None, "content"]),
)
CAP = st.integers(2_000_000, 60_000_000).map(lambda iu: Cap("cap", Decimal(iu), HERE))
CAPS = st.lists(CAP, max_size=2).map(tuple)
SOME_CAPS = st.lists(CAP, min_size=1, max_size=3).map(tuple)

# Any Decimal there is: not a number, without end, of any size, below zero, with many digits.
ANY_DECIMAL = st.one_of(
    st.decimals(),
    st.sampled_from(["NaN", "-NaN", "sNaN", "Infinity", "-Infinity", "0", "-0", "1E+999999",
                     "1E-999999", "-1E+400", "9" * 90, "0." + "1" * 60, "70." + "0" * 30 + "1", "70", "1.80", "300"]).map(
        Decimal),
    st.integers(-(10**40), 10**40).map(Decimal),
)  # fmt: skip
ANY_COUNT = st.one_of(st.none(), st.integers(), st.integers(-3, 60))
ANY_TEXT = st.one_of(st.none(), st.text(max_size=12))
