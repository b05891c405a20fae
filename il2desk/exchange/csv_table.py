"""A table as a CSV file that a hospital's spreadsheet opens by a double click, and reads as text only.

UTF-8 with a byte order mark: without it Excel reads the file in the computer's own code page and spoils
names. Commas, every cell in quotes, lines ended by CR LF (RFC 4180).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet compute a cell, in narrow and in full width."""


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The file. ValueError where a row has not one cell for each name of the head.

    A cell that a spreadsheet would compute gets an apostrophe before it, which it then shows.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (head, *rows):
        if len(row) != len(head):
            msg = "every row needs one cell for each name of the head"
            raise ValueError(msg)
        writer.writerow([_as_text(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(_STARTS) else cell
