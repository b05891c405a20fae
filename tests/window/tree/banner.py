"""One patient is named whole, at the top, over the full width; a list of several names none."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QFontMetrics
from window_tree.look import Look, corner


def faults(look: Look) -> list[str]:
    """Return what is wrong with the banner, or with its being there."""
    window: Any = look.window
    if window.is_locked():
        return []
    banner, page = window.banner(), window.page()
    subject = getattr(page, "subject", None)
    if banner is None:
        return ["a patient's screen has no banner"] if subject is not None else []
    if subject is None:
        return ["a screen of several patients names one"]
    return [*_place(window, banner), *_name(banner)]


def _place(window: Any, banner: Any) -> list[str]:
    found = []
    if banner.width() < window.centralWidget().width():
        found.append("the banner is narrower than the window")
    above = window.strips
    if corner(banner).y() > above.height() + (corner(above).y() if above.isVisible() else 0) + 2:
        found.append("something else stands above the banner")
    return found


def _name(banner: Any) -> list[str]:
    """Say where a letter of either name is not shown."""
    facts, label = banner.facts(), banner._name
    told = label.text().casefold()
    parts = [part for part in (facts.family_name, facts.given_name) if part]
    found = [f"{part!r} is not in the banner" for part in parts if part.casefold() not in told]
    metrics = QFontMetrics(label.font())
    if any(metrics.horizontalAdvance(word) > label.width() for word in label.text().split(" ")):
        found.append(f"{label.text()!r} is wider than the banner gives")
    if label.heightForWidth(label.width()) > label.height() + 1:
        found.append(f"{label.text()!r} is cut in the banner")
    facts_shown = ("_born", "_sex", "_hospital", "_trial")
    found += [
        f"{name[1:]} is not shown" for name in facts_shown if not getattr(banner, name).isVisible()
    ]
    return found
