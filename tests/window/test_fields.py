"""What happens when somebody types: understood exactly or refused, and never altered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from il2desk.dosing import WEIGHT_KG
from il2desk.window.fields import (
    Choice,
    ClinicalDateEdit,
    ClinicalNumberEdit,
    ClinicalTimeEdit,
    Form,
    NumberedChoice,
    PinEdit,
    TextEntry,
)

Show = Callable[[QWidget], QWidget]
Clock = Callable[[], datetime]

ACCEPTED = [
    ("70.5", "70.5"), ("70,5", "70.5"), ("0,037", None), ("70", "70"), ("2", "2"), ("300", "300"),
    ("７０．５", "70.5"),
]  # fmt: skip
REFUSED = [
    ("705", "range"), ("1,250", "separator"), ("1.250", "separator"), ("70 5", "space"),
    ("70'5", "space"), ("1.234,5", "two-marks"), ("70..5", "two-marks"), ("70.555", "separator"),
    ("0.555", "decimals"), (".5", "zero-first"), ("070.5", "leading-zero"), ("70.", "incomplete"),
    ("7e1", "exponent"), ("70.5kg", "unit"), ("-70.5", "sign"),
]  # fmt: skip


@pytest.fixture
def weight(shown: Show) -> ClinicalNumberEdit:
    """A weight field in a form, with a second field to leave to."""
    form = Form()
    field = form.add(ClinicalNumberEdit(WEIGHT_KG))
    form.add(TextEntry("Note"))
    shown(form)
    field.focus_entry()
    return field


def _type(field: ClinicalNumberEdit | ClinicalTimeEdit | ClinicalDateEdit, text: str) -> None:
    if text.isascii():
        QTest.keyClicks(field.line, text)
        return
    for letter in text:  # as an input method types it
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(field.line, event)


def _tab(field: QWidget) -> None:
    QTest.keyClick(field.window().focusWidget(), Qt.Key.Key_Tab)


@pytest.mark.parametrize(("typed", "value"), [pair for pair in ACCEPTED if pair[1]])
def test_a_number_is_accepted_and_echoed(
    weight: ClinicalNumberEdit, typed: str, value: str
) -> None:
    _type(weight, typed)
    assert weight.echo() == f"= {value}\u00a0kg"
    _tab(weight)
    assert weight.value() == Decimal(value)
    assert weight.error_text() == ""
    assert weight.typed() == typed


@pytest.mark.parametrize(("typed", "code"), REFUSED)
def test_a_refused_number_stays_with_its_sentence(
    weight: ClinicalNumberEdit, typed: str, code: str
) -> None:
    _type(weight, typed)
    assert weight.error_text() == "", "no error comes while typing"
    assert weight.value() is None
    assert weight.echo() == ""
    _tab(weight)
    assert weight.typed() == typed
    refusal = weight.refusal()
    assert refusal is not None
    assert refusal.code == code
    assert weight.error_text() == refusal.text
    assert weight.line.accessibleDescription() == refusal.text


def test_an_error_goes_as_soon_as_the_text_is_right(weight: ClinicalNumberEdit) -> None:
    _type(weight, "705")
    _tab(weight)
    assert weight.error_text()
    weight.focus_entry()
    QTest.keyClick(weight.line, Qt.Key.Key_End)
    QTest.keyClick(weight.line, Qt.Key.Key_Backspace)
    assert weight.typed() == "70"
    assert weight.error_text() == ""


def test_leaving_an_untouched_field_asks_nothing(weight: ClinicalNumberEdit) -> None:
    _tab(weight)
    assert weight.error_text() == ""
    assert weight.is_missing()
    assert not weight.judge()
    assert weight.error_text() == "Enter the dosing weight in kg."


def test_leaving_an_emptied_field_asks_for_it(weight: ClinicalNumberEdit) -> None:
    _type(weight, "7")
    QTest.keyClick(weight.line, Qt.Key.Key_Backspace)
    _tab(weight)
    assert weight.error_text() == "Enter the dosing weight in kg."


@pytest.mark.parametrize("key", [Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp])
def test_no_key_steps_a_number(weight: ClinicalNumberEdit, key: Qt.Key) -> None:
    _type(weight, "70.5")
    QTest.keyClick(weight.line, key)
    assert weight.typed() == "70.5"


def test_a_long_paste_is_kept_whole_and_refused(weight: ClinicalNumberEdit) -> None:
    QGuiApplication.clipboard().setText("70.5000000000000000001")
    QTest.keyClick(weight.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    _tab(weight)
    assert weight.typed() == "70.5000000000000000001"
    assert weight.value() is None


def test_the_value_is_settled_once_for_each_text(weight: ClinicalNumberEdit) -> None:
    settled: list[object] = []
    weight.settled.connect(settled.append)
    _type(weight, "70.5")
    assert settled == []
    QTest.keyClick(weight.line, Qt.Key.Key_Return)
    assert settled == [Decimal("70.5")]
    assert not weight.line.hasFocus(), "Enter goes on to the next field"
    weight.focus_entry()
    _tab(weight)
    assert settled == [Decimal("70.5")]


def test_enter_on_a_wrong_number_stays_and_settles_nothing(weight: ClinicalNumberEdit) -> None:
    settled: list[object] = []
    weight.settled.connect(settled.append)
    _type(weight, "705")
    QTest.keyClick(weight.line, Qt.Key.Key_Return)
    assert settled == [None]
    assert weight.line.hasFocus()


def test_another_window_is_no_leaving(weight: ClinicalNumberEdit, shown: Show) -> None:
    _type(weight, "705")
    shown(QLineEdit())
    assert weight.error_text() == ""


def test_a_question_stands_until_the_text_changes(weight: ClinicalNumberEdit) -> None:
    _type(weight, "155")
    weight.set_question("155 kg is much more than 70.5 kg. Pounds entered as kilograms?")
    assert weight.typed() == "155"
    assert "Pounds" in weight.question_text()
    _type(weight, "0")
    assert weight.question_text() == ""


def test_nothing_limits_or_masks_what_is_typed(now: Clock, qtbot: QtBot) -> None:
    for field in (
        ClinicalNumberEdit(WEIGHT_KG),
        ClinicalTimeEdit("Start time", now),
        ClinicalDateEdit("Date", now),
        TextEntry("Note"),
    ):
        qtbot.addWidget(field)
        assert field.line.validator() is None
        assert field.line.inputMask() == ""
        assert field.line.maxLength() == QLineEdit().maxLength()
        assert field.line.completer() is None


def test_nothing_clinical_is_filled_in(now: Clock, qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    form.add(ClinicalNumberEdit(WEIGHT_KG))
    form.add(ClinicalTimeEdit("Start time", now))
    form.add(ClinicalDateEdit("Date", now))
    form.add(NumberedChoice("Outcome", [Choice("given", "Given", "G")]))
    form.add(PinEdit())
    assert all(entry.typed() == "" for entry in form.entries())
    assert len(form.missing()) == 5


# Times and dates


@pytest.fixture
def start(shown: Show, now: Clock) -> ClinicalTimeEdit:
    """A time field with another field after it."""
    form = Form()
    field = form.add(ClinicalTimeEdit("Start time", now))
    form.add(TextEntry("Note"))
    shown(form)
    field.focus_entry()
    return field


@pytest.mark.parametrize(
    ("typed", "value"), [("0830", time(8, 30)), ("8:30", time(8, 30)), ("2359", time(23, 59))]
)
def test_a_time_is_accepted(start: ClinicalTimeEdit, typed: str, value: time) -> None:
    _type(start, typed)
    _tab(start)
    assert start.value() == value
    assert start.typed() == typed


@pytest.mark.parametrize("typed", ["830", "2400", "2460", "25:99", "08.30", "+15", "noon"])
def test_a_wrong_time_stays_and_is_refused(start: ClinicalTimeEdit, typed: str) -> None:
    start.line.setText(typed)
    assert not start.judge()
    assert start.value() is None
    assert start.typed() == typed
    assert start.error_text()


def test_n_stamps_the_moment_of_the_clock(start: ClinicalTimeEdit, now: Clock) -> None:
    stamped: list[object] = []
    start.stamped.connect(stamped.append)
    QTest.keyClick(start.line, Qt.Key.Key_N)
    assert start.typed() == "14:02"
    assert start.value() == time(14, 2)
    assert stamped == [now()]


def test_plus_fifteen_counts_from_the_base_and_stays_as_typed(shown: Show, now: Clock) -> None:
    form = Form()
    base = form.add(ClinicalTimeEdit("Start time", now))
    stop = form.add(ClinicalTimeEdit("Stop time", now, base=base.value))
    shown(form)
    base.line.setText("1406")
    stop.focus_entry()
    _type(stop, "+15")
    assert stop.echo() == "= 14:21"
    QTest.keyClick(stop.line, Qt.Key.Key_Return)
    assert stop.value() == time(14, 21)
    assert stop.typed() == "+15"
    base.line.setText("1000")
    assert stop.value() == time(14, 21), "what was counted does not move with its base"


def test_plus_over_midnight_is_refused(qtbot: QtBot, now: Clock) -> None:
    field = ClinicalTimeEdit("Stop time", now, base=lambda: time(23, 50))
    qtbot.addWidget(field)
    field.line.setText("+15")
    assert not field.judge()
    assert "midnight" in field.error_text()


@pytest.mark.parametrize(
    ("key", "typed", "value", "echo"),
    [
        (Qt.Key.Key_T, "12-Mar-2026", date(2026, 3, 12), "Today Thu\u00a012-Mar-2026"),
        (Qt.Key.Key_Y, "11-Mar-2026", date(2026, 3, 11), "Yesterday Wed\u00a011-Mar-2026"),
    ],
)
def test_date_keys(
    shown: Show, now: Clock, key: Qt.Key, typed: str, value: date, echo: str
) -> None:
    field = ClinicalDateEdit("Date", now)
    shown(field)
    field.focus_entry()
    QTest.keyClick(field.line, key)
    assert (field.typed(), field.value(), field.echo()) == (typed, value, echo)


def test_a_date_can_be_counted_back_but_holds_no_time(shown: Show, now: Clock) -> None:
    field = ClinicalDateEdit("Date", now)
    shown(field)
    field.focus_entry()
    _type(field, "-1")
    assert field.value() == date(2026, 3, 11)
    assert field.typed() == "-1"
    field.clear_entry()
    _type(field, "+15")
    assert not field.judge()


def test_n_is_a_letter_in_a_date_and_t_in_a_time(shown: Show, now: Clock) -> None:
    form = Form()
    clock, day = form.add(ClinicalTimeEdit("Time", now)), form.add(ClinicalDateEdit("Date", now))
    shown(form)
    clock.focus_entry()
    QTest.keyClick(clock.line, Qt.Key.Key_T)
    day.focus_entry()
    QTest.keyClick(day.line, Qt.Key.Key_N)
    assert (clock.value(), day.value()) == (None, None)


# Text, PIN, choice, form


def test_a_dangerous_short_form_is_flagged_and_kept(shown: Show) -> None:
    form = Form()
    note = form.add(TextEntry("Note"))
    form.add(TextEntry("Other"))
    shown(form)
    note.focus_entry()
    QTest.keyClicks(note.line, "20 IU lost")
    _tab(note)
    assert note.value() == "20 IU lost"
    assert note._hint.text() == "IU can be misread. Write international units."


def test_a_pin_is_neither_shown_nor_copied_nor_signalled(shown: Show) -> None:
    pin = PinEdit()
    shown(pin)
    said: list[object] = []
    pin.settled.connect(said.append)
    pin.focus_entry()
    QTest.keyClicks(pin.line, "2468")
    QGuiApplication.clipboard().setText("before")
    pin.line.selectAll()
    QTest.keyClick(pin.line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(pin.line, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == "before"
    assert "2468" not in pin.line.displayText()
    assert "2468" not in [str(each) for each in said]
    assert pin.value() == "2468"
    pin.clear_entry()
    assert pin.value() is None


OUTCOMES = [
    Choice("given", "Given", "G"),
    Choice("held", "Held", "H"),
    Choice("other", "Other"),
]


@pytest.fixture
def outcome(shown: Show) -> NumberedChoice:
    """A list of outcomes, with the focus on it."""
    form = Form()
    choice = form.add(NumberedChoice("Outcome", OUTCOMES))
    form.add(TextEntry("Note"))
    shown(form)
    choice.focus_entry()
    return choice


def test_a_choice_starts_with_nothing_chosen(outcome: NumberedChoice) -> None:
    assert outcome.value() is None
    assert not outcome.judge()
    assert "Outcome" in outcome.error_text()


@pytest.mark.parametrize(
    ("key", "chosen"), [(Qt.Key.Key_G, "given"), (Qt.Key.Key_H, "held"), (Qt.Key.Key_3, "other")]
)
def test_one_key_chooses(outcome: NumberedChoice, key: Qt.Key, chosen: str) -> None:
    said: list[str] = []
    outcome.chosen.connect(said.append)
    QTest.keyClick(outcome.window().focusWidget(), key)
    assert (outcome.value(), said) == (chosen, [chosen])


def test_arrows_move_without_choosing_and_space_chooses(outcome: NumberedChoice) -> None:
    QTest.keyClick(outcome.window().focusWidget(), Qt.Key.Key_Down)
    assert outcome.value() is None
    QTest.keyClick(outcome.window().focusWidget(), Qt.Key.Key_Space)
    assert outcome.value() == "held"
    QTest.keyClick(outcome.window().focusWidget(), Qt.Key.Key_Space)
    assert outcome.value() == "held", "a second press takes nothing back"


def test_enter_on_a_choice_chooses_nothing(outcome: NumberedChoice) -> None:
    QTest.keyClick(outcome.window().focusWidget(), Qt.Key.Key_Return)
    assert outcome.value() is None
    assert isinstance(outcome.window().focusWidget(), QLineEdit)


def test_options_that_share_a_key_are_refused(qtbot: QtBot) -> None:
    with pytest.raises(ValueError, match="key"):
        NumberedChoice("Outcome", [Choice("a", "A", "G"), Choice("b", "B", "g")])


def test_a_form_goes_from_top_to_bottom_by_tab(shown: Show, now: Clock) -> None:
    form = Form()
    entries = [
        form.add(ClinicalNumberEdit(WEIGHT_KG)),
        form.add(ClinicalTimeEdit("Time", now)),
        form.add(NumberedChoice("Outcome", OUTCOMES)),
        form.add(TextEntry("Note")),
    ]
    shown(form)
    entries[0].focus_entry()
    for entry in entries:
        focus = form.window().focusWidget()
        assert focus is not None
        assert entry.isAncestorOf(focus)
        _tab(form)


def test_judging_a_form_shows_every_error(shown: Show) -> None:
    form = Form()
    one = form.add(ClinicalNumberEdit(WEIGHT_KG))
    two = form.add(ClinicalNumberEdit(WEIGHT_KG, "Weight read again, kg"))
    shown(form)
    one.line.setText("705")
    two.line.setText("1,250")
    assert not form.judge_all()
    assert one.error_text()
    assert two.error_text()
    form.focus_first_wrong()
    assert one.line.hasFocus()


def test_a_hidden_entry_is_not_asked_for(shown: Show) -> None:
    form = Form()
    entry = form.add(ClinicalNumberEdit(WEIGHT_KG))
    shown(form)
    entry.hide()
    assert form.missing() == []
    assert form.judge_all()


def test_the_wheel_changes_no_entry(weight: ClinicalNumberEdit) -> None:
    _type(weight, "70.5")
    middle = QPointF(weight.line.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(weight.line.mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(weight.line, event)
    assert weight.typed() == "70.5"


def test_entries_name_themselves_to_readers(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    field = ClinicalNumberEdit(WEIGHT_KG)
    column.addWidget(field)
    assert field.line.accessibleName() == "Dosing weight, kg, must be filled"


def test_caps_lock_is_named_where_what_is_typed_cannot_be_seen(shown) -> None:
    pin = PinEdit()
    shown(pin)
    no, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    told = []
    for letter, held in (
        ("a", no),
        ("1", no),
        ("B", shift),
        ("C", no),
        ("1", no),
        ("d", shift),
        ("e", no),
    ):
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, held, letter)
        QApplication.sendEvent(pin.line, key)
        told.append(pin._hint.text())
    on = "Caps lock is on."
    assert told == ["", "", "", on, on, on, ""]
