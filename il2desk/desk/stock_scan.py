"""What a scanned code says of a vial: product code, lot, last day, serial number.

A scanner types like a keyboard. It sends the mark between two fields as a control character, or as
a sign that the site set for it; some send none at all, and then a lot number has no end. What
cannot be told for certain fills in nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from il2desk.dosing import Refusal, refuse, tell

if TYPE_CHECKING:
    from biip.gs1_element_strings import GS1ElementString

_MARK = "\x1d"  # the group separator, in place of the FNC1 of the printed code
SHOWN_MARK = "\u241d"
"""How the mark between two fields is shown and typed: the picture of a group separator."""
# None of these signs may stand in a GS1 lot or serial number, so they can only be the mark.
_SIGNS = re.compile(r"<GS>|\[GS\]|\{GS\}|\^\]|[\u241d|^~#@\\]", re.IGNORECASE)
_CODE = re.compile(r"\]|01[0-9]{14}")
_PREFIX = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_GTIN, _LOT, _EXPIRY, _SERIAL = "01", "10", "17", "21"
_SWALLOWED = re.compile(r".21.|.1[1-7][0-9]{6}")
_NO_VIAL = tell("It is no GS1 code of a vial.")
_INSTEAD = tell("Nothing was filled in. Type lot and expiry from the vial.")


@dataclass(frozen=True, slots=True)
class Scan:
    """What one code says. `gtin` has 14 digits; lot, serial and expiry are empty where it has none."""

    gtin: str
    lot: str
    expiry: date | None
    serial: str


def shown_scan(text: str) -> str:
    """Scanned text as a person can read it, with a picture for each mark."""
    return text.strip().replace(_MARK, SHOWN_MARK)


def is_scanned(text: str) -> bool:
    """Whether text in the field of a lot number can only have come from a scanner."""
    return _CODE.match(text.strip()) is not None or SHOWN_MARK in text or _MARK in text


def scanned_refusal(lot: str) -> Refusal | None:
    """Refused where a whole code stands in the place of a lot number, read or not."""
    if not is_scanned(lot):
        return None
    read = read_scan(lot)
    if isinstance(read, Refusal):
        return read
    return refuse(
        "scan",
        tell(
            "{shown_scan} is a scanned code. Press Enter behind it to read it.",
            shown_scan=shown_scan(lot),
        ),
    )


def read_scan(text: str) -> Scan | Refusal:
    """The fields of a scanned GS1 code, or why it fills in nothing; the raw text is in the sentence."""
    import biip  # noqa: PLC0415 - a tenth of a second, which only a scan is worth

    raw = shown_scan(text)
    if not raw:
        return refuse("empty", "Scan the code on the vial.")
    code = _SIGNS.sub(_MARK, text.strip())
    if code.startswith("]") and not _PREFIX.match(code):
        return _refusal(raw, _NO_VIAL)
    prefix = code[:3] if code.startswith("]") else ""
    code = prefix + code[len(prefix) :].strip(_MARK)  # a mark at an end parts no fields
    try:
        parsed = biip.parse(code)
    except biip.ParseError:  # a prefix that names no kind of code
        return _refusal(raw, _NO_VIAL)
    kind, message = parsed.symbology_identifier, parsed.gs1_message
    if kind is not None and kind.gs1_symbology is None:
        return _refusal(raw, _NO_VIAL)
    elements = [] if message is None else list(message.element_strings)
    return _read(raw, elements, marked=_MARK in code)


def _read(raw: str, elements: list[GS1ElementString], *, marked: bool) -> Scan | Refusal:
    found = {one.ai.ai: one for one in elements}
    if _GTIN not in found:
        return _refusal(raw, _NO_VIAL)
    if len(found) != len(elements):
        return _refusal(raw, tell("It names one field twice."))
    gtin, expiry = found[_GTIN], found.get(_EXPIRY)
    if gtin.gtin is None:
        return _refusal(raw, tell("The check digit of its product code is wrong."))
    if expiry is not None and expiry.date is None:
        return _refusal(raw, tell("Its expiry is no date."))
    lot = found[_LOT].value if _LOT in found else ""
    serial = found[_SERIAL].value if _SERIAL in found else ""
    if not marked and (_SWALLOWED.search(lot) or (serial and not lot)):
        return _refusal(
            raw,
            tell(
                "The scanner sends no mark between the fields, so it cannot be told where lot and "
                "serial number end. Set the scanner to send the group separator."
            ),
        )
    return Scan(gtin.gtin.as_gtin_14(), lot, None if expiry is None else expiry.date, serial)


def _refusal(raw: str, why: str) -> Refusal:
    return refuse("scan", tell("Scanned: {raw}", raw=raw), f"{why} {_INSTEAD}")
