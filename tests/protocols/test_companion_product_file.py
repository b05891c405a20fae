"""The product file of a companion drug: strengths, routes and pens, each problem by line and key."""

from __future__ import annotations

import pytest

from il2desk.protocols.file_kinds import parse_companion_product

FILE = "companions/interferon-alfa-2b.toml"
FIRST = "presentations.powder-10"


def test_the_shipped_strengths(catalogue, resources):
    """Clinical facts A.9, in million per mL; content in million."""
    text = (resources / FILE).read_text(encoding="utf-8")
    parsed = parse_companion_product("x", text)
    assert parsed.problems == ()
    million = 1_000_000
    found = {
        one.id: (
            one.kind, one.strength_per_ml.value / million,
            one.content and one.content.value / million, set(one.routes.value),
            tuple(dose / million for dose in one.pen_doses),
        )
        for one in parsed.value.presentations
    }  # fmt: skip
    sc, im, iv = "subcutaneous", "intramuscular", "intravenous"
    half = 1_500_000 / million
    assert found == {
        "powder-10": ("vial", 10, 10, {sc, im}, ()),
        "powder-18": ("vial", 18, 18, {sc, im, iv}, ()),
        "powder-50": ("vial", 50, 50, {sc, im, iv}, ()),
        "solution-18": ("vial", 6, 18, {sc, im}, ()),
        "solution-25": ("vial", 10, 25, {sc, im}, ()),
        "eu-vial-10": ("vial", 10, None, {sc}, ()),
        "eu-multidose-25": ("vial", 10, 25, {sc}, ()),
        "pen-15": ("pen", 15, None, {sc}, (half, 3, 3 * half)),
        "pen-25": ("pen", 25, None, {sc}, (half + 1, 5)),
        "pen-50": ("pen", 50, None, {sc}, (5, 10)),
    }
    assert parsed.value.presentation("pen-15").name == "pen of 15 million per mL"
    assert parsed.value.presentation("pen-16") is None
    histamine = (resources / "companions/histamine-dihydrochloride.toml").read_text("utf-8")
    (vial,) = parse_companion_product("x", histamine).value.presentations
    assert (vial.strength_per_ml.value, vial.content.value) == (1, half - 1)
    assert parse_companion_product("x", histamine).value.storage == ()


STRENGTH = 'strength_per_ml = { value = "10000000", source = "us-label" }'
ROUTES = 'routes = { value = ["subcutaneous", "intramuscular"], source = "us-label-copies" }'
GAP = """[[gaps]]
field = "unit"
name = "n"
fill_from = "f"
filled_by = "b"
blocks = ["dose"]

"""
BROKEN = {
    "a pen without doses": ('kind = "vial"', 'kind = "pen"', f"{FIRST}.pen_doses", f"[{FIRST}]", "missing"),
    "a vial with doses": (
        'kind = "vial"', 'kind = "vial"\npen_doses = ["1"]', f"{FIRST}.pen_doses", "pen_doses", "only a pen"),
    "another kind": ('kind = "vial"', 'kind = "ampoule"', f"{FIRST}.kind", "ampoule", "not known here"),
    "no strength": (STRENGTH, "", f"{FIRST}.strength_per_ml", f"[{FIRST}]", "missing"),
    "no routes": (ROUTES, "", f"{FIRST}.routes", f"[{FIRST}]", "missing"),
    "a route that is none": (
        '["subcutaneous", "intramuscular"]', '["nasal"]', f"{FIRST}.routes.value", "routes =", "no route"),
    "an unknown key": ('kind = "vial"', 'kind = "vial"\nsize = "1"', f"{FIRST}.size", "size", "unknown"),
    "a unit that is none": (
        'unit = "international units"', 'unit = "tablets"', "unit", "unit =", "not known here"),
    "a gap": (
        "[sources.us-label]", GAP + "[sources.us-label]", "gaps.0.field", 'field = "unit"', "no field that may be a gap"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_product_that_is_written_wrongly(site_copy, refused, name):
    old, new, key, on_line, said = BROKEN[name]
    refused(site_copy(FILE, (old, new)), key, on_line, said)


def test_a_value_that_nobody_compared_is_refused(site_copy, refused):
    path = site_copy(
        FILE, ('evidence = "label"', 'evidence = "unconfirmed"'), (ROUTES, ROUTES.replace("-copies", ""))
    )  # fmt: skip
    refused(path, f"{FIRST}.strength_per_ml", "strength_per_ml", "no volume can be", others=True)


def test_a_product_without_presentations(site_copy, refused):
    text = site_copy(FILE).read_text(encoding="utf-8")
    begin, end = text.index("[presentations.powder-10]"), text.index("[sources.us-label]")
    path = site_copy(FILE, (text[begin:end], ""))
    refused(path, "presentations", "", "Write at least one")
