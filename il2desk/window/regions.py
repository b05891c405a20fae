"""Going from region to region of the window by one key."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
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

_TAB = Qt.FocusPolicy.TabFocus


def step(parts: Sequence[QWidget | None], focus: QWidget | None, by: int) -> None:
    """Put the focus on the first stop of the next (1) or previous (-1) region that has one."""
    regions = [part for part in parts if part is not None and first_stop(part) is not None]
    if not regions:
        return
    here = [at for at, part in enumerate(regions) if holds(part, focus)]
    stop = first_stop(regions[(here[0] + by) % len(regions) if here else 0])
    if stop is not None:
        stop.setFocus(Qt.FocusReason.TabFocusReason)


def following(parts: Sequence[QWidget | None], focus: QWidget, by: int) -> QWidget | None:
    """Return the stop after (1) or before (-1) the focus as one reads: layout by layout, region by region.

    Not in the order in which things were made: what a page asks for later stands where it is read.
    None where the focus is in no region.
    """
    regions = [part for part in parts if part is not None]
    here = next((at for at, part in enumerate(regions) if holds(part, focus)), None)
    if here is None:
        return None
    found = _inside(focus) if by > 0 else None
    found = found or _beside(regions[here], focus, by)
    count = len(regions)
    for step_ in range(1, count + 1):
        if found is not None:
            break
        found = _end(regions[(here + by * step_) % count], by)
    return found


def _inside(part: QWidget) -> QWidget | None:
    return next((stop for child in _children(part) if (stop := _end(child, 1))), None)


def _beside(region: QWidget, focus: QWidget, by: int) -> QWidget | None:
    """Return the next stop of the focus's own region, climbing from it to the region."""
    here = focus
    while here is not region:
        parent = here.parentWidget()
        if parent is None:
            return None
        beside = _children(parent)
        if here in beside:
            at = beside.index(here)
            for one in beside[at + 1 :] if by > 0 else beside[:at][::-1]:
                if (stop := _end(one, by)) is not None:
                    return stop
        if by < 0 and _is_stop(parent):
            return parent
        here = parent
    return None


def _end(part: QWidget, by: int) -> QWidget | None:
    """Return the first (1) or the last (-1) stop of a part of the window, itself included."""
    if not part.isVisible() or not part.isEnabled():
        return None
    if by > 0 and _is_stop(part):
        return part
    for child in _children(part)[::by]:
        if (stop := _end(child, by)) is not None:
            return stop
    return part if by < 0 and _is_stop(part) else None


def _is_stop(part: QWidget) -> bool:
    return (
        part.focusPolicy() & _TAB == _TAB
        and part.focusProxy() is None
        and part.isVisible()
        and part.isEnabled()
    )


def _children(part: QWidget) -> list[QWidget]:
    if isinstance(part, QScrollArea):
        inner = part.widget()
        return [] if inner is None else [inner]
    if isinstance(part, QAbstractScrollArea):
        return []  # a table or a text is one stop
    every = [child for child in part.children() if isinstance(child, QWidget)]
    # A label holds nothing, and is a stop itself only where it is a picture.
    every = [child for child in every if not isinstance(child, QLabel) or _is_stop(child)]
    layout = part.layout()
    if layout is None or len(every) < 2:  # noqa: PLR2004 - one has no order
        return every
    laid = _laid(layout, every)
    return laid + [child for child in every if child not in laid]


def _laid(layout: QLayout, among: list[QWidget]) -> list[QWidget]:
    """Return the widgets of a layout and of those in it, in its order.

    By `indexOf` and never by `itemAt`: the binding keeps what that gives alive when it is gone.
    """
    places = ((layout.indexOf(child), [child]) for child in among)
    found = [(_place(layout, at), widgets) for at, widgets in places if at >= 0]
    found += [
        (_place(layout, layout.indexOf(inner)), _laid(inner, among))
        for inner in layout.children()
        if isinstance(inner, QLayout)
    ]
    found.sort(key=itemgetter(0))
    return [widget for _, widgets in found for widget in widgets]


def _place(layout: QLayout, at: int) -> tuple[int, int]:
    if not isinstance(layout, QGridLayout):
        return at, 0
    row, column, *_ = cast("tuple[int, int, int, int]", layout.getItemPosition(at))
    return row, column


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
