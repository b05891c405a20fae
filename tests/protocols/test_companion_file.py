"""A companion drug in a protocol file, and its product: each by itself, then held together."""

from __future__ import annotations

import pytest

from il2desk.protocols import Problems, activation_blockers

DOSE = "dose = { value = '1000000', unit = 'international units per m2', source = 'paper' }\n"
DAYS = "[regimen.days]\nvalue = [1, 2]\nsource = 'paper'\n"
NAME = "regimen.companions.ifn"
HEAD = f"\n[{NAME}]\ndrug = 'interferon alfa-2b'\n"
ROUTE = "route = { value = 'subcutaneous', source = 'paper' }\n"
IFN = "dose = { value = '3000000', unit = 'international units', source = 'paper' }\n"
SHELF = "product = { value = 'interferon-alfa-2b', source = 'paper' }\n"
VIAL = "presentation = { value = 'solution-25', source = 'paper' }\n"
THEIR_DAYS = f"[{NAME}.days]\nvalue = [1, 3]\nsource = 'paper'\n"
WHOLE = HEAD + ROUTE + IFN + SHELF + VIAL + THEIR_DAYS


@pytest.fixture
def beside(small):
    """A small protocol with one companion drug."""

    def write(companion=WHOLE, *, without="", **more):
        assert without in companion
        return small(DOSE + DAYS, companion.replace(without, "", 1), **more)

    return write


def test_everything_about_a_companion(beside, loaded):
    timing = "timing = { value = 'in the evening', source = 'paper' }\n"
    (found,) = loaded(beside(HEAD + ROUTE + IFN + SHELF + VIAL + timing + THEIR_DAYS)).companions
    assert (found.id, found.drug, found.unit) == (
        "ifn",
        "interferon alfa-2b",
        "international units",
    )
    assert (found.dose.value, found.days.value) == (3_000_000, (1, 3))
    assert (found.route.value, found.timing.value) == ("subcutaneous", "in the evening")
    assert (found.product.value, found.presentation.value) == ("interferon-alfa-2b", "solution-25")


@pytest.mark.parametrize(("lacking", "field"), [
    (ROUTE, "route"), (SHELF, "product"), (VIAL, "presentation"), (IFN, "dose"),
    (THEIR_DAYS, "days")])  # fmt: skip
def test_what_is_left_out_stands_among_the_gaps(beside, refused, catalogue, lacking, field):
    path = beside(without=lacking)
    refused(path, f"{NAME}.{field}", f"[{NAME}]", "neither filled in nor", others=field == "dose")
    gaps = [(f"{NAME}.{field}", ("dose", "schedule", "activation"))]
    if field == "dose":
        gaps.append((f"{NAME}.basis", ("dose", "activation")))
    bundle = catalogue.bundle_for(beside(without=lacking, gaps=gaps))
    assert f"{NAME}.{field}" in {gap.field for gap in bundle.protocol.gaps}
    assert getattr(bundle.protocol.regimens[0].companions[0], field) is None


@pytest.mark.parametrize("field", ["product", "presentation"])
def test_a_shelf_that_nobody_compared_is_a_gap(beside, catalogue, field):
    line = {"product": SHELF, "presentation": VIAL}[field]
    path = beside(WHOLE.replace(line, line.replace("'paper'", "'recall'")))
    protocol = catalogue.bundle_for(path).protocol
    assert getattr(protocol.regimens[0].companions[0], field) is None
    assert f"{NAME}.{field}" in {gap.field for gap in protocol.gap_blocking("activation")}


def test_a_companion_in_milligrams_by_level(beside, loaded):
    levels = (
        f"level_by = 'month'\n[[{NAME}.levels]]\nfirst = 1\nlast = 2\n"
        "dose = { value = '0.5', unit = 'mg', source = 'paper' }\n"
    )
    text = HEAD + ROUTE + "product = { value = 'histamine-dihydrochloride', source = 'paper' }\n"
    text = text.replace("interferon alfa-2b", "histamine dihydrochloride")
    text += VIAL.replace("solution-25", "vial") + levels + THEIR_DAYS
    (found,) = loaded(beside(text)).companions
    assert (found.unit, found.level_by, found.levels[0].dose.value) == ("mg", "month", 1 / 2)


BROKEN = {
    "a route that is none": (
        WHOLE.replace("'subcutaneous'", "'nasal'"), f"{NAME}.route", "route =", "no route"),
    "a unit that is none": (
        WHOLE.replace("'international units'", "'tablets'"),
        f"{NAME}.dose.unit", "dose =", "no unit of a dose"),
    "no drug": (WHOLE.replace("drug = 'interferon alfa-2b'\n", ""), f"{NAME}.drug", f"[{NAME}]", "missing"),
    "an unknown key": (WHOLE.replace(ROUTE, ROUTE + "colour = 'red'\n"), f"{NAME}.colour", "colour", "unknown"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_companion_that_is_written_wrongly(beside, refused, name):
    text, key, on_line, said = BROKEN[name]
    refused(beside(text), key, on_line, said)


# The product is of another drug, in another unit, or does not have what is named.
UNLIKE = {
    "another drug": (
        WHOLE.replace("'interferon alfa-2b'", "'interferon alfa-2a'"),
        "interferon-alfa-2b is interferon alfa-2b, and this row is interferon alfa-2a"),
    "another unit": (
        WHOLE.replace("'international units'", "'mg'"),
        "interferon-alfa-2b is dosed in international units, this row in mg"),
    "an unknown presentation": (
        WHOLE.replace("'solution-25'", "'solution-99'"),
        "interferon-alfa-2b has no presentation solution-99. It has: powder-10, powder-18"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNLIKE)
def test_a_product_that_does_not_belong_to_the_companion(beside, refused, name):
    text, said = UNLIKE[name]
    refused(beside(text), NAME, f"[{NAME}]", said)


def test_an_unknown_product(beside, catalogue):
    problems = catalogue.bundle_for(beside(WHOLE.replace("'interferon-alfa-2b'", "'ifn'")))
    assert isinstance(problems, Problems)
    assert 'no companion product "ifn"' in problems.sentences[0]


def test_the_dose_may_be_open_while_the_product_is_named(beside, catalogue):
    """Without a dose there is no unit to compare."""
    gaps = [(f"{NAME}.dose", ("dose", "activation")), (f"{NAME}.basis", ("dose", "activation"))]
    text = WHOLE.replace("'interferon-alfa-2b'", "'histamine-dihydrochloride'")
    text = text.replace("'interferon alfa-2b'", "'histamine dihydrochloride'")
    text = text.replace("'solution-25'", "'vial'")
    bundle = catalogue.bundle_for(beside(text, without=IFN, gaps=gaps))
    assert bundle.companion_products[0].id == "histamine-dihydrochloride"


def test_a_product_named_twice_is_one_part(beside, catalogue):
    second = WHOLE.replace(NAME, "regimen.companions.second")
    bundle = catalogue.bundle_for(beside(WHOLE + second))
    assert [one.id for one in bundle.companion_products] == ["interferon-alfa-2b"]
    assert "companions/interferon-alfa-2b" in bundle.parts


PEN = VIAL.replace("solution-25", "pen-15")
THREE_AND_A_HALF = IFN.replace("3000000", "3500000")


@pytest.mark.parametrize(("dose", "doubts"), [
    # The pen gives 1.5, 3 and 4.5 million (facts A.9).
    (IFN, []),
    (THREE_AND_A_HALF, [(f"{NAME}.dose", "3.5 million international units is no dose of")]),
    (IFN.replace("units'", "units per m2'"), [(f"{NAME}.presentation", "Its dose goes by m2")])])  # fmt: skip
def test_a_dose_that_the_pen_cannot_give_is_pointed_out(beside, catalogue, dose, doubts):
    bundle = catalogue.bundle_for(beside(HEAD + ROUTE + dose + SHELF + PEN + THEIR_DAYS))
    found = [(one.key, one.text.replace("\u00a0", " ")) for one in bundle.doubts]
    assert [key for key, _ in found] == [key for key, _ in doubts]
    for (_, text), (_, start) in zip(found, doubts, strict=True):
        assert text.startswith(start)
        assert "Name a vial" in text
    blockers = [one for one in activation_blockers(bundle) if one.startswith(f"{NAME}.")]
    assert len(blockers) == len(doubts)


def test_a_vial_takes_any_dose(beside, catalogue):
    path = beside(HEAD + ROUTE + THREE_AND_A_HALF + SHELF + VIAL + THEIR_DAYS)
    assert catalogue.bundle_for(path).doubts == ()
