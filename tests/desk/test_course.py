"""The course of a cycle from a journal: exact values, sourced lines, nothing drawn that nobody recorded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from il2desk.desk import (
    AMEND_FIRST,
    AMEND_SECOND,
    new_token,
    record_check,
    void_check,
    void_weight,
)
from il2desk.desk.course import course_of
from il2desk.desk.papers import SheetRequest, prepare_sheet
from il2desk.desk.pictures import draw_course
from il2desk.dosing import Refusal

NO_DEFINITIONS = ('\ntoxicity_definitions = { value = ["npc-2001"], source = "chi-2001" }', "")


def course(ward, cycle: str | None = None):
    return ward.made(course_of(ward.desk, ward.subject, cycle or ward.cycle))


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")


def lines(series) -> dict[str, Decimal]:
    return {plain(line.words): line.number for line in series.lines}


def notes(series) -> str:
    return plain(" ".join(series.notes))


def measure(ward, at: datetime, number: int = 1, **values: str):
    raw = {**ward.normal, **values}
    for code in ("creatinine",):
        if f"{code}_umol" in values:
            raw.pop(code)
    return ward.made(
        record_check(ward.desk, ward.place(number), raw, dict.fromkeys(raw, at), new_token())
    )


def test_weights_carry_their_exact_gain_and_the_baseline_its_line(ward):
    ward.at(hours=20)
    ward.made(ward.weight("73.5", purpose="daily"))
    weights = course(ward).series[0]
    assert [one.number for one in weights.values] == [Decimal(70), Decimal("73.5")]
    assert plain(weights.values[1].words) == "73.5 kg, +5 percent"
    assert [one.shape for one in weights.values] == ["box", "dot"]
    assert lines(weights)["baseline 70 kg"] == Decimal(70)
    assert lines(weights)["HOLD above 15 percent: 80.5 kg"] == Decimal("80.5")
    assert lines(weights)["re-weigh at 10 percent: 77 kg"] == Decimal(77)


def test_a_line_that_nobody_defined_is_not_drawn_and_that_is_said(active, site_file, activate_file):
    ward = active
    activate_file(ward, site_file(NO_DEFINITIONS, ('version = "1"', 'version = "2"')))
    ward.register()
    ward.made(ward.weight("70"))
    ward.made(ward.order())
    ward.cycle = ward.made(ward.plan())
    weights = course(ward).series[0]
    assert Decimal("73.5") not in lines(weights).values()
    assert "No 5 percent line is drawn" in notes(weights)
    assert "No 10 percent line" not in notes(weights)


def test_the_line_of_5_percent_is_the_studys_own_with_its_source(ward):
    weights = course(ward).series[0]
    assert lines(weights)["above 5 percent: 73.5 kg"] == Decimal("73.5")
    line = next(one for one in weights.lines if one.number == Decimal("73.5"))
    assert "Oncology 2001;60:110-115" in line.source
    assert "No 5 percent line" not in notes(weights)


def test_a_corrected_weight_shows_the_latest_with_a_mark(ward):
    ward.at(hours=20)
    moment = ward.desk.clock.now() - timedelta(minutes=5)
    ward.made(ward.weight("71.2", purpose="daily", measured_at=moment))
    ward.made(ward.weight("72.9", purpose="daily", measured_at=moment))
    values = course(ward).series[0].values
    assert [one.number for one in values] == [Decimal(70), Decimal("72.9")]
    assert values[1].corrected
    assert "recorded before as 71.2 kg" in plain("; ".join(values[1].marks))


def test_a_weight_entered_in_error_is_counted_and_not_drawn(ward):
    ward.at(hours=20)
    entry = ward.made(ward.weight("72", purpose="daily"))
    signed = ward.two(AMEND_FIRST, AMEND_SECOND)
    ward.made(void_weight(ward.desk, ward.subject, entry.id, "wrong patient", signed, new_token()))
    weights = course(ward).series[0]
    assert [one.number for one in weights.values] == [Decimal(70)]
    assert "1 weight was entered in error and is not drawn." in notes(weights)


def test_the_gain_is_never_worked_out_without_a_baseline(ward):
    entry = next(e for e in ward.desk.journal.entries(kind="weight-recorded"))
    signed = ward.two(AMEND_FIRST, AMEND_SECOND)
    ward.made(void_weight(ward.desk, ward.subject, entry.id, "wrong patient", signed, new_token()))
    found = course(ward)
    assert found.series[0].lines == ()
    assert "no baseline weight" in notes(found.series[0])
    assert found.total.planned == ()
    assert "No planned sum is drawn" in plain(" ".join(found.total.notes))


def test_findings_stand_at_their_time_of_measuring_with_the_limits_in_force(ward):
    at = ward.desk.clock.now() - timedelta(minutes=10)
    measure(ward, at, creatinine="2.7", systolic_bp="84", temperature="38.9")
    pressure, creatinine, heat = course(ward).series[1:]
    assert [(plain(one.words), one.by) for one in creatinine.values] == [("2.7 mg/dL", "K. Brandt")]
    assert lines(creatinine) == {
        "HOLD 2.5 mg/dL or more": Decimal("2.5"), "STOP 3 mg/dL or more": Decimal(3),
    }  # fmt: skip
    assert all("Dutcher" in line.source for line in creatinine.lines)
    assert pressure.lines == ()
    assert "names no limit" in notes(pressure)
    assert [plain(one.words) for one in heat.values] == ["38.9 °C"]
    begin = datetime(2026, 2, 28, 23, 0, tzinfo=UTC)  # midnight in Berlin, the day of the baseline
    assert creatinine.values[0].minutes == (at - begin) // timedelta(minutes=1)


def test_a_value_that_several_checks_rest_on_is_one_and_a_corrected_one_is_marked(ward):
    at = ward.desk.clock.now() - timedelta(minutes=10)
    measure(ward, at, creatinine="1.2")
    measure(ward, at, creatinine="1.2")
    assert [one.number for one in course(ward).series[2].values] == [Decimal("1.2")]
    assert not course(ward).series[2].values[0].corrected
    measure(ward, at, creatinine="2.1")
    values = course(ward).series[2].values
    assert [one.number for one in values] == [Decimal("2.1")]
    assert values[0].corrected


def test_a_check_entered_in_error_draws_nothing_and_is_counted(ward):
    entry = measure(ward, ward.desk.clock.now() - timedelta(minutes=10), creatinine="2.7")
    signed = ward.two(AMEND_FIRST, AMEND_SECOND)
    ward.made(void_check(ward.desk, ward.place(), entry.id, "wrong patient", signed, new_token()))
    creatinine = course(ward).series[2]
    assert creatinine.values == ()
    assert "1 in a check entered in error, not drawn" in notes(creatinine)


def test_units_are_never_mixed_a_value_is_converted_by_the_sourced_factor_and_told(ward):
    now = ward.desk.clock.now()
    measure(ward, now - timedelta(minutes=20), creatinine="1.1")
    measure(ward, now - timedelta(minutes=10), creatinine_umol="221")
    creatinine = course(ward).series[2]
    assert creatinine.unit == "mg/dL"
    first, second = creatinine.values
    assert (first.shape, second.shape) == ("dot", "ring")
    assert plain(second.words) == "221 micromol/L"
    assert Fraction(second.number) == Fraction(221 * 10, 884)
    assert "times 5, divided by 442, in mg/dL" in notes(creatinine)


def test_where_all_are_in_the_other_unit_it_is_kept_and_the_limits_are_told_in_it(ward):
    measure(ward, ward.desk.clock.now() - timedelta(minutes=10), creatinine_umol="124")
    creatinine = course(ward).series[2]
    assert (creatinine.unit, creatinine.values[0].shape) == ("micromol/L", "dot")
    assert lines(creatinine)["HOLD 221 micromol/L or more"] == Decimal(221)
    assert "2.5 mg/dL or more" in plain(creatinine.lines[0].source)


def test_doses_stand_where_they_were_given_in_their_state(ward):
    ward.given(1)
    ward.given(2)
    ward.at(hours=15.5)
    ward.prepared(3)
    ward.at(hours=16.1)
    ward.made(ward.record(3))
    found = course(ward)
    states = [one.state for one in found.doses]
    assert states == ["given", "given", "needs second person", *["planned"] * 12]
    assert found.doses[2].minutes - found.doses[0].minutes == (16 * 60 + 6) - 2
    assert "Needs second person" in found.doses[2].marks


def test_an_amended_dose_is_marked_and_one_in_error_is_counted(ward):
    ward.given(1)
    given = ward.dose(1).administration.given_at
    ward.made(ward.amend(1, given_at=given - timedelta(minutes=1)))
    assert course(ward).doses[0].amended
    ward.made(ward.amend(1, in_error=True))
    found = course(ward)
    assert found.doses[0].state == "planned" or found.doses[0].state == "prepared"
    assert "1 record of a dose was entered in error and is not drawn." in found.notes


def test_the_cumulative_dose_is_the_journals_sum_against_the_plan_at_the_baseline(ward):
    ward.given(1)
    ward.given(2, outcome="part given", volume_ml=Decimal("0.15"), reason="line lost")
    found = course(ward)
    cycle = ward.located(1).cycle
    assert found.total.given[-1][1] * 1_000_000 == cycle.given_iu
    assert found.total.planned[-1][1] == Decimal("5.04") * 15
    assert plain(found.total.planned_words) == "75.6 million international units"
    assert plain(found.cycles[0].doses) == "Given 1, Part given 1, without a record 13"


def test_a_dose_not_known_may_have_gone_in_and_the_sum_says_so(ward):
    ward.at(hours=1)
    ward.made(ward.record(1, "not known", reason="chart lost", decided_by="M. Sato"))
    ward.cosigned(1)
    assert "Dose 1: no amount is known" in plain(" ".join(course(ward).total.notes))


def test_a_change_of_the_clocks_is_named_and_days_keep_their_length(ward):
    ward.clock.moment = datetime(2026, 3, 27, 9, 0, tzinfo=UTC)
    ward.made(ward.weight("70"))
    cycle = ward.made(ward.plan(datetime.fromisoformat("2026-03-27T12:00")))
    axis = course(ward, cycle).axis
    assert [words for _, words in axis.days][:3] == [
        "27-Mar-2026", "28-Mar-2026", "29-Mar-2026",
    ]  # fmt: skip
    starts = [at for at, _ in axis.days]
    assert starts[3] - starts[2] == 23 * 60
    assert axis.turns == (
        (starts[2] + 120, "Clocks change: 01:59 +01:00 is followed by 03:00 +02:00"),
    )


def test_the_sheet_says_not_verified_while_a_dose_waits(ward):
    request = SheetRequest("course", ward.subject, ward.cycle)
    assert ward.made(prepare_sheet(ward.desk, request)).verified
    ward.prepared(1)
    ward.at(minutes=5)
    ward.made(ward.record(1))
    made = ward.made(prepare_sheet(ward.desk, request, "Letter"))
    assert not made.verified
    assert made.pdf == ward.made(prepare_sheet(ward.desk, request, "Letter")).pdf


def test_the_picture_of_a_window_is_as_wide_as_asked(ward):
    picture = ward.made(draw_course(course(ward), 900, 108))
    assert (picture.width, picture.height > 300) == (900, True)


@pytest.mark.parametrize("cycle", ["", "nothing"])
def test_an_unknown_cycle_is_refused(ward, cycle):
    answer = course_of(ward.desk, ward.subject, cycle)
    assert isinstance(answer, Refusal)
    assert answer.code == "unknown-cycle"
