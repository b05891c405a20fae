"""Every state can be told from every other on grey paper, without reading its word."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from il2desk.window.glyphs import STATES, VERDICTS, GlyphLabel, paint_glyph
from il2desk.window.tokens import LIGHT, THEMES, Tokens

SIDE = 26
# Grey levels of 255, as the mean over the picture: below this two glyphs would look alike.
APART = 6


def _grey(state: str, *, amended: bool = False, tokens: Tokens = LIGHT) -> bytes:
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill(QColor(tokens.base))
    painter = QPainter(image)
    paint_glyph(painter, QRectF(0, 0, SIDE, SIDE), state, amended=amended, tokens=tokens)
    painter.end()
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return b"".join(bytes(grey.constScanLine(y))[:SIDE] for y in range(SIDE))


def _apart(one: bytes, two: bytes) -> int:
    return sum(abs(a - b) for a, b in zip(one, two, strict=True)) // len(one)


@pytest.mark.parametrize("tokens", THEMES.values(), ids=THEMES)
def test_two_states_differ_in_grey(tokens: Tokens) -> None:
    greys = {state: _grey(state, tokens=tokens) for state in STATES + VERDICTS}
    alike = [
        (one, two) for one, two in combinations(greys, 2) if _apart(greys[one], greys[two]) < APART
    ]
    assert alike == []


@pytest.mark.parametrize("state", STATES)
def test_an_amended_state_is_marked(state: str) -> None:
    assert _grey(state) != _grey(state, amended=True)


def test_what_went_in_is_darker_than_what_did_not() -> None:
    def darkness(state: str) -> int:
        return sum(255 - level for level in _grey(state))

    went_in = min(darkness(state) for state in ("given", "part given"))
    not_in = max(darkness(state) for state in ("held", "omitted", "not known"))
    assert 2 * went_in > 3 * not_in


def test_the_states_are_the_ones_of_the_board() -> None:
    assert set(STATES) == {
        "scheduled", "next", "due", "overdue", "prepared", "needs second person", "disputed",
        "given", "part given", "held", "omitted", "not known", "delayed", "cancelled",
    }  # fmt: skip
    assert VERDICTS == ("GO", "HOLD", "STOP", "CANNOT ASSESS")


def test_an_unknown_state_is_refused() -> None:
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    with pytest.raises(ValueError, match="missed"):
        paint_glyph(painter, QRectF(0, 0, SIDE, SIDE), "missed")
    painter.end()


def test_a_glyph_never_stands_without_a_word(qtbot: QtBot) -> None:
    label = GlyphLabel("given", "Given 14:06")
    qtbot.addWidget(label)
    assert label.accessibleName() == "Given 14:06"
    with pytest.raises(ValueError, match="word"):
        label.set_state("held", " ")
