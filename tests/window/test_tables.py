"""Lists show and open; they are never edited, searched by stray letters or cut."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from il2desk.window.tables import Cell, Column, RecordTable, Row
from il2desk.window.theme import text_font

Show = Callable[[QWidget], QWidget]
COLUMNS = (Column("Bed", stretch=0), Column("Volume, mL", numeric=True), Column("Status"))
ROWS = (
    Row("a", ("5B-3", "2.35", Cell("OVERDUE since 07:00", "overdue"))),
    Row("b", ("5B-1", "12", Cell("DUE 14:00", "due")), "Bed 5B-1, due at 14:00"),
    Row("c", ("5B-2", "0.5", Cell("Given 14:06", "given", amended=True))),
)


@pytest.fixture
def table(shown: Show) -> RecordTable:
    """Three rows, the first chosen."""
    made = RecordTable(COLUMNS, name="Doses today")
    made.set_rows(ROWS, total=4)
    made.resize(700, 400)
    shown(made)
    made.select("a")
    made.view.setFocus()
    return made


def test_the_model_keeps_qts_rules(table: RecordTable) -> None:
    QAbstractItemModelTester(
        table._model, QAbstractItemModelTester.FailureReportingMode.Fatal, table
    )
    table.set_rows(ROWS[:1])


@pytest.mark.parametrize("key", [Qt.Key.Key_A, Qt.Key.Key_5, Qt.Key.Key_F2, Qt.Key.Key_Space])
def test_a_stray_key_edits_and_moves_nothing(table: RecordTable, key: Qt.Key) -> None:
    QTest.keyClick(table.view, key)
    assert table.view.state() != QAbstractItemView.State.EditingState
    assert table.findChildren(QLineEdit) == []
    assert table.current_id() == "a"


def test_enter_and_double_click_open_a_single_click_does_not(table: RecordTable) -> None:
    opened: list[str] = []
    table.opened.connect(opened.append)
    QTest.keyClick(table.view, Qt.Key.Key_Down)
    QTest.keyClick(table.view, Qt.Key.Key_Return)
    assert opened == ["b"]
    at = table.view.visualRect(table._model.index(2, 0)).center()
    QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert (opened, table.current_id()) == (["b"], "c")
    QTest.mouseDClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened == ["b", "c"]


def test_home_and_end_go_to_the_first_and_last_row(table: RecordTable) -> None:
    QTest.keyClick(table.view, Qt.Key.Key_End)
    assert table.current_id() == "c"
    QTest.keyClick(table.view, Qt.Key.Key_Home)
    assert table.current_id() == "a"


def test_tab_leaves_the_table(shown: Show) -> None:
    holder = QWidget()
    column = QVBoxLayout(holder)
    table, after = RecordTable(COLUMNS, name="Doses"), QLineEdit()
    column.addWidget(table)
    column.addWidget(after)
    table.set_rows(ROWS)
    shown(holder)
    table.view.setFocus()
    QTest.keyClick(table.view, Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_the_chosen_row_stays_chosen_by_its_id(table: RecordTable) -> None:
    table.select("b")
    table.set_rows(tuple(reversed(ROWS)))
    assert table.current_id() == "b"


def test_the_end_and_the_count_are_named(table: RecordTable) -> None:
    assert table.footer() == "End of list. Showing 3 of 4"
    table.set_empty("No patient has a dose planned. F3 finds a patient.")
    table.set_rows(())
    assert table.footer() == "No patient has a dose planned. F3 finds a patient."


def test_numbers_stand_on_their_decimal_mark_without_added_zeros(table: RecordTable) -> None:
    texts = [table._model.index(at, 1).data() for at in range(3)]
    assert [text.strip() for text in texts] == ["2.35", "12", "0.5"]
    metrics = table.view.fontMetrics()
    tails = [metrics.horizontalAdvance(text[len(text.strip().split(".")[0]) :]) for text in texts]
    assert max(tails) - min(tails) <= 1


def test_a_row_speaks_as_a_whole_sentence(table: RecordTable) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    assert table._model.index(1, 0).data(role) == "Bed 5B-1, due at 14:00"
    assert table._model.index(0, 2).data(role) == (
        "Bed 5B-3, Volume, mL 2.35, Status OVERDUE since 07:00"
    )


def test_long_text_makes_the_row_grow(table: RecordTable) -> None:
    before = table.view.rowHeight(0)
    long = "Held because the creatinine was above its limit and nobody could be reached " * 4
    table.set_rows((Row("a", ("5B-3", "2.35", long)), *ROWS[1:]))
    assert table.view.rowHeight(0) > before
    assert table.view.textElideMode() == Qt.TextElideMode.ElideNone


@pytest.mark.parametrize(
    ("count", "text", "scrolls"),
    [(3, "Given", False), (9, "Given", False), (60, "Given", True),
     (9, "Held because the creatinine was above its limit and nobody was reached " * 3, True)],
)  # fmt: skip
def test_no_column_lies_under_the_bar_whether_rows_are_many_or_high(
    table: RecordTable, qtbot: QtBot, count: int, text: str, scrolls: bool
) -> None:
    table.set_rows([Row(f"{at}", ("5B-3", "2.35", text)) for at in range(count)])
    view, rows = table.view, range(count)
    lowest = QFontMetrics(text_font()).height() + 10
    assert all(view.rowHeight(at) >= lowest for at in rows)
    qtbot.waitUntil(lambda: view.verticalScrollBar().isVisible() is scrolls)
    columns = sum(view.columnWidth(at) for at in range(len(COLUMNS)))
    assert view.viewport().width() - 20 < columns <= view.viewport().width()
    if not scrolls:
        assert sum(view.rowHeight(at) for at in rows) <= view.viewport().height()


def test_a_row_with_a_missing_cell_is_refused(table: RecordTable) -> None:
    with pytest.raises(ValueError, match="one cell a column"):
        table.set_rows((Row("a", ("5B-3",)),))


def test_a_cell_parts_no_number_from_its_unit(table: RecordTable) -> None:
    table.set_rows(
        (
            Row(
                "a",
                ("5B-3", "2", "maintenance for 8 weeks, 30 to 70 mcg"),
            ),
        )
    )
    index = table._model.index(0, 2)
    assert index.data() == "maintenance for 8\u00a0weeks, 30\u00a0to\u00a070\u00a0mcg"
    assert table.rows()[0].cells[2] == "maintenance for 8 weeks, 30 to 70 mcg"


def test_what_does_not_fit_the_width_is_reached_by_the_bar_and_by_the_arrows(
    table: RecordTable, qtbot: QtBot
) -> None:
    wide = "12345678901234567890"
    table.set_rows([Row(f"{at}", ("5B-3", wide, wide * 2)) for at in range(3)])
    table.resize(300, 400)
    view = table.view
    qtbot.waitUntil(view.horizontalScrollBar().isVisible)
    assert sum(view.rowHeight(at) for at in range(3)) <= view.viewport().height()
    table.select("1")
    view.setFocus()
    for _ in range(2):
        QTest.keyClick(view, Qt.Key.Key_Right)
    assert table.current_id() == "1"
    bar = view.horizontalScrollBar()
    assert bar.value() > 0
    bar.setValue(bar.maximum())
    end = view.columnViewportPosition(2) + view.columnWidth(2)
    assert end <= view.viewport().width()
    table.resize(1200, 400)
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_of_many_rows_those_in_sight_are_laid_out_and_grow(table: RecordTable) -> None:
    long = "Held because the creatinine was above its limit and nobody could be reached " * 3
    table.set_rows([Row(f"{at}", ("5B-3", "2", long if at == 300 else "x")) for at in range(500)])
    usual = table.view.rowHeight(0)
    assert table.view.rowHeight(300) == usual
    table.select("300")
    assert table.view.rowHeight(300) > 2 * usual
    seen = table.view.visualRect(table._model.index(300, 2))
    assert table.view.viewport().rect().contains(seen.topLeft())
    assert table._laid is not None
    assert len(table._laid) < 60


def test_a_cell_may_speak_for_itself(table: RecordTable) -> None:
    cell = Cell("", "given", sentence="Dose 3, given 14:06")
    table.set_rows((Row("a", ("5B-3", "2", cell)),))
    role = Qt.ItemDataRole.AccessibleTextRole
    assert table._model.index(0, 2).data(role) == "Dose 3, given 14:06"
    assert "Bed 5B-3" in str(table._model.index(0, 0).data(role))


def test_identity_columns_stay_while_the_others_scroll(shown: Show, qtbot: QtBot) -> None:
    columns = (Column("Patient", stretch=0), *(Column(f"{at}", stretch=0) for at in range(40)))
    made = RecordTable(columns, name="Trial", frozen=1, cells=True)
    made.resize(700, 400)
    made.set_rows(
        [Row(f"{at}", (f"PRA-{at:03}", *("words" for _ in range(40)))) for at in range(60)]
    )
    shown(made)
    frozen = made.view.frozen
    assert frozen is not None
    qtbot.waitUntil(lambda: not frozen.isHidden())
    made.select("50", 40)
    at = frozen.visualRect(frozen.model().index(50, 0))
    assert (at.left(), at.top()) == (0, made.view.visualRect(made._model.index(50, 40)).top())
    assert frozen.width() >= made.view.columnWidth(0)
    for _ in range(39):
        QTest.keyClick(made.view, Qt.Key.Key_Left)
    first = made.view.visualRect(made._model.index(50, 1))
    assert first.left() >= frozen.width()


def test_a_narrow_table_needs_no_frozen_columns(shown: Show) -> None:
    made = RecordTable(COLUMNS, name="Doses", frozen=1)
    made.resize(700, 400)
    made.set_rows(ROWS)
    shown(made)
    assert made.view.frozen is not None
    assert made.view.frozen.isHidden()
