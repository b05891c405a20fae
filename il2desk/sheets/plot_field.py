"""Where a picture lies between its numbers at the left and its words at the right."""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.dosing import write_quantity
from il2desk.sheets.faces import width
from il2desk.sheets.plot import Plot
from il2desk.sheets.plot_room import STYLE
from il2desk.sheets.plot_scale import scale_of
from il2desk.sheets.wrapping import widest_quantity

GAP = 4.0  # points between a scale and its numbers, and between lines and their words
_WIDEST = 0.27  # of the width: longer words beside a line part into several lines
_CORNER = 8.0  # points that a mark at the edge needs


@dataclass(frozen=True, slots=True)
class Field:
    """The left and right edge of the picture in points, the whole width, the minutes it covers."""

    left: float
    right: float
    wide: float
    long: int

    def x(self, minutes: int) -> float:
        """Return where a moment stands."""
        return self.left + (self.right - self.left) * minutes / max(self.long, 1)

    @property
    def words_room(self) -> float:
        """How wide the words at the right may run."""
        return self.wide - self.right - 2 * GAP


def field_of(plot: Plot, wide: float) -> Field:
    """Return the place of the picture: all panels share it, so that moments stand above each other."""
    numbers: list[float] = [_CORNER]
    said: list[str] = []
    for panel in plot.panels:
        if panel.empty is not None or not panel.unit:
            continue
        numbers += [run(write_quantity(tick, panel.unit)) for tick in scale_of(panel).ticks]
        said += [one.label.words for one in panel.guides]
        said += [one.label.words for one in panel.stairs]
    words = [_CORNER, *(run(one) for one in said)]
    kept = max((widest_quantity(one, STYLE) for one in said), default=0.0)
    room = max(min(max(words) + 0.5, wide * _WIDEST), kept + 0.5)
    return Field(max(numbers) + GAP, wide - room - 2 * GAP, wide, plot.long)


def run(words: str) -> float:
    """Return how wide words run in the letters of a picture."""
    return width(words, STYLE.face, STYLE.size)
