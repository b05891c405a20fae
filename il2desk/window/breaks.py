"""Where a line of text may end, so that no word is wider than the place it stands in.

A line ends at a space, behind a hyphen or a soft hyphen, and between Chinese characters. A
translator puts a soft hyphen into a long word where it may part; it is seen only where it does.
"""

from __future__ import annotations

import re

from PySide6.QtGui import QFontMetrics

SOFT_HYPHEN = "\u00ad"
_CHINESE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]"
_BREAK = re.compile(rf"[ \n]|(?<=-)|(?<={SOFT_HYPHEN})|(?<={_CHINESE})(?={_CHINESE})")


def pieces(text: str) -> list[str]:
    """The parts of a text that stay on one line."""
    return [part for part in _BREAK.split(text) if part]


def widest_piece(text: str, metrics: QFontMetrics) -> int:
    """How wide a place must be at least, in pixels, so that no part of the text is cut."""
    return max(
        (
            metrics.horizontalAdvance(part.replace(SOFT_HYPHEN, "-"))
            for part in pieces(text.replace("\u2060", ""))
        ),
        default=0,
    )
