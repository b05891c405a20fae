"""Pages into the bytes of a PDF: the same facts give the same bytes on every machine and day."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from il2desk.sheets.faces import load_faces, pieces, width
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.geometry import (
    BOLD,
    MARK_GRAY,
    MARK_STROKE,
    MM,
    PAPERS,
    REGULAR,
    Paper,
    Role,
)
from il2desk.sheets.matrix import module_runs
from il2desk.sheets.model import SheetModel, Stamp
from il2desk.sheets.pages import Page, Watermark, label_page, make_pages
from il2desk.sheets.picture_page import picture_page
from il2desk.sheets.plot import Plot
from il2desk.sheets.strips import Code, Figure, Ink
from il2desk.words import say, speaking

_IDENTITY = re.compile(rb"\n\[<[0-9a-f]{32}><[0-9a-f]{32}>\]\n")
if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

ROLL = "Roll"
"""The paper of a label printer: as large as the label."""
_OUTLINE = 1  # the text rendering mode that strokes and does not fill
_FILLED = 0
_LINE_STEP = 1.15
_QUIET = 1.5  # points around a code that stay white
_DEPTH, _HEIGHT, _CLEAR = 0.25, 0.8, 0.8  # of the size: below and above the line; points beside it
_DRAWING = Lock()
"""The PDF library keeps its faces in one place for all threads; sheets are drawn one at a time."""


def render(model: SheetModel, paper: str = "A4", stamp: Stamp | None = None) -> bytes:
    """Return the sheet as PDF bytes on `A4` or `Letter`, laid as the sheet says.

    On `ROLL` a sheet of labels is its one label, on a page of the label's size; its code carries the copy.

    With a stamp the copy line is added and nothing else changes. Raises SheetRefused where a
    fact does not fit or the paper is not known; then nothing was drawn.
    """
    with speaking(model.language):
        return _rendered(model, paper, stamp)


def _rendered(model: SheetModel, paper: str, stamp: Stamp | None) -> bytes:
    if paper == ROLL:
        return _roll(model, stamp)
    chosen = PAPERS.get(paper)
    if chosen is None:
        raise SheetRefused(
            say("The paper {paper} is not known.", paper=paper),
            say("Nothing was printed. Choose A4 or Letter."),
        )
    with _DRAWING:
        load_faces()
        return _bytes_of(model, chosen.upright if model.upright else chosen, stamp)


def _roll(model: SheetModel, stamp: Stamp | None) -> bytes:
    """The label alone, for a label printer: nothing stands around it."""
    label = model.label
    if label is None:
        raise SheetRefused(
            say("This sheet is no label."), say("Nothing was printed. Choose A4 or Letter.")
        )
    if stamp is not None:
        # No line is free for a stamp: the code says which copy it is.
        label = replace(label, code=f"{label.code}|{stamp.copy}")
    with _DRAWING:
        load_faces()
        return _drawn(model, (label_page(label),), (label.wide_mm * MM, label.high_mm * MM))


def render_pictures(plots: tuple[Plot, ...], wide: float) -> bytes:
    """Return pictures of a sheet alone, in order, on one page `wide` points across.

    The same strips as on paper, laid to another width: a window shows them as large as it likes.
    """
    with _DRAWING:
        load_faces()
        page, high = picture_page(plots, wide)
        return _drawn(None, (page,), (wide, high))


def _bytes_of(model: SheetModel, paper: Paper, stamp: Stamp | None) -> bytes:
    return _drawn(model, make_pages(model, paper, stamp), (paper.width, paper.height))


def _drawn(model: SheetModel | None, pages: tuple[Page, ...], size: tuple[float, float]) -> bytes:
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - heavy, and only for a sheet

    out = BytesIO()
    canvas = Canvas(
        out,
        pagesize=size,
        invariant=1,
        pageCompression=0,  # another zlib would compress to other bytes
        initialFontName=REGULAR,
        initialFontSize=Role.BODY.style.size,
        lang=None if model is None else model.language,
    )
    if model is not None:
        _describe(canvas, model)
    for page in pages:
        _draw(canvas, page, size[1])
        canvas.showPage()
    canvas.save()
    return _identified(out.getvalue())


def _identified(pdf: bytes) -> bytes:
    """Put in an identity made of the file's own content.

    The library's depends on an environment variable; the length stays, and so does every offset.
    """
    digest = sha256(_IDENTITY.sub(b"", pdf)).hexdigest()[:32].encode()
    fresh, found = _IDENTITY.subn(b"\n[<" + digest + b"><" + digest + b">]\n", pdf)
    if found != 1:
        sentence = f"the file's identity was to stand in one place, not {found}"
        raise ValueError(sentence)
    return fresh


def _describe(canvas: Canvas, model: SheetModel) -> None:
    canvas.setTitle(model.title)
    canvas.setAuthor(model.author)
    canvas.setSubject(model.subject)
    canvas.setCreator("IL2Desk")
    moment = f"D:{model.written}Z"
    canvas.setDateFormatter(lambda *_: moment)  # the environment may not choose the date


def _draw(canvas: Canvas, page: Page, high: float) -> None:
    if page.watermark is not None:
        _draw_watermark(canvas, page.watermark, high)
        _clear_below(canvas, page.inks, high)
    for tint in page.tints:
        canvas.setFillGray(tint.gray)
        canvas.rect(tint.x, high - tint.y - tint.high, tint.wide, tint.high, stroke=0, fill=1)
    for rule in page.rules:
        canvas.setStrokeGray(rule.gray)
        canvas.setLineWidth(rule.thick)
        if rule.dash:
            canvas.setDash(rule.dash)
        canvas.line(rule.x0, high - rule.y0, rule.x1, high - rule.y1)
        if rule.dash:
            canvas.setDash()
    for figure in page.figures:
        _draw_figure(canvas, figure, high)
    _draw_inks(canvas, page, high)
    for code in page.codes:
        _draw_code(canvas, code, high)


def _draw_figure(canvas: Canvas, figure: Figure, high: float) -> None:
    (x, y), *others = figure.corners
    path = canvas.beginPath()
    path.moveTo(x, high - y)
    for across, down in others:
        path.lineTo(across, high - down)
    if figure.closed:
        path.close()
    if figure.fill is not None:
        canvas.setFillGray(figure.fill)
    canvas.setStrokeGray(figure.gray)
    canvas.setLineWidth(figure.thick)
    if figure.dash:
        canvas.setDash(figure.dash)
    canvas.drawPath(path, stroke=1, fill=int(figure.fill is not None))
    if figure.dash:
        canvas.setDash()


def _clear_below(canvas: Canvas, inks: tuple[Ink, ...], high: float) -> None:
    """White below every figure and every bold word, and below tints: a mark joins no two strokes."""
    canvas.setFillGray(1)
    for ink in inks:
        if ink.style.face != BOLD and not any(letter.isdigit() for letter in ink.words):
            continue  # so that the mark stays legible too
        size = ink.style.size
        wide = width(ink.words, ink.style.face, size) + 2 * _CLEAR
        low = high - ink.y - _DEPTH * size
        canvas.rect(ink.x - _CLEAR, low, wide, (_DEPTH + _HEIGHT) * size, stroke=0, fill=1)


def _draw_inks(canvas: Canvas, page: Page, high: float) -> None:
    words = canvas.beginText()
    set_face, set_style = "", None
    for ink in page.inks:
        words.setTextOrigin(ink.x, high - ink.y)
        for face, piece in pieces(ink.words, ink.style.face):
            if face != set_face or ink.style is not set_style:
                words.setFont(face, ink.style.size)
                words.setFillGray(ink.style.gray)
                set_face, set_style = face, ink.style
            words.textOut(piece)
    canvas.drawText(words)


def _draw_watermark(canvas: Canvas, mark: Watermark, high: float) -> None:
    canvas.saveState()
    canvas.setStrokeGray(MARK_GRAY)
    canvas.setLineWidth(MARK_STROKE)
    canvas.translate(mark.x, high - mark.y)
    canvas.rotate(mark.angle)
    words = canvas.beginText()
    words.setFont(BOLD, mark.size)
    words.setTextRenderMode(_OUTLINE)
    step = mark.size * _LINE_STEP
    first = step * (len(mark.lines) - 1) / 2 - mark.size / 3
    for number, line in enumerate(mark.lines):
        words.setTextOrigin(-width(line, BOLD, mark.size) / 2, first - number * step)
        words.textOut(line)
    words.setTextRenderMode(_FILLED)
    canvas.drawText(words)
    canvas.restoreState()


def _draw_code(canvas: Canvas, code: Code, high: float) -> None:
    side, runs = module_runs(code.says, gs1=code.gs1)
    module = code.side / side
    left, top = code.x, high - code.y
    # White below it, so that no mark across the page runs through the modules.
    canvas.setFillGray(1)
    canvas.rect(
        left - _QUIET, top - code.side - _QUIET, code.side + 2 * _QUIET, code.side + 2 * _QUIET,
        stroke=0, fill=1,
    )  # fmt: skip
    path = canvas.beginPath()
    for row, first, length in runs:
        path.rect(left + first * module, top - (row + 1) * module, length * module, module)
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)
