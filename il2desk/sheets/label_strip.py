"""A label set in its true size: lines beside its codes, and a frame to cut along."""

from __future__ import annotations

from il2desk.sheets.faces import width
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.geometry import HAIRLINE, MM, Role
from il2desk.sheets.model import Label, Text
from il2desk.sheets.strips import Code, Ink, Strip, Tint, baseline, box, set_lines
from il2desk.sheets.wrapping import NO_BREAK
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
        if text.role is Role.BESIDE and (goes_on := _beside(text, inks[-1], room)) is not None:
            inks.append(goes_on)
            continue
        if text.role is Role.SMALL_DOSE:
            made, end = _number_and_unit(text, y, room)
        else:
            made, end = set_lines((text,), _PAD, y, room)
        if end > product_top and room == whole:
            made, end = set_lines((text,), _PAD, y, beside_code)
        if text.role is not Role.SMALL_DOSE and _parted(text, made):
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


def _number_and_unit(text: Text, y: float, room: float) -> tuple[list[Ink], float]:
    """One line that is never parted: the number large, its unit beside it on the same baseline.

    The whole dose in the large size is wider than the small label: "4.86 million" is large where it
    fits, else "4.9248" alone.
    """
    large = text.role.style
    number, space, unit = text.words.partition(NO_BREAK)
    counted, gap, named = unit.partition(NO_BREAK)
    ways = [(number, f"{space}{unit}", Role.BODY), (number, f"{space}{unit}", Role.FINE)]
    if named.startswith("international"):
        ways.insert(0, (f"{number}{space}{counted}", f"{gap}{named}", Role.FINE))
    for lead, rest, role in ways:
        wide, quiet = width(lead, large.face, large.size), role.style
        if wide + width(rest, quiet.face, quiet.size) <= room:
            base = baseline(large, y)
            inks = [Ink(_PAD, base, lead, large), Ink(_PAD + wide, base, rest, quiet)]
            return inks, y + large.leading
    raise _no_room(text)


def _beside(text: Text, before: Ink, room: float) -> Ink | None:
    """The words behind the line before them, on its baseline; None where they do not fit there."""
    style, words = text.role.style, f" {text.words}"
    x = before.x + width(before.words, before.style.face, before.style.size)
    if x + width(words, style.face, style.size) > _PAD + room:
        return None
    return Ink(x, before.y, words, style)


def _parted(text: Text, made: list[Ink]) -> bool:
    """Whether a line ends inside a word: half a name would be read as another one."""
    return " ".join(ink.words for ink in made).split(" ") != text.words.split(" ")


def _no_room(text: Text) -> SheetRefused:
    return SheetRefused(
        say("The label has no room for {field}.", field=text.field),
        say("Nothing was printed. Choose the larger label, or write this one by hand."),
    )
