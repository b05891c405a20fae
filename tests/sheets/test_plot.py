"""Pictures of values over days: no label covers another, no join over units, grey tells all shapes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import examples_course
import pytest
from every_example import every_example
from PIL import Image

from il2desk.sheets import page_image, render_pictures
from il2desk.sheets.course_picture import course_plot, course_plots
from il2desk.sheets.faces import load_faces
from il2desk.sheets.geometry import Role
from il2desk.sheets.model import write
from il2desk.sheets.plot import Panel, Plot, Point
from il2desk.sheets.plot_field import field_of
from il2desk.sheets.plot_marks import _DOSES as SHAPES
from il2desk.sheets.plot_room import box_of
from il2desk.sheets.plot_row import lanes_of
from il2desk.sheets.plot_scale import scale_of
from il2desk.sheets.plot_strips import plot_strips

WIDTHS = (427.0, 566.0, 733.0, 774.0)  # of a low window, a usual one, Letter and A4
PLOTS = [
    block
    for (sheet, _), model in sorted(every_example().items())
    if sheet in ("course", "run_out")
    for section in model.sections
    for part in section.parts
    for block in part
    if isinstance(block, Plot)
]


def text(words: str = "x"):
    return write(words, Role.FINE, "test")


def panel(*numbers: str, **more) -> Panel:
    points = tuple(Point(at * 600, Decimal(one), "dot") for at, one in enumerate(numbers))
    return Panel(text("a series"), "kg", 80.0, points, **more)


@pytest.mark.parametrize("wide", WIDTHS)
def test_no_words_of_a_picture_cover_others(wide: float) -> None:
    load_faces()
    assert len(PLOTS) > 8
    for plot in PLOTS:
        for strip in plot_strips(plot, wide):
            boxes = [(box_of(ink), ink.words) for ink in strip.inks]
            met = [(one[1], two[1]) for one, two in combinations(boxes, 2) if one[0].meets(two[0])]
            assert met == []
            assert all(box.left >= -0.5 and box.right <= wide + 0.5 for box, _ in boxes)
            assert all(ink.style.size >= 8 for ink in strip.inks)


def test_every_number_of_a_scale_has_its_unit() -> None:
    load_faces()
    for plot in PLOTS:
        for one, strip in zip(plot.panels, plot_strips(plot, 774.0)[1:], strict=True):
            if one.unit and one.empty is None:
                for tick in scale_of(one).ticks:
                    number = f"{float(tick):g}"
                    alone = [ink.words for ink in strip.inks if ink.words == number]
                    assert alone == []


@pytest.mark.parametrize(
    "numbers",
    [
        ("70", "71.2", "74.1"),
        ("1.1", "1.1", "1.1"),
        ("0",),
        ("0.9", "3.1"),
        ("-2", "7"),
        ("36.8", "41"),
    ],
)
def test_a_scale_holds_every_value_in_round_steps(numbers: tuple[str, ...]) -> None:
    scale = scale_of(panel(*numbers))
    assert scale.low <= min(map(Fraction, numbers))
    assert scale.high >= max(map(Fraction, numbers))
    assert 2 <= len(scale.ticks) <= 80 / 13 + 1
    assert all(tick % scale.step == 0 for tick in scale.ticks)
    lead = scale.step
    while lead >= 10:
        lead /= 10
    while lead < 1:
        lead *= 10
    assert lead in (1, 2, 5)


def test_a_value_in_another_unit_is_never_joined_and_is_drawn_hollow() -> None:
    creatinine = course_plot(examples_course.course()).panels[3]
    ring = [point for point in creatinine.points if point.shape == "ring"]
    after = creatinine.points[creatinine.points.index(ring[0]) + 1 :]
    assert len(ring) == 1
    assert not ring[0].joined
    assert not any(point.joined for point in after[:1])
    assert [point.joined for point in creatinine.points[:4]] == [False, True, True, True]


def test_a_value_without_a_time_is_in_the_table_and_not_in_the_picture() -> None:
    course = examples_course.course()
    creatinine = course.series[2]
    assert len(course_plot(course).panels[3].points) == len(creatinine.values) - 1
    words = [one.words for one in every_example()["course", "15 doses"].texts()]
    assert "time not recorded" in words


def test_no_dose_of_a_row_covers_another() -> None:
    load_faces()
    plot = course_plot(examples_course.many())
    field = field_of(plot, 566.0)
    points, lanes = plot.panels[0].points, lanes_of(plot.panels[0].points, field)
    places = [(field.x(one.x), lane) for one, lane in zip(points, lanes, strict=True)]
    assert max(lanes) > 0
    for (x, lane), (other, its) in combinations(places, 2):
        assert lane != its or abs(x - other) >= 11


def test_in_grey_every_state_of_a_dose_looks_different() -> None:
    """Screens, 5.2: the silhouettes alone, at the size in which a window shows them."""
    load_faces()
    pictures = {}
    for state in SHAPES:
        point = (Point(60, Decimal(0), state),)
        plot = Plot(120, (), (Panel(text("doses"), "", 0.0, point),))
        page = page_image(render_pictures((plot,), 60.0), 0, 108)
        size = (page.width, page.height)
        made = Image.frombytes("RGB", size, page.bgrx, "raw", "BGRX", page.stride)
        pictures[state] = made.convert("L").tobytes()
    for one, two in combinations(SHAPES, 2):
        differing = sum(abs(a - b) > 60 for a, b in zip(pictures[one], pictures[two], strict=True))
        assert differing > 10, (one, two)


def test_the_window_and_the_paper_show_the_same_words_and_the_same_bytes_each_time() -> None:
    plots = course_plots(examples_course.course())
    assert render_pictures(plots, 733.0) == render_pictures(plots, 733.0)
    model = every_example()["course", "15 doses"]
    on_paper = [
        block
        for section in model.sections
        for part in section.parts
        for block in part
        if isinstance(block, Plot)
    ]
    assert tuple(on_paper) == plots


def test_a_series_without_values_says_so_in_words() -> None:
    load_faces()
    plot = course_plot(examples_course.planned_only())
    strips = plot_strips(plot, 774.0)
    words = [ink.words for strip in strips for ink in strip.inks]
    assert "No creatinine was recorded in this cycle." in words
    assert not any("mg/dL" in one for one in words)
