"""What a page is held to: its words with their places, and its picture, read by another library.

`python tests/sheets/golden_pages.py` writes both anew for every example, after the pages were
looked at. Nothing else writes them.
"""

from __future__ import annotations

import json
import re
import sys
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image

GOLDEN = Path(__file__).with_name("golden")
DPI = 100
# Four greys: ink, the grey of hairlines and marks, tints, paper. Finer shades are smoothing.
_LEVELS = tuple(0 if v < 80 else 1 if v < 170 else 2 if v < 246 else 3 for v in range(256))
Line = tuple[str, float, float]


def name_of(sheet: str, case: str, paper: str) -> str:
    """The name of an example's files."""
    return re.sub(r"[^a-z0-9]+", "-", f"{sheet} {case} {paper}".lower()).strip("-")


def lines_of(pdf: bytes) -> list[list[Line]]:
    """Every line of every page: its words, and where it begins (mm from the upper left corner)."""
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        text, high = page.get_textpage(), page.get_height()
        lines = []
        for at in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(at)
            words = " ".join(text.get_text_bounded(left, bottom, right, top).split())
            lines.append((words, _mm(left), _mm(high - top)))
        pages.append(lines)
    return pages


def _mm(points: float) -> float:
    return round(points * 25.4 / 72, 1)


def pictures_of(pdf: bytes) -> list[Image.Image]:
    """Every page at 100 dots an inch in four greys."""
    document = pypdfium2.PdfDocument(pdf)
    return [
        page.render(scale=DPI / 72, grayscale=True).to_pil().point(_LEVELS) for page in document
    ]


def write_golden(name: str, pdf: bytes) -> None:
    """Keep the words and the pictures of one example."""
    GOLDEN.mkdir(exist_ok=True)
    pages = [[list(line) for line in page] for page in lines_of(pdf)]
    rows = ",\n".join(
        "[\n" + ",\n".join(json.dumps(line, ensure_ascii=False) for line in page) + "\n]"
        for page in pages
    )
    (GOLDEN / f"{name}.json").write_text(f"[\n{rows}\n]\n", encoding="utf-8")
    for number, picture in enumerate(pictures_of(pdf), start=1):
        (GOLDEN / f"{name}-{number}.png").write_bytes(_packed(picture))


def _packed(picture: Image.Image) -> bytes:
    shown = picture.point([level * 85 for level in range(4)] + [255] * 252).quantize(4)
    out = BytesIO()
    shown.save(out, "PNG", optimize=True, bits=2)
    return out.getvalue()


def kept_lines(name: str) -> list[list[Line]]:
    """The lines as they were kept."""
    pages = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    return [[(str(w), float(x), float(y)) for w, x, y in page] for page in pages]


def kept_picture(name: str, number: int) -> Image.Image:
    """A page as it was kept, in the same four greys."""
    picture = Image.open(GOLDEN / f"{name}-{number}.png").convert("L")
    return picture.point(_LEVELS)


def main() -> int:
    """Write every example anew, and take away what no example has any more."""
    from every_example import PAPERS, every_example, pdf_of  # noqa: PLC0415 - beside this file

    GOLDEN.mkdir(exist_ok=True)
    for old in GOLDEN.iterdir():
        old.unlink()
    for sheet, case in every_example():
        for paper in PAPERS:
            write_golden(name_of(sheet, case, paper), pdf_of(sheet, case, paper))
    return 0


if __name__ == "__main__":
    sys.exit(main())
