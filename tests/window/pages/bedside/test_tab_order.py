"""The keyboard goes through a form as the eye does: from top to bottom, and the value before its unit."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from il2desk.window.pages.check_row import CheckRow


def stops(inside: QWidget) -> list[QWidget]:
    """What Tab goes to within a widget, in the order in which it goes there."""
    found, one = [], inside.nextInFocusChain()
    while one is not inside:
        reached = one.isVisibleTo(inside) and one.focusPolicy() & Qt.FocusPolicy.TabFocus.value
        if inside.isAncestorOf(one) and reached and one.focusProxy() is None:
            found.append(one)
        one = one.nextInFocusChain()
    return found


@pytest.mark.parametrize("outcome", ["given", "part given", "held", "omitted", "not known"])
@pytest.mark.parametrize("released", [True, False])
def test_a_record_is_gone_through_from_top_to_bottom(bedside, outcome, released):
    if released:
        bedside.prepared()
        bedside.later(5)
    step = bedside.open(5)
    step.entries.choose("held")
    step.entries.choose(outcome)  # what was made for another outcome is made anew
    QApplication.processEvents()
    form = step.entries.form
    down = [one.mapTo(form, QPoint(0, 0)).y() for one in stops(form)]
    assert down == sorted(down)


def test_a_value_comes_before_its_unit(bedside):
    step = bedside.open(3)
    rows = [row for row in step.findChildren(CheckRow) if row.unit is not None]
    assert rows
    for row in rows:
        inside = stops(row)
        unit = [one for one in inside if row.unit.isAncestorOf(one)]
        assert inside.index(row.value_entry.line) < inside.index(unit[0])


def test_after_the_last_item_that_was_given_n_is_the_time(bedside, typing):
    step = bedside.open(2)
    for _ in step.rows():
        typing("g")
    typing("n")
    assert [row.outcome.value() for row in step.rows()] == ["given"] * len(step.rows())
    assert step.rows()[-1].time.typed() != ""
