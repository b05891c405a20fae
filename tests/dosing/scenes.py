"""Requests that bring out every sentence of the dosing core, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from il2desk.dosing.companion_product import PEN, VIAL, CompanionProduct, Presentation
from il2desk.dosing.dose_request import DoseRequest
from il2desk.dosing.findings import Evidence, Gap, Source, Sourced
from il2desk.dosing.protocol import Cap, Protocol, SiteRules, SyringeStep
from il2desk.dosing.regimen import Basis, Companion, DilutionMethod, DilutionPlan, Level

PAPER = Source("the paper", "table 1", Evidence.PAPER)
LABEL = Source("the label", "section 4", Evidence.LABEL)
BANDED = DilutionPlan(DilutionMethod.DOSE_BANDED_BAG, LABEL)
FIXED = DilutionPlan(DilutionMethod.FIXED_BAG, LABEL, bag_ml=Sourced(Decimal(20), PAPER))
OPEN = DilutionPlan(DilutionMethod.INFUSION_BAG, LABEL)
DRUG = "interferon alfa-2b"


def said(value: Any, source: Source = PAPER) -> Sourced[Any]:
    return Sourced(value, source)


def gap(field: str, name: str, *blocks: str) -> Gap:
    return Gap(field, name, "the full paper", "the site", blocks)


VIAL_10 = Presentation(
    id="vial-10",
    name="vial of 10 million",
    kind=VIAL,
    strength_per_ml=said(Decimal(10_000_000), LABEL),
    routes=said(("subcutaneous", "intramuscular"), LABEL),
    content=said(Decimal(10_000_000), LABEL),
)
BARE_VIAL = replace(VIAL_10, id="bare", name="bare vial", content=None)
PEN_3 = Presentation(
    id="pen",
    name="pen of 3 million",
    kind=PEN,
    strength_per_ml=said(Decimal(15_000_000), LABEL),
    routes=said(("subcutaneous",), LABEL),
    pen_doses=(Decimal(1_500_000), Decimal(3_000_000)),
)
SHELF = CompanionProduct(
    id="interferon",
    name="Interferon",
    drug=DRUG,
    unit="international units",
    presentations=(VIAL_10, BARE_VIAL, PEN_3),
    storage=(),
)
BESIDE = Companion(
    basis=Basis.FLAT,
    dose=said(Decimal(3_000_000)),
    level_by=None,
    levels=(),
    interval_h=None,
    days=None,
    doses_per_cycle=None,
    id="interferon",
    drug=DRUG,
    route=said("subcutaneous"),
    unit="international units",
    product=said("interferon"),
    presentation=said("vial-10"),
)
MONTHS = tuple(
    Level(first, first, None if dose is None else said(Decimal(dose)))
    for first, dose in ((1, 6_000_000), (2, 9_000_000), (3, 9_000_000), (4, 8_000_000), (5, None),
                        (6, 10_000_000))
)  # fmt: skip
SYRINGES = (
    SyringeStep("1 mL syringe", Decimal(1), Decimal("0.01")),
    SyringeStep("3 mL syringe", Decimal(3), Decimal("0.1")),
)


class Scenes:
    """Builds the requests with the makers of the fixtures."""

    def __init__(
        self,
        ask: Callable[..., DoseRequest],
        protocols: dict[str, Protocol],
        makers: tuple[Callable[..., Protocol], Callable[..., Any]],
    ) -> None:
        self.ask, self.protocols = ask, protocols
        self.protocol, self.regimen = makers

    def one(
        self, dose: str | None, changes: dict[str, Any] | None = None, **regimen: Any
    ) -> Protocol:
        return self.protocol("p", self.regimen(dose, **regimen), **(changes or {}))

    def flat(self, dose: str | None, **regimen: Any) -> Protocol:
        return self.one(dose, basis=Basis.FLAT, **regimen)

    def beside(self, site: SiteRules | None = None, **changes: Any) -> Protocol:
        companion = replace(BESIDE, **changes)
        changed = {} if site is None else {"site": site}
        return self.one("72000", changed, companions=(companion,))

    def all(self) -> dict[str, DoseRequest]:
        return {
            **self.plain(),
            **self.limits(),
            **self.bags(),
            **self.levels(),
            **self.refused(),
            **self.companions(),
        }

    def plain(self) -> dict[str, DoseRequest]:
        ask = self.ask
        surface = self.one("18000000", basis=Basis.M2)
        product = replace(ask("npc-bolus").product, beyond_use=())
        gaps = {"gaps": (gap("regimen.rest", "The rest", "activation"),)}
        return {
            "npc-bolus at 70 kg": ask("npc-bolus", weight_kg="70"),
            "npc-bolus at 33.6 kg": ask("npc-bolus", weight_kg="33.6"),
            "npc-bolus at 400 mcg": ask("npc-bolus", weight_kg="250"),
            "a label dose": ask("proleukin-us", weight_kg="70", previous_weight_kg="155"),
            "a label dose at 100 kg": ask("proleukin-us", weight_kg="100", height_cm="90"),
            "by content": ask("proleukin-us", vial_rule="content", weight_kg="110"),
            "by content, enough": ask("proleukin-us", vial_rule="content", weight_kg="36"),
            "by surface from height and weight": ask(surface, weight_kg="70", height_cm="180"),
            "by a surface that is given": ask(surface, bsa_m2="1.73"),
            "flat": ask(self.flat("9000000")),
            "step as asked": ask("npc-bolus", weight_kg="70", measure_step_ml="0.005"),
            "week 1": ask("yang-2003", arm="subcutaneous", day=5, weight_kg="70"),
            "week 2": ask("yang-2003", arm="subcutaneous", day=8, weight_kg="70"),
            "no limit of use": ask("proleukin-us", product=product, weight_kg="70"),
            "a gap beside the dose": ask(self.one("72000", gaps), weight_kg="70"),
            "a gap of a product beside": ask(
                self.one("72000"), product=replace(product, gaps=(gap("x", "X", "label"),)),
                weight_kg="70"),
            "small syringe": ask(self.one("600000", {"site": SiteRules(syringes=SYRINGES)}),
                                 weight_kg="30"),
            "large syringe": ask(self.one("600000", {"site": SiteRules(syringes=SYRINGES)}),
                                 weight_kg="30.01"),
        }  # fmt: skip

    def limits(self) -> dict[str, DoseRequest]:
        def capped(*limits: str, **more: Any) -> DoseRequest:
            caps = tuple(Cap(f"limit of {one}", Decimal(one), LABEL) for one in limits)
            return self.ask(replace(self.protocols["npc-bolus"], caps=caps), **more)

        return {
            "a cap not reached": capped("6000000", weight_kg="70"),
            "a cap just reached": capped("5040000", weight_kg="70"),
            "a cap lowers": capped("4500000", weight_kg="70"),
            "two caps": capped("4860000", "4500000", weight_kg="70"),
            "two caps, the lower first": capped("4500000", "4860000", weight_kg="70"),
            "over a cap by rounding": capped("5219999", weight_kg="71.25"),
            "an order that differs": self.ask(
                "npc-bolus", weight_kg="70", ordered_dose_iu=Decimal(5_000_000)),
            "an order that agrees": self.ask(
                "npc-bolus", weight_kg="70", ordered_dose_iu=Decimal(5_040_000)),
            "tolerance too wide": self.ask(
                self.one("72000", {"tolerance_percent": Decimal("5.01")}), weight_kg="70"),
            "tolerance tight": self.ask(
                self.one("72000", {"tolerance_percent": Decimal("0.1")}), weight_kg="70.5"),
            "too small to measure": self.ask("npc-bolus", weight_kg="2"),
            "too small for the step": self.ask("npc-bolus", weight_kg="70", measure_step_ml="0.1"),
            "no syringe large enough": self.ask(
                self.one("600000", {"site": SiteRules(syringes=SYRINGES)}), weight_kg="90.01"),
        }  # fmt: skip

    def bags(self) -> dict[str, DoseRequest]:
        def drawn(plan: DilutionPlan, dose: str = "600000", **more: Any) -> DoseRequest:
            product = more.pop("product", "proleukin-us")
            return self.ask(self.one(dose, dilution=plan, **more), product=product, weight_kg="70")

        product = self.ask("npc-bolus").product
        day = {"infusion_minutes": said(Decimal(1440))}
        full = replace(FIXED, method=DilutionMethod.INFUSION_BAG, bag_ml=said(Decimal(500)),
                       albumin_percent=said(Decimal("0.1"), LABEL))  # fmt: skip
        one_band = replace(product, bag_bands=product.bag_bands[:1])
        listed = DilutionPlan(DilutionMethod.WINDOW_VOLUME, PAPER, listed_ml=(Decimal(50),))
        close = DilutionPlan(
            DilutionMethod.WINDOW_VOLUME, PAPER, listed_ml=(Decimal(5), Decimal(10))
        )
        return {
            "below the window": drawn(BANDED, "72000"),
            "above the window": drawn(FIXED),
            "made up to": drawn(replace(FIXED, bag_ml=said(Decimal(50)), added_to=False)),
            "own diluent": drawn(replace(FIXED, bag_ml=said(Decimal(50)), diluent=said("saline"))),
            "infusion without a volume": drawn(OPEN, **day),
            "infusion without volume and duration": drawn(OPEN),
            "infusion with albumin": drawn(full, **day),
            "albumin without a volume": drawn(replace(full, bag_ml=None)),
            "no bag is named": drawn(replace(FIXED, bag_ml=None)),
            "the bag is too small": drawn(
                replace(FIXED, bag_ml=said(Decimal("2.32")), added_to=False)),
            "the bag is just filled": drawn(
                replace(FIXED, bag_ml=said(Decimal("2.33")), added_to=False)),
            "no band for the dose": drawn(BANDED, product=one_band),
            "a listed volume where the bag would do": drawn(listed),
            "no labelled bag to speak of": drawn(listed, product=one_band),
            "the labelled bag would be too strong": drawn(
                close, "72000",
                product=replace(product, bag_bands=(
                    replace(product.bag_bands[0], bag_ml=Decimal("0.5")),))),
        }  # fmt: skip

    def levels(self) -> dict[str, DoseRequest]:
        def by(unit: str, levels: tuple[Level, ...], *gaps: Gap, **counts: int) -> DoseRequest:
            plan = self.one(None, {"gaps": gaps}, basis=Basis.FLAT, level_by=unit, levels=levels,
                            interval_h=None)  # fmt: skip
            return self.ask(plan, **counts)

        missing = gap("regimen.levels.5.dose", "The dose of month 5", "dose")
        other = gap("regimen.levels.50.dose", "The dose of month 50", "dose")
        between = Level(1, 1, None, between=said((Decimal(6_000_000), Decimal(9_000_000))))
        chosen = [
            replace(between, dose=said(Decimal(dose)))
            for dose in (5_999_999, 6_000_000, 9_000_000, 9_000_001)
        ]
        twice = (replace(MONTHS[0], last=2), MONTHS[1])
        by_kg = self.one(None, basis=Basis.KG, level_by="month", levels=MONTHS, interval_h=None)
        listed = (
            Level(1, 3, said(Decimal(9_000_000)), days=(1, 3)),
            Level(2, 2, said(Decimal(6_000_000))),
        )
        return {
            **{f"month {month}": by("month", MONTHS, month=month) for month in range(1, 8)},
            "month 2 per kg": self.ask(by_kg, month=2, weight_kg="0.7".replace("0.7", "2")),
            "the first of later months": by("month", MONTHS[1:], month=2),
            "month 5 with its gap": by("month", MONTHS, missing, other, month=5),
            "a month is asked for": by("month", MONTHS),
            "a day is asked for": by("week", MONTHS),
            "two levels": by("cycle", twice, cycle=2),
            "levels by day": by("day", MONTHS, day=2),
            "levels on listed days": by("day", listed, day=3),
            "a range is open": by("month", (between,), month=1),
            "a range is open, with its gap": by(
                "month", (between,), gap("regimen.levels.1.dose", "Month 1", "dose"), month=1),
            **{f"chosen {at}": by("month", (level,), month=1) for at, level in enumerate(chosen)},
            "levels by nothing": by("", MONTHS, month=1),
            "both a dose and levels": self.ask(
                self.flat("9000000", level_by="month", levels=MONTHS), month=1),
            "neither dose nor levels": self.ask(self.flat(None)),
        }  # fmt: skip

    def refused(self) -> dict[str, DoseRequest]:
        ask = self.ask
        surface = self.one("18000000", basis=Basis.M2)
        gapped = replace(ask("npc-bolus").product, gaps=(gap("strength", "The strength", "dose"),))
        weight = {"weight_kg": "70"}
        return {
            "no arm": ask("yang-2003", **weight),
            "another arm": ask("yang-2003", arm="other", **weight),
            "an arm where there is none": ask("npc-bolus", arm="high", **weight),
            "no weight": ask("npc-bolus"),
            "weight out of range": ask("npc-bolus", weight_kg="1.99"),
            "weight too fine": ask("npc-bolus", weight_kg="70.555"),
            "height out of range": ask(surface, weight_kg="70", height_cm="39.9"),
            "height too fine": ask(surface, weight_kg="70", height_cm="180.55"),
            "surface out of range": ask(surface, bsa_m2="4.39"),
            "last weight out of range": ask("npc-bolus", previous_weight_kg="1", **weight),
            "order out of range": ask("npc-bolus", ordered_dose_iu=Decimal(0), **weight),
            "order too fine": ask("npc-bolus", ordered_dose_iu=Decimal("1.001"), **weight),
            "surface and weight": ask(surface, bsa_m2="1.73", weight_kg="70"),
            "surface and height": ask(surface, bsa_m2="1.73", height_cm="170"),
            "no surface": ask(surface, height_cm="170"),
            "surface where it does not count": ask("npc-bolus", bsa_m2="1.73", **weight),
            "step of nothing": ask("npc-bolus", measure_step_ml="0", **weight),
            "step of more than 1 mL": ask("npc-bolus", measure_step_ml="1.000001", **weight),
            "step too fine": ask("npc-bolus", measure_step_ml="0.0000011", **weight),
            "another vial rule": ask("npc-bolus", vial_rule="by eye", **weight),
            "cycle 0": ask("npc-bolus", cycle=0, **weight),
            "month 0": ask("npc-bolus", month=0, **weight),
            "day 0": ask("npc-bolus", day=0, **weight),
            "day 6": ask("npc-bolus", day=6, **weight),
            "day 7": ask("npc-bolus", day=7, **weight),
            "a day off": ask("yang-2003", arm="subcutaneous", day=6, **weight),
            "gap of the product": ask("npc-bolus", product=gapped, **weight),
            "gap of the protocol": ask(
                self.one("72000", {"gaps": (gap("regimen.dose", "The dose", "dose"),)}), **weight),
            "days of any length": ask(
                self.one("72000", interval_h=None, doses_per_cycle=None), day=99, **weight),
        }  # fmt: skip

    def companions(self) -> dict[str, DoseRequest]:
        def asked(plan: Protocol, **more: Any) -> DoseRequest:
            body = {"weight_kg": "70"} | more
            request = self.ask(plan, **{key: v for key, v in body.items() if v is not None})
            return replace(request, companion_products=(replace(SHELF, id="else"), SHELF))

        beside = self.beside
        by_surface = {"basis": Basis.M2, "dose": said(Decimal(3_000_000))}
        small = SiteRules(syringes=(SyringeStep("0.1 mL", Decimal("0.1"), Decimal("0.01")),))
        rows = SiteRules(syringes=SYRINGES)
        own = gap("regimen.companions.interferon.levels.5.dose", "Month 5 of interferon", "dose")
        other = gap("regimen.companions.other.levels.5.dose", "Month 5 of another", "dose")
        levels = {"dose": None, "level_by": "month", "levels": MONTHS}
        monthly = beside(**levels)
        kept = self.one("9000000", basis=Basis.M2, companions=(replace(BESIDE, **by_surface),))
        alone = replace(BESIDE, days=said((1, 6)))
        days = self.one("72000", interval_h=None, doses_per_cycle=None, days=said((1, 2)),
                        companions=(alone, replace(alone, id="two", drug="another drug")))  # fmt: skip
        mg = replace(
            VIAL_10, strength_per_ml=said(Decimal(1), LABEL), content=said(Decimal(1), LABEL)
        )
        in_mg = replace(
            asked(beside(unit="mg", dose=said(Decimal("0.5")))),
            companion_products=(replace(SHELF, presentations=(mg,), unit="mg"),),
        )
        return {
            "beside, from a vial": asked(beside()),
            "beside, from a bare vial": asked(beside(presentation=said("bare"))),
            "beside, from a pen": asked(beside(presentation=said("pen"))),
            "beside, no dose of the pen": asked(
                beside(presentation=said("pen"), dose=said(Decimal(2_000_000)))),
            "beside, no presentation": asked(beside(presentation=None)),
            "beside, no product": asked(beside(product=None)),
            "beside, no route": asked(beside(route=None)),
            "beside, nothing named": asked(beside(product=None, presentation=None, route=None)),
            "beside, another product": asked(beside(product=said("unheard"))),
            "beside, unknown presentation": asked(beside(presentation=said("ampoule"))),
            "beside, wrong route": asked(beside(route=said("intravenous"))),
            "beside, per kg": asked(beside(basis=Basis.KG, dose=said(Decimal(50_000)))),
            "beside, per kg without one": asked(
                self.flat("9000000", companions=(replace(BESIDE, basis=Basis.KG),)),
                weight_kg=None),
            "beside, per m2": asked(beside(**by_surface), height_cm="180"),
            "beside, per m2 without it": asked(beside(**by_surface)),
            "beside, per m2 as given": asked(kept, weight_kg=None, bsa_m2="1.73"),
            "beside, too small": asked(beside(dose=said(Decimal(40_000)))),
            "beside, rounded": asked(beside(dose=said(Decimal(3_030_000)))),
            "beside, rounded down by a syringe": asked(beside(rows, dose=said(Decimal(12_300_000)))),
            "beside, no syringe": asked(
                beside(small, presentation=said("vial-10"), dose=said(Decimal(3_000_000))),
                weight_kg="20"),
            "beside, in mg": in_mg,
            **{f"beside, month {month}": asked(monthly, month=month) for month in range(1, 8)},
            "beside, month 5 with its gap": asked(
                replace(monthly, gaps=(own, other)), month=5),
            "beside, a month is asked for": asked(monthly),
            "beside, no dose": asked(beside(dose=None)),
            "beside, two doses": asked(beside(levels=MONTHS, level_by="month"), month=1),
            "beside, day 1": asked(days, day=1),
            "beside, day 2": asked(days, day=2),
            "beside, day 6 alone": asked(days, day=6),
            "beside, any day": asked(days),
            "beside, too late": asked(
                beside(interval_h=said(Decimal(24)), doses_per_cycle=said(2)), day=4),
        }  # fmt: skip
