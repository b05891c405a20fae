"""Lengths, papers and type: every measure a sheet is drawn with, in points unless named mm.

One family, three sizes: 14 pt for the title and the dose, 9 pt for the body, 8 pt for small print.
The limits (12 mm margins, 7 mm pen rows, 8 pt, 14 pt doses, a 100 mm bar) are the house's own for
black-and-white lasers and for pens.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

MM = 72 / 25.4

MARGIN = 12 * MM
PEN_ROW = 7 * MM  # least height of a row that somebody writes in
SIGN_ROW = 9 * MM
BAR = 100 * MM
BAR_TICK = 2 * MM
CODE_SIDE = 15 * MM
GUTTER = 7 * MM
BLOCK_GAP = 2.2 * MM
CELL_PAD = 1.1 * MM
ROW_PAD = 0.35 * MM
BOX_PAD = 1.4 * MM
LABEL_WIDTH = 31 * MM
CHUNK_GAP = 5 * MM
LEAST_BODY = 60 * MM  # below this the identity block has eaten the page

HAIRLINE = 0.4
FRAME_LINE = 0.9
IDENTITY_LINE = 1.4
TINT = 0.93
IDENTITY_TINT = 0.96
HAIR_GRAY = 0.45
BLACK = 0.0
MARK_GRAY = 0.45  # a fax keeps it; it lies below tints and amounts, and only its outline is drawn
MARK_DROP = 2.0
MARK_STROKE = 0.7
MARK_ANGLE = 24  # degrees
UPRIGHT_MARK_ANGLE = 55  # degrees

REGULAR = "DejaVuSans"
BOLD = "DejaVuSans-Bold"
HAN = "NotoSansTC-Medium"  # one weight for both, see resources/fonts/README


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: its name, width and height; the papers below are laid landscape."""

    name: str
    width: float
    height: float

    @property
    def inner_width(self) -> float:
        """The width between the margins."""
        return self.width - 2 * MARGIN

    @property
    def upright(self) -> Paper:
        """The same paper laid portrait."""
        return Paper(self.name, min(self.width, self.height), max(self.width, self.height))

    @property
    def is_upright(self) -> bool:
        """Whether it is laid portrait."""
        return self.height > self.width


PAPERS = {
    "A4": Paper("A4", 297 * MM, 210 * MM),
    "Letter": Paper("Letter", 11 * 72, 8.5 * 72),
}


@dataclass(frozen=True, slots=True)
class Style:
    """How a role is set: face, size, distance to the next line, and grey (0 is black)."""

    face: str
    size: float
    leading: float
    gray: float = BLACK


class Role(Enum):
    """What a piece of text is on the sheet; the style follows from it."""

    TITLE = "title"
    DOSE = "dose"
    DRAW = "draw"  # the volume to draw up, read at arm's length
    HEADING = "heading"
    LABEL = "label"
    STRONG = "strong"
    BODY = "body"
    FINE = "fine"
    GAP = "gap"
    LABEL_DOSE = "label dose"  # the prepared dose on the large label, its lines close
    SMALL_DOSE = "small dose"  # on the small label: the number in 14 pt, its unit as BODY beside it
    BESIDE = (
        "beside"  # on a label: goes on behind the line before it where there is room, else below
    )

    @property
    def style(self) -> Style:
        """The one style of this role."""
        return _STYLES[self]


_STYLES = {
    Role.TITLE: Style(BOLD, 14, 17),
    Role.DOSE: Style(BOLD, 14, 18),
    Role.DRAW: Style(BOLD, 22, 27),
    Role.HEADING: Style(BOLD, 9, 12),
    Role.LABEL: Style(REGULAR, 8, 11, 0.25),
    Role.STRONG: Style(BOLD, 9, 11),
    Role.BODY: Style(REGULAR, 9, 11),
    Role.FINE: Style(REGULAR, 8, 10),
    Role.GAP: Style(BOLD, 9, 11),
    Role.LABEL_DOSE: Style(BOLD, 14, 16),
    Role.SMALL_DOSE: Style(BOLD, 14, 16),
    Role.BESIDE: Style(REGULAR, 8, 10),
}
