"""The rows of the records that tell a weight, and a weight in full."""

from __future__ import annotations

from datetime import datetime

from il2desk.desk import Desk, PatientChart, Weight, WeightInError
from il2desk.dosing import write_moment, write_quantity
from il2desk.window.pages.weight_words import kept_words, weight_words
from il2desk.window.tables import Cell, Row
from il2desk.words import say

WEIGHT, WEIGHT_IN_ERROR = "weight", "weight in error"


def weight_rows(desk: Desk, chart: PatientChart) -> list[tuple[datetime, Row]]:
    """A row for every weight, those entered in error struck, each with when it was recorded."""
    rows = [(weight.recorded_at, _row(desk, chart, weight)) for weight in chart.weights]
    rows += [(one.weight.recorded_at, _struck(desk, one)) for one in chart.weights_in_error]
    return rows[::-1]  # of two with the same moment the newer comes first


def _row(desk: Desk, chart: PatientChart, weight: Weight) -> Row:
    what = f"{_what(weight)}\n{_measured(desk, weight)}"
    if any(weight.entry == kept.last for kept in chart.kept_weights):
        what = say("{what}\ndosing weight kept", what=what)
    cells = ("", what, "", "", "", _recorded(desk, weight))
    return Row(_id(weight, WEIGHT), cells, weight_words(desk, weight))


def _struck(desk: Desk, one: WeightInError) -> Row:
    weight = one.weight
    word = say("{what}, entered in error", what=_what(weight))
    cells = (
        "", Cell(f"{word}\n{_measured(desk, weight)}", struck=True), "", "", "",
        Cell(_recorded(desk, weight), struck=True),
    )  # fmt: skip
    return Row(_id(weight, WEIGHT_IN_ERROR), cells, word)


def weight_lines(desk: Desk, chart: PatientChart, entry: str) -> tuple[str, ...]:
    """Everything that is known of one weight; empty where it is not this patient's."""
    wrong = next((one for one in chart.weights_in_error if one.weight.entry == entry), None)
    weight = next((one for one in chart.weights if one.entry == entry), None)
    if wrong is not None:
        weight = wrong.weight
    if weight is None:
        return ()
    lines = [weight_words(desk, weight)]
    lines += [say("Asked and confirmed: {question}", question=asked) for asked in weight.answers]
    lines += [kept_words(kept, weight) for kept in chart.kept_weights if kept.last == weight.entry]
    if any(cycle.baseline is weight for cycle in chart.cycles.values()):
        lines.append(say("It is a cycle's baseline."))
    if wrong is not None:
        when = write_moment(desk.local(wrong.at))
        lines += [
            say("Entered in error: it counts no more."),
            say("Reason: {reason}", reason=wrong.reason),
            say("Marked {when} by {first}, second person {second}", when=when, first=wrong.by,
                second=wrong.checked_by),
        ]  # fmt: skip
    return tuple(lines)


def _what(weight: Weight) -> str:
    kilograms = write_quantity(weight.weight_kg, "kg")
    if weight.purpose == "dosing":
        return say("Dosing weight {weight}", weight=kilograms)
    return say("Daily weight {weight}", weight=kilograms)


def _measured(desk: Desk, weight: Weight) -> str:
    return say("measured\n{when}", when=write_moment(desk.local(weight.measured_at)))


def _recorded(desk: Desk, weight: Weight) -> str:
    return f"{weight.by}\n{write_moment(desk.local(weight.recorded_at))}"


def _id(weight: Weight, kind: str) -> str:
    """The id of a row that belongs to no dose: see `row_id` of the dose rows."""
    return f"/0/{kind}/{weight.entry}"
