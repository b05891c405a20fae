"""The values of a course as rows, each with who and when, and a course told in words."""

from __future__ import annotations

from il2desk.desk.pictures import Course, CourseSeries
from il2desk.window.tables import Cell, Column, Row
from il2desk.words import say

_GLYPHS = {"planned": "scheduled"}
_SEVERAL = 2


def columns() -> tuple[Column, ...]:
    """The columns of the table."""
    return (
        Column(say("What"), stretch=3),
        Column(say("Measured or given"), stretch=2),
        Column(say("Value"), stretch=2),
        Column(say("Recorded by"), stretch=2),
        Column(say("Marks"), stretch=3),
    )


def rows_of(course: Course) -> tuple[Row, ...]:
    """The doses by number, then every series by time. Ids: the entry and the dose, by their kind."""
    doses = [
        Row(
            f"dose/{one.number}",
            (
                Cell(say("Dose {number}: {word}", number=one.number, word=one.word),
                     glyph=_GLYPHS.get(one.state, one.state), amended=one.amended),
                one.given or say("planned {when}", when=one.planned),
                one.amount or say("No amount"),
                one.by or say("Not recorded"),
                "; ".join(one.marks),
            ),
        )
        for one in course.doses
    ]  # fmt: skip
    return (*doses, *(row for one in course.series for row in _values(one)))


def _values(series: CourseSeries) -> tuple[Row, ...]:
    rows = []
    for at, one in enumerate(series.values):
        entry, dose = one.record
        who = say("{by}\n{when}", by=one.by, when=one.recorded)
        cells = (
            f"{series.title}\n{one.what}", one.when, one.words, who, "; ".join(one.marks),
        )  # fmt: skip
        rows.append(Row(f"value/{dose}/{entry}/{series.title}/{at}", cells))
    return tuple(rows)


def description(course: Course) -> str:
    """The picture in words: what is drawn, from when to when, first, last and highest of each series."""
    days = course.axis.days
    said = [say("Days {first} to {last}.", first=days[0][1], last=days[-1][1])] if days else []
    counts: dict[str, int] = {}
    for dose in course.doses:
        counts[dose.word] = counts.get(dose.word, 0) + 1
    told = ", ".join(f"{word} {count}" for word, count in counts.items())
    said.append(say("Doses: {told}.", told=told) if told else say("No dose is planned."))
    said += [_series_told(one) for one in course.series]
    said.append(say("Cumulative dose given {dose}.", dose=course.total.given_words))
    if course.total.planned_words:
        said.append(say("Planned {dose}.", dose=course.total.planned_words))
    said += [say("{words}.", words=words) for _, words in course.axis.turns]
    return " ".join(said)


def _series_told(series: CourseSeries) -> str:
    if not series.values:
        return series.empty
    first, last = series.values[0], series.values[-1]
    if len(series.values) < _SEVERAL:
        return say(
            "{what}: {value}, {when}.", what=series.title, value=first.words, when=first.when
        )
    drawn = [one for one in series.values if one.minutes is not None] or list(series.values)
    highest = max(drawn, key=lambda one: one.number)
    return say(
        "{what}: {count} values, first {first}, last {last}, highest {highest}.",
        what=series.title, count=len(series.values), first=first.words, last=last.words,
        highest=highest.words,
    )  # fmt: skip


def lines_told(course: Course) -> tuple[str, ...]:
    """Where each line comes from, and what is not drawn."""
    told = [
        say("{line}: {source}", line=line.words, source=line.source)
        for one in course.series
        for line in one.lines
    ]
    told += [note for one in course.series for note in one.notes]
    return (*course.notes, *told, *course.total.notes)
