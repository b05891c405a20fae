"""Courses of fictional cycles: full, planned only, over a change of the clocks, many doses, long names."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from fictional import cycles

from il2desk.sheets import (
    COURSE_FORM,
    Course,
    CourseAxis,
    CourseDose,
    CourseFacts,
    CourseLine,
    CourseSeries,
    CourseTotal,
    CourseValue,
    CycleTotal,
    Marks,
    SheetModel,
    SignatureRow,
    compose_course,
)

DAY, HOUR = 1440, 60
BASELINE = Decimal(70)
NPC = "Toxicity of the study, version 2001 (Oncology 2001;60:110-115, abstract (published paper))"
RULES = "Consensus of 2014, version 1 (Table 3, renal row (published paper))"
STATES = (
    "given", "given", "given", "held", "given", "part given", "omitted", "given", "not known",
    "needs second person", "disputed", "prepared", "delayed", "planned", "cancelled",
)  # fmt: skip
WORDS = {"needs second person": "Given", "disputed": "Given", "cancelled": "Cancelled by STOP"}
WENT_IN = ("given", "part given", "needs second person", "disputed")
AMOUNT = "4.86\u00a0million\u00a0international\u00a0units"


def axis(days: int, turns: tuple[tuple[int, str], ...] = ()) -> CourseAxis:
    """Days from 10-Mar on, each of 24 hours."""
    named = tuple(
        (at * DAY, f"{(9 + at) % 31 + 1:02d}-{'Mar' if at < 22 else 'Apr'}-2026")
        for at in range(days)
    )
    return CourseAxis(days * DAY, named, turns)


def dose(number: int, state: str, every: int = 8 * HOUR, **more: Any) -> CourseDose:
    """A dose of a row; the first one at 14:00 of the first day."""
    given = state in WENT_IN
    return CourseDose(
        number, 14 * HOUR + (number - 1) * every, state, WORDS.get(state, state.capitalize()),
        "11-Mar-2026 06:00", "11-Mar-2026 06:04" if given else "", AMOUNT if given else "",
        "K. Brandt, A. Ruiz" if given else "", **more,
    )  # fmt: skip


def value(minutes: int | None, number: str, unit: str, **more: Any) -> CourseValue:
    """A value as it was recorded."""
    told = {
        "words": f"{number}\u00a0{unit}", "shape": "dot", "when": "11-Mar-2026 05:40",
        "what": "check before dose 3", "by": "A. Ruiz", "recorded": "11-Mar-2026 05:52", **more,
    }  # fmt: skip
    return CourseValue(minutes, Decimal(number), **told)


def weights() -> CourseSeries:
    """A gain over five days, past 5 percent, one value corrected."""
    kilograms = ("70", "71.2", "72.9", "74.1", "73.8")
    gains = ("", "+1.71", "+4.14", "+5.86", "+5.43")
    values = tuple(
        value(
            6 * HOUR + at * DAY, one, "kg",
            words=f"{one}\u00a0kg" + (f", {gain}\u00a0percent" if gain else ""),
            shape="dot" if at else "box",
            what="daily weight, bed scale" if at else "dosing weight, bed scale",
            marks=("recorded before as 79.2\u00a0kg",) if at == 2 else (), corrected=at == 2,
        )
        for at, (one, gain) in enumerate(zip(kilograms, gains, strict=True))
    )  # fmt: skip
    lines = (
        CourseLine(BASELINE, "baseline 70\u00a0kg", "measured 10-Mar-2026 06:00, bed scale"),
        CourseLine(Decimal("73.5"), "above 5\u00a0percent: 73.5\u00a0kg", NPC),
        CourseLine(Decimal(77), "re-weigh at 10\u00a0percent: 77\u00a0kg", "site rule"),
        CourseLine(Decimal("80.5"), "HOLD above 15\u00a0percent: 80.5\u00a0kg", RULES),
    )
    return CourseSeries(
        "Weight, and gain against the baseline of the cycle", "kg", values, lines,
        empty="No weight was recorded in this cycle.",
    )  # fmt: skip


def findings(*, nothing: bool = False) -> tuple[CourseSeries, ...]:
    """Pressure, creatinine with a converted value, temperature; or none of them."""
    pressures = () if nothing else ("118", "112", "96", "84", "104", "121")
    pressure = tuple(
        value(13 * HOUR + at * 16 * HOUR, one, "mmHg") for at, one in enumerate(pressures)
    )
    creatinine = tuple(
        value(13 * HOUR + at * 16 * HOUR, one, "mg/dL")
        for at, one in enumerate(("0.9", "1.4", "2.6", "3.1"))
    )
    other = value(
        5 * DAY, "1.5", "mg/dL", words="132.6\u00a0micromol/L", shape="ring",
        marks=("drawn as 1.5\u00a0mg/dL",),
    )  # fmt: skip
    late = value(None, "1.2", "mg/dL", when="time not recorded")
    heat = tuple(
        value(13 * HOUR + at * 9 * HOUR, one, "°C")
        for at, one in enumerate(("36.8", "38.9", "39.4", "38.1", "37.2"))
    )
    return (
        CourseSeries("Systolic blood pressure", "mmHg", pressure, (),
                     ("Systolic blood pressure: the rule set in force names no limit.",),
                     "No systolic blood pressure was recorded in this cycle."),
        CourseSeries("Creatinine", "mg/dL", () if nothing else (*creatinine, other, late), (
            CourseLine(Decimal("2.5"), "HOLD 2.5\u00a0mg/dL or more", RULES),
            CourseLine(Decimal(3), "STOP 3\u00a0mg/dL or more", RULES),
        ), (), "No creatinine was recorded in this cycle."),
        CourseSeries("Temperature", "\u00b0C", () if nothing else heat, (), (),
                     "No temperature was recorded in this cycle."),
    )  # fmt: skip


def total(doses: tuple[CourseDose, ...]) -> CourseTotal:
    """The sums of these doses: what went in and what is planned."""
    went = [one for one in doses if one.state in WENT_IN]
    each = Decimal("4.86")
    return CourseTotal(
        tuple((one.minutes, each * at) for at, one in enumerate(went, start=1)),
        tuple((one.minutes, each * at) for at, one in enumerate(doses, start=1)),
        f"{(each * len(went)).normalize():f}\u00a0million\u00a0international\u00a0units",
        f"{(each * len(doses)).normalize():f}\u00a0million\u00a0international\u00a0units",
        ("Planned: the exact dose of every planned dose at the baseline weight 70\u00a0kg.",),
    )  # fmt: skip


def course() -> Course:
    """Fifteen doses in every state that there is, every series with values."""
    doses = tuple(
        dose(number, state, amended=number == 2, marks=("amended: typing error",) if number == 2 else ())
        for number, state in enumerate(STATES, start=1)
    )  # fmt: skip
    return Course(
        axis(6), doses, (weights(), *findings()), total(doses),
        (CycleTotal("course 1, cycle 2", "72.9\u00a0million\u00a0international\u00a0units",
                    "34.02\u00a0million\u00a0international\u00a0units", "Given 4, Held 1"),),
        ("1 record of a dose was entered in error and is not drawn.",),
    )  # fmt: skip


def facts(one: Course | None = None, **changes: Any) -> CourseFacts:
    """The sheet of a course."""
    cycle = cycles().make_cycle()
    made = CourseFacts(
        issue=cycles().issue(form="CRS"), marks=Marks(), patient=cycle.patient,
        fingerprint="7c1e90ab12cd", cycle="course 1, cycle 2",
        protocol="Nasopharyngeal carcinoma, bolus, version 2", drug="aldesleukin",
        rule_set="Consensus of 2014, version 1", course=one or course(),
        signatures=(
            SignatureRow("I compared this picture with the records of the cycle", "pharmacist"),
            SignatureRow("I reviewed this course", "investigator"),
        ),
    )  # fmt: skip
    return replace(made, **changes)


def planned_only() -> Course:
    """Nothing was measured yet; the baseline draws its line alone."""
    doses = tuple(dose(number, "planned") for number in range(1, 16))
    nothing = replace(weights(), values=())
    return replace(course(), doses=doses, series=(nothing, *findings(nothing=True)),
                   total=total(doses), notes=())  # fmt: skip


def many() -> Course:
    """Sixty daily doses on a long axis, two on one day: none covers another."""
    doses = tuple(dose(number, "given", 16 * HOUR) for number in range(1, 61))
    return replace(course(), axis=axis(42), doses=doses, total=total(doses))


def turned() -> Course:
    """A course over a change of the clocks."""
    words = "Clocks change: 01:59 +01:00 is followed by 03:00 +02:00"
    return replace(course(), axis=axis(6, ((2 * DAY + 2 * HOUR, words),)))


def examples() -> dict[str, SheetModel]:
    """Composed courses by name."""
    assert COURSE_FORM[0] == "CRS"
    long = cycles().long_name()
    made = {
        "15 doses": facts(),
        "planned only": facts(planned_only()),
        "60 doses": facts(many()),
        "clock change, marked": facts(
            turned(), patient=long.patient,
            marks=Marks(practice=True, not_verified=True, unsigned="dose 10, 11"),
        ),
    }  # fmt: skip
    return {name: compose_course(one) for name, one in made.items()}
