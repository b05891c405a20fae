"""The infusion bag of a regimen: its volume may be a gap, and each amount names its own source."""

from __future__ import annotations

import pytest

PLAN = (
    "dose = { value = '1', unit = 'international units', source = 'paper' }\n"
    "[regimen.days]\nvalue = [1]\nsource = 'paper'\n"
)
BAG = "[regimen.dilution]\nmethod = 'infusion-bag'\nsource = 'paper'\n"
VOLUME = "bag_ml = { value = '500', source = 'paper' }\n"
ALBUMIN = "albumin_percent = { value = '0.1', source = 'paper' }\n"
MOST = "most_ml = { value = '500', source = 'paper' }\n"
LISTED = BAG.replace("infusion-bag", "window-volume") + "listed_ml = ['50', '500']\n"
NAME = "regimen.dilution.bag_ml"


def test_volume_and_albumin_with_their_sources(small, loaded):
    plan = loaded(small(PLAN, dilution=BAG + VOLUME + ALBUMIN)).dilution
    assert (plan.bag_ml.value, plan.bag_ml.source.document) == (500, "A document")
    assert plan.albumin_percent.value * 10 == 1


@pytest.mark.parametrize("dilution", [BAG + VOLUME + MOST, LISTED + MOST])
def test_the_most_that_the_document_allows_is_allowed(small, loaded, dilution):
    most = loaded(small(PLAN, dilution=dilution)).dilution.most_ml
    assert (most.value, most.source.document) == (500, "A document")


def test_the_european_label_states_its_most_and_the_us_label_none(catalogue):
    (european,) = catalogue.bundle_for("proleukin-eu-civ").protocol.regimens
    assert european.dilution.most_ml.value == 500
    assert catalogue.product("proleukin-eu").most_ml.value == 500
    assert catalogue.product("proleukin-us").most_ml is None


def test_the_volume_of_an_infusion_may_be_a_gap(small, loaded, refused):
    gap = [(NAME, ("release", "activation"))]
    assert loaded(small(PLAN, dilution=BAG, gaps=gap)).dilution.bag_ml is None
    refused(small(PLAN, dilution=BAG), NAME, "[regimen.dilution]", "neither filled in nor listed")
    lax = [(NAME, ("activation",))]
    text = refused(small(PLAN, dilution=BAG, gaps=lax), "gaps.0.blocks", "blocks =", "must block")
    assert "release" in text


def test_a_plain_number_of_an_older_copy_has_the_source_of_its_method(small, loaded):
    plan = loaded(small(PLAN, dilution=BAG + "bag_ml = '500'\n")).dilution
    assert (plan.bag_ml.value, plan.bag_ml.source.document) == (500, "A document")


BROKEN = {
    "a volume in words": (BAG + "bag_ml = 'large'\n", NAME, "bag_ml", "large"),
    "a volume that nobody compared": (
        BAG + VOLUME.replace("paper", "recall"), NAME, "bag_ml", "cannot be computed with"),
    "albumin that nobody compared": (
        BAG + VOLUME + ALBUMIN.replace("paper", "recall"),
        "regimen.dilution.albumin_percent", "albumin_percent", "cannot be computed with"),
    "a bag where nothing is diluted": (
        BAG.replace("infusion-bag", "undiluted") + VOLUME, NAME, "bag_ml", "only for them"),
    "a fixed bag without a volume": (
        BAG.replace("infusion-bag", "fixed-bag"), NAME, "[regimen.dilution]", "only for them"),
    "a bag over what the document allows": (
        BAG + VOLUME.replace("500", "500.5") + MOST, NAME, "bag_ml", "500.5 mL is over most_ml, which is 500 mL"),
    "a listed volume over it": (
        LISTED.replace("'500'", "'1000'") + MOST, "regimen.dilution.listed_ml", "listed_ml", "1000 mL is over most_ml"),
    "a limit that nobody compared": (
        BAG + VOLUME + MOST.replace("paper", "recall"),
        "regimen.dilution.most_ml", "most_ml", "cannot be computed with"),
    "a recipe that nobody compared": (
        BAG.replace("paper", "recall") + VOLUME, "regimen.dilution.source", "source", "cannot be used"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_bag_that_is_written_wrongly(small, refused, name):
    dilution, key, on_line, said = BROKEN[name]
    others = name == "a volume in words"
    refused(small(PLAN, dilution=dilution), key, on_line, said, others=others)


def test_an_unknown_source_is_said_once(small, refused):
    path = small(PLAN, dilution=BAG + VOLUME.replace("paper", "nowhere"))
    refused(path, f"{NAME}.source", "bag_ml", "not among [sources]")
