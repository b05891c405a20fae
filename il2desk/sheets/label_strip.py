"""A label set in its true size: lines beside its codes, and a frame to cut along."""

from __future__ import annotations

from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.geometry import HAIRLINE, MM
from il2desk.sheets.model import Label, Text
from il2desk.sheets.strips import Code, Ink, Strip, Tint, box, set_lines
from il2desk.words import say

_PAD = 2.0 * MM  # from the edge of the label: printers and cutters drift
_CODE_GAP = 1.5 * MM


def label_strip(label: Label) -> Strip:
    """Return the label; SheetRefused names the line that does not fit. Nothing is made smaller."""
    wide, high = label.wide_mm * MM, label.high_mm * MM
    side = label.code_mm * MM
    y = _PAD
    product_top = high - _PAD - side if label.product_code else high
    inks: list[Ink] = []
    for text in label.lines:
        whole, beside_code = wide - 2 * _PAD, wide - 2 * _PAD - side - _CODE_GAP
        room = beside_code if label.code and y < _PAD + side else whole
        made, end = set_lines((text,), _PAD, y, room)
        if end > product_top and room == whole:
            made, end = set_lines((text,), _PAD, y, beside_code)
        if _parted(text, made):
            raise _no_room(text)
        inks.extend(made)
        y = end
        if y > high - _PAD / 2:
            raise _no_room(text)
    codes = [Code(wide - _PAD - side, _PAD, side, label.code)] if label.code else []
    if label.product_code:
        codes.append(Code(wide - _PAD - side, product_top, side, label.product_code, gs1=True))
    # White, so that no mark across the sheet runs through what is cut out and stuck on a syringe.
    paper = (Tint(0, 0, wide, high, 1.0),)
    frame, name = box(wide, high, HAIRLINE), label.lines[0].field
    return Strip(high, tuple(inks), frame, paper, codes=tuple(codes), name=name)


def _parted(text: Text, made: list[Ink]) -> bool:
    """Whether a line ends inside a word: half a name would be read as another one."""
    return " ".join(ink.words for ink in made).split(" ") != text.words.split(" ")


def _no_room(text: Text) -> SheetRefused:
    return SheetRefused(
        say("The label has no room for {field}.", field=text.field),
        say("Nothing was printed. Choose the larger label, or write this one by hand."),
    )
