"""Going from region to region of the window by one key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QGridLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QWidget,
)

_TAB, _NEVER = Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.NoFocus


def step(parts: Sequence[QWidget | None], focus: QWidget | None, by: int) -> None:
    """Put the focus on the first stop of the next (1) or previous (-1) region that has one."""
    regions = [part for part in parts if part is not None and first_stop(part) is not None]
    if not regions:
        return
    here = [at for at, part in enumerate(regions) if holds(part, focus)]
    stop = first_stop(regions[(here[0] + by) % len(regions) if here else 0])
    if stop is not None:
        stop.setFocus(Qt.FocusReason.TabFocusReason)


def chain(parts: Sequence[QWidget | None]) -> None:
    """Make Tab go from region to region in this order, and inside each as one reads it."""
    stops = [stop for part in parts if part is not None for stop in reading_order(part)]
    for one, following in pairwise(stops):
        QWidget.setTabOrder(one, following)


def reading_order(part: QWidget) -> list[QWidget]:
    """Return whatever in a region can ever take the keyboard, in the order of its layouts.

    Not in the order in which it was made: what a page asks for later stands where it is read. What
    is hidden now keeps its place: the option of a list that is chosen later.
    """
    found = []
    if part.focusPolicy() != _NEVER and part.focusProxy() is None:
        found.append(part)
    for child in _children(part):
        found += reading_order(child)
    return found


def _children(part: QWidget) -> list[QWidget]:
    if isinstance(part, QScrollArea):
        inner = part.widget()
        return [] if inner is None else [inner]
    if isinstance(part, QAbstractScrollArea):
        return []  # a table or a text is one stop
    layout = part.layout()
    laid = [] if layout is None else _laid(layout)
    known = set(map(id, laid))
    free = (child for child in part.children() if isinstance(child, QWidget))
    every = laid + [child for child in free if id(child) not in known]
    return [child for child in every if not isinstance(child, QLabel)]  # it holds nothing


def _row_and_column(grid: QGridLayout, at: int) -> tuple[int, int]:
    row, column, *_ = cast("tuple[int, int, int, int]", grid.getItemPosition(at))
    return row, column


def _laid(layout: QLayout) -> list[QWidget]:
    ordered = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        ordered.sort(key=partial(_row_and_column, layout))
    found: list[QWidget] = []
    for at in ordered:
        item = layout.itemAt(at)
        widget = None if item is None else item.widget()
        inner = None if item is None else item.layout()
        if widget is not None:
            found.append(widget)
        elif inner is not None:
            found += _laid(inner)
    return found


def holds(part: QWidget, focus: QWidget | None) -> bool:
    """Return whether a region has the focus, itself or inside it."""
    return focus is not None and (part is focus or part.isAncestorOf(focus))


def first_stop(part: QWidget) -> QWidget | None:
    """Return the first widget of a region that the keyboard can reach, or None."""
    if part.isHidden() or not part.isEnabled():
        return None
    stops = [part, *part.findChildren(QWidget)]
    for stop in stops:
        reached = stop.focusPolicy() & _TAB == _TAB and stop.focusProxy() is None
        if reached and stop.isVisible() and stop.isEnabled():
            return stop
    return None
