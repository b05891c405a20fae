"""Pictures for a window: the very drawing that is on paper, laid to the width that a window has.

ReportLab's own canvas draws both, through the strips of the sheets: its chart library would place
words without our glyph gate and without knowing what they cover.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from il2desk.desk.chart import CycleChart, PatientChart, chart_of
from il2desk.desk.course import course_of_cycle
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
    "CoursePart",
    "CourseSeries",
    "PageImage",
    "RunOut",
    "course_in_parts",
    "draw_course",
    "draw_run_outs",
    "run_outs_shown",
]
_POINTS_AN_INCH = 72
_PARTS = 3


@dataclass(frozen=True, slots=True)
class CoursePart:
    """How far the reading of a course is; the last part is `whole`.

    `cycles` are those of the patient, `at` the one shown; no course where none is planned.
    """

    done: int
    of: int
    whole: bool = False
    cycles: tuple[CycleChart, ...] = ()
    at: CycleChart | None = None
    course: Course | Refusal | None = None


def course_in_parts(desk: Desk, subject: str, cycle: str | None) -> Iterator[CoursePart]:
    """A cycle's course in the words of the site's language, so that a window answers keys in between.

    Without such a cycle, the one of now or else the last. It reads the journal and draws nothing.
    """
    chart = chart_of(desk, subject)
    yield CoursePart(1, _PARTS)
    if isinstance(chart, Refusal):
        yield CoursePart(_PARTS, _PARTS, whole=True, course=chart)
        return
    cycles = tuple(chart.cycles.values())
    at = _cycle_shown(desk, chart, cycle)
    if at is None:
        yield CoursePart(_PARTS, _PARTS, whole=True)
        return
    found = course_of_cycle(desk, chart, at)
    yield CoursePart(2, _PARTS)
    said = found if isinstance(found, Refusal) else for_paper(found)
    yield CoursePart(_PARTS, _PARTS, whole=True, cycles=cycles, at=at, course=said)


def _cycle_shown(desk: Desk, chart: PatientChart, wanted: str | None) -> CycleChart | None:
    if wanted in chart.cycles:
        return chart.cycles[wanted]
    return chart.cycle_at(desk.clock.now()) or chart.cycle


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
        # Hundredths of a point, downward: a page of a part of a pixel more is drawn a pixel too wide.
        pdf = render_pictures(made(), wide_px * _POINTS_AN_INCH * 100 // dpi / 100)
    except SheetRefused as refused:
        return Refusal("picture", (refused.what, refused.do))
    return page_image(pdf, 0, dpi)
