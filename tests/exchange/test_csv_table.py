"""A CSV file is read back as it was written, by a program and by a spreadsheet that would compute it."""

from __future__ import annotations

import csv
import io

import pytest

from il2desk.exchange import csv_bytes

HEAD = ("who", "what")


def read(made: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))


def test_it_begins_with_the_mark_that_excel_needs_and_reads_back():
    rows = [("LÖWENSTEIN, Maria", 'said "no"\nand left'), ("李", "")]
    made = csv_bytes(HEAD, rows)
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.endswith(b"\r\n")
    assert read(made) == [list(HEAD), *map(list, rows)]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+49 30",
        "-5",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =cmd|' /C calc'!A0",
        "\uff1d1",
        "\uff201",
    ],
)
def test_no_cell_is_computed(text: str):
    ((_, cell),) = read(csv_bytes(HEAD, [("a", text)]))[1:]
    assert cell == f"'{text}"


def test_what_is_not_computed_stays_as_it_is():
    ((_, cell),) = read(csv_bytes(HEAD, [("a", "22:30 -> 22:03")]))[1:]
    assert cell == "22:30 -> 22:03"


def test_a_row_of_another_width_is_refused():
    with pytest.raises(ValueError, match="one cell for each"):
        csv_bytes(HEAD, [("a",)])
