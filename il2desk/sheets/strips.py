"""Blocks into strips: pieces of a column that are never split, with their ink worked out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

from il2desk.sheets.faces import width
from il2desk.sheets.geometry import (
    BLACK,
    BLOCK_GAP,
    BOX_PAD,
    CELL_PAD,
    CHUNK_GAP,
    FRAME_LINE,
    HAIR_GRAY,
    HAIRLINE,
    LABEL_WIDTH,
    PEN_ROW,
    TINT,
    Style,
)
from il2desk.sheets.model import Amount, Field, Heading, Pair, Prose, Text
from il2desk.sheets.wrapping import wrap

_ASCENT = 0.82  # of the size: how far below the top of its line the baseline stands
_MIDDLE = 0.3  # of the size above the baseline: where a rule strikes words through
_INLINE_GAP = 3.0  # points between a label and its value


@dataclass(frozen=True, slots=True)
class Ink:
    """One line of text; x and y (to the baseline) from the strip's upper left corner.

    A `struck` line has a rule through its words, see `strike`.
    """

    x: float
    y: float
    words: str
    style: Style
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float
    thick: float = HAIRLINE
    gray: float = HAIR_GRAY
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """An outline of straight sides, open or closed; `fill` is a grey (0 is black) or None."""

    corners: tuple[tuple[float, float], ...]
    fill: float | None
    thick: float = HAIRLINE
    gray: float = BLACK
    closed: bool = True
    dash: tuple[float, ...] = ()

    def moved(self, x: float, y: float) -> Figure:
        """Return the same outline at another place."""
        return replace(self, corners=tuple((x + a, y + b) for a, b in self.corners))


@dataclass(frozen=True, slots=True)
class Tint:
    """A pale rectangle behind the text."""

    x: float
    y: float
    wide: float
    high: float
    gray: float = TINT


@dataclass(frozen=True, slots=True)
class Code:
    """A DataMatrix: its upper left corner, its side, what it says; `gs1` where it is a product's."""

    x: float
    y: float
    side: float
    says: str
    gs1: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece of a column. `keep` binds it to the next; `repeat` opens each further column."""

    height: float
    inks: tuple[Ink, ...] = ()
    rules: tuple[Rule, ...] = ()
    tints: tuple[Tint, ...] = ()
    codes: tuple[Code, ...] = ()
    keep: bool = False
    repeat: tuple[Strip, ...] = ()
    name: str = field(default="", compare=False)
    figures: tuple[Figure, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether it is empty space, which a new column does not begin with."""
        return not (self.inks or self.rules or self.codes or self.keep)


def baseline(style: Style, top: float) -> float:
    """Return where the baseline of a line that begins at `top` stands."""
    return top + (style.leading - style.size) / 2 + style.size * _ASCENT


def set_lines(
    texts: tuple[Text, ...], x: float, top: float, room: float
) -> tuple[list[Ink], float]:
    """Return the texts as lines below `top`, each text on a new line, and where they end."""
    inks: list[Ink] = []
    for text in texts:
        style = text.role.style
        for line in wrap(text.words, style, room, text.field):
            inks.append(Ink(x, baseline(style, top), line, style, text.struck))
            top += style.leading
    return inks, top


def strike(ink: Ink) -> Rule:
    """Return the rule through the words of a struck line, at the height of its small letters."""
    style = ink.style
    y = ink.y - style.size * _MIDDLE
    return Rule(ink.x, y, ink.x + width(ink.words, style.face, style.size), y, FRAME_LINE, BLACK)


def box(wide: float, high: float, thick: float = FRAME_LINE) -> tuple[Rule, ...]:
    """Return the four sides of a black frame."""
    corners = ((0.0, 0.0), (wide, 0.0), (wide, high), (0.0, high), (0.0, 0.0))
    return tuple(Rule(*a, *b, thick, 0.0) for a, b in pairwise(corners))


def gap(height: float = BLOCK_GAP) -> Strip:
    """Return empty space between blocks."""
    return Strip(height)


def heading_strip(block: Heading, wide: float) -> Strip:
    """Return the tinted bar with its title."""
    inks, end = set_lines((block.title,), CELL_PAD, 1.0, wide - 2 * CELL_PAD)
    high = end + 1.0
    rules = (Rule(0, 0, wide, 0, FRAME_LINE, 0.0),)
    return Strip(
        high, tuple(inks), rules, (Tint(0, 0, wide, high),), keep=True, name=block.title.words
    )


def amount_strip(block: Amount, wide: float) -> Strip:
    """Return the boxed dose: label, amount at 14 pt, quiet lines."""
    room = wide - 2 * BOX_PAD
    label_room = width(block.label.words, block.label.role.style.face, block.label.role.style.size)
    indent = label_room + _INLINE_GAP * 2
    beside = indent + _widest(block.amount) <= room
    inks, end = set_lines((block.label,), BOX_PAD, BOX_PAD + (5.0 if beside else 0.0), room)
    start = BOX_PAD if beside else end
    shift = indent if beside else 0.0
    lines, end = set_lines((block.amount,), BOX_PAD + shift, start, room - shift)
    below, end = set_lines(block.below, BOX_PAD, end, room)
    high = end + BOX_PAD
    # White, so that no mark across the page runs through an amount.
    paper = (Tint(0, 0, wide, high, 1.0),)
    return Strip(high, (*inks, *lines, *below), box(wide, high), paper, name=block.label.words)


def _widest(text: Text) -> float:
    style = text.role.style
    return max(width(word, style.face, style.size) for word in text.words.split(" "))


def field_strip(block: Field, wide: float) -> Strip:
    """Return a label with its value beside it, or with a line to write on."""
    label, label_end = set_lines((block.label,), 0.0, 0.0, LABEL_WIDTH - CELL_PAD)
    values, value_end = set_lines(block.values, LABEL_WIDTH, 0.0, wide - LABEL_WIDTH)
    high = max(label_end, value_end) + 0.8
    rules: tuple[Rule, ...] = ()
    if not any(text.words for text in block.values):
        high = max(high, PEN_ROW)
        rules = (Rule(LABEL_WIDTH, high - 1, wide, high - 1),)
    return Strip(high, (*label, *values), rules, name=block.label.words)


def prose_strips(block: Prose, wide: float) -> list[Strip]:
    """Return each sentence as its own strip."""
    strips: list[Strip] = []
    for text in block.texts:
        inks, end = set_lines((text,), 0.0, 0.0, wide)
        strips.append(Strip(end + 1.0, tuple(inks), keep=block.leads, name=text.field))
    return strips


def line_of_pairs(pairs: tuple[Pair, ...], wide: float) -> list[Strip]:
    """Return labelled values side by side; a pair moves to the next line as a whole."""
    rows: list[list[tuple[float, Pair]]] = [[]]
    used = 0.0
    for pair in pairs:
        takes = _pair_width(pair)
        if rows[-1] and used + takes > wide:
            rows.append([])
            used = 0.0
        rows[-1].append((used, pair))
        used += takes + CHUNK_GAP
    return [_pair_row(row, wide) for row in rows if row]


def _pair_width(pair: Pair) -> float:
    value = pair.value.role.style
    return _indent(pair.label) + width(pair.value.words, value.face, value.size)


def _indent(label: Text) -> float:
    style = label.role.style
    return width(label.words, style.face, style.size) + _INLINE_GAP if label.words else 0.0


def _pair_row(row: list[tuple[float, Pair]], wide: float) -> Strip:
    tallest = max((pair.value.role.style for _, pair in row), key=lambda style: style.leading)
    line = baseline(tallest, 0.0)
    inks: list[Ink] = []
    high = tallest.leading
    for x, pair in row:
        if pair.label.words:
            inks.append(Ink(x, line, pair.label.words, pair.label.role.style))
        indent = _indent(pair.label)
        style = pair.value.role.style
        lines = wrap(pair.value.words, style, wide - x - indent, pair.value.field)
        for number, words in enumerate(lines):
            inks.append(Ink(x + indent, line + number * style.leading, words, style))
        high = max(high, line + len(lines) * style.leading - baseline(style, 0.0))
    return Strip(high, tuple(inks), name=row[0][1].value.field)
