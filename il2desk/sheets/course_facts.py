"""The course of a cycle as values: what was measured and given, when, and which lines stand beside it.

Numbers are exact and in the unit of their series; words are finished. Moments are minutes from the
left edge of the picture, which is a midnight of the site.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from il2desk.sheets.shared_facts import Marks, Patient, SheetIssue, SignatureRow

COURSE_FORM = ("CRS", "1")
"""Form code and version."""
CORRECTED = "A"
"""The badge of a value or dose that was recorded otherwise before."""


@dataclass(frozen=True, slots=True)
class CourseValue:
    """One value. `minutes` is None where its time is not known or lies outside the picture.

    `number` in the unit of the series; `words` as it was recorded, with its unit. `shape` is that
    of plot_marks. `what` says which kind it is and its method. `record` names the entry behind it,
    and the dose (0 for a weight).
    """

    minutes: int | None
    number: Decimal | Fraction
    words: str
    shape: str
    when: str
    what: str
    by: str
    recorded: str
    marks: tuple[str, ...] = ()
    corrected: bool = False
    record: tuple[str, int] = ("", 0)


@dataclass(frozen=True, slots=True)
class CourseLine:
    """A level line: where, its words, and the source that says so."""

    number: Decimal
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class CourseSeries:
    """Values of one kind in one unit, with lines and with what must be known of them.

    `empty` says in words that there is none.
    """

    title: str
    unit: str
    values: tuple[CourseValue, ...]
    lines: tuple[CourseLine, ...] = ()
    notes: tuple[str, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class CourseDose:
    """One dose: its state as plot_marks and the board name it, and the same in words."""

    number: int
    minutes: int
    state: str
    word: str
    planned: str
    given: str
    amount: str
    by: str
    marks: tuple[str, ...] = ()
    amended: bool = False


@dataclass(frozen=True, slots=True)
class CourseTotal:
    """The cumulative dose: what went in and what was planned, as (minutes, million units) after a dose.

    `given_words` and `planned_words` are the whole sums. `planned` is empty where nothing says it.
    """

    given: tuple[tuple[int, Decimal], ...]
    planned: tuple[tuple[int, Decimal], ...]
    given_words: str
    planned_words: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseAxis:
    """The time of a picture: how many minutes, its midnights, and each change of the clocks."""

    long: int
    days: tuple[tuple[int, str], ...]
    turns: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CycleTotal:
    """The sums of one cycle of the course, in words, and its doses in words."""

    cycle: str
    planned: str
    given: str
    doses: str


@dataclass(frozen=True, slots=True)
class Course:
    """Everything that is drawn of one cycle, and the sums of its whole course."""

    axis: CourseAxis
    doses: tuple[CourseDose, ...]
    series: tuple[CourseSeries, ...]
    total: CourseTotal
    cycles: tuple[CycleTotal, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """A course with whose it is and what the sheet carries in its frame."""

    issue: SheetIssue
    marks: Marks
    patient: Patient
    fingerprint: str
    cycle: str
    protocol: str
    drug: str
    rule_set: str
    course: Course
    signatures: tuple[SignatureRow, ...]
