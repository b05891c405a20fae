"""Labels: of what two people released and may still be given, in true size, refused for all else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp

from il2desk.desk import Lot
from il2desk.desk.papers import SheetRequest, prepare_sheet, sheets_of_cycle

ANSWERED = ("weight-jump", "sets-the-dose", "body-mass-index", "tenfold", "pounds")
KINDS = ("label-large", "label-small")
GTIN = "07613326000019"


def label(ward, kind="label-large", number=1, paper="A4"):
    return prepare_sheet(ward.desk, SheetRequest(kind, ward.subject, ward.cycle, number), paper)


def words(sheet) -> list[str]:
    return [text.words.replace("\u00a0", " ") for text in sheet.composed.model.texts()]


def codes_on(pdf: bytes) -> dict[str, str]:
    """What an independent reader finds on the printed page: text by content type."""
    picture = pypdfium2.PdfDocument(BytesIO(pdf))[0].render(scale=400 / 72, grayscale=True).to_pil()
    return {one.text: one.content_type.name for one in zxingcpp.read_barcodes(picture)}


@pytest.fixture
def released(ward):
    """Dose 1 of a patient of 70 kg is released and not given."""
    ward.prepared()
    return ward


def test_the_large_label_carries_what_was_released(released):
    said = words(released.made(label(released)))
    release = released.dose().release
    at = said.index("5.04 million international units")
    assert said[at - 1] == "aldesleukin · dose 1 of 15"
    assert said[at + 1].startswith("prepared, in 0.28 mL; total ")
    assert any(one.startswith("Use before ") for one in said)
    assert any(one.startswith(f"Lot {release.lots[0].lot}") for one in said)
    made = f"prepared by {release.by} · checked by {release.checked_by}"
    assert f"Lot {release.lots[0].lot} · {made}" in said
    assert not any(one.startswith("DOSE 5.04") and "prescribed" in one for one in said)


def test_the_prescribed_dose_has_its_own_line_where_it_differs(open_stage):
    ward = open_stage("active")
    ward.register()
    ward.made(ward.weight("68.4"))
    ward.made(ward.order("4924800"))
    ward.cycle = ward.made(ward.plan())
    ward.at(minutes=-30)
    ward.premedicate()
    ward.check()
    dose = ward.derived()
    read = ward.reading(
        weight_kg=Decimal("68.4"),
        volume_ml=Decimal("0.27"),
        total_volume_ml=dose.dilution.total_volume_ml,
    )
    ward.made(ward.release(reading=read))
    said = words(ward.made(label(ward)))
    assert "DOSE 4.9248 million international units prescribed" in said
    assert "4.86 million international units" in said


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_is_drawn_in_its_true_size_and_its_code_leads_back(released, kind, paper):
    sheet = released.made(label(released, kind, paper=paper))
    wide, high = {"label-large": (100, 50), "label-small": (70, 37)}[kind]
    page = pypdfium2.PdfDocument(BytesIO(sheet.pdf))[0]
    lines = [one.get_bounds() for one in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH])]
    sizes = {
        (round((right - left) * 25.4 / 72), round((top - low) * 25.4 / 72))
        for left, low, right, top in lines
    }
    assert (wide, 0) in sizes
    assert (0, high) in sizes
    assert f"IL2DESK|{sheet.sheet_id}" in {one.rpartition("|")[0] for one in codes_on(sheet.pdf)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_label_printer_gets_the_label_alone_in_its_size(released, kind):
    sheet = released.made(label(released, kind, paper="Roll"))
    page = pypdfium2.PdfDocument(BytesIO(sheet.pdf))[0]
    wide, high = {"label-large": (100, 50), "label-small": (70, 37)}[kind]
    size = [round(side * 25.4 / 72, 1) for side in page.get_size()]
    assert size == [wide, high]
    found = page.get_textpage().get_text_range()
    assert "BROWN, Ada (Ms)" in found
    assert "Labels accounted for" not in found
    assert sheet.pages == 1
    assert len(codes_on(sheet.pdf)) == 1


def test_a_scanned_vial_s_own_code_stands_on_the_large_label(ward):
    form = ward.release_form()
    lots = tuple(replace(lot, gtin=GTIN) for lot in form.lots)
    ward.premedicate()
    ward.check()
    ward.made(ward.release(form=replace(form, lots=lots)))
    sheet = ward.made(label(ward))
    lot = lots[0]
    year, month, day = lot.expiry.split("-")
    wanted = f"01{GTIN}17{year[2:]}{month}{day}10{lot.lot}"
    found = codes_on(sheet.pdf)
    gs1 = [text for text, kind in found.items() if kind == "GS1"]
    assert [text.replace("(", "").replace(")", "") for text in gs1] == [wanted]


def test_two_lots_have_no_one_product_code(released):
    assert all(kind != "GS1" for kind in codes_on(released.made(label(released)).pdf).values())


def test_nothing_that_may_not_be_given_is_labelled(ward):
    assert label(ward).code == "no-release"
    ward.prepared()
    ward.clock.moment += timedelta(days=20)
    late = label(ward)
    assert late.code == "wrong-preparation"
    assert "It was to be used before" in late.text


def test_a_given_dose_has_no_label_and_none_is_offered(released):
    offered = sheets_of_cycle(released.desk, released.subject, released.cycle)
    assert sum(one.request.kind in KINDS for one in offered) == len(KINDS)
    released.made(released.record())
    assert label(released).code == "recorded"
    offered = sheets_of_cycle(released.desk, released.subject, released.cycle)
    assert not any(one.request.kind in KINDS for one in offered)


def test_a_corrected_weight_takes_the_label_away(released):
    released.clock.moment += timedelta(minutes=10)
    released.made(released.weight("71.5", answered=ANSWERED))
    refused = label(released)
    assert refused.code == "wrong-preparation"
    assert "Do not give this preparation" in refused.text


def test_a_label_of_one_patient_holds_nothing_of_another(released):
    first = released.made(label(released)).pdf
    assert released.made(label(released, "label-small")).pdf != first
    assert released.made(label(released)).pdf == first
    assert isinstance(released.dose().release.lots[0], Lot)
