"""Scanned codes: read by a maintained parser, filled in only where nothing is in doubt."""

from __future__ import annotations

from datetime import date

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from il2desk.desk import Lot
from il2desk.desk.stock import SHOWN_MARK, Scan, is_scanned, read_scan, shown_scan
from il2desk.dosing import Refusal

GTIN = "00361703220264"
GS = "\x1d"
VIAL = Scan(GTIN, "AB12C", date(2026, 12, 31), "S1")


def code(mark: str = GS, prefix: str = "") -> str:
    return f"{prefix}01{GTIN}17261231" + f"10AB12C{mark}21S1"


@pytest.mark.parametrize("prefix", ["", "]d2", "]C1", "]Q3"])
@pytest.mark.parametrize(
    "mark", [GS, SHOWN_MARK, "|", "^", "~", "#", "@", "\\", "<GS>", "{gs}", "[GS]", "^]"]
)
def test_what_scanners_send_is_understood(prefix: str, mark: str):
    assert read_scan(code(mark, prefix)) == VIAL


@pytest.mark.parametrize("suffix", ["\r", "\n", "\r\n", "\t", " ", GS])
def test_what_a_scanner_sends_at_the_end_or_the_start_is_no_part_of_it(suffix: str):
    assert read_scan(code() + suffix) == VIAL
    assert read_scan(GS + code()) == VIAL
    assert read_scan("]d2" + GS + code()) == VIAL


def test_the_order_of_the_fields_is_free():
    assert read_scan(f"10AB12C{GS}21S1{GS}17261231" + f"01{GTIN}") == VIAL


def test_day_00_is_the_last_day_of_the_month():
    assert read_scan(f"01{GTIN}17270200" + "10AB12C").expiry == date(2027, 2, 28)
    assert read_scan(f"01{GTIN}17280200" + "10AB12C").expiry == date(2028, 2, 29)


def test_a_code_may_say_less():
    assert read_scan(f"01{GTIN}") == Scan(GTIN, "", None, "")
    assert read_scan(f"01{GTIN}10AB12C") == Scan(GTIN, "AB12C", None, "")


@pytest.mark.parametrize(
    ("scanned", "why"),
    [
        ("hello", "no GS1 code"),
        ("", "Scan the code"),
        ("4006381333931", "no GS1 code"),
        ("]zz0100361703220264", "no GS1 code"),
        ("]", "no GS1 code"),
        ("]d", "no GS1 code"),
        ("https://example.org", "no GS1 code"),
        ("(01)00361703220264(10)AB12C", "no GS1 code"),
        ("0100361703220262" + "17261231" + "10AB12C", "check digit"),
        (f"01{GTIN}" + "17261331" + "10AB12C", "no GS1 code"),
        (f"01{GTIN}" + "17260231" + "10AB12C", ""),
        (f"01{GTIN}10AB12C{GS}10OTHER1", "one field twice"),
        (f"01{GTIN}17261231" + "10AB12C21S1", "no mark between the fields"),
        (f"01{GTIN}" + "10AB12C17261231", "no mark between the fields"),
        (f"01{GTIN}17261231" + "21S110AB12C", "no mark between the fields"),
    ],
)
def test_what_is_in_doubt_fills_in_nothing_and_shows_what_was_scanned(scanned: str, why: str):
    answer = read_scan(scanned)
    assert isinstance(answer, Refusal)
    assert why in answer.text
    assert shown_scan(scanned) in answer.text
    if scanned:
        assert "Nothing was filled in" in answer.text


def test_the_mark_is_shown_as_a_sign():
    assert shown_scan(f"10AB{GS}21S1\r") == f"10AB{SHOWN_MARK}21S1"


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str):
    for scanned in (text, f"]{text}", f"]d{text}", f"]d2{text}", f"01{GTIN}{text}"):
        assert isinstance(read_scan(scanned), Scan | Refusal)


_CHARS = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789-/.", min_size=1, max_size=20)


@given(lot=_CHARS, serial=_CHARS, day=st.dates(date(2000, 1, 1), date(2049, 12, 31)))
def test_any_lot_and_serial_come_out_as_they_were_printed(lot: str, serial: str, day: date):
    scanned = f"]d201{GTIN}17{day:%y%m%d}10{lot}{GS}21{serial}"
    assert read_scan(scanned) == Scan(GTIN, lot, day, serial)


def test_a_printed_datamatrix_comes_out_as_it_went_in():
    bracketed = f"(01){GTIN}(17)261231(10)AB12C(21)S1"
    barcode = zxingcpp.create_barcode(bracketed, zxingcpp.BarcodeFormat.DataMatrix, gs1=True)
    (seen,) = zxingcpp.read_barcodes(barcode.to_image(scale=4))
    assert seen.symbology_identifier == "]d2"
    raw = bytes(seen.bytes).decode("ascii")
    assert read_scan(seen.symbology_identifier + raw) == VIAL


@pytest.mark.parametrize("text", [code(), f"]d201{GTIN}", f"01{GTIN}10AB", "AB12|1", f"AB{GS}12"])
def test_a_whole_code_is_no_lot_number(keeper, text: str):
    lot = Lot(text, "2026-12-31", 1)
    if is_scanned(text):
        keeper.ward.premedicate()
        keeper.ward.check()
        form = keeper.ward.release_form(lots=(lot,))
        keeper.ward.refused("scan", keeper.ward.release, 1, form)
        keeper.ward.refused("scan", keeper.receive, text)
        keeper.ward.refused("scan", keeper.count, 3, text)
        received = keeper.ward.made(keeper.receive())
        keeper.ward.refused("scan", keeper.correct, received.id, lot=text)
    else:
        assert text == "AB12|1"


@pytest.mark.parametrize(
    "sent",
    ["10AB12C11250101", "10AB12C15261231", "10AB12C21S1#", "10AB12C21S1|"],
)
def test_without_a_mark_between_fields_nothing_is_filled_in(sent: str):
    """A sign behind the last field parts nothing: the lot number would swallow what follows it."""
    assert isinstance(read_scan(f"01{GTIN}17261231{sent}"), Refusal)
