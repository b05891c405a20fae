"""Pages into the bytes of a PDF: the same facts give the same bytes on every machine and day."""

from __future__ import annotations

import re
from hashlib import sha256
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from il2desk.sheets.faces import load_faces, pieces, width
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.geometry import (
    BOLD,
    CODE_SIDE,
    MARK_GRAY,
    MARK_STROKE,
    PAPERS,
    REGULAR,
    Paper,
    Role,
)
from il2desk.sheets.matrix import module_runs
from il2desk.sheets.model import SheetModel, Stamp
from il2desk.sheets.pages import Page, Watermark, make_pages
from il2desk.words import say

_IDENTITY = re.compile(rb"\n\[<[0-9a-f]{32}><[0-9a-f]{32}>\]\n")
if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_OUTLINE = 1  # the text rendering mode that strokes and does not fill
_FILLED = 0
_LINE_STEP = 1.15
_DRAWING = Lock()
"""The PDF library keeps its faces in one place for all threads; sheets are drawn one at a time."""


def render(model: SheetModel, paper: str = "A4", stamp: Stamp | None = None) -> bytes:
    """Return the sheet as PDF bytes on `A4` or `Letter`, laid as the sheet says.

    With a stamp the copy line is added and nothing else changes. Raises SheetRefused where a
    fact does not fit or the paper is not known; then nothing was drawn.
    """
    chosen = PAPERS.get(paper)
    if chosen is None:
        raise SheetRefused(
            say("The paper {paper} is not known.", paper=paper),
            say("Nothing was printed. Choose A4 or Letter."),
        )
    with _DRAWING:
        load_faces()
        return _bytes_of(model, chosen.upright if model.upright else chosen, stamp)


def _bytes_of(model: SheetModel, paper: Paper, stamp: Stamp | None) -> bytes:
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - heavy, and only for a sheet

    pages = make_pages(model, paper, stamp)
    out = BytesIO()
    canvas = Canvas(
        out,
        pagesize=(paper.width, paper.height),
        invariant=1,
        pageCompression=0,  # another zlib would compress to other bytes
        initialFontName=REGULAR,
        initialFontSize=Role.BODY.style.size,
        lang=model.language,
    )
    _describe(canvas, model)
    for page in pages:
        _draw(canvas, page, paper, model.frame.code)
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


def _draw(canvas: Canvas, page: Page, paper: Paper, code: str) -> None:
    for tint in page.tints:
        canvas.setFillGray(tint.gray)
        canvas.rect(
            tint.x, paper.height - tint.y - tint.high, tint.wide, tint.high, stroke=0, fill=1
        )
    if page.watermark is not None:
        _draw_watermark(canvas, page.watermark, paper)
    for rule in page.rules:
        canvas.setStrokeGray(rule.gray)
        canvas.setLineWidth(rule.thick)
        canvas.line(rule.x0, paper.height - rule.y0, rule.x1, paper.height - rule.y1)
    _draw_inks(canvas, page, paper)
    _draw_code(canvas, code, page.code_at, paper)


def _draw_inks(canvas: Canvas, page: Page, paper: Paper) -> None:
    words = canvas.beginText()
    set_face, set_style = "", None
    for ink in page.inks:
        words.setTextOrigin(ink.x, paper.height - ink.y)
        for face, piece in pieces(ink.words, ink.style.face):
            if face != set_face or ink.style is not set_style:
                words.setFont(face, ink.style.size)
                words.setFillGray(ink.style.gray)
                set_face, set_style = face, ink.style
            words.textOut(piece)
    canvas.drawText(words)


def _draw_watermark(canvas: Canvas, mark: Watermark, paper: Paper) -> None:
    canvas.saveState()
    canvas.setStrokeGray(MARK_GRAY)
    canvas.setLineWidth(MARK_STROKE)
    canvas.translate(mark.x, paper.height - mark.y)
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


def _draw_code(canvas: Canvas, code: str, at: tuple[float, float], paper: Paper) -> None:
    side, runs = module_runs(code)
    module = CODE_SIDE / side
    left, top = at[0], paper.height - at[1]
    path = canvas.beginPath()
    for row, first, length in runs:
        path.rect(left + first * module, top - (row + 1) * module, length * module, module)
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)
