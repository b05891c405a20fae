"""State and verdict glyphs, drawn; each differs by silhouette, fill and mark, never by colour alone.

Square: nothing recorded yet. Circle: a person recorded something. Diamond: overdue. Filled: drug
went in. Drawn in a box of 26 units and scaled.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from il2desk.window.theme import FAMILIES, colour
from il2desk.window.tokens import LIGHT, Tokens

BOX = 26
_PEN = 2.0
_BOLD_PEN = 3.0
_HATCH = 8
_BADGE = QRectF(15, 15, 11, 11)


@dataclass(frozen=True, slots=True)
class _Look:
    shape: str
    line: str
    fill: str
    mark: str


_LOOKS: dict[str, _Look] = {
    "scheduled": _Look("square", "dotted", "none", ""),
    "next": _Look("square", "dotted", "none", "small dot"),
    "due": _Look("square", "solid", "hold", "big dot"),
    "overdue": _Look("diamond", "solid", "stop", "!"),
    "prepared": _Look("square", "solid", "lower half", ""),
    "needs second person": _Look("circle", "solid", "left half", ""),
    "disputed": _Look("circle", "dashed", "none", "!"),
    "given": _Look("circle", "solid", "given", "tick"),
    "part given": _Look("circle", "solid", "given", "P"),
    "held": _Look("circle", "solid", "none", "bars"),
    "omitted": _Look("circle", "solid", "none", "dash"),
    "not known": _Look("circle", "dashed", "none", "?"),
    "delayed": _Look("square", "dotted", "none", "arrow"),
    "cancelled": _Look("square", "solid", "hatch", ""),
    "GO": _Look("rounded", "go", "none", "tick"),
    "HOLD": _Look("triangle", "solid", "hold", "low bars"),
    "STOP": _Look("octagon", "solid", "stop", "bar"),
    "CANNOT ASSESS": _Look("rounded", "dashed", "none", "?"),
}
VERDICTS: tuple[str, ...] = ("GO", "HOLD", "STOP", "CANNOT ASSESS")
STATES: tuple[str, ...] = tuple(name for name in _LOOKS if name not in VERDICTS)


def paint_glyph(
    painter: QPainter,
    rect: QRectF,
    state: str,
    *,
    amended: bool = False,
    tokens: Tokens = LIGHT,
) -> None:
    """Draw the glyph of a state or verdict in the middle of `rect`. ValueError where unknown."""
    look = _LOOKS.get(state)
    if look is None:
        msg = f"there is no glyph for {state!r}"
        raise ValueError(msg)
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center().x() - side / 2, rect.center().y() - side / 2)
    painter.scale(side / BOX, side / BOX)
    path = _shape(look.shape)
    _fill(painter, path, look.fill, tokens)
    painter.setPen(_outline(look.line, tokens))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    _mark(painter, look.mark, colour(_mark_ink(look, tokens)))
    if amended:
        _badge(painter, tokens)
    painter.restore()


def _shape(name: str) -> QPainterPath:
    path = QPainterPath()
    if name == "square":
        path.addRect(QRectF(3.5, 3.5, 19, 19))
    elif name == "circle":
        path.addEllipse(QRectF(2.5, 2.5, 21, 21))
    elif name == "rounded":
        path.addRoundedRect(QRectF(2, 4.5, 22, 17), 5, 5)
    else:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in _CORNERS[name]]))
        path.closeSubpath()
    return path


_CORNERS: dict[str, tuple[tuple[float, float], ...]] = {
    "diamond": ((13, 1), (25, 13), (13, 25), (1, 13)),
    "triangle": ((13, 1.5), (25, 23.5), (1, 23.5)),
    "octagon": (
        (8, 1.5), (18, 1.5), (24.5, 8), (24.5, 18), (18, 24.5), (8, 24.5), (1.5, 18), (1.5, 8),
    ),
}  # fmt: skip


def _fill(painter: QPainter, path: QPainterPath, fill: str, tokens: Tokens) -> None:
    painter.fillPath(path, colour(tokens.base))
    whole = {"hold": tokens.hold, "stop": tokens.stop, "given": tokens.given}
    if fill in whole:
        painter.fillPath(path, colour(whole[fill]))
    elif fill in ("lower half", "left half"):
        half = QPainterPath()
        half.addRect(QRectF(0, 13, 26, 13) if fill == "lower half" else QRectF(0, 0, 13, 26))
        painter.fillPath(path.intersected(half), colour(tokens.given))
    elif fill == "hatch":
        painter.save()
        painter.setClipPath(path)
        painter.setPen(QPen(colour(tokens.text), 1.5))
        for start in range(-26, 26, 5):
            painter.drawLine(QPointF(start, 26), QPointF(start + 26, 0))
        painter.restore()


def _outline(line: str, tokens: Tokens) -> QPen:
    pen = QPen(colour(tokens.go if line == "go" else tokens.text), _PEN)
    if line == "go":
        pen.setWidthF(_BOLD_PEN)
    elif line == "dotted":
        pen.setDashPattern([1.0, 1.4])
    elif line == "dashed":
        pen.setDashPattern([2.6, 1.7])
    return pen


def _mark_ink(look: _Look, tokens: Tokens) -> str:
    inks = {"hold": tokens.hold_text, "stop": tokens.stop_text, "given": tokens.given_text}
    return tokens.go if look.line == "go" else inks.get(look.fill, tokens.text)


_STROKES: dict[str, tuple[tuple[float, float, float, float], ...]] = {
    "bars": ((10, 8.5, 10, 17.5), (16, 8.5, 16, 17.5)),
    "low bars": ((10.7, 12, 10.7, 20), (15.3, 12, 15.3, 20)),
    "dash": ((8, 13, 18, 13),),
    "bar": ((6.5, 13, 19.5, 13),),
    "tick": ((7.5, 13.2, 11.5, 17.2), (11.5, 17.2, 18.8, 9)),
    "arrow": ((7.5, 13, 18, 13), (14, 9, 18.3, 13), (14, 17, 18.3, 13)),
}


def _mark(painter: QPainter, mark: str, ink: QColor) -> None:
    if mark in _STROKES:
        wide = 4.5 if mark == "bar" else _BOLD_PEN if mark in ("bars", "low bars", "dash") else 2.4
        painter.setPen(QPen(ink, wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for x1, y1, x2, y2 in _STROKES[mark]:
            painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))
    elif mark.endswith("dot"):
        reach = 3.2 if mark == "small dot" else 4.6
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(13, 13), reach, reach)
    elif mark:
        painter.setPen(ink)
        painter.setFont(_letter(15))
        painter.drawText(QRectF(0, 0, BOX, BOX), Qt.AlignmentFlag.AlignCenter, mark)


def _badge(painter: QPainter, tokens: Tokens) -> None:
    """The mark of an amended record, for ever visible."""
    painter.fillRect(_BADGE, colour(tokens.base))
    painter.setPen(QPen(colour(tokens.text), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(_BADGE.adjusted(0.5, 0.5, -1, -1))
    painter.setFont(_letter(9))
    painter.drawText(_BADGE.adjusted(-1, -1, 1, 1), Qt.AlignmentFlag.AlignCenter, "A")


def _letter(px: int) -> QFont:
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPixelSize(px)
    font.setBold(True)
    return font


def shade_past(painter: QPainter, area: QRect, tokens: Tokens) -> None:
    """Hatch what lies in the past along its right edge, where no text stands: the set has no shade."""
    edge = QRect(area.right() - _HATCH, area.top(), _HATCH, area.height())
    painter.save()
    painter.fillRect(edge, QBrush(colour(tokens.text), Qt.BrushStyle.BDiagPattern))
    painter.restore()
