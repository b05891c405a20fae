"""The DataMatrix that leads from paper back to the journal entry; it holds no patient data."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=64)
def module_runs(text: str, *, gs1: bool = False) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """Return the modules a side, and the dark runs as (row, first column, length).

    `gs1` reads the text as application identifiers in brackets, such as (01)...(17)...(10)...
    """
    import zxingcpp  # noqa: PLC0415 - only when a sheet is drawn

    kind = zxingcpp.BarcodeFormat.DataMatrix
    barcode = zxingcpp.create_barcode(text, kind, force_square=True, gs1=gs1)
    picture = barcode.to_image(scale=1, add_quiet_zones=False)
    image = memoryview(picture)  # type: ignore[arg-type]  # it is a buffer; its stubs do not say so
    rows, columns = image.shape or (0, 0)
    if rows != columns:
        sentence = f"a square code was asked for, not {rows} by {columns}"
        raise ValueError(sentence)
    runs = []
    for row in range(rows):
        start = None
        for column in range(columns + 1):
            dark = column < columns and image[row, column] == 0
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                runs.append((row, start, column - start))
                start = None
    return rows, tuple(runs)
