"""A picture into strips: the axis of days first, then a strip a panel, each under the axis."""

from __future__ import annotations

from dataclasses import replace

from il2desk.sheets.faces import width
from il2desk.sheets.model import Text
from il2desk.sheets.plot import Panel, Plot
from il2desk.sheets.plot_axis import axis_strip, uprights
from il2desk.sheets.plot_field import GAP, Field, field_of, run
from il2desk.sheets.plot_marks import LARGE, mark
from il2desk.sheets.plot_row import row_strip
from il2desk.sheets.plot_series import series_strip
from il2desk.sheets.strips import Figure, Ink, Strip, Tint, set_lines

_BELOW = 6.0
_KEY_LINE = 2 * LARGE + 2.0
_KEY_SHAPE, _KEY_APART = 16.0, 11.0


def plot_strips(plot: Plot, wide: float) -> list[Strip]:
    """Return the axis and the panels; a panel that opens a page brings the axis along."""
    field = field_of(plot, wide)
    axis = axis_strip(plot, field)
    again = replace(axis, keep=False)
    panels = (replace(_panel(plot, one, field), repeat=(again,)) for one in plot.panels)
    return [axis, *panels]


def _panel(plot: Plot, panel: Panel, field: Field) -> Strip:
    """The title with its key, and the panel below it; where it is empty, the words alone."""
    if panel.empty is not None:
        return _empty(panel.title, panel.empty, field.wide)
    made = series_strip(panel, field) if panel.unit else row_strip(panel, field)
    inks, end = set_lines((panel.title,), 0.0, 0.0, field.wide)
    keyed = _key(panel, field, end)
    end += keyed.height + 1.5
    area = Tint(field.left, end, field.right - field.left, made.height, 1.0)
    return Strip(
        end + made.height + _BELOW,
        (*inks, *keyed.inks, *(replace(ink, y=ink.y + end) for ink in made.inks)),
        (
            *uprights(plot, field, end, made.height),
            *(replace(rule, y0=rule.y0 + end, y1=rule.y1 + end) for rule in made.rules),
        ),
        # White, so that no mark across the page is read as a line of the picture.
        (area, *(replace(tint, y=tint.y + end) for tint in made.tints)),
        name=panel.title.words,
        figures=(*keyed.figures, *(one.moved(0.0, end) for one in made.figures)),
    )


def _key(panel: Panel, field: Field, top: float) -> Strip:
    """The shapes of a panel with their words, in lines below the title."""
    inks: list[Ink] = []
    figures: list[Figure] = []
    x, y = 0.0, top
    for one in panel.key:
        takes = _KEY_SHAPE + run(one.word.words)
        if x and x + takes > field.wide:
            x, y = 0.0, y + _KEY_LINE
        shapes, letters = mark(one.shape, x + LARGE + 1.5, y + _KEY_LINE / 2)
        figures += shapes
        inks += letters
        made, _ = set_lines((one.word,), x + _KEY_SHAPE, y + 1.4, takes)
        inks += made
        x += takes + _KEY_APART
    high = y + _KEY_LINE - top if panel.key else 0.0
    return Strip(high, tuple(inks), figures=tuple(figures))


def _empty(title: Text, words: Text, wide: float) -> Strip:
    inks, end = set_lines((title,), 0.0, 0.0, wide)
    style = title.role.style
    beside = width(title.words, style.face, style.size) + 2 * GAP
    fits = beside + run(words.words) <= wide
    x, top = (beside, 0.0) if fits else (0.0, end)
    said, low = set_lines((words,), x, top, wide - x)
    return Strip(max(end, low) + _BELOW, (*inks, *said), name=title.words)
