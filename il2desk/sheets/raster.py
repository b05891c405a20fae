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
    with _READING:
        return tuple(_pictures(pdf, dpi))


def _pictures(pdf: bytes, dpi: int) -> list[PageImage]:
    import pypdfium2  # noqa: PLC0415 - heavy, and only for the preview

    document = pypdfium2.PdfDocument(pdf)
    pictures: list[PageImage] = []
    try:
        for page in document:
            bitmap = page.render(
                scale=dpi / _POINTS_AN_INCH,
                force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRx,
            )
            pixels = bytes(bitmap.buffer)
            pictures.append(PageImage(bitmap.width, bitmap.height, bitmap.stride, pixels))
            bitmap.close()
            page.close()
    finally:
        document.close()
    return pictures


def page_count(pdf: bytes) -> int:
    """Return how many pages the PDF has."""
    import pypdfium2  # noqa: PLC0415 - heavy, and only for the preview

    with _READING:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()
