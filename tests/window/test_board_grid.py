"""The cycle board: places, keys and words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from il2desk.window.board_grid import BoardFacts, BoardGrid, DayFacts, SlotFacts

Show = Callable[[QWidget], QWidget]
ROWS = ("06:00", "14:00", "22:00")
DAYS = tuple(
    DayFacts(str(day), f"{day}-Mar", is_today=day == 12, is_past=day < 12) for day in range(10, 13)
)
STATES = ["given", "given", "omitted", "held", "given", "overdue", "due", "next"]


def _facts() -> BoardFacts:
    places = [(day.key, row) for day in DAYS for row in ROWS][1:]  # the cycle starts at 14:00
    slots = tuple(
        SlotFacts(number, day, row, f"{day}-Mar-2026 {row}", state, state.capitalize())
        for number, ((day, row), state) in enumerate(zip(places, STATES, strict=True), start=1)
    )
    return BoardFacts(DAYS, ROWS, slots, "now 15:02", "12", "14:00")


@pytest.fixture
def board(shown: Show) -> BoardGrid:
    """A board of eight doses, with the focus on it."""
    grid = BoardGrid()
    grid.set_facts(_facts())
    shown(grid)
    grid.focus_entry()
    return grid


def _press(board: BoardGrid, key: Qt.Key) -> int | None:
    QTest.keyClick(board.window().focusWidget(), key)
    return board.selected()


def test_what_is_overdue_is_chosen_first(board: BoardGrid) -> None:
    assert board.selected() == 6


def test_arrows_move_by_day_and_by_time(board: BoardGrid) -> None:
    assert _press(board, Qt.Key.Key_Down) == 7
    assert _press(board, Qt.Key.Key_Left) == 4
    assert _press(board, Qt.Key.Key_Left) == 1
    assert _press(board, Qt.Key.Key_Left) == 1, "beyond the edge nothing moves"
    assert _press(board, Qt.Key.Key_Up) == 1, "before the first dose there is none"
    assert _press(board, Qt.Key.Key_Down) == 2


def test_home_and_end(board: BoardGrid) -> None:
    assert _press(board, Qt.Key.Key_End) == 8
    assert _press(board, Qt.Key.Key_Home) == 6


def test_moving_is_signalled_and_enter_opens(board: BoardGrid) -> None:
    moved: list[int] = []
    opened: list[int] = []
    board.selected_slot.connect(moved.append)
    board.opened.connect(opened.append)
    _press(board, Qt.Key.Key_Down)
    assert (moved, opened) == ([7], [])
    _press(board, Qt.Key.Key_Return)
    assert opened == [7]


def test_a_single_click_chooses_and_opens_nothing(board: BoardGrid) -> None:
    opened: list[int] = []
    board.opened.connect(opened.append)
    slot = next(s for s in board._slots.values() if s.facts.number == 2)
    QTest.mouseClick(slot, Qt.MouseButton.LeftButton)
    assert (board.selected(), opened) == (2, [])
    QTest.mouseDClick(slot, Qt.MouseButton.LeftButton)
    assert opened == [2]


def test_the_board_is_one_stop_in_the_tab_order(board: BoardGrid) -> None:
    stops = [s for s in board._slots.values() if s.focusPolicy() == Qt.FocusPolicy.StrongFocus]
    assert len(stops) == 1


def test_the_chosen_dose_stays_chosen_when_the_board_changes(board: BoardGrid) -> None:
    board.select(3)
    board.set_facts(_facts())
    assert board.selected() == 3


def test_every_slot_has_a_word_and_a_sentence(board: BoardGrid) -> None:
    for slot in board._slots.values():
        texts = [label.text() for label in slot.findChildren(QLabel)]
        assert slot.facts.word in texts
        assert str(slot.facts.number) in texts
    assert board.sentence_of(4) == "Dose 4, planned 11-Mar-2026 14:00, Held"


def test_targets_are_large_enough(board: BoardGrid) -> None:
    for slot in board._slots.values():
        assert slot.width() >= 44
        assert slot.height() >= 56


def test_no_label_is_cut(board: BoardGrid) -> None:
    for label in board.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width()), label.text()


def test_the_now_line_covers_no_slot(board: BoardGrid) -> None:
    label = next(label for label in board.findChildren(QLabel) if label.text() == "now 15:02")
    line = label.parentWidget()
    assert line is not None
    assert not any(slot.geometry().intersects(line.geometry()) for slot in board._slots.values())


def test_two_doses_in_one_place_are_refused(board: BoardGrid) -> None:
    one = SlotFacts(1, "10", "06:00", "", "given", "Given")
    two = SlotFacts(2, "10", "06:00", "", "given", "Given")
    with pytest.raises(ValueError, match="two doses"):
        board.set_facts(BoardFacts(DAYS, ROWS, (one, two)))
