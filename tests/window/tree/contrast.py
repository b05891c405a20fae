"""Text stands out at 4.5 to 1 and the edges of fields and the focus ring at 3 to 1, in real pixels."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QLineEdit, QTableView
from window_tree.look import Look, Piece, short

TEXT, EDGE = 4.5, 3.0
_BYTES = 4
_LOW = 0.03928
_ROUNDING = 0.05


def faults(look: Look) -> list[str]:
    """Return a sentence for every text and every edge that is too pale."""
    image = look.image()
    found = [_of_text(look, image, piece) for piece in look.pieces]
    found += [_of_edge(look, image, one) for one in look.widgets if isinstance(one, QLineEdit)]
    return [one for one in found if one]


def _of_text(look: Look, image: QImage, piece: Piece) -> str:
    seen = piece.room.intersected(piece.widget.visibleRegion().boundingRect())
    if seen.height() < min(QFontMetrics(piece.font).height(), piece.room.height()):
        return ""  # no whole line of it is in sight
    if seen != piece.room and isinstance(piece.widget.parent(), QTableView):
        return ""  # its letters may lie where the table is scrolled to
    area = look.area(piece.widget, seen)
    best = strongest(colours(image, area))
    if best is None or best >= TEXT - _ROUNDING:
        return ""
    return f"{short(piece.text)!r} stands out {best:.2f} to 1"


def _of_edge(look: Look, image: QImage, line: QLineEdit) -> str:
    middle = line.rect().center().y()
    if not line.visibleRegion().contains(QPoint(1, middle)):
        return ""
    area = look.area(line, QRect(0, middle, 4, 1)).adjusted(-3, 0, 0, 0)
    best = strongest(colours(image, area))
    if best is None or best >= EDGE - _ROUNDING:
        return ""
    return f"the edge of the field {line.accessibleName()!r} stands out {best:.2f} to 1"


def colours(image: QImage, area: QRect) -> Counter[int]:
    """Count the colours of an area that is given in logical pixels."""
    ratio = image.devicePixelRatio()
    left, top = round(area.left() * ratio), round(area.top() * ratio)
    right, bottom = round((area.right() + 1) * ratio), round((area.bottom() + 1) * ratio)
    inside = QRect(left, top, right - left, bottom - top).intersected(image.rect())
    found: Counter[int] = Counter()
    if inside.isEmpty():
        return found
    bits, wide = memoryview(image.constBits()).cast("I"), image.bytesPerLine() // _BYTES
    for y in range(inside.top(), inside.bottom() + 1):
        found.update(bits[y * wide + inside.left() : y * wide + inside.right() + 1])
    return found


def strongest(found: Counter[int]) -> float | None:
    """Return the contrast of the ground, the commonest colour, with what stands out most from it."""
    if not found:
        return None
    ground = luminance(found.most_common(1)[0][0])
    return max(ratio(ground, luminance(colour)) for colour in found)


def luminance(colour: int) -> float:
    """Return the relative luminance, as WCAG says, of 0xRRGGBB."""
    parts = [(colour >> shift & 0xFF) / 255 for shift in (16, 8, 0)]
    red, green, blue = (c / 12.92 if c <= _LOW else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: float, other: float) -> float:
    """Return the contrast of two luminances."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
