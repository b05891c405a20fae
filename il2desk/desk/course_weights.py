"""The weights of a cycle as a series, with the lines that its protocol draws against the baseline."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from il2desk.desk.chart import CycleChart, PatientChart
from il2desk.desk.course_axis import Span
from il2desk.desk.course_limits import edges_of
from il2desk.desk.desk import Desk
from il2desk.desk.dose_state import site_rules
from il2desk.desk.sheet_names import version_name
from il2desk.desk.weight_gain import weights_of_cycle
from il2desk.desk.weights import ON_PURPOSE, Weight, gain_percent, latest_of
from il2desk.dosing import (
    VALUE,
    Bounds,
    RuleSet,
    Sentence,
    range_in_words,
    shifted,
    tell,
    write_quantity,
    write_rounded,
)
from il2desk.protocols import Bundle
from il2desk.sheets import CourseLine, CourseSeries, CourseValue

PERCENT = "percent"
_ASKED = (Decimal(5), Decimal(10))
"""The lines that pharmacists look for; which of them there are, the protocol says."""
_PURPOSES = {"dosing": tell("dosing weight"), "daily": tell("daily weight")}


def weight_series(
    desk: Desk, chart: PatientChart, cycle: CycleChart, span: Span,
    bundle: Bundle, rules: RuleSet | None,
) -> CourseSeries:  # fmt: skip
    """Every weight of the cycle in kg, its gain beside it, and the lines with their sources."""
    lines = tuple(_lines(desk, chart, cycle, span, bundle, rules))
    return CourseSeries(
        title=tell("Weight, and gain against the baseline of the cycle"),
        unit="kg",
        values=_values(chart, cycle, span),
        lines=lines,
        notes=(*_notes(chart, cycle, span), *_missing_lines(cycle, lines)),
        empty=tell("No weight was recorded in this cycle."),
    )


def _values(chart: PatientChart, cycle: CycleChart, span: Span) -> tuple[CourseValue, ...]:
    """The latest weight of each moment and purpose, in order of time, with what it replaces."""
    latest: dict[tuple[object, str], Weight] = {}
    before: dict[tuple[object, str], Weight] = {}
    for weight in sorted(weights_of_cycle(chart, cycle), key=lambda one: one.recorded_at):
        key = (weight.measured_at, weight.purpose)
        if key in latest and latest[key].weight_kg != weight.weight_kg:
            before[key] = latest[key]
        latest[key] = weight
    found = sorted(latest.items(), key=lambda one: one[1].measured_at)
    return tuple(_value(cycle, span, one, before.get(key)) for key, one in found)


def _value(cycle: CycleChart, span: Span, weight: Weight, before: Weight | None) -> CourseValue:
    marks = []
    if weight is cycle.baseline:
        marks.append(tell("baseline of the cycle"))
    if before is not None:
        old = write_quantity(before.weight_kg, "kg")
        marks.append(tell("recorded before as {old}", old=old))
    minutes = span.minutes(weight.measured_at)
    if minutes is None:
        marks.append(tell("outside the picture"))
    return CourseValue(
        minutes=minutes,
        number=weight.weight_kg,
        words=_words(cycle, weight),
        shape="box" if weight.purpose == "dosing" else "dot",
        when=span.told(weight.measured_at),
        what=tell(
            "{purpose}, {method}",
            purpose=_PURPOSES.get(weight.purpose, weight.purpose),
            method=weight.method,
        ),
        by=weight.by,
        recorded=span.told(weight.recorded_at),
        marks=tuple(marks),
        corrected=before is not None,
        record=(weight.entry, 0),
    )


def _words(cycle: CycleChart, weight: Weight) -> str:
    """The weight, and what it is more or less than the baseline."""
    kilograms = write_quantity(weight.weight_kg, "kg")
    if cycle.baseline is None or weight is cycle.baseline:
        return kilograms
    gain = gain_percent(weight, cycle.baseline)
    sign = "" if gain < 0 else "+"
    return f"{kilograms}, {sign}{write_quantity(write_rounded(gain, 2), PERCENT)}"


def _lines(
    desk: Desk, chart: PatientChart, cycle: CycleChart, span: Span,
    bundle: Bundle, rules: RuleSet | None,
) -> Iterator[CourseLine]:  # fmt: skip
    """The baseline, then what definitions, rule set and site say of it, from the lowest."""
    baseline = cycle.baseline
    if baseline is None:
        return
    kilograms = baseline.weight_kg
    yield CourseLine(
        kilograms,
        tell("baseline {weight}", weight=write_quantity(kilograms, "kg")),
        tell(
            "measured {when}, {method}",
            when=span.told(baseline.measured_at),
            method=baseline.method,
        ),
    )
    found: dict[tuple[Decimal, str], CourseLine] = {}
    for definitions in bundle.definitions:
        term = definitions.term("weight-gain")
        for row in () if term is None else term.rows:
            if row.of != VALUE or term is None:
                continue
            source = tell(
                "{set} ({source})",
                set=version_name(definitions.title, definitions.version),
                source=term.source.cite(),
            )
            for line in _of_bounds(kilograms, row.bounds, "", source):
                found.setdefault((line.number, ""), line)
    for edge in () if rules is None else edges_of(rules, "weight_gain_percent"):
        for line in _of_bounds(kilograms, edge.bounds, edge.word, edge.source):
            # A HOLD or STOP at the number of a definition keeps its own words: nothing hides it.
            found.setdefault((line.number, edge.word), line)
    yield from (found[key] for key in sorted(found))
    yield from _reweigh(desk, chart, cycle, span)


def _of_bounds(kilograms: Decimal, bounds: Bounds, word: str, source: str) -> Iterator[CourseLine]:
    """The line at the lower end of a range of gain."""
    limit = bounds.from_ if bounds.from_ is not None else bounds.above
    if limit is None:
        return
    lower = Bounds(from_=bounds.from_, above=bounds.above)
    said = range_in_words(lower, PERCENT)
    if word:
        said = tell("{verdict} {range}", verdict=word, range=said)
    weight = _gained(kilograms, limit)
    words = tell("{range}: {weight}", range=said, weight=write_quantity(weight, "kg"))
    yield CourseLine(weight, words, source)


def _gained(kilograms: Decimal, percent: Decimal) -> Decimal:
    return shifted(kilograms * (100 + percent), -2)


def _reweigh(
    desk: Desk, chart: PatientChart, cycle: CycleChart, span: Span
) -> Iterator[CourseLine]:
    """Where the site weighs for dosing again: counted from the dosing weight, not from the baseline."""
    percent = site_rules(desk, cycle).reweigh_percent
    dosing = latest_of(chart.weights, ("dosing",), span.end)
    if percent is None or dosing is None:
        return
    weight = _gained(dosing.weight_kg, percent)
    yield CourseLine(
        weight,
        tell(
            "re-weigh at {percent}: {weight}",
            percent=write_quantity(percent, PERCENT),
            weight=write_quantity(weight, "kg"),
        ),
        tell(
            "site rule of the protocol version, counted from the dosing weight {weight}",
            weight=write_quantity(dosing.weight_kg, "kg"),
        ),
    )


def _missing_lines(cycle: CycleChart, lines: tuple[CourseLine, ...]) -> Iterator[Sentence | str]:
    """Which of the lines that people look for nobody defined."""
    if cycle.baseline is None:
        yield tell("The cycle has no baseline weight: no gain is worked out and no line is drawn.")
        return
    numbers = {line.number for line in lines}
    for percent in _ASKED:
        if _gained(cycle.baseline.weight_kg, percent) not in numbers:
            yield tell(
                "No {percent} line is drawn: neither the protocol's definitions nor its rule set nor "
                "the site names one.",
                percent=write_quantity(percent, PERCENT),
            )


def _notes(chart: PatientChart, cycle: CycleChart, span: Span) -> Iterator[Sentence | str]:
    baseline = cycle.baseline
    if baseline is not None and span.minutes(baseline.measured_at) is None:
        yield tell(
            "The baseline was measured {when}, before the picture begins: its line is drawn, its "
            "point is not.",
            when=span.told(baseline.measured_at),
        )
    wrong = sum(
        span.minutes(one.weight.measured_at) is not None and one.weight.purpose in ON_PURPOSE
        for one in chart.weights_in_error
    )
    if wrong:
        yield (
            tell("1 weight was entered in error and is not drawn.")
            if wrong == 1
            else tell("{count} weights were entered in error and are not drawn.", count=wrong)
        )
