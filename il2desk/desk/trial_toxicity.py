"""The tables of toxicity that a trial's protocol names: definitions in words, counts left to a pen."""

from __future__ import annotations

from collections.abc import Iterable

from il2desk.desk.code_words import shown
from il2desk.desk.sheet_names import version_name
from il2desk.dosing import (
    VALUE,
    GradeRow,
    ToxicityDefinitions,
    ToxicityTerm,
    range_in_words,
    tell,
    told,
)
from il2desk.protocols import Bundle
from il2desk.sheets import ToxicityRow, ToxicityTable

_SAID = ("toxicity", "response", "evaluation")
"""How the labels of those facts of a protocol begin that belong beside toxicity and outcome."""


def toxicity_tables(bundles: Iterable[Bundle]) -> tuple[ToxicityTable, ...]:
    """A table for each set of definitions that a version of the protocol names, each once."""
    found = {one.fingerprint: one for bundle in bundles for one in bundle.definitions}
    return tuple(_table(one) for one in found.values())


def sayings_of(bundles: Iterable[Bundle]) -> tuple[tuple[str, str], ...]:
    """What the protocol says of toxicity, response and evaluation, with its source."""
    return tuple(
        dict.fromkeys(
            (
                label,
                tell("{saying} ({source})", saying=value.value, source=value.source.cite()),
            )
            for bundle in bundles
            for label, value in bundle.protocol.facts
            if label.casefold().startswith(_SAID)
        )
    )


def _table(one: ToxicityDefinitions) -> ToxicityTable:
    highest = max((number for term in one.terms for number in _numbers(term)), default=1)
    graded = tuple(tell("Grade {number}", number=number) for number in range(1, highest + 1))
    gaps = tuple(tell("GAP: {sentence}", sentence=gap.sentence()) for gap in one.gaps)
    return ToxicityTable(
        version_name(one.title, one.version),
        tuple(_row(one, term) for term in one.terms),
        () if one.scale == "met" else graded,
        (*one.notes, *gaps),
    )


def _numbers(term: ToxicityTerm) -> Iterable[int]:
    yield from (row.grade for row in term.rows)
    yield from (number for number, _ in term.words)


def _row(one: ToxicityDefinitions, term: ToxicityTerm) -> ToxicityRow:
    is_graded = one.scale != "met"
    limits = [_limit(row, term, is_graded=is_graded) for row in term.rows]
    limits += [
        tell("grade {number}: {text}", number=number, text=text) if is_graded else text
        for number, text in term.words
    ]
    limits += [
        tell("GAP: {name}", name=told(gap.name))
        for gap in one.gaps
        if gap.field.startswith(f"terms.{term.id}.")
    ]
    return ToxicityRow(told(term.name), tuple(limits), term.source.cite())


def _limit(row: GradeRow, term: ToxicityTerm, *, is_graded: bool) -> str:
    """A limit as people say it, with what it is a multiple of."""
    times = row.of != VALUE
    words = range_in_words(row.bounds, "" if times else term.unit)
    if times:
        words = tell("{words} times the {of}", words=words, of=shown(row.of))
    if row.hours is not None:
        words = tell("{words}, for {range}", words=words, range=range_in_words(row.hours, "hours"))
    return tell("grade {grade}: {words}", grade=row.grade, words=words) if is_graded else words
