"""Every sheet as it was when somebody looked at it: words, places, pages, picture.

A page that changed is looked at again, then kept by `python tests/sheets/golden_pages.py`.
"""

from __future__ import annotations

import pytest
from every_example import PAPERS, every_example, pdf_of
from golden_pages import GOLDEN, kept_lines, kept_picture, lines_of, name_of, pictures_of
from PIL import ImageChops

EXAMPLES = sorted(every_example())
A_POINT = 0.36  # mm
STRAY = 0.0005  # of a page's pixels: smoothing may differ from one processor to the next


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(("sheet", "case"), EXAMPLES)
def test_words_and_places_are_as_kept(sheet: str, case: str, paper: str) -> None:
    found = lines_of(pdf_of(sheet, case, paper))
    kept = kept_lines(name_of(sheet, case, paper))
    assert len(found) == len(kept)
    for page, (mine, theirs) in enumerate(zip(found, kept, strict=True), start=1):
        assert [line[0] for line in mine] == [line[0] for line in theirs], f"page {page}"
        moved = [
            (line, old)
            for line, old in zip(mine, theirs, strict=True)
            if abs(line[1] - old[1]) > A_POINT or abs(line[2] - old[2]) > A_POINT
        ]
        assert moved == [], f"page {page}"


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(("sheet", "case"), EXAMPLES)
def test_pages_look_as_kept(sheet: str, case: str, paper: str) -> None:
    name = name_of(sheet, case, paper)
    for number, picture in enumerate(pictures_of(pdf_of(sheet, case, paper)), start=1):
        kept = kept_picture(name, number)
        assert picture.size == kept.size
        differing = sum(ImageChops.difference(picture, kept).histogram()[1:])
        assert differing <= STRAY * picture.width * picture.height, f"page {number}"


def test_nothing_is_kept_that_no_example_has() -> None:
    names = {name_of(*example, paper) for example in EXAMPLES for paper in PAPERS}
    kept = {file.stem for file in GOLDEN.glob("*.json")}
    assert kept == names


def test_a_word_moved_by_two_points_or_changed_in_one_letter_would_be_seen() -> None:
    sheet, case = EXAMPLES[0]
    first = lines_of(pdf_of(sheet, case, "A4"))[0]
    words, x, y = first[0]
    kept = kept_lines(name_of(sheet, case, "A4"))[0][0]
    assert abs(x + 2 * 25.4 / 72 - kept[1]) > A_POINT
    assert f"{words}." != kept[0]
    assert abs(y - kept[2]) <= A_POINT
