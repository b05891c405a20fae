"""Every shipped file loads, and its numbers are those of the documents."""

from __future__ import annotations

import tomllib
from decimal import Decimal

import pytest

from il2desk.dosing import Basis, DilutionMethod, Evidence, Refusal
from il2desk.protocols import Problems, check_file

FOLDERS = (
    "protocols",
    "products",
    "companions",
    "definitions",
    "interactions",
    "rulesets",
    "premedication",
    "practice",
)
MILLION = Decimal(1_000_000)


def test_every_shipped_file_loads_without_a_problem_or_a_doubt(catalogue, resources):
    files = [path for folder in FOLDERS for path in sorted((resources / folder).glob("*.toml"))]
    assert len(files) == 37
    for path in files:
        check = check_file(path, catalogue)
        assert check.problems == ()
        assert check.doubts == ()


def test_the_catalogue_holds_what_is_shipped(catalogue):
    shipped = (
        "atzpodien", "calgb-19808", "ceplene-il2", "cgvhd-low-dose", "dinutuximab-beta-il2",
        "lifileucel-il2", "mirocals", "nagler-il2-ifn", "nci-720k", "nieken-sc", "npc-bolus",
        "post-transplant-civ", "proleukin-eu-civ", "proleukin-eu-sc", "proleukin-us",
        "sct-maintenance", "sle-low-dose", "yang-2003",
    )  # fmt: skip
    assert catalogue.ids() == shipped
    assert tuple(protocol.id for protocol in catalogue.protocols()) == shipped
    sets = ("jitc-2014", "springerplus-2015", "til-2024", "us-label-2023", "us-label-older")
    assert tuple(rules.id for rules in catalogue.rule_sets()) == sets
    assert all(protocol.status == "specimen" for protocol in catalogue.protocols())


def test_the_number_of_files_is_that_of_those_that_are_read(catalogue, resources):
    """What a bar of progress counts up to, and what stands in the folders."""
    read = list(catalogue.load())
    assert catalogue.file_count() == len(read) == len(set(read))
    assert all((resources / name).is_file() for name in read)


def test_an_unknown_id_is_refused_and_names_those_there_are(catalogue):
    refusal = catalogue.protocol("npc-blous")
    assert isinstance(refusal, Refusal)
    assert "npc-bolus" in refusal.text
    assert isinstance(catalogue.product("x"), Refusal)
    assert isinstance(catalogue.rule_set("x"), Refusal)
    assert isinstance(catalogue.premedication_set("x"), Refusal)
    assert isinstance(catalogue.bundle_for("npc-blous"), Problems)


@pytest.mark.parametrize(
    ("id_", "arm", "per_kg", "count"),
    [
        ("npc-bolus", None, 72_000, 15),
        ("proleukin-us", None, 600_000, 14),
        ("nci-720k", None, 720_000, 15),
        ("yang-2003", "high", 720_000, 15),
        ("yang-2003", "low", 72_000, 15),
    ],
)
def test_doses_round_the_clock(catalogue, id_, arm, per_kg, count):
    regimen = next(one for one in catalogue.protocol(id_).regimens if one.arm == arm)
    assert regimen.dose.value == per_kg
    assert regimen.basis is Basis.KG
    assert regimen.interval_h.value == 8
    assert regimen.doses_per_cycle.value == count


def test_subcutaneous_levels_and_days(catalogue):
    arm = catalogue.protocol("yang-2003").regimens[2]
    found = [(level.first, level.last, level.dose.value) for level in arm.levels]
    assert found == [(1, 1, 250_000), (2, 6, 125_000)]
    assert arm.level_by == "week"
    assert arm.days.value == tuple(7 * week + day for week in range(6) for day in range(1, 6))
    assert arm.days.source.evidence is Evidence.READING
    assert arm.dilution.method is DilutionMethod.UNDILUTED


def test_dilution_and_infusion(catalogue):
    npc = catalogue.protocol("npc-bolus").regimens[0]
    assert npc.dilution.method is DilutionMethod.WINDOW_VOLUME
    assert npc.dilution.listed_ml == (5, 10, 15, 20, 25, 50, 100, 250, 500)
    assert npc.dilution.source.evidence is Evidence.PROPOSAL
    assert npc.infusion_minutes is None
    label = catalogue.protocol("proleukin-us").regimens[0]
    assert label.dilution.method is DilutionMethod.DOSE_BANDED_BAG
    assert label.infusion_minutes.value == 15


@pytest.mark.parametrize(("id_", "withdrawable"), [("proleukin-us", "1.2"), ("proleukin-eu", "1")])
def test_products(catalogue, id_, withdrawable):
    product = catalogue.product(id_)
    assert product.content_iu.value == 22 * MILLION
    assert product.strength_iu_per_ml.value == 18 * MILLION
    assert product.strength_mg_per_ml.value == Decimal("1.1")
    assert product.reconstitution_ml.value == Decimal("1.2")
    assert product.withdrawable_ml.value == Decimal(withdrawable)
    assert product.window_mcg_per_ml.value == (30, 70)
    bands = [(band.up_to_iu, band.bag_ml) for band in product.bag_bands]
    assert bands == [(Decimal("25.4") * MILLION, 25), (60 * MILLION, 50), (None, 100)]


def test_course_rest_tolerance_and_plausible_weights(catalogue):
    label = catalogue.protocol("proleukin-us")
    assert (label.course_cycles.value, label.rest_days.value) == (2, 9)
    npc = catalogue.protocol("npc-bolus")
    assert (npc.course_cycles.value, npc.rest_days.value) == (2, 7)
    for protocol in catalogue.protocols():
        assert protocol.tolerance_percent == 5
        children = protocol.id == "dinutuximab-beta-il2"
        assert protocol.weight_range == ((2, 300) if children else (30, 250))
        assert protocol.caps == ()


def test_premedication(catalogue):
    items = {item.id: item for item in catalogue.premedication_set("high-dose-consensus").items}
    assert (items["acetaminophen"].dose, items["acetaminophen"].interval_h) == (650, (4, 4))
    assert items["acetaminophen"].daily_max == 3900
    assert (items["indomethacin"].dose, items["indomethacin"].interval_h) == (25, (6, 8))
    assert items["ondansetron"].dose_per_kg == Decimal("0.15")
    assert (items["meperidine"].dose, items["meperidine"].given_if) == (25, "rigors")
    assert not items["meperidine"].mandatory
    stops = [block.condition for block in items["indomethacin"].blocked_if if block.condition]
    assert [(stop.code, stop.bounds.above, stop.bounds.below) for stop in stops] == [
        ("creatinine", 2, None),
        ("platelets", None, 50_000),
    ]
    npc = catalogue.premedication_set("npc-2001")
    assert [(item.dose, item.mandatory) for item in npc.items] == [(None, True), (None, True)]
    assert {gap.field for gap in npc.gaps} == {"items.antibiotic.dose", "items.antipyretic.dose"}


def test_every_value_names_a_source_with_document_place_and_mark(resources):
    marks = {mark.value for mark in Evidence}
    checked = 0
    for folder in FOLDERS:
        for path in (resources / folder).glob("*.toml"):
            data = tomllib.loads(path.read_text(encoding="utf-8"))
            for source in data["sources"].values():
                assert source["document"]
                assert source["place"]
                assert source["evidence"] in marks
            for where, table in _valued(data, path.name):
                assert table.get("source") in data["sources"], where
                checked += 1
    assert checked > 250


def _valued(node, where):
    """Every table that holds a value, a condition's row, a bag, a step or an hour."""
    keys = ("value", "when", "bag_ml", "up_to_ml", "hours", "method", "from")
    if isinstance(node, dict):
        condition = "code" in node or "grade" in node
        if not condition and any(key in node for key in keys):
            yield where, node
        for key, child in node.items():
            yield from _valued(child, f"{where}.{key}")
    elif isinstance(node, list):
        for number, child in enumerate(node):
            yield from _valued(child, f"{where}.{number}")


def test_no_shipped_file_says_iu_or_a_machine_path(resources):
    for folder in FOLDERS:
        for path in (resources / folder).glob("*.toml"):
            text = path.read_text(encoding="utf-8")
            for word in (" IU", "MIU", " MU", "µg", "ug/", "http", "/work"):
                assert word not in text, (path.name, word)
