"""Going from region to region of the window by one key."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

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


def chain(parts: Sequence[QWidget | None], window: QWidget) -> None:
    """Make Tab go from region to region in this order; inside a region its own order stays."""
    every = _in_tab_order(window)
    stops = [
        stop
        for part in parts
        if part is not None
        for stop in every
        # Whatever can ever be a stop keeps its place: the option of a list that is chosen later.
        if holds(part, stop) and stop.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    for one, following in pairwise(stops):
        QWidget.setTabOrder(one, following)


def _in_tab_order(window: QWidget) -> list[QWidget]:
    every = [window]
    following = window.nextInFocusChain()
    while following is not None and following is not window:
        every.append(following)
        following = following.nextInFocusChain()
    # The binding takes the giver of that call for the owner of what it gave: once a label is gone,
    # Python would delete the live widget that came after it. This makes the window the owner again.
    window.findChildren(QWidget)
    return every


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
