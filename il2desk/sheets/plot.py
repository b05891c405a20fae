"""A picture of values over days, before anything is measured: panels under one axis of time.

Places are exact: minutes from the left edge, and numbers in the panel's unit. Words are finished.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from il2desk.sheets.model import Text

Number = Decimal | Fraction


@dataclass(frozen=True, slots=True)
class Point:
    """One value, or one dose of a row: where, in which shape (see plot_marks), what stands beside it.

    `joined` draws a thin line from the point before it. `badge` is a letter in a small square at
    its corner, such as A for amended. `label` is written where there is room for it and for nothing
    else; `weight` says which labels go first, the lowest number before the others.
    """

    x: int
    y: Number
    shape: str
    label: Text | None = None
    joined: bool = False
    badge: str = ""
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Guide:
    """A level line across the panel, dashed, with its words at the right."""

    y: Number
    label: Text


@dataclass(frozen=True, slots=True)
class Stairs:
    """What stays as it is until it changes: corners as (minutes, number), its words at its end.

    `dashed` for what is planned; its steps are level, then upright.
    """

    corners: tuple[tuple[int, Number], ...]
    label: Text
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class KeyWord:
    """A shape with its word, for shapes that need one."""

    shape: str
    word: Text


@dataclass(frozen=True, slots=True)
class Panel:
    """One series: its title, its unit, what is drawn; `empty` says in words that there is nothing.

    `high` in points. Without a `unit` it is a row: no scale, its points stand on one line and their
    labels below them. `from_zero` begins the scale at 0.
    """

    title: Text
    unit: str
    high: float
    points: tuple[Point, ...] = ()
    guides: tuple[Guide, ...] = ()
    stairs: tuple[Stairs, ...] = ()
    key: tuple[KeyWord, ...] = ()
    empty: Text | None = None
    from_zero: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A place on the axis of time: a day's midnight with its date, or something named with words."""

    x: int
    label: Text


@dataclass(frozen=True, slots=True)
class Plot:
    """Panels under one axis; `long` is how many minutes it covers.

    `days` are midnights of the place, `turns` what is marked through all panels, such as a change of
    the clocks.
    """

    long: int
    days: tuple[Moment, ...]
    panels: tuple[Panel, ...]
    turns: tuple[Moment, ...] = ()

    def texts(self) -> Iterator[Text]:
        """Yield every text in reading order."""
        for moment in (*self.days, *self.turns):
            yield moment.label
        for panel in self.panels:
            yield panel.title
            if panel.empty is not None:
                yield panel.empty
            for word in panel.key:
                yield word.word
            for guide in panel.guides:
                yield guide.label
            for stairs in panel.stairs:
                yield stairs.label
            for point in panel.points:
                if point.label is not None:
                    yield point.label
