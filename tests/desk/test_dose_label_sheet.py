"""Labels: of what two people released and may still be given, in true size, refused for all else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from keeper import Keeper

from il2desk.desk import (
    AMEND_FIRST,
    AMEND_SECOND,
    DISCARD_MEANING,
    Lot,
    discard_preparation,
    new_token,
    open_desk_to_read,
    void_weight,
)
from il2desk.desk.papers import (
    SheetRequest,
    prepare_sheet,
    read_sheet_code,
    record_print,
    sheets_of_cycle,
)
from il2desk.desk.stock import QUARANTINED
from il2desk.desk.stock_books import record_of_version

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
def european(open_stage, site_file, activate_file):
    """The European product, whose limits of use are all stated, is active; no patient."""
    opened = open_stage("active")
    file = site_file(
        ('product = "proleukin-us"', 'product = "proleukin-eu"'), ('version = "1"', 'version = "2"')
    )
    activate_file(opened, file)
    return opened


@pytest.fixture
def ward(european):
    """A patient of 70 kg, half an hour before the first dose."""
    european.register()
    european.made(european.weight("70"))
    european.made(european.order())
    european.cycle = european.made(european.plan())
    european.at(minutes=-30)
    return european


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
    assert said[at + 1] == "prepared, in 10 mL total"
    assert said[at + 2] == "(0.28 mL of drug in glucose 5 %)"
    assert any(one.startswith("Use before ") for one in said)
    made = f"released by {release.by} · checked by {release.checked_by}"
    assert any(one.startswith(f"Lot {release.lots[0].lot} · {made} · ") for one in said)
    assert not any(one.startswith("DOSE 5.04") and "prescribed" in one for one in said)


def test_the_prescribed_dose_has_its_own_line_where_it_differs(european):
    ward = european
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


def test_no_label_says_a_volume_that_could_be_the_drug_s_or_the_container_s(released):
    """ "in 0.28 mL" on a syringe that holds 10 mL reads as an order to give 0.28 mL of it."""
    small = words(released.made(label(released, "label-small")))
    assert "in 10 mL total (0.28 mL of drug)" in small
    assert any(one.endswith(" · in glucose 5 %") for one in small)
    for kind in KINDS:
        said = words(released.made(label(released, kind)))
        assert not any("in 0.28 mL" in one for one in said)


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_caution_the_sheet_says_so_above_the_labels(released, kind):
    said = words(released.made(label(released, kind)))
    (at,) = [place for place, one in enumerate(said) if "stored no caution" in one]
    assert at < said.index("Labels in true size: cut along the frame")


@pytest.mark.parametrize("kind", KINDS)
def test_the_caution_of_the_site_stands_below_each_label(released, kind):
    assert (
        sum("stored no caution" in one for one in words(released.made(label(released, kind)))) == 1
    )
    caution = "For the study of this ward"
    released.change_site(caution=caution)
    said = words(released.made(label(released, kind)))
    assert said.count(caution) == 2
    assert not any("stored no caution" in one for one in said)


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


def test_two_lots_have_no_one_product_code(ward):
    lots = tuple(Lot(name, "2026-12-31", 1, gtin=GTIN) for name in ("PR1234AB", "PR5678CD"))
    form = ward.release_form(lots=lots, vials_reason="first vial broken")
    ward.premedicate()
    ward.check()
    ward.made(ward.release(form=form, reading=ward.reading(lots=("34AB", "78CD"))))
    sheet = ward.made(label(ward))
    assert all(kind != "GS1" for kind in codes_on(sheet.pdf).values())
    assert any("PR1234AB, PR5678CD" in one for one in words(sheet))


def test_a_typed_lot_of_unknown_product_has_no_product_code(released):
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


# Every reason against a label


def voided(ward) -> None:
    (weight,) = ward.located().chart.weights
    both = ward.two(AMEND_FIRST, AMEND_SECOND)
    ward.made(void_weight(ward.desk, ward.subject, weight.entry, "slip", both, new_token()))


def discarded(ward) -> None:
    signed = ward.signed("pharmacist", DISCARD_MEANING)
    entry = ward.dose().release.entry
    ward.made(discard_preparation(ward.desk, ward.place(), entry, "dropped", signed, new_token()))


def held(ward) -> None:
    ward.at(minutes=-10)
    ward.check(creatinine="2.7")


def too_old(ward) -> None:
    """A minute after 24 hours from reconstitution, the shortest limit of the product."""
    ward.clock.moment = ward.dose().release.reconstituted_at + timedelta(hours=24, minutes=1)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("happened", "code"),
    [
        (voided, "wrong-preparation"), (discarded, "no-release"), (held, "wrong-preparation"),
        (too_old, "wrong-preparation"),
    ],
)  # fmt: skip
def test_what_happens_after_the_release_takes_the_label_away(released, kind, happened, code):
    preview = released.made(label(released, kind))
    happened(released)
    released.refused(code, label, released, kind)
    answer = record_print(released.desk, preview, "print", new_token())
    assert answer.code in (code, "stale")


@pytest.mark.parametrize("kind", KINDS)
def test_engines_that_differ_print_no_label(released, kind, monkeypatch):
    monkeypatch.setattr("il2desk.desk.prepare_dose.second_answer", lambda _: None)
    released.refused("engines-differ", label, released, kind)


def test_an_open_limit_of_use_blocks_the_label(open_stage):
    """The US product does not say how long the reconstituted vial may be kept."""
    ward = open_stage("planned")
    ward.at(minutes=-30)
    ward.prepared()
    answer = ward.refused("label-gap", label, ward)
    assert "reconstituted vial may be kept" in answer.text


def test_the_storage_is_that_of_the_diluted_dose_and_the_time_the_shortest_limit(released):
    said = words(released.made(label(released)))
    assert any(" · diluted solution, the infusion time included" in one for one in said)
    assert not any("reconstituted solution" in one for one in said)
    assert "Use before 03-Mar-2026 11:25" in said


def test_a_preview_that_lapsed_is_not_printed(released):
    """Between preview and print the time of use ends: nothing was recorded, and still."""
    preview = released.made(label(released))
    too_old(released)
    released.refused(
        "wrong-preparation", record_print, released.desk, preview, "print", new_token()
    )


def test_a_label_is_not_old_because_something_else_was_recorded(released):
    sheet = released.made(label(released))
    released.made(record_print(released.desk, sheet, "print", new_token()))
    released.made(released.weight("70", purpose="daily"))
    code = sheet.composed.model.frame.code
    assert released.made(read_sheet_code(released.desk, code)).warning == ""
    released.made(released.record())
    assert released.made(read_sheet_code(released.desk, code)).warning.startswith("OLD PAPER")


def test_a_new_release_replaces_the_label_of_the_discarded_one(released):
    old = released.made(label(released))
    released.made(record_print(released.desk, old, "print", new_token()))
    discarded(released)
    released.made(released.release())
    new = released.made(label(released))
    assert (new.supersedes, new.sheet_id != old.sheet_id) == (old.sheet_id, True)


# The code of the product


def received(ward, gtin: str = GTIN) -> Keeper:
    keeper = Keeper(ward)
    ward.made(keeper.receive(gtin=gtin, record=record(ward)))
    ward.premedicate()
    ward.check()
    return keeper


def record(ward):
    return record_of_version(ward.desk, ward.located().cycle.fingerprint)


def test_a_typed_lot_takes_its_product_code_from_its_receipt(ward):
    received(ward)
    ward.made(ward.release())
    (gs1,) = [t for t, kind in codes_on(ward.made(label(ward)).pdf).items() if kind == "GS1"]
    assert gs1 == f"(01){GTIN}(17)261231(10)PR1234AB"


def test_a_lot_withdrawn_after_the_release_has_no_label(ward):
    keeper = received(ward)
    ward.made(ward.release())
    preview = ward.made(label(ward))
    ward.made(keeper.move(QUARANTINED, record=record(ward)))
    ward.refused("wrong-preparation", label, ward)
    ward.refused("wrong-preparation", record_print, ward.desk, preview, "print", new_token())


def test_a_lot_with_brackets_has_no_product_code(ward):
    """In brackets it would be read as another lot with a serial number."""
    ward.premedicate()
    ward.check()
    lot = Lot("PR(21)99AB", "2026-12-31", 1, gtin=GTIN)
    reading = ward.reading(lots=("99AB",))
    ward.made(ward.release(form=ward.release_form(lots=(lot,)), reading=reading))
    assert all(kind != "GS1" for kind in codes_on(ward.made(label(ward)).pdf).values())


def test_a_journal_that_is_open_to_be_read_prints_no_label(released):
    reader = open_desk_to_read(released.desk.journal.path, clock=released.clock)
    reader.person = released.desk.person
    sheet = released.made(
        prepare_sheet(
            reader, SheetRequest("label-large", released.subject, released.cycle, 1), "A4"
        )
    )
    assert record_print(reader, sheet, "print", new_token()).code == "read-only"
    reader.close()
