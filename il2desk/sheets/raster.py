"""A sheet's pages as pictures, for the window's preview: what is stored is what is seen."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

_POINTS_AN_INCH = 72
_READING = Lock()
"""The library that reads PDF may be in use by one thread at a time."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page: size in pixels, bytes a line, and the pixels as blue, green, red, unused."""

    width: int
    height: int
    stride: int
    bgrx: bytes


def page_images(pdf: bytes, dpi: int) -> tuple[PageImage, ...]:
    """Return every page of the PDF at `dpi` dots an inch."""
    return tuple(page_image(pdf, at, dpi) for at in range(page_count(pdf)))


def page_image(pdf: bytes, at: int, dpi: int) -> PageImage:
    """Return one page, the first being 0. At a printer's resolution one is held at a time."""
    import pypdfium2  # noqa: PLC0415 - heavy, and only for the preview

    with _READING:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[at]
            bitmap = page.render(
                scale=dpi / _POINTS_AN_INCH,
                force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRx,
            )
            pixels = bytes(bitmap.buffer)
            picture = PageImage(bitmap.width, bitmap.height, bitmap.stride, pixels)
            bitmap.close()
            page.close()
        finally:
            document.close()
    return picture


def page_count(pdf: bytes) -> int:
    """Return how many pages the PDF has."""
    import pypdfium2  # noqa: PLC0415 - heavy, and only for the preview

    with _READING:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()
