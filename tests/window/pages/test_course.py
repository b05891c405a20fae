"""The page of the course: drawn beside the window, told in words, and each value opens its record."""

from __future__ import annotations

import threading
from datetime import datetime
from decimal import Decimal

import pytest

from il2desk.desk import CyclePlan, JournalFault, WeightForm, new_token, plan_cycle, record_weight
from il2desk.desk.pictures import CoursePart, draw_course
from il2desk.dosing import refuse
from il2desk.window.pages.course import CoursePage
from il2desk.window.table_model import as_cell


def weigh(desk, subject: str, kilograms: str, purpose: str = "dosing") -> str:
    form = WeightForm(Decimal(kilograms), desk.clock.now(), "bed scale", purpose)
    entry = record_weight(desk, subject, form, new_token())
    return entry.id


def drawn(qtbot, page: CoursePage) -> None:
    qtbot.waitUntil(
        lambda: not page.at_work and not page.picture.shown.pixmap().isNull(), timeout=20000
    )


def read(qtbot, page: CoursePage) -> None:
    qtbot.waitUntil(lambda: not page._reading.is_running(), timeout=20000)


@pytest.fixture
def page(office, site_copy_desk, planned, qtbot) -> CoursePage:
    """The course of a patient with a weight and a planned cycle, drawn."""
    weigh(site_copy_desk, planned, "70")
    office.open("course", subject=planned)
    made = office.page()
    drawn(qtbot, made)
    return made


def test_c_on_the_board_opens_the_course_of_its_cycle(
    office, site_copy_desk, planned, typing, qtbot
):
    weigh(site_copy_desk, planned, "70")
    office.open("board", subject=planned)
    typing("c")
    page = office.page()
    assert isinstance(page, CoursePage)
    read(qtbot, page)
    assert page.which.text() == "Course 1, cycle 1"
    drawn(qtbot, page)
    assert page.refused.sentences() == ()


def test_the_picture_has_the_width_of_the_page_and_is_told_in_words(page):
    said = page.picture.shown.accessibleDescription().replace("\u00a0", " ")
    assert "Doses: Planned 15." in said
    assert "70 kg" in said
    assert "No creatinine was recorded in this cycle." in said
    assert page.picture.shown.accessibleName() == "the picture of the course"
    shown = page.picture.shown.pixmap()
    # Points become whole pixels: the last one may be begun.
    assert 0 <= shown.deviceIndependentSize().width() - page.picture.width() <= 1
    assert shown.toImage().pixelColor(2, 2).lightness() == 255  # white paper in every theme


def test_every_value_stands_below_with_who_and_when_and_enter_opens_its_record(
    office, page, typing
):
    rows = page.table.rows()
    weights = [row for row in rows if row.id.startswith("value/0/")]
    assert len(rows) == 16
    assert len(weights) == 1
    assert "K. Brandt\n12-Mar-2026" in as_cell(weights[0].cells[3]).text
    page.table.select(weights[0].id)
    page.table.view.setFocus()
    typing("{Enter}")
    records = office.page()
    assert records.title == "Records"
    assert records.table.current_id().endswith(weights[0].id.split("/")[2])


def test_e_and_l_change_the_cycle(page, site_copy_desk, typing, office, qtbot):
    plan = CyclePlan(datetime.fromisoformat("2026-03-26T14:00"))
    assert isinstance(plan_cycle(site_copy_desk, page.subject, plan, new_token()), str)
    office.open("course", subject=page.subject)
    page = office.page()
    page.picture.shown.setFocus()
    read(qtbot, page)
    first = page.which.text()
    assert page.earlier.isVisible()
    typing("l" if first.endswith("1") else "e")
    read(qtbot, page)
    other = page.which.text()
    assert {first, other} == {"Course 1, cycle 1", "Course 1, cycle 2"}
    typing("e" if other.endswith("2") else "l")
    read(qtbot, page)
    assert page.which.text() == first
    drawn(qtbot, page)


def test_a_page_that_is_left_ends_its_work(office, page):
    page.refresh()
    assert page.at_work
    office.open("today")
    assert not page.at_work


def test_the_page_is_there_at_once_and_shows_nothing_old_while_it_reads(office, page, qtbot):
    assert page.table.rows()
    page.refresh()
    assert page.which.text() == "Opening the course ..."
    assert page.table.rows() == ()
    assert page.table.footer() == "Opening the course ..."
    assert page.picture.shown.pixmap().isNull()
    assert page.picture.shown.accessibleDescription() == ""
    read(qtbot, page)
    assert page.which.text() == "Course 1, cycle 1"
    assert page.table.rows()


def test_a_course_that_cannot_be_read_says_so(office, page, qtbot, monkeypatch):
    def broken(*_):
        yield CoursePart(1, 3)
        raise JournalFault("The disk is gone.", "Nothing was changed.", "Call somebody.")

    monkeypatch.setattr("il2desk.window.pages.course.course_in_parts", broken)
    page.refresh()
    read(qtbot, page)
    assert page.which.text() == "The course could not be read. F5 reads it again."
    assert page.table.rows() == ()


def test_without_a_cycle_the_page_says_which_key_leads_on(office, ordered, qtbot):
    office.open("course", subject=ordered)
    page = office.page()
    read(qtbot, page)
    assert page.which.text() == "No cycle is planned. F4 opens the board, which plans one."
    assert page.table.footer() == "Nothing is recorded in a cycle yet."
    assert page.picture.shown.pixmap().isNull()


def test_what_takes_long_is_said_and_a_refusal_stands_in_words(qtbot, page):
    picture = page.picture
    gate = threading.Event()

    def slow(*_: int):
        gate.wait(10)
        return refuse("picture", "Nothing can be drawn.")

    picture.set_drawing(slow)
    qtbot.waitUntil(picture.words.isVisible, timeout=10000)
    assert picture.words.text() == "Drawing the picture of the course ..."
    gate.set()
    qtbot.waitUntil(lambda: not picture.at_work, timeout=10000)
    assert not picture.words.isVisible()
    assert picture.shown.pixmap().isNull()
    assert picture.refused.sentences() == ("Nothing can be drawn.",)


def test_a_picture_that_is_being_drawn_has_its_room_and_then_its_drawn_height(
    office, site_copy_desk, planned, qtbot, monkeypatch
):
    may_draw = threading.Event()

    def slow(*asked):
        may_draw.wait(20)
        return draw_course(*asked)

    monkeypatch.setattr("il2desk.window.pages.course.draw_course", slow)
    office.window.resize(1280, 720)
    office.open("course", subject=planned)
    page = office.page()
    qtbot.waitUntil(lambda: bool(page.table.rows()), timeout=20000)
    qtbot.waitUntil(page.picture.words.isVisible, timeout=20000)
    assert page.picture.shown.height() == 400  # no strip over a table that jumps away later
    may_draw.set()
    drawn(qtbot, page)
    high = page.picture.shown.pixmap().deviceIndependentSize().height()
    qtbot.waitUntil(lambda: page.picture.shown.height() == round(high))
    told = page.picture.shown.accessibleDescription()
    assert "Days 12-Mar-2026 to 17-Mar-2026." in told
