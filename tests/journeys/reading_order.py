"""Where Tab goes in the real window, and whether that is the order in which one reads. No test is in here."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

MOST = 400  # stops of one screen; more would be a trap
SLACK = 4  # pixels by which two things in one line may differ
NO_ROLE = (QAccessible.Role.NoRole, QAccessible.Role.Window)


def place(widget: QWidget) -> QRect:
    """Where a widget lies in its window."""
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def stops(window: Any) -> list[QWidget]:
    """Every stop of the Tab key, by pressing it, from the one that has the keyboard until it comes again."""
    found: list[QWidget] = []
    while (focus := QApplication.focusWidget()) is not None and focus not in found:
        found.append(focus)
        assert len(found) < MOST, "Tab does not come round"
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert focus is found[0], f"Tab is caught at {named(found[-1])}"
    first = min(range(len(found)), key=lambda at: region(window, found[at]))
    while first > 0 and region(window, found[first - 1]) == region(window, found[first]):
        first -= 1
    return found[first:] + found[:first]


def region(window: Any, widget: QWidget) -> int:
    """Which part of the window holds a widget, in reading order."""
    parts = [part for part in window._regions() if part is not None]
    return next(
        (at for at, part in enumerate(parts) if part is widget or part.isAncestorOf(widget)),
        len(parts),
    )


def goes_back(one: QWidget, other: QWidget) -> bool:
    """Whether the second lies before the first: above it and not in a column at its right, or left in its line."""
    if one.isAncestorOf(other):
        return False  # what scrolls, then what is in it
    a, b = place(one), place(other)
    above = b.bottom() <= a.top() + SLACK and b.left() < a.right() - SLACK
    in_line = b.top() < a.bottom() - SLACK and b.bottom() > a.top() + SLACK
    return above or (in_line and b.right() <= a.left() + SLACK)


def faults(window: Any) -> list[str]:
    """What is wrong with the stops of the screen shown, one sentence each."""
    every = stops(window)
    order = [
        f"{named(one)} {place(one).getRect()} -> {named(two)} {place(two).getRect()}"
        for one, two in pairwise(every)
        if region(window, one) > region(window, two)
        or (region(window, one) == region(window, two) and goes_back(one, two))
    ]
    return order + [fault for stop in every if (fault := unnamed(stop))]


def unnamed(widget: QWidget) -> str:
    """What assistive technology is not told of a stop, or empty text."""
    told = QAccessible.queryAccessibleInterface(widget)
    name = told.text(QAccessible.Text.Name)
    if not name.strip():
        return f"{named(widget)} has no name"
    return f"{named(widget)} has no role" if told.role() in NO_ROLE else ""


def named(widget: QWidget) -> str:
    """A stop as a failing test names it."""
    return f"{type(widget).__name__}({widget.accessibleName()[:40]!r})"
