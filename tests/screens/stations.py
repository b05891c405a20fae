"""All stations in their walks, and the order of the pictures."""

from __future__ import annotations

import bedside
import first_hour
import house

WALKS = (first_hour.FIRST_HOUR, *bedside.WALKS, *house.WALKS)
STATIONS = tuple(
    sorted((station for walk in WALKS for station in walk.stations), key=lambda one: one.name)
)


def _first_of_each() -> tuple[str, ...]:
    """One station for every screen, state and page: what is looked at in unusual ways too."""
    found: dict[tuple[str, str, str], str] = {}
    for one in STATIONS:
        if one.paired:
            found.setdefault((one.screen, one.state, one.route), one.name)
    return tuple(found.values())


PAIRED = _first_of_each()
