"""Whole pages: the frame around the body, the foot, the watermark's place, all as plain marks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, radians, sin

from il2desk.sheets.faces import width
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.flow import Placed, lay_out
from il2desk.sheets.geometry import (
    BAR,
    BAR_TICK,
    BLACK,
    BLOCK_GAP,
    BOLD,
    BOX_PAD,
    CODE_SIDE,
    FRAME_LINE,
    IDENTITY_LINE,
    IDENTITY_TINT,
    LEAST_BODY,
    MARGIN,
    MARK_ANGLE,
    MARK_DROP,
    MM,
    UPRIGHT_MARK_ANGLE,
    Paper,
    Role,
)
from il2desk.sheets.label_strip import label_strip
from il2desk.sheets.model import Frame, Label, SheetModel, Stamp, Text, write
from il2desk.sheets.strips import (
    Code,
    Figure,
    Ink,
    Rule,
    Strip,
    Tint,
    baseline,
    box,
    line_of_pairs,
    set_lines,
    strike,
)
from il2desk.words import say

_MARK_LEADING = 1.15
_MARK_LARGEST = 54.0
_PAGE_ROOM = 24 * MM


@dataclass(frozen=True, slots=True)
class Watermark:
    """The marks across the page: lines about a centre, their size and grade of turn."""

    lines: tuple[str, ...]
    x: float
    y: float
    size: float
    angle: int


@dataclass(frozen=True, slots=True)
class Page:
    """Everything drawn on one page, measured in points from its upper left corner."""

    inks: tuple[Ink, ...]
    rules: tuple[Rule, ...]
    tints: tuple[Tint, ...]
    watermark: Watermark | None
    codes: tuple[Code, ...]
    figures: tuple[Figure, ...] = ()


def make_pages(model: SheetModel, paper: Paper, stamp: Stamp | None = None) -> tuple[Page, ...]:
    """Return the sheet's pages; SheetRefused names a fact that does not fit."""
    head = _head(model.frame, paper.inner_width)
    foot = _foot(model.frame, paper.inner_width, stamp)
    top = MARGIN + head.height + BLOCK_GAP
    bottom = paper.height - MARGIN - foot.height - BLOCK_GAP / 2
    if bottom - top < LEAST_BODY:
        raise SheetRefused(
            say("The identity block leaves no room for the sheet itself."),
            say("Nothing was printed. Shorten the allergies where they were entered, then print."),
        )
    body = lay_out(model.sections, paper.inner_width, bottom - top)
    count = 1 + max((placed.page for placed in body), default=0)
    by_page: list[list[Placed]] = [[] for _ in range(count)]
    for placed in body:
        by_page[placed.page].append(placed)
    pages = []
    for number, on_page in enumerate(by_page):
        heads = Placed(number, MARGIN, MARGIN, head)
        feet = Placed(number, MARGIN, paper.height - MARGIN - foot.height, foot)
        counter = Placed(number, MARGIN, feet.y, _counter(number + 1, count, paper.inner_width))
        moved = [Placed(number, one.x + MARGIN, one.y + top, one.strip) for one in on_page]
        pages.append(_page([heads, *moved, feet, counter], model, paper))
    return tuple(pages)


def label_page(label: Label) -> Page:
    """Return the label as a page of its own size; the printer's cutter is its frame."""
    strip = label_strip(label)
    return Page(strip.inks, (), strip.tints, None, strip.codes)


def _page(placed: list[Placed], model: SheetModel, paper: Paper) -> Page:
    inks: list[Ink] = []
    rules: list[Rule] = []
    tints: list[Tint] = []
    figures: list[Figure] = []
    codes = [Code(paper.width - MARGIN - CODE_SIDE, MARGIN, CODE_SIDE, model.frame.code)]
    for one in placed:
        x, y = one.x, one.y
        set_inks = [Ink(x + i.x, y + i.y, i.words, i.style, i.struck) for i in one.strip.inks]
        inks.extend(set_inks)
        rules.extend(strike(ink) for ink in set_inks if ink.struck)
        rules.extend(
            replace(r, x0=x + r.x0, y0=y + r.y0, x1=x + r.x1, y1=y + r.y1) for r in one.strip.rules
        )
        figures.extend(figure.moved(x, y) for figure in one.strip.figures)
        tints.extend(Tint(x + t.x, y + t.y, t.wide, t.high, t.gray) for t in one.strip.tints)
        codes.extend(replace(c, x=x + c.x, y=y + c.y) for c in one.strip.codes)
    mark = _watermark(model, paper)
    return Page(tuple(inks), tuple(rules), tuple(tints), mark, tuple(codes), tuple(figures))


def _head(frame: Frame, wide: float) -> Strip:
    room = wide - CODE_SIDE - 2 * MM
    inks, title_end = set_lines((frame.title,), 0.0, 0.0, room)
    marks, rules, top = _marks(frame, room, title_end)
    inks.extend(marks)
    y = top + BOX_PAD / 2
    for line in frame.identity:
        for strip in line_of_pairs(line, room - 2 * BOX_PAD):
            inks.extend(Ink(i.x + BOX_PAD, i.y + y, i.words, i.style) for i in strip.inks)
            y += strip.height
    y = max(y + BOX_PAD / 2, CODE_SIDE)
    rules.extend(_moved(box(room, y - top, IDENTITY_LINE), 0.0, top))
    tints = (Tint(0, top, room, y - top, IDENTITY_TINT),)
    return Strip(y, tuple(inks), tuple(rules), tints)


def _marks(frame: Frame, room: float, title_end: float) -> tuple[list[Ink], list[Rule], float]:
    """Set the marks at the right of the title, or below it where both do not fit in one line."""
    title = width(frame.title.words, frame.title.role.style.face, frame.title.role.style.size)
    widths = [_mark_width(mark) for mark in frame.marks]
    x = room - sum(widths) - BOX_PAD * max(len(widths) - 1, 0)
    down = 0.0 if x > title + BOX_PAD else title_end
    inks: list[Ink] = []
    rules: list[Rule] = []
    end = title_end
    for mark, mark_wide in zip(frame.marks, widths, strict=True):
        marked, end = set_lines((mark,), x + BOX_PAD, down + MARK_DROP, mark_wide)
        inks.extend(marked)
        rules.extend(_moved(box(mark_wide, end - down), x, down))
        x += mark_wide + BOX_PAD
    return inks, rules, max(title_end, end) + MARK_DROP


def _mark_width(mark: Text) -> float:
    style = mark.role.style
    return width(mark.words, style.face, style.size) + 2 * BOX_PAD


def _moved(rules: tuple[Rule, ...], x: float, y: float) -> list[Rule]:
    return [Rule(x + r.x0, y + r.y0, x + r.x1, y + r.y1, r.thick, r.gray) for r in rules]


def _foot(frame: Frame, wide: float, stamp: Stamp | None) -> Strip:
    inks, end = set_lines(frame.foot, 0.0, 2.0, wide - _PAGE_ROOM)
    style = Role.FINE.style
    words = say("This bar is 100\u00a0mm on paper at full size")
    # The copy stamp has a line of its own, which is there before the stamp: a copy differs from
    # the stored sheet by its stamp and by nothing else.
    bar = end + (Role.STRONG.style.leading if frame.numbered else 0.0)
    line = bar + BAR_TICK
    rules = (
        Rule(0, 0, wide, 0, FRAME_LINE, BLACK),
        Rule(0, line, BAR, line, FRAME_LINE, BLACK),
        Rule(0, line - BAR_TICK, 0, line + 1, FRAME_LINE, BLACK),
        Rule(BAR / 2, line - BAR_TICK / 2, BAR / 2, line, FRAME_LINE, BLACK),
        Rule(BAR, line - BAR_TICK, BAR, line + 1, FRAME_LINE, BLACK),
    )
    inks.append(Ink(BAR + 2 * MM, baseline(style, bar), words, style))
    if stamp is not None:
        inks.extend(_stamped(stamp, end, wide))
    return Strip(bar + style.leading, tuple(inks), rules)


def _stamped(stamp: Stamp, top: float, wide: float) -> list[Ink]:
    inks, _ = set_lines((_stamp_text(stamp),), 0.0, top, wide)
    if len(inks) > 1:
        raise SheetRefused(
            say("The copy stamp does not fit on one line."),
            say("Nothing was printed. Shorten the name of who prints, then print."),
        )
    return inks


def _stamp_text(stamp: Stamp) -> Text:
    if stamp.copy:
        words = say(
            "Copy {copy} made {at} by {who}",
            copy=stamp.copy,
            at=stamp.printed_at,
            who=stamp.printed_by,
        )
    else:
        words = say(
            "Not in the journal: copy made {at} by {who}",
            at=stamp.printed_at,
            who=stamp.printed_by,
        )
    return write(words, Role.STRONG, say("copy stamp"))


def _counter(page: int, count: int, wide: float) -> Strip:
    style = Role.STRONG.style
    words = say("Page {page} of {count}", page=page, count=count)
    x = wide - width(words, style.face, style.size)
    return Strip(style.leading, (Ink(x, baseline(style, 2.0), words, style),))


def _watermark(model: SheetModel, paper: Paper) -> Watermark | None:
    lines = model.watermark
    if not lines:
        return None
    angle = UPRIGHT_MARK_ANGLE if paper.is_upright else MARK_ANGLE
    turn = radians(angle)
    long = max(width(line, BOLD, 1.0) for line in lines)
    tall = _MARK_LEADING * len(lines)
    across = paper.inner_width / (long * cos(turn) + tall * sin(turn))
    down = (paper.height - 2 * MARGIN) / (long * sin(turn) + tall * cos(turn))
    size = min(across, down, _MARK_LARGEST)
    return Watermark(lines, paper.width / 2, paper.height / 2, size, angle)
