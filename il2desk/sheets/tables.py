"""Tables into strips: column widths from what may not be parted, repeated headers, whole rows."""

from __future__ import annotations

from dataclasses import replace

from il2desk.sheets.geometry import BLACK, CELL_PAD, FRAME_LINE, ROW_PAD, TINT
from il2desk.sheets.model import Table, Text
from il2desk.sheets.strips import Ink, Rule, Strip, Tint, set_lines
from il2desk.sheets.wrapping import NO_BREAK, widest_quantity, word_width

_WORD_LIMIT = 0.16  # of the table's width: a longer single word may be parted
_EASE = 0.5  # points beside the widest word of a column, where there is room
_SHORT = 12  # characters: a number, a date; where room is short, longer words are parted first


def table_strips(table: Table, wide: float) -> list[Strip]:
    """Return the header and one strip a row, in order."""
    widths = column_widths(table, wide)
    header = _header(table, widths, wide)
    again = replace(header, keep=False)
    strips = [header]
    for at, row in enumerate(table.rows):
        forward = [_forward(text, wide) for text in table.forward[at : at + 1] if text.words]
        made = _row(table, row, widths, wide)
        strips.append(replace(made, keep=at in table.joined, repeat=(again, *forward)))
    if table.whole:
        strips = [*(replace(strip, keep=True) for strip in strips[:-1]), strips[-1]]
    return strips


def _forward(text: Text, wide: float) -> Strip:
    """What is brought forward to the page, as a row of its own across the table."""
    inks, end = set_lines((text,), CELL_PAD, ROW_PAD, wide - 2 * CELL_PAD)
    high = end + ROW_PAD
    rules = (Rule(0, high, wide, high), Rule(0, 0, 0, high), Rule(wide, 0, wide, high))
    return Strip(high, tuple(inks), rules, name=text.field)


def column_widths(table: Table, wide: float) -> list[float]:
    """Return each column's width in points; together they take `wide`.

    A column is never narrower than its widest quantity, nor than its widest ordinary word; what
    it needs comes from the columns with room to spare. Where all words together are wider than the
    table, long words are parted; quantities, numbers and dates still are not.
    """
    shares = [column.share for column in table.columns]
    wished = [wide * share / sum(shares) for share in shares]
    needs = [_least(table, index, wide) for index in range(len(shares))]
    least = [need + _EASE for _, need in needs]
    given = [max(wish, need) for wish, need in zip(wished, least, strict=True)]
    given = _narrowed(given, least, wide)
    scaled = _scaled(given, wide)
    whole = [need for need, _ in needs]
    if any(have < need for have, need in zip(scaled, whole, strict=True)):
        wider = [max(have, need) for have, need in zip(given, whole, strict=True)]
        return _scaled(_narrowed(wider, whole, wide), wide)
    return scaled


def _scaled(given: list[float], wide: float) -> list[float]:
    scale = wide / sum(given)
    return [have * scale for have in given]


def _narrowed(given: list[float], least: list[float], wide: float) -> list[float]:
    """Take what is too much from every column, each by its share of the room above its least."""
    excess = sum(given) - wide
    spare = [have - need for have, need in zip(given, least, strict=True)]
    if excess <= 0 or sum(spare) <= 0:
        return given
    part = min(1.0, excess / sum(spare))
    return [have - slack * part for have, slack in zip(given, spare, strict=True)]


def _least(table: Table, index: int, wide: float) -> tuple[float, float]:
    """The widths of what is never parted (quantities, short words), and of ordinary words."""
    widest, longest = 0.0, 0.0
    column = table.columns[index]
    for text in (column.title, *column.below, *_cells(table, index)):
        style = text.role.style
        ordinary = max(word_width(word, style.face, style.size) for word in text.words.split(" "))
        words = [one for line in text.words.split("\n") for one in line.split(" ")]
        kept = (one for one in words if NO_BREAK in one or len(one) <= _SHORT)
        widest = max(widest, *(word_width(one, style.face, style.size) for one in kept), 0.0)
        quantity = widest_quantity(text.words, style)
        longest = max(longest, quantity, ordinary if ordinary <= wide * _WORD_LIMIT else 0.0)
    return widest + 2 * CELL_PAD, longest + 2 * CELL_PAD


def _cells(table: Table, index: int) -> list[Text]:
    return [text for row in table.rows for text in row[index]]


def _header(table: Table, widths: list[float], wide: float) -> Strip:
    cells = tuple((column.title, *column.below) for column in table.columns)
    strip = _set_row(cells, widths)
    high = strip.height + 2 * ROW_PAD
    rules = (
        Rule(0, 0, wide, 0, FRAME_LINE, BLACK),
        Rule(0, high, wide, high, FRAME_LINE, BLACK),
        *_uprights(table, widths, high),
    )
    tints = (Tint(0, 0, wide, high, TINT),)
    return Strip(high, strip.inks, rules, tints, keep=True, name=table.columns[0].title.words)


def _row(
    table: Table, cells: tuple[tuple[Text, ...], ...], widths: list[float], wide: float
) -> Strip:
    strip = _set_row(cells, widths)
    high = max(strip.height + ROW_PAD, table.least_row)
    rules = (Rule(0, high, wide, high), *_uprights(table, widths, high))
    name = next((text.field for cell in cells for text in cell), "")
    return Strip(high, strip.inks, rules, name=name)


def _set_row(cells: tuple[tuple[Text, ...], ...], widths: list[float]) -> Strip:
    inks: list[Ink] = []
    x = 0.0
    lowest = 0.0
    for cell, wide in zip(cells, widths, strict=True):
        set_inks, end = set_lines(cell, x + CELL_PAD, ROW_PAD, wide - 2 * CELL_PAD)
        inks.extend(ink for ink in set_inks if ink.words)
        lowest = max(lowest, end)
        x += wide
    return Strip(lowest, tuple(inks))


def _uprights(table: Table, widths: list[float], high: float) -> tuple[Rule, ...]:
    if not table.grid:
        return ()
    edges = [0.0]
    for wide in widths:
        edges.append(edges[-1] + wide)
    return tuple(Rule(x, 0, x, high) for x in edges)
