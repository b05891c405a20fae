"""All stations in their walks, and the order of the pictures."""

from __future__ import annotations

from dataclasses import replace

import bedside
import first_hour
import house

WALKS = (first_hour.FIRST_HOUR, *bedside.WALKS, *house.WALKS)
STATIONS = tuple(
    sorted((station for walk in WALKS for station in walk.stations), key=lambda one: one.name)
)


_MOST_PAIRED = 60  # two pictures each


def _paired() -> tuple[str, ...]:
    """What is looked at in unusual ways too: every page first, then every state of every screen."""
    asked = [one for one in STATIONS if one.paired]
    found: dict[tuple[str, str], str] = {}
    for one in (*asked, *(replace(each, route=each.state) for each in asked)):
        found.setdefault((one.screen, one.route), one.name)
    return tuple(dict.fromkeys(found.values()))[:_MOST_PAIRED]


PAIRED = _paired()
