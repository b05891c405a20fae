"""The sheet "Course of a cycle": the picture, and under it every value that it is drawn from."""

from __future__ import annotations

from il2desk.sheets.course_facts import Course, CourseDose, CourseFacts, CourseSeries
from il2desk.sheets.course_picture import course_plot, total_plot
from il2desk.sheets.entries import cell, flowing, heading, prose, table
from il2desk.sheets.geometry import Role
from il2desk.sheets.model import Block, Section, SheetModel
from il2desk.sheets.sheet_frame import make_frame, pair, sheet_of
from il2desk.sheets.signing_lines import signatures
from il2desk.words import say

_NONE = "\u2013"  # a cell with nothing in it would ask for a pen


def compose_course(facts: CourseFacts) -> SheetModel:
    """Return the sheet as finished strings; SheetRefused as write."""
    course = facts.course
    title = say("Course of a cycle")
    lines = (
        (pair(say("Drug"), facts.drug), pair(say("Cycle"), facts.cycle)),
        (pair(say("Protocol"), facts.protocol), pair(say("Rule set"), facts.rule_set)),
    )
    frame = make_frame(title, facts.issue, facts.marks, facts.patient, lines, facts.fingerprint)
    parts = (
        (*_reading(course), course_plot(course)),
        (heading(say("Cumulative dose")), total_plot(course), *_totals(course)),
        _lines_told(course),
        _doses(course.doses),
        *(_values(one) for one in course.series),
    )
    return sheet_of(
        frame,
        facts.issue,
        facts.marks,
        (
            *(flowing(part) for part in parts if part),
            Section(parts=(signatures(facts.signatures),), together=True, brings_end=True),
        ),
        about=facts.patient.trial_code,
    )


def _reading(course: Course) -> tuple[Block, ...]:
    marked = any(one.amended for one in course.doses) or any(
        value.corrected for one in course.series for value in one.values
    )
    badge = say("A square with A: recorded otherwise before; the latest stands here.")
    return (
        prose(
            *course.notes,
            *([badge] if marked else ()),
            role=Role.FINE,
            field=say("how the picture is read"),
        ),
    )


def _totals(course: Course) -> tuple[Block, ...]:
    titles = (
        (say("Cycle"), 40.0),
        (say("Planned"), 60.0),
        (say("Given"), 60.0),
        (say("Doses"), 90.0),
    )
    rows = tuple(
        tuple(
            cell(one or _NONE, row.cycle) for one in (row.cycle, row.planned, row.given, row.doses)
        )
        for row in course.cycles
    )
    return (
        prose(*course.total.notes, role=Role.FINE, field=say("cumulative dose")),
        table(titles, rows, grid=True),
    )


def _lines_told(course: Course) -> tuple[Block, ...]:
    """Where every line comes from, and what is not drawn."""
    told = [
        say("{series}, {line}: {source}", series=one.title, line=line.words, source=line.source)
        for one in course.series
        for line in one.lines
    ]
    told += [note for one in course.series for note in one.notes]
    if not told:
        return ()
    return (heading(say("Lines, and what is not drawn")), prose(*told, field=say("lines")))


def _doses(doses: tuple[CourseDose, ...]) -> tuple[Block, ...]:
    titles = (
        (say("Dose"), 16.0), (say("Planned"), 42.0), (say("State"), 46.0), (say("Given"), 42.0),
        (say("Amount"), 66.0), (say("Recorded by"), 44.0), (say("Marks"), 60.0),
    )  # fmt: skip
    rows = tuple(
        tuple(
            cell(words or _NONE, say("dose {number}", number=one.number))
            for words in (
                str(one.number), one.planned, one.word, one.given, one.amount, one.by,
                "; ".join(one.marks),
            )
        )
        for one in doses
    )  # fmt: skip
    return (heading(say("Doses")), table(titles, rows, grid=True))


def _values(series: CourseSeries) -> tuple[Block, ...]:
    if not series.values:
        return (heading(series.title), prose(series.empty))
    titles = (
        (say("Measured"), 42.0), (say("Value"), 40.0), (say("What"), 80.0),
        (say("Recorded"), 42.0), (say("Recorded by"), 44.0), (say("Marks"), 70.0),
    )  # fmt: skip
    rows = tuple(
        tuple(
            cell(words or _NONE, series.title)
            for words in (
                one.when, one.words, one.what, one.recorded, one.by, "; ".join(one.marks),
            )
        )
        for one in series.values
    )  # fmt: skip
    return (heading(series.title), table(titles, rows, grid=True))
