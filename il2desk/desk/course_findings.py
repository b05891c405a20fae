"""What the checks of a cycle measured, as series of one unit each, with the limits in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from il2desk.desk.chart import CycleChart
from il2desk.desk.clock import moment_of
from il2desk.desk.course_axis import Span
from il2desk.desk.course_limits import edges_of
from il2desk.desk.records_of_a_dose import CheckRecord
from il2desk.dosing import (
    FINDING_CODES,
    Bounds,
    FindingCode,
    RuleSet,
    Sentence,
    finite,
    range_in_words,
    tell,
    write_number,
    write_quantity,
)
from il2desk.sheets import CourseLine, CourseSeries, CourseValue

DRAWN = ("systolic_bp", "creatinine", "temperature")
_TITLES = {
    "systolic_bp": tell("Systolic blood pressure"),
    "creatinine": tell("Creatinine"),
    "temperature": tell("Temperature"),
}
_NONE = {
    "systolic_bp": tell("No systolic blood pressure was recorded in this cycle."),
    "creatinine": tell("No creatinine was recorded in this cycle."),
    "temperature": tell("No temperature was recorded in this cycle."),
}


@dataclass(frozen=True, slots=True)
class _Found:
    """One value of a check, as it was typed, in the unit of its code."""

    code: str
    number: Decimal
    at: datetime | None
    dose: int
    check: CheckRecord
    before: Decimal | None = None


def finding_series(
    cycle: CycleChart, span: Span, rules: RuleSet | None
) -> tuple[CourseSeries, ...]:
    """Systolic pressure, creatinine and temperature of the cycle's checks, each in one unit."""
    return tuple(_series(cycle, span, rules, code) for code in DRAWN)


def _series(cycle: CycleChart, span: Span, rules: RuleSet | None, code: str) -> CourseSeries:
    root = FINDING_CODES[code]
    found = _latest(_found(cycle, code))
    # Where everything was measured in another unit with a sourced factor, that unit is drawn.
    others = {one.code for one in found}
    own = FINDING_CODES[others.pop()] if len(others) == 1 else root
    unit = _unit(own)
    notes = [*_converted(found, own), *_not_drawn(found, span), *_in_error(cycle, code)]
    if rules is not None and any(code in row.codes for row in rules.unconfirmed):
        notes.append(
            tell(
                "{name}: a row of the rule set that nobody has compared with its document draws no "
                "line.",
                name=_TITLES[code],
            )
        )
    lines = () if rules is None else tuple(_lines(rules, root, own))
    if not lines:
        notes.append(tell("{name}: the rule set in force names no limit.", name=_TITLES[code]))
    return CourseSeries(
        title=_TITLES[code], unit=unit,
        values=tuple(_value(one, span, own) for one in found),
        lines=lines, notes=tuple(notes), empty=_NONE[code],
    )  # fmt: skip


def _unit(entry: FindingCode) -> str:
    return "" if entry.number is None else entry.number.unit


def _codes(root: str) -> tuple[str, ...]:
    """The code and those that are converted into it."""
    return (root, *(one.code for one in FINDING_CODES.values() if one.counts_as == root))


def _found(cycle: CycleChart, root: str) -> Iterator[_Found]:
    """Every value of a code in the checks that stand, in the order of the journal."""
    codes = _codes(root)
    checks = [(dose.number, check) for dose in cycle.doses.values() for check in dose.checks]
    for number, check in sorted(checks, key=lambda one: one[1].sequence):
        for value in check.values:
            if value["code"] in codes and (typed := _typed(value)) is not None:
                yield _Found(value["code"], typed, _when(value), number, check)


def _typed(value: Any) -> Decimal | None:  # noqa: ANN401 - a value as its entry holds it
    text = value["value"]
    return Decimal(text) if isinstance(text, str) and text else None


def _when(value: Any) -> datetime | None:  # noqa: ANN401
    return moment_of(value["measured_at"]) if value["measured_at"] else None


def _latest(found: Iterator[_Found]) -> tuple[_Found, ...]:
    """Of values measured at the same moment the one recorded last, in order of time.

    A value that several checks rest on is one value; a value without a time stays on its own.
    """
    kept: dict[object, _Found] = {}
    for one in found:
        key: object = (one.check.entry, one.code) if one.at is None else one.at
        old = kept.get(key)
        if old is None:
            kept[key] = one
        elif (old.code, old.number) != (one.code, one.number):
            kept[key] = _Found(one.code, one.number, one.at, one.dose, one.check, old.number)
    return tuple(sorted(kept.values(), key=lambda one: one.at or one.check.assessed_at))


def _value(one: _Found, span: Span, own: FindingCode) -> CourseValue:
    entry = FINDING_CODES[one.code]
    number: Decimal | Fraction = one.number
    marks = []
    if entry is not own:
        number = _in_unit(one, own)
        marks.append(tell("drawn as {value}", value=write_quantity(number, _unit(own))))
    if one.before is not None:
        marks.append(tell("recorded before as {old}", old=write_number(one.before)))
    minutes = None if one.at is None else span.minutes(one.at)
    if one.at is not None and minutes is None:
        marks.append(tell("outside the picture"))
    return CourseValue(
        minutes=minutes,
        number=number,
        words=write_quantity(one.number, _unit(entry)),
        shape="dot" if entry is own else "ring",
        when=tell("time not recorded") if one.at is None else span.told(one.at),
        what=tell("check before dose {number}", number=one.dose),
        by=one.check.by,
        recorded=span.told(one.check.assessed_at),
        marks=tuple(marks),
        corrected=one.before is not None,
        record=(one.check.entry, one.dose),
    )


def _in_unit(one: _Found, own: FindingCode) -> Decimal | Fraction:
    """The value in the unit of the series, by the exact factors of the findings' table."""
    exact = Fraction(one.number) * FINDING_CODES[one.code].factor / own.factor
    made = finite(exact)
    return exact if made is None else made


def _lines(rules: RuleSet, root: FindingCode, own: FindingCode) -> Iterator[CourseLine]:
    for edge in edges_of(rules, root.code):
        limits = (edge.bounds.from_, edge.bounds.above, edge.bounds.below, edge.bounds.to)
        limit = next(one for one in limits if one is not None)
        source, place = edge.source, finite(Fraction(limit) / own.factor)
        if place is None:
            continue  # never so with the factors of the table; a line is never rounded
        bounds = edge.bounds
        if own is not root:
            said = range_in_words(bounds, _unit(root))
            source = tell("{said} in {source}", said=said, source=source)
            bounds = _moved(bounds, place)
        said = tell(
            "{verdict} {range}", verdict=edge.word, range=range_in_words(bounds, _unit(own))
        )
        yield CourseLine(place, said, source)


def _moved(bounds: Bounds, place: Decimal) -> Bounds:
    """The same end of a range at another number."""
    return Bounds(
        below=None if bounds.below is None else place, to=None if bounds.to is None else place,
        from_=None if bounds.from_ is None else place,
        above=None if bounds.above is None else place,
    )  # fmt: skip


def _converted(found: tuple[_Found, ...], own: FindingCode) -> Iterator[Sentence | str]:
    """That values in another unit were converted, by which factor."""
    for code in sorted({one.code for one in found} - {own.code}):
        entry, count = FINDING_CODES[code], sum(one.code == code for one in found)
        factor = entry.factor / own.factor
        said = (
            tell("1 value in {unit} is drawn", unit=_unit(entry))
            if count == 1
            else tell("{count} values in {unit} are drawn", count=count, unit=_unit(entry))
        )
        yield tell(
            "{said} as a ring, not joined: times {above}, divided by {below}, in {own}. The table "
            "shows them as recorded.",
            said=said, above=factor.numerator, below=factor.denominator, own=_unit(own),
        )  # fmt: skip


def _not_drawn(found: tuple[_Found, ...], span: Span) -> Iterator[Sentence | str]:
    timeless = sum(one.at is None for one in found)
    outside = sum(one.at is not None and span.minutes(one.at) is None for one in found)
    if timeless:
        yield tell(
            "{name}: {count} without the time of measuring, in the table and not drawn.",
            name=_TITLES[_root(found[0].code)], count=timeless,
        )  # fmt: skip
    if outside:
        yield tell(
            "{name}: {count} measured outside the days of the picture, in the table and not drawn.",
            name=_TITLES[_root(found[0].code)], count=outside,
        )  # fmt: skip


def _root(code: str) -> str:
    return FINDING_CODES[code].counts_as or code


def _in_error(cycle: CycleChart, root: str) -> Iterator[Sentence | str]:
    """How many values stand in checks that were entered in error."""
    codes = _codes(root)
    wrong = sum(
        value["code"] in codes and _typed(value) is not None
        for dose in cycle.doses.values()
        for check in dose.voided
        for value in check.values
    )
    if wrong:
        yield tell(
            "{name}: {count} in a check entered in error, not drawn.",
            name=_TITLES[root], count=wrong,
        )  # fmt: skip
