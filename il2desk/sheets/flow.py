"""Strips dealt to columns and pages: nothing split, headers repeated, the last page balanced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.geometry import BLOCK_GAP, GUTTER
from il2desk.sheets.label_strip import label_strip
from il2desk.sheets.model import Amount, Block, Field, Heading, Label, Prose, Section
from il2desk.sheets.plot import Plot
from il2desk.sheets.plot_strips import plot_strips
from il2desk.sheets.strips import (
    Strip,
    amount_strip,
    field_strip,
    gap,
    heading_strip,
    prose_strips,
)
from il2desk.sheets.tables import table_strips
from il2desk.words import say

_STEP = 6.0  # points by which a balanced column may end too low
_ROWS_ALONG = 2  # rows that go along with a section that must not stand alone
_BEGUN = 0.25  # of a page: what ends above it does not keep a page for itself


@dataclass(frozen=True, slots=True)
class Placed:
    """A strip with its place in the body: page from 0, offsets from the body's corner."""

    page: int
    x: float
    y: float
    strip: Strip


def lay_out(sections: tuple[Section, ...], wide: float, high: float) -> list[Placed]:
    """Return every strip in reading order with its place in bodies of `wide` by `high` points."""
    placed: list[Placed] = []
    page, y = 0, 0.0
    before: list[Placed] = []  # the section above in one column; empty where it has several
    for section in sections:
        if section.new_page and y > high * _BEGUN:
            page, y = page + 1, 0.0
        y += BLOCK_GAP if y else 0.0
        set_section, end, foot = _section(section, page, y, (wide, high))
        if section.together and y and end > page:
            whole, last, low = _section(section, page + 1, 0.0, (wide, high))
            if last == page + 1:
                set_section, end, foot = whole, last, low
            if section.brings_end and last == page + 1:
                set_section = _with_end_of(before, placed, whole, high - low)
                foot = max(one.y + one.strip.height for one in set_section)
        if set_section:
            before = set_section if section.columns == 1 else []
        placed.extend(set_section)
        page, y = end, foot
    return placed


def _with_end_of(
    before: list[Placed], placed: list[Placed], alone: list[Placed], room: float
) -> list[Placed]:
    """What stands alone on its page, below the last rows of the section before it.

    They are taken out of `placed`, and stand under what opens a page again. Nothing moves where
    they would leave only such an opening behind, or take more than `room` in points.
    """
    page = alone[0].page - 1
    rows = _clusters([one.strip for one in before if one.page == page])
    along = [strip for row in rows[-_ROWS_ALONG:] for strip in row]
    while along and along[0].blank:
        along.pop(0)
    if not along:
        return alone
    stays = [one.strip for one in placed if one.page == page][: -len(along)]
    moved, low = _stack(along, page + 1, before[-1].x, 0.0)
    down = low + BLOCK_GAP
    if down > room or all(one.blank or one in along[0].repeat for one in stays):
        return alone
    del placed[-len(along) :]
    return [*moved, *(replace(one, y=one.y + down) for one in alone)]


def _section(
    section: Section, page: int, y: float, body: tuple[float, float]
) -> tuple[list[Placed], int, float]:
    wide, high = body
    free = wide - GUTTER * (section.columns - 1)
    shares = section.shares or (1,) * section.columns
    widths = [free * share / sum(shares) for share in shares]
    if section.carried or section.continued:
        strips, page, y = _under(section, widths[0], (page, y), high)
        return _through(strips, widths, (page, y), high)
    if len(section.parts) == section.columns:
        made = zip(section.parts, widths, strict=True)
        parts = [_strips(blocks, column) for blocks, column in made]
        return _side_by_side(parts, widths, (page, y), high)
    return _through(_strips(section.parts[0], widths[0]), widths, (page, y), high)


def _under(
    section: Section, wide: float, start: tuple[int, float], high: float
) -> tuple[list[Strip], int, float]:
    """The strips with what is carried above them on every page, and where they really begin."""
    page, y = start
    opening, further = _spread(section.carried, wide), _spread(section.continued, wide)
    opening = (*opening, gap()) if opening else ()
    strips = _strips(section.parts[0], wide)
    first = sum(strip.height for strip in _clusters(strips)[0])
    if y and first > high - y:
        page, y = page + 1, 0.0
    under = [replace(strip, repeat=(*opening, *further, *strip.repeat)) for strip in strips]
    # Where it begins below others the page has it already.
    under[0] = strips[0] if y else replace(strips[0], repeat=(*opening, *strips[0].repeat))
    return under, page, y


def _spread(blocks: tuple[Block, ...], wide: float) -> tuple[Strip, ...]:
    """The strips of what opens a page again."""
    return tuple(replace(strip, keep=False) for strip in _strips(blocks, wide))


def _side_by_side(
    parts: list[list[Strip]], widths: list[float], start: tuple[int, float], high: float
) -> tuple[list[Placed], int, float]:
    page, y = start
    ends: list[tuple[int, float]] = [start]
    by_page: list[tuple[int, int, list[Placed]]] = []
    for index, strips in enumerate(parts):
        fills = _deal(strips, lambda n: high - y if n == 0 else high, high)
        for number, fill in enumerate(fills):
            top = y if number == 0 else 0.0
            placed, end = _stack(fill, page + number, sum(widths[:index]) + index * GUTTER, top)
            by_page.append((page + number, index, placed))
            ends.append((page + number, end))
    by_page.sort(key=lambda entry: entry[:2])
    page, y = max(ends)
    return [one for _, _, placed in by_page for one in placed], page, y


def _through(
    strips: list[Strip], widths: list[float], start: tuple[int, float], high: float
) -> tuple[list[Placed], int, float]:
    page, y = start
    columns, column = len(widths), widths[0]
    free = high - y
    fills = _deal(strips, lambda n: free if n < columns else high, high)
    last = (len(fills) - 1) // columns
    tail = _balanced(fills[last * columns :], columns, free if last == 0 else high)
    fills[last * columns :] = tail
    placed: list[Placed] = []
    lowest = 0.0
    for number, fill in enumerate(fills):
        on_page = number // columns
        top = y if on_page == 0 else 0.0
        x = (number % columns) * (column + GUTTER)
        one, end = _stack(fill, page + on_page, x, top)
        placed.extend(one)
        lowest = max(lowest, end) if on_page == last else lowest
    return placed, page + last, lowest


def _balanced(fills: list[list[Strip]], columns: int, high: float) -> list[list[Strip]]:
    strips = [strip for fill in fills for strip in fill]
    room = max(sum(strip.height for strip in strips) / columns, _STEP)
    while room < high:
        dealt = _dealt_within(strips, room)
        if dealt and len(dealt) <= columns:
            return dealt
        room += _STEP
    return fills


def _dealt_within(strips: list[Strip], room: float) -> list[list[Strip]]:
    try:
        return _deal(strips, lambda _: room, room)
    except SheetRefused:  # too low a column for one of them; the next try is higher
        return []


def _deal(strips: list[Strip], room: Callable[[int], float], full: float) -> list[list[Strip]]:
    fills: list[list[Strip]] = [[]]
    left = room(0)
    for cluster in _clusters(strips):
        takes = sum(strip.height for strip in cluster)
        if cluster[0].blank and (takes > left or not fills[-1]):
            continue
        opening = sum(strip.height for strip in cluster[0].repeat)
        while takes + (0 if fills[-1] else opening) > left:
            if not fills[-1] and room(len(fills) - 1) >= full:
                raise _too_tall(cluster[0])
            fills.append([])
            left = room(len(fills) - 1)
        fills[-1].extend(cluster)
        left -= takes + (opening if len(fills[-1]) == len(cluster) else 0)
    return fills


def _clusters(strips: list[Strip]) -> list[list[Strip]]:
    clusters: list[list[Strip]] = [[]]
    for strip in strips:
        clusters[-1].append(strip)
        if not strip.keep:
            clusters.append([])
    return [cluster for cluster in clusters if cluster]


def _stack(fill: list[Strip], page: int, x: float, top: float) -> tuple[list[Placed], float]:
    opening = fill[0].repeat if fill else ()
    placed: list[Placed] = []
    for strip in (*opening, *fill):
        placed.append(Placed(page, x, top, strip))
        top += strip.height
    return placed, top


def _strips(blocks: tuple[Block, ...], wide: float) -> list[Strip]:
    strips: list[Strip] = []
    for index, block in enumerate(blocks):
        made = _one(block, wide)
        fresh = isinstance(block, Heading | Amount | Label) or not made
        if index and fresh:
            strips.append(gap())
        strips.extend(made)
    return strips


def _one(block: Block, wide: float) -> list[Strip]:
    match block:
        case Heading():
            return [heading_strip(block, wide), Strip(1.5, keep=True)]
        case Amount():
            return [amount_strip(block, wide)]
        case Field():
            return [field_strip(block, wide)]
        case Prose():
            return prose_strips(block, wide)
        case Label():
            return [label_strip(block)]
        case Plot():
            return plot_strips(block, wide)
        case _:
            return table_strips(block, wide)


def _too_tall(strip: Strip) -> SheetRefused:
    return SheetRefused(
        say("The text of {name} is longer than a page.", name=strip.name),
        say("Nothing was printed. Shorten it where it was entered, then print."),
    )
