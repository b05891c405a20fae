"""Where a line of text may end, so that no word is wider than the place it stands in.

A line ends at a space, behind a hyphen or a soft hyphen, and between Chinese characters, but not
where a word joiner forbids it, as in a date. A
translator puts a soft hyphen into a long word where it may part; it is seen only where it does.
"""

from __future__ import annotations

import re

from PySide6.QtGui import QFontMetrics

SOFT_HYPHEN = "\u00ad"
_CHINESE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]"
_CHINESE_LETTER = re.compile(_CHINESE)
_JOINER = "\u2060"
_BREAK = re.compile(rf"[ \n]|(?<=-)(?!{_JOINER})|(?<={SOFT_HYPHEN})|(?<={_CHINESE})(?={_CHINESE})")


def has_chinese(text: str) -> bool:
    """Whether there is a Chinese character in it."""
    return not text.isascii() and _CHINESE_LETTER.search(text) is not None


def pieces(text: str) -> list[str]:
    """The parts of a text that stay on one line."""
    return [part for part in _BREAK.split(text) if part]


def widest_piece(text: str, metrics: QFontMetrics) -> int:
    """How wide a place must be at least, in pixels, so that no part of the text is cut."""
    return max(
        (
            metrics.horizontalAdvance(part.replace(SOFT_HYPHEN, "-").replace(_JOINER, ""))
            for part in pieces(text)
        ),
        default=0,
    )


def in_lines(text: str, metrics: QFontMetrics, width: int) -> str:
    """The text with a line end wherever the next piece has no room in this many pixels."""
    lines = [""]
    for gap, part in _gaps_and_pieces(text):
        longer = f"{lines[-1]}{gap}{part}" if lines[-1] else part
        wide = metrics.horizontalAdvance(longer.removesuffix(SOFT_HYPHEN).replace(SOFT_HYPHEN, ""))
        if gap == "\n" or (lines[-1] and wide > width):
            lines.append(part)
        else:
            lines[-1] = longer
    ended = [re.sub(f"{SOFT_HYPHEN}$", "-", line) for line in lines[:-1]]
    return "\n".join([*ended, lines[-1]]).replace(SOFT_HYPHEN, "")


def _gaps_and_pieces(text: str) -> list[tuple[str, str]]:
    """Each piece with what stands before it: a space, a line end, or nothing."""
    found, at = [], 0
    for part in pieces(text):
        start = text.index(part, at)
        found.append((text[at:start], part))
        at = start + len(part)
    return found
