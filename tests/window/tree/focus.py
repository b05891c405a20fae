"""Exactly one thing has the keyboard, and a ring of 2 px says which, where it can be seen."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication
from window_tree.contrast import EDGE, colours, luminance, ratio
from window_tree.look import Look

WIDTH = 2


def faults(look: Look) -> list[str]:
    """Return what is wrong with the focus and its ring."""
    focus = QApplication.focusWidget()
    if focus is None or focus.window() is not look.window:
        return ["nothing in the window has the keyboard"]
    rings = [one for one in look.widgets if type(one).__name__ == "_Ring"]
    named = focus.accessibleName() or type(focus).__name__
    if len(rings) != 1 or rings[0].parentWidget() is not focus:
        on = [ring.parentWidget().accessibleName() for ring in rings]
        return [f"{named!r} has the keyboard and {len(rings)} rings are seen, on {on}"]
    ring = rings[0]
    whole = ring.rect().width() * ring.rect().height()
    shown = sum(part.width() * part.height() for part in ring.visibleRegion())
    if shown * 2 < whole:
        return [f"less than half of the ring on {named!r} is seen"]
    return _pale(look, ring.visibleRegion().boundingRect(), named)


def _pale(look: Look, seen: QRect, named: str) -> list[str]:
    """Say where the ring does not stand out from what it lies on."""
    focus = QApplication.focusWidget()
    accent = focus.palette().link().color().rgb() & 0xFFFFFF if focus else 0
    middle = QRect(seen.left(), seen.center().y(), 8, 1)
    found = colours(look.image(), look.area(focus, middle)) if focus else {}
    marked = [colour for colour in found if colour & 0xFFFFFF == accent]
    if not marked:
        return [f"no ring is painted on {named!r}"]
    best = max(ratio(luminance(accent), luminance(colour)) for colour in found)
    return [] if best >= EDGE else [f"the ring on {named!r} stands out {best:.2f} to 1"]
