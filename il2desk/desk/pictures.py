"""Pictures for a window: the very drawing that is on paper, laid to the width that a window has.

ReportLab's own canvas draws both, through the strips of the sheets: its chart library would place
words without our glyph gate and without knowing what they cover.
"""

from __future__ import annotations

from collections.abc import Callable

from il2desk.desk.course import course_of
from il2desk.desk.desk import Desk
from il2desk.desk.for_paper import for_paper
from il2desk.desk.run_out import run_outs
from il2desk.dosing import Refusal
from il2desk.sheets import (
    Course,
    CourseSeries,
    PageImage,
    Plot,
    RunOut,
    SheetRefused,
    course_plots,
    page_image,
    render_pictures,
    run_out_plots,
)

__all__ = [
    "Course",
    "CourseSeries",
    "PageImage",
    "RunOut",
    "course_shown",
    "draw_course",
    "draw_run_outs",
    "run_outs_shown",
]
_POINTS_AN_INCH = 72


def course_shown(desk: Desk, subject: str, cycle: str) -> Course | Refusal:
    """The course of a cycle in the words of the site's language. It reads the journal, draws nothing."""
    found = course_of(desk, subject, cycle)
    return found if isinstance(found, Refusal) else for_paper(found)


def draw_course(course: Course, wide_px: int, dpi: int) -> PageImage | Refusal:
    """The pictures of a course under each other, `wide_px` pixels across.

    It asks no journal: any thread may draw.
    """
    return _drawn(lambda: course_plots(course), wide_px, dpi)


def run_outs_shown(desk: Desk) -> tuple[RunOut, ...]:
    """The run-out of every product as of now, in the words of the site's language; nothing is drawn."""
    return tuple(for_paper(one) for one in run_outs(desk))


def draw_run_outs(records: tuple[RunOut, ...], wide_px: int, dpi: int) -> PageImage | Refusal:
    """A picture for each product under each other. Any thread may draw."""
    return _drawn(lambda: run_out_plots(records), wide_px, dpi)


def _drawn(made: Callable[[], tuple[Plot, ...]], wide_px: int, dpi: int) -> PageImage | Refusal:
    try:
        pdf = render_pictures(made(), wide_px * _POINTS_AN_INCH / dpi)
    except SheetRefused as refused:
        return Refusal("picture", (refused.what, refused.do))
    return page_image(pdf, 0, dpi)
