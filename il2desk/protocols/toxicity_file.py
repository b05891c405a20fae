"""A file of toxicity definitions into `ToxicityDefinitions`: terms with grades, words, references."""

from __future__ import annotations

from il2desk.dosing import (
    TOXICITY_OF,
    VALUE,
    Bounds,
    Evidence,
    GradeRow,
    ToxicityDefinitions,
    ToxicityTerm,
    tell,
)
from il2desk.protocols.conditions import read_bounds
from il2desk.protocols.gap_list import GapList
from il2desk.protocols.reader import Reader
from il2desk.protocols.table import Table

SCALES = ("met", "grades")
HIGHEST = 5


def read_definitions(
    reader: Reader, root: Table, id_: str, fingerprint: str
) -> ToxicityDefinitions:
    """The definitions of the file; worthless where the reader has problems."""
    gaps = GapList(reader, root, tell("toxicity definitions"))
    kept: list[ToxicityTerm] = []
    for name, row in root.rows("terms"):
        term = _term(name, row, gaps)
        if term.source.evidence is Evidence.UNCONFIRMED and term.source.document:
            gaps.open(
                f"terms.{name}", tell("The grades of {term}", term=term.name), ("activation",)
            )
        else:
            kept.append(term)
    read = tuple(name for name, _ in root.rows("terms"))
    for gap in tuple(gaps.gaps):
        whole = gap.field.removeprefix("terms.")
        if "." not in whole:
            gaps.require(gap.field, root, "gaps", filled=whole in read, blocks=())
    if not kept and not gaps.gaps:
        root.problem("terms", tell("there is no term. Write at least one [terms.NAME]."))
    found = ToxicityDefinitions(
        id=id_,
        title=root.text("title"),
        version=root.text("version"),
        scale=root.word("scale", SCALES),
        terms=tuple(kept),
        gaps=tuple(gaps.gaps),
        notes=root.texts("notes", required=False),
        source=root.source(),
        fingerprint=fingerprint,
    )
    gaps.close()
    return found


def _term(name: str, row: Table, gaps: GapList) -> ToxicityTerm:
    rows = tuple(_grade(one) for one in row.list_of_tables("grades"))
    words = tuple(_in_words(one) for one in row.list_of_tables("words"))
    if bool(rows) == bool(words):
        row.problem(
            "grades", tell("a term is graded by limits or by words. Write grades or words.")
        )
    unit = row.text("unit", "")
    field = f"{row.field}.of"
    if any(gap.field == field for gap in gaps.gaps):
        filled = any(one.of != VALUE for one in rows)
        gaps.require(field, row, "grades", filled=filled, blocks=())
    elif not unit and any(one.of == VALUE for one in rows):
        row.problem(
            "grades",
            tell(
                "these limits have no unit. Write the unit of the term, or with `of` what they are a "
                "multiple of."
            ),
        )
    term = ToxicityTerm(
        id=name,
        name=row.text("name"),
        unit=unit,
        rows=rows,
        words=words,
        source=row.source(),
        normal_baseline=row.flag("normal_baseline", default=False),
    )
    row.close()
    return term


def _grade(row: Table) -> GradeRow:
    """One condition of a grade: limits of the value, or of what it is a multiple of."""
    bounds = read_bounds(row)
    hours = row.table("hours")
    if bounds is None:
        row.problem("", tell("a grade has limits. Write below, to, from or above."))
    made = GradeRow(
        grade=_number(row),
        bounds=bounds or Bounds(),
        of=row.word("of", TOXICITY_OF, VALUE),
        step=row.decimal("step", required=False),
        hours=None if hours is None else read_bounds(hours),
    )
    if hours is not None:
        hours.close()
    row.close()
    return made


def _in_words(row: Table) -> tuple[int, str]:
    found = (_number(row), row.text("text"))
    row.close()
    return found


def _number(row: Table) -> int:
    number = row.whole("grade") or 1
    if number > HIGHEST:
        row.problem(
            "grade",
            tell(
                "{number} is no grade. Grades go from 1 to {highest}.",
                number=number,
                highest=HIGHEST,
            ),
        )
    return number
