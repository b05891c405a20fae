"""Pictures of a sheet alone, on one page as wide as whoever looks at them has room."""

from __future__ import annotations

from dataclasses import replace

from il2desk.sheets.pages import Page
from il2desk.sheets.plot import Plot
from il2desk.sheets.plot_strips import plot_strips
from il2desk.sheets.strips import Figure, Ink, Rule, Strip, Tint

_EDGE = 4.0  # points around the pictures
_APART = 10.0  # points between two pictures


def picture_page(plots: tuple[Plot, ...], wide: float) -> tuple[Page, float]:
    """Return the page and its height in points."""
    inks: list[Ink] = []
    rules: list[Rule] = []
    tints: list[Tint] = []
    figures: list[Figure] = []
    y = _EDGE
    for plot in plots:
        for strip in plot_strips(plot, wide - 2 * _EDGE):
            moved = _moved(strip, _EDGE, y)
            inks += moved.inks
            rules += moved.rules
            tints += moved.tints
            figures += moved.figures
            y += strip.height
        y += _APART
    high = y - _APART + _EDGE
    return Page(tuple(inks), tuple(rules), tuple(tints), None, (), tuple(figures)), high


def _moved(strip: Strip, x: float, y: float) -> Strip:
    return replace(
        strip,
        inks=tuple(replace(ink, x=ink.x + x, y=ink.y + y) for ink in strip.inks),
        rules=tuple(
            replace(one, x0=one.x0 + x, y0=one.y0 + y, x1=one.x1 + x, y1=one.y1 + y)
            for one in strip.rules
        ),
        tints=tuple(replace(one, x=one.x + x, y=one.y + y) for one in strip.tints),
        figures=tuple(one.moved(x, y) for one in strip.figures),
    )
