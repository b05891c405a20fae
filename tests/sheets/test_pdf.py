"""The PDF itself, read by other libraries: bytes, fonts, words, margins, sizes, code."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import worked_dose
import zxingcpp

from il2desk.sheets import (
    CycleFacts,
    SheetRefused,
    Stamp,
    compose_cycle_sheet,
    page_count,
    page_images,
    render,
)
from il2desk.sheets.geometry import MARGIN

NAMES = ["A4", "Letter"]
STAMP = Stamp(2, "12-Mar-2026 14:10", "K. Brandt")


def printed(facts: CycleFacts, paper: str = "A4", stamp: Stamp | None = None) -> bytes:
    return render(compose_cycle_sheet(facts), paper, stamp)


def text_of(pdf: bytes) -> str:
    reader = pypdf.PdfReader(BytesIO(pdf))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_a_then_b_then_a_again(full: CycleFacts, long_names: CycleFacts) -> None:
    first = printed(full)
    other = printed(long_names)
    assert printed(full) == first != other
    assert "Wolfeschlegel".upper() not in text_of(first)
    assert "WOLFESCHLEGELSTEINHAUSENBERGERDORFF, Maximiliana" in text_of(other)
    assert "LÖWENSTEIN" not in text_of(other)


def test_bytes_do_not_depend_on_the_machine(root: Path) -> None:
    program = (
        "import hashlib, importlib.util as u;"
        f"s = u.spec_from_file_location('c', {str(Path(__file__).with_name('conftest.py'))!r});"
        "c = u.module_from_spec(s); s.loader.exec_module(c);"
        "from il2desk.sheets import compose_cycle_sheet, render;"
        "print(hashlib.sha256(render(compose_cycle_sheet(c.make_full()))).hexdigest())"
    )
    seen = set()
    for seed, zone, epoch in (("1", "UTC", ""), ("2", "Asia/Taipei", "1700000000")):
        settings = {"PYTHONHASHSEED": seed, "TZ": zone, "SOURCE_DATE_EPOCH": epoch}
        done = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, **settings},
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        )
        seen.add(done.stdout.strip())
    assert len(seen) == 1
    assert len(seen.pop()) == len(hashlib.sha256().hexdigest())


@pytest.mark.parametrize("change", ["dose", "name", "stamp"])
def test_another_fact_gives_other_bytes(change: str, full: CycleFacts) -> None:
    before = printed(full)
    if change == "stamp":
        assert printed(full, stamp=STAMP) != before
        assert printed(full, stamp=STAMP) == printed(full, stamp=STAMP)
        return
    other = {
        "dose": replace(full, weight=replace(full.weight, dosing_weight="70.1\u00a0kg")),
        "name": replace(full, patient=replace(full.patient, given_name="Mario")),
    }[change]
    assert printed(other) != before


def test_only_our_fonts_embedded_and_subset(examples: dict[str, CycleFacts]) -> None:
    for facts in examples.values():
        fonts = {}
        for page in pypdf.PdfReader(BytesIO(printed(facts, stamp=STAMP))).pages:
            for font in page["/Resources"]["/Font"].values():
                entry = font.get_object()
                fonts[entry["/BaseFont"]] = entry["/FontDescriptor"].get_object()
        assert {name.split("+")[1] for name in fonts} == {"DejaVuSans", "DejaVuSans-Bold"}
        assert all(
            name.index("+") == len("/AAAAAA") and "/FontFile2" in font
            for name, font in fonts.items()
        )


def test_a_chinese_name_brings_its_face_embedded_and_subset(full: CycleFacts) -> None:
    patient = replace(full.patient, family_name="歐陽", given_name="大文", title="")
    pdf = printed(replace(full, patient=patient))
    page = pypdf.PdfReader(BytesIO(pdf)).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    chinese = [font for font in fonts if font["/BaseFont"].endswith("+NotoSansTC-Medium")]
    assert len(chinese) == 1
    assert "/FontFile2" in chinese[0]["/FontDescriptor"].get_object()
    assert len(pdf) < 2 * len(printed(full))  # the face holds 20,000 characters; four are embedded
    assert "歐陽大文 Born 04-Mar-1961" in text_of(pdf)


def test_the_file_describes_itself(full: CycleFacts) -> None:
    reader = pypdf.PdfReader(BytesIO(printed(full)))
    assert reader.metadata is not None
    assert (
        reader.metadata.title
        == "Cycle sheet – course 1, cycle 2, STOPPED this cycle, 14-Mar-2026 – NPC-014"
    )
    assert reader.metadata.author == "K. Brandt"
    assert reader.metadata.subject == "Sheet CYC-0007"
    assert reader.metadata["/CreationDate"] == "D:20260314052000Z"
    assert reader.trailer["/Root"]["/Lang"] == "en"


@pytest.mark.parametrize("paper", NAMES)
def test_what_stands_on_every_page(paper: str, marked: CycleFacts) -> None:
    pages = pypdf.PdfReader(BytesIO(printed(marked, paper, STAMP))).pages
    for number, page in enumerate(pages, start=1):
        said = " ".join(page.extract_text().split())
        for words in (
            f"Page {number} of {len(pages)}",
            "LÖWENSTEIN, Maria (Ms)",
            "DOSE 4.9248 million international units",
            "Form CYC version 1",
            "IL2Desk 0.1.0",
            f"Protocol fingerprint {worked_dose.fingerprint()}",
            "Journal entry 214 9f31c2a07be4",
            "Record as of 14-Mar-2026 06:20, last entry by K. Brandt",
            "Replaces CYC-0006",
            "Copy 2 made 12-Mar-2026 14:10 by K. Brandt",
        ):
            assert words in said
        for mark in ("SPECIMEN, NOT FOR PATIENT USE", "PRACTICE, NOT", "NOT VERIFIED"):
            assert said.count(mark) == 2  # in the header, and across the page


def test_text_comes_out_in_reading_order(full: CycleFacts) -> None:
    said = text_of(printed(full))
    order = ["Page 1 of", "LÖWENSTEIN, Maria", "Dosing weight", "Premedication:", "Signatures"]
    places = [said.index(words) for words in order[1:]]
    assert places == sorted(places)
    front = ["Prepared", "Order", "Prescriber", "Exact dose", "Preparation recipe", "Reconstitute"]
    places = [said.index(words) for words in front]
    assert places == sorted(places)


@pytest.mark.parametrize("paper", NAMES)
def test_every_letter_lies_within_the_margins_and_is_legible(
    paper: str, examples: dict[str, CycleFacts]
) -> None:
    for facts in examples.values():
        document = pypdfium2.PdfDocument(printed(facts, paper, STAMP))
        for page in document:
            wide, high = page.get_size()
            letters = page.get_textpage()
            for index in range(letters.count_chars()):
                left, bottom, right, top = letters.get_charbox(index)
                if left == right:
                    continue  # a space made by the reader
                assert left >= MARGIN - 1
                assert right <= wide - MARGIN + 1
                assert bottom >= MARGIN - 3  # descenders of the last line
                assert top <= high - MARGIN + 1
                assert pypdfium2.raw.FPDFText_GetFontSize(letters.raw, index) >= 7.99
            letters.close()
            page.close()
        document.close()


@pytest.mark.parametrize("paper", NAMES)
@pytest.mark.parametrize("dpi", [150, 300])
def test_the_code_leads_back_to_the_entry(paper: str, dpi: int, marked: CycleFacts) -> None:
    for page in page_images(printed(marked, paper), dpi):
        # One channel of the picture is enough for a black code.
        grey = bytes(page.bgrx[0::4])
        view = memoryview(grey).cast("B", (page.height, page.stride // 4))
        found = zxingcpp.read_barcodes(view, formats=zxingcpp.BarcodeFormat.DataMatrix)
        assert [code.text for code in found] == ["IL2DESK|CYC-0007|9f31c2a07be4"]


def test_long_names_are_whole(long_names: CycleFacts) -> None:
    said = text_of(printed(long_names))
    assert "WOLFESCHLEGELSTEINHAUSENBERGERDORFF, Maximiliana Alexandrina Theodosia-A (Ms)" in said
    assert "allergy number 5, with a reaction described at some length" in said


def test_pictures_have_the_pages_and_their_size(full: CycleFacts) -> None:
    pdf = printed(full)
    pictures = page_images(pdf, 72)
    assert page_count(pdf) == len(pictures) == 7
    first = pictures[0]
    assert (first.width, first.height) == (842, 596)
    assert len(first.bgrx) == first.stride * first.height
    assert first.stride >= 4 * first.width
    dark = sum(1 for value in first.bgrx[0::4] if value < 128)
    assert 0.01 < dark / (first.width * first.height) < 0.3


def test_an_unknown_paper_is_refused(full: CycleFacts) -> None:
    with pytest.raises(SheetRefused, match="A3"):
        printed(full, "A3")
