"""What holds for every sheet in every case, on both papers, read from the PDF by other libraries."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from io import BytesIO

import pypdf
import pypdfium2
import pytest
import zxingcpp
from every_example import PAPERS, every_example, pdf_of
from forbidden_writing import FORBIDDEN, PLANTED, faults_of
from PIL import ImageChops

from il2desk.sheets import Stamp, render
from il2desk.sheets.faces import BOLD, width
from il2desk.sheets.geometry import MM, PEN_ROW, Role
from il2desk.sheets.geometry import PAPERS as SIZES
from il2desk.sheets.model import SheetModel, Table
from il2desk.sheets.pages import make_pages
from il2desk.sheets.tables import table_strips

EXAMPLES = sorted(every_example())
LEAST_PT, MARGIN_MM, CODE_DPI, CORNER_PT = 8, 12, 200, 110
OURS = {"DejaVuSans", "DejaVuSans-Bold", "NotoSansTC-Medium"}
each = pytest.mark.parametrize(("sheet", "case"), EXAMPLES)
on_each_paper = pytest.mark.parametrize("paper", PAPERS)


@cache
def reader(sheet: str, case: str, paper: str) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(pdf_of(sheet, case, paper)))


def words_on(pdf: bytes) -> list[str]:
    """The words of every page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def tables(model: SheetModel) -> list[Table]:
    return [
        block
        for section in model.sections
        for part in section.parts
        for block in part
        if isinstance(block, Table)
    ]


@each
def test_nothing_is_written_as_the_field_forbids(sheet: str, case: str) -> None:
    wrong = [
        (t.field, fault)
        for t in every_example()[sheet, case].texts()
        for fault in faults_of(t.words)
    ]
    assert wrong == []


def test_the_lint_would_catch_each_of_them() -> None:
    for rule, text in zip(FORBIDDEN, PLANTED, strict=True):
        assert any(fault.startswith(rule) for fault in faults_of(text))
    twice = "5 million international units, 6 million international units"
    assert any(fault.startswith("two dose") for fault in faults_of(twice))
    assert not any(fault.startswith("two dose") for fault in faults_of(twice.replace(",", " =")))


@on_each_paper
@each
def test_every_letter_lies_within_the_margins_and_is_legible(
    sheet: str, case: str, paper: str
) -> None:
    document = pypdfium2.PdfDocument(pdf_of(sheet, case, paper))
    for page in document:
        text = page.get_textpage()
        for at in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(at)
            assert left >= (MARGIN_MM - 0.5) * MM
            assert bottom >= (MARGIN_MM - 1) * MM
            assert right <= page.get_width() - (MARGIN_MM - 0.5) * MM
            assert top <= page.get_height() - (MARGIN_MM - 0.5) * MM
    if paper != "A4":
        return  # the same sizes stand on both papers, and reading them takes long
    sizes: set[float] = set()
    for one in reader(sheet, case, paper).pages:
        one.extract_text(
            visitor_text=lambda words, _c, _t, _f, size: sizes.add(size) if words.strip() else None
        )
    assert min(sizes) >= LEAST_PT


@on_each_paper
@each
def test_only_our_faces_embedded_and_subset(sheet: str, case: str, paper: str) -> None:
    for page in reader(sheet, case, paper).pages:
        for font in page["/Resources"]["/Font"].values():
            entry = font.get_object()
            prefix, name = entry["/BaseFont"].lstrip("/").split("+")
            assert len(prefix) == len("AAAAAA")
            assert name in OURS
            assert "/FontFile2" in entry["/FontDescriptor"].get_object()


@on_each_paper
@each
def test_every_page_says_which_of_how_many_and_carries_the_code(
    sheet: str, case: str, paper: str
) -> None:
    pdf, model = pdf_of(sheet, case, paper), every_example()[sheet, case]
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document, start=1):
        words = " ".join(page.get_textpage().get_text_range().split())
        assert f"Page {number} of {len(document)}" in words
        assert "This bar is 100 mm on paper at full size" in words
        for part in model.frame.foot:
            assert " ".join(part.words.split())[:40] in words
        # The code stands in the upper right corner of every page; only that is drawn.
        around = (page.get_width() - CORNER_PT, page.get_height() - CORNER_PT, 0, 0)
        corner = page.render(scale=CODE_DPI / 72, grayscale=True, crop=around).to_pil()
        codes = zxingcpp.read_barcodes(corner)
        assert model.frame.code in [one.text for one in codes]


@each
def test_every_row_for_a_pen_is_at_least_7_mm(sheet: str, case: str) -> None:
    model = every_example()[sheet, case]
    for paper in SIZES.values():
        laid = paper.upright if model.upright else paper
        for table in tables(model):
            strips = table_strips(table, laid.inner_width)[1:]
            for row, strip in zip(table.rows, strips, strict=True):
                if table.grid and any(not cell for cell in row):
                    assert strip.height >= PEN_ROW - 0.01


@each
def test_a_dose_is_large(sheet: str, case: str) -> None:
    assert Role.DOSE.style.size >= 14
    labels = [text for text in every_example()[sheet, case].texts() if text.role is Role.DOSE]
    assert all(text.words.strip() for text in labels)


@each
def test_the_file_says_what_it_is(sheet: str, case: str) -> None:
    found = reader(sheet, case, "A4")
    model = every_example()[sheet, case]
    assert found.metadata is not None
    assert found.metadata.title == model.title
    assert found.trailer["/Root"]["/Lang"] == model.language


@each
def test_a_copy_differs_by_its_stamp_alone(sheet: str, case: str) -> None:
    model = every_example()[sheet, case]
    if not model.frame.numbered:
        return  # a blank form has no copies
    stamped = render(model, "A4", Stamp(2, "12-Mar-2026 14:10", "K. Brandt"))
    plain, copies = words_on(pdf_of(sheet, case, "A4")), words_on(stamped)
    words = "Copy 2 made 12-Mar-2026 14:10 by K. Brandt"
    assert [" ".join(text.replace(words, "").split()) for text in copies] == [
        " ".join(text.split()) for text in plain
    ]
    assert render(model, "A4") == pdf_of(sheet, case, "A4")


def test_one_patient_then_another_then_the_first_again() -> None:
    """Nothing of a sheet stays behind for the next one, whatever their kinds."""
    again = {example: render(every_example()[example], "A4") for example in reversed(EXAMPLES)}
    assert again == {example: pdf_of(*example, "A4") for example in EXAMPLES}


@each
def test_no_mark_runs_through_an_amount_the_identity_or_a_figure(sheet: str, case: str) -> None:
    """The pixels of every box, figure and bold word are the same with and without the mark."""
    model = every_example()[sheet, case]
    if not model.watermark:
        return
    laid = SIZES["A4"].upright if model.upright else SIZES["A4"]
    bare = render(replace(model, watermark=()), "A4")
    pages = zip(
        pypdfium2.PdfDocument(pdf_of(sheet, case, "A4")), pypdfium2.PdfDocument(bare), strict=True
    )
    for drawn, (marked, plain) in zip(make_pages(model, laid), pages, strict=True):
        one, other = (page.render(scale=1, grayscale=True).to_pil() for page in (marked, plain))
        assert ImageChops.difference(one, other).getbbox() is not None
        boxes = [
            (tint.x + 1, tint.y + 1, tint.x + tint.wide - 1, tint.y + tint.high - 1)
            for tint in drawn.tints
        ]
        for ink in drawn.inks:
            if ink.style.face != BOLD and not any(letter.isdigit() for letter in ink.words):
                continue
            size = ink.style.size
            end = ink.x + width(ink.words, ink.style.face, size)
            boxes.append((ink.x + 1, ink.y - 0.6 * size, end - 1, ink.y))
        for box in boxes:
            area = tuple(round(side) for side in box)
            assert ImageChops.difference(one.crop(area), other.crop(area)).getbbox() is None
