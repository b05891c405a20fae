"""What of a trial summary is filled in with a pen, for the journal does not hold it: toxicity, outcome."""

from __future__ import annotations

from dataclasses import replace

from il2desk.sheets.entries import Cell, SourceList, cell, flowing, heading, prose, table
from il2desk.sheets.geometry import PEN_ROW, Role
from il2desk.sheets.model import Block, Section, Table
from il2desk.sheets.trial_facts import ToxicityRow, ToxicityTable, TrialFacts
from il2desk.sheets.trial_sums import count_of
from il2desk.sheets.wrapping import NO_BREAK
from il2desk.words import say

_ABREAST = 10  # cells to write a count in that fit beside each other on Letter
_PATIENTS, _CYCLES = "with_dose", "cycles_with_dose"


def has_pen_tables(facts: TrialFacts) -> bool:
    """Whether anything is there to be filled in."""
    return bool(facts.toxicity or facts.patients)


def by_hand(facts: TrialFacts) -> tuple[Block, ...]:
    """Return what the pages to fill in have in common, said once, and what the protocol says of them."""
    said = tuple(
        say("{label}, by the protocol: {words}", label=label, words=words)
        for label, words in facts.sayings
    )
    rows = say("The rows below are filled in by hand, from source documents.")
    if not facts.versions:
        none = say("No cycle is planned, so no definitions of toxicity are named.")
    elif not facts.toxicity:
        none = say("The protocol names no definitions of toxicity.")
    else:
        none = ""
    return (
        heading(say("Toxicity and outcome")),
        prose(
            say("Graded toxicities and responses are not recorded in the program."),
            none, rows if has_pen_tables(facts) else "", *said, field=say("toxicity"),
        ),
    )  # fmt: skip


def _filled_in() -> Table:
    """Who filled in the page, and when: on every page that a pen fills."""
    titles = (
        (say("This page was filled in by"), 130.0),
        (say("Signature or initials"), 75.0),
        (say("Date"), 68.0),
    )
    return table(titles, (((), (), ()),), least_row=PEN_ROW, grid=True)


def toxicity(facts: TrialFacts, sources: SourceList) -> tuple[Section, ...]:
    """Return the tables to write in for each set of definitions that a version names."""
    return tuple(_toxicity(one, facts, sources) for one in facts.toxicity)


def _toxicity(one: ToxicityTable, facts: TrialFacts, sources: SourceList) -> Section:
    least = 2 if not one.grades else len(one.grades)
    abreast = max(_ABREAST // least, 1)
    places = range(max(len(facts.arms) - 1, 1))  # one arm alone stands under all
    tables = tuple(
        _table(one, facts, sources, tuple(places[at : at + abreast]))
        for at in range(0, len(places), abreast)
    )
    blocks: tuple[Block, ...] = (
        heading(say("Toxicity: {title}", title=one.title)),
        _filled_in(),
        prose(*_how(one, facts), *one.notes, field=say("toxicity")),
        *tables,
    )
    return replace(flowing(blocks, _filled_in()), together=True)


def _how(one: ToxicityTable, facts: TrialFacts) -> tuple[str, ...]:
    """What to write, and the number of patients and cycles that it is of."""
    patients, cycles = _of(facts, _PATIENTS), _of(facts, _CYCLES)
    if one.grades:
        return (
            say("Count each patient once, under the worst grade."),
            say(
                "Write the number of patients under each grade, of those with a dose: {patients}.",
                patients=patients,
            ),
        )
    return (
        say(
            "Write the number of patients who met it at least once, of those with a dose: {patients}.",
            patients=patients,
        ),
        say(
            "Write the number of cycles in which it was met, of those with a dose: {cycles}.",
            cycles=cycles,
        ),
    )


def _of(facts: TrialFacts, key: str) -> str:
    if len(facts.arms) == 1:
        return count_of(facts, key, 0)
    counts = ((arm, count_of(facts, key, at)) for at, arm in enumerate(facts.arms[:-1]))
    return ", ".join(say("{arm}: {count}", arm=arm, count=count) for arm, count in counts)


def _table(
    one: ToxicityTable, facts: TrialFacts, sources: SourceList, places: tuple[int, ...]
) -> Table:
    blanks = one.grades or (say("patients"), say("cycles"))
    alone = len(facts.arms) == 1
    wide = min(96.0 / (len(blanks) * len(places)), 24.0)
    names = tuple(
        blank if alone else _of_arm(facts.arms[at], blank) for at in places for blank in blanks
    )
    titles = (
        (say("Term"), 36.0),
        (say("Limits"), 106.0),
        *((name[0].upper() + name[1:], wide) for name in names),
        (say("Source document, remarks"), 30.0),
        (say("Source"), 10.0),
    )
    rows = tuple(_term(row, len(names), sources) for row in one.rows)
    return table(titles, rows, least_row=PEN_ROW, grid=True)


def _of_arm(arm: str, blank: str) -> str:
    """The heading of a column of one arm; the number of a grade stays beside the word."""
    words = (blank[0].lower() + blank[1:]).replace(" ", NO_BREAK)
    return say("{arm}, {blank}", arm=arm, blank=words)


def _term(row: ToxicityRow, blanks: int, sources: SourceList) -> tuple[Cell, ...]:
    field = say("toxicity, {term}", term=row.term)
    limits = tuple(text for line in row.limits for text in cell(line, field))
    empty: tuple[Cell, ...] = ((),) * (blanks + 1)
    return (
        cell(row.term, field, Role.STRONG),
        limits,
        *empty,
        cell(sources.mark(row.source), field, Role.FINE),
    )


def outcomes(facts: TrialFacts) -> Section:
    """Return a row to write in for every patient with a cycle."""
    titles = (
        (say("Trial No."), 28.0),
        (say("Best response"), 50.0),
        (say("By which criteria"), 46.0),
        (say("Date of the assessment"), 38.0),
        (say("Last seen; state"), 50.0),
        (say("Source document, remarks"), 61.0),
    )
    empty: tuple[Cell, ...] = ((),) * (len(titles) - 1)
    rows = tuple((cell(code, say("outcome"), Role.STRONG), *empty) for code in facts.patients)
    if not rows:
        return flowing((heading(say("Outcome")), prose(say("No patient has a cycle."))))
    counted = say("Patients with a cycle: {count}.", count=len(rows))
    blocks: tuple[Block, ...] = (
        heading(say("Outcome")),
        _filled_in(),
        replace(prose(counted, field=say("outcome")), leads=True),
        table(titles, rows, least_row=PEN_ROW, grid=True),
    )
    return replace(flowing(blocks, _filled_in()), together=True)
